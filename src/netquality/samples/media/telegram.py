"""Everything that Telegram Desktop exports: contacts, chats of two, a group, a bot, a channel."""

from __future__ import annotations

import datetime as dt
import json
from itertools import count
from typing import TYPE_CHECKING, Any

from netquality.samples.cast import OWNER
from netquality.samples.clock import DAY, END_DAY, dice
from netquality.samples.media.crowds import Group, group_rows
from netquality.samples.media.doings import HOME
from netquality.samples.media.lines import chatter
from netquality.samples.media.numbers import OWNER_PHONE, spaced
from netquality.samples.media.plan import OWN_TELEGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.samples.media.keys import Person
    from netquality.samples.media.plan import Plan

__all__ = ["BOT", "CHANNEL", "GROUP", "telegram_file"]

BOT, CHANNEL, GROUP = 4_100_000_001, 4_990_000_001, 4_990_000_002
_SIGN = "Fictional, made by netquality."
_FIRST = OWNER.name.split()


def _shown(person: Person) -> str:
    """Return the name in a chat: as saved, or as its bearer likes to be called."""
    handle = person.style == 4 and person.handle[:1].isalpha()
    return person.handle if handle else person.card or person.full


def _said(text: str, place: int) -> str | list[Any]:
    """Write a text as it is, or in parts when something in it is marked."""
    if place % 15:
        return text
    return [f"{text} ", {"type": "bold", "text": "really"}, "!"]


def _dated(number: int, at: int) -> dict[str, Any]:
    local = dt.datetime.fromtimestamp(at, HOME)
    return {"id": number, "date": f"{local:%Y-%m-%dT%H:%M:%S}", "date_unixtime": str(at)}


def _message(number: int, at: int, name: str, ident: str, text: str | list[Any]) -> dict[str, Any]:
    return {
        **_dated(number, at),
        "type": "message",
        "from": name,
        "from_id": ident,
        "text": text,
        "text_entities": [],
    }


def _chat(name: str, sort: str, ident: int, messages: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "type": sort, "id": ident, "messages": messages}


def _pairs(plan: Plan, numbers: Iterator[int]) -> Iterator[dict[str, Any]]:
    for who, rows in plan.of("telegram").groupby("who"):
        person = plan.who[int(str(who))]
        texts = chatter(dice(plan.seed, f"telegram {who}"), len(rows))
        them = (_shown(person), f"user{person.telegram}")
        me = (OWNER.name, f"user{OWN_TELEGRAM}")
        messages = [
            _message(next(numbers), int(at), *(them if theirs else me), _said(text, place))
            for place, (at, theirs, text) in enumerate(
                zip(rows["at"], rows["theirs"], texts, strict=True)
            )
        ]
        if len(messages) > 4:
            messages.append(_rang(next(numbers), int(rows["at"].iloc[-1]) + 30, *them))
        yield _chat(them[0], "personal_chat", person.telegram, messages)


def _rang(number: int, at: int, name: str, ident: str) -> dict[str, Any]:
    call = {"type": "service", "actor": name, "actor_id": ident, "action": "phone_call"}
    return {**_dated(number, at), **call, "discard_reason": "missed", "text": ""}


def _group(plan: Plan, group: Group, numbers: Iterator[int]) -> dict[str, Any]:
    rows = plan.until(group_rows(group, plan.count(0.03, 30), plan.seed, "telegram"))
    texts = chatter(dice(plan.seed, "telegram group"), len(rows))
    called = {place: plan.who[place] for place in group.members}
    names = {place: (_shown(person), f"user{person.telegram}") for place, person in called.items()}
    names[-1] = (OWNER.name, f"user{OWN_TELEGRAM}")
    messages: list[dict[str, Any]] = []
    for place, (at, who) in enumerate(zip(rows["at"], rows["who"], strict=True)):
        message = _message(next(numbers), int(at), *names[who], _said(texts[place], place))
        if place % 6 == 5:
            message["reply_to_message_id"] = messages[-1]["id"]
        messages.append(message)
    if messages:
        actor, ident = names[group.members[0]]
        made: dict[str, Any] = {
            "type": "service",
            "actor": actor,
            "actor_id": ident,
            "title": group.title,
        }
        made |= {"action": "create_group", "members": [OWNER.name], "text": ""}
        messages.insert(0, {**_dated(next(numbers), int(rows["at"].iloc[0]) - 60), **made})
    return _chat(group.title, "private_supergroup", GROUP, messages)


def _noise(plan: Plan, numbers: Iterator[int]) -> Iterator[dict[str, Any]]:
    """Write a bot, a channel, and notes of the owner to herself."""
    rng = dice(plan.seed, "telegram noise")
    me = (OWNER.name, f"user{OWN_TELEGRAM}")
    sorts = (
        ("Kettle bot", "bot_chat", BOT, f"user{BOT}", 0.005),
        ("Lantern news", "public_channel", CHANNEL, f"channel{CHANNEL}", 0.01),
        ("", "saved_messages", OWN_TELEGRAM, me[1], 0.003),
    )
    for name, sort, ident, author, share in sorts:
        days = sorted(END_DAY - int(ago) for ago in rng.integers(0, 300, plan.count(share, 3)))
        moments = [day * DAY + 43_200 for day in days if day * DAY + 43_200 < plan.moment]
        said = [
            _message(next(numbers), at, name or OWNER.name, author, "The kettle is on.")
            for at in moments
        ]
        yield _chat(name, sort, ident, said)


def _contacts(plan: Plan) -> list[dict[str, Any]]:
    found = []
    for person in plan.who:
        if person.telegram:
            first, _, last = (person.card or person.full).partition(" ")
            found.append(
                {
                    "user_id": person.telegram,
                    "first_name": first,
                    "last_name": last,
                    "phone_number": spaced(person.phone, 0),
                    "date": "2024-01-01T12:00:00",
                    "date_unixtime": "1704106800",
                }
            )
    return found


def telegram_file(plan: Plan) -> list[bytes]:
    """Write ``result.json`` of a full export.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> list(json.loads(b"".join(telegram_file(plan))))[1:4]
    ['personal_information', 'contacts', 'chats']
    """
    numbers = count(1)
    chats = [*_pairs(plan, numbers), _group(plan, plan.crowds.telegram[0], numbers)]
    chats += _noise(plan, numbers)
    own = {"user_id": OWN_TELEGRAM, "first_name": _FIRST[0], "last_name": _FIRST[1]}
    own |= {"phone_number": spaced(OWNER_PHONE, 0), "username": "@inky_juniper", "bio": _SIGN}
    whole: dict[str, Any] = {
        "about": "Here is the data you requested.",
        "personal_information": own,
        "contacts": {"about": "", "list": _contacts(plan)},
        "chats": {"about": "", "list": chats},
    }
    return [json.dumps(whole, ensure_ascii=False, indent=1).encode()]
