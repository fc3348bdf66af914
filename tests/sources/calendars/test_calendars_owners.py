"""Whose calendar it is, and what follows where nobody knows."""

from __future__ import annotations

import pytest

from netquality.ids import UNKNOWN_OWNER

ZORA, ODO, JUNIPER = "zora@quill.example", "odo@fen.example", "juniper@vell.example"


def to(*addresses):
    return [f":mailto:{address}" for address in addresses]


def test_the_name_of_the_calendar(load, calendar, event):
    found = load(calendar(event(), head=[f"X-WR-CALNAME:{ZORA}"]), ego=None)
    assert found.owner == ZORA
    assert "by the calendar's name" in found.source["rules"]


def test_as_outlook_says_it(load, calendar, event):
    head = [f'X-OWNER;CN="Quillfeather, Zora":mailto:{ZORA}', "X-WR-CALNAME:Calendar"]
    assert load(calendar(event(), head=head), ego=None).owner == ZORA


@pytest.mark.parametrize("name", [f"Takeout/Calendar/{ZORA}.ics", f"{ZORA}.ics"])
def test_the_name_of_the_file(load, calendar, event, name):
    assert load(calendar(event(), head=["X-WR-CALNAME:Work"]), name=name, ego=None).owner == ZORA


def test_a_group_calendar_is_nobody(load, calendar, event):
    head = ["X-WR-CALNAME:c_7@group.calendar.google.com"]
    assert load(calendar(event(), head=head), ego=None).source["owner"] == UNKNOWN_OWNER


def test_two_calendars_of_two_people_in_one_file(load, calendar, event):
    one = calendar(event(uid="1"), head=[f"X-WR-CALNAME:{ZORA}"])
    two = calendar(event(uid="2"), head=[f"X-WR-CALNAME:{ODO}"])
    found = load(one + two, ego=None)
    assert found.counts == [2, 2, 0, 0]
    assert found.source["owner"] == UNKNOWN_OWNER


def test_who_is_at_every_meeting(load, calendar, event):
    others = [f"p{number}@x.example" for number in range(10)]
    lines = [event(uid=each, ATTENDEE=to(ZORA, each), ORGANIZER=None) for each in others]
    found = load(calendar(*lines), ego=None)
    assert found.owner == ZORA
    assert "90%" in found.source["rules"]


@pytest.mark.parametrize("missed", [1, 2])
def test_nine_of_ten_are_enough(load, calendar, event, missed):
    lines = []
    for n in range(10):
        people = to(*([ZORA] * (n >= missed)), f"p{n}@x.example", f"q{n}@x.example")
        lines.append(event(uid=str(n), ORGANIZER=None, ATTENDEE=people))
    owner = load(calendar(*lines), ego=None).owner
    assert (owner == ZORA) == (missed == 1)


def test_two_who_are_always_together(load, calendar, event):
    lines = [event(uid=str(number)) for number in range(4)]
    found = load(calendar(*lines), ego=None)
    assert found.source["owner"] == UNKNOWN_OWNER
    assert set(found.rows) == {(ODO, ZORA, "accepted"), (ODO, "you", None)}
    assert "--ego" in found.source["rules"]


def test_two_meetings_are_too_few_to_tell(load, calendar, event):
    lines = [event(uid=str(n), ATTENDEE=to(f"p{n}@x.example")) for n in range(2)]
    assert load(calendar(*lines), ego=None).source["owner"] == UNKNOWN_OWNER


def test_an_unknown_owner_is_not_met_alone(load, calendar, event):
    nobody = {"ATTENDEE": None, "ORGANIZER": None}
    found = load(calendar(event(ATTENDEE=None), event(uid="8", **nobody)), ego=None)
    assert found.reasons == {1: "nobody else", 2: "nobody else"}


def test_an_unknown_owner_and_one_guest(load, calendar, event):
    found = load(calendar(event(ORGANIZER=None, ATTENDEE=to(ODO))), ego=None)
    assert found.rows == [(None, ODO, None), (None, "you", None)]


def test_a_meeting_of_others_stays_as_it_is(load, calendar, event):
    found = load(calendar(event(), event(uid="8", ATTENDEE=to(JUNIPER))), ego=ZORA)
    assert found.rows == [(ODO, ZORA, "accepted"), (ODO, JUNIPER, None)]
    assert found.owner == ZORA


