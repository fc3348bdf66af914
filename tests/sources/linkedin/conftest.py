"""Builders of byte-exact LinkedIn archives of invented people, and the one way to read them.

Every `load` also asserts what must hold for any archive: rows add up per file, every rejected
row has a reason, no message body is left in any table.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from itertools import count
from pathlib import Path, PurePosixPath

import pandas as pd
import pytest

from netquality.schema import TABLES
from netquality.sources.ledger import Options
from netquality.sources.sniff import read_source

MARKER = "xyzzyplugh"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DEFAULT = "Basic_LinkedInDataExport_11-20-2026.zip"
NOTES = (
    b"Notes:\n"
    b'"When exporting your connection data, you may notice that some of the email addresses are '
    b"missing. You will only see email addresses for connections who have allowed their connections"
    b" to see or download their email address using this setting "
    b"https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    b'https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
PROFILE = (
    b"First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    b"Geo Location,Twitter Handles,Websites,Instant Messengers\n"
    b"Zora,Quillfeather,,,Mar 3,Keeper of ferns,,Gardens,,Fernhollow,,,\n"
)
TALKS = ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO"]
REST = ["DATE", "SUBJECT", "CONTENT", "FOLDER"]
URLS = ["RECIPIENT PROFILE URLS"]
DRAFTS = ["IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"]
MESSAGES = {
    "2018": ["FROM", "TO", "DATE", "SUBJECT", "CONTENT", "DIRECTION", "FOLDER"],
    "2020": [*TALKS, *REST],
    "2023": [*TALKS, *URLS, *REST],
    "2024-12": [*TALKS, *URLS, *REST, *DRAFTS],
    "2026-02": [*TALKS, *URLS, *REST, "ATTACHMENTS", "IS MESSAGE DRAFT"],
    "2026-03": [*TALKS, *URLS, *REST, "ATTACHMENTS"],
    "2026-13": [*TALKS, *URLS, *REST, "ATTACHMENTS", *DRAFTS],
    "shuffled": [*URLS, *REST[::-1], "SOMETHING NEW", *TALKS[::-1]],
}
PEOPLE = "First Name,Last Name,{}Email Address,Company,Position,Connected On"
BEFORE_URLS = ("2018", "2020-02", "2020-12", "2022-09", "2023-04")
CONNECTIONS = {
    **dict.fromkeys(BEFORE_URLS, PEOPLE.format("")),
    **dict.fromkeys(("2023-12", "2026-06"), PEOPLE.format("URL,")),
    "2017": PEOPLE.format("Address,") + ",Websites,Instant Messengers",
}
INVITED = ["From", "To", "Sent At", "Message", "Direction"]
INVITATIONS = {
    "2018": INVITED,
    "2023-07": [*INVITED, "inviterProfileUrn", "inviteeProfileUrn"],
    "2023-12": [*INVITED, "inviterProfileUrl", "inviteeProfileUrl"],
    "2024": [*INVITED, "inviterProfileUrl", "inviteeProfileUrl"],
}


def _table(rows, *, end="\n", quoting=csv.QUOTE_MINIMAL, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


def _slash_stamp(text):
    """`M/D/YY, h:mm AM` without zero padding, as in Invitations."""
    when = datetime.fromisoformat(text)
    hour = when.hour % 12 or 12
    half = "AM" if when.hour < 12 else "PM"
    return f"{when.month}/{when.day}/{when:%y}, {hour}:{when:%M} {half}"


def _connected_on(era, text):
    when = date.fromisoformat(text)
    if era in ("2017", "2018"):
        return _slash_stamp(f"{text}T09:05:00")
    if era == "2023-04":
        return f"{when.day}-{MONTHS[when.month - 1]}-{when:%y}"
    return f"{when.day:02d} {MONTHS[when.month - 1]} {when.year}"


@pytest.fixture
def connections():
    """Make Connections.csv of (first, last, url slug as written, mail, company, title, ISO day)."""

    def make(era, rows, *, notes=NOTES, separator=",", encoding="utf-8"):
        header = CONNECTIONS[era].split(",")
        cells = []
        for first, last, slug, mail, company, title, day in rows:
            row = {"First Name": first, "Last Name": last, "Email Address": mail}
            row |= {"Company": company, "Position": title, "Connected On": _connected_on(era, day)}
            row["URL"] = slug and f"https://www.linkedin.com/in/{slug}"
            cells.append([row.get(name, "") for name in header])
        text = _table([header, *cells], separator=separator)
        body = (text if era in ("2017", "2018") else text.rstrip("\n")).encode(encoding)
        return (notes if era >= "2020-12" and era != "2023-04" else b"") + body

    return make


@pytest.fixture
def message():
    """Make one row of messages.csv as a mapping; cells are named like the columns."""

    def make(**cells):
        row = dict.fromkeys([*TALKS, *URLS, *REST, *DRAFTS, "ATTACHMENTS"], "")
        row |= {"CONVERSATION ID": "2-aaaa==", "FROM": "Ada Fenwick", "TO": "Zora Quillfeather",
                "DATE": "2020-05-04 08:15:30 UTC", "FOLDER": "INBOX",
                "CONTENT": f"Plain {MARKER} words", "IS MESSAGE DRAFT": "No",
                "IS CONVERSATION DRAFT": "No"}  # fmt: skip
        return row | {name.replace("_", " ").upper(): value for name, value in cells.items()}

    return make


@pytest.fixture
def messages():
    """Make messages.csv of rows of `message`; only from 2026-03 on do line breaks survive."""

    def cell(era, row, name):
        if era == "2018" and name == "DATE":
            return _slash_stamp(row["DATE"].removesuffix(" UTC"))
        if era == "2018" and name == "DIRECTION":
            return "OUTGOING" if row["FROM"] == "Zora Quillfeather" else "INCOMING"
        text = row.get(name, "")
        return text if era.startswith("2026-") and era != "2026-02" else text.replace("\n", "  ")

    def make(era, rows):
        header = MESSAGES[era]
        body = [[cell(era, row, name) for name in header] for row in rows]
        titles = [name.title() for name in header] if era == "2018" else header
        full = era in ("2026-03", "2026-13")
        quoting = csv.QUOTE_ALL if full else csv.QUOTE_MINIMAL
        return _table([titles, *body], quoting=quoting).encode()

    return make


@pytest.fixture
def invitations():
    """Make Invitations.csv of (from, to, ISO time, message, direction, from id, to id)."""

    def identity(era, value):
        if era == "2023-07":
            return f"urn:li:member:{sum(map(ord, value))}"
        return "https://www.linkedin.com/in" + ("" if era == "2023-12" else f"/{value}")

    def make(era, rows):
        header = INVITATIONS[era]
        body = []
        for sender, to, at, text, direction, *ids in rows:
            cells = [sender, to, _slash_stamp(at), text, direction]
            body.append([*cells, *(identity(era, each) for each in ids)][: len(header)])
        return _table([header, *body]).encode()

    return make


@pytest.fixture
def archive(tmp_path):
    """Write an archive (zip or folder) or, given bytes, one file; every call in its own folder."""
    number = count()

    def write(files, name=DEFAULT, *, zipped=True):
        place = tmp_path / str(next(number))
        place.mkdir()
        if isinstance(files, bytes):
            (place / name).write_bytes(files)
            return place / name
        if not zipped:
            for member, data in files.items():
                target = place / name.removesuffix(".zip") / member
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            (place / name.removesuffix(".zip")).mkdir(exist_ok=True)
            return place / name.removesuffix(".zip")
        with zipfile.ZipFile(place / name, "w", zipfile.ZIP_DEFLATED) as packed:
            for member, data in files.items():
                packed.writestr(member, data)
        return place / name

    return write


@pytest.fixture
def load(archive):
    """Write files, or take a path, read them through the one door and check what always holds."""

    def read(files, name=DEFAULT, *, zipped=True, **options):
        path = files if isinstance(files, Path) else archive(files, name, zipped=zipped)
        tables = read_source(path, Options(**options))
        _assert_accounting(tables)
        for table in TABLES:
            for column in tables[table].select_dtypes(include=["str", "object", "category"]):
                cells = tables[table][column].astype("str").str.casefold()
                assert not cells.str.contains(MARKER).any(), f"message text in {table}.{column}"
        return tables

    return read


def _assert_accounting(tables):
    assert tables.rejects["reason"].str.len().gt(0).all()
    for shape in tables.rejects["shape"].dropna():
        assert re.fullmatch(r"(?:[Aa9]|[^A-Za-z0-9])*|\D*\d+\D*", shape), shape
    for row in tables.sources.itertuples():
        if pd.isna(row.unused):
            assert row.read == row.kept + row.merged + row.rejected, row
            assert (tables.rejects["source"] == row.source).sum() == row.rejected, row
        else:
            assert row.source not in set(tables.events["source"]), row.name


@pytest.fixture
def inbox(load, messages):
    """Read an archive of Profile.csv and messages.csv."""

    def read(era, rows):
        return load({"Profile.csv": PROFILE, "messages.csv": messages(era, rows)})

    return read


@pytest.fixture
def listing():
    """Return the `sources` row of one file, by its base name."""

    def find(tables, name):
        found = tables.sources[
            [PurePosixPath(each).name == name for each in tables.sources["name"]]
        ]
        assert len(found) == 1, f"{name} among {sorted(tables.sources['name'])}"
        return found.iloc[0]

    return find


@pytest.fixture
def names():
    """Return the name of every account, its value where it has no name."""

    def called(tables):
        rows = tables.accounts
        known = rows.dropna(subset="name").drop_duplicates("account")
        return dict(zip(rows["account"], rows["value"], strict=True)) | dict(
            zip(known["account"], known["name"], strict=True)
        )

    return called


def _pairs(called, rows, kind, *sides):
    rows = rows[rows["kind"] == kind]
    found = zip(*(rows[side] for side in sides), strict=True)
    return sorted(((called.get(a), called.get(b)) for a, b in found), key=str)


@pytest.fixture
def talk(names):
    """Return (sender name, recipient name or None) of every row of a kind of event, sorted."""
    return lambda tables, kind="message": _pairs(
        names(tables), tables.events, kind, "sender", "recipient"
    )


@pytest.fixture
def ties(names):
    """Return (name of a, name of b) of every relation of a kind, sorted."""
    return lambda tables, kind="connected": _pairs(names(tables), tables.relations, kind, "a", "b")


@pytest.fixture
def owner():
    """Return the one owner that the read files of an archive agree on."""

    def of(tables):
        used = tables.sources[tables.sources["unused"].isna()]
        assert used["owner"].notna().all(), used[["name", "owner"]]
        assert used["owner"].nunique() == 1
        return used["owner"].iloc[0]

    return of


@pytest.fixture
def day():
    """Return the number of days from 1970-01-01 to an ISO date."""
    return lambda text: (date.fromisoformat(text) - date(1970, 1, 1)).days


@pytest.fixture
def profile():
    """Return the owner's Profile.csv: Zora Quillfeather, without any URL, as always."""
    return PROFILE


@pytest.fixture
def utf16():
    """Write a UTF-16LE, tab-separated, fully quoted table, as in Complete archives of 2018-2022."""

    def encode(rows):
        text = _table(rows, end="\r\n", quoting=csv.QUOTE_ALL, separator="\t")
        return b"\xff\xfe" + text.encode("utf-16-le")

    return encode


@pytest.fixture
def profiles():
    """Return the profile slugs of a list of accounts."""

    def of(tables, accounts):
        rows = tables.accounts[tables.accounts["key"] == "profile"]
        return set(rows.loc[rows["account"].isin(accounts), "value"])

    return of
