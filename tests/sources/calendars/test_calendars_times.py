"""When a meeting was: zones by all their names, floating times, durations, ways to write a file."""

from __future__ import annotations

import codecs
import io
from datetime import UTC, datetime, timedelta

import pytest

from netquality.errors import BadInput
from netquality.sources.calendars import lines
from netquality.sources.calendars.ics import looks_like_calendar
from netquality.sources.calendars.zones import defined_zone

OUTLOOK = [
    "BEGIN:VTIMEZONE", "TZID:Customized Time Zone",
    "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
]  # fmt: skip
MARCH, JULY = "20260304T090000", "20260704T090000"


@pytest.mark.parametrize(
    ("zone", "march", "july"),
    [
        ("Europe/Berlin", 8, 7),
        ('"Europe/Berlin"', 8, 7),
        ("W. Europe Standard Time", 8, 7),
        ("Pacific Standard Time", 17, 16),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', 8, 7),
        ('"(GMT+01:00) Amsterdam / Berlin / Bern / Rome"', 8, 7),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 8, 7),
        ("(UTC+01:00) Fernhollow", 8, 8),
        ('"(UTC-08:00) Pacific Time (US & Canada)"', 17, 16),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', 14, 13),
        ('"(UTC) Coordinated Universal Time"', 9, 9),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", 8, 7),
        ("/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires", 12, 12),
        ("tzone://Microsoft/Utc", 9, 9),
        ("GMT+0530", 3.5, 3.5),
        ("Customized Time Zone", 8, 7),
    ],
)
def test_zones(load, calendar, event, zone, march, july):
    lines = [event(uid=wall, start=f";TZID={zone}:{wall}") for wall in (MARCH, JULY)]
    found = load(calendar(*lines, head=OUTLOOK))
    hours = [stamp.hour + stamp.minute / 60 for stamp in found.tables.events["at"]]
    assert hours == [march, july]
    assert found.source["zone"] == "UTC (given)"


def test_a_zone_that_the_file_defines_at_its_end(load, calendar, event):
    data = calendar(event(start=f";TZID=Customized Time Zone:{JULY}"), OUTLOOK)
    assert load(data).starts == ["2026-07-04T07:00"]


def test_two_calendars_may_mean_two_zones_by_one_name(load, calendar, event):
    other = [line.replace("+0200", "-0400").replace("+0100", "-0500") for line in OUTLOOK]
    start = f";TZID=Customized Time Zone:{MARCH}"
    one = calendar(event(uid="1", start=start), head=OUTLOOK)
    two = calendar(event(uid="2", start=start), head=other)
    assert load(one + two).starts == ["2026-03-04T08:00", "2026-03-04T14:00"]


def test_a_definition_that_says_which_zone_it_is(load, calendar, event):
    zone = ["BEGIN:VTIMEZONE", "TZID:Fern", "X-LIC-LOCATION:Asia/Tokyo", "END:VTIMEZONE"]
    assert load(calendar(event(start=f";TZID=Fern:{MARCH}"), head=zone)).starts == [
        "2026-03-04T00:00"
    ]


def test_the_hour_that_comes_twice_and_the_one_that_never_does(load, calendar, event):
    walls = ["20261025T023000", "20260329T023000", "20261025T033000"]
    lines = [event(uid=wall, start=f";TZID=Customized Time Zone:{wall}") for wall in walls]
    found = load(calendar(*lines, head=OUTLOOK))
    assert found.starts == ["2026-10-25T00:30", "2026-03-29T00:30", "2026-10-25T02:30"]


