"""The action threshold: how likely a tie acts for a favour, asked in a certain way.

No public data has favours asked. So sizes are assumed, a band and never one figure, until enough
outcomes of a favour are recorded; from then on the curve of that favour is learned from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.fitting import Sample, chance, fitted, margin
from netquality.ties.strength import logistic, logit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FAVOURS", "FEWEST", "SLOPES", "WAYS", "Recorded", "acting", "band", "needed"]
__all__ += ["recorded"]

Floats = npt.NDArray[np.float64]

# The order is the seeds'; the spacing of 1 is ours.
FAVOURS: Mapping[str, float] = MappingProxyType(
    {
        "reply": 0.0,
        "react": 1.0,
        "answer": 2.0,
        "call": 3.0,
        "introduction": 4.0,
        "recommendation": 5.0,
        "referral": 6.0,
        "money": 7.0,
    }
)
SLOPES = (1.0, 2.0)
# What a way to ask adds in log-odds. Friends did a small favour in 80 of 100 cases asked in
# person, 57 by video, 44 by voice (Roghanizad & Bohns 2022); the figure for mail is ours.
WAYS: Mapping[str, float] = MappingProxyType(
    {"person": 0.0, "video": -1.10, "call": -1.63, "mail": -2.0}
)
# So many outcomes of a favour, and its curve is its own.
FEWEST = 30
# Before outcomes the slope is 1 to 2, and the threshold that of the ladder, give or take 2.
_SLOPE, _SLOPE_SURE, _LEVEL_SURE = 1.5, 4.0, 0.25
_DRAWS = 1_000
_ENDS = (0.025, 0.975)


def acting(strength: pd.Series, favour: str, slope: float, way: str = "person") -> pd.Series:
    """Return P(acts | tie, favour, way to ask) for one assumed slope.

    P = 1 / (1 + exp(-(slope logit(strength) - threshold + way))).

    Examples
    --------
    Ten ties of .9 and a middle favour (threshold 2), slope 1: 5.5 helpers, by mail 1.4.

    >>> import pandas as pd
    >>> ties = pd.Series([0.9])
    >>> [float((10 * acting(ties, "answer", 1.0, way)).round(1).iloc[0]) for way in WAYS]
    [5.5, 2.9, 1.9, 1.4]
    """
    return logistic(slope * logit(strength) - FAVOURS[favour] + WAYS[way])


def band(strength: pd.Series, favour: str) -> tuple[float, float]:
    """Return the expected number of helpers at both ends of the assumed slopes.

    Examples
    --------
    >>> import pandas as pd
    >>> [round(value, 1) for value in band(pd.Series([0.9] * 10), "introduction")]
    [1.4, 6.0]
    """
    ends = [float(acting(strength.dropna(), favour, slope).sum()) for slope in SLOPES]
    return min(ends), max(ends)


def needed(favour: str, way: str = "person") -> tuple[float, float]:
    """Return the strengths with an even chance, at both ends of the assumed slopes.

    Examples
    --------
    >>> [round(strength, 3) for strength in needed("introduction")]
    [0.881, 0.982]
    """
    ends = chance(np.array([(FAVOURS[favour] - WAYS[way]) / slope for slope in SLOPES]))
    return float(ends.min()), float(ends.max())


@dataclass(frozen=True, eq=False)
class Recorded:
    """The curve of one favour, from recorded outcomes: `slope` logit(strength) + `level` + way.

    `covariance` is that of slope and level; `outcomes` counts what it was learned from.
    """

    slope: float
    level: float
    covariance: Floats
    outcomes: int

    def chances(self, strength: Floats, way: str = "person") -> tuple[Floats, Floats, Floats]:
        """Return the chance that a tie acts, and the ends of its 95 % interval."""
        z = _scores(strength)
        score = self.slope * z + self.level + WAYS[way]
        error = margin(np.c_[z, np.ones(len(z))], self.covariance)
        return chance(score), chance(score - error), chance(score + error)

    def helpers(self, strength: Floats, way: str = "person") -> tuple[float, float]:
        """Return the 95 % interval of how many of these ties would act, if all were asked."""
        # Ties of about the same strength are one case that counts for all of them.
        z, count = np.unique(_scores(strength).round(2), return_counts=True)
        drawn = np.random.default_rng(0).multivariate_normal(
            [self.slope, self.level], self.covariance, _DRAWS, method="cholesky"
        )
        slope, level = drawn[:, :1], drawn[:, 1:]
        low, high = np.quantile(chance(slope * z + level + WAYS[way]) @ count, _ENDS)
        return float(low), float(high)

    def needed(self, way: str = "person") -> tuple[float, float]:
        """Return the strengths from which an even chance is possible, and sure."""
        strength = chance(np.linspace(-8.0, 8.0, 1_601))
        _, low, high = self.chances(strength, way)
        return _first(strength, high), _first(strength, low)


def _scores(strength: Floats) -> Floats:
    return logit(pd.Series(strength)).to_numpy(np.float64)


def _first(strength: Floats, likely: Floats) -> float:
    """Return the least strength from which on an even chance is reached; 1 where none is."""
    short = np.flatnonzero(likely < 0.5)
    place = int(short[-1]) + 1 if len(short) else 0
    return float(strength[place]) if place < len(strength) else 1.0


def recorded(
    favour: str, strength: Floats, way: Floats, acted: Floats, person: npt.NDArray[np.object_]
) -> Recorded | None:
    """Learn the curve of a favour from outcomes.

    Parameters
    ----------
    favour
        One of `FAVOURS`: what its threshold is without outcomes.
    strength
        Of each tie that was asked, as of the day before.
    way
        What the way of asking adds, from `WAYS`.
    acted
        1 where they did it, else 0.
    person
        Who was asked. Several answers of one person are no independent cases: together they
        count as the square root of their number.

    Returns
    -------
    Recorded or None
        None for fewer than 30 outcomes.

    Examples
    --------
    Sixty asked in person, of strength .5 or .95; a third of the first did it, all but three of
    the others:

    >>> strength, acted = np.repeat([0.5, 0.95], 30), np.repeat([1, 0, 1, 0], [10, 20, 27, 3])
    >>> people = np.arange(60).astype(str).astype(object)
    >>> curve = recorded("answer", strength, np.zeros(60), acted.astype(float), people)
    >>> [round(float(p), 2) for p in curve.chances(np.array([0.5, 0.95]))[0]]
    [0.31, 0.92]
    >>> [round(count, 1) for count in curve.helpers(strength)]
    [30.5, 42.0]
    """
    if len(acted) < FEWEST:
        return None
    _, place, count = np.unique(person.astype(str), return_inverse=True, return_counts=True)
    sample = Sample(_scores(strength)[:, None], acted, 1.0 / np.sqrt(count[place]), way)
    found = fitted(
        [sample],
        np.array([_SLOPE]),
        _SLOPE_SURE,
        nonnegative=True,
        level=(-FAVOURS[favour], _LEVEL_SURE),
    )
    return Recorded(float(found.weights[0]), float(found.levels[0]), found.covariance, len(acted))
