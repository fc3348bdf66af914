"""Occurrences of series, as far as they were held."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from netquality.sources.calendars.clocks import length
from netquality.sources.calendars.moments import Moment, Unusable
from netquality.sources.calendars.rules import CAP, bounded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import icalendar

    from netquality.sources.calendars.clocks import Clocks
    from netquality.sources.calendars.effort import Effort
    from netquality.sources.calendars.entries import End, Entry

__all__ = ["Held", "Series", "once"]

# A series, each of its exceptions and each of its occurrences take as long as so many days of it.
_WHOLE, _EXCEPTION, _OCCURRENCE = 300, 2, 30
# The standard knows of one rule, programs have written two.
_RULES = 12


class Held(NamedTuple):
    """One occurrence.

    Parameters
    ----------
    entry
        What says who was there.
    start
        When it began.
    original
        When it would have begun by the rule of its series.
    seconds
        How long it was, None if that is not known.
    """

    entry: Entry
    start: datetime
    original: datetime
    seconds: float | None


def once(entry: Entry, clocks: Clocks) -> Held:
    """Return the one time that an event states for itself.

    Raises
    ------
    Unusable
        When that can be no time.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Calendar
    >>> from netquality.sources.calendars.clocks import Clocks
    >>> from netquality.sources.calendars.entries import Entry
    >>> entry = Entry(1, Calendar(), start=Moment(datetime(2026, 3, 4, 9), "Z", day=False))
    >>> once(entry, Clocks(None)).original.isoformat()
    '2026-03-04T09:00:00+00:00'
    """
    start = clocks.at(entry.begin, entry.calendar)
    original = start if entry.original is None else clocks.at(entry.original, entry.calendar)
    return Held(entry, start, original, length(start, _end(entry.end, entry, clocks)))


def _end(end: End, entry: Entry, clocks: Clocks) -> datetime | timedelta | None:
    return clocks.at(end, entry.calendar) if isinstance(end, Moment) else end


class Series:
    """A series of meetings: what its rule gives, what was added, taken out, changed from then on.

    Single exceptions stand for themselves; here they only take out what they replace.

    Parameters
    ----------
    entry
        The event that has the rule.
    clocks
        Tell when its times were.
    last
        What begins later was not held.
    effort
        What following its rules is taken off from.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Calendar
    >>> from netquality.sources.calendars.clocks import Clocks
    >>> from netquality.sources.calendars.effort import Effort
    >>> from netquality.sources.calendars.entries import Entry, Repeat
    >>> start = Moment(datetime(2026, 3, 4, 9), "Z", day=False)
    >>> entry = Entry(1, Calendar(), start=start, repeat=Repeat(["FREQ=WEEKLY;COUNT=9"]))
    >>> series = Series(entry, Clocks(None), datetime(2026, 3, 20, tzinfo=UTC), Effort())
    >>> [held.start.day for held in series.held([], [])]
    [4, 11, 18]
    """

    def __init__(self, entry: Entry, clocks: Clocks, last: datetime, effort: Effort) -> None:
        self._entry, self._clocks, self._last, self._effort = entry, clocks, last, effort
        self._first = once(entry, clocks)
        self._taken: tuple[set[datetime], set[date]] | None = None
        self.cut = False

    def held(self, replaced: Collection[datetime], later: Sequence[Entry]) -> list[Held]:
        """Return its occurrences in order of time, at most `CAP`, the last ones.

        Parameters
        ----------
        replaced
            Original times, in UTC, of occurrences that stand for themselves.
        later
            Events that change an occurrence and all that follow it.

        Raises
        ------
        Unusable
            When a rule cannot be read, is none of a meeting, or asks for more than can be done.
        """
        if self._first.start > self._last:
            raise Unusable("DTSTART", "not held yet")
        self._effort.spend(_WHOLE * (1 + len(later)) + _EXCEPTION * len(replaced))
        core, since = self._core()
        firsts: dict[datetime | None, Held] = {
            _instant(each.original): each for each in map(self._once, later)
        }
        changes = [self._component(each, following=True) for each in firsts.values()]
        firsts[None] = self._first
        # The end does not belong to the span.
        found = _occurrences([core, *changes], since, self._last + timedelta(seconds=1))
        held = [_held(each, firsts) for each in found]
        self._effort.spend(_OCCURRENCE * len(held))
        return self._latest([each for each in held if self._counts(each, since, replaced)])

    @property
    def has_gaps(self) -> bool:
        """Whether anything was taken out at all."""
        return bool(self._entry.repeating().without)

    def lacks(self, original: datetime) -> bool:
        """Say whether an occurrence was taken out, by its time or with its whole day."""
        if self._taken is None:
            without = self._entry.repeating().without
            at = {self._clocks.at(each, self._entry.calendar) for each in without if not each.day}
            days = {each.wall.date() for each in without if each.day}
            self._taken = {each.astimezone(UTC) for each in at}, days
        times, days = self._taken
        local = original.astimezone(self._first.start.tzinfo)
        return original.astimezone(UTC) in times or local.date() in days

    def _once(self, entry: Entry) -> Held:
        return once(entry, self._clocks)

    def _counts(self, held: Held, since: datetime, gone: Collection[datetime]) -> bool:
        within = since <= held.start <= self._last
        # Compared here by instants: the library also takes an hour in one zone for that in another.
        return (
            within and held.original.astimezone(UTC) not in gone and not self.lacks(held.original)
        )

    def _latest(self, found: list[Held]) -> list[Held]:
        found.sort(key=lambda held: held.start)
        self.cut |= len(found) > CAP
        return found[-CAP:]

    def _core(self) -> tuple[icalendar.Event, datetime]:
        import icalendar

        core, repeat = self._component(self._first), self._entry.repeating()
        since = self._first.start.astimezone(UTC)
        if len(repeat.rules) > _RULES:
            raise Unusable("RRULE", f"more than {_RULES} rules of recurrence")
        for rule in repeat.rules:
            safe = bounded(rule, self._first.start, self._last, self._effort)
            core.add("RRULE", icalendar.vRecur.from_ical(safe.text))
            self.cut |= safe.cut
            since = max(since, safe.since.astimezone(UTC)) if safe.cut else since
        extra = self._extra()
        if extra:
            since = min(since, min(start for start, _ in extra).astimezone(UTC))
            for start, span in extra:
                core.add("RDATE", [(start, span) if span else start])
        return core, since

    def _component(self, first: Held, *, following: bool = False) -> icalendar.Event:
        import icalendar

        made = icalendar.Event()
        made.add("UID", "1")
        made.add("DTSTART", first.start)
        if first.seconds is not None:
            made.add("DTEND", first.start + timedelta(seconds=first.seconds))
        if following:
            made.add("RECURRENCE-ID", first.original, {"RANGE": "THISANDFUTURE"})
        return made

    def _extra(self) -> list[tuple[datetime, timedelta | None]]:
        times = []
        for moment, end in self._entry.repeating().extra:
            start = self._clocks.at(moment, self._entry.calendar)
            if moment.day:
                start = datetime.combine(moment.wall.date(), self._first.start.timetz())
            seconds = length(start, _end(end, self._entry, self._clocks))
            times.append((start, None if seconds is None else timedelta(seconds=seconds)))
        held = sorted((each for each in times if each[0] <= self._last), key=lambda each: each[0])
        self.cut |= len(held) > CAP
        return held[-CAP:]


def _occurrences(events: list[icalendar.Event], since: datetime, until: datetime) -> Iterator[Any]:
    import recurring_ical_events as recurring  # type: ignore[import-untyped]

    adapters = [recurring.EventAdapter(event) for event in events]
    yield from recurring.Series(adapters).between(since, until)


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def _held(occurrence: Any, firsts: dict[datetime | None, Held]) -> Held:
    first = firsts[next(iter(occurrence.recurrence_ids), None)]
    start: datetime = occurrence.start
    # Moved by as much as the one that says so for it and all that follow.
    original = start - (first.start - first.original)
    span = occurrence.end.replace(tzinfo=None) - start.replace(tzinfo=None)
    return Held(first.entry, start, original, length(start, span))
