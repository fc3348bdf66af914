"""What the features of strength are worth, and how far the user's word has moved that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netquality.measures.ends import when
from netquality.measures.result import Result
from netquality.ties.strength import NORMAL, SHIPPED

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["StrengthWeights", "weights"]


@dataclass(frozen=True, eq=False, repr=False)
class StrengthWeights(Result):
    """What the features of strength are worth.

    Attributes
    ----------
    frame
        One row a feature: ``feature``, ``shipped`` and ``weight`` (log-odds that it adds in full,
        as shipped and in this network), ``low``, ``high`` (95 %), ``moved`` (``weight`` less
        ``shipped``, in standard deviations of what public data leaves open).
    """


def weights(network: Network) -> StrengthWeights:
    """Return the weights of strength in this network, and how far they are from those shipped.

    Ratings (1 to 5, how close one feels to somebody) and recorded outcomes (whether somebody did
    what was asked) are set against the features that the ties had then. Weights are held where
    public data leaves them (see ``docs/evidence.md``), so that a few words move them a little and
    many words move them far; signs hold. All days share the weights of the network they were
    asked of (`Network.at`), so that strengths of different days compare.

    Parameters
    ----------
    network
        Any network. Words count where it has one owner.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> found = weights(build(Tables())).frame
    >>> found["feature"].head(2).tolist(), bool((found["moved"] == 0).all())
    (['intensity', 'regularity'], True)
    """
    own = network.weights
    frame = pd.DataFrame(
        {
            "feature": pd.Series(list(own.value), dtype="str"),
            "shipped": list(SHIPPED.value.values()),
            "weight": list(own.value.values()),
        }
    )
    spread, open_ = (pd.Series(list(each.spread.values())) for each in (own, SHIPPED))
    low, high = frame["weight"] - NORMAL * spread, frame["weight"] + NORMAL * spread
    # Signs hold: no interval reaches beyond 0.
    rising = frame["shipped"] > 0
    frame["low"], frame["high"] = (
        low.mask(rising, low.clip(0)),
        high.where(rising, high.clip(None, 0)),
    )
    frame["moved"] = (frame["weight"] - frame["shipped"]) / open_
    return StrengthWeights(frame, network.as_of, coverage=_coverage(network, frame))


def _coverage(network: Network, frame: pd.DataFrame) -> tuple[str, ...]:
    if network.ego is None:
        return ("Weights as shipped: only in a network of one owner do words move them.",)
    ratings, outcomes = len(network.history.ratings), len(network.history.outcomes)
    if not ratings + outcomes:
        return (f"{when(network)}: weights as shipped; no rating and no outcome is recorded.",)
    most = frame.iloc[int(frame["moved"].abs().to_numpy().argmax())]
    moved = (
        f"Moved most: {most['feature']}, from {most['shipped']:+.2f} to {most['weight']:+.2f} "
        f"({abs(most['moved']):.1f} standard deviations)."
    )
    return (f"{when(network)}: {ratings:,} ratings and {outcomes:,} outcomes.", moved)
