"""What the rows of a log state beside the people: time, weight, duration, length, thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput
from netquality.ids import digest
from netquality.sources.interactions.clock import Clock, read_clock, timeless

if TYPE_CHECKING:
    from netquality.sources.interactions.grid import Grid
    from netquality.sources.ledger import Options

__all__ = ["MOST", "Rows", "read_rows"]

MOST = 50_000_000  # interactions that the weights of one file may stand for


@dataclass(frozen=True, eq=False)
class Rows:
    """One entry for every row of a grid.

    `weight` is the number of interactions, -1 where the cell is empty; `seconds` and `length`
    are nan where unknown; `missed` marks calls nobody took; `thread` and `message` are ids,
    None where the file has no such column and "" where the cell is empty.
    """

    clock: Clock
    weight: npt.NDArray[np.int64]
    seconds: npt.NDArray[np.float64]
    missed: npt.NDArray[np.bool_]
    length: npt.NDArray[np.float64]
    thread: pd.Series | None
    message: pd.Series | None


def read_rows(grid: Grid, options: Options) -> Rows:
    r"""Read what every row of a grid states beside the people.

    Raises
    ------
    BadInput
        When weights are no whole numbers, or times cannot be told.

    Examples
    --------
    >>> from netquality.sources.interactions.grid import read_text
    >>> from netquality.sources.ledger import Options
    >>> grid = read_text("calls.csv", b"caller,callee,duration\n7,9,-1\n7,9,60\n", None)
    >>> rows = read_rows(grid, Options())
    >>> rows.missed.tolist(), rows.seconds.tolist()
    ([True, False], [nan, 60.0])
    """
    rows = len(grid.frame)
    at = grid.cells("at")
    clock = timeless(rows) if at is None else read_clock(at, grid.columns.name("at"), options)
    weight = _weights(grid)
    duration = _numbers(grid, "duration")
    return Rows(
        clock=clock,
        weight=weight,
        # The duration of a row that stands for several contacts is theirs together.
        seconds=np.where(duration < 0, np.nan, duration) / np.maximum(weight, 1),
        missed=duration < 0,
        length=np.round(_numbers(grid, "length")),
        thread=_hashed(grid.cells("thread")),
        message=_stripped(grid.cells("message")),
    )


def _numbers(grid: Grid, role: str) -> npt.NDArray[np.float64]:
    cells = grid.cells(role)
    if cells is None:
        return np.full(len(grid.frame), np.nan)
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _weights(grid: Grid) -> npt.NDArray[np.int64]:
    cells = grid.cells("weight")
    if cells is None:
        return np.ones(len(grid.frame), dtype=np.int64)
    numbers = _numbers(grid, "weight")
    empty = cells.isna() | (cells.astype("str").str.strip().fillna("") == "")
    filled = numbers[~empty.to_numpy(dtype=bool)]
    with np.errstate(invalid="ignore"):
        whole = (filled >= 0) & (filled == np.round(filled))
    if not whole.all():
        name = grid.columns.name("weight")
        raise BadInput(
            f"{grid.name}: the column {name!r} is no count of interactions: "
            f"{int((~whole).sum()):,} cells are not whole numbers from 0 on.",
            accepted="whole numbers; a row of weight 3 is read as three interactions.",
            todo="Skip it with - in --columns, or build a graph of it for netquality.from_graph.",
        )
    return np.where(np.isnan(numbers), -1, np.minimum(numbers, MOST + 1)).astype(np.int64)


def _stripped(cells: pd.Series | None) -> pd.Series | None:
    return None if cells is None else cells.astype("str").fillna("").str.strip()


def _hashed(cells: pd.Series | None) -> pd.Series | None:
    """Replace thread names, which may be the titles of conversations, by ids."""
    texts = _stripped(cells)
    if texts is None:
        return None
    codes, uniques = pd.factorize(texts)
    ids = [digest("thread", text) if text else "" for text in uniques]
    return pd.Series(pd.array(ids, dtype="str").take(codes))
