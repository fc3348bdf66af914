"""Strength finds the planted friends where counting messages and looking at dates fail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import netquality as nq
from netquality.evaluation.baselines import BASELINES, direct_messages
from netquality.evaluation.ranking import Interval, auc, pooled
from netquality.samples.write import Sample, sample
from netquality.sources.addresses import folded_name

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.network import Network

SEEDS = range(20)
HARD = ("dormant", "broadcaster", "outreach")
WEAK = ("weak", *HARD)
BAR = "min(received, sent), 180-day decay"


def scored(made: Sample) -> pd.DataFrame:
    """The contacts with a direct message: what was planted, and what each score says."""
    network = nq.read(made.archive)
    table = made.people.loc[made.people["days"] > 0, ["planted"]].copy()
    table["strength"] = network.ties.set_index("b")["strength"].reindex(table.index)
    messages = direct_messages(network)
    for name, rule in BASELINES.items():
        table[name] = rule(messages).reindex(table.index)
    return table


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[pd.DataFrame]:
    folder = tmp_path_factory.mktemp("planted")
    # A basic archive: the activity files say nothing about ties and cost half of the time.
    size = {"contacts": 300, "messages": 3000, "complete": False, "log": False}
    return [scored(sample(folder / str(seed), seed=seed, **size)) for seed in SEEDS]


def halves(
    table: pd.DataFrame, score: str, against: tuple[str, ...]
) -> tuple[pd.Series, pd.Series]:
    strong, other = table["planted"] == "strong", table["planted"].isin(against)
    return table.loc[strong, score], table.loc[other, score]


def over_all(tables: list[pd.DataFrame], score: str, against: tuple[str, ...] = WEAK) -> Interval:
    return pooled([halves(table, score, against) for table in tables], rounds=400)


def test_every_score_rates_everybody(tables: list[pd.DataFrame]) -> None:
    assert not any(table.isna().any(axis=None) for table in tables)
    assert min(len(table) for table in tables) > 60


def test_strength_puts_strong_above_weak(tables: list[pd.DataFrame]) -> None:
    single = [auc(*halves(table, "strength", WEAK)) for table in tables]
    found = over_all(tables, "strength")
    assert min(single) >= 0.95, f"worst of {len(single)} samples {min(single):.3f}; all: {found}"
    assert found.low > 0.95, str(found)


@pytest.mark.parametrize("rule", ["message count", "last contact"])
def test_where_the_simplest_rules_fail(tables: list[pd.DataFrame], rule: str) -> None:
    single = [auc(*halves(table, rule, WEAK)) for table in tables]
    found = over_all(tables, rule)
    assert max(single) < 0.85, f"{rule}: best sample {max(single):.3f}; all: {found}"
    assert found.high < 0.85, f"{rule}: {found}"


def test_strength_is_not_below_the_best_plain_rule(tables: list[pd.DataFrame]) -> None:
    """Reciprocity with decay is one line long: who cannot match it needs no second line."""
    strength, bar = over_all(tables, "strength", HARD), over_all(tables, BAR, HARD)
    assert strength.value >= bar.value, f"strong against hard: strength {strength}, {BAR} {bar}"


# What an era's layout lacks decides whose tie it can show whole.
MESSAGES_ONLY_BY_NAME = 2020


@pytest.fixture(scope="module")
def eras(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Sample]:
    folder = tmp_path_factory.mktemp("eras")
    return {
        era: sample(folder / str(era), era=era, contacts=400, messages=4000, seed=3, log=False)
        for era in (2020, 2023, 2026)
    }


@pytest.fixture(scope="module")
def networks(eras: dict[int, Sample]) -> dict[int, Network]:
    return {era: nq.read(made.archive) for era, made in eras.items()}


def by_contact(network: Network, people: pd.DataFrame) -> pd.DataFrame:
    """Ties by the contact's slug, for those who can be told by link or by an only name."""
    folded = people["name"].map(folded_name)
    only = pd.Series(people.index, index=folded)[~folded.duplicated(keep=False).to_numpy()]
    persons = network.people
    slug = persons["profile"].where(persons["profile"].isin(people.index))
    slug = slug.fillna(persons["name"].map(folded_name, na_action="ignore").map(only))
    return network.ties.assign(contact=network.ties["b"].map(slug)).dropna(subset=["contact"])


