"""Everyday files are what other programs can read, and hold exactly the days that are told."""

from __future__ import annotations

import csv
import datetime as dt
import email
import email.policy
import io
import json
import re
import zipfile
from collections import Counter, defaultdict
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import defusedxml.ElementTree
import icalendar
import pytest
import recurring_ical_events

from netquality.samples.write import Sample, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Cards = Callable[[Path], list[tuple[str, Any]]]

BERLIN = ZoneInfo("Europe/Berlin")
OWN = frozenset({"juniper@vellichor.example", "juniper.v@nest.example"})
MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=BERLIN)
FROM_LINE = re.compile(rb"^From \d{19}@xxx \w{3} \w{3} \d\d [\d:]{8} \+0000 \d{4}\r?\n", re.M)
CHAT_LINE = re.compile(
    "(?:\\[(\\d\\d/\\d\\d/\\d\\d), (\\d\\d:\\d\\d:\\d\\d)\\] |"
    "(\\d\\d/\\d\\d/\\d{4}), (\\d\\d:\\d\\d) - )(.*)"
)
# Who wrote, when, to the person or from them.
Said = tuple[str, dt.datetime, bool]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("everyday")
    return sample(folder, contacts=300, messages=3000, everyday=True)


@pytest.fixture(scope="module")
def person_of(made: Sample) -> dict[tuple[str, str], str]:
    rows = made.accounts[made.accounts["kind"] == "person"]
    return {(key, value): who for key, value, who in zip(rows["key"], rows["value"], rows["person"],
                                                         strict=True)}  # fmt: skip


def told(made: Sample, medium: str) -> dict[str, int]:
    """Days told of contacts and others together, those with none left out."""
    column = f"{medium}_days"
    days = made.people[column].to_dict() | made.others[column].to_dict()
    return {who: count for who, count in days.items() if count}


def both_days(said: Iterable[Said]) -> dict[str, int]:
    sides: dict[tuple[str, dt.date], set[bool]] = defaultdict(set)
    for who, at, theirs in said:
        sides[who, at.astimezone(dt.UTC).date()].add(theirs)
    return dict(Counter(who for (who, _), both in sides.items() if len(both) > 1))


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
    made: Sample, person_of: dict[tuple[str, str], str]
) -> None:
    read = mails(made.media["mail"].read_bytes())
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
    assert both_days(said.values()) == told(made, "mail")


def test_the_mailbox_holds_the_known_traps(made: Sample) -> None:
    raw = made.media["mail"].read_bytes()
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


def test_meetings_of_two_are_as_told(made: Sample, person_of: dict[tuple[str, str], str]) -> None:
    calendar = icalendar.Calendar.from_ical(made.media["calendar"].read_bytes())
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
    assert both_days(said) == told(made, "meeting")


def test_the_calendar_holds_the_known_traps(made: Sample) -> None:
    raw = made.media["calendar"].read_bytes()
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


def test_cards_parse_in_three_versions(made: Sample, cards: Cards) -> None:
    every = cards(made.media["contacts"])
    versions = Counter(card.version.value for _, card in every)
    assert set(versions) == {"2.1", "3.0", "4.0"}
    assert versions.most_common(1)[0][0] == "3.0"
    names = [name for name, _ in every]
    assert len({name.casefold() for name in names}) == len(names)


