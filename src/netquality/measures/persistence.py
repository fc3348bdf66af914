"""Persistence: how likely two people are in touch, both ways, in the next so many days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput
from netquality.measures.ends import of_owners, second_of, when
from netquality.measures.result import Result
from netquality.ties.dyads import DAY
from netquality.ties.fitting import Sample, Scale, chance, fitted, levelled, margin, scale_of
from netquality.ties.lasting import PRIOR, Moment, moment, two_way

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from netquality.network import Network

__all__ = ["Learned", "Persistence", "persistence"]

Floats = npt.NDArray[np.float64]

WINDOWS = 3
# Base rates swing from one window to the next: half of the level is the last one's.
_UPDATE = 0.5
# How many pairs' outcomes it takes to move a weight half of the way from its prior, about.
_RIDGE = 10.0


@dataclass(frozen=True, eq=False)
class Learned:
    """What a network's own past taught: see `persistence`.

    Attributes
    ----------
    names
        Of the features.
    scale
        Of the features, over the windows learned from.
    weights
        Log-odds per standard deviation.
    level
        Log-odds of a pair with mean features; missing without a finished window.
    covariance
        Of the weights and the level.
    windows, cases, lasted
        Finished windows learned from, pairs in them, and how many of these were in touch.
    """

    names: tuple[str, ...]
    scale: Scale
    weights: Floats
    level: float
    covariance: Floats
    windows: int
    cases: int
    lasted: int

    def scaled(self, known: Moment) -> Floats:
        """Return features in standard deviations."""
        return self.scale.of(known.features[list(self.names)].to_numpy())


@dataclass(frozen=True, eq=False, repr=False)
class Persistence(Result):
    """The chance of two-way contact for each pair, and what it was learned from.

    Attributes
    ----------
    frame
        One row a pair who were in touch before: ``a``, ``b``, ``chance``, ``low``, ``high``,
        and the parts of its log-odds: ``level`` and one a feature.
    learned
        To be given to a later call, so that nothing later is learned from.
    """

    learned: Learned


def persistence(
    network: Network,
    days: float = 90.0,
    *,
    at: datetime | None = None,
    learned: Learned | None = None,
    windows: int = WINDOWS,
    prior: Mapping[tuple[str, ...], tuple[float, ...]] = PRIOR,
) -> Persistence:
    r"""Return P(contact in both directions within the next days) for everybody in touch before.

    A logistic regression on what `netquality.ties.lasting` knows at a moment, learned from this
    network's own past: moments one, two and more horizons ago, whose outcome is known by now.
    Weights are shrunk towards those of other networks; half of the level is the last finished
    window's, and how far windows lay from what was expected widens the intervals. The parts sum
    to the log-odds.

    Parameters
    ----------
    network
        Any with times.
    days
        The horizon.
    at
        The moment asked for, by default the end of the network's day. Nothing later is used.
    learned
        What an earlier call learned; only the level is then taken anew.
    windows
        How many finished windows to learn from, at most.
    prior
        Weights of other networks, for each set of features.

    Returns
    -------
    Persistence
        Intervals (95 %) are those of weights and level; pairs that share a person are taken as
        independent. Without a finished window the level is not known: ``chance`` is missing,
        the order of the parts' sum stands.

    Raises
    ------
    BadInput
        When the horizon is not above 0.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import netquality as nq
    >>> log = Path(tempfile.mkdtemp()) / "log.csv"
    >>> rows = [f"{a},{b},2026-{m:02}-05 09:00" for m in range(1, 11)
    ...     for a, b in (("zora", "odo"), ("odo", "zora"))] + ["zora,mina,2026-01-05 09:00"]
    >>> _ = log.write_text("sender,recipient,at\n" + "\n".join(rows))
    >>> found = persistence(nq.read(log), 60).frame
    >>> bool(found["chance"].iloc[0] > found["chance"].iloc[1])
    True
    """
    if not days > 0:
        raise BadInput(f"{days:g} days are no horizon.", accepted="a number above 0.")
    moment_at = second_of(network, at)
    acts, seen = network.contact.acts, network.contact.seen
    now = moment(acts, seen, moment_at, days)
    past = _past(network, moment_at, days, windows)
    taught = learned or _learn(past, tuple(map(str, now.features.columns)), prior)
    level, unsure = _level(past, taught)
    scaled = taught.scaled(now)
    parts = pd.DataFrame(scaled * taught.weights, columns=list(taught.names))
    parts.insert(0, "level", level)
    score = parts.sum(axis=1, skipna=False).to_numpy()
    known = np.c_[scaled, np.ones(len(scaled))]
    error = margin(known, taught.covariance, unsure)
    people = network.contact.people.to_numpy()
    frame = pd.DataFrame(
        {
            "a": pd.Series(people[now.a], dtype="str"),
            "b": pd.Series(people[now.b], dtype="str"),
            "chance": _chance(score),
            "low": _chance(score - error),
            "high": _chance(score + error),
        }
    ).join(parts)
    order = parts.drop(columns="level").sum(axis=1).sort_values(ascending=False, kind="stable")
    return Persistence(
        _from_owners(network, frame.loc[order.index].reset_index(drop=True)),
        network.as_of,
        taught,
        coverage=_coverage(network, days, taught, level, len(now.a)),
        parameters={"days": days, "windows": windows},
    )


def _from_owners(network: Network, frame: pd.DataFrame) -> pd.DataFrame:
    """Keep owners' rows, the owner first, as in `Network.ties`."""
    mine = of_owners(network, frame)
    turned = mine["b"].isin(network.egos) & ~mine["a"].isin(network.egos)
    mine.loc[turned, ["a", "b"]] = mine.loc[turned, ["b", "a"]].to_numpy()
    return mine


