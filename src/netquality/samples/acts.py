"""What happens beside messages: invitations, endorsements, posts, follows, private notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.samples.bodies import filled
from netquality.samples.clock import DAY, END_DAY, Ints, dice, on_workdays, within_day
from netquality.samples.names import plain, plain_names, slugs
from netquality.samples.phrases import COMMENTS, INVITES, MARKER, NOTES, PRAISE, SHARES
from netquality.samples.words import OPTIONS, SKILLS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "address_book",
    "endorsements",
    "follows",
    "invitations",
    "notes",
    "posts",
    "recommendations",
    "strangers",
]

_REACTIONS = ("LIKE", "PRAISE", "EMPATHY", "ENTERTAINMENT", "APPRECIATION", "INTEREST")
_LIKES = (0.93, 0.02, 0.02, 0.01, 0.01, 0.01)


def _times(rng: np.random.Generator, days: Ints) -> Ints:
    return on_workdays(rng, days) * DAY + within_day(rng, len(days))


def _years(rng: np.random.Generator, size: int, years: float) -> Ints:
    return _times(rng, END_DAY - np.floor(rng.random(size) * 365 * years).astype(np.int64))


def _of(rng: np.random.Generator, phrases: Sequence[str], size: int) -> list[str]:
    picks = rng.integers(0, len(phrases), size), rng.integers(0, len(TOPICS), size)
    return [filled(phrases[a], "there", TOPICS[b], "") for a, b in zip(*picks, strict=True)]


def strangers(contacts: int, seed: int) -> pd.DataFrame:
    """Invent people who are no contacts: `first`, `last`, `slug`, `mail`; no name is a contact's.

    Examples
    --------
    >>> strangers(2000, 7).shape
    (40, 4)
    """
    rng = dice(seed, "strangers")
    names = plain_names(rng, max(6, contacts // 50))
    names[:, 1] = "van " + names[:, 1]
    made = [slug.replace(" ", "-") for slug in slugs(rng, names)]
    mails = [f"{plain(slug)}@post.example" for slug in made]
    columns = {"first": names[:, 0], "last": names[:, 1], "slug": made, "mail": mails}
    return pd.DataFrame(columns)


def invitations(people: pd.DataFrame, others: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Invite every contact some days before the connection; invite strangers in vain.

    Columns: `who` (row of people, then of strangers), `at`, `theirs`, `text`.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> world = make_world(60, 400, 7)
    >>> len(invitations(world.people, world.others, 7)) == len(world.people) + len(world.others)
    True
    """
    rng, size = dice(seed, "invitations"), len(people) + len(others)
    waited = np.floor(rng.exponential(4.0, len(people))).astype(np.int64)
    accepted = people["connected"].to_numpy(np.int64) - waited
    days = np.concatenate([accepted, END_DAY - rng.integers(0, 300, len(others))])
    spoken = rng.random(size) < 0.06
    lines = _of(rng, (*INVITES, f"{INVITES[0]} {MARKER}"), size)
    text = [line if said else "" for line, said in zip(lines, spoken, strict=True)]
    columns = {
        "who": np.arange(size),
        "at": days * DAY + within_day(rng, size),
        "theirs": rng.random(size) < 0.6,
        "text": text,
    }
    return pd.DataFrame(columns).iloc[rng.permutation(size)].reset_index(drop=True)


