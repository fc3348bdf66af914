"""Which keys of an address book are somebody's own, and which card is the owner's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from netquality.sources.addresses import (
    folded_name,
    is_person_number,
    mail_kind,
    mail_of,
    phone_of,
    region_of,
)
from netquality.sources.contacts.keys import is_desk, profile_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netquality.sources.contacts.cards import Card
    from netquality.sources.ledger import Options

__all__ = ["Owned"]

Key = tuple[str, str]


class Owned:
    """Who bears what in one address book.

    Parameters
    ----------
    cards
        All of them: a key is shared, or not, in the light of all.
    options
        What the owner goes by, and the country of numbers without one.

    Examples
    --------
    >>> from netquality.sources.contacts.cards import made
    >>> from netquality.sources.ledger import Options
    >>> line = "+49 30 23125 001"
    >>> zora = made(1, name="Zora Quill", phones=["+49 151 23125001", line])
    >>> odo = made(2, name="Odo Quill", phones=[line])
    >>> owned = Owned([zora, odo], Options())
    >>> owned.lead(zora), owned.lead(odo), owned.shared
    (('phone', '+49 151 23125001'), None, 1)
    """

    def __init__(self, cards: Sequence[Card], options: Options) -> None:
        numbers = [number for card in cards for number in card.phones]
        self._region = options.region or region_of(numbers)
        self._finals: dict[str, str] = {}
        self._mine = options.mine
        self._own = {key for said in options.mine for key in self._said(said)}
        self._names: dict[Key, set[str]] = defaultdict(set)
        for card in cards:
            for key, _ in self._keys(card):
                self._names[key] |= {folded_name(card.name)} - {""}
        claimed = {folded_name(card.name) for card in cards if self._claims(card)} - {""}
        self._one = len(claimed) < 2
        self.unclear = sum(self._claims(card) and not self.mine(card) for card in cards)

    @property
    def shared(self) -> int:
        """How many addresses and numbers stand on cards of different names."""
        return sum(len(names) > 1 for names in self._names.values())

    def mine(self, card: Card) -> bool:
        """Say whether a card is the owner's own.

        One with an address of the owner is, unless cards of several names have it: then only one
        that bears a name of the owner.
        """
        named = folded_name(card.name) in self._mine
        return named or (self._one and self._claims(card))

    def lead(self, card: Card) -> Key | None:
        """Return the sort and the value of the key that leads a card's account, None for a name.

        The first address of a person's own, else the first number; the address of a desk or of a
        robot only where there is nothing better.
        """
        mine = self.mine(card)
        for key, written in self._ranked(card):
            if len(self._names[key]) < 2 and (mine or key not in self._own):
                return key[0], written
        if card.name or card.profiles:
            return None
        return next((key[0], written) for key, written in self._ranked(card))

    def _ranked(self, card: Card) -> Iterator[tuple[Key, str]]:
        keys = list(self._keys(card))
        if not card.company:
            # A stable order: what is a person's own first, each group as written.
            keys.sort(key=lambda each: each[0][0] == "mail" and not _own_address(each[1]))
        yield from keys
        if not card.name:
            yield from ((("phone", folded_name(number)), number) for number in card.short)

    def _keys(self, card: Card) -> Iterator[tuple[Key, str]]:
        yield from ((("mail", mail), mail) for mail in card.mails)
        yield from ((("phone", self._final(number)), number) for number in card.phones)

    def _final(self, number: str) -> str:
        if number not in self._finals:
            digits = "".join(filter(str.isdigit, number))
            self._finals[number] = phone_of(number, region=self._region) or digits
        return self._finals[number]

    def _claims(self, card: Card) -> bool:
        keys = {key for key, _ in self._keys(card)} | {("profile", slug) for slug in card.profiles}
        return not keys.isdisjoint(self._own)

    def _said(self, said: str) -> Iterator[Key]:
        if mail_of(said):
            yield "mail", said
        elif is_person_number(said):
            yield "phone", self._final(said)
        else:
            yield "profile", profile_in(said) or said


def _own_address(address: str) -> bool:
    return mail_kind(address) == "person" and not is_desk(address)
