"""Rings: who stands where, worked by hand; and that the same network gives the same places."""

from __future__ import annotations

from datetime import date, timedelta
from math import pi
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

import netquality as nq
from netquality.measures.rings import GROUPS, LEAST, rings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from netquality.measures.rings import Rings

LAST = date(2026, 12, 31)


@pytest.fixture
def network(tmp_path: Path) -> Callable[..., nq.Network]:
    """Read (alter, days, both ways) as a log of zora's, and one row on the last day."""

    def make(rows: list[tuple[str, int, bool]], *, turned: bool = False) -> nq.Network:
        lines = [f"zora,nobody,{LAST} 09:00"]
        for alter, days, both in rows:
            for k in range(days):
                day = LAST - timedelta(days=3 + 6 * k)
                lines.append(f"zora,{alter},{day} 12:00")
                lines += [f"{alter},zora,{day} 13:00"] * both
        lines = lines[::-1] if turned else lines
        path = tmp_path / f"log{turned}.csv"
        path.write_text("\n".join(["sender,recipient,at", *lines]) + "\n", encoding="utf-8")
        return nq.read(path, ego="zora")

    return make


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    folder = tmp_path_factory.mktemp("rings")
    made = nq.sample(folder, contacts=300, messages=3000, seed=5, log=False)
    return nq.read(made.archive)


@pytest.fixture(scope="module")
def placed(owner: nq.Network) -> Rings:
    return rings(owner)


ROWS = [
    ("odo", 52, True),  # 52 days in the year: weekly
    ("mab", 12, True),  # monthly
    ("pim", 11, True),  # seasonal, and more contact than
    ("tib", 2, True),  # seasonal too
    ("ada", 30, False),  # never answered: outermost
]


def test_places_worked_by_hand(network: Callable[..., nq.Network]) -> None:
    frame = rings(network(ROWS)).frame.set_index("alter").drop("nobody")
    assert frame["ring"].to_dict() == {"odo": 1, "mab": 2, "pim": 3, "tib": 3, "ada": 5}
    assert frame.loc["odo", "band"] == "weekly"
    assert frame["band"].isna().to_dict()["ada"]
    # Rings are (1 - .16) / 5 = .168 broad. Who is alone in ring 1 stands in its middle:
    # .16 + .168 / 2 = .244; in ring 2 .168 further out.
    assert frame.loc["odo", "radius"] == pytest.approx(0.244)
    assert frame.loc["mab", "radius"] == pytest.approx(0.412)
    # Two in ring 3, from .496 on: the stronger at .22 + .56 / 4 = .36 of its breadth, the
    # weaker at .22 + .56 * 3 / 4 = .64.
    assert frame.loc["pim", "strength"] > frame.loc["tib", "strength"]
    assert frame.loc["pim", "radius"] == pytest.approx(0.496 + 0.168 * 0.36)
    assert frame.loc["tib", "radius"] == pytest.approx(0.496 + 0.168 * 0.64)
    # No employers are known, so there is one sector: a lone one stands half-way round, two
    # stand at a quarter and at three quarters, in the order of their names.
    assert frame.loc["odo", "angle"] == pytest.approx(pi)
    assert frame.loc["pim", "angle"] == pytest.approx(pi / 2)
    assert frame.loc["tib", "angle"] == pytest.approx(3 * pi / 2)


def test_the_order_of_rows_moves_nobody(network: Callable[..., nq.Network]) -> None:
    one, other = rings(network(ROWS)), rings(network(ROWS, turned=True))
    assert_frame_equal(one.frame, other.frame)
    assert_frame_equal(one.sectors, other.sectors)


def test_everybody_stands_inside_ring_and_sector(placed: Rings) -> None:
    frame, bands = placed.frame, placed.bands.set_index("ring")
    assert len(frame) > 100
    inner, outer = (frame["ring"].map(bands[end]) for end in ("inner", "outer"))
    assert ((frame["radius"] > inner) & (frame["radius"] < outer)).all()
    sectors = placed.sectors.set_index("group")
    sector = frame["group"].where(frame["group"].isin(sectors.index), "")
    start, end = (sector.map(sectors[name]) for name in ("start", "end"))
    assert ((frame["angle"] > start) & (frame["angle"] < end)).all()
    assert not frame.duplicated(["radius", "angle"]).any()


def test_inside_a_ring_the_stronger_stand_nearer(placed: Rings) -> None:
    for _, ring in placed.frame.groupby("ring"):
        nearest = ring.sort_values("radius")
        assert nearest["strength"].is_monotonic_decreasing


def test_the_largest_employers_have_a_sector_of_their_own(placed: Rings) -> None:
    sectors, groups = placed.sectors, placed.frame["group"]
    named = sectors[sectors["group"] != ""]
    counts = groups[groups != ""].value_counts()
    assert 1 < len(named) <= GROUPS
    assert named["alters"].tolist() == counts.head(len(named)).tolist()
    assert named["alters"].min() >= LEAST
    assert sectors["group"].iloc[-1] == ""
    assert sectors["alters"].sum() == len(groups)
    assert sectors["end"].iloc[-1] == pytest.approx(2 * pi)
    np.testing.assert_allclose(sectors["start"].iloc[1:], sectors["end"].iloc[:-1])


def test_who_is_silent_is_counted_not_placed(owner: nq.Network, placed: Rings) -> None:
    silent = int((owner.ties["grade"] == "silent").sum())
    assert silent > 10
    assert placed.coverage == (f"{silent:,} contacts without any contact seen are not drawn.",)
    assert len(placed.frame) == len(owner.ties) - silent
    assert placed.bands["alters"].sum() == len(placed.frame)


def test_a_whole_group_has_no_middle(tmp_path: Path) -> None:
    path = tmp_path / "group.csv"
    path.write_text("sender,recipient,at\na,b,2026-01-01\nb,c,2026-01-02\n", encoding="utf-8")
    found = rings(nq.read(path))
    assert found.frame.empty
    assert found.sectors.empty
    assert found.coverage == ("Rings are drawn round one ego, and this network has 0.",)


def test_without_times_all_stand_outermost() -> None:
    import networkx as nx

    graph = nx.Graph()
    graph.add_weighted_edges_from([("zora", "odo", 0.9), ("zora", "mab", 0.4)])
    found = rings(nq.from_graph(graph, ego="zora"))
    assert set(found.frame["ring"]) <= {5}
