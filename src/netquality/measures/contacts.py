"""Who is a new contact and who is gone between two exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.days import shown
from netquality.measures.found import Found, rows_of

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["contacts"]


def contacts(network: Network, exports: pd.DataFrame, earlier: int, later: int) -> Found:
    """Find who is new and who is gone.

    Parameters
    ----------
    network
        Of one owner.
    exports
        The owner's files of connections, rows of its ``sources``, each with its ``day``.
    earlier, later
        UTC days of the two exports.

    Returns
    -------
    Found
        Rows of ``new contact``, with the day of connecting, and of ``lost contact``.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> empty = build(Tables())
    >>> contacts(empty, empty.sources.assign(day=0), 0, 1).said[0]
    'Contacts on 1970-01-01: 0, on 1970-01-02: 0.'
    """
    links = _links(network)
    before, after = (_present(links, day) for day in (earlier, later))
    come, gone = after[~after.index.isin(before.index)], before[~before.index.isin(after.index)]
    late = (come < earlier).fillna(False)
    # A new link or name makes two people of one; the day of connecting stays.
    moved = gone.isin(come[late].dropna())
    new, lost = come[~late], gone[~moved]
    rows = [
        rows_of({"what": "new contact", "person": new.index, "day": new.to_numpy()}),
        rows_of({"what": "lost contact", "person": lost.index}),
    ]
    unread = int(exports["rejected"][exports["day"] == later].sum()) if len(lost) else 0
    said = (
        f"Contacts on {shown(earlier)}: {len(before):,}, on {shown(later)}: {len(after):,}.",
        *_unclear_said(int(late.sum()), int(moved.sum()), unread, earlier),
        "No export says why, and on which day between the two, somebody is gone or moved on.",
    )
    return Found(pd.concat(rows, ignore_index=True), said)


def _links(network: Network) -> pd.DataFrame:
    """Return the owner's connections by person, with the first and last sighting of each."""
    relations, person_of = network.relations, network.identity.person_of
    mine = (relations["kind"] == "connected") & relations["a"].map(person_of).isin(network.egos)
    links = relations[mine]
    links = links.assign(person=links["b"].map(person_of)).dropna(subset=["person"])
    return links[~links["person"].isin(network.egos)]


def _present(links: pd.DataFrame, day: int) -> pd.Series:
    """Return since when each person was connected who was a contact on that day."""
    there = (links["first_seen"] <= day) & (links["last_seen"] >= day)
    return links[there.fillna(False)].groupby("person")["start"].min()


def _unclear_said(late: int, moved: int, unread: int, earlier: int) -> list[str]:
    lines = {
        "Contacts that are shown only later though connected before "
        f"{shown(earlier)} (hidden then, or under another name or link), not taken for new": late,
        "Contacts that are gone and may be among these, because they were connected on the same "
        "day, not taken for lost": moved,
        "Rows of the later connections that could not be used, mostly because they name nobody, "
        "so that who seems lost may be among them": unread,
    }
    return [f"{line}: {number:,}." for line, number in lines.items() if number]
