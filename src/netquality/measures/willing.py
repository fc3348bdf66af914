"""Expected helpers for a favour: learned from outcomes, or a band over assumed slopes and weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from netquality.measures.intervals import ends_of
from netquality.measures.redrawn import redrawn
from netquality.ties.threshold import FAVOURS, SLOPES, acting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netquality.network import Network
    from netquality.ties.threshold import Recorded

__all__ = ["RUNGS", "Spread", "expected_helpers", "spread_of"]

RUNGS = ("reply", "answer", "call", "introduction", "referral")

Floats = npt.NDArray[np.float64]


class Spread(NamedTuple):
    """Sums over each person's ties in each draw: arrays of people by draws.

    `helping` holds the chances to act, by favour and slope; `strong` counts strong ties.
    """

    helping: dict[tuple[str, float], Floats]
    strong: Floats


def expected_helpers(
    ends: pd.DataFrame, people: pd.Index, spread: Spread, curves: Mapping[str, Recorded]
) -> pd.DataFrame:
    """Return how many would help each person with each favour.

    Parameters
    ----------
    ends
        Ties from their ends: ``person``, ``strength``, ``touched`` (whether there was
        contact), ``tie`` (position in `Network.ties`).
    people
        Whom it is asked for.
    spread
        From `spread_of`; without draws the band is that of the slopes alone.
    curves
        By favour, what was learned from recorded outcomes.

    Returns
    -------
    DataFrame
        ``person``, ``favour``, ``low``, ``high``: the band over both slopes and the 95 %
        intervals at each; only ties with contact count. ``ceiling`` is ``high`` if every
        contact never seen in contact were like the median tie with contact (a silent contact
        need not be a weak one: Wiese et al. 2015). ``warrant`` is ``recorded`` where outcomes
        gave the curve (the band is then its 95 % interval), else ``assumed``: neither slopes nor
        thresholds were measured. Missing for who has no contact that was observed.
    """
    live = ends[ends["touched"] & ends["strength"].notna()]
    sums = _sums(live, people, live["strength"])
    silent = ends[~ends["touched"]].groupby("person").size().reindex(people, fill_value=0)
    middle = live.groupby("person")["strength"].median().reindex(people)
    rows = []
    for favour in RUNGS:
        if favour in curves:
            low, high = _learned(live, people, curves[favour])
            most = middle.map(lambda strength, of=curves[favour]: _chance(of, strength))
        else:
            low, high = _band([sums[favour, slope] for slope in SLOPES], favour, spread.helping)
            each = [acting(middle, favour, slope) for slope in SLOPES]
            most = pd.concat(each, axis=1).max(axis=1)
        frame = pd.DataFrame({"low": low, "high": high, "ceiling": high + silent * most})
        warrant = "recorded" if favour in curves else "assumed"
        named = frame.rename_axis("person").reset_index()
        rows.append(named.assign(favour=favour, warrant=warrant))
    found = pd.concat(rows, ignore_index=True)
    return found[["person", "favour", "low", "high", "ceiling", "warrant"]]


def _learned(live: pd.DataFrame, people: pd.Index, curve: Recorded) -> tuple[pd.Series, pd.Series]:
    """Return the interval of each person's helpers."""
    ends = {
        str(person): curve.helpers(some.to_numpy(np.float64))
        for person, some in live.groupby("person")["strength"]
    }
    found = pd.DataFrame.from_dict(ends, orient="index", columns=["low", "high"]).reindex(people)
    return found["low"], found["high"]


def _chance(curve: Recorded, strength: float) -> float:
    return float(curve.chances(np.array([strength]))[2][0])


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
        drawn = zip(known, spread[favour, slope], strict=True)
        ends = np.array([ends_of(value, some) for value, some in drawn]).reshape(-1, 2)
        low, high = (pd.Series(end, index=known.index) for end in ends.T)
        # Without draws there is no interval, and the band is that of the slopes.
        lows.append(low.fillna(known))
        highs.append(high.fillna(known))
    return pd.concat(lows, axis=1).min(axis=1), pd.concat(highs, axis=1).max(axis=1)


def spread_of(
    network: Network, ends: pd.DataFrame, people: pd.Index, draws: int, seed: int
) -> Spread:
    """Draw other weeks once, and sum up what they say of each person's ties.

    Parameters
    ----------
    network, ends, people, draws, seed
        As for `expected_helpers`; `ends` also has ``lately``: contact from both sides within a
        year, without which nothing is a strong tie in any draw.
    """
    keys = [(favour, slope) for favour in RUNGS for slope in SLOPES]
    helping = {key: np.zeros((len(people), draws)) for key in keys}
    strong = np.zeros((len(people), draws))
    live = ends[ends["touched"] & ends["strength"].notna()]
    tie, lately = live["tie"].to_numpy(), live["lately"].to_numpy(dtype=bool)
    code = people.get_indexer(pd.Index(live["person"]))
    fixed = np.ones(len(live), dtype=bool)
    for rows, strength in redrawn(network, draws, seed) if draws else ():
        some = np.flatnonzero(np.isin(tie, rows))
        fixed[some] = False
        drawn = strength[np.searchsorted(rows, tie[some])]
        add = _adding(code[some], len(people))
        strong += add @ ((drawn >= network.cut) & lately[some, None]).astype(np.float64)
        score = np.log(drawn) - np.log1p(-drawn)
        for favour, slope in keys:
            helping[favour, slope] += add @ (1.0 / (1.0 + np.exp(FAVOURS[favour] - slope * score)))
    # Ties without dated contact are in no draw: they stand as they are.
    add = _adding(code[fixed], len(people))
    for favour, slope in keys:
        helping[favour, slope] += (add @ acting(live["strength"][fixed], favour, slope))[:, None]
    return Spread(helping, strong)


def _adding(code: npt.NDArray[np.intp], size: int) -> csr_array:
    """Return what sums rows by person when multiplied with them."""
    return csr_array((np.ones(len(code)), (code, np.arange(len(code)))), shape=(size, len(code)))
