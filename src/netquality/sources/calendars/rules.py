"""Rules of recurrence made safe: every one comes to an end, none is followed for long."""

from __future__ import annotations

import re
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.calendars.moments import Unusable, read_moment
from netquality.sources.calendars.onward import goes_on
from netquality.sources.calendars.properties import Property

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.sources.calendars.effort import Effort

__all__ = ["CAP", "YEARS", "Bounded", "bounded"]

CAP, YEARS = 5000, 60
_WALKED, _LONGEST = 100_000, 500
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
_PLACES = 12
_EVERY = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
# To walk to an occurrence takes the library as long as to look at so many days.
_STEP = 5


class Bounded(NamedTuple):
    """A rule that ends: its text, when it begins to count, whether it was cut."""

    text: str
    since: datetime
    cut: bool


def bounded(rule: str, start: datetime, last: datetime, effort: Effort) -> Bounded:
    """Return a rule that ends with an UNTIL, at the latest when nothing later has been held.

    Parameters
    ----------
    start
        Of the series, by its own clock.
    last
        Nothing later counts.
    effort
        What following the rule is taken off from.

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
    >>> from netquality.sources.calendars.effort import Effort
    >>> start, last = datetime(2026, 3, 4, 9, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    >>> bounded("FREQ=WEEKLY;COUNT=3", start, last, Effort()).text
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
    if not goes_on(parts, start.date(), end.date(), effort):
        if parts["FREQ"] in ("MONTHLY", "YEARLY"):  # it was held once, when it began
            return Bounded(_ending("FREQ=YEARLY", start), start, cut=False)
        raise Unusable("RRULE", "a rule that leads nowhere", rule)
    most = _most(parts, end - start.astimezone(UTC))
    if most > _WALKED:
        raise Unusable("RRULE", f"repeats more than {_WALKED:,} times: no meeting", rule)
    since = start
    if count or most > CAP:
        effort.spend(_STEP * (min(count, most) if count else most))
        found = _walk(_ending(text, end), start, count)
        if len(found) > CAP:
            found.popleft()
            since, cut = found[0], True
        if count and found:
            end = min(end, found[-1].astimezone(UTC))
    effort.spend(_days(parts, end - start.astimezone(UTC)))
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
    every = _EVERY[parts["FREQ"]]
    sparse = every if set(parts) <= plain else 1
    return (days / sparse / int(parts.get("INTERVAL", 1) if sparse == every else 1) + 1) * per_day


def _days(parts: dict[str, str], span: timedelta) -> float:
    """Return how many days the library looks at, one by one."""
    days = max(span / timedelta(days=1), 0)
    return days / int(parts.get("INTERVAL", 1)) + _EVERY[parts["FREQ"]]


def _walk(text: str, start: datetime, count: int) -> deque[datetime]:
    """Return the last occurrences, one more than count, of all or of the first so many."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    found: deque[datetime] = deque(maxlen=CAP + 1)
    for number, each in enumerate(rrulestr(text, dtstart=start), 1):
        found.append(each)
        if number == count:
            break
    return found
