"""Put sources together: the same file once, the same event once, the later export wins.

The result does not depend on the order in which the sources were named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.decisions import taken_back
from netquality.identity.again import apart, without_older_exports
from netquality.identity.once import ENDS, PER_SOURCE, once, personal
from netquality.identity.owners import adopted
from netquality.schema import Tables, empty

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["HAND", "merged"]

# The format of what a user recorded by hand.
HAND = "hand"


def merged(parts: Iterable[Tables]) -> Tables:
    """Merge what several sources say; nothing twice, every row accounted for.

    A file read twice counts once. An event that two exports of one inbox show keeps the
    rows of the later one; a relation keeps its first and last sighting.

    Examples
    --------
    >>> len(merged([Tables(), Tables()]).events)
    0
    """
    every = list(parts)
    said = _said([part.decisions for part in every])
    tables = adopted(replace(personal(once(every)), decisions=said))
    tables = apart(_without_withdrawn(tables))
    before = _rows(tables)
    rank = _ranks(tables.sources)
    tables = replace(tables, relations=_sighted(tables))
    tables = replace(
        tables,
        events=_without_old_copies(_later_events(tables.events, rank), tables.accounts),
        relations=_one_relation(tables.relations, rank),
        accounts=_distinct(
            tables.accounts.assign(
                owner=tables.accounts["source"].map(tables.sources.set_index("source")["owner"])
            ),
            ["account", "key", "value", "name", "kind", "owner"],
            rank,
        ).drop(columns="owner"),
        attributes=_distinct(
            tables.attributes, ["account", "name", "value", "start", "end", "seen"], rank
        ),
    )
    tables = without_older_exports(tables)
    tables = replace(tables, sources=_recounted(tables, before))
    return replace(tables, **{name: _ordered(tables[name]) for name in PER_SOURCE})


def _said(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put decisions in the order of time, each once."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return empty("decisions")
    said = pd.concat(filled).drop_duplicates("decision")
    return said.sort_values(["at", "decision"], kind="stable", ignore_index=True)


def _without_withdrawn(tables: Tables) -> Tables:
    """Leave out events recorded by hand and taken back later."""
    gone = taken_back(tables.decisions)
    if not gone:
        return tables
    by_hand = tables.sources["source"][tables.sources["format"] == HAND]
    events = tables.events
    out = events["event"].isin(gone) & events["source"].isin(by_hand)
    left = events[~out].reset_index(drop=True)
    lost = tables.sources["source"].map(events["source"][out].value_counts())
    lost = lost.fillna(0).astype("int64")
    days = left.groupby("source")["day"]
    hand = tables.sources["source"].isin(by_hand)
    sources = tables.sources.assign(
        first=tables.sources["first"].mask(
            hand, tables.sources["source"].map(days.min()).astype("Int64")
        ),
        last=tables.sources["last"].mask(
            hand, tables.sources["source"].map(days.max()).astype("Int64")
        ),
        kept=tables.sources["kept"] - lost,
        rejected=tables.sources["rejected"] + lost,
    )
    return replace(tables, events=left, sources=sources)


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by file and row, which does not depend on the order of the files."""
    file = pd.factorize(table["source"], sort=True)[0]
    if "row" not in table:
        return table.iloc[np.argsort(file, kind="stable")].reset_index(drop=True)
    row = table["row"].fillna(0).to_numpy(dtype=np.int64)
    return table.iloc[np.lexsort((row, file))].reset_index(drop=True)


def _ranks(sources: pd.DataFrame) -> pd.Series:
    """0 is the source to be believed first: the latest export, layout, row."""
    order = sources.sort_values(
        ["exported", "era", "last", "source"],
        ascending=[False, False, False, True],
        na_position="last",
        kind="stable",
    )
    return pd.Series(range(len(order)), index=order["source"])


