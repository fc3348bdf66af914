"""Which chats of a Telegram export are between people, and which reader each has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netquality.sources.telegram.chats import Group, Personal
from netquality.sources.telegram.fields import number_of, unshifted

if TYPE_CHECKING:
    from netquality.sources.telegram.chats import Chat
    from netquality.sources.telegram.desk import Desk

__all__ = ["GROUPS", "REFUSED", "Unread", "chat_of"]

GROUPS = frozenset({"private_group", "private_supergroup", "public_supergroup"})
REFUSED = {
    "bot_chat": "bot",
    "saved_messages": "saved messages",
    "replies": "replies to channels, gathered by Telegram",
    "verification_codes": "verification codes",
    "private_channel": "channel",
    "public_channel": "channel",
}


class Unread:
    """A chat that is not between people: its messages are counted and refused."""

    def __init__(self, desk: Desk, reason: str) -> None:
        self._desk, self._reason = desk, reason

    def take(self, message: Any, row: int) -> None:  # noqa: ARG002
        """Refuse a message, whatever it says."""
        self._desk.refuse(row, "chat", self._reason)

    def end(self) -> None:
        """Do nothing."""


def chat_of(desk: Desk, header: dict[str, Any]) -> Chat | Unread:
    """Return the reader for a chat, by what its header says.

    Parameters
    ----------
    header
        ``type``, ``id`` and ``name`` as in the file.

    Examples
    --------
    >>> from netquality.sources.diary import Diary
    >>> from netquality.sources.ledger import Ledger
    >>> from netquality.sources.parties import Parties
    >>> from netquality.sources.telegram.desk import Desk
    >>> from netquality.sources.telegram.folk import Folk
    >>> people = Parties()
    >>> desk = Desk(Ledger("a", "a", "telegram/result"), Folk(people), Diary(people))
    >>> type(chat_of(desk, {"type": "private_group", "id": 9})).__name__
    'Group'
    >>> type(chat_of(desk, {"type": "public_channel", "id": 9})).__name__
    'Unread'
    """
    kind, number, name = header.get("type"), number_of(header.get("id")), header.get("name")
    if not isinstance(kind, str):
        kind = ""
    if number is not None and desk.shifted:
        number = unshifted(number)
    if kind in REFUSED:
        if kind == "bot_chat" and number is not None:
            desk.folk.bot(f"user{number}")
        return Unread(desk, REFUSED[kind])
    if number is None or number < 0:
        return Unread(desk, "a chat without an id")
    if kind in GROUPS:
        return Group(desk, f"{'chat' if kind == 'private_group' else 'channel'}{number}", name)
    if kind != "personal_chat":
        return Unread(desk, "a chat of an unknown kind")
    if f"user{number}" == desk.owner_id:
        return Unread(desk, REFUSED["saved_messages"])
    desk.calls = True
    return Personal(desk, f"user{number}", name)
