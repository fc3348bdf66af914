"""Nodes and edges of a graph as people and given ties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.days import day_number
from netquality.errors import BadInput
from netquality.sources.graphs.given import EDGE, enter

if TYPE_CHECKING:
    import networkx as nx

    from netquality.schema import Tables
    from netquality.sources.ledger import Ledger

__all__ = ["read_nodes"]

_NAMES = ("strength", "weight")
_PERSON = ("kind", "employer", "title")


def read_nodes(
    book: Ledger,
    graph: nx.Graph[Any],
    *,
    names: tuple[str, ...] = _NAMES,
    complete: bool = False,
    strict: bool = False,
    ego: str | None = None,
) -> Tables:
    """Enter a graph into the book of its file, and return the tables.

    Parameters
    ----------
    book
        The account of the file; every edge counts as one row.
    graph
        Directed or not, with parallel edges or not.
    names
        Edge attributes that may be the strength, the preferred one first.
    complete
        Whether an edge that the graph lacks is none, instead of not seen. Then the graph shows
        everybody whole, and has no owner.
    strict
        Whether a single edge without a strength is refused; else it is a rejected row.
    ego
        The node whose network it is, where the graph does not mark one.

    Raises
    ------
    BadInput
        When there are no edges, or they have no strength, or it is no number or negative.
    """
    rows = [(str(u), str(v), data) for u, v, data in graph.edges(data=True)]
    if not rows and not strict:
        raise BadInput(f"{book.name} has no edges.", accepted="a graph with weighted edges.")
    name = next((n for n in names if any(n in data for *_, data in rows)), names[0])
    lacking = sum(data.get(name) is None for *_, data in rows)
    if rows and (lacking == len(rows) or (strict and lacking)):
        raise BadInput(
            f"{book.name}: {lacking:,} of {len(rows):,} edges have no {name!r}.",
            accepted=f"a number from 0 on in {' or '.join(map(repr, names))} of every edge.",
            todo="Add it, or pass the log of interactions that the graph was made of.",
        )
    directed = graph.is_directed()
    records = [_record(u, v, data, name, directed, complete) for u, v, data in rows]
    edges = pd.DataFrame(records, columns=list(EDGE), index=range(1, len(rows) + 1))
    edges["strength"], notes = _scaled(book.name, name, edges["strength"])
    people, egos = _people(graph)
    if len(egos) > 1:
        notes.append(f"{len(egos)} nodes are marked as ego, so that none owns the file")
    book.read = len(rows)
    stated = str(graph.graph.get("as_of", ""))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", stated):
        book.exported = day_number(stated)
    marked = egos[0] if len(egos) == 1 else None
    owner = None if complete else ego or marked
    folding = "sum" if graph.is_multigraph() else "max"
    return enter(book, edges, people, owner=owner, notes=notes, folding=folding)


def _record(
    u: str, v: str, data: dict[str, Any], name: str, directed: bool, complete: bool
) -> tuple[Any, ...]:
    there, back = data.get("out"), data.get("in")
    if directed:
        there, back = data.get(name), 0 if complete else None
    return u, v, data.get(name), there, back, data.get("first"), data.get("last"), data.get("basis")


def _scaled(whose: str, name: str, weights: pd.Series) -> tuple[pd.Series, list[str]]:
    """Return weights as strengths, divided by the largest if that is above 1."""
    numbers = pd.to_numeric(weights, errors="coerce").astype("float64")
    bad = weights.notna() & ~(np.isfinite(numbers) & (numbers >= 0))
    if bad.any():
        raise BadInput(
            f"{whose}: {int(bad.sum()):,} edges have a {name!r} that is negative or no number.",
            accepted="numbers from 0 on; those above 1 are divided by the largest.",
        )
    top = float(numbers.max())
    if top <= 1:
        return numbers, []
    return numbers / top, [f"{name} divided by its largest value, {top:g}"]


def _people(graph: nx.Graph[Any]) -> tuple[pd.DataFrame, list[str]]:
    """Return what nodes say about people, by id, and the nodes marked as ego."""
    nodes = {str(node): data for node, data in graph.nodes(data=True)}
    columns = {key: [data.get(key) for data in nodes.values()] for key in _PERSON}
    named = [data.get("name") or data.get("label") for data in nodes.values()]
    people = pd.DataFrame({**columns, "name": named}, index=list(nodes), dtype="object")
    egos = [node for node, data in nodes.items() if str(data.get("ego")).lower() in ("true", "1")]
    return people, egos
