"""Owners with a habit: who speaks to one at a time, who to many, who does both.

The three do not differ in how many contacts they have, nor in how many messages are in their
inbox, and what goes to many is mostly sent to each alone: counting contacts, messages or
recipients does not tell them apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from netquality.errors import BadInput
from netquality.samples.clock import DAY, END_DAY, Ints, dice, on_workdays
from netquality.samples.crowd import OWNER_ROW, Rows
from netquality.samples.habits import KINDS, Kind
from netquality.samples.phrases import DETAILS, LINES
from netquality.samples.words import PLACES, TOPICS

__all__ = ["MANNERS", "Manner", "expected_rows", "kinds_of", "mailed", "manner_of", "retold"]

_YEARS = 1.5
_TOGETHER = (0.05, 0.45)


class Manner(NamedTuple):
    """What an owner does more or less often than others.

    Parameters
    ----------
    name
        The habit.
    near
        Times the usual number of friends and of those in steady touch.
    pushing
        Times the usual number of those whom the owner writes in vain.
    mailings
        Least and most mailings a year.
    reach
        Least and most share of the contacts that one mailing goes to.
    """

    name: str
    near: float
    pushing: float
    mailings: tuple[float, float]
    reach: tuple[float, float]


MANNERS = {
    "handshake": Manner("handshake", 1.5, 0.2, (5, 14), (0.03, 0.07)),
    "mixed": Manner("mixed", 1.0, 0.4, (30, 44), (0.07, 0.09)),
    "megaphone": Manner("megaphone", 0.5, 0.6, (60, 90), (0.12, 0.16)),
}


def manner_of(name: str) -> Manner:
    """Return the habit of that name.

    Raises
    ------
    BadInput
        When there is none.

    Examples
    --------
    >>> manner_of("handshake").mailings
    (5, 14)
    """
    if name not in MANNERS:
        raise BadInput(f"{name!r} is no habit.", accepted=", ".join(MANNERS))
    return MANNERS[name]


def kinds_of(manner: Manner | None) -> tuple[Kind, ...]:
    """Return the kinds of contacts with the shares that the habit gives them.

    Examples
    --------
    >>> kinds_of(None) == KINDS, round(kinds_of(MANNERS["handshake"])[0].share, 3)
    (True, 0.075)
    """
    if manner is None:
        return KINDS
    times = {"friend": manner.near, "steady": manner.near, "outreach": manner.pushing}
    return tuple(kind._replace(share=kind.share * times.get(kind.name, 1.0)) for kind in KINDS)


def retold(habits: pd.DataFrame, seed: int, telling: int) -> pd.DataFrame:
    """Live the same habits again: the number of sessions is a matter of chance.

    Parameters
    ----------
    habits
        From `netquality.samples.habits.habits`; its sessions are what is to be expected.
    seed
        The seed of the world.
    telling
        Which run of the same habits.

    Examples
    --------
    >>> habit = pd.DataFrame({"contact": range(200), "sessions": 4})
    >>> told = retold(habit, 7, 1)
    >>> bool(abs(told["sessions"].sum() / 800 - 1) < 0.15), int(told["sessions"].min())
    (True, 1)
    """
    lived = dice(seed, f"telling {telling}").poisson(habits["sessions"].to_numpy())
    return habits.assign(sessions=lived)[lived > 0].reset_index(drop=True)


def mailed(
    people: pd.DataFrame, manner: Manner, seed: int, telling: int
) -> tuple[pd.DataFrame, Rows]:
    """Write the owner's mailings: most to each recipient alone, some to a group at once.

    Returns
    -------
    tuple
        Copies (`contact`, `at`, `theirs`, `body`) with the few answers to them, and group
        threads with their messages.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> copies, groups = mailed(make_world(200, 1000, 7).people, MANNERS["megaphone"], 7, 0)
    >>> len(copies) > 1000, len(groups.threads) > 10
    (True, True)
    """
    rng = dice(seed, f"mailings {manner.name} {telling}")
    pace, expected = _pace(manner, seed), expected_rows(manner, len(people), seed) / 2
    count = int(rng.poisson(pace.mailings * _YEARS))
    days = on_workdays(rng, END_DAY - np.floor(rng.random(count) * 365 * _YEARS).astype(np.int64))
    connected = people["connected"].to_numpy(np.int64)
    copies, threads, messages = [_newsletters(rng, people, expected)], [], []
    for day in np.sort(days):
        able = np.flatnonzero(connected < day)
        size = min(len(able), max(9, int(rng.poisson(pace.reach * len(people)))))
        who = rng.choice(able, size, replace=False) if len(able) else able
        at = int(day) * DAY + 9 * 3600
        if rng.random() < pace.together:
            for some in np.array_split(who, max(1, len(who) // 9)):
                threads.append(tuple(int(i) for i in some))
                messages.append(at)
        else:
            copies.append(_copies(rng, who, at, people))
    return _all(copies), _groups(threads, messages)


def expected_rows(manner: Manner | None, contacts: int, seed: int) -> int:
    """Return about how many message rows the mailings of a habit make, those received included.

    Examples
    --------
    >>> expected_rows(None, 400, 7)
    0
    """
    if manner is None:
        return 0
    pace = _pace(manner, seed)
    return round(2 * pace.mailings * _YEARS * (1 - pace.together) * pace.reach * contacts)


class _Pace(NamedTuple):
    """One owner's mailings a year, what share they reach, how many go to groups at once."""

    mailings: float
    reach: float
    together: float


