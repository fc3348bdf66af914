"""Names as members type them, and the addresses of their profiles."""

from __future__ import annotations

import unicodedata

import numpy as np
import numpy.typing as npt

from netquality.samples.words import (
    CREDENTIALS,
    FIRST_NAMES,
    FOREIGN_NAMES,
    NAME_ENDS,
    NAME_STARTS,
    STICKERS,
)

__all__ = ["Names", "decorate", "foreign", "namesakes", "plain", "plain_names", "slugs"]

Names = npt.NDArray[np.object_]


def plain(text: str) -> str:
    """Letters without marks: what members chose before profile addresses allowed Unicode.

    Examples
    --------
    >>> plain("zoë-fjørdström")
    'zoe-fjordstrom'
    """
    marked = unicodedata.normalize("NFD", text.replace("ø", "o").replace("ł", "l"))
    return marked.encode("ascii", "ignore").decode()


def plain_names(rng: np.random.Generator, size: int) -> Names:
    """Draw full names, two columns; no two people share one by accident.

    Examples
    --------
    >>> names = plain_names(np.random.default_rng(7), 500)
    >>> len({tuple(name) for name in names})
    500
    """
    lasts = [start + end for start in NAME_STARTS for end in NAME_ENDS]
    if size > len(FIRST_NAMES) * len(lasts):
        lasts += [f"{one}-{two}" for one in lasts for two in NAME_STARTS]
    picked = rng.choice(len(FIRST_NAMES) * len(lasts), size, replace=False)
    pairs = [(FIRST_NAMES[i % len(FIRST_NAMES)], lasts[i // len(FIRST_NAMES)]) for i in picked]
    return np.array(pairs, dtype=object)


def slugs(rng: np.random.Generator, names: Names) -> list[str]:
    """Give everybody a profile address: half of the accents survive, all end in a number.

    Examples
    --------
    >>> made = slugs(np.random.default_rng(7), plain_names(np.random.default_rng(7), 50))
    >>> len(set(made)), all(slug == slug.lower() for slug in made)
    (50, True)
    """
    tails = rng.choice(16**6, len(names), replace=False)
    accents = rng.random(len(names)) < 0.5
    made = []
    for (first, last), tail, accent in zip(names, tails, accents, strict=True):
        name = f"{first}-{last}".lower()
        made.append(f"{name if accent else plain(name)}-{int(tail):06x}")
    return made


def namesakes(names: Names, pairs: npt.NDArray[np.int64]) -> Names:
    """Give the second of each pair the name of the first.

    Examples
    --------
    >>> names = np.array([("Zora", "Inkby"), ("Osbert", "Oatwick")], dtype=object)
    >>> namesakes(names, np.array([[0, 1]])).tolist()
    [['Zora', 'Inkby'], ['Zora', 'Inkby']]
    """
    shared = names.copy()
    shared[pairs[:, 1]] = shared[pairs[:, 0]]
    return shared


def foreign() -> list[tuple[str, str]]:
    """Return names in other scripts, changing the script from one to the next.

    Examples
    --------
    >>> len(foreign()) == len(set(foreign()))
    True
    """
    return [
        (firsts[one], lasts[two])
        for one in range(3)
        for two in range(3)
        for firsts, lasts in FOREIGN_NAMES
    ]


def _initial(names: Names, i: int) -> tuple[str, str]:
    """Shorten the last name, unless that would make a namesake."""
    first, last = names[i]
    short = f"{last[0]}."
    taken = ((names[:, 0] == first) & (names[:, 1] == short)).any()
    return (first, last if taken else short)


def _decorated(kind: str, names: Names, i: int, place: int) -> tuple[str, str]:
    first, last = names[i]
    if kind == "credential":
        return first, last + CREDENTIALS[place % len(CREDENTIALS)]
    if kind == "space":
        return (first, f"{last} ") if place % 2 else (f" {first}", last)
    if kind == "emoji":
        return f"{first} {STICKERS[place % len(STICKERS)]}", last
    if kind == "brackets":
        return first, last + (" (She/Her)" if place % 2 else " (geb. Inkfield)")
    if kind == "double space":
        return f"{first}  Q.", last
    return _initial(names, i)


# Shares as measured in real exports, and how many there are at least.
_DECORATIONS = (
    ("credential", 0.012, 3),
    ("space", 0.03, 4),
    ("emoji", 0.005, 1),
    ("brackets", 0.006, 2),
    ("double space", 0.003, 1),
    ("initial", 0.01, 1),
)


def decorate(rng: np.random.Generator, names: Names, free: npt.NDArray[np.int64]) -> Names:
    """Write some names the way members do: degrees, edge spaces, emoji, brackets, initials.

    Parameters
    ----------
    rng
        The dice.
    names
        Two columns, first and last.
    free
        Rows that may be changed.

    Examples
    --------
    >>> names = plain_names(np.random.default_rng(7), 200)
    >>> changed = decorate(np.random.default_rng(7), names, np.arange(200))
    >>> int((changed != names).any(axis=1).sum())
    15
    """
    names = names.copy()
    order, start = rng.permutation(free), 0
    for kind, share, least in _DECORATIONS:
        count = max(least, round(share * len(names)))
        for place, i in enumerate(order[start : start + count]):
            names[i] = _decorated(kind, names, int(i), place)
        start += count
    return names
