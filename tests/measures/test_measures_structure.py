"""Holes, closure and overlap: worked by hand, against NetworkX, and missing where not observed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.errors import BadInput
from netquality.measures import triangles
from netquality.measures.structure import structure
from netquality.measures.triangles import Embeddedness, embeddedness
from netquality.schema import as_table

if TYPE_CHECKING:
    from pathlib import Path

Edges = list[tuple[int, int, float]]
HAND = [(0, 1, 1.0), (0, 2, 2.0), (1, 2, 5.0), (2, 3, 1.0)]
CONSTRAINT, SIZE, CLUSTERING = "constraint", "effective_size", "clustering"
FIGURES = [CONSTRAINT, SIZE, "efficiency", CLUSTERING, "clustering_weighted", "triangles"]
LINK = "https://www.linkedin.com/in/{}-sample"
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
TALKS = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
    "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)
PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers\n{},Fernwick,,,,,,,,,,,\n"
)


def of(edges: Edges, size: int) -> Embeddedness:
    a, b, weight = zip(*edges, strict=True) if edges else ((), (), ())
    return embeddedness(a, b, weight, size)


def graph_of(edges: Edges, size: int) -> nx.Graph:
    graph = nx.empty_graph(size)
    graph.add_weighted_edges_from(edges)
    return graph


def named(rows: list[tuple[str, str, float]], *alone: str) -> nq.Network:
    graph = nx.Graph()
    graph.add_weighted_edges_from(rows)
    graph.add_nodes_from(alone)
    return nq.from_graph(graph, complete=True)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Edges, int]:
    """Up to 12 people, any ties, weights over four orders of magnitude, ends in any order."""
    size = draw(st.integers(1, 12))
    pairs = [(i, j) for i in range(size) for j in range(i)]
    chosen = draw(st.permutations(pairs))[: draw(st.integers(0, len(pairs)))] if pairs else []
    weights = st.floats(0.01, 100)
    turned = st.booleans()
    return [(*(p if draw(turned) else p[::-1]), draw(weights)) for p in chosen], size


# By hand.


def test_a_weighted_triangle() -> None:
    # Zora 0, odo 1, mab 2: 01 is 4, 02 is 1, 12 is 2; totals 5, 6, 3; largest 4, 4, 2.
    found = of([(0, 1, 4.0), (0, 2, 1.0), (1, 2, 2.0)], 3)
    # Zora: 2 - (p_02 m_12 + p_01 m_21) = 2 - (1/5 * 2/4 + 4/5 * 2/2) = 2 - .9
    assert found.effective_size[0] == pytest.approx(1.1)
    assert found.efficiency[0] == pytest.approx(0.55)
    # (4/5 + 1/5 * 2/3)^2 + (1/5 + 4/5 * 2/6)^2 = (14/15)^2 + (7/15)^2 = 245/225
    assert found.constraint[0] == pytest.approx(245 / 225)
    assert found.clustering.tolist() == [1, 1, 1]
    # cbrt(4 * 1 * 2) / 4 = 2/4, the same for all three
    assert found.clustering_weighted == pytest.approx([0.5, 0.5, 0.5])
    assert found.triangles.tolist() == found.common.tolist() == [1, 1, 1]


def test_effective_size_of_contacts_with_ties_of_their_own() -> None:
    # Person 1: 2 - (p_12 m_02 + p_10 m_20) = 2 - (5/6 * 2/2 + 1/6 * 2/5) = 2 - .9
    # Person 2: 3 - (p_21 m_01 + p_20 m_10) = 3 - (5/8 * 1/2 + 2/8 * 1/5) = 3 - .3625
    found = of(HAND, 4)
    assert found.effective_size[[1, 2]] == pytest.approx([1.1, 2.6375])
    # Person 3 has one contact, so everything leads to it.
    assert (found.constraint[3], found.effective_size[3]) == (1, 1)


def test_two_triangles_and_a_bridge() -> None:
    pairs = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]
    found = of([(*pair, 1.0) for pair in pairs], 6)
    # 0: p_01 + p_02 p_21 = 1/2 + 1/2 * 1/3 = 2/3; p_02 + p_01 p_12 = 1/2 + 1/2 * 1/2 = 3/4
    assert found.constraint[0] == pytest.approx(4 / 9 + 9 / 16)
    # 2: to 0 and to 1: 1/3 + 1/3 * 1/2 = 1/2 each; over the bridge 1/3
    assert found.constraint[2] == pytest.approx(1 / 4 + 1 / 4 + 1 / 9)
    # 2: n - 2t/n = 3 - 2/3 (Borgatti); one of three pairs is tied
    assert found.effective_size[2] == pytest.approx(7 / 3)
    assert found.efficiency[2] == pytest.approx(7 / 9)
    assert found.clustering[2] == pytest.approx(1 / 3)
    # 01: both know 2 and nobody else; 02: both know 1, and 2 knows 3; the bridge: nobody
    assert found.common.tolist() == [1, 1, 1, 1, 1, 1, 0]
    assert found.overlap.tolist() == pytest.approx([1, 1 / 2, 1 / 2, 1 / 2, 1 / 2, 1, 0])


def test_the_middle_of_a_star_is_free_of_constraint() -> None:
    found = of([(0, k, 1.0) for k in range(1, 5)], 6)
    # Four contacts without ties: 4 * (1/4)^2; each of them has one contact, no pair of contacts.
    assert found.constraint[:2].tolist() == [1 / 4, 1]
    assert found.effective_size[:2].tolist() == [4, 1]
    assert found.clustering[0] == found.triangles.sum() == 0
    assert np.isnan(found.clustering[1:]).all()
    assert found.overlap.tolist() == [0, 0, 0, 0]
    # Nobody is at 5.
    assert found.degree[5] == 0
    assert np.isnan([found.constraint[5], found.effective_size[5], found.efficiency[5]]).all()


def test_overlap_needs_another_contact() -> None:
    assert np.isnan(of([(0, 1, 1.0)], 2).overlap).all()


def test_nobody_at_all() -> None:
    assert len(of([], 0).constraint) == 0
    assert np.isnan(of([], 2).constraint).all()


@pytest.mark.parametrize(
    ("edges", "says"),
    [
        ([(0, 0, 1.0)], "loop"),
        ([(0, 3, 1.0)], "out of range"),
        ([(-1, 2, 1.0)], "out of range"),
        ([(0, 1, 1.0), (1, 0, 2.0)], "twice"),
        ([(0, 1, 0.0)], "positive"),
        ([(0, 1, -1.0)], "positive"),
        ([(0, 1, float("nan"))], "positive"),
        ([(0, 1, float("inf"))], "positive"),
    ],
)
def test_edges_that_are_none_are_refused(edges: Edges, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        of(edges, 3)


def test_ends_and_weights_belong_together() -> None:
    with pytest.raises(BadInput, match="length"):
        embeddedness([0, 1], [1, 2], [1.0], 3)


# Against NetworkX, which needs `nodes` to get weighted effective sizes right.


@settings(deadline=None)
@given(graphs())
def test_equal_to_networkx(made: tuple[Edges, int]) -> None:
    edges, size = made
    _compare(of(edges, size), graph_of(edges, size), "weight")


@settings(deadline=None)
@given(graphs())
def test_equal_to_networkx_without_weights(made: tuple[Edges, int]) -> None:
    edges, size = made
    even = [(a, b, 1.0) for a, b, _ in edges]
    _compare(of(even, size), graph_of(even, size), None)


def _compare(found: Embeddedness, graph: nx.Graph, weight: str | None) -> None:
    people = list(graph)
    constraint = nx.constraint(graph, nodes=people, weight=weight)
    size = nx.effective_size(graph, nodes=people, weight=weight)
    _same(found.constraint, constraint)
    _same(found.effective_size, size)
    _same(found.efficiency, {v: size[v] / max(graph.degree(v), 1) for v in people})
    assert found.triangles.tolist() == list(nx.triangles(graph).values())
    # NetworkX has 0 where there is no pair of contacts that could be tied.
    paired = {v: 0 if graph.degree(v) > 1 else float("nan") for v in people}
    _same(found.clustering, {v: c + paired[v] for v, c in nx.clustering(graph).items()})
    onnela = nx.clustering(graph, weight="weight")
    _same(found.clustering_weighted, {v: c + paired[v] for v, c in onnela.items()})


def _same(found: np.ndarray, expected: dict[int, float]) -> None:
    values = [expected[v] for v in range(len(found))]
    np.testing.assert_allclose(found, values, rtol=1e-9, atol=1e-9)


@settings(deadline=None)
@given(graphs())
def test_overlap_from_the_contacts_of_both(made: tuple[Edges, int]) -> None:
    edges, size = made
    found, graph = of(edges, size), graph_of(edges, size)
    for row, (a, b, _) in enumerate(edges):
        common = set(nx.common_neighbors(graph, a, b))
        others = (set(graph[a]) | set(graph[b])) - {a, b}
        assert found.common[row] == len(common)
        share = len(common) / len(others) if others else float("nan")
        assert found.overlap[row] == pytest.approx(share, nan_ok=True)


@settings(deadline=None)
@given(graphs())
def test_ten_times_the_weights_change_nothing(made: tuple[Edges, int]) -> None:
    edges, size = made
    _alike(of(edges, size), of([(a, b, 10 * w) for a, b, w in edges], size))


@settings(deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(made: tuple[Edges, int], chance: object) -> None:
    edges, size = made
    new, order = list(range(size)), list(range(len(edges)))
    chance.shuffle(new)
    chance.shuffle(order)
    other = of([(new[edges[k][1]], new[edges[k][0]], edges[k][2]) for k in order], size)
    _alike(of(edges, size), other, people=new, ties=np.argsort(order))


@pytest.mark.parametrize("most", [1, 7, 50])
def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    chance = np.random.default_rng(3)
    graph = nx.gnp_random_graph(40, 0.3, seed=3)
    edges = [(a, b, float(w)) for (a, b), w in zip(graph.edges, chance.random(780), strict=False)]
    whole = of(edges, 40)
    monkeypatch.setattr(triangles, "_WEDGES", most)
    _alike(whole, of(edges, 40))


def _alike(
    one: Embeddedness, other: Embeddedness, people: object = ..., ties: object = ...
) -> None:
    for name in ("degree", *FIGURES):
        a, b = getattr(one, name), getattr(other, name)[people]
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12, err_msg=name)
    for name in ("common", "overlap"):
        a, b = getattr(one, name), getattr(other, name)[ties]
        np.testing.assert_allclose(a, b, rtol=1e-12, err_msg=name)


def test_weights_may_be_tiny_beside_the_largest() -> None:
    # The small triangle's figures are those of even weights: its strengths are equal.
    small = [(0, 1, 1e-150), (0, 2, 1e-150), (1, 2, 1e-150)]
    found = of([*small, (3, 4, 1e150)], 5)
    # 1/2 + 1/2 * 1/2 to each of two: 2 * (3/4)^2; 2 - 2/2
    assert found.constraint[:3] == pytest.approx([9 / 8] * 3)
    assert found.effective_size[:3] == pytest.approx([1] * 3)


# On a network.

TRIANGLE = [("zora", "odo", 0.8), ("zora", "mab", 0.2), ("odo", "mab", 0.4)]


def test_a_whole_group_has_a_row_a_person() -> None:
    found = structure(named([*TRIANGLE, ("mab", "pim", 0.2)], "tib"))
    assert found.frame.index.tolist() == ["mab", "odo", "pim", "tib", "zora"]
    assert found.frame["ties"].tolist() == [3, 2, 1, 0, 2]
    # p_odo = .8, p_mab = .2; m of odo and mab: .4/.8 from odo's side, .4/.4 from mab's
    assert found.frame.loc["zora", SIZE] == pytest.approx(2 - (0.2 * 0.5 + 0.8 * 1))
    assert found.frame.loc["pim", CONSTRAINT] == 1
    assert found.frame["reason"].fillna("").tolist() == ["", "", "", "no ties", ""]
    assert found.frame.loc["tib", FIGURES].isna().all()
    assert "Without any ties, so without structure: 1 of 5 people." in found.coverage
    assert "An edge that is missing in a given graph is taken as no tie." in found.coverage
    assert found.coverage[0] == "The figures stand on 4 ties: 4 given."


def test_the_ties_have_their_overlap() -> None:
    ties = structure(named([*TRIANGLE, ("mab", "pim", 0.2)])).ties
    overlap = {frozenset(row[:2]): row[2:] for row in ties.itertuples(index=False, name=None)}
    # zora and odo share mab and nobody else; zora and mab share odo, and mab has pim
    assert overlap[frozenset({"zora", "odo"})][:2] == (1, 1)
    assert overlap[frozenset({"zora", "mab"})][:2] == (1, 0.5)
    assert overlap[frozenset({"mab", "pim"})][:2] == (0, 0)
    assert ties["reason"].isna().all()


def test_an_ego_of_a_whole_group_has_the_one_row() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from(TRIANGLE)
    found = structure(nq.from_graph(graph, ego="zora", complete=True))
    assert found.frame.index.tolist() == ["zora"]
    assert found.frame.loc["zora", SIZE] == pytest.approx(1.1)
    assert len(found.ties) == 3
    assert not any("ego-network" in sentence for sentence in found.coverage)


def test_scaling_strengths_changes_nothing() -> None:
    tenth = [(a, b, w / 10) for a, b, w in TRIANGLE]
    one, other = structure(named(TRIANGLE)).frame, structure(named(tenth)).frame
    np.testing.assert_allclose(one[FIGURES], other[FIGURES], rtol=1e-9)


def test_ties_without_strength_are_none() -> None:
    found = structure(named([*TRIANGLE, ("zora", "pim", 0.0)])).frame
    assert found["ties"].tolist() == [2, 2, 0, 2]
    assert found.loc["pim", "reason"] == "no ties"


def test_nobody() -> None:
    from netquality.network import build
    from netquality.schema import Tables

    found = structure(build(Tables()), probable=True)
    assert found.frame.empty
    assert found.ties.empty
    assert found.coverage[0] == "The figures stand on 0 ties."


# What an owner's files do not show.


def archive(place: Path, me: str, others: str, groups: tuple[str, ...] = ()) -> Path:
    """An export: connections, messages to and fro with each, and group conversations."""
    folder = place / me / "Basic_LinkedInDataExport_06-30-2026"
    folder.mkdir(parents=True)
    people = others.split()
    lines = [
        f"{who.title()},Fernwick,{LINK.format(who)},,{_firm(who)},,03 Mar 2024\n" for who in people
    ]
    (folder / "Connections.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    (folder / "Profile.csv").write_text(PROFILE.format(me.title()), encoding="utf-8")
    rows = [TALKS]
    for k, who in enumerate([*people, *groups]):
        to, links = _addressed(who)
        head = f'{me}{k},,{me.title()} Fernwick,{LINK.format(me)},"{to}","{links}"'
        rows.append(f"{head},2026-06-01 08:{k:02}:00 UTC,,Hello,INBOX\n")
    (folder / "messages.csv").write_text("".join(rows), encoding="utf-8")
    return folder


def _firm(who: str) -> str:
    return "Brass Teapot Ltd" if who in ("odo", "pim") else ""


def _addressed(names: str) -> tuple[str, str]:
    people = names.split()
    links = ",".join(LINK.format(who) for who in people)
    return ",".join(f"{who.title()} Fernwick" for who in people), links


def test_a_star_shows_no_structure(tmp_path: Path) -> None:
    made = nq.sample(tmp_path, contacts=60, messages=300, seed=1, log=False)
    network = nq.read(made.archive)
    found = structure(network)
    (owner,) = network.egos
    row = found.frame.loc[owner]
    assert row["ties"] == len(network.ties) > 50
    assert row["reason"] == "star"
    assert row[FIGURES].isna().all()
    assert len(found.ties) == len(network.ties)
    assert (found.ties["reason"] == "star").all()
    assert found.ties[["common", "overlap"]].isna().all(axis=None)
    assert any(sentence.startswith("Left out (star): 1 of 1 people") for sentence in found.coverage)


def test_one_contact_that_is_not_seen_hides_nothing(tmp_path: Path) -> None:
    alone = structure(nq.read(archive(tmp_path, "zora", "odo"))).frame.iloc[0]
    assert alone[[CONSTRAINT, SIZE]].tolist() == [1, 1]
    assert alone.isna()["reason"]


def test_two_owners_show_the_ties_of_both(tmp_path: Path) -> None:
    one = archive(tmp_path, "zora", "odo mab tib")
    two = archive(tmp_path, "odo", "zora mab")
    network = nq.read(one, two)
    found = structure(network)
    by_name = found.frame.rename(index=network.people["name"]).rename(index=str.lower)
    # Odo: of zora and mab only mab is not seen, so their tie is. Zora: neither mab nor tib is.
    assert by_name["reason"].isna().to_dict() == {"odo fernwick": True, "zora fernwick": False}
    assert by_name.loc["odo fernwick", ["triangles", CLUSTERING]].tolist() == [1, 1]
    assert by_name.loc["zora fernwick", FIGURES].isna().all()
    ties = found.ties.set_index(["a", "b"])
    # Both know mab, zora knows tib as well: 1 of 2.
    assert ties["overlap"].dropna().tolist() == [0.5]
    assert (ties["reason"] == "star").sum() == len(ties) - 1
    assert any("ego-network" in sentence for sentence in found.coverage)


def test_probable_ties_close_the_star_of_an_owner(tmp_path: Path) -> None:
    network = nq.read(archive(tmp_path, "zora", "odo mab tib", ("odo mab",)))
    assert structure(network).frame["reason"].tolist() == ["star"]
    found = structure(network, probable=True)
    row = found.frame.iloc[0]
    assert (row["ties"], row["triangles"]) == (3, 1)
    assert row[CLUSTERING] == pytest.approx(1 / 3)
    # Two people in one conversation: 1 - .95 * (1 - 1/2) = .525; nobody else is tied.
    knows = 0.525
    strength = network.ties.set_index("b")["strength"].rename(network.people["name"])
    odo, mab, tib = (strength[f"{name} Fernwick"] for name in ("Odo", "Mab", "Tib"))
    total = odo + mab + tib
    redundant = odo / total * knows / max(mab, knows) + mab / total * knows / max(odo, knows)
    assert row[SIZE] == pytest.approx(3 - redundant)
    spent = odo + mab * knows / (mab + knows), mab + odo * knows / (odo + knows), tib
    assert row[CONSTRAINT] == pytest.approx(sum((each / total) ** 2 for each in spent))
    assert found.coverage[1].startswith("Probable ties added: 1, of contacts")
    assert found.coverage[1].count("0.5") == 2
    assert found.parameters == {"probable": True}
    # A tie's overlap is no better known than before.
    assert (found.ties["reason"] == "star").all()
    assert len(found.ties) == 3


def test_the_same_employer_makes_a_tie_more_probable(tmp_path: Path) -> None:
    network = nq.read(archive(tmp_path, "zora", "odo pim", ("odo pim",)))
    row = structure(network, probable=True).frame.iloc[0]
    # 1 - .95 * (1 - 1/2) * (1 - .6) = .81
    odo, pim = network.ties["strength"]
    knows = 0.81
    spent = odo + pim * knows / (pim + knows), pim + odo * knows / (odo + knows)
    assert row[CONSTRAINT] == pytest.approx(sum((each / (odo + pim)) ** 2 for each in spent))


def test_a_star_without_evidence_stays_a_star(tmp_path: Path) -> None:
    found = structure(nq.read(archive(tmp_path, "zora", "odo pim tib")), probable=True)
    assert found.frame["reason"].tolist() == ["star"]
    assert found.frame[FIGURES].isna().all(axis=None)
    assert found.coverage[1].startswith("No probable ties were found")


def test_strangers_in_a_conversation_are_no_contacts(tmp_path: Path) -> None:
    folder = archive(tmp_path, "zora", "odo tib")
    to, links = _addressed("zora wex")
    row = f'x,,Odo Fernwick,{LINK.format("odo")},"{to}","{links}",2026-06-01 09:00:00 UTC,,Hi,INBOX'
    with (folder / "messages.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    found = structure(nq.read(folder), probable=True)
    # Odo wrote to zora and wex; wex has no tie with zora, so odo's tie with wex closes nothing.
    assert found.frame[["ties", "reason"]].iloc[0].tolist() == [2, "star"]
    assert found.coverage[1].startswith("No probable ties were found")


def test_a_stated_tie_is_not_doubled_by_a_probable_one(tmp_path: Path) -> None:
    network = nq.read(archive(tmp_path, "zora", "odo mab", ("odo mab",)))
    account = network.tables.accounts.set_index("value")["account"]
    said = {"a": [account["odo-sample"]], "b": [account["mab-sample"]], "strength": [0.3]}
    source = network.sources["source"].iloc[0]
    given_too = as_table("given", {**said, "basis": "given", "source": source})
    more = replace(network, tables=replace(network.tables, given=given_too))
    found = structure(more, probable=True)
    assert found.coverage[0].endswith("1 given.")
    assert found.coverage[1].startswith("No probable ties were found")
    assert sorted(found.ties["reason"]) == ["star"] * 3


def test_inferred_ties_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    rows = ["a,b,strength,basis", "zora,odo,0.8,observed", "zora,mab,0.2,observed"]
    path.write_text("\n".join([*rows, "odo,mab,0.4,inferred"]) + "\n", encoding="utf-8")
    found = structure(nq.read(path))
    assert found.frame["triangles"].tolist() == [0, 0, 0]
    assert found.coverage[0] == "The figures stand on 2 ties: 2 observed."


def test_what_is_observed_to_be_no_tie_is_not_probable(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    pairs = ["zora,odo;mab", "odo,tib", "tib,zora"]
    rows = [f"{pair},2026-06-0{k} 08:00\n" for k, pair in enumerate(pairs, 1)]
    log.write_text("sender,recipient,at\n" + "".join(rows), encoding="utf-8")
    network = nq.read(log, separator=";")
    one, other = structure(network), structure(network, probable=True)
    # Odo and mab were addressed together, but whatever they do is in this log: of zora's
    # contacts odo and tib have a tie.
    assert len(one.frame) == 4
    assert one.frame.equals(other.frame)
    assert one.frame.loc[network.person("zora"), "triangles"] == 1
