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

__all__ = ["COMPOSED", "by_person", "week_of", "year_of"]

COLUMNS = ("days", "sessions", "out", "back", "near_out", "near_back", "personal", "many")
# What is made for somebody, in contrast to a click.
COMPOSED = (
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
        ``days`` with contact that was not to many, ``sessions``, of these ``out`` and
        ``back`` (a meeting counts for both) and ``near_out`` and ``near_back`` (not to many);
        of what the person composed for others ``personal`` (for this one alter) and ``many``
        (to eight people and more, at once or as a template; what went to more than 20 is no
        session of the tie, but it is counted here).

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> year_of(build(Tables())).empty
    True
    """
    of = network.contact.sittings
    age = network.as_of - of.day
    said = (of.weight > 0) | of.many
    live = np.flatnonzero(said & (of.day != UNDATED) & (age >= 0) & (age < YEAR))
    dyad, forward, near = of.dyad[live], of.forward[live], ~of.many[live]
    counts = of.weight[live] > 0
    made = np.isin(of.kind[live], [KINDS.index(name) for name in COMPOSED])
    # What goes to a few together is neither a handshake nor a megaphone.
    meant, spread = made & of.alone[live], made & ~near
    cells = pd.DataFrame(
        {
            "dyad": dyad,
            "week": week_of(age[live]),
            "sessions": counts,
            "there": counts & (forward >= 1),
            "back": counts & (forward != 1),
            "near": near & (forward >= 1),
            "near back": near & (forward != 1),
            "meant": meant & (forward >= 1),
            "meant back": meant & (forward != 1),
            "spread": spread & (forward == 1),
            "spread back": spread & (forward == 0),
        }
    )
    sums = cells.groupby(["dyad", "week"]).sum()
    met = np.unique(np.stack([dyad[near], age[live][near]]), axis=1)
    days = pd.Series(1, index=range(met.shape[1])).groupby([met[0], week_of(met[1])]).sum()
    sums["days"] = days.reindex(sums.index, fill_value=0)
    return _ends(network, sums.reset_index())


def _ends(network: Network, sums: pd.DataFrame) -> pd.DataFrame:
    of, wanted = network.contact.sittings, np.zeros(len(network.contact.people), dtype=bool)
    wanted[network.contact.people.get_indexer(asked(network))] = True
    a, b = of.a[sums["dyad"].to_numpy()], of.b[sums["dyad"].to_numpy()]
    one = {"there": "out", "near": "near_out", "near back": "near_back"}
    other = {"there": "back", "back": "out", "near": "near_back", "near back": "near_out"}
    one |= {"meant": "personal", "spread": "many"}
    other |= {"meant back": "personal", "spread back": "many"}
    parts = [
        sums.rename(columns=one).assign(person=a, alter=b),
        sums.rename(columns=other).assign(person=b, alter=a),
    ]
    ends = pd.concat([part[["person", "alter", "week", *COLUMNS]] for part in parts])
    ends = ends[wanted[ends["person"].to_numpy()]]
    ordered: pd.DataFrame = ends.sort_values(["person", "alter", "week"], ignore_index=True)
    return ordered


def by_person(cells: pd.DataFrame) -> Iterator[tuple[Any, pd.DataFrame]]:
    """Yield each person and the person's rows, alters numbered from 0.

    Examples
    --------
    >>> pairs = {"person": ["odo", "odo", "zora"], "alter": ["zora", "zora", "odo"]}
    >>> [(person, rows["alter"].tolist()) for person, rows in by_person(pd.DataFrame(pairs))]
    [('odo', [0, 0]), ('zora', [0])]
    """
    person = cells["person"].to_numpy()
    edges = [*np.flatnonzero(np.r_[True, person[1:] != person[:-1]][: len(person)]), len(person)]
    for first, last in pairwise(edges):
        rows = cells.iloc[first:last]
        yield person[first], rows.assign(alter=pd.factorize(rows["alter"])[0])
