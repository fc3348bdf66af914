"""What a user's ratings and recorded outcomes say of the weights of strength: partial pooling.

Nobody rates enough contacts to fit weights of their own. So weights start as shipped, as sure as
public data leaves them, and move as far as what was said is evidence against that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.fitting import Sample, fitted
from netquality.ties.scoring import scored_apart, taken
from netquality.ties.strength import SHIPPED, Weights, standing_in

if TYPE_CHECKING:
    from netquality.identity.history import History
    from netquality.ties.contact import Contact

__all__ = ["Asked", "day_before", "features_then", "learned", "sayings"]

Ints = npt.NDArray[np.int64]
# A rating of 1 to 5 is how far towards close.
_LEAST, _MOST = 1, 5


class Asked(NamedTuple):
    """Words about people: whom, on which day, what came (0 to 1), and what kind of word it is."""

    person: npt.NDArray[np.object_]
    day: Ints
    y: npt.NDArray[np.float64]
    kind: npt.NDArray[np.object_]


def sayings(history: History) -> Asked:
    """Return ratings and outcomes as words about people.

    A rating sees its own day; an outcome is foretold by what came before its day.
    """
    ratings, outcomes = history.ratings, history.outcomes
    rated = (ratings["value"].astype("float64") - _LEAST) / (_MOST - _LEAST)
    return Asked(
        np.r_[ratings["person"].to_numpy(object), outcomes["person"].to_numpy(object)],
        np.r_[day_before(ratings["at"]) + 1, day_before(outcomes["at"])],
        np.r_[rated.to_numpy(np.float64), outcomes["acted"].to_numpy(np.float64)],
        np.r_[
            ("rating " + ratings["favour"].fillna("")).to_numpy(object),
            ("outcome " + outcomes["favour"].fillna("")).to_numpy(object),
        ],
    )


def day_before(at: pd.Series) -> Ints:
    """Return the last UTC day that is over at a moment: what happened then foretells it."""
    utc = at.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[D]")
    return np.asarray(utc.astype(np.int64) - 1)


def features_then(
    contact: Contact, ego: str, people: npt.NDArray[np.object_], day: Ints, as_of: int
) -> pd.DataFrame:
    """Return the features of an ego's ties, each as of a day of its own.

    Parameters
    ----------
    contact
        Contact up to `as_of`.
    ego, people
        Ids. Whoever can have no tie, or has none, has every feature 0.
    day
        A day for each of the people; days later than `as_of` are taken as that.
    """
    acts, size = contact.acts, len(contact.people)
    me = int(contact.people.get_indexer(pd.Index([ego]))[0])
    them = contact.people.get_indexer(pd.Index(people))
    low, high = np.minimum(me, them), np.maximum(me, them)
    wanted = pd.DataFrame({"key": low * size + high, "case": np.arange(len(people))})
    wanted = wanted[(them >= 0) & (me >= 0)]
    key = acts.a * size + acts.b
    rows = np.flatnonzero(np.isin(key, wanted["key"].to_numpy()))
    both = pd.DataFrame({"key": key[rows], "row": rows}).merge(wanted, on="key")
    case = both["case"].to_numpy(np.int64)
    late = as_of - np.minimum(day, as_of)
    acts = taken(acts, both["row"].to_numpy(np.int64))
    return scored_apart(acts, case, late, contact.shown, as_of)


def learned(contact: Contact, ego: str, history: History, as_of: int) -> Weights:
    """Return the weights of strength after what an ego said; as shipped where that is nothing.

    Every kind of word (ratings, outcomes of one favour) has a level of its own, because how
    freely people give a 5, or say yes, is no matter of strength. Signs hold.

    Parameters
    ----------
    contact
        Contact up to `as_of`.
    ego
        Whose word it is.
    history
        What was said.
    """
    said = sayings(history)
    if not len(said.y):
        return SHIPPED
    names = list(SHIPPED.value)
    value, spread = (
        pd.Series(of)[names].to_numpy(np.float64) for of in (SHIPPED.value, SHIPPED.spread)
    )
    signs = np.sign(value)
    x = standing_in(features_then(contact, ego, said.person, said.day, as_of))[names]
    known = np.nan_to_num(x.to_numpy(np.float64)) * signs
    samples = [
        Sample(known[some], said.y[some], np.ones(int(some.sum())))
        for some in (said.kind == kind for kind in sorted(set(said.kind)))
    ]
    found = fitted(samples, value * signs, spread**-2, nonnegative=True)
    sure = np.sqrt(np.diag(found.covariance))[:-1]
    return Weights(
        dict(zip(names, (found.weights * signs).tolist(), strict=True)),
        dict(zip(names, sure.tolist(), strict=True)),
    )
