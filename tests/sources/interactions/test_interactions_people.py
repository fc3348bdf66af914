"""Accounts: ids as written, mail addresses folded, the same people in every file of a log."""

from __future__ import annotations

from typing import Any

import pytest

from netquality.errors import BadInput
from netquality.ids import digest


def _people(tables: Any) -> list[list[Any]]:
    return tables.accounts[["key", "value", "name"]].to_numpy().tolist()


def test_ids_keep_their_text(read: Any) -> None:
    tables = read('sender,recipient\n007, 5 \n+4100,"Zora Q"\n')
    assert sorted(_people(tables)) == [
        ["platform", "+4100", "+4100"],
        ["platform", "007", "007"],
        ["platform", "5", "5"],
        ["platform", "Zora Q", "Zora Q"],
    ]
    rows = tables.accounts.set_index("value")["row"].to_dict()
    assert rows == {"007": 1, "5": 1, "+4100": 2, "Zora Q": 2}
    assert set(tables.accounts["kind"]) == {"person"}


def test_mail_addresses_are_one_person_however_written(read: Any) -> None:
    tables = read(
        "from,to\nZora@Fern.Example,odo@moss.example\n"
        '"Odo Mossgrove <ODO@moss.example>",zora@fern.example\n'
    )
    assert _people(tables) == [
        ["mail", "zora@fern.example", "Zora@Fern.Example"],
        ["mail", "odo@moss.example", "Odo Mossgrove"],
    ]
    assert tables.accounts["account"].tolist()[0] == digest("mail", "zora@fern.example")


def test_two_files_of_a_log_share_their_people(read: Any) -> None:
    calls = read("timestamp,caller,callee,duration\n5,7,9,60\n", name="calls.csv")
    texts = read("timestamp,sender,recipient\n6,9,7\n", name="sms.csv")
    assert set(calls.accounts["account"]) == set(texts.accounts["account"])
    assert set(calls.accounts["account"]) == {digest("platform", "", name) for name in "79"}


def test_nobody_owns_a_log(read: Any) -> None:
    tables = read("sender,recipient,at\n5,7,100\n", ego="5")
    assert tables.sources["owner"].isna().all()


def test_missing_people_and_loops_are_rejected(read: Any) -> None:
    tables = read("sender,recipient,at\n,7,100\n7,,100\n7,7,100\n7,9,100\n")
    assert tables.rejects[["row", "field", "reason"]].to_numpy().tolist() == [
        [1, "sender", "no sender"],
        [2, "recipient", "no recipient"],
        [3, "recipient", "sender is the recipient"],
    ]


def test_who_only_occurs_in_rejected_rows_is_nobody(read: Any) -> None:
    tables = read("sender,recipient,at\n7,9,100\nmilo,milo,100\nida,,100\n")
    assert tables.accounts["name"].tolist() == ["7", "9"]


def test_several_recipients_in_a_cell(read: Any) -> None:
    tables = read("sender,recipients,at\nzora,odo; milo ;odo;;zora,100\n", separator=";")
    names = tables.accounts.set_index("account")["name"]
    events = tables.events
    assert events["recipient"].map(names).tolist() == ["odo", "milo"]
    assert events["event"].nunique() == 1
    assert events["audience"].tolist() == [2, 2]
    assert tables.sources[["read", "kept", "merged", "rejected"]].to_numpy().tolist() == [
        [1, 1, 0, 0]
    ]


def test_a_blank_separates_where_it_is_the_separator(read: Any) -> None:
    assert len(read("sender,to,at\nzora,odo  milo,100\n", separator=" ").events) == 2


def test_a_cell_stays_whole_without_a_separator(read: Any) -> None:
    tables = read("sender,recipient,at\nzora,odo;milo,100\n")
    assert tables.accounts["name"].tolist() == ["zora", "odo;milo"]


def test_several_addresses_without_a_separator_are_refused(read: Any) -> None:
    with pytest.raises(BadInput, match=r"'to' hold several people.*--separator"):
        read("from,to\nzora@x.example,odo@x.example; milo@x.example\n")


@pytest.mark.parametrize("mark", [";", "|"])
def test_people_who_occur_alone_are_not_taken_for_one_when_joined(read: Any, mark: str) -> None:
    rows = f"zora,odo,100\nodo,zora,200\nmilo,zora,300\nzora,odo{mark}milo,400\n"
    with pytest.raises(BadInput, match=r"'recipient' hold several people.*--separator"):
        read(f"sender,recipient,at\n{rows}")
    assert len(read(f"sender,recipient,at\n{rows}", separator=mark).events) == 5


def test_copies_keep_their_role(read: Any) -> None:
    tables = read("from,to,cc,bcc,at\nzora,odo,milo;odo,ida,100\n", separator=";")
    names = tables.accounts.set_index("account")["name"]
    roles = dict(zip(tables.events["recipient"].map(names), tables.events["role"], strict=True))
    assert roles == {"odo": "to", "milo": "cc", "ida": "bcc"}
    assert set(tables.events["audience"]) == {3}


def test_roles_may_have_a_column(read: Any) -> None:
    tables = read("from,to,role,at\nzora,odo,CC,100\nzora,milo,fern,100\n")
    assert tables.events["role"].tolist() == ["cc", "to"]


def test_rejected_cells_leave_no_private_value(read: Any) -> None:
    tables = read("from,to,at\nzora@secret.example,zora@secret.example,5\nodo,milo,6\n")
    assert "secret" not in tables.rejects.to_csv()
    assert "secret" not in tables.accounts.to_csv()
