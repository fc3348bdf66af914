"""A whole archive: recognise its files, find its owner, read each, account for all."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.schema import Tables
from netquality.sources.files import Bundle, Member, foreign
from netquality.sources.ledger import Ledger, Options
from netquality.sources.linkedin.activity import (
    ACTIVITY,
    mended_comments,
    read_activity,
    read_article,
)
from netquality.sources.linkedin.acts import (
    read_endorsements,
    read_invitations,
    read_recommendations,
)
from netquality.sources.linkedin.catalogue import (
    KINDS,
    fold,
    is_header,
    kind_of_header,
    unused_because,
)
from netquality.sources.linkedin.connections import read_connections
from netquality.sources.linkedin.contacts import (
    read_address_book,
    read_follows,
    read_notes,
    read_organisations,
    read_teammates,
)
from netquality.sources.linkedin.messages import read_messages
from netquality.sources.linkedin.owner import (
    directory_of,
    enter_owner,
    read_own_events,
    read_own_keys,
    read_positions,
    read_profile,
)
from netquality.sources.linkedin.sheet import Context, Sheet
from netquality.sources.tables import Raw, decode, find_header, parse, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["is_linkedin", "read_archive"]

_READERS: dict[str, Callable[[Sheet, Context], Tables]] = {
    "connections": read_connections,
    "messages": read_messages,
    "invitations": read_invitations,
    "endorsements received": read_endorsements,
    "endorsements given": read_endorsements,
    "recommendations": read_recommendations,
    "notes": read_notes,
    "teammates": read_teammates,
    "contacts": read_address_book,
    "profile": read_profile,
    "positions": read_positions,
    "emails": read_own_keys,
    "phones": read_own_keys,
    "member follows": read_follows,
    "company follows": read_organisations,
    "events": read_own_events,
    **dict.fromkeys(ACTIVITY, read_activity),
}
# Files that carry ties: a damaged one stops the reading, others are listed and left out.
_VITAL = {"connections": "Connections.csv", "messages": "messages.csv"}


def is_linkedin(name: str, data: bytes) -> bool:
    r"""Say whether a file belongs to a LinkedIn archive, by its header or its known name.

    Examples
    --------
    >>> is_linkedin("my.csv", b"First Name,Last Name,URL,Connected On\n")
    True
    >>> is_linkedin("log.csv", b"sender,recipient,at\n")
    False
    """
    if not name.casefold().endswith((".csv", ".gz", ".html", ".htm", ".txt", ".tsv")):
        return False
    if unused_because(name) is not None or fold(name) in _VITAL or _is_article(name):
        return True
    return (
        not data.startswith(b"PK") and find_header(decode(data[:65536])[0], is_header) is not None
    )


def read_archive(bundle: Bundle, files: list[tuple[Member, bytes]], options: Options) -> Tables:
    """Read all LinkedIn files of a bundle.

    Raises
    ------
    BadInput
        When Connections or messages are there but cannot be read.
    """
    done: list[Tables] = []
    sheets, articles = [], []
    while files:  # each file's bytes are let go as soon as they are parsed
        member, data = files.pop(0)
        if _is_article(member.name):
            articles.append(
                (Ledger(member.name, bundle.name, "linkedin/article", data, bundle.exported), data)
            )
            continue
        opened = _open(member, data, bundle)
        if isinstance(opened, Sheet):
            sheets.append(opened)
        else:
            done.append(opened)
    context = Context(directory_of(sheets, options), options)
    # Connections first: their names tell recipients from credentials.
    for sheet in sorted(sheets, key=lambda each: each.kind != "connections"):
        enter_owner(sheet.book, context)
        done.append(_READERS[sheet.kind](sheet, context))
    for book, data in articles:
        book.read = 1
        enter_owner(book, context)
        done.append(read_article(book, decode(data)[0].decode("utf-8", "replace"), context))
    return Tables.concat(done)


def _is_article(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.suffix.casefold() in (".html", ".htm") and "Articles" in path.parts


def _open(member: Member, data: bytes, bundle: Bundle) -> Sheet | Tables:
    why = unused_because(member.name)
    if why is not None:
        return _unused(member, data, bundle, why)
    vital = _VITAL.get(fold(member.name))
    if not data and not vital:
        return _unused(member, data, bundle, "empty file")
    refuse_foreign(data, member.name, foreign)
    text, encoding = decode(data)
    found = find_header(text, is_header)
    if found is None and vital:
        raise BadInput(
            f"{member.name} has no header of {vital}.",
            accepted=f"a row with {', '.join(sorted(KINDS[fold(member.name)][0]))}.",
            todo="Pass the file as LinkedIn made it, or name its columns as a log with --columns.",
        )
    if found is None:
        return _unused(
            member, data, bundle, "its header is not one that LinkedIn is known to write"
        )
    offset, header, delimiter = found
    kind = kind_of_header(header) or ""
    book = Ledger(member.name, bundle.name, f"linkedin/{kind}", data, bundle.exported)
    if kind == "comments":
        plain = text.decode("utf-8", "replace")
        frame = mended_comments(plain, len(text[:offset].decode("utf-8", "replace")))
        return Sheet(kind, book, Raw(frame, header, encoding, delimiter))
    return Sheet(kind, book, parse(text, offset, header, delimiter, encoding))


def _unused(member: Member, data: bytes, bundle: Bundle, why: str) -> Tables:
    book = Ledger(member.name, bundle.name, "linkedin/unused", data, bundle.exported)
    book.unused = why
    return book.close(kept_rows=[])
