"""How cells and files are written: dates of many kinds, addresses, quoting, encodings."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import numpy as np

from netquality.samples.clock import DAY, Ints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "MONTHS",
    "File",
    "Style",
    "connected_on",
    "java_stamp",
    "padded_stamp",
    "plain_stamps",
    "profile",
    "slash_stamps",
    "stamp",
    "table",
    "utc_stamps",
]

# Exports are written with English months, whatever the language of the member.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BLOCK = 20_000


class File(NamedTuple):
    """A member of an archive: its name, and its bytes in blocks."""

    name: str
    blocks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Style:
    """How one file is written.

    Parameters
    ----------
    ends
        What ends a row.
    quoted
        Whether every field is quoted.
    separator
        What stands between fields.
    utf16
        UTF-16 with a byte order mark, instead of plain UTF-8.
    closed
        Whether the last row is ended too.
    preamble
        What stands before the header.
    """

    ends: str = "\n"
    quoted: bool = False
    separator: str = ","
    utf16: bool = False
    closed: bool = True
    preamble: str = ""


def table(header: Sequence[str], rows: Iterable[Sequence[str]], style: Style) -> Iterator[bytes]:
    r"""Write a table in blocks, so that half a million rows are never held twice.

    Examples
    --------
    >>> b"".join(table(["A", "B"], [["1", "x,y"]], Style()))
    b'A,B\n1,"x,y"\n'
    >>> b"".join(table(["A"], [["1"]], Style(closed=False)))
    b'A\n1'
    """
    every = chain([header], rows)
    start = ("\ufeff" if style.utf16 else "") + style.preamble
    while block := list(islice(every, _BLOCK)):
        text = start + _written(block, style)
        if not style.closed:
            text = text.removesuffix(style.ends)
        yield text.encode("utf-16-le" if style.utf16 else "utf-8")
        start = "" if style.closed else style.ends


def _written(rows: Iterable[Sequence[str]], style: Style) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=style.separator,
        lineterminator=style.ends,
        quoting=csv.QUOTE_ALL if style.quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerows(rows)
    return text.getvalue()


def profile(slug: str, *, encoded: bool = False) -> str:
    """Write the address of a profile, percent-encoded as in the list of connections.

    Examples
    --------
    >>> profile("zoë-inkby-00ff00", encoded=True)
    'https://www.linkedin.com/in/zo%C3%AB-inkby-00ff00'
    """
    return f"https://www.linkedin.com/in/{quote(slug, safe='-') if encoded else slug}"


def plain_stamps(at: Ints) -> list[str]:
    """Write seconds as ``YYYY-MM-DD HH:MM:SS``.

    Examples
    --------
    >>> plain_stamps(np.array([1_700_000_000]))
    ['2023-11-14 22:13:20']
    """
    texts = np.datetime_as_string(np.asarray(at).astype("datetime64[s]"), unit="s")
    return [text.replace("T", " ") for text in texts.tolist()]


def utc_stamps(at: Ints) -> list[str]:
    """Write seconds as ``YYYY-MM-DD HH:MM:SS UTC``, as in messages.

    Examples
    --------
    >>> utc_stamps(np.array([1_700_000_000]))
    ['2023-11-14 22:13:20 UTC']
    """
    return [f"{text} UTC" for text in plain_stamps(at)]


def slash_stamps(at: Ints) -> list[str]:
    """Write seconds as ``YYYY/MM/DD HH:MM:SS UTC``, as in endorsements.

    Examples
    --------
    >>> slash_stamps(np.array([1_700_000_000]))
    ['2023/11/14 22:13:20 UTC']
    """
    return [text.replace("-", "/") for text in utc_stamps(at)]


def _moment(at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(at), tz=dt.UTC)


def stamp(at: int) -> str:
    """Write seconds as ``M/D/YY, h:mm AM``, as in invitations.

    Examples
    --------
    >>> stamp(1_700_000_000)
    '11/14/23, 10:13 PM'
    """
    m = _moment(at)
    half = "AM" if m.hour < 12 else "PM"
    return f"{m.month}/{m.day}/{m.year % 100:02d}, {m.hour % 12 or 12}:{m.minute:02d} {half}"


def padded_stamp(at: int) -> str:
    """Write seconds as ``MM/DD/YY, hh:mm AM``, as in recommendations.

    Examples
    --------
    >>> padded_stamp(1_700_000_000 - 6 * 3600)
    '11/14/23, 04:13 PM'
    """
    m = _moment(at)
    half = "AM" if m.hour < 12 else "PM"
    day = f"{m.month:02d}/{m.day:02d}/{m.year % 100:02d}"
    return f"{day}, {m.hour % 12 or 12:02d}:{m.minute:02d} {half}"


def java_stamp(at: int) -> str:
    """Write seconds as ``Www Mon DD HH:MM:SS UTC YYYY``, as in followed companies.

    Examples
    --------
    >>> java_stamp(1_700_000_000)
    'Tue Nov 14 22:13:20 UTC 2023'
    """
    m = _moment(at)
    day = f"{_WEEKDAYS[m.weekday()]} {MONTHS[m.month - 1]} {m.day:02d}"
    return f"{day} {m.hour:02d}:{m.minute:02d}:{m.second:02d} UTC {m.year}"


def connected_on(day: int) -> str:
    """Write a day as ``DD Mon YYYY``, as in connections.

    Examples
    --------
    >>> connected_on(20_777)
    '20 Nov 2026'
    """
    m = _moment(day * DAY)
    return f"{m.day:02d} {MONTHS[m.month - 1]} {m.year}"
