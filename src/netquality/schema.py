"""The narrow waist: the tables that everything above is computed from.

Sources write tables, identity joins their accounts, ties and measures read them.
Each table is a pandas frame with fixed columns and dtypes; `check` refuses any other
and is called wherever a table crosses a floor.

A *day* is an integer, the number of days since 1970-01-01 in UTC. A missing value means
unknown, never zero and never "none". The full rules stand in ``docs/architecture.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.errors import BrokenTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "ANSWERS",
    "CHANNELS",
    "KINDS",
    "MARKS",
    "PRECISIONS",
    "ROLES",
    "TABLES",
    "Tables",
    "as_table",
    "check",
    "empty",
]

KINDS = (
    "reaction",
    "endorsement",
    "reshare",
    "comment",
    "message",
    "invitation",
    "call",
    "meeting",
    "favour",
    "introduction",
    "recommendation",
    "joint work",
    "post",
)
CHANNELS = ("linkedin", "mail", "chat", "sms", "call", "video", "meeting", "log", "hand")
PRECISIONS = ("second", "minute", "day", "month", "none")
ROLES = ("to", "cc", "bcc", "attendee", "member", "mentioned")
ANSWERS = ("accepted", "declined", "tentative", "missed", "none")
MARKS = ("templated", "prompted", "ask", "thanks", "offer", "introduces", "automatic")
KEYS = ("profile", "mail", "phone", "platform", "name")
ACCOUNT_KINDS = ("person", "hidden", "group", "list", "robot", "room", "organisation")
RELATION_KINDS = ("connected", "invited", "address book", "follows", "teammate", "knows")
ATTRIBUTES = ("employer", "title", "place", "group", "skill", "topic", "offer", "ask", "tag")


def _closed(values: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(list(values))


_AT = "datetime64[us, UTC]"

# Columns beyond the design's list: `sources.bundle` (the archive that a file came in, because
# names are unique inside an archive, not inside a file), `sources.odd` (dates before 1990 or
# after the export), `accounts.row`, and the table `given` (ties that a graph file states).
TABLES: Mapping[str, Mapping[str, Any]] = {
    "sources": {
        "source": "str",
        "name": "str",
        "bundle": "str",
        "format": "str",
        "era": "str",
        "owner": "str",
        "shows": "str",
        "first": "Int64",
        "last": "Int64",
        "exported": "Int64",
        "zone": "str",
        "rules": "str",
        "read": "int64",
        "kept": "int64",
        "merged": "int64",
        "rejected": "int64",
        "odd": "int64",
        "unused": "str",
    },
    "accounts": {
        "account": "str",
        "source": "str",
        "key": _closed(KEYS),
        "value": "str",
        "raw": "str",
        "name": "str",
        "kind": _closed(ACCOUNT_KINDS),
        "row": "Int64",
    },
    "events": {
        "event": "str",
        "at": _AT,
        "day": "Int64",
        "precision": _closed(PRECISIONS),
        "sender": "str",
        "recipient": "str",
        "role": _closed(ROLES),
        "answer": _closed(ANSWERS),
        "kind": _closed(KINDS),
        "channel": _closed(CHANNELS),
        "audience": "Int64",
        "seconds": "Float64",
        "length": "Int64",
        "thread": "str",
        "object": "str",
        "marks": "str",
        "source": "str",
        "row": "Int64",
    },
    "relations": {
        "a": "str",
        "b": "str",
        "kind": _closed(RELATION_KINDS),
        "start": "Int64",
        "end": "Int64",
        "first_seen": "Int64",
        "last_seen": "Int64",
        "source": "str",
        "row": "Int64",
    },
    "attributes": {
        "account": "str",
        "name": _closed(ATTRIBUTES),
        "value": "str",
        "start": "Int64",
        "end": "Int64",
        "seen": "Int64",
        "source": "str",
        "row": "Int64",
    },
    "rejects": {
        "source": "str",
        "row": "Int64",
        "field": "str",
        "reason": "str",
        "shape": "str",
    },
    "decisions": {
        "decision": "str",
        "at": _AT,
        "kind": "str",
        "subject": "str",
        "object": "str",
        "third": "str",
        "favour": "str",
        "value": "str",
        "about": "str",
        "due": "Int64",
        "undoes": "str",
        "note": "str",
    },
    "given": {
        "a": "str",
        "b": "str",
        "strength": "float64",
        "out": "Float64",
        "in": "Float64",
        "first": "Int64",
        "last": "Int64",
        "basis": "str",
        "source": "str",
        "row": "Int64",
    },
}

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "sources": ("source", "name", "bundle", "format", "zone"),
    "accounts": ("account", "source", "key", "value", "kind"),
    "events": ("event", "precision", "kind", "channel", "source"),
    "relations": ("a", "b", "kind", "source"),
    "attributes": ("account", "name", "value", "source"),
    "rejects": ("source", "reason"),
    "decisions": ("decision", "at", "kind"),
    "given": ("a", "b", "source"),
}


def empty(name: str) -> pd.DataFrame:
    """Return a table of that name without rows.

    Examples
    --------
    >>> list(empty("rejects").columns)
    ['source', 'row', 'field', 'reason', 'shape']
    """
    return _empty(name).copy()


@cache
def _empty(name: str) -> pd.DataFrame:
    columns = TABLES[name]
    return pd.DataFrame({key: pd.Series([], dtype=dtype) for key, dtype in columns.items()})


@cache
def _dtypes(name: str) -> list[Any]:
    return [pd.api.types.pandas_dtype(dtype) for dtype in TABLES[name].values()]


def as_table(name: str, columns: Mapping[str, Any], rows: int | None = None) -> pd.DataFrame:
    """Make a checked table of columns; what is not given is unknown throughout.

    Parameters
    ----------
    name
        One of `TABLES`.
    columns
        Arrays, Series or scalars; scalars are repeated.
    rows
        Number of rows; needed only when every column is a scalar.

    Raises
    ------
    BrokenTable
        When a column is unknown, of the wrong kind, or missing where it is required.

    Examples
    --------
    >>> table = as_table("rejects", {"source": "s", "row": [3, 4], "reason": "no date"})
    >>> table.shape, bool(table["shape"].isna().all())
    ((2, 5), True)
    """
    dtypes = TABLES[name]
    unknown = set(columns) - set(dtypes)
    if unknown:
        raise BrokenTable(f"Table {name!r} has no column {sorted(unknown)}.")
    if rows is None:
        rows = max((len(v) for v in columns.values() if _is_array(v)), default=0)
    data = {key: _column(columns.get(key), dtype, rows) for key, dtype in dtypes.items()}
    return check(name, pd.DataFrame(data))


def _is_array(value: object) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)


def _column(value: Any, dtype: Any, rows: int) -> pd.Series:
    if _is_array(value):
        series = value.reset_index(drop=True) if isinstance(value, pd.Series) else pd.Series(value)
    elif isinstance(dtype, pd.CategoricalDtype):
        code = -1 if value is None else list(dtype.categories).index(value)
        codes = np.full(rows, code, dtype=np.int8)
        return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype))
    elif value is None and dtype == "int64":
        series = pd.Series(np.zeros(rows, dtype=np.int64))
    else:
        series = pd.Series([value] * rows if value is None else np.repeat(value, rows))
    return series.astype(dtype)


def check(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return the table unchanged if it keeps the schema, else raise.

    Raises
    ------
    BrokenTable
        With the table, the column and the first offending row.

    Examples
    --------
    >>> check("events", empty("events")).empty
    True
    """
    dtypes = TABLES[name]
    if list(table.columns) != list(dtypes):
        raise BrokenTable(f"Table {name!r} has columns {list(table.columns)}.")
    found = table.dtypes.tolist()
    if found != _dtypes(name):
        wrong = [found[i] != dtype for i, dtype in enumerate(_dtypes(name))].index(True)
        column = list(dtypes)[wrong]
        raise BrokenTable(f"{name}.{column} is {found[wrong]}, not {dtypes[column]}.")
    if table.empty:
        return table
    for column in _REQUIRED[name]:
        missing = table[column].isna()
        if missing.any():
            raise BrokenTable(f"{name}.{column} is missing in row {int(missing.argmax())}.")
    if name == "sources":
        _check_accounting(table)
    if name == "events":
        _check_clock(table)
    return table


