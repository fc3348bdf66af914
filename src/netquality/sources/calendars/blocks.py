"""The components of calendar files: events one by one, and what their calendar says of itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netquality.sources.calendars.properties import name_of, read_property

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Block", "Calendar", "Scan"]

# Nothing else leaves the file: no title, no note, no attachment is ever taken apart.
_OF_EVENT = frozenset(
    {
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "ORGANIZER",
        "ATTENDEE",
        "STATUS",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "DTSTAMP",
        "CREATED",
        "LAST-MODIFIED",
        "LOCATION",
        "CONFERENCE",
        "X-GOOGLE-CONFERENCE",
    }
)
_OF_CALENDAR = frozenset(
    {
        "METHOD",
        "X-WR-CALNAME",
        "X-WR-TIMEZONE",
        "X-OWNER",
    }
)
_OF_ZONE = frozenset(
    {
        "BEGIN",
        "END",
        "TZID",
        "DTSTART",
        "RRULE",
        "RDATE",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "X-LIC-LOCATION",
    }
)
_COUNTED = frozenset(
    {
        "VTODO",
        "VJOURNAL",
        "VFREEBUSY",
        "VALARM",
    }
)
_DEEPEST, _ZONE_LINES = 32, 2000


@dataclass(eq=False, slots=True)
class Calendar:
    """One VCALENDAR: its own properties by name (the last of each), and the zones it defines."""

    said: dict[str, str] = field(default_factory=dict)
    zones: list[list[bytes]] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Block:
    """One VEVENT: the lines of it that matter; `whole` if it was ended as it should be."""

    calendar: Calendar
    lines: list[bytes] = field(default_factory=list)
    whole: bool = False


class Scan:
    r"""Splits lines into components, and survives those that do not match up.

    Examples
    --------
    >>> text = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:7\nSUMMARY:Ink\nEND:VEVENT\nEND:VCALENDAR"
    >>> scan = Scan()
    >>> [(block.lines, block.whole) for block in scan.blocks(text.splitlines())]
    [([b'UID:7'], True)]
    """

    def __init__(self) -> None:
        self.calendars: list[Calendar] = []
        self.counts: Counter[str] = Counter()
        self._calendar: Calendar | None = None
        self._event: Block | None = None
        self._inside: list[str] = []
        self._deeper = 0
        self._zone: list[bytes] | None = None

    def blocks(self, lines: Iterable[bytes]) -> Iterator[Block]:
        """Yield the events in the order of the file; one that is not ended is not `whole`."""
        for line in lines:
            name = name_of(line)
            if name in ("BEGIN", "END"):
                word = line.partition(b":")[2].strip().upper().decode("ascii", "replace")
                done = self._begin(word, line) if name == "BEGIN" else self._end(word, line)
                if done is not None:
                    yield done
            elif name:
                self._take(name, line)
        if self._event is not None:
            yield self._event

    def _begin(self, word: str, line: bytes) -> Block | None:
        if word in ("VCALENDAR", "VEVENT"):
            unended, self._event = self._event, None
            self._inside, self._deeper, self._zone = [], 0, None
            if word == "VCALENDAR":
                self._open()
            else:
                self._event = Block(self._calendar or self._open())
            return unended
        if len(self._inside) < _DEEPEST:
            self._inside.append(word)
        else:
            self._deeper += 1
        if word in _COUNTED:
            self.counts[word] += 1
        if word == "VTIMEZONE" and self._event is None:
            self._zone = []
        elif self._zone is not None:
            self._keep_zone(line)
        return None

    def _end(self, word: str, line: bytes) -> Block | None:
        if word in ("VCALENDAR", "VEVENT"):
            done, self._event = self._event, None
            self._inside, self._deeper, self._zone = [], 0, None
            if done is not None:
                done.whole = word == "VEVENT"
            return done
        if self._deeper:
            self._deeper -= 1
        elif word in self._inside:
            del self._inside[self._inside.index(word) :]
        if self._zone is not None:
            self._end_zone(word, line)
        return None

    def _end_zone(self, word: str, line: bytes) -> None:
        if word == "VTIMEZONE":
            (self._calendar or self._open()).zones.append(self._zone or [])
            self._zone = None
        else:
            self._keep_zone(line)

    def _open(self) -> Calendar:
        self._calendar = Calendar()
        self.calendars.append(self._calendar)
        return self._calendar

    def _take(self, name: str, line: bytes) -> None:
        if self._zone is not None:
            if name in _OF_ZONE:
                self._keep_zone(line)
        elif self._inside:
            return
        elif self._event is not None:
            if name in _OF_EVENT or name.startswith("X-MICROSOFT-"):
                self._event.lines.append(line)
        elif name in _OF_CALENDAR and self._calendar is not None:
            self._calendar.said[name] = read_property(line[:1000]).value

    def _keep_zone(self, line: bytes) -> None:
        if self._zone is not None and len(self._zone) < _ZONE_LINES:
            self._zone.append(line[:1000])
