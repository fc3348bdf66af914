"""messages.csv of every era: who wrote to whom, when, how long, with which marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.ids import event_ids
from netquality.sources.addresses import folded_name
from netquality.sources.dates import Dates
from netquality.sources.linkedin.people import HIDDEN, slug_of
from netquality.sources.linkedin.recipients import recipients
from netquality.sources.linkedin.sheet import Context, Sheet, epoch
from netquality.sources.signals import RULES, marks

if TYPE_CHECKING:
    from netquality.schema import Tables

__all__ = ["era_of", "owner_by_name", "owner_by_presence", "read_messages"]


def era_of(header: list[str]) -> str:
    """Name the layout of a messages header.

    Examples
    --------
    >>> era_of(["from", "to", "date", "subject", "content", "direction", "folder"])
    '2018'
    """
    columns = set(header)
    if "conversation id" not in columns:
        return "2018"
    if "recipient profile urls" not in columns:
        return "2020-2023"
    if "attachments" in columns:
        return "2026"
    return "2024-2025" if "is message draft" in columns else "2023-2025"


def read_messages(sheet: Sheet, context: Context) -> Tables:
    """Read messages: one row per recipient; sponsored rows and drafts are set aside."""
    sheet.book.era = era_of(sheet.raw.header)
    _set_aside(sheet)
    dates = sheet.dated("date", context)
    threads = sheet.column("conversation id").str.strip()
    threads = threads.mask(threads == "")
    senders = _senders(sheet, context, threads)
    pairs = recipients(sheet, context, threads, senders)
    lost = ~sheet.frame.index.isin(pairs["row"])
    sheet.drop(pd.Series(lost, index=sheet.frame.index), "to", "no recipient stated or recoverable")
    pairs = pairs[pairs["row"].isin(sheet.frame.index)]
    _add_events(sheet, dates, threads, senders, pairs)
    rows = sheet.frame.index
    kept = Dates(dates.at[rows], dates.day[rows], dates.precision[rows], dates.zoned)
    return sheet.close(context, kept, shows=("message",), rules=RULES)


def _set_aside(sheet: Sheet) -> None:
    title = sheet.column("conversation title").str.strip().str.lower()
    flag = sheet.column("is message draft").str.strip().str.lower()
    nobody = (sheet.column("from").str.strip() == "") & (sheet.column("sender profile url") == "")
    blank = [sheet.column(name).str.strip() == "" for name in ("to", "conversation id", "folder")]
    draft_like = blank[0] & blank[1] & blank[2] & sheet.has("conversation id")
    sheet.drop_each(
        [
            (title.str.startswith("sponsored"), "conversation title", "sponsored message"),
            (flag.isin(["yes", "true"]), "is message draft", "draft, never sent"),
            (draft_like, "to", "draft-like: no recipient, conversation or folder"),
            (nobody, "from", "no sender stated"),
        ]
    )


def _senders(sheet: Sheet, context: Context, threads: pd.Series) -> pd.Series:
    names = sheet.column("from")
    hidden = names.str.strip().str.lower().isin(HIDDEN)
    # Without a conversation, the moment is all that keeps two hidden members apart.
    within = threads.fillna(sheet.column("date")).where(hidden, "")
    return context.directory.accounts(
        sheet.book, names, sheet.column("sender profile url"), within=within
    )


def _add_events(
    sheet: Sheet, dates: Dates, threads: pd.Series, senders: pd.Series, pairs: pd.DataFrame
) -> None:
    rows = sheet.frame.index
    seconds = epoch(dates)[rows]
    # Before 2020 there are no conversations: the pair of names stands in. The sender is left
    # out of the id: when an account is closed, the next export shows its messages nameless.
    thread = threads[rows].fillna(sheet.column("from") + "\x1f" + sheet.column("to"))
    sender = senders[rows]
    ordinal = pd.DataFrame({"t": thread, "s": seconds}).groupby(["t", "s"]).cumcount()
    ids = event_ids("message", thread, seconds, ordinal)
    position = pd.Index(rows).get_indexer(pd.Index(pairs["row"]))
    first = pairs.drop_duplicates("row").set_index("row")["recipient"].reindex(rows)
    content = sheet.column("content")
    found = marks(content, sender, first)
    columns = {
        "event": ids,
        "at": dates.at[rows],
        "day": dates.day[rows],
        "precision": dates.precision[rows],
        "sender": sender,
        "length": content.str.len(),
        "thread": threads[rows],
        "marks": found,
    }
    book = {name: column.iloc[position].reset_index(drop=True) for name, column in columns.items()}
    sheet.book.add(
        "events",
        {
            **book,
            "recipient": pairs["recipient"],
            "role": "to",
            "kind": "message",
            "channel": "linkedin",
            "audience": pairs["audience"],
            "row": pairs["row"],
        },
    )


def owner_by_name(sheet: Sheet, names: frozenset[str]) -> str | None:
    """Return the one profile that sends under the owner's name."""
    mine = sheet.column("from").map(folded_name).isin(names)
    slugs = {
        slug for url in sheet.column("sender profile url")[mine].unique() if (slug := slug_of(url))
    }
    return slugs.pop() if len(slugs) == 1 else None


def owner_by_presence(sheet: Sheet) -> str | None:
    """Return the one profile that takes part in nearly every conversation."""
    threads = sheet.column("conversation id")
    sent = pd.DataFrame({"t": threads, "u": sheet.column("sender profile url")})
    got = pd.DataFrame({"t": threads, "u": sheet.column("recipient profile urls")})
    both = pd.concat([sent, got])
    both = both[(both["u"] != "") & ~both["u"].str.contains(",") & (both["t"] != "")]
    both = both.assign(u=both["u"].map({u: slug_of(u) for u in both["u"].unique()})).dropna()
    present = both.drop_duplicates()["u"].value_counts()
    total = both["t"].nunique()
    if (
        len(present) < 2
        or total < 2
        or present.iloc[0] < 0.9 * total
        or present.iloc[0] == present.iloc[1]
    ):
        return None
    return str(present.index[0])
