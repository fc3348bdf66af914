"""When a mail was sent: its date, else what the envelope or the last server says."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

__all__ = ["DAY", "EARLIEST", "LATEST", "Stamp", "received", "stamp_of"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FAST = re.compile(
    r"(?:[A-Za-z]{3}, *)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\b"
)
_FAST_ENVELOPE = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})$"
)
_UNKNOWN_ZONE = re.compile(r" -0000\b")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d")
_SECONDS = re.compile(r"\d{1,2}[:.]\d\d[:.]\d\d")
_ENVELOPE_ZONE = re.compile(r"^(.*\d) +([+-]\d{4}|[A-Z]{1,5}) +(\d{4})$")
# Zones that the standard library does not know, in hours; words that mean two zones are left out.
_ZONES = {
    word: hours
    for hours, words in {
        0: "WET",
        1: "CET MET MEZ WEST BST",
        2: "CEST MEST MESZ EET",
        3: "EEST MSK",
    }.items()
    for word in words.split()
}
_WORD = re.compile(r" ([A-Z]{3,4})\b(?! \d)")
_SECOND = 1_000_000
DAY = 86_400 * _SECOND
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = int((datetime(1990, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds()) * _SECOND
LATEST = int((datetime(2100, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds()) * _SECOND
# What git writes before every patch, whenever that was.
_CONSTANT = "Mon Sep 17 00:00:00 2001"


class Stamp(NamedTuple):
    """An instant: microseconds since 1970, whether its zone was stated, whether its second was.

    Examples
    --------
    >>> stamp_of("Mon, 4 Mar 2024 11:20 +0100", UTC)
    Stamp(at=1709547600000000, zoned=True, exact=False)
    """

    at: int
    zoned: bool
    exact: bool

    @property
    def possible(self) -> bool:
        """Whether mail was sent then: from 1990 on, and not in a far future."""
        return EARLIEST <= self.at < LATEST


def stamp_of(text: str, zone: tzinfo) -> Stamp | None:
    """Read a date as headers and envelope lines write it.

    Parameters
    ----------
    text
        The whole field.
    zone
        Whose clock is taken for a date that states no zone; ``-0000`` means UTC.

    Returns
    -------
    Stamp or None
        None where there is no date in it.

    Examples
    --------
    >>> stamp_of("Mon Mar 04 11:20:34 +0000 2024", UTC) == stamp_of("4 Mar 2024 12:20:34 CET", UTC)
    True
    >>> stamp_of("soon", UTC) is None
    True
    """
    if len(text) > 200 or text.startswith(_CONSTANT):
        return None
    fast, envelope = _FAST.match(text), _FAST_ENVELOPE.match(text)
    try:
        if fast:
            return _quick(*fast.groups())
        if envelope:
            month, day, *clock, year = envelope.groups()
            return _quick(day, month, year, *clock)
        return _slow(text, zone)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def _quick(day: str, month: str, year: str, *clock: str) -> Stamp:
    hour, minute, second, sign, hours, minutes = clock
    offset = (int(hours) * 60 + int(minutes)) * (-60 if sign == "-" else 60)
    if abs(offset) >= 86_400:
        raise ValueError(offset)
    plain = _days(year, month, day) * 86_400 + _clock(hour, minute, second)
    return Stamp((plain - offset) * _SECOND, zoned=True, exact=True)


def _clock(hour: str, minute: str, second: str) -> int:
    hours, minutes, seconds = int(hour), int(minute), int(second)
    if hours > 23 or minutes > 59 or seconds > 60:
        raise ValueError(hour)
    # A leap second is the last second of its minute to every clock here.
    return hours * 3600 + minutes * 60 + min(seconds, 59)


@lru_cache(1 << 14)
def _days(year: str, month: str, day: str) -> int:
    number = _MONTHS.index(month.lower()) + 1
    return (datetime(int(year), number, int(day), tzinfo=UTC) - _EPOCH).days


def _slow(text: str, zone: tzinfo) -> Stamp:
    text = _ENVELOPE_ZONE.sub(r"\1 \3 \2", text)
    read = datetime.fromisoformat(text) if _ISO.match(text) else parsedate_to_datetime(text)
    zoned = True
    if read.tzinfo is None:
        known = _zone(text)
        zoned = known is not None
        read = read.replace(tzinfo=known or zone)
    elapsed = read - _EPOCH
    exact = _SECONDS.search(text) is not None
    return Stamp((elapsed.days * 86_400 + elapsed.seconds) * _SECOND, zoned=zoned, exact=exact)


def _zone(text: str) -> tzinfo | None:
    if _UNKNOWN_ZONE.search(text):
        return UTC
    word = _WORD.search(text)
    hours = _ZONES.get(word.group(1)) if word else None
    return None if hours is None else timezone(timedelta(hours=hours))


def received(field: str, zone: tzinfo) -> Stamp | None:
    """Read the date of a ``Received`` field: what stands after its last semicolon.

    Examples
    --------
    >>> received("from fen.example by quill.example; Mon, 4 Mar 2024 11:20:34 +0000", UTC).zoned
    True
    """
    _, semicolon, text = field.rpartition(";")
    return stamp_of(text.strip(), zone) if semicolon else None
