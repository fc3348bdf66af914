"""Address books as CSV: Google Contacts (before and since 2024) and Outlook, in four languages.

Notes, birthdays and addresses are not read.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from netquality.errors import BadInput
from netquality.sources.contacts.book import entered
from netquality.sources.contacts.cards import MOST, TOO_MANY, Card, made
from netquality.sources.contacts.columns import Layout, layout_of
from netquality.sources.contacts.keys import mail_in, whole_name
from netquality.sources.contacts.letters import Letters, opened
from netquality.sources.ledger import Ledger
from netquality.sources.tables import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_contacts", "read_contacts"]

_SEVERAL = ":::"
_DELIMITERS = ",;\t"
_NAME = ("prefix", "given", "middle", "family", "suffix")
_MACHINES = ("fax", "pager")
_BEHIND = re.compile(r"\s*\([^()]*@[^()]*\)\s*$")


class _Opening(NamedTuple):
    layout: Layout
    width: int
    delimiter: str
    before: int


def looks_like_contacts(name: str, head: bytes) -> bool:
    """Say whether a file is an address book of Google's or Outlook's, from its header.

    LinkedIn's own lists of contacts and connections are none.

    Parameters
    ----------
    name
        The file's name; Markdown tables are none.
    head
        Its first bytes.

    Examples
    --------
    >>> looks_like_contacts("a.csv", b"First Name,Last Name,E-mail Address,Mobile Phone,Company")
    True
    >>> looks_like_contacts("Connections.csv", b"First Name,Last Name,URL,Email Address,Company")
    False
    """
    return not name.casefold().endswith(".md") and _opening(head) is not None


def read_contacts(member: Member, bundle: Bundle, options: Options) -> Tables:
    r"""Read an address book: accounts with their keys, and that the owner has them in it.

    Parameters
    ----------
    member
        The file.
    bundle
        What it came in.
    options
        ``ego`` and ``aliases`` tell the owner's own row, ``region`` the country of numbers
        without one.

    Returns
    -------
    Tables
        No events: who is in an address book has not been contacted by that.

    Raises
    ------
    BadInput
        When the file is damaged, or is none of these (see `looks_like_contacts`).

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = b"First Name,Last Name,E-mail Address\nZora,Quill,zora@quill.example\n"
    >>> member = Member("contacts.csv", lambda: text)
    >>> tables = read_contacts(member, Bundle("contacts.csv", None, (member,)), Options())
    >>> tables.sources["format"].tolist(), len(tables.relations), len(tables.events)
    (['contacts/outlook'], 1, 0)
    """
    opening = _opening(member.head())
    if opening is None:
        raise BadInput(
            f"{member.name} has no header of an address book.",
            accepted="a CSV file as Google Contacts or Outlook exports it.",
            todo="Export it again, and do not change its first line.",
        )
    name = f"contacts/{opening.layout.form}"
    book = Ledger(member.name, bundle.name, name, exported=bundle.exported)
    letters = Letters()
    with member.stream(options.progress) as stream:
        text = opened(stream.blocks(), newline="")
        records = csv.reader(text, delimiter=opening.delimiter)
        cards = list(_cards(records, opening, letters, book))
        book.seal(stream.digest())
    return entered(book, cards, [], options, letters.rules)


def _opening(head: bytes) -> _Opening | None:
    """Return what the header says, and how many records are in front of it."""
    text = opened(io.BufferedReader(io.BytesIO(head)), newline="").read()
    letters = Letters()
    for delimiter in _DELIMITERS:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for before, cells in zip(range(HEAD), records, strict=False):
            layout = layout_of([letters.heal(cell) for cell in cells])
            if layout is not None:
                return _Opening(layout, len(cells), delimiter, before)
    return None


def _cards(
    records: Iterator[list[str]], opening: _Opening, letters: Letters, book: Ledger
) -> Iterator[Card]:
    """Give the card of each row that has one; the others are rejected with their reason."""
    rows = (cells for place, cells in enumerate(records) if place > opening.before and cells)
    for number, cells in enumerate(rows, 1):
        book.read = number
        if any(map(str.strip, cells[opening.width :])):
            book.reject([number], "row", "too many cells")
            continue
        if not any(map(str.strip, cells)):
            book.reject([number], "row", "blank row")
            continue
        if number > MOST:
            book.reject([number], "row", TOO_MANY)
            continue
        card = _card(number, opening.layout, cells, letters)
        if card.empty:
            book.reject([number], "name", "no name, mail, phone or profile")
        else:
            yield card


def _card(number: int, layout: Layout, cells: Sequence[str], letters: Letters) -> Card:
    def all_of(role: str, between: str = _SEVERAL) -> list[str]:
        written = (letters.heal(cell) for cell in layout.cells(cells, role))
        return [part for cell in written for part in cell.split(between) if part.strip()]

    def first_of(role: str) -> str:
        return next(iter(all_of(role)), "")

    parts = tuple(map(first_of, _NAME))
    name = first_of("full") or whole_name(*parts) or first_of("filed") or _display(first_of)
    employer = first_of("employer")
    google = layout.form == "google"
    return made(
        number,
        name=name,
        others=[*all_of("nickname"), *_maiden(parts, first_of("maiden"))],
        mails=all_of("mail") if google else [p for c in all_of("mail") for p in c.split(";")],
        phones=_numbers(layout, cells, letters),
        links=all_of("link"),
        employer=employer,
        title=first_of("job"),
        groups=all_of("group", _SEVERAL if google else ";"),
        company=bool(employer) and not any(parts) and name in ("", employer),
    )


def _display(first_of: Callable[[str], str]) -> str:
    """Return the name that Outlook shows for an address, where it is more than the address."""
    shown = _BEHIND.sub("", first_of("shown"))
    return "" if mail_in(shown) else shown


def _maiden(parts: tuple[str, ...], maiden: str) -> list[str]:
    _, given, middle, _, _ = parts
    return [whole_name("", given, middle, maiden, "")] if maiden else []


def _numbers(layout: Layout, cells: Sequence[str], letters: Letters) -> list[str]:
    """Return the numbers at which somebody answers: no fax, no pager."""
    written = [letters.heal(cell) for cell in layout.cells(cells, "phone")]
    labels = [letters.heal(cell).casefold() for cell in layout.cells(cells, "label")]
    labels = labels if len(labels) == len(written) else [""] * len(written)
    return [
        part
        for cell, label in zip(written, labels, strict=True)
        if not any(machine in label for machine in _MACHINES)
        for part in cell.split(_SEVERAL)
        if part.strip()
    ]
