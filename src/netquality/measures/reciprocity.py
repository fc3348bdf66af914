"""Reciprocity: what goes out and what comes back, per tie and over a whole group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.measures.ends import asked, from_both_ends, pairs_in, when
from netquality.measures.result import Result
from netquality.schema import KINDS
from netquality.ties.dyads import FAVOURS
from netquality.ties.turns import openings

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Reciprocity", "reciprocity"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Reciprocity(Result):
    """Both directions of every tie, and of the network as a whole.

    Attributes
    ----------
    frame
        One row a person asked and alter; see `reciprocity`.
    arcs
        Of a whole group: the share of arcs that are mutual, and how far that is above chance.
        Both missing for an owner, whose contacts' arcs are not seen.
    """

    arcs: pd.Series


def reciprocity(network: Network) -> Reciprocity:
    """Compare what each side of a tie gives.

    ``out`` and ``in`` count sessions from the person and from the alter (a meeting counts for
    both), over all that was seen. ``reciprocity`` is 2 min(out, in) / (out + in): 1 when both
    give the same, 0 when one side is silent. ``balance`` is out / (out + in) (bandicoot's
    balance of contact). ``starts`` is the reciprocity of who begins conversations: an exchange
    of messages balances itself, beginning one does not (Kovanen et al. 2010; Karsai et al.
    2012). ``given`` and ``received`` weigh sessions by the effort of their kind, shared among
    those addressed; half of a meeting goes each way. ``favours_given`` and
    ``favours_received`` count favours, introductions and recommendations.

    Parameters
    ----------
    network
        With owners, the owners' ties; else every tie from both its ends.

    Returns
    -------
    Reciprocity
        Without contact no row. ``starts`` is missing where nobody was seen to begin;
        the favours are missing where no source shows any. It is a picture of flows, no
        judgement: who received more may owe nothing.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> reciprocity(build(Tables())).frame.empty
    True
    """
    sittings = network.contact.sittings
    n, live = len(sittings.a), sittings.weight > 0
    dyad, forward, weight = sittings.dyad[live], sittings.forward[live], sittings.weight[live]
    out, back = _sums(dyad, forward >= 1, n), _sums(dyad, forward != 1, n)
    share = np.select([forward == 1, forward == 2], [1.0, 0.5], 0.0)
    given, received = _sums(dyad, weight * share, n), _sums(dyad, weight * (1.0 - share), n)
    begun = openings(network.contact.acts, network.contact.acts.dyads()[2])
    starts = _both(
        _sums(begun.dyad, begun.forward == 1, n), _sums(begun.dyad, begun.forward == 0, n)
    )
    favours = _favours(network, n)
    frame = from_both_ends(
        network,
        {
            "out": (out, back),
            "in": (back, out),
            "reciprocity": (_both(out, back),) * 2,
            "balance": (_share(out, back), _share(back, out)),
            "starts": (starts, starts),
            "given": (given, received),
            "received": (received, given),
            "favours_given": favours,
            "favours_received": favours[::-1],
        },
    )
    frame = frame[frame["out"] + frame["in"] > 0].reset_index(drop=True)
    return Reciprocity(
        frame, network.as_of, _arcs(network, frame), coverage=_coverage(network, frame)
    )


def _sums(group: Ints, values: npt.NDArray[np.generic], size: int) -> Floats:
    return np.bincount(group, np.asarray(values, dtype=np.float64), minlength=size).astype(
        np.float64
    )


def _both(out: Floats, back: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return 2.0 * np.minimum(out, back) / (out + back)


def _share(out: Floats, back: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return out / (out + back)


def _favours(network: Network, n: int) -> tuple[Floats, Floats]:
    """Count favours a to b and b to a; missing where no source could show any."""
    if not network.contact.shown.favours:
        return np.full(n, np.nan), np.full(n, np.nan)
    acts = network.contact.acts
    hit = np.isin(acts.kind, [KINDS.index(name) for name in FAVOURS])
    dyad, forward = acts.dyads()[2][hit], acts.forward[hit]
    return _sums(dyad, forward >= 1, n), _sums(dyad, forward != 1, n)


def _arcs(network: Network, frame: pd.DataFrame) -> pd.Series:
    """Share of mutual arcs r, and Garlaschelli and Loffredo's (r - a) / (1 - a), a density."""
    people = len(asked(network))
    arcs = frame["out"] > 0
    if network.egos or people < 2 or not arcs.any():
        return pd.Series({"mutual": np.nan, "above_chance": np.nan})
    mutual = float((arcs & (frame["in"] > 0)).sum() / arcs.sum())
    density = float(arcs.sum()) / (people * (people - 1))
    above = (mutual - density) / (1.0 - density) if density < 1 else np.nan
    return pd.Series({"mutual": mutual, "above_chance": above})


def _coverage(network: Network, frame: pd.DataFrame) -> tuple[str, ...]:
    lines = [f"{when(network)}, {pairs_in(frame):,} ties with contact, over all that was seen."]
    if len(frame) and frame["favours_given"].isna().all():
        lines.append("No source here can show favours, introductions or recommendations.")
    return tuple(lines)
