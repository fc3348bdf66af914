"""The calendar and the dice of the fictional world.

The world ends on one fixed day and never reads a clock; an archive of an earlier day shows
the same world, cut. Each part of the world throws its own dice, so that a change in one part
leaves the others as they were.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["DAY", "END", "END_DAY", "MONTH", "Floats", "Ints", "dice", "on_workdays", "within_day"]

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

END = dt.date(2026, 11, 20)
END_DAY = (END - dt.date(1970, 1, 1)).days
DAY = 86_400
MONTH = 30.4375


def dice(seed: int, part: str) -> np.random.Generator:
    """Return the random numbers of one part of the world.

    Examples
    --------
    >>> bool(dice(7, "people").random() == dice(7, "people").random())
    True
    >>> bool(dice(7, "people").random() == dice(7, "groups").random())
    False
    """
    return np.random.default_rng([seed, *part.encode()])


def on_workdays(rng: np.random.Generator, days: Ints) -> Ints:
    """Move four of five weekend days to the Monday after, or before the end of the world.

    Examples
    --------
    >>> moved = on_workdays(dice(1, "x"), np.arange(END_DAY - 400, END_DAY + 1))
    >>> int(moved.max()) == END_DAY, bool(np.mean((moved + 3) % 7 >= 5) < 0.1)
    (True, True)
    """
    weekday = (days + 3) % 7
    moved = np.where(weekday >= 5, days + 7 - weekday, days)
    moved = np.where(moved > END_DAY, days - (weekday - 4), moved)
    return np.where(rng.random(len(days)) < 0.8, moved, days)


def within_day(rng: np.random.Generator, size: int) -> Ints:
    """Draw seconds of the day, mostly in office hours.

    Examples
    --------
    >>> seconds = within_day(dice(1, "x"), 1000)
    >>> 6 * 3600 <= int(seconds.min()) and int(seconds.max()) <= 20.5 * 3600
    True
    """
    hours = np.clip(rng.normal(11.5, 3.0, size), 6.0, 20.4)
    return (hours * 3600).astype(np.int64)