@pytest.mark.parametrize("said", [{"ego": ZORA}, {"ego": "Zora Quill", "aliases": (ZORA,)}])
def test_an_address_in_none_of_the_meetings_is_at_each(load, calendar, event, said):
    """The user's word counts more than who is at most of them: that is a colleague."""
    lines = [event(uid=str(n), ATTENDEE=to(f"p{n}@x.example")) for n in range(4)]
    found = load(calendar(*lines), **said)
    assert found.owner == ZORA
    assert [row for row in found.rows if row[1] == ZORA] == [(ODO, ZORA, None)] * 4
    assert "in none of these meetings: taken to have been at each" in found.source["rules"]


def test_a_calendar_named_by_an_address_in_none_of_its_meetings(load, calendar, event):
    data = calendar(event(ATTENDEE=to(JUNIPER)), head=[f"X-WR-CALNAME:{ZORA}"])
    rows = [(ODO, JUNIPER, None), (ODO, ZORA, None)]
    assert load(data, ego=None).rows == load(data, ego=ZORA).rows == rows


def test_a_calendar_named_by_another_address(load, calendar, event):
    """It is theirs: a colleague's, or the user's own under an address not named."""
    data = calendar(event(ATTENDEE=to(JUNIPER)), head=[f"X-WR-CALNAME:{JUNIPER}"])
    found = load(data, ego=ZORA)
    assert found.owner == JUNIPER
    assert found.rows == [(ODO, JUNIPER, None)]
    assert "name that one with another --ego if it is yours" in found.source["rules"]


def test_one_slip_in_a_name_makes_nobody_the_owner(load, calendar, event):
    zora = f";CN=Zora Quillfeather:mailto:{ZORA}"
    lines = [event(uid=str(n), ORGANIZER=zora, ATTENDEE=f";CN=Odo Fenwick:mailto:{ODO}")
             for n in range(5)]  # fmt: skip
    slip = event(uid="9", ORGANIZER=f":mailto:{JUNIPER}",
                 ATTENDEE=f";CN=Zora Quillfeather:mailto:{ODO}")  # fmt: skip
    found = load(calendar(*lines, slip), ego="Zora Quillfeather")
    assert found.owner == ZORA
    assert (ZORA, ODO, None) in found.rows
    assert (JUNIPER, ODO, None) in found.rows


@pytest.mark.parametrize("head", [[], [f"X-OWNER:mailto:{ZORA}"]])
def test_a_name_swallows_no_namesake(load, calendar, event, head):
    """An address that tells, the user's or the calendar's own, is worth more than a name."""
    namesake = "zora@other.example"
    guests = [f";CN=Zora Quillfeather:mailto:{namesake}", f":mailto:{ZORA}"]
    said = {"ego": "Zora Quillfeather", "aliases": () if head else (ZORA,)}
    found = load(calendar(event(ATTENDEE=guests), head=head), **said)
    assert found.owner == ZORA
    assert found.rows == [(ODO, namesake, None), (ODO, ZORA, None)]


def test_aliases_are_one_person(load, calendar, event):
    private = "zq@home.example"
    mine = {ZORA: "DECLINED", private: "ACCEPTED"}
    rows = [*to(JUNIPER), *(f";PARTSTAT={said}:mailto:{who}" for who, said in mine.items())]
    found = load(calendar(event(ATTENDEE=rows)), aliases=(private,))
    assert found.rows == [(ODO, JUNIPER, None), (ODO, ZORA, "accepted")]
    both = event(ORGANIZER=f":mailto:{private}", ATTENDEE=to(ZORA))
    assert load(calendar(both), aliases=(private,)).reasons == {1: "nobody else"}


def test_the_user_may_go_by_a_name(load, calendar, event):
    found = load(calendar(event()), ego="zora quillfeather")
    assert found.owner == ZORA
    assert "by the name in --ego" in found.source["rules"]


def test_an_ego_that_is_not_in_it(load, calendar, event):
    found = load(calendar(event()), ego="zora-of-elsewhere")
    assert found.source["owner"] == UNKNOWN_OWNER
    assert (ODO, "zora-of-elsewhere", None) in found.rows