def _check_accounting(sources: pd.DataFrame) -> None:
    odd = sources["read"] != sources["kept"] + sources["merged"] + sources["rejected"]
    if (odd & sources["unused"].isna()).any():
        row = sources[odd].iloc[0]
        raise BrokenTable(
            f"{row['name']}: read {row['read']} is not kept {row['kept']} + merged "
            f"{row['merged']} + rejected {row['rejected']}."
        )


def _check_clock(events: pd.DataFrame) -> None:
    timed = events["precision"].isin(["second", "minute"])
    if (events["at"].isna() & timed).any():
        raise BrokenTable("events.at is missing in a row of precision second or minute.")
    if (events["day"].isna() & (events["precision"] != "none")).any():
        raise BrokenTable("events.day is missing in a dated row.")


@dataclass(frozen=True, eq=False)
class Tables:
    """All tables of one or several sources, checked when made.

    Examples
    --------
    >>> tables = Tables()
    >>> len(tables.events), list(tables.sources.columns)[:3]
    (0, ['source', 'name', 'bundle'])
    """

    sources: pd.DataFrame = field(default_factory=lambda: empty("sources"))
    accounts: pd.DataFrame = field(default_factory=lambda: empty("accounts"))
    events: pd.DataFrame = field(default_factory=lambda: empty("events"))
    relations: pd.DataFrame = field(default_factory=lambda: empty("relations"))
    attributes: pd.DataFrame = field(default_factory=lambda: empty("attributes"))
    rejects: pd.DataFrame = field(default_factory=lambda: empty("rejects"))
    decisions: pd.DataFrame = field(default_factory=lambda: empty("decisions"))
    given: pd.DataFrame = field(default_factory=lambda: empty("given"))

    def __post_init__(self) -> None:
        for each in fields(self):
            check(each.name, self[each.name])

    def __getitem__(self, name: str) -> pd.DataFrame:
        table: pd.DataFrame = getattr(self, name)
        return table

    @classmethod
    def concat(cls, parts: Iterable[Tables]) -> Tables:
        """Put the rows of several `Tables` below one another.

        Examples
        --------
        >>> Tables.concat([Tables(), Tables()]).events.empty
        True
        """
        every = list(parts)
        joined = {}
        for each in fields(cls):
            filled = [part[each.name] for part in every if len(part[each.name])]
            if filled:
                joined[each.name] = pd.concat(filled, ignore_index=True)
        return cls(**joined)
