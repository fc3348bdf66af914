"""When things happened: epoch, seconds from the start of the log, or dates; once per file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import Ambiguous, BadInput
from netquality.schema import PRECISIONS
from netquality.sources.dates import day_of, read_dates, zone_named
from netquality.sources.interactions.guess import EPOCH_SECONDS, whole_numbers

if TYPE_CHECKING:
    from netquality.sources.ledger import Options

__all__ = ["RELATIVE", "SECONDS", "Clock", "read_clock", "timeless"]

RELATIVE = "relative: seconds from the start of the log"
TIMELESS = "no times"
SECONDS = "seconds"  # as --date-format: numbers count from the start of the log, whatever they are

_UNITS = (1, 10**3, 10**6, 10**9)
_FARTHEST = 10**11  # seconds, 3,000 years: farther off is no time of a log
_HINT = "--date-format with a strptime format such as %Y%m%d, or seconds."


@dataclass(frozen=True, eq=False)
class Clock:
    """The time of every row: `at` and `day` as in the schema, missing where unknown.

    `note` is what must be said about it, empty if nothing.
    """

    at: pd.Series
    day: pd.Series
    precision: pd.Series
    zone: str
    note: str = ""

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Rows with at least a day."""
        return self.day.notna().to_numpy(dtype=bool)

    @property
    def exact(self) -> npt.NDArray[np.bool_]:
        """Rows with an instant, not only a day."""
        return self.at.notna().to_numpy(dtype=bool)

    @property
    def micros(self) -> npt.NDArray[np.int64]:
        """Microseconds since 1970, or since the start of the log; 0 where unknown."""
        values: npt.NDArray[np.int64] = np.asarray(self.at.astype("int64"), dtype=np.int64)
        return np.where(self.exact, values, 0)


def timeless(rows: int) -> Clock:
    """Return the clock of a log that has no times at all.

    Examples
    --------
    >>> timeless(2).known.tolist(), timeless(2).zone
    ([False, False], 'no times')
    """
    return Clock(
        at=pd.Series(pd.NaT, index=range(rows), dtype="datetime64[us, UTC]"),
        day=pd.Series(pd.NA, index=range(rows), dtype="Int64"),
        precision=_precision("none", np.ones(rows, dtype=bool)),
        zone=TIMELESS,
        note="no times: whatever rests on them is unknown",
    )


def read_clock(cells: pd.Series, field: str, options: Options) -> Clock:
    """Read a column of times.

    Numbers from 1990 to 2100 are epoch, in seconds, milliseconds or smaller; other numbers are
    seconds from the start of the log. Everything else goes through `read_dates`.

    Parameters
    ----------
    cells
        Text, numbers or instants, numbered from 0.
    field
        Name of the column, for messages.
    options
        ``timezone`` and ``date_format`` are looked at.

    Raises
    ------
    Ambiguous
        When numbers may also be years or dates, or when day and month cannot be told apart.
    BadInput
        When numbers are too large for seconds and not epoch.

    Examples
    --------
    >>> from netquality.sources.ledger import Options
    >>> read_clock(pd.Series(["18", "86437"]), "at", Options()).day.tolist()
    [0, 1]
    >>> read_clock(pd.Series(["2024-03-05 10:00:00"]), "at", Options()).zone
    'UTC (assumed)'
    """
    if pd.api.types.is_datetime64_any_dtype(cells):
        return _of_instants(cells, options)
    if options.date_format in (None, SECONDS, "dmy", "mdy", "ymd"):
        numbers = _numbers(cells)
        if numbers is not None:
            return _of_numbers(numbers, field, options)
    return _of_dates(cells.astype("str").fillna(""), field, options)


def _numbers(cells: pd.Series) -> pd.Series | None:
    """Return cells as numbers if most of those that hold anything are numbers."""
    text = pd.api.types.is_string_dtype(cells)
    whole = whole_numbers(cells) if text else None
    if whole is not None:
        return pd.Series(whole)
    numbers = pd.to_numeric(cells, errors="coerce")
    numbers = numbers.where(np.isfinite(numbers.to_numpy(dtype=np.float64, na_value=np.nan)))
    filled = int((cells.str.strip() != "").sum() if text else cells.notna().sum())
    return numbers if 2 * int(numbers.notna().sum()) > filled else None


