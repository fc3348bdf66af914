"""Files of nearly ten megabytes made of one piece over and over: what makes a reader swell.

Seconds are those of the processor, so that they mean the same on a busy machine.
``python tests/fuzz/blown_up.py`` reads all of them, each in a process of its own, and says how long
that took and how much memory; with the name of a door, those of that door.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 10_000_000
# What one reading may take: seconds, and megabytes of memory at the most.
SECONDS, MEGABYTES = 60, 1024
# What it may map, so that a reader gone wild is ended before it takes the machine.
_MAPPED = 6 << 30


class Shape(NamedTuple):
    """How a file is blown up: what it begins with, what is repeated, what it ends with."""

    head: str
    piece: str | Callable[[int], str]
    tail: str = ""

    def fill(self, size: int = SIZE) -> bytes:
        """Repeat the piece until the file is as large as said."""
        end, made, number = self.tail.encode(), bytearray(self.head.encode()), 0
        room = size - len(end)
        if isinstance(self.piece, str):
            piece = self.piece.encode()
            return bytes(made) + piece * ((room - len(made)) // len(piece)) + end
        while len(made) < room:
            made += self.piece(number).encode()
            number += 1
        return bytes(made) + end


class Taken(NamedTuple):
    """What one reading took: seconds, megabytes at the most, records read (None if refused)."""

    seconds: float
    megabytes: float
    read: int | None


def read_apart(door: str, shape: str, size: int = SIZE) -> Taken:
    """Read a file in a process of its own, with limits on what it may take."""
    command = [sys.executable, __file__, "--one", door, shape, str(size)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=10 * SECONDS
    )
    if done.returncode:
        raise RuntimeError(f"{door}, {shape}: {done.returncode} {done.stderr[-2000:]}")
    return Taken(*json.loads(done.stdout))


def _read_here(door: str, shape: str, size: int) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    from doors import enter, sound
    from shapes import SHAPES

    data = SHAPES[door][shape].fill(size)
    resource.setrlimit(resource.RLIMIT_AS, (_MAPPED, _MAPPED))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
    began = time.process_time()
    tables = enter(door, data)
    seconds = time.process_time() - began
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    sound(tables)
    read = None if tables is None else int(tables.sources["read"].sum())
    sys.stdout.write(json.dumps([round(seconds, 2), round(peak), read]))


def _measure(doors: list[str]) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    from shapes import SHAPES

    for door in doors or SHAPES:
        for shape in SHAPES[door]:
            try:
                seconds, peak, read = read_apart(door, shape)
                bad = seconds > SECONDS or peak > MEGABYTES
                line = f"{seconds:6.1f} s {peak:5.0f} MB {read!s:>8} {'TOO MUCH' if bad else ''}"
            except RuntimeError as error:
                line = f"FAILED {error}"
            print(f"{door:9} {shape:28} {line}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _read_here(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        _measure(sys.argv[1:])
