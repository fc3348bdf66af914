"""What number the phone has itself: its multimedia messages tell, if anything does."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from netquality.sources.addresses import is_person_number
from netquality.sources.phone.directory import CROWD, PLACEHOLDER, tail
from netquality.sources.phone.media import without_media

if TYPE_CHECKING:
    from netquality.sources.streams import Stream

__all__ = ["Evidence", "own_numbers"]

FROM, TO = "137", "151"
_RECEIVED, _SENT = "1", "2"
_ENOUGH = 2000
_LONGEST = 1 << 22
_OFTEN, _SHARE = 0.5, 0.1
# Possessive, or a tag that is cut off would be divided in all possible ways.
_TAGS = re.compile(rb"<(mms|addr)\s((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)")
_VALUES = re.compile(rb"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Evidence:
    """Counts, over multimedia messages, who sent those sent and who got those received.

    Examples
    --------
    >>> evidence = Evidence()
    >>> evidence.message("1", "+447700900123")
    >>> evidence.address("+447700900123", "137")
    >>> evidence.address("+447700900100", "151")
    >>> evidence.numbers()
    ['+447700900100']
    """

    def __init__(self) -> None:
        self.messages = 0
        self._box, self._others = "", frozenset[str]()
        self._senders: Counter[str] = Counter()
        self._reached: Counter[str] = Counter()
        self._writers: set[str] = set()
        self._told = 0
        self._open = False

    def message(self, box: str, others: str) -> None:
        """Begin with a message: the box it lies in, the numbers of the conversation."""
        self.messages += 1
        said = others if others.count("~") <= CROWD else ""
        self._box, self._others = box, frozenset(map(tail, said.split("~")))
        self._open = True

    def address(self, number: str, kind: str) -> None:
        """Add an address of the message begun last."""
        if number == PLACEHOLDER or not is_person_number(number):
            return
        if kind == FROM and self._box == _SENT:
            self._senders[number] += 1
        elif kind == FROM and self._box == _RECEIVED:
            # What the owner wrote on another device is received too, but not from an other.
            self._writers.update({tail(number)} & self._others)
        elif self._box == _RECEIVED and tail(number) not in self._others:
            self._told += self._open
            self._open = False
            self._reached[number] += 1

    def numbers(self) -> list[str]:
        """Return the numbers that are the owner's, the most certain first."""
        total = self._senders.total()
        sent = [number for number, n in self._senders.most_common() if n >= _SHARE * total]
        known = set(map(tail, sent))
        return [*sent, *(number for number in self._most_reached() if tail(number) not in known)]

    def _most_reached(self) -> list[str]:
        ranked = [
            each for each in self._reached.most_common() if tail(each[0]) not in self._writers
        ]
        (first, most), (_, second) = [*ranked, ("", 0), ("", 0)][:2]
        return [first] if most > max(second, _OFTEN * self._told) else []


def own_numbers(stream: Stream) -> list[str]:
    """Return the owner's own numbers, as far as a backup of messages shows them.

    A number that multimedia messages were sent from is the owner's; so is the one that most of
    those received went to, unless it belongs to the conversation's others or ever wrote as one.
    Two thousand messages are enough to tell.
    """
    evidence, carried = Evidence(), b""
    for block in without_media(stream):
        text = carried + block
        cut = max(text.rfind(b"<"), 0)
        _read(evidence, text[:cut])
        carried = text[cut:][:_LONGEST]
        if evidence.messages >= _ENOUGH:
            break
    _read(evidence, carried)
    return evidence.numbers()


def _read(evidence: Evidence, text: bytes) -> None:
    for found in _TAGS.finditer(text):
        values = {name: one or other for name, one, other in _VALUES.findall(found.group(2))}
        if found.group(1) == b"mms":
            evidence.message(_text(values, b"msg_box"), _text(values, b"address"))
        else:
            evidence.address(_text(values, b"address"), _text(values, b"type"))


def _text(values: dict[bytes, bytes], name: bytes) -> str:
    return html.unescape(values.get(name, b"").decode("utf-8", "replace")).strip()
