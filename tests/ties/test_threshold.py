"""Favours with known curves: what is learned from outcomes covers them, and outcomes are needed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from netquality import decisions
from netquality.cli.app import cli
from netquality.evaluation.ranking import wilson
from netquality.ties import threshold
from netquality.ties.threshold import FAVOURS, WAYS, acting, needed, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
WORLDS = 60


@pytest.fixture(scope="module")
def favours() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield import_module("favours")


def test_the_words_are_those_that_can_be_recorded() -> None:
    assert tuple(FAVOURS) == decisions.FAVOURS
    assert tuple(WAYS) == decisions.WAYS
    (by,) = (each for each in cli.commands["ladder"].params if each.name == "way")
    assert tuple(by.type.choices) == decisions.WAYS


def test_intervals_cover_known_curves(favours: Any) -> None:
    """At least 90 % of worlds, with the whole interval of that share above it."""
    found = [favours.covered(truth, WORLDS) for truth in favours.CURVES.values()]
    worlds = sum(one.worlds for one in found)
    assert wilson(sum(one.learned for one in found), worlds).low > 0.9
    # What looks at no outcome does not reach that: the curves are none of the assumed.
    assert wilson(sum(one.assumed for one in found), worlds).high < 0.5


def cases(count: int) -> tuple[Any, ...]:
    rng = np.random.default_rng(4)
    strength = rng.uniform(0.05, 0.95, count)
    acted = (rng.random(count) < strength).astype(np.float64)
    return strength, np.zeros(count), acted, np.arange(count).astype(str).astype(object)


def test_thirty_outcomes_are_needed() -> None:
    assert recorded("answer", *cases(29)) is None
    found = recorded("answer", *cases(30))
    assert found is not None
    assert found.outcomes == 30


def test_more_outcomes_narrow_the_interval() -> None:
    strength = np.linspace(0.05, 0.95, 100)
    widths = []
    for count in (30, 120, 480):
        curve = recorded("answer", *cases(count))
        assert curve is not None
        low, high = curve.helpers(strength)
        widths.append(high - low)
    assert widths[0] > 1.3 * widths[1] > 1.3 * 1.3 * widths[2]


def test_one_person_asked_often_is_no_crowd() -> None:
    """Forty outcomes of forty people say more than forty of one."""
    strength, way, acted, people = cases(40)
    many = recorded("answer", strength, way, acted, people)
    one = recorded("answer", strength, way, acted, np.full(40, "odo", dtype=object))
    assert many is not None
    assert one is not None
    assert one.covariance[1, 1] > 2 * many.covariance[1, 1]


def test_ways_to_ask_by_hand() -> None:
    """Of an even chance in person mail leaves 1 / (1 + e^2) = .119."""
    tie = pd.Series([1 / (1 + np.exp(-2))])
    assert acting(tie, "answer", 1.0)[0] == pytest.approx(0.5)
    assert acting(tie, "answer", 1.0, "mail")[0] == pytest.approx(0.1192, abs=1e-4)
    # Threshold 4 and mail 2 make 6: an even chance at log-odds 6 / 2 = 3 and 6 / 1 = 6.
    low, high = needed("introduction", "mail")
    assert low == pytest.approx(1 / (1 + np.exp(-3)))
    assert high == pytest.approx(1 / (1 + np.exp(-6)))


def test_needed_of_a_learned_curve() -> None:
    """A curve as sure as can be has one strength with an even chance: level -1, slope 2, at .62."""
    curve = threshold.Recorded(2.0, -1.0, np.zeros((2, 2)), 100)
    low, high = curve.needed()
    assert low == pytest.approx(high)
    assert low == pytest.approx(1 / (1 + np.exp(-0.5)), abs=0.003)
    never = threshold.Recorded(0.0, -1.0, np.zeros((2, 2)), 100)
    assert never.needed() == (1.0, 1.0)
