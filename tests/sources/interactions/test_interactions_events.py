"""Rows become events: one mail to several, repeats once, weights, sightings of pairs."""

from __future__ import annotations

import gzip
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

import netquality as nq
from netquality.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path


def _counts(tables: Any) -> list[int]:
    return tables.sources[["read", "kept", "merged", "rejected"]].iloc[0].tolist()


def test_same_sender_and_instant_is_one_mail_to_several(read: Any) -> None:
    tables = read("sender,recipient,at\n1,2,100\n1,3,100\n2,3,100\n1,2,101\n")
    events = tables.events
    assert events["audience"].tolist() == [2, 2, 1, 1]
    assert events.groupby("event").size().tolist() != [1] * 4
    assert events["event"].iloc[0] == events["event"].iloc[1]
    assert events["event"].nunique() == 3


def test_an_exact_repeat_is_merged(read: Any) -> None:
    tables = read("sender,recipient,at\n1,2,100\n1,2,100\n2,1,100\n1,2,100\n")
    assert _counts(tables) == [4, 2, 2, 0]
    assert tables.events["row"].tolist() == [1, 3]


@pytest.mark.parametrize("column", ["kind", "channel", "thread"])
def test_what_differs_in_medium_or_thread_is_no_repeat(read: Any, column: str) -> None:
    values = ("x1", "x2") if column == "thread" else ("call", "sms")
    tables = read(f"sender,recipient,at,{column}\n1,2,100,{values[0]}\n1,2,100,{values[1]}\n")
    assert _counts(tables) == [2, 2, 0, 0]
    assert tables.events["event"].nunique() == 2


def test_the_longest_of_several_repeats_stays(read: Any) -> None:
    tables = read("caller,callee,at,duration\n1,2,100,-1\n1,2,100,60\n1,2,100,30\n")
    assert tables.events["seconds"].tolist() == [60]


def test_a_day_is_no_instant(read: Any) -> None:
    text = "sender,recipient,at\n1,2,2024-05-01\n1,2,2024-05-01\n1,3,2024-05-01\n"
    tables = read(text)
    assert _counts(tables) == [3, 3, 0, 0]
    assert tables.events["event"].nunique() == 3
    assert set(tables.events["audience"]) == {1}


def test_edges_without_times_are_interactions_each(read: Any) -> None:
    tables = read("source,target\n1,2\n1,2\n2,1\n1,3\n")
    assert _counts(tables) == [4, 4, 0, 0]
    assert tables.events["event"].nunique() == 4


def test_message_ids_hold_a_mail_together(read: Any) -> None:
    tables = read(
        "id,from,to,at\n<x@fern.example>,1,2,100\n<x@fern.example>,1,3,107\n"
        "<x@fern.example>,1,3,109\n17,1,2,100\n18,1,2,100\n,1,2,100\n"
    )
    events = tables.events
    assert _counts(tables) == [6, 5, 1, 0]
    assert events["event"].iloc[:2].tolist() == ["<x@fern.example>"] * 2
    assert events["audience"].tolist() == [2, 2, 1, 1, 1]
    assert events["event"].iloc[2].endswith(":17")
    assert events["event"].nunique() == 4


def test_counters_of_two_senders_are_two_messages(read: Any) -> None:
    events = read("id,from,to,at\n1,7,9,100\n1,9,7,100\n").events
    assert events["event"].nunique() == 2


def test_a_weight_is_that_many_interactions(read: Any) -> None:
    tables = read("source,target,weight\n1,2,3\n2,1,1\n")
    assert _counts(tables) == [2, 2, 0, 0]
    assert tables.events["row"].tolist() == [1, 1, 1, 2]
    assert tables.events["event"].is_unique


def test_weights_with_times_keep_the_audience(read: Any) -> None:
    events = read("source,target,count,time\n1,2,2,100\n1,3,1,100\n").events
    assert events["event"].nunique() == 2
    assert sorted(events["audience"]) == [1, 2, 2]


def test_the_heavier_of_two_repeats_stands(read: Any) -> None:
    tables = read("source,target,count,time\n1,2,2,100\n1,2,3,100\n")
    assert len(tables.events) == 3
    assert sum(_counts(tables)[1:3]) == 2


def test_a_duration_is_shared_by_the_interactions_of_a_row(read: Any) -> None:
    events = read("caller,callee,at,duration,n\n1,2,100,90,3\n").events
    assert events["seconds"].tolist() == [30, 30, 30]


def test_weights_of_zero_or_nothing_are_rejected(read: Any) -> None:
    tables = read("source,target,weight\n1,2,0\n1,3,\n1,4,1\n")
    assert tables.rejects["reason"].tolist() == ["weight is zero", "no weight"]


