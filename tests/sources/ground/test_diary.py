"""Events gathered one by one: nothing is lost, nothing is made up, ids stay what they were."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from netquality.ids import UNKNOWN_OWNER, digest
from netquality.sources import diary as module
from netquality.sources.diary import Diary, To
from netquality.sources.ledger import Ledger
from netquality.sources.parties import ADDRESS_BOOK, NOBODY, Parties

if TYPE_CHECKING:
    from netquality.schema import Tables

NOON = int(datetime(2026, 3, 4, 12, tzinfo=UTC).timestamp()) * 1_000_000
TALK: dict[str, Any] = {"kind": "message", "channel": "chat"}


def closed(diary: Diary, read: int, **how: Any) -> Tables:
    book = Ledger("a.txt", "a.txt", "test")
    book.read = read
    book.seal(b"content")
    return diary.close(book, **how)


def test_every_recipient_has_a_row_and_every_column_its_value() -> None:
    people = Parties()
    zora, odo = people.mail("zora@quill.example"), people.mail("odo@fen.example")
    diary = Diary(people)
    to = [To(odo, "cc", "declined"), To(people.mail("kim@fen.example"), "to")]
    how = {"at": NOON + 500, "seconds": 90.0, "thread": "t", "event": "e1", "audience": 5}
    diary.write(7, kind="meeting", channel="video", sender=zora, to=to, **how)
    events = closed(diary, 1).events
    assert events["row"].tolist() == [7, 7]
    assert events["event"].tolist() == ["e1", "e1"]
    assert events["sender"].tolist() == [digest("mail", "zora@quill.example")] * 2
    assert events["role"].tolist() == ["cc", "to"]
    assert events["answer"].astype(object).where(events["answer"].notna(), None).tolist() == [
        "declined",
        None,
    ]
    assert events["audience"].tolist() == [5, 5]
    assert events["seconds"].tolist() == [90.0, 90.0]
    assert events["at"].dt.microsecond.tolist() == [500, 500]
    assert events[["kind", "channel", "thread"]].iloc[0].tolist() == ["meeting", "video", "t"]
    assert events["marks"].isna().all()
    assert events["length"].isna().all()


def test_a_day_has_no_instant_and_no_time_has_no_day() -> None:
    people = Parties()
    odo = people.mail("odo@fen.example")
    diary = Diary(people)
    diary.write(1, **TALK, sender=odo, to=[], at=NOON, precision="day")
    diary.write(2, **TALK, sender=odo, to=[])
    events = closed(diary, 2).events
    assert events["at"].isna().all()
    assert events["day"].tolist() == [NOON // 86_400_000_000, pd.NA]
    assert events["precision"].tolist() == ["day", "none"]
    assert events["recipient"].isna().all()


def test_ids_do_not_depend_on_what_lies_around() -> None:
    def ids(first: int) -> list[str]:
        people = Parties()
        odo = people.named("Odo", "chat")
        diary = Diary(people)
        for row in range(first, 6):
            at = NOON + row // 2 * 1_000_000
            diary.write(row + 1, **TALK, sender=odo, to=[], at=at, thread="t", text=str(row))
        return closed(diary, 6 - first).events["event"].tolist()

    assert len(set(ids(0))) == 6
    assert ids(0)[2:] == ids(2)  # the export begins later, at another second


def test_a_thread_stands_for_its_people_and_people_for_a_thread() -> None:
    def event(name: str, thread: str | None) -> str:
        people = Parties()
        diary = Diary(people)
        diary.write(
            1,
            **TALK,
            sender=people.named(name, "x"),
            to=[To(people.owner())],
            at=NOON,
            thread=thread,
        )
        return str(closed(diary, 1).events["event"].iloc[0])

    assert event("Odo", "t") == event("Odo renamed", "t")
    assert event("Odo", None) != event("Kim", None)


def test_texts_are_read_across_blocks_and_templates_found_in_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_BLOCK", 3)
    people = Parties()
    owner = people.owner()
    others = [people.named(f"Person {i}", "x") for i in range(8)]
    pitch = "Hello {}, our new catalogue of artisanal paper clips is out, have a look at it!"
    diary = Diary(people)
    for row, other in enumerate(others):
        diary.write(row + 1, **TALK, sender=owner, to=[To(other)], text=pitch.format(row), at=NOON)
    diary.write(9, **TALK, sender=owner, to=[To(others[0])], text="Thank you!", at=NOON)
    diary.write(10, **TALK, sender=owner, to=[To(others[0])], automatic=True, at=NOON)
    tables = closed(diary, 10)
    assert tables.events["marks"].tolist() == ["templated"] * 8 + ["thanks", "automatic"]
    assert "text rules" in tables.sources["rules"].iloc[0]
    assert tables.events["length"].tolist()[:8] == [len(pitch) - 1] * 8


def test_no_text_stays_in_any_table() -> None:
    people = Parties()
    diary = Diary(people)
    secret = "The combination is seventeen, left, left, marmalade."
    diary.write(1, **TALK, sender=people.owner(), to=[], text=secret, at=NOON)
    tables = closed(diary, 1)
    every = " ".join(tables[name].to_csv() for name in ("events", "accounts", "sources", "rejects"))
    assert "marmalade" not in every


def test_numbers_without_a_country_are_those_of_most_others() -> None:
    people = Parties()
    abroad = [people.phone(f"+49 30 23125 {i}00") for i in range(1, 4)]
    home = people.phone("030 23125 200")
    assert people.region == "DE"
    assert people.ids()[home] == people.ids()[abroad[1]]
    assert Parties("GB").region == "GB"


def test_numbers_of_no_known_country_stay_as_they_are_and_it_is_said() -> None:
    people = Parties()
    diary = Diary(people)
    odo = people.phone("07700 900001", "Odo")
    diary.write(1, **TALK, sender=odo, to=[To(people.owner())], at=NOON)
    tables = closed(diary, 1)
    assert tables.accounts["value"].tolist() == ["07700900001", "you"]
    assert "--region" in tables.sources["rules"].iloc[0]


@pytest.mark.parametrize("said", ["zora@quill.example", "Zora@Quill.example "])
def test_an_owner_is_who_the_user_says(said: str) -> None:
    people = Parties()
    code = people.owner(said)
    assert people.ids()[code] == digest("mail", "zora@quill.example")
    assert Parties().owner("not a key") == 0
    nameless = Parties()
    unknown = nameless.owner("Zora Quill")
    assert nameless.ids()[unknown] == UNKNOWN_OWNER


def test_saved_names_are_one_owners_and_not_anothers() -> None:
    def odo(owner: str | None) -> str:
        people = Parties()
        code = people.named("Odo", ADDRESS_BOOK)
        people.owner(owner)
        return str(people.ids()[code])

    assert odo("zora@quill.example") != odo("kim@quill.example")
    assert odo(None) == odo("Zora Quill")


def test_names_are_those_really_borne() -> None:
    people = Parties()
    for name in ["Odo Fenwick"] * 30 + ["Odo F."] * 10 + ["The best man alive", "odo@fen.example"]:
        people.mail("odo@fen.example", name)
    diary = Diary(people)
    tables = closed(diary, 0)
    assert tables.accounts["name"].tolist() == ["Odo F.", "Odo Fenwick"]
    assert people.name(0) == "Odo Fenwick"


def test_aliases_are_one_account() -> None:
    people = Parties()
    one, two = people.mail("zora@quill.example"), people.mail("z@quill.example", "Zora Quill")
    people.join(two, one)
    diary = Diary(people)
    diary.write(1, **TALK, sender=two, to=[To(people.mail("odo@fen.example"))], at=NOON)
    tables = closed(diary, 1, owner=one)
    mine = tables.accounts[tables.accounts["account"] == tables.sources["owner"].iloc[0]]
    assert sorted(mine["value"]) == ["z@quill.example", "zora@quill.example"]
    assert tables.events["sender"].tolist() == [digest("mail", "zora@quill.example")]


def test_what_is_no_number_and_no_address_is_nobody() -> None:
    people = Parties()
    assert people.phone("") == people.phone(" - ") == people.mail("zora") == NOBODY
    assert people.named("  ", "x") == NOBODY
    assert people.kind(people.phone("BANK")) == people.kind(people.phone("72345")) == "robot"
