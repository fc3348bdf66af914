"""Whatever separates the cells, the same log gives the same tables."""

from __future__ import annotations

import codecs
from typing import Any

import pytest

from netquality.errors import BadInput

ROWS = [("sender", "recipient", "at"), ("7", "9", "100000"), ("9", "7", "200000")]


def _joined(separator: str, end: str = "\n") -> str:
    return end.join(separator.join(row) for row in ROWS) + end


def _facts(tables: Any) -> list[list[Any]]:
    names = tables.accounts.set_index("account")["name"]
    events = tables.events
    people = [events[end].map(names).tolist() for end in ("sender", "recipient")]
    return [*people, events["day"].tolist(), events["row"].tolist()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " ", "   ", " \t ", "\t\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_separator_gives_the_same_events(read: Any, separator: str, end: str) -> None:
    if separator == "\t\t":
        separator = "\t  \t"
    tables = read(_joined(separator, end))
    assert _facts(tables) == [["7", "9"], ["9", "7"], [1, 2], [1, 2]]


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + _joined(",").encode(),
        _joined("\t").encode("utf-16"),
        b"% made by an invented program\n# two lines of it\n\n" + _joined(" ").encode(),
        b"Exported for Zora Quillfeather\n\n" + _joined(";").encode(),
        _joined(",").rstrip().encode(),
        _joined(", ").encode(),
        b'"sender","recipient","at"\n"7","9","100000"\n"9","7","200000"\n',
    ],
    ids=["mark", "utf-16", "comments", "preamble", "no last line end", "blanks", "quotes"],
)
def test_what_stands_around_the_cells_changes_nothing(read: Any, data: bytes) -> None:
    assert _facts(read(data)) == [["7", "9"], ["9", "7"], [1, 2], [1, 2]]


def test_windows_1252_names_survive(read: Any) -> None:
    tables = read("from,to,when\nZoë,Odo,5\n".encode("cp1252"))
    assert tables.accounts["name"].tolist() == ["Zoë", "Odo"]


def test_blank_rows_are_rejected_with_their_numbers(read: Any) -> None:
    tables = read("sender,recipient,at\n7,9,100\n\n,,\n  \n9,7,200\n,,\n")
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [
        [2, "blank row"],
        [3, "blank row"],
        [4, "blank row"],
        [6, "blank row"],
    ]
    assert tables.events["row"].tolist() == [1, 5]


@pytest.mark.parametrize("separator", [";", " ", "\t"])
def test_blank_lines_count_with_every_separator(read: Any, separator: str) -> None:
    text = _joined(separator).replace("\n9", "\n\n9")
    tables = read(text)
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [[2, "blank row"]]
    assert tables.events["row"].tolist() == [1, 3]


def test_rows_with_too_many_or_too_few_cells_are_rejected(read: Any) -> None:
    tables = read("sender,recipient,at\n7,9,100\n7,9\n7,9,100,fern\n9,7,200\n")
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [
        [2, "too few cells"],
        [3, "too many cells"],
    ]
    assert tables.events["row"].tolist() == [1, 4]


def test_a_cell_may_hold_line_ends_in_quotes(read: Any) -> None:
    tables = read('sender,recipient,at,text\n7,9,100,"fern\n\nmoss"\n9,7,200,x\n')
    assert tables.events["row"].tolist() == [1, 2]
    assert "moss" not in tables.events.to_csv()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"sender,recipient,at\n", "no rows"),
        (b"PK\x03\x04sender,recipient", "Excel"),
        (b"<html><body>sender,recipient</body></html>", "web page"),
        (b"Greetings\nZora\n", "is no table"),
        (b"fern,moss\ngreen,wet\n", "no header that names sender and recipient"),
        (b"sender,recipient,at\n7,7,1\n,,\n", "none of its 2 rows can be used"),
    ],
)
def test_what_is_no_log_is_refused_with_the_reason(read: Any, data: bytes, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read(data)


def test_a_refusal_counts_its_reasons(read: Any) -> None:
    with pytest.raises(BadInput, match=r"2 x sender is the recipient, 1 x no date"):
        read("sender,recipient,at\n7,7,100\n8,8,100\n7,8,\n")
