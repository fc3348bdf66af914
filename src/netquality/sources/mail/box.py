"""The mails of one source: taken in one by one, written down when it is known whose they are."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

from netquality.sources.addresses import folded_name, mail_of
from netquality.sources.dates import zone_named
from netquality.sources.diary import Diary, To
from netquality.sources.mail.letters import Letter, Slot, UnusableMail, letter_of
from netquality.sources.mail.mailboxes import Mailbox, personal
from netquality.sources.mail.owner import Evidence, addresses_said, lead_of
from netquality.sources.mail.shelf import Flag, Item, Shelf
from netquality.sources.mail.stamps import DAY, LATEST
from netquality.sources.parties import NOBODY, Parties

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.ledger import Ledger, Options
    from netquality.sources.mail.nature import RoundMail
    from netquality.sources.mail.split import Head

__all__ = ["Box"]

# How many spellings of one address are kept beside the one that stands for it.
_SPELLINGS = 16
# Beyond so many people a mailbox must have so many bytes of headers for each: a real one has
# thousands, and a few megabytes of made up addresses would take the memory.
_PEOPLE, _EACH = 200_000, 32
# The dates of mails of which no server tells may lie this much after the last delivery.
_SLACK = 366 * DAY


class Box:
    r"""Takes in the mails of one source and closes its account.

    Parameters
    ----------
    book
        The account of the source.
    options
        What the user said.

    Examples
    --------
    >>> from netquality.sources.ledger import Ledger, Options
    >>> from netquality.sources.mail.split import Head
    >>> lines = b"From: zora@quill.example\nTo: odo@fen.example\n"
    >>> head = Head(b"", lines + b"Date: Mon, 4 Mar 2024 11:20:34 +0000\n", whole=True)
    >>> box = Box(Ledger("a.eml", "a.eml", "mail/eml", b"..."), Options())
    >>> box.take(head, Slot("inbox"))
    >>> box.close().events[["day", "audience"]].to_numpy().tolist()
    [[19786, 1]]
    """

    def __init__(self, book: Ledger, options: Options) -> None:
        self._book, self._options = book, options
        self._zone = zone_named(options.timezone) or UTC
        self._latest = LATEST if book.exported is None else (book.exported + 2) * DAY - 1
        self._people = Parties(options.region)
        self._shelf, self._evidence = Shelf(), Evidence()
        self._spelled: Counter[int] = Counter()
        self._sent: Counter[int] = Counter()
        self._bulk: Counter[int] = Counter()
        self._lists: dict[int, str] = {}
        self._plain: set[int] = set()
        self._own: frozenset[int] = frozenset()
        self._lead: int | None = None
        self._horizon: int | None = None
        self._count: Counter[Flag] = Counter()
        self._naive = self._namesakes = self._size = 0

    def take(self, head: Head, slot: Slot) -> None:
        """Take in the next mail, whose row is its place; what cannot be used is rejected."""
        self._book.read += 1
        row = self._book.read
        try:
            letter = letter_of(head, slot, self._zone, self._latest)
            self._hold(head, letter)
        except UnusableMail as refusal:
            self._book.reject([row], refusal.field, refusal.reason, [refusal.value])
            return
        self._evidence.add(letter)
        sender = self._sender(letter, row)
        to = [(self._code(box, row), role) for box, role in letter.to]
        if letter.nature.round is not None:
            to = self._through(letter.nature.round, to, row)
        elif sender != NOBODY:
            self._plain.add(sender)
        self._shelve(letter, row, sender, to)

    def _hold(self, head: Head, letter: Letter) -> None:
        self._size += len(head.block)
        people = len(self._people) + len(letter.to)
        if people > _PEOPLE and self._size < _EACH * people:
            raise UnusableMail("to", "more people than a mailbox can have")

    def _sender(self, letter: Letter, row: int) -> int:
        if letter.author is None:
            return self._people.named(letter.name, "mail", row=row)
        sender = self._code(letter.author, row)
        self._sent[sender] += 1
        self._bulk[sender] += letter.nature.bulk
        return sender

    def _code(self, box: Mailbox, row: int) -> int:
        """Return an account; the forms in which its address is written are further keys of it."""
        spelled = mail_of(box.written)
        written = box.written if spelled == box.address else box.address
        code = self._people.mail(written, personal(box.name), row=row)
        if spelled and spelled != box.address and self._spelled[code] < _SPELLINGS:
            self._spelled[code] += 1
            self._people.also(code, "mail", spelled, box.written, row=row)
        return code

    def _through(
        self, through: RoundMail, to: list[tuple[int, str]], row: int
    ) -> list[tuple[int, str]]:
        """Return who is addressed by a mail through a list: who is named beside it, or it alone.

        Where the list is not named, who is has been put there for every subscriber anew.
        """
        if through.address is None:
            name = through.name
            code = self._people.platform("list", through.ident, name, row=row, kind="list")
        else:
            code = self._code(through.address._replace(name=through.name), row)
            self._lists[code] = through.address.address
        return to if any(each == code for each, _ in to) else [(code, "to")]

    def _shelve(self, letter: Letter, row: int, sender: int, to: list[tuple[int, str]]) -> None:
        nature, when = letter.nature, letter.when
        flags = Flag.BULK * nature.bulk | Flag.AUTOMATIC * nature.automatic
        flags |= Flag.ROUND * bool(nature.round) | Flag.CHAT * letter.chat
        flags |= Flag.EXACT * when.exact | Flag.ZONED * when.zoned
        flags |= Flag.AMENDED * letter.amended
        backup = letter.backup.at if letter.backup else None
        item = Item(row, when.at, backup, sender, Flag(flags), to, letter.ident, letter.thread)
        self._shelf.put(item)

    def close(self) -> Tables:
        """Find the owner, write all mails down, and return the tables."""
        self._find_owner()
        self._mark()
        diary = Diary(self._people)
        self._horizon = self._shelf.horizon()
        for item in self._shelf:
            self._write(diary, item)
        zone, rules = self._clock(), self._rules()
        return diary.close(self._book, owner=self._lead, zone=zone, rules=rules)

    def _find_owner(self) -> None:
        lists = set(self._lists.values())
        said = addresses_said(self._options)
        found = self._evidence.owners(said, self._named() - lists, lists)
        lead = lead_of(found, self._evidence, self._options)
        self._own = frozenset(self._people.mail(address) for address in sorted(found))
        self._lead = self._people.mail(lead) if lead else None
        for code in self._own:
            self._people.join(code, self._people.mail(lead or ""))

    def _named(self) -> set[str]:
        """Return the address of who alone goes by the name that the user calls theirs."""
        bearers = [found for each in self._options.mine if (found := self._bearers(each))]
        self._namesakes = max(map(len, bearers), default=0)
        return {found[0] for found in bearers if len(found) == 1}

    def _bearers(self, name: str) -> list[str]:
        """Return the addresses of all who go by a name; programs that do write for somebody."""
        people = self._people
        called = [code for code in range(len(people)) if folded_name(people.name(code)) == name]
        keys = [people.key(code) for code in called if people.kind(code) == "person"]
        return [value for key, value in keys if key == "mail"]

    def _mark(self) -> None:
        """Mark lists and robots; who writes other mail as well, or is written to, is neither."""
        said = addresses_said(self._options)
        for code, address in self._lists.items():
            if code not in self._own | self._plain and address not in said:
                self._people.mark(code, "list")
        answered = self._answered() | self._own
        for code, bulk in self._bulk.items():
            only = bulk == self._sent[code] and code not in answered
            if bulk and only and self._people.kind(code) == "person":
                self._people.mark(code, "robot")

    def _answered(self) -> set[int]:
        """Return whom the owner has written to; where there is none, whom anybody has."""
        own = self._own
        letters = (item for item in self._shelf if not own or item.sender in own)
        return {code for item in letters for code, _ in item.to}

    def _write(self, diary: Diary, item: Item) -> None:
        try:
            to, at = self._others(item), self._instant(item)
        except UnusableMail as refusal:
            self._book.reject([item.row], refusal.field, refusal.reason)
            return
        flags = item.flags
        new = diary.write(
            item.row,
            kind="message",
            channel="chat" if Flag.CHAT in flags else "mail",
            at=at,
            precision="second" if Flag.EXACT in flags else "minute",
            sender=self._person(item.sender),
            to=to,
            event=item.ident,
            thread=item.thread,
            automatic=Flag.AUTOMATIC in flags,
            templated=Flag.BULK in flags,
        )
        self._count.update(flag for flag in Flag if new and flag in flags)
        self._naive += new and Flag.ZONED not in flags

    def _person(self, code: int) -> int:
        return self._lead if self._lead is not None and code in self._own else code

    def _others(self, item: Item) -> list[To]:
        """Return who is addressed beside the sender; of several addresses of one, the first."""
        roles: dict[int, str] = {}
        for code, role in item.to:
            roles.setdefault(self._person(code), role)
        sender = self._person(item.sender)
        oneself = roles.pop(sender, None) is not None
        # To oneself and, hidden, to others: that shows only where it has come to one of them.
        if oneself and not roles and self._lead in (None, sender):
            raise UnusableMail("to", "to oneself only")
        return [To(code, role) for code, role in roles.items()]

    def _instant(self, item: Item) -> int:
        if self._horizon is None or item.at <= self._horizon + _SLACK:
            return item.at
        if item.backup is None:
            raise UnusableMail("date", "dated in the future")
        self._count[Flag.AMENDED] += 1
        return item.backup

    def _clock(self) -> str:
        if not self._naive:
            return "UTC (given)"
        name = self._options.timezone
        return f"{name} (given)" if name else "UTC (assumed)"

    def _rules(self) -> list[str]:
        bulk, answers = self._count[Flag.BULK], self._count[Flag.AUTOMATIC]
        said = [
            f"bulk mails: {bulk:,}, automatic replies: {answers:,}",
            f"mails through lists: {self._count[Flag.ROUND]:,}",
        ]
        if self._naive:
            said.append(f"dates without a zone: {self._naive:,}")
        if self._count[Flag.AMENDED]:
            said.append(f"dates taken from the delivery: {self._count[Flag.AMENDED]:,}")
        if self._lead is None:
            if self._namesakes > 1:
                said.append(f"{self._namesakes:,} addresses go by your name: --ego with one tells")
            return [*said, "whose mailbox it is, nothing tells: taken as a whole group's"]
        unmet = addresses_said(self._options)
        if unmet and not any(map(self._evidence.seen, unmet)):
            how = self._evidence.how(self._people.key(self._lead)[1])
            said.append(f"{how}: name it with another --ego if it is yours too")
        further = len(self._own - {self._lead})
        return [*said, f"further addresses of the owner: {further:,}"] if further else said
