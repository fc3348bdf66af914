"""Exports in the layout of Telegram Desktop's JSON writer, of invented people."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.telegram.result import looks_like_telegram, read_telegram

if TYPE_CHECKING:
    from netquality.schema import Tables

ZORA, ODO, JUNIPER = "Zora Quillfeather", "Odo Fenwick", "Juniper Vellichor"
START = 1_700_000_000  # 2023-11-14 22:13:20 UTC
OWNER = {
    "user_id": 1,
    "first_name": "Zora",
    "last_name": "Quillfeather",
    "phone_number": "+44 7700 900111",
    "username": "@zora_quill",
    "bio": "ink",
}
NAMES = {1: ZORA, 2: ODO, 3: JUNIPER}


def clock(seconds: int, hours: int = 1) -> str:
    """The local stamp that the writer puts beside the seconds; its zone is stated nowhere."""
    at = datetime.fromtimestamp(seconds, UTC) + timedelta(hours=hours)
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def said(number: int, user: int | None, text: Any = "See you at the fair?", **more: Any) -> Any:
    """A message; `after` moves it in time."""
    at = START + more.pop("after", 60 * number)
    fields = {"id": number, "type": "message", "date": clock(at), "date_unixtime": str(at)}
    name = more.pop("name", NAMES.get(user, f"Guest {user}"))
    if user is not None:
        fields |= {"from": name, "from_id": f"user{user}"}
    return {**fields, **more, "text": text, "text_entities": [{"type": "plain", "text": "x"}]}


def service(number: int, user: int, action: str, **more: Any) -> Any:
    """A line about what happened in a chat."""
    at = START + 60 * number
    fields = {"id": number, "type": "service", "date": clock(at), "date_unixtime": str(at)}
    fields |= {"actor": NAMES.get(user, f"Guest {user}"), "actor_id": f"user{user}"}
    return {**fields, "action": action, **more, "text": "", "text_entities": []}


def chat(kind: str, number: int, messages: list[Any], name: str | None = "Ink Guild") -> Any:
    """A chat as it stands in a list; notes to oneself bear no name."""
    header = {} if kind in ("saved_messages", "replies") else {"name": name}
    return {**header, "type": kind, "id": number, "messages": messages}


def full(*chats: Any, contacts: Any = (), left: Any = (), owner: Any = OWNER) -> Any:
    """A whole account, in the order of the writer's sections."""
    return {
        "about": "Here is the data you requested.",
        **({"personal_information": owner} if owner else {}),
        "profile_pictures": [{"date": clock(START), "photo": "a.jpg"}],
        "contacts": {"about": "Your contacts.", "list": list(contacts)},
        "frequent_contacts": {"about": "Often.", "list": [{"id": 2, "category": "people"}]},
        "sessions": {"about": "Devices.", "list": [{"last_ip": "192.0.2.1"}]},
        "chats": {"about": "All chats.", "list": list(chats)},
        "left_chats": {"about": "Left.", "list": list(left)},
    }


def _read(content: Any, name: str = "result.json", bundle: str = "", **options: Any) -> Tables:
    text = (
        content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
    )
    data = content if isinstance(content, bytes) else text.encode("utf-8", "surrogatepass")
    member = Member(name, lambda: data)
    assert looks_like_telegram(name, data[: 1 << 16])
    tables = read_telegram(
        member, Bundle(bundle or name, None, (member,), True), Options(**options)
    )
    source = tables.sources.iloc[0]
    assert source["format"] == "telegram/result"
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert source["rejected"] == len(tables.rejects)
    assert not (set(tables.events["row"]) & set(tables.rejects["row"]))
    known = set(tables.accounts["account"])
    events = tables.events
    assert set(events["sender"].dropna()) | set(events["recipient"].dropna()) <= known
    assert (events["sender"] != events["recipient"]).all()
    assert (events["audience"] >= 1).all()
    return tables


@pytest.fixture(scope="session")
def read() -> Any:
    return _read


def who(tables: Tables) -> dict[str, str]:
    """Accounts by the id that Telegram gives them."""
    keys = tables.accounts[tables.accounts["key"] == "platform"]
    return dict(zip(keys["value"].str.removeprefix("telegram:"), keys["account"], strict=True))


def lines(tables: Tables) -> list[tuple[str, str | None, str]]:
    """Sender, recipient and role of every row of events, by Telegram's ids."""
    named = {account: ident for ident, account in who(tables).items() if "@" not in ident}
    rest = tables.accounts.set_index("account")["value"].to_dict()
    events = tables.events
    return [
        (named.get(a, rest.get(a)), named.get(b, rest.get(b)), role)
        for a, b, role in zip(events["sender"], events["recipient"], events["role"], strict=True)
    ]
