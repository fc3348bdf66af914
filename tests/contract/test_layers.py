"""The floors of the house hold: imports point downwards only, nothing goes in a circle."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import grimp
import networkx as nx

if TYPE_CHECKING:
    from pathlib import Path

IMPORT_LINTER = "import sys; from importlinter.cli import lint_imports_command as run; run()"


def test_every_contract_of_the_floors_is_kept(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_LINTER, "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_no_module_imports_itself_by_a_detour() -> None:
    found = grimp.build_graph("netquality", cache_dir=None)
    imports = nx.DiGraph()
    for module in found.modules:
        imports.add_edges_from(
            (module, other) for other in found.find_modules_directly_imported_by(module)
        )
    circles = [sorted(part) for part in nx.strongly_connected_components(imports) if len(part) > 1]
    assert imports.number_of_edges() > 100
    # The package's own front names what lies in it for type checkers only, and loads it late.
    assert [part for part in circles if "netquality" not in part] == []
