"""What the cells of an address book say: addresses, numbers, profiles, labels, days."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from urllib.parse import unquote

from netquality.sources.addresses import mail_of, squashed

__all__ = ["day_in", "is_desk", "label_in", "mail_in", "number_in", "profile_in", "whole_name"]

_SLUG = re.compile(r"(?:^|//|\.)linkedin\.com/(?:in|pub)/([^?#]*)", re.IGNORECASE)
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_SCHEME = re.compile(
    r"(?:tel|callto|sms|whatsapp|telegram|tg|signal|x-apple|facetime(?:-audio)?)\s*:(?://)?",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?<=\d)\s*(?:[;,].*|(?:extension|ext\.?|durchwahl|dw\.?|poste|x|p|w|#)[\s.:=]*\d+\s*)$",
    re.IGNORECASE,
)
# Labels that a program sets on its own; friends, family and coworkers are set by the user.
_SET_BY_PROGRAM = frozenset(
    {"all", "blocked", "chatbusy", "mycontacts", "other contacts", "othercontacts", "starred"}
)
_IMPORTED = re.compile(r"imported (?:on )?\d", re.IGNORECASE)
# The address of a desk is a person's only where the card has no better one.
_DESKS = frozenset(
    """
    admin buero contact enquiries familie family hello help info kontakt mail marketing office
    post praxis presse press reception sales service support team
    """.split()  # noqa: SIM905 - a list of words reads better as prose
)
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_EARLIEST = date(1990, 1, 1).toordinal() - date(1970, 1, 1).toordinal()


def mail_in(cell: str) -> str | None:
    """Return the mail address in a cell, or None when there is none.

    Examples
    --------
    >>> mail_in("mailto:Zora@Quill.example"), mail_in('"Zora Q." <zora@quill.example>')
    ('zora@quill.example', 'zora@quill.example')
    >>> mail_in("/o=ExchangeLabs/cn=zora") is None
    True
    """
    text = re.sub(r"^\s*mailto:", "", cell, flags=re.IGNORECASE)
    angles = _IN_ANGLES.search(text)
    # An old file folds lines at blanks, and keeps them.
    return mail_of("".join((angles.group(1) if angles else text).split()))


def number_in(cell: str) -> str:
    """Return a phone number as written, without scheme and extension.

    Examples
    --------
    >>> number_in("tel:+44-7700-900123;ext=7"), number_in("+1 202-555-0142 x12")
    ('+44-7700-900123', '+1 202-555-0142')
    """
    return squashed(_EXTENSION.sub("", _SCHEME.sub("", cell.strip(), count=1)))


def profile_in(url: str) -> str | None:
    """Return the LinkedIn profile that a link leads to, None when it leads elsewhere.

    Examples
    --------
    >>> profile_in("http://www.linkedin.com/in/Zo%C3%AB-Quill/"), profile_in("quill.example")
    ('zoë-quill', None)
    """
    found = _SLUG.search("".join(url.split()))
    if not found:
        return None
    slug = unicodedata.normalize("NFC", unquote(found.group(1).strip("/"))).casefold().strip()
    return slug or None


def label_in(cell: str) -> str:
    """Return a label that the user gave, empty for one that a program sets on its own.

    Examples
    --------
    >>> label_in("* Friends"), label_in("* myContacts"), label_in("Imported on 5/13/24")
    ('Friends', '', '')
    """
    label = squashed(cell.strip().removeprefix("* "))
    return "" if label.casefold() in _SET_BY_PROGRAM or _IMPORTED.match(label) else label


def is_desk(address: str) -> bool:
    """Say whether a mail address names a desk (info@, office@) and no person.

    Examples
    --------
    >>> is_desk("info@quill.example"), is_desk("zora@quill.example")
    (True, False)
    """
    local = address.partition("@")[0].partition("+")[0]
    return not _DESKS.isdisjoint(re.split(r"[._-]", local)[:1])


def whole_name(*parts: str) -> str:
    """Return a name of prefix, given, middle, family name and suffix, as it is shown.

    Examples
    --------
    >>> whole_name("Dr.", "Zora", "", "Quillfeather", ""), whole_name("", "太郎", "", "羽根", "")
    ('Dr. Zora Quillfeather', '羽根太郎')
    """
    _, given, middle, family, _ = parts
    if family and all(_EAST_ASIAN.fullmatch(part) for part in (family, given, middle) if part):
        return family + given + middle
    return squashed(" ".join(parts))


def day_in(stamp: str) -> int | None:
    """Return the day of a card's last revision, None when it states none that can be true.

    Examples
    --------
    >>> day_in("20240513T233000-0500") == day_in("2024-05-14"), day_in("soon") is None
    (True, True)
    """
    try:
        at = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None
    at = at if at.tzinfo is None else at.astimezone(UTC)
    day = at.toordinal() - date(1970, 1, 1).toordinal()
    return day if day >= _EARLIEST else None
