"""The last year week by week, from both ends of every tie: what intervals are drawn from."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.measures.bands import YEAR
from netquality.measures.ends import asked
from netquality.measures.intervals import WEEKS
from netquality.schema import KINDS
from netquality.ties.dyads import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from netquality.network import Network

__all__ = ["by_person", "week_of", "year_of"]

COLUMNS = ("days", "sessions", "out", "back", "personal", "many")
# What is made for somebody, in contrast to a click.
_COMPOSED = (
    *("comment", "message", "call", "meeting"),
    *("favour", "introduction", "recommendation", "joint work"),
)


def week_of(age: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the week of an age in days, 0 for the last seven; a year's last day joins week 51.

    Examples
    --------
    >>> week_of(np.array([0, 6, 7, 364, 365])).tolist()
    [0, 0, 1, 51, 52]
    """
    whole, rest = np.divmod(age, YEAR)
    return np.asarray(whole * WEEKS + np.minimum(rest // 7, WEEKS - 1))


def year_of(network: Network) -> pd.DataFrame:
    """Return the contact of the last 365 days, a row for each person, alter and week.

    Parameters
    ----------
    network
        Rows are those of the people asked: the owners, else everybody.

    Returns
    -------
    DataFrame
        ``person`` and ``alter`` (codes of `Network.contact`), ``week`` (0 is the newest),
        ``days`` with contact, ``sessions``, of these ``out`` and ``back`` (a meeting counts
        for both), and of what the person composed for others ``personal`` (for this one
        alter) and ``many`` (addressed to several, or a template that went to many).

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> year_of(build(Tables())).empty
    True
    """
    of = network.contact.sittings
    age = network.as_of - of.day
    live = np.flatnonzero((of.weight > 0) & (of.day != UNDATED) & (age >= 0) & (age < YEAR))
    dyad, forward, alone = of.dyad[live], of.forward[live], of.alone[live]
    made = np.isin(of.kind[live], [KINDS.index(name) for name in _COMPOSED])
    meant = made & alone
    # A meeting of several is neither a handshake nor a megaphone.
    spread = made & ~alone & (forward != 2)
    cells = pd.DataFrame(
        {
            "dyad": dyad,
            "week": week_of(age[live]),
            "sessions": 1,
            "there": forward >= 1,
            "back": forward != 1,
            "meant": meant & (forward >= 1),
            "meant back": meant & (forward != 1),
            "spread": spread & (forward == 1),
            "spread back": spread & (forward == 0),
        }
    )
    sums = cells.groupby(["dyad", "week"]).sum()
    met = np.unique(np.stack([dyad, age[live]]), axis=1)
    days = pd.Series(1, index=range(met.shape[1])).groupby([met[0], week_of(met[1])]).sum()
    sums["days"] = days.to_numpy()
    return _ends(network, sums.reset_index())


def _ends(network: Network, sums: pd.DataFrame) -> pd.DataFrame:
    of, wanted = network.contact.sittings, np.zeros(len(network.contact.people), dtype=bool)
    wanted[network.contact.people.get_indexer(asked(network))] = True
    a, b = of.a[sums["dyad"].to_numpy()], of.b[sums["dyad"].to_numpy()]
    names = {"there": "out", "meant": "personal", "spread": "many"}
    turned = {"back": "out", "there": "back", "meant back": "personal", "spread back": "many"}
    parts = [
        sums.rename(columns=names).assign(person=a, alter=b),
        sums.rename(columns=turned).assign(person=b, alter=a),
    ]
    ends = pd.concat([part[["person", "alter", "week", *COLUMNS]] for part in parts])
    ends = ends[wanted[ends["person"].to_numpy()]]
    ordered: pd.DataFrame = ends.sort_values(["person", "alter", "week"], ignore_index=True)
    return ordered


def by_person(cells: pd.DataFrame) -> Iterator[tuple[Any, pd.DataFrame]]:
    """Yield each person and the person's rows, alters numbered from 0.

    Examples
    --------
    >>> cells = pd.DataFrame({"person": [3, 3, 5], "alter": [9, 9, 3], "week": [0, 1, 0]})
    >>> [(person, rows["alter"].tolist()) for person, rows in by_person(cells)]
    [(3, [0, 0]), (5, [0])]
    """
    person = cells["person"].to_numpy()
    edges = [*np.flatnonzero(np.r_[True, person[1:] != person[:-1]][: len(person)]), len(person)]
    for first, last in pairwise(edges):
        rows = cells.iloc[first:last]
        yield person[first], rows.assign(alter=pd.factorize(rows["alter"])[0])