def endorsements(
    people: pd.DataFrame, others: pd.DataFrame, asks: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Endorse, one to six skills in a minute: `who`, `at`, `skill`, `theirs`, `status`.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> world = make_world(60, 400, 7)
    >>> rows = endorsements(world.people, world.others, world.asks, 7)
    >>> int(rows.groupby(["who", rows["at"] // 60]).size().max()) <= 6
    True
    """
    rng = dice(seed, "endorsements")
    rows = pd.concat([_endorsed(rng, people, others), _offered(rng, asks)], ignore_index=True)
    hidden = rows["theirs"].to_numpy() & (rng.random(len(rows)) < 0.04)
    status = np.where(hidden, "HIDDEN", "ACCEPTED").astype(object)
    status[0] = "PENDING"
    return rows.assign(status=status)


def _endorsed(rng: np.random.Generator, people: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Draw acts of contacts and of three strangers; an act is several skills in one minute."""
    near = {"friend": 0.6, "steady": 0.25, "fading": 0.25, "dormant": 0.4, "silent": 0.04}
    chance = people["kind"].map(near).fillna(0.02).to_numpy(np.float64)
    known = np.flatnonzero(rng.random(len(people)) < chance)
    who = np.concatenate([known, np.arange(3) + len(people)])
    theirs = (rng.random(len(who)) < 0.5) | (who >= len(people))
    since = np.append(people["connected"].to_numpy(np.int64), [END_DAY - 900] * len(others))[who]
    days = since + np.floor(rng.random(len(who)) * (END_DAY - since)).astype(np.int64)
    at, counts = _times(rng, days), rng.integers(1, 6, len(who), endpoint=True)
    act = np.repeat(np.arange(len(who)), counts)
    place = np.arange(len(act)) - np.repeat(np.cumsum(counts) - counts, counts)
    skill = (rng.integers(0, len(SKILLS), len(who))[act] + place) % len(SKILLS)
    columns = {
        "who": who[act],
        "at": (at[act] // 60) * 60 + place * 3,
        "skill": [SKILLS[i] for i in skill],
        "theirs": theirs[act],
    }
    return pd.DataFrame(columns)


def _offered(rng: np.random.Generator, asks: pd.DataFrame) -> pd.DataFrame:
    """Endorse each helper for what the planted ask is about."""
    skill = asks["topic"].str.title()
    at = _years(rng, len(asks), 0.8)
    return pd.DataFrame({"who": asks["helper"], "at": at, "skill": skill, "theirs": False})


def recommendations(people: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Recommend people who are or were close: `who`, `at`, `theirs`, `text`.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> world = make_world(60, 400, 7)
    >>> recommendations(world.people, 7)["theirs"].tolist()
    [True, False, True, False]
    """
    rng = dice(seed, "recommendations")
    close = people.index[people["kind"].isin(["friend", "dormant", "fading"])].to_numpy()
    size = min(len(close), max(4, round(0.007 * len(people))))
    who = rng.permutation(close)[:size]
    since = people["connected"].to_numpy(np.int64)[who]
    days = since + np.floor(rng.random(size) * (END_DAY - since)).astype(np.int64)
    text = _of(rng, (*PRAISE, f"{PRAISE[0]} {MARKER}"), size)
    columns = {
        "who": who,
        "at": _times(rng, days),
        "theirs": np.arange(size) % 2 == 0,
        "text": text,
    }
    return pd.DataFrame(columns)


def posts(contacts: int, seed: int) -> dict[str, pd.DataFrame]:
    """Write the owner's public traces: `shares`, `comments`, `reactions`, `votes`.

    Each has `at`, `text` and `urn` (the number of a post; whose it is, is never told).

    Examples
    --------
    >>> sorted(posts(2000, 7))
    ['comments', 'reactions', 'shares', 'votes']
    """
    rng, made = dice(seed, "posts"), {}
    sizes = {"shares": 0.03, "comments": 0.06, "reactions": 0.2, "votes": 0.006}
    for name, share in sizes.items():
        size = max(5, round(share * contacts))
        at = _years(rng, size, 7.0)
        urn = ((at * 1000) << 22) + rng.integers(0, 1 << 22, size)
        rows = pd.DataFrame({"at": at, "urn": urn, "text": _words(rng, name, size)})
        made[name] = rows.sort_values("at", ascending=False, kind="stable", ignore_index=True)
    return made


def _words(rng: np.random.Generator, name: str, size: int) -> list[str]:
    if name == "reactions":
        return [str(word) for word in rng.choice(_REACTIONS, size, p=_LIKES)]
    if name == "votes":
        return _of(rng, OPTIONS, size)
    phrases = SHARES if name == "shares" else COMMENTS
    words = _of(rng, phrases, size)
    words[: len(phrases) + 1] = [*_filled(phrases), f"Lovely. {MARKER}"][:size]
    return words


def _filled(phrases: Sequence[str]) -> list[str]:
    return [filled(phrase, "there", TOPICS[0], "") for phrase in phrases]


def follows(people: pd.DataFrame, others: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Follow some members: `who`, `at`, `status`.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> world = make_world(60, 400, 7)
    >>> set(follows(world.people, world.others, 7)["status"]) <= {"Active", "Unfollow"}
    True
    """
    rng, size = dice(seed, "follows"), max(6, len(people) // 50)
    who = rng.permutation(len(people) + len(others))[:size]
    status = np.where(rng.random(size) < 0.9, "Active", "Unfollow")
    return pd.DataFrame({"who": who, "at": _years(rng, size, 6.0), "status": status})


def address_book(people: pd.DataFrame, others: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Upload an address book: half contacts with their mail, half strangers: `who`, `at`.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> world = make_world(60, 400, 7)
    >>> address_book(world.people, world.others, 7)["at"].nunique()
    1
    """
    rng, size = dice(seed, "address book"), max(4, len(people) // 60)
    known = rng.permutation(len(people))[:size]
    unknown = len(people) + rng.permutation(len(others))[:size]
    at = np.full(len(known) + len(unknown), int(_years(rng, 1, 4.0)[0]))
    return pd.DataFrame({"who": np.concatenate([known, unknown]), "at": at})


def notes(people: pd.DataFrame, asks: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Note who asks for what and who offers it, and a few other things: `who`, `at`, `text`.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> world = make_world(60, 400, 7)
    >>> notes(world.people, world.asks, 7)["text"].iloc[0]
    'Ask: carbon accounting'
    """
    rng = dice(seed, "notes")
    close = people.index[people["kind"].isin(["friend", "steady"])].to_numpy()
    free = np.setdiff1d(close, asks[["asker", "helper"]].to_numpy().ravel())
    count = min(len(free), max(4, len(people) // 150))
    who = [*asks["asker"], *asks["helper"], *rng.permutation(free)[:count]]
    text = [f"Ask: {topic}" for topic in asks["topic"]]
    text += [f"Offers: {topic}" for topic in asks["topic"]]
    text += [f"{line} {MARKER}" for line in _of(rng, NOTES, count)]
    return pd.DataFrame({"who": who, "at": _years(rng, len(who), 0.5), "text": text})
