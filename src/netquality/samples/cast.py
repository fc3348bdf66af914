"""The people: who they are, where they work, how they can be reached."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.samples.clock import Ints, dice
from netquality.samples.habits import KINDS
from netquality.samples.names import Names, decorate, foreign, namesakes, plain, plain_names, slugs
from netquality.samples.words import FIRM_ENDS, FIRM_STARTS, FUNCTIONS, HOSTILE_NAMES, RANKS

__all__ = ["OWNER", "OWNER_MAIL", "Owner", "cast"]


class Owner(NamedTuple):
    """Whose archive it is: the slug of the profile, and the name."""

    slug: str
    name: str


OWNER = Owner("juniper-vellichor-7f3a21", "Juniper Vellichor")
OWNER_MAIL = "juniper@vellichor.example"

# Kinds that bear the hostile names: one often seen, one seen once, one long silent.
_HOSTILE_KINDS = ("steady", "announced", "dormant")


def _firms(rng: np.random.Generator, contacts: int) -> list[str]:
    """Draw the firm of each contact; firms are of very different sizes, some untold."""
    every = [f"{start} {end}" for start in FIRM_STARTS for end in FIRM_ENDS]
    count = min(len(every), max(20, contacts // 8))
    share = 1.0 / np.arange(2, count + 2)
    names = [every[i] for i in rng.permutation(len(every))[:count]]
    picked = rng.choice(count, contacts, p=share / share.sum())
    told = rng.random(contacts) > 0.03
    return [names[i] if known else "" for i, known in zip(picked, told, strict=True)]


def _titles(rng: np.random.Generator, size: int) -> list[str]:
    every = [f"{rank}{function}" for rank in RANKS for function in FUNCTIONS]
    picked, told = rng.integers(0, len(every), size), rng.random(size) > 0.04
    return [every[i] if known else "" for i, known in zip(picked, told, strict=True)]


def _special(rng: np.random.Generator, kinds: list[str]) -> tuple[Ints, Ints, list[int]]:
    """Choose disjoint rows: pairs of namesakes, other scripts, hostile names."""
    order = rng.permutation(len(kinds))
    hostile = [next(int(i) for i in order if kinds[i] == kind) for kind in _HOSTILE_KINDS]
    rest = order[~np.isin(order, hostile)]
    pairs, others = max(2, round(0.007 * len(kinds))), max(2, round(0.003 * len(kinds)))
    others = min(others, len(foreign()))
    return rest[: 2 * pairs].reshape(-1, 2), rest[2 * pairs : 2 * pairs + others], hostile


def _mail(slug: str, firm: str) -> str:
    name, _, tail = slug.rpartition("-")
    local = plain(name).strip("-").replace("-", ".") or "post"
    return f"{local}.{tail}@{plain(firm).split(' ')[0].lower() or 'home'}.example"


def _christen(
    rng: np.random.Generator, kinds: list[str]
) -> tuple[Names, list[str], npt.NDArray[np.bool_]]:
    """Give everybody a name and a profile address; tell who has a namesake."""
    pairs, others, hostile = _special(rng, kinds)
    names = namesakes(plain_names(rng, len(kinds)), pairs)
    addresses = slugs(rng, names)
    for name, i in zip(foreign(), others, strict=False):
        names[i] = name
        addresses[i] = f"{'-'.join(name).lower()}-{addresses[i][-6:]}"
    for name, i in zip(HOSTILE_NAMES, hostile, strict=True):
        names[i] = name
    special = np.concatenate([pairs.ravel(), others, hostile])
    names = decorate(rng, names, np.setdiff1d(np.arange(len(kinds)), special))
    twins = np.isin(np.arange(len(kinds)), pairs)
    return names, addresses, twins


def cast(kinds: Ints, seed: int) -> pd.DataFrame:
    """Invent the contacts, one row each.

    Columns: `slug`, `first`, `last` (as typed by them), `mail`, `mail_shown` (in the list of
    connections), `firm`, `title`, `kind`, `planted`, `homonym` (shares its name with another),
    `german` (writes in German).

    Parameters
    ----------
    kinds
        From `netquality.samples.habits.allot`.
    seed
        The seed of the world.

    Examples
    --------
    >>> from netquality.samples.habits import allot
    >>> people = cast(allot(200, 7), 7)
    >>> len(people), bool(people["slug"].is_unique), int(people["homonym"].sum())
    (200, True, 4)
    """
    rng = dice(seed, "people")
    kind = [KINDS[i].name if i >= 0 else "silent" for i in kinds]
    planted = [KINDS[i].planted if i >= 0 else "weak" for i in kinds]
    names, addresses, twins = _christen(rng, kind)
    firms = _firms(rng, len(kinds))
    strong = np.array(planted) == "strong"
    shown = np.where(strong, 0.4, np.where(kinds >= 0, 0.05, 0.012))
    columns = {
        "slug": addresses,
        "first": names[:, 0],
        "last": names[:, 1],
        "mail": [_mail(slug, firm) for slug, firm in zip(addresses, firms, strict=True)],
        "firm": firms,
        "title": _titles(rng, len(kinds)),
        "kind": kind,
        "planted": planted,
    }
    people = pd.DataFrame(columns, dtype=object)
    return people.assign(
        mail_shown=rng.random(len(kinds)) < shown,
        homonym=twins,
        german=rng.random(len(kinds)) < 0.3,
    )
