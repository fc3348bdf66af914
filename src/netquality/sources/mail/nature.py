"""What kind of mail it is: written by hand to people, through a list, or sent by a machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.addresses import mail_kind
from netquality.sources.mail.fields import decoded
from netquality.sources.mail.mailboxes import Mailbox, mailboxes

if TYPE_CHECKING:
    from netquality.sources.mail.fields import Fields

__all__ = ["Nature", "RoundMail", "nature_of"]

# Domains from which a service writes in its members' names; its staff writes from others.
_NOTIFIERS = frozenset(
    {
        "facebookmail.com",
        "mail.instagram.com",
        "redditmail.com",
        "e.linkedin.com",
        "el.linkedin.com",
        "em.linkedin.com",
        "mail.xing.com",
    }
)
_SCHEDULERS = frozenset({"calendar-notification@google.com"})
_LIST_ID = re.compile(r"<\s*([^<>\s]+)\s*>\s*$")
_KEEPER = re.compile(r"^owner-|-(?:owner|bounces|admin|request)(?=@)")
_METHOD = re.compile(r"(?i)^\s*text/calendar\b|;\s*method\s*=")
_NOTHING = frozenset({"", "no"})


class RoundMail(NamedTuple):
    """The list that a mail came through: its address where that is known, its id, its name."""

    address: Mailbox | None
    ident: str
    name: str


class Nature(NamedTuple):
    """What a header says of the kind of mail.

    Parameters
    ----------
    round
        The list it came through, None if none.
    bulk
        Sent by a machine, or one text to very many.
    automatic
        An answer of a machine, or of a calendar.
    """

    round: RoundMail | None
    bulk: bool
    automatic: bool


def nature_of(fields: Fields, sender: Mailbox | None, to: tuple[Mailbox, ...]) -> Nature:
    """Tell lists, bulk mail, automatic answers and calendars from mail between people.

    Parameters
    ----------
    fields
        The mail's header.
    sender, to
        Who wrote it, and who is addressed.

    Examples
    --------
    >>> from netquality.sources.mail.fields import read_fields
    >>> nature_of(read_fields(b"List-Id: Ink <ink.quill.example>"), None, ()).round.ident
    'ink.quill.example'
    >>> nature_of(read_fields(b"Auto-Submitted: auto-replied"), None, ())
    Nature(round=None, bulk=False, automatic=True)
    """
    through = _round(fields, to)
    scheduled = _is_scheduled(fields)
    automatic = scheduled or _is_answer(fields)
    bulk = not scheduled and _is_bulk(fields, sender, automatic=automatic, through=through)
    return Nature(through, bulk, automatic)


def _round(fields: Fields, to: tuple[Mailbox, ...]) -> RoundMail | None:
    address = _post(fields)
    if "list-id" not in fields and address is None:
        address = _kept_by(fields, to)
        return RoundMail(address, "", "") if address else None
    text = decoded(fields.first("list-id"))
    found = _LIST_ID.search(text)
    ident = (found.group(1) if found else text.strip()).casefold()
    name = text[: found.start()].strip(' "') if found else ""
    address = address or next((box for box in to if _is_of(box.address, ident)), None)
    return RoundMail(address, ident, name) if address or ident else None


def _kept_by(fields: Fields, to: tuple[Mailbox, ...]) -> Mailbox | None:
    """Return the addressed list where only the keeper of it tells, as old list servers do."""
    if fields.first("precedence").casefold() not in ("list", "bulk"):
        return None
    keepers = [box.address for box in mailboxes(fields.first("sender"))]
    lists = {_KEEPER.sub("", keeper) for keeper in keepers if _KEEPER.search(keeper)}
    return next((box for box in to if box.address in lists), None)


def _post(fields: Fields) -> Mailbox | None:
    for text in re.findall(r"(?i)mailto:([^<>?\s]+)", fields.first("list-post")):
        for box in mailboxes(text):
            return box
    return None


def _is_of(address: str, ident: str) -> bool:
    return address.replace("@", ".") == ident


def _is_scheduled(fields: Fields) -> bool:
    return (
        _METHOD.search(fields.first("content-type")) is not None
        or "calendarmessage" in fields.first("content-class").casefold()
        or any(box.address in _SCHEDULERS for box in mailboxes(fields.first("sender")))
    )


def _is_answer(fields: Fields) -> bool:
    precedence = fields.first("precedence").casefold()
    return (
        fields.first("auto-submitted").casefold().startswith("auto-replied")
        or "x-autoreply" in fields
        or "x-autorespond" in fields
        or precedence.startswith("auto_reply")
        or "x-auto-response-suppress" in fields
    )


def _is_bulk(
    fields: Fields, sender: Mailbox | None, *, automatic: bool, through: RoundMail | None
) -> bool:
    if sender is not None and _is_robot(sender.address):
        return True
    generated = _is_generated(fields)
    if automatic:
        answers = "in-reply-to" in fields or "references" in fields
        return generated and not answers
    if fields.first("return-path").replace(" ", "") == "<>" or generated:
        return True
    if through is not None and through.address is not None:
        return False
    many = fields.first("precedence").casefold() in ("bulk", "junk")
    return many or ("list-unsubscribe" in fields and ("feedback-id" in fields or bool(through)))


def _is_generated(fields: Fields) -> bool:
    said = fields.first("auto-submitted").casefold().partition(";")[0].strip()
    return said not in _NOTHING and not said.startswith("auto-replied")


def _is_robot(address: str) -> bool:
    domain = address.rpartition("@")[2]
    return mail_kind(address) == "robot" or domain in _NOTIFIERS
