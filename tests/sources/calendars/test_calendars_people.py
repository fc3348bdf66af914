"""Who met whom: organisers, guests, answers, rooms, people without an address."""

from __future__ import annotations

import pytest

ZORA, ODO, JUNIPER = "zora@quill.example", "odo@fen.example", "juniper@vell.example"
SELF = f";PARTSTAT=ACCEPTED:mailto:{ZORA}"


def guest(address, answer="ACCEPTED", more=""):
    return f";CUTYPE=INDIVIDUAL;PARTSTAT={answer}{more}:mailto:{address}"


def test_a_meeting_of_two(load, calendar, event):
    found = load(calendar(event()))
    assert found.counts == [1, 1, 0, 0]
    assert found.rows == [(ODO, ZORA, "accepted")]
    row = found.tables.events.iloc[0]
    assert (row["kind"], row["channel"], row["role"]) == ("meeting", "meeting", "attendee")
    assert (row["seconds"], row["audience"], row["row"]) == (3600, 1, 1)
    assert row["event"] == "7@fen.example/20260304T090000Z"
    assert found.starts == ["2026-03-04T09:00"]
    assert found.owner == ZORA


def test_a_meeting_of_four_is_three_rows(load, calendar, event):
    rows = [SELF, guest(JUNIPER, "TENTATIVE"), guest("ida@x.example", "NEEDS-ACTION"), guest(ODO)]
    found = load(calendar(event(ATTENDEE=rows)))
    assert found.rows == [
        (ODO, ZORA, "accepted"),
        (ODO, JUNIPER, "tentative"),
        (ODO, "ida@x.example", "none"),
    ]
    assert found.tables.events["audience"].tolist() == [3, 3, 3]


def test_an_answer_that_is_not_stated_is_unknown(load, calendar, event):
    found = load(calendar(event(ATTENDEE=f";RSVP=TRUE:mailto:{ZORA}")))
    assert found.rows == [(ODO, ZORA, None)]


def test_without_organiser_rows_come_from_nobody(load, calendar, event):
    found = load(calendar(event(ORGANIZER=None, ATTENDEE=[SELF, guest(ODO)])))
    assert found.rows == [(None, ZORA, "accepted"), (None, ODO, "accepted")]


@pytest.mark.parametrize(
    "organiser",
    [":mailto:unknownorganizer@calendar.google.com", ":mailto:c_7@group.calendar.google.com"],
)
def test_an_organiser_who_is_no_person_is_nobody(load, calendar, event, organiser):
    found = load(calendar(event(ORGANIZER=organiser, ATTENDEE=[SELF, guest(ODO)])))
    assert found.rows == [(None, ZORA, "accepted"), (None, ODO, "accepted")]


def test_an_organiser_who_declined_was_not_there(load, calendar, event):
    rows = [SELF, guest(ODO, "DECLINED"), guest(JUNIPER)]
    found = load(calendar(event(ATTENDEE=rows)))
    assert found.rows == [
        (None, ZORA, "accepted"),
        (None, ODO, "declined"),
        (None, JUNIPER, "accepted"),
    ]


def test_the_owner_declined(load, calendar, event):
    found = load(calendar(event(ATTENDEE=guest(ZORA, "DECLINED"))))
    assert found.reasons == {1: "declined by the owner"}


def test_the_owner_sent_somebody_else(load, calendar, event):
    more = f';DELEGATED-TO="mailto:{JUNIPER}"'
    rows = [SELF, guest("ida@x.example", "DELEGATED", more)]
    found = load(calendar(event(ATTENDEE=rows)))
    assert found.rows == [
        (ODO, ZORA, "accepted"),
        (ODO, "ida@x.example", "declined"),
        (ODO, JUNIPER, None),
    ]
    gone = load(calendar(event(ATTENDEE=guest(ZORA, "DELEGATED", more))))
    assert gone.reasons == {1: "declined by the owner"}


