"""How much may be done for the series of one calendar: a few lines can ask for years of work."""

from __future__ import annotations

from netquality.sources.calendars.moments import Unusable

__all__ = ["Effort"]

# Days looked at in following rules, and rows of events that series leave behind. A hundred
# meetings a week for twenty years take a tenth of it.
_DAYS, _ROWS = 10_000_000, 600_000


class Effort:
    """What is left of the work that one calendar may ask for, counted, so the same everywhere.

    Parameters
    ----------
    days
        Days of rules to look at.
    rows
        Rows of events to write.

    Examples
    --------
    >>> effort = Effort(days=100, rows=10)
    >>> effort.spend(60)
    >>> effort.fit(wanted=9, width=3)
    3
    >>> effort.spend(60)
    Traceback (most recent call last):
        ...
    netquality.sources.calendars.moments.Unusable: more series than a calendar can have
    """

    def __init__(self, days: int = _DAYS, rows: int = _ROWS) -> None:
        self._days, self._rows = days, rows

    def spend(self, days: float) -> None:
        """Take off what some work costs.

        Raises
        ------
        Unusable
            When there is no more than that.
        """
        if days > self._days:
            raise Unusable("RRULE", "more series than a calendar can have")
        self._days -= int(days)

    def fit(self, wanted: int, width: int) -> int:
        """Return how many of some occurrences can be written, each of so many rows.

        Raises
        ------
        Unusable
            When that is none of them.
        """
        fitting = min(wanted, self._rows // max(width, 1))
        if wanted and not fitting:
            raise Unusable("RRULE", "more occurrences than a calendar can have")
        self._rows -= fitting * width
        return fitting
