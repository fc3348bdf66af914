"""The door for a file that holds one mail (.eml)."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from netquality.sources.ledger import Ledger
from netquality.sources.mail.box import Box
from netquality.sources.mail.fields import read_fields
from netquality.sources.mail.letters import Slot
from netquality.sources.mail.places import folder_of
from netquality.sources.mail.split import head_of

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_mail", "read_mail"]

_COMPANIONS = frozenset({"to", "date", "received", "message-id", "subject", "cc"})
_WEB_PAGE = "<saved by "


def looks_like_mail(name: str, head: bytes) -> bool:
    r"""Say whether a file is a single mail, from its first bytes.

    Parameters
    ----------
    name
        Of a file called ``.eml`` it is enough that it says from whom or to whom it is.
    head
        Its first bytes.

    Examples
    --------
    >>> lines = b"From: zora@quill.example\r\nTo: odo@fen.example\r\nSubject: Ink\r\n\r\nBlack.\r\n"
    >>> looks_like_mail("ink", lines)
    True
    >>> looks_like_mail("ink.csv", b"from,to,date\r\nzora,odo,2024-03-04\r\n")
    False
    """
    block = head_of(io.BytesIO(head)).block
    first = block.partition(b"\n")[0]
    if b":" not in first or b" " in first.partition(b":")[0].strip():
        return False
    fields = read_fields(block)
    if fields.first("from").casefold().startswith(_WEB_PAGE):
        return False
    others = sum(name in fields for name in _COMPANIONS)
    if PurePosixPath(name.casefold().removesuffix(".gz")).suffix == ".eml":
        return "from" in fields or others > 1
    return "from" in fields and others > 1


def read_mail(member: Member, bundle: Bundle, options: Options) -> Tables:
    r"""Read one mail.

    Parameters
    ----------
    member
        The file.
    bundle
        What it came in.
    options
        What the user said: the owner, a zone for dates without one.

    Raises
    ------
    BadInput
        When the file is damaged, or there is no such time zone.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = b"From: zora@quill.example\nTo: odo@fen.example\nDate: 4 Mar 2024 11:20 +0000\n\n"
    >>> member = Member("ink.eml", lambda: text)
    >>> len(read_mail(member, Bundle("ink.eml", None, (member,), single=True), Options()).events)
    1
    """
    book = Ledger(member.name, bundle.name, "mail/eml", exported=bundle.exported)
    box = Box(book, options)
    parent = PurePosixPath(member.name).parent.name
    with member.stream(options.progress) as stream:
        box.take(head_of(stream.blocks()), Slot(folder_of(parent) if parent else ""))
        book.seal(stream.digest())
    return box.close()
