"""What changed between two exports: who came and went, who changed jobs, first words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from netquality.days import day_number, shown
from netquality.errors import NotObserved
from netquality.measures.contacts import contacts
from netquality.measures.first_words import first_words
from netquality.measures.found import COLUMNS, rows_of
from netquality.measures.jobs import jobs
from netquality.measures.result import Result
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from netquality.network import Network

__all__ = ["WHAT", "Changes", "changes", "sentences"]

WHAT = ("new contact", "lost contact", "new employer", "new title", "first words")


@dataclass(frozen=True, eq=False, repr=False)
class Changes(Result):
    """What changed between two exports of one owner.

    Attributes
    ----------
    frame
        One row a change, newest first within each ``what``: ``what`` (one of `WHAT`),
        ``person``, ``before`` and ``after`` (text as the exports state it; missing where it is
        no change of a text), ``day`` (UTC day of connecting or of the first words; missing for
        who is gone and for jobs, because no export says on which day between the two that was).
    earlier, later
        UTC days of the two exports compared; None where there are no two.
    reason
        Why nothing can be said; then `frame` is empty. None otherwise.
    unknown
        Of which kinds of change nothing can be said, and why.
    """

    earlier: int | None = field(default=None, kw_only=True)
    later: int | None = field(default=None, kw_only=True)
    reason: str | None = field(default=None, kw_only=True)
    unknown: Mapping[str, str] = field(default_factory=dict, kw_only=True)

    def counts(self) -> pd.Series:
        """Return how many changes of each kind there are; missing where that is unknown.

        Examples
        --------
        >>> from netquality.network import build
        >>> from netquality.schema import Tables
        >>> int(changes(build(Tables())).counts().isna().sum())
        5
        """
        found = self.frame["what"].value_counts().reindex(WHAT, fill_value=0).astype("Int64")
        return found.mask(found.index.isin(list(self.unknown))).rename("changes")


def changes(network: Network, since: int | date | str | None = None) -> Changes:
    """Compare two exports of one owner: contacts, jobs and first words.

    Both days are compared as they stand: who came and went between them is not listed. A
    contact is new or gone as a person, whatever link or name an export gives. Who is shown
    only later though connected before the earlier day is not new, and a job that only one of
    the two exports states is no change. First words are the first message, call or meeting in
    either direction after the earlier day and up to the later one; what is sent to crowds or by
    machines is none.

    Parameters
    ----------
    network
        Read from several exports of one owner, in any order.
    since
        Compare the last export up to this day with the last of all; by default the last two
        exports that show connections.

    Returns
    -------
    Changes
        Without rows, and with a `reason`, where there are no two exports with connections.

    Raises
    ------
    NotObserved
        When there are several owners and no ego was named.
    BadInput
        When `since` is no day.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> changes(build(Tables())).reason
    'no owner is known, and only exports of one owner can be compared'
    """
    asked = None if since is None else day_number(since)
    if len(network.egos) > 1:
        raise NotObserved(
            f"Changes are those of one owner, and here are {len(network.egos)}: "
            f"{', '.join(network.egos)}. Name one as the ego."
        )
    exports = _exports(network)
    earlier, later, reason = _compared(network, exports, asked)
    if reason:
        return _nothing(network.as_of, reason, asked)
    found = [
        contacts(network, exports, earlier, later),
        jobs(network, exports, earlier, later),
        first_words(network, earlier, later),
    ]
    said = [line for each in found for line in each.said]
    return Changes(
        _ordered(pd.concat([each.rows for each in found], ignore_index=True)),
        network.as_of,
        earlier=earlier,
        later=later,
        unknown={what: why for each in found for what, why in each.unknown.items()},
        coverage=(*_compared_said(exports, earlier, later), *said),
        parameters={"since": asked},
    )


def _nothing(as_of: int, reason: str, since: int | None) -> Changes:
    return Changes(
        rows_of({}),
        as_of,
        reason=reason,
        unknown=dict.fromkeys(WHAT, reason),
        coverage=(f"Nothing can be said of changes: {reason}.",),
        parameters={"since": since},
    )


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    place = rows["what"].map({what: k for k, what in enumerate(WHAT)})
    age = -rows["day"].astype("float64")
    order = rows.assign(place=place, age=age).sort_values(["place", "age", "person"], kind="stable")
    return order[[*COLUMNS]].reset_index(drop=True)


def _exports(network: Network) -> pd.DataFrame:
    """Return the owner's files of connections up to the day asked for, each with its ``day``."""
    files = network.sources
    mine = files["owner"].map(network.identity.person_of).isin(network.egos)
    files = files[mine & (files["format"] == "linkedin/connections") & files["unused"].isna()]
    day = files["exported"].fillna(files["last"])
    filled = files["kept"] + files["merged"] > 0
    return files.assign(day=day)[filled & (day <= network.as_of).fillna(False)]


