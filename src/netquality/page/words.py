"""Numbers, days and unknowns as a reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.identity.smallest import FEWEST, WITHHELD

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["UNKNOWN", "band", "count", "decimal", "few", "interval", "plural", "share"]
__all__ += ["tenth"]

UNKNOWN = "not observed"


def count(value: Any) -> str:
    """Return a whole number with thousands separators.

    Examples
    --------
    >>> count(1234567), count(float("nan"))
    ('1,234,567', 'not observed')
    """
    return UNKNOWN if pd.isna(value) else f"{round(float(value)):,}"


def few(people: Any, pseudonymous: bool) -> str:
    """Return a count of people; of one to four not how many, where people bear pseudonyms.

    Examples
    --------
    >>> few(4, True), few(5, True), few(0, True), few(4, False)
    ('fewer than 5', '5', '0', '4')
    """
    return WITHHELD if pseudonymous and 1 <= people < FEWEST else count(people)


def decimal(value: Any, digits: int = 2) -> str:
    """Return a number with a fixed number of decimals.

    Examples
    --------
    >>> decimal(0.8371, 3), decimal(1234.5, 1), decimal(pd.NA)
    ('0.837', '1,234.5', 'not observed')
    """
    return UNKNOWN if pd.isna(value) else f"{float(value):,.{digits}f}"


def share(value: Any) -> str:
    """Return a part of one as a percentage.

    Examples
    --------
    >>> share(0.425), share(1.0), share(None)
    ('42 %', '100 %', 'not observed')
    """
    return UNKNOWN if pd.isna(value) else f"{float(value) * 100:.0f} %"


def tenth(value: Any) -> str:
    """Return a number with one decimal.

    Examples
    --------
    >>> tenth(5.25), tenth(None)
    ('5.2', 'not observed')
    """
    return decimal(value, 1)


def interval(value: Any, low: Any, high: Any, written: Callable[[Any], str] = count) -> str:
    """Return a figure with its interval; alone where none is known, or it looks the same.

    Examples
    --------
    >>> interval(143, 128.2, 158), interval(0.42, 0.31, 0.55, share), interval(7, 7.1, 7.2)
    ('143 (128 to 158)', '42 % (31 to 55 %)', '7')
    >>> interval(None, 1, 2)
    'not observed'
    """
    figure = written(value)
    if figure == UNKNOWN or pd.isna(low) or pd.isna(high):
        return figure
    if written(low) == written(high) == figure:
        return figure
    return f"{figure} ({written(low).removesuffix(' %')} to {written(high)})"


def band(low: Any, high: Any, digits: int = 0) -> str:
    """Return two ends of a range; one figure if they look the same.

    Examples
    --------
    >>> band(3.2, 9.1), band(3.2, 3.4), band(0.31, 0.524, 2), band(None, 2)
    ('3 to 9', '3', '0.31 to 0.52', 'not observed')
    """
    ends = decimal(low, digits), decimal(high, digits)
    if UNKNOWN in ends:
        return UNKNOWN
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def plural(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> plural(1, "tie"), plural(1200, "tie"), plural(0, "person", "people")
    ('1 tie', '1,200 ties', '0 people')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
