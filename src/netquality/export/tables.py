"""CSV that every program reads alike and no spreadsheet executes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.disk import write
from netquality.export.columns import mended
from netquality.text import FORMULA, escape, unescape

if TYPE_CHECKING:
    import os
    from pathlib import Path

__all__ = ["csv_text", "unescape", "write_csv"]

_ODD = rf"{FORMULA}|\r"


def csv_text(frame: pd.DataFrame) -> str:
    r"""Return a table as CSV text: comma, LF, header, no index.

    Text cells that a spreadsheet would take for a formula get a leading apostrophe, which
    `unescape` takes away again. Truth values are ``true`` and ``false``, missing values are
    empty, floats are written so that reading them gives the same number. Line ends inside a
    cell become LF.

    Examples
    --------
    >>> csv_text(pd.DataFrame({"name": ["=1+1"], "two_way": [True], "strength": [0.1]}))
    "name,two_way,strength\n'=1+1,true,0.1\n"
    """
    return frame.apply(_cells).to_csv(index=False, lineterminator="\n")


def write_csv(frame: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    r"""Write a table as UTF-8 CSV, whole or not at all; see `csv_text`.

    Raises
    ------
    BadInput
        When the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(pd.DataFrame({"a": ["zora"]}), folder + "/ties.csv").read_text("utf-8")
    'a\nzora\n'
    """
    return write(path, csv_text(frame).encode("utf-8", "replace"))


def _cells(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "true", False: "false"})
    if pd.api.types.is_numeric_dtype(column):
        return column
    if isinstance(column.dtype, pd.StringDtype):
        return mended(column, _ODD, _text)
    return column.map(lambda cell: _text(cell) if isinstance(cell, str) else cell)


def _text(cell: str) -> str:
    # Python's writer leaves a lone CR unquoted, and readers take it for the end of the row.
    return escape(cell).replace("\r\n", "\n").replace("\r", "\n")
