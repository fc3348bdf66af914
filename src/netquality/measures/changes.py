"""What changed between two exports: who came and went, who changed jobs, first words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.days import day_number, shown
from netquality.errors import NotObserved
from netquality.measures.result import Result
from netquality.schema import KINDS
from netquality.text import clean
from netquality.ties.dyads import UNDATED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from netquality.network import Network

__all__ = ["WHAT", "Changes", "changes", "folded_employer", "sentences"]

WHAT = ("new contact", "lost contact", "new employer", "new title", "first words")
WORDS = ("message", "call", "meeting")
_COLUMNS = {"what": "str", "person": "str", "before": "str", "after": "str", "day": "Int64"}
_JOBS = {"employer": "new employer", "title": "new title"}
# How a firm is registered says nothing of where somebody works.
_FORMS = re.compile(
    r"(?: (?:gmbh|mbh|ag|kg|kgaa|ohg|ug|ev|eg|se|sa|sas|sarl|srl|spa|sl|bv|nv|ab|as|a/s|aps|oyj?"
    r"|inc|incorporated|ltd|limited|llc|llp|lp|plc|corp|corporation|co|company|pty|pte|pvt|kk|&"
    r"|\+))+$"
)


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


@dataclass(frozen=True)
class _Found:
    """Rows of some kinds of change, sentences about them, and which kinds are unknown."""

    rows: pd.DataFrame
    said: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)


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
        _contacts(network, exports, earlier, later),
        _jobs(network, exports, earlier, later),
        _first_words(network, earlier, later),
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
        _rows({}),
        as_of,
        reason=reason,
        unknown=dict.fromkeys(WHAT, reason),
        coverage=(f"Nothing can be said of changes: {reason}.",),
        parameters={"since": since},
    )


def _rows(columns: Mapping[str, object]) -> pd.DataFrame:
    return _shaped(pd.DataFrame(columns))


def _shaped(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reindex(columns=list(_COLUMNS)).astype(_COLUMNS)


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    place = rows["what"].map({what: k for k, what in enumerate(WHAT)})
    age = -rows["day"].astype("float64")
    order = rows.assign(place=place, age=age).sort_values(["place", "age", "person"], kind="stable")
    return order[[*_COLUMNS]].reset_index(drop=True)


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


def _contacts(network: Network, exports: pd.DataFrame, earlier: int, later: int) -> _Found:
    """Find who is new and who is gone."""
    links = _links(network)
    before, after = (_present(links, day) for day in (earlier, later))
    come, gone = after[~after.index.isin(before.index)], before[~before.index.isin(after.index)]
    late = (come < earlier).fillna(False)
    # A new link or name makes two people of one; the day of connecting stays.
    moved = gone.isin(come[late].dropna())
    new, lost = come[~late], gone[~moved]
    rows = [
        _rows({"what": "new contact", "person": new.index, "day": new.to_numpy()}),
        _rows({"what": "lost contact", "person": lost.index}),
    ]
    unread = int(exports["rejected"][exports["day"] == later].sum()) if len(lost) else 0
    said = (
        f"Contacts on {shown(earlier)}: {len(before):,}, on {shown(later)}: {len(after):,}.",
        *_unclear_said(int(late.sum()), int(moved.sum()), unread, earlier),
        "No export says why, and on which day between the two, somebody is gone or moved on.",
    )
    return _Found(pd.concat(rows, ignore_index=True), said)


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


def folded_employer(value: str) -> str:
    """Return an employer for comparing: without case, blanks, commas, dots and legal forms.

    Examples
    --------
    >>> folded_employer(" Fernhollow  Gardens, Inc."), folded_employer("Moss & Fern GmbH & Co. KG")
    ('fernhollow gardens', 'moss & fern')
    >>> folded_employer("Limited"), folded_employer("FERNHOLLOW") == folded_employer("Mossworks")
    ('limited', False)
    """
    text = " ".join(_folded(value).replace(".", "").replace(",", " ").split())
    return _FORMS.sub("", text)


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def _jobs(network: Network, exports: pd.DataFrame, earlier: int, later: int) -> _Found:
    """Find whose employer or title is another one, where both exports state it."""
    stated, rows, unknown = _stated(network, exports), [], {}
    for name, what in _JOBS.items():
        of_name = stated[stated["name"] == name]
        sides = [of_name[of_name["seen"] == day] for day in (earlier, later)]
        rows.append(_differing(*sides).assign(what=what))
        silent = [shown(d) for d, side in zip((earlier, later), sides, strict=True) if side.empty]
        if silent:
            unknown[what] = f"no {name} is stated by the export of {' or '.join(silent)}"
    said = [f"Nothing is known of a {what}: {why}." for what, why in unknown.items()]
    return _Found(_shaped(pd.concat(rows, ignore_index=True)), tuple(said), unknown)


def _stated(network: Network, exports: pd.DataFrame) -> pd.DataFrame:
    """Return the employers and titles of contacts as the files of connections state them."""
    table = network.attributes
    table = table[table["source"].isin(exports["source"]) & table["name"].isin(list(_JOBS))]
    fold = {"employer": folded_employer, "title": _folded}
    pairs = zip(table["name"], table["value"], strict=True)
    return table.assign(
        person=table["account"].map(network.identity.person_of),
        folded=pd.Series([fold[name](value) for name, value in pairs], table.index, dtype="str"),
    )


def _differing(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the people of both sides who share no value."""
    same = before.merge(after, on=["person", "folded"])["person"]
    one, other = (
        side[~side["person"].isin(same)].drop_duplicates("person")[["person", "value"]]
        for side in (before, after)
    )
    both = one.merge(other, on="person", suffixes=("_before", "_after"))
    return both.rename(columns={"value_before": "before", "value_after": "after"})


