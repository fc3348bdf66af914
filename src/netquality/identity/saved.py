"""What an owner's address book calls somebody: the one name that may join a chat to a number.

A phone writes a chat under the name that its address book has. Where exactly one entry of the
same owner's books bears that name, the chat is with that entry; where two do, it stays apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.identity.links import Links
from netquality.ids import UNKNOWN_OWNER, digest, saved_name

if TYPE_CHECKING:
    import numpy.typing as npt

    from netquality.schema import Tables

__all__ = ["SAVED", "by_saved_name"]

SAVED = "saved name"
# Sources that name a number as the phone's address book does.
_PHONES = "phone/"


def by_saved_name(
    tables: Tables, accounts: pd.DataFrame, code: pd.Series, group: npt.NDArray[np.int64]
) -> Links:
    """Link names of chats to the only entry of the address book that bears them.

    Parameters
    ----------
    tables, accounts, code
        As for `netquality.identity.by_name.by_name`.
    group
        The group of each account, joined by keys already.
    """
    chats = _chats(tables, accounts)
    if not chats.any():
        return Links.none()
    whose = _whose(tables, accounts, code, group)
    frame = pd.DataFrame(
        {
            "scope": whose,
            "name": accounts["name"].str.casefold(),
            "code": code,
            "group": group[code.to_numpy()],
        }
    ).dropna(subset=["scope", "name"])
    by = ["scope", "name"]
    rank = _trust(tables, accounts).reindex(frame.index)
    best = rank.groupby([frame[name] for name in by]).transform("min")
    # A backup's name of a number may be of a time before the number was handed on.
    entries = frame[rank.notna() & (rank == best)]
    one = entries[entries.groupby(by)["group"].transform("nunique") == 1]
    first = one.groupby(by)["code"].min().rename("to").reset_index()
    found = frame[chats.reindex(frame.index)].merge(first, on=by)
    found = found[found["code"] != found["to"]].drop_duplicates(["code", "to"])
    return Links.of(found["code"], found["to"], SAVED, found["name"])


def _chats(tables: Tables, accounts: pd.DataFrame) -> pd.Series:
    """Say which rows are a name as an address book has it, and nothing else."""
    named = accounts["key"] == "name"
    owners = {UNKNOWN_OWNER, *tables.sources["owner"].dropna()}
    # Whom a file took for its owner may be one account of an owner who has several.
    keys = accounts[accounts["account"].isin(owners) & (accounts["key"] != "name")]
    owners |= {digest(key, value) for key, value in zip(keys["key"], keys["value"], strict=True)}
    rows = accounts[named]
    meant = [
        account in {saved_name(owner, value) for owner in owners}
        for account, value in zip(rows["account"], rows["value"], strict=True)
    ]
    return pd.Series(meant, index=rows.index, dtype=bool).reindex(accounts.index, fill_value=False)


def _trust(tables: Tables, accounts: pd.DataFrame) -> pd.Series:
    """Return how far each row is to be trusted to say what the phone calls somebody, 0 the most.

    Cards of an address book, then numbers as a backup calls them, then what was once uploaded to
    LinkedIn; missing for all else.
    """
    form = accounts["source"].map(tables.sources.set_index("source")["format"]).astype("str")
    book = tables.relations[tables.relations["kind"] == "address book"]
    listed = pd.MultiIndex.from_frame(book[["b", "source"]])
    cards = pd.MultiIndex.from_frame(accounts[["account", "source"]]).isin(listed)
    by_phone = form.str.startswith(_PHONES).fillna(False) & (accounts["key"] == "phone")
    uploaded = form.str.startswith("linkedin/").fillna(False)
    trust = pd.Series(np.nan, index=accounts.index)
    trust[by_phone.astype(bool)] = 1.0
    trust[cards] = uploaded[cards].astype(bool).map({True: 2.0, False: 0.0})
    return trust


def _whose(
    tables: Tables, accounts: pd.DataFrame, code: pd.Series, group: npt.NDArray[np.int64]
) -> pd.Series:
    """Return the owner of each row's source, one and the same under several accounts."""
    owner = accounts["source"].map(tables.sources.set_index("source")["owner"])
    who = pd.Series(group[code.to_numpy()].astype(str), index=accounts["account"])
    found = owner.map(who[~who.index.duplicated()])
    return found.astype(object).where(found.notna(), owner)
