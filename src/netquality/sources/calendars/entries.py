"""Events as their calendar states them: when, how often, with whom; nothing of what about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from netquality.sources.calendars.lines import LONGEST
from netquality.sources.calendars.moments import (
    Moment,
    Unusable,
    read_duration,
    read_moment,
    read_moments,
)
from netquality.sources.calendars.properties import Property, name_of, read_property

if TYPE_CHECKING:
    from netquality.sources.calendars.blocks import Block, Calendar
    from netquality.sources.calendars.guests import Guest, Guests

__all__ = ["Entry", "Repeat", "read_entry"]

End = Moment | timedelta | None

_STAMPS = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED"})
_ONLINE = re.compile(
    r"microsoft teams|teams\.(?:microsoft|live)\.com|\bzoom\.us/|meet\.google\.com|"
    r"\bwebex\.com|meet\.jit\.si|gotomeeting\.com|whereby\.com|skype\.com/",
    re.IGNORECASE,
)
# It is part of the id of each occurrence.
_LONGEST_UID = 1000
_NO = frozenset({"", "FALSE", "0", "NO"})


@dataclass(eq=False, slots=True)
class Repeat:
    """How an event repeats: rules, times added with their ends, times taken out."""

    rules: list[str] = field(default_factory=list)
    extra: list[tuple[Moment, End]] = field(default_factory=list)
    without: list[Moment] = field(default_factory=list)
    unread: bool = False


@dataclass(eq=False, slots=True)
class Entry:
    """One VEVENT.

    Parameters
    ----------
    row
        Its number in the file.
    uid
        Shared by a series, its exceptions, and all calendars that hold it; empty if none.
    original
        When the occurrence that this one replaces would have begun.
    following
        Whether it replaces all later ones as well.
    repeat
        How it repeats, None for what happens once.
    stamp
        When it was last written, for all that it says.
    """

    row: int
    calendar: Calendar
    uid: str = ""
    start: Moment | None = None
    end: End = None
    original: Moment | None = None
    following: bool = False
    repeat: Repeat | None = None
    organiser: Guest | None = None
    guests: list[Guest] = field(default_factory=list)
    cancelled: bool = False
    video: bool = False
    all_day: bool = False
    sequence: int = 0
    stamp: datetime | None = None

    @property
    def begin(self) -> Moment:
        """When it begins, or its first occurrence does."""
        if self.start is None:
            raise Unusable("DTSTART", "no date")
        return self.start

    @property
    def repeats(self) -> bool:
        """Whether it may happen more than once."""
        return self.repeat is not None and bool(self.repeat.rules or self.repeat.extra)

    def repeating(self) -> Repeat:
        """Return how it repeats, to be filled in."""
        if self.repeat is None:
            self.repeat = Repeat()
        return self.repeat


def read_entry(block: Block, row: int, guests: Guests) -> Entry:
    """Return what an event's lines say.

    Raises
    ------
    Unusable
        When it is cut off, or says of no time that can be read when it is.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Block, Calendar
    >>> from netquality.sources.calendars.guests import Guests
    >>> from netquality.sources.parties import Parties
    >>> lines = [b"UID:7", b"DTSTART:20260304T090000Z", b"DURATION:PT1H"]
    >>> entry = read_entry(Block(Calendar(), lines, whole=True), 1, Guests(Parties()))
    >>> entry.uid, entry.start.wall.hour, entry.end.seconds
    ('7', 9, 3600)
    """
    if not block.whole:
        raise Unusable("END", "cut off: the event does not end")
    entry = Entry(row, block.calendar)
    entry.cancelled = block.calendar.said.get("METHOD", "").upper() == "CANCEL"
    for line in block.lines:
        name = name_of(line)
        if len(line) > LONGEST:
            raise Unusable(name, "a line of more than a megabyte")
        if name == "ATTENDEE":
            entry.guests.append(guests.read(line, row))
        elif name == "ORGANIZER":
            entry.organiser = guests.read(line, row)
        else:
            _take(entry, read_property(line))
    if len(entry.uid) > _LONGEST_UID:
        raise Unusable("UID", f"a UID of more than {_LONGEST_UID:,} characters")
    if entry.begin.day:
        entry.all_day = True
    return entry


def _take(entry: Entry, found: Property) -> None:
    if found.name in _WHEN:
        _WHEN[found.name](entry, found)
    elif found.name in _STAMPS:
        _stamp(entry, found)
    elif found.name == "UID":
        entry.uid = found.value
    elif found.name == "STATUS":
        entry.cancelled |= found.value.upper() in ("CANCELLED", "CANCELED")
    elif found.name == "SEQUENCE":
        entry.sequence = int(found.value) if re.fullmatch(r"\d{1,9}", found.value) else 0
    elif found.name == "EXRULE":
        entry.repeating().unread = True
    elif found.name == "X-MICROSOFT-CDO-ALLDAYEVENT":
        entry.all_day |= found.value.upper() == "TRUE"
    else:
        entry.video |= _online(found)


def _start(entry: Entry, found: Property) -> None:
    entry.start = read_moment(found)


def _end(entry: Entry, found: Property) -> None:
    try:
        entry.end = read_moment(found) if found.name == "DTEND" else read_duration(found.value)
    except Unusable:
        entry.end = None  # when it began is known all the same


def _original(entry: Entry, found: Property) -> None:
    entry.original = read_moment(found)
    entry.following = found.parameters.get("RANGE", "").upper() == "THISANDFUTURE"


def _rule(entry: Entry, found: Property) -> None:
    entry.repeating().rules.append(found.value)


def _extra(entry: Entry, found: Property) -> None:
    entry.repeating().extra += read_moments(found)


def _without(entry: Entry, found: Property) -> None:
    entry.repeating().without += [moment for moment, _ in read_moments(found)]


_WHEN = {
    "DTSTART": _start,
    "DTEND": _end,
    "DURATION": _end,
    "RECURRENCE-ID": _original,
    "RRULE": _rule,
    "RDATE": _extra,
    "EXDATE": _without,
}


def _stamp(entry: Entry, found: Property) -> None:
    try:
        moment = read_moment(found)
    except Unusable:
        return
    # These are in UTC by the standard; a clock that is elsewhere would be wrong by hours.
    wall = moment.wall.replace(tzinfo=UTC)
    entry.stamp = max(entry.stamp or wall, wall)


def _online(found: Property) -> bool:
    if found.name == "LOCATION":
        return bool(_ONLINE.search(found.value))
    if found.name == "CONFERENCE":
        return not found.value.casefold().startswith("tel:")
    if found.name == "X-GOOGLE-CONFERENCE":
        return found.value.upper() not in _NO
    meant = "ONLINEMEETING" in found.name or "SKYPETEAMS" in found.name
    return meant and found.value.upper() not in _NO
