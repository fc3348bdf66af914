"""A few lines may ask for years of work: what one calendar may cost, and what happens beyond."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netquality.sources.calendars.effort import Effort
from netquality.sources.calendars.moments import Unusable
from netquality.sources.calendars.onward import goes_on
from netquality.sources.calendars.rules import _astray, _parts

STAMP = ":20261120T080000Z"
START = ":20200302T090000Z"
ENDLESS = [
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=3",
    "FREQ=MONTHLY;BYDAY=+5MO;BYMONTHDAY=1",
    "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
    "FREQ=MONTHLY;BYDAY=MO,2TU",
    "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=12",
]


def _guests(count):
    return [f":mailto:z{number}@quill.example" for number in range(count)]


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize("rule", ENDLESS)
def test_rules_that_never_find_another_day_take_no_time(load, calendar, event, rule):
    """The library looked for one until the year 9999, half a second for each of them."""
    events = [event(uid=f"{n}", start=START, RRULE=f":{rule};INTERVAL=1") for n in range(40)]
    found = load(calendar(*events))
    assert found.counts == [40, 40, 0, 0]  # each was held once, when it began
    assert set(found.starts) == {"2020-03-02T09:00"}


@settings(max_examples=60, deadline=None)
@given(
    freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    parts=st.fixed_dictionaries(
        {},
        optional={
            "INTERVAL": st.sampled_from(["1", "2", "5", "12"]),
            "BYMONTH": st.sampled_from(["2", "4,6", "12"]),
            "BYMONTHDAY": st.sampled_from(["1", "-1", "29", "30", "31", "-31"]),
            "BYDAY": st.sampled_from(["MO", "TU,SU", "1MO", "-1FR", "5WE", "MO,2TU"]),
            "BYYEARDAY": st.sampled_from(["1", "60", "366", "-366"]),
            "BYWEEKNO": st.sampled_from(["1", "20", "53", "-1"]),
            "BYSETPOS": st.sampled_from(["1", "-1", "2"]),
            "WKST": st.sampled_from(["MO", "SU"]),
        },
    ),
    start=st.dates(date(2000, 1, 1), date(2024, 12, 28)),
)
def test_whether_a_rule_goes_on_is_what_the_library_finds(freq, parts, start):
    from dateutil.rrule import rrulestr

    rule = ";".join([f"FREQ={freq}", *(f"{name}={value}" for name, value in parts.items())])
    try:
        read = _parts(rule)
        assume(not _astray(read))
    except Unusable:
        assume(False)
    begin, end = datetime(start.year, start.month, start.day, 9), datetime(2026, 11, 24)
    try:
        series = rrulestr(f"{rule};UNTIL=20960101T000000", dtstart=begin)
        later = series.after(end)
    except (IndexError, ValueError):  # a fault of the library, met when the series is followed
        assume(False)
    if goes_on(read, start, end.date(), Effort(days=10**9)):
        assert later is not None
    else:
        assert later is None or later.year > 2060


def test_what_a_calendar_may_cost(load, calendar, event, monkeypatch):
    monkeypatch.setattr(
        "netquality.sources.calendars.history.Effort", lambda: Effort(days=9_000, rows=1_000)
    )
    daily = {"start": START, "DTSTAMP": STAMP, "RRULE": ":FREQ=DAILY;COUNT=60"}
    found = load(calendar(*(event(uid=f"{n}", **daily) for n in range(9)), event(uid="once")))
    assert found.counts == [10, 4, 0, 6]
    assert set(found.reasons.values()) == {"more series than a calendar can have"}
    assert "once/20260304T090000Z" in found.ids


def test_many_guests_on_many_days(load, calendar, event, monkeypatch):
    monkeypatch.setattr("netquality.sources.calendars.history.Effort", lambda: Effort(rows=1_000))
    daily = {"start": START, "DTSTAMP": STAMP, "RRULE": ":FREQ=DAILY"}
    wide = event(uid="wide", ATTENDEE=[":mailto:zora@quill.example", *_guests(99)], **daily)
    found = load(calendar(wide, [*wide[:1], "UID:second", *wide[2:]], event(uid="once")))
    # Ten days of a hundred people; nothing is left for the second.
    assert found.counts == [3, 2, 0, 1]
    assert found.reasons == {2: "more occurrences than a calendar can have"}
    assert len(found.ids) == 11
    assert found.ids[9] == "wide/20261119T090000Z"
    assert "1 series cut to their last occurrences: they are too many" in found.source["rules"]


def test_many_rules_of_one_series(load, calendar, event):
    rules = [f":FREQ=YEARLY;BYMONTH={number % 12 + 1}" for number in range(13)]
    found = load(calendar(event(uid="1", start=START, RRULE=rules), event(uid="2")))
    assert found.reasons == {1: "more than 12 rules of recurrence"}
    assert found.counts == [2, 1, 0, 1]


@pytest.mark.usefixtures("ends_soon")
def test_many_series_of_one_name_and_their_exceptions(load, calendar, event):
    """Every exception was looked up in every series, and every series had its own copy of all."""
    series = event(uid="1", start=START, DTSTAMP=STAMP, RRULE=":FREQ=DAILY;COUNT=2")
    moved = event(uid="1", DTSTAMP=STAMP, RECURRENCE_ID=":20200303T090000Z")
    found = load(calendar(*[series] * 4000, *[moved] * 4000))
    assert found.counts[0] == 8000
    assert set(found.reasons.values()) == {"more series than a calendar can have"}
