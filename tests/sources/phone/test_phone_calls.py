"""Calls of a backup in XML."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

IN, OUT = ("447700900123", "me"), ("me", "447700900123")


@pytest.mark.parametrize(
    ("kind", "duration", "pair", "answer", "seconds"),
    [
        (1, 75, IN, None, 75),
        (1, 0, IN, "missed", None),
        (2, 75, OUT, None, 75),
        (2, 0, OUT, "missed", None),
        (3, 0, IN, "missed", None),
        (3, 20, IN, "missed", None),
        (4, 31, IN, "missed", None),
        (5, 0, IN, "missed", None),
        (6, 0, IN, "missed", None),
        (7, 0, IN, None, None),
        (7, 75, IN, None, 75),
        (1, "null", IN, None, None),
        (2, "-1", OUT, None, None),
    ],
)
def test_each_type_of_call(
    kit: Any, kind: int, duration: Any, pair: Any, answer: str | None, seconds: float | None
) -> None:
    tables = kit.backup(kit.document(kit.call(kind=kind, duration=duration), root="calls"))
    event = tables.events.iloc[0]
    assert kit.People(tables).pairs() == [pair]
    assert event[["kind", "channel", "role", "precision"]].tolist() == [
        *("call", "call"),
        *("to", "second"),
    ]
    assert (None if pd.isna(event["answer"]) else event["answer"]) == answer
    assert (None if pd.isna(event["seconds"]) else event["seconds"]) == seconds
    assert event["at"] == pd.Timestamp("2024-05-01 10:00:00Z")
    assert pd.isna(event["length"])
    assert tables.sources[["format", "shows", "zone"]].iloc[0].tolist() == [
        *("phone/calls", "call"),
        "UTC (given)",
    ]


@pytest.mark.parametrize(
    "number", ["", "-1", "-2", "-3", "Private", "Unknown", "null", "(unknown)"]
)
def test_withheld_numbers_are_never_one_person(kit: Any, number: str) -> None:
    tables = kit.backup(kit.document(kit.call(number), kit.call(number, 3), root="calls"))
    assert tables.rejects["reason"].tolist() == ["number withheld"] * 2
    assert tables.events.empty


@pytest.mark.parametrize(("presentation", "kept"), [(1, 1), (2, 0), (3, 0), (4, 0), ("null", 1)])
def test_the_presentation_withholds_too(kit: Any, presentation: Any, kept: int) -> None:
    tables = kit.backup(kit.document(kit.call(presentation=presentation), root="calls"))
    assert len(tables.events) == kept
    assert tables.rejects["reason"].tolist() == ["number withheld"] * (1 - kept)


@pytest.mark.parametrize("kind", ["0", "8", "1000", "null", "", "ink"])
def test_unknown_types_are_rejected(kit: Any, kind: Any) -> None:
    tables = kit.backup(kit.document(kit.call(kind=kind), root="calls"))
    assert tables.rejects["reason"].tolist() == ["a type of call that is not known"]


def test_what_is_typed_after_the_number_is_not_of_it(kit: Any) -> None:
    tables = kit.backup(kit.document(kit.call(post_dial_digits=",,12345#"), root="calls"))
    assert kit.People(tables).pairs() == [IN]


def test_a_number_of_marks_only(kit: Any) -> None:
    tables = kit.backup(kit.document(kit.call("+"), kit.call("*"), root="calls"))
    assert tables.rejects["reason"].tolist() == ["not a number"] * 2


def test_own_numbers_and_repeats(kit: Any) -> None:
    one = kit.call()
    other = kit.call(date=kit.NOON + 1)
    own = kit.call(kit.ME)
    tables = kit.backup(kit.document(one, other, one, own, root="calls"), ego=kit.ME)
    assert tables.sources[["read", "kept", "merged"]].iloc[0].tolist() == [4, 2, 1]
    assert tables.rejects["reason"].tolist() == ["a call to oneself"]


def test_names_and_voicemail_of_the_network(kit: Any) -> None:
    text = kit.document(
        kit.call(contact_name="Zora Quillfeather"), kit.call("121", 2), root="calls"
    )
    tables = kit.backup(text)
    assert tables.accounts["name"].dropna().tolist()[:1] == ["Zora Quillfeather"]
    assert tables.accounts["kind"].tolist().count("robot") == 1


def test_messages_and_calls_of_one_phone_name_the_same_accounts(kit: Any) -> None:
    texts = kit.backup(kit.document(kit.sms("07700 900123")), region="GB")
    rings = kit.backup(kit.document(kit.call("+44 7700 900123"), root="calls"))
    assert texts.events["sender"].tolist() == rings.events["sender"].tolist()
