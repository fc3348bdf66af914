"""What a chat is called, as far as the names of its file, folder or archive tell."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from netquality.sources.addresses import squashed
from netquality.sources.whatsapp.words import folded

if TYPE_CHECKING:
    from netquality.sources.files import Bundle, Member

__all__ = ["is_own_name", "loosely", "title_of"]

_CHAT = re.compile(r"_chat(?: ?\(?\d{1,2}\)?)?\.txt", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:[^\W\d_]+ (?:(?:de|do|no|di|del) )?)?WhatsApp[ -]?(?:chat|sohbeti)?"
    r"(?: (?:with|mit|con|avec|com|met|med|с|z)| [-–]|:) (?P<title>.+)",
    re.IGNORECASE,
)
_COPY = re.compile(r"\s?\(\d{1,2}\)$")


def is_own_name(name: str) -> bool:
    """Say whether a file is called as WhatsApp calls its exports.

    Examples
    --------
    >>> is_own_name("WhatsApp-Chat mit Odo.txt"), is_own_name("x/_chat.txt"), is_own_name("a.txt")
    (True, True, False)
    """
    last = PurePosixPath(name).name
    return _CHAT.fullmatch(last) is not None or _titled(last) is not None


def title_of(member: Member, bundle: Bundle) -> str | None:
    """Return the chat's title: the other's name or number, or the group's name.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> member = Member("_chat.txt", bytes)
    >>> title_of(member, Bundle("WhatsApp Chat - Odo Fenwick (1).zip", None, (member,)))
    'Odo Fenwick'
    >>> title_of(member, Bundle("WhatsApp Chat - Odo F..zip", None, (member,)))
    'Odo F.'
    """
    path = PurePosixPath(member.name.removesuffix(".gz"))
    titled = _titled(path.name)
    if titled is not None or _CHAT.fullmatch(path.name) is None:
        return titled
    return _titled(path.parent.name) or _titled(PurePosixPath(bundle.name).name)


@lru_cache(1 << 14)
def loosely(name: str) -> str:
    """Return the letters and digits of a name: file names cannot hold everything else.

    Examples
    --------
    >>> loosely("Odo: the Baker") == loosely("odo_ the Baker")
    True
    """
    return "".join(character for character in name.casefold() if character.isalnum())


def _titled(name: str) -> str | None:
    bare = re.sub(r"\.(?:txt|zip)$", "", name, flags=re.IGNORECASE)
    # A name may end in a point, which a sentence of the app loses.
    stem = squashed(folded(f"{bare}."))
    found = _TITLE.fullmatch(stem)
    title = _COPY.sub("", found["title"]).strip() if found else ""
    return title or None
