"""Phone numbers that are nobody's: what regulators keep for films, books and examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = ["LANDLINES", "MOBILES", "OWNER_PHONE", "landline", "mobiles", "spaced"]

OWNER_PHONE = "+491713920000"
# Two German blocks and the Swedish one: they are known to be mobile phones.
_MOBILES = (
    *(f"+4917139200{i:02d}" for i in range(1, 100)),
    *(f"+4917604069{i:03d}" for i in range(100)),
    *(f"+467017406{i:02d}" for i in range(5, 100)),
)
MOBILES = len(_MOBILES)
# The last ten of the French ones are for numbers that were handed on.
_BRITISH, _FRENCH = 1000, 9990
LANDLINES = 1000


def mobiles(rng: np.random.Generator, size: int) -> list[str]:
    """Draw different numbers in E.164, those first that anybody can tell to be mobile phones.

    There are 11,284; when more are wanted, the last ones are empty.

    Examples
    --------
    >>> import numpy as np
    >>> drawn = mobiles(np.random.default_rng(7), 400)
    >>> len(set(drawn)), {number[:6] for number in drawn[294:]}
    (400, {'+44770'})
    """
    parts = (
        [_MOBILES[i] for i in rng.permutation(MOBILES)],
        [f"+447700900{i:03d}" for i in rng.permutation(_BRITISH)],
        [f"+3363998{i:04d}" for i in rng.permutation(_FRENCH)],
    )
    every = [number for part in parts for number in part]
    return every[:size] + [""] * (size - len(every))


def landline(place: int) -> str:
    """Return a Berlin number of the block kept for films.

    Examples
    --------
    >>> landline(7)
    '+493023125007'
    """
    return f"+493023125{place % LANDLINES:03d}"


_STYLES = ("{code} {area} {rest}", "{code}-{area}-{rest}", "{code} ({area}) {rest}", "{whole}")
_CODES = (("+49", 3), ("+46", 2), ("+44", 4), ("+33", 1))


def spaced(number: str, style: int) -> str:
    """Write a number in E.164 as people type it: with blanks, hyphens, brackets or nothing.

    Examples
    --------
    >>> [spaced("+447700900123", style) for style in range(3)]
    ['+44 7700 900123', '+44-7700-900123', '+44 (7700) 900123']
    """
    if not number:
        return ""
    code, digits = next(each for each in _CODES if number.startswith(each[0]))
    rest = number.removeprefix(code)
    return _STYLES[style % len(_STYLES)].format(
        code=code, area=rest[:digits], rest=rest[digits:], whole=number
    )
