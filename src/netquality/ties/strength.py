"""Tie strength: a logistic sum of named parts.

``strength`` is absolute: it is made of the dyad's own events only. The sizes of the
weights are priors of ours, only their signs come from the literature.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BASE", "STRONG", "WEIGHTS", "logistic", "logit", "parts", "strength_of"]

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
# A log without times shows how much, not when: what needs times is taken to be as strong as
# the intensity, and the part is named, so that the missing times do not lower the score.
TIMED = ("regularity", "liveness", "responsiveness", "duration")
STRONG = 0.837


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
