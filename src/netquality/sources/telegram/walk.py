"""What a result.json holds, in the order of the file: owner, contacts, chats, messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netquality.sources.telegram.pull import OPENING, built, members, record, skip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.sources.telegram.pull import Events

    Item = tuple[str, Any]

__all__ = ["walk"]

_HEADER = frozenset({"name", "type", "id"})
_MESSAGE = frozenset(
    {
        "id",
        "type",
        "date",
        "date_unixtime",
        "from",
        "from_id",
        "actor",
        "actor_id",
        "action",
        "text",
        "reply_to_message_id",
        "reply_to_peer_id",
        "forwarded_from",
        "media_type",
        "duration_seconds",
        "discard_reason",
        "members",
        "inviter",
        "reactions",
    }
)
_PERSON = frozenset(
    {"user_id", "first_name", "last_name", "phone_number", "username", "date", "date_unixtime"}
)


def walk(events: Events) -> Iterator[Item]:
    """Return the items of a file: a word that says what it is, and its value.

    The words are ``owner`` and ``contact`` (their fields), ``chat`` (its header, and whether the
    file is that one chat alone), ``message`` (its fields, or whatever stands there instead) and
    ``end`` (of a chat).

    Examples
    --------
    >>> import io
    >>> from netquality.sources.streams import Stream
    >>> from netquality.sources.telegram.pull import events_of
    >>> text = b'{"type": "personal_chat", "id": 5, "messages": [{"id": 1, "photo": "a.jpg"}]}'
    >>> for item in walk(events_of(Stream("result.json", io.BytesIO(text)))):
    ...     print(item)
    ('chat', {'type': 'personal_chat', 'id': 5, 'alone': True})
    ('message', {'id': 1})
    ('end', None)
    """
    event, _ = next(events, ("", None))
    if event == "start_map":
        yield from _object(events, _SECTIONS)
    elif event in OPENING:
        skip(events)


def _object(events: Events, sections: dict[str, Any]) -> Iterator[Item]:
    """Read the file's own object, or that of one chat in it: a single chat is a file of its own."""
    header: dict[str, Any] = {}
    early: list[Any] = []
    for key, event, value in members(events):
        if key in _HEADER:
            header[key] = built(events, event, value)
        elif key == "messages" and event == "start_array" and "type" in header:
            yield from _told({**header, "alone": bool(sections)}, _records(events))
        elif key == "messages" and event == "start_array":
            early += _records(events)
        elif key in sections and event == "start_map":
            yield from sections[key](events)
        elif event in OPENING:
            skip(events)
    if early:
        # Somebody sorted the keys: what kind of chat it is comes after its messages.
        yield from _told({**header, "alone": bool(sections)}, iter(early))


def _told(header: dict[str, Any], messages: Iterator[Any]) -> Iterator[Item]:
    yield "chat", header
    for message in messages:
        yield "message", message
    yield "end", None


def _records(events: Events) -> Iterator[Any]:
    for event, value in events:
        if event == "start_map":
            yield record(events, _MESSAGE)
        elif event == "end_array":
            return
        else:
            yield built(events, event, value)


def _owner(events: Events) -> Iterator[Item]:
    yield "owner", record(events, _PERSON)


def _list(events: Events) -> Iterator[str]:
    """Return the first event of each thing in the list of a section, to be read there."""
    for key, event, _ in members(events):
        if key == "list" and event == "start_array":
            for each, _ in events:
                if each == "end_array":
                    break
                yield each
        elif event in OPENING:
            skip(events)


def _chats(events: Events) -> Iterator[Item]:
    for event in _list(events):
        if event == "start_map":
            yield from _object(events, {})
        elif event in OPENING:
            skip(events)


def _contacts(events: Events) -> Iterator[Item]:
    for event in _list(events):
        if event == "start_map":
            yield "contact", record(events, _PERSON)
        elif event in OPENING:
            skip(events)


_SECTIONS = {
    "personal_information": _owner,
    "contacts": _contacts,
    "chats": _chats,
    "left_chats": _chats,
}
