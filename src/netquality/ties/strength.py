"""Tie strength: a logistic sum of named parts.

``strength`` is absolute: it is made of the dyad's own events only. The signs of the weights come
from the literature, their sizes are priors of ours: sizes fitted to public data order ties no
better (`benchmarks/absolute.py`). How far that data leaves them open is their spread.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BASE", "NORMAL", "SHIPPED", "STRONG", "WEIGHTS", "Weights", "interval", "logistic"]
__all__ += ["logit", "parts", "standing_in", "strength_of"]

BASE = -4.0
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "intensity": 2.5,
        "regularity": 1.5,
        "reciprocity": 1.0,
        "liveness": 1.0,
        "responsiveness": 1.0,
        "media": 1.0,
        "favours": 1.0,
        "duration": 0.5,
        "burst": -0.5,
    }
)
SPREAD: Mapping[str, float] = MappingProxyType(
    {
        "intensity": 0.35,
        "regularity": 0.51,
        "reciprocity": 0.31,
        "liveness": 0.19,
        "responsiveness": 0.38,
        "media": 0.58,
        "favours": 1.00,
        "duration": 0.42,
        "burst": 0.34,
    }
)
# A log without times shows how much, not when: what needs times is taken to be as strong as
# the intensity, and the part is named, so that the missing times do not lower the score.
TIMED = ("regularity", "liveness", "responsiveness", "duration")
STRONG = 0.837
NORMAL = 1.96


@dataclass(frozen=True, eq=False)
class Weights:
    """What a feature in full adds in log-odds, and the standard deviation of that."""

    value: Mapping[str, float]
    spread: Mapping[str, float]


SHIPPED = Weights(WEIGHTS, SPREAD)


def parts(features: pd.DataFrame, *, weights: Mapping[str, float] = WEIGHTS) -> pd.DataFrame:
    """Return each part's contribution to the log-odds; a row's sum is logit(strength).

    Parameters
    ----------
    features
        Columns as in `WEIGHTS`, each in [0, 1]; a missing feature contributes nothing.
    weights
        Log-odds per unit of each feature.

    Returns
    -------
    DataFrame
        ``base``, a column a feature, and ``untimed``.

    Examples
    --------
    One exchange 30 days ago:

    >>> x = pd.DataFrame({"intensity": [np.log1p(1.444) / np.log1p(40.7)],
    ...     "regularity": [np.log(2) / np.log(105)], "reciprocity": [1.444 / 2.444],
    ...     "liveness": [1 / (1 + (1 / 3 / 8) ** 2)], "responsiveness": [0.5], "media": [0.0],
    ...     "favours": [0.0], "duration": [np.log(31) / np.log(3651)], "burst": [0.0]})
    >>> float(strength_of(parts(x)).round(3).iloc[0])
    0.293
    """
    found = pd.DataFrame({"base": np.full(len(features), BASE)}, index=features.index)
    for name, weight in weights.items():
        found[name] = weight * features[name].fillna(0.0) + 0.0
    untimed = features["regularity"].isna() & (features["intensity"] > 0)
    assumed = sum(weights[name] for name in TIMED if name in weights)
    found["untimed"] = np.where(untimed, assumed * features["intensity"], 0.0)
    return found


def interval(
    features: pd.DataFrame, weights: Weights = SHIPPED, *, unseen: float = -np.inf
) -> tuple[pd.Series, pd.Series]:
    """Return the ends of a 95 % interval of strength: open weights, and what was not seen.

    A feature that could not be seen may be all there or not at all: the score counts nothing for
    it, and the upper end all of it. What stands in for times moves both ends.

    Parameters
    ----------
    features
        As for `parts`.
    weights
        Values and their spread.
    unseen
        Log-odds that a tie may have by contact that no source shows.

    Examples
    --------
    The same tie, where favours could be seen and were none, and where they could not be seen:

    >>> x = pd.DataFrame(0.5, index=[0, 1], columns=list(WEIGHTS)).assign(favours=[0.0, np.nan])
    >>> low, high = interval(x)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.25, 0.25], [0.75, 0.89])
    """
    names = list(weights.value)
    value, spread = (pd.Series(of)[names].to_numpy() for of in (weights.value, weights.spread))
    known = standing_in(features)[names].to_numpy(dtype=np.float64)
    score = parts(features, weights=weights.value).sum(axis=1).to_numpy()
    margin = NORMAL * np.sqrt(np.square(np.nan_to_num(known) * spread).sum(axis=1))
    hidden = np.isnan(known) @ np.maximum(value, 0.0)
    untimed = features["regularity"].isna() & (features["intensity"] > 0)
    timed = np.where(untimed, sum(weights.value[name] for name in TIMED), 0.0)
    full = features["intensity"].to_numpy(dtype=np.float64)
    low, high = score - margin - timed * full, score + margin + hidden + timed * (1 - full)
    high = np.maximum(high, unseen)
    return logistic(pd.Series(low, features.index)), logistic(pd.Series(high, features.index))


def standing_in(features: pd.DataFrame) -> pd.DataFrame:
    """Return features in which intensity stands in for what needs times, where there are none."""
    untimed = features["regularity"].isna() & (features["intensity"] > 0)
    timed = {name: features[name].mask(untimed, features["intensity"]) for name in TIMED}
    return features.assign(**timed)


def strength_of(contributions: pd.DataFrame) -> pd.Series:
    """Return strength in (0, 1) from the parts."""
    return logistic(contributions.sum(axis=1))


def logistic(score: pd.Series) -> pd.Series:
    """Return the probability of log-odds.

    Examples
    --------
    >>> float(logistic(pd.Series([0.0])).iloc[0])
    0.5
    """
    return pd.Series(1.0 / (1.0 + np.exp(-score.to_numpy(dtype=np.float64))), index=score.index)


def logit(probability: pd.Series) -> pd.Series:
    """Return log-odds; 0 and 1, which a graph file may state, are taken as very near them.

    Examples
    --------
    >>> float(logit(pd.Series([0.5])).iloc[0])
    0.0
    """
    chance = probability.to_numpy(dtype=np.float64).clip(1e-12, 1.0 - 1e-12)
    return pd.Series(np.log(chance / (1.0 - chance)), index=probability.index)
