"""Cards of a vCard file one by one, with those of their lines that matter.

The library reads one clean card. What is in front of it here, and why: it cannot tell where a
broken card ends, it holds a picture of megabytes several times over, and a hostile parameter
(``;X=a=a=a=...`` without a colon) keeps its line pattern busy for years.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Lines", "cards_in"]

# Never read: notes, birthdays, addresses, pictures, keys, relatives.
WANTED = frozenset(
    """
    AGENT BEGIN CATEGORIES EMAIL END FN IMPP KIND MEMBER N NICKNAME ORG REV SOCIALPROFILE TEL TITLE
    UID URL VERSION X-ABSHOWAS X-ADDRESSBOOKSERVER-KIND X-ADDRESSBOOKSERVER-MEMBER
    X-ANDROID-CUSTOM X-MAIDENNAME X-NICKNAME X-SOCIALPROFILE
    """.split()  # noqa: SIM905 - a list of words reads better as prose
)
MOST = 2000
_END = re.compile(r"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[^:]*quoted-printable", re.IGNORECASE)
_OLD = re.compile(r"VERSION\s*:\s*2\.1", re.IGNORECASE)


class Lines(NamedTuple):
    """One card: its number in the file, its lines unfolded, and what is wrong with it if so."""

    row: int
    lines: list[str]
    fault: str | None = None


def name_of(line: str) -> str:
    """Return the property that a line states, without its group.

    Examples
    --------
    >>> name_of("item1.email;type=HOME:zora@quill.example")
    'EMAIL'
    """
    return re.split("[:;]", line, maxsplit=1)[0].rpartition(".")[2].strip().upper()


def unfolded(physical: Iterable[str]) -> Iterator[str]:
    """Put folded and softly broken lines together; leave out what nobody asks for.

    Examples
    --------
    >>> list(unfolded(["FN:Zora Quill", " feather", "PHOTO:AAAA", " AAAA", "END:VCARD"]))
    ['FN:Zora Quillfeather', 'END:VCARD']
    """
    head, held = "", list[str]()
    soft = old = False
    for raw in physical:
        line = raw.removeprefix("\ufeff")
        if soft and not _END.fullmatch(line):
            held[-1:] = [held[-1][:-1], line] if held else []
        elif line[:1] in (" ", "\t"):
            # Version 2.1 folds at a blank, which stays; the later ones put one in.
            held += [line if old else line[1:]] if held else []
        else:
            yield from _whole(held)
            head, held = line, [line] if _may_matter(line) else []
            old = bool(_OLD.match(line)) or (old and not _BEGIN.fullmatch(line))
        # A note goes on below as well, and what it says there is no number of the card.
        soft = line.endswith("=") and bool(_QUOTED.match(head))
    yield from _whole(held)


def _may_matter(line: str) -> bool:
    """Say whether a line states what is asked for, or goes on before it says what it states."""
    return name_of(line) in WANTED or not re.search("[:;]", line)


def _whole(held: list[str]) -> Iterator[str]:
    line = "".join(held)
    if name_of(line) in WANTED:
        yield line


def cards_in(physical: Iterable[str]) -> Iterator[Lines]:
    """Give card after card; one that is not closed, or never opened, has a fault.

    Parameters
    ----------
    physical
        The lines of the file, without their ends.

    Examples
    --------
    >>> text = "BEGIN:VCARD|FN:Zora|BEGIN:VCARD|FN:Odo|END:VCARD"
    >>> [(card.row, card.lines, card.fault) for card in cards_in(text.split("|"))]
    [(1, ['FN:Zora'], 'a card without an end'), (2, ['FN:Odo'], None)]
    """
    row, inner = 0, 0
    held: list[str] | None = None
    for line in unfolded(physical):
        begins, ends = _BEGIN.fullmatch(line), _END.fullmatch(line)
        if begins and (inner or _is_agent(held)):
            inner += 1  # a card in a card: the assistant's, who is somebody else
        elif begins:
            if held is not None:
                yield Lines(row, held, "a card without an end")
            row, held = row + 1, []
        elif ends and inner:
            inner -= 1
        elif ends:
            row += held is None
            yield _closed(row, held)
            held = None
        elif held is not None and not inner and len(held) <= MOST:
            held.append(line)
    if held is not None:
        yield Lines(row, held, "a card without an end")


def _is_agent(held: list[str] | None) -> bool:
    last = held[-1] if held else ""
    return name_of(last) == "AGENT" and last.rstrip().endswith(":")


def _closed(row: int, held: list[str] | None) -> Lines:
    if held is None:
        return Lines(row, [], "a card without a beginning")
    return Lines(row, held, f"more than {MOST:,} lines" if len(held) > MOST else None)
