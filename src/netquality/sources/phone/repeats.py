"""Records that stand in a file twice over, met again by hashes under a key that is forgotten."""

from __future__ import annotations

import secrets
from hashlib import blake2b

__all__ = ["Repeats"]


class Repeats:
    """Remembers what was seen in eight bytes a record, none of which can be read back.

    Examples
    --------
    >>> repeats = Repeats()
    >>> repeats.again("a", "bc"), repeats.again("ab", "c"), repeats.again("a", "bc")
    (False, False, True)
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._seen: set[bytes] = set()

    def again(self, *parts: str) -> bool:
        """Say whether these parts were met before, and remember them."""
        text = repr(parts).encode("utf-8", "surrogatepass")
        found = blake2b(text, key=self._key, digest_size=8).digest()
        if found in self._seen:
            return True
        self._seen.add(found)
        return False