@pytest.mark.parametrize(
    ("head", "options", "start", "zone"),
    [
        (["X-WR-TIMEZONE:Asia/Tokyo"], {"timezone": "UTC"}, "00:00", "Asia/Tokyo (given)"),
        ([], {"timezone": "Europe/Berlin"}, "08:00", "Europe/Berlin (given)"),
        ([], {}, "09:00", "UTC (assumed)"),
        (["X-WR-TIMEZONE:Nowhere/Land"], {}, "09:00", "UTC (assumed)"),
    ],
)
def test_floating(load, calendar, event, head, options, start, zone):
    found = load(calendar(event(start=f":{MARCH}"), head=head), **options)
    assert found.starts == [f"2026-03-04T{start}"]
    assert found.source["zone"] == zone
    assert "times without a zone" in found.source["rules"]


def test_a_zone_that_nobody_knows(load, calendar, event):
    found = load(calendar(event(start=f";TZID=Fernhollow Time:{MARCH}")), timezone="Asia/Tokyo")
    assert found.starts == ["2026-03-04T00:00"]
    assert "zones that nobody knows: 1" in found.source["rules"]


def test_no_such_zone_of_the_user(load, calendar, event):
    with pytest.raises(BadInput, match="Fernhollow"):
        load(calendar(event()), timezone="Fernhollow")


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ({"DURATION": ":PT45M"}, 2700),
        ({"DURATION": ":P1DT2H"}, 93600),
        ({"DTEND": ";TZID=Asia/Tokyo:20260304T190000"}, 3600),
        ({}, None),
        ({"DTEND": ":20260304T090000Z"}, None),
        ({"DTEND": ":20260304T080000Z"}, None),
        ({"DURATION": ":PT"}, None),
        ({"DTEND": ":later"}, None),
    ],
)
def test_how_long(load, calendar, event, more, seconds):
    found = load(calendar(event(**({"DTEND": None} | more))))
    assert found.tables.events["seconds"].astype(object).where(
        found.tables.events["seconds"].notna(), None
    ).tolist() == [seconds]


def test_how_long_through_the_night_when_clocks_change(load, calendar, event):
    more = {"DTEND": ";TZID=Europe/Berlin:20260329T040000"}
    found = load(calendar(event(start=";TZID=Europe/Berlin:20260329T010000", **more)))
    assert found.tables.events["seconds"].tolist() == [7200]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_line_ends_and_marks(load, calendar, event, end, mark):
    found = load(mark + calendar(event(), end=end))
    assert found.counts == [1, 1, 0, 0]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_lines_do_not_depend_on_blocks(monkeypatch, end):
    text = end.join([b"A:1", b" 2", b"", b"\t3", b"B:" + "é🌿".encode(), b" ", b" x", b"C:"])
    for size in range(1, len(text) + 2):
        monkeypatch.setattr(lines, "BLOCK", size)
        found = list(lines.logical_lines(io.BufferedReader(io.BytesIO(text))))
        assert found == [b"A:123", b"B:" + "é🌿x".encode(), b"C:"]


def test_the_second_of_two_equal_hours():
    _, zone = defined_zone(line.encode() for line in OUTLOOK[1:-1])
    for minute in (0, 30, 59):
        twice = [datetime(2026, 10, 25, 2, minute, fold=fold, tzinfo=zone) for fold in (0, 1)]
        assert [each.utcoffset() for each in twice] == [timedelta(hours=2), timedelta(hours=1)]
    once = [datetime(2026, 10, 25, hour, 30, fold=1, tzinfo=zone) for hour in (1, 3)]
    assert [each.astimezone(UTC).hour for each in once] == [23, 2]


def test_sixteen_bits(load, calendar, event):
    found = load(calendar(event()).decode().encode("utf-16"))
    assert found.counts == [1, 1, 0, 0]


def test_a_fold_may_cut_a_character(load, calendar, event):
    name = "Jünïper 🌿 Vellichor"
    plain = calendar(event(ATTENDEE=f";CN={name}:mailto:zora@quill.example"))
    whole = f"CN={name}".encode()
    for cut in range(1, len(whole)):
        folded = whole[:cut] + b"\r\n " + whole[cut:]
        found = load(plain.replace(whole, folded))
        assert found.tables.accounts["name"].dropna().tolist().count(name) == 1


