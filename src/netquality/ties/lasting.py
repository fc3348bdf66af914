"""What a moment knows about whether two people will be in touch: features of persistence.

Everything is measured against the horizon asked for, because the half-life that predicts best
follows it: a fortnight's habits say little about the next year, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.dyads import DAY, Interactions

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ACTIVITY", "OWN", "PRIOR", "Moment", "moment", "two_way"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

OWN = ("days", "both_ways", "silence", "regular", "direct")
ACTIVITY = ("sends_less", "sends_more", "gets_less", "gets_more", "quieter", "livelier")
# Log-odds per standard deviation, printed by `benchmarks/persistence.py`: where a network's own
# past says little, it is taken to be like others.
PRIOR: Mapping[tuple[str, ...], tuple[float, ...]] = MappingProxyType(
    {
        OWN: (0.13, 0.27, 0.55, 0.28, 0.33),
        (*OWN, *ACTIVITY): (
            *(0.12, 0.19, 0.47, 0.30, 0.29),
            *(0.11, -0.09, 0.08, 0.00, 0.19, 0.14),
        ),
    }
)
# Added to decayed sums, so that none has a logarithm; of the horizon, for silences.
_NONE, _SOME = 0.01, 0.1


@dataclass(frozen=True, eq=False)
class Moment:
    """Pairs who were in touch before a moment, and what it knows of each.

    Attributes
    ----------
    a, b
        Codes of the two people, ``a < b``.
    features
        One row a pair, columns `OWN` or `OWN` and `ACTIVITY`: logarithms of the days with
        contact, and of the root of what went out times what came back, both decayed with the
        horizon as half-life; minus that of the silence in horizons; of all days with contact;
        of the decayed contact shared among those addressed. Where both sides are seen whole,
        also how much the less and the more active of the two send and get from anybody, and
        how long ago the quieter and the livelier one last wrote to anybody.
    """

    a: Ints
    b: Ints
    features: pd.DataFrame


def moment(acts: Interactions, seen: Bools, at: float, horizon: float) -> Moment:
    """Return what is known at a moment.

    Parameters
    ----------
    acts
        Interactions; what has no time or weighs nothing is left out.
    seen
        By code: whether everything that the person does is observed. Activity is a feature if
        that holds for everybody.
    at
        Seconds since 1970 (or the start of the log); only what came before is used.
    horizon
        In days.
    """
    use = np.flatnonzero(acts.timed & (acts.second < at))
    a, b = acts.a[use], acts.b[use]
    size = np.int64(len(seen) or 1)
    pairs, dyad = np.unique(a * size + b, return_inverse=True)
    count, age = len(pairs), (at - acts.second[use]) / DAY
    fade = np.exp2(-age / horizon)
    out, back = acts.forward[use] >= 1, acts.forward[use] != 1
    both = np.sqrt(_sums(dyad[out], fade[out], count) * _sums(dyad[back], fade[back], count))
    days, when = _days(dyad, acts.second[use])
    known = {
        "days": np.log(_NONE + _sums(days, np.exp2(-(at / DAY - when) / horizon), count)),
        "both_ways": np.log(_NONE + both),
        "silence": -np.log(_SOME + _least(dyad, age, count) / horizon),
        "regular": np.log(np.bincount(days, minlength=count)),
        "direct": np.log(_NONE + _sums(dyad, acts.weight[use] * fade, count)),
    }
    left, right = pairs // size, pairs % size
    if count and seen.all():
        known |= _activity(a, b, out, back, age, horizon, left, right, len(seen))
    return Moment(left, right, pd.DataFrame(known))


def two_way(acts: Interactions, pairs: Moment, begin: float, end: float) -> Floats:
    """Return 1 for each pair with contact in both directions from a moment until another."""
    inside = acts.timed & (acts.second >= begin) & (acts.second < end)
    size = np.int64(max(int(acts.b.max(initial=0)), int(pairs.b.max(initial=0))) + 1)
    key = acts.a * size + acts.b
    wanted = pairs.a * size + pairs.b
    ways = [np.isin(wanted, key[inside & way]) for way in (acts.forward >= 1, acts.forward != 1)]
    return (ways[0] & ways[1]).astype(np.float64)


def _sums(group: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(group, values, minlength=size).astype(np.float64)


def _least(group: Ints, values: Floats, size: int) -> Floats:
    found = np.full(size, np.inf)
    np.minimum.at(found, group, values)
    return found


def _days(dyad: Ints, second: Ints) -> tuple[Ints, Ints]:
    """Return the distinct days with contact: whose, and which."""
    day = second // DAY
    if not len(day):
        return dyad, day
    first, width = int(day.min()), int(np.ptp(day)) + 1
    once = np.unique(dyad * width + (day - first))
    return once // width, once % width + first


def _activity(
    a: Ints,
    b: Ints,
    out: Bools,
    back: Bools,
    age: Floats,
    horizon: float,
    left: Ints,
    right: Ints,
    size: int,
) -> dict[str, Floats]:
    fade = np.exp2(-age / horizon)
    sender, receiver = np.r_[a[out], b[back]], np.r_[b[out], a[back]]
    faded, ages = np.r_[fade[out], fade[back]], np.r_[age[out], age[back]]
    sends, gets = _sums(sender, faded, size), _sums(receiver, faded, size)
    # Who never wrote has been quiet for as long as anybody could see.
    quiet = np.minimum(_least(sender, ages, size), age.max(initial=0.0) + horizon)
    found = {}
    for name, values in (("sends", sends), ("gets", gets)):
        ends = values[left], values[right]
        found[f"{name}_less"] = np.log(_SOME + np.minimum(*ends))
        found[f"{name}_more"] = np.log(_SOME + np.maximum(*ends))
    ends = quiet[left] / horizon, quiet[right] / horizon
    found["quieter"] = -np.log(_SOME + np.maximum(*ends))
    found["livelier"] = -np.log(_SOME + np.minimum(*ends))
    return found