def test_nobody_came(load, calendar, event):
    rows = [guest(ODO, "DECLINED"), guest(JUNIPER, "DECLINED")]
    found = load(calendar(event(ORGANIZER=f":mailto:{ZORA}", ATTENDEE=rows)))
    assert found.reasons == {1: "nobody came"}


def test_who_declined_keeps_a_row_where_others_came(load, calendar, event):
    rows = [guest(ODO, "DECLINED"), guest(JUNIPER)]
    found = load(calendar(event(ORGANIZER=f":mailto:{ZORA}", ATTENDEE=rows)))
    assert found.rows == [(ZORA, ODO, "declined"), (ZORA, JUNIPER, "accepted")]


@pytest.mark.parametrize("organiser", [None, f":mailto:{ZORA}"])
def test_alone(load, calendar, event, organiser):
    for rows in (None, SELF):
        found = load(calendar(event(ORGANIZER=organiser, ATTENDEE=rows)))
        assert found.reasons == {1: "nobody else"}


def test_rooms_and_groups_are_accounts_but_no_people(load, calendar, event):
    rows = [
        SELF,
        ";CUTYPE=ROOM;CN=Fern room;PARTSTAT=ACCEPTED:mailto:fern@rooms.example",
        ";CUTYPE=RESOURCE:mailto:c_9@resource.calendar.google.com",
        ";CUTYPE=GROUP;CN=Everybody:mailto:all@fen.example",
    ]
    found = load(calendar(event(ATTENDEE=rows)))
    assert found.rows == [(ODO, ZORA, "accepted")]
    assert found.tables.events["audience"].tolist() == [1]
    assert found.kinds["fern@rooms.example"] == "room"
    assert found.kinds["c_9@resource.calendar.google.com"] == "room"
    assert found.kinds["all@fen.example"] == "group"
    alone = load(calendar(event(ORGANIZER=f":mailto:{ZORA}", ATTENDEE=rows)))
    assert alone.reasons == {1: "nobody else"}


def test_guests_of_guests_count(load, calendar, event):
    found = load(calendar(event(ATTENDEE=[SELF, guest(JUNIPER, more=";X-NUM-GUESTS=3")])))
    assert found.tables.events["audience"].tolist() == [5, 5]
    declined = guest(JUNIPER, "DECLINED", ";X-NUM-GUESTS=3")
    found = load(calendar(event(ATTENDEE=[SELF, declined])))
    assert found.tables.events["audience"].tolist() == [2, 2]


def test_people_without_address_count_but_have_no_row(load, calendar, event):
    rows = [SELF, ";CN=Ida:invalid:nomail", ";CN=Ada:urn:uuid:7", ";CN=Eda:/7/principal/"]
    found = load(calendar(event(ATTENDEE=rows)))
    assert found.rows == [(ODO, ZORA, "accepted")]
    assert found.tables.events["audience"].tolist() == [4]
    assert "3 invitations of people without an address" in found.source["rules"]
    alone = load(calendar(event(ORGANIZER=None, ATTENDEE=rows)))
    assert alone.reasons == {1: "nobody else by address"}


def test_addresses_in_every_form(load, calendar, event):
    rows = [
        f';CN="Quillfeather, Zora":MAILTO:{ZORA.upper()}',
        ';CN="Okafor; Ben: ink":MailTo:ben@x.example',
        ";CN=Ida;EMAIL=ida@x.example:urn:uuid:8",
        ";CN=eda@x.example:invalid:nomail",
        ":plain@x.example",
        ";CN=Plus:mailto:plus%2Bink@x.example?subject=Ink",
    ]
    found = load(calendar(event(ATTENDEE=rows)))
    people = [ZORA, "ben@x.example", "ida@x.example", "eda@x.example", "plain@x.example"]
    assert [row[1] for row in found.rows] == [*people, "plus+ink@x.example"]
    accounts = found.tables.accounts
    names = dict(zip(accounts["value"], accounts["name"], strict=True))
    assert names[ZORA] == "Quillfeather, Zora"
    assert names["ben@x.example"] == "Okafor; Ben: ink"


