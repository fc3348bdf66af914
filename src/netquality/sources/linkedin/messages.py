"""messages.csv of every era: who wrote to whom, when, how long, with which marks."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from netquality.schema import Tables, event_ids
from netquality.sources.dates import Dates
from netquality.sources.linkedin.people import HIDDEN, folded_name, slug_of
from netquality.sources.linkedin.sheet import Context, Sheet, epoch
from netquality.sources.signals import RULES, marks

__all__ = ["addressed", "era_of", "read_messages"]

_BARE_COMMA = re.compile(r",(?=\S)")


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
    pairs = _recipients(sheet, context, threads, senders)
    lost = ~sheet.frame.index.isin(pairs["row"])
    sheet.drop(pd.Series(lost, index=sheet.frame.index), "to", "no recipient stated or recoverable")
    pairs = pairs[pairs["row"].isin(sheet.frame.index)]
    _add_events(sheet, dates, threads, senders, pairs)
    rows = sheet.frame.index
    kept = Dates(dates.at[rows], dates.day[rows], dates.precision[rows], dates.zoned)
    return sheet.close(context, kept, shows=("message",), rules=RULES)


def _set_aside(sheet: Sheet) -> None:
    title = sheet.column("conversation title").str.strip().str.casefold()
    sheet.drop(title.str.startswith("sponsored"), "conversation title", "sponsored message")
    flag = sheet.column("is message draft").str.strip().str.casefold()
    sheet.drop(flag.isin(["yes", "true"]), "is message draft", "draft, never sent")
    if sheet.has("conversation id"):
        blank = [
            sheet.column(name).str.strip() == "" for name in ("to", "conversation id", "folder")
        ]
        sheet.drop(
            blank[0] & blank[1] & blank[2], "to", "draft-like: no recipient, conversation or folder"
        )
    nobody = (sheet.column("from").str.strip() == "") & (sheet.column("sender profile url") == "")
    sheet.drop(nobody, "from", "no sender stated")


def _senders(sheet: Sheet, context: Context, threads: pd.Series) -> pd.Series:
    names = sheet.column("from")
    hidden = names.str.strip().str.casefold().isin(HIDDEN)
    within = threads.fillna("").where(hidden, "")
    return context.directory.accounts(
        sheet.book, names, sheet.column("sender profile url"), within=within
    )


class Addressed(NamedTuple):
    """Who a message went to, as the row writes it: names and links in step."""

    names: list[str]
    urls: list[str]


def addressed(to: str, urls: str) -> Addressed:
    """Split a row's recipients, although names hold commas too.

    Recipients are joined by a comma without a blank; a credential comma has one. The list
    of links, where the era has it, decides: it never names hidden members.

    Examples
    --------
    >>> addressed("Zora Quill, PhD,Odo Finch", "").names
    ['Zora Quill, PhD', 'Odo Finch']
    >>> addressed("Zora Quill, MBA, EE(ABC),Quill.", "https://www.linkedin.com/in/zq").names
    ['Zora Quill, MBA, EE(ABC),Quill.']
    """
    links = [link.strip() for link in urls.split(",") if link.strip()]
    for names in ([to], _BARE_COMMA.split(to), re.split(r",\\s*", to)):
        shown = [name for name in names if folded_name(name) not in HIDDEN]
        masked = len(names) - len(shown)
        if links and len(shown) == len(links) and (len(names) > 1 or not masked):
            return Addressed([*shown, *["LinkedIn Member"] * masked], [*links, *[""] * masked])
    if len(links) == 1:
        return Addressed([to], links)
    if links:
        return Addressed([""] * len(links), links)
    names = [name for name in _BARE_COMMA.split(to) if name.strip()]
    return Addressed(names, [""] * len(names))


def _recipients(
    sheet: Sheet, context: Context, threads: pd.Series, senders: pd.Series
) -> pd.DataFrame:
    """One row per (row, recipient); a group without recipients has its other senders."""
    to = sheet.column("to")
    urls = sheet.column("recipient profile urls")
    cells = pd.DataFrame({"to": to, "urls": urls})
    codes, uniques = pd.factorize(cells["to"] + "\x1f" + cells["urls"])
    lists = [addressed(*str(text).split("\x1f", 1)) for text in uniques]
    counts = np.array([len(found.names) for found in lists], dtype=np.int64)[codes]
    rows = np.repeat(cells.index.to_numpy(), counts)
    flat = [
        (n, u) for code in codes for n, u in zip(lists[code].names, lists[code].urls, strict=True)
    ]
    frame = pd.DataFrame(flat, columns=["name", "url"], dtype="str")
    hidden = frame["name"].str.strip().str.casefold().isin(HIDDEN)
    frame.index = pd.Index(rows)
    within = pd.Series(threads.loc[rows].fillna("").to_numpy(), index=frame.index).where(
        hidden.to_numpy(), ""
    )
    accounts = context.directory.accounts(sheet.book, frame["name"], frame["url"], within=within)
    pairs = pd.DataFrame({"row": rows, "recipient": accounts.to_numpy()}).dropna()
    empty = sheet.frame.index.difference(pd.Index(pairs["row"]))
    pairs = pd.concat([pairs, _recovered(empty, threads, senders, context)], ignore_index=True)
    pairs["sender"] = senders.loc[pairs["row"]].to_numpy()
    pairs = pairs[pairs["sender"] != pairs["recipient"]].drop_duplicates(["row", "recipient"])
    return pairs.sort_values("row", kind="stable", ignore_index=True)


def _recovered(
    empty: pd.Index, threads: pd.Series, senders: pd.Series, context: Context
) -> pd.DataFrame:
    members = pd.DataFrame({"thread": threads, "recipient": senders}).dropna().drop_duplicates()
    lost = pd.DataFrame({"row": empty, "thread": threads.loc[empty].to_numpy()})
    found = lost.merge(members, on="thread")[["row", "recipient"]]
    owner = pd.DataFrame({"row": lost["row"], "recipient": context.owner})
    return pd.concat([found, owner], ignore_index=True).astype({"recipient": "str"})


def _add_events(
    sheet: Sheet, dates: Dates, threads: pd.Series, senders: pd.Series, pairs: pd.DataFrame
) -> None:
    rows = sheet.frame.index
    seconds = epoch(dates)[rows]
    # Before 2020 there are no conversations: the pair of names stands in.
    meeting = sheet.column("from") + "\x1f" + sheet.column("to")
    thread = threads[rows].fillna(meeting)
    sender = senders[rows]
    ordinal = (
        pd.DataFrame({"t": thread, "s": seconds, "f": sender}).groupby(["t", "s", "f"]).cumcount()
    )
    ids = event_ids("message", thread, seconds, sender, ordinal)
    position = pd.Index(rows).get_indexer(pd.Index(pairs["row"]))
    first = pairs.drop_duplicates("row").set_index("row")["recipient"].reindex(rows)
    content = sheet.column("content")
    found = marks(content, sender, first)
    size = pairs["row"].map(pairs["row"].value_counts())
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
            "audience": size,
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
