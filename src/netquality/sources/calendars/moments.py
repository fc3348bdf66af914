"""Times and durations as calendars write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netquality.sources.calendars.properties import Property

__all__ = ["UTC_MARK", "Moment", "Unusable", "read_duration", "read_moment", "read_moments"]

UTC_MARK = "Z"
_STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?"
)
# Before and after, nobody whose calendar this is met anybody.
_FIRST, _LAST = 1900, 2200


class Unusable(Exception):
    """A record that cannot be used: which property, why, and what it says."""

    def __init__(self, field: str, reason: str, value: object = "") -> None:
        super().__init__(reason)
        self.field, self.reason, self.value = field, reason, value


class Moment(NamedTuple):
    """A time as written.

    Parameters
    ----------
    wall
        What the clock on the wall shows.
    zone
        Where that clock hangs: ``Z``, an offset, the name of a zone; empty for a floating time.
    day
        Whether only a date is stated.
    """

    wall: datetime
    zone: str
    day: bool


def read_moment(found: Property) -> Moment:
    """Return the time that a property states.

    Raises
    ------
    Unusable
        When it states none.

    Examples
    --------
    >>> from netquality.sources.calendars.properties import read_property
    >>> read_moment(read_property(b"DTSTART;TZID=Europe/Paris:20260304T090000"))
    Moment(wall=datetime.datetime(2026, 3, 4, 9, 0), zone='Europe/Paris', day=False)
    """
    whole = _mended(found)
    return _moment(whole.value, whole)


def read_moments(found: Property) -> list[tuple[Moment, Moment | timedelta | None]]:
    """Return the times that a property lists, with their ends where periods are listed.

    Raises
    ------
    Unusable
        When one of them is none.

    Examples
    --------
    >>> from netquality.sources.calendars.properties import read_property
    >>> times = read_moments(read_property(b"RDATE;VALUE=PERIOD:20260304T090000Z/PT1H"))
    >>> [(start.wall.hour, end.seconds) for start, end in times]
    [(9, 3600)]
    """
    listed, whole = [], _mended(found)
    for text in filter(None, whole.value.split(",")):
        start, _, end = text.strip().partition("/")
        listed.append((_moment(start, whole), _ending(end, whole) if end else None))
    return listed


def _mended(found: Property) -> Property:
    """Put a zone together again that has a colon and is not quoted, as Exchange writes it."""
    rest, _, times = found.value.rpartition(":")
    if "TZID" not in found.parameters or not re.search(r"[A-Za-z/)]", rest):
        return found
    if not re.match(r"\d{8}", times):
        return found
    zone = f"{found.parameters['TZID']}:{rest}"
    return found._replace(parameters={**found.parameters, "TZID": zone}, value=times)


def _ending(text: str, found: Property) -> Moment | timedelta:
    return read_duration(text) if "P" in text.upper() else _moment(text, found)


def read_duration(text: str) -> timedelta:
    """Return a duration.

    Raises
    ------
    Unusable
        When it is none.

    Examples
    --------
    >>> read_duration("PT1H30M").seconds, read_duration("P1W").days
    (5400, 7)
    """
    found = _DURATION.fullmatch(text.strip().upper())
    if not found or not any(found.groups()[1:]):
        raise Unusable("DURATION", "no duration", text)
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def _moment(text: str, found: Property) -> Moment:
    match = _STAMP.fullmatch(text.strip())
    if not match:
        raise Unusable(found.name, "no date", text)
    year, month, day, hour, minute, second = (int(each or 0) for each in match.groups()[:6])
    try:
        wall = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        raise Unusable(found.name, "no date", text) from None
    if not _FIRST <= year <= _LAST:
        raise Unusable(found.name, "a date beyond all calendars", text)
    if match[4] is None:
        return Moment(wall, "", day=True)
    zone = (match[7] or "").upper() or found.parameters.get("TZID", "").strip()
    return Moment(wall, zone, day=False)