def _pace(manner: Manner, seed: int) -> _Pace:
    rng = dice(seed, f"pace {manner.name}")
    return _Pace(*(float(rng.uniform(*ends)) for ends in (*manner[-2:], _TOGETHER)))


def _newsletters(rng: np.random.Generator, people: pd.DataFrame, expected: float) -> pd.DataFrame:
    """Let come in about what goes out: who sends to many gets as much from others."""
    who = np.flatnonzero((people["kind"] == "broadcaster").to_numpy())
    size = int(rng.poisson(expected))
    days = END_DAY - np.floor(rng.random(size) * 365 * _YEARS).astype(np.int64)
    lines = LINES["newsletter"]["en"]
    frame = pd.DataFrame({"contact": rng.choice(who, size), "at": days * DAY + 8 * 3600})
    frame["theirs"] = True
    frame["body"] = [lines[i % len(lines)].replace("{topic}", "paper") for i in range(size)]
    return frame[people["connected"].to_numpy(np.int64)[frame["contact"]] < days]


def _copies(rng: np.random.Generator, who: Ints, at: int, people: pd.DataFrame) -> pd.DataFrame:
    """One text to each, a minute apart, and one in a hundred answers within days."""
    line, detail = _text(rng)
    frame = (
        f"{line} {{name}}, {detail}" if rng.random() < 0.1 else f"Hi {{name}},\n\n{line} {detail}"
    )
    names = [str(name).strip() for name in people["first"].to_numpy()[who]]
    sent = pd.DataFrame({"contact": who, "at": at + 60 * np.arange(len(who)), "theirs": False})
    sent["body"] = [frame.replace("{name}", name) for name in names]
    back = sent[rng.random(len(who)) < 0.01].copy()
    back["at"] += rng.integers(3600, 5 * DAY, len(back))
    back["at"] = back["at"].clip(upper=END_DAY * DAY + DAY - 1)
    return pd.concat([sent, back.assign(theirs=True, body="Thanks, interesting!")])


def _text(rng: np.random.Generator) -> tuple[str, str]:
    """Put a line and a detail together that hardly any other mailing has."""
    lines = [*LINES["newsletter"]["en"], *LINES["pitch"]["en"]]
    frames, colours, things = DETAILS["en"]
    picks = [int(rng.integers(0, size)) for size in (len(lines), len(TOPICS), len(frames))]
    line = lines[picks[0]].replace("{topic}", TOPICS[picks[1]]).replace("{firm}", "our press")
    detail = frames[picks[2]].replace("{colour}", colours[int(rng.integers(0, len(colours)))])
    detail = detail.replace("{thing}", things[int(rng.integers(0, len(things)))])
    detail = detail.replace("{place}", PLACES[int(rng.integers(0, len(PLACES)))])
    return line, detail


def _all(copies: list[pd.DataFrame]) -> pd.DataFrame:
    empty = pd.DataFrame({"contact": [], "at": [], "theirs": [], "body": []})
    frame = pd.concat(copies, ignore_index=True) if copies else empty
    return frame.astype({"contact": "int64", "at": "int64", "theirs": "bool"})


def _groups(members: list[tuple[int, ...]], at: list[int]) -> Rows:
    messages = pd.DataFrame({"thread": np.arange(len(at)), "at": at, "sender": OWNER_ROW})
    threads = pd.DataFrame({"title": "", "folder": "INBOX", "members": pd.Series(members)})
    return Rows(messages.astype("int64"), threads)
