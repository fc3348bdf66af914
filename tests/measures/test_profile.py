"""Fame and intimacy, worked by hand; and every shape of network that a profile must bear."""

from __future__ import annotations

from math import e, exp, log
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

TIMED = [
    *("active", "two_way", "close", "reach", "weekly", "monthly", "seasonal", "yearly", "rarer"),
    *("fame", "intimacy", "fame_low", "fame_high", "intimacy_low", "intimacy_high"),
]
CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,Brass Teapot Ltd,Founder,03 Mar 2024
Mab,Thistledown,https://www.linkedin.com/in/mab-sample,,Brass Teapot Ltd,,09 May 2025
Pim,Larkspur,https://www.linkedin.com/in/pim-sample,,Tin Whistle Co,,10 May 2025
"""


@pytest.fixture
def network(tmp_path: Path) -> Callable[..., nq.Network]:
    """Read (sender, recipient, time) rows."""

    def make(rows: list[tuple[str, str, str]], **options: object) -> nq.Network:
        path = tmp_path / "log.csv"
        lines = ["sender,recipient,at", *(",".join(row) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return nq.read(path, **options)

    return make


def turns(person: str, days: list[str]) -> list[tuple[str, str, str]]:
    """Zora and the person write by turns, she first, at a minute of their own."""
    ends, minute = [("zora", person), (person, "zora")], sum(map(ord, person)) % 60
    return [(*ends[k % 2], f"{day} 12:{minute:02}") for k, day in enumerate(days)]


def row(network: nq.Network, person: str = "zora") -> pd.Series:
    return nq.profile(network).frame.loc[person]


def test_contacts_by_how_often_there_is_contact(network: Callable[..., nq.Network]) -> None:
    weekly = [f"2026-{month:02}-{day:02}" for month in (9, 10) for day in range(1, 27)]
    rows = turns("odo", weekly)  # 52 days in less than a year: 52 a year
    rows += turns("mab", [f"2026-{month:02}-05" for month in range(1, 13)])  # 12 a year
    rows += turns("pim", ["2026-05-01", "2026-06-01"])  # 2 a year
    rows += turns("tib", ["2026-05-01", "2026-05-01"])  # 1 day in a year
    rows += turns("wex", ["2023-12-31", "2026-06-01"])  # 2 days in 3 years: .67 a year
    rows += turns("old", ["2025-10-01", "2025-12-31"])  # two-way, but 365 days ago
    rows += [("zora", "ada", "2026-12-31 12:00")]  # recent, but one-way
    zora = row(network(rows, ego="zora"))
    assert zora["contacts"] == 7
    assert zora["active"] == 6  # all but old
    assert zora["two_way"] == 4  # odo, mab, pim, tib; wex wrote, zora had written years before
    assert zora["two_way_share"] == pytest.approx(4 / 6)
    bands = zora[["weekly", "monthly", "seasonal", "yearly", "rarer"]]
    assert bands.tolist() == [1, 1, 1, 2, 1]  # wex once within the year, old two-way before it
    assert zora["close"] == 2  # 12 days and more: odo and mab
    assert zora["intimacy"] == pytest.approx(log(1 + 2) / log(1 + 100))  # 1.0986 / 4.6151
    assert zora["fame"] == pytest.approx(log(1 + 6) / log(1 + 10_000))  # 1.9459 / 9.2104 = .2113
    assert (zora["silent"], zora["strong"] + zora["weak"]) == (0, 7)


def test_the_grades_of_ties_are_counted(network: Callable[..., nq.Network]) -> None:
    weekly = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 8, 15, 22)]
    rows = [*turns("odo", weekly), *turns("mab", weekly), ("zora", "pim", "2026-12-22 12:00")]
    made = network(rows, ego="zora")
    strengths = made.ties.set_index("b")["strength"]
    assert strengths["pim"] < 0.837 < strengths["odo"] == strengths["mab"]
    assert row(made)[["strong", "weak", "silent"]].tolist() == [2, 1, 0]
    cut = network(rows, ego="zora", cut=0.999)
    assert row(cut)[["strong", "weak", "silent"]].tolist() == [0, 3, 0]


def test_equal_ties_count_in_full_unequal_ones_less(network: Callable[..., nq.Network]) -> None:
    days = ["2026-05-01", "2026-05-02"]
    three = network(
        [line for who in ("odo", "mab", "pim") for line in turns(who, days)], ego="zora"
    )
    assert row(three)["diversity"] == pytest.approx(3.0)  # exp(ln 3)
    assert row(three)["gini"] == pytest.approx(0.0)
    six = [f"2026-05-{day:02}" for day in range(1, 7)]
    more = row(network([*turns("odo", days), *turns("mab", six), *turns("pim", days)], ego="zora"))
    # sessions 2, 6, 2: shares .2, .6, .2
    assert more["diversity"] == pytest.approx(exp(-(2 * 0.2 * log(0.2) + 0.6 * log(0.6))))
    # sorted 2, 2, 6: 2 (1 * 2 + 2 * 2 + 3 * 6) / (3 * 10) - 4 / 3 = 8 / 30
    assert more["gini"] == pytest.approx(8 / 30)


def test_a_megaphone_reaches_many_and_is_no_handshake(network: Callable[..., nq.Network]) -> None:
    eight = ";".join(f"p{number}" for number in range(8))
    rows = [
        ("zora", eight, "2026-12-01 12:00"),  # to eight at once: a megaphone
        ("zora", "odo;mab", "2026-12-01 13:00"),  # to a few: neither
        ("zora", "odo", "2026-12-01 15:00"),  # to one: a handshake
        ("zora", "mab", "2026-12-01 16:00"),
        ("zora", eight, "2025-11-01 12:00"),  # more than 365 days ago
    ]
    zora = row(network(rows, ego="zora", separator=";", as_of="2026-12-01"))
    assert zora["reach"] == 8
    assert zora["one_to_one"] == pytest.approx(2 / (2 + 8))


def test_a_log_of_single_messages_does_not_show_megaphones(
    network: Callable[..., nq.Network],
) -> None:
    zora = row(network(turns("odo", ["2026-05-01"] * 2), ego="zora"))
    assert zora[["one_to_one", "one_to_one_low", "reach", "reach_high"]].isna().all()


def test_the_megaphone_brings_nobody_near(network: Callable[..., nq.Network]) -> None:
    many = ";".join(["odo", *(f"p{number}" for number in range(8))])
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 15)]
    rows = [("zora", many, f"{day} 12:00") for day in days]
    rows += [("odo", "zora", f"{day} 13:00") for day in days[:2]]
    zora = row(network(rows, ego="zora", separator=";"))
    assert (zora["active"], zora["close"], zora["strong"]) == (9, 0, 0)


def test_helpers_are_a_band_of_two_slopes() -> None:
    star = nx.star_graph(10)
    nx.set_edge_attributes(star, 0.9, "weight")
    profile = nq.profile(nq.from_graph(star, ego="0"))
    # ln(.9/.1) = 2.1972; an introduction costs 4: 10 / (1 + e^(4 - 2.1972)) and, slope 2,
    # 10 / (1 + e^(4 - 4.3944))
    low, high = 10 / (1 + e ** (4 - log(9))), 10 / (1 + e ** (4 - 2 * log(9)))
    assert (round(low, 3), round(high, 3)) == (1.415, 5.974)
    me = profile.frame.loc["0"]
    assert me[["helpers_low", "helpers_high"]].tolist() == pytest.approx([low, high])
    reply = profile.helpers.set_index("favour").loc["reply"]
    assert (reply["low"], reply["warrant"]) == (pytest.approx(9.0), "assumed")  # 10 * .9
    assert (profile.helpers["low"] <= profile.helpers["high"]).all()


def test_connections_alone_show_employers_and_no_contact(tmp_path: Path) -> None:
    path = tmp_path / "Connections.csv"
    path.write_text(CONNECTIONS, encoding="utf-8")
    me = nq.profile(nq.read(path)).frame.iloc[0]
    assert me[["contacts", "silent"]].tolist() == [3, 3]
    # two of three at Brass Teapot: exp(-(2/3 ln 2/3 + 1/3 ln 1/3)) = 1.8899
    assert me["employers"] == pytest.approx(1.8899, abs=1e-4)
    assert me[["reach", "two_way_share", "one_to_one", "helpers_low"]].isna().all()
    assert me[TIMED].isna().all()
    assert me["unseen"] == 1.0


def test_without_titles_employers_are_unknown(network: Callable[..., nq.Network]) -> None:
    assert row(network(turns("odo", ["2026-05-01"] * 2), ego="zora"))[["employers"]].isna().all()


def test_a_group_gives_a_row_a_person(network: Callable[..., nq.Network]) -> None:
    rows = [*turns("odo", ["2026-05-01"] * 2), *turns("mab", ["2026-05-02"] * 2)]
    profile = nq.profile(network(rows))
    assert profile.frame["contacts"].to_dict() == {"mab": 1, "odo": 1, "zora": 2}
    assert profile.frame["two_way"].to_dict() == {"mab": 1, "odo": 1, "zora": 2}
    assert profile.to_frame().columns[0] == "person"
    mine = nq.profile(network(rows, ego="zora"))
    assert mine.frame.index.tolist() == ["zora"]
    both = [
        made.frame.loc["zora"].filter(regex="^(?!.*_(?:low|high)$)") for made in (mine, profile)
    ]
    assert both[0].equals(both[1])


def test_without_times_nothing_is_said_about_when(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient\nzora,odo\nodo,zora\nzora,mab\n", encoding="utf-8")
    profile = nq.profile(nq.read(path))
    timed = [*TIMED, "strong", "weak", "silent", "fame", "two_way_share"]
    assert profile.frame[timed].isna().all(axis=None)
    assert profile.frame.loc["zora", "contacts"] == 2
    said = " ".join(profile.coverage)
    assert "The data has no times" in said
    assert "1970" not in said


def test_the_profile_of_an_earlier_day(network: Callable[..., nq.Network]) -> None:
    rows = [*turns("odo", ["2026-05-01"] * 2), *turns("mab", ["2026-08-02"] * 2)]
    made = network(rows, ego="zora")
    assert row(made)["contacts"] == 2
    assert row(made.at("2026-06-01"))["contacts"] == 1
    said = nq.profile(made.at("2026-01-01")).coverage
    assert said[0].startswith("As of 2026-01-01")
    assert "no times" not in " ".join(said)


def weighted(graph: nx.Graph, weight: float = 0.5) -> nx.Graph:
    nx.set_edge_attributes(graph, weight, "weight")
    return nx.relabel_nodes(graph, str)


def rising(graph: nx.Graph, factor: float = 1.0) -> nx.Graph:
    for k, (_, _, data) in enumerate(graph.edges(data=True), start=1):
        data["weight"] = factor * k / (graph.number_of_edges() + 1)
    return nx.relabel_nodes(graph, str)


def with_isolate() -> nx.Graph:
    graph = weighted(nx.path_graph(2))
    graph.add_node("alone")
    return graph


SHAPES = {
    "empty": nx.Graph(),
    "one node": nx.relabel_nodes(nx.empty_graph(1), str),
    "isolate": with_isolate(),
    "star": rising(nx.star_graph(4)),
    "triangle": rising(nx.complete_graph(3)),
    "two groups and a bridge": rising(nx.barbell_graph(4, 0)),
    "equal weights": weighted(nx.complete_graph(4)),
    "all ones": weighted(nx.complete_graph(4), 1.0),
    "times ten": rising(nx.barbell_graph(4, 0), 10.0),
    "a weight of nothing": rising(nx.star_graph(4), 0.0),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_has_a_profile_and_unknown_is_not_zero(shape: str) -> None:
    graph = SHAPES[shape]
    network = nq.from_graph(graph)
    frame = nq.profile(network).frame
    assert set(network.people.index) == set(graph)
    degrees = {person: degree for person, degree in graph.degree() if degree}
    assert frame.loc[list(degrees), "contacts"].to_dict() == degrees
    unknown = [*TIMED, "strong", "weak", "silent", "employers", "one_to_one", "two_way_share"]
    assert frame[unknown].isna().all(axis=None)
    assert frame.loc[list(degrees), "helpers_low"].notna().all()
    nq.introductions(network)
    assert network.graph.number_of_edges() == network.matrix.count_nonzero() // 2 or shape[0] == "a"


def test_scaling_the_weights_of_a_graph_keeps_the_order_of_ties() -> None:
    plain, ten = (nq.from_graph(rising(nx.barbell_graph(4, 0), f)) for f in (1.0, 10.0))
    assert plain.ties[["a", "b"]].equals(ten.ties[["a", "b"]])
    assert ten.ties["strength"].max() == 1.0
    for shown in (plain, ten):
        assert shown.ties["strength"].between(0, 1).all()


def test_a_person_without_ties_has_a_row_too() -> None:
    frame = nq.profile(nq.from_graph(with_isolate(), complete=True)).frame
    assert frame["contacts"].to_dict() == {"0": 1, "1": 1, "alone": 0}


def test_who_is_seen_and_has_no_tie_was_in_contact_with_nobody(
    network: Callable[..., nq.Network],
) -> None:
    rows = [*turns("odo", ["2024-05-01"] * 2), ("mab", "zora", "2025-05-01 12:00")]
    earlier = nq.profile(network(rows).at("2024-12-31")).frame.loc["mab"]
    figures = ["contacts", "active", "two_way", "close", "strong", "fame", "intimacy"]
    assert earlier[figures].tolist() == [0] * len(figures)


def test_contact_without_a_day_is_not_contact_of_long_ago(tmp_path: Path) -> None:
    dated, undated = tmp_path / "dated.csv", tmp_path / "undated.csv"
    dated.write_text("sender,recipient,at\nzora,odo,2026-05-01\nodo,zora,2026-05-02\n")
    undated.write_text("sender,recipient\nmab,pim\npim,mab\n", encoding="utf-8")
    frame = nq.profile(nq.read(dated, undated)).frame
    assert frame.loc["zora", "active"] == 1
    assert frame.loc["mab", ["active", "two_way", "close", "fame", "intimacy"]].isna().all()


def test_ties_that_a_file_states_are_inside_the_interval(tmp_path: Path) -> None:
    rows = [line for who in ("odo", "mab", "pim") for line in turns(who, ["2026-05-01"] * 2)]
    first = tmp_path / "first.csv"
    first.write_text("\n".join(["sender,recipient,at", *(",".join(row) for row in rows)]) + "\n")
    nq.report(nq.read(first, ego="zora"), output=tmp_path / "report")
    second = tmp_path / "second.csv"
    lines = [f"{a},{b},{at}" for a, b, at in turns("wex", ["2026-06-01", "2026-06-01"])]
    second.write_text("\n".join(["sender,recipient,at", *lines]) + "\n")
    both = nq.read(tmp_path / "report" / "ties.csv", second, ego="zora")
    zora = nq.profile(both).frame.loc["zora"]
    assert (zora["active"], zora["two_way"]) == (4, 4)
    assert not zora["active"] > zora["active_high"]
    assert len(both.at("2026-01-01").ties) == 0
