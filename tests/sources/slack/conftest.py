"""Exports in the layout of Slack's help pages, of an invented workspace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.slack.export import read_slack, slack_members

if TYPE_CHECKING:
    from netquality.schema import Tables

START = 1_700_000_000  # 2023-11-14 22:13:20 UTC


def user(ident: str, name: str, **more: Any) -> dict[str, Any]:
    """A user as users.json has them."""
    profile = {"real_name": name, "display_name": name.split()[0].lower(), "title": ""}
    profile |= more.pop("profile", {})
    return {
        "id": ident,
        "team_id": "T1",
        "name": name.split()[0].lower(),
        "deleted": False,
        "real_name": name,
        "profile": profile,
        "is_bot": False,
        "is_app_user": False,
        **more,
    }


USERS = [
    user("U1", "Zora Quillfeather", profile={"email": "Zora@quill.example", "title": "Ink maker"}),
    user("U2", "Odo Fenwick", deleted=True),
    user("U3", "Juniper Vellichor", is_app_user=True, profile={"phone": "+44 7700 900333"}),
    user("U4", "Bram Inkwell"),
    user("U8", "Proof Reader", is_bot=True, profile={"bot_id": "B8"}),
    user("USLACKBOT", "Slackbot"),
]
CHANNELS = [
    {"id": "C1", "name": "ink", "members": ["U1", "U2", "U3", "U4", "U8"], "is_archived": False}
]
DMS = [{"id": "D0000012", "created": START, "members": ["U1", "U2"]}]
MPIMS = [{"id": "G0000123", "name": "mpdm-zora--odo--juniper-1", "members": ["U1", "U2", "U3"]}]


def stamp(number: int, micro: int = 100) -> str:
    """The id and time of the message of that number."""
    return f"{START + 60 * number}.{micro:06d}"


def said(number: int, who: str | None, text: str = "See you there?", **more: Any) -> dict[str, Any]:
    """A message as day files have it."""
    author = {"user": who} if who is not None else {}
    blocks = [{"type": "rich_text", "block_id": "x"}]
    return {
        "type": "message",
        "ts": stamp(number),
        **author,
        "text": text,
        "blocks": blocks,
        **more,
    }


def export(folders: dict[str, Any], **lists: Any) -> dict[str, Any]:
    """A whole export; a folder holds messages of one day, or days by their dates."""
    files = {"users.json": USERS, "channels.json": CHANNELS}
    files |= {f"{name}.json": content for name, content in lists.items()}
    for folder, content in folders.items():
        days = content if isinstance(content, dict) else {"2023-11-14": content}
        files |= {f"{folder}/{day}.json": messages for day, messages in days.items()}
    return {name: content for name, content in files.items() if content is not None}


def bundle_of(files: dict[str, Any], name: str = "quill.zip") -> Bundle:
    """Files as they lie in an archive; bytes stay as they are."""
    packed = {
        path: content if isinstance(content, bytes) else json.dumps(content).encode()
        for path, content in files.items()
    }
    members = tuple(Member(path, lambda data=data: data) for path, data in packed.items())
    return Bundle(name, None, members)


def _read(files: dict[str, Any], name: str = "quill.zip", **options: Any) -> Tables:
    bundle = bundle_of(files, name)
    tables = read_slack(slack_members(bundle), bundle, Options(**options))
    sources = tables.sources
    assert (sources["read"] == sources["kept"] + sources["merged"] + sources["rejected"]).all()
    assert sources["rejected"].sum() == len(tables.rejects)
    assert sources["owner"].isna().all()
    for source in sources["source"].unique():
        mine = tables.events[tables.events["source"] == source]
        refused = tables.rejects[tables.rejects["source"] == source]
        assert not (set(mine["row"]) & set(refused["row"]))
        accounts = tables.accounts[tables.accounts["source"] == source]
        assert set(mine["sender"]) | set(mine["recipient"].dropna()) <= set(accounts["account"])
    assert (tables.events["sender"] != tables.events["recipient"]).all()
    return tables


@pytest.fixture(scope="session")
def read() -> Any:
    return _read


def talk(tables: Tables) -> Any:
    """The sources that are conversations."""
    return tables.sources[tables.sources["format"] == "slack/conversation"]


def lines(tables: Tables) -> list[tuple[str, str, str]]:
    """Sender, recipient and role of every row of events, by Slack's ids."""
    keys = tables.accounts[tables.accounts["key"] == "platform"].drop_duplicates("account")
    idents = keys.set_index("account")["value"].str.removeprefix("slack:").to_dict()
    events = tables.events
    pairs = zip(events["sender"], events["recipient"], events["role"], strict=True)
    return [(idents[a], idents[b], role) for a, b, role in pairs]
