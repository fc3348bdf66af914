"""One contract for all measures: every shape of network, with contact and as a bare graph."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import netquality as nq
from netquality.measures.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEASURES = (
    *("broadcast", "changes", "circles", "initiative", "ladder", "multiplexity", "past"),
    *("persistence", "profile", "reciprocity", "replies", "rings", "silence"),
    *("standing", "structure", "weights"),
)
# Learned from, or measured against, all of a network: whoever joins it changes them.
RELATIVE = ("persistence", "replies", "standing")
# Measures of contact: a graph that only states strengths shows nothing of it.
OF_CONTACT = (
    *("broadcast", "initiative", "past", "persistence", "reciprocity", "replies"),
    "silence",
)
EXTRA = (
    "crowds",
    "months",
    "totals",
    "arcs",
    "bands",
    "layers",
    "helpers",
    "ties",
    "quarters",
    "sectors",
)


def weighted(graph: nx.Graph, factor: float = 1.0, *, equal: bool = False) -> nx.Graph:
    """Rising weights below 1, or equal ones; nodes as text."""
    for k, (_, _, data) in enumerate(graph.edges(data=True), start=1):
        data["weight"] = factor * (0.5 if equal else k / (graph.number_of_edges() + 1))
    return nx.relabel_nodes(graph, lambda node: f"p{node}")


def two_groups() -> nx.Graph:
    return nx.barbell_graph(4, 0)


def with_isolate() -> nx.Graph:
    graph = nx.path_graph(3)
    graph.add_node(9)
    return graph


SHAPES: dict[str, nx.Graph] = {
    "empty": nx.Graph(),
    "one node": weighted(nx.empty_graph(1)),
    "isolate": weighted(with_isolate()),
    "star": weighted(nx.star_graph(5)),
    "triangle": weighted(nx.complete_graph(3)),
    "two groups and a bridge": weighted(two_groups()),
    "equal weights": weighted(two_groups(), equal=True),
    "weights times 10": weighted(two_groups(), 10.0),
}
WITH_TIES = [name for name, graph in SHAPES.items() if graph.number_of_edges()]


def asked(network: nq.Network, name: str) -> Result:
    result = getattr(import_module(f"netquality.measures.{name}"), name)(network)
    assert isinstance(result, Result)
    return result


def parts(result: Result) -> dict[str, pd.DataFrame | pd.Series]:
    found = {"frame": result.frame}
    return found | {name: getattr(result, name) for name in EXTRA if hasattr(result, name)}


def numbers(part: pd.DataFrame | pd.Series) -> np.ndarray:
    frame = part.to_frame() if isinstance(part, pd.Series) else part
    return frame.select_dtypes("number").to_numpy(dtype="float64", na_value=np.nan)


@pytest.fixture
def logged(tmp_path: Path) -> Callable[[nx.Graph], nq.Network]:
    """Read the shape as a log: the k-th tie has k exchanges, a fortnight apart."""

    def make(graph: nx.Graph, **options: object) -> nq.Network:
        lines = ["sender,recipient,at"]
        for k, (a, b) in enumerate(graph.edges, start=1):
            days = pd.date_range("2026-01-05", periods=2 * k, freq="7D")
            ends = [(a, b), (b, a)] * k
            lines += [
                f"{s},{r},{day:%Y-%m-%d} 1{k % 10}:00"
                for (s, r), day in zip(ends, days, strict=True)
            ]
        path = tmp_path / f"log{len(list(tmp_path.iterdir()))}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return nq.read(path, **options)

    return make


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_bare_graph_has_an_answer_and_unknown_is_not_zero(shape: str, name: str) -> None:
    network = nq.from_graph(SHAPES[shape], complete=True)
    result = asked(network, name)
    assert result.as_of == network.as_of
    assert result.coverage, "Every answer says what it stands on."
    assert all(isinstance(line, str) and line for line in result.coverage)
    for part in parts(result).values():
        assert not np.isinf(numbers(part)).any()
    if name in OF_CONTACT:
        values = numbers(result.frame)
        assert np.isnan(values).all(), "Without contact nothing is a number, 0 included."


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("shape", WITH_TIES)
def test_a_log_has_an_answer_about_its_people_only(
    shape: str, name: str, logged: Callable[..., nq.Network]
) -> None:
    network = logged(SHAPES[shape])
    result = asked(network, name)
    frame = result.to_frame()
    for column in ("person", "alter", "a", "b"):
        if column in frame:
            assert set(frame[column].dropna()) <= set(network.people.index)
    for part in parts(result).values():
        assert not np.isinf(numbers(part)).any()


@pytest.mark.parametrize("name", MEASURES)
def test_the_same_question_has_the_same_answer(
    name: str, logged: Callable[..., nq.Network]
) -> None:
    one, other = (asked(logged(SHAPES["two groups and a bridge"]), name) for _ in range(2))
    for left, right in zip(parts(one).values(), parts(other).values(), strict=True):
        if isinstance(left, pd.Series):
            left, right = left.to_frame(), right.to_frame()  # noqa: PLW2901
        assert_frame_equal(left, right)
    assert one.coverage == other.coverage


@pytest.mark.parametrize("name", MEASURES)
def test_one_owner_gets_rows_about_the_owner(name: str, logged: Callable[..., nq.Network]) -> None:
    network = logged(SHAPES["two groups and a bridge"], ego="p3")
    frame = asked(network, name).to_frame()
    if name == "rings":
        assert set(frame["alter"]) == {"p0", "p1", "p2", "p4"}
    elif "person" in frame:
        assert set(frame["person"]) <= {"p3"}
    elif "a" in frame:
        assert ((frame["a"] == "p3") | (frame["b"] == "p3")).all()


@pytest.mark.parametrize("name", ["structure", "multiplexity"])
def test_scaling_all_weights_changes_no_measure_of_structure(name: str) -> None:
    plain, ten = (
        asked(nq.from_graph(SHAPES[shape], complete=True), name).frame
        for shape in ("two groups and a bridge", "weights times 10")
    )
    assert_frame_equal(plain, ten, rtol=1e-9)


@pytest.mark.parametrize("name", [name for name in MEASURES if name not in RELATIVE])
def test_strangers_change_nobody_else(name: str, logged: Callable[..., nq.Network]) -> None:
    """Two people who know nobody but each other leave everybody's figures as they are."""
    graph = SHAPES["two groups and a bridge"].copy()
    before = asked(logged(graph, as_of="2026-12-31"), name).to_frame()
    graph.add_edge("x1", "x2")
    after = asked(logged(graph, as_of="2026-12-31"), name).to_frame()
    if "person" in after:
        after = after[~after["person"].isin(["x1", "x2"])].reset_index(drop=True)
    # The largest weight of the network scales it (Onnela 2005).
    columns = [column for column in before if column != "clustering_weighted"]
    assert_frame_equal(before[columns], after[columns])


def test_structure_equals_networkx_where_networkx_is_right() -> None:
    for shape in ("star", "triangle", "two groups and a bridge", "isolate"):
        graph = SHAPES[shape]
        frame = nq.structure(nq.from_graph(graph, complete=True)).frame
        nodes = list(graph)
        wanted = {
            "constraint": nx.constraint(graph, nodes=nodes, weight="weight"),
            "effective_size": nx.effective_size(graph, nodes=nodes, weight="weight"),
        }
        for column, values in wanted.items():
            expected = pd.Series(values).reindex(frame.index)
            np.testing.assert_allclose(frame[column], expected, rtol=0, atol=1e-9)
