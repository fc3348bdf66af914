"""Lines of a calendar file, unfolded as bytes: a fold may cut a character in two."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

__all__ = ["LONGEST", "logical_lines", "plain"]

BLOCK = 1 << 18
# Longer lines are pictures and other attachments; what is wanted of an event is far shorter.
LONGEST = 1 << 20
_BOM, _WIDE = codecs.BOM_UTF8, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def plain(head: bytes) -> bytes:
    """Return the first bytes of a file without mark of byte order, in UTF-8.

    Examples
    --------
    >>> plain(codecs.BOM_UTF8 + b"BEGIN"), plain("BEGIN".encode("utf-16"))
    (b'BEGIN', b'BEGIN')
    """
    if head.startswith(_WIDE):
        return head[: len(head) & ~1].decode("utf-16", "replace").encode()
    return head.removeprefix(_BOM)


def logical_lines(stream: io.BufferedReader) -> Iterator[bytes]:
    r"""Yield the lines of a stream, those that continue one joined to it.

    Lines end with CR LF, LF or a lone CR. Of a line longer than `LONGEST` only the beginning is
    kept, one byte more than that.

    Examples
    --------
    >>> import io
    >>> stream = io.BufferedReader(io.BytesIO(b"SUMMARY:In\r\n k\r\n\r\nUID:7\rDTSTART:1\n"))
    >>> list(logical_lines(stream))
    [b'SUMMARY:Ink', b'UID:7', b'DTSTART:1']
    """
    parts: list[bytes] = []
    size = 0
    for line in _physical(_utf8(stream)):
        if line[:1] in (b" ", b"\t") and parts:
            if size <= LONGEST:
                parts.append(line[1:])
                size += len(line)
        elif line:
            if parts:
                yield b"".join(parts)[: LONGEST + 1]
            parts, size = [line], len(line)
    if parts:
        yield b"".join(parts)[: LONGEST + 1]


def _utf8(stream: io.BufferedReader) -> io.BufferedReader:
    head = stream.peek(3)[:3]
    if head.startswith(_WIDE):
        return cast("io.BufferedReader", codecs.EncodedFile(stream, "utf-8", "utf-16", "replace"))
    if head == _BOM:
        stream.read(3)
    return stream


def _physical(stream: io.BufferedReader) -> Iterator[bytes]:
    tail = b""
    while block := stream.read(BLOCK):
        # Where CR and LF fall into two blocks, there is an empty line between, which is nothing.
        lines = (tail + block).splitlines()
        tail = b"" if block.endswith((b"\r", b"\n")) else lines.pop()[: LONGEST + 1]
        yield from lines
    if tail:
        yield tail
