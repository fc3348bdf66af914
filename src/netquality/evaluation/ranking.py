"""How well a score tells two groups apart, with an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Interval", "auc", "pooled", "weighted_auc", "wilson"]

Floats: TypeAlias = npt.NDArray[np.float64]

_Z = 1.959963984540054


class Interval(NamedTuple):
    """A value between its bounds; `str` gives it with three digits."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def auc(scores_pos: npt.ArrayLike, scores_neg: npt.ArrayLike) -> float:
    """Return the share of pairs in which the positive has the higher score.

    Parameters
    ----------
    scores_pos, scores_neg
        Scores of the two groups, none missing.

    Returns
    -------
    float
        From 0 to 1; a tie counts half, so a score that says nothing has 0.5.

    Raises
    ------
    BadInput
        When a group is empty or a score is missing.

    Examples
    --------
    >>> auc([3, 2], [1, 2])
    0.875
    """
    pos, neg = _scores(scores_pos), _scores(scores_neg)
    return _auc(pos, np.sort(neg))


def _auc(pos: Floats, ordered: Floats) -> float:
    below = np.searchsorted(ordered, pos, "left") + np.searchsorted(ordered, pos, "right")
    return float(below.mean() / (2 * len(ordered)))


def weighted_auc(score: npt.ArrayLike, positive: npt.ArrayLike, weight: npt.ArrayLike) -> float:
    """Return the AUC of weighted cases; equal scores count half.

    Parameters
    ----------
    score, positive, weight
        Of each case; positive is true or false. A case of weight 2 counts as two cases.

    Examples
    --------
    >>> weighted_auc([3, 2, 1, 2], [True, True, False, False], [1, 1, 1, 1])
    0.875
    >>> weighted_auc([3, 2, 1, 2], [True, True, False, False], [0, 1, 1, 3])
    0.625
    """
    hit, each = np.asarray(positive, dtype=bool), np.asarray(weight, dtype=np.float64)
    values, place = np.unique(np.asarray(score, dtype=np.float64), return_inverse=True)
    pos = np.bincount(place, each * hit, minlength=len(values))
    neg = np.bincount(place, each * ~hit, minlength=len(values))
    below = np.cumsum(neg) - neg
    return float((pos * (below + neg / 2)).sum() / (pos.sum() * neg.sum()))


def pooled(
    groups: Sequence[tuple[npt.ArrayLike, npt.ArrayLike]],
    *,
    rounds: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Return the mean AUC of several samples with a bootstrap interval.

    Whole samples are drawn again first, then the scores inside each: people of one sample
    share its luck, and a single sample has only its people to vary.

    Parameters
    ----------
    groups
        Positive and negative scores of each sample; one sample is enough.
    rounds
        Number of bootstrap draws.
    level
        Coverage of the percentile interval.
    seed
        The same seed gives the same interval.

    Raises
    ------
    BadInput
        When there is no sample, a group is empty or a score is missing.

    Examples
    --------
    >>> print(pooled([([3, 4, 5], [1, 2]), ([2, 6], [1, 0])]))
    1.000 [1.000, 1.000]
    """
    samples = [(_scores(pos), np.sort(_scores(neg))) for pos, neg in groups]
    if not samples:
        raise BadInput("There is no sample to rate.", accepted="Scores of at least one sample.")
    rng = np.random.default_rng(seed)
    draws = [_drawn(samples, rng) for _ in range(rounds)]
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(np.mean([_auc(*sample) for sample in samples])), float(low), float(high))


def _drawn(samples: list[tuple[Floats, Floats]], rng: np.random.Generator) -> float:
    chosen = rng.integers(0, len(samples), len(samples))
    return float(np.mean([_auc(*(_again(half, rng) for half in samples[i])) for i in chosen]))


def _again(scores: Floats, rng: np.random.Generator) -> Floats:
    # Picks of sorted scores at sorted places are sorted, as `_auc` needs its second group.
    return scores[np.sort(rng.integers(0, len(scores), len(scores)))]


def _scores(values: npt.ArrayLike) -> Floats:
    scores = np.asarray(values, dtype=np.float64)
    if scores.size == 0 or np.isnan(scores).any():
        raise BadInput(
            "A group of scores is empty or lacks some.",
            accepted="At least one score, none missing.",
            todo="Leave out whom the score says nothing about, or give them its least value.",
        )
    return scores


def wilson(hits: int, tries: int) -> Interval:
    """Return a share with its 95 % interval (Wilson 1927); missing of nothing.

    Examples
    --------
    >>> str(wilson(9, 10))
    '0.900 [0.596, 0.982]'
    """
    if not tries:
        return Interval(np.nan, np.nan, np.nan)
    share, extra = hits / tries, _Z**2 / tries
    middle = (share + extra / 2) / (1 + extra)
    half = _Z / (1 + extra) * np.sqrt(share * (1 - share) / tries + extra / (4 * tries))
    low = 0.0 if hits == 0 else float(middle - half)
    return Interval(share, low, 1.0 if hits == tries else float(middle + half))
