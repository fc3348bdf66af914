"""Weights are found where data tell them, and stay at the prior where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from netquality.ties.fitting import Sample, chance, fitted, levelled


def made(seed: int, size: int, weights: list[float], level: float) -> Sample:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(size, len(weights)))
    y = (rng.random(size) < chance(x @ np.array(weights) + level)).astype(float)
    return Sample(x, y, np.ones(size))


def test_planted_weights_and_levels_are_found_within_their_intervals() -> None:
    hits = tries = 0
    for seed in range(60):
        found = fitted([made(seed, 400, [1.0, -0.5], 0.3), made(seed + 999, 400, [1.0, -0.5], -1)],
                       np.zeros(2), 0.01)  # fmt: skip
        error = 1.96 * np.sqrt(np.diag(found.covariance))
        away = np.abs(np.r_[found.weights, found.levels[-1]] - [1.0, -0.5, -1.0])
        hits, tries = hits + int((away < error).sum()), tries + 3
    assert hits / tries == pytest.approx(0.95, abs=0.05)


def test_without_news_the_prior_stands() -> None:
    alike = Sample(np.zeros((50, 2)), np.r_[np.zeros(25), np.ones(25)], np.ones(50))
    assert fitted([alike], np.array([0.7, 0.2]), 1.0).weights == pytest.approx([0.7, 0.2])


def test_a_known_sign_is_kept() -> None:
    found = fitted([made(1, 500, [-1.0, 0.5], 0.0)], np.zeros(2), 0.1, nonnegative=True)
    assert found.weights[0] == 0.0
    assert found.weights[1] > 0.2


def test_one_outcome_only_runs_nowhere() -> None:
    never = Sample(np.random.default_rng(0).normal(size=(30, 1)), np.zeros(30), np.ones(30))
    found = fitted([never], np.array([0.5]), 10.0)
    assert np.isfinite([*found.weights, *found.levels]).all()
    assert abs(found.weights[0] - 0.5) < 0.3


def test_a_level_makes_chances_add_up_to_what_came() -> None:
    score = np.random.default_rng(3).normal(size=2_000)
    y = (np.arange(2_000) % 10 == 0).astype(float)
    shift = levelled(score, y)
    assert chance(score + shift).sum() == pytest.approx(200, abs=1)


def test_few_cases_leave_the_level_near_its_prior() -> None:
    assert levelled(np.zeros(2), np.ones(2), prior=0.0, strength=100.0) < 0.1
    assert levelled(np.array([]), np.array([]), prior=0.4) == pytest.approx(0.4)
