"""Broken and hostile calendars: one bad event costs that event, and nothing takes long."""

from __future__ import annotations

import time

import pytest

from netquality.errors import BadInput
from netquality.sources.calendars.ics import looks_like_calendar, read_calendar
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options

ZORA, ODO = "zora@quill.example", "odo@fen.example"


def test_a_broken_event_costs_only_itself(load, calendar, event):
    broken = event(uid="2", start=":not a date", EXDATE=":nor this")
    found = load(calendar(event(uid="1"), broken, event(uid="3")))
    assert found.counts == [3, 2, 0, 1]
    assert found.reasons == {2: "no date"}
    assert found.tables.rejects["shape"].tolist() == ["aaa a aaaa"]


def test_an_event_that_does_not_end(load, calendar, event):
    found = load(calendar(event(uid="1")[:-1], event(uid="2"), event(uid="3")[:-1]))
    assert found.counts == [3, 1, 0, 2]
    assert set(found.reasons.values()) == {"cut off: the event does not end"}


def test_a_file_that_is_cut_off(load, calendar, event):
    data = calendar(event(uid="1"), event(uid="2"))
    begun = data.rindex(b"BEGIN:VEVENT") + 14
    for cut in range(begun, len(data), 7):
        whole = b"END:VEVENT" in data[begun:cut]
        assert load(data[:cut]).counts == ([2, 2, 0, 0] if whole else [2, 1, 0, 1])


def test_ends_that_do_not_match(load, calendar, event):
    lines = event()
    odd = ["BEGIN:VALARM", "ATTENDEE:mailto:x@x.example", "BEGIN:X", "END:Y", "END:VALARM"]
    found = load(calendar([*lines[:3], *odd, *lines[3:]], ["END:VEVENT", "END:X-ODD"]))
    assert found.rows == [(ODO, ZORA, "accepted")]
    unclosed = [*lines[:-1], "BEGIN:VALARM", "ATTENDEE:mailto:x@x.example", "END:VEVENT"]
    assert load(calendar(unclosed)).rows == [(ODO, ZORA, "accepted")]


@pytest.mark.usefixtures("ends_soon")
def test_deep_nesting(load, calendar, event):
    deep = ["BEGIN:X"] * 50_000
    lines = event(uid="2")
    inside = [*lines[:-1], *deep, "ATTENDEE:mailto:x@x.example", *(["END:X"] * 50_000), lines[-1]]
    found = load(calendar(event(uid="1"), deep, inside, event(uid="3")))
    assert found.counts == [3, 3, 0, 0]
    assert set(found.rows) == {(ODO, ZORA, "accepted")}


@pytest.mark.usefixtures("ends_soon")
def test_long_lines(load, calendar, event):
    long = ":" + "xyzzyplugh" * 300_000
    attached = event(uid="1", ATTACH=long, DESCRIPTION=long)
    guest = event(uid="2", ATTENDEE=";CN=" + "x" * 2_000_000 + f":mailto:{ZORA}")
    folded = event(uid="3", DESCRIPTION=":" + "\r\n y" * 300_000)
    found = load(calendar(attached, guest, folded))
    assert found.reasons == {2: "a line of more than a megabyte"}
    assert found.counts == [3, 2, 0, 1]


@pytest.mark.usefixtures("ends_soon")
def test_quotes_without_end(load, calendar, event):
    tricky = ";" + 'CN="' * 100_000
    assert load(calendar(event(ATTENDEE=[tricky, f":mailto:{ZORA}"]))).counts == [1, 1, 0, 0]
    spaces = f";CN={' ' * 500_000}x:mailto:{ZORA}"
    assert load(calendar(event(ATTENDEE=spaces))).counts == [1, 1, 0, 0]


