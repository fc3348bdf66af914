"""One entry of a chat by its first line: who wrote it, or that the app did."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from netquality.sources.addresses import squashed
from netquality.sources.whatsapp.bodies import LRM, body_of
from netquality.sources.whatsapp.notices import (
    LONGEST_NOTICE,
    Notice,
    is_opening,
    is_statement,
    notice_of,
)
from netquality.sources.whatsapp.stamps import MARKS, Header
from netquality.sources.whatsapp.titles import loosely
from netquality.sources.whatsapp.words import folded

__all__ = ["Entry", "Names", "entry_of", "split"]

_LONGEST_NAME = 120
_SPLIT = ": "


class Entry(NamedTuple):
    """Who wrote what; `notice` is set where the app did, `strange` where no list has its words."""

    author: str | None
    body: str
    notice: Notice | None = None
    strange: bool = False


@dataclass
class Names:
    """What is known of a chat's names when an entry is read.

    Parameters
    ----------
    groups
        What the group is called: the app writes under that name.
    longer
        Authors whose names hold a colon, by what stands before it, the longest first.
    """

    groups: set[str] = field(default_factory=set)
    longer: dict[str, list[str]] = field(default_factory=dict)

    def calls(self, title: str | None) -> None:
        """Enter a name of the group."""
        if title:
            self.groups.add(loosely(title))

    def is_group(self, author: str) -> bool:
        """Say whether an author is the group itself."""
        return bool(self.groups) and loosely(author) in self.groups


def split(rest: str, names: Names) -> tuple[str, str] | None:
    """Part what follows a stamp into author and words, None where nobody is named.

    Examples
    --------
    >>> split("Odo Fenwick: ink: black", Names())
    ('Odo Fenwick', 'ink: black')
    >>> split("Odo: the Baker: bread", Names(longer={"Odo": ["Odo: the Baker"]}))
    ('Odo: the Baker', 'bread')
    >>> split('Odo created group "Ink: and quill"', Names()) is None
    True
    """
    first, colon, body = rest.partition(_SPLIT)
    if not colon:
        if not rest.endswith(":"):
            return None
        first, body = rest[:-1], ""
    if len(first) > _LONGEST_NAME or not _is_name(
        first, rest[:LONGEST_NOTICE] if '"' in _quoted(first) else ""
    ):
        return None
    for name in names.longer.get(_shown(first), ()):
        if rest.startswith(f"{name}:"):
            return name, rest[len(name) + 1 :].removeprefix(" ")
    return _shown(first), body


def entry_of(header: Header, names: Names) -> Entry:
    """Read what follows a stamp, as far as the first line tells.

    Examples
    --------
    >>> from netquality.sources.whatsapp.stamps import header_of
    >>> header = header_of("04/03/2025, 14:05 - Odo Fenwick left")
    >>> entry_of(header, Names()).notice.members
    ('Odo Fenwick',)
    """
    parted = split(header.rest, names)
    if parted is None:
        return Entry(None, header.rest, notice_of(header.rest[:LONGEST_NOTICE]) or Notice())
    author, body = parted
    if header.style != "dash" and body.startswith(LRM):
        return _of_app(header, author, body)
    if _is_unmarked_notice(author, body, names):
        return Entry(author, body, notice_of(body) or Notice())
    return Entry(author, body)


def _of_app(header: Header, author: str, body: str) -> Entry:
    """Read a body that the app marked as its own: in place of a message, or of nobody."""
    if header.marked or len(body) > LONGEST_NOTICE or body_of(body).kind != "text":
        return Entry(author, body)
    notice = notice_of(body)
    if notice is None and _may_go_on(body):
        return Entry(author, body)
    return Entry(author, body, notice or Notice(), strange=notice is None)


def _may_go_on(body: str) -> bool:
    """Say whether the words of a file or a poll may follow on the next line."""
    plain = folded(body)
    head = plain.partition(":")[0]
    return head.isupper() and len(head) < 16 and ":" in plain


def _is_unmarked_notice(author: str, body: str, names: Names) -> bool:
    """Find notices in exports that lost their marks: they speak of their own author, or a group."""
    if len(body) > LONGEST_NOTICE:
        return False
    if is_opening(body):
        return True
    if not (body.startswith(f"{author} ") or names.is_group(author)):
        return False
    return notice_of(body) is not None


@lru_cache(1 << 14)
def _is_name(first: str, line: str) -> bool:
    return bool(first.strip(f" {MARKS}")) and not is_statement(first, line)


@lru_cache(1 << 14)
def _shown(first: str) -> str:
    return squashed(first.strip(MARKS + "\u2068"))


@lru_cache(1 << 14)
def _quoted(first: str) -> str:
    return folded(first)
