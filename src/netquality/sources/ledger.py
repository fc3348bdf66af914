"""Accounting of one file: every row read is kept, merged or rejected with a reason."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ids import digest
from netquality.schema import Tables, as_table
from netquality.sources.addresses import folded_name

if TYPE_CHECKING:
    from netquality.sources.streams import Progress

__all__ = ["Ledger", "Options", "shape"]

# So many different shapes of refused cells are told apart, and so many refused rows listed one by
# one; all are counted.
_SHAPES, _LISTED = 10_000, 500_000
EPOCH_1990 = (datetime(1990, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days


@dataclass(frozen=True)
class Options:
    """What the user said about files that do not say it themselves.

    Parameters
    ----------
    ego
        A mail address, profile slug, phone number, platform id or name of the owner.
    timezone
        IANA name for stamps without a zone; UTC is assumed and said otherwise.
    date_format
        ``dmy``, ``mdy``, ``ymd`` or a strptime format.
    columns
        Roles of the columns from left to right, ``-`` skips one.
    every
        Seconds between two sightings of a pair that still belong to one meeting.
    separator
        What stands between several recipients in one cell.
    directed
        Whether sender and recipient mean a direction; None decides by the data.
    aliases
        What else the owner goes by: other addresses, numbers, names.
    region
        Two-letter country of phone numbers that state none.
    other_chats
        The order of day and month that other chats of the same phone show.
    latest
        The last day that other sources of the call show: until then planned meetings were held.
    progress
        Called while a large file is read: its name, the bytes read so far, its size.

    Examples
    --------
    >>> Options(columns="sender,recipient,at").every is None
    True
    """

    ego: str | None = None
    timezone: str | None = None
    date_format: str | None = None
    columns: str | None = None
    every: float | None = None
    separator: str | None = None
    directed: bool | None = None
    aliases: tuple[str, ...] = ()
    region: str | None = None
    other_chats: str | None = None
    latest: int | None = None
    progress: Progress | None = None

    @property
    def mine(self) -> frozenset[str]:
        """All that the owner goes by, folded for comparing."""
        said = (self.ego, *self.aliases)
        return frozenset(folded_name(each) for each in said if each)


def shape(value: object) -> str:
    """Describe a private value by its shape only: letters, digits, length.

    Examples
    --------
    >>> shape("Zora <z9@x.example>")
    'Aaaa <a9@a.aaaaaaa>'
    >>> shape("x" * 100)
    'aaaaaaaaaaaaaaaaaaaaaaaa… (100 characters)'
    """
    text = "" if value is None or value != value else str(value)
    masked = "".join(_mask(character) for character in text[:24])
    return masked if len(text) <= 24 else f"{masked}… ({len(text)} characters)"


def _mask(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character if character in " .,;:@/-_<>()'\"" else "?"


@dataclass
class Ledger:
    """Collects what one file yields and closes the account at the end.

    Parameters
    ----------
    name
        The file's name inside its bundle.
    bundle
        The archive, folder or file that the user named.
    format
        For example ``linkedin/messages`` or ``log``.
    content
        The bytes of the file; their hash, with the format, is the source's id. Of a file that is
        read bit by bit, nothing: `seal` follows when all of it was read.
    exported
        Day of the export, if its name says it.

    Examples
    --------
    >>> book = Ledger("a.csv", "a.csv", "log", b"1,2")
    >>> book.read = 2
    >>> book.reject([2], "at", "no date", ["soon"])
    >>> tables = book.close(kept_rows=[1], zone="UTC (given)")
    >>> tables.sources[["read", "kept", "merged", "rejected"]].iloc[0].tolist()
    [2, 1, 0, 1]
    """

    name: str
    bundle: str
    format: str
    content: bytes = b""
    exported: int | None = None
    era: str | None = None
    read: int = 0
    merged: int = 0
    unused: str | None = None
    tables: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    _rows: array[int] = field(default_factory=lambda: array("q"))
    _why: array[int] = field(default_factory=lambda: array("l"))
    _reasons: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = digest(self.format, self.content)
        self.content = b""  # half a gigabyte of messages need not be held twice

    def seal(self, content: bytes) -> None:
        """Name the source by its content, or by a hash of all of it, once that is known."""
        self.source = digest(self.format, content)

    def reject(self, rows: Any, field: str, reason: str, values: Any = None) -> None:
        """Refuse rows for one reason; the first reason of a row counts."""
        numbers = np.asarray(rows, dtype=np.int64)
        texts = [""] * len(numbers) if values is None else list(values)
        for row, value in zip(numbers.tolist(), texts, strict=True):
            self._rows.append(row)
            self._why.append(self._reason(field, reason, shape(value)))

    def _reason(self, field: str, reason: str, shown: str) -> int:
        if len(self._reasons) >= _SHAPES:
            shown = "…"
        return self._reasons.setdefault((field, reason, shown), len(self._reasons))

    def _refused(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the rows that were refused, and where the first reason of each is."""
        rows, first = np.unique(np.asarray(self._rows, dtype=np.int64), return_index=True)
        return rows, np.asarray(self._why, dtype=np.int64)[first]

    def add(self, table: str, columns: dict[str, Any], rows: int | None = None) -> None:
        """Add rows to a table; the source is filled in."""
        frame = as_table(table, {**columns, "source": self.source}, rows)
        if len(frame):
            self.tables.setdefault(table, []).append(frame)

    def close(
        self,
        *,
        kept_rows: Any,
        zone: str = "UTC (given)",
        owner: str | None = None,
        shows: tuple[str, ...] = (),
        days: pd.Series | None = None,
        rules: str | None = None,
    ) -> Tables:
        """Balance the account and return the tables of this file.

        Parameters
        ----------
        kept_rows
            Row numbers that left something behind; those also rejected do not count.
        days
            Every day stated by a kept row: gives first, last and the odd dates.
        """
        refused, _ = self._refused()
        kept = _without(np.asarray(kept_rows, dtype=np.int64), refused)
        self.merged = self.read - kept - len(refused)
        first, last, odd = self._span(days)
        if zone.startswith("relative"):
            odd = 0  # days counted from the start of a log lie before 1990, and nothing is odd
        self.add(
            "sources",
            {
                "name": self.name,
                "bundle": self.bundle,
                "format": self.format,
                "era": self.era,
                "owner": owner,
                "shows": ",".join(shows),
                "first": first,
                "last": last,
                "exported": self.exported,
                "zone": zone,
                "rules": rules,
                "read": self.read,
                "kept": kept,
                "merged": self.merged,
                "rejected": len(refused),
                "odd": odd,
                "unused": self.unused,
            },
            rows=1,
        )
        self._add_rejects()
        parts = {name: pd.concat(frames, ignore_index=True) for name, frames in self.tables.items()}
        return Tables(**parts)

    def _span(self, days: pd.Series | None) -> tuple[int | None, int | None, int]:
        stated = pd.Series([], dtype="Int64") if days is None else days.dropna()
        known = stated.to_numpy(dtype=np.int64)
        if not len(known):
            return None, None, 0
        late = known > self.exported + 1 if self.exported is not None else known < known.min()
        odd = (known < EPOCH_1990) | late
        span = known if odd.all() else known[~odd]
        return int(span.min()), int(span.max()), int(odd.sum())

    def _add_rejects(self) -> None:
        rows, why = (each[:_LISTED] for each in self._refused())
        if len(rows):
            cells: npt.NDArray[Any] = np.array(list(self._reasons), dtype=object)[why]
            field, reason, shapes = cells.T
            self.add("rejects", {"row": rows, "field": field, "reason": reason, "shape": shapes})


def _without(rows: npt.NDArray[np.int64], refused: npt.NDArray[np.int64]) -> int:
    """Count the different rows that were not refused."""
    most = int(max(rows.max(initial=0), refused.max(initial=0)))
    if most > 2 * len(rows) + _LISTED:  # numbers far apart: a mark for each would be a waste
        return len(np.setdiff1d(rows, refused))
    left = np.zeros(most + 1, dtype=bool)
    left[rows] = True
    left[refused] = False
    return int(left.sum())
