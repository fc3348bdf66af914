"""Messages of a small group wait, packed, until it is known who belongs to the group."""

from __future__ import annotations

import marshal
import zlib
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Held", "Line", "Reaction"]

_BLOCK = 2048


class Reaction(NamedTuple):
    """Somebody's sign under a message: who, by number and by id, and when."""

    code: int
    ident: str
    at: int
    precision: str


class Line(NamedTuple):
    """One message, of fields that any block can be packed of."""

    row: int
    number: int | None
    at: int
    sender: int
    text: str | None
    length: int | None
    reply: int | None
    reactions: tuple[Reaction, ...] = ()


class Held:
    """Lines in order, in a fifth of their size; in memory only, because they hold what was said.

    Examples
    --------
    >>> held = Held()
    >>> held.add(Line(1, 7, 0, 3, "ink", None, None, (Reaction(4, "user4", 0, "day"),)))
    >>> [(line.text, line.reactions[0].ident) for line in held]
    [('ink', 'user4')]
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[tuple[object, ...]] = []

    def add(self, line: Line) -> None:
        """Put a line behind the others."""
        self._open.append((*line[:-1], tuple(map(tuple, line.reactions))))
        if len(self._open) == _BLOCK:
            self._packed.append(zlib.compress(marshal.dumps(self._open), 1))
            self._open = []

    def __iter__(self) -> Iterator[Line]:
        for block in self._packed:
            yield from map(_line, marshal.loads(zlib.decompress(block)))  # noqa: S302
        yield from map(_line, self._open)


def _line(fields: tuple[object, ...]) -> Line:
    *plain, reactions = fields
    signs = tuple(Reaction(*each) for each in cast("tuple[tuple[int, str, int, str]]", reactions))
    return Line(*plain, signs)  # type: ignore[call-arg, arg-type]
