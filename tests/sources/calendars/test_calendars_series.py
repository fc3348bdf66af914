"""Series: rules, dates added and taken out, occurrences that were moved, cancelled, changed."""

from __future__ import annotations

import pytest

ZORA, ODO, JUNIPER = "zora@quill.example", "odo@fen.example", "juniper@vell.example"
WEEKLY = {"start": ";TZID=Europe/Berlin:20260316T100000", "DURATION": ":PT1H"}


@pytest.fixture
def series(event):
    """Make a series of four Mondays in Berlin; the clocks change after the second one."""

    def make(**more):
        return event(**(WEEKLY | {"RRULE": ":FREQ=WEEKLY;COUNT=4"} | more))

    return make


@pytest.fixture
def exception(event):
    """Make what replaces the occurrence of the 30th of March."""

    def make(**more):
        base = {"RECURRENCE_ID": ";TZID=Europe/Berlin:20260330T100000",
                "start": ";TZID=Europe/Berlin:20260331T150000", "DURATION": ":PT30M"}  # fmt: skip
        return event(**(base | more))

    return make


IDS = [f"7@fen.example/{day}" for day in ("20260316T090000Z", "20260323T090000Z",
                                          "20260330T080000Z", "20260406T080000Z")]  # fmt: skip


def test_the_clock_on_the_wall_stays(load, calendar, series):
    found = load(calendar(series()))
    assert found.counts == [1, 1, 0, 0]
    assert found.ids == IDS
    assert set(found.tables.events["seconds"]) == {3600}
    assert set(found.tables.events["thread"]) == {"7@fen.example"}
    assert "1 series: 4 occurrences held" in found.source["rules"]


def test_without_end_it_goes_on_until_the_export(load, calendar, series):
    found = load(calendar(series(RRULE=":FREQ=WEEKLY;BYDAY=MO", DTSTAMP=":20260407T000000Z")))
    assert found.ids == IDS


@pytest.mark.parametrize(
    "until", ["20260406", "20260406T100000", "20260406T080000Z", "20260412T235959Z"]
)
def test_until(load, calendar, series, until):
    assert load(calendar(series(RRULE=f":FREQ=WEEKLY;UNTIL={until}"))).ids == IDS


def test_not_held_yet(load, calendar, series):
    found = load(calendar(series(DTSTAMP=":20260101T000000Z")))
    assert found.reasons == {1: "not held yet"}


def test_dates_taken_out_and_added(load, calendar, series):
    more = {
        "EXDATE": [";TZID=Europe/Berlin:20260316T100000,20260323T100000", ":20260330T080000Z"],
        "RDATE": [";TZID=Europe/Berlin:20260401T120000", ";VALUE=PERIOD:20260402T080000Z/PT2H"],
    }
    found = load(calendar(series(**more)))
    assert found.ids == [
        "7@fen.example/20260401T100000Z",
        "7@fen.example/20260402T080000Z",
        IDS[3],
    ]
    assert found.tables.events["seconds"].tolist() == [3600, 7200, 3600]


def test_a_day_taken_out(load, calendar, series):
    assert load(calendar(series(EXDATE=";VALUE=DATE:20260323"))).ids == [IDS[0], *IDS[2:]]


def test_only_dates_no_rule(load, calendar, series):
    found = load(calendar(series(RRULE=None, RDATE=":20260323T090000Z")))
    assert found.ids == IDS[:2]


def test_everything_taken_out(load, calendar, series):
    found = load(calendar(series(RRULE=":FREQ=DAILY;COUNT=1", EXDATE=":20260316T090000Z")))
    assert found.reasons == {1: "no occurrence is left: all were changed or taken out"}


def test_a_moved_occurrence_keeps_its_id(load, calendar, series, exception):
    rows = [f";PARTSTAT=ACCEPTED:mailto:{ZORA}", f";PARTSTAT=DECLINED:mailto:{JUNIPER}"]
    found = load(calendar(exception(ATTENDEE=rows), series()))
    assert found.counts == [2, 2, 0, 0]
    assert sorted(found.ids) == IDS
    moved = found.tables.events.query("event == @IDS[2]")
    assert moved["at"].astype(str).unique().tolist() == ["2026-03-31 13:00:00+00:00"]
    assert moved["seconds"].unique().tolist() == [1800]
    assert len(moved) == 2


def test_two_calendars_agree(load, calendar, event, series, exception):
    whole = load(calendar(series(), exception()))
    invited_once = load(calendar(exception()), ego=ODO)
    assert set(invited_once.ids) == {IDS[2]} <= set(whole.ids)
    single = event()
    assert load(calendar(single)).ids == load(calendar(single), ego=ODO).ids


