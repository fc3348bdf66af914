"""One card of any version, written anew so that the library reads all of it rightly.

What vobject 0.9.9 does to a card as it is, all seen by trying: it cuts a text at a bare comma
(``FN:Vellichor, Juniper``), takes any stated encoding for base64 (``ENCODING=8BIT``), knows
``quoted-printable`` only in capitals, stops at an unknown ``CHARSET`` and ignores one of plain
text, ends a value with a backslash in ``eof``, and writes a line that it cannot read to stderr.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from netquality.sources.contacts.lines import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.sources.contacts.letters import Letters

__all__ = ["Field", "fields_of"]

_LINE = re.compile(r'((?:[^":]|"[^"]*+")*+):(.*)', re.DOTALL)
_PARAMETERS = re.compile(r';((?:[^";]|"[^"]*+")*+)')
_MEANT = frozenset({"TYPE", "X-SERVICE-TYPE", "SERVICE-TYPE", "X-USER", "USERNAME"})
_USERS = ("X-USER", "USERNAME")
_LISTS = frozenset({"N", "CATEGORIES"})
_MARKED = re.compile(r"\\(?:.|$)|,", re.DOTALL)
_BINARY = frozenset({"B", "BASE64"})


class Field(NamedTuple):
    """One line of a card as the library gives it: what it states, of which sort, and the value."""

    name: str
    sorts: frozenset[str]
    value: Any
    user: str = ""


def fields_of(lines: Iterable[str], letters: Letters) -> list[Field]:
    r"""Return what the lines of one card state.

    Parameters
    ----------
    lines
        Unfolded.
    letters
        Reads texts that are not in UTF-8.

    Raises
    ------
    ValueError
        When the library cannot read the card.

    Examples
    --------
    >>> from netquality.sources.contacts.letters import Letters
    >>> lines = ["TEL;CELL:+44 7700 900123", "FN;ENCODING=quoted-printable:Zo=C3=AB, Odo"]
    >>> [(field.name, field.value) for field in fields_of(lines, Letters())]
    [('TEL', '+44 7700 900123'), ('FN', 'Zoë, Odo')]
    """
    from vobject.base import VObjectError, readOne

    clean = [line for each in lines if (line := _cleaned(each, letters))]
    if not clean:
        return []
    text = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *clean, "END:VCARD", ""])
    try:
        card = readOne(text)
    except VObjectError:
        # The library's words repeat the line, and a line is private.
        raise ValueError("the library cannot read it") from None
    return [_field(line) for line in card.lines() if line.name != "VERSION"]


def _field(line: Any) -> Field:
    given = {key: [value.upper() for value in values] for key, values in line.params.items()}
    sorts = {value for key, values in given.items() if key not in _USERS for value in values}
    user = next((line.params[key][0] for key in _USERS if line.params.get(key)), "")
    return Field(line.name, frozenset(sorts), line.value, user)


def _cleaned(line: str, letters: Letters) -> str | None:
    """Write a line as version 3.0 has it: parameters that matter, UTF-8, commas escaped."""
    found = _LINE.fullmatch(line)
    if not found:
        return None
    head, value = found.groups()
    name, given = name_of(head), _parameters(head)
    encoding = given.pop("ENCODING", [""])[-1].upper()
    charset = given.pop("CHARSET", [""])[-1]
    if name == "VERSION" or encoding in _BINARY:
        return None
    heal = letters.unquoted if encoding == "QUOTED-PRINTABLE" else letters.heal
    text = _escaped(heal(value, charset), bare=name in _LISTS)
    kept = "".join(f";{key}={','.join(given[key])}" for key in sorted(_MEANT & set(given)))
    return f"{name}{letters.heal(kept)}:{text}"


def _parameters(head: str) -> dict[str, list[str]]:
    """Return parameters by name; those that version 2.1 writes bare are encodings or types."""
    found: dict[str, list[str]] = {}
    for each in _PARAMETERS.findall(head):
        key, equals, value = each.partition("=")
        if not equals:
            bare = key.strip().upper()
            key = "ENCODING" if bare in (*_BINARY, "QUOTED-PRINTABLE") else "TYPE"
            value = bare
        values = [re.sub(r'[";:,=\s]+', " ", part).strip() for part in _parts(value)]
        found.setdefault(key.strip().upper(), []).extend(filter(None, values))
    return {key: values for key, values in found.items() if values}


def _parts(value: str) -> list[str]:
    return value.strip().strip('"').split(",")


def _escaped(value: str, *, bare: bool) -> str:
    """Escape bare commas of a text that is no list, an odd backslash, and line ends."""

    def replaced(found: re.Match[str]) -> str:
        mark = found.group()
        if mark == ",":
            return "," if bare else r"\,"
        if mark == r"\:":  # Apple's programs write links so
            return ":"
        return mark if len(mark) > 1 else r"\\"

    return re.sub(r"\r\n|\r|\n", r"\\n", _MARKED.sub(replaced, value))
