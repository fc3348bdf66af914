"""One recognised file of an archive, and what all readers of an archive share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netquality.sources.dates import Dates, read_dates

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.ledger import Ledger, Options
    from netquality.sources.linkedin.people import Directory
    from netquality.sources.tables import Raw

__all__ = ["Context", "Sheet", "epoch"]


@dataclass(frozen=True)
class Context:
    """The archive around a file: who owns it, and what the user said."""

    directory: Directory
    options: Options

    @property
    def owner(self) -> str:
        """The owner's account."""
        return self.directory.owner


@dataclass
class Sheet:
    """A file whose kind is known, its cells as text, its account open."""

    kind: str
    book: Ledger
    raw: Raw

    def __post_init__(self) -> None:
        self.book.read = self.raw.read
        for reason in sorted(set(self.raw.malformed.values())):
            rows = [row for row, why in self.raw.malformed.items() if why == reason]
            self.book.reject(rows, "row", reason)
        self.frame = self.raw.frame
        if len(self.frame.columns):
            self.drop(_blank(self.frame), "row", "blank row")

    def column(self, *names: str) -> pd.Series:
        """Return the first of these columns that the file has, blank if none."""
        for name in names:
            if name in self.frame:
                return self.frame[name]
        return pd.Series("", index=self.frame.index, dtype="str")

    def has(self, name: str) -> bool:
        """Say whether the file has that column."""
        return name in self.frame

    def drop(self, bad: pd.Series, field: str, reason: str, *, shown: bool = False) -> None:
        """Reject the rows where `bad` is true and go on without them."""
        self.drop_each([(bad, field, reason)], shown=shown)

    def drop_each(self, cases: list[tuple[pd.Series, str, str]], *, shown: bool = False) -> None:
        """Reject rows for several reasons at once, the first reason of a row counts."""
        gone = pd.Series(False, index=self.frame.index)
        for bad, field, reason in cases:
            if bad.any():
                values = self.frame.loc[bad, field] if shown and field in self.frame else None
                self.book.reject(self.frame.index[bad], field, reason, values)
                gone |= bad
        if gone.any():
            self.frame = self.frame[~gone]

    def dates(self, field: str, context: Context) -> Dates:
        """Read a column of dates."""
        return read_dates(
            self.column(field),
            field=f"{field!r} of {self.book.name}",
            date_format=context.options.date_format,
            timezone=context.options.timezone,
        )

    def dated(self, field: str, context: Context, *, needed: bool = True) -> Dates:
        """Read a column of dates and reject rows whose date has no known form."""
        dates = self.dates(field, context)
        bad = dates.missing if needed else dates.missing & (self.column(field).str.strip() != "")
        if bad.any():
            self.drop(bad, field, "no date in a known form", shown=True)
            dates = Dates(dates.at[~bad], dates.day[~bad], dates.precision[~bad], dates.zoned)
        return dates

    def close(
        self, context: Context, dates: Dates | None = None, shows: tuple[str, ...] = (), **more: str
    ) -> Tables:
        """Close the account; all rows still here were kept."""
        zone = context.options.timezone
        stated = "UTC (given)" if dates is None or dates.zoned else "UTC (assumed)"
        return self.book.close(
            kept_rows=self.frame.index,
            zone=f"{zone} (given)" if zone and dates is not None and not dates.zoned else stated,
            owner=context.owner,
            shows=shows,
            days=None if dates is None else dates.day,
            rules=more.get("rules"),
        )


def _blank(frame: pd.DataFrame) -> pd.Series:
    blank = frame.iloc[:, 0] == ""
    for name in frame.columns[1:]:
        if not blank.any():
            break
        blank &= frame[name] == ""
    return blank


def epoch(dates: Dates) -> pd.Series:
    """Return seconds since 1970 for event ids; of the day where no time was stated."""
    seconds = dates.at.astype("int64") // 1_000_000
    return seconds.where(dates.at.notna(), dates.day * 86_400).astype("Int64")
