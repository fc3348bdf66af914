"""Interaction logs in Parquet: only the columns that mean something are unpacked."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from netquality.errors import BadInput
from netquality.sources.interactions.grid import Grid
from netquality.sources.interactions.people import BETWEEN
from netquality.sources.interactions.roles import (
    ACCEPTED_ROLES,
    Columns,
    from_header,
    from_option,
    is_header,
)
from netquality.sources.tables import squash

__all__ = ["MAGIC", "read_parquet"]

MAGIC = b"PAR1"
_MOST_ROWS = 100_000_000
_NUMERIC = frozenset({"at", "weight", "duration", "length"})


def read_parquet(name: str, data: bytes, option: str | None) -> Grid:
    """Read a Parquet file; its columns are named, or told by ``--columns`` from left to right.

    Parameters
    ----------
    name
        The file, for messages.
    data
        Its content.
    option
        The user's ``--columns``.

    Raises
    ------
    BadInput
        When the file is damaged, too large for memory, empty, or its columns are not known.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        columns = _columns(name, list(file.schema_arrow.names), option)
        if not 0 < file.metadata.num_rows <= _MOST_ROWS:
            raise BadInput(
                f"{name} has {file.metadata.num_rows:,} rows.",
                accepted=f"1 to {_MOST_ROWS:,} rows, as far as memory goes.",
            )
        frame = _frame(file, columns)
    except (pa.ArrowException, KeyError, OSError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            f"{name} is a damaged Parquet file: {error}.", todo="Write or download it again."
        ) from None
    return Grid(name, frame.set_axis(range(1, len(frame) + 1)), columns)


def _columns(name: str, names: list[str], option: str | None) -> Columns:
    if option is not None:
        columns = from_option(option)
        if len(columns.roles) != len(names):
            raise BadInput(
                f"{name} has {len(names)} columns, but --columns names {len(columns.roles)}.",
                accepted="one role for every column from left to right, - to skip one.",
            )
        return Columns(columns.roles, tuple(names))
    cells = [squash(each) for each in names]
    if not is_header(cells):
        raise BadInput(
            f"{name} has the columns {', '.join(map(repr, names[:12]))}, none of which name both "
            "a sender and a recipient.",
            accepted=f"--columns with {ACCEPTED_ROLES}",
            todo="For example: --columns sender,recipient,at",
        )
    return from_header(cells, name)


def _frame(file: Any, columns: Columns) -> pd.DataFrame:
    names = file.schema_arrow.names
    wanted = {place: role for place, role in enumerate(columns.roles) if role is not None}
    table = file.read(columns=[names[place] for place in wanted])
    cells = {place: _cells(table[names[place]], role) for place, role in wanted.items()}
    return pd.DataFrame(cells)


def _cells(column: Any, role: str) -> pd.Series:
    """Return a column as numbers or instants where its role wants them, else as text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if role == "at" and pa.types.is_timestamp(kind):
        instants: pd.Series = column.cast(pa.timestamp("us", kind.tz), safe=False).to_pandas()
        return instants
    if role in _NUMERIC and (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        numbers: pd.Series = column.to_pandas()
        return numbers
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        lists = column.cast(pa.list_(pa.string())).to_pandas()
        texts = [BETWEEN.join(part for part in cell if part) for cell in lists.map(_listed)]
        return pd.Series(texts, dtype="str")
    return _text(column, kind)


def _listed(cell: Any) -> list[str]:
    return [] if cell is None else list(cell)


def _text(column: Any, kind: Any) -> pd.Series:
    if pa.types.is_floating(kind):
        whole = column.to_pandas()
        if (whole.dropna() % 1 == 0).all():
            # Whole numbers with gaps come as floats; the person 5 is not called "5.0".
            ids: pd.Series = whole.astype("Int64").astype("str").fillna("")
            return ids
    text: pd.Series = column.cast(pa.large_string()).to_pandas()
    return text.astype("str").fillna("")
