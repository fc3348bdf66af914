"""From times as written to instants, and what had to be assumed for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from netquality.sources.calendars.moments import UTC_MARK, Moment, Unusable
from netquality.sources.calendars.zones import defined_zone, zone_called

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from netquality.sources.calendars.blocks import Calendar

__all__ = ["Clocks", "length"]


class Clocks:
    """The clocks of a file's calendars.

    Parameters
    ----------
    given
        The user's zone, for times without one in a calendar that names none.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Calendar
    >>> clocks, moment = Clocks(None), Moment(datetime(2026, 3, 4, 9), "", day=False)
    >>> print(clocks.at(moment, Calendar({"X-WR-TIMEZONE": "Asia/Tokyo"})).astimezone(UTC))
    2026-03-04 00:00:00+00:00
    >>> clocks.zone
    'Asia/Tokyo (given)'
    """

    def __init__(self, given: ZoneInfo | None) -> None:
        self._given = given
        self._known: dict[tuple[int, str], tzinfo | None] = {}
        self._own: dict[int, dict[str, tzinfo]] = {}
        self._floating: set[str] = set()
        self._unknown: set[str] = set()

    def at(self, moment: Moment, calendar: Calendar) -> datetime:
        """Return when a moment was, by the clock that it was read from.

        Raises
        ------
        Unusable
            When no such time can be.
        """
        zone = UTC if moment.zone == UTC_MARK else self._zone(moment, calendar)
        found = moment.wall.replace(tzinfo=zone)
        try:
            found.astimezone(UTC)
        except (OverflowError, ValueError):
            raise Unusable("DTSTART", "no date", moment.wall) from None
        return found

    @property
    def zone(self) -> str:
        """Whose clock times without a zone were taken to show."""
        if not self._floating:
            return "UTC (given)"
        return "UTC (assumed)" if "" in self._floating else f"{max(self._floating)} (given)"

    def rules(self) -> list[str]:
        """Say what was assumed."""
        said = []
        if self._floating:
            clocks = " or ".join(sorted(each or "UTC" for each in self._floating))
            said.append(f"times without a zone were taken as of {clocks}")
        if self._unknown:
            zones = len(self._unknown)
            said.append(f"zones that nobody knows: {zones:,}, their times taken as without a zone")
        return said

    def _zone(self, moment: Moment, calendar: Calendar) -> tzinfo:
        if moment.zone:
            found = self._called(moment.zone, calendar)
            if found is not None:
                return found
            self._unknown.add(moment.zone)
        said = calendar.said.get("X-WR-TIMEZONE", "").strip()
        zone = self._called(said, calendar) if said else None
        name = said if zone else str(self._given or "")
        if not moment.day:
            self._floating.add(name)
        return zone or self._given or UTC

    def _called(self, name: str, calendar: Calendar) -> tzinfo | None:
        key = (id(calendar), name)
        if key not in self._known:
            own = self._definitions(calendar)
            plain = zone_called(name)
            # A mere offset knows of no summer; the file's own definition does.
            if isinstance(plain, type(UTC)) and name in own:
                plain = own[name]
            self._known[key] = plain or own.get(name)
        return self._known[key]

    def _definitions(self, calendar: Calendar) -> dict[str, tzinfo]:
        if id(calendar) not in self._own:
            found = [defined_zone(lines) for lines in calendar.zones]
            self._own[id(calendar)] = dict(each for each in found if each)
        return self._own[id(calendar)]


def length(start: datetime, end: datetime | timedelta | None) -> float | None:
    """Return seconds from start to end; None where the file states no end after the start.

    Examples
    --------
    >>> length(datetime(2026, 3, 4, 9, tzinfo=UTC), timedelta(hours=1))
    3600.0
    """
    if end is None:
        return None
    span = end if isinstance(end, timedelta) else end.astimezone(UTC) - start.astimezone(UTC)
    return span.total_seconds() if span > timedelta(0) else None
