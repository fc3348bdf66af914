"""Who organises a meeting and who is invited, as calendars write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from netquality.sources.addresses import mail_kind, mail_of
from netquality.sources.calendars.properties import read_property
from netquality.sources.parties import NOBODY

if TYPE_CHECKING:
    from netquality.sources.calendars.properties import Property
    from netquality.sources.parties import Parties

__all__ = ["Guest", "Guests"]

# DELEGATED: who was invited does not come, somebody else does.
_ANSWERS = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "DELEGATED": "declined",
    "TENTATIVE": "tentative",
    "NEEDS-ACTION": "none",
}
_THINGS = {"ROOM": "room", "RESOURCE": "room", "GROUP": "group"}
_MOST_GUESTS = 1000


class Guest(NamedTuple):
    """Somebody or something invited.

    Parameters
    ----------
    code
        Number of the account, `NOBODY` where no address is given.
    person
        Whether it is a person, for all that is known: no room, no list, no program.
    answer
        A word of the schema, None where the file does not say.
    more
        Further guests who come along, without names.
    delegates
        Accounts of those who come instead.
    informed
        Told of the meeting, not asked to come.
    """

    code: int
    person: bool = True
    answer: str | None = None
    more: int = 0
    delegates: tuple[int, ...] = ()
    informed: bool = False


class Guests:
    """Reads guests; the same line comes again with every meeting, and is taken apart once.

    Parameters
    ----------
    people
        Takes the accounts.

    Examples
    --------
    >>> from netquality.sources.parties import Parties
    >>> guests = Guests(Parties())
    >>> guests.read(b"ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:odo@fen.example", row=1)
    Guest(code=0, person=True, answer='accepted', more=0, delegates=(), informed=False)
    >>> guests.read(b"ATTENDEE;CUTYPE=ROOM;CN=Fern room:mailto:fern@rooms.example", row=1).person
    False
    """

    def __init__(self, people: Parties) -> None:
        self._people = people
        self._lines: dict[bytes, tuple[Guest, str, str]] = {}

    def read(self, line: bytes, row: int) -> Guest:
        """Return the guest of a line, their account entered."""
        if line not in self._lines:
            self._lines[line] = self._read(read_property(line), row)
        guest, address, name = self._lines[line]
        self._people.mail(address, name, row=row)
        return guest

    def _read(self, found: Property, row: int) -> tuple[Guest, str, str]:
        address, name = address_of(found), found.parameters.get("CN", "")
        kind = _kind(found, address)
        if kind == "hidden":
            return Guest(NOBODY, person=False), "", ""
        code = self._people.mail(address, row=row)
        if code != NOBODY and kind != "person" and self._people.kind(code) == "person":
            self._people.mark(code, kind)
        guest = Guest(
            code,
            kind == "person",
            _ANSWERS.get(found.parameters.get("PARTSTAT", "").upper()),
            _number(found.parameters.get("X-NUM-GUESTS", "")),
            self._delegates(found, row),
            found.parameters.get("ROLE", "").upper() == "NON-PARTICIPANT",
        )
        return guest, address, name

    def _delegates(self, found: Property, row: int) -> tuple[int, ...]:
        said = found.parameters.get("DELEGATED-TO", "").split(",")
        addresses = [_bare(each) for each in said]
        codes = [self._people.mail(each, row=row) for each in addresses if mail_of(each)]
        return tuple(code for code in codes if self._people.kind(code) == "person")


def address_of(found: Property) -> str:
    """Return the mail address of a guest, empty if none is given.

    Examples
    --------
    >>> from netquality.sources.calendars.properties import read_property
    >>> address_of(read_property(b"ATTENDEE;EMAIL=odo@fen.example:urn:uuid:7"))
    'odo@fen.example'
    >>> address_of(read_property(b"ATTENDEE;CN=Odo:invalid:nomail"))
    ''
    """
    said = (found.value, found.parameters.get("EMAIL", ""), found.parameters.get("CN", ""))
    bare = (_bare(each) for each in said)
    return next((each for each in bare if mail_of(each) and ":" not in each), "")


def _bare(value: str) -> str:
    at = value.casefold().rfind("mailto:")
    address = value[at + 7 :].partition("?")[0] if at >= 0 else value
    return unquote(address).strip().strip("<>'")


def _kind(found: Property, address: str) -> str:
    by_address = mail_kind(address.casefold()) if address else "person"
    if by_address != "person":
        return by_address
    return _THINGS.get(found.parameters.get("CUTYPE", "").upper(), "person")


def _number(text: str) -> int:
    return min(int(text), _MOST_GUESTS) if text.isascii() and text.isdigit() else 0
