"""Logistic regression with a prior: weights from data, held near what was known before.

Several samples (networks, or periods of one) share their weights and keep a level each. Weights
are shrunk towards a prior by a ridge, and may be kept from going below 0 where a sign is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Fit", "Sample", "Scale", "chance", "fitted", "levelled", "margin", "scale_of"]

Floats = npt.NDArray[np.float64]

# A level has hardly a prior: it keeps a sample of one outcome from running away.
_LEVEL = 1e-3
_NORMAL = 1.96


class Sample(NamedTuple):
    """Cases of one network or period.

    Features, outcomes (0 to 1), what each case counts, and log-odds known beforehand.
    """

    x: Floats
    y: Floats
    weight: Floats
    offset: Floats | float = 0.0


class Scale(NamedTuple):
    """Middle and spread of features; what all cases have alike has a spread of 1."""

    middle: Floats
    spread: Floats

    def of(self, x: Floats) -> Floats:
        """Return features in standard deviations."""
        return np.asarray((x - self.middle) / self.spread)


def scale_of(x: Floats) -> Scale:
    """Return the scale of some cases, a column a feature.

    Examples
    --------
    >>> scale_of(np.array([[0.0, 5.0], [2.0, 5.0]])).of(np.array([[3.0, 6.0]])).tolist()
    [[2.0, 1.0]]
    """
    spread = x.std(axis=0)
    return Scale(x.mean(axis=0), np.where(spread > 1e-9, spread, 1.0))


@dataclass(frozen=True, eq=False)
class Fit:
    """Weights, a level for each sample, and the covariance of weights and the last level."""

    weights: Floats
    levels: Floats
    covariance: Floats


def chance(score: Floats) -> Floats:
    """Return the probability of log-odds.

    Examples
    --------
    >>> chance(np.array([0.0, 2.0])).round(3).tolist()
    [0.5, 0.881]
    """
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -500.0, 500.0))))


def fitted(
    samples: Sequence[Sample],
    prior: Floats,
    ridge: float | Floats,
    *,
    nonnegative: bool = False,
    level: tuple[float, float] = (0.0, _LEVEL),
) -> Fit:
    """Fit weights to samples.

    Parameters
    ----------
    samples
        At least one. A sample whose outcomes are all alike tells nothing of the weights.
    prior
        What the weights are without data.
    ridge
        How much data it takes to move them: the inverse variance of the prior, for all weights
        or each.
    nonnegative
        Keep every weight at 0 or above.
    level
        What a level is without data, and the inverse variance of that.

    Examples
    --------
    >>> x = np.array([[-1.0], [-1.0], [1.0], [1.0]])
    >>> one = Sample(x, np.array([0.0, 1.0, 1.0, 1.0]), np.ones(4))
    >>> far = fitted([one], np.array([0.0]), 100.0).weights
    >>> near = fitted([one], np.array([0.0]), 0.1).weights
    >>> float(far[0].round(2)), float(near[0].round(2))
    (0.01, 1.53)
    """
    size, count, (usual, hold) = len(prior), len(samples), level

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, total, slope = point[:size], 0.0, np.zeros_like(point)
        for place, (x, y, weight, offset) in enumerate(samples):
            score = x @ weights + point[size + place] + offset
            total += float((weight * (np.logaddexp(0.0, score) - y * score)).sum())
            error = weight * (chance(score) - y)
            slope[:size] += x.T @ error
            slope[size + place] = error.sum() + hold * (point[size + place] - usual)
        away = weights - prior
        slope[:size] += ridge * away
        levels = 0.5 * hold * float(((point[size:] - usual) ** 2).sum())
        return total + 0.5 * float((ridge * away) @ away) + levels, slope

    least = 0.0 if nonnegative else None
    bounds = [(least, None)] * size + [(None, None)] * count
    start = np.r_[np.maximum(prior, 0.0) if nonnegative else prior, np.full(count, usual)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    weights, levels = found.x[:size], found.x[size:]
    return Fit(weights, levels, _covariance(samples, weights, levels, ridge, hold))


def _covariance(
    samples: Sequence[Sample],
    weights: Floats,
    levels: Floats,
    ridge: float | Floats,
    hold: float,
) -> Floats:
    """Return the Laplace covariance; the level is the last sample's."""
    size = len(weights)
    bend = np.zeros((size + 1, size + 1))
    for place, ((x, _, weight, offset), level) in enumerate(zip(samples, levels, strict=True)):
        likely = chance(x @ weights + level + offset)
        some = np.c_[x, np.ones(len(x))] * (weight * likely * (1.0 - likely))[:, None]
        own = some.T @ np.c_[x, np.ones(len(x))]
        # Each sample has its own level: what it takes of the weights is taken off.
        bend[:size, :size] += own[:size, :size]
        if place < len(samples) - 1:
            bend[:size, :size] -= np.outer(own[:size, -1], own[-1, :size]) / (own[-1, -1] + hold)
    bend[:size, -1], bend[-1, :size], bend[-1, -1] = own[:size, -1], own[-1, :size], own[-1, -1]
    bend += np.diag(np.r_[np.full(size, ridge), hold])
    return np.asarray(np.linalg.inv(bend))


def margin(x: Floats, covariance: Floats, more: float = 0.0) -> Floats:
    """Return how far the ends of 95 % intervals lie from log-odds.

    Parameters
    ----------
    x
        Features of the cases, a column a weight; a level is a weight of ones, the last.
    covariance
        Of weights and level.
    more
        Variance to be added, the same for all.

    Examples
    --------
    >>> margin(np.array([[1.0, 1.0]]), np.diag([3.0, 1.0])).round(2).tolist()
    [3.92]
    """
    return np.asarray(_NORMAL * np.sqrt(np.einsum("ij,jk,ik->i", x, covariance, x) + more))


def levelled(
    score: Floats,
    y: Floats,
    *,
    prior: float = 0.0,
    strength: float = 1.0,
    weight: Floats | None = None,
) -> float:
    """Return what to add to log-odds so that their chances add up to what happened.

    Parameters
    ----------
    score
        Log-odds.
    y
        Outcomes, 0 or 1.
    prior
        What to add where there are few cases.
    strength
        How many cases' worth of information the prior has.
    weight
        What each case counts; by default 1.

    Examples
    --------
    >>> score = np.full(400, -1.0)
    >>> round(levelled(score, np.r_[np.ones(200), np.zeros(200)]), 2)
    1.0
    """
    shift, each = prior, np.ones(len(y)) if weight is None else weight
    for _ in range(50):
        likely = chance(score + shift)
        pull = strength / 4.0
        slope = (each * (y - likely)).sum() - pull * (shift - prior)
        step = slope / ((each * likely * (1.0 - likely)).sum() + pull)
        shift += float(np.clip(step, -2.0, 2.0))
        if abs(step) < 1e-9:
            break
    return float(shift)
