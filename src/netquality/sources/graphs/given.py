"""Ties as somebody states them: judged, folded to one row a pair, entered with their people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.errors import BadInput
from netquality.ids import digest
from netquality.schema import ACCOUNT_KINDS

if TYPE_CHECKING:
    from collections.abc import Hashable

    from netquality.schema import Tables
    from netquality.sources.ledger import Ledger

__all__ = ["EDGE", "enter"]

EDGE = ("a", "b", "strength", "out", "in", "first", "last", "basis")
RELATIVE = "relative: days from the start of a log"

_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_DAY = r"^(?:day )?(-?\d{1,6})(?:\.0)?$"
_HOW: dict[Hashable, Any] = {
    "a": "first",
    "b": "first",
    "strength": "max",
    "basis": "first",
    "first": "min",
    "last": "max",
    "row": "first",
}
_TURNED = {"a": "b", "b": "a", "out": "in", "in": "out"}


def enter(
    book: Ledger,
    edges: pd.DataFrame,
    people: pd.DataFrame,
    *,
    owner: str | None,
    notes: list[str],
    folding: str | None,
) -> Tables:
    """Enter ties and their people into the book of a file, and close it.

    Parameters
    ----------
    book
        The account of the file; `read` is set, unfit rows may be rejected already.
    edges
        The columns of `EDGE`, people by id; the index is the row's number.
    people
        What is known of people (name, kind, employer, title), by id; may name more of them.
    owner
        The id of the person whose network it is, if one is marked.
    notes
        What must be said.
    folding
        How the counts of several edges of a pair go together, ``sum`` or ``max``. None means
        that a file should have one row a pair: further ones are merged, the largest counts stand.

    Raises
    ------
    BadInput
        When no tie is left.
    """
    edges, zone = _dated(_judged(book, edges))
    given = _folded(edges, folding or "max")
    book.add("accounts", _accounts(people, edges))
    book.add("given", {**{name: given[name] for name in EDGE}, "row": given.index})
    for name in ("employer", "title"):
        _add_attribute(book, people, name)
    return book.close(
        kept_rows=edges.index if folding else given.index,
        zone=zone,
        owner=None if owner is None else _account(owner),
        shows=("given",),
        days=pd.concat([given["first"], given["last"]]),
        rules="; ".join(notes) or None,
    )


def _add_attribute(book: Ledger, people: pd.DataFrame, name: str) -> None:
    if name not in people:
        return
    known = people[name].dropna().astype("str")
    ids = [_account(str(person)) for person in known.index]
    book.add("attributes", {"account": ids, "name": name, "value": known}, rows=len(known))


def _judged(book: Ledger, edges: pd.DataFrame) -> pd.DataFrame:
    """Return the ties of two people that have a strength; ends become account ids."""
    for end in ("a", "b"):
        book.reject(edges.index[edges[end].isna()], end, "no person")
    edges = edges.dropna(subset=["a", "b"])
    named = {f"{end} id": edges[end] for end in ("a", "b")}
    edges = edges.assign(**named, **{end: edges[end].map(_account) for end in ("a", "b")})
    alone, bare = edges["a"] == edges["b"], edges["strength"].isna()
    book.reject(edges.index[alone], "b", "a tie from a person to itself")
    book.reject(edges.index[bare], "strength", "no strength")
    if book.read and (alone | bare).all():
        rejects = len(book.close(kept_rows=[]).rejects)
        raise BadInput(
            f"{book.name} has no ties that can be used: {rejects:,} of {book.read:,} rows were "
            "rejected.",
            accepted="pairs of two different people, with a strength from 0 to 1.",
        )
    return edges[~alone & ~bare]


def _identity(person: str) -> tuple[str, str]:
    """Return key and value of an id, so that logs and graphs mean the same person by it."""
    return ("mail", person.lower()) if _MAIL.fullmatch(person) else ("platform", person)


def _account(person: str) -> str:
    key, value = _identity(person)
    return digest(key, value) if key == "mail" else digest(key, "", value)


def _accounts(people: pd.DataFrame, edges: pd.DataFrame) -> dict[str, Any]:
    ends = pd.concat([edges["a id"], edges["b id"]])
    rows = pd.Series(ends.index, index=ends.to_numpy()).groupby(level=0).min()
    known = people.reindex(people.index.union(rows.index), columns=["name", "kind"])
    ids = [str(person) for person in known.index]
    keys = [_identity(person) for person in ids]
    return {
        "account": [_account(person) for person in ids],
        "key": [key for key, _ in keys],
        "value": [value for _, value in keys],
        "raw": ids,
        "name": known["name"].where(known["name"].notna(), pd.Series(ids, index=known.index)),
        "kind": known["kind"].where(known["kind"].isin(ACCOUNT_KINDS), "person"),
        "row": rows.reindex(known.index).astype("Int64"),
    }


def _dated(edges: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Read first and last: ISO days, or whole days since the start of a log."""
    texts = {name: edges[name].astype("str") for name in ("first", "last")}
    days = {name: _iso(text) for name, text in texts.items()}
    zone = "UTC (given)"
    if all(column.isna().all() for column in days.values()):
        counts = {name: text.str.extract(_DAY)[0] for name, text in texts.items()}
        days = {name: pd.to_numeric(count).astype("Int64") for name, count in counts.items()}
        relative = any(column.notna().any() for column in days.values())
        zone = RELATIVE if relative else "no times"
    return edges.assign(first=days["first"], last=days["last"]), zone


def _iso(texts: pd.Series) -> pd.Series:
    stamps = pd.to_datetime(texts.str[:10], format="%Y-%m-%d", errors="coerce")
    return (stamps - pd.Timestamp(0)).dt.days.astype("Int64")


def _folded(edges: pd.DataFrame, folding: str) -> pd.DataFrame:
    """Return one row a pair, named as in its first row; the index is that row's number."""
    counts = {name: pd.to_numeric(edges[name], errors="coerce") for name in ("out", "in")}
    edges = edges[list(EDGE)].assign(row=edges.index, **counts)
    edges = edges.astype({"out": "float64", "in": "float64"})
    low = edges["a"].where(edges["a"] < edges["b"], edges["b"])
    ends = [low, edges["a"].where(edges["a"] != low, edges["b"])]
    turned = edges["a"] != edges["a"].groupby(ends).transform("first")
    edges = edges.where(~turned, edges.rename(columns=_TURNED)[edges.columns])
    pairs = edges.groupby(ends, sort=False)
    both = pairs[["out", "in"]]
    # Of unknown counts the sum is unknown, not 0.
    counted = both.max() if folding == "max" else both.sum(min_count=1)
    given = pairs.agg(_HOW).join(counted).set_index("row")
    return given.assign(basis=given["basis"].astype("str").fillna("given"))
