"""What would lift a tie: habits of contact, and in how many weeks a tie is strong enough."""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput, NotObserved
from netquality.measures.ends import when
from netquality.measures.ladder import threshold
from netquality.measures.result import Result
from netquality.schema import CHANNELS, KINDS
from netquality.ties.dyads import DAY, EFFORT, MUTUAL, Interactions
from netquality.ties.scoring import Shown, scored_apart, taken
from netquality.ties.strength import parts, strength_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from netquality.network import Network

__all__ = ["HABITS", "Habit", "Lift", "lift"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WEEKS = 104
_NOON, _HOUR = DAY // 2, 3_600


class Habit(NamedTuple):
    """Contact of a kind every so many days; `answered` if each one has an answer an hour later."""

    kind: str
    channel: str
    every: int
    answered: bool = False


HABITS: Mapping[str, Habit] = MappingProxyType(
    {
        "a message a month, answered": Habit("message", "chat", 30, answered=True),
        "a message a week, answered": Habit("message", "chat", 7, answered=True),
        "a call a month": Habit("call", "call", 30),
        "a call a fortnight": Habit("call", "call", 14),
        "a meeting a month": Habit("meeting", "meeting", 30),
    }
)


@dataclass(frozen=True, eq=False, repr=False)
class Lift(Result):
    """What would lift ties over a threshold.

    Attributes
    ----------
    frame
        One row a tie and habit: ``alter``, ``habit``, ``needed_low`` and ``needed_high`` (the
        strengths from which on an even chance is possible, and sure), ``weeks_low`` and
        ``weeks_high`` (until the strength reaches them: 0 where it does already, missing where
        two years are too short), ``now`` and ``then`` (the strength, and what it is after two
        years of the habit).
    """

    def sentences(self, alter: str) -> list[str]:
        """Return in words what would lift a tie, the quickest habit first."""
        rows = self.frame[self.frame["alter"] == alter].sort_values("weeks_low", kind="stable")
        if rows.empty:
            return []
        favour, first = self.parameters["favour"], rows.iloc[0]
        to = "a strong tie" if favour is None else f"an even chance of '{favour}'"
        least, most = f"{first['needed_low']:.3f}", f"{first['needed_high']:.3f}"
        spread = "" if least == most else f" is possible from {least}, sure from {most}"
        said = [
            f"{to[0].upper()}{to[1:]}{spread or f' begins at {least}'}: now {first['now']:.3f}."
        ]
        habits = [_sentence(row) for row in rows.to_dict("records") if row["weeks_high"] != 0]
        return said + [line for line in habits if line]


def _sentence(row: dict[Hashable, Any]) -> str:
    """Return when a habit lifts a tie, or nothing where it does not within two years."""
    possible, sure = (
        f"{name}in {row[column]:.0f} weeks" if row[column] > 0 else ""
        for name, column in (("possible ", "weeks_low"), ("sure ", "weeks_high"))
    )
    if row["needed_low"] == row["needed_high"]:
        possible, sure = possible.removeprefix("possible "), ""
    when_ = ", ".join(part for part in (possible, sure) if part)
    return f"{str(row['habit']).capitalize()}: {when_}." if when_ else ""


def lift(
    network: Network,
    alters: Iterable[str] | str,
    favour: str | None = "introduction",
    way: str = "person",
    *,
    habits: Mapping[str, Habit] = HABITS,
) -> Lift:
    """Return in how many weeks a habit of contact would make ties strong enough.

    Counterfactuals, and no promise: the strength that these files would show if, from the day on,
    the habit were kept and nothing else happened. Calls are made in turn, ego first; meetings are
    of two; how long they take is not said.

    Parameters
    ----------
    network
        Of one owner, with times.
    alters
        One or several people, as for `Network.person`.
    favour
        The threshold: that of a favour (`netquality.ladder`), or None for the cut of strong ties.
    way
        How one asks.
    habits
        By name.

    Raises
    ------
    BadInput
        Without an owner, or for an unknown favour.
    NotObserved
        Where nothing has a time; for the reply rung where it is measured, which stands on more
        than strength.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> lift(build(Tables()), [])
    Traceback (most recent call last):
    ...
    netquality.errors.BadInput: There is no one owner whose ties could be lifted. Name an ego.
    """
    if network.ego is None:
        raise BadInput("There is no one owner whose ties could be lifted.", todo="Name an ego.")
    if network.timeless:
        raise NotObserved("Nothing here has a time: when a tie is strong enough cannot be said.")
    needed = (network.cut,) * 2 if favour is None else threshold(network, favour, way)
    people = [network.person(who) for who in ([alters] if isinstance(alters, str) else alters)]
    rows = []
    for alter in people:
        for name, habit in habits.items():
            course = _course(network, alter, habit)
            weeks = [_first(course, strength) for strength in needed]
            rows.append((alter, name, *needed, *weeks, course[0], course[-1]))
    columns = ["needed_low", "needed_high", "weeks_low", "weeks_high", "now", "then"]
    frame = pd.DataFrame(rows, columns=["alter", "habit", *columns])
    frame = frame.astype({"alter": "str", "habit": "str", **dict.fromkeys(columns, "float64")})
    said = f"{when(network)}: if the habit were kept from that day on, and nothing else happened."
    return Lift(frame, network.as_of, coverage=(said,), parameters={"favour": favour, "way": way})


def _first(course: Floats, needed: float) -> float:
    """Return the first week with enough strength."""
    weeks = np.flatnonzero(course >= needed)
    return float(weeks[0]) if len(weeks) else np.nan


def _course(network: Network, alter: str, habit: Habit) -> Floats:
    """Return the strength of a tie week by week, now first, while a habit is kept."""
    contact = network.contact
    ego, other = contact.people.get_indexer(pd.Index([network.ego, alter]))
    if other < 0:
        raise NotObserved(f"{alter} is known by a name that several bear: no tie can be seen.")
    low, high = min(ego, other), max(ego, other)
    own = np.flatnonzero((contact.acts.a == low) & (contact.acts.b == high))
    coming = _coming(habit, network.as_of, forward=bool(ego < other))
    past = taken(contact.acts, own)
    names = [each.name for each in fields(coming)]
    both = Interactions(
        **{name: np.r_[getattr(past, name), getattr(coming, name)] for name in names}
    )
    weeks, size = np.arange(WEEKS + 1), len(both)
    every = taken(both, np.tile(np.arange(size), len(weeks)))
    channels = contact.shown.channels | {CHANNELS.index(habit.channel)}
    shown = Shown(contact.shown.favours, channels)
    x = scored_apart(every, np.repeat(weeks, size), -7 * weeks, shown, network.as_of)
    return strength_of(parts(x, weights=network.weights.value)).to_numpy(np.float64)


def _coming(habit: Habit, as_of: int, *, forward: bool) -> Interactions:
    """Return what a habit amounts to in the coming two years."""
    day = np.arange(as_of + habit.every, as_of + 7 * WEEKS + 1, habit.every)
    second = day * DAY + _NOON
    turn = np.arange(len(day)) % 2
    mine = np.ones_like(turn) if habit.answered else 1 - turn
    if habit.answered:
        day, second = np.r_[day, day], np.r_[second, second + _HOUR]
        mine = np.r_[mine, 1 - mine]
    side = mine if forward else 1 - mine
    if habit.kind in MUTUAL:
        side = np.full_like(side, 2)
    count = len(day)
    none, yes = np.full(count, -1), np.ones(count, dtype=bool)
    return Interactions(
        a=none,
        b=none,
        forward=side,
        day=day,
        second=second,
        weight=np.full(count, EFFORT[habit.kind]),
        alone=yes,
        many=~yes,
        kind=np.full(count, KINDS.index(habit.kind)),
        channel=np.full(count, CHANNELS.index(habit.channel)),
        thread=none,
        event=none,
    )
