"""The weekly block bootstrap: what it draws, and whether its intervals hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.measures.figures import figures_of
from netquality.measures.intervals import WEEKS, ends_of, seen_draws, week_weights
from netquality.measures.year import week_of

YEARS = 200


@given(st.integers(1, 900), st.integers(1, 20))
def test_every_year_is_drawn_by_itself(weeks: int, draws: int) -> None:
    weights = week_weights(weeks, draws)
    assert weights.shape == (weeks, draws)
    for first in range(0, weeks, WEEKS):
        year = weights[first : first + WEEKS]
        assert (year.sum(axis=0) == len(year)).all()


def test_draws_are_the_same_for_the_same_seed_only() -> None:
    assert (week_weights(52, 50, 1) == week_weights(52, 50, 1)).all()
    assert (week_weights(52, 50, 1) != week_weights(52, 50, 2)).any()


def test_weeks_of_a_year() -> None:
    ages = np.arange(2 * 365)
    weeks = week_of(ages)
    assert weeks.max() == 2 * WEEKS - 1
    assert np.bincount(weeks)[:51].tolist() == [7] * 51
    assert np.bincount(weeks)[51] == 8, "A year has 52 weeks and a day."


def test_an_interval_without_draws_is_unknown() -> None:
    assert np.isnan(ends_of(3.0, np.array([]))).all()
    assert np.isnan(ends_of(np.nan, np.array([1.0, 2.0]))).all()
    assert ends_of(3.0, np.array([3.0, 3.0, np.nan])) == (3.0, 3.0)


def test_who_was_seen_every_week_is_no_matter_of_luck() -> None:
    alter, week = np.repeat(np.arange(5), WEEKS), np.tile(np.arange(WEEKS), 5)
    assert (seen_draws(alter, week, week_weights(WEEKS, 100)) == 5).all()


def lived(rng: np.random.Generator, rates: np.ndarray) -> pd.DataFrame:
    """One year of somebody's habits: Poisson contact, weeks that are busy or idle.

    The person also speaks to many, on about 30 mornings to a dozen people.
    """
    busy = rng.gamma(8.0, 1 / 8.0, WEEKS)
    count = rng.poisson(rates[:, None] * busy[None, :] / WEEKS)
    out = rng.binomial(count, 0.5)
    alter, week = np.nonzero(count)
    near = count[alter, week]
    sent = out[alter, week]
    rows = pd.DataFrame({"person": "zora", "alter": alter, "week": week})
    rows = rows.assign(days=np.minimum(near, 7), sessions=near, out=sent, back=near - sent)
    rows = rows.assign(near_out=sent, near_back=near - sent, personal=sent, many=0)
    mail = rng.poisson(30 / WEEKS, WEEKS)
    wide = pd.DataFrame({"week": np.repeat(np.arange(WEEKS), 12 * mail)})
    wide = wide.assign(alter=rng.integers(0, len(rates), len(wide)), person="zora", many=1)
    both = pd.concat([rows, wide.assign(sessions=1, out=1)]).fillna(0)
    cells = both.groupby(["person", "alter", "week"], as_index=False).sum()
    cells["alter"] = pd.factorize(cells["alter"])[0]
    return cells[[*("person", "alter", "week"), *rows.columns[3:]]]


@pytest.fixture(scope="module")
def years() -> dict[str, np.ndarray]:
    """Estimates and interval ends of many years of the same habits."""
    rng = np.random.default_rng(5)
    # A few close, some now and then, many hardly ever: what a year shows is partly luck.
    rates = np.r_[rng.uniform(12, 80, 15), rng.uniform(1, 12, 60), rng.uniform(0.05, 1, 250)]
    weights = week_weights(WEEKS, 300)
    found: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(YEARS):
        for name, figure in figures_of(lived(rng, rates), weights).items():
            found.setdefault(name, []).append((figure.value, *figure.ends()))
    return {name: np.array(rows) for name, rows in found.items()}


FIGURES = ["active", "two_way", "close", "two_way_share", "diversity", "gini", "one_to_one"]


@pytest.mark.parametrize("figure", FIGURES)
def test_intervals_of_one_year_hold_the_mean_of_all_years(
    years: dict[str, np.ndarray], figure: str
) -> None:
    value, low, high = years[figure].T
    truth = value.mean()
    inside = ((low <= truth) & (truth <= high)).mean()
    # 90 to 97 % are asked for; 200 years tell a share to about 3 points.
    assert 0.88 <= inside <= 0.995, f"{figure}: {inside:.1%} of the intervals hold {truth:.3g}"


def test_leaving_weeks_out_alone_would_not_hold(years: dict[str, np.ndarray]) -> None:
    """The plain percentile interval of a number of people seen misses the truth every time."""
    rng = np.random.default_rng(6)
    rates = np.r_[rng.uniform(12, 80, 15), rng.uniform(1, 12, 60), rng.uniform(0.05, 1, 250)]
    cells, weights = lived(rng, rates), week_weights(WEEKS, 300)
    seen = np.zeros((int(cells["alter"].max()) + 1, WEEKS), dtype=bool)
    seen[cells["alter"], cells["week"]] = True
    plain = np.quantile((seen.astype(float) @ weights > 0).sum(axis=0), [0.025, 0.975])
    assert plain[1] < len(seen), "Every draw loses people, none gains one."
    assert years["active"][:, 2].mean() > years["active"][:, 0].mean()
