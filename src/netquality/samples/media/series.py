"""Meetings of two that come again: every week or every few, with what goes wrong in calendars."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd

from netquality.samples.clock import dice
from netquality.samples.media.doings import HOME

__all__ = ["Series", "came_again", "occurrences"]

_REGULAR = 3


class Series(NamedTuple):
    """One recurring meeting with one person.

    Parameters
    ----------
    who
        The person.
    start
        The first time, at home.
    weeks
        Weeks between two meetings.
    minutes
        How long it lasts.
    left_out, cancelled, refused, moved
        Places in the series: taken out, called off, declined by the person, a day later.
    windows
        Whether the file names the zone as Windows does.
    """

    who: int
    start: dt.datetime
    weeks: int
    minutes: int
    left_out: frozenset[int]
    cancelled: int
    refused: int
    moved: int
    windows: bool

    def nominal(self, place: int) -> dt.datetime:
        """Return when the meeting at that place was to begin, at home."""
        return self.start + dt.timedelta(weeks=self.weeks * place)


def occurrences(series: Series, moment: int) -> list[int]:
    """Return when the series was really held until a moment, in seconds since 1970.

    Examples
    --------
    >>> start = dt.datetime(2026, 10, 19, 10, tzinfo=HOME)
    >>> weekly = Series(0, start, 1, 30, frozenset({1}), 2, 3, 4, False)
    >>> [dt.datetime.fromtimestamp(at, HOME).isoformat()[:13]
    ...  for at in occurrences(weekly, int(start.timestamp()) + 31 * 86_400)]
    ['2026-10-19T10', '2026-11-17T10']
    """
    held, place = [], 0
    missing = {*series.left_out, series.cancelled, series.refused}
    while (at := series.nominal(place)).timestamp() < moment:
        if place == series.moved:
            at = at + dt.timedelta(days=1)
        if place not in missing and at.timestamp() < moment:
            held.append(int(at.timestamp()))
        place += 1
    return held


def _series(rng: np.random.Generator, who: int, at: np.ndarray) -> Series:
    first = dt.datetime.fromtimestamp(int(at[0]), HOME)
    first = first.replace(hour=int(rng.integers(9, 17)), minute=30, second=0)
    weeks = int(np.clip(np.rint((at[-1] - at[0]) / 604_800 / max(1, len(at) - 1)), 1, 6))
    places = [int(i) for i in rng.permutation(np.arange(1, 8))]
    minutes = 30 * int(rng.integers(1, 4))
    return Series(
        who,
        first,
        weeks,
        minutes,
        frozenset(places[:1]),
        places[1],
        places[2],
        places[3],
        bool(rng.random() < 0.3),
    )


def came_again(
    rows: pd.DataFrame, lasting: np.ndarray, moment: int, seed: int
) -> tuple[pd.DataFrame, list[Series]]:
    """Make series of the meetings of those who meet often and still do.

    Parameters
    ----------
    rows
        From `netquality.samples.media.doings.doings`.
    lasting
        People with whom the owner is in touch to this day.
    moment
        Until when.
    seed
        The seed of the world.

    Returns
    -------
    tuple
        The rows, with the meetings of these people replaced by what was held, and the series.
    """
    rng = dice(seed, "series")
    meeting = rows["medium"] == "meeting"
    often = rows[meeting].groupby("who")["at"].size()
    chosen = [int(str(who)) for who in often.index[often >= _REGULAR] if lasting[int(str(who))]]
    found, held = [], []
    for who in chosen:
        at = np.sort(rows.loc[meeting & (rows["who"] == who), "at"].to_numpy())
        series = _series(rng, who, at)
        times = occurrences(series, moment)
        if not times:
            continue
        part = {"who": who, "medium": "meeting", "at": times, "theirs": False}
        found.append(series)
        held.append(pd.DataFrame(part | {"seconds": 60.0 * series.minutes, "session": -1}))
    rest = rows[~(meeting & rows["who"].isin(chosen))]
    joined: pd.DataFrame = pd.concat([rest, *held], ignore_index=True)
    return joined.sort_values(["at", "who"], kind="stable", ignore_index=True), found
