"""What came of asking: the curve of every favour with enough recorded outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netquality.ties.learning import day_before, features_then
from netquality.ties.strength import parts, strength_of
from netquality.ties.threshold import WAYS, Recorded, recorded

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["curves_of"]


def curves_of(network: Network) -> tuple[dict[str, Recorded], dict[str, int]]:
    """Return the curve of every favour with enough outcomes, and how many each favour has.

    Outcomes are set against the strength that the tie had on the day before it was asked.

    Parameters
    ----------
    network
        Of one owner, whose outcomes they are; others have none.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> curves_of(build(Tables()))
    ({}, {})
    """
    asks = network.history.outcomes
    if network.ego is None or asks.empty:
        return {}, {}
    people, day = asks["person"].to_numpy(object), day_before(asks["at"])
    x = features_then(network.contact, network.ego, people, day, network.as_of)
    then = strength_of(parts(x, weights=network.weights.value))
    strength = np.asarray(then, dtype=np.float64)
    way, acted = (
        np.asarray(values, dtype=np.float64) for values in (asks["way"].map(WAYS), asks["acted"])
    )
    curves: dict[str, Recorded] = {}
    for favour in map(str, asks["favour"].unique()):
        some = (asks["favour"] == favour).to_numpy()
        curve = recorded(favour, strength[some], way[some], acted[some], people[some])
        if curve is not None:
            curves[favour] = curve
    return curves, {
        str(favour): int(count) for favour, count in asks["favour"].value_counts().items()
    }
