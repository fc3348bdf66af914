"""Columns of text, of which few cells need a hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

__all__ = ["mended"]


def mended(column: pd.Series, odd: str, mend: Callable[[str], str]) -> pd.Series:
    """Return a column of text with `mend` applied to the cells in which a pattern is found.

    The pattern is looked for in all cells at once, many times faster than `mend` in each.

    Parameters
    ----------
    column
        A Series of pandas' text type; what is missing stays missing.
    odd
        A regular expression that finds at least every cell that `mend` would change.
    mend
        What makes the new text of such a cell.

    Examples
    --------
    >>> import pandas as pd
    >>> mended(pd.Series(["zora", "=1", None]), "^=", lambda cell: "'" + cell).tolist()
    ['zora', "'=1", nan]
    """
    found = column.str.contains(odd, na=False).to_numpy(bool)
    if not found.any():
        return column
    whole = column.copy()
    whole[found] = [mend(cell) for cell in column[found]]
    return whole
