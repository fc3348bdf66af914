"""Whose files these are, where several of them say it differently or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from netquality.decisions import in_force
from netquality.identity.people import Identity, identify
from netquality.ids import UNKNOWN_OWNER

if TYPE_CHECKING:
    import pandas as pd

    from netquality.schema import Tables

__all__ = ["adopted"]

_COLUMNS = {
    "sources": ["owner"],
    "accounts": ["account"],
    "events": ["sender", "recipient"],
    "relations": ["a", "b"],
    "attributes": ["account"],
}
_BY_NAME = "taken as the owner's own files, because their owner bears the same full name"


def adopted(tables: Tables) -> Tables:
    """Give files that do not say whose they are, or say it by a name only, to the one owner.

    A mailbox knows its owner by an address, a phone by a number, LinkedIn by a profile. Whoever
    names them together names their own: where all owners bear one full name, and no two of them
    a profile, they are one. Owners who agreed to be pooled are others, whatever their name.

    Examples
    --------
    >>> from netquality.schema import Tables
    >>> len(adopted(Tables()).sources)
    0
    """
    said = in_force(tables.decisions)
    others = set(said["subject"][said["kind"] == "consent"].dropna())
    owners = sorted(set(tables.sources["owner"].dropna()) - {UNKNOWN_OWNER} - others)
    unknown = bool((tables.sources["owner"] == UNKNOWN_OWNER).any())
    if len(owners) > 1:
        identity = identify(tables)
        if identity.person_of.reindex(owners).nunique(dropna=False) > 1:
            return _of_one_name(tables, owners, identity)
    return _rewritten(tables, {UNKNOWN_OWNER: owners[0]}) if unknown and owners else tables


def _of_one_name(tables: Tables, owners: list[str], identity: Identity) -> Tables:
    people = {owner: str(identity.person_of.get(owner, owner)) for owner in owners}
    accounts = tables.accounts[tables.accounts["account"].isin(owners)]
    profiles = set(accounts["account"][accounts["key"] == "profile"])
    if len({people[owner] for owner in profiles}) > 1 or not _one_name(accounts, people):
        return tables
    lead = min(profiles, default=owners[0])
    others = {
        owner: lead for owner in (*owners, UNKNOWN_OWNER) if people.get(owner) != people[lead]
    }
    sources = tables.sources
    named = sources["owner"].isin(set(others) - {UNKNOWN_OWNER})
    rules = (
        sources["rules"].fillna("").str.cat([_BY_NAME] * len(sources), sep="; ").str.lstrip("; ")
    )
    said = replace(tables, sources=sources.assign(rules=sources["rules"].mask(named, rules)))
    return _rewritten(said, others)


def _one_name(accounts: pd.DataFrame, people: dict[str, str]) -> bool:
    """Say whether all of several owners bear one and the same full name."""
    names = accounts.dropna(subset=["name"])
    names = names[names["name"].str.strip().str.contains(" ", regex=False)]
    each = names["name"].str.casefold().groupby(names["account"].map(people)).agg(set)
    return len(each) == len(set(people.values())) and bool(set.intersection(*each))


def _rewritten(tables: Tables, to: dict[str, str]) -> Tables:
    changed = {}
    for name, fields in _COLUMNS.items():
        table = tables[name]
        hits = {field: table[field].isin(list(to)) for field in fields}
        if any(hit.any() for hit in hits.values()):
            changed[name] = table.assign(
                **{f: table[f].mask(hit, table[f].map(to)).astype("str") for f, hit in hits.items()}
            )
    return replace(tables, **changed)
