"""The one fictional world of a seed, made before anybody asks in which layout."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.samples import acts
from netquality.samples.bodies import filled, intents, said, texts
from netquality.samples.bonds import connected_days, plant_asks, plant_pairs
from netquality.samples.cast import cast
from netquality.samples.clock import END_DAY, Ints, dice
from netquality.samples.crowd import (
    OWNER_ROW,
    Rows,
    Shares,
    campaigns,
    closed,
    drafts,
    groups,
    split,
)
from netquality.samples.habits import allot, habits
from netquality.samples.manner import expected_rows, kinds_of, mailed, manner_of, retold
from netquality.samples.phrases import ASK, INTENTS
from netquality.samples.rhythm import correspondence

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["World", "make_world"]


@dataclass(frozen=True, eq=False)
class World:
    """Everything that is true, before it is cut and laid out.

    Parameters
    ----------
    seed
        What it was made from.
    people
        The contacts; see `netquality.samples.cast.cast`, and `connected` (day).
    others
        People who are no contacts.
    ghosts
        Days of the connections that have no name.
    messages
        `thread`, `at`, `sender` (row of people, -1 owner, -2 hidden), `contact` (-1 in groups),
        `what` (direct, group, sponsored, closed, draft, bare draft), `subject`, `body`,
        `attached`.
    threads
        `id`, `title`, `folder`, `members`.
    acts
        What happened beside messages, by name.
    pairs, asks
        What is planted between contacts.
    """

    seed: int
    people: pd.DataFrame
    others: pd.DataFrame
    ghosts: Ints
    messages: pd.DataFrame
    threads: pd.DataFrame
    acts: Mapping[str, pd.DataFrame]
    pairs: pd.DataFrame
    asks: pd.DataFrame


def make_world(
    contacts: int, messages: int, seed: int, habit: str | None = None, telling: int = 0
) -> World:
    """Make a world; the same numbers always make the same one.

    Parameters
    ----------
    contacts
        Number of contacts, at least 60.
    messages
        Number of message rows of all sorts, at least four a contact.
    seed
        Any integer from 0.
    habit
        How the owner speaks to others (see `netquality.samples.manner`); then the number of
        messages is only about right, because habits are lived by chance.
    telling
        Which run of the same habits.

    Examples
    --------
    >>> world = make_world(60, 400, 7)
    >>> len(world.people), len(world.messages)
    (60, 400)
    """
    manner = None if habit is None else manner_of(habit)
    shares, kinds = split(contacts, messages), allot(contacts, seed, kinds_of(manner))
    people, pairs = plant_pairs(cast(kinds, seed), seed)
    people, asks = plant_asks(people, pairs, seed)
    budget = max(shares.direct - expected_rows(manner, contacts, seed), 4 * contacts)
    lived = habits(kinds, seed, budget)
    lived = lived if manner is None else retold(lived, seed, telling)
    direct = correspondence(lived, contacts, seed, budget, telling)
    people = people.assign(connected=connected_days(people, direct, seed))
    direct, more = _spoken(direct, people, asks, seed), None
    if manner is not None:
        copies, more = mailed(people, manner, seed, telling)
        direct = pd.concat([direct, copies], ignore_index=True)
        direct = direct.sort_values(["contact", "at"], kind="stable", ignore_index=True)
    rows, threads = _joined(direct, people, pairs, shares, seed, more)
    others = acts.strangers(contacts, seed)
    return World(
        seed=seed,
        people=people,
        others=others,
        ghosts=_ghosts(contacts, seed),
        messages=rows,
        threads=threads,
        acts=_acts(people, others, asks, seed),
        pairs=pairs,
        asks=asks,
    )


def _ghosts(contacts: int, seed: int) -> Ints:
    rng = dice(seed, "ghosts")
    return END_DAY - rng.integers(0, 4000, max(1, round(0.02 * contacts)))


def _acts(
    people: pd.DataFrame, others: pd.DataFrame, asks: pd.DataFrame, seed: int
) -> dict[str, pd.DataFrame]:
    return {
        "invitations": acts.invitations(people, others, seed),
        "endorsements": acts.endorsements(people, others, asks, seed),
        "recommendations": acts.recommendations(people, seed),
        "follows": acts.follows(people, others, seed),
        "address book": acts.address_book(people, others, seed),
        "notes": acts.notes(people, asks, seed),
        **acts.posts(len(people), seed),
    }


def _spoken(
    direct: pd.DataFrame, people: pd.DataFrame, asks: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Give the direct messages their texts; the planted asks are the askers' last words."""
    direct = direct.assign(intent=intents(direct, people["kind"], seed))
    bodies = np.array(texts(direct, people, seed), dtype=object)
    last = direct[direct["theirs"]].groupby("contact").tail(1)
    last_row = pd.Series(last.index, index=last["contact"])
    # Where habits are lived by chance, an asker may never have written.
    told = asks[asks["asker"].isin(last_row.index)]
    for asker, topic in zip(told["asker"], told["topic"], strict=True):
        row = last_row[asker]
        bodies[row] = filled(ASK["en"][0], "", topic, "")
        direct.loc[row, "intent"] = INTENTS.index("ask")
    return direct.assign(body=bodies)


