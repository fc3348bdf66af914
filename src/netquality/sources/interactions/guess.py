"""Roles of columns without names: told only where nothing else is possible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import numpy.typing as npt

from netquality.errors import BadInput
from netquality.sources.interactions.roles import ACCEPTED_ROLES, Columns
from netquality.sources.ledger import shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EPOCH_SECONDS", "guess", "refuse", "whole_numbers"]

Integers = npt.NDArray[np.int64]

EPOCH_SECONDS = (631_152_000, 4_102_444_800)  # 1990 to 2100
# Large public logs are sorted pieces behind one another: email_eu breaks 2 times in 332,334.
_ROWS_A_BREAK = 10_000
_COMMON_PEOPLE = 0.1
_DATE_LIKE = re.compile(r"\d[-/.:]\d")


def guess(name: str, first: str, frame: pd.DataFrame) -> tuple[Columns, str]:
    """Return the roles of unnamed columns, and the sentence that says so.

    That is possible for two columns of whole numbers that share people, one of sorted times
    (epoch, or seconds from the start of the log), and at most one that never changes.

    Parameters
    ----------
    name
        The file, for messages.
    first
        Its first line, for messages: shown by its shape only.
    frame
        All rows, columns by position.

    Raises
    ------
    BadInput
        When several readings are possible; the message proposes one.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("7", "9", "1385982020"), ("9", "7", "1385982077"), ("7", "9", "1385990000")]
    >>> guess("log.txt", "7 9 1385982020", pd.DataFrame(rows, dtype="str"))[0].roles
    ('sender', 'recipient', 'at')
    """
    solid = frame[frame[0] != ""]
    columns = [_ids(solid[place]) for place in solid.columns]
    numbers = [column for column in columns if column is not None]
    if len(numbers) < len(columns):
        refuse(name, first, solid)
    varied = [place for place, values in enumerate(numbers) if values.min() < values.max()]
    times = [place for place in varied if len(varied) == 3 and _is_time(place, varied, numbers)]
    if len(times) != 1 or len(numbers) > 4:
        refuse(name, first, solid)
    roles = _ordered(len(numbers), times[0], [place for place in varied if place != times[0]])
    words = ",".join(role or "-" for role in roles)
    breaks = _breaks(numbers[times[0]])
    pieces = f" (times are sorted but for {breaks} places)" if breaks else ""
    return Columns(roles, ("",) * len(roles)), f"no header: columns taken as {words}{pieces}"


def _ordered(width: int, time: int | None, people: list[int]) -> tuple[str | None, ...]:
    known: dict[int | None, str] = {time: "at"}
    known.update(zip(people, ("sender", "recipient"), strict=False))
    return tuple(known.get(place) for place in range(width))


def whole_numbers(cells: pd.Series) -> Integers | None:
    """Return text cells as whole numbers, or None unless all of them are.

    Examples
    --------
    >>> import pandas as pd
    >>> whole_numbers(pd.Series(["7", "12 "])).tolist(), whole_numbers(pd.Series(["7", ""]))
    ([7, 12], None)
    """
    if cells.empty:
        return None
    try:
        # Arrow's cast knows plain digits only, and is ten times as fast as `to_numeric`.
        numbers = cells.astype("str").str.strip().astype("int64[pyarrow]")
    except ValueError:
        return None
    if numbers.hasnans:
        return None
    whole: Integers = np.asarray(numbers, dtype=np.int64)
    return whole


def _ids(cells: pd.Series) -> Integers | None:
    numbers = whole_numbers(cells)
    return None if numbers is None or numbers.min() < 0 else numbers


def _is_time(place: int, varied: list[int], numbers: list[Integers]) -> bool:
    time = numbers[place]
    if _breaks(time) > len(time) // _ROWS_A_BREAK:
        return False
    one, other = (np.unique(numbers[each]) for each in varied if each != place)
    people = np.union1d(one, other)
    if len(np.intersect1d(one, other)) < _COMMON_PEOPLE * len(people):
        return False
    low, high = EPOCH_SECONDS
    if low <= time.min() and time.max() <= high:
        return bool(people.max() < low)
    # Sorted ids of people lie close together and are hardly more than the people.
    distinct = len(np.unique(time))
    sparse = int(time.max()) - int(time.min()) >= 10 * distinct
    return bool(sparse and distinct >= 2 * len(people) and time.max() > people.max())


def _breaks(time: Integers) -> int:
    return int((np.diff(time) < 0).sum())


def refuse(name: str, first: str, frame: pd.DataFrame | None) -> NoReturn:
    """Refuse a file without a header, and propose the option that would read it.

    Raises
    ------
    BadInput
        Always.
    """
    if frame is None or frame.empty:
        raise BadInput(
            f"{name} is no table: its first line looks like {shape(first)!r}.",
            accepted="rows with a sender, a recipient and a time, separated by commas, "
            "semicolons, tabs, bars or blanks.",
        )
    raise BadInput(
        f"{name} has no header that names sender and recipient; its first line looks like "
        f"{shape(first)!r}, and what its columns are cannot be told for sure.",
        accepted=f"a header, or --columns with {ACCEPTED_ROLES}",
        todo=f"For example: --columns {_proposal(frame)}",
    )


def _proposal(frame: pd.DataFrame) -> str:
    time = _likely_time(frame)
    places = [place for place in range(frame.shape[1]) if place != time]
    varied = [place for place in places if frame[place].nunique() > 1]
    people = (varied + [place for place in places if place not in varied])[:2]
    return ",".join(role or "-" for role in _ordered(frame.shape[1], time, sorted(people)))


def _likely_time(frame: pd.DataFrame) -> int | None:
    if frame.shape[1] < 3:
        return None
    places = range(frame.shape[1])
    dates = [place for place in places if _DATE_LIKE.search(str(frame[place].iloc[0]))]
    numbers = {place: _ids(frame[place]) for place in places}
    highest = {place: int(values.max()) for place, values in numbers.items() if values is not None}
    if dates or len(highest) < 2:
        return dates[0] if dates else next(iter(highest), None)
    *_, second, first = sorted(highest, key=lambda place: highest[place])
    return first if highest[first] > 10 * highest[second] else None
