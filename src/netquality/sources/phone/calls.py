"""Call logs of Android apps and carriers' bills: delimited text with a column of numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.sources.addresses import is_person_number
from netquality.sources.phone.callrows import CallRows, is_damaged
from netquality.sources.phone.columns import Columns, columns_of
from netquality.sources.phone.directions import outcome_of
from netquality.sources.phone.directory import is_withheld
from netquality.sources.tables import Raw, decode, find_header, parse

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_calls", "read_calls"]

_ROWS = 50
_PHONE = re.compile(r"[-+()/.*#\d\s'=\"]{3,25}")


def looks_like_calls(name: str, head: bytes) -> bool:  # noqa: ARG001
    r"""Say whether a file is the call log of one phone, by its header and its first rows.

    A log that names both a caller and a callee is not: that one shows a group, not an owner.

    Parameters
    ----------
    name
        The file's name; it does not matter.
    head
        Its first bytes.

    Examples
    --------
    >>> looks_like_calls("a.csv", b"Number,Date,Duration\n+447700900123,2024-05-01,60\n")
    True
    >>> looks_like_calls("a.csv", b"Caller,Callee,Date,Duration\n1,2,2024-05-01,60\n")
    False
    """
    found = _table(head, cut=True)
    if found is None:
        return False
    raw, columns = found
    rows = raw.frame.head(_ROWS)
    if rows.empty:
        return columns.duration is not None
    numbers = rows[columns.number].map(_is_dialled)
    if columns.duration is not None:
        return bool(numbers.mean() >= 0.5)
    told = rows[list(columns.types)].agg(" ".join, axis=1).map(outcome_of)
    return bool(numbers.mean() >= 0.5 and told.notna().mean() >= 0.5)


def _is_dialled(cell: str) -> bool:
    if is_withheld(cell) or is_person_number(cell) or is_damaged(cell):
        return True
    return bool(_PHONE.fullmatch(cell.strip())) and sum(map(str.isdigit, cell)) > 2


def _table(data: bytes, *, cut: bool = False) -> tuple[Raw, Columns] | None:
    if cut and b"\n" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        data = data[: data.rindex(b"\n") + 1]
    text, encoding = decode(data)
    found = find_header(text, lambda cells: columns_of(cells) is not None)
    if found is None:
        return None
    offset, header, delimiter = found
    raw = parse(text, offset, header, delimiter, encoding)
    columns = columns_of(raw.header)
    return None if columns is None else (raw, columns)


def read_calls(member: Member, bundle: Bundle, options: Options) -> Tables:
    r"""Read a call log whose rows are the calls of one phone.

    Parameters
    ----------
    member
        The file.
    bundle
        What it came in.
    options
        `ego`, `aliases`, `timezone`, `date_format` and `region` matter.

    Returns
    -------
    Tables
        Of one source: accounts, events, rejects.

    Raises
    ------
    Ambiguous
        When day and month could stand in either order throughout.
    BadInput
        When no columns of a call log are found.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = b"Number,Date,Type,Duration\n+447700900123,2024-05-01 10:00:00,Incoming,1:15\n"
    >>> member = Member("calls.csv", lambda: text)
    >>> tables = read_calls(member, Bundle("calls.csv", None, (member,)), Options())
    >>> tables.events["seconds"].tolist(), tables.sources["zone"].tolist()
    ([75.0], ['UTC (assumed)'])
    """
    data = member.read()
    found = _table(data)
    if found is None:
        raise BadInput(
            f"{member.name} has no columns of a call log.",
            accepted="a header with a number, a date, and a duration or a type, as in "
            "Name,Number,Date,Duration,Type.",
            todo="Add the header, or name the columns with --columns if it names both sides.",
        )
    raw, columns = found
    return CallRows(raw, columns, options).tables(member.name, bundle, data)
