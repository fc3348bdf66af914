"""A NetworkX graph in memory is read like a graph file, but more strictly."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from netquality.errors import BadInput
from netquality.sources.graphs import tables_of


def test_any_attribute_may_be_the_strength(ties: Any) -> None:
    graph = nx.Graph([(1, 2, {"warmth": 0.5, "weight": 9}), (2, "odo", {"warmth": 0.25})])
    tables = tables_of(graph, weight="warmth")
    assert ties(tables) == {("1", "2"): [0.5, None, None], ("2", "odo"): [0.25, None, None]}


def test_a_missing_arc_is_none_only_in_a_complete_graph(ties: Any) -> None:
    graph = nx.DiGraph([(1, 2, {"weight": 1.0})])
    assert ties(tables_of(graph)) == {("1", "2"): [1, 1, None]}
    assert ties(tables_of(graph, complete=True)) == {("1", "2"): [1, 1, 0]}
    graph.add_edge(2, 1, weight=0.5)
    assert ties(tables_of(graph, complete=True)) == {("1", "2"): [1, 1, 0.5]}


def test_every_edge_needs_the_weight() -> None:
    graph = nx.Graph([(1, 2, {"weight": 1.0}), (2, 3, {})])
    with pytest.raises(BadInput, match="1 of 2 edges have no 'weight'"):
        tables_of(graph)


def test_the_same_graph_has_the_same_source() -> None:
    one = nx.Graph([(1, 2, {"weight": 1.0}), (2, 3, {"weight": 0.5})])
    same = nx.Graph([(1, 2, {"weight": 1.0}), (2, 3, {"weight": 0.5})])
    other = nx.Graph([(1, 2, {"weight": 1.0}), (2, 3, {"weight": 0.25})])
    first, second, third = (tables_of(g).sources["source"].iloc[0] for g in (one, same, other))
    assert first == second != third


def test_people_without_ties_are_known() -> None:
    graph = nx.Graph([(1, 2, {"weight": 1.0})])
    graph.add_node(3, name="Milo")
    accounts = tables_of(graph).accounts.set_index("value")
    assert accounts.loc["3", "name"] == "Milo"
    assert accounts["row"].isna().tolist() == [False, False, True]
