"""Who was in contact with whom: interactions and sessions, and whose doings are seen whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.dyads import FAVOURS, Interactions, Sessions, interactions, sessions
from netquality.ties.scoring import Shown

if TYPE_CHECKING:
    from netquality.schema import Tables

__all__ = ["Contact", "contact"]


@dataclass(frozen=True, eq=False)
class Contact:
    """What happened between people, as far as the sources show it.

    Attributes
    ----------
    people
        Ids of those who can have ties; a person's code is the position here.
    code_of
        The code of each account that belongs to one of them.
    acts, sittings
        Interactions and sessions, people as codes.
    seen
        By code: whether everything that the person does is observed. True for owners, and for
        everybody in a log without an owner.
    shown
        What the sources can show of anybody.
    """

    people: pd.Index
    code_of: pd.Series
    acts: Interactions
    sittings: Sessions
    seen: npt.NDArray[np.bool_]
    shown: Shown


def contact(tables: Tables, person_of: pd.Series, people: pd.DataFrame) -> Contact:
    """Find the contact between people in merged tables.

    Parameters
    ----------
    tables
        Merged tables, later rows left out already.
    person_of
        The person of each account.
    people
        Index person, columns ``kind`` and ``ambiguous``: hidden accounts, lists and names that
        several people bear can have no tie.

    Examples
    --------
    >>> from netquality.identity.people import identify
    >>> from netquality.schema import Tables
    >>> identity = identify(Tables())
    >>> len(contact(Tables(), identity.person_of, identity.people).acts)
    0
    """
    able = people.index[(people["kind"] == "person") & ~people["ambiguous"]]
    code = pd.Series(np.arange(len(able)), index=able)
    code_of = person_of.map(code).dropna().astype("int64")
    acts = interactions(tables.events, code_of, tables.sources.set_index("source")["owner"])
    shown = Shown(_favours(tables), frozenset(np.unique(acts.channel).tolist()))
    seen = _seen(tables, code_of, len(able))
    return Contact(able, code_of, acts, sessions(acts), seen, shown)


def _favours(tables: Tables) -> bool:
    """Say whether favours would be seen; that one can record them by hand does not show them."""
    files = tables.sources[tables.sources["format"] != "hand"]
    shows = files["shows"].fillna("").str.contains("|".join(FAVOURS)).any()
    return bool(shows or tables.events["kind"].isin(FAVOURS).any())


def _seen(tables: Tables, code_of: pd.Series, size: int) -> npt.NDArray[np.bool_]:
    """Say who is seen whole: who owns a source, and everybody in a source without owner."""
    seen = np.zeros(size, dtype=bool)
    used = tables.sources[tables.sources["unused"].isna()]
    open_logs = set(used["source"][used["owner"].isna()])
    inside = tables.accounts["account"][tables.accounts["source"].isin(open_logs)]
    whole = pd.concat([tables.sources["owner"].dropna(), inside])
    seen[code_of.reindex(whole.unique()).dropna().astype("int64").to_numpy()] = True
    return seen
