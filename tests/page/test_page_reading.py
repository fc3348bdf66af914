"""What was read, refused, assumed and missing, as the page tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from netquality import schema
from netquality.page.reading import missing, next_files, verdict

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["Wren Fiddlewick", "Zora Quillfeather", "Milo Thistledown", "Odo Marrowby", "Pim Larkspur"]


def test_every_file_is_accounted_for(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(NAMES))
    heads, connections, messages = made.table("Files, and what became of their rows")
    assert heads[:6] == ["File", "What it is", "Read", "Kept", "Merged", "Refused"]
    assert connections[:6] == [*("Connections.csv", "connections", "1,234", "1,230", "0", "4")]
    assert messages[-3:] == ["not observed", "2026-11-20", "UTC (assumed)"]
    assert made.table("Files that are not needed")[1] == [
        *("Logins.csv", "5", "It holds no contact with anybody.")
    ]
    assert "UTC is assumed." in made.section("read").text()


def test_several_archives_are_told_apart(room: Any, page: Callable[..., Any]) -> None:
    made = room.network(NAMES)
    made.sources = made.sources.assign(
        bundle=["one.zip", "two.zip", "two.zip"], name=["messages.csv", "messages.csv", "x.csv"]
    )
    heads, *rows = page(made).table("Files, and what became of their rows")
    assert heads[1] == "Came in"
    assert [row[1] for row in rows] == ["one.zip", "two.zip"]


def test_refused_rows_are_grouped_by_reason(room: Any, page: Callable[..., Any]) -> None:
    rejects = schema.as_table(
        "rejects",
        {
            "source": "linkedin/messages",
            "row": [4, 5, 6, 7, 8, 9, 90],
            "field": ["DATE"] * 6 + [None],
            "reason": ["The date cannot be read."] * 6 + ["Too few cells."],
            "shape": ["99 Aaa"] * 6 + [None],
        },
    )
    table = page(room.network(NAMES, rejects=rejects)).table("Refused rows, by reason")
    name = "Messages.csv"
    assert table[1:] == [
        [name, "The date cannot be read.", "DATE", "6", "4, 5, 6, 7, 8, …", "99 Aaa"],
        [name, "Too few cells.", "the whole row", "1", "90", ""],
    ]


def test_connections_alone_say_which_file_to_add(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(NAMES, messages=False))
    said = made.tree.all("main")[0].text()
    assert "messages.csv is missing" in said
    assert "Get a copy of your data" in said
    assert "shows contact with none of them" in made.tree.all("header")[0].text()
    assert made.table("Connections made, by year")[1:] == [
        ["2019", "2", ""],
        ["2020", "2", ""],
        ["2021", "1", ""],
    ]
    assert made.table("Most frequent employers")[1] == ["Owl & Anvil", "4", ""]


def test_messages_alone_ask_for_the_connections(room: Any) -> None:
    made = room.network(NAMES)
    made.sources = made.sources[made.sources["format"] == "linkedin/messages"]
    assert missing(made).startswith("Connections.csv is missing")
    assert len(next_files(made)) == 2


def test_a_header_without_rows_counts_as_missing(room: Any) -> None:
    made = room.network(NAMES)
    empty = made.sources["format"] == "linkedin/messages"
    made.sources = made.sources.assign(kept=made.sources["kept"].where(~empty, 0))
    assert missing(made).startswith("messages.csv is missing")


def test_nothing_is_asked_for_when_both_are_there_or_nothing_of_linkedin(room: Any) -> None:
    assert next_files(room.network(NAMES)) == ()
    log = room.network(NAMES)
    log.sources = log.sources.assign(format="log")
    assert next_files(log) == ()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "This data shows contact in 2 strong ties and 1 weak one; with 1 more contact it"),
        ({"messages": False}, "This data lists 4 contacts and shows contact with none of them"),
        ({"egos": ()}, "Among 5 people this data shows 2 strong ties and 1 weak one."),
    ],
)
def test_the_verdict(room: Any, how: dict[str, Any], said: str) -> None:
    assert verdict(room.network(NAMES, **how)).startswith(said)


def test_without_dates_the_verdict_is_not_that_nobody_is_in_contact(room: Any) -> None:
    made = room.network(NAMES)
    made.ties = made.ties.assign(grade="unknown")
    assert verdict(made).startswith("This data shows contact in 4 ties, but not when it was")


def test_the_verdict_on_nothing(room: Any) -> None:
    assert verdict(room.network([])) == "This data shows no tie between any two people."
