"""Mail, calendar and cards are what other programs read, and hold exactly the days told."""

from __future__ import annotations

import csv
import datetime as dt
import email
import email.policy
import io
import re
from collections import Counter
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from netquality.samples.write import Sample

    Keys = dict[tuple[str, str], str]
    # Who took part, when, and whether it was the person or the owner.
    Said = tuple[str, dt.datetime, bool]
    Compare = Callable[[Iterable[Said], str], bool]
    Cards = Callable[[Path], list[tuple[str, Any]]]

BERLIN = ZoneInfo("Europe/Berlin")
OWN = frozenset({"juniper@vellichor.example", "juniper.v@nest.example"})
MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=BERLIN)
FROM_LINE = re.compile(rb"^From \d{19}@xxx \w{3} \w{3} \d\d [\d:]{8} \+0000 \d{4}\r?\n", re.M)


def mails(raw: bytes) -> list[Any]:
    starts = [hit.end() for hit in FROM_LINE.finditer(raw)]
    ends = [*(hit.start() for hit in FROM_LINE.finditer(raw)), len(raw)][1:]
    policy = email.policy.default
    return [
        email.message_from_bytes(raw[start:end], policy=policy)
        for start, end in zip(starts, ends, strict=True)
    ]


def addressed(message: Any, *names: str) -> list[str]:
    cells = [str(message[name]) for name in names if message[name]]
    return [address.lower() for _, address in getaddresses(cells)]


def test_mails_parse_and_direct_ones_are_as_told(
    everyday: Sample, person_of: Keys, as_told: Compare
) -> None:
    read = mails(everyday.media["mail"].read_bytes())
    assert not any(message.defects for message in read)
    said: dict[str, Said] = {}
    for message in read:
        sender, to = addressed(message, "From")[0], addressed(message, "To", "Cc")
        dull = {"List-Id", "Auto-Submitted"} & set(message.keys())
        if len(to) != 1 or dull or message["X-Gmail-Labels"] in ("Spam", "Drafts"):
            continue
        theirs = to[0] in OWN
        person = person_of.get(("mail", sender if theirs else to[0]))
        if person:
            at = parsedate_to_datetime(message["Date"])
            assert at < MOMENT
            said[message["Message-ID"]] = (person, at, theirs)
    assert as_told(said.values(), "mail")


def test_the_mailbox_holds_the_known_traps(everyday: Sample) -> None:
    raw = everyday.media["mail"].read_bytes()
    read = mails(raw)
    ids = Counter(message["Message-ID"] for message in read)
    assert 5 < sum(count > 1 for count in ids.values()) < 30
    known = {message["Message-ID"] for message in read}
    answers = [message["In-Reply-To"] for message in read if message["In-Reply-To"]]
    assert len(answers) > 50
    assert sum(answer in known for answer in answers) > 0.95 * len(answers)
    wide = [len(addressed(message, "To", "Cc")) for message in read]
    assert max(wide) > 20
    assert sum(size > 3 for size in wide) > 80
    assert sum(message["List-Id"] is not None for message in read) > 80
    labels = Counter(label for message in read for label in message["X-Gmail-Labels"].split(","))
    assert {"Spam", "Drafts", "Sent", "Inbox", "Category Forums"} <= set(labels)
    assert any(message["Auto-Submitted"] == "auto-replied" for message in read)
    assert b"\n>From Monday" in raw
    assert b"=?UTF-8?B?" in raw
    assert b"\r\n\r\n" in raw
    assert any(message.is_multipart() for message in read)
    assert b'"' in raw.split(b"From: ", 1)[1]


def invited(event: Any) -> dict[str, str]:
    """Everybody who is no room, with the answer."""
    cell = event.get("ATTENDEE", [])
    found = cell if isinstance(cell, list) else [cell]
    return {
        str(each).removeprefix("mailto:"): each.params["PARTSTAT"]
        for each in found
        if each.params["CUTYPE"] == "INDIVIDUAL"
    }


def test_meetings_of_two_are_as_told(everyday: Sample, person_of: Keys, as_told: Compare) -> None:
    calendar = icalendar.Calendar.from_ical(everyday.media["calendar"].read_bytes())
    assert not any(event.errors for event in calendar.walk("VEVENT"))
    held = recurring_ical_events.of(calendar).between(dt.datetime(2020, 1, 1), MOMENT)
    said: list[Said] = []
    for event in held:
        answers, at = invited(event), event["DTSTART"].dt
        others = set(answers) - OWN
        if len(others) != 1 or event.get("STATUS") == "CANCELLED" or at >= MOMENT:
            continue
        if "DECLINED" not in answers.values():
            person = person_of["mail", others.pop()]
            said += [(person, at, True), (person, at, False)]
    assert as_told(said, "meeting")


def test_the_calendar_holds_the_known_traps(everyday: Sample) -> None:
    raw = everyday.media["calendar"].read_bytes()
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert max(len(invited(event)) for event in events) > 30
    assert {"RECURRENCE-ID", "EXDATE", "RRULE"} <= {name for event in events for name in event}
    zones = {str(event["DTSTART"].params.get("TZID")) for event in events}
    assert {"Europe/Berlin", "W. Europe Standard Time"} <= zones
    assert any(not isinstance(event["DTSTART"].dt, dt.datetime) for event in events)
    later = [event for event in events if event["DTSTART"].to_ical() > b"20261121"]
    assert len(later) >= 6
    assert {event["DTSTAMP"].dt for event in events} == {MOMENT}
    assert b"CUTYPE=ROOM" in raw
    answers = Counter(answer for event in events for answer in invited(event).values())
    assert {"ACCEPTED", "DECLINED", "NEEDS-ACTION"} <= set(answers)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75


def test_cards_parse_in_three_versions(everyday: Sample, cards: Cards) -> None:
    every = cards(everyday.media["contacts"])
    versions = Counter(card.version.value for _, card in every)
    assert set(versions) == {"2.1", "3.0", "4.0"}
    assert versions.most_common(1)[0][0] == "3.0"
    names = [name for name, _ in every]
    assert len({name.casefold() for name in names}) == len(names)


def test_the_google_table_holds_a_part_of_the_same_cards(everyday: Sample, cards: Cards) -> None:
    raw = everyday.media["google"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfFirst Name,Middle Name,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    saved = {name for name, _ in cards(everyday.media["contacts"])}
    named = {f"{row['First Name']} {row['Last Name']}".strip() for row in rows}
    assert named <= saved
    assert 0.25 < len(named) / len(saved) < 0.55
    assert any("\n" in row["Notes"] for row in rows)
