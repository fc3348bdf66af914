"""What is planted in everyday life: hard for simple rules, within reach of the right one."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from netquality.samples.clock import DAY, END, END_DAY
from netquality.samples.media.bonds import DEPTH, MEDIA, closeness
from netquality.samples.media.plan import Plan, make_plan
from netquality.samples.media.truth import figures
from netquality.samples.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = (1, 2, 3, 7)
HALF_LIFE = 240.0
CONTACTS, MESSAGES = 300, 3000


class Known:
    """A world with its everyday life, and the truth of its contacts."""

    def __init__(self, seed: int) -> None:
        self.world: World = make_world(CONTACTS, MESSAGES, seed)
        self.plan: Plan = make_plan(self.world, MESSAGES, END)
        self.figures = figures(self.plan, END_DAY).iloc[:CONTACTS]
        self.near = self.figures["closeness"].to_numpy()

    @property
    def linkedin(self) -> pd.DataFrame:
        direct = self.world.messages[self.world.messages["what"] == "direct"]
        columns = {"who": direct["contact"], "medium": "linkedin", "at": direct["at"]}
        return pd.DataFrame({**columns, "theirs": direct["sender"] >= 0, "seconds": np.nan})

    @property
    def every(self) -> pd.DataFrame:
        return pd.concat([self.plan.rows, self.linkedin], ignore_index=True)

    def rho(self, scores: pd.Series, among: Any = slice(None)) -> float:
        """Spearman's correlation with the planted closeness, of contacts."""
        full = scores.reindex(range(CONTACTS)).fillna(0.0)
        pair = pd.DataFrame({"a": full.to_numpy()[among], "b": self.near[among]})
        return float(pair.rank().corr().loc["a", "b"])


