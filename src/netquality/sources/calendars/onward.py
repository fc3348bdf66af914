"""Whether a rule of recurrence ever finds another day: the library would look for it for ages."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from netquality.sources.calendars.effort import Effort

    Fits = Callable[[date], bool]

__all__ = ["goes_on"]

_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# On a Monday, the 29th of February may be forty years away.
_AHEAD = timedelta(days=366 * 41)
_UNIT = {"DAILY": 1, "WEEKLY": 7}
_MONTHS = {"MONTHLY": 1, "YEARLY": 12}
# So many steps the library takes in no time, and then it is in the year 9999.
_SOON = 400
_DAYS_SAID = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY")


def goes_on(parts: Mapping[str, str], start: date, end: date, effort: Effort) -> bool:
    """Say whether a rule finds a day within forty years after its end.

    The library sees that a rule has ended only when it meets a later day. Where there is none, it
    looks on until the year 9999.

    Parameters
    ----------
    parts
        Of the rule, by their names.
    start
        First day of the series.
    end
        What is later does not count.
    effort
        What looking at days is taken off from.

    Raises
    ------
    Unusable
        When that is used up.

    Examples
    --------
    >>> from netquality.sources.calendars.effort import Effort
    >>> start, end = date(2024, 2, 29), date(2026, 11, 24)
    >>> goes_on({"FREQ": "YEARLY"}, start, end, Effort())
    True
    >>> parts = {"FREQ": "MONTHLY", "BYMONTH": "2", "BYMONTHDAY": "30"}
    >>> goes_on(parts, start, end, Effort())
    False
    """
    if {"BYMONTH", "BYSETPOS", *_DAYS_SAID}.isdisjoint(parts) and parts["FREQ"] in _UNIT:
        return True
    whole = _filled(parts, start)
    if _steps_left(whole, end) < _SOON:
        return True
    fits, needed = _fitting(whole), _needed(whole)
    days = _UNIT.get(parts["FREQ"]) or 30 * _MONTHS[parts["FREQ"]]
    for period in _periods(whole, start, end):
        effort.spend(days)
        if sum(map(fits, period)) >= needed:
            return True
    return False


def _filled(parts: Mapping[str, str], start: date) -> dict[str, str]:
    """Add what a rule leaves to the day of its start."""
    whole = dict(parts)
    if whole["FREQ"] in _UNIT or not set(_DAYS_SAID).isdisjoint(whole):
        return whole
    whole["BYMONTHDAY"] = str(start.day)
    if whole["FREQ"] == "YEARLY":
        whole.setdefault("BYMONTH", str(start.month))
    return whole


def _steps_left(parts: Mapping[str, str], end: date) -> float:
    days = _UNIT.get(parts["FREQ"]) or 30.4 * _MONTHS[parts["FREQ"]]
    return (MAXYEAR - end.year) * 365.25 / days / int(parts.get("INTERVAL", 1))


def _needed(parts: Mapping[str, str]) -> int:
    """Return how many days a period must have so that one of the places in it is there."""
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= len(set(parts.get(name, "").split(",")))
    place = min(abs(int(each)) for each in parts.get("BYSETPOS", "1").split(","))
    return -(-place // times)


def _periods(parts: Mapping[str, str], start: date, end: date) -> Iterator[Iterator[date]]:
    """Yield the days of each period that a rule visits, from the one of the end on."""
    step = int(parts.get("INTERVAL", 1))
    if parts["FREQ"] in _UNIT:
        unit = _UNIT[parts["FREQ"]]
        begins = _WEEK.index(parts.get("WKST", "MO"))
        first = start - timedelta(days=(start.weekday() - begins) % 7 if unit == 7 else 0)
        skipped = max((end - first).days // (unit * step), 0)
        last = (end + _AHEAD - first).days
        for days in range(skipped * unit * step, last + 1, unit * step):
            yield (first + timedelta(days=days + more) for more in range(unit))
        return
    unit = _MONTHS[parts["FREQ"]]
    first_month = start.year * 12 + (start.month - 1 if unit == 1 else 0)
    skipped = max((end.year * 12 + end.month - 1 - first_month) // (unit * step), 0)
    last_month = (end + _AHEAD).year * 12 + 11
    for month in range(first_month + (skipped + 1) * unit * step, last_month + 1, unit * step):
        yield (day for each in range(month, month + unit) for day in _month(each))


def _month(number: int) -> Iterator[date]:
    year, month = number // 12, number % 12 + 1
    return (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))


def _fitting(parts: Mapping[str, str]) -> Fits:
    """Return what tells whether a rule takes a day, all that it says of days considered."""
    said = {
        name: {int(each) for each in parts[name].split(",")}
        for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
        if name in parts
    }
    said.get("BYWEEKNO", set()).discard(-53)  # the library never finds it
    months, tests = said.get("BYMONTH"), []
    if "BYMONTHDAY" in said:
        tests.append(_within(said["BYMONTHDAY"], _of_month))
    if "BYYEARDAY" in said:
        tests.append(_within(said["BYYEARDAY"], _of_year))
    if "BYWEEKNO" in said:
        tests.append(_within(said["BYWEEKNO"], _week_of(parts.get("WKST", "MO"))))
    if "BYDAY" in parts:
        tests.append(_on_weekdays(parts))
    return lambda day: (not months or day.month in months) and all(test(day) for test in tests)


def _within(numbers: set[int], place: Callable[[date], tuple[int, int]]) -> Fits:
    """Return a test of a day's place in a span, counted from its beginning or from its end."""

    def fits(day: date) -> bool:
        number, length = place(day)
        return number in numbers or number - length - 1 in numbers

    return fits


def _of_month(day: date) -> tuple[int, int]:
    return day.day, monthrange(day.year, day.month)[1]


def _of_year(day: date) -> tuple[int, int]:
    return day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday


def _week_of(begins: str) -> Callable[[date], tuple[int, int]]:
    """Return the number of a day's week and of weeks in that year, weeks beginning on some day."""
    shift = _WEEK.index(begins)

    def first(year: int) -> date:
        fourth = date(year, 1, 4)
        return fourth - timedelta(days=(fourth.weekday() - shift) % 7)

    def week(day: date) -> tuple[int, int]:
        middle = day - timedelta(days=(day.weekday() - shift) % 7) + timedelta(days=3)
        begin = first(middle.year)
        return (day - begin).days // 7 + 1, (first(middle.year + 1) - begin).days // 7

    return week


def _on_weekdays(parts: Mapping[str, str]) -> Fits:
    """Return a test of the weekday, and of which of its kind it is in the month or year.

    Of weekdays with and without a number the library takes what is both.
    """
    every = [(int(each[:-2] or 0), _WEEK.index(each[-2:])) for each in parts["BYDAY"].split(",")]
    counted = parts["FREQ"] in _MONTHS
    plain = {weekday for which, weekday in every if not (which and counted)}
    numbered = {each for each in every if each[0] and counted}
    yearly = parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts
    place = _of_year if yearly else _of_month

    def fits(day: date) -> bool:
        weekday = day.weekday()
        if plain and weekday not in plain:
            return False
        number, length = place(day)
        nth = ((number - 1) // 7 + 1, -((length - number) // 7 + 1))
        return not numbered or any((each, weekday) in numbered for each in nth)

    return fits
