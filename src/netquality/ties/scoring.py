"""From interactions to the features of every dyad: what was, and what any other past would be.

A dyad's features are made of its own interactions only. That is why a tie can be asked of another
day, without some of its events, or with some that never happened, apart from all others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from netquality.schema import CHANNELS, KINDS
from netquality.ties.dyads import DAY, FAVOURS, UNDATED, Interactions, Sessions, sessions
from netquality.ties.features import (
    Totals,
    features,
    latent_totals,
    regularity,
    responsiveness,
    totals,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Scored", "Shown", "scored", "scored_apart", "taken", "unseen"]

Ints = npt.NDArray[np.int64]

# Where people are in touch: a network that does not show one of these may not show a tie's contact.
# What is recorded by hand shows none of them whole.
_WAYS = (("mail", "linkedin"), ("chat", "sms"), ("call", "video"), ("meeting",))
# So strong (in log-odds) hardly any tie turned out to be when another way came to be seen, however
# little was seen of it before (`benchmarks/absolute.py`).
_ANOTHER_WAY = 2.5


@dataclass(frozen=True)
class Shown:
    """What the sources can show of anybody.

    Attributes
    ----------
    favours
        Whether any of them would show favours, introductions or recommendations.
    channels
        The channels that contact was seen in, as codes.
    """

    favours: bool
    channels: frozenset[int]


class Scored(NamedTuple):
    """Features of every dyad as of a day, those of latent strength, and the sums behind them."""

    now: pd.DataFrame
    latent: pd.DataFrame
    sums: Totals


def scored(acts: Interactions, sittings: Sessions, shown: Shown, as_of: int) -> Scored:
    """Return the features of every dyad of some interactions, in the order of the sessions'.

    Parameters
    ----------
    acts, sittings
        Interactions up to the day, and their sessions.
    shown
        What could be seen; the rest is missing.
    as_of
        The UTC day asked for.
    """
    n, dyad = len(sittings.a), acts.dyads()[2]
    reply = responsiveness(acts, dyad, n, as_of)
    favour = np.isin(acts.kind, [KINDS.index(name) for name in FAVOURS])
    favours = np.bincount(dyad[favour], minlength=n).astype(np.float64) if shown.favours else None
    several = len(shown.channels) > 1
    now = totals(sittings, as_of)
    ever = latent_totals(now, sittings, as_of)
    x = features(now, as_of=as_of, reply=reply, favours=favours, several=several)
    latent = features(ever, as_of=as_of, reply=reply, favours=favours, several=several)
    # Latent strength asks what was, not what is: all days count, silence does not.
    latent = latent.assign(regularity=regularity(ever, ever.worth), liveness=0.0)
    return Scored(x, latent, now)


def scored_apart(
    acts: Interactions, case: Ints, late: Ints, shown: Shown, as_of: int
) -> pd.DataFrame:
    """Return the features of pasts that are asked apart from each other, one row a case.

    Strength does not change when all dates are shifted: a past that is asked of another day is
    moved until that day is the one asked for.

    Parameters
    ----------
    acts
        Interactions, those of one case together or not; what is later than the day is left out.
    case
        The case of each interaction, from 0.
    late
        For each case by how many days it is moved.
    shown, as_of
        As for `scored`.

    Returns
    -------
    DataFrame
        A case without any interaction has every feature 0.
    """
    moved = _moved(acts, late[case])
    known = np.flatnonzero(moved.day <= as_of)
    # Each case is a dyad of its own, and no person is in two.
    own = replace(taken(moved, known), a=2 * case[known], b=2 * case[known] + 1)
    found = scored(own, sessions(own), shown, as_of).now
    found.index = own.dyads()[0] // 2
    return found.reindex(range(len(late)), fill_value=0.0)


def unseen(shown: Shown) -> float:
    """Return the log-odds that a tie may have by contact that no source shows.

    None (minus infinity) where every way to be in touch is seen, or a log does not say what it
    holds.

    Examples
    --------
    >>> unseen(Shown(favours=False, channels=frozenset({CHANNELS.index("call")})))
    2.5
    """
    seen = {CHANNELS[code] for code in shown.channels}
    whole = "log" in seen or all(seen & set(way) for way in _WAYS)
    return -math.inf if whole else _ANOTHER_WAY


def taken(acts: Interactions, rows: Ints) -> Interactions:
    """Return some interactions, in the order of the rows named; rows may be named twice."""
    return Interactions(**{each.name: getattr(acts, each.name)[rows] for each in fields(acts)})


def _moved(of: Interactions, days: Ints) -> Interactions:
    """Return the same rows so many days later; what has no day keeps none."""
    days = np.where(of.day == UNDATED, 0, days)
    return replace(of, day=of.day + days, second=of.second + days * DAY)
