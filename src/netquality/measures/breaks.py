"""Natural breaks of numbers on a line, and when to believe those of contact rates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from netquality.measures.bands import YEAR

__all__ = ["LEVEL", "MOST", "Breaks", "Layering", "breaks", "layering"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST, LEVEL = 6, 0.95
# Spreads of the rates within a circle that are tried, as standard deviations of logarithms.
_SPREADS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.4, 2.0)
_LEAST_CHANCE = 1e-300


@dataclass(frozen=True, eq=False)
class Breaks:
    """The best classes of values for each number of classes.

    Attributes
    ----------
    classes
        Row k - 1 holds the class of each value among k classes: 0 for the lowest values.
    within
        By k: sum of squared distances of the values to the mean of their class.
    fit
        By k: goodness of variance fit, 1 - within / total, in [0, 1]; missing where all
        values are equal.
    """

    classes: Ints
    within: Floats
    fit: Floats


@dataclass(frozen=True, eq=False)
class Layering:
    """The best circles of one person's contact rates, and whether to believe them.

    Attributes
    ----------
    circle
        The circle of each tie, 1 the innermost; to be used only where `accepted`.
    fit
        Goodness of variance fit of these circles.
    null_fit
        The fit that circles must exceed; missing for one circle.
    accepted
        Whether there are several circles, and they fit better than a skewed crowd's.
    """

    circle: Ints
    fit: float
    null_fit: float
    accepted: bool

    @property
    def number(self) -> int:
        """How many circles there are."""
        return int(self.circle.max(initial=0))

    @property
    def sizes(self) -> list[int]:
        """Ties within each circle and those inside it."""
        return [int(size) for size in np.cumsum(np.bincount(self.circle)[1:])]


def breaks(values: Floats, most: int = MOST) -> Breaks:
    """Cut values into 1 to `most` classes with the least sum of squares within.

    Exact, by a dynamic programme over the distinct values (Fisher 1958; Jenks 1977): equal
    values never need to be parted, so that a year's whole days cost at most 365 steps however
    many ties there are. Time grows with most * distinct^2, memory with most * distinct.

    Parameters
    ----------
    values
        Finite numbers, in any order.
    most
        The largest number of classes; no more than there are distinct values are made.

    Returns
    -------
    Breaks
        With min(most, distinct values) rows; none for no values.

    Examples
    --------
    >>> made = breaks(np.array([1.0, 9.0, 2.0, 8.0]), most=2)
    >>> made.classes.tolist(), made.within.tolist(), made.fit.round(2).tolist()
    ([[0, 0, 0, 0], [0, 1, 0, 1]], [50.0, 1.0], [0.0, 0.98])
    """
    points, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    most = min(most, len(points))
    if not most:
        return Breaks(np.empty((0, 0), dtype=np.int64), np.empty(0), np.empty(0))
    within, starts = _best(points - points.mean(), counts.astype(np.float64), most)
    with np.errstate(invalid="ignore"):
        fit = 1.0 - within / within[0]
    classes = np.array([_classes(starts[:k]) for k in range(1, most + 1)])
    return Breaks(classes[:, place], within, fit)


def _best(points: Floats, counts: Floats, most: int) -> tuple[Floats, Ints]:
    """Return the least sums of squares, and where the last of k classes starts, by end."""
    n = len(points)
    weight, total, square = (np.append(0.0, np.cumsum(counts * points**p)) for p in range(3))
    # Row k, column m: the least sum of squares of the first m points in k + 1 classes.
    least = np.full((most, n + 1), np.inf)
    start = np.zeros((most, n + 1), dtype=np.int64)
    for m in range(1, n + 1):
        mass, sum_ = weight[m] - weight[:m], total[m] - total[:m]
        cost = np.maximum(square[m] - square[:m] - sum_**2 / mass, 0.0)
        least[0, m] = cost[0]
        whole = least[:-1, :m] + cost
        start[1:, m] = whole.argmin(axis=1)
        least[1:, m] = whole[np.arange(most - 1), start[1:, m]]
    return least[:, n], start


def _classes(start: Ints) -> Ints:
    """Walk back from the last class to the first; return the class of each distinct point."""
    k, end = len(start), start.shape[1] - 1
    found = np.zeros(end, dtype=np.int64)
    for label in range(k - 1, -1, -1):
        first = start[label, end]
        found[first:end] = label
        end = int(first)
    return found


def layering(days: Floats, *, draws: int = 200, seed: int = 0) -> Layering:
    """Cut one person's contact rates into circles, and test them against a skewed crowd.

    The logarithms of the rates are cut into 1 to 6 classes with the least variance within
    (`breaks`), and BIC chooses how many, as for normal classes of equal variance. Several
    circles are accepted only when they fit better than 95 % of the crowds drawn from a
    log-normal and 95 % of those drawn from a gamma distribution fitted to the rates.

    Whole days are heaped (1, 2, 3, ...), which alone makes clusters, and counts of days
    scatter by chance. Our own answer is threefold. The simulated crowds are observed as the
    data is, in whole days from 1 to 365. BIC takes the chance of a whole day (all that rounds
    to it), not the density at it, which a class of equal values would raise without end. And
    the width of a class is the spread of its rates, the same for all classes, beside the
    scatter of a Poisson count around each.

    Parameters
    ----------
    days
        Days with contact within the year, whole and at least 1, one a tie.
    draws
        Crowds of either shape.
    seed
        Of the crowds.

    Examples
    --------
    >>> days = [2.0, 3.0, 4.0, 16.0, 20.0, 25.0, 80.0, 100.0, 125.0]
    >>> found = layering(np.repeat(days, [20, 40, 20, 8, 14, 8, 3, 6, 3]))
    >>> found.accepted, found.sizes
    (True, [12, 42, 122])
    """
    cut = breaks(np.log(days), MOST)
    number = 1 + int(np.argmin([_bic(days, cut, k) for k in range(len(cut.within))]))
    circle = number - cut.classes[number - 1]
    if number == 1:
        return Layering(circle, 0.0, np.nan, accepted=False)
    fit, null = float(cut.fit[number - 1]), _null_fit(days, number, draws, seed)
    return Layering(circle, fit, null, accepted=fit > null)


def _bic(days: Floats, cut: Breaks, row: int) -> float:
    """Return -2 ln likelihood + 2k ln n: k means, k - 1 shares and one spread are fitted."""
    size = np.bincount(cut.classes[row])
    mean = np.bincount(cut.classes[row], np.log(days)) / size
    log_chance = np.log(size / len(days))[cut.classes[row]]
    fits = (_log_chances(days, mean[cut.classes[row]], spread) for spread in _SPREADS)
    best = max(float((log_chance + fit).sum()) for fit in fits)
    return float(2 * len(size) * np.log(len(days)) - 2.0 * best)


def _log_chances(days: Floats, mean: Floats, spread: float) -> Floats:
    """Return the log chance of all that rounds to a whole day, for a spread of log rates."""
    # In logarithms, the scatter of a Poisson count of mean r has variance 1 / r.
    width = np.sqrt(spread**2 + np.exp(-mean))
    # Less than half a day would have been seen as 1 too: the lowest day has no lower edge.
    low = np.log(np.where(days > 1, days - 0.5, np.nan))
    below = np.where(days > 1, ndtr((low - mean) / width), 0.0)
    chance = ndtr((np.log(days + 0.5) - mean) / width) - below
    return np.asarray(np.log(np.maximum(chance, _LEAST_CHANCE)), dtype=np.float64)


def _null_fit(days: Floats, number: int, draws: int, seed: int) -> float:
    """Return the fit that so many circles reach in 95 % of crowds without circles."""
    rng, logs = np.random.default_rng(seed), np.log(days)
    # Maximum likelihood of a gamma in closed form, within 1.5 % (Minka 2002).
    skew = np.log(days.mean()) - logs.mean()
    shape = (3.0 - skew + np.sqrt((skew - 3.0) ** 2 + 24.0 * skew)) / (12.0 * skew)
    crowds = (
        rng.lognormal(logs.mean(), logs.std(), (draws, len(days))),
        rng.gamma(shape, days.mean() / shape, (draws, len(days))),
    )
    seen = [np.log(np.clip(np.rint(crowd), 1.0, YEAR)) for crowd in crowds]
    fits = [[_fit(crowd, number) for crowd in kind] for kind in seen]
    return float(np.quantile(fits, LEVEL, axis=1).max())


def _fit(logs: Floats, number: int) -> float:
    """Return the fit of so many classes; fewer distinct values are parted without a rest."""
    fit = breaks(logs, number).fit
    return float(fit[-1]) if len(fit) == number else 1.0
