"""Builders of calendars of invented people, and the one way to read them.

Every `load` also asserts what must hold for any calendar: rows add up, every rejected row has a
reason, and nothing of titles, notes or places is left in any table.
"""

from __future__ import annotations

import pytest

from netquality.schema import TABLES
from netquality.sources.calendars.ics import looks_like_calendar, read_calendar
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options

MARKER = "xyzzyplugh"
ZORA, ODO, JUNIPER = "zora@quill.example", "odo@fen.example", "juniper@vell.example"
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fen//Ink 1.0//EN")


class Read:
    """What was read: the tables, and shortcuts to what tests ask for."""

    def __init__(self, tables):
        self.tables = tables
        self.source = tables.sources.iloc[0]
        accounts = tables.accounts
        # Of several keys of one account the first one stands for it.
        first = accounts.drop_duplicates("account")
        self.who = dict(zip(first["account"], first["value"], strict=True))
        self.kinds = dict(zip(accounts["value"], accounts["kind"].astype(str), strict=True))

    @property
    def rows(self):
        """Sender, recipient and answer of every row, in order."""
        events = self.tables.events
        columns = (events["sender"], events["recipient"], events["answer"].astype(object))
        return [
            tuple(self.who.get(cell, cell) if isinstance(cell, str) else None for cell in row)
            for row in zip(*columns, strict=True)
        ]

    @property
    def ids(self):
        return list(dict.fromkeys(self.tables.events["event"]))

    @property
    def starts(self):
        stamps = self.tables.events.drop_duplicates("event")["at"]
        return [f"{stamp:%Y-%m-%dT%H:%M}" for stamp in stamps]

    @property
    def reasons(self):
        rejects = self.tables.rejects
        return dict(zip(rejects["row"].tolist(), rejects["reason"], strict=True))

    @property
    def counts(self):
        return self.source[["read", "kept", "merged", "rejected"]].tolist()

    @property
    def owner(self):
        return self.who.get(self.source["owner"])


def _lines(uid="7@fen.example", start=":20260304T090000Z", **more):
    """Give the lines of an event; a list is one property several times, None leaves one out."""
    said = {
        "UID": uid and f":{uid}",
        "DTSTAMP": ":20261120T080000Z",
        "DTSTART": start,
        "DTEND": ":20260304T100000Z" if start == ":20260304T090000Z" else None,
        "ORGANIZER": f";CN=Odo Fenwick:mailto:{ODO}",
        "ATTENDEE": f";CN=Zora Quillfeather;PARTSTAT=ACCEPTED:mailto:{ZORA}",
        "SUMMARY": f":{MARKER}",
        "DESCRIPTION": f":About {MARKER}",
    }
    said |= {name.replace("_", "-"): value for name, value in more.items()}
    rows = []
    for name, value in said.items():
        values = value if isinstance(value, list) else [value]
        rows += [name + each for each in values if each is not None]
    return ["BEGIN:VEVENT", *rows, "END:VEVENT"]


@pytest.fixture
def event():
    """Make the lines of an event, from Odo to Zora unless it says otherwise."""
    return _lines


@pytest.fixture
def calendar():
    """Make a calendar of events and of further lines at its head."""

    def make(*events, head=(), end="\r\n"):
        lines = [*HEAD, *head, *(line for each in events for line in each), "END:VCALENDAR", ""]
        return end.join(lines).encode()

    return make


@pytest.fixture
def load():
    """Read bytes as a calendar, and check what must hold for any."""

    def read(data, *, name="work.ics", exported=None, marker=MARKER, **options):
        assert looks_like_calendar(name, data[: 1 << 16])
        member = Member(name, lambda: data)
        bundle = Bundle(name, exported, (member,), single=True)
        tables = read_calendar(member, bundle, Options(**({"ego": ZORA} | options)))
        _sound(tables, marker)
        return Read(tables)

    return read


def _sound(tables, marker):
    source = tables.sources.iloc[0]
    assert source["format"] == "calendar/ics"
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert len(tables.rejects) == source["rejected"]
    assert (tables.rejects["reason"].str.len() > 0).all()
    kept = set(tables.events["row"])
    assert source["kept"] == len(kept)
    assert not kept & set(tables.rejects["row"])
    assert not tables.events.duplicated(["event", "sender", "recipient"]).any()
    for name in TABLES:
        assert marker not in tables[name].to_csv()