def _first_words(network: Network, earlier: int, later: int) -> _Found:
    """Find with whom the first words ever seen lie between the two days."""
    words = _words(network)
    known = set(words["channel"][words["day"] <= earlier])
    why = _unheard(network, words["day"].max(), known, earlier)
    if why:
        said = (f"Nothing is known of first words: {why}.",)
        return _Found(_rows({}), said, {"first words": why})
    # A crowd's mail is no word to anybody, and words without a day may have been the first.
    meant = words[words["meant"]]
    undated = meant["person"][meant["day"].isna()]
    firsts = meant.sort_values("day", kind="stable").drop_duplicates("person")
    firsts = firsts[((firsts["day"] > earlier) & (firsts["day"] <= later)).fillna(False)]
    sure = firsts["channel"].isin(known) & ~firsts["person"].isin(undated)
    heard = _heard_said(network, int((~sure).sum()), earlier, later)
    return _Found(_shaped(firsts[sure].assign(what="first words")), heard)


def _words(network: Network) -> pd.DataFrame:
    """Return the owner's messages, calls and meetings: with whom, on which day, how."""
    acts, people = network.contact.acts, network.contact.people
    owner = people.get_indexer(pd.Index(network.egos))
    spoken = np.isin(acts.kind, [KINDS.index(kind) for kind in WORDS])
    mine = np.flatnonzero(spoken & (np.isin(acts.a, owner) | np.isin(acts.b, owner)))
    other = np.where(np.isin(acts.a[mine], owner), acts.b[mine], acts.a[mine])
    day = pd.Series(acts.day[mine], dtype="Int64")
    return pd.DataFrame(
        {
            "person": pd.Series(people.to_numpy()[other], dtype="str"),
            "day": day.mask(day == UNDATED),
            "channel": acts.channel[mine],
            "meant": acts.weight[mine] > 0,
        }
    )


def _unheard(network: Network, last: int, known: set[int], earlier: int) -> str | None:
    """Say why nobody can tell which words were the first, if so."""
    if not known:
        return f"no message, call or meeting up to {shown(earlier)} is shown"
    if max(last, *_heard_until(network).values()) <= earlier:
        return f"no file shows messages, calls or meetings after {shown(earlier)}"
    return None


def _heard_until(network: Network) -> dict[str, int]:
    """Return the last day that files with words cover: of LinkedIn's, and of all others."""
    files = network.sources[network.sources["unused"].isna()]
    spoken = files["shows"].fillna("").map(lambda shows: bool(set(WORDS) & set(shows.split(","))))
    until = files["exported"].fillna(files["last"])[spoken]
    linkedin = files["format"][spoken] == "linkedin/messages"
    sides = {"LinkedIn messages": until[linkedin], "Words in other files": until[~linkedin]}
    return {name: int(days.max()) for name, days in sides.items() if days.notna().any()}


def _heard_said(network: Network, unsure: int, earlier: int, later: int) -> tuple[str, ...]:
    until = {name: day for name, day in _heard_until(network).items() if day < later}
    lines = [f"{name} are seen up to {shown(day)} only." for name, day in until.items()]
    if unsure:
        lines.append(
            "People with whom the first dated words were perhaps not the first (other words have "
            f"no day, or nothing shows that channel up to {shown(earlier)}), left out: {unsure:,}."
        )
    return tuple(lines)


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
