"""Who gives and who starts, one-to-one and one-to-many, and in how many ways people are tied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.identity.smallest import withheld
from netquality.page.people import figure
from netquality.page.tables import Column, Table, named, per_person, table
from netquality.page.words import UNKNOWN, count, decimal, interval, plural, share, tenth
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.measures.broadcast import Broadcast
    from netquality.measures.initiative import Initiative
    from netquality.measures.multiplexity import Multiplexity
    from netquality.measures.reciprocity import Reciprocity
    from netquality.measures.structure import Structure
    from netquality.network import Network
    from netquality.page.crowd import Crowd
    from netquality.page.tables import Row, Writer

__all__ = ["broadcast", "exchange", "holes", "initiative", "manifold", "months", "star"]

TIES, MANIFOLD, MONTHS = 500, 10, 24
_TEXT = 300
_INITIATIVE: tuple[Row, ...] = (
    ("Conversations that began", "Conversations", figure("conversations")),
    ("Of these begun by the person", "Begun by them", figure("initiative", share)),
    ("Turns of the person that were answered", "Were answered", figure("reply_rate", share)),
    ("Middle wait for the answer, hours", "Wait, hours", figure("wait_hours", tenth)),
    ("Turns of others that the person answered", "Answered", figure("own_rate", share)),
    ("Middle wait of the others, hours", "Others' wait, hours", figure("own_wait_hours", tenth)),
)
_BROADCAST: tuple[Row, ...] = (
    ("Addressed one-to-one within a year", "One-to-one", figure("personal")),
    ("Addressed one-to-many within a year", "One-to-many", figure("many")),
    ("Days on which something went to many", "Days to many", figure("mailings")),
    ("Public posts", "Posts", figure("posts")),
    ("Share that was one-to-one", "Share", figure("one_to_one", share)),
    ("Habit", "Habit", lambda row: clean(row["habit"]) or UNKNOWN),
    (
        "Answers per 1,000 reached one-to-many",
        "Per 1,000",
        figure("per_thousand", tenth),
    ),
    ("Turns to one person that were answered", "Answered", figure("per_handshake", share)),
)
_HOLES: tuple[Row, ...] = (
    ("Contacts", "Contacts", figure("ties")),
    (
        "Constraint: how far all effort leads back to the same people",
        "Constraint",
        figure("constraint", decimal),
    ),
    (
        "Effective size: contacts that do not lead to the same people",
        "Effective size",
        figure("effective_size", tenth),
    ),
    ("Pairs of contacts that are tied", "Clustering", figure("clustering", share)),
)


def initiative(result: Initiative, crowd: Crowd) -> Table | None:
    """Return who begins and who answers, over all ties."""
    frame = result.totals
    frame = frame[frame["conversations"].fillna(0) > 0]
    order = frame.sort_values("conversations", ascending=False, kind="stable")
    return per_person("Who starts, and who answers", _INITIATIVE, order, crowd, key="initiative")


def exchange(
    network: Network, flows: Reciprocity, starts: Initiative, crowd: Crowd
) -> Table | None:
    """Return what goes out and comes back, tie by tie, the liveliest first."""
    begun = starts.frame.drop(columns=["out", "in"], errors="ignore")
    frame = flows.frame.merge(begun, on=["person", "alter"], how="left")
    if frame.empty:
        return None
    lively = (frame["out"] + frame["in"]).sort_values(ascending=False, kind="stable").index
    name, many = named(crowd), network.ego is None
    who = (Column("Person", "name"), lambda row: name(row["person"]))
    left = len(frame) - TIES
    return table(
        "Give and take, tie by tie",
        [
            *([who] if many else []),
            (Column("Name", "name"), lambda row: name(row["alter"])),
            *_flows(many),
            *_answers(many),
        ],
        frame.loc[lively].head(TIES),
        more=f"{left:,} more with less contact." if left > 0 else "",
        key="exchange",
        size=25,
        crowd=crowd,
        ends=("person", "alter") if many else ("alter",),
    )


def _flows(many: bool) -> list[Writer]:
    return [
        (
            Column("Sessions to the other" if many else "Sessions to them", "number"),
            lambda row: count(row["out"]),
        ),
        (
            Column("Sessions from the other" if many else "Sessions from them", "number"),
            lambda row: count(row["in"]),
        ),
        (Column("Given, by effort", "number"), lambda row: tenth(row["given"])),
        (Column("Received, by effort", "number"), lambda row: tenth(row["received"])),
        (Column("Share of sessions given", "number"), lambda row: share(row["balance"])),
    ]


def _answers(many: bool) -> list[Writer]:
    return [
        (Column("Begun by person or other" if many else "Begun by you or them", "number"), _begun),
        (Column("The other answers" if many else "They answer", "number"), _rate("")),
        (Column("The person answers" if many else "You answer", "number"), _rate("own_")),
    ]


def _begun(row: Any) -> str:
    if pd.isna(row["conversations"]):
        return UNKNOWN
    started = row["started"]
    return f"{count(started)} and {count(row['conversations'] - started)}"


def _rate(side: str) -> Callable[[Any], str]:
    rate = "own_rate" if side else "reply_rate"

    def written(row: Any) -> str:
        return interval(row[rate], row[f"{rate}_low"], row[f"{rate}_high"], share)

    return written


def broadcast(result: Broadcast, crowd: Crowd) -> Table | None:
    """Return what was said one-to-one and one-to-many, and what came back; `None` if unseen."""
    frame = result.frame
    if not frame[["personal", "many", "posts"]].notna().any(axis=None):
        return None
    order = frame.sort_values("personal", ascending=False, kind="stable")
    return per_person("Megaphone and handshake", _BROADCAST, order, crowd, key="broadcast")


def months(network: Network, result: Broadcast) -> Table | None:
    """Return the last months of an owner: how many people, how often; `None` for a group."""
    frame = result.months
    if network.ego is None or frame.empty:
        return None
    order = frame.sort_values("month", ascending=False)
    return table(
        "Month by month, the latest first",
        [
            (Column("Month", "day"), lambda row: _month(row["month"])),
            (Column("People in contact", "number"), lambda row: count(row["people"])),
            (Column("Days a person", "number"), lambda row: tenth(row["depth"])),
            (Column("Addressed one-to-one", "number"), lambda row: count(row["personal"])),
            (Column("Addressed one-to-many", "number"), lambda row: count(row["many"])),
            (Column("Posts", "number"), lambda row: count(row["posts"])),
        ],
        order.head(MONTHS),
        more=f"{count(len(order) - MONTHS)} more before these." if len(order) > MONTHS else "",
    )


def _month(value: Any) -> str:
    stamp = isinstance(value, pd.Timestamp)
    return f"{value.year}-{value.month:02}" if stamp else f"month {int(value) + 1} of the log"


def holes(result: Structure, crowd: Crowd) -> Table | None:
    """Return constraint, effective size and clustering of those whose structure is observed."""
    frame = result.frame[result.frame["reason"].isna()]
    order = frame.sort_values("constraint", kind="stable", na_position="last")
    return per_person("Structure", _HOLES, order, crowd, key="holes")


def star(result: Structure, pseudonymous: bool = False) -> str:
    """Say why structure is not observed for whom; nothing where it is for everybody.

    Where people bear pseudonyms, one to four of them are "fewer than 5".

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> frame = pd.DataFrame({"reason": ["star"]}, index=["zora"])
    >>> star(SimpleNamespace(frame=frame))[:52]
    'Not observed: one person’s files do not show which o'
    """
    reasons = result.frame["reason"].dropna()
    if not (reasons == "star").any():
        return ""
    seen = len(result.frame) - len(reasons)
    of = f"{plural(len(reasons), 'person', 'people')} of {len(result.frame):,}" if seen else ""
    said = (
        f"Not observed{f' for {of}' if of else ''}: one person’s files do not show which of the "
        "contacts know each other, and a figure made of them would only say so."
    )
    return withheld(said) if pseudonymous else said


def manifold(network: Network, result: Multiplexity, crowd: Crowd) -> Table | None:
    """Return the ties that are tied in the most ways; `None` where nothing of it is observed."""
    parts = ["in_common", "media", "roles"]
    frame = result.frame
    ways = frame[parts].astype("float64").fillna(0).sum(axis=1)
    order = ways[ways > 1].sort_values(ascending=False, kind="stable").index
    if not len(order):
        return None
    name, many = named(crowd), network.ego is None
    who = (Column("Person", "name"), lambda row: name(row["person"]))
    return table(
        "Tied in the most ways",
        [
            *([who] if many else []),
            (Column("Name", "name"), lambda row: name(row["alter"])),
            (Column("In common", "prose"), lambda row: _listed(row, "in_common", "common")),
            (Column("Channels"), lambda row: _listed(row, "media", "channels")),
            (Column("Roles"), lambda row: _listed(row, "roles", "role_names")),
        ],
        frame.loc[order].head(MANIFOLD),
        crowd=crowd,
        ends=("person", "alter") if many else ("alter",),
    )


def _listed(row: Any, number: str, words: str) -> str:
    if pd.isna(row[number]):
        return UNKNOWN
    return clean(row[words], limit=_TEXT) or "none"
