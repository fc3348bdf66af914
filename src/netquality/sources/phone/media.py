"""Pictures and films out of the byte stream, before any parser sees them.

A backup holds them as base64 in attributes, a single one of which may take 50 MB; none is needed.
"""

from __future__ import annotations

import codecs
import itertools
import re
from typing import TYPE_CHECKING

from netquality.sources.streams import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.sources.streams import Stream

__all__ = ["MediaFilter", "without_media"]

_OPENERS = re.compile(rb"<(?:part(?=[\s/>])|!--|!\[CDATA\[)")
_CLOSERS = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_IN_TAG = re.compile(rb"[\"'>]")
_MEDIA = re.compile(rb"\sdata\s*=\s*\Z")
_LONGEST = len(b"<![CDATA[")
_BEFORE = 256
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class MediaFilter:
    """Empties the attribute ``data`` of every ``<part>``; all else passes unchanged.

    A text that says ``data="..."`` is left alone: what stands between quotes is never looked into.
    Line breaks of what is taken out stay, so that line numbers remain true.

    Examples
    --------
    >>> media = MediaFilter()
    >>> media.feed(b'<part ct="image/png" da') + media.feed(b'ta="iVBORw0KGgo') + media.feed(b'"/>')
    b'<part ct="image/png" data=""/>'
    """

    def __init__(self) -> None:
        self._step = self._outside
        self._held = self._before = self._until = b""

    def feed(self, block: bytes) -> bytes:
        """Return what is left of the next bytes, and of those held back before."""
        block, self._held = self._held + block, b""
        kept: list[bytes] = []
        place = 0
        while place < len(block):
            place = self._step(block, place, kept)
        return b"".join(kept)

    def end(self) -> bytes:
        """Return what was held back, once nothing more comes."""
        held, self._held = self._held, b""
        return held

    def _outside(self, block: bytes, place: int, kept: list[bytes]) -> int:
        found = _OPENERS.search(block, place)
        if found is None:
            return self._hold(block, place, kept, block.rfind(b"<", -_LONGEST + 1))
        kept.append(block[place : found.end()])
        if found.group() in _CLOSERS:
            self._until, self._step = _CLOSERS[found.group()], self._aside
        else:
            self._before, self._step = b"", self._tag
        return found.end()

    def _hold(self, block: bytes, place: int, kept: list[bytes], start: int) -> int:
        start = start if start >= place else len(block)
        kept.append(block[place:start])
        self._held = block[start:]
        return len(block)

    def _aside(self, block: bytes, place: int, kept: list[bytes]) -> int:
        stop = block.find(self._until, place)
        if stop < 0:
            return self._hold(block, place, kept, max(place, len(block) - len(self._until) + 1))
        self._step = self._outside
        kept.append(block[place : stop + len(self._until)])
        return stop + len(self._until)

    def _tag(self, block: bytes, place: int, kept: list[bytes]) -> int:
        found = _IN_TAG.search(block, place)
        stop = len(block) if found is None else found.start()
        self._before = (self._before + block[place:stop])[-_BEFORE:]
        if found is None:
            kept.append(block[place:])
            return stop
        kept.append(block[place : found.end()])
        if found.group() == b">":
            self._step = self._outside
        else:
            self._until = found.group()
            self._step = self._dropped if _MEDIA.search(self._before) else self._value
        self._before = b""
        return found.end()

    def _value(self, block: bytes, place: int, kept: list[bytes]) -> int:
        stop = self._quoted(block, place)
        kept.append(block[place:stop])
        return stop

    def _dropped(self, block: bytes, place: int, kept: list[bytes]) -> int:
        stop = self._quoted(block, place)
        kept.append(b"\n" * block.count(b"\n", place, stop))
        if self._step == self._tag:
            kept.append(block[stop - 1 : stop])
        return stop

    def _quoted(self, block: bytes, place: int) -> int:
        stop = block.find(self._until, place)
        if stop < 0:
            return len(block)
        self._step = self._tag
        return stop + 1


def without_media(stream: Stream) -> Iterator[bytes]:
    """Yield the content of a file as UTF-8, block by block, its media left out.

    Examples
    --------
    >>> import io
    >>> from netquality.sources.streams import Stream
    >>> text = '<part data="aWtx" ct="image/png"/>'.encode("utf-16")
    >>> b"".join(without_media(Stream("a.xml", io.BytesIO(text))))
    b'<part data="" ct="image/png"/>'
    """
    media = MediaFilter()
    for block in _utf8(_blocks(stream)):
        yield media.feed(block)
    yield media.end()


def _blocks(stream: Stream) -> Iterator[bytes]:
    reader = stream.blocks()
    try:
        while block := reader.read(BLOCK):
            yield block
    finally:
        reader.detach()  # or the stream would be closed with it, before its hash is asked for


def _utf8(blocks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(blocks, b"")
    if first[:2] in _MARKS:
        decoder = codecs.getincrementaldecoder(_MARKS[first[:2]])(errors="replace")
        for block in itertools.chain([first[2:]], blocks):
            yield decoder.decode(block).encode("utf-8", "replace")
    else:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from blocks
