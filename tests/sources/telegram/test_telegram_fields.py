"""Times, ids, texts, reactions and contacts, through the eras of the layout."""

import json

import pandas as pd
import pytest
from tests.sources.telegram.conftest import (
    ODO,
    OWNER,
    START,
    ZORA,
    chat,
    clock,
    full,
    lines,
    said,
    who,
)

from netquality.ids import digest
from netquality.schema import Tables


def _days(day):
    return int(pd.Timestamp(day).timestamp()) // 86_400


def _old(number, user, **more):
    """A message as before 2021: ids are bare numbers, seconds are not stated."""
    fields = said(number, user, **more)
    del fields["date_unixtime"]
    return {**fields, "from_id": user}


def _reaction(user, after=30, name="Guest", **more):
    recent = {"from": name, "from_id": f"user{user}", "date": clock(START + after)}
    return {"type": "emoji", "count": 1, "emoji": "👍", "recent": [{**recent, **more}]}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("ink", 3),
        ("", 0),
        (["see ", {"type": "link", "text": "ink.example"}, "!"], 16),
        ([{"type": "bold", "text": "ink"}], 3),
        ([], 0),
        ([{"type": "custom_emoji"}, 7, None, ["deep"]], 0),
    ],
)
def test_texts_are_one_string_or_parts(read, text, length):
    tables = read(full(chat("personal_chat", 2, [said(1, 2, text)])))
    assert tables.events["length"].tolist() == [length]


def test_marks_are_read_and_the_text_is_not_kept(read):
    planted = "Thank you, could you help me with the MARIGOLD proofs?"
    tables = read(full(chat("private_group", 9, [said(1, 2, planted), said(2, 3)])))
    assert tables.events["marks"].iloc[0] == "ask|thanks"
    held = json.dumps([tables[name].astype(str).to_dict() for name in Tables.__dataclass_fields__])
    assert "MARIGOLD" not in held


def test_a_forwarded_text_is_not_the_senders(read):
    tables = read(full(chat("personal_chat", 2, [said(1, 2, "Thank you!", forwarded_from="Bram")])))
    assert tables.events["length"].tolist() == [10]
    assert tables.events["marks"].isna().all()


def test_what_was_said_aloud_has_no_length(read):
    voice = said(1, 2, "", media_type="voice_message", duration_seconds=9)
    events = read(full(chat("personal_chat", 2, [voice]))).events
    assert events["length"].isna().all()
    assert events["kind"].tolist() == ["message"]


@pytest.mark.parametrize(
    ("timezone", "zone", "hours"),
    [(None, "UTC (assumed)", 1), ("Europe/Berlin", "Europe/Berlin (given)", 0)],
)
def test_old_exports_state_local_time_only(read, timezone, zone, hours):
    content = full(chat("personal_chat", 2, [_old(1, 2)], ODO))
    tables = read(content, timezone=timezone)
    assert tables.sources["zone"].iloc[0] == zone
    assert "1 stamps state no zone" in tables.sources["rules"].iloc[0]
    stamp = pd.Timestamp(START + 60 + 3600 * hours, unit="s", tz="UTC")
    assert tables.events["at"].tolist() == [stamp]


def test_two_eras_of_one_account_give_the_same_events(read):
    users = [1, 2, 1, 2]
    new = read(full(chat("personal_chat", 2, [said(n, u) for n, u in enumerate(users)])))
    shifted = chat("personal_chat", (1 << 32) + 2, [_old(n, u) for n, u in enumerate(users)])
    old = read(full(shifted), timezone="Europe/Berlin")
    columns = ["event", "at", "sender", "recipient", "thread"]
    pd.testing.assert_frame_equal(new.events[columns], old.events[columns])


def test_groups_of_old_exports_are_the_same_groups(read):
    new = read(full(chat("private_supergroup", 9, [said(1, 2), said(2, 3)])))
    old = read(full(chat("private_supergroup", (2 << 32) + 9, [_old(1, 2), _old(2, 3)])))
    assert new.events["event"].tolist() == old.events["event"].tolist()


def test_ids_of_today_are_larger_than_32_bits_and_stay(read):
    big = 7_000_000_001
    tables = read(full(chat("personal_chat", big, [said(1, big)])))
    assert lines(tables) == [(f"user{big}", "user1", "to")]


def test_members_of_a_supergroup_see_the_same_events(read):
    messages = [said(5, 2), said(6, 1)]
    mine = read(full(chat("private_supergroup", 9, messages)))
    theirs = read(full(chat("private_supergroup", 9, messages), owner={**OWNER, "user_id": 2}))
    assert mine.events["event"].tolist() == theirs.events["event"].tolist()


@pytest.mark.parametrize(
    ("kind", "number"),
    [("personal_chat", 5), ("private_group", 5), ("private_supergroup", -999_999_000)],
)
def test_numbers_that_each_account_counts_itself_are_not_mixed_up(read, kind, number):
    """Two people write to a third; both exports number that message alike."""
    mine = read(full(chat(kind, 9, [said(number, 1, after=0)])))
    theirs = read(full(chat(kind, 9, [said(number, 2, after=0)]), owner={**OWNER, "user_id": 2}))
    assert mine.events["event"].tolist() != theirs.events["event"].tolist()


def test_both_sides_of_a_chat_have_one_thread(read):
    mine = read(full(chat("personal_chat", 2, [said(1, 1)], ODO)))
    theirs = read(full(chat("personal_chat", 1, [said(7, 2)], ZORA), owner={**OWNER, "user_id": 2}))
    assert set(mine.events["thread"]) == set(theirs.events["thread"]) == {"telegram:user1-user2"}


