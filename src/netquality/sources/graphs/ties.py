"""Our own ``ties.csv``, or any table with the columns a, b and strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.errors import BadInput
from netquality.sources.graphs.given import EDGE, enter
from netquality.sources.tables import find_header, parse
from netquality.text import unescape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netquality.schema import Tables
    from netquality.sources.ledger import Ledger

__all__ = ["is_ties", "read_ties"]


def is_ties(cells: Sequence[str]) -> bool:
    """Say whether a header has the columns that a table of ties needs.

    Examples
    --------
    >>> is_ties(["a", "a name", "b", "strength"]), is_ties(["a", "b", "weight"])
    (True, False)
    """
    return {"a", "b", "strength"} <= set(cells)


def read_ties(book: Ledger, text: bytes) -> Tables:
    """Enter a table of ties into the book of its file, and return the tables.

    Of several rows of one pair the strongest figures stand, and the others are merged.

    Parameters
    ----------
    book
        The account of the file.
    text
        Its content, UTF-8.

    Raises
    ------
    BadInput
        When no row can be used.
    """
    found = find_header(text, is_ties)
    if found is None:
        raise BadInput(f"{book.name} lacks one of the columns a, b and strength.")
    raw = parse(text, *found)
    book.read = raw.read
    if not book.read:
        raise BadInput(f"{book.name} has a header but no rows.")
    for number, reason in raw.malformed.items():
        book.reject([number], "row", reason)
    cells = raw.frame.apply(lambda column: column.map(_text).astype("str"))
    edges = cells.reindex(columns=list(EDGE)).replace("", None)
    said = edges["strength"]
    edges["strength"] = pd.to_numeric(said, errors="coerce").astype("float64")
    wrong = ~edges["strength"].between(0, 1)
    book.reject(edges.index[wrong], "strength", "strength is not between 0 and 1", said[wrong])
    fit = ~wrong & edges[["a", "b"]].notna().all(axis=1) & (edges["a"] != edges["b"])
    return enter(book, edges[~wrong], _names(cells[fit]), owner=None, notes=[], folding=None)


def _text(cell: str) -> str:
    return unescape(cell.strip())


def _names(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the name that stands beside each id; of several, the first in the alphabet."""
    listed = [
        pd.Series(cells[f"{end} name"].to_numpy(), index=cells[end], dtype="str")
        for end in ("a", "b")
        if f"{end} name" in cells
    ]
    names = pd.concat([pd.Series(dtype="str"), *listed])
    people: pd.DataFrame = names[names != ""].groupby(level=0).min().to_frame("name")
    return people
