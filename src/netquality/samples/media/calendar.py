"""The calendar: meetings of two, crowds that come again, and what is no meeting at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from netquality.samples.cast import OWNER, OWNER_MAIL
from netquality.samples.clock import END_DAY, dice
from netquality.samples.media.doings import HOME
from netquality.samples.media.invite import WINDOWS, Guest, Invite, component
from netquality.samples.media.letter import Address, mail_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from netquality.samples.media.keys import Person
    from netquality.samples.media.plan import Plan
    from netquality.samples.media.series import Series

__all__ = ["ROOMS", "calendar_file"]

ROOMS = (
    Address("Inkhaven room", "room-inkhaven@thistledown.example"),
    Address("Papierberg room", "room-papierberg@thistledown.example"),
)
_BERLIN = "Europe/Berlin"
_ME = Address(OWNER.name, OWNER_MAIL)
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
_HEAD = (
    "BEGIN:VCALENDAR\nPRODID:-//Inkhaven//Inkhaven Calendar 70.9054//EN\nVERSION:2.0\n"
    "CALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:{mail}\nX-WR-TIMEZONE:Europe/Berlin\n"
    "X-WR-CALDESC:Fictional\\, made by netquality.\n"
)
_CROWD_DAYS, _BIRTHDAYS, _AHEAD = 170, 6, 90


def _address(person: Person) -> Address:
    return Address(mail_name(person.first, person.last, person.style), person.mail)


def _local(at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, HOME)


def _room(rng: np.random.Generator) -> tuple[Guest, ...]:
    if rng.random() < 0.7:
        return ()
    return (Guest(ROOMS[int(rng.integers(0, 2))], "ACCEPTED", "ROOM"),)


def _pair(plan: Plan, rng: np.random.Generator, in_series: set[int]) -> Iterator[Invite]:
    """Invite one to one; what nobody came to was declined or called off."""
    rows = plan.of("meeting")
    rows = rows[~rows["who"].isin(in_series)]
    columns = zip(rows["who"], rows["at"], rows["theirs"], rows["seconds"], strict=True)
    for place, (who, at, theirs, seconds) in enumerate(columns):
        them, held = _address(plan.who[who]), seconds > 0
        off = not held and place % 2 == 0
        answer = "ACCEPTED" if held or off else "DECLINED"
        guests = (Guest(_ME), Guest(them, answer), *_room(rng))
        yield Invite(
            uid=0,
            start=_local(int(at)),
            minutes=int(seconds // 60) if held else 30,
            title="Dinner" if seconds > 5000 else "Coffee, two of us",
            organiser=them if theirs else _ME,
            guests=guests,
            status="CANCELLED" if off else "CONFIRMED",
            video=bool(rng.random() < 0.3),
        )


def _repeated(plan: Plan, series: Series, uid: int) -> Iterator[Invite]:
    """Write a series and the three of its meetings that went another way."""
    them = _address(plan.who[series.who])
    zone = WINDOWS if series.windows else _BERLIN
    base = Invite(
        uid, series.start, series.minutes, "Jour fixe", _ME, (Guest(_ME), Guest(them)), zone=zone
    )
    skipped = tuple(series.nominal(place) for place in sorted(series.left_out))
    yield base._replace(rule=f"FREQ=WEEKLY;INTERVAL={series.weeks}", left_out=skipped)
    one = series.nominal(series.cancelled)
    yield base._replace(start=one, instead_of=one, status="CANCELLED")
    two = series.nominal(series.refused)
    declined = (Guest(_ME), Guest(them, "DECLINED"))
    yield base._replace(start=two, instead_of=two, guests=declined)
    three = series.nominal(series.moved)
    yield base._replace(start=three + dt.timedelta(days=1), instead_of=three)


def _monday() -> dt.datetime:
    day = dt.date(1970, 1, 1) + dt.timedelta(days=END_DAY - _CROWD_DAYS)
    day -= dt.timedelta(days=day.weekday())
    return dt.datetime.combine(day, dt.time(9, 15), HOME)


def _big(plan: Plan, rng: np.random.Generator) -> Iterator[Invite]:
    """Write the daily meeting of twenty, the weekly one of more than thirty, and some more."""
    held = plan.crowds
    sizes = (held.standup, held.plenum)
    daily, weekly = (tuple(Guest(_address(plan.who[int(i)])) for i in who) for who in sizes)
    rule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    start = _monday()
    room = Guest(ROOMS[0], "ACCEPTED", "ROOM")
    yield Invite(
        0, start, 15, "Stand-up", daily[0].who, (*daily, Guest(_ME)), _BERLIN, rule, video=True
    )
    noon = start.replace(hour=13)
    yield Invite(
        0, noon, 60, "All hands", weekly[0].who, (*weekly, Guest(_ME), room), WINDOWS, "FREQ=WEEKLY"
    )
    for _ in range(plan.count(0.004, 3)):
        some = rng.permutation(held.audience)[: int(rng.integers(6, 26))]
        guests = tuple(Guest(_address(plan.who[int(i)])) for i in some)
        at = start + dt.timedelta(days=int(rng.integers(0, _CROWD_DAYS - 2)), hours=2)
        yield Invite(0, at, 45, "Workshop; ink, paper", guests[0].who, (*guests, Guest(_ME)))


def _other(plan: Plan, rng: np.random.Generator) -> Iterator[Invite]:
    """Write what is no meeting: birthdays, hours alone, what the owner declined, the future."""
    saved = [person for person in plan.who if person.card]
    for person in saved[:_BIRTHDAYS]:
        day = dt.date(1980, 1 + int(rng.integers(0, 12)), 1 + int(rng.integers(0, 28)))
        title = f"{person.card}'s birthday"
        yield Invite(0, day, 0, title, rule="FREQ=YEARLY")
    met = [person for person in saved if person.on_card]
    last = _local(plan.moment).replace(hour=9, minute=0, second=0, microsecond=0)
    for place in range(6):
        person = met[int(rng.integers(0, len(met)))]
        them = _address(person)
        future = last + dt.timedelta(days=1 + place * 9, hours=2)
        past = last - dt.timedelta(days=3 + place * 11, hours=-1)
        yield Invite(0, future, 30, "Later", _ME, (Guest(_ME), Guest(them, "NEEDS-ACTION")))
        refused = (Guest(_ME, "DECLINED"), Guest(them))
        yield Invite(0, past, 30, "Pitch", them, refused)
        yield Invite(0, past + dt.timedelta(hours=2), 90, "Focus")


def calendar_file(plan: Plan) -> list[bytes]:
    """Write ``calendar.ics`` as exported at the moment of the plan.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> b"".join(calendar_file(plan)).count(b"BEGIN:VEVENT") > 20
    True
    """
    rng = dice(plan.seed, "calendar")
    in_series = {series.who for series in plan.series}
    loose = [*_pair(plan, rng, in_series), *_big(plan, rng), *_other(plan, rng)]
    # In an earlier export, what begins years later is not planned yet.
    ahead = _local(plan.moment) + dt.timedelta(days=_AHEAD)
    loose = [
        each for each in loose if not isinstance(each.start, dt.datetime) or each.start < ahead
    ]
    invites = [invite._replace(uid=place + 1) for place, invite in enumerate(loose)]
    for place, series in enumerate(plan.series):
        invites += _repeated(plan, series, len(loose) + place + 1)
    head = (_HEAD.format(mail=OWNER_MAIL) + _ZONE).replace("\n", "\r\n")
    parts = [component(invite, plan.moment).encode() for invite in invites]
    return [head.encode(), *parts, b"END:VCALENDAR\r\n"]
