"""One line of a calendar taken apart: a name, parameters, a value."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Property", "name_of", "read_property"]

_NAME = re.compile(rb"\s*([A-Za-z0-9-]{1,64})\s*[;:]")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)\s*=\s*((?:"[^"]*"|[^":;])*)')
_CARET = {"^n": " ", "^'": '"', "^^": "^"}


class Property(NamedTuple):
    """A property as written; names are in capitals, values as they stand."""

    name: str
    parameters: dict[str, str]
    value: str


def name_of(line: bytes) -> str:
    """Return the name that a line begins with, in capitals; empty if it is no property.

    Examples
    --------
    >>> name_of(b"dtstart;TZID=UTC:1"), name_of(b"See you there")
    ('DTSTART', '')
    """
    found = _NAME.match(line)
    return found[1].decode("ascii").upper() if found else ""


def read_property(line: bytes) -> Property:
    """Take a line apart, as leniently as calendars are written.

    Examples
    --------
    >>> read_property(b'ATTENDEE;CN="Fenwick, Odo":MAILTO:odo@fen.example')
    Property(name='ATTENDEE', parameters={'CN': 'Fenwick, Odo'}, value='MAILTO:odo@fen.example')
    >>> read_property(b'ATTENDEE;CN="Odo:mailto:odo@fen.example').value
    'mailto:odo@fen.example'
    """
    text = _decoded(line)
    name = name_of(line)
    place = re.match(r"\s*[A-Za-z0-9-]+\s*", text)
    at = place.end() if place else 0
    parameters: dict[str, str] = {}
    while found := _PARAMETER.match(text, at):
        parameters.setdefault(found[1].upper(), _unquoted(found[2]))
        at = found.end()
    if text[at : at + 1] == ":":
        return Property(name, parameters, text[at + 1 :].strip())
    return Property(name, parameters, _after_broken_quotes(text[at:]))


def _decoded(line: bytes) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text.replace("\x00", "")


def _after_broken_quotes(rest: str) -> str:
    at = rest.casefold().rfind(":mailto:")
    return (rest[at + 1 :] if at >= 0 else rest.rpartition(":")[2]).strip()


def _unquoted(value: str) -> str:
    text = value.strip().replace('"', "")
    text = re.sub(r"\^[n'^]", lambda found: _CARET[found[0]], text)
    return re.sub(r"\\([,;:\\])", r"\1", text)
