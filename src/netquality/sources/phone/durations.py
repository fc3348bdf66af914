"""Lengths of calls as apps and bills write them."""

from __future__ import annotations

import re

__all__ = ["UNITS", "seconds_of", "unit_of"]

UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_NUMBER = r"(\d{1,7}(?:[.,]\d{1,6})?)"
_PLAIN = re.compile(_NUMBER)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?")
_PIECE = re.compile(rf"{_NUMBER}\s*([^\W\d_]+|['′’″\"])\.?,?\s*")
_WORDS = {
    "hours": "h hr hrs hour hours std stunde stunden heure heures hora horas",
    "minutes": "m mn min mins minute minutes minuten minuto minutos ' ′ ’",
    "seconds": (
        's sec secs second seconds sek sekunde sekunden seconde secondes seg segundo segundos ″ "'
    ),
}
_NAMED = {unit: frozenset(words.split()) for unit, words in _WORDS.items()}
_UNIT = {word: UNITS[unit] for unit, words in _NAMED.items() for word in words}
_HEADER = re.compile(r"[^\W\d_]+")
_HOURS_FIRST = re.compile(r"(?<!\w)[hs]{1,2}:m{1,2}(?!:)")


def unit_of(header: str) -> str | None:
    """Return the unit that a column's header names, None where it names none.

    Examples
    --------
    >>> unit_of("duration (min)"), unit_of("seconds"), unit_of("dauer"), unit_of("dauer (hh:mm:ss)")
    ('minutes', 'seconds', None, None)
    """
    if ":" in header:
        return None
    words = set(_HEADER.findall(header.casefold()))
    return next((unit for unit, known in _NAMED.items() if words & known), None)


def seconds_of(cell: str, header: str = "") -> float | None:
    """Return a length in seconds, None where the cell states none that can be read.

    Two numbers with a colon are minutes and seconds, unless the header says hours and minutes; a
    plain number counts what the header says, else seconds.

    Parameters
    ----------
    cell
        As written.
    header
        The column's name.

    Examples
    --------
    >>> [seconds_of(cell) for cell in ("75", "1:15", "0:01:15", "1m 15s", "5 min", "1 Std. 2 Min.")]
    [75.0, 75.0, 75.0, 75.0, 300.0, 3720.0]
    >>> seconds_of("2", "minutes"), seconds_of("1:02", "hh:mm"), seconds_of("soon")
    (120.0, 3720.0, None)
    """
    text = " ".join(cell.casefold().split())
    if _PLAIN.fullmatch(text):
        return _number(text) * UNITS[unit_of(header) or "seconds"]
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        return _spelled(text)
    hours, minutes, seconds = clock.groups()
    if hours is None and _HOURS_FIRST.search(header.casefold()):
        hours, minutes, seconds = minutes, seconds, "0"
    return float(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds))


def _spelled(text: str) -> float | None:
    pieces = list(_PIECE.finditer(text))
    whole = "".join(piece.group() for piece in pieces) == text
    if not pieces or not whole or any(piece.group(2) not in _UNIT for piece in pieces):
        return None
    return sum(_number(piece.group(1)) * _UNIT[piece.group(2)] for piece in pieces)


def _number(text: str) -> float:
    return float(text.replace(",", "."))
