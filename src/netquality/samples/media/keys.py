"""By what everybody can be reached, and how the owner's address book calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from netquality.samples.clock import dice
from netquality.samples.media.numbers import MOBILES, mobiles
from netquality.samples.names import plain
from netquality.samples.words import PLACES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Person", "Uses", "equip", "persons"]

_WHERE = ("Chess", "Choir", "Fair", "Piano", "Press", "Upstairs", "Sauna", *PLACES[:4])
# Ids of accounts left this range out when they outgrew 32 bits: nobody has one.
_TELEGRAM = 3_000_000_000


class Uses(NamedTuple):
    """Who occurs in which medium: one flag a person."""

    mail: np.ndarray
    phone: np.ndarray
    whatsapp: np.ndarray
    telegram: np.ndarray
    slack: np.ndarray


class Person(NamedTuple):
    """One row of the people, as the writers of files need it; see `equip` and `folk`."""

    person: str
    first: str
    last: str
    sort: str
    role: str
    mail: str
    mail2: str
    phone: str
    telegram: int
    slack: str
    handle: str
    card: str
    on_card: bool
    shown: bool
    style: int

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}".strip()


def persons(people: pd.DataFrame) -> list[Person]:
    """Return everybody in the order of the rows.

    Parameters
    ----------
    people
        With the columns of a `Person`.
    """
    columns = (people[name].tolist() for name in Person._fields)
    return [Person(*row) for row in zip(*columns, strict=True)]


def _called(first: str, last: str, style: int, twin: bool, where: str) -> str:
    """Write a name as an address book may have it; namesakes are told apart by a place."""
    if not first or not last:
        return first or last or where
    # A script without capitals has no initials.
    short = f"{first} {last[0]}" if plain(last[:1]) else f"{first} {last}"
    if twin:
        return f"{short} ({where})"
    if style < 6:
        return f"{first} {last}"
    return (short, f"{short}.", f"{first} {last} ({where})", f"{last}, {first}")[style - 6]


def _cards(rng: np.random.Generator, people: pd.DataFrame, saved: np.ndarray) -> list[str]:
    """Give each saved person a name that no other card bears."""
    taken: set[str] = set()
    found = []
    style, where = rng.integers(0, 10, len(people)), rng.integers(0, len(_WHERE), len(people))
    columns = zip(people["first"], people["last"], people["twin"], style, where, saved, strict=True)
    for first, last, twin, how, place, is_saved in columns:
        name = _called(first, last, int(how), bool(twin), _WHERE[place]) if is_saved else ""
        turn = 0
        while name.casefold() in taken:
            base = f"{first} {last}".strip() or "Somebody"
            name = f"{base} ({_WHERE[(place + turn) % len(_WHERE)]}{turn // len(_WHERE) or ''})"
            turn += 1
        if name:
            taken.add(name.casefold())
        found.append(name)
    return found


def _saved(rng: np.random.Generator, people: pd.DataFrame, uses: Uses) -> np.ndarray:
    """Choose who has a card: everybody who could not be told otherwise, and some for no reason."""
    contact = (people["sort"] == "contact").to_numpy()
    other = (people["sort"] == "other").to_numpy()
    mail_only = uses.mail & ~(uses.phone | uses.telegram | uses.slack)
    phone_only = uses.phone & ~(uses.mail | uses.telegram | uses.slack)
    used = uses.mail | uses.phone | uses.telegram | uses.slack
    chance = rng.random(len(people))
    needed = contact & used & ~(mail_only & people["shown"].to_numpy(bool))
    single = other & (mail_only | phone_only) & (chance < 0.25)
    return np.asarray(needed | (other & used & ~single) | (contact & (chance < 0.06)))


def _numbered(rng: np.random.Generator, wants: np.ndarray, first: np.ndarray) -> list[str]:
    """Give numbers, those that are surely mobile to those who need them most."""
    order = np.lexsort((rng.random(len(wants)), ~first, ~wants))
    count = int(wants.sum())
    numbers = mobiles(rng, max(count, MOBILES))
    found = [""] * len(wants)
    for place, number in zip(order[:count], numbers, strict=False):
        found[place] = number
    return found


def equip(people: pd.DataFrame, uses: Uses, seed: int) -> pd.DataFrame:
    """Add what people are reached by.

    New columns: `card` (name in the address book, empty if not saved), `phone` (E.164), `mail`
    (as before), `mail2`, `on_card` (mail is on the card), `telegram` (user id), `slack`,
    `handle`, `style` (how they write their own name), `chatted` (is in WhatsApp).

    Parameters
    ----------
    people
        From `netquality.samples.media.folk.folk`.
    uses
        Who occurs where.
    seed
        The seed of the world.

    Examples
    --------
    >>> import pandas as pd
    >>> people = {"person": ["a"], "first": ["Zora"], "last": ["Inkby"], "sort": ["other"]}
    >>> people = pd.DataFrame(people | {"twin": False, "shown": False, "mail": "z@post.example"})
    >>> yes, no = np.array([True]), np.array([False])
    >>> equip(people, Uses(yes, yes, no, yes, no), 7)["phone"].str.len().tolist()
    [13]
    """
    rng, size = dice(seed, "keys"), len(people)
    saved = _saved(rng, people, uses)
    reached = uses.phone | uses.telegram
    spare = saved & (rng.random(size) < 0.3)
    phones = _numbered(rng, reached | spare, uses.telegram)
    second = saved & (rng.random(size) < 0.18) & (people["sort"] == "contact").to_numpy()
    ids = _TELEGRAM + rng.choice(10**9, size, replace=False)
    handles = [plain(f"{first}_{last[:1]}").lower() for first, last in
               zip(people["first"], people["last"], strict=True)]  # fmt: skip
    return people.assign(
        card=_cards(rng, people, saved),
        phone=phones,
        mail2=[f"home.{i}@nest.example" if two else "" for i, two in enumerate(second)],
        on_card=saved & (uses.mail | uses.slack | (rng.random(size) < 0.6)),
        telegram=np.where(uses.telegram, ids, 0),
        slack=[f"U0INK{i:05d}" if there else "" for i, there in enumerate(uses.slack)],
        handle=handles,
        chatted=uses.whatsapp,
        style=rng.integers(0, 10, size),
    )
