"""A book of who is who: people, and the accounts by which eight sources show them.

Accounts have the ids that the readers give them, so what a reader cannot tell apart is one
account here too; the book refuses to hold an account of two people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from netquality.errors import BadInput
from netquality.ids import digest
from netquality.samples.namesakes_names import Name, ascii_mail, drawn_name
from netquality.samples.words import FIRM_ENDS, FIRM_STARTS, FUNCTIONS, RANKS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OWNER", "SOURCES", "Book", "Person", "Phone"]

OWNER = digest("profile", "odo-fernwick-sample")
# Name of the source, its format, its era, the day of its export or of its last row.
SOURCES = {
    "2020": ("linkedin/connections", "2020", 18_400),
    "2023": ("linkedin/connections", "2023", 19_500),
    "2026": ("linkedin/connections", "2026", 20_700),
    "book": ("linkedin/imported contacts", "2026", 20_700),
    "mail": ("log", None, 20_690),
    "chat": ("log", None, 20_690),
    "team": ("log", None, 20_690),
    "calls": ("log", None, 20_690),
}
_FIRMS = [f"{start} {end}" for end in FIRM_ENDS for start in FIRM_STARTS][:60]
_PROVIDERS = ("inkmail.example", "letterbox.example", "post.example")


class Phone(NamedTuple):
    """A number from a range that is kept for fiction, as three people may write it."""

    e164: str
    international: str
    national: str


class Person(NamedTuple):
    """Somebody with all keys that could ever be seen; each source shows a few of them."""

    id: str
    name: Name
    firm: str
    title: str
    day: int
    slug: str
    work: str
    home: str
    mobile: Phone


@dataclass
class Book:
    """Collects accounts, with the truth about them.

    Examples
    --------
    >>> book = Book(np.random.default_rng(7))
    >>> one = book.person()
    >>> book.linked(one, mail=one.home) == digest("profile", one.slug)
    True
    >>> book.truth == {digest("profile", one.slug): one.id}
    True
    """

    rng: np.random.Generator
    accounts: list[dict[str, object]] = field(default_factory=list)
    relations: list[dict[str, object]] = field(default_factory=list)
    attributes: list[dict[str, object]] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    cases: dict[tuple[str, str], str] = field(default_factory=dict)
    records: set[tuple[str, str]] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)
    _met: dict[str, None] = field(default_factory=dict)
    _numbers: dict[str, list[int]] = field(default_factory=dict)
    _people: int = 0

    def close(self, trap: str) -> None:
        """Name the trap in which all accounts met each other since the last one."""
        for a, b in combinations(sorted(self._met), 2):
            self.cases.setdefault((a, b), trap)
        self._met.clear()

    def firm(self) -> str:
        """Draw an employer; the first are large."""
        weights = 1.0 / (np.arange(len(_FIRMS)) + 3.0)
        return _FIRMS[int(self.rng.choice(len(_FIRMS), p=weights / weights.sum()))]

    def person(self, name: Name | None = None, firm: str | None = None) -> Person:
        """Invent somebody, with keys that nobody else has."""
        name, firm = name or drawn_name(self.rng), firm or self.firm()
        given, family = ascii_mail(name)
        self._people += 1
        return Person(
            id=f"person {self._people}",
            name=name,
            firm=firm,
            title=f"{self.rng.choice(RANKS)}{self.rng.choice(FUNCTIONS)}",
            day=int(self.rng.integers(15_000, 18_300)),
            slug=self._free(f"{given}-{family}", f"-{self.rng.integers(16**6):06x}"),
            work=self._free(f"{given}.{family}", f"@{domain(firm)}"),
            home=self._free(f"{given}{family}{self.rng.integers(50, 99)}", self._provider()),
            mobile=self.number("mobile"),
        )

    def again(self, who: Person, **changed: object) -> Person:
        """Return the same person with something new: an employer, a name, a day."""
        new = who._replace(**changed)  # type: ignore[arg-type]
        if "firm" in changed and "work" not in changed:
            given, family = ascii_mail(new.name)
            return new._replace(work=self._free(f"{given}.{family}", f"@{domain(new.firm)}"))
        return new

    def number(self, kind: str) -> Phone:
        """Draw a "mobile" or a "line" that nobody else has."""
        if kind not in self._numbers:
            self._numbers[kind] = [int(n) for n in self.rng.permutation(11_000)]
        drawn = self._numbers[kind].pop()
        if drawn < 1000:
            area, start = ("7700", "900") if kind == "mobile" else ("20", "7946 0")
            digits = f"{area} {start}{drawn:03d}"
            return _phone("44", digits)
        area = "6 39 98" if kind == "mobile" else "1 99 00"
        digits = f"{drawn - 1000:04d}"
        return _phone("33", f"{area} {digits[:2]} {digits[2:]}")

    def handle(self, who: Person) -> str:
        """Return an id that looks like the name, as teams give them out."""
        return self._free("".join(ascii_mail(who.name)), "")

    def free_mail(self, local: str, firm: str) -> str:
        """Return an address at a firm that nobody has yet."""
        return self._free(local, f"@{domain(firm)}")

    def _provider(self) -> str:
        return f"@{_PROVIDERS[int(self.rng.integers(len(_PROVIDERS)))]}"

    def _free(self, start: str, end: str) -> str:
        made, again = start + end, 1
        while made in self._taken:
            again += 1
            made = f"{start}{again}{end}"
        self._taken.add(made)
        return made

    def bare(self, who: Person, name: str | None = None, mail: str | None = None) -> str:
        """Show a contact in the export of 2020, which has no links and few addresses."""
        shown = name or who.name.full
        day, key = who.day, ("mail", mail) if mail else ("name", folded(shown))
        account = digest("mail", mail) if mail else _by_name(shown, day)
        while not mail and self.truth.get(account, who.id) != who.id:
            day += 1
            account = _by_name(shown, day)
        self._enter("2020", account, who.id, [key], shown)
        self._connect("2020", account, who, day)
        return account

    def linked(
        self, who: Person, name: str | None = None, mail: str | None = None, year: str = "2026"
    ) -> str:
        """Show a contact in an export with links."""
        account = digest("profile", who.slug)
        keys = [("profile", who.slug), *([("mail", mail)] if mail else [])]
        self._enter(year, account, who.id, keys, name or who.name.full)
        self._connect(year, account, who, who.day)
        return account

    def card(
        self,
        who: Person,
        name: str | None = None,
        mails: Iterable[str] = (),
        phones: Iterable[Phone] = (),
    ) -> str:
        """Show somebody in the address book; a card without any mail is known by its name."""
        shown, mails = name or who.name.full, list(mails)
        nameless = digest("name", OWNER, folded(shown), "")
        if not mails and self.truth.get(nameless, who.id) != who.id:
            mails = [who.home]
        keys = [("mail", mail) for mail in mails] or [("name", folded(shown))]
        account = digest("mail", mails[0]) if mails else nameless
        self._enter("book", account, who.id, [*keys, *_numbered(phones)], shown)
        ends = {"a": OWNER, "b": account, "kind": "address book", "source": "book"}
        self.relations.append({**ends, "first_seen": SOURCES["book"][2]})
        return account

    def wrote(self, who: Person, name: str, mail: str) -> str:
        """Show an address of the mail log with a name before it; without one, pass ""."""
        raw = f"{name} <{mail}>" if name else mail
        return self._log("mail", who, ("mail", mail), raw, name or mail)

    def chatted(self, who: Person, name: str, phone: Phone | None = None) -> str:
        """Show a number of the chat log with the name that its bearer chose."""
        number = phone or who.mobile
        return self._log("chat", who, ("phone", number.e164), number.international, name)

    def called(self, who: Person, written: str) -> str:
        """Show a number of the call log as it stands there: a platform's id, no name."""
        return self._log("calls", who, ("platform", written), written, written)

    def teamed(self, who: Person, handle: str, mail: str | None = None) -> str:
        """Show an id of the team's log, sometimes with the address behind it."""
        account = digest("platform", "", handle)
        keys = [("platform", handle), *([("mail", mail)] if mail else [])]
        self._enter("team", account, who.id, keys, handle, raw=handle)
        return account

    def desk(self, what: str) -> Person:
        """Invent a mailbox or line that is no single person: it is nobody but itself."""
        return self.person(Name(what, "Desk"))._replace(id=f"desk {self._people}")

    def _log(self, source: str, who: Person, key: tuple[str, str], raw: str, name: str) -> str:
        # Numbers of the chat log are phones; everything else keeps the id of the plain log.
        account = digest(*key) if key[0] != "platform" else digest("platform", "", key[1])
        self._enter(source, account, who.id, [key], name, raw)
        return account

    def _enter(
        self,
        source: str,
        account: str,
        person: str,
        keys: list[tuple[str, str]],
        name: str,
        raw: str | None = None,
    ) -> None:
        if self.truth.setdefault(account, person) != person:
            raise BadInput(f"The account of {keys[0]} would belong to two people.")
        common = {"account": account, "source": source, "name": name, "raw": raw}
        self.accounts += [{**common, "key": key, "value": value} for key, value in keys]
        self.records.add((source, account))
        self._met[account] = None

    def _connect(self, source: str, account: str, who: Person, day: int) -> None:
        seen = SOURCES[source][2]
        ends = {"a": OWNER, "b": account, "kind": "connected", "source": source}
        self.relations.append({**ends, "start": day, "first_seen": seen})
        for name, value in (("employer", who.firm), ("title", who.title)):
            said = {"account": account, "name": name, "value": value, "seen": seen}
            self.attributes.append({**said, "source": source})


def folded(name: str) -> str:
    """Return a name as the readers fold it.

    Examples
    --------
    >>> folded("ZORA  Quill")
    'zora quill'
    """
    return " ".join(name.split()).casefold()


def domain(firm: str) -> str:
    """Return the domain of a firm.

    Examples
    --------
    >>> domain("Nib & Sons")
    'nibsons.example'
    """
    return "".join(c for c in firm.casefold() if c.isascii() and c.isalnum()) + ".example"


def _by_name(shown: str, day: int) -> str:
    return digest("name", OWNER, folded(shown), str(day))


def _numbered(phones: Iterable[Phone]) -> list[tuple[str, str]]:
    return [("phone", phone.e164) for phone in phones]


def _phone(country: str, digits: str) -> Phone:
    return Phone(f"+{country}{digits.replace(' ', '')}", f"+{country} {digits}", f"0{digits}")