def weighed(rows: pd.DataFrame) -> pd.Series:
    """Two-way days, faded by half in eight months, a deeper medium worth more."""
    whole = rows["medium"].isin(["call", "meeting"])
    rows = rows.assign(day=rows["at"] // DAY, a=rows["theirs"] | whole, b=~rows["theirs"] | whole)
    rows = rows[~(whole & (rows["seconds"] == 0))]
    both = rows.groupby(["who", "medium", "day"])[["a", "b"]].any().all(axis=1)
    found = both[both].reset_index()
    worth = 0.5 ** ((END_DAY - found["day"]) / HALF_LIFE) * found["medium"].map(DEPTH)
    return worth.groupby(found["who"]).sum()


@pytest.fixture(scope="module", params=SEEDS)
def known(request: pytest.FixtureRequest) -> Known:
    return Known(request.param)


def test_linkedin_is_a_poor_guide(known: Known) -> None:
    spells = known.plan.spells
    only = closeness(spells[spells["medium"] == "linkedin"], len(known.plan.people), END_DAY)
    assert 0.45 < known.rho(pd.Series(only)) < 0.65
    assert known.rho(weighed(known.linkedin)) < 0.45


def test_all_sources_tell_more_than_any_one(known: Known) -> None:
    whole = known.rho(weighed(known.every))
    assert whole > 0.58
    one = {medium: known.rho(weighed(known.plan.of(medium))) for medium in MEDIA}
    assert whole > max(one.values()) + 0.1
    assert whole > known.rho(weighed(known.linkedin)) + 0.2
    assert sum(value > 0.1 for value in one.values()) >= 5


def test_counting_and_the_last_contact_fail(known: Known) -> None:
    every = known.every.groupby("who")["at"]
    whole = known.rho(weighed(known.every))
    assert known.rho(every.size()) < whole - 0.1
    assert known.rho(every.max()) < whole - 0.08
    # Whether there is any contact at all tells most; among those with some, counting says little.
    seen = np.flatnonzero(np.isin(np.arange(CONTACTS), known.every["who"]))
    assert known.rho(weighed(known.every), seen) > 0.55
    assert known.rho(every.size(), seen) < 0.3
    assert known.rho(every.max(), seen) < 0.4


def test_the_nearest_are_not_those_who_send_most(known: Known) -> None:
    nearest = set(np.argsort(-known.near, kind="stable")[:30].tolist())
    count = known.every.groupby("who").size().reindex(range(CONTACTS)).fillna(0)
    right = weighed(known.every).reindex(range(CONTACTS)).fillna(0)
    most, best = (set(each.nlargest(30).index) for each in (count, right))
    assert len(nearest & best) >= 19
    assert len(nearest & most) <= 16


def test_parts_are_played_as_told(known: Known) -> None:
    rows, told = known.every, known.figures
    size = rows.groupby("who").size().reindex(range(CONTACTS)).fillna(0).to_numpy()
    bond = told["bond"].to_numpy()
    usual_near = (bond == "usual") & (known.near > 0.6)
    once = bond == "once"
    everyday = known.plan.rows.groupby("who")
    # Those who were close have left more than those who are, and are hardly near any more.
    assert np.median(size[once]) > np.median(size[usual_near])
    ended = everyday["at"].max().reindex(np.flatnonzero(once))
    assert (ended // DAY < END_DAY - 364).all()
    assert np.median(known.near[once]) < 0.35
    sides = everyday["theirs"].mean()
    assert (sides.reindex(np.flatnonzero(bond == "teller")) == 1).all()
    assert (sides.reindex(np.flatnonzero(bond == "chased")).dropna() == 0).all()
    burst = np.flatnonzero(bond == "burst")
    chats = known.plan.of("whatsapp")
    assert chats[chats["who"].isin(burst)].groupby("who").size().min() > 60
    loud = np.flatnonzero(np.isin(bond, ["loud", "copied"]))
    assert not set(loud) & set(known.plan.rows["who"])
    assert set(known.plan.crowds.copied[:-3]) <= set(loud)


def test_close_people_are_reached_by_few_media_and_often_not_by_linkedin(known: Known) -> None:
    rows = known.plan.rows
    near = np.flatnonzero(known.near > 0.6)
    media = rows[rows["who"].isin(near)].groupby("who")["medium"].nunique()
    assert media.median() <= 3
    kinds = known.world.people["kind"].to_numpy()[near]
    assert 0.2 < np.mean(kinds == "silent") < 0.8
    deep = (
        rows[rows["who"].isin(near)]
        .groupby("who")["medium"]
        .agg(lambda sorts: sorts.isin(["call", "meeting"]).mean())
    )
    assert (deep > 0.9).sum() >= 2


def by_hand(spell: Any, day: int) -> float:
    """The slow way: every half hour of the last two years by itself."""
    ages = np.arange(0.01, 730.0, 0.02)
    share = 0.02 * 2 * (1 - ages / 730.0) / 730.0
    lasted = (day + 1 - ages >= spell.start) & (day + 1 - ages < spell.stop)
    return float((share * lasted).sum() * spell.rate * spell.answered * DEPTH[spell.medium])


@pytest.mark.parametrize("day", [END_DAY, END_DAY - 400])
def test_closeness_is_what_its_formula_says(day: int) -> None:
    spells = Known(7).plan.spells
    size = int(spells["who"].max()) + 1
    total = np.zeros(size)
    for spell in spells.itertuples():
        total[spell.who] += by_hand(spell, day)
    assert closeness(spells, size, day) == pytest.approx(total / (total + 1), abs=0.002)


def test_closeness_never_sees_what_was_drawn() -> None:
    """Another number of events draws other histories of the same bonds."""
    world = make_world(CONTACTS, MESSAGES, 7)
    few, many = (make_plan(world, size, END) for size in (1500, 6000))
    everyday = [plan.spells[plan.spells["medium"] != "linkedin"] for plan in (few, many)]
    pd.testing.assert_frame_equal(*everyday)
    assert len(many.rows) > 2.5 * len(few.rows)


def days() -> Iterator[dt.date]:
    yield from (dt.date(2022, 3, 1), dt.date(2025, 6, 1), END)


def test_an_earlier_export_is_the_beginning_of_a_later_one() -> None:
    world = make_world(CONTACTS, MESSAGES, 7)
    plans = [make_plan(world, MESSAGES, day) for day in days()]
    for early, late in itertools.pairwise(plans):
        seen = late.rows[late.rows["at"] < early.moment]
        columns = ["at", "who", "medium", "theirs"]
        one = early.rows.loc[early.rows["session"] >= 0, columns]
        # Series are chosen by what was seen of them, so that only single events are compared.
        other = seen.loc[seen["session"] >= 0, columns]
        rest = one.merge(other, how="left", indicator=True)
        gone = rest[rest["_merge"] == "left_only"]
        assert set(gone["medium"]) <= {"meeting"}
        assert len(early.rows) < len(late.rows)


def test_once_close_ties_were_near_in_their_time() -> None:
    known = Known(7)
    once = (known.figures["bond"] == "once").to_numpy()
    spells = known.plan.spells
    ended = spells[spells["who"].isin(np.flatnonzero(once))].groupby("who")["stop"].max()
    then = [
        closeness(spells, len(known.plan.people), float(stop) - 1)[int(str(who))]
        for who, stop in ended.items()
        if stop < END_DAY
    ]
    assert np.median(then) > 0.65
    assert np.median(then) > 2 * np.median(known.near[once])
