"""GraphML and GEXF, as any program writes them, become given ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from netquality.errors import BadInput
from netquality.ids import digest

if TYPE_CHECKING:
    from collections.abc import Callable

WRITERS = [
    pytest.param(nx.generate_graphml, id="graphml"),
    pytest.param(nx.generate_gexf, id="gexf"),
]
KEY = '<key id="w" for="edge" attr.name="weight" attr.type="double"/>'


def _file(write: Callable[[Any], Any], graph: Any) -> str:
    return "<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(write(graph))


def _star() -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("me", name="Zora Quillfeather", ego=True, kind="person")
    graph.add_node("odo", name="Odo Mossgrove", employer="Fern & Co", title="Keeper")
    graph.add_node("robot7", kind="robot")
    graph.add_node("alone")
    graph.add_edge("me", "odo", strength=0.75, weight=0.5, out=3, first="2026-01-02")
    graph.add_edge("me", "robot7", strength=0.25, weight=0.5, last="2026-03-04", basis="declared")
    return graph


@pytest.mark.parametrize("write", WRITERS)
def test_nodes_and_edges(read: Any, ties: Any, write: Any) -> None:
    tables = read(_file(write, _star()))
    assert ties(tables) == {
        ("me", "odo"): [0.75, 3, None],
        ("me", "robot7"): [0.25, None, None],
    }
    assert tables.given["basis"].tolist() == ["given", "declared"]
    people = tables.accounts.set_index("value")
    assert people["name"].to_dict() | {"me": "Zora Quillfeather", "odo": "Odo Mossgrove"} == (
        people["name"].to_dict()
    )
    assert people["kind"].to_dict() == {
        "me": "person",
        "odo": "person",
        "robot7": "robot",
        "alone": "person",
    }
    stated = tables.attributes[["account", "name", "value"]].to_numpy().tolist()
    odo = digest("platform", "", "odo")
    assert stated == [[odo, "employer", "Fern & Co"], [odo, "title", "Keeper"]]


@pytest.mark.parametrize("write", WRITERS)
def test_the_marked_ego_owns_the_file(read: Any, write: Any) -> None:
    source = read(_file(write, _star())).sources.iloc[0]
    assert source["owner"] == digest("platform", "", "me")
    assert source[["format", "shows", "zone"]].tolist() == ["graph", "given", "UTC (given)"]
    assert source[["first", "last"]].tolist() == [20455, 20516]


def test_two_egos_own_nothing(read: Any) -> None:
    graph = _star()
    graph.nodes["odo"]["ego"] = True
    source = read(_file(nx.generate_graphml, graph)).sources.iloc[0]
    assert source["owner"] != source["owner"]
    assert "2 nodes are marked as ego" in source["rules"]


def test_ids_that_are_mail_addresses_join_other_sources(read: Any) -> None:
    graph = nx.Graph([("Zora@Fern.example", "odo", {"weight": 1.0})])
    accounts = read(_file(nx.generate_graphml, graph)).accounts.set_index("raw")
    assert accounts.loc["Zora@Fern.example", "account"] == digest("mail", "zora@fern.example")


def test_weights_above_one_are_divided_by_the_largest(read: Any, ties: Any) -> None:
    graph = nx.Graph([("1", "2", {"weight": 8}), ("2", "3", {"weight": 2})])
    tables = read(_file(nx.generate_graphml, graph))
    assert ties(tables) == {("1", "2"): [1, None, None], ("2", "3"): [0.25, None, None]}
    assert tables.sources["rules"].tolist() == ["weight divided by its largest value, 8"]


def test_both_directions_are_one_tie(read: Any, ties: Any) -> None:
    graph = nx.DiGraph()
    graph.add_weighted_edges_from([("1", "2", 4), ("2", "1", 1), ("3", "1", 2)])
    tables = read(_file(nx.generate_graphml, graph))
    assert ties(tables) == {("1", "2"): [1, 4, 1], ("3", "1"): [0.5, 2, None]}
    assert tables.sources[["read", "kept"]].to_numpy().tolist() == [[3, 3]]


def test_parallel_edges_add_up(read: Any, ties: Any) -> None:
    graph = nx.MultiDiGraph()
    graph.add_weighted_edges_from([("1", "2", 1), ("1", "2", 1), ("2", "1", 0.5)])
    assert ties(read(_file(nx.generate_graphml, graph))) == {("1", "2"): [1, 2, 0.5]}


def test_loops_and_edges_without_a_strength_are_rejected(read: Any) -> None:
    graph = nx.Graph([("1", "2", {"weight": 1}), ("2", "3", {}), ("3", "3", {"weight": 1})])
    tables = read(_file(nx.generate_graphml, graph))
    assert tables.rejects["reason"].tolist() == ["no strength", "a tie from a person to itself"]
    assert len(tables.given) == 1


def test_other_versions_and_encodings(read: Any, ties: Any) -> None:
    graph = nx.Graph([("Zoë", "Odo", {"weight": 1.0})])
    gexf = _file(nx.generate_gexf, graph).replace("www.gexf.net/1.2draft", "gexf.net/1.3")
    wide = _file(nx.generate_graphml, graph).replace("utf-8", "utf-16").encode("utf-16")
    latin = _file(nx.generate_graphml, graph).replace("utf-8", "iso-8859-1").encode("latin-1")
    untyped = _file(nx.generate_graphml, graph).replace(' attr.type="double"', "")
    for data in (gexf, wide, latin, untyped):
        assert ties(read(data)) == {("Zoë", "Odo"): [1, None, None]}


def test_whole_days_are_relative(read: Any) -> None:
    graph = nx.Graph([("1", "2", {"weight": 1, "first": "day 3", "last": "day 12"})])
    source = read(_file(nx.generate_graphml, graph)).sources.iloc[0]
    assert source["zone"].startswith("relative")
    assert source[["first", "last", "odd"]].tolist() == [3, 12, 0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "declares a document"),
        ("<graphml>", "is damaged or no graph"),
        ("<graphml/>", "is damaged or no graph"),
        ("<gexf/>", "is damaged or no graph"),
        (_file(nx.generate_graphml, nx.empty_graph(3)), "has no edges"),
        (_file(nx.generate_graphml, nx.path_graph(3)), "2 of 2 edges have no 'strength'.*'weight'"),
        (
            _file(nx.generate_graphml, nx.Graph([(1, 2, {"weight": -1})])),
            "'weight' that is negative or no number",
        ),
        (
            _file(nx.generate_graphml, nx.Graph([(1, 2, {"weight": "much"})])),
            "'weight' that is negative or no number",
        ),
        (
            _file(nx.generate_graphml, nx.Graph([(1, 1, {"weight": 1})])),
            "has no ties that can be used: 1 of 1",
        ),
        (f'<graphml xmlns="x">{KEY}<graph><edge source="1"/></graph></graphml>', "no graph"),
    ],
)
def test_what_is_no_weighted_graph_is_refused(read: Any, data: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read(data)


def test_entities_hidden_in_another_encoding_are_refused(read: Any) -> None:
    hostile = '<!DOCTYPE x [<!ENTITY a "b">]><graphml/>'
    with pytest.raises(BadInput, match="declares a document"):
        read(hostile.encode("utf-16"))
    with pytest.raises(BadInput, match="declares a document"):
        read(b"<graphml/>" + hostile.encode("utf-16-le"))
