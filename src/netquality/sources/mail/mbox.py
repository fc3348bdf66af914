"""The door for mbox files: Gmail Takeout, Thunderbird, Apple Mail, archives of lists."""

from __future__ import annotations

from datetime import UTC
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from netquality.sources.dates import zone_named
from netquality.sources.ledger import Ledger
from netquality.sources.mail.box import Box
from netquality.sources.mail.letters import Slot
from netquality.sources.mail.places import folder_of
from netquality.sources.mail.split import ENVELOPE, begins_mail, heads
from netquality.sources.mail.stamps import stamp_of

if TYPE_CHECKING:
    from datetime import tzinfo

    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_mbox", "read_mbox"]

_BOM = b"\xef\xbb\xbf"
_ENDINGS = frozenset({".mbox", ".mbx"})


def looks_like_mbox(name: str, head: bytes) -> bool:
    r"""Say whether a file is an mbox, from its first bytes.

    Parameters
    ----------
    name
        Of a file called ``.mbox`` it is enough that a mail begins somewhere, or that it is empty.
    head
        Its first bytes.

    Examples
    --------
    >>> looks_like_mbox("Inbox", b"From - Mon Mar  4 11:20:34 2024\r\nX-Mozilla-Status: 0001\r\n")
    True
    >>> looks_like_mbox("Inbox.msf", b"// <!-- <mdb:mork:z v=\"1.4\"/> -->\n")
    False
    """
    text = head.removeprefix(_BOM).lstrip(b"\r\n")
    if begins_mail(text):
        return True
    if PurePosixPath(name.casefold().removesuffix(".gz")).suffix not in _ENDINGS:
        return False
    return not text or any(begins_mail(text, found.start()) for found in ENVELOPE.finditer(text))


def read_mbox(member: Member, bundle: Bundle, options: Options) -> Tables:
    r"""Read an mbox once, front to back; of every mail only the header lines are looked at.

    Parameters
    ----------
    member
        The file.
    bundle
        What it came in.
    options
        What the user said: the owner, a zone for dates without one.

    Returns
    -------
    Tables
        One row in ``events`` for each recipient of each mail.

    Raises
    ------
    BadInput
        When the file is damaged, or there is no such time zone.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = (
    ...     b"From - Mon Mar  4 11:20:34 2024\n"
    ...     b"From: Zora <zora@quill.example>\nTo: odo@fen.example\n\nInk.\n"
    ... )
    >>> member = Member("Inbox", lambda: text)
    >>> tables = read_mbox(member, Bundle("Inbox", None, (member,)), Options())
    >>> tables.sources[["read", "kept"]].iloc[0].tolist()
    [1, 1]
    """
    book = Ledger(member.name, bundle.name, "mail/mbox", exported=bundle.exported)
    box = Box(book, options)
    zone = zone_named(options.timezone) or UTC
    folder = folder_of(f"{bundle.name}/{member.name}")
    with member.stream(options.progress) as stream:
        for head in heads(stream.blocks()):
            box.take(head, _slot(folder, head.line, zone))
        book.seal(stream.digest())
    return box.close()


def _slot(folder: str, line: bytes, zone: tzinfo) -> Slot:
    found = ENVELOPE.match(line)
    stamp = stamp_of(found.group("stamp").decode("ascii"), zone) if found else None
    return Slot(folder, stamp)
