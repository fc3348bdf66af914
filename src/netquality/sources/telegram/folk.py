"""The accounts of a Telegram export: people, groups, channels, bots, and those who are gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from netquality.sources.addresses import is_person_number, phone_of
from netquality.sources.telegram.fields import moment_of, number_of, peer_of, time_of

if TYPE_CHECKING:
    from netquality.sources.ledger import Ledger
    from netquality.sources.parties import Parties

__all__ = ["Folk", "is_program"]

_KINDS = {"user": "person", "chat": "group", "channel": "organisation"}
_DAY = 86_400_000_000
# As a word of its own, a user name, or the end of PollBot: an Abbot and a Talbot are people.
_PROGRAM = re.compile(r"(?:(?:^|[\s_-])(?i:bot)|(?<=[a-z0-9])Bot|^@\w*(?i:bot))$")
_LONGEST_NAME = 200


def is_program(name: str) -> bool:
    """Say whether a name is one that programs have: Telegram's end in "bot".

    Examples
    --------
    >>> [is_program(name) for name in ("PollBot", "Ink bot", "@ink_bot", "Odo Talbot", "Abbot")]
    [True, True, True, False, False]
    """
    return _PROGRAM.search(name.strip()[-_LONGEST_NAME:]) is not None


class Folk:
    """Who is met in a file, by Telegram's own ids.

    Parameters
    ----------
    parties
        Where the accounts are entered.

    Examples
    --------
    >>> from netquality.sources.parties import Parties
    >>> folk = Folk(Parties())
    >>> folk.peer("user7", "Zora Quillfeather") == folk.peer("user7", None)
    True
    """

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self._users: dict[str, int] = {}
        self._bots: set[str] = set()
        self._humans: set[str] = set()
        self._book: list[tuple[int, int | None]] = []

    def peer(self, ident: str, name: Any, row: int | None = None) -> int:
        """Return the number of a user, group or channel."""
        kind = _KINDS[ident.rstrip("0123456789")]
        shown = name if isinstance(name, str) else ""
        code = self.parties.platform("telegram", ident, shown, row=row, kind=kind)
        if kind == "person":
            self._users[ident] = code
            if is_program(shown) and ident not in self._humans:
                self._bots.add(ident)
            if ident in self._bots:
                self.parties.mark(code, "robot")
        return code

    def group(self, ident: str, name: Any) -> int:
        """Return the number of a group's own account."""
        code = self.peer(ident, name)
        self.parties.mark(code, "group")
        return code

    def gone(self, chat: str, row: int) -> int:
        """Return the number for those in a chat whose account is deleted and shows no id."""
        return self.parties.platform("telegram", f"{chat}:deleted", row=row, kind="hidden")

    def named(self, name: str, chat: str, row: int | None = None) -> int:
        """Return the number of somebody of whom a chat states but the name."""
        kind = "robot" if is_program(name) else "person"
        return self.parties.named(name, f"telegram:{chat}", row=row, kind=kind)

    def bot(self, ident: str) -> None:
        """Remember that a user is a program."""
        self._bots.add(ident)

    def human(self, ident: str) -> None:
        """Remember that a user is a person, whatever they are called: only persons have chats."""
        self._humans.add(ident)
        self._bots.discard(ident)
        if ident in self._users:
            self.parties.mark(self._users[ident], "person")

    def owner(self, fields: dict[str, Any]) -> int | None:
        """Enter the owner with name, number and user name; None where no id is stated."""
        ident = peer_of(fields.get("user_id"))
        if ident is None:
            return None
        self.human(ident)
        code = self.peer(ident, full_name(fields))
        self._phone(code, fields.get("phone_number"))
        called = fields.get("username")
        if isinstance(called, str) and len(called.strip("@ ")) > 1:
            value = f"telegram:@{called.strip('@ ').casefold()}"
            self.parties.also(code, "platform", value, called, row=None)
        return code

    def contact(self, fields: dict[str, Any]) -> None:
        """Enter one line of the address book; one without id and number is nobody."""
        ident, name = peer_of(fields.get("user_id")), full_name(fields)
        number = _international(fields.get("phone_number"))
        if ident is not None:
            self.human(ident)
            code = self.peer(ident, name)
            self._phone(code, fields.get("phone_number"))
        elif number is not None:
            code = self.parties.phone(number, name)
        else:
            return
        at = time_of(fields.get("date_unixtime")) or moment_of(fields.get("date"))
        self._book.append((code, None if at is None else at // _DAY))

    def relate(self, book: Ledger, owner: int | None) -> int:
        """Enter the owner's address book into the book of the file; return how many it holds."""
        people = {code: day for code, day in self._book if code != owner}
        if owner is None or not people:
            return 0
        ids = self.parties.ids()
        relations = {
            "a": [ids[owner]] * len(people),
            "b": [ids[code] for code in people],
            "kind": "address book",
            "start": list(people.values()),
            "last_seen": book.exported,
        }
        book.add("relations", relations)
        return len(people)

    def settle(self) -> None:
        """Say what is known only at the end: who is a program, and who never bears a name."""
        for ident, code in self._users.items():
            if ident in self._bots:
                self.parties.mark(code, "robot")
            elif not self.parties.name(code):
                self.parties.mark(code, "hidden")

    def _phone(self, code: int, number: Any) -> None:
        plain = _international(number)
        found = phone_of(plain) if plain else None
        if found is not None:
            self.parties.also(code, "phone", found, str(number), row=None)


def full_name(fields: dict[str, Any]) -> str:
    """Return first and last name as one.

    Examples
    --------
    >>> full_name({"first_name": "Odo", "last_name": ""})
    'Odo'
    """
    parts = [fields.get("first_name"), fields.get("last_name")]
    return " ".join(part for part in parts if isinstance(part, str) and part)


def _international(number: Any) -> str | None:
    """Return a number with its plus; Telegram knows no numbers without a country."""
    if not isinstance(number, str) or not is_person_number(number) or number_of(number) == 0:
        return None
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    return "+" + digits.removeprefix("00") if len(digits) > 6 else None