def _of_numbers(numbers: pd.Series, field: str, options: Options) -> Clock:
    known = numbers.dropna()
    unit = _unit(known, field, options)
    at = _instants(numbers, unit)
    relative = not _in_epoch(float(known.median()), unit) or options.date_format == SECONDS
    return Clock(
        at=at,
        day=day_of(at),
        precision=_precision("second", at.isna().to_numpy()),
        zone=RELATIVE if relative else "UTC (given)",
        note=f"{field}: numbers are seconds from the start of the log, not dates"
        if relative
        else "",
    )


def _instants(numbers: pd.Series, unit: int) -> pd.Series:
    sound = (numbers.abs() <= _FARTHEST * unit).to_numpy(dtype=bool)
    near = numbers.where(sound, 0)
    # Whole numbers stay whole: a float cannot hold every nanosecond of an epoch.
    exact = near.dtype.kind in "iu"
    micros = near * (10**6 // unit) if exact and unit <= 10**6 else near * (10**6 / unit)
    stamps = micros.round().astype("int64").to_numpy().astype("datetime64[us]")
    return pd.Series(stamps).where(sound).dt.tz_localize("UTC")


def _unit(known: pd.Series, field: str, options: Options) -> int:
    """Return how many units of these numbers make a second."""
    if options.date_format == SECONDS:
        return 1
    middle = float(known.median())
    for unit in _UNITS:
        if _in_epoch(middle, unit):
            return unit
    if middle > EPOCH_SECONDS[1]:
        raise BadInput(
            f"The column {field!r} holds numbers that are neither epoch (1990 to 2100) nor seconds "
            "from the start of a log.",
            accepted=_HINT,
        )
    if _years(known) or _compact(known):
        raise Ambiguous(
            f"The column {field!r} holds numbers that may be {_reading(known)}, or seconds.",
            accepted=_HINT,
            todo="Say which it is.",
        )
    return 1


def _in_epoch(value: float, unit: int) -> bool:
    return EPOCH_SECONDS[0] * unit <= value <= EPOCH_SECONDS[1] * unit


def _years(known: pd.Series) -> bool:
    return bool(known.between(1900, 2100).all() and (known % 1 == 0).all())


def _compact(known: pd.Series) -> bool:
    if not known.between(19000101, 21001231).all() or (known % 1 != 0).any():
        return False
    text = pd.Series(known.astype("int64").unique()).astype("str")
    return bool(pd.to_datetime(text, format="%Y%m%d", errors="coerce").notna().all())


def _reading(known: pd.Series) -> str:
    return "years (%Y)" if _years(known) else "dates (%Y%m%d)"


def _of_instants(cells: pd.Series, options: Options) -> Clock:
    naive = getattr(cells.dt, "tz", None) is None
    if naive:
        zone = zone_named(options.timezone) or "UTC"
        cells = cells.dt.tz_localize(zone, ambiguous=False, nonexistent="shift_forward")
    at = cells.dt.tz_convert("UTC").astype("datetime64[us, UTC]")
    precision = _precision("second", at.isna().to_numpy())
    return Clock(at, day_of(at), precision, *_zone(not naive, options))


def _of_dates(cells: pd.Series, field: str, options: Options) -> Clock:
    order = None if options.date_format == SECONDS else options.date_format
    dates = read_dates(cells, field=field, date_format=order, timezone=options.timezone)
    return Clock(dates.at, dates.day, dates.precision, *_zone(dates.zoned, options))


def _zone(stated: bool, options: Options) -> tuple[str, str]:
    if stated:
        return "UTC (given)", ""
    if options.timezone:
        return f"{options.timezone} (given)", ""
    return "UTC (assumed)", "times name no zone: UTC is assumed, --timezone says otherwise"


def _precision(name: str, missing: npt.NDArray[np.bool_]) -> pd.Series:
    codes = np.where(missing, PRECISIONS.index("none"), PRECISIONS.index(name)).astype(np.int8)
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(PRECISIONS)))
