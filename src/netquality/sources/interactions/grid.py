"""The cells of a log: delimiter, header and blank lines settled, nothing understood yet."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.sources.files import foreign
from netquality.sources.interactions.guess import guess, refuse
from netquality.sources.interactions.roles import (
    Columns,
    from_header,
    from_option,
    is_header,
    role_of,
)
from netquality.sources.tables import decode, find_header, parse, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["Grid", "Layout", "delimiter_of", "head_lines", "layout_of", "read_text"]

_HEAD = 65536
_DELIMITERS = ",;|\t "
_TO_TABS = bytes.maketrans(b" ", b"\t")
_SURPLUS_TABS = re.compile(rb"(?m)^\t+|\t+(?=\r?$)|(?<=\t)\t+")
_COMMENTS = re.compile(rb"\A(?:[ \t]*(?:[#%][^\n]*)?\r?\n)+")
_BLANK_LINE = re.compile(rb"(?m)^[ \t]*(?=\r?\n)")


@dataclass
class Grid:
    """The rows of a log: columns by position, the row's number in the file as index.

    Cells are text; a Parquet file keeps its numbers and instants.
    """

    name: str
    frame: pd.DataFrame
    columns: Columns
    malformed: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Number of data rows in the file."""
        return len(self.frame) + len(self.malformed)

    def cells(self, role: str) -> pd.Series | None:
        """Return the column with a role, numbered from 0, if there is one."""
        place = self.columns.place(role)
        return None if place is None else self.frame[place].reset_index(drop=True)


@dataclass(frozen=True)
class Layout:
    """Where the data of a delimited text begin, and what stands above it."""

    text: bytes
    offset: int
    header: list[str]
    delimiter: str


def layout_of(text: bytes) -> Layout | None:
    r"""Find a header that names sender and recipient, below any preamble.

    Examples
    --------
    >>> layout_of(b"# made by hand\nsrc dst  time\n1 2 7\n").header
    ['src', 'dst', 'time']
    """
    text = _COMMENTS.sub(b"", text)
    found = find_header(text, is_header, ",;\t|")
    # A line of a Markdown table begins with the delimiter.
    if found and (found[1][0] or found[2] != "|"):
        return Layout(text, *found)
    if find_header(_tabbed(text[:_HEAD]), _is_plain_header, "\t") is None:
        return None
    text = _tabbed(text)
    found = find_header(text, _is_plain_header, "\t")
    return Layout(text, *found) if found else None


def _is_plain_header(cells: Sequence[str]) -> bool:
    # Prose has blanks too, and often the words "from" and "to": here every word must have a
    # role, and none of them the same.
    roles = [role_of(cell) for cell in cells]
    return is_header(cells) and None not in roles and len(set(roles)) == len(roles)


def _tabbed(text: bytes) -> bytes:
    tabs = text.translate(_TO_TABS)
    # Looking is far cheaper than replacing, and most files have single blanks.
    surplus = any(odd in tabs for odd in (b"\t\t", b"\n\t", b"\t\n", b"\t\r"))
    if surplus or tabs[:1] == b"\t" or tabs[-1:] == b"\t":
        return _SURPLUS_TABS.sub(b"", tabs)
    return tabs


def head_lines(text: bytes) -> list[str]:
    """Return the first twenty lines with anything in them, comments left out."""
    head = _COMMENTS.sub(b"", text[:_HEAD])
    whole = head if len(text) <= _HEAD else head[: head.rfind(b"\n") + 1]
    lines = whole.decode("utf-8", errors="ignore").splitlines()
    return [line for line in lines if line.strip()][:20]


def delimiter_of(lines: Sequence[str], width: int | None = None) -> tuple[str, int] | None:
    r"""Return what separates the cells of rows without a header, and how many there are.

    Parameters
    ----------
    lines
        The first lines.
    width
        The number of cells, if it is known.

    Examples
    --------
    >>> delimiter_of(["1 2\t1 21574", "1 3\t1 21578"]), delimiter_of(["Zora Q\t7"], 2)
    ((' ', 4), ('\t', 2))
    """
    fits: list[tuple[bool, int, str, int]] = []
    for delimiter in _DELIMITERS:
        rows = [_split(line, delimiter) for line in lines]
        usual, often = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        if usual > 1 and 2 * often >= len(rows) and width in (None, usual):
            digits = all(cell.strip().isdigit() for row in rows for cell in row)
            fits.append((not digits, len(fits), delimiter, usual))
    return min(fits)[2:] if fits else None