def test_a_single_chat_has_the_events_of_the_full_export(read):
    talk = chat("personal_chat", 2, [said(1, 2), said(2, 1)], ODO)
    assert read(talk).events["event"].tolist() == read(full(talk)).events["event"].tolist()


def test_a_message_that_is_there_twice_is_merged(read):
    talk = chat("personal_chat", 2, [said(1, 2), said(1, 2), said(2, 1)])
    tables = read(full(talk, left=[talk]))
    assert tables.sources[["read", "kept", "merged"]].iloc[0].tolist() == [6, 2, 4]


def test_reactions_go_to_the_author(read):
    liked = said(1, 2, after=0, reactions=[_reaction(1), _reaction(1, after=40), _reaction(2)])
    tables = read(full(chat("personal_chat", 2, [liked], ODO)))
    sign = tables.events[tables.events["kind"] == "reaction"]
    assert len(sign) == 1
    assert lines(tables)[-1] == ("user1", "user2", "to")
    assert sign["at"].tolist() == [pd.Timestamp(START + 30, unit="s", tz="UTC")]
    assert sign["row"].tolist() == [1]
    assert sign["event"].iloc[0] == tables.events["event"].iloc[0] + ":reaction:user1"


def test_late_reactions_are_of_a_day(read):
    """The clocks may have been changed in between."""
    liked = said(1, 2, after=0, reactions=[_reaction(1, after=30 * 86_400)])
    sign = read(full(chat("personal_chat", 2, [liked]))).events.iloc[1]
    assert sign["precision"] == "day"
    assert pd.isna(sign["at"])
    assert sign["day"] == _days("2023-12-14")


def test_reactions_without_a_date_are_of_the_day_of_the_message(read):
    liked = said(1, 2, after=0, reactions=[_reaction(1, date=None)])
    sign = read(full(chat("personal_chat", 2, [liked]))).events.iloc[1]
    assert (sign["precision"], sign["day"]) == ("day", _days("2023-11-14"))


def test_counted_reactions_name_nobody(read):
    liked = said(1, 2, reactions=[{"type": "emoji", "count": 12, "emoji": "👍"}])
    assert len(read(full(chat("personal_chat", 2, [liked]))).events) == 1


def test_who_reacts_is_a_member(read):
    liked = said(1, 2, reactions=[_reaction(4)])
    assert len(read(full(chat("private_group", 9, [liked]))).events) == 3


def test_the_address_book(read):
    people = [
        {
            "user_id": 2,
            "first_name": "Odo",
            "last_name": "Fenwick",
            "phone_number": "+44 7700 900222",
            "date_unixtime": str(START),
        },
        {
            "first_name": "Bram",
            "last_name": "",
            "phone_number": "+49 30 23125 123",
            "date": clock(START),
        },
        {"user_id": 1, "first_name": "Zora", "last_name": "Quillfeather", "phone_number": ""},
        {"first_name": "Nobody", "last_name": "", "phone_number": ""},
        {"date": clock(START)},
    ]
    tables = read(full(chat("personal_chat", 2, [said(1, 2)], ODO), contacts=people))
    relations = tables.relations
    owner = digest("platform", "telegram:user1")
    assert relations["a"].tolist() == [owner, owner]
    assert relations["b"].tolist() == [
        digest("platform", "telegram:user2"),
        digest("phone", "+493023125123"),
    ]
    assert set(relations["kind"]) == {"address book"}
    assert relations["start"].tolist() == [_days("2023-11-14")] * 2
    odo = tables.accounts[tables.accounts["account"] == digest("platform", "telegram:user2")]
    assert "+447700900222" in set(odo["value"])
    assert "2 people in the address book" in tables.sources["rules"].iloc[0]


def test_an_address_book_without_chats(read):
    tables = read(full(contacts=[{"user_id": 2, "first_name": "Odo", "last_name": ""}]))
    assert len(tables.relations) == 1
    assert tables.sources["read"].iloc[0] == 0


@pytest.mark.parametrize(
    "bundle", ["DataExport_2023-11-15", "ChatExport_2023-11-15 (1)", "DataExport_15_11_2023"]
)
def test_the_folder_tells_the_day_of_the_export(read, bundle):
    late = said(2, 2, after=5 * 86_400)
    tables = read(full(chat("personal_chat", 2, [said(1, 2), late])), bundle=bundle)
    assert tables.sources["exported"].iloc[0] == _days("2023-11-15")
    assert tables.rejects["reason"].tolist() == ["after the day of the export"]


def test_an_owner_without_personal_information_is_found_in_a_chat_of_two(read):
    chats = [
        chat("private_group", 9, [said(1, 2), said(2, 3)]),
        chat("personal_chat", 2, [said(3, 2), said(4, 1)]),
    ]
    tables = read(full(*chats, owner=None))
    assert tables.sources["owner"].iloc[0] == digest("platform", "telegram:user1")
    assert ("user2", "user1", "member") in lines(tables)


@pytest.mark.parametrize("indent", [None, 4])
def test_a_file_that_was_saved_again_reads_the_same(read, indent):
    content = full(
        chat("private_supergroup", 9, [said(1, 2), said(2, 3)]),
        chat("personal_chat", 2, [said(3, 2)]),
    )
    again = json.dumps(content, sort_keys=True, indent=indent)
    columns = ["event", "sender", "recipient", "role", "at"]
    pd.testing.assert_frame_equal(
        read(content).events[columns], read("\ufeff" + again).events[columns]
    )


def test_accounts_by_id(read):
    tables = read(
        full(chat("personal_chat", 2, [said(1, 2, name="Odo"), said(2, 2, name=ODO)], ODO))
    )
    assert who(tables)["user2"] == digest("platform", "telegram:user2")
    assert {"Odo", ODO} <= set(tables.accounts["name"])
