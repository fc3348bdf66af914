"""Agreement with calendars that the library `icalendar` writes, and with rules worked out apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netquality.sources.addresses import squashed

ZORA = "zora@quill.example"
EXPORT = datetime(2026, 11, 20, 8, tzinfo=UTC)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
ANSWERS = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "tentative",
    "NEEDS-ACTION": "none",
}
QUIET = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
letters = st.characters(exclude_categories=("C", "Z"), exclude_characters='"@^\\')
names = st.text(st.one_of(letters, st.sampled_from(" ,;:'🌿é")), max_size=60).filter(str.strip)
walls = st.datetimes(datetime(2010, 1, 1), datetime(2026, 10, 31)).map(
    lambda wall: wall.replace(second=0, microsecond=0)
)
guests = st.dictionaries(
    st.integers(0, 30).map(lambda number: f"p{number}@fen.example"),
    st.tuples(names, st.sampled_from(sorted(ANSWERS))),
    min_size=1,
    max_size=6,
)


def written(events, *, stamp=EXPORT):
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Fen//Ink//EN")
    calendar.add("version", "2.0")
    for uid, properties in events.items():
        event = icalendar.Event()
        event.add("uid", uid)
        event.add("dtstamp", stamp)
        event.add("summary", "xyzzyplugh")
        for name, value in properties:
            event.add(name, value)
        calendar.add_component(event)
    return calendar.to_ical()


def address(mail, name, **more):
    made = icalendar.vCalAddress(f"mailto:{mail}")
    made.params["CN"] = name
    made.params.update(more)
    return made


def refolded(data, widths, end):
    """Fold the same lines elsewhere, within characters too, and end them otherwise."""
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    out = []
    for number, line in enumerate(lines):
        width = widths[number % len(widths)]
        pieces = [line[at : at + width] for at in range(0, max(len(line), 1), width)]
        out.append((end + b" ").join(pieces))
    return end.join(out)


def utc(moment):
    return moment.astimezone(UTC)


@QUIET
@given(
    people=guests,
    wall=walls,
    zone=st.sampled_from(ZONES),
    minutes=st.integers(1, 3000),
    widths=st.lists(st.integers(16, 200), min_size=1, max_size=5),
    end=st.sampled_from([b"\r\n", b"\n", b"\r"]),
)
def test_people_and_times(load, people, wall, zone, minutes, widths, end):
    start = wall.replace(tzinfo=ZoneInfo(zone))
    rows = [address(mail, name, PARTSTAT=said) for mail, (name, said) in people.items()]
    said = [
        ("dtstart", start),
        ("duration", timedelta(minutes=minutes)),
        ("organizer", address(ZORA, "Zora Quillfeather")),
        ("attendee", rows),
    ]
    data = refolded(written({"7@fen.example": said}), widths, end)
    found = load(data, marker="xyzzyplugh")
    answers = {mail: ANSWERS[said] for mail, (_, said) in people.items()}
    if set(answers.values()) == {"declined"}:
        assert found.reasons == {1: "nobody came"}
        return
    assert found.rows == [(ZORA, mail, answer) for mail, answer in answers.items()]
    assert found.ids == [f"7@fen.example/{utc(start):%Y%m%dT%H%M%SZ}"]
    assert set(found.tables.events["seconds"]) == {minutes * 60}
    known = found.tables.accounts.set_index("value")["name"]
    for mail, (name, _) in people.items():
        assert known[mail] == squashed(name)


FREQUENCIES = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY, "YEARLY": YEARLY}


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(sorted(FREQUENCIES)))
    said = {"freq": [frequency], "interval": [draw(st.integers(1, 5))]}
    apart = {"interval": said["interval"][0]}
    bound = draw(st.sampled_from(["count", "until", None]))
    if bound == "count":
        said["count"] = [draw(st.integers(1, 30))]
        apart["count"] = said["count"][0]
    if frequency == "WEEKLY" and draw(st.booleans()):
        days = draw(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True))
        said["byday"] = [("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day] for day in days]
        apart["byweekday"] = days
    return FREQUENCIES[frequency], said, apart, bound == "until"


@QUIET
@given(
    rule=rules(),
    wall=walls,
    zone=st.sampled_from(ZONES),
    span=st.integers(0, 700),
    gone=st.lists(st.integers(0, 40), max_size=4, unique=True),
    added=st.lists(st.integers(1, 400), max_size=3, unique=True),
)
def test_series(load, rule, wall, zone, span, gone, added):
    frequency, said, apart, ends = rule
    start = wall.replace(tzinfo=ZoneInfo(zone))
    if ends:
        until = utc((wall + timedelta(days=span)).replace(tzinfo=ZoneInfo(zone)))
        said, apart = said | {"until": [until]}, apart | {"until": until}
    # The first one always counts, be it by the rule or not.
    by_rule = takewhile_held(rrule(frequency, dtstart=start, **apart))
    held = sorted({utc(each) for each in (start, *by_rule)})
    out = [held[number] for number in gone if number < len(held)]
    later = [wall + timedelta(days=days, minutes=7) for days in added]
    extra = [each.replace(tzinfo=ZoneInfo(zone)) for each in later]
    properties = [
        ("dtstart", start),
        ("duration", timedelta(hours=1)),
        ("rrule", said),
        ("organizer", address("odo@fen.example", "Odo")),
        ("attendee", address(ZORA, "Zora", PARTSTAT="ACCEPTED")),
        *[("exdate", each) for each in out],
        *[("rdate", each) for each in extra],
    ]
    found = load(written({"7@fen.example": properties}), marker="xyzzyplugh")
    expected = {*held, *(utc(each) for each in extra if utc(each) <= EXPORT)} - set(out)
    assert (
        found.ids == [f"7@fen.example/{each:%Y%m%dT%H%M%SZ}" for each in sorted(expected)][-5000:]
    )
    assert (found.counts == [1, 1, 0, 0]) == bool(expected)


def takewhile_held(rule):
    for each in rule:
        if utc(each) > EXPORT:
            return
        yield each


@QUIET
@given(
    moved=st.dictionaries(st.integers(0, 9), st.integers(-2000, 2000), max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_moved_occurrences(load, moved, order):
    zone = ZoneInfo("Europe/Berlin")
    originals = [datetime(2026, 3, 2, 10, tzinfo=zone) + timedelta(weeks=n) for n in range(10)]
    people = [
        ("organizer", address("odo@fen.example", "Odo")),
        ("attendee", address(ZORA, "Zora", PARTSTAT="ACCEPTED")),
    ]
    events = [[("dtstart", originals[0]), ("rrule", {"freq": "weekly", "count": 10}), *people]]
    starts = dict(enumerate(originals))
    for number, minutes in moved.items():
        starts[number] = originals[number] + timedelta(minutes=minutes)
        replaced = ("recurrence-id", originals[number])
        events.append([("dtstart", starts[number]), replaced, *people])
    order.shuffle(events)
    parts = [written({"7@fen.example": each}) for each in events]
    found = load(b"".join(parts), marker="xyzzyplugh")
    at = dict(zip(found.tables.events["event"], found.tables.events["at"], strict=True))
    assert at == {
        f"7@fen.example/{utc(original):%Y%m%dT%H%M%SZ}": utc(starts[number])
        for number, original in enumerate(originals)
    }
    kept = len(events) - (len(moved) == 10)
    assert found.counts[:2] == [len(events), kept]


@QUIET
@given(data=st.binary(max_size=400), at=st.integers(0, 400))
def test_noise_never_breaks_it(load, calendar, event, data, at):
    text = calendar(event(uid="1"), event(uid="2", RRULE=":FREQ=WEEKLY;COUNT=3"))
    place = 20 + at % (len(text) - 20)
    load(text[:place] + data + text[place:], marker="xyzzyplugh!")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Sao_Paulo", "Australia/Sydney"])
def test_a_zone_written_down_is_the_zone(load, zone):
    """The definitions that `icalendar` makes of a zone give the same instants as the zone."""
    span = {"first_date": date(2015, 1, 1), "last_date": date(2027, 1, 1)}
    made = icalendar.Timezone.from_tzid(zone, **span)
    made["TZID"] = "Fernhollow"
    calendar = icalendar.Calendar()
    calendar.add_component(made)
    walls = [datetime(2016, 1, 1, 12) + timedelta(days=9 * step) for step in range(430)]
    text = calendar.to_ical().replace(b"END:VCALENDAR\r\n", b"")
    for number, wall in enumerate(walls):
        text += (
            f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20261120T080000Z\r\n"
            f"DTSTART;TZID=Fernhollow:{wall:%Y%m%dT%H%M%S}\r\nORGANIZER:mailto:odo@fen.example\r\n"
            f"ATTENDEE:mailto:{ZORA}\r\nEND:VEVENT\r\n"
        ).encode()
    found = load(text + b"END:VCALENDAR\r\n")
    expected = [utc(wall.replace(tzinfo=ZoneInfo(zone))) for wall in walls]
    assert found.tables.events["at"].tolist() == [each for each in expected if each <= EXPORT]