def _split(line: str, delimiter: str) -> list[str]:
    return line.split() if delimiter == " " else next(csv.reader([line], delimiter=delimiter), [])


def read_text(name: str, data: bytes, option: str | None) -> Grid:
    """Read a delimited text, with or without a header.

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
        When it is no delimited text, or what the columns mean cannot be told.
    """
    refuse_foreign(data, name, foreign)
    text, _ = decode(data)
    if not text.strip():
        raise BadInput(f"{name} is empty.", todo="Pass a log with at least one row.")
    if option is not None:
        return _as_told(name, text, from_option(option))
    layout = layout_of(text)
    if layout is not None:
        return _parsed(name, layout, from_header(layout.header, name))
    return _guessed(name, text)


def _as_told(name: str, text: bytes, columns: Columns) -> Grid:
    text, width = _COMMENTS.sub(b"", text), len(columns.roles)
    lines = head_lines(text)
    found = delimiter_of(lines, width)
    if found is None:
        other = delimiter_of(lines)
        raise BadInput(
            f"{name} has {other[1] if other else 1} columns, but --columns names {width}.",
            accepted="one role for every column from left to right, - for one to be skipped.",
        )
    delimiter = found[0]
    first = _split(lines[0], delimiter)
    offset = text.index(b"\n") + 1 if _heads(first, columns) and b"\n" in text else 0
    names = tuple(first) if offset else columns.names
    layout = _at_blanks(Layout(text, offset, list(first), delimiter))
    grid = _parsed(name, layout, Columns(columns.roles, names))
    if offset:
        grid.notes.append("the first line is a header; --columns stands instead of it")
    return grid


def _heads(first: Sequence[str], columns: Columns) -> bool:
    """Say whether the first row of a file stands above columns whose roles were given."""
    numeric = [columns.place(role) for role in ("at", "weight", "duration")]
    cells = [first[place] for place in numeric if place is not None and place < len(first)]
    return is_header(first) or any(cell and not re.search(r"\d", cell) for cell in cells)


def _at_blanks(layout: Layout) -> Layout:
    if layout.delimiter != " ":
        return layout
    # The shared parser is fast on tabs; header lines are cut off before, offsets change.
    return Layout(_tabbed(layout.text[layout.offset :]), 0, layout.header, "\t")


def _guessed(name: str, text: bytes) -> Grid:
    lines = head_lines(text)
    found = delimiter_of(lines)
    if found is None:
        refuse(name, lines[0] if lines else "", None)
    delimiter, width = found
    text = _COMMENTS.sub(b"", text)
    layout = _at_blanks(Layout(text, 0, [""] * width, delimiter))
    grid = _parsed(name, layout, Columns((None,) * width, ("",) * width))
    grid.columns, note = guess(name, lines[0], grid.frame)
    grid.notes.append(note)
    return grid


def _parsed(name: str, layout: Layout, columns: Columns) -> Grid:
    body = layout.text[layout.offset :]
    # A blank line becomes a row of empty cells, so that it has a number and is counted. One
    # inside a quoted cell is changed as well: such a cell is never used for its lines.
    empty = layout.delimiter.encode() * (len(layout.header) - 1)
    if _BLANK_LINE.search(body):
        body = _BLANK_LINE.sub(empty, body)
    raw = parse(body, 0, [str(i) for i in range(len(layout.header))], layout.delimiter)
    if raw.read == 0:
        raise BadInput(f"{name} has a header but no rows.", todo="Export it again with its rows.")
    frame = raw.frame.set_axis(range(len(layout.header)), axis=1)
    return Grid(name, frame, columns, raw.malformed)
