"""Who takes part in a chat, as accounts: its authors, its owner, those whom a message reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.ids import digest
from netquality.sources.addresses import folded_name, is_person_number, phone_of
from netquality.sources.diary import To
from netquality.sources.parties import ADDRESS_BOOK, NOBODY, Parties
from netquality.sources.whatsapp.titles import loosely
from netquality.sources.whatsapp.words import ROBOTS, YOU

if TYPE_CHECKING:
    from netquality.sources.ledger import Options
    from netquality.sources.whatsapp.survey import Survey

__all__ = ["Cast", "thread_of"]

SMALL = 8
# A chat of so many messages to so many is no longer written out to each: WhatsApp exports 40,000.
_ROWS = 1_000_000
_SELF = frozenset(f"({word})" for word in YOU)


def thread_of(title: str | None, authors: list[str], began: str = "") -> str:
    """Return the conversation's id: of its title, else of the two who wrote first.

    Parameters
    ----------
    began
        When a group without a title began: the same two may begin several.

    Examples
    --------
    >>> thread_of("Ink and quill", []) == thread_of("INK and  quill", ["Odo"])
    True
    """
    if title:
        return digest("whatsapp", folded_name(title))
    first = sorted(map(folded_name, authors[:2]))
    return digest("whatsapp", *first, *([began] if began else []))


@dataclass
class Cast:
    """The accounts of a chat.

    Parameters
    ----------
    survey
        What the first reading showed.
    title
        Of the chat, if known.
    options
        Who the owner says they are.
    name
        The file, for messages.

    Raises
    ------
    BadInput
        When two people talk and nothing tells which of them the owner is.
    """

    survey: Survey
    title: str | None
    options: Options
    name: str
    people: Parties = field(init=False)
    mine: frozenset[str] = field(init=False)
    owner: int | None = field(init=False, default=None)
    told: str = field(init=False, default="")

    def __post_init__(self) -> None:
        self.people = Parties(self.options.region)
        self.authors = [name for name in self.survey.authors if not self._is_robot(name)]
        self._codes: dict[str, int] = {}
        self.is_group = self._looks_like_group()
        began = self.survey.began if self.is_group else ""
        self.thread = thread_of(self.title, list(self.survey.authors), began)
        self.mine = frozenset(self._owners())
        self._enter_owner()
        self.members = self._everybody()
        self.endless = self.survey.count * (len(self.members) - 1) > _ROWS
        large = len(self.members) > SMALL or self.survey.broadcast or self.endless
        self.to_group = self.is_group and large
        self._group = self._group_account() if self.to_group else NOBODY
        self._reach: dict[int, list[To]] = {}
        if self.survey.business and self.other != NOBODY:
            self.people.mark(self.other, "organisation")

    @property
    def to_oneself(self) -> bool:
        """Whether these are notes that the owner wrote for themselves."""
        title = self.title or ""
        alone = not self.is_group and len(self.authors) <= 1
        return alone and any(title.casefold().endswith(f" {word}") for word in _SELF)

    def code(self, author: str) -> int:
        """Return the account of an author."""
        if author not in self._codes:
            self._codes[author] = self._account(author)
        return self._codes[author]

    def reached_by(self, sender: int) -> list[To]:
        """Return whom a message of somebody reaches."""
        if sender not in self._reach:
            self._reach[sender] = self._others(sender)
        return self._reach[sender]

    @property
    def audience(self) -> int | None:
        """How many a message to a large group reaches; None where all are named."""
        if not self.to_group:
            return None
        if self.survey.broadcast:
            return self.survey.listed
        return len(self.members) - 1 if len(self.members) > 1 else None

    @property
    def other(self) -> int:
        """The one whom the owner talks to, where it is one."""
        others = [code for code in self.members if code != self.owner]
        return others[0] if len(others) == 1 and not self.is_group else NOBODY

    def _others(self, sender: int) -> list[To]:
        if self.to_group:
            return [To(self._group, "member")]
        role = "member" if self.is_group else "to"
        others = [To(code, role) for code in self.members if code != sender]
        return others or [To(NOBODY, role)]

    def _is_robot(self, name: str) -> bool:
        return folded_name(name) in ROBOTS

    def _looks_like_group(self) -> bool:
        if len(self.authors) > 2 or self.survey.broadcast:
            return True
        if self.title is None:
            return self.survey.group
        title = loosely(self.title)
        if any(title == loosely(name) or self._same_number(name) for name in self.authors):
            return False
        return self.survey.group or len(self.authors) == 2

    def _same_number(self, name: str) -> bool:
        number = _number(name, self.options)
        return number is not None and number == _number(self.title or "", self.options)

    def _owners(self) -> list[str]:
        """Return the authors who are the owner, by what the user said or the chat shows."""
        ways = (
            (self._said, "by what you go by"),
            (self._called_you, "by being called you"),
            (self._deleting, 'by "you deleted this message"'),
            (self._only_sender, "by being the only one who writes to the list"),
            (self._not_titled, "by the chat's title"),
            (self._not_partner, "by the notice at its head"),
        )
        for way, told in ways:
            found = way()
            if found:
                self.told = told
                return found
        return []

    def _said(self) -> list[str]:
        numbers = {_number(each, self.options) for each in self.options.mine} - {None}
        return [
            name
            for name in self.authors
            if folded_name(name.removeprefix("~")) in self.options.mine
            or _number(name, self.options) in numbers
        ]

    def _called_you(self) -> list[str]:
        return [name for name in self.authors if folded_name(name) in YOU]

    def _deleting(self) -> list[str]:
        names = [name for name in self.survey.deleting if name in self.authors]
        return names if len(names) == 1 else []

    def _only_sender(self) -> list[str]:
        return self.authors if self.survey.broadcast and len(self.authors) == 1 else []

    def _not_titled(self) -> list[str]:
        if self.is_group or self.title is None:
            return []
        title = loosely(self.title)
        return [
            name for name in self.authors if loosely(name) != title and not self._same_number(name)
        ]

    def _not_partner(self) -> list[str]:
        partners = [name for name in self.survey.partners if name in self.authors]
        if self.is_group or len(partners) != 1:
            return []
        return [name for name in self.authors if name not in partners]

    def _enter_owner(self) -> None:
        if self.mine or self._is_known():
            named = [name for name in self.authors if name in self.mine]
            named = [name for name in named if folded_name(name) not in YOU]
            self.owner = self.people.owner(self.options.ego, named[0] if named else "")
            for name in named:
                self.people.join(self._person(name), self.owner)
        elif not self.is_group:
            raise self._unclear()

    def _is_known(self) -> bool:
        """Say whether the owner is somebody who wrote nothing: the one other than the title."""
        partners = set(self.authors) - set(self.survey.partners)
        told = self.title is not None or not self.authors or not partners
        return not self.is_group and told

    def _unclear(self) -> BadInput:
        return BadInput(
            f"{self.name}: whose chat it is cannot be told: authors are "
            f"{' and '.join(self.authors)}.",
            accepted="--ego NAME, as written in the chat.",
            todo="Say who you are in it.",
        )

    def _account(self, author: str) -> int:
        if self.owner is not None and (author in self.mine or folded_name(author) in YOU):
            return self.owner
        return self._person(author)

    def _person(self, name: str) -> int:
        if self._is_robot(name):
            return self.people.platform("whatsapp", folded_name(name), name, kind="robot")
        if is_person_number(name) and name[:1] in "+0123456789(":
            return self.people.phone(name)
        if name.startswith("~"):
            return self.people.named(name.removeprefix("~"), scope=self.thread)
        return self.people.named(name, scope=ADDRESS_BOOK)

    def _everybody(self) -> list[int]:
        named = [*self.authors, *self._named_members()]
        codes = dict.fromkeys(self.code(name) for name in named)
        if self.owner is not None:
            codes[self.owner] = None
        if not self.is_group and len(codes) < 2 and self.title and not self.to_oneself:
            codes[self._person(self.title)] = None
        return list(codes)

    def _named_members(self) -> list[str]:
        return list(self.survey.members) if self.is_group else []

    def _group_account(self) -> int:
        name = self.title or (self.survey.titles or [""])[-1] or "group"
        scope = "whatsapp" if self.title or self.survey.titles else self.thread
        kind = "list" if self.survey.broadcast else "group"
        return self.people.named(name, scope=scope, kind=kind)


def _number(name: str, options: Options) -> str | None:
    return phone_of(name, region=options.region) if is_person_number(name) else None