def test_2023_shows_the_ties_of_2026(eras: dict[int, Sample], networks: dict[int, Network]) -> None:
    """2023 cuts the links of invitations off, so that namesakes' invitations are nobody's."""
    people = eras[2026].people
    now, then = (by_contact(networks[era], people).set_index("contact") for era in (2026, 2023))
    names = people["name"].map(folded_name)
    assert set(then.index) == set(now.index) == set(people.index)
    told = people.index[~names.duplicated(keep=False)]
    strangers = networks[2023].people["name"][networks[2023].people["ambiguous"]].map(folded_name)
    told = told[~names[told].isin(set(strangers))]
    assert len(told) >= 0.95 * len(people)
    apart = (then["strength"] - now["strength"])[told].abs()
    assert apart.max() < 1e-9, f"{int((apart >= 1e-9).sum())} differ, by {apart.max():.3g}"


def test_2020_shows_the_ties_of_2026_to_everybody_with_an_only_name(
    eras: dict[int, Sample], networks: dict[int, Network]
) -> None:
    """2020 lacks all links but the senders': recipients and connections have a name alone.

    Left out: whose name two people bear (contacts or strangers), and members of groups,
    whose names stand between commas.
    """
    people = eras[2026].people
    now, then = (by_contact(networks[era], people) for era in (2026, MESSAGES_ONLY_BY_NAME))
    grouped = networks[2026].events.query("audience > 1")
    in_groups = grouped["recipient"].map(networks[2026].identity.person_of)
    names = people["name"].map(folded_name)
    told = people.index[~names.duplicated(keep=False) & ~people.index.isin(set(in_groups))]
    assert len(told) > 0.7 * len(people)
    then, now = (ties[ties["contact"].isin(told)] for ties in (then, now))
    split = sorted(then["contact"][then["contact"].duplicated()])
    assert not split, f"{len(split)} contacts are two people in 2020: {split[:5]}"
    apart = then.set_index("contact")["strength"] - now.set_index("contact")["strength"]
    odd = apart.index[~(apart.abs() < 1e-9)]
    assert not len(odd), f"{len(odd)} of {len(apart)} ties differ: {list(odd[:5])}"


def test_an_older_archive_adds_nothing_that_the_later_one_shows(
    eras: dict[int, Sample], networks: dict[int, Network], tmp_path: Path
) -> None:
    """Only invitations are shown for one year: those of the older year stay."""
    day = dt.date(2024, 6, 30)
    size = {"contacts": 400, "messages": 4000, "seed": 3, "log": False}
    older = sample(tmp_path, era=2020, exported=day, **size)
    both = nq.read(older.archive, eras[2026].archive)
    assert both.as_of == networks[2026].as_of
    columns = ["event", "day", "sender", "recipient", "kind", "length", "thread"]
    later = networks[2026].events
    ours = both.events[both.events["kind"] != "invitation"][columns].reset_index(drop=True)
    theirs = later[later["kind"] != "invitation"][columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, theirs)
    invited = both.events[both.events["kind"] == "invitation"]
    shown = later[later["kind"] == "invitation"]
    more = invited[~invited["event"].isin(shown["event"])]
    assert set(shown["event"]) <= set(invited["event"])
    assert more["day"].max() < shown["day"].min()
    assert set(networks[2026].people.index) <= set(both.people.index)


def test_the_order_of_the_archives_does_not_matter(eras: dict[int, Sample]) -> None:
    one = nq.read(eras[2020].archive, eras[2026].archive)
    other = nq.read(eras[2026].archive, eras[2020].archive)
    pd.testing.assert_frame_equal(one.events, other.events)
    pd.testing.assert_frame_equal(one.ties, other.ties)


def test_the_same_archive_twice_is_the_archive_once(
    eras: dict[int, Sample], networks: dict[int, Network]
) -> None:
    twice = nq.read(eras[2026].archive, eras[2026].archive)
    once = networks[2026]
    for name in ("sources", "accounts", "events", "relations", "attributes", "rejects"):
        pd.testing.assert_frame_equal(twice.tables[name], once.tables[name])
    pd.testing.assert_frame_equal(twice.ties, once.ties)
    pd.testing.assert_frame_equal(twice.people, once.people)
