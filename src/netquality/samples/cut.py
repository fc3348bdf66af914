"""The world as it stood on the day of an export, with the names to write it down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from netquality.samples.cast import OWNER
from netquality.samples.cells import profile
from netquality.samples.clock import DAY, END
from netquality.samples.eras import Era, era_of
from netquality.samples.world import World, make_world

__all__ = ["Cut", "cut_of"]


@dataclass(frozen=True, eq=False)
class Cut:
    """A world seen from one day, to be laid out as in one era.

    Parameters
    ----------
    world
        What there is.
    era
        How it is written.
    exported
        The last day that is seen.

    Examples
    --------
    >>> import datetime as dt
    >>> cut = cut_of(60, 400, 7, 2020, dt.date(2024, 1, 1))
    >>> len(cut.until(cut.world.messages)) < 400, cut.names[-1]
    (True, 'Juniper Vellichor')
    """

    world: World
    era: Era
    exported: dt.date

    @property
    def day(self) -> int:
        """The last day that is seen."""
        return (self.exported - dt.date(1970, 1, 1)).days

    def until(self, table: pd.DataFrame, since: int = 0) -> pd.DataFrame:
        """Return the rows that had happened by then, and after the day `since`."""
        at = table["at"].to_numpy()
        return table[(at < (self.day + 1) * DAY) & (at >= since * DAY)]

    @cached_property
    def people(self) -> pd.DataFrame:
        """The contacts that were connected by then, newest first."""
        people = self.world.people
        met = people[people["connected"] <= self.day]
        return met.sort_values("connected", ascending=False, kind="stable")

    @cached_property
    def cast(self) -> pd.DataFrame:
        """Contacts, then strangers: what `who` counts."""
        return pd.concat([self.world.people, self.world.others], ignore_index=True)

    @cached_property
    def names(self) -> list[str]:
        """Full names as typed, of the cast; then -2 a hidden member, -1 the owner."""
        pairs = zip(self.cast["first"], self.cast["last"], strict=True)
        return [*(f"{first} {last}" for first, last in pairs), "LinkedIn Member", OWNER.name]

    @cached_property
    def addresses(self) -> list[str]:
        """Profile addresses in the same order; a hidden member has none."""
        return [*(profile(slug) for slug in self.cast["slug"]), "", profile(OWNER.slug)]

    def inbox(self) -> pd.DataFrame:
        """Return the messages by then: threads by their newest row, newest first inside."""
        rows = self.until(self.world.messages)
        newest = rows.groupby("thread")["at"].transform("max").to_numpy()
        unsent = rows["what"].str.endswith("draft").to_numpy()
        flagged = "IS MESSAGE DRAFT" in self.era.messages
        loose = (rows["what"] == "bare draft").to_numpy() | (unsent & (not flagged))
        order = np.lexsort((-rows["at"].to_numpy(), rows["thread"].to_numpy(), -newest, loose))
        return rows.iloc[order].assign(loose=loose[order], unsent=unsent[order])


def cut_of(
    contacts: int,
    messages: int,
    seed: int,
    era: int,
    exported: dt.date = END,
    *,
    habit: str | None = None,
    telling: int = 0,
) -> Cut:
    """Make a world and look at it from one day.

    Parameters
    ----------
    contacts, messages, seed, habit, telling
        What the world is made from; see `netquality.samples.world.make_world`.
    era
        The year of the layout.
    exported
        The last day that is seen.

    Examples
    --------
    >>> len(cut_of(60, 400, 7, 2026).inbox())
    400
    """
    layout = era_of(era)
    return Cut(make_world(contacts, messages, seed, habit, telling), layout, exported)
