"""Rows of a call log, written down as events."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from netquality.sources.addresses import is_person_number
from netquality.sources.dates import Dates, read_dates
from netquality.sources.diary import Diary
from netquality.sources.ledger import Ledger
from netquality.sources.parties import Parties
from netquality.sources.phone.dialling import Outcome, write_call
from netquality.sources.phone.directions import NO_CALL, outcome_of
from netquality.sources.phone.directory import Directory, shown_name, tail
from netquality.sources.phone.durations import seconds_of, unit_of
from netquality.sources.phone.moments import DAY, refused
from netquality.sources.phone.repeats import Repeats
from netquality.sources.phone.rings import refused_number
from netquality.sources.phone.stamps import order_of, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.schema import Tables
    from netquality.sources.files import Bundle
    from netquality.sources.ledger import Options
    from netquality.sources.phone.columns import Columns
    from netquality.sources.tables import Raw

__all__ = ["CallRows", "is_damaged"]

_DAMAGED = re.compile(r"[-+]?\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_WRAPPED = re.compile(r'="(.*)"|\'(.*)|tel:(.*)', re.DOTALL)
_ORDERS = (None, "dmy", "mdy", "ymd")
_OUTGOING = Outcome(incoming=False)


def is_damaged(cell: str) -> bool:
    """Say whether a spreadsheet has turned a number into a power of ten, its end lost.

    Examples
    --------
    >>> is_damaged("4.47E+11"), is_damaged("+447700900123")
    (True, False)
    """
    return _DAMAGED.fullmatch(cell.strip()) is not None


class _Row(NamedTuple):
    row: int
    number: str
    stamp: str
    at: int | None
    precision: str
    kind: str
    length: str
    name: str
    line: str


class CallRows:
    """Writes the rows of a parsed call log; each is written, rejected, or a repeat.

    Parameters
    ----------
    raw
        The parsed file.
    columns
        What its columns mean.
    options
        What the user said.
    """

    def __init__(self, raw: Raw, columns: Columns, options: Options) -> None:
        self._raw, self._columns, self._options = raw, columns, options
        self._directory = Directory(Parties(options.region), options.ego, options.aliases)
        self._diary = Diary(self._directory.parties)
        self._repeats = Repeats()
        self._seen: Counter[str] = Counter()
        self._named_line = self._own_lines()
        self._told = self._says_direction()

    def tables(self, name: str, bundle: Bundle, data: bytes) -> Tables:
        """Read all rows and return the tables of the file."""
        book = Ledger(name, bundle.name, "phone/calllog", data, bundle.exported)
        book.read = self._raw.read
        for number, reason in self._raw.malformed.items():
            book.reject([number], "row", reason)
        stamps = self._stamps()
        dates = read_dates(
            stamps,
            field=self._columns.date,
            date_format=self._options.date_format,
            timezone=self._options.timezone,
        )
        for row in self._rows(stamps, dates):
            self._read(book, row)
        return self._diary.close(
            book,
            owner=self._directory.owner,
            zone=self._zone(dates),
            rules=self._notes(stamps),
            shows=("call",),
        )

    def _cells(self, name: str | None) -> pd.Series:
        frame = self._raw.frame
        if name is None:
            return pd.Series("", index=frame.index, dtype="str")
        return frame[name].fillna("").str.strip()

    def _kinds(self) -> pd.Series:
        kinds = self._cells(None)
        for name in self._columns.types:
            kinds = kinds.str.cat(self._cells(name), sep=" ")
        return kinds.str.strip()

    def _own_lines(self) -> bool:
        """Enter the bill's own numbers as the owner's; say whether the user named one of them.

        A bill may list the lines of a whole family: where the user named one, it is that one.
        """
        lines = [_dialled(cell) for cell in self._cells(self._columns.own).unique()]
        numbers = [number for number in lines if is_person_number(number)]
        known = [number for number in numbers if self._directory.is_own(number)]
        for number in known or numbers:
            self._directory.own(number)
        self._several = len(set(map(tail, numbers))) > 1 and not known
        return bool(known)

    def _says_direction(self) -> bool:
        return any(isinstance(outcome_of(kind), Outcome) for kind in self._kinds().unique())

    def _stamps(self) -> pd.Series:
        cells = self._cells(self._columns.date)
        if self._columns.time is not None:
            cells = cells.str.cat(self._cells(self._columns.time), sep=" ").str.strip()
        return rewritten(cells) if self._options.date_format in _ORDERS else cells

    def _rows(self, stamps: pd.Series, dates: Dates) -> Iterator[_Row]:
        columns = self._columns
        texts = [self._cells(name) for name in (columns.duration, columns.name, columns.own)]
        for values in zip(
            self._raw.frame.index.tolist(),
            map(_dialled, self._cells(columns.number)),
            stamps,
            _microseconds(dates),
            dates.precision.astype(str),
            self._kinds(),
            *texts,
            strict=True,
        ):
            yield _Row(*values)

    def _read(self, book: Ledger, row: _Row) -> None:
        outcome = self._outcome(row.kind)
        if isinstance(outcome, str):
            book.reject([row.row], "type", outcome, [row.kind])
        elif is_damaged(row.number):
            book.reject([row.row], "number", "number damaged by a spreadsheet", [row.number])
        elif self._named_line and row.line and not self._directory.is_own(_dialled(row.line)):
            book.reject([row.row], "line", "a call of another line on the bill", [row.line])
        elif refused_number(book, row.row, row.number, self._directory):
            return
        elif not refused(book, row.row, row.at, row.stamp):
            self._write(row, outcome)

    def _outcome(self, kind: str) -> Outcome | str:
        """Return what became of a call, or why a row is none that can be used."""
        found = outcome_of(kind)
        if found == NO_CALL:
            return NO_CALL
        if isinstance(found, Outcome):
            return found
        if self._told:
            return "a type of call that is not known" if kind else "no type of call"
        return _OUTGOING

    def _write(self, row: _Row, outcome: Outcome) -> None:
        # A bill states minutes, in one of which there may be two calls of one length.
        exact = row.precision == "second"
        if exact and self._repeats.again(tail(row.number), str(row.at), row.kind, row.length):
            return
        seconds = seconds_of(row.length, self._columns.duration or "")
        self._seen["length"] += bool(row.length) and seconds is None
        self._seen["bare"] += row.number.isdigit() and row.number[0] != "0" and len(row.number) > 8
        other = self._directory.code(row.number, shown_name(row.name), row=row.row)
        pair = (self._directory.owner, other)
        write_call(
            self._diary,
            row.row,
            outcome,
            pair,
            at=row.at,
            seconds=seconds,
            precision=row.precision,
        )

    def _zone(self, dates: Dates) -> str:
        if dates.zoned:
            return "UTC (given)"
        said = self._options.timezone
        return f"{said} (given)" if said else "UTC (assumed)"

    def _notes(self, stamps: pd.Series) -> list[str]:
        said = [order_of(stamps, self._options.date_format)]
        if not self._told and not self._columns.called:
            said.append("no column says who called whom: taken as calls from this phone")
        if unit_of(self._columns.duration or "") == "minutes":
            said.append("lengths are counted in minutes, as bills round them")
        if self._several:
            said.append("several lines are on the bill, all taken as the owner's; --ego names one")
        if self._seen["length"]:
            said.append(f"lengths that could not be read: {self._seen['length']:,}")
        if self._seen["bare"]:
            count = f"{self._seen['bare']:,}"
            said.append(f"numbers with neither + nor 0 in front, perhaps lost: {count}")
        if self._raw.encoding.endswith("(assumed)"):
            said.append(f"encoding {self._raw.encoding}")
        return [each for each in said if each]


def _dialled(cell: str) -> str:
    found = _WRAPPED.fullmatch(cell.strip())
    return cell.strip() if found is None else next(filter(None, found.groups()), "").strip()


def _microseconds(dates: Dates) -> list[int | None]:
    """Return the instant of every row, for what states no time any of its day."""
    timed = dates.at.notna().to_numpy()
    stamps = dates.at.astype("datetime64[us, UTC]").astype("int64").tolist()
    days = dates.day.astype(object).tolist()
    return [
        at if known else None if pd.isna(day) else int(day) * DAY
        for at, known, day in zip(stamps, timed, days, strict=True)
    ]
