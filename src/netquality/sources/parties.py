"""The accounts that one file names: each once, by its key, with the names it goes by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from netquality.ids import UNKNOWN_OWNER, digest, saved_name
from netquality.schema import ACCOUNT_KINDS
from netquality.sources.addresses import (
    folded_name,
    is_person_number,
    mail_kind,
    mail_of,
    phone_of,
    region_of,
    squashed,
)

if TYPE_CHECKING:
    from netquality.sources.ledger import Ledger

__all__ = ["ADDRESS_BOOK", "NOBODY", "Parties"]

# The scope of names as a phone or a mail program has saved them.
ADDRESS_BOOK = "address book"
NOBODY = -1
# A name that an account bears once among many is a slip or a joke, and would part it from itself.
_SHARE = 0.1
# So many last digits tell a number, with and without the country.
_TAIL = 9


@dataclass
class _Party:
    keys: dict[tuple[str, str], tuple[str, int]]
    kind: str
    names: Counter[str] = field(default_factory=Counter)
    scope: str = ""
    account: str | None = None


class Parties:
    """Accounts met so far, numbered from 0 in the order in which they are met.

    The numbers are for `Diary`; the accounts' ids are made when everything has been read, because
    what country a phone number without a code belongs to is decided by all the others. Two numbers
    may turn out to be one account.

    Parameters
    ----------
    region
        Two-letter country of phone numbers that state none; by default that of most others.

    Examples
    --------
    >>> people = Parties()
    >>> people.mail("Zora@Quill.example", "Zora Quill", row=1), people.mail("not an address")
    (0, -1)
    >>> people.phone("030 901820", "Odo", row=2), people.phone("+49 30 901820", row=3)
    (1, 2)
    >>> people.ids()[1] == people.ids()[2]
    True
    """

    def __init__(self, region: str | None = None) -> None:
        self._region = region
        self._codes: dict[tuple[str, str, str], int] = {}
        self._known: list[_Party] = []
        self._same: dict[int, int] = {}
        self._owner: int | None = None

    def __len__(self) -> int:
        return len(self._known)

    def mail(self, address: str, name: str = "", *, row: int | None = None) -> int:
        """Return the number of a mail address, `NOBODY` when it is none.

        Robots, lists, rooms and groups are told by their address; see `mark` for what else shows
        what somebody is.
        """
        found = mail_of(address)
        if found is None:
            return NOBODY
        kind = mail_kind(found)
        return self._code("mail", found, address, name, row, "person" if kind == "hidden" else kind)

    def phone(self, number: str, name: str = "", *, row: int | None = None) -> int:
        """Return the number of a phone, `NOBODY` when nothing in the cell can be dialled.

        Short codes and senders written in letters are robots, not people.
        """
        raw = squashed(number)
        if is_person_number(raw):
            return self._code("phone", _dialled(raw), raw, name, row, "person")
        if not any(character.isalnum() for character in raw):
            return NOBODY
        return self._code("platform", f"sms:{folded_name(raw)}", raw, name or raw, row, "robot")

    def platform(
        self,
        service: str,
        ident: str,
        name: str = "",
        *,
        row: int | None = None,
        kind: str = "person",
    ) -> int:
        """Return the number of an account of some service, as in ``telegram:user123``."""
        value = f"{service}:{ident}"
        return self._code("platform", value, ident, name, row, kind)

    def named(self, name: str, scope: str, *, row: int | None = None, kind: str = "person") -> int:
        """Return the number of somebody of whom nothing but a name is known.

        Parameters
        ----------
        scope
            Within what the name means one and the same: a chat, or `ADDRESS_BOOK`, that of the
            owner, which all files of one owner share.
        """
        shown = squashed(name)
        if not shown:
            return NOBODY
        return self._code("name", folded_name(shown), shown, shown, row, kind, scope)

    def owner(self, said: str | None = None, name: str = "") -> int:
        """Return the number of the file's owner where the file does not say who that is.

        Parameters
        ----------
        said
            What the user calls the owner: an address or a number is the account's key.
        name
            How the file writes them.
        """
        if self._owner is None:
            text = said or ""
            self._owner = self.mail(text)
            if self._owner == NOBODY and is_person_number(text):
                self._owner = self.phone(text)
            if self._owner == NOBODY:
                self._owner = len(self._known)
                keys = {("name", folded_name(text) or "you"): ("", 0)}
                self._known.append(_Party(keys, "person", account=UNKNOWN_OWNER))
                self._called(self._owner, text if " " in text else "")
        self._called(self._owner, name)
        return self._owner

    def also(self, code: int, key: str, value: str, raw: str = "", *, row: int | None) -> None:
        """Enter a further key of an account: another address, a number in E.164, a profile."""
        self._known[code].keys.setdefault((key, value), (raw, row or 0))

    def join(self, code: int, to: int) -> None:
        """Take what is written of one number as said of the other: two addresses of one owner.

        The keys of the first become further keys of the second.
        """
        if code != to:
            self._same[code] = to

    def mark(self, code: int, kind: str) -> None:
        """Say what kind of account it is: list, robot, room, group, organisation, hidden."""
        if kind not in ACCOUNT_KINDS:
            raise ValueError(kind)
        self._known[code].kind = kind

    def kind(self, code: int) -> str:
        """Return what kind of account it is."""
        return self._known[code].kind

    def key(self, code: int) -> tuple[str, str]:
        """Return the first key of an account and its value, as read."""
        return next(iter(self._known[code].keys), ("name", ""))

    def name(self, code: int) -> str:
        """Return the name that an account bears most often, empty if none."""
        return _best(self._lead(code).names)

    def find(self, who: str) -> list[int]:
        """Return the accounts that bear a key, else the only one that goes by a name, case aside.

        A name that an account bears now and then is a slip, and one that two bear means neither.
        """
        text = folded_name(who)
        keyed = [
            code
            for code, party in enumerate(self._known)
            if any(value.casefold() == text for _, value in party.keys)
            or any(folded_name(raw) == text for raw, _ in party.keys.values())
        ]
        called = [
            code
            for code, party in enumerate(self._known)
            if folded_name(_best(party.names)) == text
        ]
        return keyed or (called if len(called) == 1 else [])

    @property
    def region(self) -> str | None:
        """The country taken for phone numbers that state none."""
        if self._region is None:
            numbers = (
                value for party in self._known for key, value in party.keys if key == "phone"
            )
            return region_of(numbers)
        return self._region

    @property
    def local(self) -> int:
        """How many phone numbers state no country."""
        keys = [key for party in self._known for key in party.keys]
        return sum(key == "phone" and not value.startswith("+") for key, value in keys)

    def ids(self) -> npt.NDArray[np.object_]:
        """Return the account of every number; `NOBODY`, the last one, is None."""
        region = self.region
        ids = [self._id(self._lead(code), region) for code in range(len(self._known))]
        return np.array([*ids, None], dtype=object)

    def counts(self) -> dict[str, int]:
        """Return how many accounts there are of each kind that is no person.

        Examples
        --------
        >>> people = Parties()
        >>> _ = people.mail("no-reply@quill.example"), people.mail("zora@quill.example")
        >>> people.counts()
        {'robot': 1}
        """
        kinds = Counter(party.kind for party in self._known)
        return {kind: kinds[kind] for kind in ACCOUNT_KINDS[2:] if kinds[kind]}

    def marks(self) -> npt.NDArray[np.object_]:
        """Return what stands for every number in ids of events; `NOBODY`, the last one, is empty.

        Another export may know the owner by another key, or write a number without its country:
        the same event must get the same id in both.
        """
        ids = self.ids()
        marks = [
            "owner" if self._owned(code) else _mark(self._lead(code), str(ids[code]))
            for code in range(len(self._known))
        ]
        return np.array([*marks, ""], dtype=object)

    def _owned(self, code: int) -> bool:
        return self._owner is not None and self._lead(code) is self._lead(self._owner)

    def enter(self, book: Ledger) -> None:
        """Put all accounts into the book: a row for each key and each name that is really borne."""
        region = self.region
        rows: dict[tuple[str, ...], tuple[str | int | None, ...]] = {}
        for code, party in enumerate(self._known):
            lead = self._lead(code)
            account = self._id(lead, region)
            names = [name or None for name in _borne(party.names)] or [None]
            for (key, value), (raw, row) in party.keys.items():
                final = _final(key, value, region)
                for name in names:
                    entry = (account, key, final, raw or None, name, lead.kind, row or None)
                    rows.setdefault((account, key, final, name or ""), entry)
        if rows:
            fields = ("account", "key", "value", "raw", "name", "kind", "row")
            columns = zip(*rows.values(), strict=True)
            book.add("accounts", dict(zip(fields, map(list, columns), strict=True)))

    def _code(
        self,
        key: str,
        value: str,
        raw: str,
        name: str,
        row: int | None,
        kind: str,
        scope: str = "",
    ) -> int:
        code = self._codes.setdefault((key, value, scope), len(self._known))
        if code == len(self._known):
            self._known.append(_Party({(key, value): (raw, row or 0)}, kind, scope=scope))
        self._called(code, name)
        return code

    def _called(self, code: int, name: str) -> None:
        shown = squashed(name)
        if shown and mail_of(shown) is None:
            self._known[code].names[shown] += 1

    def _lead(self, code: int) -> _Party:
        seen = {code}
        while code in self._same and self._same[code] not in seen:
            code = self._same[code]
            seen.add(code)
        return self._known[code]

    def _id(self, party: _Party, region: str | None) -> str:
        if party.account is not None:
            return party.account
        (key, value), *_ = party.keys
        if key == "name" and party.scope == ADDRESS_BOOK:
            return saved_name(self._whose(region), value)
        scope = (party.scope,) if key == "name" else ()
        return digest(key, *scope, _final(key, value, region))

    def _whose(self, region: str | None) -> str:
        if self._owner is None:
            return UNKNOWN_OWNER
        lead = self._lead(self._owner)
        own_name = next(iter(lead.keys))[0] == "name"
        return UNKNOWN_OWNER if own_name else self._id(lead, region)


@lru_cache(1 << 16)
def _dialled(number: str) -> str:
    plus = "+" if number.startswith("+") else ""
    return plus + "".join(character for character in number if character.isdigit())


def _final(key: str, value: str, region: str | None) -> str:
    if key != "phone":
        return value
    return phone_of(value, region=region) or value


def _borne(names: Counter[str]) -> list[str]:
    total = names.total()
    return sorted(name for name, count in names.items() if count >= _SHARE * total)


def _mark(party: _Party, account: str) -> str:
    key, value = next(iter(party.keys), ("", ""))
    return f"phone {value[-_TAIL:]}" if key == "phone" else account


def _best(names: Counter[str]) -> str:
    return max(names, key=lambda name: (names[name], len(name), name), default="")
