"""Who wrote to whom in every row, and the rows that say it badly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.schema import ROLES
from netquality.sources.interactions.people import NOBODY, People

if TYPE_CHECKING:
    from netquality.sources.interactions.grid import Grid
    from netquality.sources.interactions.rows import Rows
    from netquality.sources.ledger import Ledger

__all__ = ["Contacts", "admit", "one_sided"]

Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_ENOUGH_PAIRS = 20


@dataclass(frozen=True, eq=False)
class Contacts:
    """One entry for every recipient of every good row: the row's position and two people."""

    place: Codes
    sender: Codes
    recipient: Codes
    role: npt.NDArray[np.int8]

    def take(self, entries: npt.NDArray[np.int64] | Flags) -> Contacts:
        """Return some entries, in the order asked for."""
        return Contacts(
            self.place[entries], self.sender[entries], self.recipient[entries], self.role[entries]
        )

    def paired(self, ranks: Codes) -> Contacts:
        """Return the contacts without direction: of each pair, the lower rank stands first."""
        swap = ranks[self.sender] > ranks[self.recipient]
        return replace(
            self,
            sender=np.where(swap, self.recipient, self.sender),
            recipient=np.where(swap, self.sender, self.recipient),
        )


def admit(grid: Grid, rows: Rows, people: People, book: Ledger, *, sightings: bool) -> Contacts:
    """Return the contacts of all good rows; the others are rejected with their reason.

    Parameters
    ----------
    grid, rows
        A log.
    people
        Gets everybody who occurs in it.
    book
        Gets the rejected rows.
    sightings
        Whether every row needs a time of day.
    """
    sender = people.codes(_text(grid, "sender"))
    contacts = _addressed(grid, people, sender)
    for number, reason in grid.malformed.items():
        book.reject([number], "row", reason)
    gate = _Gate(grid, book)
    gate.refuse(_blank(grid, sender == NOBODY), "row", "blank row")
    gate.refuse(sender == NOBODY, "sender", "no sender")
    gate.refuse(_without(contacts.place, len(sender)), "recipient", "no recipient")
    if grid.cells("at") is not None:
        gate.refuse(~rows.clock.known, "at", "no date in a known form")
        if sightings:
            gate.refuse(~rows.clock.exact, "at", "a day without a time")
    gate.refuse(rows.weight < 0, "weight", "no weight")
    gate.refuse(rows.weight == 0, "weight", "weight is zero")
    others = contacts.take(contacts.sender != contacts.recipient)
    gate.refuse(_without(others.place, len(sender)), "recipient", "sender is the recipient")
    return others.take(gate.open[others.place])


class _Gate:
    """Lets rows through until a reason is found against them."""

    def __init__(self, grid: Grid, book: Ledger) -> None:
        self._grid, self._book = grid, book
        self.open: Flags = np.ones(len(grid.frame), dtype=bool)

    def refuse(self, bad: Flags, role: str, reason: str) -> None:
        hit = np.flatnonzero(bad & self.open)
        if not len(hit):
            return
        cells = self._grid.cells(role)
        values = None if cells is None else cells.iloc[hit].tolist()
        numbers = self._grid.frame.index.to_numpy()[hit]
        self._book.reject(numbers, self._grid.columns.name(role), reason, values)
        self.open[hit] = False


def _text(grid: Grid, role: str) -> pd.Series:
    cells = grid.cells(role)
    assert cells is not None, f"{role} is in every grid"
    return cells


def _addressed(grid: Grid, people: People, sender: Codes) -> Contacts:
    """Return every recipient of every row, be they in the main column, in cc or in bcc."""
    main = _roles(grid)
    parts = []
    for column, fixed in (("recipient", None), ("cc", "cc"), ("bcc", "bcc")):
        cells = grid.cells(column)
        if cells is not None:
            place, person = people.several(cells, grid.columns.name(column))
            role = main[place] if fixed is None else np.full(len(place), ROLES.index(fixed))
            parts.append(Contacts(place, sender[place], person, role.astype(np.int8)))
    place, froms, tos, roles = (
        np.concatenate([getattr(part, field) for part in parts])
        for field in ("place", "sender", "recipient", "role")
    )
    return Contacts(place, froms, tos, roles)


def _roles(grid: Grid) -> npt.NDArray[np.int8]:
    cells = grid.cells("role")
    if cells is None:
        return np.zeros(len(grid.frame), dtype=np.int8)
    codes, uniques = pd.factorize(cells, use_na_sentinel=False)
    words = [str(cell).strip().casefold() for cell in uniques]
    table = [ROLES.index(word) if word in ROLES else 0 for word in words]
    return np.array(table, dtype=np.int8)[codes]


def _blank(grid: Grid, doubtful: Flags) -> Flags:
    cells = grid.frame.loc[doubtful].astype("str").fillna("")
    blank = doubtful.copy()
    blank[doubtful] = cells.apply(lambda column: column.str.strip() == "").all(axis=1)
    return blank


def _without(places: Codes, rows: int) -> Flags:
    flags = np.ones(rows, dtype=bool)
    flags[places] = False
    return flags


def one_sided(contacts: Contacts, people: People) -> bool:
    """Say whether ids stand in the same order in every row, which no real mail does.

    Twenty distinct pairs are needed, and most of them must do without the busiest person: who
    alone writes to everybody may well have the lowest id.

    Examples
    --------
    >>> people = People()
    >>> ids = people.codes(pd.Series(range(8)).astype("str"))
    >>> low, high = np.triu_indices(8, 1)
    >>> role = np.zeros(len(low), dtype=np.int8)
    >>> one_sided(Contacts(low, ids[low], ids[high], role), people)
    True
    >>> one_sided(Contacts(high, ids[high][:19], ids[low][:19], role), people)
    False
    """
    ranks = people.ranks
    upward = ranks[contacts.sender] < ranks[contacts.recipient]
    if len(upward) < _ENOUGH_PAIRS or not (upward.all() or not upward.any()):
        return False
    pairs = np.unique(contacts.sender * len(people) + contacts.recipient)
    ends = np.concatenate([pairs // len(people), pairs % len(people)])
    busiest = int(np.bincount(ends).max())
    return len(pairs) >= _ENOUGH_PAIRS and 2 * busiest <= len(pairs)
