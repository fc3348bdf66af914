"""An mbox file cut into its mails: where each begins, and its header lines; bodies fly past."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from netquality.sources.streams import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ENVELOPE", "LIMIT", "Head", "begins_mail", "head_of", "heads"]

# Header lines beyond this are not read; the longest lawful ones hold a few thousand addresses.
LIMIT = 1 << 20
# How much of the next lines must be at hand to tell whether a mail begins.
_AHEAD = 1 << 12
_BOM = b"\xef\xbb\xbf"

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_ZONE = rb"(?:[ \t]+(?:[+-]\d{4}|[A-Z]{1,5})){0,2}"
_CLOCK = rb"\d{1,2}:\d\d(?::\d\d)?"
_ASCTIME = _DAY + rb",?[ \t]+" + _MONTH + rb"[ \t]+\d{1,2}[ \t]+" + _CLOCK + _ZONE
_ASCTIME += rb"[ \t]+\d{4}" + _ZONE
_RFC822 = _DAY + rb",[ \t]+\d{1,2}[ \t]+" + _MONTH + rb"[ \t]+\d{4}[ \t]+" + _CLOCK + _ZONE
ENVELOPE = re.compile(
    rb"From [^\r\n]{0,998}?[ \t]*\b(?P<stamp>"
    + _ASCTIME
    + rb"|"
    + _RFC822
    + rb")(?:[ \t]+remote from [^\r\n]*)?[ \t]*\r?\n"
)
_FIELD = re.compile(rb"(?:>From [^\r\n]*\r?\n)*[!-9;-~]+[ \t]*:")
_BLANK = re.compile(rb"\n\r?\n")


class Head(NamedTuple):
    """The header lines of one mail, the line before them, and whether they are all there.

    Examples
    --------
    >>> Head(b"", b"From: zora@quill.example", whole=False).whole
    False
    """

    line: bytes
    block: bytes
    whole: bool


class _Window:
    """A piece of the file that moves on; what lies before it is forgotten."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.data = file.read(BLOCK)
        self.over = not self.data

    def move(self, start: int) -> None:
        more = self._file.read(BLOCK)
        self.over = not more
        self.data = self.data[start:] + more


def begins_mail(data: bytes, at: int = 0) -> bool:
    r"""Say whether a mail of an mbox begins here: a strict From line, and a header line after it.

    Parameters
    ----------
    data
        A piece of the file.
    at
        Where in it.

    Examples
    --------
    >>> begins_mail(b"From zora@quill.example Mon Mar  4 11:20:34 2024\nSubject: Ink\n")
    True
    >>> begins_mail(b"From Monday on we write in blue.\nInk: yes\n")
    False
    """
    line = ENVELOPE.match(data, at)
    return line is not None and _FIELD.match(data, line.end()) is not None


def heads(file: BinaryIO) -> Iterator[Head]:
    r"""Yield the header lines of every mail of an mbox, in order, in bounded memory.

    A line of a body that begins with ``From`` begins no mail, unless it has the date of an
    envelope at its end, a blank line before and a header line after it.

    Parameters
    ----------
    file
        Read once, front to back.

    Yields
    ------
    Head
        The last one may be cut off (not whole) where the file is; so is the first one of a file
        that begins with something else.

    Examples
    --------
    >>> import io
    >>> text = b"From - Mon Mar  4 11:20:34 2024\nSubject: Ink\n\nFrom Odo I hear that.\n\n"
    >>> [head.block for head in heads(io.BytesIO(text * 2))]
    [b'Subject: Ink\n', b'Subject: Ink\n']
    """
    window = _Window(file)
    start = _past_blank(window.data)
    if not begins_mail(window.data, start):
        if start < len(window.data):
            yield Head(b"", b"", whole=False)
        start = _next(window, 0)
    while start >= 0:
        head, end = _head(window, start)
        yield head
        # Where the blank line before a mail is missing, the header of the one before is all of it.
        start = end if begins_mail(window.data, end) else _next(window, end - 1)


def head_of(file: BinaryIO) -> Head:
    r"""Return the header lines of a file that holds a single mail.

    Examples
    --------
    >>> import io
    >>> head_of(io.BytesIO(b"\r\nSubject: Ink\r\n\r\nblack")).block
    b'Subject: Ink\r\n'
    """
    data = file.read(LIMIT + _AHEAD)
    start = _past_blank(data)
    line = ENVELOPE.match(data, start)
    begin = line.end() if line else start
    end = _BLANK.search(data, begin)
    stop = end.start() + 1 if end else len(data)
    block, whole = _trimmed(data[begin:stop], ended=len(data) <= LIMIT and end is None)
    return Head(line.group() if line else b"", block, whole or not block)


def _past_blank(data: bytes) -> int:
    bare = data.removeprefix(_BOM).lstrip(b"\r\n \t")
    return len(data) - len(bare)


def _next(window: _Window, at: int) -> int:
    """Return where the next mail begins, moving the window there; -1 at the end of the file."""
    while True:
        found = window.data.find(b"\nFrom ", at)
        if found < 0 or (len(window.data) - found < _AHEAD and not window.over):
            if window.over:
                return -1
            # A few bytes stay: the blank line before, or the first letters of what comes.
            start = max(found - 8, 0) if found >= 0 else max(at, len(window.data) - 8)
            window.move(start)
            at = 0 if found < 0 else found - start
        elif _after_blank(window.data, found) and begins_mail(window.data, found + 1):
            return found + 1
        else:
            at = found + 1


def _after_blank(data: bytes, newline: int) -> bool:
    return data[max(newline - 1, 0) : newline] == b"\n" or data[newline - 2 : newline] == b"\n\r"


def _head(window: _Window, start: int) -> tuple[Head, int]:
    """Return header lines and where they end; the window moves only if they reach beyond it."""
    end = _BLANK.search(window.data, start)
    while end is None and not window.over and len(window.data) - start < LIMIT + _AHEAD:
        window.move(start)
        start = 0
        end = _BLANK.search(window.data)
    data = window.data
    line = ENVELOPE.match(data, start)
    begin = line.end() if line else start
    stop = min(end.start() + 1 if end else len(data), begin + LIMIT)
    stop = _glued(data, begin, stop)
    ended = end is None and stop == len(data)
    block, whole = _trimmed(data[begin:stop], ended=ended)
    return Head(data[start:begin], block, whole), stop


def _glued(data: bytes, begin: int, stop: int) -> int:
    """Return where the next mail begins within header lines that no blank line ends."""
    at = data.find(b"\nFrom ", begin, stop)
    while at >= 0:
        if begins_mail(data, at + 1):
            return at + 1
        at = data.find(b"\nFrom ", at + 1, stop)
    return stop


def _trimmed(block: bytes, *, ended: bool) -> tuple[bytes, bool]:
    """Return whole lines only; a file that ends in the middle of one has been cut off."""
    if not block or block.endswith(b"\n"):
        return block, True
    return block[: block.rfind(b"\n") + 1], not ended
