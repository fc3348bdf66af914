"""Who a number in a phone's backup is: the owner, somebody else, or nobody that can be told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from netquality.ids import digest
from netquality.sources.addresses import folded_name, is_person_number, mail_of, squashed
from netquality.sources.parties import NOBODY, Parties

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CROWD", "PLACEHOLDER", "Directory", "Numbers", "is_withheld", "shown_name", "tail"]

PLACEHOLDER = "insert-address-token"
# No network delivers a message to more than so many.
CROWD = 1000
_WITHHELD = frozenset(
    {"", "-1", "-2", "-3", "-4", "null", "private", "private number", "unknown", "anonymous"}
    | {
        "unknown number",
        "restricted",
        "withheld",
        "blocked",
        "unavailable",
        "payphone",
        "no number",
    }
    | {"no caller id", "private caller", "n/a", "na", "-", "unbekannt", "anonym", "privat"}
    | {"unterdrückt", "rufnummer unterdrückt", "unbekannte rufnummer", "privater teilnehmer"}
    | {"inconnu", "numéro inconnu", "masqué", "numéro masqué", "privé", "numéro privé", "anonyme"}
    | {"desconocido", "número desconocido", "oculto", "número oculto", "privado", "número privado"}
)
_NAMELESS = frozenset({"", "(unknown)", "null", "unknown", "unbekannt", "inconnu", "desconocido"})
_COMPARED = 9


@lru_cache(1 << 15)
def is_withheld(number: str) -> bool:
    """Say whether a caller's number was kept back: many people, none of whom can be told.

    Examples
    --------
    >>> is_withheld("-1"), is_withheld("Private"), is_withheld("+44 7700 900123")
    (True, True, False)
    """
    return folded_name(number).strip("()<>[]") in _WITHHELD


@lru_cache(1 << 15)
def tail(number: str) -> str:
    """Return what two ways to write one number have in common: its last nine digits.

    Examples
    --------
    >>> tail("+44 7700 900123") == tail("07700900123"), tail("BANK"), tail("72345")
    (True, 'bank', '72345')
    """
    text = folded_name(number)
    if not is_person_number(text):
        return text
    return "".join(character for character in text if character.isdigit())[-_COMPARED:]


@lru_cache(1 << 15)
def _whole(number: str) -> str:
    """Return all digits of a number that states its country, empty for one that does not."""
    text = squashed(number)
    if not text.startswith(("+", "00")) or not is_person_number(text):
        return ""
    digits = "".join(filter(str.isdigit, text))
    return digits if text.startswith("+") else digits[2:]


class Numbers:
    """Numbers met, each however it is written.

    One that states no country is told by its end. Two that state theirs are one number only if
    they are wholly equal: elsewhere the same digits are somebody else's.

    Examples
    --------
    >>> met = Numbers(["+44 7700 900123"])
    >>> "07700 900123" in met, "0044 7700 900123" in met, "+1 7700 900123" in met
    (True, True, False)
    """

    def __init__(self, numbers: Iterable[str] = ()) -> None:
        self._met: dict[str, dict[str, str]] = {}
        for number in numbers:
            self.add(number)

    def __contains__(self, number: str) -> bool:
        return self.spelled(number) is not None

    def add(self, number: str) -> None:
        """Take a number in."""
        self._met.setdefault(tail(number), {}).setdefault(_whole(number), number)

    def spelled(self, number: str) -> str | None:
        """Return how a number was written that may be this one, None where none may."""
        met, whole = self._met.get(tail(number), {}), _whole(number)
        if whole in met:
            return met[whole]
        if whole:
            return met.get("") if len(met) == 1 else None
        return next(iter(met.values()), None)


@lru_cache(1 << 15)
def shown_name(name: str) -> str:
    """Return a contact's name, empty where the phone writes that it knows none.

    Examples
    --------
    >>> shown_name("(Unknown)"), shown_name("+44 7700 900123"), shown_name("Zora Quillfeather")
    ('', '', 'Zora Quillfeather')
    """
    text = squashed(name)
    digits = any(character.isdigit() for character in text)
    letters = any(character.isalpha() for character in text)
    return "" if text.casefold() in _NAMELESS or (digits and not letters) else text


class Directory:
    """The accounts of a phone's numbers; those of its owner are one account.

    Parameters
    ----------
    ego
        What the user calls the owner.
    own
        Numbers known to be the owner's.

    Examples
    --------
    >>> people = Parties()
    >>> directory = Directory(people, "+44 7700 900100", [])
    >>> directory.code("07700 900100") == directory.owner, directory.code("+447700900123")
    (True, 1)
    """

    def __init__(self, parties: Parties, ego: str | None, own: Iterable[str]) -> None:
        self.parties = parties
        self.owner = parties.owner(ego)
        self._own = Numbers(filter(_is_key, (ego or "", *own)))

    def is_own(self, number: str) -> bool:
        """Say whether a number is the owner's."""
        return folded_name(number) == PLACEHOLDER or number in self._own

    def code(self, number: str, name: str = "", *, row: int | None = None) -> int:
        """Return the account of a number or address, `NOBODY` where it is none."""
        if self.is_own(number):
            return self.owner
        found = self.parties.mail(number, name, row=row)
        return found if found != NOBODY else self.parties.phone(number, name, row=row)

    def thread(self, numbers: Iterable[str]) -> str:
        """Return the conversation of a group: a hash of all its numbers but the owner's.

        Another backup of this phone gives the same one, also where it states no countries.
        """
        return digest("phone group", *sorted(map(tail, numbers)))

    def group(self, thread: str, *, row: int | None = None) -> int:
        """Return the account that stands for all of a large group."""
        return self.parties.platform("mms", thread, row=row, kind="group")

    def own(self, number: str, *, row: int | None = None) -> None:
        """Enter a number as one of the owner's."""
        code = self.parties.mail(number, row=row)
        code = code if code != NOBODY else self.parties.phone(number, row=row)
        self._own.add(number)
        if code != NOBODY:
            self.parties.join(code, self.owner)


def _is_key(text: str) -> bool:
    return bool(text) and (mail_of(text) is not None or is_person_number(text))