def test_the_google_table_holds_a_part_of_the_same_cards(made: Sample, cards: Cards) -> None:
    raw = made.media["google"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfFirst Name,Middle Name,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    saved = {name for name, _ in cards(made.media["contacts"])}
    named = {f"{row['First Name']} {row['Last Name']}".strip() for row in rows}
    assert named <= saved
    assert 0.25 < len(named) / len(saved) < 0.55
    assert any("\n" in row["Notes"] for row in rows)


def chats(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.iterdir()):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                assert archive.namelist() == ["_chat.txt"]
                text = archive.read("_chat.txt").decode()
            yield path.stem.removeprefix("WhatsApp Chat - "), text
        else:
            yield path.stem.removeprefix("WhatsApp Chat with "), path.read_bytes().decode()


def spoken(text: str) -> Iterator[tuple[dt.datetime, str, str]]:
    for line in text.splitlines():
        hit = CHAT_LINE.fullmatch(line)
        author, colon, body = hit[5].partition(": ") if hit else ("", "", "")
        if not hit or not colon or body.startswith("\u200eMessages and calls"):
            continue
        year = "%y" if hit[1] else "%Y"
        form = f"%d/%m/{year} %H:%M:%S" if hit[1] else f"%d/%m/{year} %H:%M"
        at = dt.datetime.strptime(" ".join(filter(None, hit.groups()[:4])), form)
        yield at.replace(tzinfo=BERLIN), author, body


def test_chats_of_two_are_as_told(made: Sample, person_of: dict[tuple[str, str], str]) -> None:
    said: list[Said] = []
    groups = {"Ink & Lanterns": 5, "Velvet Cross choir": 25}
    for name, text in chats(made.media["whatsapp"]):
        lines = list(spoken(text))
        assert [at for at, _, _ in lines] == sorted(at for at, _, _ in lines)
        assert all(at <= MOMENT for at, _, _ in lines)
        authors = {author for _, author, _ in lines}
        if name in groups:
            assert len(authors) == groups.pop(name)
            continue
        assert authors <= {name, "Juniper Vellichor"}
        key = ("phone", name.replace(" ", "")) if name.startswith("+") else ("name", name)
        said += [(person_of[key], at, author == name) for at, author, _ in lines]
    assert not groups
    assert both_days(said) == told(made, "whatsapp")


def test_chats_hold_pictures_many_lines_and_two_layouts(made: Sample) -> None:
    every = dict(chats(made.media["whatsapp"]))
    apple = [text for text in every.values() if text.startswith("[")]
    assert 3 < len(apple) < len(every) / 2
    assert any("<Media omitted>" in text for text in every.values())
    assert any("image omitted" in text for text in apple)
    assert any("\n\nSee you!" in text for text in every.values())
    assert "~\u202f" in every["Velvet Cross choir"]


def repaired(raw: bytes) -> bytes:
    """Surrogate pairs, which no XML parser takes, as the characters that they mean."""

    def one(hit: re.Match[bytes]) -> bytes:
        high, low = int(hit[1]), int(hit[2])
        return b"&#%d;" % (0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)

    return re.sub(rb"&#(5[5-6]\d{3});&#(5[6-7]\d{3});", one, raw)


def test_short_messages_are_as_told(made: Sample, person_of: dict[tuple[str, str], str]) -> None:
    raw = made.media["sms"].read_bytes()
    with pytest.raises(defusedxml.ElementTree.ParseError):
        defusedxml.ElementTree.fromstring(raw)
    root = defusedxml.ElementTree.fromstring(repaired(raw))
    assert int(root.attrib["count"]) == len(root)
    said: list[Said] = []
    for each in root.iter("sms"):
        at = dt.datetime.fromtimestamp(int(each.attrib["date"]) / 1000, dt.UTC)
        assert at < MOMENT
        person = person_of.get(("phone", each.attrib["address"]))
        if person and each.attrib["type"] in "12":
            said.append((person, at, each.attrib["type"] == "1"))
    assert both_days(said) == told(made, "sms")
    assert {"BANK", "72345"} & {each.attrib["address"] for each in root.iter("sms")}
    assert set("12") < {each.attrib["type"] for each in root.iter("sms")}
    numbers = [each.attrib["address"].split("~") for each in root.iter("mms")]
    assert numbers
    assert all(len(each) == 2 for each in numbers)
    assert [part.attrib["ct"] for part in root.iter("part")][:2] == ["image/png", "text/plain"]


def test_calls_are_as_told(made: Sample, person_of: dict[tuple[str, str], str]) -> None:
    root = defusedxml.ElementTree.fromstring(made.media["calls"].read_bytes())
    said: list[Said] = []
    sorts = Counter(each.attrib["type"] for each in root)
    for each in root:
        at = dt.datetime.fromtimestamp(int(each.attrib["date"]) / 1000, dt.UTC)
        person = person_of.get(("phone", each.attrib["number"]))
        if person and int(each.attrib["duration"]) and each.attrib["type"] in "12":
            said += [(person, at, True), (person, at, False)]
    assert both_days(said) == told(made, "call")
    assert {"1", "2", "3"} <= set(sorts)
    assert any(each.attrib["presentation"] == "2" for each in root)


def test_telegram_is_as_told(made: Sample, person_of: dict[tuple[str, str], str]) -> None:
    whole = json.loads(made.media["telegram"].read_bytes())
    own = f"user{whole['personal_information']['user_id']}"
    said: list[Said] = []
    for chat in whole["chats"]["list"]:
        for message in chat["messages"]:
            at = dt.datetime.fromtimestamp(int(message["date_unixtime"]), BERLIN)
            assert at.replace(tzinfo=None).isoformat() == message["date"]
            assert at < MOMENT
            if chat["type"] == "personal_chat" and message["type"] == "message":
                person = person_of["platform", f"telegram:user{chat['id']}"]
                said.append((person, at, message["from_id"] != own))
    assert both_days(said) == told(made, "telegram")
    sorts = {chat["type"] for chat in whole["chats"]["list"]}
    assert sorts >= {"personal_chat", "bot_chat", "private_supergroup", "saved_messages"}
    for each in whole["contacts"]["list"]:
        person = person_of["phone", each["phone_number"].replace(" ", "")]
        assert person == person_of["platform", f"telegram:user{each['user_id']}"]


def test_slack_is_as_told(made: Sample, person_of: dict[tuple[str, str], str]) -> None:
    said: list[Said] = []
    with zipfile.ZipFile(made.media["slack"]) as archive:
        held = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    users = {user["id"]: user for user in held["users.json"]}
    own = next(ident for ident, user in users.items() if user["name"] == "juniper")
    pairs = {each["id"]: each["members"] for each in held["dms.json"]}
    for name, messages in held.items():
        folder, _, day = name.partition("/")
        for message in messages if day else []:
            assert message["user"] in users
            at = dt.datetime.fromtimestamp(float(message["ts"]), BERLIN)
            assert f"{at:%Y-%m-%d}.json" == day
            assert at < MOMENT
            if folder in pairs:
                other = next(user for user in pairs[folder] if user != own)
                person = person_of["platform", f"slack:{other}"]
                assert person == person_of["mail", users[other]["profile"]["email"]]
                said.append((person, at, message["user"] == other))
    assert both_days(said) == told(made, "slack")
    every = [each for name, said in held.items() if "/" in name for each in said]
    assert {"channel_join", "bot_message"} <= {each.get("subtype") for each in every}
    assert any("thread_ts" in each for each in every)
    assert any("reactions" in each for each in every)
    assert any("<@U0INK" in each["text"] for each in every if "subtype" not in each)
