"""Traps in which different people look like one: shared names, mailboxes, lines, numbers.

Every function plants one small scene in the book; the truth is whatever the scene says.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from netquality.samples.namesakes_names import CULTURES, Name, ascii_mail, drawn_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netquality.samples.namesakes_book import Book, Person

__all__ = ["APART"]

_ROLES = ("info", "sales", "office", "kontakt", "contact", "hello", "team")


def _family(book: Book, count: int) -> list[Person]:
    """Invent relatives with one family name and different given names."""
    culture = str(book.rng.choice(list(CULTURES)))
    names = [drawn_name(book.rng, culture)]
    while len(names) < count:
        name = drawn_name(book.rng, culture)._replace(
            family=names[0].family, other_family=names[0].other_family
        )
        if name.given not in {each.given for each in names}:
            names.append(name)
    return [book.person(name) for name in names]


def _same_name(book: Book) -> None:
    """Four people of one name who have nothing else to do with each other."""
    name = drawn_name(book.rng)
    for place in range(4):
        who = book.person(name)
        book.linked(who, mail=who.home if place % 2 else None)
        if place < 3:
            book.card(who, mails=[who.home], phones=[who.mobile])
        else:
            book.wrote(who, name.full, who.work)


def _same_name_and_firm(book: Book) -> None:
    """Two colleagues of one name: the second has a number in the address."""
    name, firm = drawn_name(book.rng), book.firm()
    for mail in ("card", "log"):
        who = book.person(name, firm)
        book.linked(who)
        if mail == "card":
            book.card(who, mails=[who.work])
        else:
            book.wrote(who, name.full, who.work)


def _senior_and_junior(book: Book) -> None:
    """Father and son, told apart by a suffix that one source leaves out; one line at home."""
    name, line = drawn_name(book.rng, "english"), book.number("line")
    father, son = book.person(name), book.person(name)
    book.card(father, f"{name.full} Sr.", [father.home], [line])
    book.linked(father, f"{name.full}, Sr.")
    book.card(son, f"{name.full} Jr.", [son.home], [line, son.mobile])
    book.linked(son, mail=son.home)
    book.chatted(son, f"{name.given} Jr.")


def _father_and_son(book: Book) -> None:
    """Plant father and son without suffixes; the father's card has the line only."""
    name, line = drawn_name(book.rng), book.number("line")
    father, son = book.person(name), book.person(name)
    book.card(father, phones=[line])
    book.card(son, mails=[son.work], phones=[son.mobile, line])
    book.linked(son, mail=son.work)
    book.bare(father)


def _family_mailbox(book: Book) -> None:
    """Plant a couple with one mailbox, which writes in both their names."""
    one, other = _family(book, 2)
    given = [ascii_mail(each.name)[0] for each in (one, other)]
    shared = book.free_mail("-".join([*given, ascii_mail(one.name)[1]]), "Letterbox")
    for who in (one, other):
        book.linked(who, mail=shared)
        book.card(who, mails=[who.work, shared], phones=[who.mobile])
    both = book.desk("household")
    book.wrote(both, f"{one.name.given} & {other.name.full}", shared)


def _family_mailbox_of_one_name(book: Book) -> None:
    """Father and son of one name write from one mailbox, and only profiles tell them apart."""
    name = drawn_name(book.rng)
    shared = book.free_mail("".join(ascii_mail(name)), "Letterbox")
    for _ in range(2):
        book.linked(book.person(name), mail=shared)


def _family_line(book: Book) -> None:
    """Four relatives on one landline."""
    line = book.number("line")
    for who in _family(book, 4):
        book.card(who, mails=[who.home], phones=[line])
        book.linked(who)


def _switchboard(book: Book) -> None:
    """Five colleagues whose cards name the number of the front desk."""
    line, firm = book.number("line"), book.firm()
    for place in range(5):
        who = book.person(firm=firm)
        book.card(who, mails=[who.work], phones=[line])
        if place % 2:
            book.linked(who, mail=who.work)


def _role_address(book: Book) -> None:
    """Colleagues who give the address of their office as their own, and the office itself."""
    firm, role = book.firm(), str(book.rng.choice(_ROLES))
    shared = book.free_mail(role, firm)
    for place in range(4):
        who = book.person(firm=firm)
        if place < 2:
            book.linked(who, mail=shared)
        else:
            book.card(who, mails=[who.work, shared])
            book.linked(who)
    book.wrote(book.desk(role), f"{role.title()} {firm}", shared)


def _role_address_without_profiles(book: Book) -> None:
    """Plant an office in an address book alone, where no profile contradicts."""
    firm, role = book.firm(), str(book.rng.choice(_ROLES))
    shared = book.free_mail(role, firm)
    for _ in range(3):
        who = book.person(firm=firm)
        book.card(who, mails=[who.work, shared])


def _robot(book: Book) -> None:
    """Plant a robot that writes in the names of people; it is none of them."""
    robot = book.desk("robot")
    address = book.free_mail(str(book.rng.choice(["no-reply", "noreply"])), book.firm())
    for _ in range(3):
        who = book.person()
        book.linked(who)
        book.wrote(robot, who.name.full, address)


