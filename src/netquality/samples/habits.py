"""The planted truth: who is close to the owner, and what each kind of contact does.

The kinds overlap on purpose. Old friends wrote about as much as present ones; broadcasters and
outreach are as recent and as frequent as friends, but one-sided; a job change of the owner
brings a wave of congratulations from people who are otherwise silent; a flash is one lively
afternoon. Counting messages, or looking at the last one, must therefore fail.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from netquality.samples.clock import END_DAY, MONTH, Floats, Ints, dice

__all__ = ["KINDS", "LEAST_STRONG", "Kind", "allot", "habits"]

_NORMAL = NormalDist()
LEAST_STRONG = 6


class Kind(NamedTuple):
    """How one kind of contact behaves; ranges are (least, most).

    Parameters
    ----------
    name, planted
        The kind, and the class of the planted truth that it belongs to.
    share
        Share of all contacts.
    rate
        Median, least and most exchange-days a month; log-normal between the ends.
    months
        Length of the time in which they are in touch.
    ended
        Days between its end and the end of the world.
    size
        Messages a session, before the rest of the wanted number is spread.
    theirs
        Share of sessions that the contact opens.
    flips
        Probability that the next message of a session comes from the other side.
    extra
        Relative share of the messages that are left to spread.
    """

    name: str
    planted: str
    share: float
    rate: tuple[float, float, float]
    months: tuple[float, float]
    ended: tuple[float, float]
    size: tuple[int, int] = (1, 1)
    theirs: tuple[float, float] = (0.3, 0.7)
    flips: float = 0.8
    extra: float = 1.0


_SIDED = (1.0, 1.0)
_UNANSWERED = (0.0, 0.0)
_NOW = (0, 0)
_ONCE = (1, 1, 1)
_PAIRS = (2, 2)
_OFTEN = (4, 2, 9)
KINDS = (
    Kind("friend", "strong", 0.05, (3.8, 2.6, 8.5), (11, 15), _NOW, _PAIRS, flips=0.95, extra=0.6),
    Kind("steady", "medium", 0.1, (0.35, 0.15, 0.7), (10, 24), _NOW),
    Kind("fading", "medium", 0.05, (1, 0.5, 2), (6, 13), (120, 450)),
    Kind("dormant", "dormant", 0.03, (5.5, 3.5, 11), (10, 18), (805, 2200), _PAIRS, extra=1.8),
    Kind("broadcaster", "broadcaster", 0.03, _OFTEN, (8, 16), _NOW, (1, 2), _SIDED, 0, 1.6),
    Kind("outreach", "outreach", 0.03, _OFTEN, (8, 16), _NOW, (1, 2), _UNANSWERED, 0, 1.6),
    Kind("project", "weak", 0.03, (8, 4, 16), (1, 2.3), (400, 1500), extra=1.3),
    Kind("trickle", "weak", 0.02, (0.12, 0.07, 0.2), (40, 110), (10, 200), extra=0.5),
    Kind("flash", "weak", 0.025, (25, 15, 30), (0.05, 0.1), (1, 75), size=(4, 9), extra=0.3),
    Kind("congratulator", "weak", 0.02, _ONCE, (0.1, 0.2), (1, 14), (1, 2), _SIDED, 1, 0),
    Kind("announced", "weak", 0.015, _ONCE, (0.1, 0.1), (2, 9), (1, 1), _UNANSWERED, 0, 0),
    Kind("stray", "weak", 0.01, (0.05, 0.02, 0.2), (1, 60), (20, 2500), (1, 2), (0, 1), 0.5, 0.1),
)


def allot(contacts: int, seed: int, of: tuple[Kind, ...] = KINDS) -> Ints:
    """Give each contact a place among the kinds, or -1 for those who never write.

    Examples
    --------
    >>> kinds = allot(2000, 7)
    >>> int((kinds == 0).sum()), int((kinds == 3).sum()), bool((kinds == -1).sum() > 900)
    (100, 60, True)
    """
    counts = [max(1, round(kind.share * contacts)) for kind in of]
    counts[0] = max(LEAST_STRONG, counts[0])
    kinds = np.full(contacts, -1, dtype=np.int64)
    kinds[: sum(counts)] = np.repeat(np.arange(len(of)), counts)
    return dice(seed, "kinds").permutation(kinds)


def _strata(rng: np.random.Generator, size: int) -> Floats:
    """Evenly spread numbers in (0, 1), in random order: no seed is luckier than another."""
    return (rng.permutation(size) + rng.random(size)) / max(size, 1)


def _between(rng: np.random.Generator, size: int, ends: tuple[float, float]) -> Floats:
    return ends[0] + (ends[1] - ends[0]) * _strata(rng, size)


def _rates(rng: np.random.Generator, size: int, rate: tuple[float, float, float]) -> Floats:
    """Draw log-normal rates, cut at both ends without piling up there."""
    median, least, most = rate
    if least == most:
        return np.full(size, median)
    spread = 0.55
    low, high = (_NORMAL.cdf(np.log(end / median) / spread) for end in (least, most))
    places = low + (high - low) * _strata(rng, size)
    return median * np.exp(spread * np.array([_NORMAL.inv_cdf(place) for place in places]))


def _one_kind(rng: np.random.Generator, kind: Kind, who: Ints) -> pd.DataFrame:
    size = len(who)
    months = _between(rng, size, kind.months)
    stop = END_DAY + 1.0 - _between(rng, size, kind.ended)
    least = 2 if kind.planted in ("strong", "medium", "dormant") else 1
    return pd.DataFrame(
        {
            "contact": who,
            "start": stop - months * MONTH,
            "stop": stop,
            "sessions": np.maximum(least, np.rint(_rates(rng, size, kind.rate) * months)),
            "size": rng.integers(kind.size[0], kind.size[1], size, endpoint=True),
            "theirs": _between(rng, size, kind.theirs),
            "flips": kind.flips,
            "extra": kind.extra,
            "both": kind.flips == 0.8,
        }
    )


def habits(kinds: Ints, seed: int, budget: int) -> pd.DataFrame:
    """Draw the habits of everybody who writes or is written to, one row a contact.

    Histories get shorter, all by the same factor, when they would need more messages than
    there are; what is left over is spread later.

    Parameters
    ----------
    kinds
        From `allot`.
    seed
        The seed of the world.
    budget
        Number of direct messages.

    Examples
    --------
    >>> table = habits(allot(200, 7), 7, 1650)
    >>> bool((table["sessions"] * table["size"]).sum() <= 1650)
    True
    """
    rng = dice(seed, "habits")
    parts = [_one_kind(rng, kind, np.flatnonzero(kinds == i)) for i, kind in enumerate(KINDS)]
    table = pd.concat(parts, ignore_index=True).sort_values("contact", ignore_index=True)
    wanted = float((table["sessions"] * table["size"]).sum())
    factor = min(1.0, 0.95 * budget / wanted)
    least = np.where(table["both"] & (table["size"] == 1), 2, 1)
    fewer = np.floor(table["sessions"] * factor)
    shorter = np.maximum(np.minimum(least, table["sessions"]), fewer)
    return table.assign(sessions=shorter.astype(np.int64))
