"""Times and memory of commands that run in processes of their own; standard library only.

The memory of a child is never less than that of the process that starts it, so nothing
large is imported here or in the modules that measure with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MEGABYTE = 1024 if sys.platform.startswith("linux") else 1 << 20


class Cost(NamedTuple):
    """Seconds on the clock, seconds of all cores, greatest memory in MB."""

    wall: float
    cpu: float
    peak: float


class Run(NamedTuple):
    """What a command cost from start to end, and what it printed."""

    cost: Cost
    output: str


def public_data() -> Path | None:
    """Return the folder of the public data sets, or say that there is none."""
    named = os.environ.get("NETQUALITY_DATA")
    if not named:
        print("not run: NETQUALITY_DATA does not name the public data sets")
        return None
    return Path(named)


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; it must succeed."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {child.returncode}")
    spent = usage.ru_utime + usage.ru_stime
    return Run(Cost(time.perf_counter() - began, spent, usage.ru_maxrss / MEGABYTE), output)


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(*(median(values) for values in zip(*costs, strict=True)))


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table; numbers keep three digits."""
    lines = [[str(cell) for cell in header], ["---"] * len(header)]
    lines += [[_cell(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return str(value)


def verdict(value: float, aim: float, unit: str) -> str:
    """Say whether a figure is within its aim."""
    return f"{_cell(value)} {unit}, aim {_cell(aim)} {unit}: {'met' if value <= aim else 'not met'}"
