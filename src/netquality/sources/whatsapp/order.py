"""Which of three numbers is the day, which the month: decided once for a whole chat."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from netquality.errors import Ambiguous, BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FIRST_YEAR", "day_in", "order_of"]

Triple = tuple[int, int, int]
FIRST_YEAR, _LAST_YEAR = 2009, 2199
_BUDDHIST = 543
_EPOCH = date(1970, 1, 1).toordinal()
_ORDERS = ("dmy", "mdy", "ymd")
_OTHER = {"dmy": "mdy", "mdy": "dmy"}
_FEW, _A_YEAR = 0.1, 999


@lru_cache(1 << 15)
def day_in(triple: Triple, order: str) -> int | None:
    """Return the day that three numbers mean in an order, None when there is no such day.

    Years are those of WhatsApp, which began in 2009; two digits are of this century, and years of
    the Buddhist calendar are read as such.

    Examples
    --------
    >>> day_in((5, 3, 24), "dmy"), day_in((13, 3, 24), "mdy") is None
    (19787, True)
    >>> day_in((2024, 3, 5), "ymd") == day_in((5, 3, 2567), "dmy")
    True
    """
    parts = dict(zip(order, triple, strict=True))
    year = parts["y"] + 2000 if parts["y"] < 100 else parts["y"]
    year -= _BUDDHIST if year > FIRST_YEAR + _BUDDHIST else 0
    if not FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, parts["m"], parts["d"]).toordinal() - _EPOCH
    except ValueError:
        return None


_NAMES = {"dmy": "day before month", "mdy": "month before day", "ymd": "year first"}
_DECIDED = "decided by the "


def order_of(
    dates: Sequence[Triple], said: str | None = None, others: str | None = None
) -> tuple[str, str]:
    """Decide the order of day, month and year.

    Parameters
    ----------
    dates
        Three numbers each, in the order of the file; repeats need not be given.
    said
        ``dmy``, ``mdy``, ``ymd`` or a strptime format, where the user knows.
    others
        The order that other chats of the same phone show; it decides where these dates do not.

    Returns
    -------
    str, str
        The order, and how it was decided.

    Raises
    ------
    Ambiguous
        When neither a number above 12 nor the sequence tells.
    BadInput
        When `said` names no order.

    Examples
    --------
    >>> order_of([(5, 3, 24), (13, 3, 24)])
    ('dmy', 'day before month, decided by the file')
    >>> order_of([(1, 5, 26), (2, 3, 26), (3, 1, 26)])
    ('mdy', 'month before day, decided by the sequence of the file')
    """
    if said is not None:
        order = _said(said)
        return order, f"{_named(order)}, as given"
    if 2 * sum(triple[0] > _A_YEAR for triple in dates) > len(dates):
        return "ymd", _named("ymd")
    possible = _possible(dates)
    if len(possible) == 1:
        return possible[0], f"{_named(possible[0])}, decided by the file"
    if not dates or all(triple[0] == triple[1] for triple in dates):
        return "dmy", "day and month are the same in every date"
    ordered = [order for order in possible if _rises(dates, order)]
    if len(ordered) == 1:
        return ordered[0], f"{_named(ordered[0])}, decided by the sequence of the file"
    if others in possible:
        return str(others), f"{_named(str(others))}, as in the other chats"
    raise _unclear(dates, mixed=not possible)


def _said(said: str) -> str:
    if said in _ORDERS:
        return said
    places = {letter: said.casefold().find(f"%{letter}") for letter in "dmy"}
    order = "".join(sorted(places, key=lambda letter: places[letter]))
    if min(places.values()) < 0 or order not in _ORDERS:
        raise BadInput(
            f"{said!r} is no order of day, month and year.",
            accepted="dmy, mdy, ymd or a strptime format such as %d.%m.%Y.",
        )
    return order


def _named(order: str) -> str:
    return _NAMES[order]


def order_told(rules: Iterable[str]) -> str | None:
    """Return the one order that several chats decided by themselves, None where they differ.

    Parameters
    ----------
    rules
        What was said of each chat when it was read.

    Examples
    --------
    >>> order_told(["day before month, decided by the file; 3 calls"])
    'dmy'
    """
    texts = [text for text in rules if _DECIDED in text]
    found = {order for order, name in _NAMES.items() if any(t.startswith(name) for t in texts)}
    return found.pop() if len(found) == 1 else None


def _possible(dates: Sequence[Triple]) -> list[str]:
    """Return the orders in which the dates are dates; a few that are none may be text or slips."""
    only = {order: sum(_is_only_in(triple, order) for triple in dates) for order in ("mdy", "dmy")}
    if _is_year_first(dates):
        return ["ymd"]
    # What is a date in the one order only speaks against the other.
    right = [order for order in ("dmy", "mdy") if not only[_OTHER[order]]]
    if right:
        return right
    most, least = sorted(only, key=lambda order: only[order], reverse=True)
    return [most] if only[least] < _FEW * only[most] else []


def _is_year_first(dates: Sequence[Triple]) -> bool:
    """Say whether short years come first: dates are none in any other order, and time goes on."""
    other = all(any(day_in(triple, order) is not None for order in _OTHER) for triple in dates)
    if other or any(day_in(triple, "ymd") is None for triple in dates):
        return False
    return _rises(dates, "ymd")


def _is_only_in(triple: Triple, order: str) -> bool:
    return day_in(triple, order) is not None and day_in(triple, _OTHER[order]) is None


def _rises(dates: Sequence[Triple], order: str) -> bool:
    """Say whether time goes on; a single day back is a phone's clock that was set."""
    days = [day for day in (day_in(triple, order) for triple in dates) if day is not None]
    return all(later >= earlier - 1 for earlier, later in pairwise(days))


def _unclear(dates: Sequence[Triple], *, mixed: bool) -> Ambiguous:
    first, second, _ = dates[0]
    reason = "are in no one order" if mixed else "could be day-month or month-day throughout"
    return Ambiguous(
        f"The chat has dates like {first}/{second}/… that {reason}.",
        accepted="--date-format dmy, --date-format mdy or --date-format ymd.",
        todo="Say which it is.",
    )
