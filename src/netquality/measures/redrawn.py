"""How strong ties would be in other weeks: strengths in each draw of the bootstrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from netquality.measures.intervals import week_weights
from netquality.measures.year import week_of
from netquality.ties.dyads import UNDATED
from netquality.ties.features import (
    REGULAR_DAYS,
    active_days,
    decay,
    intensity,
    mutual,
    regular,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netquality.network import Network

__all__ = ["Block", "redrawn"]

_ROWS = 2_000

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Block(NamedTuple):
    """Some ties (positions in `Network.ties`) and their strength in each draw."""

    rows: Ints
    strength: Floats


def redrawn(network: Network, draws: int, seed: int = 0) -> Iterator[Block]:
    """Yield observed ties in blocks, with their strengths in each draw of the weeks.

    What adds up over weeks is drawn: the amount of contact in both directions and the active
    days. The other parts of the strength (speed of answers, media, favours, duration, bursts)
    stay as they are.

    Parameters
    ----------
    network
        Any network; ties without dated contact are in no block.
    draws, seed
        As for `netquality.measures.intervals.week_weights`.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> list(redrawn(build(Tables()), 10))
    []
    """
    tie, dyad = _observed(network)
    if not len(tie):
        return
    sums = _weekly(network)
    weights = week_weights(sums["forward"].shape[1], draws, seed)
    parts = network.parts.iloc[tie][["intensity", "regularity", "reciprocity"]].to_numpy()
    score = network.parts.iloc[tie].sum(axis=1).to_numpy()
    for first in range(0, len(tie), _ROWS):
        some = slice(first, first + _ROWS)
        drawn = {name: matrix[dyad[some]] for name, matrix in sums.items()}
        changed = _changed(drawn, parts[some], weights, network.weights.value)
        z = score[some, None] + changed
        yield Block(tie[some], 1.0 / (1.0 + np.exp(-z)))


def _observed(network: Network) -> tuple[Ints, Ints]:
    """Return positions of ties with dated contact, and their dyads."""
    of, people = network.contact.sittings, network.contact.people
    ties = network.ties
    if not len(of.a):  # a graph file may call its ties observed; here they have no events
        return np.array([], dtype=np.int64), np.array([], dtype=np.int64)
    fit = np.flatnonzero(
        (ties["basis"] == "observed") & ties["last"].notna() & network.parts["base"].notna()
    )
    a, b = (people.get_indexer(pd.Index(ties[end].iloc[fit])) for end in ("a", "b"))
    size = np.int64(len(people))
    known = of.a * size + of.b
    dyad = np.searchsorted(known, np.minimum(a, b) * size + np.maximum(a, b))
    return fit.astype(np.int64), dyad.astype(np.int64)


def _weekly(network: Network) -> dict[str, csr_array]:
    """Faded contact each way and active days, dyads by weeks."""
    of = network.contact.sittings
    live = np.flatnonzero((of.weight > 0) & (of.day != UNDATED))
    dyad, age = of.dyad[live], network.as_of - of.day[live]
    week = week_of(np.maximum(age, 0))
    shape = (len(of.a), int(week.max()) + 1 if len(week) else 1)
    faded = of.weight[live] * decay(age)
    to_b = np.select([of.forward[live] == 1, of.forward[live] == 2], [1.0, 0.5], 0.0)
    who, when, passed = active_days(dyad, age, of.weight[live])
    met = when < REGULAR_DAYS
    worth, place = np.minimum(1.0, passed)[met], (who[met], week_of(when[met]))
    return {
        "forward": csr_array((faded * to_b, (dyad, week)), shape=shape),
        "back": csr_array((faded * (1.0 - to_b), (dyad, week)), shape=shape),
        "days": csr_array((worth, place), shape=shape),
    }


def _changed(
    drawn: dict[str, csr_array], parts: Floats, weights: Floats, value: Mapping[str, float]
) -> Floats:
    """Return by how much the log-odds differ in each draw."""
    forward, back, days = (drawn[name] @ weights for name in ("forward", "back", "days"))
    change = value["intensity"] * intensity(forward + back) - parts[:, [0]]
    change += value["reciprocity"] * mutual(forward, back) - parts[:, [2]]
    now = regular(np.asarray(drawn["days"].sum(axis=1), dtype=np.float64))[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(now > 0, regular(days) / now, 1.0)
    return np.asarray(change + parts[:, [1]] * (ratio - 1.0))
