"""Mail addresses, phone numbers and names as files write them, and what these tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "folded_name",
    "is_person_number",
    "mail_kind",
    "mail_of",
    "phone_of",
    "region_of",
    "squashed",
]

_MAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_ROBOTS = re.compile(
    r"(?:^|[._+-])(?:no-?_?reply|do-?_?not-?_?reply|dont-?reply|mailer-daemon|notifications?|"
    r"notify|bounces?|postmaster|autoreply|auto-confirm|alerts?|noreply)(?:$|[._+=-])"
)
_ROOMS = ("resource.calendar.google.com",)
_GROUPS = ("group.calendar.google.com", "import.calendar.google.com", "group.v.calendar.google.com")
_NOBODY = frozenset({"unknownorganizer@calendar.google.com"})
_LISTS = re.compile(r"(?:^|\.)(?:googlegroups\.com|groups\.io|lists?\.[^@]+)$")
_SHORT = 6


@lru_cache(1 << 17)
def squashed(name: str) -> str:
    r"""Return a name with one kind of blank, trimmed and composed.

    Examples
    --------
    >>> squashed("  Zora  Quillfeather,\u00a0PhD ")
    'Zora Quillfeather, PhD'
    """
    return " ".join(unicodedata.normalize("NFC", name).split())


def folded_name(name: str) -> str:
    """Return a name for comparing: squashed and case-folded.

    Examples
    --------
    >>> folded_name("ZORA  Quillfeather")
    'zora quillfeather'
    """
    return squashed(name).casefold()


@lru_cache(1 << 17)
def mail_of(cell: str) -> str | None:
    """Return a mail address in lower case, or None when it is none.

    Examples
    --------
    >>> mail_of(" Zora@Mail.Example "), mail_of("n/a") is None
    ('zora@mail.example', True)
    """
    text = cell.strip().strip("<>").casefold()
    return text if _MAIL.fullmatch(text) else None


@lru_cache(1 << 17)
def mail_kind(address: str) -> str:
    """Say what an address belongs to, as far as it tells: a person unless it shows otherwise.

    Parameters
    ----------
    address
        In lower case, as from `mail_of`.

    Returns
    -------
    str
        ``person``, ``robot``, ``list``, ``room``, ``group`` or ``hidden`` (nobody in particular).

    Examples
    --------
    >>> mail_kind("no-reply@quill.example"), mail_kind("zora@quill.example")
    ('robot', 'person')
    >>> mail_kind("c_77@resource.calendar.google.com"), mail_kind("ink@googlegroups.com")
    ('room', 'list')
    """
    local, _, domain = address.rpartition("@")
    if address in _NOBODY:
        return "hidden"
    if domain in _ROOMS:
        return "room"
    if domain in _GROUPS:
        return "group"
    if _ROBOTS.search(local):
        return "robot"
    return "list" if _LISTS.search(domain) else "person"


def phone_of(number: str, extension: str = "", region: str | None = None) -> str | None:
    """Return a phone number in E.164, or None when its country is not known.

    Parameters
    ----------
    number
        As written.
    extension
        The country's calling code, where a file has it in a cell of its own.
    region
        Two-letter country of numbers that state none.

    Examples
    --------
    >>> phone_of("020 7946 0018", "+44"), phone_of("020 7946 0018") is None
    ('+442079460018', True)
    >>> phone_of("020 7946 0018", region="GB")
    '+442079460018'
    """
    import phonenumbers

    digits = re.sub(r"\D", "", extension)
    if digits:
        region = phonenumbers.region_code_for_country_code(int(digits))
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def region_of(numbers: Iterable[str]) -> str | None:
    """Return the country of most numbers that state one, None when none or a draw does.

    Examples
    --------
    >>> region_of(["+49 30 901820", "+49 30 901821", "+43 1 58858", "030 1"])
    'DE'
    >>> region_of(["030 901820"]) is None
    True
    """
    import phonenumbers

    found: Counter[str] = Counter()
    for number in set(numbers):
        if number.strip().startswith("+"):
            try:
                code = phonenumbers.parse(number, None).country_code
            except phonenumbers.NumberParseException:
                continue
            found[str(phonenumbers.region_code_for_country_code(code or 0))] += 1
    ranked = [*found.most_common(2), ("", 0), ("", 0)]
    return ranked[0][0] if ranked[0][1] > ranked[1][1] else None


@lru_cache(1 << 16)
def is_person_number(number: str) -> bool:
    """Say whether a number may be a person's: no short code, no sender written in letters.

    Examples
    --------
    >>> is_person_number("+41 00 555 01 02"), is_person_number("BANK"), is_person_number("72 345")
    (True, False, False)
    """
    letters = any(character.isalpha() for character in number)
    return not letters and sum(character.isdigit() for character in number) > _SHORT
