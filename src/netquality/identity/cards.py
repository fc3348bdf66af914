"""What is known about one person, in the forms in which people are compared and looked up."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import TYPE_CHECKING

from netquality.identity.keys import is_role
from netquality.identity.names import Name, parsed
from netquality.identity.spelling import narrow, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Card",
    "Census",
    "given_of",
    "handle",
    "handles_of",
    "surname_of",
    "whole_of",
    "workplace",
]

_PUBLIC = frozenset(
    """
    gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol gmx web t-online
    freenet posteo mailbox proton protonmail pm fastmail zoho mail yandex ya bk list rambler qq
    163 126 sina naver hanmail daum orange wanadoo free laposte sfr libero virgilio tiscali
    bluewin btinternet sky virginmedia comcast verizon att sbcglobal cox charter rediffmail uol
    bol terra ziggo kpnmail telenet hey tutanota duck
    """.split()  # noqa: SIM905 - a list of words reads better as prose
)
_LEGAL = re.compile(
    r"\b(gmbh|mbh|ag|se|inc|llc|llp|ltd|limited|plc|corp|corporation|co|company|group|holding|kg|"
    r"ug|ohg|sa|sas|sarl|srl|spa|bv|nv|ab|as|aps|oy|oyj|pty|pvt|the)\b\.?"
)
_NO_EMPLOYER = re.compile(
    r"(self[ -]?employed|freelanc\w*|independent\w*|retired|student|unemployed|various|"
    r"stealth.*|selbst\w*ndig|none|n/?a|confidential)?"
)


@dataclass(frozen=True)
class Card:
    """What is known about one person: names as written, keys, employers, where seen.

    `seen` holds the exports in which the person is a connection: (owner, source). An empty set
    means unknown. `employers` are in the form of `workplace`.
    """

    person: str
    names: tuple[str, ...] = ()
    mails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    slugs: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()
    seen: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def parts(self) -> tuple[Name, ...]:
        """The names taken apart; those that are none are left out."""
        return tuple(name for text in self.names if (name := parsed(text)))

    @cached_property
    def handles(self) -> tuple[tuple[str, str], ...]:
        """What may spell a name: ("mail address" or "profile address", its letters)."""
        mails = (("mail address", handle(m)) for m in sorted(self.mails) if not is_role(m))
        slugs = (("profile address", handle(s)) for s in sorted(self.slugs))
        return tuple(each for each in (*mails, *slugs) if each[1])

    @cached_property
    def spelled(self) -> dict[str, str]:
        """The handles that would spell a name of this person."""
        found: dict[str, str] = {}
        for name in self.parts:
            found = handles_of(name) | found
        return found

    @cached_property
    def workplaces(self) -> frozenset[str]:
        """Employers, and the domains of addresses that are no public provider's."""
        domains = (workplace(mail) for mail in self.mails)
        return self.employers | {domain for domain in domains if domain}


@dataclass(frozen=True)
class Census:
    """How many people of a network bear a name or work somewhere."""

    people: int
    surnames: Counter[str]
    given: Counter[str]
    whole: Counter[str]
    workplaces: Counter[str]

    @classmethod
    def of(cls, cards: Iterable[Card]) -> Census:
        """Count the people on some cards."""
        every = list(cards)
        census = cls(len(every), Counter(), Counter(), Counter(), Counter())
        for card in every:
            parts = card.parts
            census.surnames.update({surname_of(n) for n in parts if n.surnames})
            census.given.update({given_of(n) for n in parts if n.given})
            census.whole.update({whole_of(n) for n in parts})
            census.workplaces.update(card.workplaces)
        return census

    def rarity(self, bearers: int) -> float:
        """Return 1 where nobody but two people bear something, 0 where everybody does.

        Examples
        --------
        >>> Census(100, Counter(), Counter(), Counter(), Counter()).rarity(2)
        1.0
        """
        # A small network cannot show that a name is rare in the world.
        return max(0.0, 1 - log(max(bearers - 1, 1)) / log(max(self.people, 20)))


def surname_of(name: Name) -> str:
    """Return one spelling of the surname for counting and grouping.

    Examples
    --------
    >>> surname_of(parsed("Odo Müller")), surname_of(parsed("Odo Mueller"))
    ('muller', 'muller')
    """
    return _one_spelling("".join(name.surnames))


def given_of(name: Name) -> str:
    """Return one spelling of the first given name, or its initial.

    Examples
    --------
    >>> given_of(parsed("Zora B. Quill"))
    'zora'
    """
    return _one_spelling(name.given[0]) if name.given else ""


@lru_cache(1 << 17)
def _one_spelling(word: str) -> str:
    return min(narrow(spellings(word)), key=lambda form: (len(form), form), default=word)


@lru_cache(1 << 17)
def whole_of(name: Name) -> str:
    """Return given name and surname for counting namesakes.

    Examples
    --------
    >>> whole_of(parsed("Dr. Zora B. Quill"))
    'zora quill'
    """
    return f"{given_of(name)} {surname_of(name)}"


@lru_cache(1 << 17)
def handle(key: str) -> str:
    """Return the letters of a mail's local part or a slug that may spell a name.

    Examples
    --------
    >>> handle("zora.quill+news@gmail.example"), handle("zora-quill-8b12a4")
    ('zoraquill', 'zoraquill')
    """
    local = key.partition("@")[0].partition("+")[0].casefold()
    pieces = [piece for piece in re.split(r"[._-]+", local) if piece]
    kept = [re.sub(r"\d+$", "", p) for p in pieces if not re.search(r"\d\D|^\d", p)]
    return "".join(min(spellings(p), key=len, default="") for p in kept)


def handles_of(name: Name) -> dict[str, str]:
    """Return the handles that spell a name, each with "full" or "initial".

    Examples
    --------
    >>> handles = handles_of(parsed("Zora Quill"))
    >>> handles["quillzora"], handles["zquill"], handles.get("quill")
    ('full', 'initial', None)
    """
    found: dict[str, str] = {}
    for first in spellings(name.given[0]) if name.given else ():
        for last in _lasts(name):
            if len(last) > 2:
                found |= dict.fromkeys((first[0] + last, last + first[0]), "initial")
            if len(first) > 1 and last:
                found |= dict.fromkeys((first + last, last + first), "full")
    return found


def _lasts(name: Name) -> set[str]:
    words = {"".join(name.surnames), "".join((*name.particles, *name.surnames)), *name.surnames}
    return {form for word in words for form in spellings(word)}


@lru_cache(1 << 16)
def workplace(text: str) -> str:
    """Return an employer, or the domain of a mail address, in one form; "" for none.

    Examples
    --------
    >>> workplace("Quill Works GmbH & Co. KG"), workplace("zora@quillworks.example")
    ('quillworks', 'quillworks')
    >>> workplace("zora@gmail.com"), workplace("Self-employed")
    ('', '')
    """
    if "@" in text:
        labels = text.rpartition("@")[2].casefold().split(".")
        label = labels[-3] if len(labels) > 2 and len(labels[-2]) < 4 else labels[-2:][0]
        return "" if label in _PUBLIC else re.sub(r"\W", "", label)
    folded = text.casefold().strip()
    if _NO_EMPLOYER.fullmatch(folded):
        return ""
    words = _LEGAL.sub(" ", folded)
    return "".join(min(spellings(w), key=len, default="") for w in words.split()) or folded
