"""Replies: how likely somebody answers a direct message sent now. The reply rung of the ladder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput
from netquality.measures.ends import asked, second_of, when
from netquality.measures.result import Result
from netquality.ties.asking import OPEN, OWN, Asks, asks, known_of
from netquality.ties.dyads import DAY
from netquality.ties.fitting import (
    Fit,
    Sample,
    Scale,
    chance,
    fitted,
    levelled,
    margin,
    scale_of,
)

if TYPE_CHECKING:
    from datetime import datetime

    from netquality.network import Network

__all__ = ["Curve", "Replies", "replies"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Messages learned from: weights from the earlier part, the curve from the later.
_EARLIER = 5 / 7
_RIDGE = 5.0
# Outcomes fade by half in so many days when the level is brought up to date, day by day; it takes
# about so many outcomes to move it half of the way.
_LEVEL_DAYS, _LEVEL_CASES = 120.0, 500.0
# Fewer messages, or answers or none, than this teach nothing.
FEWEST = 30


@dataclass(frozen=True, eq=False)
class Curve:
    """What a log taught of answers.

    Log-odds of an answer are ``level`` + ``below`` min(z, 0) + ``above`` max(z, 0), where z is
    the weighted sum of the features in standard deviations less its median, `turn`.

    Attributes
    ----------
    names, scale, weights
        Features, and log-odds for a standard deviation of each; none is below 0.
    turn
        Where the curve bends.
    below, above, level
        Slopes on both sides and the level at the bend.
    covariance
        Of ``below``, ``above`` and ``level``.
    usual
        The share of messages answered in the earlier part.
    messages
        Number of messages learned from.
    """

    names: tuple[str, ...]
    scale: Scale
    weights: Floats
    turn: float
    below: float
    above: float
    level: float
    covariance: Floats
    usual: float
    messages: int

    def parts(self, known: pd.DataFrame) -> Floats:
        """Return each feature's part of z."""
        return np.asarray(self.scale.of(known[list(self.names)].to_numpy()) * self.weights)

    def score(self, z: Floats) -> Floats:
        """Return log-odds before the level is brought up to date."""
        away = z - self.turn
        return np.asarray(
            self.level + self.below * np.minimum(away, 0) + self.above * np.maximum(away, 0)
        )


@dataclass(frozen=True, eq=False, repr=False)
class Replies(Result):
    """The chance of an answer, now and as it was said of every message since.

    Attributes
    ----------
    frame
        One row a person asked and alter: ``person`` (who writes), ``alter`` (who answers),
        ``chance``, ``low``, ``high``, and the parts of the log-odds: ``level`` and one a feature.
    history
        One row a direct message sent after what was learned from: ``event``, ``person``,
        ``alter``, ``at``, ``chance`` as of then, ``answered``.
    curve
        None where too few messages were seen.
    """

    history: pd.DataFrame
    curve: Curve | None


def replies(network: Network, days: float = 7.0, *, learn_until: datetime | None = None) -> Replies:
    """Return P(the alter writes back within the days | a direct message now).

    Four things known before the message: the alter's share of answers to this person (shrunk
    towards the alter's share for everybody, fading), what the alter wrote to the person, slowly
    and fast fading, and how much the alter writes to anybody (where that is seen). Their weights
    cannot be negative. The curve over their sum may bend at its middle; where it is steeper above,
    it has the shape of a threshold. Weights come from the earlier messages, the curve from the
    later ones, the level from these and from all outcomes known by the day.

    Parameters
    ----------
    network
        With owners, their messages; else everybody's.
    days
        How long one waits.
    learn_until
        Learn from messages before this only; the history begins there. By default all teach.

    Returns
    -------
    Replies
        Missing chances where fewer than 30 answers or silences of each part were seen. Two thirds
        of the label is what the pair does anyway: it measures going flow as much as an answer.
        Intervals are those of curve and level.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> replies(build(Tables())).frame.empty
    True
    """
    if not days > 0:
        raise BadInput(f"{days:g} days are no time to wait.", accepted="a number above 0.")
    every = asks(network.contact.acts, days)
    if network.egos:
        owners = network.contact.people.get_indexer(pd.Index(network.egos))
        every = every.take(np.isin(every.sender, owners))
    now, end = second_of(network, None), second_of(network, learn_until)
    before = every.take(every.at < end)
    turn = float(before.at[int(len(before) * _EARLIER)]) if len(before) else end
    curve = _taught(network, every, before, turn, end, days)
    later = every.take((every.at >= end) & (every.at + days * DAY <= now))
    level = _Level(network, every, turn, curve) if curve is not None else None
    history = _history(network, every, later, level)
    frame = _frame(network, every, level, now)
    return Replies(
        frame,
        network.as_of,
        history,
        curve,
        coverage=_coverage(network, days, every, curve),
        parameters={"days": days},
    )


def _taught(
    network: Network, every: Asks, before: Asks, turn: float, end: float, days: float
) -> Curve | None:
    # What is not known when a part ends teaches nothing of it.
    over = before.at + days * DAY
    earlier, later = over <= turn, (before.at >= turn) & (over <= end)
    usual = float(before.answered[earlier].mean()) if earlier.any() else 0.5
    parts = [before.answered[part] for part in (earlier, later)]
    if min(min(part.sum(), len(part) - part.sum()) for part in parts) < FEWEST:
        return None
    names = OPEN if network.contact.seen.all() else OWN
    known = _known(network, every, before, usual)
    return _curve(
        known, before.answered, np.flatnonzero(earlier), np.flatnonzero(later), names, usual
    )


