"""What a dyad's own sessions say about it: the features of tie strength, each in [0, 1].

Formulas and their sources: ``docs/measures.md``. A feature that the data cannot show is
missing, not 0. What is not answered is no exchange: regularity, liveness, responsiveness,
media and duration count in full where at least a quarter of one side's contact came back,
less where less did. Writing at somebody is no regular, lively or lasting tie.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.dyads import UNDATED, Interactions, Sessions
from netquality.ties.turns import turns

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Totals",
    "active_days",
    "decay",
    "exchanged",
    "features",
    "intensity",
    "latent_decay",
    "latent_totals",
    "mutual",
    "regular",
    "regularity",
    "responsiveness",
    "totals",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STEADY_WEEKLY = 40.7
REGULAR_DAYS, REGULAR_FULL = 730, 105.0
FEW_GAPS, USUAL_GAP, GONE = 4, 90.0, 8.0
REPLY_PRIOR, REPLY_MEAN, REPLY_HOURS = 8.0, 0.5, 24.0
WORKDAY = 8.0
LIFE_DAYS = 3651.0
YEAR = 365
FULL_EXCHANGE = 0.25
# So many media used alike are all there is to use: text, voice, face, and joint work.
FULL_MEDIA = 4.0


def decay(age: npt.NDArray[np.generic]) -> Floats:
    """Return what is left of a contact after some days: half at 30, half at 365 days.

    Two scales, because ties survive by a power law rather than by one half-life
    (Hidalgo & Rodriguez-Sickert 2008).

    Examples
    --------
    >>> decay(np.array([0, 30, 90, 365])).round(2).tolist()
    [1.0, 0.72, 0.48, 0.25]
    """
    days = np.asarray(age, dtype=np.float64)
    return 0.5 * np.exp2(-days / 30.0) + 0.5 * np.exp2(-days / 365.0)


def latent_decay(age: npt.NDArray[np.generic]) -> Floats:
    """Return what is left on the long scale only, a half-life of a year."""
    return np.exp2(-np.asarray(age, dtype=np.float64) / 365.0)


@dataclass(frozen=True, eq=False)
class Totals:
    """Sums over a dyad's sessions; arrays over dyads.

    `forward` is from a to b, `back` from b to a; a mutual session counts half to each side
    in weights and once to each side in numbers. `worth` is the sum over days of what passed on
    each, at most 1 a day, so that sitting in a crowd every week is no regular tie;
    `recent_worth` has only the days of two years.
    """

    forward: Floats
    back: Floats
    count_forward: Floats
    count_back: Floats
    days: Ints
    worth: Floats
    recent_worth: Floats
    first: Ints
    last: Ints
    gap: Floats
    burst: Floats
    exchanged: npt.NDArray[np.bool_]
    balance: Floats
    both_within_year: npt.NDArray[np.bool_]
    alone: Floats
    media: Floats
    dated: npt.NDArray[np.bool_]


def totals(of: Sessions, as_of: int) -> Totals:
    """Add up sessions with weight, each faded by its age in days.

    Parameters
    ----------
    of
        Sessions up to the day.
    as_of
        The UTC day asked for.
    """
    n, live = len(of.a), of.weight > 0
    dyad, day, forward, weight = of.dyad[live], of.day[live], of.forward[live], of.weight[live]
    timed = day != UNDATED
    # To sit in a crowd, or to write to one, is no exchange.
    near = ~of.many[live]
    recent = near & timed & (as_of - day < YEAR)
    plain = _both_ways(dyad[near], forward[near], weight[near], n)
    count = _sums(dyad, forward >= 1, n), _sums(dyad, forward != 1, n)
    met = _sums(dyad, near & (forward >= 1), n), _sums(dyad, near & (forward != 1), n)
    lately = _sums(dyad, recent & (forward >= 1), n), _sums(dyad, recent & (forward != 1), n)
    with np.errstate(invalid="ignore", divide="ignore"):
        balance = np.minimum(*plain) / np.maximum(*plain)
    days = _days(dyad[timed], day[timed], weight[timed], n, as_of)
    fading = _fading(of, as_of, decay)
    return Totals(
        forward=fading.forward,
        back=fading.back,
        alone=fading.alone,
        media=fading.media,
        count_forward=count[0],
        count_back=count[1],
        days=days.active,
        worth=days.worth,
        recent_worth=days.recent,
        first=days.first,
        last=days.last,
        gap=days.gap,
        burst=days.burst,
        exchanged=(met[0] > 0) & (met[1] > 0),
        balance=np.nan_to_num(balance),
        both_within_year=(lately[0] > 0) & (lately[1] > 0),
        dated=_sums(dyad, timed, n) > 0,
    )


def latent_totals(now: Totals, of: Sessions, as_of: int) -> Totals:
    """Return the totals faded on the long scale only: what was."""
    was = _fading(of, as_of, latent_decay)
    return replace(now, forward=was.forward, back=was.back, alone=was.alone, media=was.media)


class _Fading(NamedTuple):
    forward: Floats
    back: Floats
    alone: Floats
    media: Floats


def _fading(of: Sessions, as_of: int, fade: Callable[[Ints], Floats]) -> _Fading:
    n, live = len(of.a), of.weight > 0
    dyad, day = of.dyad[live], of.day[live]
    faded = of.weight[live] * fade(np.where(day != UNDATED, as_of - day, 0))
    forward, back = _both_ways(dyad, of.forward[live], faded, n)
    whole = forward + back
    with np.errstate(invalid="ignore", divide="ignore"):
        share = _sums(dyad, faded * of.alone[live], n) / whole
        alone = np.where(whole > 0, np.minimum(1.0, share), np.nan)
    media = _media(dyad, of.channel[live], faded, n)
    return _Fading(forward, back, alone, media)


def _both_ways(dyad: Ints, forward: Ints, weight: Floats, n: int) -> tuple[Floats, Floats]:
    """Return sums from a to b and back; what was mutual counts half to each."""
    to_b = np.select([forward == 1, forward == 2], [1.0, 0.5], 0.0)
    return _sums(dyad, weight * to_b, n), _sums(dyad, weight * (1.0 - to_b), n)


def _sums(group: Ints, values: npt.NDArray[Any], size: int) -> Floats:
    return np.bincount(group, values, minlength=size).astype(np.float64)


class _Days(NamedTuple):
    active: Ints
    worth: Floats
    recent: Floats
    first: Ints
    last: Ints
    gap: Floats
    burst: Floats


def _days(dyad: Ints, day: Ints, weight: Floats, n: int, as_of: int) -> _Days:
    """Return distinct active days and their worth, first and last, median gap, burstiness."""
    who, when, passed = active_days(dyad, day, weight)
    worth, recent = np.minimum(1.0, passed), as_of - when < REGULAR_DAYS
    count = np.bincount(who, minlength=n)
    first, last = np.full(n, UNDATED), np.full(n, UNDATED)
    edge = np.flatnonzero(np.r_[True, who[1:] != who[:-1]]) if len(who) else np.array([], np.int64)
    first[who[edge]] = when[edge]
    ends = np.append(edge[1:], len(who)) - 1 if len(who) else edge
    last[who[ends]] = when[ends]
    same = who[1:] == who[:-1]
    gaps, owner = (when[1:] - when[:-1])[same].astype(np.float64), who[1:][same]
    enough = count - 1 >= FEW_GAPS
    gap = np.full(n, USUAL_GAP)
    middle = pd.Series(gaps).groupby(owner).median()
    gap[middle.index.to_numpy(dtype=np.int64)] = middle.to_numpy()
    return _Days(
        count,
        _sums(who, worth, n),
        _sums(who[recent], worth[recent], n),
        first,
        last,
        gap=np.where(enough, gap, USUAL_GAP),
        burst=np.where(enough, _burstiness(gaps, owner, n), 0.0),
    )


def active_days(dyad: Ints, day: Ints, weight: Floats) -> tuple[Ints, Ints, Floats]:
    """Return each dyad's days with contact, in order, and what passed on each."""
    if not len(dyad):
        return dyad, day, weight
    first, width = day.min(), np.ptp(day) + 1
    once, which = np.unique(dyad * width + (day - first), return_inverse=True)
    return once // width, once % width + first, _sums(which, weight, len(once))


