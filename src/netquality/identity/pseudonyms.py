"""Pseudonyms for everybody: who was in contact with whom stays, who it was goes.

Pseudonymised is all that this is. Figures, days and the shape of the network stay, and whoever
knows some of them from elsewhere can tell who is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.identity.people import Identity
from netquality.identity.smallest import FEWEST
from netquality.ids import digest, hexed, mixed
from netquality.schema import Tables, as_table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["pseudonymised", "pseudonyms", "renamed"]

_EGO = "ego"
_SAID = "a note that holds a name is left out"
_BETWEEN = "; "
_NUMBERED = ("event", "thread", "object")
_ANSWERS = ("yes", "no", "asked", "agreed", "declined", "made", "met")
_BASES = ("observed", "declared", "given", "inferred")
# Accounts that no file describes belong to nobody, and one of them is as good as another.
_UNLISTED = digest("pseudonym", "unlisted")


def pseudonyms(tables: Tables, identity: Identity, egos: tuple[str, ...] = ()) -> pd.Series:
    """Return what everybody is called instead: ``person 1``, ``person 2``, ...; owners ``ego``.

    Numbers follow how often somebody occurs in events and given ties, the most frequent first,
    so that they tell nothing that the tables do not show. Where that is equal a digest decides
    that is keyed with the content of the files: always the same, and nobody who only knows the
    names can work the order out.

    Parameters
    ----------
    tables
        Merged tables, whole: the pseudonyms do not depend on the day asked for.
    identity
        Who is who in them.
    egos
        The owners, as person ids.

    Returns
    -------
    pandas.Series
        The pseudonym of each person id, in the order of the numbers. What is no person (a list,
        a hidden account) is called by its kind.


    Examples
    --------
    >>> from netquality.identity.people import identify
    >>> accounts = {"account": list("vwxyz"), "value": list("vwxyz"), "name": list("vwxyz")}
    >>> accounts |= {"source": "s", "key": "platform", "kind": "person"}
    >>> events = {"event": ["1", "2"], "sender": ["z", "z"], "recipient": ["x", "y"]}
    >>> events |= {"precision": "none", "kind": "message", "channel": "log", "source": "s"}
    >>> known = Tables(accounts=as_table("accounts", accounts), events=as_table("events", events))
    >>> called = pseudonyms(known, identify(known), egos=("w",))
    >>> called["z"], called["w"], sorted(called)
    ('person 1', 'ego', ['ego', 'person 1', 'person 2', 'person 3', 'person 4'])
    """
    people = identity.people
    order = _order(tables, identity)
    kind = people["kind"].reindex(order).astype("object")
    word = kind.mask(order.isin(egos), _EGO)
    number = (word.groupby(word).cumcount() + 1).astype("str")
    called = (word + " " + number).astype("str")
    return called.mask((word == _EGO) & (len(egos) == 1), _EGO)


def pseudonymised(tables: Tables, identity: Identity, names: pd.Series | None = None) -> Tables:
    """Return the tables with pseudonyms instead of people, and without what tells who they are.

    Every person has one account, whose id is the digest of the pseudonym. Titles, places,
    groups, skills, topics, offers, asks, tags and what was written about decisions are dropped;
    the latest employer is kept where five people and more share it. Ids of events, threads,
    objects and files become digests of running numbers; files are called ``file 1``, ... Days,
    times, kinds, lengths and row numbers stay.

    Parameters
    ----------
    tables
        Merged tables.
    identity
        Who is who in them.
    names
        What `pseudonyms` returned; without it, nobody is an ego.


    Examples
    --------
    >>> from netquality.identity.people import identify
    >>> pseudonymised(Tables(), identify(Tables())).events.empty
    True
    """
    called = pseudonyms(tables, identity) if names is None else names
    files = _digests("file", tables.sources["source"].unique())
    account_of = identity.person_of.map(called.map(lambda name: digest("pseudonym", name)))
    events, given = tables.events, tables.given
    events = events.assign(**{name: _numbered(name, events[name]) for name in _NUMBERED})
    given = given.assign(basis=given["basis"].where(given["basis"].isin(_BASES)))
    changed = {
        "sources": _sources(tables, account_of),
        "accounts": _accounts(tables.accounts, identity, called),
        "events": _with_accounts(events, ("sender", "recipient"), account_of),
        "relations": _with_accounts(tables.relations, ("a", "b"), account_of),
        "attributes": _with_accounts(_employers(tables, identity), ("account",), account_of),
        "given": _with_accounts(given, ("a", "b"), account_of),
        "rejects": tables.rejects,
    }
    moved = {name: _of_files(table, files) for name, table in changed.items()}
    return Tables(**moved, decisions=_decisions(tables.decisions, account_of))


def renamed(identity: Identity, names: pd.Series) -> Identity:
    """Return who is who in pseudonymised tables: the same people, without a name or a key.

    Parameters
    ----------
    identity
        Of the tables with names.
    names
        What `pseudonyms` returned.

    Examples
    --------
    >>> person_of = pd.Series({"a1": "zora"})
    >>> people = pd.DataFrame({"name": ["Zora"], "mail": ["z@x.example"]}, index=["zora"])
    >>> made = renamed(Identity(person_of, people), pd.Series({"zora": "person 1"}))
    >>> made.people.index.tolist(), made.people["name"].tolist(), made.people["mail"].tolist()
    (['person 1'], ['person 1'], [nan])
    """
    # The order of the pseudonyms: that of the names would tell who comes first in the alphabet.
    people = identity.people.reindex(names.index).set_axis(pd.Index(names, name="person"))
    # Whatever else is told in words may tell who it is.
    keys = people.select_dtypes(["str", "object"]).columns.difference(["name", "kind"])
    blank = {key: pd.Series(None, index=people.index, dtype="str") for key in keys}
    people = people.assign(name=names.to_numpy(), **blank).astype({"name": "str"})
    if "accounts" in people:
        people["accounts"] = 1
    ids = {digest("pseudonym", name): name for name in names}
    return Identity(pd.Series(ids, dtype="str"), people)


def _order(tables: Tables, identity: Identity) -> pd.Index:
    """Return people, most contact first."""
    ends = [tables.events[["sender", "recipient"]], tables.given[["a", "b"]]]
    met = pd.concat([table[end] for table in ends for end in table])
    met = met.map(identity.person_of).value_counts()
    people = identity.people.index
    key = digest(*sorted(tables.sources["source"]))
    frame = pd.DataFrame(
        {
            "met": met.reindex(people).fillna(0).to_numpy(dtype=np.int64),
            "luck": [digest(key, str(person)) for person in people],
        },
        index=people,
    )
    return frame.sort_values(["met", "luck"], ascending=[False, True]).index


def _digests(what: str, values: Iterable[object]) -> pd.Series:
    """Return a digest of the running number of each value, by value."""
    index = pd.Index(list(values))
    salt = np.full(len(index), int(digest("pseudonym", what), 16), dtype=np.uint64)
    return hexed(mixed(salt, np.arange(len(index), dtype=np.uint64))).set_axis(index)


def _numbered(what: str, column: pd.Series) -> pd.Series:
    """Replace every different value by a digest of its running number; unknown stays so."""
    return column.map(_digests(what, column.dropna().unique())).astype("str")


def _with_accounts(
    table: pd.DataFrame, columns: tuple[str, ...], account_of: pd.Series
) -> pd.DataFrame:
    return table.assign(**{name: _moved(table[name], account_of) for name in columns})


def _moved(column: pd.Series, account_of: pd.Series) -> pd.Series:
    found = column.map(account_of).astype("str")
    return found.mask(found.isna() & column.notna(), _UNLISTED)


def _of_files(table: pd.DataFrame, files: pd.Series) -> pd.DataFrame:
    # A row of a file that no source describes keeps no id that is made of its content.
    return table.assign(source=table["source"].map(files).astype("str").fillna(_UNLISTED))


def _sources(tables: Tables, account_of: pd.Series) -> pd.DataFrame:
    sources = tables.sources
    bundles = pd.Series(pd.factorize(sources["bundle"])[0] + 1, index=sources.index)
    numbers = pd.Series(np.arange(1, len(sources) + 1), index=sources.index)
    return sources.assign(
        name=numbers.astype("str").radd("file ").astype("str"),
        bundle=bundles.astype("str").radd("source ").astype("str"),
        owner=_moved(sources["owner"], account_of),
        rules=_rules(sources["rules"], tables.accounts),
    )


def _rules(rules: pd.Series, accounts: pd.DataFrame) -> pd.Series:
    """Leave out of the notes on a file each that holds somebody's name or id.

    Ids that are only digits are no names: a note may hold such a number by itself.
    """
    said = rules.dropna()
    text = _BETWEEN.join(said).casefold()
    words = pd.concat([accounts[name] for name in ("value", "raw", "name")]).dropna().unique()
    folded = {word.strip().casefold() for word in words}
    met = [word for word in folded if word and not word.isdecimal() and word in text]
    if not met:
        return rules
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, met))})(?!\w)")

    def tidy(note: str) -> str:
        parts = (_SAID if found.search(each.casefold()) else each for each in note.split(_BETWEEN))
        return _BETWEEN.join(dict.fromkeys(parts))

    return rules.map(tidy, na_action="ignore").astype("str")


def _accounts(accounts: pd.DataFrame, identity: Identity, names: pd.Series) -> pd.DataFrame:
    """Return one account a person and file, in the order of the pseudonyms."""
    person = accounts["account"].map(identity.person_of)
    name = person.map(names)
    place = person.map(pd.Series(np.arange(len(names)), index=names.index))
    table = as_table(
        "accounts",
        {
            "account": name.map(lambda each: digest("pseudonym", each)),
            "source": accounts["source"],
            "key": "platform",
            "value": name,
            "name": name,
            "kind": person.map(identity.people["kind"]),
            "row": accounts["row"],
        },
    )
    order = np.argsort(place.to_numpy(), kind="stable")
    return table.iloc[order].drop_duplicates(["account", "source"], ignore_index=True)


def _employers(tables: Tables, identity: Identity) -> pd.DataFrame:
    """Return everybody's latest employer where five people and more share it."""
    facts = tables.attributes
    facts = facts[(facts["name"] == "employer") & facts["end"].isna()]
    latest = facts.assign(person=facts["account"].map(identity.person_of)).sort_values(
        "seen", na_position="first", kind="stable"
    )
    latest = latest.dropna(subset=["person"]).drop_duplicates("person", keep="last")
    where = latest["value"].str.strip()
    shared = where.groupby(where).transform("size") >= FEWEST
    kept = facts.loc[latest.index[shared]].sort_index()
    return kept.reset_index(drop=True)


def _decisions(decisions: pd.DataFrame, account_of: pd.Series) -> pd.DataFrame:
    """Return who decided what about whom; free text beside it could name anybody."""
    ids = _digests("decision", decisions["decision"].unique())
    value = decisions["value"]
    plain = value.isin(_ANSWERS) | pd.to_numeric(value, errors="coerce").notna()
    told = decisions.assign(
        **{
            name: decisions[name].map(ids).astype("str") for name in ("decision", "undoes", "about")
        },
        value=value.where(plain),
        note=pd.Series(None, index=decisions.index, dtype="str"),
    )
    return _with_accounts(told, ("subject", "object", "third"), account_of)
