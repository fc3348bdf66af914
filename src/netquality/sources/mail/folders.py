"""The door for folders that hold one mail a file: Maildir, and folders of .eml files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.sources.ledger import Ledger
from netquality.sources.mail.box import Box
from netquality.sources.mail.letters import Slot
from netquality.sources.mail.places import folder_of, maildir_folder
from netquality.sources.mail.single import looks_like_mail
from netquality.sources.mail.split import head_of
from netquality.sources.mail.stamps import Stamp

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["mail_folders", "read_mail_folder"]

_ROOMS = frozenset({"cur", "new"})
# Windows and ZIP programs write something else for the colon, which they cannot have in names.
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")
_UNIQUE = re.compile(r"^(\d{9,10})\.[^/]*$")
_SECOND = 1_000_000


@dataclass(frozen=True)
class _Name:
    """What a Maildir's file name tells: what stays when flags change, the flags, the second."""

    stable: str
    flags: str = ""
    second: int | None = None


def mail_folders(bundle: Bundle) -> dict[str, tuple[Member, ...]]:
    r"""Return the folders of a bundle that hold one mail a file, with these files.

    A Maildir is the folder that holds ``cur`` and ``new``; what is still being delivered
    (``tmp``) is left out.

    Parameters
    ----------
    bundle
        What came together; a single file is no folder.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> names = ["Mail/cur/1709551234.M1.fen:2,S", "Mail/tmp" "/1709551234.M2.fen", "ink/1.eml"]
    >>> members = tuple(Member(name, lambda: b"From: zora@quill.example\n") for name in names)
    >>> found = mail_folders(Bundle("all", None, members))
    >>> {path: len(files) for path, files in found.items()}
    {'Mail': 1, 'ink': 1}
    """
    found: dict[str, list[Member]] = {}
    if bundle.single:
        return {}
    for member in bundle.members:
        path = PurePosixPath(member.name)
        if path.parent.name in _ROOMS and _is_in_maildir(member, path.name):
            found.setdefault(_path(path.parent.parent), []).append(member)
        elif path.name.casefold().removesuffix(".gz").endswith(".eml"):
            found.setdefault(_path(path.parent), []).append(member)
    return {path: tuple(members) for path, members in found.items()}


def _path(path: PurePosixPath) -> str:
    return "" if path == PurePosixPath() else path.as_posix()


def _is_in_maildir(member: Member, name: str) -> bool:
    if _FLAGS.search(name) or _UNIQUE.match(name):
        return True
    try:
        return looks_like_mail(name, member.head())
    except BadInput:
        return False


def _named(path: str) -> _Name:
    name = PurePosixPath(path).name
    flags = _FLAGS.search(name)
    stable = name[: flags.start()] if flags else name
    begin = _UNIQUE.match(stable)
    second = int(begin.group(1)) if begin else None
    return _Name(stable, flags.group(1) if flags else "", second)


def read_mail_folder(
    name: str, members: tuple[Member, ...], bundle: Bundle, options: Options
) -> Tables:
    r"""Read a folder of single mails as one source; a mail's row is its place in order of names.

    The source is named by what the mails hold, so that reading, flagging or moving a mail from
    ``new`` to ``cur`` makes no other source of it.

    Parameters
    ----------
    name
        The folder's path, as `mail_folders` gives it.
    members
        Its files.
    bundle
        What it came in.
    options
        What the user said: the owner, a zone for dates without one.

    Raises
    ------
    BadInput
        When there is no such time zone.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = b"From: zora@quill.example\nTo: odo@fen.example\nMessage-ID: <1@q>\n\n"
    >>> member = Member("Mail/cur/1709551234.M1.fen:2,S", lambda: text)
    >>> bundle = Bundle("Mail", None, (member,))
    >>> read_mail_folder("Mail", (member,), bundle, Options()).events["day"].tolist()
    [19786]
    """
    rooms = all(PurePosixPath(each.name).parent.name in _ROOMS for each in members)
    form = "mail/maildir" if rooms else "mail/eml"
    book = Ledger(name or bundle.name, bundle.name, form, exported=bundle.exported)
    box = Box(book, options)
    folder = maildir_folder(book.name) if rooms else folder_of(book.name)
    hashes = []
    taken, whole = 0, sum(each.size or 0 for each in members) or None
    for member in sorted(members, key=lambda each: (_named(each.name).stable, each.name)):
        hashes.append(_take(box, member, folder, book))
        taken += member.size or 0
        if options.progress is not None:
            options.progress(book.name, taken, whole)
    book.seal(blake2b(b"".join(sorted(hashes)), digest_size=16).digest())
    return box.close()


def _take(box: Box, member: Member, folder: str, book: Ledger) -> bytes:
    """Take in a file and return the hash of all it holds; a damaged one is rejected alone."""
    named = _named(member.name)
    backup = None
    if named.second is not None:
        backup = Stamp(named.second * _SECOND, zoned=True, exact=True)
    try:
        with member.stream() as stream:
            head, content = head_of(stream.blocks()), stream.digest()
    except BadInput:
        book.read += 1
        book.reject([book.read], "mail", "the file is damaged")
        return b""
    box.take(head, Slot(folder, backup, draft="D" in named.flags))
    return content
