"""Whose mailbox it is, and under which addresses: told by the user, the last server, sent mail."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netquality.sources.addresses import mail_kind
from netquality.sources.mail.mailboxes import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from netquality.sources.ledger import Options
    from netquality.sources.mail.letters import Letter

__all__ = ["Evidence", "addresses_said", "lead_of"]

_SHARE, _LEAST = 0.05, 3
# Archives subscribe to lists as well; nobody writes from there.
_KEEPERS = frozenset(
    {"apmail", "archive", "archives", "archiver", "listarchive", "mailarchive", "mharc", "outgoing"}
)
_PARTS = re.compile(r"[^a-z0-9]+")


@dataclass
class Evidence:
    """Which addresses the mails of one file were delivered to, sent from, and who takes part.

    Examples
    --------
    >>> evidence = Evidence()
    >>> evidence.delivered["zora@quill.example"] = evidence.deliveries = 2
    >>> evidence.owners(frozenset(), named=(), lists=())
    {'zora@quill.example'}
    """

    delivered: Counter[str] = field(default_factory=Counter)
    deliveries: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    sendings: int = 0
    wrote: Counter[str] = field(default_factory=Counter)
    addressed: Counter[str] = field(default_factory=Counter)
    part: Counter[str] = field(default_factory=Counter)
    between: int = 0

    def add(self, letter: Letter) -> None:
        """Count what one mail says."""
        for address in letter.delivered:
            self.delivered[address] += 1
        self.deliveries += bool(letter.delivered)
        to = {box.address for box, _ in letter.to}
        self.addressed.update(to)
        personal = not (letter.nature.bulk or letter.nature.round or letter.nature.automatic)
        if letter.author is not None:
            self.wrote[letter.author.address] += 1
            to.add(letter.author.address)
            if letter.sent:
                self.sent[letter.author.address] += 1
        self.sendings += letter.sent and letter.author is not None
        if personal and len(to) > 1:
            self.between += 1
            self.part.update(to)

    def seen(self, address: str) -> int:
        """Return how often an address occurs."""
        return self.wrote[address] + self.addressed[address] + self.delivered[address]

    def owners(
        self, said: frozenset[str], named: Iterable[str], lists: Collection[str]
    ) -> set[str]:
        """Return all addresses of the owner, empty where nothing tells whose mailbox it is.

        Parameters
        ----------
        said
            Addresses that the user calls theirs.
        named
            Addresses whose bearer goes by the name that the user calls theirs: that counts only
            where no address tells, as a namesake may write to the owner.
        lists
            Addresses of lists, which own nothing.
        """
        own = {address for address in said if self.seen(address)}
        own |= _often(self.delivered, self.deliveries, lists)
        own |= _often(self.sent, self.sendings, lists)
        return own or set(named) or self._in_all(lists)

    def _in_all(self, lists: Collection[str]) -> set[str]:
        """Return who takes part in all mail between people, now as sender and now addressed."""
        always = [
            address
            for address, count in self.part.items()
            if count == self.between >= _LEAST and self.wrote[address] and self.addressed[address]
        ]
        return set(always) - set(lists) if len(always) == 1 else set()

    def how(self, address: str) -> str:
        """Say what shows whose mailbox it is.

        Examples
        --------
        >>> Evidence(sent=Counter({"zora@quill.example": 3})).how("zora@quill.example")
        'sent from zora@quill.example'
        """
        if self.delivered[address]:
            return f"delivered to {address}"
        return f"sent from {address}" if self.sent[address] else f"taken as that of {address}"


def addresses_said(options: Options) -> frozenset[str]:
    """Return what the user calls theirs, as far as it is addresses.

    Examples
    --------
    >>> from netquality.sources.ledger import Options
    >>> sorted(addresses_said(Options(ego="Zora Quill", aliases=("Zora+ink@quill.example",))))
    ['zora@quill.example']
    """
    found = (canonical(each) for each in options.mine)
    return frozenset(address for address in found if address)


def _often(found: Counter[str], total: int, lists: Collection[str]) -> set[str]:
    return {
        address
        for address, count in found.items()
        if (count == total or count >= max(_LEAST, _SHARE * total))
        and address not in lists
        and mail_kind(address) == "person"
        and not _KEEPERS & set(_PARTS.split(address.partition("@")[0]))
    }


def lead_of(owners: set[str], evidence: Evidence, options: Options) -> str | None:
    """Return the address that stands for all of the owner's.

    It is what the user calls theirs, so that several files agree, else the most frequent one.

    Examples
    --------
    >>> from netquality.sources.ledger import Options
    >>> lead_of({"z@quill.example"}, Evidence(), Options())
    'z@quill.example'
    """
    if not owners:
        return None
    said = canonical(options.ego) if options.ego else None
    if said is not None and owners & addresses_said(options):
        return said
    return max(owners, key=lambda address: (evidence.seen(address), address))