def _past(network: Network, at: float, days: float, windows: int) -> list[tuple[Moment, Floats]]:
    """Return finished windows, the oldest first: what was known, and what came."""
    acts, seen = network.contact.acts, network.contact.seen
    begin = float(acts.second[acts.timed].min(initial=at))
    found = []
    for back in range(windows, 0, -1):
        then = at - back * days * DAY
        # As much was seen before a window as it lasts, or its pairs are hardly known.
        if then - begin < days * DAY:
            continue
        known = moment(acts, seen, then, days)
        found.append((known, two_way(acts, known, then, then + days * DAY)))
    return found


def _learn(
    past: list[tuple[Moment, Floats]],
    names: tuple[str, ...],
    prior: Mapping[tuple[str, ...], tuple[float, ...]],
) -> Learned:
    before, size = np.array(prior[names]), len(names)
    if not past:
        vague = np.diag(np.r_[np.full(size, 1.0 / _RIDGE), np.nan])
        flat = Scale(np.zeros(size), np.ones(size))
        return Learned(names, flat, before, np.nan, vague, 0, 0, 0)
    x = [known.features[list(names)].to_numpy() for known, _ in past]
    scale = scale_of(np.concatenate(x))
    outcomes = [y for _, y in past]
    samples = [
        Sample(scale.of(each), y, np.ones(len(y))) for each, y in zip(x, outcomes, strict=True)
    ]
    fit = fitted(samples, before, _RIDGE)
    cases, lasted = sum(map(len, outcomes)), int(sum(y.sum() for y in outcomes))
    level = float(fit.levels.mean())
    return Learned(names, scale, fit.weights, level, fit.covariance, len(past), cases, lasted)


def _level(past: list[tuple[Moment, Floats]], taught: Learned) -> tuple[float, float]:
    """Return the level to expect, half of it the last finished window's, and its variance.

    The variance is that of finished windows around what was expected of them. One window says
    nothing of that: then a doubling of the odds is taken for a standard deviation.
    """
    if not past:
        return float("nan"), float("nan")
    levels = [
        levelled(taught.scaled(known) @ taught.weights, y, prior=_base(y)) for known, y in past
    ]
    expected, away = levels[0], []
    for level in levels[1:]:
        away.append(level - expected)
        expected += _UPDATE * away[-1]
    apart = float(np.mean(np.square(away))) if away else float(np.log(2.0) ** 2)
    return float(expected), apart


def _base(y: Floats) -> float:
    share = (y.sum() + 0.5) / (len(y) + 1.0)
    return float(np.log(share / (1.0 - share)))


def _chance(score: Floats) -> Floats:
    return np.where(np.isnan(score), np.nan, chance(np.nan_to_num(score)))


def _coverage(
    network: Network, days: float, taught: Learned, level: float, pairs: int
) -> tuple[str, ...]:
    said = f"{when(network)}, the next {days:g} days."
    if not pairs:
        return (said, "No contact here has a time: who will be in touch cannot be said.")
    if np.isnan(level):
        return (said, "The log is too short to learn from: the order stands, chances do not.")
    learned = (
        f"Learned from {taught.windows} earlier windows of {days:g} days: of {taught.cases:,} "
        f"pairs {taught.lasted:,} were in touch both ways."
    )
    return (said, learned)
