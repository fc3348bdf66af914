"""One person who looks like several: other names, other keys, other ways of writing.

Every function plants one small scene in the book; the truth is whatever the scene says.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from netquality.samples.namesakes_names import (
    ascii_mail,
    bare,
    digraphs,
    drawn_name,
    mistyped,
)
from netquality.samples.words import CREDENTIALS, STICKERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netquality.samples.namesakes_book import Book
    from netquality.samples.namesakes_names import Name

__all__ = ["SAME", "contact"]


def _styled(book: Book, name: Name) -> str:
    """Write a name as somebody might; half of the time as it is."""
    ways = (
        f"{name.full}{CREDENTIALS[int(book.rng.integers(len(CREDENTIALS)))]}",
        f"{name.full} {STICKERS[int(book.rng.integers(len(STICKERS)))]}",
        name.sorted,
        name.familiar,
        name.initial,
        bare(name.full),
        name.foreign,
        name.full.upper(),
    )
    return ways[int(book.rng.integers(len(ways)))] if book.rng.random() < 0.5 else name.full


def contact(book: Book) -> None:
    """Plant an ordinary contact, whom several sources show with keys in common."""
    who = book.person()
    chance = book.rng.random(5)
    book.linked(who, _styled(book, who.name), who.home if chance[0] < 0.6 else None)
    if chance[1] < 0.5:
        book.linked(who, mail=who.home if chance[0] < 0.3 else None, year="2023")
    book.card(who, _styled(book, who.name), [who.home, who.work], [who.mobile])
    book.wrote(who, _styled(book, who.name) if chance[2] < 0.8 else "", who.work)
    book.chatted(who, who.name.given if chance[2] < 0.3 else _styled(book, who.name))
    if chance[3] < 0.5:
        book.bare(who)
    if chance[4] < 0.3:
        book.teamed(who, book.handle(who), who.work)


def _one_mail(book: Book) -> None:
    """Plant a profile and a log account with one address; they must be joined."""
    who = book.person()
    book.linked(who, mail=who.work)
    book.wrote(who, who.name.full, who.work)


def _many_on_one_address(book: Book) -> None:
    """Plant a profile, a card, a log and a team's id on one address."""
    who = book.person()
    book.linked(who, _styled(book, who.name), who.work)
    book.card(who, _styled(book, who.name), [who.home, who.work])
    book.wrote(who, who.name.full, who.work)
    book.teamed(who, f"U{book.rng.integers(16**7):07X}", who.work)


def _new_name(book: Book, stated: bool, shared: bool) -> None:
    who, family = book.person(), drawn_name(book.rng)
    later = who.name._replace(family=family.family, other_family=family.other_family)
    shown = f"{later.full} (née {who.name.family})" if stated else later.full
    old_slug = book.person(who.name).slug
    mail = who.home if shared else None
    book.linked(who._replace(slug=old_slug), mail=mail, year="2023")
    book.bare(who)
    book.linked(who, shown, mail)
    book.wrote(who, later.full, book.again(who, name=later, firm=who.firm).work)


def _maiden_name_stated(book: Book) -> None:
    _new_name(book, stated=True, shared=False)


def _maiden_name_and_mail(book: Book) -> None:
    _new_name(book, stated=True, shared=True)


def _new_name_with_mail(book: Book) -> None:
    _new_name(book, stated=False, shared=True)


def _new_name_unsaid(book: Book) -> None:
    _new_name(book, stated=False, shared=False)


def _other_script(book: Book) -> None:
    """Cyrillic or Greek in one source, Latin in the next, a third spelling in the address."""
    who = book.person(drawn_name(book.rng, "slavic", "greek"))
    book.linked(who, who.name.foreign)
    book.wrote(who, who.name.full, who.work)
    book.bare(who)


def _other_romanisation(book: Book) -> None:
    """Two usual ways to write an Arabic or Indian name in Latin letters."""
    name = drawn_name(book.rng, "arabic", "indian")
    while name.foreign == name.full:
        name = drawn_name(book.rng, "arabic", "indian")
    who = book.person(name)
    book.linked(who)
    book.wrote(who, name.foreign, who.home)


def _umlauts(book: Book) -> None:
    """Write an umlaut as itself, as two letters, and as its bare letter."""
    name = drawn_name(book.rng, "german", "nordic")
    while name.full.isascii():
        name = drawn_name(book.rng, "german", "nordic")
    who = book.person(name)
    book.linked(who)
    book.wrote(who, digraphs(name.full), who.work)
    book.card(who, bare(name.full), phones=[who.mobile])