@pytest.mark.usefixtures("ends_soon")
def test_long_values(load, calendar, event):
    many = ",".join(["20260305T090000Z"] * 50_000)
    rows = [
        event(uid="1", RRULE=":FREQ=DAILY;COUNT=3", EXDATE=f";TZID=Europe/Berlin:{many}"),
        event(uid="2", start=f";TZID={'a' * 900_000}:20260304T090000"),
        event(uid="u" * 900_000),
        event(uid="4", start=":" + "2" * 900_000),
        event(uid="5", DURATION=":P" + "1" * 900_000 + "D", DTEND=None),
        event(uid="6", LOCATION=":" + "zoom" * 200_000, SEQUENCE=":" + "9" * 900_000),
        event(uid="7", RRULE=":FREQ=DAILY;BYDAY=" + "MO," * 300_000),
    ]
    found = load(calendar(*rows))
    assert found.reasons == {
        3: "a UID of more than 1,000 characters",
        4: "no date",
        7: "no rule of recurrence",
    }
    assert found.ids[:2] == ["1/20260304T090000Z", "1/20260306T090000Z"]


@pytest.mark.usefixtures("ends_soon")
def test_blanks_without_end():
    for blanks in (b"\n" * 60_000, b" " * 60_000, b"\r" * 60_000, b"BEGIN:" + b"\t" * 60_000):
        assert not looks_like_calendar("a.ics", b"X" + blanks + b"\nX")


def test_nothing_but_noughts(load, calendar, event):
    data = calendar(event()).replace(b"UID:7", b"UID:\x007").replace(b"CN=Odo", b"CN=\x00Odo\x00")
    found = load(data)
    assert found.ids == ["7@fen.example/20260304T090000Z"]
    assert "Odo Fenwick" in set(found.tables.accounts["name"])


def test_lines_that_are_no_properties(load, calendar, event):
    lines = event()
    noise = ["See you there", ":", ";;;", "=", "\x01\x02", "ATTENDEE", "DTSTART", " folded"]
    assert load(calendar([lines[0], *noise, *lines[1:]])).counts == [1, 1, 0, 0]


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;INTERVAL=1",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=1,2,3;BYSECOND=1,2,3",
        "FREQ=YEARLY;COUNT=99999999999",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 1000),
        "FREQ=WEEKLY;BYSETPOS=0",
        "FREQ=WEEKLY;BYMONTH=13,99",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=FORTNIGHTLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=FR",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=3",
        "FREQ=WEEKLY;BYWEEKNO=60",
        "W1 MO #10",
    ],
)
def test_rules_that_are_refused(load, calendar, event, rule):
    bomb = event(uid="1", start=":19700101T000000Z", RRULE=f":{rule}")
    found = load(calendar(bomb, event(uid="2")))
    assert found.tables.events["row"].unique().tolist() == [2]
    assert found.counts == [2, 1, 0, 1]


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=8,9,10,11",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TH",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=30,31,-30",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=2",
    ],
)
def test_rules_that_are_capped(load, calendar, event, rule):
    bomb = event(start=":19700101T000000Z", RRULE=f":{rule}")
    found = load(calendar(bomb))
    assert found.counts[1:] == [1, 0, 0]
    assert len(found.ids) <= 5000


@pytest.mark.usefixtures("ends_soon")
def test_a_thousand_bombs(load, calendar, event):
    bomb = {"start": ":19700101T000000Z", "RRULE": ":FREQ=SECONDLY"}
    rows = [event(uid=str(n), **bomb) for n in range(999)]
    found = load(calendar(*rows))
    assert found.counts == [999, 0, 0, 999]
    assert set(found.reasons.values()) == {"repeats by the hour or faster: no meeting"}


@pytest.mark.parametrize(("count", "kept"), [(500, 1000), (4000, None)])
def test_many_series_and_many_exceptions_of_one_uid(load, calendar, event, count, kept):
    """Each exception may belong to each series: what is more than can be followed is refused."""
    began = time.process_time()
    clocks = [f"{n % 24:02d}{n // 24 % 60:02d}{n // 1440:02d}Z" for n in range(count)]
    rows = [event(start=f":20260101T{at}", RRULE=":FREQ=DAILY;COUNT=2") for at in clocks]
    rows += [event(start=f":20260201T{at}", RECURRENCE_ID=f":20260201T{at}") for at in clocks]
    found = load(calendar(*rows))
    assert found.counts[0] == 2 * count
    assert kept in (None, found.counts[1])
    assert set(found.reasons.values()) <= {"more series than a calendar can have"}
    assert time.process_time() - began < 3


