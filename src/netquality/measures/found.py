"""What each part of `changes` finds: rows of one shape, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMNS", "Found", "rows_of", "shaped"]

COLUMNS = {"what": "str", "person": "str", "before": "str", "after": "str", "day": "Int64"}


@dataclass(frozen=True)
class Found:
    """Rows of some kinds of change, sentences about them, and which kinds are unknown.

    Attributes
    ----------
    rows
        In the shape of `COLUMNS`.
    said
        What the rows stand on, and what was left out.
    unknown
        Of which kinds of change nothing can be said, and why.

    Examples
    --------
    >>> Found(rows_of({})).unknown
    {}
    """

    rows: pd.DataFrame
    said: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)


def rows_of(columns: Mapping[str, object]) -> pd.DataFrame:
    """Make rows of change of columns; columns that are not given are missing.

    Parameters
    ----------
    columns
        By name, of `COLUMNS`; at least one with a length where any is a single value.

    Examples
    --------
    >>> rows_of({"what": "lost contact", "person": ["zora"]})["day"].tolist()
    [<NA>]
    """
    return shaped(pd.DataFrame(columns))


def shaped(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the columns of a row of change, in their order and types.

    Parameters
    ----------
    frame
        With some of `COLUMNS`; others are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> shaped(pd.DataFrame({"person": ["zora"], "seen": [3]})).columns.tolist()
    ['what', 'person', 'before', 'after', 'day']
    """
    return frame.reindex(columns=list(COLUMNS)).astype(COLUMNS)
