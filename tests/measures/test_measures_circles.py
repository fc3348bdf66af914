"""Bands at every edge, exact natural breaks, and circles that are planted or are not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING
from zlib import crc32

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.errors import BadInput
from netquality.measures.bands import BANDS, band_of, contact_days, contact_seen
from netquality.measures.breaks import breaks, layering
from netquality.measures.circles import circles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Rows = list[tuple[str, str, int]]

TODAY = date(2026, 11, 20)
PLANTED = np.repeat([100.0, 20.0, 3.0], [12, 30, 80])
CIRCLE = np.repeat([1, 2, 3], [12, 30, 80])


def clock(a: str, b: str) -> str:
    """A second of the day for each two people, so that nothing is sent to a whole crowd."""
    second = crc32("".join(sorted([a, b])).encode()) % 86_400
    return f"{second // 3_600:02}:{second // 60 % 60:02}:{second % 60:02}"


@pytest.fixture
def network(tmp_path: Path) -> Callable[..., nq.Network]:
    """Read (sender, recipient, days ago) rows, as of a fixed day."""

    def make(rows: Rows, **options: object) -> nq.Network:
        path = tmp_path / "log.csv"
        lines = [f"{a},{b},{TODAY - timedelta(days=ago)} {clock(a, b)}" for a, b, ago in rows]
        path.write_text("\n".join(["sender,recipient,at", *lines]) + "\n", encoding="utf-8")
        return nq.read(path, as_of=TODAY, **options)

    return make


def turns(person: str, days: list[int]) -> Rows:
    """Zora and the person write by turns, she first."""
    ends = [("zora", person), (person, "zora")]
    return [(*ends[k % 2], ago) for k, ago in enumerate(days)]


def crowd(days: list[int]) -> Rows:
    """Two-way ties of zora, each with that many days of contact within the year."""
    old = [2_000, 2_001]  # makes every tie two-way, and is no contact of the year
    return [row for k, n in enumerate(days) for row in turns(f"tib{k:03}", [*old, *range(n)])]


# --- bands ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (365, "weekly"),
        (52, "weekly"),
        (51, "monthly"),
        (12, "monthly"),
        (11, "seasonal"),
        (2, "seasonal"),
        (1, "yearly"),
        (0, "rarer"),
    ],
)
def test_a_band_begins_at_its_edge(days: int, band: str) -> None:
    assert band_of(pd.Series([days], index=["odo"])).to_dict() == {"odo": band}


def test_bands_are_ordered_and_an_unknown_rate_has_none() -> None:
    found = band_of(pd.Series([60, None, 1], dtype="Int64"))
    assert found.isna().tolist() == [False, True, False]
    assert found.max() == "weekly"
    assert found.cat.categories.tolist() == ["rarer", "yearly", "seasonal", "monthly", "weekly"]
    assert band_of(pd.Series([], dtype="float64")).empty


def test_a_day_counts_once_and_a_year_has_365_days(network: Callable[..., nq.Network]) -> None:
    rows = [
        *turns("odo", [0, 0, 0, 364, 365]),  # three times today, 364 days ago, and too long ago
        ("zora", "mab", 3),  # one-way
    ]
    found = contact_days(network(rows, ego="zora")).set_index("b")
    assert found["a"].tolist() == ["zora", "zora"]
    assert found.loc["odo", ["days", "total_days", "two_way"]].tolist() == [2, 3, True]
    assert found.loc["mab", ["days", "total_days", "two_way"]].tolist() == [1, 1, False]


def test_what_weighs_nothing_is_no_contact(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    crowd_of_21 = ";".join(f"tib{k:02}" for k in range(21))  # above 20 addressed: no tie
    path.write_text(
        f"sender,recipient,at\nzora,{crowd_of_21},2026-11-01 12:00\n"
        "zora,odo,2026-11-02 12:00\nodo,zora,2026-11-03 12:00\n",
        encoding="utf-8",
    )
    found = contact_days(nq.read(path, ego="zora", separator=";"))
    assert found[["b", "days"]].to_numpy().tolist() == [["odo", 2.0]]


def test_a_meeting_is_contact_from_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "sender,recipient,at,channel\nzora,odo,2026-11-01 12:00,meeting\n"
        "zora,mab,2026-11-01 12:00,email\n",
        encoding="utf-8",
    )
    found = contact_days(nq.read(path, ego="zora")).set_index("b")["two_way"]
    assert found.to_dict() == {"odo": True, "mab": False}


def test_ties_by_band_and_counted_from_the_inside(network: Callable[..., nq.Network]) -> None:
    rows = [*crowd([52, 51, 12, 11, 2, 1, 0]), *[("zora", "loud", k) for k in range(60)]]
    found = circles(network(rows, ego="zora"))
    bands = found.frame.set_index("alter")["band"].astype("str")
    assert bands.tolist() == [
        "weekly",
        "monthly",
        "monthly",
        "seasonal",
        "seasonal",
        "yearly",
        "rarer",
    ]
    assert found.frame["days"].tolist() == [52, 51, 12, 11, 2, 1, 0]
    assert found.bands.loc["zora"].to_dict() == {
        "weekly": 1,
        "monthly": 2,
        "seasonal": 2,
        "yearly": 1,
        "rarer": 1,
        "at_least_weekly": 1,
        "at_least_monthly": 3,
        "at_least_seasonal": 5,
        "at_least_yearly": 6,
        "two_way_ever": 7,
    }


# --- breaks --------------------------------------------------------------------------------


def squares(values: Floats) -> float:
    return float(((values - values.mean()) ** 2).sum())


def brute_force(values: Floats, k: int) -> float:
    """The least sum of squares of all ways to cut sorted values into k parts."""
    ordered = np.sort(values)
    cuts = combinations(range(1, len(values)), k - 1)
    return min(sum(squares(part) for part in np.split(ordered, [*cut])) for cut in cuts)


numbers = st.one_of(
    st.lists(st.integers(0, 9).map(float), min_size=1, max_size=9),
    st.lists(st.floats(-50, 50), min_size=1, max_size=9),
).map(np.array)


@settings(deadline=None)
@given(numbers)
def test_breaks_are_as_good_as_the_best_of_all_partitions(values: Floats) -> None:
    made = breaks(values, most=5)
    assert len(made.within) == min(5, len(np.unique(values)))
    for row, within in enumerate(made.within):
        assert within == pytest.approx(brute_force(values, row + 1), abs=1e-8)
        label = made.classes[row]
        assert sorted(set(label.tolist())) == list(range(row + 1))
        assert (np.diff(label[np.argsort(values, kind="stable")]) >= 0).all()
        assert sum(squares(values[label == c]) for c in set(label)) == pytest.approx(
            within, abs=1e-8
        )


def test_breaks_worked_by_hand() -> None:
    made = breaks(np.array([8.0, 1.0, 9.0, 2.0, 5.0]), most=3)
    # one class: mean 5, 9 + 16 + 16 + 9 + 0 = 50; two: {1, 2, 5} mean 8/3: 25/9 + 4/9 + 49/9
    # = 26/3, {8, 9}: 1/2; three: {1, 2}, {5}, {8, 9}: 1/2 + 1/2
    assert made.within == pytest.approx([50.0, 26 / 3 + 0.5, 1.0])
    assert made.fit == pytest.approx([0.0, 1 - (26 / 3 + 0.5) / 50, 0.98])
    assert made.classes[2].tolist() == [2, 0, 2, 0, 1]


def test_breaks_of_nothing_and_of_one_value() -> None:
    assert len(breaks(np.array([])).within) == 0
    same = breaks(np.array([4.0, 4.0, 4.0]))
    assert (same.classes.tolist(), same.within.tolist()) == ([[0, 0, 0]], [0.0])
    assert np.isnan(same.fit).all()


def test_a_thousand_values_more_keep_the_breaks_exact() -> None:
    # 5 groups far apart, each of 1,000 values: the breaks lie between the groups
    rng = np.random.default_rng(3)
    group = np.repeat(np.arange(5), 200)
    values = group * 10.0 + rng.uniform(0, 1, 1_000)
    assert breaks(values, most=5).classes[4].tolist() == group.tolist()


# --- circles -------------------------------------------------------------------------------


def in_whole_days(rates: Floats) -> Floats:
    """What a year shows of rates: whole days, and no tie of those never met."""
    days = np.minimum(np.rint(rates), 365.0)
    return days[days >= 1]


def planted(seed: int) -> Floats:
    """Three circles around 100, 20 and 3 days, with a spread of 20 %."""
    spread = np.exp(np.random.default_rng(seed).normal(0.0, 0.2, len(PLANTED)))
    return in_whole_days(PLANTED * spread)


def by_rank(days: Floats) -> npt.NDArray[np.int64]:
    """The simplest rule: the 5, 15 and 50 with most contact, and the others."""
    rank = np.argsort(np.argsort(-days, kind="stable"))
    return 1 + np.searchsorted([5, 15, 50], rank, side="right")


def test_planted_circles_are_found_and_fixed_ranks_do_not_find_them() -> None:
    found = [layering(planted(seed), draws=20) for seed in range(100)]
    right = [
        one.accepted
        and one.number == 3
        and np.allclose(one.sizes, [12, 42, 122], rtol=0.1)
        and (one.circle == CIRCLE).mean() >= 0.95
        for one in found
    ]
    assert sum(right) >= 90
    # ranks put 5 of 12, 3 of 30 (ranks 13 to 15) and 8 of 80 (43 to 50) where they belong
    ranks = [(by_rank(planted(seed)) == CIRCLE).mean() for seed in range(100)]
    assert max(ranks) < 0.25


def test_days_that_scatter_by_chance_do_not_split_a_circle() -> None:
    right = wrong = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        spread = np.exp(rng.normal(0.0, 0.2, 122))
        rates = np.repeat([50.0, 4.0], [20, 60]) * spread[:80]
        two = layering(in_whole_days(rng.poisson(rates)), draws=20)
        right += two.accepted and two.sizes[0] == 20 and two.number == 2
        three = layering(in_whole_days(rng.poisson(PLANTED * spread)), draws=20)
        wrong += three.accepted and three.number != 3
    assert right >= 90
    assert wrong <= 5


@pytest.mark.parametrize(
    ("kind", "at_least_once"),
    [("log-normal", False), ("log-normal", True), ("gamma", False), ("gamma", True)],
)
def test_a_skewed_crowd_has_no_circles(kind: str, at_least_once: bool) -> None:
    accepted = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        rates = rng.lognormal(1.2, 1.2, 150) if kind == "log-normal" else rng.gamma(0.6, 20.0, 150)
        days = in_whole_days(np.maximum(rates, 1.0) if at_least_once else rates)
        accepted += layering(days, draws=40).accepted
    assert accepted <= 10


def test_without_the_chance_of_a_whole_day_every_crowd_would_have_six_circles() -> None:
    """What the test of the crowd guards against: BIC by density finds the whole days."""
    most = 0
    for seed in range(20):
        days = in_whole_days(np.random.default_rng(seed).lognormal(1.2, 1.2, 150))
        n, k = len(days), np.arange(1, 7)
        bic = n * np.log(breaks(np.log(days)).within / n) + 2 * k * np.log(n)
        most += int(bic.argmin() == 5)
        assert layering(days, draws=5).number == 1
    assert most == 20


def test_the_same_seed_gives_the_same_answer_and_order_does_not_matter() -> None:
    days, mixed = planted(1), np.random.default_rng(5).permutation(122)
    one, again, other = (
        layering(days, draws=30, seed=2),
        layering(days[mixed], draws=30, seed=2),
        layering(days, draws=30, seed=3),
    )
    assert one.null_fit == pytest.approx(again.null_fit)
    assert one.null_fit != other.null_fit
    assert (one.circle[mixed] == again.circle).all()


def test_circles_of_an_owner(network: Callable[..., nq.Network]) -> None:
    days = planted(0).astype(int).tolist()
    found = circles(network(crowd([*days, 0, 0]), ego="zora"), draws=50)
    layer = found.layers.loc["zora"]
    assert layer[["ties", "circles", "accepted", "sizes", "reason"]].tolist() == [
        122,
        3,
        True,
        "12, 42, 122",
        "",
    ]
    assert layer["gvf"] > layer["null_gvf"]
    assert found.frame["circle"].value_counts(dropna=False).to_dict() == {3: 80, 2: 30, 1: 12} | {
        pd.NA: 2  # without contact within the year
    }
    inner = found.frame[(found.frame["circle"] == 1).fillna(False)]
    assert inner["days"].min() > found.frame.loc[found.frame["circle"].eq(2), "days"].max()
    assert "12, 42, 122" in found.coverage[-1]
    assert found.parameters["draws"] == 50
    assert found.as_of == (TODAY - date(1970, 1, 1)).days


def test_why_there_are_no_circles(network: Callable[..., nq.Network]) -> None:
    def reason(days: list[int]) -> tuple[str, bool]:
        made = circles(network(crowd(days), ego="zora"), draws=30)
        assert made.frame["circle"].isna().all()
        assert made.layers["sizes"].tolist() == [""]
        assert made.layers.loc["zora", "reason"] in made.coverage[-1]
        return made.layers.loc["zora", "reason"], bool(made.layers.loc["zora", "accepted"])

    assert reason(planted(0)[:29].astype(int).tolist()) == ("fewer than 30 ties", False)
    assert reason([4] * 30) == ("one circle", False)
    rates = np.random.default_rng(0).lognormal(1.0, 1.0, 60)
    assert reason(in_whole_days(rates).astype(int).tolist()) == ("one circle", False)
    # A power law: BIC parts its long tail, the simulated crowds do so as well
    tail = in_whole_days(np.random.default_rng(17).pareto(1.0, 150) + 1.0).astype(int).tolist()
    assert reason(tail) == ("no better than a skewed crowd", False)


def test_a_whole_group_gets_bands_for_everybody(network: Callable[..., nq.Network]) -> None:
    rows = [*crowd([3, *[1] * 31]), ("odo", "mab", 5), ("mab", "odo", 4)]
    found = circles(network(rows))
    pairs = set(found.frame[["person", "alter"]].itertuples(index=False, name=None))
    assert {(b, a) for a, b in pairs} == pairs
    assert len(pairs) == 2 * 33
    assert found.bands.loc["zora", ["seasonal", "yearly"]].tolist() == [1, 31]
    assert found.bands.loc["odo", "at_least_seasonal"] == 1
    assert found.layers.loc["zora", "reason"] == "whole group"
    assert found.layers.loc["odo", "reason"] == "fewer than 30 ties"
    assert found.frame["circle"].isna().all()
    mine = circles(network(rows, ego="zora"))
    assert mine.bands.loc["zora"].equals(found.bands.loc["zora"])
    assert mine.layers.index.tolist() == ["zora"]


def test_one_tie(network: Callable[..., nq.Network]) -> None:
    found = circles(network(turns("odo", [1, 2]), ego="zora"))
    assert found.frame[["alter", "days"]].to_numpy().tolist() == [["odo", 2.0]]
    assert found.layers.loc["zora", ["ties", "reason"]].tolist() == [1, "fewer than 30 ties"]
    assert "No contact before 2026-11-18" in " ".join(found.coverage)


def test_without_two_way_ties_the_counts_are_nought(network: Callable[..., nq.Network]) -> None:
    made = network([("zora", "odo", 1), ("zora", "odo", 500)], ego="zora")
    found = circles(made)
    assert found.frame.empty
    assert (found.bands.loc["zora"] == 0).all()
    assert "No contact before" not in " ".join(found.coverage)


def test_without_times_nothing_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient\nzora,odo\nodo,zora\nzora,mab\n", encoding="utf-8")
    found = circles(nq.read(path, ego="zora"))
    assert found.frame["alter"].tolist() == ["odo"]
    assert found.frame[["days", "band", "circle"]].isna().all(axis=None)
    assert found.bands.isna().all(axis=None)
    assert found.layers.loc["zora", "reason"] == "no times"
    assert found.layers[["ties", "circles", "gvf"]].isna().all(axis=None)
    assert "1970" not in " ".join(found.coverage)


def test_connections_alone_show_no_contact(tmp_path: Path) -> None:
    path = tmp_path / "Connections.csv"
    path.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,Brass Teapot Ltd,,03 Mar 2024\n",
        encoding="utf-8",
    )
    made = nq.read(path)
    found = circles(made)
    assert not contact_seen(made)
    assert found.bands.isna().all(axis=None)
    assert found.layers["reason"].tolist() == ["no contact shown"]
    assert found.frame.empty


@pytest.mark.parametrize("graph", [nx.Graph(), nx.star_graph(3)])
def test_a_bare_graph_shows_no_contact(graph: nx.Graph[int]) -> None:
    nx.set_edge_attributes(graph, 0.5, "weight")
    found = circles(nq.from_graph(graph))
    assert found.frame.empty
    assert len(found.bands) == len(graph)
    assert found.bands.isna().all(axis=None)
    assert not found.layers["accepted"].any()


def test_two_owners_are_both_asked(network: Callable[..., nq.Network]) -> None:
    made = network(turns("odo", [1, 2]), ego="zora")
    both = nq.Network(made.tables, made.identity, made.as_of, ("odo", "zora"))
    found = circles(both).frame[["person", "alter"]].to_numpy().tolist()
    assert found == [["odo", "zora"], ["zora", "odo"]]


def test_circles_of_an_earlier_day_see_nothing_later(network: Callable[..., nq.Network]) -> None:
    made = network([*turns("odo", [400, 401, 500]), *turns("mab", [3, 2])], ego="zora")
    then = circles(made.at(TODAY - timedelta(days=390)))
    assert then.frame[["alter", "days"]].to_numpy().tolist() == [["odo", 3.0]]
    now = circles(made).frame.set_index("alter")["days"]
    assert now.to_dict() == {"mab": 2.0, "odo": 0.0}


def test_the_sample_has_bands_that_add_up(sample: Path) -> None:
    found = circles(nq.read(sample), draws=20)
    assert len(found.frame) > 0
    bands = found.bands.iloc[0]
    assert bands[[*BANDS]].sum() == bands["two_way_ever"] == len(found.frame)
    assert found.layers["ties"].iloc[0] == bands["at_least_yearly"]


def test_at_least_one_draw_is_needed(network: Callable[..., nq.Network]) -> None:
    with pytest.raises(BadInput, match="0 draws"):
        circles(network(turns("odo", [1, 2]), ego="zora"), draws=0)


def without_times(made: nq.Network, alter: str) -> nq.Network:
    """The same network, as if the times of one alter's contact were unknown."""
    events = made.events.copy()
    account = made.tables.accounts.set_index("name")["account"][alter]
    rows = (events["sender"] == account) | (events["recipient"] == account)
    events["at"], events["day"] = events["at"].mask(rows), events["day"].mask(rows)
    events.loc[rows, "precision"] = "none"
    tables = replace(made.tables, events=events)
    return nq.Network(tables, made.identity, made.as_of, made.egos, made.cut, tables)


def test_a_tie_without_times_is_in_no_band(network: Callable[..., nq.Network]) -> None:
    made = network([*turns("odo", [1, 2]), *turns("mab", [1, 2])], ego="zora")
    found = circles(without_times(made, "mab"))
    assert found.frame.set_index("alter")["days"].isna().to_dict() == {"odo": False, "mab": True}
    assert found.bands.loc["zora", ["seasonal", "two_way_ever"]].tolist() == [1, 2]
    assert "Without times, and in no band: 1 of these ties." in found.coverage
    # where no tie at all has times, but something else in the data has
    only = network([*turns("odo", [1, 2]), ("zora", "mab", 1)], ego="zora")
    untimed = circles(without_times(only, "odo"))
    assert untimed.layers.loc["zora", "reason"] == "no times"
    assert untimed.bands.isna().all(axis=None)


def test_a_log_without_times_and_two_way_ties_counts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient\nzora,odo\n", encoding="utf-8")
    found = circles(nq.read(path, ego="zora"))
    assert found.layers.loc["zora", "reason"] == "no times"
    assert found.bands.isna().all(axis=None)