def test_names_in_an_old_encoding(load, calendar, event):
    data = calendar(event(ATTENDEE=";CN=Jürn:mailto:zora@quill.example"))
    found = load(data.decode().encode("cp1252"))
    assert "Jürn" in set(found.tables.accounts["name"])


def test_what_looks_like_a_calendar():
    assert looks_like_calendar("a.bin", b"\r\n\r\nbegin:vcalendar\r\n")
    assert looks_like_calendar("a.ics", b"X-ODD:1\rBEGIN:VCALENDAR\r")
    assert not looks_like_calendar("a.eml", b"To: zora\r\n\r\nBEGIN:VCALENDAR\r\n")
    assert not looks_like_calendar("a.ics", b"BEGIN:VCARD\r\n")
    assert not looks_like_calendar("a.ics", b"")


def test_no_stamps_at_all(load, calendar, event):
    bare = {"DTSTAMP": None}
    series = event(uid="1", start=":20260302T090000Z", RRULE=":FREQ=DAILY", **bare)
    found = load(calendar(series, event(uid="2", **bare)))
    assert found.ids[:3] == [f"1/2026030{day}T090000Z" for day in (2, 3, 4)]
    assert "as the file has no stamps" in found.source["rules"]
    dated = load(calendar(series, event(uid="2", **bare)), exported=20518)
    assert dated.starts[-2:] == ["2026-03-06T09:00", "2026-03-04T09:00"]
    assert "the day of the export" in dated.source["rules"]


def test_the_day_of_the_export_counts_more_than_stamps(load, calendar, event):
    """A series that nobody touched for years was held until the file was made."""
    old = {"DTSTAMP": ":20260301T080000Z"}
    series = event(uid="1", start=":20260302T090000Z", RRULE=":FREQ=DAILY", **old)
    for stamp, day in ((old, 20518), ({"DTSTAMP": ":20261120T080000Z"}, 20518)):
        found = load(calendar(series, event(uid="2", start=":20260307T000000Z", **stamp)),
                     exported=day)  # fmt: skip
        assert found.starts == [f"2026-03-0{n}T09:00" for n in range(2, 7)]
        assert found.reasons == {2: "not held yet"}
        assert "by 2026-03-06 23:59 UTC, the day of the export" in found.source["rules"]
        assert found.source["exported"] == day


@pytest.mark.parametrize(
    ("latest", "days", "how"),
    [
        (None, 4, "the latest stamp in the file"),
        (20510, 4, "the latest stamp in the file"),
        (20518, 5, "the last day of contact in the other sources"),
    ],
)
def test_other_sources_tell_later(load, calendar, event, latest, days, how):
    series = event(start=":20260302T090000Z", RRULE=":FREQ=DAILY", DTSTAMP=":20260305T100000Z")
    found = load(calendar(series), latest=latest)
    assert found.starts == [f"2026-03-0{n}T09:00" for n in range(2, 2 + days)]
    assert how in found.source["rules"]
    assert found.source["exported"] == (20518 if days == 5 else 20517)
    assert found.source["odd"] == 0


def test_the_day_of_the_export_is_not_moved_by_others(load, calendar, event):
    series = event(start=":20260302T090000Z", RRULE=":FREQ=DAILY", DTSTAMP=":20260305T100000Z")
    assert len(load(calendar(series), exported=20517, latest=20600).ids) == 4


def test_a_stamp_from_the_future_is_not_believed(load, calendar, event):
    past, future = event(), event(uid="8", start=":20261230T090000Z", DTSTAMP=":21000101T000000Z")
    found = load(calendar(past, future))
    assert found.reasons == {2: "not held yet"}
    assert found.source["exported"] == 20777


def test_the_day_of_the_export_is_kept(load, calendar, event):
    assert load(calendar(event())).source["exported"] == 20777
