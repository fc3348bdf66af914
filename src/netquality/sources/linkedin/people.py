"""Who is meant: profile links, mail addresses and names as the files write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ids import digest
from netquality.sources.addresses import mail_of, squashed

if TYPE_CHECKING:
    from netquality.sources.ledger import Ledger

__all__ = ["HIDDEN", "Directory", "slug_of"]

HIDDEN = frozenset(
    {
        "linkedin member",
        "linkedin-mitglied",
        "membre de linkedin",
        "miembro de linkedin",
        "membro do linkedin",
    }
)
_SLUG = re.compile(r"(?:^|//|\.)linkedin\.com/(?:in|pub)/([^?#]*)", re.IGNORECASE)
_URN = re.compile(r"^urn:li:(?:member|fs_miniProfile|fsd_profile):(.+)$")


@lru_cache(1 << 17)
def slug_of(url: str) -> str | None:
    """Return the profile slug of a link in any of its forms; None for a truncated one.

    Dropped: scheme, ``www.`` and country hosts, query, trailing slash; then percent-decoded,
    composed (NFC) and lower-cased, because each file writes the same person differently.

    Examples
    --------
    >>> slug_of("https://www.linkedin.com/in/zo%C3%AB-quill/")
    'zoë-quill'
    >>> slug_of("www.linkedin.com/in/Zoë-Quill?x=1")
    'zoë-quill'
    >>> slug_of("https://www.linkedin.com/in") is None
    True
    """
    found = _SLUG.search(url.strip())
    if not found:
        return None
    slug = unicodedata.normalize("NFC", unquote(found.group(1).strip("/"))).casefold().strip()
    return slug or None


@dataclass
class Directory:
    """Gives every mention of a person in one archive its account.

    Parameters
    ----------
    scope
        The owner's account (or the archive): names mean somebody only within it.
    owner
        The owner's account.
    owner_slug, owner_names, owner_name
        How the owner is written in the files: link, folded names, name to show.
    known
        Folded names met so far: they tell a recipient from a credential.
    """

    scope: str
    owner: str
    owner_slug: str | None = None
    owner_names: frozenset[str] = frozenset()
    owner_name: str | None = None
    known: set[str] = field(default_factory=set)

    def accounts(
        self,
        book: Ledger,
        names: pd.Series,
        urls: pd.Series | None = None,
        mails: pd.Series | None = None,
        within: pd.Series | None = None,
        kind: str = "person",
    ) -> pd.Series:
        """Return the account of each row and enter new ones into the book.

        Parameters
        ----------
        names, urls, mails
            As the file has them; the index is the row number.
        within
            A conversation, or for a connection without link the day it was made: what keeps
            two hidden members, or two namesakes, apart.
        """
        blank = pd.Series("", index=names.index, dtype="str")
        columns = [blank if c is None else c.fillna("") for c in (names, urls, mails, within)]
        codes, firsts = _grouped(columns)
        cells = zip(*(column.iloc[firsts] for column in columns), strict=True)
        entries: list[dict[str, object]] = []
        found = []
        for row, (name, url, mail, moment) in zip(names.index[firsts], cells, strict=True):
            account, keys = self._account(name, url, mail, moment, kind)
            found.append(account)
            entries += [{**key, "row": int(row)} for key in keys]
        self._enter(book, entries)
        accounts = pd.Series(found, dtype="str").to_numpy()[codes]
        return pd.Series(accounts, index=names.index, dtype="str")

    def _account(
        self, name: str, url: str, mail: str, within: str, kind: str
    ) -> tuple[str | None, list[dict[str, object]]]:
        slug, address, shown = slug_of(url), mail_of(mail), squashed(name)
        folded = shown.casefold()
        self.known.add(folded)
        urn = _URN.match(url.strip())
        if slug is None and folded in HIDDEN:
            account = digest("hidden", self.scope, within)
            return account, [_row(account, "name", within or "hidden", url, "", "hidden")]
        if self._is_owner(slug, folded):
            return self.owner, []
        keys = [("profile", slug), ("mail", address), ("platform", urn.group(0) if urn else None)]
        known = [(key, value) for key, value in keys if value]
        if known:
            account = digest(*known[0])
            return account, [_row(account, key, value, url, shown, kind) for key, value in known]
        if not folded:
            return None, []
        account = digest("name", self.scope, folded, within)
        return account, [_row(account, "name", folded, "", shown, kind)]

    def _is_owner(self, slug: str | None, folded: str) -> bool:
        if slug is not None:
            return slug == self.owner_slug
        return folded in self.owner_names

    def _enter(self, book: Ledger, entries: list[dict[str, object]]) -> None:
        if entries:
            frame = pd.DataFrame(entries).drop_duplicates(["account", "key", "value", "name"])
            book.add("accounts", {column: frame[column].to_numpy() for column in frame.columns})


def _grouped(
    columns: list[pd.Series],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return a number a row for its combination of cells, and where each is first."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, uniques = pd.factorize(column)
        key = pd.factorize(key * (len(uniques) + 1) + codes)[0].astype(np.int64)
    return key, np.flatnonzero(~pd.Series(key).duplicated())


def _row(account: str, key: str, value: str, raw: str, name: str, kind: str) -> dict[str, object]:
    return {
        "account": account,
        "key": key,
        "value": value,
        "raw": raw or None,
        "name": name or None,
        "kind": kind,
    }
