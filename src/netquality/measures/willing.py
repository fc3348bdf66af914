"""Expected helpers for a favour: a band over assumed slopes and other weeks, never one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.measures.intervals import ends_of
from netquality.measures.redrawn import redrawn
from netquality.ties.threshold import FAVOURS, SLOPES, acting

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["RUNGS", "expected_helpers", "strong_draws"]

RUNGS = ("reply", "answer", "call", "introduction", "referral")

Floats = npt.NDArray[np.float64]


def expected_helpers(
    network: Network, ends: pd.DataFrame, people: pd.Index, draws: int, seed: int
) -> pd.DataFrame:
    """Return how many would help each person with each favour.

    Parameters
    ----------
    network
        Whose ties are asked.
    ends
        Ties from their ends: ``person``, ``strength``, ``touched`` (whether there was
        contact), ``tie`` (position in `Network.ties`).
    people
        Whom it is asked for.
    draws, seed
        Of the bootstrap; without draws the band is that of the slopes alone.

    Returns
    -------
    DataFrame
        ``person``, ``favour``, ``low``, ``high``: the band over both slopes and the 95 %
        intervals at each; only ties with contact count. ``ceiling`` is ``high`` if every
        contact never seen in contact were like the median tie with contact (a silent contact
        need not be a weak one: Wiese et al. 2015). ``warrant`` is ``assumed``: neither slopes
        nor thresholds were measured. Missing for who has no contact that was observed.
    """
    live = ends[ends["touched"] & ends["strength"].notna()]
    sums = _sums(live, people, live["strength"])
    spread = _drawn(network, live, people, draws, seed) if draws else {}
    silent = ends[~ends["touched"]].groupby("person").size().reindex(people, fill_value=0)
    middle = live.groupby("person")["strength"].median().reindex(people)
    rows = []
    for favour in RUNGS:
        low, high = _band([sums[favour, slope] for slope in SLOPES], favour, spread)
        most = pd.concat([acting(middle, favour, slope) for slope in SLOPES], axis=1).max(axis=1)
        frame = pd.DataFrame({"low": low, "high": high, "ceiling": high + silent * most})
        rows.append(frame.rename_axis("person").reset_index().assign(favour=favour))
    found = pd.concat(rows, ignore_index=True).assign(warrant="assumed")
    return found[["person", "favour", "low", "high", "ceiling", "warrant"]]


def _sums(
    live: pd.DataFrame, people: pd.Index, strength: pd.Series
) -> dict[tuple[str, float], pd.Series]:
    return {
        (favour, slope): acting(strength, favour, slope)
        .groupby(live["person"])
        .sum()
        .reindex(people)
        for favour in RUNGS
        for slope in SLOPES
    }


def _band(
    sums: list[pd.Series], favour: str, spread: dict[tuple[str, float], Floats]
) -> tuple[pd.Series, pd.Series]:
    """Return the lowest lower and the highest upper end over the slopes."""
    lows, highs = [], []
    for slope, known in zip(SLOPES, sums, strict=True):
        low, high = known.copy(), known.copy()
        if spread:
            drawn = zip(known, spread[favour, slope], strict=True)
            ends = np.array([ends_of(value, some) for value, some in drawn]).reshape(-1, 2)
            low, high = (pd.Series(end, index=known.index) for end in ends.T)
            # Ties without dated contact are in no draw: their sum stands as it is.
            low, high = low.fillna(known), high.fillna(known)
        lows.append(low)
        highs.append(high)
    return pd.concat(lows, axis=1).min(axis=1), pd.concat(highs, axis=1).max(axis=1)


def _drawn(
    network: Network, live: pd.DataFrame, people: pd.Index, draws: int, seed: int
) -> dict[tuple[str, float], Floats]:
    """Sum P(acts) over each person's ties, in each draw."""
    keys = [(favour, slope) for favour in RUNGS for slope in SLOPES]
    sums = {key: np.zeros((len(people), draws)) for key in keys}
    tie, code = live["tie"].to_numpy(), people.get_indexer(pd.Index(live["person"]))
    fixed = np.ones(len(live), dtype=bool)
    for rows, strength in redrawn(network, draws, seed):
        some = np.flatnonzero(np.isin(tie, rows))
        fixed[some] = False
        score = (np.log(strength) - np.log1p(-strength))[np.searchsorted(rows, tie[some])]
        for favour, slope in keys:
            chance = 1.0 / (1.0 + np.exp(FAVOURS[favour] - slope * score))
            np.add.at(sums[favour, slope], code[some], chance)
    for favour, slope in keys:
        same = acting(live["strength"][fixed], favour, slope)
        np.add.at(sums[favour, slope], code[fixed], same.to_numpy()[:, None])
    return sums


def strong_draws(
    network: Network, ends: pd.DataFrame, people: pd.Index, draws: int, seed: int
) -> Floats:
    """Return the number of strong ties of each person in each draw.

    Parameters
    ----------
    ends
        Ties from their ends: ``person``, ``tie``, ``lately`` (both sides within a year).

    Returns
    -------
    array of shape (people, draws)
        What is not two-way within the year is strong in no draw.
    """
    counts = np.zeros((len(people), draws))
    able = ends[ends["lately"]]
    tie, code = able["tie"].to_numpy(), people.get_indexer(pd.Index(able["person"]))
    for rows, strength in redrawn(network, draws, seed):
        some = np.flatnonzero(np.isin(tie, rows))
        strong = (strength >= network.cut)[np.searchsorted(rows, tie[some])]
        np.add.at(counts, code[some], strong.astype(np.float64))
    return counts
