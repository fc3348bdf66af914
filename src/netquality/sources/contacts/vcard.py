"""Address books as vCard files (.vcf), versions 2.1, 3.0 and 4.0: the door, and a card's meaning.

Notes, birthdays, addresses and pictures are not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from netquality.sources.addresses import is_person_number, squashed
from netquality.sources.contacts.book import entered
from netquality.sources.contacts.cards import MOST, TOO_MANY, Card, Group, made
from netquality.sources.contacts.clean import Field, fields_of
from netquality.sources.contacts.keys import day_in, number_in, whole_name
from netquality.sources.contacts.letters import Letters, opened, pieces
from netquality.sources.contacts.lines import Lines, cards_in
from netquality.sources.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_vcard", "read_vcard"]

_BEGIN = re.compile(r"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND")
_MEMBERS = ("MEMBER", "X-ADDRESSBOOKSERVER-MEMBER")
_SOCIAL = ("X-SOCIALPROFILE", "SOCIALPROFILE")
_COMPANIES = frozenset({"org", "organization", "company"})
_MESSENGERS = frozenset({"WHATSAPP", "TELEGRAM", "SIGNAL", "SMS"})
# Nobody's voice: the machines that a number may lead to.
_MACHINES = frozenset({"FAX", "PAGER", "MODEM", "BBS"})
_SPOKEN = frozenset({"VOICE", "CELL", "TEXT", "IPHONE"})
_NICKNAME = "vnd.android.cursor.item/nickname"
_SLUG = re.compile(r"[^\s/@:]+")


def looks_like_vcard(name: str, head: bytes) -> bool:
    r"""Say whether a file is an address book as vCard, from its first bytes.

    Parameters
    ----------
    name
        The file's name: a ``.vcf`` may have something else in front of its first card.
    head
        Its first bytes.

    Examples
    --------
    >>> looks_like_vcard("contacts.vcf", b"\xef\xbb\xbfBEGIN:VCARD\r\nVERSION:3.0\r\n")
    True
    >>> looks_like_vcard("a.mbox", b"From zora@quill.example\n\nBEGIN:VCARD\n")
    False
    """
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\r", "\n")
    found = _BEGIN.search(text)
    if found is None:
        return False
    ending = name.casefold().removesuffix(".gz").endswith((".vcf", ".vcard"))
    return ending or not text[: found.start()].strip()


def read_vcard(member: Member, bundle: Bundle, options: Options) -> Tables:
    r"""Read an address book: accounts with their keys, and that the owner has them in it.

    Parameters
    ----------
    member
        The file.
    bundle
        What it came in.
    options
        ``ego`` and ``aliases`` tell the owner's own card, ``region`` the country of numbers
        without one.

    Returns
    -------
    Tables
        No events: who is in an address book has not been contacted by that.

    Raises
    ------
    BadInput
        When the file is damaged; a card that cannot be read is rejected, and the next one read.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = b"BEGIN:VCARD\nVERSION:3.0\nFN:Zora Quill\nEMAIL:zora@quill.example\nEND:VCARD\n"
    >>> member = Member("contacts.vcf", lambda: text)
    >>> tables = read_vcard(member, Bundle("contacts.vcf", None, (member,)), Options())
    >>> tables.accounts[["key", "value", "name"]].iloc[1].tolist(), len(tables.relations)
    (['mail', 'zora@quill.example', 'Zora Quill'], 1)
    """
    book = Ledger(member.name, bundle.name, "contacts/vcard", exported=bundle.exported)
    letters = Letters()
    cards: list[Card] = []
    groups: list[Group] = []
    with member.stream(options.progress) as stream:
        text = opened(stream.blocks())
        for lines in cards_in(pieces(text)):
            book.read += 1
            found = _read(lines, letters, book)
            if isinstance(found, Group):
                groups.append(found)
            elif found is not None:
                cards.append(found)
        book.seal(stream.digest())
    return entered(book, cards, groups, options, letters.rules)


def _read(lines: Lines, letters: Letters, book: Ledger) -> Card | Group | None:
    """Return what a card says; one that cannot be read, or says nothing, is rejected."""
    fault = lines.fault or (TOO_MANY if lines.row > MOST else None)
    if fault is not None:
        book.reject([lines.row], "card", fault)
        return None
    try:
        found = _meant(lines.row, fields_of(lines.lines, letters))
    except (ValueError, LookupError, TypeError, AttributeError):
        book.reject([lines.row], "card", "a card that cannot be read")
        return None
    if isinstance(found, Card) and found.empty:
        book.reject([lines.row], "card", "no name, mail, phone or profile")
        return None
    return found


def _meant(row: int, fields: list[Field]) -> Card | Group:
    kind = _first(fields, *_KINDS).casefold()
    if kind == "group":
        return Group(row, squashed(_first(fields, "FN")), tuple(map(_id, _all(fields, *_MEMBERS))))
    parts = next((_parts(field.value) for field in fields if field.name == "N"), ("",) * 5)
    organisation = next((_flat(field.value) for field in fields if field.name == "ORG"), [""])
    shown = squashed(_first(fields, "FN"))
    return made(
        row,
        name=shown or whole_name(*parts),
        others=_others(fields, parts),
        mails=_all(fields, "EMAIL"),
        phones=[*_numbers(fields), *_messengers(fields)],
        links=[*_all(fields, "URL"), *_social(fields)],
        employer=organisation[0],
        title=_first(fields, "TITLE"),
        groups=[label for field in fields if field.name == "CATEGORIES" for label in field.value],
        company=kind in _COMPANIES or _is_company(fields, parts, shown, squashed(organisation[0])),
        seen=day_in(_first(fields, "REV")),
        uid=_id(_first(fields, "UID")),
    )


def _is_company(fields: list[Field], parts: tuple[str, ...], shown: str, employer: str) -> bool:
    if "COMPANY" in _first(fields, "X-ABSHOWAS").upper():
        return True
    return not any(parts) and bool(employer) and shown in ("", employer)


def _all(fields: list[Field], *names: str) -> list[str]:
    return [str(field.value) for field in fields if field.name in names]


def _first(fields: list[Field], *names: str) -> str:
    return next(iter(_all(fields, *names)), "")


def _id(text: str) -> str:
    return squashed(text).casefold().removeprefix("urn:uuid:")


def _flat(value: Any) -> list[str]:
    """Return the parts of a structured value, each as one text."""
    return [part if isinstance(part, str) else " ".join(part) for part in value]


def _parts(name: Any) -> tuple[str, ...]:
    """Return prefix, given, additional, family name and suffix."""
    parts = (name.prefix, name.given, name.additional, name.family, name.suffix)
    return tuple(map(squashed, _flat(parts)))


def _others(fields: list[Field], parts: tuple[str, ...]) -> Iterator[str]:
    """Give nicknames, and the name with the maiden name in it."""
    for cell in _all(fields, "NICKNAME", "X-NICKNAME"):
        yield from cell.split(",")
    for cell in _all(fields, "X-ANDROID-CUSTOM"):
        kind, _, rest = cell.partition(";")
        if kind == _NICKNAME:
            yield rest.split(";")[0]
    for maiden in _all(fields, "X-MAIDENNAME"):
        _, given, middle, _, _ = parts
        yield whole_name("", given, middle, maiden, "")


def _numbers(fields: list[Field]) -> Iterable[str]:
    for field in fields:
        sorts = field.sorts
        if field.name == "TEL" and (not sorts & _MACHINES or sorts & _SPOKEN):
            yield str(field.value)


def _messengers(fields: list[Field]) -> Iterable[str]:
    """Give the numbers under which somebody uses a messenger; its other names are no keys."""
    for field in fields:
        if field.name == "IMPP":
            scheme, _, rest = str(field.value).partition(":")
            known = {scheme.upper(), *field.sorts} & _MESSENGERS
            if known and is_person_number(number_in(rest or scheme)):
                yield rest or scheme


def _social(fields: list[Field]) -> Iterable[str]:
    """Give the links of LinkedIn profiles, which some programs state by the user's name only."""
    for field in fields:
        if field.name not in _SOCIAL:
            continue
        text = str(field.value).removeprefix("x-apple:").strip()
        yield text
        if "LINKEDIN" in field.sorts and "linkedin.com" not in text.casefold():
            user = squashed(field.user or text)
            if _SLUG.fullmatch(user):
                yield f"https://linkedin.com/in/{user}"
