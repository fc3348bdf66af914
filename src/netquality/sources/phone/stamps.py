"""Dates of call logs, rewritten into the forms that all readers share."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from netquality.sources.phone.directions import unaccented

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["order_of", "rewritten", "written"]

_EPOCH = re.compile(r"\d{10}|\d{13}")
_TIME = re.compile(
    r"[\s,T]+(?:(?:at|um|a|a las)\s+)?(\d{1,2})[:h](\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
    r"\s*(?:([ap])\.?\s?m\b\.?)?(?:\s*uhr)?\s*(utc|z|gmt|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_LOOSE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d\d)(?:\D.*)?")
_NO_DATE = "?"
# No stamp is as long, and a hostile cell would keep the expressions busy for good.
_LONGEST = 64
# English, German, French and Spanish; by four letters where three are not enough.
_MONTHS = (
    "jan ene|feb fev|mar mae mrz|apr avr abr|mai may|jun juin|jul juil|aug aou ago|sep set|"
    "oct okt|nov|dec dez dic"
)
_MONTH = {w: n for n, words in enumerate(_MONTHS.split("|"), 1) for w in words.split()}


def rewritten(cells: pd.Series) -> pd.Series:
    """Return stamps in a form of `read_dates`, as they are where they are of none known here.

    Counts of seconds and milliseconds, years in front, hours with am and pm, months in words of
    four languages are rewritten; what could be day or month in either order stays so.

    Examples
    --------
    >>> import pandas as pd
    >>> rewritten(pd.Series(["5. März 2024, 9:05 Uhr", "1714557600000", "3/5/24 2:05 PM"])).tolist()
    ['2024-03-05 09:05', '2024-05-01 10:00:00.000000 UTC', '3/5/24 14:05']
    """
    known = {cell: written(cell) for cell in cells.unique()}
    return cells.map(known).astype("str")


def written(cell: str) -> str:
    """Return one stamp rewritten.

    Examples
    --------
    >>> written("mar. 5 mars 2024 à 14h05"), written("May 1, 2024 12:30:05 AM"), written("soon")
    ('2024-03-05 14:05', '2024-05-01 00:30:05', 'soon')
    """
    text = " ".join(cell.split())
    if len(text) > _LONGEST:
        return _NO_DATE
    if _EPOCH.fullmatch(text):
        return _counted(int(text))
    plain = unaccented(text).replace(" de ", " ")
    found = _TIME.search(plain)
    day = _iso(plain[: found.start()] if found else plain)
    if day is None:
        # Of 2024-02-30 a later reader would take the end: 24-02-30, a day of 2030.
        return _NO_DATE if _YEAR_FIRST.search(plain) else text
    return f"{day} {_clock(found)}".strip() if found else day


def _counted(number: int) -> str:
    seconds = number / 1000 if number >= 10**12 else number
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def _iso(text: str) -> str | None:
    first = _YEAR_FIRST.fullmatch(text)
    if first:
        return _valid(*map(int, first.groups()))
    if _LOOSE.fullmatch(text):
        return text
    months = [_month(word) for word in re.findall(r"[^\W\d_]+", text)]
    known = [month for month in months if month is not None]
    numbers = re.findall(r"\d+", text)
    if not known or len(numbers) != 2:
        return None
    year, day = sorted(numbers, key=len, reverse=True) if len(numbers[0]) == 4 else numbers[::-1]
    return _valid(int(year) + 2000 * (len(year) == 2), known[-1], int(day))


def _month(word: str) -> int | None:
    return _MONTH.get(word[:4], _MONTH.get(word[:3]))


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> str:
    hour, minute, second, half, zone = found.groups()
    number = int(hour) if half is None else int(hour) % 12 + 12 * (half == "p")
    parts = [f"{number:02d}", minute] + ([second] if second else [])
    offset = "" if zone is None else "UTC" if zone in ("utc", "z", "gmt") else zone
    return f"{':'.join(parts)} {offset}".strip()


def order_of(cells: pd.Series, date_format: str | None) -> str | None:
    """Say in which order day and month were read, where they could be in either.

    Examples
    --------
    >>> import pandas as pd
    >>> order_of(pd.Series(["13.05.2024", "02.05.2024"]), None)
    'day before month, decided by the file'
    """
    parts = cells.astype("str").str.extract(_LOOSE).dropna()
    if parts.empty or date_format not in (None, "dmy", "mdy"):
        return None
    if date_format is not None:
        first = "day" if date_format == "dmy" else "month"
        return f"{first} before {'month' if first == 'day' else 'day'} (given)"
    first = "day before month" if (parts[0].astype(int) > 12).any() else "month before day"
    return f"{first}, decided by the file"
