"""The same chat or calendar exported again, under another name or with corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from netquality.identity.people import identify
from netquality.ids import digest

if TYPE_CHECKING:
    from netquality.schema import Tables

__all__ = ["apart", "without_older_exports"]

# A chat is the same when so much of the smaller export, and so many messages, stand in the other.
_SAME, _LEAST = 0.8, 5
_CHAT, _CALENDAR = "whatsapp/", "calendar/"


def apart(tables: Tables) -> Tables:
    """Keep the chats of two owners apart: both may have one that is called "Mum".

    Examples
    --------
    >>> from netquality.schema import Tables
    >>> len(apart(Tables()).events)
    0
    """
    sources = tables.sources[tables.sources["format"].str.startswith(_CHAT)]
    owners = sources.set_index("source")["owner"].dropna()
    if owners.nunique() < 2:
        return tables
    whose = owners.map(identify(tables).person_of).fillna(owners)
    events = tables.events
    scope = events["source"].map(whose)
    ours = scope.notna()
    named = {
        name: events[name].mask(ours & events[name].notna(), _scoped(scope, events[name]))
        for name in ("event", "thread")
    }
    return replace(tables, events=events.assign(**named))


def _scoped(scope: pd.Series, ids: pd.Series) -> pd.Series:
    both = pd.DataFrame({"scope": scope, "id": ids}).drop_duplicates().dropna()
    made = {(s, i): digest(s, i) for s, i in zip(both["scope"], both["id"], strict=True)}
    pairs = zip(scope, ids, strict=True)
    return pd.Series([made.get(pair) for pair in pairs], index=ids.index, dtype="str")


def without_older_exports(tables: Tables) -> Tables:
    """Drop what a later export of the same chat or calendar shows again under other ids.

    A contact or a group that was renamed, an archive that was unpacked: the messages stand in the
    same minutes and have the same lengths. A meeting that was moved: the later export of the
    calendar knows its UID at another time.
    """
    gone = _older_messages(tables) | _older_meetings(tables)
    if not gone.any():
        return tables
    return replace(tables, events=tables.events[~gone].reset_index(drop=True))


def _of(tables: Tables, start: str) -> pd.DataFrame:
    """Return the events of some sources with what tells which export is the later one."""
    columns = ["source", "name", "owner", "exported", "first", "last"]
    sources = tables.sources[tables.sources["format"].str.startswith(start)][columns]
    if len(sources) < 2:
        return pd.DataFrame()
    day = sources["exported"].fillna(sources["last"]).fillna(0)
    order = sources.assign(day=day).sort_values(["day", "source"])
    sources = sources.assign(place=pd.Series(range(len(order)), index=order.index))
    events = tables.events[["event", "source", "thread", "at", "day", "length"]]
    events = events[events["source"].isin(sources["source"])].drop_duplicates(["event", "source"])
    return events.merge(sources.rename(columns={"name": "file"}), on="source")


def _older_messages(tables: Tables) -> pd.Series:
    none = pd.Series(False, index=tables.events.index)
    events = _of(tables, _CHAT)
    if events.empty:
        return none
    events = events.assign(minute=events["at"].dt.floor("min"), length=events["length"].fillna(-1))
    events["owner"] = events["owner"].fillna("")
    by = ["minute", "length", "owner"]
    both = events.merge(events, on=by, suffixes=("", "_new"))
    both = both[(both["place"] < both["place_new"]) & (both["event"] != both["event_new"])]
    ends = ["source", "thread", "source_new", "thread_new"]
    size = events.groupby(["source", "thread"]).size()
    met = both.drop_duplicates([*ends, "event"]).groupby(ends).size().rename("met").reset_index()
    small = pd.concat(
        [
            pd.Series(size.reindex(pd.MultiIndex.from_frame(met[pair])).to_numpy())
            for pair in (ends[:2], ends[2:])
        ],
        axis=1,
    ).min(axis=1)
    same = met[(met["met"] >= _LEAST) & (met["met"] >= _SAME * small.to_numpy())]
    old = both.merge(same[ends], on=ends)[["event", "source"]]
    return _rows(tables.events, old)


def _older_meetings(tables: Tables) -> pd.Series:
    events = _of(tables, _CALENDAR)
    if events.empty:
        return pd.Series(False, index=tables.events.index)
    events = events.assign(uid=events["event"].str.rpartition("/")[0])
    events["owner"] = events["owner"].fillna("")
    newest = events.groupby(["file", "owner", "uid"])["place"].transform("max")
    first = events["first"].where(events["place"] == newest)
    since = first.groupby([events[key] for key in ("file", "owner", "uid")]).transform("min")
    known = set(events["event"][events["place"] == newest])
    old = (events["place"] < newest) & ~events["event"].isin(known) & (events["day"] >= since)
    return _rows(tables.events, events[old.fillna(False)][["event", "source"]])


def _rows(events: pd.DataFrame, gone: pd.DataFrame) -> pd.Series:
    pairs = pd.MultiIndex.from_frame(events[["event", "source"]])
    return pd.Series(pairs.isin(pd.MultiIndex.from_frame(gone)), index=events.index)
