"""What is true of the everyday files: who is who by which key, how close, how often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from netquality.samples.cast import OWNER, OWNER_MAIL
from netquality.samples.media import android, bulk, calendar, slack, telegram
from netquality.samples.media.bonds import MEDIA, closeness
from netquality.samples.media.cards import shared_keys
from netquality.samples.media.doings import two_way_days
from netquality.samples.media.mail import DESK
from netquality.samples.media.numbers import OWNER_PHONE
from netquality.samples.media.plan import OWN_MAIL2, OWN_SLACK, OWN_TELEGRAM
from netquality.samples.media.whatsapp import PUSHED, chat_name, member_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from netquality.samples.media.keys import Person
    from netquality.samples.media.plan import Plan
    from netquality.samples.media.whatsapp import Chat

__all__ = ["Seen", "accounts", "figures", "seen_in"]

_MAIL = re.compile(rb"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.example")
_PHONE = re.compile(rb"\"(\+\d{8,15})\"|~(\+\d{8,15})|(\+\d{8,15})~")
# Medium: what (mail, phone or a name) each file bears literally.
Seen = dict[str, set[str]]


def seen_in(files: Mapping[str, Path], chats: list[Chat]) -> Seen:
    """Return the addresses and numbers that stand in each file, and the names in the chats.

    Parameters
    ----------
    files
        Where the files are, by medium.
    chats
        The chats of WhatsApp.
    """
    # Whoever never answered is known by the name of the chat.
    found: Seen = {"whatsapp": {name for chat in chats for name in (chat.name, *chat.authors)}}
    for medium in ("mail", "calendar", "contacts", "google"):
        found[medium] = {
            each.decode().lower() for each in _MAIL.findall(files[medium].read_bytes())
        }
    for medium in ("sms", "calls"):
        hits = _PHONE.findall(files[medium].read_bytes())
        found[medium] = {number.decode() for hit in hits for number in hit if number}
    return found


def _keys(person: Person) -> Iterator[tuple[str, str]]:
    yield "mail", person.mail
    yield "mail", person.mail2
    yield "phone", person.phone
    yield "platform", f"telegram:user{person.telegram}" if person.telegram else ""
    yield "platform", f"slack:{person.slack}" if person.slack else ""


def _media(person: Person, key: str, value: str, seen: Seen) -> list[str]:
    """Name the media in which a key of somebody occurs."""
    media = [name for name, held in seen.items() if name != "whatsapp" and value in held]
    if key == "phone":
        media += ["contacts"] * bool(person.card) + ["telegram"] * bool(person.telegram)
        media += ["whatsapp"] * (not person.card and chat_name(person) in seen["whatsapp"])
    if key == "platform":
        media.append(value.partition(":")[0])
    if value == person.mail and person.slack:
        media.append("slack")
    return media


def _of_people(plan: Plan, seen: Seen) -> Iterator[tuple[object, ...]]:
    for person in plan.who:
        for key, value in _keys(person):
            if value and (media := _media(person, key, value, seen)):
                yield person.person, key, value, "person", " ".join(media)
        if person.card and person.sort == "contact":
            yield person.person, "profile", person.person, "person", "contacts"
        name = member_name(person)
        # A number instead of a name is a key of its own.
        if name in seen["whatsapp"] and not name.startswith("+"):
            yield person.person, "name", name.removeprefix(PUSHED), "person", "whatsapp"


def _of_nobody(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind, key, value and medium of what is no person."""
    yield from (("robot", "mail", robot.mail, "mail") for robot in bulk.ROBOTS)
    yield from (("list", "mail", to.mail, "mail") for to in bulk.LISTS)
    yield from (("room", "mail", room.mail, "calendar") for room in calendar.ROOMS)
    yield from (("robot", "platform", f"sms:{name.casefold()}", "sms") for name in android.ROBOTS)
    yield "robot", "platform", f"telegram:user{telegram.BOT}", "telegram"
    yield "robot", "platform", f"slack:{slack.BOT}", "slack"
    yield "group", "platform", f"telegram:channel{telegram.GROUP}", "telegram"
    for place in range(len(plan.crowds.slack)):
        yield "group", "platform", f"slack:{slack.channel_id(place)}", "slack"
    for group in plan.crowds.whatsapp:
        yield "group", "name", group.title, "whatsapp"
    yield "shared", "mail", DESK, "mail contacts"
    for key, value in dict.fromkeys(key for keys in shared_keys(plan).values() for key in keys):
        yield "shared", key, value, "mail contacts" if key == "mail" else "contacts"


def _of_owner() -> Iterator[tuple[str, str, str]]:
    yield "mail", OWNER_MAIL, "mail calendar contacts slack"
    yield "mail", OWN_MAIL2, "mail contacts"
    yield "phone", OWNER_PHONE, "contacts sms telegram"
    yield "platform", f"telegram:user{OWN_TELEGRAM}", "telegram"
    yield "platform", f"slack:{OWN_SLACK}", "slack"
    yield "name", OWNER.name, "whatsapp"


def accounts(plan: Plan, seen: Seen) -> pd.DataFrame:
    """Say to whom each key belongs that occurs in the everyday files.

    Columns: `person` (slug, or an invented id; missing for what is no person or several people's),
    `key` (mail, phone, platform, profile, name), `value` in its final form, `kind` (person,
    owner, shared, robot, list, room, group), `media` (where it occurs).

    Parameters
    ----------
    plan
        What is true.
    seen
        From `seen_in`.
    """
    rows = list(_of_people(plan, seen))
    rows += [(OWNER.slug, key, value, "owner", media) for key, value, media in _of_owner()]
    rows += [(None, key, value, kind, media) for kind, key, value, media in _of_nobody(plan)]
    return pd.DataFrame(rows, columns=["person", "key", "value", "kind", "media"]).astype("str")


def figures(plan: Plan, day: int) -> pd.DataFrame:
    """Say how close everybody is, and on how many days they and the owner exchanged something.

    Index `person`; columns `name`, `sort`, `bond`, `phone`, `closeness`, and ``mail_days`` and so
    on for each medium.

    Parameters
    ----------
    plan
        What is true.
    day
        As of the end of this day.
    """
    people, counted = plan.people, two_way_days(plan.rows)
    counted = counted.reindex(index=people.index, columns=list(MEDIA), fill_value=0)
    near = closeness(plan.spells, len(people), day)
    told = {
        "person": people["person"].to_numpy(),
        "name": [person.full for person in plan.who],
        "sort": people["sort"].to_numpy(),
        "bond": people["role"].to_numpy(),
        "phone": people["phone"].where(people["phone"] != "").to_numpy(),
        "closeness": near,
    }
    days = {f"{medium}_days": counted[medium].to_numpy() for medium in MEDIA}
    return pd.DataFrame({**told, **days}).set_index("person")
