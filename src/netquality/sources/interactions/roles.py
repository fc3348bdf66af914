"""What the columns of an interaction log mean: by their names, or by the user's word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.sources.tables import squash

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ACCEPTED_ROLES", "Columns", "from_header", "from_option", "is_header", "role_of"]

# Names as `squash` leaves them. The first of each is the one for --columns.
_WORDS = {
    "sender": "sender|from|source|src|caller|who|user a|a|from id|sender id|source id|from user|"
    "from node id|fromnodeid",
    "recipient": "recipient|recipients|to|target|dst|dest|destination|callee|receiver|user b|b|"
    "to id|recipient id|receiver id|target id|to user|to node id|tonodeid",
    "at": "at|date|time|timestamp|when|start|start time|sent|sent at|datetime|date time|created|"
    "created at|t|ts|unix time|unixtime",
    "kind": "kind|type",
    "channel": "channel|medium",
    "duration": "duration|seconds|duration s|duration seconds|duration (s)|call duration",
    "weight": "weight|count|n|times",
    "thread": "thread|thread id|conversation|conversation id",
    "message": "message id|id|messageid|event id|message",
    "cc": "cc",
    "bcc": "bcc",
    "role": "role|recipient role",
    "length": "length|text length|characters",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split("|")}
# As a header this is the text of a message far more often than its id.
_NOT_IN_HEADER = frozenset({"message"})
_CALLS = frozenset({"caller", "callee"})

ACCEPTED_ROLES = f"the roles {', '.join(_WORDS)}, and - to skip a column."


@dataclass(frozen=True)
class Columns:
    """The role of every column from left to right; None is not used.

    `calls` is set when the names say that every row is a phone call.
    """

    roles: tuple[str | None, ...]
    names: tuple[str, ...]
    calls: bool = False

    def place(self, role: str) -> int | None:
        """Return the position of the column with a role, if there is one."""
        return self.roles.index(role) if role in self.roles else None

    def name(self, role: str) -> str:
        """Return what the file, else netquality, calls the column with a role."""
        place = self.place(role)
        return (self.names[place] if place is not None else "") or role


def role_of(name: str) -> str | None:
    """Return the role that a column's name stands for.

    Examples
    --------
    >>> role_of("Call_Duration"), role_of("callee"), role_of("weather")
    ('duration', 'recipient', None)
    """
    return _ROLES.get(squash(name))


def _header_role(name: str) -> str | None:
    return None if squash(name) in _NOT_IN_HEADER else role_of(name)


def is_header(cells: Sequence[str]) -> bool:
    """Say whether cells name at least a sender and a recipient.

    Examples
    --------
    >>> is_header(["timestamp", "caller", "callee"]), is_header(["7", "9"]), is_header(["a", "b"])
    (True, False, True)
    """
    # People may be called a and b; a row of data then has a number or a date beside them.
    if any(cell.strip()[:1].isdigit() for cell in cells):
        return False
    return {"sender", "recipient"} <= {_header_role(cell) for cell in cells}


def from_header(cells: Sequence[str], name: str) -> Columns:
    """Return the roles of columns by their names.

    Parameters
    ----------
    cells
        The header.
    name
        The file, for messages.

    Raises
    ------
    BadInput
        When two columns claim the same role.

    Examples
    --------
    >>> from_header(["timestamp", "caller", "callee", "mood"], "calls.csv").roles
    ('at', 'sender', 'recipient', None)
    """
    roles = tuple(_header_role(cell) for cell in cells)
    for role in dict.fromkeys(role for role in roles if role):
        rivals = [cell for cell, own in zip(cells, roles, strict=True) if own == role]
        if len(rivals) > 1:
            line = ",".join(r if r and r != role else "-" for r in roles)
            raise BadInput(
                f"{name}: the columns {' and '.join(map(repr, rivals))} could both be the {role}.",
                accepted=f"--columns with {ACCEPTED_ROLES}",
                todo=f"Put {role!r} where it belongs into: --columns {line}",
            )
    return Columns(roles, tuple(cells), calls=bool(_CALLS & {squash(cell) for cell in cells}))


def from_option(text: str) -> Columns:
    """Return the roles that a user gave from left to right.

    Raises
    ------
    BadInput
        When a word is no role, a role is given twice, or sender or recipient is missing.

    Examples
    --------
    >>> from_option("from, to, -, time").roles
    ('sender', 'recipient', None, 'at')
    """
    words = [word.strip() for word in text.split(",")]
    roles = tuple(None if word == "-" else role_of(word) for word in words)
    given = [role for role in roles if role]
    unknown = [w for w, role in zip(words, roles, strict=True) if role is None and w != "-"]
    twice = sorted({role for role in given if given.count(role) > 1})
    missing = [role for role in ("sender", "recipient") if role not in given]
    if unknown:
        _refuse(text, f"has no role {unknown[0]!r}")
    if twice:
        _refuse(text, f"names {twice[0]} twice")
    if missing:
        _refuse(text, f"names no {missing[0]}")
    return Columns(roles, ("",) * len(roles))


def _refuse(text: str, fault: str) -> None:
    raise BadInput(
        f"--columns {text} {fault}.",
        accepted=ACCEPTED_ROLES,
        todo="For example: --columns sender,recipient,at",
    )
