"""The lines of a chat's file, in whatever coding, in bounded memory."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.sources.streams import Stream

__all__ = ["Line", "coding_of", "lines_of"]

_MOST = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Line(NamedTuple):
    """A line without its break.

    `begins` is False for what goes on with an overlong line, `crlf` says how the line ended.
    """

    text: str
    begins: bool
    crlf: bool


def coding_of(head: bytes) -> str:
    r"""Return the coding of a text by its first bytes: UTF-8 unless it shows otherwise.

    Examples
    --------
    >>> coding_of("ink".encode("utf-16")), coding_of("ink".encode("utf-16-be")), coding_of(b"ink")
    ('utf-16', 'utf-16-be', 'utf-8')
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    even, odd = head[:64:2], head[1:64:2]
    if len(head) > 3 and odd.count(0) * 2 > len(odd):
        return "utf-16-le"
    return "utf-16-be" if len(head) > 3 and even.count(0) * 2 > len(even) else "utf-8"


def lines_of(stream: Stream) -> Iterator[Line]:
    r"""Yield the lines of a stream; bytes that are no text become U+FFFD.

    Examples
    --------
    >>> from netquality.sources.streams import Stream
    >>> [line.text for line in lines_of(Stream("a.txt", io.BytesIO(b"ink\r\nqu\xffill")))]
    ['ink', 'qu\ufffdill']
    """
    blocks = stream.blocks()
    text = io.TextIOWrapper(
        blocks, encoding=coding_of(blocks.peek(64)), errors="replace", newline="\n"
    )
    begins = True
    while chunk := text.readline(_MOST):
        ended = chunk[-1] == "\n"
        crlf = chunk.endswith("\r\n")
        yield Line(chunk[: -1 - crlf] if ended else chunk, begins, crlf)
        begins = ended
    text.detach()