def _direct(direct: pd.DataFrame, people: pd.DataFrame, seed: int) -> tuple[Rows, Ints]:
    """Put each correspondence into one thread; tell the contact of each thread."""
    rng = dice(seed, "threads")
    contact = direct["contact"].to_numpy()
    contacts, thread = np.unique(contact, return_inverse=True)
    kinds = people["kind"].to_numpy()[contacts]
    spam = (kinds == "broadcaster") & (rng.random(len(contacts)) < 0.1)
    archived = rng.random(len(contacts)) < 0.07
    folder = np.where(spam, "SPAM", np.where(archived, "ARCHIVE", "INBOX"))
    titled = rng.random(len(contacts)) < 0.08
    threads = pd.DataFrame({"title": np.where(titled, "A short question", ""), "folder": folder})
    threads["members"] = [(int(i),) for i in contacts]
    opening = np.r_[True, thread[1:] != thread[:-1]]
    sender = np.where(direct["theirs"].to_numpy(), contact, OWNER_ROW)
    rows = pd.DataFrame(
        {
            "thread": thread,
            "at": direct["at"],
            "sender": sender,
            "contact": contact,
            "subject": np.where(opening & titled[thread], "A short question", ""),
            "body": direct["body"],
        }
    )
    return Rows(rows, threads), contacts


def _joined(
    direct: pd.DataFrame,
    people: pd.DataFrame,
    pairs: pd.DataFrame,
    shares: Shares,
    seed: int,
    more: Rows | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the threads of all sorts below one another and number them through."""
    own, contacts = _direct(direct, people, seed)
    parts = {"direct": own, "group": groups(people, pairs, shares, seed)}
    if more is not None:
        parts["group"] = _both(parts["group"], more)
    parts |= {"sponsored": campaigns(shares, seed), "closed": closed(shares, seed)}
    rows, first = [], 0
    for what, part in parts.items():
        part_rows = part.messages.assign(what=what, thread=part.messages["thread"] + first)
        if what != "direct":
            bodies, subjects = said(len(part_rows), what, seed)
            part_rows = part_rows.assign(body=bodies, subject=subjects, contact=-1)
        rows.append(part_rows)
        first += len(part.threads)
    rows.append(_unsent(contacts, shares, seed))
    threads = pd.concat([part.threads for part in parts.values()], ignore_index=True)
    messages = _attached(pd.concat(rows, ignore_index=True), seed)
    return messages, threads.assign(id=_ids(len(threads), seed))


def _both(one: Rows, other: Rows) -> Rows:
    later = other.messages.assign(thread=other.messages["thread"] + len(one.threads))
    return Rows(
        pd.concat([one.messages, later], ignore_index=True),
        pd.concat([one.threads, other.threads], ignore_index=True),
    )


def _unsent(contacts: Ints, shares: Shares, seed: int) -> pd.DataFrame:
    rows = drafts(contacts, shares, seed)
    bodies, subjects = said(len(rows), "draft", seed)
    return pd.DataFrame(
        {
            "thread": np.searchsorted(contacts, rows["contact"]),
            "at": rows["at"],
            "sender": OWNER_ROW,
            "contact": rows["contact"],
            "what": np.where(rows["bare"], "bare draft", "draft"),
            "subject": subjects,
            "body": bodies,
        }
    )


def _attached(messages: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Attach files to most empty messages and to a few others."""
    chance = dice(seed, "attached").random(len(messages))
    personal = messages["what"].isin(["direct", "group"]).to_numpy()
    empty = (messages["body"] == "").to_numpy()
    return messages.assign(attached=personal & (chance < np.where(empty, 0.7, 0.01)))


def _ids(count: int, seed: int) -> list[str]:
    """Conversation ids as the platform writes them: 58 characters, base64 of a UUID."""
    rng = dice(seed, "ids")
    raw = rng.bytes(16 * count)
    ids = []
    for i in range(count):
        name = f"{uuid.UUID(bytes=raw[16 * i : 16 * i + 16], version=4)}_{i % 1000:03d}"
        ids.append(f"2-{base64.b64encode(name.encode()).decode()}")
    return ids