def _family_name_first(book: Book) -> None:
    """Chinese and Japanese names in both orders; no comma gives the order away."""
    who = book.person(drawn_name(book.rng, "chinese", "japanese"))
    book.linked(who)
    book.wrote(who, who.name.reversed, who.home)
    book.bare(who, bare(who.name.reversed))


def _comma(book: Book) -> None:
    """Write a name in the order of address books."""
    who = book.person()
    book.linked(who)
    book.wrote(who, who.name.sorted, who.work)


def _short_form(book: Book) -> None:
    """Bill for William, and what other languages make of it."""
    name = drawn_name(book.rng)
    while not name.short:
        name = drawn_name(book.rng)
    who = book.person(name)
    book.linked(who)
    book.wrote(who, name.familiar, who.home)
    book.chatted(who, name.familiar)


def _initial(book: Book) -> None:
    """Write an initial in the log, with an address of the employer."""
    who = book.person()
    book.linked(who)
    book.wrote(who, who.name.initial, who.work)


def _decorated(book: Book) -> None:
    """Degrees, pronouns and emoji."""
    who = book.person()
    end = str(book.rng.choice([*CREDENTIALS, " (she/her)", " (he/him)", " | Speaker", ", P.Eng."]))
    book.linked(who, f"{who.name.full}{end} {book.rng.choice(STICKERS)}")
    book.bare(who, f"Dr. {who.name.full}")
    book.wrote(who, who.name.full.lower(), who.home)


def _typo(book: Book) -> None:
    """One slip of the hand in a card without any key that others know."""
    who = book.person()
    book.linked(who)
    book.card(who, mistyped(book.rng, who.name.full), phones=[who.mobile])


def _two_family_names(book: Book) -> None:
    """Two family names, of which one source gives the first; particles and double names too."""
    name = drawn_name(book.rng, "iberian", "dutch")
    if " " in name.family:
        shown, less = name, name.sorted
    else:
        shown = name._replace(family=f"{name.family} {drawn_name(book.rng, 'iberian').family}")
        less = name.full
    who = book.person(name)
    book.linked(who, shown.full)
    book.wrote(who, less, who.home)


def _new_employer(book: Book) -> None:
    """Another employer and address later; the day of connecting stays."""
    who = book.person()
    later = book.again(who, firm=book.firm())
    book.bare(who)
    book.linked(later)
    book.wrote(who, who.name.full, who.work)
    book.wrote(later, later.name.full, later.work)


def _new_employer_and_profile(book: Book) -> None:
    """Another employer and another profile, made anew; no key in common."""
    who = book.person()
    later = book.again(who, firm=book.firm(), slug=book.person(who.name).slug, day=18_350)
    book.linked(who, year="2023")
    book.linked(later, mail=later.work)
    book.wrote(later, who.name.full, later.work)


def _two_profiles(book: Book) -> None:
    """Plant an old and a new profile with one address."""
    who = book.person()
    book.linked(who, mail=who.home, year="2023")
    book.linked(who._replace(slug=book.person(who.name).slug), mail=who.home)


def _one_mailbox_written_twice(book: Book) -> None:
    """Dots, tags and another domain that one large provider takes for one mailbox."""
    who = book.person()
    given, family = ascii_mail(who.name)
    # A random tail: nobody's real mailbox is meant.
    tail = f"{book.rng.integers(16**8):08x}"
    book.card(who, mails=[f"{given}.{family}.{tail}@gmail.com"])
    book.wrote(who, who.name.full, f"{given}{family}{tail}@gmail.com")
    book.linked(who, mail=f"{given}{family}{tail}+network@googlemail.com")


def _number_written_twice(book: Book) -> None:
    """Write a number with its country in a card and a chat, without it in a log of calls."""
    who = book.person()
    book.card(who, mails=[who.home], phones=[who.mobile])
    book.chatted(who, who.name.given)
    book.called(who, who.mobile.national)


SAME: Mapping[str, Callable[[Book], None]] = MappingProxyType(
    {
        "one address": _one_mail,
        "many on one address": _many_on_one_address,
        "new name stated": _maiden_name_stated,
        "new name stated, one address": _maiden_name_and_mail,
        "new name, one address": _new_name_with_mail,
        "new name": _new_name_unsaid,
        "other script": _other_script,
        "other romanisation": _other_romanisation,
        "umlauts": _umlauts,
        "family name first": _family_name_first,
        "surname, given": _comma,
        "short form": _short_form,
        "initial": _initial,
        "degrees and emoji": _decorated,
        "typo": _typo,
        "two family names": _two_family_names,
        "new employer": _new_employer,
        "new employer and profile": _new_employer_and_profile,
        "two profiles, one address": _two_profiles,
        "dots and tags": _one_mailbox_written_twice,
        "number without country": _number_written_twice,
    }
)
