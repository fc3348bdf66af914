"""Which clock a time was read from: zones by their many names, and zones that a file defines."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from netquality.sources.calendars.moments import Unusable, read_moments
from netquality.sources.calendars.properties import Property, read_property

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Defined", "defined_zone", "zone_called"]

_OFFSET = re.compile(r"\s*\(?(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d\d)?(?:\)|$)", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(\w+) Time \(US & Canada\)")
_ALIASES = {
    "gmt": "UTC",
    "utc": "UTC",
    "z": "UTC",
    "coordinated universal time": "UTC",
    "greenwich mean time": "Europe/London",
    "tzone://microsoft/utc": "UTC",
}
_UNTIL = datetime(2100, 1, 1)  # noqa: DTZ001
_ONSETS, _RULE, _NAME = 600, 200, 300
# No zone of the world changes by such rules, and some of them never come to an end.
_ODD = re.compile(r"BY(?:HOUR|MINUTE|SECOND)|INTERVAL(?!=1(?:;|$))", re.IGNORECASE)


class Defined(tzinfo):
    """A zone as a calendar defines it: from when on which offset holds.

    Parameters
    ----------
    onsets
        What the wall clock showed just before each change, the offset before and the one after.

    Examples
    --------
    >>> hour = timedelta(hours=1)
    >>> zone = Defined("Fernhollow", [(datetime(2026, 3, 29, 2), hour, 2 * hour)])
    >>> [str(datetime(2026, month, 1, tzinfo=zone).utcoffset()) for month in (3, 4)]
    ['1:00:00', '2:00:00']
    """

    def __init__(self, name: str, onsets: Iterable[tuple[datetime, timedelta, timedelta]]) -> None:
        self._name, self._onsets = name, sorted(onsets)
        self._walls = [wall for wall, _, _ in self._onsets]

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return the offset; of an hour that comes twice, the second one if `fold` says so."""
        wall = (moment or _UNTIL).replace(tzinfo=None)
        place = bisect_right(self._walls, wall)
        if moment is not None and moment.fold and place < len(self._onsets):
            onset, before, after = self._onsets[place]
            if onset - wall <= before - after:
                return after
        return self._onsets[place - 1][2] if place else self._onsets[0][1]

    def dst(self, _moment: datetime | None) -> timedelta:
        """Return nothing: it is not told apart from the offset."""
        return timedelta(0)

    def tzname(self, _moment: datetime | None) -> str:
        """Return the name that the file gives it."""
        return self._name


def defined_zone(lines: Iterable[bytes]) -> tuple[str, tzinfo] | None:
    r"""Return the name of a zone that a calendar defines and the zone; None if it defines none.

    Where the definition says which zone of the world it stands for, it is that one.

    Examples
    --------
    >>> lines = b"TZID:Fernhollow\nBEGIN:STANDARD\nDTSTART:20000101T000000\nTZOFFSETTO:+0530"
    >>> name, zone = defined_zone([*lines.splitlines(), b"TZOFFSETFROM:+0530", b"END:STANDARD"])
    >>> name, str(zone.utcoffset(datetime(2026, 1, 1)))
    ('Fernhollow', '5:30:00')
    """
    name, real = "", None
    part: dict[str, Property] = {}
    onsets: list[tuple[datetime, timedelta, timedelta]] = []
    for found in map(read_property, lines):
        if found.name == "TZID":
            name = found.value
        elif found.name == "X-LIC-LOCATION":
            real = _of_the_world(found.value)
        elif found.name == "BEGIN":
            part = {}
        elif found.name == "END":
            onsets += _onsets(part)
        else:
            part[found.name] = found
    zone = real or (Defined(name, onsets) if onsets else None)
    return (name, zone) if name and zone else None


def _onsets(part: dict[str, Property]) -> list[tuple[datetime, timedelta, timedelta]]:
    try:
        before, after = (_offset(part[name].value) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        walls = _walls(part)
    except (ArithmeticError, AttributeError, LookupError, TypeError, Unusable, ValueError):
        return []
    if before is None or after is None:
        return []
    return [(wall, before, after) for wall in walls]


def _walls(part: dict[str, Property]) -> list[datetime]:
    first = read_moments(_late(part["DTSTART"]))[0][0].wall
    walls = [first]
    rule = part["RRULE"].value if "RRULE" in part else ""
    if "FREQ=YEARLY" in rule.upper() and len(rule) <= _RULE and not _ODD.search(rule):
        from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

        found = rrulestr(rule.upper(), dtstart=first, ignoretz=True)
        walls += islice(found.xafter(first), _ONSETS)
    if "RDATE" in part:
        walls += [moment.wall for moment, _ in read_moments(part["RDATE"])]
    return walls


def _late(start: Property) -> Property:
    # Outlook writes 1601 for "ever since"; four hundred years of onsets would be for nothing.
    return start._replace(value="1970" + start.value[4:]) if start.value < "1970" else start


def _offset(text: str) -> timedelta | None:
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text)
    if not found:
        return None
    sign = -1 if found[1] == "-" else 1
    length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return sign * length if length < timedelta(days=1) else None


def zone_called(name: str) -> tzinfo | None:
    """Return the zone of a name: of the world, of Windows, of a program, or a mere offset.

    Examples
    --------
    >>> zone_called("W. Europe Standard Time").key, zone_called("/quill.example/Asia/Tokyo").key
    ('Europe/Berlin', 'Asia/Tokyo')
    >>> zone_called("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna").key
    'Europe/Amsterdam'
    >>> zone_called("Customized Time Zone") is None
    True
    """
    if len(name) > _NAME:
        return None
    bare = name.strip().strip('"').strip("/")
    windows = _windows()
    shown = bare.rpartition(")")[2].strip() if bare.startswith("(") else bare
    american = _ABBREVIATED.search(bare)
    for each in (bare, *_endings(bare), _ALIASES.get(shown.casefold(), "")):
        found = _of_the_world(windows.get(each, each))
        if found:
            return found
    if american and f"{american[1]} Standard Time" in windows:
        return _of_the_world(windows[f"{american[1]} Standard Time"])
    return _of_a_city(bare, shown) or _fixed(bare)


def _endings(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[start:]) for start in range(1, min(len(parts), 12))]


def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON


@lru_cache(1 << 12)
def _of_the_world(key: str) -> tzinfo | None:
    if not key or len(key) > 60:
        return None
    if key in ("UTC", "Etc/UTC"):
        return UTC
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None


@cache
def _cities() -> dict[str, list[str]]:
    cities: dict[str, list[str]] = {}
    for key in sorted(available_timezones()):
        cities.setdefault(key.rpartition("/")[2].replace("_", " ").casefold(), []).append(key)
    return cities


def _of_a_city(name: str, shown: str) -> tzinfo | None:
    stated = _fixed(name)
    if stated is None or shown == name:
        return None
    for city in re.split("[,/]", shown):
        for key in _cities().get(city.strip().casefold(), []):
            zone = _of_the_world(key)
            if zone is not None and _standard(zone) == stated.utcoffset(None):
                return zone
    return None


def _standard(zone: tzinfo) -> timedelta | None:
    offsets = [datetime(2020, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)]
    return min((each for each in offsets if each is not None), default=None)


def _fixed(name: str) -> tzinfo | None:
    found = _OFFSET.match(name)
    if not found:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if length >= timedelta(days=1):
        return None
    return timezone(-length if found[1] == "-" else length)