def _later_events(events: pd.DataFrame, rank: pd.Series) -> pd.DataFrame:
    source, names = pd.factorize(events["source"])
    if len(names) < 2:
        return events
    kind = events["kind"].cat.codes.to_numpy(dtype=np.int64)
    pairs = np.unique(kind * len(names) + source) // len(names)
    shared = events[np.isin(kind, pairs[1:][pairs[1:] == pairs[:-1]])]
    if shared.empty:
        return events
    place = shared["source"].map(rank)
    best = place.groupby([shared["event"], shared["object"].fillna("")]).transform("min")
    kept = shared[place == best]
    again = kept.index[kept.duplicated(["event", "sender", "recipient", "object"])]
    gone = shared.index[place > best].union(again)
    return events.drop(index=gone).reset_index(drop=True) if len(gone) else events


def _without_old_copies(events: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Drop messages of the 2018 layout that a later export shows with a conversation.

    That layout has neither conversations nor links, so the same message is met by the two
    names and the minute.
    """
    messages = events[(events["kind"] == "message") & (events["channel"] == "linkedin")]
    old = messages[messages["thread"].isna() & (messages["precision"] == "minute")]
    new = messages[messages["thread"].notna()]
    if old.empty or new.empty:
        return events
    names = accounts.dropna(subset=["name"])[["account", "name"]]
    names = names.assign(name=names["name"].str.casefold()).drop_duplicates()
    both = _who_when(old, names).merge(_who_when(new, names), on=[*ENDS, "minute"])
    return events[~events.index.isin(both["row_x"])].reset_index(drop=True)


def _who_when(messages: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Every pair of names that a message may go by, with its minute."""
    frame = messages[[*ENDS]].assign(minute=messages["at"].dt.floor("min"), row=messages.index)
    for end in ENDS:
        named = frame.merge(names, left_on=end, right_on="account")
        frame = named.assign(**{end: named["name"]}).drop(columns=["account", "name"])
    return frame


def _sighted(tables: Tables) -> pd.DataFrame:
    """Date the sighting of a relation by the newest row of its file where no export day is stated.

    Without it a contact that is gone from the next export could not be told from one that is new.
    """
    relations = tables.relations
    unseen = relations["last_seen"].isna()
    if not unseen.any():
        return relations
    newest = relations["source"].map(tables.sources.set_index("source")["last"]).astype("Int64")
    return relations.assign(
        first_seen=relations["first_seen"].fillna(newest),
        last_seen=relations["last_seen"].fillna(newest),
    )


def _one_relation(relations: pd.DataFrame, rank: pd.Series) -> pd.DataFrame:
    keys = ["a", "b", "kind", "start"]
    if not relations.duplicated(keys).any():
        return relations
    ranked = relations.assign(place=relations["source"].map(rank)).sort_values(
        "place", kind="stable"
    )
    groups = ranked.groupby(keys, dropna=False, observed=True, sort=False)
    ranked["first_seen"] = groups["first_seen"].transform("min")
    ranked["last_seen"] = groups["last_seen"].transform("max")
    return ranked.drop_duplicates(keys).drop(columns="place").reset_index(drop=True)


def _distinct(table: pd.DataFrame, keys: list[str], rank: pd.Series) -> pd.DataFrame:
    if not table.duplicated(keys).any():
        return table
    order = table["source"].map(rank).argsort(kind="stable")
    return table.iloc[order].drop_duplicates(keys, ignore_index=True)


def _rows(tables: Tables) -> pd.DataFrame:
    """Return each row of a file that is in the tables, once."""
    names = ("events", "relations", "attributes")
    both = pd.concat([tables[name][["source", "row"]] for name in names])
    source, files = pd.factorize(both["source"])
    row = both["row"].to_numpy(dtype=np.int64, na_value=-1) + 1
    size = np.int64(row.max(initial=0)) + 1
    once = np.unique(source.astype(np.int64) * size + row)
    return pd.DataFrame({"source": files.take(once // size), "row": once % size - 1})


def _recounted(tables: Tables, before: pd.DataFrame) -> pd.DataFrame:
    after = _rows(tables)
    if len(after) == len(before):
        return tables.sources
    lost = before["source"].value_counts() - after["source"].value_counts().reindex(
        before["source"].unique(), fill_value=0
    )
    gone = tables.sources["source"].map(lost).fillna(0).astype("int64")
    gone = gone.clip(upper=tables.sources["kept"])
    return tables.sources.assign(
        kept=tables.sources["kept"] - gone, merged=tables.sources["merged"] + gone
    )