@pytest.mark.usefixtures("ends_soon")
def test_a_bomb_in_the_definition_of_a_zone(load, calendar, event):
    for rule in (
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYHOUR=1,2",
        "FREQ=YEARLY;INTERVAL=0;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=YEARLY;BYDAY=ODD",
    ):
        zone = [
            "BEGIN:VTIMEZONE", "TZID:Fern", "BEGIN:STANDARD", "DTSTART:19700101T000000",
            "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100", f"RRULE:{rule}", "END:STANDARD",
            "END:VTIMEZONE",
        ]  # fmt: skip
        found = load(calendar(event(start=";TZID=Fern:20260304T090000"), head=zone))
        assert found.starts in (["2026-03-04T08:00"], ["2026-03-04T09:00"])


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "America", "\u0000", "x" * 9999]
)
def test_zones_that_are_no_names(load, calendar, event, name):
    found = load(calendar(event(start=f';TZID="{name}":20260304T090000')))
    assert found.starts == ["2026-03-04T09:00"]


@pytest.mark.usefixtures("ends_soon")
def test_ten_thousand_guests(load, calendar, event):
    rows = [f";CN=P{n};PARTSTAT=ACCEPTED:mailto:p{n}@x.example" for n in range(10_000)]
    found = load(calendar(event(ATTENDEE=rows)))
    assert len(found.rows) == 10_001  # the guests, and whose calendar it is
    assert set(found.tables.events["audience"]) == {10_001}


def test_a_number_of_guests_beyond_belief(load, calendar, event):
    more = f";X-NUM-GUESTS=99999999999999999999:mailto:{ZORA}"
    found = load(calendar(event(ATTENDEE=more)))
    assert found.tables.events["audience"].tolist() == [1001]


def test_tasks_are_no_meetings(load, calendar, event):
    task = ["BEGIN:VTODO", "UID:9", f"ATTENDEE:mailto:{ODO}", "END:VTODO"]
    busy = ["BEGIN:VFREEBUSY", "FREEBUSY:20260304T090000Z/PT1H", "END:VFREEBUSY"]
    found = load(calendar(task, event(), busy, ["BEGIN:VJOURNAL", "END:VJOURNAL"]))
    assert found.counts == [1, 1, 0, 0]
    assert "1 free and busy times, 1 journal entries, 1 tasks" in found.source["rules"]


def test_an_empty_calendar(load, calendar):
    assert load(calendar()).counts == [0, 0, 0, 0]


def test_what_is_no_calendar():
    member = Member("a.ics", lambda: b"BEGIN:VCARD\r\nEND:VCARD\r\n")
    with pytest.raises(BadInput, match=r"a\.ics holds no calendar") as caught:
        read_calendar(member, Bundle("a.ics", None, (member,)), Options())
    assert caught.value.todo


def test_a_large_file_is_read_bit_by_bit(tmp_path, calendar, event):
    """Of a file of thirty megabytes, of which hardly anything matters, hardly anything is held."""
    import tracemalloc

    rows = [event(uid=str(n), ATTACH=":" + "QUJD" * 25_000) for n in range(300)]
    place = tmp_path / "large.ics"
    place.write_bytes(calendar(*rows))
    size = place.stat().st_size
    assert size > 30_000_000
    member = Member("large.ics", lambda: b"", lambda: place.open("rb"), size)
    del rows
    tracemalloc.start()
    tables = read_calendar(member, Bundle("large.ics", None, (member,)), Options(ego=ZORA))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert tables.sources["kept"].tolist() == [300]
    assert peak < size / 3