def _compared(
    network: Network, exports: pd.DataFrame, since: int | None
) -> tuple[int, int, str | None]:
    """Return the two days to compare, or why there are none."""
    days = sorted({int(day) for day in exports["day"]})
    if len(days) < 2:
        return 0, 0, _why_not(network, len(exports), days)
    if since is None:
        return days[-2], days[-1], None
    before = [day for day in days if day <= since]
    if not before:
        first = f"no export with connections up to {shown(since)}"
        return 0, 0, f"{first}: the first is of {shown(days[0])}"
    if before[-1] == days[-1]:
        last = f"no export with connections after {shown(since)}"
        return 0, 0, f"{last}: the last is of {shown(days[-1])}"
    return before[-1], days[-1], None


def _why_not(network: Network, files: int, days: list[int]) -> str:
    if not network.egos:
        return "no owner is known, and only exports of one owner can be compared"
    if not days:
        return "no export with connections"
    if files == 1:
        # A file that two exports share counts once, so the two cannot be told from one.
        return "only one export with connections, or the same connections twice"
    return f"the {files} exports with connections bear the same day, {shown(days[0])}"


def _compared_said(exports: pd.DataFrame, earlier: int, later: int) -> list[str]:
    """Say which exports are compared, and where their days come from."""
    lines = [f"The exports of {shown(earlier)} and {shown(later)} are compared."]
    day = exports["day"]
    between = day[(day > earlier) & (day < later)].nunique()
    if between:
        lines.append(f"Exports between the two, of which nothing is listed: {between}.")
    unstated = day[day.isin([earlier, later]) & exports["exported"].isna()]
    return lines + [
        f"No name states the day of the export of {shown(each)}: it is that of its newest contact."
        for each in sorted(set(unstated))
    ]


def sentences(result: Changes, network: Network, limit: int = 5) -> list[str]:
    """Tell the changes in a few sentences, with names made fit to be shown.

    Parameters
    ----------
    result
        From `changes`.
    network
        The network it was asked of: it has the names.
    limit
        How many people to name for each kind of change.

    Returns
    -------
    list of str
        What changed, then what is unknown.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> empty = build(Tables())
    >>> sentences(changes(empty), empty)[0][:45]
    'Nothing can be said of changes: no owner is k'
    """
    if result.reason:
        return [f"Nothing can be said of changes: {result.reason}."]
    names = network.identity.people["name"]
    groups = [(what, result.frame[result.frame["what"] == what]) for what in WHAT]
    told = [
        f"{_headed(what, len(rows))} ({_named(rows, names, limit)})"
        for what, rows in groups
        if len(rows)
    ]
    days = f"Between {shown(result.earlier)} and {shown(result.later)}"
    unknown = [f"Nothing is known of {what}: {why}." for what, why in result.unknown.items()]
    return [f"{days}: {', '.join(told) or 'no change is seen'}.", *unknown]


def _headed(what: str, number: int) -> str:
    one = number == 1
    return {
        "new contact": f"{number:,} new {'contact' if one else 'contacts'}",
        "lost contact": f"{number:,} {'is' if one else 'are'} no longer there",
        "new employer": f"{number:,} changed employers",
        "new title": f"{number:,} changed titles",
        "first words": f"first words with {number:,}",
    }[what]


def _named(rows: pd.DataFrame, names: pd.Series, limit: int) -> str:
    some = rows.head(limit)
    shown_as = [
        f"{clean(names.get(person, person))}{f', now {clean(after)}' if after == after else ''}"
        for person, after in zip(some["person"], some["after"], strict=True)
    ]
    rest = [f"{len(rows) - limit:,} more"] if len(rows) > limit else []
    return "; ".join([*shown_as, *rest])
