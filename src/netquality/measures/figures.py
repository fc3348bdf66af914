"""The figures of one person's last year, each with its draws of other weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from netquality.measures.bands import BANDS
from netquality.measures.intervals import WEEKS, ends_of, lone_scale, seen_draws

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Drawn", "figures_of", "gini", "hill", "one_to_one"]

Floats = npt.NDArray[np.float64]
_FEW_WEEKS = 4


class Drawn(NamedTuple):
    """A figure, and the same figure in each draw of the weeks."""

    value: float
    draws: Floats
    most: float = np.inf
    whole: bool = False

    def ends(self) -> tuple[float, float]:
        """Return its 95 % interval."""
        return ends_of(self.value, self.draws, most=self.most, whole=self.whole)


def hill(amounts: Floats) -> Floats:
    """Return the Hill number of order 1, exp of the Shannon entropy, of each column.

    To how many equal amounts they come (Eagle, Macy & Claxton 2010 use the entropy).

    Examples
    --------
    >>> hill(np.array([[1.0, 3.0], [1.0, 0.0]])).round(3).tolist()
    [2.0, 1.0]
    """
    total = amounts.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = amounts / total
        logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    return np.where(total > 0, np.exp(-(share * logs).sum(axis=0)), np.nan)


def gini(amounts: Floats) -> Floats:
    """Return the Gini coefficient of the amounts above 0 of each column.

    0 when all are equal, towards 1 when one has nearly all. It does not depend on how many
    alters there are, so that people can be compared by it (Heydari et al. 2024). Undefined
    without any amount.

    Examples
    --------
    >>> gini(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 3.0]])).round(3).tolist()
    [0.0, 0.25]
    """
    ordered = np.sort(amounts, axis=0)
    none = (ordered <= 0).sum(axis=0)
    place, count = np.arange(1, len(ordered) + 1)[:, None] - none, len(ordered) - none
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (2.0 * (place * ordered).sum(axis=0) / ordered.sum(axis=0) - (count + 1.0)) / count
    return np.where(count > 0, found, np.nan)


def figures_of(rows: pd.DataFrame, weights: Floats) -> dict[str, Drawn]:
    """Return the figures of one person.

    Parameters
    ----------
    rows
        The person's rows of `netquality.measures.year.year_of`, alters numbered from 0.
    weights
        From `netquality.measures.intervals.week_weights`.

    Returns
    -------
    dict
        ``active`` (alters in contact), ``two_way`` (from both sides), ``close`` (two-way, on
        12 days and more, not counting what went to many), ``two_way_share``, ``reach`` (alters
        addressed as one of many),
        ``diversity`` and ``gini`` of the sessions with each alter, ``one_to_one``.
    """
    alter, week = rows["alter"].to_numpy(), rows["week"].to_numpy()
    if len(np.unique(week)) < _FEW_WEEKS:
        # From a few weeks nobody can tell how much weeks differ.
        weights = np.full_like(weights, np.nan)
    size = int(alter.max()) + 1
    columns = {name: rows[name].to_numpy(dtype=np.float64) for name in rows.columns[3:]}
    both = (np.bincount(alter, columns["out"]) > 0) & (np.bincount(alter, columns["back"]) > 0)
    days = csr_array((columns["days"], (alter, week)), shape=(size, WEEKS))
    sessions = csr_array((columns["sessions"], (alter, week)), shape=(size, WEEKS))
    some = columns["sessions"] > 0
    active = Drawn(
        float(len(np.unique(alter[some]))), seen_draws(alter[some], week[some], weights), whole=True
    )
    two_way = Drawn(float(both.sum()), _two_way(alter, week, columns, both, weights), whole=True)
    near = (np.bincount(alter, columns["near_out"]) > 0) & (
        np.bincount(alter, columns["near_back"]) > 0
    )
    close = (days.sum(axis=1) >= BANDS["monthly"]) & near
    drawn_days = days[near] @ weights
    close_drawn = np.where(
        np.isnan(weights[0]), np.nan, (drawn_days >= BANDS["monthly"]).sum(axis=0)
    )
    wide = columns["many"] > 0
    drawn, whole = sessions @ weights, np.asarray(sessions.sum(axis=1), dtype=np.float64)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = two_way.draws / active.draws
    return {
        "active": active,
        "two_way": two_way,
        "close": Drawn(float(close.sum()), close_drawn.astype(np.float64), whole=True),
        "two_way_share": Drawn(two_way.value / max(active.value, 1.0), share, 1.0),
        "reach": Drawn(
            float(len(np.unique(alter[wide]))),
            seen_draws(alter[wide], week[wide], weights),
            whole=True,
        ),
        "diversity": Drawn(float(hill(whole)[0]), hill(drawn)),
        "gini": Drawn(float(gini(whole)[0]), gini(drawn), 1.0),
        "one_to_one": one_to_one(rows, weights),
    }


def _two_way(
    alter: npt.NDArray[np.int64],
    week: npt.NDArray[np.int64],
    columns: dict[str, Floats],
    both: npt.NDArray[np.bool_],
    weights: Floats,
) -> Floats:
    """Draw the number of alters seen from both sides: what hangs on single weeks varies."""
    sides = [columns[side] > 0 for side in ("out", "back")]
    times = [np.bincount(alter, there) for there in sides]
    hanging = sum((there & (n[alter] == 1) for there, n in zip(sides, times, strict=True)))
    hanging = (hanging > 0) & both[alter]
    # Who hangs on two weeks, one a side, is still one person.
    each = 1.0 / np.sqrt(np.maximum(np.bincount(alter, hanging), 1.0))[alter]
    single = np.bincount(week[hanging], each[hanging], minlength=WEEKS)
    fewest = np.minimum(*times)[both].astype(np.int64)
    return np.asarray(both.sum() + lone_scale(fewest) * (single @ weights - single.sum()))


def one_to_one(rows: pd.DataFrame, weights: Floats) -> Drawn:
    """Return the share of one person's addressing that was to one person at a time.

    Parameters
    ----------
    rows, weights
        As for `figures_of`.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"week": [0, 1], "personal": [3, 0], "many": [0, 1]})
    >>> one_to_one(rows, np.ones((52, 2))).value
    0.75
    """
    week = rows["week"].to_numpy()
    personal, many = (
        np.bincount(week, rows[name].to_numpy(), minlength=WEEKS) for name in ("personal", "many")
    )
    whole = personal + many
    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(personal.sum() / whole.sum()) if whole.sum() else np.nan
        return Drawn(value, personal @ weights / (whole @ weights), 1.0)
