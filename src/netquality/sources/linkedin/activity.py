"""Broadcasting (posts, reposts, articles) and attention to unnamed people.

Comments, reactions and votes are kept as activity of the owner, never as a tie.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from netquality.ids import event_ids
from netquality.sources.dates import Dates, read_dates
from netquality.sources.linkedin.sheet import Context, Sheet, epoch
from netquality.sources.tables import Raw

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.ledger import Ledger

__all__ = ["ACTIVITY", "mended_comments", "object_of", "read_activity", "read_article"]

# kind of file -> kind of event, date column, link columns, text column
ACTIVITY: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "shares": ("post", "date", ("sharelink", "share link"), "sharecommentary"),
    "reposts": ("reshare", "date", ("link",), ""),
    "comments": ("comment", "date", ("link",), "message"),
    "reactions": ("reaction", "date", ("link",), ""),
    "votes": ("reaction", "date", ("link",), ""),
}
_URN = re.compile(r"urn(?::|%3A)li(?::|%3A)(\w+)(?::|%3A)\(?(\d+)", re.IGNORECASE)
_RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^,\n]{0,6},https?://|^,https?://", re.MULTILINE
)


def object_of(link: str) -> str | None:
    """Return what a link is about: its URN where it has one, else the link itself.

    Examples
    --------
    >>> object_of("https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A70000000")
    'urn:li:activity:70000000'
    """
    found = _URN.search(link)
    if found:
        return f"urn:li:{found.group(1)}:{found.group(2)}"
    return link.split("?")[0] or None


def mended_comments(text: str, header_end: int) -> pd.DataFrame:
    r"""Cut Comments.csv into records; it is not valid CSV in most eras.

    Up to 2024 a message with a line break but no comma is not quoted; in 2026 an embedded
    quote is written with a backslash. A record starts with a date and a link, everything
    up to the next start belongs to it.

    Examples
    --------
    >>> body = '2021-05-01 10:00:00,https://a/b,one\ntwo\n2021-05-02 10:00:00,https://a/c,'
    >>> mended_comments(body + '"say \\"hi\\""\n', 0)["message"].tolist()
    ['one\ntwo', 'say "hi"']
    """
    body = text[header_end:].replace("\r\n", "\n")
    starts = [found.start() for found in _RECORD.finditer(body)]
    pieces = (
        [body[a:b] for a, b in zip(starts, [*starts[1:], len(body)], strict=True)] if starts else []
    )
    stray = body[: starts[0]].strip() if starts else body.strip()
    records = [_comment(piece) for piece in pieces]
    if stray:
        records.insert(0, ["", "", stray])
    frame = pd.DataFrame(records, columns=["date", "link", "message"], dtype="str")
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame


def _comment(piece: str) -> list[str]:
    date, link, message = [*piece.split(",", 2), "", ""][:3]
    message = message.rstrip("\n")
    if len(message) > 1 and message.startswith('"') and message.endswith('"'):
        message = message[1:-1].replace('\\"', '"').replace('""', '"')
    return [date, link.strip(), message]


def read_activity(sheet: Sheet, context: Context) -> Tables:
    """Read what the owner did in public; the author of the object is never in the export."""
    kind, day_column, links, text_column = ACTIVITY[sheet.kind]
    blank = sheet.column(*links).str.strip() == ""
    sheet.drop(
        blank & (sheet.column(day_column).str.strip() == ""), "link", "neither date nor link"
    )
    dates = sheet.dated(day_column, context, needed=False)
    objects = sheet.column(*links).str.strip()
    texts = sheet.column(text_column, "share commentary") if text_column else None
    if texts is not None:
        # Every line break of a post arrives wrapped in quotes.
        texts = texts.str.replace('"\n"', "\n", regex=False)
    seconds = epoch(dates)
    ordinal = (
        pd.DataFrame({"s": seconds, "o": objects}).groupby(["s", "o"], dropna=False).cumcount()
    )
    sheet.book.add(
        "events",
        {
            "event": event_ids(
                kind, seconds, objects.map(lambda link: object_of(link) or ""), ordinal
            ),
            "at": dates.at,
            "day": dates.day,
            "precision": dates.precision,
            "sender": context.owner,
            "kind": kind,
            "channel": "linkedin",
            "length": None if texts is None else texts.str.len(),
            "object": objects.map(object_of),
            "row": pd.Series(sheet.frame.index),
        },
    )
    return sheet.close(context, dates, shows=(kind,))


def read_article(book: Ledger, text: str, context: Context) -> Tables:
    """Read one published article as one post, dated by its own words or its file name."""
    stamp = re.search(r"(?:Published|Created) on (\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)", text)
    named = re.search(r"(\d{4}-\d\d-\d\d)", book.name)
    cell = stamp.group(1) if stamp else named.group(1) if named else ""
    frame = pd.DataFrame({"date": [cell]}, index=[1], dtype="str")
    sheet = Sheet("articles", book, Raw(frame, ["date"], "utf-8", ","))
    sheet.drop(frame["date"] == "", "date", "an article without a date")
    dates: Dates = read_dates(sheet.column("date"))
    book.add(
        "events",
        {
            "event": event_ids(
                "post", epoch(dates), pd.Series([book.name], index=[1])[sheet.frame.index]
            ),
            "at": dates.at,
            "day": dates.day,
            "precision": dates.precision,
            "sender": context.owner,
            "kind": "post",
            "channel": "linkedin",
            "object": "article",
            "row": pd.Series(sheet.frame.index),
        },
    )
    return sheet.close(context, dates, shows=("post",))