def _burstiness(gaps: Floats, owner: Ints, n: int) -> Floats:
    """Finite-size burstiness of Kim & Jo (2016); 0 for a Poisson process."""
    count = np.bincount(owner, minlength=n).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(owner, gaps, minlength=n) / count
        spread = np.bincount(owner, gaps**2, minlength=n) / count - mean**2
        r = np.sqrt(np.maximum(spread, 0.0)) / mean
        top = np.sqrt(count + 1.0) * r - np.sqrt(count - 1.0)
        bottom = (np.sqrt(count + 1.0) - 2.0) * r + np.sqrt(count - 1.0)
        return np.nan_to_num(top / bottom, nan=0.0, posinf=0.0, neginf=0.0)


def _media(dyad: Ints, channel: Ints, weight: Floats, n: int) -> Floats:
    """Effective number of media, exp of the entropy of their weights (1 for one medium)."""
    width = int(channel.max()) + 1 if len(channel) else 1
    table = (
        np.bincount(dyad * width + channel, weight, minlength=n * width)
        .astype(np.float64)
        .reshape(n, width)
    )
    total = table.sum(axis=1, keepdims=True)
    share = np.divide(table, total, out=np.zeros_like(table), where=total > 0)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    return np.asarray(np.exp(-(share * logs).sum(axis=1)))


