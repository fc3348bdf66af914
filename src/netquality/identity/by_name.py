"""What a bare name may join: a mention in an owner's exports, to the only bearer there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.identity.links import Links

if TYPE_CHECKING:
    from netquality.schema import Tables

__all__ = ["by_name"]

# Mailboxes, chats and address books name people as they like: no mention of a LinkedIn export
# means somebody there, nor the other way round, because of a name.
_ELSEWHERE = ("mail/", "calendar/", "whatsapp/", "phone/", "contacts/", "telegram/", "slack/")


def by_name(
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
    form = accounts["source"].map(tables.sources.set_index("source")["format"]).astype("str")
    inside = ~form.str.startswith(_ELSEWHERE).fillna(False).astype(bool)
    named = accounts[accounts["name"].notna() & (accounts["kind"] == "person") & inside]
    # Two exports of one person may know the owner by a link and by a mail address.
    # Numbers as text: beside a missing one they would become floats, and match nothing.
    who = pd.Series(group[code.to_numpy()].astype(str), index=accounts["account"])
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
    # Two owners may be connected with one account, each since a day of their own.
    whose = connected["a"].map(who[~who.index.duplicated()])
    whose = whose.astype(object).where(whose.notna(), connected["a"]).astype("str")
    since = connected.assign(scope=whose).drop_duplicates(["scope", "b"]).set_index(["scope", "b"])
    both = pd.MultiIndex.from_frame(frame[["scope", "account"]])
    frame["day"] = since["start"].reindex(both).array
    frame["file"] = since["source"].reindex(both).array
    frame["declared"] = frame["account"].isin(set(connected["b"])) & ~frame["linked"]
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
