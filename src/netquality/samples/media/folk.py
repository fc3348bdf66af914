"""Everybody in the owner's everyday life: contacts, others, colleagues, people of lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from netquality.samples.clock import dice
from netquality.samples.names import plain, plain_names
from netquality.samples.words import STICKERS

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FIRM_HOST", "POSTERS", "PUSHED", "STAFF", "folk", "others"]

# Colleagues who are met in crowds only, writers to lists, and strangers in a large chat.
STAFF, POSTERS, PUSHED = 40, 14, 9
FIRM_HOST = "thistledown.example"
_BRACKETS = re.compile(r"\s*\([^)]*\)|[<>=\"\u202e]")


def others(contacts: int) -> int:
    """Return how many people there are who are close or not, and no contacts on LinkedIn.

    Examples
    --------
    >>> others(60), others(2000)
    (14, 250)
    """
    return max(14, contacts // 8)


def _clean(first: str, last: str) -> tuple[str, str]:
    """Return a name as somebody else would save it: without degrees, brackets and stickers."""
    first = "".join(letter for letter in first if letter not in STICKERS)
    first = _BRACKETS.sub("", first.replace("  Q.", "")).strip()
    return first, _BRACKETS.sub("", last.partition(",")[0]).strip()


def _strangers(rng: np.random.Generator, taken: set[str], size: int) -> list[tuple[str, str]]:
    """Draw names that nobody else bears."""
    found: list[tuple[str, str]] = []
    while len(found) < size:
        for first, last in plain_names(rng, min(4000, 2 * size + 50)):
            if f"{first} {last}" not in taken and len(found) < size:
                taken.add(f"{first} {last}")
                found.append((str(first), str(last)))
    return found


def _local(first: str, last: str, place: int) -> str:
    name = re.sub(r"[^a-z.-]", "", plain(f"{first}.{last}").lower()).strip(".")
    return f"{name or 'pen'}.{place}"


def _beyond(rng: np.random.Generator, taken: set[str], size: int, sort: str) -> pd.DataFrame:
    names = _strangers(rng, taken, size)
    host = FIRM_HOST if sort == "staff" else "post.example"
    return pd.DataFrame(
        {
            "person": [f"{sort}-{i:04d}" for i in range(size)],
            "first": [first for first, _ in names],
            "last": [last for _, last in names],
            "mail": [f"{_local(*name, i)}@{host}" for i, name in enumerate(names)],
            "sort": sort,
        }
    )


def folk(contacts: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Name everybody: contacts first, in their order, then others, staff, posters, pushed.

    Columns: `person` (slug, or an invented id), `first`, `last` (as others would write them),
    `mail`, `sort` (contact, other, staff, poster, pushed), `twin` (shares its name), `shown`
    (LinkedIn shows the mail address).

    Parameters
    ----------
    contacts
        The people of the world.
    seed
        The seed of the world.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> people = folk(make_world(60, 400, 7).people, 7)
    >>> people["sort"].value_counts()[["contact", "other", "staff"]].tolist()
    [60, 14, 40]
    """
    rng = dice(seed, "folk")
    names = [_clean(*name) for name in zip(contacts["first"], contacts["last"], strict=True)]
    # An address that might be a desk's leads to nobody; in everyday life they have another.
    desk = contacts["mail"].str.startswith("post.")
    known = pd.DataFrame(
        {
            "person": contacts["slug"],
            "first": [first for first, _ in names],
            "last": [last for _, last in names],
            "mail": contacts["mail"].str.replace(r"^post\.", "pen.", regex=True),
            "sort": "contact",
            "twin": contacts["homonym"],
            "shown": contacts["mail_shown"].astype(bool) & ~desk.astype(bool),
        }
    )
    taken = {f"{first} {last}" for first, last in names}
    sizes = {"other": others(len(contacts)), "staff": STAFF, "poster": POSTERS, "pushed": PUSHED}
    more = [_beyond(rng, taken, size, sort) for sort, size in sizes.items()]
    beyond = pd.concat(more).assign(twin=False, shown=False)
    return pd.concat([known, beyond], ignore_index=True)
