"""What one entry of an address book says about somebody, whatever the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.addresses import folded_name, is_person_number, squashed
from netquality.sources.contacts.keys import label_in, mail_in, number_in, profile_in

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MOST", "TOO_MANY", "Card", "Group", "made"]

# Google keeps 25,000 contacts and Apple 50,000; more than this would be read for minutes.
MOST = 150_000
TOO_MANY = f"more than {MOST:,} contacts"

_NUMBER = re.compile(r"[\d\s+()./_-]*")


class Card(NamedTuple):
    """One entry: of a person, or of a company.

    `others` are nicknames and a name as a maiden, `short` numbers within a house or of a service,
    `odd` how many addresses and numbers lead to nobody, `seen` the day of its last revision.
    """

    row: int
    name: str = ""
    others: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    employer: str = ""
    title: str = ""
    groups: tuple[str, ...] = ()
    company: bool = False
    odd: int = 0
    seen: int | None = None
    uid: str = ""

    @property
    def empty(self) -> bool:
        """Whether nobody can be recognised by it."""
        return not (self.name or self.mails or self.phones or self.short or self.profiles)


class Group(NamedTuple):
    """A list that the user made: its name, and the ids of the cards in it."""

    row: int
    name: str
    members: tuple[str, ...] = ()


def made(
    row: int,
    *,
    name: str = "",
    others: Iterable[str] = (),
    mails: Iterable[str] = (),
    phones: Iterable[str] = (),
    links: Iterable[str] = (),
    employer: str = "",
    title: str = "",
    groups: Iterable[str] = (),
    company: bool = False,
    seen: int | None = None,
    uid: str = "",
) -> Card:
    """Make a card of cells as they are written; what is no address or number is counted only.

    Parameters
    ----------
    row
        Number of the record in the file, from 1.
    name
        As it is shown; an address or a number in its place is no name, but may be the only key.
    others
        Further names.
    mails, phones, links
        Cells, each with one value.
    employer, title, groups
        As written.
    company
        Whether it is a company's entry.
    seen
        The day of its last revision.
    uid
        Its id within the file.

    Examples
    --------
    >>> card = made(1, name="+44 7700 900123", phones=["tel:+447700900123", "72345", "n/a"])
    >>> card.name, card.phones, card.short
    ('', ('+447700900123',), ('72345',))
    """
    shown = _shown(name) or (squashed(employer) if company else "")
    addresses = [(cell, mail_in(cell)) for cell in mails if cell.strip()]
    numbers = [number_in(cell) for cell in phones if cell.strip()]
    if not (shown or addresses or numbers):  # the only address, in the place of the name
        addresses = [(name, found)] if (found := mail_in(name)) else []
        numbers = [squashed(name)] if is_person_number(squashed(name)) else []
    dialled = [number for number in numbers if is_person_number(number)]
    rest = [number for number in numbers if not is_person_number(number)]
    return Card(
        row,
        shown,
        _unique(other for cell in others if (other := _shown(cell)) and other != shown),
        _unique(found for _, found in addresses if found),
        _unique(dialled),
        _unique(number for number in rest if any(map(str.isdigit, number))),
        _unique(found for cell in links if (found := profile_in(cell))),
        "" if company else squashed(employer),
        squashed(title),
        _unique(label for cell in groups if (label := label_in(cell))),
        company,
        len(rest) + sum(found is None for _, found in addresses),
        seen,
        uid,
    )


def _shown(name: str) -> str:
    shown = squashed(name)
    return "" if mail_in(shown) or _NUMBER.fullmatch(shown) else shown


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return values in their order, each once, case aside."""
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(folded_name(value), value)
    return tuple(found.values())
