"""A workspace of five million events: import, size, time to the network, beside bare DuckDB.

One fictional log, a single CSV: 2,000 people, ten years. ``NETQUALITY_EVENTS`` (500000) makes a
smaller one for a quick trial. Each step runs in a process of its own, one after the other.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measured import MEGABYTE, Cost, run, table

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS, PEOPLE, CONTACTS, YEARS, SEED = 5_000_000, 2_000, 60, 10, 4
# Each step, and the bare step that its time is compared with.
BESIDE = {
    "bare load of the CSV": "bare load of the CSV",
    "bare select of the CSV's rows": "bare select of the CSV's rows",
    "import": "bare load of the CSV",
    "import again": "bare load of the CSV",
    "bare select of our events": "bare select of the CSV's rows",
    "network": "bare select of the CSV's rows",
    "ties": "bare select of the CSV's rows",
}


def main() -> None:
    events = int(os.environ.get("NETQUALITY_EVENTS", EVENTS))
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing)
        run([sys.executable, __file__, "log", str(folder), str(events)])
        size = _megabytes(folder / "log.csv")
        print(f"{events:,} events of {PEOPLE:,} people, {YEARS} years, one CSV of {size:,.0f} MB;")
        print("each step in a process of its own, starting from the file.\n", flush=True)
        _print({name: _step(name, folder) for name in BESIDE}, events)
        _print_sizes(folder, size)


def _print(costs: dict[str, Cost], events: int) -> None:
    rows = [
        (name, *cost, events / cost.wall, cost.wall / costs[BESIDE[name]].wall, BESIDE[name])
        for name, cost in costs.items()
    ]
    header = ["", "wall s", "CPU s", "peak MB", "events a second", "times", "what"]
    print(table(header, rows), end="\n\n")
    print("select: all rows of the table to pandas; ties: `.network()` and its `.ties`.\n")


def _print_sizes(folder: Path, csv: float) -> None:
    bare, kept = _megabytes(folder / "bare.duckdb"), _megabytes(folder / "w.duckdb")
    rows = [("CSV", csv, csv / bare), ("bare DuckDB", bare, 1.0), ("workspace", kept, kept / bare)]
    print(table(["", "MB on disk", "times bare"], rows))


def _megabytes(path: Path) -> float:
    return path.stat().st_size / (1 << 20)


def _step(name: str, folder: Path) -> Cost:
    return Cost(**json.loads(run([sys.executable, __file__, name, str(folder)]).output))


# From here on: what a child does.


def _write_log(folder: Path, events: int) -> None:
    """Draw who writes to whom: few contacts get most, and answers come back."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv

    rng = np.random.default_rng(SEED)
    sender = rng.integers(0, PEOPLE, events)
    near = np.minimum(rng.zipf(1.4, events), CONTACTS)
    recipient = (sender + np.where(rng.random(events) < 0.5, near, -near)) % PEOPLE
    first = np.datetime64("2016-01-01T00:00:00")
    at = np.sort(first + rng.integers(0, YEARS * 365 * 86400, events).astype("timedelta64[s]"))
    mails = pa.array([f"member{number:04}@club.example" for number in range(PEOPLE)])
    channels = pa.array(["mail", "call", "meeting"]).take(rng.integers(0, 3, events))
    ends = {"sender": mails.take(sender), "recipient": mails.take(recipient)}
    log = pa.table({"timestamp": pa.array(at).cast("string"), **ends, "channel": channels})
    csv.write_csv(log, folder / "log.csv")


def _measured(work: Callable[[], object]) -> None:
    clock, spent = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - clock, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}))


def _work(name: str, folder: Path) -> Callable[[], object]:
    """Import what the step needs, and return the step itself."""
    if name.startswith("bare"):
        return _bare(name, folder)
    from netquality.pipeline.keeping import Workspace

    place, log = folder / "w.duckdb", folder / "log.csv"

    def keep() -> None:
        with Workspace(place) as workspace:
            workspace.read(log)

    def network() -> object:
        with Workspace(place) as workspace:
            return workspace.network()

    def ties() -> object:
        with Workspace(place) as workspace:
            return workspace.network().ties

    return {"import": keep, "import again": keep, "network": network, "ties": ties}[name]


def _bare(name: str, folder: Path) -> Callable[[], object]:
    import duckdb
    import pandas as pd

    assert pd  # so that the time of its import is nobody's

    def load() -> None:
        with duckdb.connect(str(folder / "bare.duckdb")) as db:
            db.execute("CREATE TABLE log AS FROM read_csv(?)", [str(folder / "log.csv")])

    def select() -> object:
        file, rows = ("w", "events") if "our" in name else ("bare", "log")
        with duckdb.connect(str(folder / f"{file}.duckdb"), read_only=True) as db:
            return db.execute(f"SELECT * FROM {rows}").df()

    return load if "load" in name else select


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _write_log(Path(sys.argv[2]), int(sys.argv[3]))
    elif len(sys.argv) == 3:
        _measured(_work(sys.argv[1], Path(sys.argv[2])))
    else:
        main()