def test_a_quote_that_does_not_close(load, calendar, event):
    found = load(calendar(event(ATTENDEE=f';CN="Zora, the bold:mailto:{ZORA}')))
    assert [row[:2] for row in found.rows] == [(ODO, ZORA)]


def test_informed_people_were_not_there(load, calendar, event):
    told = guest(JUNIPER, more=";ROLE=NON-PARTICIPANT")
    found = load(calendar(event(ATTENDEE=[SELF, told])))
    assert found.rows == [(ODO, ZORA, "accepted")]
    assert "1 people only informed" in found.source["rules"]


def test_somebody_listed_twice_is_there_once(load, calendar, event):
    found = load(calendar(event(ATTENDEE=[SELF, f":mailto:{ZORA.title()}", SELF])))
    assert found.rows == [(ODO, ZORA, "accepted")]


def test_people_of_an_alarm_are_no_guests(load, calendar, event):
    alarm = ["BEGIN:VALARM", "ACTION:EMAIL", f"ATTENDEE:mailto:{JUNIPER}", "END:VALARM"]
    lines = event()
    found = load(calendar([*lines[:-1], *alarm, lines[-1]]))
    assert found.rows == [(ODO, ZORA, "accepted")]
    assert JUNIPER not in found.kinds
    assert "1 alarms" in found.source["rules"]


@pytest.mark.parametrize(
    ("more", "channel"),
    [
        ({"X_GOOGLE_CONFERENCE": ":https://meet.google.com/abc"}, "video"),
        ({"X_MICROSOFT_SKYPETEAMSMEETINGURL": ":https://teams.microsoft.com/l/7"}, "video"),
        ({"X_MICROSOFT_ISONLINEMEETING": ":TRUE"}, "video"),
        ({"X_MICROSOFT_ONLINEMEETINGCONFLINK": ":conf:sip:7"}, "video"),
        ({"X_MICROSOFT_ONLINEMEETING": ":FALSE"}, "meeting"),
        ({"CONFERENCE": ";VALUE=URI;FEATURE=VIDEO:https://video.example/7"}, "video"),
        ({"CONFERENCE": ";VALUE=URI;FEATURE=PHONE:tel:+12025550100"}, "meeting"),
        ({"LOCATION": ":Microsoft Teams Meeting xyzzyplugh"}, "video"),
        ({"LOCATION": ":https://us02web.zoom.us/j/7"}, "video"),
        ({"LOCATION": ":Fern room xyzzyplugh"}, "meeting"),
    ],
)
def test_channel(load, calendar, event, more, channel):
    found = load(calendar(event(**more)))
    assert found.tables.events["channel"].tolist() == [channel]


@pytest.mark.parametrize(
    ("more", "head", "reason"),
    [
        ({"STATUS": ":CANCELLED"}, [], "cancelled"),
        ({}, ["METHOD:CANCEL"], "cancelled"),
        ({"start": ";VALUE=DATE:20260304"}, [], "all day: no meeting"),
        ({"X_MICROSOFT_CDO_ALLDAYEVENT": ":TRUE"}, [], "all day: no meeting"),
        ({"start": ":20261201T090000Z"}, [], "not held yet"),
        ({"start": None}, [], "no date"),
        ({"start": ":soon"}, [], "no date"),
        ({"start": ":20260231T090000Z"}, [], "no date"),
        ({"start": ":00010101T090000Z"}, [], "a date beyond all calendars"),
    ],
)
def test_no_meeting(load, calendar, event, more, head, reason):
    found = load(calendar(event(**more), head=head))
    assert found.counts == [1, 0, 0, 1]
    assert found.reasons == {1: reason}


def test_transparency_and_class_do_not_matter(load, calendar, event):
    found = load(calendar(event(TRANSP=":TRANSPARENT", CLASS=":PRIVATE", STATUS=":CONFIRMED")))
    assert found.counts == [1, 1, 0, 0]
