"""From expectation to events: who wrote, called or met whom, when, and who began."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from netquality.samples.clock import DAY, END_DAY, MONTH, Floats, Ints, dice, on_workdays
from netquality.samples.rhythm import days_of

__all__ = ["HOME", "doings", "exported_at", "two_way_days"]

HOME = ZoneInfo("Europe/Berlin")
# How far back the files reach, in months; what had its end before is shown whole.
_SHORTEST, _LONGEST = 4.0, 60.0
_WORK = ("mail", "meeting", "slack")
# Everything that a day may hold is over by then, at home as in UTC.
_LATEST = DAY - 2 * 3600


def exported_at(day: dt.date) -> int:
    """Return the moment of all everyday exports of a day: nine o'clock at home.

    Examples
    --------
    >>> import datetime as dt
    >>> exported_at(dt.date(2026, 11, 20)) % 86_400 // 3600
    8
    """
    return int(dt.datetime.combine(day, dt.time(9), HOME).timestamp())


def _seen(spells: pd.DataFrame, months: float) -> pd.DataFrame:
    """Begin each lasting spell no earlier than the files do."""
    lasting = spells["stop"].to_numpy() > END_DAY
    start = spells["start"].to_numpy(np.float64)
    return spells.assign(
        start=np.where(lasting, np.maximum(start, END_DAY - months * MONTH), start)
    )


def _expected(spells: pd.DataFrame) -> Floats:
    months = (spells["stop"] - spells["start"]) / MONTH
    each = spells["answered"] * spells["size"] + 1.0 - spells["answered"]
    return (spells["rate"] * months * each).to_numpy(np.float64)


def _fitted(spells: pd.DataFrame, events: int) -> pd.DataFrame:
    """Choose how far back the files reach, so that about so many events are to be expected."""
    low, high = _SHORTEST, _LONGEST
    for _ in range(30):
        middle = (low + high) / 2
        short = _expected(_seen(spells, middle)).sum() < events
        low, high = (middle, high) if short else (low, middle)
    found = _seen(spells, low)
    return found.assign(rate=found["rate"] * min(1.0, events / _expected(found).sum()))


def _sizes(rng: np.random.Generator, rows: pd.DataFrame) -> Ints:
    """Draw the number of messages of each session; a call or a meeting is one event."""
    more = rng.poisson(np.maximum(rows["size"].to_numpy(np.float64) - 2.0, 0.05))
    both = rng.random(len(rows)) < rows["answered"].to_numpy(np.float64)
    whole = rows["medium"].isin(["call", "meeting"]).to_numpy()
    return np.where(both & ~whole, 2 + more, 1)


def _begun(rng: np.random.Generator, rows: pd.DataFrame) -> Ints:
    """Seconds of the day: office hours for what is work, evenings as well for the rest."""
    work = rows["medium"].isin(_WORK).to_numpy()
    office, private = rng.normal(11.0, 2.3, len(rows)), rng.normal(16.0, 3.5, len(rows))
    hours = np.where(work, office, private)
    # Folded back, because a pile of events at the last minute would be seen.
    hours = np.clip(np.where(hours > 20.0, 40.0 - hours, hours), 5.5 + rng.random(len(rows)), 20.0)
    seconds = (hours * 3600).astype(np.int64)
    meeting = (rows["medium"] == "meeting").to_numpy()
    return np.where(meeting, seconds // 1800 * 1800, seconds)


def _moments(rng: np.random.Generator, begun: Ints, sizes: Ints, slow: Ints) -> Ints:
    """Seconds after midnight of each message of each session, squeezed into the day."""
    session = np.repeat(np.arange(len(sizes)), sizes)
    first = np.cumsum(sizes) - sizes
    lags = np.where(slow[session] == 1, rng.lognormal(8.2, 1.0, len(session)), 0.0)
    lags = np.where(slow[session] == 1, lags, rng.lognormal(4.0, 1.1, len(session))) + 1.0
    lags[first] = 0.0
    waited = np.cumsum(lags)
    waited -= waited[first][session]
    longest = np.maximum(waited[first + sizes - 1], 1.0)
    squeeze = np.minimum(1.0, (_LATEST - begun) / longest)
    at: Ints = begun[session] + np.floor(waited * squeeze[session]).astype(np.int64)
    return at


def _theirs(rng: np.random.Generator, rows: pd.DataFrame, sizes: Ints) -> np.ndarray:
    """Whether each message is theirs; the second of a session always answers the first."""
    session = np.repeat(np.arange(len(sizes)), sizes)
    first = np.cumsum(sizes) - sizes
    place = np.arange(len(session)) - first[session]
    flips = (rng.random(len(session)) < 0.75) | (place == 1)
    flips[first] = False
    turned = np.cumsum(flips)
    opened = rng.random(len(sizes)) < rows["theirs"].to_numpy(np.float64)
    odd = (turned - turned[first][session]) % 2 == 1
    return np.asarray(opened[session] ^ odd)


def _seconds(rng: np.random.Generator, rows: pd.DataFrame) -> Floats:
    """Length of calls (long with those who seldom write) and meetings; unanswered ones have 0."""
    size, medium = len(rows), rows["medium"].to_numpy()
    call = np.rint(rng.lognormal(6.4, 0.9, size)) + 20
    meeting = 1800.0 * rng.integers(1, 5, size)
    answered = rng.random(size) < rows["answered"].to_numpy(np.float64)
    length = np.where(medium == "call", call, np.where(medium == "meeting", meeting, np.nan))
    return np.where(np.isnan(length) | answered, length, 0.0)


def doings(spells: pd.DataFrame, events: int, seed: int) -> pd.DataFrame:
    """Draw all that the owner and one other did: about so many events, oldest first.

    Parameters
    ----------
    spells
        From `netquality.samples.media.bonds.make_bonds`.
    events
        How many to aim at.
    seed
        The seed of the world.

    Returns
    -------
    pandas.DataFrame
        `who`, `medium`, `at` (seconds UTC), `theirs`, `seconds` (of calls and meetings; 0 when
        nobody answered or came), `session`.

    Examples
    --------
    >>> spell = {"who": [0], "medium": ["sms"], "start": [END_DAY - 400.0], "stop": [END_DAY + 1]}
    >>> spell |= {"rate": [4.0], "answered": [1.0], "theirs": [0.5], "size": [2.0]}
    >>> rows = doings(pd.DataFrame(spell), 80, 7)
    >>> 40 < len(rows) < 120, bool(rows["at"].is_monotonic_increasing)
    (True, True)
    """
    rng, seen = dice(seed, "doings"), _fitted(spells, events)
    months = ((seen["stop"] - seen["start"]) / MONTH).to_numpy(np.float64)
    count = rng.poisson(seen["rate"].to_numpy(np.float64) * months)
    count = np.where(months < 0.1, np.maximum(count, 1), count)
    seen = seen.assign(sessions=count)[count > 0].reset_index(drop=True)
    row, days = days_of(rng, seen)
    rows = seen.iloc[row].reset_index(drop=True)
    work = rows["medium"].isin(_WORK).to_numpy()
    days = np.where(work, on_workdays(rng, days), days)
    sizes = _sizes(rng, rows)
    slow = (rows["medium"] == "mail").to_numpy().astype(np.int64)
    session = np.repeat(np.arange(len(rows)), sizes)
    seconds = _moments(rng, _begun(rng, rows), sizes, slow)
    table = pd.DataFrame(
        {
            "who": rows["who"].to_numpy(np.int64)[session],
            "medium": rows["medium"].to_numpy()[session],
            "at": days[session] * DAY + seconds,
            "theirs": _theirs(rng, rows, sizes),
            "seconds": _seconds(rng, rows)[session],
            "session": session,
        }
    )
    return table.sort_values(["at", "who"], kind="stable", ignore_index=True)


def two_way_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Count, by person and medium, the days (UTC) on which both took part.

    A day of writing counts when both wrote, a call when it was answered, a meeting when it was
    held.

    Examples
    --------
    >>> row = {"who": [3, 3], "medium": ["mail", "mail"], "at": [5, 9], "theirs": [True, False]}
    >>> two_way_days(pd.DataFrame(row | {"seconds": [np.nan, np.nan]})).loc[3, "mail"].item()
    1
    """
    whole = rows["medium"].isin(["call", "meeting"])
    rows = rows.assign(day=rows["at"] // DAY, a=rows["theirs"] | whole, b=~rows["theirs"] | whole)
    by = rows[~(whole & (rows["seconds"] == 0))].groupby(["who", "medium", "day"])
    both = by["a"].any() & by["b"].any()
    return both.groupby(level=["who", "medium"]).sum().unstack(fill_value=0).astype("int64")
