"""Delimited text as people really have it: decode, find the header, parse, count.

The fast path is Arrow's parser; whatever it cannot account for row by row goes through the
standard library's `csv`, which keeps every odd row.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv

from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Raw", "decode", "find_header", "parse", "refuse_foreign"]

csv.field_size_limit(1 << 30)
_BLOCK = 1 << 24
_PIECE = 1 << 18
HEAD = 12


@dataclass
class Raw:
    """Records of one delimited file, all cells text, numbered from 1 after the header.

    `frame` has the header's columns (squashed, lower case) and the record number as index.
    `malformed` maps the numbers of records with too many or too few cells to the reason.
    """

    frame: pd.DataFrame
    header: list[str]
    encoding: str
    delimiter: str
    malformed: dict[int, str] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Number of data records in the file, blank lines left out."""
        return len(self.frame) + len(self.malformed)


def decode(data: bytes) -> tuple[bytes, str]:
    """Return the content as UTF-8 without a byte-order mark, and what it was encoded in.

    UTF-16 by its mark, then UTF-8, then Windows-1252 as a reported fallback.

    Examples
    --------
    >>> decode("Zoë".encode("utf-16"))[1], decode("Zoë".encode("cp1252"))[1]
    ('utf-16', 'cp1252 (assumed)')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace").encode(), "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:], "utf-8 with mark"
    if not _is_utf8(data):
        return data.decode("cp1252", errors="replace").encode(), "cp1252 (assumed)"
    return data, "utf-8"


def _is_utf8(data: bytes) -> bool:
    """Check piece by piece, so that a large file is never held as text as well."""
    checker = codecs.getincrementaldecoder("utf-8")()
    pieces = memoryview(data)
    try:
        for start in range(0, len(data), _PIECE):
            checker.decode(pieces[start : start + _PIECE])
        checker.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def refuse_foreign(data: bytes, name: str, describe: Callable[[bytes], str]) -> None:
    """Raise when a file that should hold delimited text holds something else.

    Raises
    ------
    BadInput
        For a workbook, an HTML page, other binary content or nothing at all.
    """
    head = data[:4096]
    start = head.lstrip().lower()
    if head.startswith(b"PK"):
        raise BadInput(
            f"{name} is an Excel workbook with the wrong name.",
            accepted="CSV text.",
            todo='In Excel choose "Save as", "CSV UTF-8", or pass the file as it was downloaded.',
        )
    if start.startswith((b"<!doctype html", b"<html")):
        raise BadInput(
            f"{name} is a web page, not CSV.",
            accepted="CSV text.",
            todo="The download link lives 72 hours: request the export again.",
        )
    kind = describe(head)
    if kind != describe(b"?"):
        raise BadInput(
            f"{name} is {kind}, not CSV text.", accepted="CSV text.", todo="Pass the original file."
        )
    marked = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not marked and (b"\x00" * 4 in head or odd > len(head) // 50):
        raise BadInput(
            f"{name} is {describe(head)}, not text.",
            accepted="CSV text.",
            todo="Pass the original file.",
        )


def squash(cell: str) -> str:
    """Fold a header cell: trimmed, lower case, one kind of blank.

    Examples
    --------
    >>> squash(" CONVERSATION_ID ")
    'conversation id'
    """
    return " ".join(cell.replace("_", " ").replace("\ufeff", "").casefold().split())


def find_header(
    text: bytes, wanted: Callable[[Sequence[str]], bool], delimiters: str = ",;\t"
) -> tuple[int, list[str], str] | None:
    r"""Find the first record that is the header, within the first dozen.

    Parameters
    ----------
    text
        The content, UTF-8.
    wanted
        Says of squashed cells whether they are the header.

    Returns
    -------
    tuple or None
        Offset of the first data record in bytes, the squashed cells, the delimiter.

    Examples
    --------
    >>> find_header(b'Notes:\n"a, b"\n\nFirst Name,URL\nZ,x', lambda c: "url" in c)
    (30, ['first name', 'url'], ',')
    """
    head = text[:65536].decode("utf-8", errors="ignore")
    for delimiter in delimiters:
        lines = io.StringIO(head, newline="")
        feed = _Counted(lines)
        for _, cells in zip(range(HEAD), csv.reader(feed, delimiter=delimiter), strict=False):
            folded = [squash(cell) for cell in cells]
            if wanted(folded):
                return len(head[: feed.taken].encode()), folded, delimiter
    return None


class _Counted:
    """Lines of a text, with the number of characters handed out."""

    def __init__(self, lines: io.StringIO) -> None:
        self._lines, self.taken = lines, 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.taken += len(line)
        return line


def parse(text: bytes, offset: int, header: list[str], delimiter: str, encoding: str = "") -> Raw:
    r"""Parse the records behind the header; nothing is dropped without a number.

    Examples
    --------
    >>> raw = parse(b"a,b\n1,2\n3\n4,5,6\n", 4, ["a", "b"], ",")
    >>> raw.frame["a"].tolist(), raw.malformed
    (['1'], {2: 'too few cells', 3: 'too many cells'})
    """
    names = _unique(header)
    if b"\x1f" in text:  # a separator of our own further up; no file means anything by it
        text = text.replace(b"\x1f", b" ")
    frame = _fast(text, offset, names, delimiter) if delimiter != " " else None
    if frame is not None:
        return Raw(frame, names, encoding, delimiter)
    return _slow(text[offset:], names, delimiter, encoding)


def _unique(header: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    names = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return names


def _fast(text: bytes, offset: int, names: list[str], delimiter: str) -> pd.DataFrame | None:
    """Parse with Arrow, which refuses a record with a cell too many or too few."""
    body = memoryview(text)[offset:]
    if b"\x00" in text or not bytes(body[:64]).strip():
        return None
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(body),
            arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.large_string())),
        )
    except pa.ArrowInvalid:
        return None
    frame: pd.DataFrame = table.to_pandas().astype("str")
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame


def _slow(body: bytes, names: list[str], delimiter: str, encoding: str) -> Raw:
    text = body.decode("utf-8", errors="replace").replace("\x00", "\ufffd")
    rows, numbers, malformed = [], [], {}
    records = (row for row in _records(text, delimiter) if row)
    for number, record in enumerate(records, 1):
        padded = not any(cell.strip() for cell in record[len(names) :])
        row = record[: len(names)] if padded else record
        surplus = len(row) - len(names)
        if surplus:
            malformed[number] = "too many cells" if surplus > 0 else "too few cells"
            continue
        rows.append(row)
        numbers.append(number)
    frame = pd.DataFrame(rows, columns=names, index=numbers, dtype="str")
    return Raw(frame, names, encoding, delimiter, malformed)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    if delimiter == " ":
        yield from (line.split() for line in text.splitlines())
    else:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
