"""GraphML and GEXF load again and hold what the network holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from netquality.export.graphs import portable, write_gexf, write_graphml, write_graphs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from netquality.network import Network

FORMATS: list[Any] = [
    pytest.param(write_graphml, nx.read_graphml, id="graphml"),
    pytest.param(write_gexf, nx.read_gexf, id="gexf"),
]


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_a_file_loads_again(tmp_path: Path, network: Network, write: Any, read: Any) -> None:
    graph = read(write(network, tmp_path / "network.xml"))
    assert set(graph) == {"me-sample", "zora", "milo", "+41 00"}
    assert graph.nodes["zora"]["name"] == "Zora Quillfeather"
    assert graph.nodes["+41 00"]["name"] == "Odo <b>&"
    assert graph.nodes["me-sample"]["ego"] is True
    edge = graph.edges["me-sample", "milo"]
    assert edge["weight"] == 0.1 + 0.2
    assert edge["first"] == "1970-01-03"


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_unknown_is_absent(tmp_path: Path, network: Network, write: Any, read: Any) -> None:
    graph = read(write(network, tmp_path / "network.xml"))
    assert not {"strength", "first", "out"} & set(graph.edges["me-sample", "+41 00"])
    assert "employer" not in graph.nodes["milo"]


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_out_counts_from_the_end_that_is_named_first(
    tmp_path: Path, network: Network, write: Any, read: Any
) -> None:
    graph = read(write(network, tmp_path / "network.xml"))
    # The people of this network are listed so that the contact comes before the ego.
    assert ("zora", "me-sample") in graph.edges()
    assert (graph.edges["zora", "me-sample"]["out"], graph.edges["zora", "me-sample"]["in"]) == (
        11,
        12,
    )


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_the_same_network_gives_the_same_bytes(
    tmp_path: Path, network: Network, write: Any, read: Any
) -> None:
    one, two = (write(network, tmp_path / name).read_bytes() for name in ("one", "two"))
    assert one == two
    assert b"lastmodified" not in one


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_an_empty_network(
    tmp_path: Path, make: Callable[..., Network], write: Any, read: Any
) -> None:
    empty = make(graph=nx.freeze(nx.Graph()), ties=make().ties.head(0))
    assert read(write(empty, tmp_path / "network.xml")).number_of_nodes() == 0


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_the_file_says_what_the_writer_of_networkx_says(
    tmp_path: Path, network: Network, write: Any, read: Any
) -> None:
    theirs = tmp_path / "theirs.xml"
    {write_graphml: nx.write_graphml, write_gexf: nx.write_gexf}[write](portable(network), theirs)
    ours, expected = read(write(network, tmp_path / "ours.xml")), read(theirs)
    labels = {node: data.get("name", node) for node, data in ours.nodes(data=True)}
    if write is write_gexf:
        nx.set_node_attributes(expected, labels, "label")
    assert list(ours.nodes(data=True)) == list(expected.nodes(data=True))
    assert list(ours.edges(data=True)) == list(expected.edges(data=True))
    assert ours.graph == expected.graph


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_signs_of_xml_are_text(
    tmp_path: Path, make: Callable[..., Network], write: Any, read: Any
) -> None:
    hostile = "\"><data key='d0'>&amp;</data><!--"
    graph = nx.Graph([(hostile, "zora", {hostile: hostile})], **{hostile: hostile})
    graph.nodes["zora"]["name"] = hostile
    made = read(write(make(graph=graph, ties=make().ties.head(0)), tmp_path / "network.xml"))
    assert set(made) == {hostile, "zora"}
    assert made.edges[hostile, "zora"][hostile] == hostile
    assert made.nodes["zora"]["name"] == hostile


@pytest.mark.parametrize(("write", "read"), FORMATS)
def test_whole_numbers_and_fractions_of_one_name_stay_numbers(
    tmp_path: Path, make: Callable[..., Network], write: Any, read: Any
) -> None:
    graph = nx.Graph([("zora", "milo", {"times": 3}), ("zora", "odo", {"times": 0.5})])
    made = read(write(make(graph=graph, ties=make().ties.head(0)), tmp_path / "network.xml"))
    assert [data["times"] for *_, data in made.edges(data=True)] == [3, 0.5]


def test_both_at_once_are_the_same_as_one_by_one(tmp_path: Path, network: Network) -> None:
    both = write_graphs(network, tmp_path / "both.graphml", tmp_path / "both.gexf")
    each = [write_graphml(network, tmp_path / "one"), write_gexf(network, tmp_path / "two")]
    assert [path.read_bytes() for path in both] == [path.read_bytes() for path in each]


def test_gexf_shows_names_as_labels(tmp_path: Path, network: Network) -> None:
    graph = nx.read_gexf(write_gexf(network, tmp_path / "network.gexf"))
    assert graph.nodes["zora"]["label"] == "Zora Quillfeather"


def test_ids_that_differ_in_hidden_characters_stay_apart(make: Callable[..., Network]) -> None:
    graph = nx.Graph([("zora", "zora\u200b"), ("zora", "\x00")])
    plain = portable(make(graph=graph, ties=make().ties.head(0)))
    assert set(plain) == {"zora", "zora~2", "unnamed"}
    assert plain.number_of_edges() == 2
