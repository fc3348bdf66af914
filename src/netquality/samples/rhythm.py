"""From habits to messages: sessions in bursts, answers within a session, two sides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.samples.clock import DAY, END_DAY, Floats, Ints, dice, on_workdays, within_day

__all__ = ["correspondence", "days_of"]

_BURSTS = 0.8


def days_of(rng: np.random.Generator, habits: pd.DataFrame) -> tuple[Ints, Ints]:
    """Place the sessions of each habit in its time span, in bursts and gaps.

    Gaps are log-normal. There is one gap more than sessions: the last one is the silence
    since, so that recency is as heavy-tailed as everything else.

    Returns
    -------
    tuple
        Row of the habit, and day, for each session; ordered by row, then day.

    Examples
    --------
    >>> habit = pd.DataFrame({"sessions": [3], "start": [END_DAY - 90.0], "stop": [END_DAY + 1.0]})
    >>> rows, days = days_of(dice(7, "x"), habit)
    >>> rows.tolist(), bool((np.diff(days) >= 0).all())
    ([0, 0, 0], True)
    """
    sessions = habits["sessions"].to_numpy(np.int64)
    rows = np.repeat(np.arange(len(sessions)), sessions + 1)
    gaps = rng.lognormal(0.0, _BURSTS, len(rows))
    ends = np.cumsum(sessions + 1)
    so_far = np.cumsum(gaps)
    before = np.concatenate([[0.0], so_far])[ends - sessions - 1]
    total = so_far[ends - 1] - before
    start, stop = (habits[name].to_numpy(np.float64) for name in ("start", "stop"))
    place = (so_far - before[rows]) / total[rows]
    days = np.floor(start[rows] + place * (stop - start)[rows]).astype(np.int64)
    inside = np.ones(len(rows), dtype=bool)
    inside[ends - 1] = False
    rows, days = rows[inside], np.minimum(days[inside], END_DAY)
    days = on_workdays(rng, days)
    order = np.lexsort((days, rows))
    return rows[order], days[order]


def _sizes(rng: np.random.Generator, habits: pd.DataFrame, rows: Ints, total: int) -> Ints:
    """Messages in each session; what is left of the total is spread unevenly."""
    sizes = habits["size"].to_numpy(np.int64)[rows]
    weight = habits["extra"].to_numpy(np.float64)[rows] * rng.gamma(0.7, 1.0, len(rows))
    left = total - int(sizes.sum())
    if left > 0:
        sizes = sizes + rng.multinomial(left, weight / weight.sum())
    return sizes


def _moments(rng: np.random.Generator, days: Ints, sizes: Ints) -> Ints:
    """Seconds since 1970 of each message; answers take minutes to hours, within the day."""
    first = np.cumsum(sizes) - sizes
    session = np.repeat(np.arange(len(sizes)), sizes)
    lags = rng.lognormal(7.0, 1.2, len(session)) + 1.0
    lags[first] = 0.0
    so_far = np.cumsum(lags)
    waited: Floats = so_far - so_far[first][session]
    opened = within_day(rng, len(sizes))
    longest = np.maximum(waited[first + sizes - 1], 1.0)
    squeeze = np.minimum(1.0, (DAY - 600.0 - opened) / longest)
    seconds = opened[session] + np.floor(waited * squeeze[session]).astype(np.int64)
    at: Ints = days[session] * DAY + seconds
    return at


def _sides(
    rng: np.random.Generator, habits: pd.DataFrame, rows: Ints, sizes: Ints
) -> npt.NDArray[np.bool_]:
    """Whether each message comes from the contact; later ones of a session tend to answer."""
    first = np.cumsum(sizes) - sizes
    session = np.repeat(np.arange(len(sizes)), sizes)
    flips = rng.random(len(session)) < habits["flips"].to_numpy(np.float64)[rows][session]
    flips[first] = False
    turned = np.cumsum(flips)
    odd = (turned - turned[first][session]) % 2 == 1
    opened = rng.random(len(sizes)) < habits["theirs"].to_numpy(np.float64)[rows]
    return np.asarray(opened[session] ^ odd)


def _answered(messages: pd.DataFrame, both: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Make the second message of every two-way correspondence an answer to its first."""
    contact = messages["contact"].to_numpy()
    place = messages.groupby("contact").cumcount().to_numpy()
    second = np.flatnonzero((place == 1) & both[contact])
    theirs = messages["theirs"].to_numpy().copy()
    theirs[second] = ~theirs[second - 1]
    return messages.assign(theirs=theirs)


def correspondence(
    habits: pd.DataFrame, contacts: int, seed: int, total: int, telling: int = 0
) -> pd.DataFrame:
    """Write down who wrote when: `contact`, `at` (seconds), `theirs`, ordered by both.

    Parameters
    ----------
    habits
        From `netquality.samples.habits.habits`.
    contacts
        Number of contacts.
    seed
        The seed of the world.
    total
        Number of messages.
    telling
        Which run of the same habits.

    Examples
    --------
    >>> from netquality.samples.habits import allot, habits
    >>> len(correspondence(habits(allot(200, 7), 7, 1650), 200, 7, 1650))
    1650
    """
    rng = dice(seed, f"rhythm {telling}" if telling else "rhythm")
    rows, days = days_of(rng, habits)
    sizes = _sizes(rng, habits, rows, total)
    at = _moments(rng, days, sizes)
    theirs = _sides(rng, habits, rows, sizes)
    contact = habits["contact"].to_numpy(np.int64)[np.repeat(rows, sizes)]
    messages = pd.DataFrame({"contact": contact, "at": at, "theirs": theirs})
    messages = messages.sort_values(["contact", "at"], kind="stable", ignore_index=True)
    both = np.zeros(contacts, dtype=bool)
    both[habits["contact"].to_numpy(np.int64)] = habits["both"].to_numpy(bool)
    return _answered(messages, both)
