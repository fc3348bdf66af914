"""Chats, short messages and calls parse without our readers, and hold exactly the days told."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import defusedxml.ElementTree
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from netquality.samples.write import Sample

    Keys = dict[tuple[str, str], str]
    # Who took part, when, and whether it was the person or the owner.
    Said = tuple[str, dt.datetime, bool]
    Compare = Callable[[Iterable[Said], str], bool]

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=BERLIN)
CHAT_LINE = re.compile(
    "(?:\\[(\\d\\d/\\d\\d/\\d\\d), (\\d\\d:\\d\\d:\\d\\d)\\] |"
    "(\\d\\d/\\d\\d/\\d{4}), (\\d\\d:\\d\\d) - )(.*)"
)


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


def test_chats_of_two_are_as_told(everyday: Sample, person_of: Keys, as_told: Compare) -> None:
    said: list[Said] = []
    groups = {"Ink & Lanterns": 5, "Velvet Cross choir": 25}
    for name, text in chats(everyday.media["whatsapp"]):
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
    assert as_told(said, "whatsapp")


def test_chats_hold_pictures_many_lines_and_two_layouts(everyday: Sample) -> None:
    every = dict(chats(everyday.media["whatsapp"]))
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


def test_short_messages_are_as_told(everyday: Sample, person_of: Keys, as_told: Compare) -> None:
    raw = everyday.media["sms"].read_bytes()
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
    assert as_told(said, "sms")
    assert {"BANK", "72345"} & {each.attrib["address"] for each in root.iter("sms")}
    assert set("12") < {each.attrib["type"] for each in root.iter("sms")}
    numbers = [each.attrib["address"].split("~") for each in root.iter("mms")]
    assert numbers
    assert all(len(each) == 2 for each in numbers)
    assert [part.attrib["ct"] for part in root.iter("part")][:2] == ["image/png", "text/plain"]


def test_calls_are_as_told(everyday: Sample, person_of: Keys, as_told: Compare) -> None:
    root = defusedxml.ElementTree.fromstring(everyday.media["calls"].read_bytes())
    said: list[Said] = []
    sorts = Counter(each.attrib["type"] for each in root)
    for each in root:
        at = dt.datetime.fromtimestamp(int(each.attrib["date"]) / 1000, dt.UTC)
        person = person_of.get(("phone", each.attrib["number"]))
        if person and int(each.attrib["duration"]) and each.attrib["type"] in "12":
            said += [(person, at, True), (person, at, False)]
    assert as_told(said, "call")
    assert {"1", "2", "3"} <= set(sorts)
    assert any(each.attrib["presentation"] == "2" for each in root)


def test_telegram_is_as_told(everyday: Sample, person_of: Keys, as_told: Compare) -> None:
    whole = json.loads(everyday.media["telegram"].read_bytes())
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
    assert as_told(said, "telegram")
    sorts = {chat["type"] for chat in whole["chats"]["list"]}
    assert sorts >= {"personal_chat", "bot_chat", "private_supergroup", "saved_messages"}
    for each in whole["contacts"]["list"]:
        person = person_of["phone", each["phone_number"].replace(" ", "")]
        assert person == person_of["platform", f"telegram:user{each['user_id']}"]


def test_slack_is_as_told(everyday: Sample, person_of: Keys, as_told: Compare) -> None:
    said: list[Said] = []
    with zipfile.ZipFile(everyday.media["slack"]) as archive:
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
    assert as_told(said, "slack")
    every = [each for name, said in held.items() if "/" in name for each in said]
    assert {"channel_join", "bot_message"} <= {each.get("subtype") for each in every}
    assert any("thread_ts" in each for each in every)
    assert any("reactions" in each for each in every)
    assert any("<@U0INK" in each["text"] for each in every if "subtype" not in each)
