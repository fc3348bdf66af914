"""The action threshold: how likely a tie acts for a favour, as a band of assumed slopes.

No public data has favours asked, so sizes are assumed and every figure made of them carries
the warrant ``assumed`` until outcomes are recorded.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

from netquality.ties.strength import logistic, logit

__all__ = ["FAVOURS", "SLOPES", "acting", "band"]

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


def acting(strength: pd.Series, favour: str, slope: float) -> pd.Series:
    """Return P(acts | tie, favour), asked in person, for one slope.

    P = 1 / (1 + exp(-(slope logit(strength) - threshold))).

    Examples
    --------
    Ten ties of .9 and a middle favour (threshold 2), slope 1: 5.5 helpers.

    >>> import pandas as pd
    >>> float((10 * acting(pd.Series([0.9]), "answer", 1.0)).round(1).iloc[0])
    5.5
    """
    return logistic(slope * logit(strength) - FAVOURS[favour])


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
