"""Ties seen from their ends: a row for each person asked and each of the person's alters."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import beta

from netquality.ties.dyads import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netquality.network import Network

__all__ = [
    "asked",
    "from_both_ends",
    "of_owners",
    "pairs_in",
    "rate_interval",
    "second_of",
    "when",
]

_LEVEL = 0.95

Column = npt.NDArray[np.generic]


def asked(network: Network) -> pd.Index:
    """Return whom a measure is about: the owners, else everybody who can have ties.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> len(asked(build(Tables())))
    0
    """
    return pd.Index(network.egos) if network.egos else network.contact.people


def from_both_ends(network: Network, columns: Mapping[str, tuple[Column, Column]]) -> pd.DataFrame:
    """Turn figures of dyads into rows of ``person`` and ``alter``, for the people asked.

    Parameters
    ----------
    network
        Its `contact.sittings` name the dyads.
    columns
        For each column the values as a sees them and as b sees them, arrays over dyads.

    Returns
    -------
    DataFrame
        ``person``, ``alter``, then the columns; people and alters in the order of the dyads.
    """
    dyads, people = network.contact.sittings, network.contact.people.to_numpy()
    ends = [(dyads.a, dyads.b, 0), (dyads.b, dyads.a, 1)]
    rows = [
        pd.DataFrame(
            {
                "person": people[one],
                "alter": people[other],
                **{name: values[side] for name, values in columns.items()},
            }
        )
        for one, other, side in ends
    ]
    both = pd.concat(rows, ignore_index=True).astype({"person": "str", "alter": "str"})
    return both[both["person"].isin(asked(network))].reset_index(drop=True)


def of_owners(network: Network, frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the owners' rows of a frame of pairs; without an owner, all.

    Parameters
    ----------
    network
        Its owners are asked for.
    frame
        With columns ``a`` and ``b``; others stay in their order.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> of_owners(build(Tables()), pd.DataFrame({"a": ["zora"], "b": ["odo"]}))["a"].tolist()
    ['zora']
    """
    if not network.egos:
        return frame
    mine = frame["a"].isin(network.egos) | frame["b"].isin(network.egos)
    return frame[mine].reset_index(drop=True)


def pairs_in(frame: pd.DataFrame) -> int:
    """Return how many different pairs the rows of a person and an alter are about.

    Examples
    --------
    >>> pairs_in(pd.DataFrame({"person": ["zora", "odo"], "alter": ["odo", "zora"]}))
    1
    """
    ends = frame[["person", "alter"]]
    return len(pd.DataFrame({"a": ends.min(axis=1), "b": ends.max(axis=1)}).drop_duplicates())


def when(network: Network) -> str:
    """Return the day asked for in words.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> when(SimpleNamespace(timeless=True)), when(
    ...     SimpleNamespace(timeless=False, as_of=0, relative=False)
    ... )
    ('Without dates', 'As of 1970-01-01')
    """
    from netquality.days import shown

    return (
        "Without dates" if network.timeless else f"As of {shown(network.as_of, network.relative)}"
    )


def second_of(network: Network, at: datetime | None) -> float:
    """Return a moment in seconds, by default and at the latest the end of the network's day.

    Parameters
    ----------
    at
        UTC unless it bears a zone.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> day = SimpleNamespace(as_of=0)
    >>> second_of(day, None), second_of(day, datetime(1970, 1, 1, 1)), second_of(day, datetime.max)
    (86400.0, 3600.0, 86400.0)
    """
    end = (network.as_of + 1) * float(DAY)
    if at is None:
        return end
    return min(end, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def rate_interval(
    hits: npt.NDArray[np.float64] | pd.Series, tries: npt.NDArray[np.float64] | pd.Series
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the 95 % Jeffreys interval of a share of cases; missing without cases.

    Examples
    --------
    >>> low, high = rate_interval(np.array([5.0, 0.0]), np.array([10.0, 0.0]))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.224, nan], [0.776, nan])
    """
    got, all_ = np.asarray(hits, dtype=np.float64), np.asarray(tries, dtype=np.float64)
    tail = (1.0 - _LEVEL) / 2.0
    known = all_ > 0
    safe = np.where(known, all_ - got, 1.0) + 0.5
    low, high = (beta.ppf(end, got + 0.5, safe) for end in (tail, 1.0 - tail))
    low, high = np.where(got == 0, 0.0, low), np.where(got == all_, 1.0, high)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)
