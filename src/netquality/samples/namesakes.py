"""Accounts of people with a known truth, full of traps: who is who, and who only looks it.

An anchor for the matching of identities, no proof: all people are invented, and the shares of
the traps are far above life. Names of 16 cultures, from common to rare; eight sources of one
owner, from an export without links to a log of calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from netquality.errors import BadInput
from netquality.ids import digest
from netquality.samples.namesakes_apart import APART
from netquality.samples.namesakes_book import OWNER, SOURCES, Book, folded
from netquality.samples.namesakes_same import SAME, contact
from netquality.schema import Tables, as_table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EVIDENCE", "Labelled", "namesakes"]

# What speaks for a pair: a key in common; keys in common with others of the same person; the
# same name, letter by letter; nothing so plain.
EVIDENCE = ("key", "chain", "name", "none")
_CONTACTS = 18
_OWNER_KEYS = {
    "profile": "odo-fernwick-sample",
    "mail": "odo.fernwick@letterbox.example",
    "phone": "+33199009999",
}


@dataclass(frozen=True, eq=False)
class Labelled:
    """Accounts whose people are known.

    Attributes
    ----------
    tables
        Sources, accounts, relations and attributes as readers would give them; no events.
    truth
        The true person of each account (a Series by account). What is no single person, a
        role's mailbox, a household's or a robot's, is somebody of its own.
    cases
        One row a pair of accounts, ``a`` < ``b``: every pair that is one person, every pair
        that met in a trap, and every other pair with a name or key in common. ``trap`` (its
        name; "contact" for ordinary contacts, "by chance" where two scenes met), ``same``
        (whether they are one person) and ``evidence`` (one of `EVIDENCE`).

    Examples
    --------
    >>> made = namesakes(records=400)
    >>> made.truth.index.is_unique, sorted(made.cases["evidence"].unique())
    (True, ['chain', 'key', 'name', 'none'])
    """

    tables: Tables
    truth: pd.Series
    cases: pd.DataFrame


def namesakes(seed: int = 7, records: int = 1200) -> Labelled:
    """Invent accounts with a known truth that the simplest rules get wrong.

    Parameters
    ----------
    seed
        The same seed gives the same people.
    records
        Number of records at least, each an account as one source shows it; every trap
        comes in turn, so that a smaller set has each of them less often.

    Raises
    ------
    BadInput
        When there are too few records for every trap to occur once.

    Examples
    --------
    >>> made = namesakes(seed=3, records=400)
    >>> bool(made.cases.loc[made.cases["trap"] == "switchboard", "same"].all())
    False
    """
    book = Book(np.random.default_rng(seed))
    _filled(book, records)
    tables = _tables(book)
    truth = pd.Series({OWNER: "owner", **book.truth}, name="person", dtype="str")
    return Labelled(tables, truth, _cases(book, tables.accounts, truth))


def _filled(book: Book, records: int) -> None:
    """Plant scene after scene until there are enough records; all kinds in turn."""
    kinds = [*APART.items(), *SAME.items(), *[("contact", contact)] * _CONTACTS]
    rounds = 0
    while len(book.records) < records:
        for place in book.rng.permutation(len(kinds)):
            if rounds and len(book.records) >= records:
                return
            trap, plant = kinds[place]
            plant(book)
            book.close(trap)
        rounds += 1
    if rounds == 1:
        least = len(book.records)
        raise BadInput(
            f"{records} records are too few for every trap.", accepted=f"more than {least}."
        )


def _tables(book: Book) -> Tables:
    ego = {"account": OWNER, "source": "2026", "name": "Odo Fernwick", "raw": None}
    owner = [{**ego, "key": key, "value": value} for key, value in _OWNER_KEYS.items()]
    accounts = pd.DataFrame([*owner, *book.accounts]).drop_duplicates(ignore_index=True)
    relations, attributes = pd.DataFrame(book.relations), pd.DataFrame(book.attributes)
    days = ["start", "first_seen"]
    relations[days] = relations[days].astype("Int64")
    ends = {"last_seen": relations["first_seen"], "row": _numbered(relations)}
    return Tables(
        sources=_sources(accounts),
        accounts=as_table(
            "accounts", {**_columns(accounts), "kind": "person", "row": _numbered(accounts)}
        ),
        relations=as_table("relations", {**_columns(relations), **ends}),
        attributes=as_table("attributes", {**_columns(attributes), "row": _numbered(attributes)}),
    )


def _columns(frame: pd.DataFrame) -> dict[str, pd.Series]:
    return {str(name): frame[name] for name in frame}


def _numbered(frame: pd.DataFrame) -> pd.Series:
    return frame.groupby("source").cumcount() + 1


def _sources(accounts: pd.DataFrame) -> pd.DataFrame:
    """Describe the sources; the log of the team is nobody's, all others are the owner's."""
    own = {"mail": digest("mail", _OWNER_KEYS["mail"]), "team": None}
    formats, eras, days = zip(*SOURCES.values(), strict=True)
    counts = accounts.groupby("source").size().reindex(list(SOURCES), fill_value=0)
    return as_table(
        "sources",
        {
            "source": list(SOURCES),
            "name": [f"{name} sample" for name in SOURCES],
            "bundle": list(SOURCES),
            "format": formats,
            "era": eras,
            "owner": [own.get(name, OWNER) for name in SOURCES],
            "exported": days,
            "zone": "UTC (given)",
            "read": counts,
            "kept": counts,
        },
    )


def _cases(book: Book, accounts: pd.DataFrame, truth: pd.Series) -> pd.DataFrame:
    """Label all pairs that a matcher may be asked about."""
    keyed, named = _sharing(accounts, ["key", "value"]), _sharing(_by_name(accounts), ["name"])
    one = _pairs(group.index for _, group in truth.groupby(truth))
    pairs = sorted(set(book.cases) | one | keyed | named)
    frame = pd.DataFrame(pairs, columns=["a", "b"], dtype="str")
    frame["trap"] = pd.Series([book.cases.get(pair, "by chance") for pair in pairs], dtype="str")
    frame["same"] = frame["a"].map(truth).to_numpy() == frame["b"].map(truth).to_numpy()
    chained = _chains(keyed, truth)
    near = [chained[a] == chained[b] for a, b in pairs]
    plain = [
        "key" if pair in keyed else "chain" if chain else "name" if pair in named else "none"
        for pair, chain in zip(pairs, near, strict=True)
    ]
    frame["evidence"] = pd.Series(plain, dtype="str")
    return frame


def _by_name(accounts: pd.DataFrame) -> pd.DataFrame:
    """Accounts with their folded names; an id or a number written in its place is none."""
    named = accounts[(accounts["name"] != accounts["value"]) | (accounts["key"] == "name")]
    return named.assign(name=named["name"].map(folded))


def _sharing(accounts: pd.DataFrame, columns: list[str]) -> set[tuple[str, str]]:
    rows = accounts[accounts["key"] != "name"] if "key" in columns else accounts
    return _pairs(group["account"].unique() for _, group in rows.groupby(columns, observed=True))


def _pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _chains(keyed: set[tuple[str, str]], truth: pd.Series) -> dict[str, int]:
    """Join accounts of one person by keys in common, never through somebody else's."""
    place = {account: i for i, account in enumerate(truth.index)}
    links = [(place[a], place[b]) for a, b in sorted(keyed) if truth[a] == truth[b]]
    left, right = np.array(links, dtype=np.int64).reshape(-1, 2).T
    size = (len(truth), len(truth))
    found = coo_array((np.ones(len(links), dtype=np.int8), (left, right)), shape=size)
    parts = connected_components(found, directed=False)[1]
    return {account: int(parts[i]) for account, i in place.items()}
