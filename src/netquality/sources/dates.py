"""Dates in the forms that exports really use, decided once per file, never guessed per cell.

Months are read from a fixed English table: no export found so far localises them, and
``%b`` would follow the machine's locale.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netquality.errors import Ambiguous, BadInput
from netquality.schema import PRECISIONS

__all__ = ["Dates", "day_of", "read_dates", "zone_named"]

_MONTHS = {
    m: f"{i:02d}"
    for i, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\b", re.IGNORECASE
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* ", re.IGNORECASE)


class _Form(NamedTuple):
    pattern: str
    format: str
    precision: str
    zoned: bool = False


# Written as they look once months are numbers: 05 Mar 2024 -> 05 03 2024.
_FORMS = (
    _Form(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)? ?(?:UTC|Z|\+00:00)", "ISO", "second", True),
    _Form(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)? ?[+-]\d\d:?\d\d", "ISO", "second", True),
    _Form(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?", "ISO", "second"),
    _Form(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d ?(?:UTC|Z)", "%Y-%m-%d %H:%M", "minute", True),
    _Form(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", "%Y-%m-%d %H:%M", "minute"),
    _Form(r"\d{4}-\d\d-\d\d", "%Y-%m-%d", "day"),
    _Form(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d UTC", "%Y/%m/%d %H:%M:%S", "second", True),
    _Form(r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d", "%Y/%m/%d %H:%M:%S", "second"),
    _Form(r"\d{4}/\d\d/\d\d", "%Y/%m/%d", "day"),
    _Form(r"\d{1,2} \d\d \d{4}", "%d %m %Y", "day"),
    _Form(r"\d{1,2}-(?:M)\d\d-\d\d", "%d-M%m-%y", "day"),
    _Form(r"\d{1,2}-(?:M)\d\d-\d{4}", "%d-M%m-%Y", "day"),
    _Form(r"\d{1,2}/\d{1,2}/\d\d, \d{1,2}:\d\d [AP]M", "%m/%d/%y, %I:%M %p", "minute"),
    _Form(r"\d{1,2}/\d{1,2}/\d\d \d{1,2}:\d\d [AP]M UTC", "%m/%d/%y %I:%M %p", "minute", True),
    _Form(r"M\d\d \d{1,2} \d\d:\d\d:\d\d UTC \d{4}", "M%m %d %H:%M:%S UTC %Y", "second", True),
    _Form(r"M\d\d \d{1,2}, \d{4} \d{1,2}:\d\d [AP]M", "M%m %d, %Y %I:%M %p", "minute"),
    _Form(r"M\d\d \d{1,2}, \d{4}", "M%m %d, %Y", "day"),
    _Form(r"\d{1,2} M\d\d \d{4}", "%d M%m %Y", "day"),
    _Form(r"M\d\d \d{4}", "M%m %Y", "month"),
    _Form(r"\d{4}", "%Y", "month"),
)
_NUMBERS = r"[0-9:./+-]+(?:[ T][0-9:./+-]+(?: ?(?:UTC|Z))?)?"
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")
_LOOSE = re.compile(
    r"^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:,? (\d{1,2}:\d\d(?::\d\d)?)(?: ([AP]M))?)?$"
)


@dataclass(frozen=True, eq=False)
class Dates:
    """What a column of cells says about time.

    `at` is UTC (missing for date-only cells), `day` the UTC day (the stated day for
    date-only cells), `precision` how much was stated, `zoned` whether a zone was.
    """

    at: pd.Series
    day: pd.Series
    precision: pd.Series
    zoned: bool

    @property
    def missing(self) -> pd.Series:
        """Cells that are no date in any known form."""
        return self.day.isna()


def zone_named(name: str | None) -> ZoneInfo | None:
    """Return the time zone of that name.

    Raises
    ------
    BadInput
        When there is no such zone.
    """
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(
            f"There is no time zone {name!r}.", accepted="IANA names such as Europe/Berlin or UTC."
        ) from None


def day_of(at: pd.Series) -> pd.Series:
    """Return the UTC day numbers of instants.

    Examples
    --------
    >>> day_of(pd.Series(pd.to_datetime(["1970-01-02 23:00", None], utc=True))).tolist()
    [1, <NA>]
    """
    stamps = at.astype("datetime64[us, UTC]")
    days = stamps.astype("int64").to_numpy() // 86_400_000_000
    return pd.Series(days, index=at.index).astype("Int64").mask(stamps.isna())


def read_dates(
    cells: pd.Series,
    *,
    field: str = "date",
    date_format: str | None = None,
    timezone: str | None = None,
) -> Dates:
    """Read a column of dates; cells in no known form are missing, to be reported.

    Parameters
    ----------
    cells
        Text.
    field
        Name of the column, for messages.
    date_format
        ``dmy``, ``mdy``, ``ymd`` or a strptime format; decides where the file does not.
    timezone
        Zone of stamps that state none; UTC when None.

    Raises
    ------
    Ambiguous
        When every date with slashes, dots or dashes could be day-month or month-day.

    Examples
    --------
    >>> dates = read_dates(pd.Series(["05 Mar 2024", "2024-03-05 10:00:00 UTC", "soon"]))
    >>> dates.day.tolist(), dates.precision.tolist()
    ([19787, 19787, <NA>], ['day', 'second', 'none'])
    """
    usual = _usual(cells) if date_format is None else None
    if usual is not None:
        return usual
    codes, uniques = pd.factorize(cells.astype("str"), use_na_sentinel=False)
    stamps, ranks, zoned = _read_unique(pd.Series(uniques), field, date_format)
    zone = zone_named(timezone)
    naive = ~zoned & (ranks < 2)
    if zone is not None and naive.any():
        local = (
            stamps[naive]
            .dt.tz_localize(None)
            .dt.tz_localize(zone, ambiguous=False, nonexistent="shift_forward")
        )
        stamps[naive] = local.dt.tz_convert("UTC")
    day = day_of(stamps)
    at = stamps.mask(ranks >= 2)
    precision = pd.Categorical.from_codes(ranks.to_list(), categories=pd.Index(PRECISIONS))
    return Dates(
        at=pd.Series(at.array.take(codes), index=cells.index),
        day=pd.Series(day.array.take(codes), index=cells.index),
        precision=pd.Series(precision.take(codes), index=cells.index),
        zoned=bool(zoned[ranks < 2].all()) if (ranks < 2).any() else True,
    )


def _usual(cells: pd.Series) -> Dates | None:
    """Read the form of messages fast, if every cell has it."""
    if not len(cells) or not _STAMP.fullmatch(str(cells.iloc[0])):
        return None
    text = pa.array(cells, type=pa.large_string())
    stamps = pc.strptime(text, format="%Y-%m-%d %H:%M:%S UTC", unit="us", error_is_null=True)
    if stamps.null_count:
        return None
    at = pd.Series(stamps.to_numpy(zero_copy_only=False), index=cells.index).dt.tz_localize("UTC")
    at = at.astype("datetime64[us, UTC]")
    precision = pd.Categorical.from_codes([0] * len(at), categories=pd.Index(PRECISIONS))
    return Dates(at, day_of(at), pd.Series(precision, index=cells.index), zoned=True)


def _read_unique(
    cells: pd.Series, field: str, date_format: str | None
) -> tuple[pd.Series, pd.Series, pd.Series]:
    text = _plain(cells)
    stamps = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us, UTC]")
    ranks = pd.Series(PRECISIONS.index("none"), index=cells.index, dtype="int8")
    zoned = pd.Series(False, index=cells.index)
    forms = _FORMS if date_format in (None, "dmy", "mdy", "ymd") else ()
    open_cells = text[text != ""]
    for form in forms:
        if open_cells.empty:
            break
        hit = open_cells[open_cells.str.fullmatch(form.pattern)]
        if len(hit):
            found = _strptime(hit, form.format).dropna()
            stamps[found.index], zoned[found.index] = found, form.zoned
            ranks[found.index] = PRECISIONS.index(form.precision)
            open_cells = open_cells.drop(found.index)
    found, precision = _loose(open_cells, field, date_format)
    stamps[found.index], ranks[found.index] = found, precision
    return stamps, ranks, zoned


def _plain(cells: pd.Series) -> pd.Series:
    text = cells.str.strip()
    # Numbers with marks hold no word to be replaced; each replacing is slow on millions of cells.
    worded = ~text.str.fullmatch(_NUMBERS).fillna(False).astype(bool)
    if worded.any():
        text = text.mask(worded, _spelled(text[worded]))
    return text.fillna("")


def _spelled(text: pd.Series) -> pd.Series:
    text = text.str.replace("[\u00a0\u202f]", " ", regex=True).str.replace(r"\s+", " ", regex=True)
    text = text.str.replace(_WEEKDAY, "", regex=True)
    text = text.str.replace(_MONTH, lambda m: "M" + _MONTHS[m.group(1)[:3].lower()], regex=True)
    text = text.str.replace(r"^(\d{1,2}) M(\d\d) (\d{4})$", r"\1 \2 \3", regex=True)
    return text.str.replace(
        r"(?i) ([ap])\.? ?m\.?(?=$| )", lambda m: f" {m.group(1).upper()}M", regex=True
    )


def _strptime(cells: pd.Series, form: str) -> pd.Series:
    if form == "ISO":
        text = cells.str.replace(r" ?(?:UTC|Z)$", "", regex=True).str.replace("T", " ")
        offset = bool(text.str.contains(r"[+-]\d\d:?\d\d$").any())
        form = (
            "ISO8601"
            if offset or bool(text.str.contains(".", regex=False).any())
            else "%Y-%m-%d %H:%M:%S"
        )
    else:
        text = cells.str.replace(r"(?<=\d)T(?=\d)", " ", regex=True)
        text = text if "UTC" in form else text.str.replace(r" ?(?:UTC|Z)$", "", regex=True)
    return pd.to_datetime(text, format=form, errors="coerce", utc=True).astype(
        "datetime64[us, UTC]"
    )


def _loose(cells: pd.Series, field: str, date_format: str | None) -> tuple[pd.Series, pd.Series]:
    """Dates that a spreadsheet or a regional setting wrote: the file decides the order."""
    if date_format not in (None, "dmy", "mdy", "ymd"):
        _refuse_bad_format(str(date_format))
        found = pd.to_datetime(cells, format=date_format, errors="coerce", utc=True).dropna()
        stated = 0 if "%S" in str(date_format) else 1 if "%M" in str(date_format) else 2
        ranks = pd.Series(stated, index=found.index, dtype="int8")
        return found.astype("datetime64[us, UTC]"), ranks
    parts = cells.str.extract(_LOOSE)
    parts = parts[parts[0].notna()]
    if parts.empty:
        return pd.Series([], dtype="datetime64[us, UTC]"), pd.Series([], dtype="int8")
    order = _order(parts[0].astype(int), parts[2].astype(int), field, date_format)
    day, month = (parts[0], parts[2]) if order == "dmy" else (parts[2], parts[0])
    year = parts[3].where(parts[3].str.len() != 2, "20" + parts[3])
    clock = (
        parts[4]
        .fillna("0:00")
        .where(parts[4].fillna("").str.count(":") == 2, parts[4].fillna("0:00") + ":00")
    )
    half = parts[5].fillna("")
    text = year + "-" + month + "-" + day + " " + clock
    plain = pd.to_datetime(text, format="%Y-%m-%d %H:%M:%S", errors="coerce", utc=True)
    noon = pd.to_datetime(
        text + " " + half, format="%Y-%m-%d %I:%M:%S %p", errors="coerce", utc=True
    )
    found = plain.where(half == "", noon).dropna().astype("datetime64[us, UTC]")
    rank = np.select([parts[4].isna(), parts[4].fillna("").str.count(":") == 2], [2, 0], 1)
    return found, pd.Series(rank, index=parts.index).reindex(found.index).astype("int8")


def _refuse_bad_format(date_format: str) -> None:
    try:
        datetime.strptime("", date_format)  # noqa: DTZ007
    except ValueError as error:
        if "directive" in str(error) or "stray" in str(error):
            raise BadInput(
                f"{date_format!r} is no date format: {error}.",
                accepted="dmy, mdy, ymd or a strptime format such as %d.%m.%Y.",
            ) from None


def _order(first: pd.Series, second: pd.Series, field: str, date_format: str | None) -> str:
    if date_format in ("dmy", "mdy"):
        return date_format
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if day_first == month_first:
        reason = "mixes both orders" if day_first else "could be day-month or month-day throughout"
        raise Ambiguous(
            f"The column {field} has dates like {first.iloc[0]}/{second.iloc[0]}/… that {reason}.",
            accepted="--date-format dmy, --date-format mdy or a strptime format.",
            todo="Say which it is.",
        )
    return "dmy" if day_first else "mdy"
