"""The activity files: comments, shares, reactions, votes. Each has a dialect of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.samples.cells import File, Style, plain_stamps, slash_stamps, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from netquality.samples.cut import Cut

__all__ = ["trace_files"]

_LEGACY = Style(ends="\r\n", quoted=True, separator="\t", utf16=True)
_ACTIVITY = Style(ends="\r\n")


def _links(rows: pd.DataFrame, kind: str = "activity") -> list[str]:
    start = "https://www.linkedin.com/feed/update/urn%3Ali%3A"
    return [f"{start}{kind}%3A{urn}" for urn in rows["urn"]]


def raw_comment(text: str) -> str:
    r"""Write a comment as until 2024: line breaks alone do not make it quoted.

    Examples
    --------
    >>> raw_comment("first line\nsecond"), raw_comment("yes, but")
    ('first line\nsecond', '"yes, but"')
    """
    if "," not in text and '"' not in text:
        return text
    return '"' + text.replace('"', '""') + '"'


def backslash_comment(text: str) -> str:
    r"""Write a comment as in 2026: a quote inside is written with a backslash.

    Examples
    --------
    >>> print(backslash_comment('He said "yes"'))
    "He said \"yes\""
    """
    if not any(mark in text for mark in ',"\n'):
        return text
    return '"' + text.replace('"', '\\"') + '"'


def _comment_lines(cut: Cut) -> Iterable[bytes]:
    rows = cut.until(cut.world.acts["comments"])
    write = backslash_comment if cut.era.backslashed else raw_comment
    dates = plain_stamps(rows["at"].to_numpy())
    if cut.era.backslashed and len(dates) > 3:
        dates[3] = ""  # seen in real exports
    yield b"Date,Link,Message\r\n"
    for date, link, text in zip(dates, _links(rows), rows["text"], strict=True):
        yield f"{date},{link},{write(text)}\r\n".encode()


def _comments(cut: Cut) -> File:
    return File("Comments.csv", _comment_lines(cut))


def _shares(cut: Cut) -> File:
    """Write the posts of the owner; each line break arrives as a quote, a line feed, a quote."""
    rows = cut.until(cut.world.acts["shares"])
    texts = [text.replace("\n", '"\n"') for text in rows["text"]]
    links, size = _links(rows, "share"), len(rows)
    if cut.era.old:
        none, dates = [""] * size, slash_stamps(rows["at"].to_numpy())
        kinds, seen = ["ARTICLE"] * size, ["MEMBER_NETWORK"] * size
        old = zip(dates, none, none, links, texts, none, none, kinds, seen, strict=True)
        return File("Shares.csv", table(cut.era.shares, old, _LEGACY))
    cells = [
        [date, link, text, "", "", "MEMBER_NETWORK"]
        for date, link, text in zip(plain_stamps(rows["at"].to_numpy()), links, texts, strict=True)
    ]
    return File("Shares.csv", table(cut.era.shares, cells, _ACTIVITY))


def _reactions(cut: Cut) -> File:
    rows = cut.until(cut.world.acts["reactions"])
    cells = zip(plain_stamps(rows["at"].to_numpy()), rows["text"], _links(rows), strict=True)
    return File("Reactions.csv", table(["Date", "Type", "Link"], cells, _ACTIVITY))


def _votes(cut: Cut) -> File:
    rows = cut.until(cut.world.acts["votes"])
    dates, links = plain_stamps(rows["at"].to_numpy()), _links(rows, "ugcPost")
    cells = zip(dates, links, rows["text"], strict=True)
    return File("Votes.csv", table(["Date", "Link", "OptionText"], cells, _ACTIVITY))


def trace_files(cut: Cut) -> Iterator[File]:
    """Write what the owner posted, said and liked in public.

    Examples
    --------
    >>> from netquality.samples.cut import cut_of
    >>> cut = cut_of(60, 400, 7, 2026)
    >>> [file.name for file in trace_files(cut)]
    ['Comments.csv', 'Shares.csv', 'Reactions.csv', 'Votes.csv']
    """
    yield from (_comments(cut), _shares(cut), _reactions(cut), _votes(cut))
