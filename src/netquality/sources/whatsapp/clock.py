"""From what a phone's clock showed to UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from netquality.sources.dates import zone_named

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = ["Clock"]

_DAY, _SECOND = 86_400, 1_000_000
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock's own beginning


class Clock:
    """A phone's clock: stamps carry no zone, so the user's is taken, or UTC is assumed.

    What the clock showed twice when it was set back is taken as the later one, what it never
    showed as the first moment after: the same for all sources.

    Parameters
    ----------
    timezone
        IANA name; None for UTC.

    Raises
    ------
    BadInput
        When there is no such zone.

    Examples
    --------
    >>> Clock("Europe/Berlin").utc(0, 3600), Clock(None).utc(0, 3600)
    (0, 3600000000)
    >>> Clock(None).zone
    'UTC (assumed)'
    """

    def __init__(self, timezone: str | None) -> None:
        self._zone = zone_named(timezone)
        self.zone = "UTC (assumed)" if timezone is None else f"{timezone} (given)"
        self._plain = lru_cache(1 << 14)(self._whole_day)

    def utc(self, day: int, second: int) -> int:
        """Return microseconds since 1970 in UTC of a second of a local day."""
        local = day * _DAY + second
        if self._zone is None:
            return local * _SECOND
        offset = self._plain(day)
        if offset is None:
            return _exact(self._zone, local) * _SECOND
        return (local - offset) * _SECOND

    def _whole_day(self, day: int) -> int | None:
        """Return the offset of a day on which the clock is not set, None for other days."""
        assert self._zone is not None
        ends = {
            _offset(self._zone, (day + more) * _DAY, fold) for more in (0, 1) for fold in (0, 1)
        }
        return ends.pop() if len(ends) == 1 else None


def _offset(zone: ZoneInfo, local: int, fold: int = 1) -> int:
    stamp = (_EPOCH + timedelta(seconds=local)).replace(tzinfo=zone, fold=fold)
    offset = stamp.utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _exact(zone: ZoneInfo, local: int) -> int:
    instant = local - _offset(zone, local)
    there = datetime.fromtimestamp(instant, UTC).astimezone(zone).replace(tzinfo=None)
    if there == _EPOCH + timedelta(seconds=local):
        return instant
    # In the gap: before it the offset was another, and it ends where that one ends.
    before, after = _offset(zone, local, fold=0), _offset(zone, local, fold=1)
    low, high = local - max(before, after), local - min(before, after)
    while high - low > 1:
        middle = (low + high) // 2
        if _shown(zone, middle) == max(before, after):
            high = middle
        else:
            low = middle
    return high


def _shown(zone: ZoneInfo, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
