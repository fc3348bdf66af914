"""How long the command line takes to answer, and the package to import."""

from __future__ import annotations

import sys

from measured import middle, run, table, verdict

ROUNDS = 7
AIMS = {"netquality --help": 0.3, "import netquality": 0.5}


def main() -> None:
    commands = {
        "bare interpreter": ["-c", "pass"],
        "netquality --help": ["-m", "netquality", "--help"],
        "import netquality": ["-c", "import netquality"],
        "first use (netquality.read)": ["-c", "import netquality; netquality.read"],
    }
    costs = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, words in commands.items():
            costs[name].append(run([sys.executable, *words]).cost)
    found = {name: middle(every) for name, every in costs.items()}
    bare = found["bare interpreter"].wall
    rows = [(name, cost.wall, cost.wall - bare, cost.peak) for name, cost in found.items()]
    print(table([f"median of {ROUNDS}", "wall s", "over bare s", "peak MB"], rows), end="\n\n")
    for name, aim in AIMS.items():
        print(f"{name}: {verdict(found[name].wall - bare, aim, 's')}")


if __name__ == "__main__":
    main()
