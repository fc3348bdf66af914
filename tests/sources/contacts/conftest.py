"""Address books of invented people, and the one way to read them.

Every `load` also asserts what must hold for any address book: records add up, every rejected one
has a reason, there are no events, and nothing that a card says privately is left in any table.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from netquality.schema import TABLES
from netquality.sources.contacts.table import looks_like_contacts, read_contacts
from netquality.sources.contacts.vcard import looks_like_vcard, read_vcard
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options

if TYPE_CHECKING:
    from netquality.schema import Tables

MARKER = "xyzzyplugh"
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,"
    "Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels"
)
OLD_GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,"
    "Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,"
    "Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,"
    "Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,"
    "Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,Website 1 - Type,"
    "Website 1 - Value"
)


def _bundle(data: bytes, name: str, exported: int | None) -> tuple[Member, Bundle]:
    member = Member(name, lambda: data)
    return member, Bundle(name, exported, (member,), single=True)


def _checked(tables: Tables, read: int | None = None) -> Tables:
    source = tables.sources.iloc[0]
    assert len(tables.events) == 0
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert len(tables.rejects) == source["rejected"]
    assert tables.rejects["reason"].notna().all()
    assert source["owner"] in set(tables.accounts["account"])
    for table in TABLES:
        assert MARKER not in tables[table].to_csv().casefold(), table
    return tables


def _options(options: dict) -> tuple[Options, int | None]:
    exported = options.pop("exported", None)
    return Options(**options), exported


@pytest.fixture
def vcards():
    """Read the bytes of a vCard file."""

    def load(data: bytes | str, name: str = "contacts.vcf", **options) -> Tables:
        raw = data.encode() if isinstance(data, str) else data
        given, exported = _options(options)
        assert looks_like_vcard(name, raw[: 1 << 16])
        assert not looks_like_contacts(name, raw[: 1 << 16])
        member, bundle = _bundle(raw, name, exported)
        return _checked(read_vcard(member, bundle, given))

    return load


@pytest.fixture
def card(vcards):
    """Read one card of some lines, as of version 3.0 where they state none."""

    def load(*lines: str, **options) -> Tables:
        version = [] if any(line.startswith("VERSION") for line in lines) else ["VERSION:3.0"]
        return vcards("\r\n".join(["BEGIN:VCARD", *version, *lines, "END:VCARD", ""]), **options)

    return load


@pytest.fixture
def contacts():
    """Read the bytes of an address book as CSV."""

    def load(data: bytes | str, name: str = "contacts.csv", **options) -> Tables:
        raw = data.encode() if isinstance(data, str) else data
        given, exported = _options(options)
        assert looks_like_contacts(name, raw[: 1 << 16])
        assert not looks_like_vcard(name, raw[: 1 << 16])
        member, bundle = _bundle(raw, name, exported)
        return _checked(read_contacts(member, bundle, given))

    return load


def _written(header: list[str], rows: list[dict[str, str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def google(contacts):
    """Read rows, each a dict, under Google's header of 2024 and later."""

    def load(*rows: dict[str, str], more: tuple[str, ...] = (), **options) -> Tables:
        extra = dict.fromkeys(key for row in rows for key in row if key not in GOOGLE.split(","))
        return contacts(_written([*GOOGLE.split(","), *extra, *more], list(rows)), **options)

    return load


@pytest.fixture
def old_google(contacts):
    """Read rows under Google's header before 2024."""
    return lambda *rows, **options: contacts(_written(OLD_GOOGLE.split(","), list(rows)), **options)


@pytest.fixture
def written():
    """Write rows under a header."""
    return _written


@pytest.fixture
def keys():
    """The keys of everybody but an owner of whom nothing is known: (key, value, name)."""

    def found(tables: Tables) -> set[tuple[str, str, str | None]]:
        rows = tables.accounts[tables.accounts["value"] != "you"]
        named = rows["name"].astype(object).where(rows["name"].notna(), None)
        return set(zip(rows["key"].astype(str), rows["value"], named, strict=True))

    return found


@pytest.fixture
def told():
    """What is said of people: (attribute, value)."""
    return lambda tables: set(
        zip(tables.attributes["name"].astype(str), tables.attributes["value"], strict=True)
    )


@pytest.fixture
def counts():
    """Records read, kept, merged, rejected."""
    columns = ["read", "kept", "merged", "rejected"]
    return lambda tables: tuple(tables.sources[columns].iloc[0])


@pytest.fixture
def marker():
    """A word that may stand in no table."""
    return MARKER
