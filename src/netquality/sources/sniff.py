"""The one door: whatever the user names, read as what it is."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from netquality.errors import BadInput
from netquality.schema import Tables
from netquality.sources.calendars.ics import looks_like_calendar, read_calendar
from netquality.sources.contacts.table import looks_like_contacts, read_contacts
from netquality.sources.contacts.vcard import looks_like_vcard, read_vcard
from netquality.sources.files import ACCEPTED, HINT, Bundle, Member, foreign, gather
from netquality.sources.graphs import looks_like_graph, read_graph
from netquality.sources.interactions.log import looks_like_log, read_log
from netquality.sources.ledger import Ledger, Options
from netquality.sources.linkedin.archive import is_linkedin, read_archive
from netquality.sources.mail.folders import mail_folders, read_mail_folder
from netquality.sources.mail.mbox import looks_like_mbox, read_mbox
from netquality.sources.mail.single import looks_like_mail, read_mail
from netquality.sources.phone.backup import looks_like_backup, read_backup
from netquality.sources.phone.calls import looks_like_calls, read_calls
from netquality.sources.refusals import HTML, MEDIA, refusal
from netquality.sources.slack.export import read_slack, slack_members
from netquality.sources.tables import refuse_foreign
from netquality.sources.telegram.result import looks_like_telegram, read_telegram
from netquality.sources.whatsapp.chat import looks_like_whatsapp, read_whatsapp
from netquality.sources.whatsapp.order import order_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

__all__ = ["read_source", "read_sources"]

# Anything else in a folder (archives of other programs) is named, not opened.
_TEXT = ("", ".csv", ".tsv", ".txt", ".dat", ".log", ".edges")
_READABLE = frozenset((*_TEXT, ".parquet", ".pq", ".graphml", ".gexf", ".xml"))
_CHAT = "whatsapp/chat"
_UNREAD = "not a file that netquality reads"


class _Format(NamedTuple):
    """A kind of file: how it is told by its name and first bytes, and who reads it."""

    fits: Callable[[str, bytes], bool]
    read: Callable[[Member, Bundle, Options], Tables]


# Read bit by bit, whatever their size; the surer a format is to tell, the earlier it is tried.
_STREAMED = (
    _Format(looks_like_vcard, read_vcard),
    _Format(looks_like_backup, read_backup),
    _Format(looks_like_telegram, read_telegram),
    _Format(looks_like_mbox, read_mbox),
    _Format(looks_like_mail, read_mail),
)
# Told from other tables only where neither LinkedIn nor an interaction log is recognised.
_TABLES = (
    _Format(looks_like_contacts, read_contacts),
    _Format(looks_like_calls, read_calls),
)


def read_source(path: str | os.PathLike[str], options: Options | None = None) -> Tables:
    """Read a ZIP, a folder or a file of any known kind into checked tables.

    Raises
    ------
    BadInput
        When nothing in it can be used; the message says what was found instead.
    """
    return read_sources([path], options)[0]


def read_sources(
    paths: Iterable[str | os.PathLike[str]],
    options: Options | None = None,
    there: Iterable[Tables] = (),
) -> list[Tables]:
    """Read several of them; a chat whose dates may mean two things follows the other chats.

    Parameters
    ----------
    paths
        What to read.
    options
        What the user said.
    there
        Sources and accounts of files that were read before: they tell as much as those read now.

    Returns
    -------
    list of Tables
        In the order of the paths.

    Raises
    ------
    BadInput
        When nothing in one of them can be used.
    """
    options = options or Options()
    gathered = [(os.fspath(path), gather(path)) for path in paths]
    doubts: list[_Doubt] = []
    parts = [[_read_bundle(b, options, doubts) for b in bundles] for _, bundles in gathered]
    known = _informed(options, [*there, *(tables for part in parts for tables in part)])
    for member, bundle, read in doubts:
        place = next(
            i for i, (_, bundles) in enumerate(gathered) if any(b is bundle for b in bundles)
        )
        parts[place].append(read(member, bundle, known))
    return [
        _useful(Tables.concat(part), path, bundles)
        for part, (path, bundles) in zip(parts, gathered, strict=True)
    ]


class _Doubt(NamedTuple):
    """A file of which something cannot be told from itself: it is read when all others are.

    Such are a chat whose dates or owner are not clear, and a calendar, which holds what is planned
    beside what was held.
    """

    member: Member
    bundle: Bundle
    read: Callable[[Member, Bundle, Options], Tables]


def _told(member: Member, bundle: Bundle, options: Options, doubts: list[_Doubt]) -> list[Tables]:
    """Read a chat, if it says which number is the day and whose chat it is."""
    try:
        read = read_whatsapp(member, bundle, options)
    except BadInput:
        doubts.append(_Doubt(member, bundle, read_whatsapp))
        return []
    if read.sources["owner"].isna().any():
        doubts.append(_Doubt(member, bundle, read_whatsapp))
        return []
    return [read]


def _informed(options: Options, parts: list[Tables]) -> Options:
    """Add what the other chats show: the order of day and month, and what the owner is called."""
    every = Tables.concat(parts)
    chats = every.sources["format"] == _CHAT
    names = _owners(every, chats) or _owners(every, every.sources["owner"].notna())
    order = order_told(every.sources["rules"][chats].dropna())
    days = every.sources["exported"].fillna(every.sources["last"]).dropna()
    latest = int(days.max()) if len(days) else None
    aliases = (*options.aliases, *names)
    return replace(options, aliases=aliases, other_chats=order, latest=latest)


def _owners(tables: Tables, files: pd.Series) -> tuple[str, ...]:
    """Return the names of the one owner of some files, none if there are several owners."""
    owners = set(tables.sources["owner"][files].dropna())
    theirs = tables.accounts["account"].isin(owners)
    theirs &= tables.accounts["source"].isin(tables.sources["source"][files])
    names = tables.accounts["name"][theirs].dropna()
    return tuple(sorted(set(names))) if len(owners) == 1 else ()


def _useful(tables: Tables, path: str, bundles: list[Bundle]) -> Tables:
    if tables.sources.empty or tables.sources["unused"].notna().all():
        raise BadInput(
            f"{path} holds no export that can be used: {_listing(bundles)}.",
            accepted=ACCEPTED,
            todo=_way_out(tables) or HINT,
        )
    return tables


def _way_out(tables: Tables) -> str | None:
    """Return what to do with the first file that is known and not read."""
    reasons = tables.sources["unused"].dropna()
    known = reasons[reasons.str.contains(": ", regex=False)]
    return None if known.empty else str(known.iloc[0]).partition(": ")[2]


def _listing(bundles: list[Bundle]) -> str:
    names = [member.name for bundle in bundles for member in bundle.members]
    if not names:
        return "it is empty"
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"found {', '.join(names[:5])}{more}"


def _read_bundle(bundle: Bundle, options: Options, doubts: list[_Doubt]) -> Tables:
    slack, folders = slack_members(bundle), mail_folders(bundle)
    parts = [read_slack(slack, bundle, options)] if slack else []
    parts += [read_mail_folder(name, mails, bundle, options) for name, mails in folders.items()]
    taken = {member.name for member in (*slack, *(m for mails in folders.values() for m in mails))}
    linkedin: list[tuple[Member, bytes]] = []
    left = [member for member in bundle.members if member.name not in taken]
    media = [m for m in left if not bundle.single and _suffix(m.name) in MEDIA]
    for member in left:
        if bundle.single or _suffix(member.name) not in MEDIA:
            parts += _read_member(member, bundle, options, linkedin, doubts)
    if linkedin:
        parts.append(read_archive(bundle, linkedin, options))
    if media:
        parts.append(_unopened(media, bundle))
    return Tables.concat(parts)


def _read_member(
    member: Member,
    bundle: Bundle,
    options: Options,
    linkedin: list[tuple[Member, bytes]],
    doubts: list[_Doubt],
) -> list[Tables]:
    """Read one file; what belongs to a LinkedIn archive is put aside, to be read as a whole."""
    head = member.head()
    if bundle.single:
        refuse_empty(member.name, head)
    if looks_like_calendar(member.name, head):
        doubts.append(_Doubt(member, bundle, read_calendar))
        return []
    for form in _STREAMED:
        if form.fits(member.name, head):
            return [form.read(member, bundle, options)]
    if options.columns is None and looks_like_whatsapp(member.name, head):
        return _told(member, bundle, options, doubts)
    known = refusal(member.name, head)
    # An archive of LinkedIn holds articles, which are web pages.
    own = known in (None, HTML) and options.columns is None and is_linkedin(member.name, head)
    if own:
        linkedin.append((member, member.read()))
        return []
    if looks_like_graph(member.name, head):
        return [read_graph(member, member.read(), bundle, options)]
    if known is not None:
        if bundle.single:
            raise BadInput(f"{member.name} is {known.found}.", accepted=ACCEPTED, todo=known.todo)
        return [_unknown(member, bundle, f"{known.found}: {known.todo}")]
    return [_read_table(member, head, bundle, options)]


def _read_table(member: Member, head: bytes, bundle: Bundle, options: Options) -> Tables:
    log = _suffix(member.name) in _READABLE and looks_like_log(member.name, head)
    for form in _TABLES if options.columns is None and not log else ():
        if form.fits(member.name, head):
            return form.read(member, bundle, options)
    if not (bundle.single or log):
        return _unknown(member, bundle)
    if bundle.single and not head.startswith(b"PAR1"):
        refuse_foreign(head, member.name, foreign)
    return read_log(member, member.read(), bundle, options)


def refuse_empty(name: str, data: bytes) -> None:
    """Raise when a file that the user named holds nothing.

    Raises
    ------
    BadInput
        For a file without any content.
    """
    if not data.strip():
        raise BadInput(f"{name} is empty.", accepted=ACCEPTED, todo=HINT)


def _suffix(name: str) -> str:
    return PurePosixPath(name.casefold().removesuffix(".gz")).suffix


def _unknown(member: Member, bundle: Bundle, reason: str = _UNREAD) -> Tables:
    return _unused(member.name, bundle, reason)


def _unopened(media: Iterable[Member], bundle: Bundle) -> Tables:
    """List pictures, recordings and documents in one line: a chat may have thousands."""
    kinds = Counter(_suffix(member.name) for member in media)
    listed = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    return _unused(f"({listed})", bundle, "pictures, recordings and documents are not opened")


def _unused(name: str, bundle: Bundle, reason: str) -> Tables:
    book = Ledger(name, bundle.name, "unknown", f"{bundle.name}/{name}".encode(), bundle.exported)
    book.unused = reason
    return book.close(kept_rows=[])