def responsiveness(of: Interactions, dyad: Ints, n: int, as_of: int) -> Floats:
    """Return the shrunk reply rate times a factor for speed.

    Of the turns (`netquality.ties.turns`) of both sides. Half the factor is speed: three
    working days halve it. (Wuchty & Uzzi 2011 found 11 hours between colleagues, by mail;
    messages of a network wait longer.)
    """
    found = turns(of, dyad, as_of)
    who, answered = found.dyad, found.answered
    asked = np.bincount(who[found.known], minlength=n)
    got = np.bincount(who[answered], minlength=n)
    rate = (got + REPLY_PRIOR * REPLY_MEAN) / (asked + REPLY_PRIOR)
    hours = pd.Series(_working_hours(found.wait[answered])).groupby(who[answered]).median()
    typical = np.full(n, np.inf)
    typical[hours.index.to_numpy(dtype=np.int64)] = hours.to_numpy()
    return np.asarray(rate * (0.5 + 0.5 / (1.0 + typical / REPLY_HOURS)))


def _working_hours(seconds: Floats) -> Floats:
    """Return a wait in working hours: a night is no slowness, a day of waiting has eight."""
    hours = seconds / 3600.0
    return np.maximum(np.minimum(hours, WORKDAY), hours * WORKDAY / 24.0)


def exchanged(of: Totals) -> Floats:
    """Return how far there was exchange: in full where a quarter of one side's came back."""
    return np.minimum(1.0, of.balance / FULL_EXCHANGE)


def intensity(amount: Floats) -> Floats:
    """Return how much contact there is, 1 for a steady weekly session.

    Examples
    --------
    >>> intensity(np.array([0.0, 40.7])).tolist()
    [0.0, 1.0]
    """
    return np.asarray(np.minimum(1.0, np.log1p(amount) / np.log1p(STEADY_WEEKLY)))


def regular(days: Floats | Ints) -> Floats:
    """Return how regular so many active days are, 1 for 104 of 730."""
    return np.asarray(np.minimum(1.0, np.log1p(days) / np.log(REGULAR_FULL)))


def mutual(forward: Floats, back: Floats) -> Floats:
    """Return how far both directions weigh the same, less where there is little of both."""
    return 2.0 * np.minimum(forward, back) / (forward + back + 1.0)


def regularity(of: Totals, worth: Floats) -> Floats:
    """Return how regular days of that worth are, as far as there was exchange."""
    return np.where(of.dated, exchanged(of) * regular(worth), np.nan)


def features(
    of: Totals, *, as_of: int, reply: Floats, favours: Floats | None, several: bool
) -> pd.DataFrame:
    """Return the features of every dyad; missing where not observed.

    Parameters
    ----------
    of
        Totals, faded as of that day.
    reply
        `responsiveness`.
    favours
        Favours, introductions and recommendations between the two, or None where no
        source could show any.
    several
        Whether the sources show more than one channel.

    Examples
    --------
    A monthly mail each way for a year (S:A4 of the docs) has intensity .655:

    >>> intensity = np.log1p(5.471 + 5.053) / np.log1p(40.7)
    >>> round(float(intensity), 3)
    0.655
    """
    both = exchanged(of)
    silence = np.where(of.dated, as_of - of.last, 0) / np.maximum(of.gap, 1.0)
    age = np.where(of.dated, as_of - of.first, 0)
    untimed = np.where(of.dated, 1.0, np.nan)
    media = np.minimum(1.0, (of.media - 1.0) / (FULL_MEDIA - 1.0))
    frame = pd.DataFrame(
        {
            "intensity": intensity(of.forward + of.back),
            "regularity": regularity(of, of.recent_worth),
            "reciprocity": mutual(of.forward, of.back),
            "liveness": both / (1.0 + (silence / GONE) ** 2) * untimed,
            "responsiveness": both * reply * untimed,
            "media": both * media if several else np.nan,
            "favours": np.nan
            if favours is None
            else np.minimum(1.0, np.log1p(favours) / np.log(6.0)),
            "duration": both * np.minimum(1.0, np.log1p(age) / np.log(LIFE_DAYS)) * untimed,
            "burst": both * np.maximum(0.0, of.burst) * untimed,
        }
    )
    return frame.astype("float64")
