"""The time that a backup states of a record, and which times cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.sources.ledger import EPOCH_1990

if TYPE_CHECKING:
    from netquality.sources.ledger import Ledger

__all__ = ["DAY", "instant", "refused"]

DAY = 86_400_000_000
_FIRST, _LAST = EPOCH_1990 * DAY, 4_102_444_800_000_000  # 2100
# As milliseconds this is 1973; no mobile phone is as old, so it counts seconds.
_SECONDS = 10**11


def instant(cell: str) -> int | None:
    """Return microseconds since 1970 of a count of milliseconds or seconds, None if it is none.

    Examples
    --------
    >>> instant("1714557600123"), instant("1714557600"), instant("soon")
    (1714557600123000, 1714557600000000, None)
    """
    text = cell.strip()
    if not (text.isascii() and text.lstrip("-").isdigit() and len(text) < 20):
        return None
    number = int(text)
    return number * (1_000_000 if abs(number) < _SECONDS else 1_000)


def refused(book: Ledger, row: int, at: int | None, cell: str, field: str = "date") -> bool:
    """Reject a record for its time; say whether it was.

    What lies more than a day after the export was made (the day is that of the phone's own clock)
    was not there to be exported.
    """
    if at is None:
        reason = "no date" if not cell.strip() else "not a date"
    elif not _FIRST <= at < _LAST:
        reason = "date before 1990 or after 2100"
    elif book.exported is not None and at >= (book.exported + 2) * DAY:
        reason = "date after the export"
    else:
        return False
    book.reject([row], field, reason, [cell])
    return True
