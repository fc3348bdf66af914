"""The smallest group of people that may be told of where people bear pseudonyms."""

from __future__ import annotations

import re

__all__ = ["FEWEST", "WITHHELD", "withheld"]

FEWEST = 5
WITHHELD = f"fewer than {FEWEST}"
_FEW = re.compile(
    r"(?<![\d,.])[1-4](?: (?P<whole>of [\d,]+) people| people| persons?|(?P<rest> not observed))\b"
)


def withheld(sentence: str) -> str:
    """Return a sentence about a group in which one to four people are "fewer than 5".

    Examples
    --------
    >>> withheld("Circles of 3 people were not sought."), withheld("40 people, 2 not observed")
    ('Circles of fewer than 5 people were not sought.', '40 people, fewer than 5 not observed')
    >>> withheld("Left out: 4 of 23 people"), withheld("14 people, 3 ties")
    ('Left out: fewer than 5 of 23 people', '14 people, 3 ties')
    """

    def few(found: re.Match[str]) -> str:
        whole = f" {found['whole']}" if found["whole"] else ""
        return f"{WITHHELD}{whole}{found['rest'] or ' people'}"

    return _FEW.sub(few, sentence)
