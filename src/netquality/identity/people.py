"""Accounts become people: by strong keys, and by a name only where it is unique.

A strong key is a profile slug, a mail address, a phone number or a platform id, where it is one
person's own (`keys`). A name joins only inside what one owner exported and only where one person
bears it; what is ambiguous stays apart and is listed. Hidden members are never joined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.decisions import in_force
from netquality.errors import BadInput
from netquality.identity.by_name import by_name
from netquality.identity.keys import STRONG, contradictory, joining
from netquality.identity.links import Links, decided_links
from netquality.identity.saved import by_saved_name

if TYPE_CHECKING:
    from netquality.schema import Tables

__all__ = ["Identity", "found_person", "identify", "lead_account"]

# What an account is, the surest knowledge first. A list is known by its mails and not by a letter
# to it; that somebody is a robot, a room or a firm is a guess, which a person's doings refute.
_SUREST = ["list", "group", "hidden", "person", "organisation", "room", "robot"]


@dataclass(frozen=True, eq=False)
class Identity:
    """Who is who.

    Attributes
    ----------
    person_of
        The person of each account (a Series by account).
    people
        One row a person: name, kind, keys, number of accounts, whether the name is
        ambiguous.
    links
        Why accounts were joined: pairs of accounts, by what (a key, ``saved name``, ``name``,
        ``day``, or ``same``: the user's word), and the value or the decision that says so.
    """

    person_of: pd.Series
    people: pd.DataFrame
    links: pd.DataFrame = field(default_factory=lambda: Links.none().named(pd.Index([])))


def identify(tables: Tables) -> Identity:
    """Join accounts to people: by keys, by unique names, then by the user's word.

    Examples
    --------
    >>> from netquality.schema import Tables
    >>> identify(Tables()).people.empty
    True
    """
    accounts = tables.accounts
    ids = pd.Index(accounts["account"].unique())
    code = pd.Series(ids.get_indexer(accounts["account"]), index=accounts.index)
    keys = _by_keys(accounts, code, len(ids))
    keys = keys.beside(by_saved_name(tables, accounts, code, keys.groups(len(ids))))
    group, ambiguous, names = by_name(tables, accounts, code, keys.groups(len(ids)))
    links = keys.beside(names)
    said = in_force(tables.decisions)
    if said["kind"].isin(["same", "different"]).any():
        links = decided_links(links, said, ids)
        group = links.groups(len(ids))
    people = _described(accounts, code, group, ambiguous)
    person_of = pd.Series(
        people.index.to_numpy()[_dense(group, people["group"])], index=ids, dtype="str"
    )
    return Identity(person_of, people.drop(columns="group"), links.named(ids))


def found_person(identity: Identity, accounts: pd.DataFrame, who: str) -> str:
    """Return the one person who bears this id, key or name.

    Raises
    ------
    BadInput
        When nobody, or more than one person, is meant.
    """
    if who in identity.people.index:
        return who
    text = who.strip().casefold()
    hit = (accounts["value"].str.casefold() == text) | (accounts["name"].str.casefold() == text)
    found = sorted(set(accounts["account"][hit].map(identity.person_of).dropna()))
    if len(found) == 1:
        return str(found[0])
    if found:
        raise BadInput(
            f"{who!r} is the name of {len(found)} people.",
            accepted=f"one of {', '.join(found[:5])}.",
        )
    raise BadInput(
        f"Nobody is called {who!r} here.",
        accepted="an id, a profile slug, a mail address or a name.",
    )


def lead_account(accounts: pd.DataFrame, identity: Identity, person: str) -> str:
    """Return the account that stands for a person in a decision: the one with the strongest key.

    Examples
    --------
    >>> from netquality.schema import Tables, as_table
    >>> rows = {"account": ["1", "2"], "source": "s", "key": ["mail", "profile"], "kind": "person"}
    >>> tables = Tables(accounts=as_table("accounts", rows | {"value": ["z@x.example", "zora"]}))
    >>> lead_account(tables.accounts, identify(tables), "zora")
    '2'
    """
    theirs = accounts[accounts["account"].map(identity.person_of) == person]
    order = theirs["key"].map({key: place for place, key in enumerate((*STRONG, "name"))})
    first = theirs.assign(order=order.astype("int64")).sort_values(["order", "value", "account"])
    return str(first["account"].iloc[0])


def _dense(group: npt.NDArray[np.int64], order: pd.Series) -> npt.NDArray[np.int64]:
    place = np.empty(len(order), dtype=np.int64)
    place[order.to_numpy()] = np.arange(len(order))
    return place[group]


def _by_keys(accounts: pd.DataFrame, code: pd.Series, size: int) -> Links:
    """Join accounts that share a key of one person, unless that would join two people.

    Where keys lead to two profiles, or to two names that cannot be one person's, only profiles
    and platform ids count there.
    """
    strong = accounts[joining(accounts)]
    keys = pd.DataFrame(
        {"key": strong["key"].astype("str"), "value": strong["value"], "code": code[strong.index]}
    )
    links = Links.sharing(keys)
    group = links.groups(size)
    slugs = keys[keys["key"] == "profile"]
    several = slugs.groupby(group[slugs["code"].to_numpy()])["value"].nunique()
    unclear = set(several.index[several > 1])
    unclear |= contradictory(accounts, pd.Series(group[code.to_numpy()], index=accounts.index))
    if not unclear:
        return links
    weak = np.isin(group[keys["code"].to_numpy()], list(unclear))
    return Links.sharing(keys[~weak | keys["key"].isin(["profile", "platform"]).to_numpy()])


def _described(
    accounts: pd.DataFrame, code: pd.Series, group: npt.NDArray[np.int64], ambiguous: set[int]
) -> pd.DataFrame:
    count = int(group.max()) + 1 if len(group) else 0
    frame = accounts.assign(group=group[code.to_numpy()] if len(code) else [])
    people = pd.DataFrame(index=pd.RangeIndex(count))
    for key in (*STRONG, "name"):
        rows = frame[frame["key"] == key]
        people[f"by {key}"] = rows.groupby("group")["value"].min()
    people["name"] = _best_name(frame)
    people["kind"] = _kind(frame)
    people["accounts"] = frame.groupby("group")["account"].nunique()
    people["ambiguous"] = False
    unclear = sorted({int(group[c]) for c in ambiguous})
    people.loc[unclear, "ambiguous"] = True
    people["group"] = people.index
    return _labelled(people)


def _kind(frame: pd.DataFrame) -> pd.Series:
    """Return what each is, by the surest that any file knows."""
    kinds = frame["kind"].cat.set_categories(_SUREST, ordered=True)
    return kinds.groupby(frame["group"]).min().astype("str")


def _best_name(frame: pd.DataFrame) -> pd.Series:
    """Return the name written most often, the longer and then the first in the alphabet.

    A name that only repeats the key (a log's id or mail address) is the last choice.
    """
    named = frame[frame["name"].notna()]
    weight = (named["name"] != named["value"]).astype("int64")
    counts = weight.groupby([named["group"], named["name"]]).sum().rename("n").reset_index()
    counts["length"] = counts["name"].str.len()
    best = counts.sort_values(
        ["group", "n", "length", "name"], ascending=[True, False, False, True]
    )
    return best.drop_duplicates("group").set_index("group")["name"]


def _labelled(people: pd.DataFrame) -> pd.DataFrame:
    """Name each person by the best key, readable and unique."""
    label = people["by profile"].astype("str")
    for key in ("mail", "phone", "platform"):
        label = label.fillna(people[f"by {key}"])
    named = people["name"].fillna(people["by name"]).fillna("unnamed")
    label = label.fillna(named.where(people["kind"] != "hidden", "hidden member"))
    people = people.assign(person=label.astype("str"), order=people["by name"].fillna(""))
    people = people.sort_values(["person", "order", "group"], kind="stable")
    again = people.groupby("person").cumcount()
    suffix = (again + 1).astype("str").radd(" (").add(")")
    people["person"] = people["person"].where(again == 0, people["person"] + suffix)
    renamed = people.rename(
        columns={"by profile": "profile", "by mail": "mail", "by phone": "phone"}
    )
    columns = ["name", "kind", "profile", "mail", "phone", "accounts", "ambiguous", "group"]
    renamed["name"] = renamed["name"].fillna(renamed["person"])
    return renamed.set_index("person")[columns]
