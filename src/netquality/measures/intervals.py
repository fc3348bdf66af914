"""Intervals of figures by a weekly block bootstrap: what other weeks could have shown.

Contact comes in bursts, so weeks are drawn, not events: each draw counts a week of the last
year twice, once or not at all, in its place. Habits that change over years are kept apart by
drawing within each year.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["DRAWS", "WEEKS", "ends_of", "lone_scale", "seen_draws", "week_weights"]

WEEKS, DRAWS = 52, 500
_LEVEL = 0.95
# Draws have a mean that is seldom whole; an end that misses a whole number by less is that one.
_NEARLY = 1e-9

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def week_weights(weeks: int, draws: int = DRAWS, seed: int = 0) -> Floats:
    """Return how often each week counts in each draw, newest week first.

    Parameters
    ----------
    weeks
        Number of weeks; each year of 52 is drawn by itself, with replacement.
    draws
        Number of draws.
    seed
        Of the draws; the same seed gives the same ones.

    Returns
    -------
    array of shape (weeks, draws)
        Every column sums to the number of weeks.

    Examples
    --------
    >>> drawn = week_weights(60, 3)
    >>> drawn[:52].sum(axis=0).tolist(), drawn[52:].sum(axis=0).tolist()
    ([52.0, 52.0, 52.0], [8.0, 8.0, 8.0])
    """
    rng = np.random.default_rng([seed, weeks, draws])
    sizes = [min(WEEKS, weeks - first) for first in range(0, weeks, WEEKS)]
    years = [rng.multinomial(size, np.full(size, 1.0 / size), size=draws).T for size in sizes]
    return np.concatenate(years).astype(np.float64) if years else np.zeros((0, draws))


def ends_of(
    estimate: float,
    drawn: Floats,
    *,
    least: float = 0.0,
    most: float = np.inf,
    whole: bool = False,
) -> tuple[float, float]:
    """Return the 95 % interval of a figure from its draws.

    Draws of figures that are not sums are biased to one side (a drawn year has fewer
    different people); what is used is how they spread around their own mean.

    Parameters
    ----------
    estimate
        The figure itself.
    drawn
        The figure in each draw; missing values are left out.
    least, most
        Ends of the scale.
    whole
        Whether it counts people: then the ends are whole numbers, rounded outwards.

    Examples
    --------
    >>> ends_of(10.0, np.array([7.0, 8.0, 9.0]), least=9.5)
    (9.5, 10.95)
    >>> ends_of(10.0, np.array([7.0, 8.0, 9.0]), whole=True)
    (9.0, 11.0)
    """
    known = drawn[np.isfinite(drawn)]
    if not np.isfinite(estimate) or known.size < 2:
        return np.nan, np.nan
    tail = (1.0 - _LEVEL) / 2.0
    spread = np.quantile(known, [tail, 1.0 - tail]) - known.mean()
    low, high = np.clip(estimate + spread, least, most)
    if whole:
        low, high = np.floor(low + _NEARLY), np.ceil(high - _NEARLY)
    return float(low) + 0.0, float(high) + 0.0


def seen_draws(alter: Ints, week: Ints, weights: Floats) -> Floats:
    """Return draws of the number of different people seen, given who was seen in which weeks.

    A draw that simply left weeks out would lose people and never gain one. What matters is
    who was seen in a single week: had it been another week, they might have been missed, and
    others like them seen. So each week stands for as many people as were seen in it alone,
    as often as it is drawn. For Poisson contact that variance, the number of people seen in
    one week (Q1), is a little too large; Q1 - Q2/2 is close to exp(-c)(1 - exp(-c)), which it
    should be, for the mean numbers of weeks c that matter (own derivation).

    Parameters
    ----------
    alter, week
        Pairs of a person and a week, each once.
    weights
        From `week_weights`.

    Examples
    --------
    One of three people was seen in one week only; a draw counts that week twice:

    >>> alter, week = np.array([0, 0, 0, 1, 1, 1, 2]), np.array([0, 1, 2, 0, 1, 2, 1])
    >>> seen_draws(alter, week, np.array([[1.0, 1.0], [2.0, 0.0], [0.0, 2.0]])).tolist()
    [4.0, 2.0]
    """
    times = np.bincount(alter)
    once = times[alter] == 1
    single = np.bincount(week[once], minlength=len(weights)).astype(np.float64)
    drawn = single @ weights - single.sum()
    return np.asarray((times > 0).sum() + lone_scale(times) * drawn)


def lone_scale(times: Ints) -> float:
    """Return by how much to shrink draws of who was seen once: the root of 1 - Q2 / (2 Q1).

    Examples
    --------
    >>> lone_scale(np.array([1, 1, 2, 3]))
    0.8660254037844386
    """
    once, twice = int((times == 1).sum()), int((times == 2).sum())
    return float(np.sqrt(max(0.5, 1.0 - twice / (2.0 * once)))) if once else 0.0
