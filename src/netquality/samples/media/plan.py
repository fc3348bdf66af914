"""All that is true of the owner's everyday life, before it is written into files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from netquality.samples.clock import END_DAY
from netquality.samples.media.bonds import MEDIA, linkedin_spells, make_bonds
from netquality.samples.media.crowds import Crowds, crowds
from netquality.samples.media.doings import doings, exported_at
from netquality.samples.media.folk import folk, others
from netquality.samples.media.keys import Person, Uses, equip, persons
from netquality.samples.media.series import Series, came_again

if TYPE_CHECKING:
    import datetime as dt

    from netquality.samples.world import World

__all__ = ["OWN_MAIL2", "OWN_SLACK", "OWN_TELEGRAM", "Plan", "household_mail", "make_plan"]

OWN_MAIL2 = "juniper.v@nest.example"
OWN_TELEGRAM, OWN_SLACK = 2_999_999_999, "U0INKOWNER"
# The share of all events that the owner and one other exchange; the rest is traps and noise.
_DIRECT = 0.6


class Plan(NamedTuple):
    """Everyday life as it was until the moment of the exports.

    Parameters
    ----------
    people
        One row a person; see `folk`, `make_bonds` and `equip`.
    who
        The same, one by one.
    spells
        What was to be expected, LinkedIn included.
    rows
        What the owner and one other did.
    series
        Their recurring meetings.
    crowds
        Who stands together.
    events
        About how many events of all sorts there are to be.
    exported, moment
        The day of the exports, and the second.
    seed
        The seed of the world.
    """

    people: pd.DataFrame
    who: list[Person]
    spells: pd.DataFrame
    rows: pd.DataFrame
    series: list[Series]
    crowds: Crowds
    events: int
    exported: dt.date
    moment: int
    seed: int

    def of(self, medium: str) -> pd.DataFrame:
        """Return the rows of one medium."""
        return self.rows[self.rows["medium"] == medium]

    def count(self, share: float, least: int = 1) -> int:
        """Return a share of all events, at least so many."""
        return max(least, round(share * self.events))

    def until(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the rows before the moment of the exports."""
        return table[table["at"] < self.moment].reset_index(drop=True)


def household_mail(place: int) -> str:
    """Return the mailbox of a household; its landline is `numbers.landline` of the same place.

    Examples
    --------
    >>> household_mail(1)
    'lantern.nest1@nest.example'
    """
    return f"lantern.nest{place}@nest.example"


def _flags(size: int, *parts: object) -> np.ndarray:
    found = np.zeros(size, dtype=bool)
    for part in parts:
        found[np.asarray(part, dtype=np.int64)] = True
    return found


def _uses(rows: pd.DataFrame, held: Crowds, size: int) -> Uses:
    by = {name: rows.loc[rows["medium"] == name, "who"].unique() for name in MEDIA}
    chats = [np.array(group.members) for group in held.whatsapp]
    home = np.array([*held.shared.household, *held.shared.handed]).ravel()
    channels = [np.array(group.members) for group in held.slack]
    crowd = [held.standup, held.plenum, held.copied[:-1], held.audience, held.posters]
    return Uses(
        mail=_flags(size, by["mail"], by["meeting"], *crowd, home[:4]),
        phone=_flags(size, by["whatsapp"], by["sms"], by["call"], *chats, home),
        whatsapp=_flags(size, by["whatsapp"], *chats),
        telegram=_flags(size, by["telegram"], held.telegram[0].members),
        slack=_flags(size, by["slack"], *channels),
    )


def _everybody(world: World) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all people with what binds them, and the spells of everyday life."""
    people = folk(world.people, world.seed)
    bonds = make_bonds(world.people, others(len(world.people)), world.seed)
    told = bonds.people.reindex(people.index)
    staff = (people["sort"] == "staff").to_numpy()
    people = people.assign(
        latent=told["latent"].fillna(0.0),
        role=told["role"].fillna("none"),
        colleague=(told["colleague"].astype("boolean").fillna(False) & ~staff).astype(bool),
    )
    return people, bonds.spells


def _one_name(people: pd.DataFrame, held: Crowds) -> pd.DataFrame:
    """Give the two of a household one family name."""
    last = people["last"].to_numpy(dtype=object).copy()
    for one, two in held.shared.household:
        last[two] = last[one]
    return people.assign(last=last)


def make_plan(world: World, messages: int, exported: dt.date, habit: str | None = None) -> Plan:
    """Draw everyday life around the people of a world.

    Parameters
    ----------
    world
        The world.
    messages
        About how many events there are to be.
    exported
        The day of the exports.
    habit
        The habit that the world was made with.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> bool((plan.rows["at"] < plan.moment).all()), bool(plan.people["card"].any())
    (True, True)
    """
    seed, moment = world.seed, exported_at(exported)
    people, spells = _everybody(world)
    rows = doings(spells, round(_DIRECT * messages), seed)
    lasting = np.bincount(spells["who"], spells["stop"] > END_DAY, len(people)) > 0
    rows, series = came_again(rows, lasting, moment, seed)
    rows = rows[rows["at"] < moment].reset_index(drop=True)
    on_telegram = spells.loc[spells["medium"] == "telegram", "who"].unique()
    held = crowds(people, np.sort(on_telegram.astype(np.int64)), seed)
    people = equip(_one_name(people, held), _uses(rows, held, len(people)), seed)
    linkedin = linkedin_spells(len(world.people), messages, seed, habit)
    every = pd.concat([spells, linkedin], ignore_index=True)
    return Plan(
        people, persons(people), every, rows, series, held, messages, exported, moment, seed
    )
