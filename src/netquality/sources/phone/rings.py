"""Calls of a backup, written down as events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.sources.phone.dialling import ANDROID, write_call
from netquality.sources.phone.directory import is_withheld, shown_name, tail
from netquality.sources.phone.moments import instant, refused
from netquality.sources.phone.repeats import Repeats

if TYPE_CHECKING:
    from netquality.sources.diary import Diary
    from netquality.sources.ledger import Ledger
    from netquality.sources.phone.directory import Directory
    from netquality.sources.phone.records import Record

__all__ = ["Rings", "refused_number"]

_HIDDEN = frozenset({"2", "3", "4"})


def refused_number(book: Ledger, row: int, number: str, directory: Directory) -> bool:
    """Reject a call for its number; say whether it was."""
    if is_withheld(number):
        book.reject([row], "number", "number withheld", [number])
    elif directory.is_own(number):
        book.reject([row], "number", "a call to oneself", [number])
    elif not any(map(str.isalnum, number)):
        book.reject([row], "number", "not a number", [number])
    else:
        return False
    return True


class Rings:
    """Writes calls into a diary; each record is written, rejected, or a repeat.

    Parameters
    ----------
    book
        Where what is refused goes.
    """

    def __init__(self, book: Ledger, diary: Diary, directory: Directory) -> None:
        self._book, self._diary, self._directory = book, diary, directory
        self._repeats = Repeats()

    def read(self, row: int, record: Record) -> None:
        """Read one record."""
        number, kind = record.get("number"), record.get("type")
        at = instant(record.get("date"))
        if kind not in ANDROID:
            self._book.reject([row], "type", "a type of call that is not known", [kind])
        elif refused(self._book, row, at, record.get("date")):
            return
        elif record.get("presentation") in _HIDDEN:
            self._book.reject([row], "number", "number withheld", [number])
        elif not refused_number(self._book, row, number, self._directory):
            self._write(row, record, at or 0)

    def notes(self) -> list[str]:
        """Say nothing: whatever is odd about a call is among the rejects."""
        return []

    def _write(self, row: int, record: Record, at: int) -> None:
        number, kind, length = (record.get(name) for name in ("number", "type", "duration"))
        if self._repeats.again(tail(number), str(at), kind, length):
            return
        other = self._directory.code(number, shown_name(record.get("contact_name")), row=row)
        pair = (self._directory.owner, other)
        write_call(self._diary, row, ANDROID[kind], pair, at=at, seconds=_seconds(length))


def _seconds(cell: str) -> float | None:
    return float(cell) if cell.isascii() and cell.isdigit() and len(cell) < 9 else None
