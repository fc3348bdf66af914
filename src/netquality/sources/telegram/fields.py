"""Single fields of a message: ids, times, text. Whatever is not as expected is None."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import tzinfo

__all__ = ["SECOND", "moment_of", "number_of", "peer_of", "text_of", "time_of", "unshifted"]

SECOND = 1_000_000
_DAY = 86_400
# Telegram began in 2013; a stamp beyond this century is no stamp.
_LAST = 4_102_444_800
_PEER = re.compile(r"(user|chat|channel)(\d{1,19})")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_USER, _GROUP = 1 << 32, 2 << 32


def number_of(value: Any) -> int | None:
    """Return a whole number of at most 64 bits, also where it is written as text.

    Examples
    --------
    >>> number_of(12), number_of("12"), number_of(True), number_of("1e3"), number_of(10**30)
    (12, 12, None, None, None)
    """
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 20 else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if -(2**63) <= value < 2**63 else None


def unshifted(number: int) -> int:
    """Return the id of a user or group without the bits that old exports put before it.

    Examples
    --------
    >>> unshifted(4294967296 + 77), unshifted(77)
    (77, 77)
    """
    return number & 0xFFFFFFFF if number >= _USER else number


def peer_of(value: Any) -> str | None:
    """Return who an id means, as today's exports write it; old ones write a bare number.

    Examples
    --------
    >>> peer_of("user77"), peer_of(77), peer_of(8589934592 + 5), peer_of("Zora")
    ('user77', 'user77', 'channel5', None)
    """
    if isinstance(value, str):
        found = _PEER.fullmatch(value)
        return f"{found[1]}{int(found[2])}" if found else None
    number = number_of(value)
    if number is None or number <= 0:
        return None
    return f"{'channel' if number >= _GROUP else 'user'}{unshifted(number)}"


def time_of(value: Any) -> int | None:
    """Return a time in microseconds that is stated as seconds since 1970, else None.

    Examples
    --------
    >>> time_of("1700000000"), time_of("soon"), time_of(-1)
    (1700000000000000, None, None)
    """
    number = number_of(value)
    return number * SECOND if number is not None and 0 < number < _LAST else None


def moment_of(value: Any, zone: tzinfo | None = None) -> int | None:
    """Return a local time in microseconds UTC, on the clock of a zone; UTC where none is known.

    Examples
    --------
    >>> moment_of("1970-01-01T00:00:01"), moment_of("01.01.1970")
    (1000000, None)
    """
    if not isinstance(value, str) or not _STAMP.fullmatch(value):
        return None
    try:
        stamp = datetime.fromisoformat(value).replace(tzinfo=zone or UTC)
        seconds = int(stamp.timestamp())
    except (ValueError, OverflowError):
        return None
    return seconds * SECOND if 0 < seconds < _LAST else None


def text_of(value: Any) -> str | None:
    """Return a text that is one string, or a list of strings and formatted parts.

    Examples
    --------
    >>> text_of(["see ", {"type": "link", "text": "ink.example"}]), text_of(None), text_of(7)
    ('see ink.example', '', None)
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if not isinstance(value, list):
        return None
    parts = [part.get("text") if isinstance(part, dict) else part for part in value]
    return "".join(part for part in parts if isinstance(part, str))
