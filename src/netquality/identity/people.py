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
from netquality.identity.keys import STRONG, contradictory, joining
from netquality.identity.links import Links, decided_links

if TYPE_CHECKING:
    from netquality.schema import Tables

__all__ = ["Identity", "found_person", "identify", "lead_account"]


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
        Why accounts were joined: pairs of accounts, by what (a key, ``name``, ``day``, or
        ``same``: the user's word), and the value or the decision that says so.
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
    group, ambiguous, names = _by_name(tables, accounts, code, keys.groups(len(ids)))
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


def _by_name(
    tables: Tables, accounts: pd.DataFrame, code: pd.Series, group: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], set[int], Links]:
    """Join what a name joins; return the groups, the codes that stay ambiguous, and why."""
    bearers = _bearers(tables, accounts, code, group)
    if bearers.empty:
        return group, set(), Links.none()
    days = _same_day(bearers)
    if len(days):
        group = days.beside(_chain(group)).groups(len(group))
        bearers["group"] = group[bearers["code"].to_numpy()]
    by = ["scope", "name"]
    hosts = _hosts(bearers)
    mentioned = ~(bearers["linked"] | bearers["declared"] | bearers["keyed"])
    bearers = bearers.join(_most(hosts).rename("count"), on=by).fillna({"count": 0})
    one = hosts[hosts.join(_most(hosts).rename("count"), on=by)["count"] == 1]
    meant = bearers[mentioned & (bearers["count"] <= 1)]
    names = Links.to_first(pd.concat([one, meant]), by, "name")
    joined = names.beside(_chain(group)).groups(len(group))
    unclear = bearers[mentioned & (bearers["count"] > 1)]
    return joined, set(unclear["code"].tolist()), days.beside(names)


def _hosts(bearers: pd.DataFrame) -> pd.DataFrame:
    """Return who may be meant by a bare name: connections and profiles, else who has a key.

    An address or a number from elsewhere is never joined to a profile by a name: a name that
    nobody else bears *here* may still be borne by two people.
    """
    known = bearers["linked"] | bearers["declared"]
    somebody = known.groupby([bearers["scope"], bearers["name"]]).transform("any")
    return bearers[known | (bearers["keyed"] & ~somebody)]


def _most(hosts: pd.DataFrame) -> pd.Series:
    """Return, by scope and name, how many people it may mean.

    One profile and one connection without a link are the same person, unless both are
    connections of different days.
    """
    by = ["scope", "name"]
    linked = hosts[hosts["linked"]].groupby(by)["group"].nunique()
    plain = hosts[~hosts["linked"]].groupby(by)["group"].nunique()
    most = pd.concat([linked, plain], axis=1).fillna(0).max(axis=1)
    return most.clip(lower=2 * _apart(hosts).reindex(most.index, fill_value=0))


def _apart(hosts: pd.DataFrame) -> pd.Series:
    """Return 1 where the profile and the plain connection were connected on different days."""
    days: dict[tuple[str, str], list[set[int]]] = {}
    for scope, name, linked, day in zip(
        *(hosts[column] for column in ("scope", "name", "linked", "day")), strict=True
    ):
        if not pd.isna(day):
            days.setdefault((scope, name), [set(), set()])[int(linked)].add(int(day))
    found = {who: int(bool(a and b) and not a & b) for who, (a, b) in days.items()}
    index = pd.MultiIndex.from_tuples(found, names=["scope", "name"]) if found else None
    return pd.Series(list(found.values()), index=index, dtype="int64")


def _chain(group: npt.NDArray[np.int64]) -> Links:
    """Return links that hold existing groups together."""
    frame = pd.DataFrame({"group": group, "code": np.arange(len(group)), "name": ""})
    return Links.to_first(frame, ["group"], "group")


def _bearers(
    tables: Tables, accounts: pd.DataFrame, code: pd.Series, group: npt.NDArray[np.int64]
) -> pd.DataFrame:
    """Every name that an account bears, within the owner whose export says so."""
    owner = tables.sources.set_index("source")["owner"]
    named = accounts[accounts["name"].notna() & (accounts["kind"] == "person")]
    # Two exports of one person may know the owner by a link and by a mail address.
    who = pd.Series(group[code.to_numpy()], index=accounts["account"])
    scope = named["source"].map(owner).map(who[~who.index.duplicated()])
    key = named["key"].astype("str")
    frame = pd.DataFrame(
        {
            "scope": scope.astype(object).where(scope.notna(), named["source"].map(owner)),
            "name": named["name"].str.casefold(),
            "code": code[named.index],
            "account": named["account"],
            "linked": key.isin(["profile", "platform"]),
            "keyed": key.isin(["mail", "phone"]),
        }
    ).dropna(subset=["scope"])
    frame["scope"] = frame["scope"].astype("str")
    frame["linked"] = frame.groupby("code")["linked"].transform("max")
    frame["keyed"] = frame.groupby("code")["keyed"].transform("max") & ~frame["linked"]
    connected = tables.relations[tables.relations["kind"] == "connected"]
    since = connected.drop_duplicates("b").set_index("b")
    frame["day"] = frame["account"].map(since["start"])
    frame["file"] = frame["account"].map(since["source"])
    frame["declared"] = frame["account"].isin(since.index) & ~frame["linked"]
    frame["group"] = group[frame["code"].to_numpy()] if len(frame) else []
    return frame.drop_duplicates(["scope", "name", "code"]).reset_index(drop=True)


def _same_day(bearers: pd.DataFrame) -> Links:
    """One contact in two exports: the same name, connected on the same day.

    Exports before 2023 have no links, and mail addresses come and go between exports. Two
    namesakes of the same day stand in one file together, and stay apart.
    """
    dated = bearers[bearers["day"].notna()]
    by = ["scope", "name", "day"]
    together = dated.groupby([*by, "file"])["group"].transform("nunique") > 1
    links = dated["group"].where(dated["linked"]).groupby([dated[key] for key in by])
    unclear = together | (links.transform("nunique") > 1)
    clear = dated[~unclear.groupby([dated[key] for key in by]).transform("any")]
    return Links.to_first(clear, by, "day")


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
    people["kind"] = frame.groupby("group")["kind"].first().astype("str")
    people["accounts"] = frame.groupby("group")["account"].nunique()
    people["ambiguous"] = False
    unclear = sorted({int(group[c]) for c in ambiguous})
    people.loc[unclear, "ambiguous"] = True
    people["group"] = people.index
    return _labelled(people)


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
