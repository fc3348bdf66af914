"""The planted truth is hard: the simplest rules fail on it, reciprocity with decay does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from netquality.samples.clock import DAY, END_DAY, MONTH
from netquality.samples.world import World, make_world

if TYPE_CHECKING:
    import numpy.typing as npt

SEEDS = (1, 2, 3, 4, 5, 6)
HALF_LIFE = 180.0


def ordered(strong: pd.Series, weak: pd.Series) -> float:
    """Share of (strong, weak) pairs in the right order; a tie counts one half."""
    ranks = pd.concat([strong, weak]).rank().to_numpy()[: len(strong)]
    below = ranks.sum() - len(strong) * (len(strong) + 1) / 2
    return float(below / (len(strong) * len(weak)))


def told(world: World) -> pd.DataFrame:
    """What messages alone say of each contact who has any."""
    direct = world.messages[world.messages["what"] == "direct"]
    age = (END_DAY - direct["at"] // DAY).to_numpy()
    weight = 2.0 ** (-age / HALF_LIFE)
    theirs = (direct["sender"] >= 0).to_numpy()
    by = direct.assign(
        age=age, day=direct["at"] // DAY, got=weight * theirs, gave=weight * ~theirs, theirs=theirs
    ).groupby("contact")
    table = pd.DataFrame(
        {
            "count": by.size(),
            "recent": -by["age"].min(),
            "both": np.minimum(by["got"].sum(), by["gave"].sum()),
            "received": by["theirs"].sum(),
            "days": by["day"].nunique(),
        }
    )
    return table.join(world.people[["planted", "kind"]])


@pytest.fixture(scope="module", params=SEEDS)
def world(request: pytest.FixtureRequest) -> World:
    return make_world(500, 5000, request.param)


def scored(table: pd.DataFrame, measure: str) -> float:
    strong = table["planted"] == "strong"
    weak = ~strong & (table["planted"] != "medium")
    return ordered(table.loc[strong, measure], table.loc[weak, measure])


def test_counting_fails_and_two_way_contact_does_not(world: World) -> None:
    table = told(world)
    assert scored(table, "count") < 0.85
    assert scored(table, "recent") < 0.85
    assert scored(table, "both") > 0.97


def test_hard_cases_are_as_frequent_as_friends(world: World) -> None:
    median = told(world).groupby("planted")["count"].median()
    assert median["dormant"] > 0.8 * median["strong"]
    assert median["broadcaster"] > median["strong"] / 2
    assert median["outreach"] > median["strong"] / 2


def test_classes_do_what_they_are_called(world: World) -> None:
    table = told(world)
    by = dict(iter(table.groupby("planted")))
    both_ways = ("strong", "medium", "dormant")
    for name in both_ways:
        assert (by[name]["received"] > 0).all()
        assert (by[name]["received"] < by[name]["count"]).all()
    assert (by["dormant"]["recent"] < -800).all()
    assert (by["broadcaster"]["received"] == by["broadcaster"]["count"]).all()
    assert (by["outreach"]["received"] == 0).all()
    assert by["strong"]["recent"].min() > -160


def test_strong_ties_are_about_monthly_to_weekly(world: World) -> None:
    direct = world.messages[world.messages["what"] == "direct"]
    strong = world.people.index[world.people["planted"] == "strong"]
    rows = direct[direct["contact"].isin(strong)]
    days = (rows["at"] // DAY).groupby(rows["contact"])
    months = (END_DAY + 1 - days.min()) / MONTH
    rate = days.nunique() / months
    assert months.min() > 8
    assert rate.min() > 1.0
    assert rate.max() < 9.0
    assert rate.max() > 2 * rate.median() or rate.std() > 0.5


def auc_by_hand(strong: npt.NDArray[np.float64], weak: npt.NDArray[np.float64]) -> float:
    wins = (strong[:, None] > weak).mean() + (strong[:, None] == weak).mean() / 2
    return float(wins)


def test_the_yardstick_is_right() -> None:
    rng = np.random.default_rng(3)
    strong, weak = rng.integers(0, 9, 40).astype(float), rng.integers(0, 7, 70).astype(float)
    assert ordered(pd.Series(strong), pd.Series(weak)) == pytest.approx(auc_by_hand(strong, weak))
