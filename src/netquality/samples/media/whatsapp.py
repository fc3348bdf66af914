"""Chats as WhatsApp exports them: one file a chat, from Android or, zipped, from an iPhone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from netquality.samples.cast import OWNER
from netquality.samples.clock import dice
from netquality.samples.media.crowds import Group, group_rows
from netquality.samples.media.doings import HOME
from netquality.samples.media.lines import chatter
from netquality.samples.media.numbers import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.samples.media.keys import Person
    from netquality.samples.media.plan import Plan

__all__ = ["PUSHED", "Chat", "chat_name", "chats", "member_name"]

_SEALED = "Messages and calls are end-to-end encrypted. Only people in this chat can read them."
# Before a name that somebody gave themselves.
PUSHED = "~\u202f"
_MARK = "\u200e"
_OMITTED = {False: "<Media omitted>", True: f"{_MARK}image omitted"}
_GROUP_SHARES = (0.04, 0.06)


class Chat(NamedTuple):
    """A chat: its name, whether it comes from an iPhone, its text, and who speaks in it."""

    name: str
    apple: bool
    text: bytes
    authors: frozenset[str]


def chat_name(person: Person) -> str:
    """Return what WhatsApp calls somebody: as saved in the phone, else the number.

    Parameters
    ----------
    person
        Who is meant.
    """
    return person.card or spaced(person.phone, 0)


def member_name(person: Person) -> str:
    """Return what WhatsApp calls a member of a group: strangers may show a name of their own.

    Parameters
    ----------
    person
        Who is meant.
    """
    if person.card or person.style % 2:
        return chat_name(person)
    return f"{PUSHED}{person.full}"


def _stamp(at: int, apple: bool) -> str:
    when = dt.datetime.fromtimestamp(at, HOME)
    return f"[{when:%d/%m/%y, %H:%M:%S}] " if apple else f"{when:%d/%m/%Y, %H:%M} - "


def _said(rng: np.random.Generator, size: int, apple: bool) -> list[str]:
    """Write the texts; now and then there is a picture, a withdrawn text or a missed call."""
    texts, chance = chatter(rng, size), rng.random(size)
    for place in np.flatnonzero(chance < 0.05):
        texts[place] = _OMITTED[apple]
    for place in np.flatnonzero(chance > 0.995):
        texts[place] = f"{_MARK if apple else ''}This message was deleted."
    return texts


def _chat(rows: list[tuple[int, str]], texts: list[str], system: list[str], apple: bool) -> bytes:
    """Write a chat: the notice first, then who said what."""
    start = _stamp(rows[0][0], apple)
    title = rows[0][1]
    notices = [f"{start}{title}: {_MARK}{text}" if apple else f"{start}{text}" for text in system]
    lines = [f"{_stamp(at, apple)}{name}: {text}" for (at, name), text in
             zip(rows, texts, strict=True)]  # fmt: skip
    ends = "\r\n" if apple else "\n"
    text = "\n".join([*notices, *lines]) + "\n"
    return text.replace("\n", ends).encode()


def _pairs(plan: Plan) -> Iterator[Chat]:
    for who, rows in plan.of("whatsapp").groupby("who"):
        place = int(str(who))
        rng, person = dice(plan.seed, f"whatsapp {place}"), plan.who[place]
        name, apple = chat_name(person), place % 4 == 3
        said = [
            (int(at), name if theirs else OWNER.name)
            for at, theirs in zip(rows["at"], rows["theirs"], strict=True)
        ]
        text = _chat(said, _said(rng, len(said), apple), [_SEALED], apple)
        yield Chat(name, apple, text, frozenset(author for _, author in said))


def _group(plan: Plan, group: Group, share: float) -> Chat | None:
    size = plan.count(share, 4 * len(group.members))
    rows = plan.until(group_rows(group, size, plan.seed, "whatsapp"))
    if rows.empty:
        return None
    names = {place: member_name(plan.who[place]) for place in group.members} | {-1: OWNER.name}
    rng = dice(plan.seed, f"whatsapp {group.title}")
    said = [(int(at), names[who]) for at, who in zip(rows["at"], rows["who"], strict=True)]
    first = names[group.members[0]]
    system = [_SEALED, f'{first} created group "{group.title}"', f"{first} added you"]
    text = _chat(said, _said(rng, len(said), False), system, False)
    return Chat(group.title, False, text, frozenset(author for _, author in said))


def chats(plan: Plan) -> list[Chat]:
    """Return every chat, the groups last.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> found = chats(plan)
    >>> found[-1].name, len({chat.name for chat in found}) == len(found)
    ('Velvet Cross choir', True)
    """
    groups = zip(plan.crowds.whatsapp, _GROUP_SHARES, strict=True)
    more = [_group(plan, group, share) for group, share in groups]
    return [*_pairs(plan), *(chat for chat in more if chat is not None)]
