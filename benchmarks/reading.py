"""A large archive: time and memory of each step and of the whole report, beside bare parsing.

``NETQUALITY_BENCH_DIR`` keeps the fictional archive between runs, ``NETQUALITY_BENCH_SIZE``
(as in ``2000x20000``: contacts, messages) makes a smaller one for a quick trial.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measured import MEGABYTE, Cost, middle, run, table, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 3
MOST_TIMES, MOST_SECONDS, MOST_MEGABYTES = 5.0, 60.0, 2048.0
STEPS = (
    *("read_source", "merge", "identify", "ties", "answers"),
    *("graph", "charts", "export", "page"),
)
PARSERS = {"pandas (C engine)": "pandas", "DuckDB": "duckdb"}


def main() -> None:
    with _folder() as folder:
        archive = _archive(folder)
        print(f"{archive.parent.name} (contacts x messages), each step in a process of its own,")
        print("the memory of its input included.\n")
        steps = [(name, *_step(name, folder)) for name in STEPS]
        print(table(["step", "wall s", "CPU s", "peak MB"], steps), end="\n\n")
        _report(archive, folder)
        _against_parsers(folder)


def _report(archive: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "netquality", "report", str(archive), "-o"]
    cost = run([*command, str(folder / "report")]).cost
    print(table(["", "wall s", "CPU s", "peak MB"], [("whole `netquality report`", *cost)]))
    print(f"\nwhole report: {verdict(cost.wall, MOST_SECONDS, 's')}")
    print(f"memory: {verdict(cost.peak, MOST_MEGABYTES, 'MB')}\n")


def _against_parsers(folder: Path) -> None:
    """Read and parse in turn, so that a busy machine is unfair to nobody."""
    _unpack(folder)
    able = {name: call for name, call in PARSERS.items() if find_spec(call)}
    for name in PARSERS.keys() - able.keys():
        print(f"not run: {name.lower()} is not installed")
    costs: dict[str, list[Cost]] = {"read_source": [], **{name: [] for name in able}}
    for _ in range(ROUNDS):
        costs["read_source"].append(_step("read_source", folder))
        for name, call in able.items():
            costs[name].append(_step(call, folder))
    found = {name: middle(every) for name, every in costs.items()}
    best = min(found[name].wall for name in able)
    rows = [(name, *cost, cost.wall / best) for name, cost in found.items()]
    print(table(["median of 3", "wall s", "CPU s", "peak MB", "times the faster parse"], rows))
    print(f"\nreading: {verdict(found['read_source'].wall / best, MOST_TIMES, 'times')}")


@contextmanager
def _folder() -> Iterator[Path]:
    size = os.environ.get("NETQUALITY_BENCH_SIZE", "30000x500000")
    kept = os.environ.get("NETQUALITY_BENCH_DIR")
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(kept or passing) / size
        folder.mkdir(parents=True, exist_ok=True)
        yield folder


def _archive(folder: Path) -> Path:
    if not list(folder.glob("*.zip")):
        contacts, messages = folder.name.split("x")
        size = ["--contacts", contacts, "--messages", messages]
        run([sys.executable, "-m", "netquality", "sample", str(folder), "--era", "2026", *size])
    return next(folder.glob("*.zip"))


def _unpack(folder: Path) -> None:
    with zipfile.ZipFile(next(folder.glob("*.zip"))) as archive:
        for name in ("Connections.csv", "messages.csv"):
            archive.extract(name, folder)


def _step(name: str, folder: Path) -> Cost:
    return Cost(**json.loads(run([sys.executable, __file__, name, str(folder)]).output))


# From here on: what a child does.


def _child(name: str, folder: Path) -> None:
    work = _work(name, folder)
    clock, spent = time.perf_counter(), time.process_time()
    found = work()
    wall, cpu = time.perf_counter() - clock, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    if found is not None:
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(found, protocol=5))
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}))


def _work(name: str, folder: Path) -> Callable[[], Any]:
    """Import and load what the step needs, and return the step itself."""
    if name in PARSERS.values():
        return _parsing(name, folder)
    if name in ("read_source", "merge", "identify"):
        return _early(name, folder)
    return _late(name, folder)


def _loaded(folder: Path, name: str) -> Any:
    return pickle.loads((folder / f"{name}.pickle").read_bytes())


def _early(name: str, folder: Path) -> Callable[[], Any]:
    from netquality.identity.merge import merged
    from netquality.identity.people import identify
    from netquality.sources.sniff import read_source

    if name == "read_source":
        archive = next(folder.glob("*.zip"))
        return lambda: read_source(archive)
    tables = _loaded(folder, "read_source" if name == "merge" else "merge")
    if name == "merge":
        return lambda: merged([tables])
    return lambda: identify(tables)


def _late(name: str, folder: Path) -> Callable[[], Any]:
    from netquality.network import build
    from netquality.page.answers import ask
    from netquality.page.build import build as page
    from netquality.pipeline.reporting import draw, export

    if name == "ties":
        bare = build(_loaded(folder, "merge"))
        return lambda: _with(bare, "ties", "people")
    network = _loaded(folder, "graph" if name == "export" else "ties")
    if name == "answers":
        return lambda: ask(network)
    if name == "graph":
        return lambda: _with(network, "graph", "matrix")
    answers = _loaded(folder, "answers")
    if name == "export":
        results = answers.profile, answers.introductions
        return lambda: export(network, folder / "export", *results) and None
    if name == "charts":
        return lambda: draw(network, answers, folder) and None
    pictures = {path.stem: path for path in (folder / "charts").glob("*.png")}
    return lambda: page(network, answers, pictures, title="Benchmark") and None


def _with(network: Any, *names: str) -> Any:
    """Compute cached properties; they travel with the network."""
    for name in names:
        getattr(network, name)
    return network


def _parsing(name: str, folder: Path) -> Callable[[], Any]:
    small, large = str(folder / "Connections.csv"), str(folder / "messages.csv")
    if name == "pandas":
        import pandas as pd

        def by_pandas() -> None:
            for path, skip in ((small, 3), (large, 0)):
                pd.read_csv(path, skiprows=skip, dtype="str", keep_default_na=False, engine="c")

        return by_pandas
    import duckdb

    def by_duckdb() -> None:
        for place, (path, skip) in enumerate(((small, 3), (large, 0))):
            options = f"all_varchar=true, header=true, strict_mode=false, skip={skip}"
            query = f"CREATE TABLE t{place} AS FROM read_csv('{path}', {options})"
            duckdb.sql(query)

    return by_duckdb


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _child(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
