"""Backups and call logs of invented people, and the one way to read each.

Every reading also asserts what must hold for any file: records add up, every reject has a reason,
the accounts are those of the events, no text of a message is left in any table.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import pandas as pd
import pytest

from netquality.schema import TABLES, Tables
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.phone.backup import looks_like_backup, read_backup
from netquality.sources.phone.calls import looks_like_calls, read_calls

if TYPE_CHECKING:
    from collections.abc import Mapping

    Attributes = Mapping[str, object]

MARKER = "xyzzyplugh"
ME, ZORA, ODO, JUNIPER = (f"+4477009001{n}" for n in ("00", "23", "45", "67"))
NOON = 1_714_557_600_000  # 2024-05-01 10:00:00 UTC, in milliseconds


def escaped(text: str) -> str:
    """Return an attribute as the app writes it: quoted, emoji as two references each."""
    quoted = quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return "".join(map(_reference, quoted))


def _reference(character: str) -> str:
    if ord(character) < 0x10000:
        return character
    code = ord(character) - 0x10000
    return f"&#{0xD800 + (code >> 10)};&#{0xDC00 + (code & 0x3FF)};"


def element(tag: str, values: Attributes, inside: str = "") -> str:
    body = "".join(f" {name}={escaped(str(value))}" for name, value in values.items())
    return f"<{tag}{body}>{inside}</{tag}>" if inside else f"<{tag}{body} />"


def sms(address: str = ZORA, body: str = f"{MARKER} ink", kind: int = 1, **more: object) -> str:
    usual = {"protocol": 0, "address": address, "date": NOON, "type": kind, "subject": "null"}
    usual |= {"body": body, "toa": "null", "read": 1, "status": -1, "contact_name": "(Unknown)"}
    return element("sms", usual | more)


def mms(
    address: str,
    people: list[tuple[str, int]],
    text: str | None = f"{MARKER} quill",
    box: int = 1,
    media: str = "",
    **more: object,
) -> str:
    usual = {"date": NOON, "msg_box": box, "address": address, "m_type": 132, "m_id": "null"}
    parts = element("part", {"seq": -1, "ct": "application/smil", "text": "<smil/>"})
    if text is not None:
        parts += element("part", {"seq": 0, "ct": "text/plain", "name": "null", "text": text})
    if media:
        parts += element("part", {"seq": 1, "ct": "image/jpeg", "data": media, "cl": "ink.jpg"})
    addresses = "".join(
        element("addr", {"address": number, "type": kind, "charset": 106})
        for number, kind in people
    )
    return element(
        "mms",
        usual | more,
        f"<parts>{parts}</parts>" + (f"<addrs>{addresses}</addrs>" if people else ""),
    )


def call(number: str = ZORA, kind: int = 1, duration: object = 75, **more: object) -> str:
    usual = {"number": number, "duration": duration, "date": NOON, "type": kind}
    usual |= {"presentation": 1, "post_dial_digits": "", "contact_name": "(Unknown)"}
    return element("call", usual | more)


def document(*records: str, root: str = "smses", **values: object) -> str:
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By ...-->\n"
    head += '<?xml-stylesheet type="text/xsl" href="sms.xsl"?>\n'
    about = "".join(f' {name}="{value}"' for name, value in values.items())
    return head + f"<{root}{about}>\n  " + "\n  ".join(records) + f"\n</{root}>\n"


def checked(tables: Tables) -> Tables:
    source = tables.sources.iloc[0]
    assert len(tables.sources) == 1
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert source["rejected"] == len(tables.rejects)
    assert source["kept"] == tables.events["row"].nunique()
    assert source["merged"] >= 0
    assert tables.rejects["reason"].str.len().min() > 3 or tables.rejects.empty
    known = set(tables.accounts["account"])
    assert set(tables.events["sender"].dropna()) | set(tables.events["recipient"]) <= known
    assert (tables.events["sender"] != tables.events["recipient"]).all()
    pair = ["event", "sender", "recipient"]
    assert not tables.events.duplicated(pair).any()
    for name in TABLES:
        text = tables[name].astype("str").to_csv()
        assert MARKER not in text
    return tables


def backup(content: str | bytes, name: str = "sms-2026.xml", **options: Any) -> Tables:
    data = content.encode() if isinstance(content, str) else content
    member = Member(name, lambda: data)
    assert looks_like_backup(name, member.head())
    bundle = Bundle(name, None, (member,), single=True)
    return checked(read_backup(member, bundle, Options(**options)))


def calls(content: str | bytes, name: str = "calls.csv", **options: Any) -> Tables:
    data = content.encode() if isinstance(content, str) else content
    member = Member(name, lambda: data)
    assert looks_like_calls(name, member.head())
    bundle = Bundle(name, None, (member,), single=True)
    return checked(read_calls(member, bundle, Options(**options)))


class People:
    """Who an account of some tables is, by the digits or name it was read with."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._of: dict[str, str] = {}
        for row in tables.accounts.itertuples():
            shown = "group" if row.kind == "group" else re.sub(r"^\+", "", str(row.value))
            self._of.setdefault(row.account, shown)
        owner = tables.sources["owner"].iloc[0]
        self._of[owner] = "me"

    def __call__(self, account: object) -> str:
        return "" if pd.isna(account) else self._of[str(account)]

    def pairs(self) -> list[tuple[str, str]]:
        events = self.tables.events
        return [
            (self(a), self(b)) for a, b in zip(events["sender"], events["recipient"], strict=True)
        ]


@pytest.fixture(scope="session")
def kit() -> SimpleNamespace:
    """Return all of the above by name: tests cannot import from here."""
    names = (escaped, element, sms, mms, call, document, backup, calls, People)
    words = {"MARKER": MARKER, "ME": ME, "ZORA": ZORA, "ODO": ODO, "JUNIPER": JUNIPER}
    return SimpleNamespace(NOON=NOON, **words, **{each.__name__: each for each in names})
