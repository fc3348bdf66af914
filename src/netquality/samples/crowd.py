"""Rows that are no correspondence of two: group threads, campaigns, closed accounts, drafts."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from netquality.samples.clock import DAY, END_DAY, Ints, dice, on_workdays, within_day
from netquality.samples.phrases import GROUP_TITLES

__all__ = [
    "HIDDEN",
    "OWNER_ROW",
    "Rows",
    "Shares",
    "campaigns",
    "closed",
    "drafts",
    "groups",
    "split",
]

# Senders that are no row of the people.
OWNER_ROW, HIDDEN = -1, -2


class Shares(NamedTuple):
    """How many message rows of each sort there are; they sum to the wanted number."""

    direct: int
    group: int
    sponsored: int
    closed: int
    draft: int
    threads: int


class Rows(NamedTuple):
    """Messages (`thread`, `at`, `sender`) and their threads (`title`, `folder`, `members`)."""

    messages: pd.DataFrame
    threads: pd.DataFrame


def split(contacts: int, messages: int) -> Shares:
    """Divide the message rows among the sorts, as measured in real inboxes.

    Examples
    --------
    >>> split(2000, 20_000)
    Shares(direct=16500, group=1200, sponsored=2000, closed=200, draft=100, threads=90)
    """
    threads = max(14, round(0.045 * contacts))
    group = max(3 * threads, round(0.06 * messages))
    sponsored, hidden, unsent = (round(share * messages) for share in (0.1, 0.01, 0.005))
    direct = messages - group - sponsored - hidden - unsent
    return Shares(direct, group, sponsored, hidden, unsent, threads)


def _members(rng: np.random.Generator, people: pd.DataFrame, count: int) -> list[tuple[int, ...]]:
    """Draw the contacts of ordinary groups: two to five, mostly people who are in touch."""
    weights = {"friend": 8.0, "steady": 4.0, "fading": 3.0, "project": 3.0, "silent": 1.0}
    weight = people["kind"].map(weights).fillna(0.0).to_numpy(np.float64).copy()
    weight[people["connected"].to_numpy() > END_DAY - 60] = 0.0
    sizes = rng.integers(2, 5, count, endpoint=True)
    share = weight / weight.sum()
    return [
        tuple(int(i) for i in rng.choice(len(people), size, replace=False, p=share))
        for size in sizes
    ]


def _starts(
    rng: np.random.Generator, people: pd.DataFrame, members: list[tuple[int, ...]], planted: int
) -> Ints:
    """Begin each thread after its members connected; planted ones in the last 18 months."""
    connected = people["connected"].to_numpy(np.int64)
    met = np.array([max(connected[i] for i in each) for each in members])
    met[:planted] = np.maximum(met[:planted], END_DAY - 540)
    room = np.maximum(END_DAY - 45 - met, 1)
    starts: Ints = met + np.floor(rng.random(len(met)) * room).astype(np.int64)
    return np.minimum(starts, END_DAY - 40)


def groups(people: pd.DataFrame, pairs: pd.DataFrame, shares: Shares, seed: int) -> Rows:
    """Make group threads of three to six people, the planted pairs' threads first.

    Parameters
    ----------
    people
        With `kind` and `connected`.
    pairs
        From `netquality.samples.bonds.plant_pairs`.
    shares
        From `split`.
    seed
        The seed of the world.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> world = make_world(60, 400, 7)
    >>> made = groups(world.people, world.pairs, split(60, 400), 7)
    >>> len(made.threads), sorted({len(members) for members in made.threads["members"]})[0]
    (14, 2)
    """
    rng = dice(seed, "groups")
    planted = [
        (int(a), int(b)) for a, b, n in pairs[["a", "b", "threads"]].to_numpy() for _ in range(n)
    ]
    members = [*planted, *_members(rng, people, shares.threads - len(planted))]
    starts = _starts(rng, people, members, len(planted))
    spare = shares.group - 3 * len(members)
    counts = 3 + rng.multinomial(spare, np.full(len(members), 1 / len(members)))
    thread = np.repeat(np.arange(len(members)), counts)
    days = starts[thread] + np.floor(rng.random(len(thread)) ** 2 * 38).astype(np.int64)
    at = on_workdays(rng, days) * DAY + within_day(rng, len(thread))
    # Everybody writes at least once in a thread of the planted pairs: three rows, three people.
    turn = np.arange(len(thread)) - np.repeat(np.cumsum(counts) - counts, counts)
    turn = np.where(turn < 3, turn, rng.integers(0, 6, len(thread)))
    sender = [
        (*members[t], OWNER_ROW)[n % (len(members[t]) + 1)]
        for t, n in zip(thread, turn, strict=True)
    ]
    titled = rng.random(len(members)) < 0.5
    titles = [
        GROUP_TITLES[i % len(GROUP_TITLES)] if named else "" for i, named in enumerate(titled)
    ]
    threads = pd.DataFrame({"title": titles, "folder": "INBOX", "members": pd.Series(members)})
    return Rows(pd.DataFrame({"thread": thread, "at": at, "sender": sender}), threads)


def _nobody(size: int) -> list[Any]:
    return [()] * size


def _scattered(rng: np.random.Generator, size: int, years: float) -> Ints:
    days = END_DAY - np.floor(rng.random(size) ** 1.5 * 365 * years).astype(np.int64)
    return on_workdays(rng, days) * DAY + within_day(rng, size)


def campaigns(shares: Shares, seed: int) -> Rows:
    """Make sponsored rows: they look like people, and are none.

    Examples
    --------
    >>> len(campaigns(split(2000, 20_000), 7).messages)
    2000
    """
    rng, size = dice(seed, "campaigns"), shares.sponsored
    at = _scattered(rng, size, 6.0)
    messages = pd.DataFrame({"thread": np.arange(size), "at": at, "sender": HIDDEN})
    threads = pd.DataFrame({"title": ["Sponsored Conversation"] * size, "folder": "ARCHIVE"})
    return Rows(messages, threads.assign(members=_nobody(size)))


def closed(shares: Shares, seed: int) -> Rows:
    """Make rows of accounts that no longer exist; each thread was one person.

    Examples
    --------
    >>> rows = closed(split(2000, 20_000), 7)
    >>> len(rows.messages), bool((rows.messages["sender"] == HIDDEN).all())
    (200, True)
    """
    rng, size = dice(seed, "closed"), shares.closed
    count = max(1, size // 3)
    thread = np.sort(rng.integers(0, count, size))
    messages = pd.DataFrame({"thread": thread, "at": _scattered(rng, size, 9.0), "sender": HIDDEN})
    threads = pd.DataFrame({"title": [""] * count, "folder": "INBOX"})
    return Rows(messages, threads.assign(members=_nobody(count)))


def drafts(contacts: Ints, shares: Shares, seed: int) -> pd.DataFrame:
    """Make texts that the owner never sent: `contact`, `at`, `bare` (no recipient, no thread).

    Examples
    --------
    >>> len(drafts(np.arange(50), split(2000, 20_000), 7))
    100
    """
    rng, size = dice(seed, "drafts"), shares.draft
    columns = {
        "contact": rng.choice(contacts, size),
        "at": _scattered(rng, size, 3.0),
        "bare": rng.random(size) < 0.6,
    }
    return pd.DataFrame(columns)
