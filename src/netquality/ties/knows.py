"""How likely two contacts know each other: evidence in, probability out.

Evidence: an observed tie, group conversations and meetings with both, the same employer
today. Absence of evidence is not evidence: the base rate stands for it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array, csr_array

from netquality.ties.dyads import MUTUAL

__all__ = ["BASE_RATE", "colleagues", "combined", "seen_together"]

BASE_RATE = 0.05
SAME_EMPLOYER = 0.6
CROWD = 20


def seen_together(
    events: pd.DataFrame, code_of: pd.Series, size: int, egos: frozenset[int]
) -> csr_array:
    """Return, for each pair of people, the evidence of group conversations and meetings.

    A conversation with m people besides the owner is evidence of 1/m for each pair of
    them; crowds above 20 are none. The entries are -ln(1 - evidence), summed.

    Parameters
    ----------
    code_of
        Code of each account.
    size
        Number of people.
    egos
        Codes of the owners, who are present everywhere and tell nothing.
    """
    group = events[(events["audience"] > 1) | events["kind"].isin(MUTUAL)]
    group = group[group["kind"].isin(["message", "call", *MUTUAL])]
    unit = group["thread"].fillna(group["event"])
    ends = pd.concat([group["sender"], group["recipient"]], ignore_index=True).map(code_of)
    present = pd.DataFrame(
        {"unit": pd.concat([unit, unit], ignore_index=True), "who": ends}
    ).dropna()
    present = present[~present["who"].isin(egos)].drop_duplicates()
    codes, units = pd.factorize(present["unit"])
    many = np.bincount(codes, minlength=len(units))
    usable = (many > 1) & (many <= CROWD)
    weight = np.where(usable, np.sqrt(-np.log1p(-1.0 / np.maximum(many, 2))), 0.0)
    keep = usable[codes]
    who = present["who"].to_numpy(dtype=np.int64)[keep]
    table = coo_array(
        (weight[codes[keep]], (codes[keep], who)), shape=(max(len(units), 1), max(size, 1))
    )
    rows = csr_array(table)
    return csr_array(rows.T @ rows)


def colleagues(employers: pd.Series) -> pd.Series:
    """Return, for each person, how telling it is to share their employer.

    0.6 where only two contacts work there, less the more contacts do.

    Examples
    --------
    >>> colleagues(pd.Series(["Brass Teapot Ltd", "Brass Teapot Ltd", None])).tolist()
    [0.6, 0.6, 0.0]
    """
    size = employers.map(employers.value_counts()).fillna(1).astype("float64")
    others: pd.Series = (size - 1.0).clip(lower=1.0)
    return (SAME_EMPLOYER * others.pow(-0.5)).where(size > 1, 0.0)


def combined(
    together: npt.NDArray[np.float64], employer: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Combine independent evidence: 1 - (1 - base) (1 - together) (1 - employer).

    Parameters
    ----------
    together
        Summed -ln(1 - evidence) of `seen_together`.
    employer
        Probability from the same employer, 0 where it differs or is unknown.

    Examples
    --------
    Six three-person threads: 1 - .95 * .5**6.

    >>> float(combined(np.array([6 * np.log(2)]), np.array([0.0])).round(3)[0])
    0.985
    """
    return 1.0 - (1.0 - BASE_RATE) * np.exp(-together) * (1.0 - employer)
