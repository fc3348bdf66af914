"""How often two people are in contact: days with contact a year, and the band of such a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.schema import KINDS
from netquality.ties.dyads import UNDATED

if TYPE_CHECKING:
    from netquality.network import Network
    from netquality.ties.dyads import Sessions

__all__ = ["BANDS", "YEAR", "band_of", "contact_days", "contact_seen"]

YEAR = 365
# Public words and clicks on somebody's post show no contact with anybody in particular.
_CONTACT = set(KINDS) - {"post", "reshare", "comment", "reaction"}
BANDS: dict[str, float] = {
    "weekly": 52.0,
    "monthly": 12.0,
    "seasonal": 2.0,
    "yearly": 1.0,
    "rarer": 0.0,
}


def band_of(rates: pd.Series) -> pd.Series:
    """Return the band of each contact rate; an unknown rate has none.

    Bands are absolute: a week, a month, half a year and a year are the contact frequencies
    that Dunbar's layers are described by (Hill & Dunbar 2003), and they need no clustering,
    which finds layers in any skewed crowd (Lindenfors et al. 2021).

    Parameters
    ----------
    rates
        Days with contact a year.

    Returns
    -------
    pandas.Series
        Ordered categories from ``rarer`` up to ``weekly``, on the index of `rates`; the lower
        edge of a band, in `BANDS`, belongs to it.

    Examples
    --------
    >>> band_of(pd.Series([52.0, 51.0, 2.0, 1.0, 0.0])).tolist()
    ['weekly', 'monthly', 'seasonal', 'yearly', 'rarer']
    >>> band_of(pd.Series([float("nan")])).isna().tolist()
    [True]
    """
    numbers = rates.to_numpy(dtype="float64", na_value=np.nan)
    rising = sorted(BANDS, key=BANDS.__getitem__)
    edges = [*(BANDS[name] for name in rising), np.inf]
    return pd.Series(pd.cut(numbers, edges, right=False, labels=rising), index=rates.index)


def contact_seen(network: Network) -> bool:
    """Say whether the sources could show dated contact; a list of connections cannot.

    Before the first event nothing could be seen either.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> contact_seen(build(Tables()))
    False
    """
    shown = {kind for cell in network.sources["shows"].dropna() for kind in cell.split(",")}
    known = network.events["kind"].isin(_CONTACT).any()
    return not network.timeless and not shown.isdisjoint(_CONTACT) and bool(known)


def contact_days(network: Network) -> pd.DataFrame:
    """Return on how many days each two people were in contact.

    A day counts once, however much was said on it; what weighs nothing (lists, automatic
    replies, missed calls) is no contact, and contact without a time is on no day.

    Parameters
    ----------
    network
        Any network; ties that a graph or a declaration states have no contact and no row.

    Returns
    -------
    pandas.DataFrame
        One row a dyad with contact, one-way ones too: ``a``, ``b`` (person ids; in a tie with
        one of the owners, ``a`` is the owner), ``days`` (distinct days with contact within the
        365 days up to and including `network.as_of`: a rate a year), ``total_days`` (distinct
        days ever), ``two_way`` (whether each addressed the other at least once ever; what is
        mutual, as a meeting, counts for both). Days are missing where no contact of the dyad
        has a time.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> contact_days(build(Tables())).columns.tolist()
    ['a', 'b', 'days', 'total_days', 'two_way']
    """
    sittings = network.contact.sittings
    live, n = sittings.weight > 0, len(sittings.a)
    near = live & ~sittings.many
    days, total = _distinct_days(sittings, network.as_of)
    dyad, forward = sittings.dyad[near], sittings.forward[near]
    to_b, to_a = (np.bincount(dyad[forward != way], minlength=n) > 0 for way in (0, 1))
    some = np.bincount(sittings.dyad[live], minlength=n) > 0
    timed = np.bincount(sittings.dyad[live & (sittings.day != UNDATED)], minlength=n) > 0
    names = network.contact.people.to_numpy()
    frame = pd.DataFrame(
        {
            "a": pd.Series(names[sittings.a], dtype="str"),
            "b": pd.Series(names[sittings.b], dtype="str"),
            "days": np.where(timed, days, np.nan),
            "total_days": np.where(timed, total, np.nan),
            "two_way": to_b & to_a,
        }
    )
    return _owner_first(frame[some].reset_index(drop=True), network.egos)


def _distinct_days(of: Sessions, as_of: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return each dyad's distinct days within the year, and ever."""
    live = (of.weight > 0) & ~of.many & (of.day != UNDATED) & (of.day <= as_of)
    dyad, age = of.dyad[live], as_of - of.day[live]
    span = age.max(initial=0) + 1
    dyad, age = np.divmod(np.unique(dyad * span + age), span)
    n = len(of.a)
    return np.bincount(dyad[age < YEAR], minlength=n), np.bincount(dyad, minlength=n)


def _owner_first(frame: pd.DataFrame, egos: tuple[str, ...]) -> pd.DataFrame:
    turned = frame["b"].isin(egos) & ~frame["a"].isin(egos)
    frame.loc[turned, ["a", "b"]] = frame.loc[turned, ["b", "a"]].to_numpy()
    return frame
