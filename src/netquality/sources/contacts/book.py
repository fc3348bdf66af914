"""Cards become accounts: each with all its keys, and one relation to the owner.

A card's account is led by a key of its own, which no card of another name bears. Where a family
shares a mailbox or a landline, nobody gets it: each card has it as a further key, and identity
decides what that says.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from netquality.sources.addresses import folded_name
from netquality.sources.contacts.owned import Owned
from netquality.sources.diary import Diary
from netquality.sources.parties import ADDRESS_BOOK, Parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from netquality.schema import Tables
    from netquality.sources.contacts.cards import Card, Group
    from netquality.sources.ledger import Ledger, Options

__all__ = ["entered"]


class _Said(NamedTuple):
    code: int
    name: str
    value: str
    seen: int | None
    row: int


def entered(
    book: Ledger,
    cards: Sequence[Card],
    groups: Sequence[Group],
    options: Options,
    rules: Iterable[str] = (),
) -> Tables:
    """Put cards into the book and close it.

    Parameters
    ----------
    book
        The account of the file, its source named.
    cards
        All that say something, in the order of the file.
    groups
        Lists that the user made of them.
    options
        Whose address book it is.
    rules
        What was assumed while they were read.

    Examples
    --------
    >>> from netquality.sources.contacts.cards import made
    >>> from netquality.sources.ledger import Ledger, Options
    >>> book = Ledger("a.vcf", "a.vcf", "contacts/vcard", b"...", read=2)
    >>> family = dict(mails=["home@quill.example"])
    >>> both = [made(1, name="Zora Quill", **family), made(2, name="Odo Quill", **family)]
    >>> tables = entered(book, both, [], Options())
    >>> tables.relations["b"].nunique(), sorted(set(tables.accounts["key"].astype("str")))
    (2, ['mail', 'name'])
    """
    every = list(_grouped(cards, groups, book))
    people = _People(Owned(every, options), options, book.exported)
    kept = {group.row for group in groups}
    seen: set[Card] = set()
    for card in every:
        again = card._replace(row=0, uid="", seen=None)
        if again not in seen:
            seen.add(again)
            kept.add(card.row)
            people.add(card)
    people.enter(book)
    return Diary(people.parties).close(
        book, owner=people.owner, kept=kept, rules=[*rules, *people.rules(every)]
    )


def _grouped(cards: Sequence[Card], groups: Sequence[Group], book: Ledger) -> Iterator[Card]:
    """Give the cards with the names of the lists that they are on; a list of nobody is rejected."""
    names: dict[str, list[str]] = defaultdict(list)
    known = {one for card in cards for one in _ids(card)}
    for group in groups:
        members = known.intersection(group.members)
        if not members or not group.name:
            book.reject([group.row], "member", "a list of nobody who is in the file")
        elif group.name:
            for member in members:
                names[member].append(group.name)
    for card in cards:
        more = [name for one in _ids(card) for name in names.get(one, ())]
        yield card._replace(groups=tuple(dict.fromkeys([*card.groups, *more])))


def _ids(card: Card) -> list[str]:
    return [*filter(None, [card.uid]), *(f"mailto:{mail}" for mail in card.mails)]


class _People:
    """The accounts of one address book, and what is said of them."""

    def __init__(self, owned: Owned, options: Options, exported: int | None) -> None:
        self.parties = Parties(options.region)
        self.owner = self.parties.owner(options.ego)
        self._owned, self._exported = owned, exported
        self._own_cards = 0
        self._related: list[tuple[int, int]] = []
        self._said: list[_Said] = []

    def add(self, card: Card) -> None:
        """Give a card its account, with all keys and names that it states."""
        code, row = self._lead(card), card.row
        for mail in card.mails:
            self.parties.also(code, "mail", mail, mail, row=row)
        for number in card.phones:
            self.parties.also(code, "phone", _dialled(number), number, row=row)
        for slug in card.profiles:
            self.parties.also(code, "profile", slug, slug, row=row)
        for name in card.others:
            self.parties.also(code, "name", folded_name(name), name, row=row)
        self._relate(code, card)
        said = [("employer", card.employer), ("title", card.title)]
        said += [("group", label) for label in card.groups]
        seen = _known_by(card.seen, self._exported)
        self._said += [_Said(code, name, value, seen, row) for name, value in said if value]

    def _lead(self, card: Card) -> int:
        """Return the account of a card: by a key of its own, else by its profile or name."""
        key = self._owned.lead(card)
        if key is None:
            # Two profiles of one name are two people; two cards of one name and no more are one.
            slug = next(iter(card.profiles), "")
            scope = f"profile:{slug}" if slug else ADDRESS_BOOK
            return self.parties.named(card.name or slug, scope, row=card.row)
        called = self.parties.mail if key[0] == "mail" else self.parties.phone
        return called(key[1], card.name, row=card.row)

    def _relate(self, code: int, card: Card) -> None:
        if self._owned.mine(card):
            self._own_cards += 1
            self.parties.join(code, self.owner)
            return
        self._related.append((code, card.row))
        if card.company and self.parties.kind(code) == "person":
            self.parties.mark(code, "organisation")

    def enter(self, book: Ledger) -> None:
        """Put into the book whom the owner has in it, and what is said of them."""
        ids = self.parties.ids()
        owner, last = ids[self.owner], self._exported
        rows = pd.DataFrame(self._related, columns=["b", "row"])
        rows["b"] = ids[rows["b"].to_numpy(dtype="int64")]
        rows = rows[rows["b"] != owner].drop_duplicates("b")
        fixed = {"a": owner, "kind": "address book", "first_seen": last, "last_seen": last}
        if len(rows):
            book.add("relations", {**fixed, "b": rows["b"], "row": rows["row"]})
        told = pd.DataFrame(self._said, columns=list(_Said._fields))
        told["account"] = ids[told["code"].to_numpy(dtype="int64")]
        told["seen"] = told["seen"].astype("Int64")
        told = told.drop_duplicates(["account", "name", "value"])
        if len(told):
            fields = ("account", "name", "value", "seen", "row")
            book.add("attributes", {field: told[field] for field in fields})

    def rules(self, cards: Sequence[Card]) -> list[str]:
        """Say what was recognised and what was left out."""
        odd, unclear = sum(card.odd for card in cards), self._owned.unclear
        counts = {
            "cards are the owner's own": self._own_cards,
            "cards of different names bear a key of the owner: not taken as the owner's": unclear,
            "addresses and numbers stand on cards of different names: nobody's own": (
                self._owned.shared
            ),
            "addresses and numbers lead to nobody: left out": odd,
        }
        return [f"{count:,} {text}" for text, count in counts.items() if count]


def _dialled(number: str) -> str:
    plus = "+" if number.startswith("+") else ""
    return plus + "".join(filter(str.isdigit, number))


def _known_by(seen: int | None, exported: int | None) -> int | None:
    """Return the day of a revision, that of the export where none, or none possible, is stated."""
    impossible = seen is None or (exported is not None and seen > exported + 1)
    return exported if impossible else seen
