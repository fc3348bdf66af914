"""One mail's header as facts: who wrote to whom, when, under which id, and what kind it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netquality.ids import digest
from netquality.sources.mail.fields import Fields, decoded, read_fields
from netquality.sources.mail.mailboxes import Mailbox, mailboxes, personal
from netquality.sources.mail.nature import Nature, nature_of
from netquality.sources.mail.places import CHATS, SENT, SPAM, UNSENT, labels_of
from netquality.sources.mail.stamps import DAY, EARLIEST, LATEST, Stamp, received, stamp_of

if TYPE_CHECKING:
    from datetime import tzinfo

    from netquality.sources.mail.split import Head

__all__ = ["Letter", "Slot", "UnusableMail", "letter_of"]

Addressed = tuple[tuple[Mailbox, str], ...]

_IN_ANGLES = re.compile(r"<([^<>]+)>")
_ROLES = ("to", "cc", "bcc")
_DELIVERED = ("delivered-to", "x-original-to", "x-delivered-to", "envelope-to")
_LONGEST_ID = 250


class UnusableMail(ValueError):
    """A mail that leaves nothing: the field that is to blame, why, and what stands in it.

    Examples
    --------
    >>> UnusableMail("date", "no date", "soon").reason
    'no date'
    """

    def __init__(self, field: str, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.field, self.reason, self.value = field, reason, value


class Slot(NamedTuple):
    """Where a mail lies, and what that says of it.

    Parameters
    ----------
    folder
        The folder's name, folded for comparing.
    backup
        When it came, as the place says; asked for if its own date is of no use.
    draft
        Whether the place marks it as a draft.

    Examples
    --------
    >>> Slot("sent").draft
    False
    """

    folder: str
    backup: Stamp | None = None
    draft: bool = False


class Letter(NamedTuple):
    """What is kept of a mail.

    Parameters
    ----------
    author
        The sender, None if no address says who that is.
    name
        What the sender is called where there is no address.
    to
        Each address once, with its role: to, cc or bcc.
    when, backup
        When it was sent; what the place or the last server says of that.
    amended
        Whether its own date is missing or impossible, so that another was taken.
    ident, thread
        Message-ID, or a hash where there is none; the conversation.
    nature
        Lists, bulk mail, automatic answers.
    sent, chat
        Whether it lies under what the owner has sent; whether it is a chat of Gmail's.
    delivered
        Addresses that the last server delivered it to.
    """

    author: Mailbox | None
    name: str
    to: Addressed
    when: Stamp
    backup: Stamp | None
    amended: bool
    ident: str
    thread: str
    nature: Nature
    sent: bool
    chat: bool
    delivered: tuple[str, ...]


def letter_of(head: Head, slot: Slot, zone: tzinfo, latest: int = LATEST) -> Letter:
    r"""Read the header of a mail.

    Parameters
    ----------
    head
        Its header lines.
    slot
        Where it lies.
    zone
        Whose clock dates without a zone show.
    latest
        Microseconds since 1970 after which no mail can have been sent.

    Raises
    ------
    UnusableMail
        With the reason, when it was never sent, is spam, or does not say who or when.

    Examples
    --------
    >>> from datetime import UTC
    >>> from netquality.sources.mail.split import Head
    >>> lines = b"From: zora@quill.example\nTo: odo@fen.example\nMessage-ID: <1@q>\n"
    >>> head = Head(b"", lines + b"Date: Mon, 4 Mar 2024 11:20:34 +0000\n", whole=True)
    >>> letter_of(head, Slot("inbox"), UTC).ident
    '1@q'
    """
    fields = _fields(head)
    labels = labels_of(fields.first("x-gmail-labels"))
    _refuse_unsent(fields, slot, labels)
    to, nature, author, name = _people(fields)
    last = received(fields.first("received"), zone) if "received" in fields else None
    stated = stamp_of(fields.first("date"), zone)
    when = _when(fields.first("date"), [stated, slot.backup, last], last, latest)
    ident = _ident(fields.first("message-id")) or _made(author, name, when, fields)
    return Letter(
        author=author,
        name=name,
        to=to,
        when=when,
        backup=next((each for each in (last, slot.backup) if each and each.possible), None),
        amended=when is not stated,
        ident=ident,
        thread=_thread(fields, ident),
        nature=nature,
        sent=bool(labels & SENT) or slot.folder in SENT,
        chat=bool(labels & CHATS),
        delivered=_delivered(fields),
    )


def _fields(head: Head) -> Fields:
    if not head.whole:
        begun = head.block or head.line
        raise UnusableMail(
            "mail", "cut off within its header" if begun else "text before the first mail"
        )
    return read_fields(head.block)


def _people(fields: Fields) -> tuple[Addressed, Nature, Mailbox | None, str]:
    to = _addressed(fields)
    senders = mailboxes(fields.first("from"))
    if len(senders) != 1:
        senders = mailboxes(fields.first("sender")) or senders
    nature = nature_of(fields, senders[0] if senders else None, tuple(box for box, _ in to))
    author, name = _author(fields, senders, nature)
    if not (author or name or to or nature.round):
        raise UnusableMail("from", "neither sender nor recipient", fields.first("from"))
    return to, nature, author, name


def _refuse_unsent(fields: Fields, slot: Slot, labels: frozenset[str]) -> None:
    if slot.draft or labels & UNSENT or slot.folder in UNSENT:
        raise UnusableMail("folder", "a draft, never sent")
    keys = fields.first("x-mozilla-keys").casefold().split()
    if labels & SPAM or slot.folder in SPAM or "junk" in keys:
        raise UnusableMail("folder", "in spam")


def _addressed(fields: Fields) -> Addressed:
    found: dict[str, tuple[Mailbox, str]] = {}
    for role in _ROLES:
        for text in fields.all(role):
            for box in mailboxes(text):
                found.setdefault(box.address, (box, role))
    return tuple(found.values())


def _author(
    fields: Fields, senders: tuple[Mailbox, ...], nature: Nature
) -> tuple[Mailbox | None, str]:
    """Return who wrote it; where a list puts its own address there, whom it wrote for."""
    sender = senders[0] if senders else None
    if sender is None:
        return None, personal(decoded(fields.first("from")).strip(' "<>'))[:200]
    through = nature.round
    if through is None or through.address is None or sender.address != through.address.address:
        return sender, ""
    for field in ("x-original-from", "reply-to"):
        for box in mailboxes(fields.first(field)):
            if box.address != sender.address:
                return box, ""
    written_for, via, _ = sender.name.partition(" via ")
    return None, written_for.strip(" '\"") if via else ""


def _when(text: str, stated: list[Stamp | None], last: Stamp | None, latest: int) -> Stamp:
    """Return when it was sent: its date unless that is impossible, else what others say.

    No mail arrives more than a day before it is sent.
    """
    ceiling = min(latest, last.at + DAY) if last and last.possible else latest
    found = [stamp for stamp in stated if stamp]
    for stamp in found:
        if stamp.possible and stamp.at <= ceiling:
            return stamp
    if not found:
        raise UnusableMail("date", "no date", text)
    early = found[0].at < EARLIEST
    raise UnusableMail("date", "dated before 1990" if early else "dated in the future", text)


def _ident(text: str) -> str:
    found = _IN_ANGLES.search(text)
    ident = "".join((found.group(1) if found else text).split()).strip("<>")
    return ident if len(ident) <= _LONGEST_ID else digest("mail", ident)


def _made(author: Mailbox | None, name: str, when: Stamp, fields: Fields) -> str:
    who = author.address if author else name
    return digest("mail", who, str(when.at), digest("subject", fields.first("subject")))


def _thread(fields: Fields, ident: str) -> str:
    gmail = fields.first("x-gm-thrid")
    if gmail:
        return f"gm:{gmail}"[:_LONGEST_ID]
    for field in ("references", "in-reply-to"):
        found = _IN_ANGLES.search(fields.first(field))
        root = found.group() if found else "".join(fields.first(field).split()[:1])
        if _ident(root):
            return _ident(root)
    return ident


def _delivered(fields: Fields) -> tuple[str, ...]:
    """Return where the last server put it; lower fields tell where it has been forwarded."""
    found = (box.address for name in _DELIVERED for box in mailboxes(fields.first(name)))
    return tuple(dict.fromkeys(found))
