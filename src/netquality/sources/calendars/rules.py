"""Rules of recurrence made safe: every one comes to an end, none is followed for long."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import deque
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.calendars.moments import Unusable, read_moment
from netquality.sources.calendars.properties import Property

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["CAP", "YEARS", "Bounded", "bounded"]

CAP, YEARS = 5000, 60
_WALKED, _LONGEST = 100_000, 500
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBERS = re.compile(r"[+-]?\d{1,3}(?:,[+-]?\d{1,3})*")
_WEEKDAYS = re.compile(
    r"(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU))*"
)
_FORMS = {
    **dict.fromkeys(
        (
            "BYHOUR",
            "BYMINUTE",
            "BYMONTH",
            "BYMONTHDAY",
            "BYSECOND",
            "BYSETPOS",
            "BYWEEKNO",
            "BYYEARDAY",
        ),
        _NUMBERS,
    ),
    "BYDAY": _WEEKDAYS,
    "COUNT": re.compile(r"0*[1-9]\d{0,8}"),
    "FREQ": re.compile(r"SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"0*[1-9]\d{0,4}"),
    "UNTIL": re.compile(r".+"),
    "WKST": re.compile(r"MO|TU|WE|TH|FR|SA|SU"),
}

_RESTLESS = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
# What the standard rules out, and what the library would look for until the year 9999.
_NOT_WITH = {
    "DAILY": frozenset({"BYWEEKNO", "BYYEARDAY", "BYSETPOS"}),
    "WEEKLY": frozenset({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"}),
    "MONTHLY": frozenset({"BYWEEKNO", "BYYEARDAY"}),
    "YEARLY": frozenset[str](),
}
_PLACES, _AHEAD = 12, timedelta(days=365 * 30)


class Bounded(NamedTuple):
    """A rule that ends: its text, when it begins to count, whether it was cut."""

    text: str
    since: datetime
    cut: bool


def bounded(rule: str, start: datetime, last: datetime) -> Bounded:
    """Return a rule that ends with an UNTIL, at the latest when nothing later has been held.

    Parameters
    ----------
    start
        Of the series, by its own clock.
    last
        Nothing later counts.

    Returns
    -------
    Bounded
        Of more than `CAP` occurrences, the last ones count.

    Raises
    ------
    Unusable
        When it cannot be read, or is none of a meeting: every minute, a hundred thousand times.

    Examples
    --------
    >>> start, last = datetime(2026, 3, 4, 9, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    >>> bounded("FREQ=WEEKLY;COUNT=3", start, last).text
    'FREQ=WEEKLY;UNTIL=20260318T090000Z'
    """
    parts = _parts(rule)
    if parts["FREQ"] in _RESTLESS:
        raise Unusable("RRULE", "repeats by the hour or faster: no meeting", rule)
    if _astray(parts):
        raise Unusable("RRULE", "no rule of recurrence", rule)
    end = min(last, _plus_years(start))
    cut = end < last
    if "UNTIL" in parts:
        stated = _until(parts.pop("UNTIL"), start)
        end, cut = (stated, False) if stated <= end else (end, cut)
    count = int(parts.pop("COUNT", 0))
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    if not _goes_on(parts, start.date(), end.date()):
        raise Unusable("RRULE", "a rule that leads nowhere", rule)
    most = _most(parts, end - start.astimezone(UTC))
    if most > _WALKED:
        raise Unusable("RRULE", f"repeats more than {_WALKED:,} times: no meeting", rule)
    since = start
    if count or most > CAP:
        found = _walk(_ending(text, end), start, count)
        if len(found) > CAP:
            found.popleft()
            since, cut = found[0], True
        if count and found:
            end = min(end, found[-1].astimezone(UTC))
    return Bounded(_ending(text, end), since, cut)


def _ending(text: str, end: datetime) -> str:
    return f"{text};UNTIL={end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _parts(rule: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in filter(None, re.sub(r"\s", "", rule[: _LONGEST + 1]).upper().split(";")):
        name, _, value = part.partition("=")
        form = _FORMS.get(name)
        if name in parts or form is None or not form.fullmatch(value):
            raise Unusable("RRULE", "no rule of recurrence", rule)
        parts[name] = value
    if len(rule) > _LONGEST or "FREQ" not in parts:
        raise Unusable("RRULE", "no rule of recurrence", rule)
    return parts


def _astray(parts: dict[str, str]) -> bool:
    places = [abs(int(each)) for each in parts.get("BYSETPOS", "1").split(",")]
    weekly = parts["FREQ"] == "WEEKLY"
    room = len(parts.get("BYDAY", "").split(",")) if weekly else 366
    return (
        not _NOT_WITH[parts["FREQ"]].isdisjoint(parts)
        or len(places) > _PLACES
        or not all(0 < each <= room for each in places)
    )


def _goes_on(parts: dict[str, str], start: date, end: date) -> bool:
    """Say whether a rule finds a day within thirty years after its end.

    The library sees that a rule has ended only when it meets a later day, and by months and years
    it is soon in the year 9999, but not by days and weeks.
    """
    unit = {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"])
    if unit is None or {"BYMONTH", "BYMONTHDAY", "BYDAY"}.isdisjoint(parts):
        return True
    step = unit * int(parts.get("INTERVAL", 1))
    first = start - timedelta(days=start.weekday() if unit == 7 else 0)
    skipped = max((end - first).days // step, 0)
    candidates = range(skipped * step, (end + _AHEAD - first).days + 1, step)
    fits = _fitting(parts)
    return any(
        fits(first + timedelta(days=days + more)) for days in candidates for more in range(unit)
    )


def _fitting(parts: dict[str, str]) -> Callable[[date], bool]:
    months, days = (
        {int(each) for each in parts[name].split(",")} if name in parts else None
        for name in ("BYMONTH", "BYMONTHDAY")
    )
    names = {each[-2:] for each in parts.get("BYDAY", "").split(",")} - {""}
    weekdays = {_WEEK.index(each) for each in names}

    def fits(day: date) -> bool:
        if (weekdays and day.weekday() not in weekdays) or (months and day.month not in months):
            return False
        length = monthrange(day.year, day.month)[1]
        return not days or day.day in days or day.day - length - 1 in days

    return fits


def _until(text: str, start: datetime) -> datetime:
    moment = read_moment(Property("RRULE", {}, text))
    if moment.day:  # the whole of that day is meant, whatever the hour of the meeting
        local = moment.wall + timedelta(days=1) - timedelta(seconds=1)
        return local.replace(tzinfo=start.tzinfo).astimezone(UTC)
    zone = UTC if moment.zone else start.tzinfo
    return moment.wall.replace(tzinfo=zone).astimezone(UTC)


def _plus_years(start: datetime) -> datetime:
    return start.astimezone(UTC) + timedelta(days=365.25 * YEARS)


def _most(parts: dict[str, str], span: timedelta) -> float:
    """Return how many occurrences there can be at most, whatever the rule says of days."""

    def many(names: Iterable[str]) -> int:
        product = 1
        for name in names:
            product *= len(set(parts.get(name, "").split(",")))
        return product

    days = max(span / timedelta(days=1), 0) + 1
    per_day = many(("BYHOUR", "BYMINUTE", "BYSECOND"))
    plain = {"FREQ", "INTERVAL", "WKST", "BYHOUR", "BYMINUTE", "BYSECOND"}
    every = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}[parts["FREQ"]]
    sparse = every if set(parts) <= plain else 1
    return (days / sparse / int(parts.get("INTERVAL", 1) if sparse == every else 1) + 1) * per_day


def _walk(text: str, start: datetime, count: int) -> deque[datetime]:
    """Return the last occurrences, one more than count, of all or of the first so many."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    found: deque[datetime] = deque(maxlen=CAP + 1)
    for number, each in enumerate(rrulestr(text, dtstart=start), 1):
        found.append(each)
        if number == count:
            break
    return found
