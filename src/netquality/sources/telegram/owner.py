"""Whose export it is, looked up before it is read: later ids and members depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netquality.sources.addresses import folded_name
from netquality.sources.telegram.fields import number_of, peer_of, unshifted
from netquality.sources.telegram.kinds import GROUPS
from netquality.sources.telegram.pull import Broken, events_of
from netquality.sources.telegram.walk import walk

if TYPE_CHECKING:
    from netquality.sources.streams import Stream

__all__ = ["Owner", "owner_of"]


@dataclass
class Owner:
    """What a file says of its owner.

    Parameters
    ----------
    ident
        Telegram id, None where nothing tells.
    fields
        What the file states, None where the owner was found among those who wrote.
    shifted
        Whether it is an old export, whose ids are bare numbers.
    personal
        Whether the first chat is one of two people.
    partner
        Whose chat it is, in the export of one chat.
    """

    ident: str | None = None
    fields: dict[str, Any] | None = None
    shifted: bool | None = None
    personal: bool = False
    partner: str = ""


def owner_of(stream: Stream, mine: frozenset[str]) -> Owner:
    """Read as much of a file as tells whose it is; usually the very beginning.

    Parameters
    ----------
    mine
        What the user goes by, folded: an id or a name finds the owner of a group's export.

    Examples
    --------
    >>> import io
    >>> from netquality.sources.streams import Stream
    >>> text = b'{"personal_information": {"user_id": 7}, "chats": {"list": []}}'
    >>> owner_of(Stream("result.json", io.BytesIO(text)), frozenset()).ident
    'user7'
    """
    found, chat = Owner(), dict[str, Any]()
    try:
        for word, value in walk(events_of(stream)):
            if word == "owner":
                found.fields, found.ident = value, peer_of(value.get("user_id"))
            elif word == "chat":
                chat = value
                _begin(found, chat)
            elif word == "message" and isinstance(value, dict):
                _look(found, value, chat, mine)
            if _done(found, chat, mine):
                break
    except Broken:
        pass  # what is wrong with the file is said when it is read
    return found


def _begin(found: Owner, chat: dict[str, Any]) -> None:
    found.personal |= chat.get("type") == "personal_chat"
    if chat["alone"] and isinstance(chat.get("name"), str):
        found.partner = folded_name(chat["name"])


def _done(found: Owner, chat: dict[str, Any], mine: frozenset[str]) -> bool:
    if found.shifted is None:
        return False
    kind = chat.get("type")
    hopeless = chat.get("alone") is True and isinstance(kind, str) and kind in GROUPS and not mine
    return found.ident is not None or hopeless


def _look(
    found: Owner, message: dict[str, Any], chat: dict[str, Any], mine: frozenset[str]
) -> None:
    stated = message.get("from_id", message.get("actor_id"))
    who = peer_of(stated)
    if who is None:
        return
    if found.shifted is None:
        found.shifted = not isinstance(stated, str)
    if (
        found.ident is None
        and who.startswith("user")
        and _is_owner(found, who, message, chat, mine)
    ):
        found.ident = who


def _is_owner(
    found: Owner, who: str, message: dict[str, Any], chat: dict[str, Any], mine: frozenset[str]
) -> bool:
    name = message.get("from", message.get("actor"))
    called = {who, folded_name(name) if isinstance(name, str) else ""}
    if mine & called:
        return True
    number = number_of(chat.get("id"))
    if chat.get("type") != "personal_chat" or number is None:
        return False
    return who != f"user{unshifted(number) if found.shifted else number}"
