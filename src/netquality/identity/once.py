"""Each file once: of several readings of it, the one that knows most."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from netquality.ids import UNKNOWN_OWNER
from netquality.schema import Tables

__all__ = ["ENDS", "PER_SOURCE", "once", "personal", "readings"]

ENDS = ("sender", "recipient")
PER_SOURCE = ("sources", "accounts", "events", "relations", "attributes", "rejects", "given")
PERSONAL = 3
_FEW = 1_000
Reading = tuple[bool, bool, str, str]


def once(parts: list[Tables]) -> Tables:
    """Put sources together; of each file, keep the reading that knows its owner and export day."""
    entries = [
        (source, known, part)
        for part, tables in enumerate(parts)
        for source, known in readings(tables.sources).items()
    ]
    best: dict[str, int] = {}
    for source, _, part in sorted(entries):
        best.setdefault(source, part)
    kept = []
    for part, tables in enumerate(parts):
        wanted = {source for source, chosen in best.items() if chosen == part}
        kept.append(_only(tables, wanted))
    several = pd.Series([source for source, _, _ in entries]).duplicated().any()
    return _seen_again(Tables.concat(kept), parts) if several else Tables.concat(kept)


def _seen_again(kept: Tables, parts: list[Tables]) -> Tables:
    """Keep what else a file's other readings say: the owner's other account, and when it was seen.

    A list of connections that did not change between two exports was seen on both days.
    """
    known = set(zip(kept.accounts["source"], kept.accounts["account"], strict=True))
    others = pd.concat([part.accounts for part in parts], ignore_index=True)
    pairs = zip(others["source"], others["account"], strict=True)
    new = pd.Series([p not in known and p[1] != UNKNOWN_OWNER for p in pairs], dtype=bool)
    accounts = pd.concat([kept.accounts, others[new].drop_duplicates()], ignore_index=True)
    dated = [
        p.relations[p.relations["source"].isin(p.sources["source"][p.sources["exported"].notna()])]
        for p in parts
    ]
    seen = pd.concat(dated).groupby("source")
    source = kept.relations["source"]
    relations = kept.relations.assign(
        first_seen=source.map(seen["first_seen"].min())
        .astype("Int64")
        .fillna(kept.relations["first_seen"]),
        last_seen=source.map(seen["last_seen"].max())
        .astype("Int64")
        .fillna(kept.relations["last_seen"]),
    )
    return replace(kept, accounts=accounts.reset_index(drop=True), relations=relations)


def readings(sources: pd.DataFrame) -> dict[str, Reading]:
    """Return how much each file's reading knows; of two readings of a file, the lesser is kept.

    Parameters
    ----------
    sources
        The table of that name.

    Returns
    -------
    dict
        By source: whether the owner is unknown, whether the export day is, bundle, name.
    """
    columns = ["source", "owner", "exported", "bundle", "name"]
    found: dict[str, Reading] = {}
    for source, owner, exported, bundle, name in zip(*(sources[c] for c in columns), strict=True):
        lost = bool(pd.isna(owner) or owner == UNKNOWN_OWNER), bool(pd.isna(exported))
        known = (*lost, str(bundle), str(name))
        found[str(source)] = min(known, found.get(str(source), known))
    return found


def _only(tables: Tables, wanted: set[str]) -> Tables:
    if set(tables.sources["source"]) == wanted and not tables.sources["source"].duplicated().any():
        return tables
    found = {name: tables[name][tables[name]["source"].isin(wanted)] for name in PER_SOURCE}
    found["sources"] = found["sources"].drop_duplicates("source")
    return Tables(**{name: table.reset_index(drop=True) for name, table in found.items()})


def personal(tables: Tables) -> Tables:
    """Give a log in which one person takes part in every event to that person.

    What the others do among themselves was not seen, so it must not count as nothing. Only an
    interaction log leaves it open whose it is; other formats say that they show a whole group.
    """
    sources, events = tables.sources, tables.events
    open_logs = sources["owner"].isna() & (sources["format"] == "log")
    open_logs &= sources["source"].isin(events["source"].unique())
    owner = sources["owner"].copy()
    for row in sources.index[open_logs]:
        mine = events[events["source"] == sources.at[row, "source"]]
        everywhere = _in_every_event(mine)
        if len(everywhere) == 1 and pd.concat([mine[end] for end in ENDS]).nunique() > PERSONAL:
            owner[row] = everywhere[0]
    return replace(tables, sources=sources.assign(owner=owner))


def _in_every_event(events: pd.DataFrame) -> list[str]:
    """Return who takes part in every event; only who is in the first one can."""
    first = events[events["event"] == events["event"].iloc[0]]
    found = []
    for who in pd.concat([first[end] for end in ENDS]).dropna().unique():
        hit = (events["sender"] == who).fillna(False) | (events["recipient"] == who).fillna(False)
        missed, met = events["event"][~hit], events["event"][hit]
        # A few events tell of nearly everybody that they are not in all.
        if missed.head(_FEW).isin(met).all() and missed.isin(met).all():
            found.append(str(who))
    return found