def _siblings(book: Book) -> None:
    """Siblings with one initial and one mailbox, which writes with the initial."""
    one = book.person(drawn_name(book.rng, "english", "german", "polish"))
    other = book.person(_same_initial(book, one.name))
    given, family = ascii_mail(one.name)
    shared = book.free_mail(f"{given[0]}.{family}", "Letterbox")
    for who in (one, other):
        book.linked(who, mail=shared)
        book.chatted(who, who.name.given)
        book.card(who, mails=[who.home], phones=[who.mobile])
    book.wrote(book.desk("household"), one.name.initial, shared)


def _same_initial(book: Book, name: Name) -> Name:
    """Return a name of the same family with another given name of the same initial."""
    every = {entry[0]: entry for givens, _ in CULTURES.values() for entry in givens}
    initial = ascii_mail(name)[0][0]
    fitting = [
        given
        for given in every
        if given != name.given and ascii_mail(Name(given, ""))[0].startswith(initial)
    ]
    given = every[str(book.rng.choice(sorted(fitting)))]
    return Name(given[0], name.family, given[1], given[2], name.other_family)


def _assistant(book: Book) -> None:
    """Plant an assistant who writes from the boss's address, and gives it as a second one."""
    boss = book.person()
    helper = book.person(firm=boss.firm)
    book.linked(boss)
    book.wrote(boss, boss.name.full, boss.work)
    book.wrote(boss, helper.name.full, boss.work)
    book.linked(helper)
    book.card(helper, mails=[helper.work, boss.work])


def _number_handed_on(book: Book) -> None:
    """Hand a firm's mobile number on, which a new employee got after the old one had left."""
    firm, number = book.firm(), book.number("mobile")
    old, new = book.person(firm=firm), book.person(firm=firm)
    book.card(old, mails=[old.work], phones=[number])
    book.bare(old)
    book.linked(new, mail=new.work)
    book.card(new, mails=[new.work, new.home], phones=[number])
    book.chatted(new, new.name.full, number)


def _address_handed_on(book: Book) -> None:
    """Hand an address with an initial on to the next colleague of that initial."""
    old = book.person(drawn_name(book.rng, "english", "german", "polish"))
    new = book.person(_same_initial(book, old.name), old.firm)
    given, family = ascii_mail(old.name)
    address = book.free_mail(f"{given[0]}.{family}", old.firm)
    short = bool(book.rng.random() < 0.5)
    book.linked(old, old.name.initial if short else None, address, year="2023")
    book.linked(new, new.name.initial if short else None, address)
    book.wrote(new, new.name.initial, address)


def _address_handed_on_without_profile(book: Book) -> None:
    """Hand an address on where the predecessor's profile is known and the successor's is not."""
    old = book.person(drawn_name(book.rng, "english", "german", "polish"))
    new = book.person(_same_initial(book, old.name), old.firm)
    given, family = ascii_mail(old.name)
    address = book.free_mail(f"{given[0]}.{family}", old.firm)
    book.linked(old, mail=address, year="2023")
    book.wrote(new, new.name.full, address)
    book.card(new, mails=[new.home], phones=[new.mobile])


def _nearly_the_name(book: Book) -> None:
    """Colleagues whose names differ by a letter or two; no typo made them."""
    firm = book.firm()
    pairs = (("Maria", "Marta"), ("Kristian", "Kristina"), ("Jon", "John"), ("Daniel", "Daniela"))
    givens = pairs[int(book.rng.integers(len(pairs)))]
    family = drawn_name(book.rng).family
    for given in givens:
        who = book.person(Name(given, family), firm)
        book.linked(who)
        book.wrote(who, who.name.full, who.work)


def _one_short_form(book: Book) -> None:
    """Two people whose given names have one short form, and a number that uses it."""
    pairs = (
        (("Alexander", "Alexandra"), "Alex", "english"),
        (("Samuel", "Samantha"), "Sam", "english"),
        (("Frédéric", "Frédérique"), "Fred", "french"),
        (("Kristian", "Kristina"), "Kris", "nordic"),
    )
    givens, short, culture = pairs[int(book.rng.integers(len(pairs)))]
    family = drawn_name(book.rng, culture).family
    one, other = (book.person(Name(given, family, short)) for given in givens)
    book.linked(one)
    book.linked(other)
    book.chatted(one, one.name.familiar)
    book.wrote(other, other.name.familiar, other.home)


def _whose_initial(book: Book) -> None:
    """Plant an initial that fits two colleagues; the address says whose it is, or nothing does."""
    one = book.person(drawn_name(book.rng, "english", "german", "polish"))
    other = book.person(_same_initial(book, one.name), one.firm)
    book.linked(one)
    book.linked(other)
    book.wrote(one, one.name.initial, one.work if book.rng.random() < 0.5 else one.home)


APART: Mapping[str, Callable[[Book], None]] = MappingProxyType(
    {
        "same name": _same_name,
        "same name and employer": _same_name_and_firm,
        "Sr. and Jr. on one line": _senior_and_junior,
        "father and son on one line": _father_and_son,
        "couple's mailbox": _family_mailbox,
        "father and son on one mailbox": _family_mailbox_of_one_name,
        "family's line": _family_line,
        "switchboard": _switchboard,
        "role address": _role_address,
        "role address on cards": _role_address_without_profiles,
        "robot with people's names": _robot,
        "siblings with one initial": _siblings,
        "assistant": _assistant,
        "number handed on": _number_handed_on,
        "address handed on": _address_handed_on,
        "address handed on, one profile": _address_handed_on_without_profile,
        "nearly the same name": _nearly_the_name,
        "one short form": _one_short_form,
        "whose initial": _whose_initial,
    }
)
