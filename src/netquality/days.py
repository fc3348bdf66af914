"""Days as integers inside, as dates (or days of a log) outside."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np
import pandas as pd

from netquality.errors import BadInput

__all__ = ["dates_of", "day_number", "shown"]

_EPOCH = date(1970, 1, 1)
_FAR = 1_000_000
_WRITTEN = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ].*)?")


def shown(day: object, relative: bool = False) -> str:
    """Write a day for people: a date, ``day 12`` of a log, or nothing when unknown.

    Parameters
    ----------
    day
        A UTC day number, a timestamp, or something missing.
    relative
        Whether days count from the start of a log.

    Examples
    --------
    >>> shown(0), shown(12, relative=True), shown(None)
    ('1970-01-01', 'day 12', '')
    """
    if day is None or day is pd.NaT or day is pd.NA or day != day:
        return ""
    stamp = isinstance(day, pd.Timestamp)
    number = (day.date() - _EPOCH).days if stamp else int(day)  # type: ignore[attr-defined, call-overload]
    return f"day {number}" if relative else (_EPOCH + timedelta(days=number)).isoformat()


def day_number(day: int | date | str) -> int:
    """Return the UTC day number of a date.

    Raises
    ------
    BadInput
        When a text is no day.

    Examples
    --------
    >>> day_number("1970-01-02"), day_number(date(1970, 1, 3)), day_number(4)
    (1, 2, 4)
    """
    text = str(day)
    short = text.lstrip("-").isdecimal() and len(text) < 8
    try:
        if not short and not _WRITTEN.fullmatch(text):
            raise ValueError(text)
        number = int(text) if short else (date.fromisoformat(text[:10]) - _EPOCH).days
    except ValueError:
        accepted = "2026-11-20, or a day number of a log."
        raise BadInput(f"{day!r} is no day.", accepted=accepted) from None
    if abs(number) > _FAR:
        raise BadInput(f"{day!r} is no day.", accepted="a day within a few thousand years.")
    return number


def dates_of(days: pd.Series) -> pd.Series:
    """Return UTC days as timestamps; unknown stays unknown.

    Examples
    --------
    >>> dates_of(pd.Series([0, None], dtype="Int64")).tolist()
    [Timestamp('1970-01-01 00:00:00'), NaT]
    """
    numbers = days.to_numpy(dtype="float64", na_value=np.nan)
    missing = np.isnan(numbers)
    whole = np.where(missing, 0, numbers).astype("int64")
    stamps = pd.Series(whole.astype("datetime64[D]").astype("datetime64[s]"), index=days.index)
    return stamps.mask(missing)
