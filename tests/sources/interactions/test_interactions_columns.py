"""Roles of columns: by name, by --columns, and never by a guess that could be wrong."""

from __future__ import annotations

from typing import Any

import pytest

from netquality.errors import BadInput

ISO = "2024-05-01 10:00:00"


@pytest.mark.parametrize(
    "header",
    [
        "sender,recipient,at",
        "From,To,Date",
        "source,target,time",
        "src,dst,timestamp",
        "WHO,receiver,when",
        "user_a,user_b,start",
        " a,b,sent",
        "Source,Dest,DateTime",
        "from_id,to_id,created_at",
    ],
)
def test_names_of_columns(read: Any, header: str) -> None:
    tables = read(f"{header}\nzora,odo,{ISO}\n")
    assert tables.accounts["name"].tolist() == ["zora", "odo"]
    assert str(tables.events["at"].iloc[0]) == f"{ISO}+00:00"
    assert tables.events["kind"].tolist() == ["message"]
    assert tables.events["channel"].tolist() == ["log"]


def test_the_order_of_columns_does_not_matter(read: Any) -> None:
    tables = read(f"moon,when,to,mood,from\nfull,{ISO},odo,glad,zora\n")
    names = tables.accounts.set_index("account")["name"]
    assert tables.events["sender"].map(names).tolist() == ["zora"]
    assert "columns not used: moon, mood" in tables.sources["rules"].iloc[0]


def test_a_column_without_a_name_is_said(read: Any) -> None:
    tables = read(",source,target\n0,zora,odo\n")
    assert "columns not used: without a name" in tables.sources["rules"].iloc[0]


def test_callers_make_calls(read: Any) -> None:
    tables = read("timestamp,caller,callee,duration\n5,zora,odo,60\n9,odo,zora,-1\n")
    events = tables.events
    assert events["kind"].tolist() == events["channel"].tolist() == ["call", "call"]
    assert events["seconds"].tolist()[0] == 60
    assert events["seconds"].isna().tolist() == [False, True]
    assert events["answer"].tolist()[1] == "missed"
    assert events["answer"].isna().tolist() == [True, False]
    assert tables.sources["shows"].tolist() == ["call"]


@pytest.mark.parametrize("header", ["from,to,date,time", "from,sender,to,at", "to,to,from,at"])
def test_two_columns_of_one_role_are_refused(read: Any, header: str) -> None:
    with pytest.raises(BadInput, match=r"could both be the .*--columns "):
        read(f"{header}\na,b,c,d\n")


def test_the_refusal_names_both_columns(read: Any) -> None:
    with pytest.raises(BadInput, match="'date' and 'time' could both be the at"):
        read("from,to,date,time\nzora,odo,1,2\n")


def test_columns_settle_it(read: Any) -> None:
    tables = read(f"from,to,date,time\nzora,odo,{ISO},dusk\n", columns="sender,recipient,at,-")
    assert str(tables.events["at"].iloc[0]) == f"{ISO}+00:00"
    assert tables.sources["read"].tolist() == [1]


def test_columns_read_a_file_without_a_header(read: Any) -> None:
    tables = read("1385982020 454 640 MP MP\n", columns="at,sender,recipient,-,-")
    assert tables.accounts["name"].tolist() == ["454", "640"]
    assert tables.events["day"].tolist() == [16041]


def test_columns_pass_over_a_header_in_another_language(read: Any) -> None:
    tables = read("absender;empfaenger;zeit\nzora;odo;100\n", columns="sender,recipient,at")
    assert tables.sources["read"].tolist() == [1]
    assert "the first line is a header" in tables.sources["rules"].iloc[0]


def test_columns_take_the_first_row_for_data_when_it_is(read: Any) -> None:
    assert read("zora;odo;100\nodo;zora;200\n", columns="from,to,time").events.shape[0] == 2


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("sender,recipient", "has 3 columns, but --columns names 2"),
        ("sender,recipient,at,-", "has 3 columns, but --columns names 4"),
        ("sender,recipient,moon", "has no role 'moon'"),
        ("sender,sender,recipient", "names sender twice"),
        ("sender,-,at", "names no recipient"),
        ("-,-,-", "names no sender"),
    ],
)
def test_columns_that_do_not_fit_are_refused(read: Any, columns: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read("7 9 100\n9 7 200\n", columns=columns)


def test_a_header_with_one_person_is_refused(read: Any) -> None:
    with pytest.raises(BadInput, match="no header that names sender and recipient"):
        read("sender,at\nzora,5\n")


def test_people_called_a_and_b_are_no_header(read: Any) -> None:
    tables = read("a,b,100\nb,a,200\n", columns="sender,recipient,at")
    assert tables.sources["read"].tolist() == [2]
