"""JSON taken bit by bit, so that a file of gigabytes needs no more memory than one message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.sources.streams import Stream

    Events = Iterator[tuple[str, Any]]

__all__ = ["DEEPEST", "Broken", "Mended", "built", "events_of", "members", "record", "skip"]

OPENING, CLOSING = frozenset({"start_map", "start_array"}), frozenset({"end_map", "end_array"})
DEEPEST = 8
_BLOCK = 1 << 17
_BOM = b"\xef\xbb\xbf"
_ESCAPE = re.compile(rb"\\(?:x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_BEGUN = re.compile(rb"x[0-9A-Fa-f]?\Z")
# No message is as long; Python refuses to read numbers of 4,300 digits and more.
_DIGITS = 4_096
_FIGURES = b"0123456789"
# A number so long shows in at least three of the bytes taken at every 1,024th place.
_SAMPLED = re.compile(rb"[0-9]{3}")
_NUMBER = re.compile(rb"(?<![0-9])[0-9]{%d,}" % _DIGITS)


class Broken(Exception):
    """The JSON is cut off or damaged; what came before it was good."""


class Mended:
    r"""The bytes of a file with the one fault mended that Telegram Desktop itself makes.

    It writes control characters as ``\x01``, which is not JSON; they become blanks. A byte order
    mark at the beginning is left out, and of an endless number so are the last digits.

    Examples
    --------
    >>> import io
    >>> from netquality.sources.streams import Stream
    >>> Mended(Stream("a.json", io.BytesIO(rb'"a\x01b\\x01"'))).read(64)
    b'"a b\\\\x01"'
    """

    def __init__(self, stream: Stream) -> None:
        self._stream, self._rest, self._begun, self._run = stream, b"", False, 0

    def read(self, size: int = _BLOCK) -> bytes:
        """Return the next bytes, at most so many; empty at the end."""
        block = b""
        while size > 0 and not block:  # all of a block may have to wait, or be left out
            new = self._stream.read(max(size - len(self._rest), 1)) or b""
            block, self._rest = self._rest + new, b""
            if not self._begun and block:
                self._begun, block = True, block.removeprefix(_BOM)
            if not new:
                break
            block = self._short(self._whole(block))
        return _ESCAPE.sub(_mend, block) if b"\\x" in block else block

    def _whole(self, block: bytes) -> bytes:
        """Return the block without an escape that it only begins; that waits for the next."""
        begun = _BEGUN.search(block[-2:])
        body = block[: len(block) - len(begun[0])] if begun else block
        if (len(body) - len(body.rstrip(b"\\"))) % 2 == 0:
            return block
        self._rest = block[len(body) - 1 :]
        return block[: len(body) - 1]

    def _short(self, block: bytes) -> bytes:
        """Return the block without digits beyond the `_DIGITS` first of a number."""
        ahead = len(block) - len(block.lstrip(_FIGURES))
        behind = len(block) - len(block.rstrip(_FIGURES))
        surplus = min(max(self._run + ahead - _DIGITS, 0), ahead)
        self._run = behind + (self._run if behind == len(block) else 0)
        if surplus:
            block = block[: ahead - surplus] + block[ahead:]
        if _SAMPLED.search(block[::1024]):
            return _NUMBER.sub(lambda found: found[0][:_DIGITS], block)
        return block


def _mend(found: re.Match[bytes]) -> bytes:
    return b" " if found[0][1:2] == b"x" else found[0]


def events_of(stream: Stream) -> Events:
    """Return what a JSON file holds, piece by piece, as ijson names the pieces.

    Raises
    ------
    Broken
        Where the file ends too early or is no JSON.

    Examples
    --------
    >>> import io
    >>> from netquality.sources.streams import Stream
    >>> list(events_of(Stream("a.json", io.BytesIO(b'["ink"]'))))
    [('start_array', None), ('string', 'ink'), ('end_array', None)]
    """
    import ijson

    try:
        yield from ijson.basic_parse(Mended(stream), buf_size=_BLOCK)
    except BadInput:
        raise
    except (ijson.JSONError, ValueError, ArithmeticError) as error:
        raise Broken(str(error).partition("\n")[0]) from None


def skip(events: Events) -> None:
    """Pass over a list or an object that has begun, however deep.

    Examples
    --------
    >>> events = iter([("start_map", None), ("end_map", None), ("end_array", None), ("null", None)])
    >>> skip(events)
    >>> next(events)
    ('null', None)
    """
    depth = 1
    while depth:
        event, _ = next(events)
        if event in OPENING:
            depth += 1
        elif event in CLOSING:
            depth -= 1


def built(events: Events, event: str, value: Any) -> Any:
    """Return the value that begins with an event; what lies deeper than `DEEPEST` is None.

    Examples
    --------
    >>> events = iter([("map_key", "a"), ("number", 1), ("end_map", None)])
    >>> built(events, "start_map", None)
    {'a': 1}
    """
    if event not in OPENING:
        return value
    root = _opened(event)
    nest, keys = [root], [""]
    while nest:
        event, value = next(events)
        if event == "map_key":
            keys[-1] = value
        elif event in CLOSING:
            nest.pop()
            keys.pop()
        elif event not in OPENING:
            _put(nest[-1], keys[-1], value)
        elif len(nest) == DEEPEST:
            skip(events)
            _put(nest[-1], keys[-1], None)
        else:
            value = _opened(event)
            _put(nest[-1], keys[-1], value)
            nest.append(value)
            keys.append("")
    return root


def _opened(event: str) -> Any:
    return {} if event == "start_map" else []


def _put(into: Any, key: str, value: Any) -> None:
    if isinstance(into, dict):
        into[key] = value
    else:
        into.append(value)


def members(events: Events) -> Iterator[tuple[str, str, Any]]:
    """Return the members of an object that has begun: key and first event of the value.

    Whoever takes a member reads its value to the end (`built`, `skip`) before the next.

    Examples
    --------
    >>> list(members(iter([("map_key", "a"), ("number", 1), ("end_map", None)])))
    [('a', 'number', 1)]
    """
    for _, key in events:
        if key is None:
            return
        yield key, *next(events)


def record(events: Events, wanted: frozenset[str]) -> dict[str, Any]:
    """Return the wanted members of an object that has begun; the others are never built.

    Examples
    --------
    >>> events = [("map_key", "a"), ("number", 1), ("map_key", "b"), ("null", None)]
    >>> record(iter([*events, ("end_map", None)]), frozenset("a"))
    {'a': 1}
    """
    found: dict[str, Any] = {}
    for _, key in events:
        if key is None:
            break
        event, value = next(events)
        if event in OPENING:
            if key in wanted:
                found[key] = built(events, event, value)
            else:
                skip(events)
        elif key in wanted:
            found[key] = value
    return found
