"""Standing: a tie's place inside one network, where both sides' totals are observed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.strength import logistic, logit

__all__ = ["standing"]

SHARE, PLACE = 2.0, 1.0


def standing(
    strength: pd.Series, amount: pd.Series, a: pd.Series, b: pd.Series, seen: npt.NDArray[np.bool_]
) -> pd.Series:
    """Rank ties inside a network by strength, share and place in each one's own list.

    logit(standing) = logit(strength) + 2 share + mean place - 1, with share
    w / sqrt(s_a s_b) and place 1 for the strongest tie of somebody, towards 0 for the last.

    Parameters
    ----------
    strength, amount
        Of each tie: the score and the faded amount of contact (w).
    a, b
        Codes of the two people.
    seen
        Whether everything that the person does is observed, by code.

    Returns
    -------
    Series
        In (0, 1); missing where one side's totals are not observed.

    Examples
    --------
    >>> strength, amount = pd.Series([0.5, 0.5]), pd.Series([1.0, 1.0])
    >>> a, b, seen = pd.Series([0, 0]), pd.Series([1, 2]), np.array([True, True, False])
    >>> standing(strength, amount, a, b, seen).notna().tolist()
    [True, False]
    """
    known = seen[a.to_numpy()] & seen[b.to_numpy()] if len(a) else np.array([], dtype=bool)
    ends = pd.concat([a, b], ignore_index=True)
    both = pd.concat([amount, amount], ignore_index=True)
    total = both.groupby(ends).sum()
    product = a.map(total) * b.map(total)
    share: pd.Series = (amount / product.pow(0.5)).where(product > 0, 0.0)
    # Sums of floats differ in the last bit by the order of rows; equal contact ranks as equal.
    place = both.round(12).groupby(ends).rank(pct=True).to_numpy()
    mean_place = (place[: len(a)] + place[len(a) :]) / 2.0
    score = logit(strength) + SHARE * share + PLACE * mean_place - 1.0
    return logistic(score).where(known)
