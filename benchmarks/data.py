"""Public logs: rows a second of reading. ``NETQUALITY_DATA`` names the folder that holds them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from measured import public_data, table

import netquality as nq
from netquality.errors import NetQualityError

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".csv", ".tsv", ".txt", ".dat", ".gz", ".parquet")


def main() -> None:
    folder = public_data()
    if folder is None:
        return
    files = sorted(path for path in folder.rglob("*") if path.name.endswith(SUFFIXES))
    # Archives are read whole elsewhere; their single files are no logs.
    logs = [path for path in files if path.is_file() and "linkedin" not in path.parts]
    rows = [_read(path, path.relative_to(folder)) for path in logs]
    print(table(["file", "rows", "people", "ties", "s", "rows a second"], rows))


def _read(path: Path, name: Path) -> tuple[object, ...]:
    began = time.perf_counter()
    try:
        network = nq.read(path)
    except NetQualityError as error:
        return (name, f"refused: {str(error)[:90]}", "", "", "", "")
    ties, seconds = len(network.ties), time.perf_counter() - began
    rows = int(network.sources["read"].sum())
    return (name, rows, len(network.people), ties, seconds, rows / seconds)


if __name__ == "__main__":
    main()