def _known(network: Network, every: Asks, of: Asks, usual: float) -> pd.DataFrame:
    at = of.at.astype(np.float64)
    return known_of(network.contact.acts, every, of.sender, of.receiver, at, usual)


def _curve(
    known: pd.DataFrame,
    answered: Bools,
    earlier: Ints,
    later: Ints,
    names: tuple[str, ...],
    usual: float,
) -> Curve:
    x, y = known[list(names)].to_numpy(), answered.astype(np.float64)
    scale = scale_of(x[earlier])
    scaled = scale.of(x)
    one = Sample(scaled[earlier], y[earlier], np.ones(len(earlier)))
    weights = fitted([one], np.zeros(len(names)), _RIDGE, nonnegative=True).weights
    z = scaled @ weights
    turn = float(np.median(z[earlier]))
    bent = _bent(z[later] - turn, y[later])
    below, above = bent.weights
    return Curve(
        names, scale, weights, turn, float(below), float(above), float(bent.levels[0]),
        bent.covariance, usual, len(earlier) + len(later),
    )  # fmt: skip


def _bent(away: Floats, y: Floats) -> Fit:
    sides = np.c_[np.minimum(away, 0.0), np.maximum(away, 0.0)]
    one = Sample(sides, y, np.ones(len(y)))
    return fitted([one], np.array([1.0, 1.0]), 1.0, nonnegative=True)


class _Level:
    """The curve, and how far its level has moved by a moment: the fresher outcomes the more."""

    def __init__(self, network: Network, every: Asks, turn: float, curve: Curve) -> None:
        # What the weights were learned from would say that all is as it was.
        self.past, self.curve = every.take(every.at >= turn), curve
        known = _known(network, every, self.past, curve.usual)
        self.score = curve.score(curve.parts(known).sum(axis=1))

    def shift(self, now: float) -> float:
        """Return what to add to log-odds at a moment."""
        known = self.past.known < now
        age = (now - self.past.known[known]) / DAY
        return levelled(
            self.score[known],
            self.past.answered[known].astype(np.float64),
            strength=_LEVEL_CASES,
            weight=np.exp2(-age / _LEVEL_DAYS),
        )


def _history(network: Network, every: Asks, later: Asks, level: _Level | None) -> pd.DataFrame:
    people = network.contact.people.to_numpy()
    frame = pd.DataFrame(
        {
            "event": network.events["event"].to_numpy()[later.event],
            "person": people[later.sender],
            "alter": people[later.receiver],
            "at": pd.to_datetime(later.at, unit="s", utc=True),
            "chance": np.nan,
            "answered": later.answered,
        }
    )
    if level is None or not len(later):
        return frame
    curve = level.curve
    score = curve.score(curve.parts(_known(network, every, later, curve.usual)).sum(axis=1))
    day = (later.at - later.at[0]) // DAY
    for number in np.unique(day):
        some = day == number
        frame.loc[some, "chance"] = chance(score[some] + level.shift(float(later.at[some][0])))
    return frame


def _frame(network: Network, every: Asks, level: _Level | None, now: float) -> pd.DataFrame:
    person, alter = _ends(network)
    people = network.contact.people.to_numpy()
    frame = pd.DataFrame({"person": people[person], "alter": people[alter]}, dtype="str")
    frame[["chance", "low", "high"]] = np.nan
    if level is None or frame.empty:
        return frame
    curve, at = level.curve, np.full(len(person), now)
    known = known_of(network.contact.acts, every, person, alter, at, curve.usual)
    parts = curve.parts(known)
    z = parts.sum(axis=1)
    score = curve.score(z) + level.shift(now)
    away = z - curve.turn
    sides = np.c_[np.minimum(away, 0.0), np.maximum(away, 0.0), np.ones(len(z))]
    error = margin(sides, curve.covariance)
    frame["chance"] = chance(score)
    frame["low"], frame["high"] = chance(score - error), chance(score + error)
    slope = np.where(away < 0, curve.below, curve.above)
    frame["level"] = score - slope * z
    for place, name in enumerate(curve.names):
        frame[name] = slope * parts[:, place]
    return frame.sort_values("chance", ascending=False, kind="stable", ignore_index=True)


def _ends(network: Network) -> tuple[Ints, Ints]:
    """Return who may ask whom: both ends of every tie with contact."""
    known = network.amounts[network.amounts["amount"] > 0]
    a, b = known["a"].to_numpy(np.int64), known["b"].to_numpy(np.int64)
    person, alter = np.r_[a, b], np.r_[b, a]
    may = np.isin(person, network.contact.people.get_indexer(asked(network)))
    return person[may], alter[may]


def _coverage(network: Network, days: float, every: Asks, curve: Curve | None) -> tuple[str, ...]:
    said = (
        f"{when(network)}, {len(every):,} direct messages; an answer counts within {days:g} days."
    )
    if curve is None:
        return (said, f"Fewer than {FEWEST} answered or unanswered ones: no chance is given.")
    learned = f"Learned from {curve.messages:,} of them."
    return (said, learned, "Much of what counts as an answer would have been written anyway.")
