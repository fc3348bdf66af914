"""Holes and closure of a whole group: one pass over triangles beside NetworkX.

The graph is synthetic: half of the ties between people drawn by a heavy-tailed popularity, half
between two contacts of somebody, with log-normal weights. ``NETQUALITY_BENCH_GRAPH`` (as in
``2000x20000``: people, ties) makes a smaller one for a quick trial.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measured import MEGABYTE, Cost, middle, run, table, verdict

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

ROUNDS, SEED = 3, 7
LEAST_TIMES, AIM_TIMES, MOST_MEGABYTES = 30.0, 40.0, 600.0
TAIL, CLOSED, SIGMA = 3.2, 0.5, 1.0
OURS, THEIRS = "netquality (all figures)", "NetworkX (constraint, clustering)"


def main() -> None:
    size = os.environ.get("NETQUALITY_BENCH_GRAPH", "100000x1000000")
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing)
        print(_step("make", folder, size)["says"], end="\n\n")
        costs: dict[str, list[Cost]] = {OURS: [], THEIRS: []}
        said = {}
        for _ in range(ROUNDS):
            for name in costs:
                found = _step(name, folder, size)
                said[name] = found.pop("says")
                costs[name].append(Cost(**found))
    _told({name: middle(every) for name, every in costs.items()}, said[THEIRS])


def _told(found: dict[str, Cost], agreement: str) -> None:
    rows = [(name, *cost) for name, cost in found.items()]
    print(table([f"median of {ROUNDS}, weighted", "wall s", "CPU s", "peak MB"], rows), end="\n\n")
    times = found[THEIRS].cpu / found[OURS].cpu
    met = "met" if times >= LEAST_TIMES else "not met"
    aim = "met" if times >= AIM_TIMES else "not met"
    print(
        f"CPU: NetworkX needs {times:.1f} times as much; at least {LEAST_TIMES:.0f}: {met}, ",
        end="",
    )
    print(f"aim {AIM_TIMES:.0f}: {aim}")
    print(f"memory: {verdict(found[OURS].peak, MOST_MEGABYTES, 'MB')}")
    print(f"agreement: {agreement}")


def _step(name: str, folder: Path, size: str) -> dict[str, Any]:
    return json.loads(run([sys.executable, __file__, name, str(folder), size]).output)


# From here on: what a child does.


def _child(name: str, folder: Path, size: str) -> None:
    people, ties = map(int, size.split("x"))
    if name == "make":
        print(json.dumps({"says": _make(folder, people, ties)}))
        return
    cost, says = (_ours if name == OURS else _theirs)(folder, people)
    print(json.dumps({**cost, "says": says}))


def _spent(work: Any) -> tuple[Any, dict[str, float]]:
    clock, spent = time.perf_counter(), time.process_time()
    found = work()
    wall, cpu = time.perf_counter() - clock, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return found, {"wall": wall, "cpu": cpu, "peak": peak}


def _ours(folder: Path, people: int) -> tuple[dict[str, float], str]:
    import numpy as np

    from netquality.measures.structure import structure  # noqa: F401
    from netquality.measures.triangles import embeddedness

    # The whole package as a user would have it loaded, not this one module.
    from netquality.pipeline import reading  # noqa: F401

    ends, weight = np.load(folder / "ends.npy"), np.load(folder / "weight.npy")
    found, cost = _spent(lambda: embeddedness(*ends, weight, people))
    np.save(folder / "found.npy", np.stack([found.constraint, found.clustering_weighted]))
    return cost, ""


def _theirs(folder: Path, people: int) -> tuple[dict[str, float], str]:
    import networkx as nx
    import numpy as np

    ends, weight = np.load(folder / "ends.npy"), np.load(folder / "weight.npy")
    graph = nx.empty_graph(people)
    graph.add_weighted_edges_from(zip(*ends.tolist(), weight.tolist(), strict=True))
    both = (nx.constraint, nx.clustering)
    found, cost = _spent(lambda: [measure(graph, weight="weight") for measure in both])
    theirs = np.array([[each[person] for person in range(people)] for each in found])
    ours = np.load(folder / "found.npy")
    apart = np.nanmax(np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-300), axis=1)
    return cost, f"constraint within {apart[0]:.0e}, clustering within {apart[1]:.0e} (relative)"


def _make(folder: Path, people: int, ties: int) -> str:
    import numpy as np

    chance = np.random.default_rng(SEED)
    popular = np.cumsum((1.0 - chance.random(people)) ** (-1.0 / (TAIL - 1.0)))
    pairs, open_ties = np.empty(0, dtype=np.int64), int(ties * (1.0 - CLOSED))
    while len(pairs) < open_ties:
        drawn = chance.random((2, open_ties)) * popular[-1]
        pairs = _more(pairs, *np.searchsorted(popular, drawn), people, open_ties, chance)
    while len(pairs) < ties:
        pairs = _more(pairs, *_closing(pairs, people, ties // 4, chance), people, ties, chance)
    ends = np.stack(np.divmod(chance.permutation(pairs), people))
    np.save(folder / "ends.npy", ends)
    np.save(folder / "weight.npy", chance.lognormal(0.0, SIGMA, ties))
    degree = np.bincount(ends.ravel(), minlength=people)
    return (
        f"{people:,} people and {ties:,} ties; contacts: median {np.median(degree):.0f}, most "
        f"{degree.max():,}; {int((degree == 0).sum()):,} people without any; sum of squared "
        f"numbers of contacts {(degree.astype(float) ** 2).sum() / 1e6:,.0f} million."
    )


def _more(pairs: Ints, a: Ints, b: Ints, people: int, most: int, chance: Any) -> Ints:
    """Add new pairs of different people, up to a number of all."""
    import numpy as np

    keys = (np.minimum(a, b) * people + np.maximum(a, b))[a != b]
    fresh = chance.permutation(np.setdiff1d(keys, pairs))
    return np.concatenate((pairs, fresh[: most - len(pairs)]))


def _closing(pairs: Ints, people: int, count: int, chance: Any) -> tuple[Ints, Ints]:
    """Draw two contacts of one person: the end of a tie, and any other contact of its middle."""
    import numpy as np

    a, b = np.divmod(pairs, people)
    middle_of, end = np.r_[a, b], np.r_[b, a]
    order = np.argsort(middle_of, kind="stable")
    middle_of, end = middle_of[order], end[order]
    degree = np.bincount(middle_of, minlength=people)
    drawn = chance.integers(len(end), size=count)
    person = middle_of[drawn]
    first = (np.cumsum(degree) - degree)[person]
    return end[drawn], end[first + (chance.random(count) * degree[person]).astype(np.int64)]


if __name__ == "__main__":
    if len(sys.argv) == 4:
        _child(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    else:
        main()
