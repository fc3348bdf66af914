"""The mails of one file as a few numbers each, until it is known whose mailbox it is."""

from __future__ import annotations

from array import array
from enum import IntFlag
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["ROLES", "Flag", "Item", "Shelf"]

ROLES = ("to", "cc", "bcc")
_NEVER = -(2**62)


class Flag(IntFlag):
    """What a mail is.

    Examples
    --------
    >>> Flag.BULK in Flag(3)
    True
    """

    BULK = 1
    AUTOMATIC = 2
    ROUND = 4
    CHAT = 8
    EXACT = 16
    ZONED = 32
    AMENDED = 64


class Item(NamedTuple):
    """One mail: numbers of accounts, microseconds since 1970.

    Examples
    --------
    >>> Item(1, 0, None, 0, Flag.BULK, [(1, "to")], "1@q", "1@q").to
    [(1, 'to')]
    """

    row: int
    at: int
    backup: int | None
    sender: int
    flags: Flag
    to: Sequence[tuple[int, str]]
    ident: str
    thread: str


class Shelf:
    """Mails in order, in about a hundred bytes each beside their ids.

    Examples
    --------
    >>> shelf = Shelf()
    >>> shelf.put(Item(1, 5, None, 0, Flag.BULK, [(1, "cc"), (2, "to")], "ink@q", "ink@q"))
    >>> [(item.at, item.to, item.ident, item.backup) for item in shelf]
    [(5, [(1, 'cc'), (2, 'to')], 'ink@q', None)]
    """

    def __init__(self) -> None:
        self._row, self._at, self._backup = array("q"), array("q"), array("q")
        self._sender, self._flags = array("l"), array("b")
        self._to, self._roles, self._ends = array("l"), array("b"), array("q")
        self._texts, self._cuts = bytearray(), array("q")

    def __len__(self) -> int:
        return len(self._row)

    def put(self, item: Item) -> None:
        """Lay a mail down behind all others."""
        self._row.append(item.row)
        self._at.append(item.at)
        self._backup.append(_NEVER if item.backup is None else item.backup)
        self._sender.append(item.sender)
        self._flags.append(int(item.flags))
        for code, role in item.to:
            self._to.append(code)
            self._roles.append(ROLES.index(role))
        self._ends.append(len(self._to))
        self._write(item.ident)
        # Most mails begin a conversation, which bears their own id.
        self._write("" if item.thread == item.ident else item.thread)

    def _write(self, text: str) -> None:
        self._texts += text.encode("utf-8", "replace")
        self._cuts.append(len(self._texts))

    def horizon(self) -> int | None:
        """Return the latest delivery, None where places tell nothing or all the same."""
        latest = max(self._backup, default=_NEVER)
        earliest = min((time for time in self._backup if time != _NEVER), default=latest)
        return latest if earliest < latest else None

    def __iter__(self) -> Iterator[Item]:
        begin = cut = 0
        for place, end in enumerate(self._ends):
            middle, last = self._cuts[2 * place], self._cuts[2 * place + 1]
            ident = self._texts[cut:middle].decode()
            backup = self._backup[place]
            yield Item(
                row=self._row[place],
                at=self._at[place],
                backup=None if backup == _NEVER else backup,
                sender=self._sender[place],
                flags=Flag(self._flags[place]),
                to=[(self._to[each], ROLES[self._roles[each]]) for each in range(begin, end)],
                ident=ident,
                thread=self._texts[middle:last].decode() or ident,
            )
            begin, cut = end, last
