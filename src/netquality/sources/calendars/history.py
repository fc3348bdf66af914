"""What was held of a calendar: every event written down, or refused with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from netquality.sources.calendars.effort import Effort
from netquality.sources.calendars.meetings import Meeting, meeting_of
from netquality.sources.calendars.moments import Unusable
from netquality.sources.calendars.rules import CAP, YEARS
from netquality.sources.calendars.series import Series, once

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from netquality.sources.calendars.clocks import Clocks
    from netquality.sources.calendars.entries import Entry
    from netquality.sources.calendars.owners import Owner
    from netquality.sources.calendars.series import Held
    from netquality.sources.diary import Diary
    from netquality.sources.ledger import Ledger

__all__ = ["History"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# To look at a change of all that follows takes as long as at so many days of a series.
_LATER = 10


class History:
    """Writes the meetings of a calendar into a diary.

    Parameters
    ----------
    book, diary
        Take what is refused and what is written.
    owner
        Whose calendar it is.
    clocks
        Tell when its times were.
    last
        What begins later was not held.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Calendar
    >>> from netquality.sources.calendars.clocks import Clocks
    >>> from netquality.sources.calendars.entries import Entry
    >>> from netquality.sources.calendars.moments import Moment
    >>> from netquality.sources.calendars.owners import Owner
    >>> from netquality.sources.diary import Diary
    >>> from netquality.sources.ledger import Ledger
    >>> from netquality.sources.parties import Parties
    >>> book = Ledger("a.ics", "a.ics", "calendar/ics", b"...", read=1)
    >>> diary, owner = Diary(Parties()), Owner(0, frozenset({0}), known=True, how="")
    >>> history = History(book, diary, owner, Clocks(None), _EPOCH)
    >>> start = Moment(datetime(2026, 3, 4, 9), "Z", day=False)
    >>> history.read([Entry(1, Calendar(), start=start)])
    >>> diary.close(book).rejects["reason"].tolist()
    ['nobody else']
    """

    def __init__(
        self, book: Ledger, diary: Diary, owner: Owner, clocks: Clocks, last: datetime
    ) -> None:
        self._book, self._diary, self._owner = book, diary, owner
        self._clocks, self._last, self._effort = clocks, last, Effort()
        self._settled: set[int] = set()
        self._reasons: dict[int, Unusable] = {}
        self._series = self._occurrences = self._cut = self._unread = self._short = 0

    def read(self, entries: Iterable[Entry]) -> None:
        """Write all meetings that were held; refuse every other event."""
        groups: dict[Hashable, list[Entry]] = {}
        rows = []
        for entry in entries:
            rows.append(entry)
            groups.setdefault(entry.uid or entry.row, []).append(entry)
        for group in groups.values():
            self._group(group)
        for entry in rows:
            self._settle(entry)

    def rules(self) -> list[str]:
        """Say what became of series."""
        said = []
        if self._series:
            said.append(f"{self._series:,} series: {self._occurrences:,} occurrences held")
        if self._cut:
            limits = f"the last {CAP:,} occurrences of the first {YEARS} years"
            said.append(f"{self._cut:,} series cut to {limits}")
        if self._short:
            said.append(f"{self._short:,} series cut to their last occurrences: they are too many")
        if self._unread:
            said.append(f"{self._unread:,} series have an EXRULE, which is not read")
        return said

    def _settle(self, entry: Entry) -> None:
        if entry.row not in self._settled:
            nothing = Unusable("RRULE", "no occurrence is left: all were changed or taken out")
            why = self._reasons.get(entry.row, nothing)
            self._book.reject([entry.row], why.field, why.reason, [why.value])

    def _refuse(self, entry: Entry, why: Unusable) -> None:
        self._reasons.setdefault(entry.row, why)

    def _group(self, group: list[Entry]) -> None:
        """Take what shares a UID: events, series, and exceptions from these."""
        masters = self._newest([e for e in group if e.original is None], lambda _: 0)
        series = [entry for entry in masters if entry.repeats]
        others = [_at_the_hour(e, series) for e in group if e.original is not None]
        exceptions = self._newest(others, self._original)
        for entry in masters:
            if not entry.repeats:
                self._once(entry)
        if series:
            self._with_series(series, exceptions)
        else:
            for entry in exceptions:
                self._once(entry)

    def _newest(self, entries: list[Entry], place: Callable[[Entry], Hashable]) -> list[Entry]:
        """Return those of the highest sequence at each place; the others are outdated."""
        places: dict[Hashable, list[Entry]] = {}
        for entry in entries:
            try:
                places.setdefault(place(entry), []).append(entry)
            except Unusable as why:
                self._refuse(entry, why)
        newest = []
        for versions in places.values():
            highest = max(each.sequence for each in versions)
            newest += [each for each in versions if each.sequence == highest]
            for each in versions:
                if each.sequence < highest:
                    outdated = Unusable("SEQUENCE", "replaced by a later version of it")
                    self._refuse(each, outdated)
        return newest

    def _original(self, entry: Entry) -> datetime:
        original = entry.original or entry.begin
        return self._clocks.at(original, entry.calendar).astimezone(UTC)

    def _once(self, entry: Entry) -> None:
        try:
            meeting = meeting_of(entry, self._owner)
            held = once(entry, self._clocks)
            if held.start > self._last:
                raise Unusable("DTSTART", "not held yet")
        except Unusable as why:
            self._refuse(entry, why)
        else:
            self._write(held, meeting)

    def _with_series(self, masters: list[Entry], exceptions: list[Entry]) -> None:
        single = [entry for entry in exceptions if not entry.following]
        later = [entry for entry in exceptions if entry.following]
        replaced = [self._original(entry) for entry in single]
        every = [made for made in map(self._begun, masters) if made]
        try:
            self._effort.spend(len(every) * (len(single) + _LATER * len(later)))
        except Unusable as why:
            for entry in (*masters, *exceptions):
                self._refuse(entry, why)
            return
        gaps = [series for _, series in every if series.has_gaps]
        for entry, original in zip(single, replaced, strict=True):
            if any(series.lacks(original) for series in gaps):
                self._refuse(entry, Unusable("RECURRENCE-ID", "taken out of its series"))
            else:
                self._once(entry)
        gone = frozenset(replaced)
        for entry, series in every:
            self._held(entry, series, gone, later)

    def _begun(self, entry: Entry) -> tuple[Entry, Series] | None:
        try:
            series = Series(entry, self._clocks, self._last, self._effort)
            series.lacks(self._last)  # reads what was taken out, or refuses it
        except Unusable as why:
            self._refuse(entry, why)
            return None
        return entry, series

    def _held(
        self, entry: Entry, series: Series, gone: frozenset[datetime], later: list[Entry]
    ) -> None:
        meetings = self._meetings([entry, *later])
        if not meetings:
            return
        try:
            found = self._fitting(self._expanded(series, gone, later), meetings)
        except Unusable as why:
            for each in (entry, *later):
                self._refuse(each, why)
            return
        self._series += 1
        self._cut += series.cut
        self._unread += entry.repeating().unread
        for held in found:
            if held.entry.row in meetings:
                self._occurrences += self._write(held, meetings[held.entry.row])
        for each in later:
            self._refuse(each, Unusable("RECURRENCE-ID", "not held yet, or taken out"))

    def _meetings(self, entries: list[Entry]) -> dict[int, Meeting]:
        meetings = {}
        for entry in entries:
            try:
                meetings[entry.row] = meeting_of(entry, self._owner)
            except Unusable as why:
                self._refuse(entry, why)
        return meetings

    def _fitting(self, found: list[Held], meetings: dict[int, Meeting]) -> list[Held]:
        """Return the last occurrences that still fit in: many guests on many days are too many."""
        width = max(len(meeting.to) for meeting in meetings.values())
        fitting = self._effort.fit(len(found), width)
        self._short += fitting < len(found)
        return found[len(found) - fitting :]

    def _expanded(
        self, series: Series, gone: frozenset[datetime], later: list[Entry]
    ) -> list[Held]:
        try:
            return series.held(gone, later)
        except Unusable:
            raise
        except Exception as error:  # whatever a rule does to the libraries costs its series only
            reason = f"a series that cannot be followed ({type(error).__name__})"
            raise Unusable("RRULE", reason) from error

    def _write(self, held: Held, meeting: Meeting) -> bool:
        entry = held.entry
        self._settled.add(entry.row)
        event = f"{entry.uid}/{held.original.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        in_series = entry.repeats or entry.original is not None
        return self._diary.write(
            entry.row,
            kind="meeting",
            channel="video" if entry.video else "meeting",
            at=(held.start - _EPOCH) // _MICROSECOND,
            sender=meeting.sender,
            to=meeting.to,
            event=event if entry.uid else None,
            thread=entry.uid if in_series else None,
            audience=meeting.audience,
            seconds=held.seconds,
        )


def _at_the_hour(exception: Entry, series: list[Entry]) -> Entry:
    """Return an exception that names but the day of what it replaces, the hour filled in."""
    original = exception.original
    if original is not None and original.day and series and not series[0].begin.day:
        begin = series[0].begin
        wall = datetime.combine(original.wall.date(), begin.wall.time())
        exception.original = begin._replace(wall=wall)
    return exception
