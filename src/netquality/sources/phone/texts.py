"""Text and multimedia messages of a backup, written down as events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.sources.diary import To
from netquality.sources.phone.directory import CROWD, PLACEHOLDER, Numbers, shown_name, tail
from netquality.sources.phone.moments import instant, refused
from netquality.sources.phone.owners import FROM
from netquality.sources.phone.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.sources.diary import Diary
    from netquality.sources.ledger import Ledger
    from netquality.sources.phone.directory import Directory
    from netquality.sources.phone.records import Record

__all__ = ["Texts"]

RECEIVED, SENT = "1", "2"
_NEVER_SENT = {
    "3": "a draft, never sent",
    "4": "still waiting to be sent",
    "5": "failed to be sent",
    "6": "still queued to be sent",
}
_GROUP = 8


class Texts:
    """Writes messages into a diary; each record is written, rejected, or a repeat.

    Parameters
    ----------
    book
        Where what is refused goes.
    """

    def __init__(self, book: Ledger, diary: Diary, directory: Directory) -> None:
        self._book, self._diary, self._directory = book, diary, directory
        self._repeats = Repeats()
        self._groups: dict[str, int] = {}

    def read(self, row: int, record: Record) -> None:
        """Read one record."""
        box = record.get("msg_box" if record.tag == "mms" else "type")
        at = instant(record.get("date"))
        if box not in (RECEIVED, SENT):
            reason = _NEVER_SENT.get(box, "neither received nor sent")
            self._book.reject([row], "type", reason, [box])
        elif not refused(self._book, row, at, record.get("date")):
            self._address(row, record, box, at or 0)

    def notes(self) -> list[str]:
        """Say how many groups there were."""
        large = sum(size > _GROUP for size in self._groups.values())
        more = f", {large:,} of more than {_GROUP} people" if large else ""
        return [f"conversations of groups: {len(self._groups):,}{more}"] if self._groups else []

    def _address(self, row: int, record: Record, box: str, at: int) -> None:
        if record.get("address").count("~") + len(record.addresses) > CROWD:
            reason = f"to more than {CROWD:,} people: no message"
            self._book.reject([row], "address", reason, [record.get("address")])
            return
        numbers = self._others(record)
        sender = self._sender(record, box, numbers)
        if not numbers:
            named = any(map(self._directory.is_own, _numbers(record)))
            reason = "a note to oneself" if named else "no number"
            self._book.reject([row], "address", reason, [record.get("address")])
        elif sender is None:
            reason = "several people, none named as sender"
            self._book.reject([row], "address", reason, [record.get("address")])
        elif not self._is_repeat(record, box, at):
            self._write(row, record, sender, numbers, at)

    def _others(self, record: Record) -> list[str]:
        """Return everybody in the conversation but the owner, each once."""
        found, met = [], Numbers()
        for number in _numbers(record):
            if number in met or self._directory.is_own(number) or not any(map(str.isalnum, number)):
                continue
            met.add(number)
            found.append(number)
        return found

    def _sender(self, record: Record, box: str, numbers: list[str]) -> str | None:
        """Return who wrote: a number, empty for the owner, None where nobody tells."""
        if box == SENT:
            return ""
        named = [each for each, kind in record.addresses if kind == FROM and each != PLACEHOLDER]
        if named and self._directory.is_own(named[0]):
            return ""
        spelled = Numbers(numbers).spelled(named[0]) if named else None
        if spelled is not None:
            return spelled
        return numbers[0] if len(numbers) == 1 else None

    def _is_repeat(self, record: Record, box: str, at: int) -> bool:
        own = [record.get(name) for name in ("m_id", "tr_id")]
        text = record.values.get("body", "\n".join(record.texts))
        number = "~".join(map(tail, record.get("address").split("~")))
        return self._repeats.again(record.tag, number, str(at), box, text, *own, *record.parts)

    def _write(self, row: int, record: Record, sender: str, numbers: list[str], at: int) -> None:
        name = shown_name(record.get("contact_name")) if len(numbers) == 1 else ""
        codes = {number: self._directory.code(number, name, row=row) for number in numbers}
        people = {"": self._directory.owner, **codes}
        thread, to = None, [To(code) for key, code in people.items() if key != sender]
        if len(numbers) > 1:
            thread = self._directory.thread(numbers)
            self._groups[thread] = len(people)
            to = self._members(row, thread, (code for key, code in people.items() if key != sender))
        self._diary.write(
            row,
            kind="message",
            channel="sms",
            at=at,
            sender=people[sender],
            to=to,
            audience=len(people) - 1,
            thread=thread,
            text=_text(record),
        )

    def _members(self, row: int, thread: str, codes: Iterable[int]) -> list[To]:
        if self._groups[thread] > _GROUP:
            return [To(self._directory.group(thread, row=row), "member")]
        return [To(code, "member") for code in codes]


def _numbers(record: Record) -> list[str]:
    named = [number.strip() for number, _ in record.addresses]
    every = [*record.get("address").split("~"), *named]
    return [number.strip() for number in every if number.strip() not in ("", "null")]


def _text(record: Record) -> str | None:
    if record.tag == "mms":
        return "\n".join(record.texts) if record.texts else None
    body = record.values.get("body")
    return None if body == "null" else body
