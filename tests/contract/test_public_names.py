"""The public names: a short list, light to import, called twice with the same result."""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import networkx as nx
import pytest
from pandas.testing import assert_frame_equal

import netquality as nq
from netquality.pipeline.reporting import CHARTS

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = [
    "Ambiguous",
    "BadInput",
    "BrokenTable",
    "NetQualityError",
    "Network",
    "NotObserved",
    "Workspace",
    "backtest",
    "broadcast",
    "changes",
    "charts",
    "circles",
    "from_graph",
    "initiative",
    "introductions",
    "ladder",
    "lift",
    "multiplexity",
    "past",
    "persistence",
    "profile",
    "read",
    "reciprocity",
    "replies",
    "report",
    "rings",
    "sample",
    "silence",
    "standing",
    "structure",
    "weights",
]
MEASURES = (
    *("broadcast", "changes", "circles", "initiative", "ladder", "multiplexity", "past"),
    *("backtest", "persistence", "profile", "reciprocity", "replies", "rings", "silence"),
    *("standing", "structure", "weights"),
)
DATA = ["pandas", "numpy", "networkx", "matplotlib"]
HEAVY = [*DATA, "scipy", "pyarrow", "rich", "click", "jinja2", "duckdb", "anyascii", "rapidfuzz"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    folders = [tmp_path_factory.mktemp("sample") for _ in range(2)]
    return [nq.sample(folder, contacts=60, messages=600, seed=1, log=False) for folder in folders]


@pytest.fixture(scope="module")
def networks(made: list[object]) -> list[nq.Network]:
    return [nq.read(made[0].archive) for _ in range(2)]


def test_the_list_of_public_names() -> None:
    assert nq.__all__ == PUBLIC == sorted(PUBLIC)
    assert set(PUBLIC) < set(dir(nq))
    assert all(getattr(nq, name) is not None for name in PUBLIC)
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        nq.raed  # noqa: B018


def test_no_module_bears_the_name_of_a_public_function() -> None:
    functions = {name for name in PUBLIC if name != "charts" and name.islower()}
    modules = {found.name for found in pkgutil.iter_modules(nq.__path__)}
    others = {"from_graph", "introductions", "lift", "read", "report", "sample"}
    assert functions == {*MEASURES, *others}
    assert modules & functions == set()


def test_sample_twice(made: list[object]) -> None:
    one, other = made
    assert one.archive.read_bytes() == other.archive.read_bytes()
    assert_frame_equal(one.people, other.people)


def test_read_twice(networks: list[nq.Network]) -> None:
    one, other = networks
    for name in ("ties", "parts", "people", "events", "relations", "attributes", "sources"):
        assert_frame_equal(getattr(one, name), getattr(other, name))
    assert nx.utils.graphs_equal(one.graph, other.graph)
    assert len(one.ties) > 50


def test_from_graph_twice() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([("zora", "odo", 0.9), ("odo", "mab", 0.4)])
    one, other = nq.from_graph(graph), nq.from_graph(graph)
    assert one.ties["strength"].tolist() == [0.9, 0.4]
    assert_frame_equal(one.ties, other.ties)


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_twice(networks: list[nq.Network], name: str) -> None:
    one, other = (getattr(nq, name)(network) for network in networks)
    assert_frame_equal(one.frame, other.frame)
    assert one.coverage == other.coverage
    assert one.version == nq.__version__


def test_introductions_twice(networks: list[nq.Network]) -> None:
    one, other = networks
    assert_frame_equal(nq.introductions(one).frame, nq.introductions(other).frame)
    assert_frame_equal(nq.introductions(one).frame, nq.introductions(one).frame)
    assert len(nq.introductions(one).frame) > 10


def test_report_twice(networks: list[nq.Network], tmp_path: Path) -> None:
    done = [nq.report(networks[0], output=tmp_path / name) for name in ("one", "other")]
    written = [{p.relative_to(r.path.parent): p.read_bytes() for p in r.files} for r in done]
    assert written[0].keys() == written[1].keys()
    assert [name for name, data in written[0].items() if data != written[1][name]] == []


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_twice(networks: list[nq.Network], name: str, tmp_path: Path) -> None:
    draw = getattr(nq.charts, name)
    sources = {"ties": "ties", "path": "past", "months": "broadcast"}
    measure = sources.get(name, "reciprocity" if name == "give_and_take" else name)
    content = networks[0].ties if name == "ties" else getattr(nq, measure)(networks[0])
    files = []
    for copy in ("one", "other"):
        axes = draw(content)
        files.append([path.read_bytes() for path in nq.charts.save(axes, tmp_path / copy)])
        plt.close("all")
    assert files[0] == files[1]
    describe = getattr(nq.charts, f"alt_{name}")
    assert describe(content) == describe(content) != ""


def fresh(root: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_importing_the_package_imports_nothing_heavy(root: Path) -> None:
    code = f"import sys, netquality; print([m for m in {HEAVY} if m in sys.modules])"
    assert fresh(root, code) == "[]\n"


def test_help_imports_no_data_library(root: Path) -> None:
    code = (
        "import atexit, runpy, sys\n"
        "sys.argv = ['netquality', '--help']\n"
        f"atexit.register(lambda: print([m for m in {DATA} if m in sys.modules]))\n"
        "runpy.run_module('netquality', run_name='__main__')"
    )
    shown = fresh(root, code)
    assert shown.endswith("\n[]\n")
    assert "report" in shown
