"""Chats of invented people, and the one way to read them.

Every `read` also asserts what must hold for any chat: records add up, every refused one has a
reason, every event is of a record that was not refused, and no word of a body is in any table.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from netquality.schema import TABLES
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.whatsapp.chat import read_whatsapp

MARKER = "xyzzyplugh"
TITLE = "WhatsApp Chat with Odo Fenwick.txt"


def _names(tables):
    """Return what each account is called: the owner "me", others by name, number or key."""
    shown = {}
    for account in tables.accounts.itertuples():
        shown[account.account] = account.name if isinstance(account.name, str) else account.value
    owner = tables.sources["owner"].iloc[0]
    if isinstance(owner, str):
        shown[owner] = "me"
    return shown


def _check(tables, count):
    source = tables.sources.iloc[0]
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert source["merged"] == 0
    assert count is None or source["read"] == count
    assert tables.rejects["reason"].notna().all()
    assert not set(tables.rejects["row"]) & set(tables.events["row"])
    rows = set(tables.rejects["row"]) | set(tables.events["row"])
    assert rows == set(range(1, source["read"] + 1))
    for name in TABLES:
        assert MARKER not in tables[name].to_csv()


def _read(text, *, name=TITLE, bundle="chats", exported=None, count=None, **options):
    data = text if isinstance(text, bytes) else text.encode()
    member = Member(name, lambda: data)
    tables = read_whatsapp(member, Bundle(bundle, exported, (member,)), Options(**options))
    _check(tables, count)
    shown = _names(tables)
    events = [
        SimpleNamespace(
            row=event.row,
            kind=event.kind,
            channel=event.channel,
            at=f"{event.at:%Y-%m-%d %H:%M:%S}",
            precision=event.precision,
            who=shown.get(event.sender),
            to=shown.get(event.recipient),
            role=event.role,
            answer=event.answer if isinstance(event.answer, str) else None,
            seconds=event.seconds,
            length=event.length,
            audience=event.audience,
            id=event.event,
            thread=event.thread,
        )
        for event in _plain(tables.events).itertuples()
    ]
    return SimpleNamespace(
        tables=tables,
        events=events,
        rejects=dict(zip(tables.rejects["row"], tables.rejects["reason"], strict=True)),
        source=tables.sources.iloc[0],
        rules=tables.sources["rules"].iloc[0],
        kinds={shown[a.account]: a.kind for a in tables.accounts.itertuples()},
    )


def _plain(events):
    """Return events with None for what is missing."""
    plain = events.astype({"seconds": object, "length": object, "audience": object})
    return plain.where(plain.notna(), None)


@pytest.fixture(scope="session")
def read():
    return _read