def test_an_exception_that_names_the_day_only(load, calendar, series, exception):
    found = load(calendar(series(), exception(RECURRENCE_ID=";VALUE=DATE:20260330")))
    assert sorted(found.ids) == IDS


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"STATUS": ":CANCELLED"}, "cancelled"),
        ({"ATTENDEE": f";PARTSTAT=DECLINED:mailto:{ZORA}"}, "declined by the owner"),
        ({"start": ":20261201T090000Z"}, "not held yet"),
    ],
)
def test_an_occurrence_that_was_not(load, calendar, series, exception, more, reason):
    found = load(calendar(series(), exception(**more)))
    assert found.counts == [2, 1, 0, 1]
    assert found.reasons == {2: reason}
    assert found.ids == [IDS[0], IDS[1], IDS[3]]


def test_one_accepted_of_a_series_declined(load, calendar, series, exception):
    declined = f";PARTSTAT=DECLINED:mailto:{ZORA}"
    found = load(calendar(series(ATTENDEE=declined), exception()))
    assert found.reasons == {1: "declined by the owner"}
    assert found.ids == [IDS[2]]


def test_an_exception_that_was_taken_out(load, calendar, series, exception):
    gone = series(EXDATE=";TZID=Europe/Berlin:20260330T100000")
    found = load(calendar(gone, exception()))
    assert found.reasons == {2: "taken out of its series"}


def test_changed_from_then_on(load, calendar, series, exception):
    rows = [f";PARTSTAT=ACCEPTED:mailto:{each}" for each in (ZORA, JUNIPER)]
    later = exception(
        RECURRENCE_ID=";TZID=Europe/Berlin;RANGE=THISANDFUTURE:20260330T100000",
        start=";TZID=Europe/Berlin:20260330T110000",
        ATTENDEE=rows,
    )
    found = load(calendar(series(), later))
    assert found.ids == IDS
    assert found.starts == [f"2026-{day}T09:00" for day in ("03-16", "03-23", "03-30", "04-06")]
    assert found.tables.events.groupby("event").size().tolist() == [1, 1, 2, 2]
    assert found.tables.events["row"].tolist() == [1, 1, 2, 2, 2, 2]


def test_cancelled_from_then_on(load, calendar, series, exception):
    zone = ";TZID=Europe/Berlin;RANGE=THISANDFUTURE:20260330T100000"
    found = load(calendar(series(), exception(RECURRENCE_ID=zone, STATUS=":CANCELLED")))
    assert found.ids == IDS[:2]
    assert found.reasons == {2: "cancelled"}


def test_later_versions_win(load, calendar, event, exception, series):
    old, new = event(SEQUENCE=":0"), event(SEQUENCE=":2", start=":20260305T090000Z")
    found = load(calendar(new, old))
    assert found.ids == ["7@fen.example/20260305T090000Z"]
    assert found.reasons == {2: "replaced by a later version of it"}
    moved = [exception(SEQUENCE=f":{n}", start=f":2026040{n}T090000Z") for n in (1, 2)]
    assert "2026-04-02T09:00" in load(calendar(series(), *moved)).starts


def test_the_same_again_is_merged(load, calendar, event, series):
    found = load(calendar(event(), event(), series(uid="8"), series(uid="8")))
    assert found.counts == [4, 2, 2, 0]


def test_one_uid_for_several_events(load, calendar, event):
    found = load(calendar(event(), event(start=":20260305T090000Z")))
    assert found.counts == [2, 2, 0, 0]


def test_without_uid(load, calendar, event):
    found = load(calendar(event(uid=None), event(uid=None, start=":20260305T090000Z")))
    assert found.counts == [2, 2, 0, 0]
    assert found.tables.events["event"].nunique() == 2


def test_exrule_is_said(load, calendar, series):
    found = load(calendar(series(EXRULE=":FREQ=WEEKLY;INTERVAL=2")))
    assert "1 series have an EXRULE, which is not read" in found.source["rules"]
    assert found.ids == IDS


def test_hours_in_two_zones_are_not_mixed_up(load, calendar, series):
    more = {
        "RRULE": ":FREQ=DAILY;BYHOUR=10,11,12,13;COUNT=4",
        "EXDATE": ";TZID=Europe/Berlin:20260316T110000",
    }
    found = load(calendar(series(**more)))
    assert [start[11:13] for start in found.starts] == ["09", "11", "12"]


def test_a_long_series_keeps_its_last_occurrences(load, calendar, series):
    found = load(calendar(series(start=":20000101T090000Z", RRULE=":FREQ=DAILY")))
    assert len(found.ids) == 5000
    assert found.starts[-1] == "2026-11-19T09:00"
    assert "1 series cut" in found.source["rules"]
