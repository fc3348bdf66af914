"""Who a message went to, although names hold commas and some recipients no name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from netquality.sources.addresses import folded_name
from netquality.sources.linkedin.people import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Container

    from netquality.sources.linkedin.sheet import Context, Sheet

__all__ = ["Addressed", "addressed", "recipients"]

_BARE_COMMA = re.compile(r",(?=\S)")


class Addressed(NamedTuple):
    """Who a message went to, as the row writes it: names and links in step."""

    names: list[str]
    urls: list[str]


def addressed(to: str, urls: str, known: Container[str] = frozenset()) -> Addressed:
    """Split a row's recipients, although names hold commas too.

    Recipients are joined by a comma without a blank; a credential comma has one. The list
    of links, where the era has it, decides: it never names hidden members. A first name
    with a leading blank looks like a credential; there it helps that both are known.

    Parameters
    ----------
    to, urls
        The cells of the row.
    known
        Folded names of people met elsewhere in the archive.

    Examples
    --------
    >>> addressed("Zora Quill, Odo Finch", "", {"zora quill", "odo finch"}).names
    ['Zora Quill', 'Odo Finch']
    >>> addressed("Zora Quill, PhD,Odo Finch", "").names
    ['Zora Quill, PhD', 'Odo Finch']
    >>> addressed("Zora Quill, MBA, EE(ABC),Quill.", "https://www.linkedin.com/in/zq").names
    ['Zora Quill, MBA, EE(ABC),Quill.']
    """
    links = [link.strip() for link in urls.split(",") if link.strip()]
    for names in (_BARE_COMMA.split(to), [to], re.split(r",\s*", to)):
        shown = [name for name in names if folded_name(name) not in HIDDEN]
        masked = len(names) - len(shown)
        if links and len(shown) == len(links) and (len(names) > 1 or not masked):
            return Addressed([*shown, *["LinkedIn Member"] * masked], [*links, *[""] * masked])
    if len(links) == 1:
        return Addressed([to], links)
    if links:
        return Addressed([""] * len(links), links)
    names = [name for piece in _BARE_COMMA.split(to) for name in _apart(piece, known)]
    return Addressed(names, [""] * len(names))


def _apart(piece: str, known: Container[str]) -> list[str]:
    parts = piece.split(", ")
    several = len(parts) > 1 and all(folded_name(part) in known for part in parts)
    return [name for name in (parts if several else [piece]) if name.strip()]


def recipients(
    sheet: Sheet, context: Context, threads: pd.Series, senders: pd.Series
) -> pd.DataFrame:
    """Return one row per message row and recipient, with the number of people addressed.

    A group whose rows name no recipients has its other senders.

    Parameters
    ----------
    sheet
        The messages.
    threads, senders
        Conversation and sender's account of each row.

    Returns
    -------
    DataFrame
        ``row``, ``recipient`` (account), ``audience``.
    """
    listed = _listed(sheet, context.directory.known | context.directory.owner_names)
    hidden = listed["name"].str.strip().str.lower().isin(HIDDEN)
    # Without a conversation, the moment is all that keeps two hidden members apart.
    moment = threads.fillna(sheet.column("date"))
    within = pd.Series(moment.loc[listed.index].to_numpy(), index=listed.index).where(hidden, "")
    accounts = context.directory.accounts(sheet.book, listed["name"], listed["url"], within=within)
    pairs = pd.DataFrame({"row": listed.index, "recipient": accounts.to_numpy()}).dropna()
    empty = sheet.frame.index.difference(pd.Index(pairs["row"]))
    pairs = pd.concat([pairs, _recovered(empty, threads, senders, context)], ignore_index=True)
    pairs = pairs[pairs["recipient"] != senders.loc[pairs["row"]].to_numpy()]
    pairs = pairs.drop_duplicates(["row", "recipient"])
    found = pairs["row"].map(pairs["row"].value_counts())
    stated = pairs["row"].map(listed.index.value_counts()).fillna(0).astype("int64")
    pairs["audience"] = np.maximum(found, stated)
    return pairs.sort_values("row", kind="stable", ignore_index=True)


def _listed(sheet: Sheet, known: Container[str]) -> pd.DataFrame:
    """Names and links as listed, one row per recipient, indexed by the message row."""
    cells = sheet.column("to") + "\x1f" + sheet.column("recipient profile urls")
    codes, uniques = pd.factorize(cells)
    cut = (str(text).partition("\x1f") for text in uniques)
    lists = [addressed(to, urls, known) for to, _, urls in cut]
    sizes = np.array([len(found.names) for found in lists], dtype=np.int64)
    names = pd.Series([name for found in lists for name in found.names], dtype="str")
    urls = pd.Series([url for found in lists for url in found.urls], dtype="str")
    ends = np.cumsum(sizes)
    counts = sizes[codes]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(ends[codes] - counts, counts) + within
    rows = np.repeat(cells.index.to_numpy(), counts)
    return pd.DataFrame(
        {"name": names.to_numpy()[places], "url": urls.to_numpy()[places]}, index=rows, dtype="str"
    )


def _recovered(
    empty: pd.Index, threads: pd.Series, senders: pd.Series, context: Context
) -> pd.DataFrame:
    members = pd.DataFrame({"thread": threads, "recipient": senders}).dropna().drop_duplicates()
    lost = pd.DataFrame({"row": empty, "thread": threads.loc[empty].to_numpy()})
    found = lost.merge(members, on="thread")[["row", "recipient"]]
    owner = pd.DataFrame({"row": lost["row"], "recipient": context.owner})
    return pd.concat([found, owner], ignore_index=True).astype({"recipient": "str"})
