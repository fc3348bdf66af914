"""Mails of invented people as bytes, and the one way to read them.

Every reading also asserts what must hold for any file: rows add up, every rejected row has a
reason, no subject and no body is left in any table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from netquality.ids import digest
from netquality.schema import TABLES, Tables
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.mail.folders import mail_folders, read_mail_folder
from netquality.sources.mail.mbox import read_mbox
from netquality.sources.mail.single import read_mail

MARKER = "xyzzyplugh"
LINE = "From - Mon Mar  4 11:20:34 2024"
ZORA, ODO = "Zora Quillfeather <zora@quill.example>", "Odo Fenwick <odo@fen.example>"
NOON = "Mon, 4 Mar 2024 12:00:00 +0000"


def _checked(tables: Tables) -> Tables:
    source = tables.sources.iloc[0]
    assert len(tables.sources) == 1
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert source["kept"] == tables.events["row"].nunique()
    assert source["rejected"] == len(tables.rejects)
    assert not (set(tables.events["row"]) & set(tables.rejects["row"]))
    assert tables.rejects["reason"].str.len().gt(0).all()
    assert set(tables.events["sender"].dropna()) <= set(tables.accounts["account"])
    assert set(tables.events["recipient"].dropna()) <= set(tables.accounts["account"])
    for name in TABLES:
        assert MARKER not in tables[name].to_csv()
    return tables


@dataclass(frozen=True)
class Read:
    """Tables, and short ways to look into them."""

    tables: Tables

    @property
    def source(self) -> pd.Series:
        return self.tables.sources.iloc[0]

    @property
    def events(self) -> pd.DataFrame:
        return self.tables.events

    @property
    def reasons(self) -> list[str]:
        return self.tables.rejects["reason"].tolist()

    @property
    def counts(self) -> list[int]:
        return [int(self.source[name]) for name in ("read", "kept", "merged", "rejected")]

    def value(self, account: Any) -> str | None:
        """The key that an account is named by."""
        rows = self.tables.accounts[self.tables.accounts["account"] == account]
        names = [str(value) for value in rows["value"] if digest("mail", value) == account]
        return (names or rows["value"].tolist() or [None])[0]

    def keys(self, address: str) -> set[str]:
        """All keys of the account that bears one."""
        accounts = self.tables.accounts
        (account,) = set(accounts[accounts["value"] == address]["account"])
        return set(accounts[accounts["account"] == account]["value"])

    def kind(self, value: str) -> str:
        (kind,) = set(self.tables.accounts.loc[self.tables.accounts["value"] == value, "kind"])
        return str(kind)

    def names(self, value: str) -> set[str]:
        rows = self.tables.accounts[self.tables.accounts["value"] == value]
        return set(rows["name"].dropna())

    @property
    def owner(self) -> str | None:
        return self.value(self.source["owner"])

    @property
    def ways(self) -> list[tuple[str | None, str | None, str | None]]:
        """Who wrote to whom as what, in the order of the file."""
        columns = zip(
            self.events["sender"], self.events["recipient"], self.events["role"], strict=True
        )
        return [
            (self.value(sender), self.value(to), None if pd.isna(role) else role)
            for sender, to, role in columns
        ]


class Post:
    """Writes and reads mails."""

    noon = NOON
    marker = MARKER

    def mail(self, *lines: str, body: str = MARKER, newline: str = "\n", **fields: Any) -> bytes:
        """A mail with fields as given; From, To and Date stand in it unless they are None."""
        known = {"from": ZORA, "to": ODO, "date": NOON, "subject": MARKER}
        given = known | {name.replace("_", "-"): value for name, value in fields.items()}
        head = [f"{name.title()}: {text}" for name, text in given.items() if text is not None]
        text = newline.join([*head, *lines, "", body, ""])
        return text.encode("utf-8", "surrogateescape")

    def box(self, *mails: bytes, line: str = LINE, newline: bytes = b"\n") -> bytes:
        return b"".join(line.encode() + newline + mail + newline for mail in mails)

    def mbox(
        self,
        data: bytes,
        name: str = "Inbox",
        exported: int | None = None,
        bundle: str = "mail",
        **options: Any,
    ) -> Read:
        member = Member(name, lambda: data)
        among = Bundle(bundle, exported, (member,))
        return Read(_checked(read_mbox(member, among, Options(**options))))

    def one(self, data: bytes, name: str = "ink.eml", **options: Any) -> Read:
        member = Member(name, lambda: data)
        return Read(
            _checked(read_mail(member, Bundle(name, None, (member,), True), Options(**options)))
        )

    def folders(self, files: dict[str, bytes], **options: Any) -> dict[str, Read]:
        members = tuple(Member(name, lambda data=data: data) for name, data in files.items())
        bundle = Bundle("mail", None, members)
        return {
            path: Read(_checked(read_mail_folder(path, found, bundle, Options(**options))))
            for path, found in mail_folders(bundle).items()
        }


@pytest.fixture(scope="session")
def post() -> Post:
    return Post()
