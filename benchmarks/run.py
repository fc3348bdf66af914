"""Run benchmarks and print their tables: ``python benchmarks/run.py [name ...]``."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

BENCHMARKS = (
    *("startup", "strength", "owners", "identity", "structure", "page", "data", "reading"),
    *("workspace", "logs", "everyday", "planted"),
    *("weights", "absolute", "persistence", "replies", "favours", "claims", "evidence", "many"),
    "closing",
)
# What `evidence` runs and writes to a document is not run twice.
WITHIN = ("strength", "weights", "absolute", "persistence", "replies", "favours", "claims")


def main(names: list[str]) -> None:
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"No benchmark is called {sorted(unknown)}; there are {', '.join(BENCHMARKS)}.")
    sys.path.insert(0, str(Path(__file__).parent))
    for name in names or [name for name in BENCHMARKS if name not in WITHIN]:
        print(f"## {name}\n", flush=True)
        import_module(name).main()
        print(flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