@pytest.mark.parametrize("weight", ["0.5", "-1", "many", "nan", "inf"])
def test_weights_that_count_nothing_are_refused(read: Any, weight: str) -> None:
    with pytest.raises(BadInput, match=r"'weight' is no count .*--columns.*from_graph"):
        read(f"source,target,weight\n1,2,1\n1,3,{weight}\n")
    skipped = read(f"source,target,weight\n1,2,{weight}\n", columns="sender,recipient,-")
    assert len(skipped.events) == 1


def test_too_many_interactions_are_refused(read: Any) -> None:
    with pytest.raises(BadInput, match="add up to 60,000,000"):
        read("source,target,weight\n1,2,30000000\n1,3,30000000\n")


def test_words_of_kind_and_channel(read: Any) -> None:
    words = ["Email", "SMS", "phone", "video call", "WhatsApp", "meet", "reaction", "fern", ""]
    rows = [f"1,{i + 2},{word},100" for i, word in enumerate(words)]
    tables = read("\n".join(["from,to,type,at", *rows]))
    pairs = tables.events[["kind", "channel"]].astype("str").to_numpy().tolist()
    assert pairs == [
        ["message", "mail"],
        ["message", "sms"],
        ["call", "call"],
        ["call", "video"],
        ["message", "chat"],
        ["meeting", "meeting"],
        ["reaction", "log"],
        ["message", "log"],
        ["message", "log"],
    ]
    assert "2 rows have no known word in 'kind'" in tables.sources["rules"].iloc[0]
    assert tables.sources["shows"].tolist() == ["reaction,message,call,meeting"]


def test_length_and_thread_are_kept_without_text(read: Any) -> None:
    events = read("from,to,at,length,conversation\n1,2,5,12,Secret plans\n2,1,6,,\n").events
    assert events["length"].tolist()[0] == 12
    assert events["thread"].isna().tolist() == [False, True]
    assert "Secret" not in events.to_csv()


SORTED = [f"{a},{b},{100 + a * b}" for a, b in combinations(range(2, 10), 2)]


def test_ids_in_one_order_throughout_are_sightings_of_pairs(read: Any) -> None:
    tables = read("\n".join(["source,target,time", *SORTED]))
    events = tables.events
    assert events["sender"].isna().all()
    assert set(events["role"]) == {"attendee"}
    assert set(events["kind"]) == set(events["channel"]) == {"meeting"}
    assert set(events["audience"]) == {1}
    assert events.groupby("event")["recipient"].nunique().tolist() == [2] * len(SORTED)
    assert _counts(tables) == [28, 28, 0, 0]
    assert "without direction" in tables.sources["rules"].iloc[0]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        pytest.param([*SORTED, "9,2,7"], "source,target,time", id="one the other way"),
        pytest.param(SORTED[:19], "source,target,time", id="few pairs"),
        pytest.param([f"1,{i},{i}" for i in range(2, 60)], "source,target,time", id="a star"),
        pytest.param(SORTED, "caller,callee,time", id="calls"),
    ],
)
def test_direction_is_believed_otherwise(read: Any, rows: list[str], header: str) -> None:
    assert read("\n".join([header, *rows])).events["sender"].notna().all()


def test_the_user_decides_about_direction(read: Any) -> None:
    text = "\n".join(["source,target,time", *SORTED])
    assert read(text, directed=True).events["sender"].notna().all()
    both = read("source,target,time\n1,2,100\n2,1,100\n2,1,101\n", directed=False)
    assert both.events["sender"].isna().all()
    assert _counts(both) == [3, 2, 1, 0]


def test_numbers_are_put_in_order_as_numbers(read: Any) -> None:
    rows = [f"{a},{b},{a * b}" for a, b in combinations(range(5, 13), 2)]
    assert read("\n".join(["source,target,time", *rows])).events["sender"].isna().all()


def test_event_ids_do_not_depend_on_the_file(read: Any) -> None:
    one = read("sender,recipient,at\n1,2,100\n1,3,100\n4,5,100\n").events
    two = read("when;who;to;mood\n100;4;5;glad\n100;1;3;sad\n100;1;2;sad\n", name="b.csv").events
    assert set(one["event"]) == set(two["event"])
    # Ids are compared across versions of netquality: this one must never change.
    assert one["event"].tolist()[0] == "a08b8fde49cba2f5"


def test_without_times_files_of_two_names_are_two_logs(tmp_path: Path) -> None:
    """Who advises whom is not who works with whom; the same log twice is the log once."""
    (tmp_path / "again").mkdir()
    advice, work = tmp_path / "advice.csv", tmp_path / "work.csv"
    advice.write_text("sender,recipient\nzora,odo\nzora,quill\n", "utf-8")
    work.write_text("sender,recipient\nzora,odo\nodo,mina\n", "utf-8")
    longer = tmp_path / "again" / "advice.csv.gz"
    longer.write_bytes(gzip.compress(b"sender,recipient\nzora,odo\nzora,quill\nmina,odo\n"))
    assert len(nq.read(advice, work).events) == 4
    assert len(nq.read(advice, longer).events) == 3
