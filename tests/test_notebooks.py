"""Every notebook runs from top to bottom in a fresh kernel, on the sample and on a graph.

The kernel is this interpreter, started from a kernel specification made for the test, in a folder
outside the project: what runs here runs for somebody who copied the notebook.
"""

from __future__ import annotations

import ast
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SECONDS = 180


def name_of(path: Path) -> str:
    return path.name


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def load(path: Path) -> Any:
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a kernel that is this interpreter, whatever else the machine has."""
    from ipykernel.kernelspec import install

    install(kernel_name="netquality-test", prefix=str(tmp_path / "prefix"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "prefix" / "share" / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return "netquality-test"


def execute(notebook: Any, folder: Path, kernel: str) -> Any:
    """Run all cells, without the chart backend of the tests: charts appear as users see them."""
    from nbclient import NotebookClient

    inherited = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name=kernel,
        resources={"metadata": {"path": str(folder)}},
    )
    with warnings.catch_warnings():
        # What the kernel's client warns about is not ours; the cells run in another process.
        warnings.simplefilter("ignore")
        return client.execute(env=inherited)


def shown(notebook: Any) -> list[Any]:
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_is_stored_clean_and_starts_with_its_sources(path: Path) -> None:
    cells = code_cells(load(path))
    assert not any(cell.outputs or cell.execution_count for cell in cells)
    first = ast.parse(cells[0].source)
    assert len(first.body) == 1
    named = {f'SOURCES = ["../data/{name}"]' for name in ("samples", "group/club.csv")}
    assert cells[0].source in named


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_uses_public_names_only(path: Path) -> None:
    import netquality as nq

    for cell in code_cells(load(path)):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_"), cell.source
                if isinstance(node.value, ast.Name) and node.value.id == "nq":
                    assert node.attr in nq.__all__, f"nq.{node.attr} is not public."


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_runs_on_the_sample(path: Path, tmp_path: Path, kernel: str) -> None:
    folder = tmp_path / "elsewhere" / "notebooks"
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "data", tmp_path / "elsewhere" / "data")
    outputs = shown(execute(load(path), folder, kernel))
    assert not [each for each in outputs if each.output_type == "error"]
    assert not [each for each in outputs if "Warning" in each.get("text", "")]
    assert any("image/png" in each.get("data", {}) for each in outputs), "No chart was shown."
    assert any("text/html" in each.get("data", {}) for each in outputs), "No table was shown."


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_a_notebook_runs_on_an_exported_network(
    path: Path, tmp_path: Path, kernel: str, sample: Path
) -> None:
    import netquality as nq

    nq.report(sample, output=tmp_path / "report")
    graph = tmp_path / "report" / "network.graphml"
    assert graph.is_file()
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    notebook = load(path)
    code_cells(notebook)[0].source = f"SOURCES = [{str(graph)!r}]"
    outputs = shown(execute(notebook, folder, kernel))
    assert not [each for each in outputs if each.output_type == "error"]
    assert any("image/png" in each.get("data", {}) for each in outputs), "No chart was shown."


@pytest.mark.notebook
def test_the_kernel_is_this_interpreter(kernel: str, tmp_path: Path) -> None:
    from nbformat.v4 import new_code_cell, new_notebook

    notebook = new_notebook(cells=[new_code_cell("import sys; print(sys.executable)")])
    done = execute(notebook, tmp_path, kernel)
    assert done.cells[0].outputs[0]["text"].strip() == sys.executable
