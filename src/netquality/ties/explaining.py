"""Why a tie has its strength: parts, the events they stand on, and what it would be without."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.days import dates_of
from netquality.schema import KINDS
from netquality.ties.dyads import FAVOURS, UNDATED, Interactions
from netquality.ties.features import REGULAR_DAYS
from netquality.ties.scoring import scored_apart, taken
from netquality.ties.strength import parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netquality.ties.contact import Contact
    from netquality.ties.strength import Weights

__all__ = ["Explanation", "explained"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_WAYS = ("in", "out", "both")


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why a tie has its strength.

    Attributes
    ----------
    a, b
        The two people; ``out`` is from a to b.
    strength, low, high
        The strength and the ends of its 95 % interval.
    parts
        Log-odds that sum to logit(strength).
    events
        For each part the ids of the events that it stands on.
    without
        For each part by how much logit(strength) would differ without these events. Events bear
        several parts, so these do not sum to anything.
    kinds
        One row a kind of contact and direction: ``kind``, ``way`` (``out``, ``in``, ``both``),
        ``events``, ``first``, ``last``, ``without``.
    """

    a: str
    b: str
    strength: float
    low: float
    high: float
    parts: Mapping[str, float]
    events: Mapping[str, tuple[str, ...]]
    without: Mapping[str, float] = field(default_factory=dict)
    kinds: pd.DataFrame = field(default_factory=pd.DataFrame)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a part: ``part``, ``log_odds``, ``events``, ``without``."""
        rows = [
            (name, value, len(self.events.get(name, ())), self.without.get(name, 0.0))
            for name, value in self.parts.items()
        ]
        return pd.DataFrame(rows, columns=["part", "log_odds", "events", "without"])


def explained(
    contact: Contact,
    ids: pd.Series,
    ends: tuple[str, str],
    tie: Mapping[str, float],
    values: Mapping[str, float],
    *,
    weights: Weights,
    as_of: int,
) -> Explanation:
    """Explain one tie.

    Parameters
    ----------
    contact
        Contact up to `as_of`.
    ids
        The id of each event, in the order of the table that contact was made of.
    ends
        The two people; ``out`` is from the first to the second.
    tie
        Its ``strength``, ``strength_low`` and ``strength_high``.
    values
        The parts of its strength.
    weights, as_of
        What the strength was made with.
    """
    one, other = (int(code) for code in contact.people.get_indexer(pd.Index(ends)))
    own = np.flatnonzero((contact.acts.a == min(one, other)) & (contact.acts.b == max(one, other)))
    acts = taken(contact.acts, own)
    names = ids.to_numpy(object)[acts.event]
    cited = {
        part: rows if values[part] else np.zeros(len(own), dtype=bool)
        for part, rows in _cited(acts, as_of).items()
        if part in values
    }
    groups, shown = _groups(acts, names, forward=one < other)
    left = _without(acts, names, [*cited.values(), *groups], contact, weights, as_of)
    change = left - sum(values.values())
    return Explanation(
        *ends,
        tie["strength"],
        tie["strength_low"],
        tie["strength_high"],
        dict(values),
        {part: tuple(sorted(set(names[rows]))) for part, rows in cited.items()},
        dict(zip(cited, change[: len(cited)].tolist(), strict=True)),
        shown.assign(without=change[len(cited) :]),
    )


def _cited(acts: Interactions, as_of: int) -> dict[str, Bools]:
    """Return which interactions each part stands on."""
    counted = acts.weight > 0
    timed = counted & (acts.day != UNDATED)
    days = acts.day[timed]
    first, last = (days.min(), days.max()) if len(days) else (UNDATED, UNDATED)
    return {
        "intensity": counted,
        "regularity": timed & (as_of - acts.day < REGULAR_DAYS),
        "reciprocity": counted,
        "liveness": timed & (acts.day == last),
        "responsiveness": timed & (acts.forward < 2),
        "media": counted,
        "favours": np.isin(acts.kind, [KINDS.index(name) for name in FAVOURS]),
        "duration": timed & (acts.day == first),
        "burst": timed,
        "untimed": counted,
    }


def _groups(
    acts: Interactions, names: npt.NDArray[np.object_], *, forward: bool
) -> tuple[list[Bools], pd.DataFrame]:
    """Return the interactions of each kind and direction, and what they are."""
    way = np.where(acts.forward == 2, 2, acts.forward if forward else 1 - acts.forward)
    columns = ["kind", "way", "events", "first", "last"]
    found, rows = [], []
    for kind, side in sorted(set(zip(acts.kind.tolist(), way.tolist(), strict=True))):
        some = (acts.kind == kind) & (way == side)
        days = acts.day[some & (acts.day != UNDATED)]
        ends = (days.min(), days.max()) if len(days) else (None, None)
        found.append(some)
        rows.append((KINDS[kind], _WAYS[side], len(set(names[some])), *ends))
    frame = pd.DataFrame(rows, columns=columns)
    for end in ("first", "last"):
        frame[end] = dates_of(frame[end].astype("Int64"))
    return found, frame


def _without(
    acts: Interactions,
    names: npt.NDArray[np.object_],
    groups: Sequence[Bools],
    contact: Contact,
    weights: Weights,
    as_of: int,
) -> npt.NDArray[np.float64]:
    """Return logit(strength) without each group of interactions, and all else of their events."""
    kept = [np.flatnonzero(~np.isin(names, names[group])) for group in groups]
    rows = np.concatenate(kept) if kept else np.zeros(0, dtype=np.int64)
    case = np.repeat(np.arange(len(kept)), [len(some) for some in kept])
    late = np.zeros(len(kept), dtype=np.int64)
    x = scored_apart(taken(acts, rows.astype(np.int64)), case, late, contact.shown, as_of)
    return parts(x, weights=weights.value).sum(axis=1).to_numpy(np.float64)
