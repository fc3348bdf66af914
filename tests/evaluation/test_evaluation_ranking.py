"""The measures that judge the scores are right themselves."""

from __future__ import annotations

import numpy as np
import pytest

from netquality.errors import BadInput
from netquality.evaluation.ranking import auc, pooled


def by_hand(pos: np.ndarray, neg: np.ndarray) -> float:
    return float((pos[:, None] > neg).mean() + (pos[:, None] == neg).mean() / 2)


@pytest.mark.parametrize("seed", range(5))
def test_auc_is_the_share_of_pairs_in_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pos, neg = rng.integers(0, 9, 31).astype(float), rng.integers(0, 7, 57).astype(float)
    assert auc(pos, neg) == pytest.approx(by_hand(pos, neg))
    assert auc(pos, neg) + auc(neg, pos) == pytest.approx(1.0)


def test_auc_depends_on_the_order_only() -> None:
    pos, neg = np.array([0.2, 0.9, -4.0]), np.array([0.1, 0.8, 0.2])
    assert auc(pos, neg) == auc(np.exp(pos), np.exp(neg))


def test_a_score_that_says_nothing_has_one_half() -> None:
    assert auc([1, 1], [1, 1, 1]) == 0.5


@pytest.mark.parametrize("bad", [[], [float("nan"), 1.0]])
def test_missing_scores_are_refused_not_ranked(bad: list[float]) -> None:
    with pytest.raises(BadInput, match="group of scores"):
        auc(bad, [1.0])
    with pytest.raises(BadInput, match="group of scores"):
        auc([1.0], bad)


def test_the_interval_holds_the_value_and_repeats_itself() -> None:
    rng = np.random.default_rng(1)
    groups = [(rng.normal(1.0, 1.0, 30), rng.normal(0.0, 1.0, 90)) for _ in range(4)]
    found = pooled(groups, rounds=300, seed=5)
    assert found.low < found.value < found.high
    assert found == pooled(groups, rounds=300, seed=5)
    assert found != pooled(groups, rounds=300, seed=6)


def test_the_interval_covers_as_often_as_it_says() -> None:
    """Normal scores one deviation apart have an AUC of 0.760."""
    rng = np.random.default_rng(2)
    hits = 0
    for trial in range(60):
        groups = [(rng.normal(1.0, 1.0, 60), rng.normal(0.0, 1.0, 60))]
        low, high = pooled(groups, rounds=200, seed=trial)[1:]
        hits += low <= 0.7602 <= high
    assert 51 <= hits <= 60


def test_more_scores_make_a_narrower_interval() -> None:
    rng = np.random.default_rng(3)
    few, many = (
        pooled([(rng.normal(1, 1, size), rng.normal(0, 1, size))], rounds=300) for size in (20, 500)
    )
    assert many.high - many.low < (few.high - few.low) / 2


def test_no_sample_is_refused() -> None:
    with pytest.raises(BadInput, match="no sample"):
        pooled([])
