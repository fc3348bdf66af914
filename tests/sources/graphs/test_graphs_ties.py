"""Our own ties.csv comes back, also cut down, resaved and with strange names."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from netquality.errors import BadInput
from netquality.export.tables import csv_text
from netquality.sources.graphs import looks_like_graph

FULL = (
    "a,a_name,b,b_name,strength,latent,standing,grade,basis,probability,out,in,days,first,last,"
    "two_way,one_to_one,connected\n"
    "me,Zora Quillfeather,odo,'=Odo,0.75,0.8,,strong,observed,1.0,3,1,4,2026-01-02,2026-03-04,"
    "true,1.0,\n"
    "me,Zora Quillfeather,milo,Milo,0.0,0.0,,silent,declared,1.0,0,0,0,,,false,,2024-02-03\n"
)


def test_the_full_table(read: Any, ties: Any) -> None:
    tables = read(FULL, name="ties.csv")
    assert ties(tables) == {("me", "odo"): [0.75, 3, 1], ("me", "milo"): [0, 0, 0]}
    assert tables.given["basis"].tolist() == ["observed", "declared"]
    assert tables.given[["first", "last"]].iloc[0].tolist() == [20455, 20516]
    names = tables.accounts.set_index("value")["name"].to_dict()
    assert names == {"me": "Zora Quillfeather", "odo": "=Odo", "milo": "Milo"}
    source = tables.sources.iloc[0]
    assert source[["format", "read", "kept", "zone"]].tolist() == ["ties", 2, 2, "UTC (given)"]
    assert source["owner"] != source["owner"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_three_columns_are_enough(read: Any, ties: Any, separator: str) -> None:
    text = "strength,b,a\n1,odo,zora\n".replace(",", separator)
    tables = read("\ufeff" + text, name="ties.csv")
    assert ties(tables) == {("zora", "odo"): [1, None, None]}
    assert tables.given["basis"].tolist() == ["given"]
    assert tables.sources["zone"].tolist() == ["no times"]


NAMES = ["=1+1", "'=1", "+41 00", "@odo", "-7", "'t Veld", "＝wide", 'a "b", c', "x\ny", "Zoë"]


def test_whatever_we_write_we_read(read: Any) -> None:
    frame = pd.DataFrame({"a": "me", "b": NAMES, "b_name": NAMES, "strength": 0.1 + 0.2})
    tables = read(csv_text(frame), name="ties.csv")
    people = tables.accounts.set_index("value")["name"].to_dict()
    assert people == {"me": "me"} | dict(zip(NAMES, NAMES, strict=True))
    assert set(tables.given["strength"]) == {0.1 + 0.2}


def test_days_of_a_log_without_dates(read: Any) -> None:
    tables = read("a,b,strength,first,last\n1,2,0.5,3,12\n", name="ties.csv")
    assert tables.given[["first", "last"]].iloc[0].tolist() == [3, 12]
    assert tables.sources["zone"].iloc[0].startswith("relative")
    assert tables.sources["odd"].tolist() == [0]


def test_a_pair_named_twice_is_one_tie(read: Any, ties: Any) -> None:
    text = "a,b,strength,out,in\nzora,odo,0.5,3,1\nodo,zora,0.75,0,4\nodo,milo,0.5,,\n"
    tables = read(text, name="ties.csv")
    assert ties(tables) == {("zora", "odo"): [0.75, 4, 1], ("odo", "milo"): [0.5, None, None]}
    assert tables.sources[["read", "kept", "merged"]].to_numpy().tolist() == [[3, 2, 1]]


def test_unfit_rows_are_rejected(read: Any) -> None:
    cells = ["1.01", "-0.1", "much", "", "nan"]
    rows = [f"zora,odo{i},{cell}" for i, cell in enumerate(cells)]
    text = "\n".join(["a,b,strength", *rows, ",odo,0.5", "odo,odo,0.5", "zora,odo", "zora,odo,1"])
    tables = read(text, name="ties.csv")
    assert tables.rejects[["row", "reason"]].to_numpy().tolist() == [
        *[[i, "strength is not between 0 and 1"] for i in range(1, 6)],
        [6, "no person"],
        [7, "a tie from a person to itself"],
        [8, "too few cells"],
    ]
    assert tables.accounts["value"].tolist() == ["odo", "zora"]
    assert "much" not in tables.rejects.to_csv()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b,strength\n", "has a header but no rows"),
        ("a,b,strength\nzora,zora,1\nzora,odo,7\n", "2 of 2 rows were rejected"),
    ],
)
def test_nothing_to_use_is_refused(read: Any, text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read(text, name="ties.csv")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b,weight\n1,2,3\n",
        b"sender,recipient,strength\n1,2,3\n",
        b"<html><body>a,b,strength</body></html>",
        b"First Name,Last Name,URL\n",
    ],
)
def test_other_files_are_no_graphs(data: bytes) -> None:
    assert not looks_like_graph("ties.csv", data)
