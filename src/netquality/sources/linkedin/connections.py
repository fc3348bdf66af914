"""Connections.csv: who is connected, since when, where they work today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.sources.addresses import squashed

if TYPE_CHECKING:
    import pandas as pd

    from netquality.schema import Tables
    from netquality.sources.linkedin.sheet import Context, Sheet

__all__ = ["full_names", "read_connections"]


def full_names(first: pd.Series, last: pd.Series) -> pd.Series:
    """Join first and last names with one blank.

    Examples
    --------
    >>> import pandas as pd
    >>> full_names(pd.Series([" Zora "]), pd.Series(["Quillfeather, PhD"])).tolist()
    ['Zora Quillfeather, PhD']
    """
    return (first + " " + last).map(squashed).astype("str")


def read_connections(sheet: Sheet, context: Context) -> Tables:
    """Read connections; rows with a date only (no name, no link) are ghosts and rejected."""
    names = full_names(sheet.column("first name"), sheet.column("last name"))
    urls, mails = (
        sheet.column("url").str.strip(),
        sheet.column("email address", "e-mail address").str.strip(),
    )
    sheet.drop(
        (names == "") & (urls == "") & (mails == ""),
        "name",
        "date-only ghost row: no name, no link",
    )
    dates = sheet.dates("connected on", context)
    unread = dates.missing & (sheet.column("connected on").str.strip() != "")
    sheet.drop(unread, "connected on", "no date in a known form", shown=True)
    rows = sheet.frame.index
    names, day = names[rows], dates.day[rows]
    # Without a link, the day of connecting is what keeps two namesakes apart.
    named = (urls[rows] == "") & (mails[rows] == "")
    within = day.astype("str").fillna("").where(named, "")
    accounts = context.directory.accounts(sheet.book, names, urls[rows], mails[rows], within)
    seen = sheet.book.exported if sheet.book.exported is not None else _newest(day)
    sheet.book.add(
        "relations",
        {
            "a": context.owner,
            "b": accounts,
            "kind": "connected",
            "start": day,
            "first_seen": seen,
            "last_seen": seen,
            "row": rows,
        },
    )
    for name, column in (("employer", "company"), ("title", "position")):
        _attribute(sheet, accounts, name, sheet.column(column, "job title").map(squashed), seen)
    kept = type(dates)(dates.at[rows], day, dates.precision[rows], zoned=True)
    return sheet.close(context, kept, shows=("connected",))


def _newest(day: pd.Series) -> int | None:
    return int(day.max()) if day.notna().any() else None


def _attribute(
    sheet: Sheet, accounts: pd.Series, name: str, values: pd.Series, seen: int | None
) -> None:
    filled = values[values != ""]
    sheet.book.add(
        "attributes",
        {
            "account": accounts[filled.index],
            "name": name,
            "value": filled,
            "seen": seen,
            "row": filled.index,
        },
    )
