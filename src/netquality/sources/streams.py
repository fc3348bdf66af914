"""A file read once, from front to back, however large: hashed, counted, its faults named."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[str, int, int | None], None]

__all__ = ["BLOCK", "BROKEN", "MOST", "RATIO", "SMALL", "Stream", "unzipped"]

BLOCK = 1 << 20
_GZIP = b"\x1f\x8b"
RATIO, SMALL, MOST = 200, 1 << 20, 64 << 30
BROKEN = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, zlib.error)


def unzipped(raw: BinaryIO) -> BinaryIO:
    """Return the stream, its content unpacked if it is gzipped.

    Examples
    --------
    >>> unzipped(io.BytesIO(gzip.compress(b"ink"))).read()
    b'ink'
    """
    buffered = io.BufferedReader(raw) if not hasattr(raw, "peek") else raw  # type: ignore[type-var]
    if buffered.peek(2)[:2] != _GZIP:
        return buffered
    return _Unpacked(buffered)  # type: ignore[return-value]


class _Unpacked(gzip.GzipFile):
    """A gzipped file that closes what it was packed in."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        super().__init__(fileobj=packed)

    def close(self) -> None:
        super().close()
        self._packed.close()


class Stream(io.RawIOBase):
    r"""The bytes of one file, in order; what they were is known when all have been read.

    Parameters
    ----------
    name
        The file, for messages.
    raw
        Where the bytes come from; closed with the stream.
    size
        How many bytes are packed in it, where that is known: a file that unpacks to more than 200
        times as many is not read on.
    progress
        Called after every block with the name, the bytes read so far and the size.

    Raises
    ------
    BadInput
        While reading, when the file is damaged or grows beyond measure.

    Examples
    --------
    >>> stream = Stream("a.txt", io.BytesIO(b"ink\nquill\n"))
    >>> lines = stream.blocks()
    >>> next(lines), stream.taken
    (b'ink\n', 10)
    >>> stream.digest() == hashlib.blake2b(b"ink\nquill\n", digest_size=16).digest()
    True
    """

    def __init__(
        self,
        name: str,
        raw: BinaryIO,
        size: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._name, self._raw, self._size, self._progress = name, raw, size, progress
        self._state = hashlib.blake2b(digest_size=16)
        self._buffer: io.BufferedReader | None = None
        self.taken = 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with what comes next; return how many bytes that was."""
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def blocks(self) -> io.BufferedReader:
        """Return the same as a buffered stream, to be read by lines or in pieces."""
        if self._buffer is None:
            # Held, because a buffer that nobody holds closes what it reads from.
            self._buffer = io.BufferedReader(self, BLOCK)
        return self._buffer

    def digest(self) -> bytes:
        """Read whatever is left, and return the hash of the whole."""
        while self._next(BLOCK):
            pass
        return self._state.digest()

    def close(self) -> None:
        """Close what the bytes come from."""
        if not self.closed:
            self._raw.close()
        super().close()

    def _next(self, size: int) -> bytes:
        try:
            data = self._raw.read(size)
        except BROKEN as error:
            raise self._refusal(f"is damaged: {error}.", "Download it again.") from None
        self._state.update(data)
        self.taken += len(data)
        if self._size is not None and self.taken > max(SMALL, self._size * RATIO):
            raise self._refusal(
                f"unpacks to more than {RATIO} times its size.", "It looks like a zip bomb."
            )
        if self._progress is not None:
            self._progress(self._name, self.taken, self._size)
        return data

    def _refusal(self, found: str, todo: str) -> BadInput:
        return BadInput(f"{self._name} {found}", accepted="a file as it was exported.", todo=todo)
