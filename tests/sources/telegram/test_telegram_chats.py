"""Each kind of chat by its own rule of who is spoken to."""

import pandas as pd
import pytest
from tests.sources.telegram.conftest import ODO, START, chat, full, lines, said, service

from netquality.ids import UNKNOWN_OWNER, digest


def test_a_chat_of_two_has_both_ways(read):
    tables = read(full(chat("personal_chat", 2, [said(1, 1), said(2, 2)], ODO)))
    assert lines(tables) == [("user1", "user2", "to"), ("user2", "user1", "to")]
    first = tables.events.iloc[0]
    assert (first["kind"], first["channel"], first["audience"]) == ("message", "chat", 1)
    assert first["at"] == pd.Timestamp(START + 60, unit="s", tz="UTC")
    assert first["precision"] == "second"
    assert first["length"] == len("See you at the fair?")
    assert tables.sources["owner"].iloc[0] == digest("platform", "telegram:user1")
    assert tables.sources["zone"].iloc[0] == "UTC (given)"


def test_the_owner_bears_name_number_and_user_name(read):
    accounts = read(full(chat("personal_chat", 2, [said(1, 2)], ODO))).accounts
    mine = accounts[accounts["account"] == digest("platform", "telegram:user1")]
    assert set(mine["name"]) == {"Zora Quillfeather"}
    assert set(zip(mine["key"], mine["value"], strict=True)) == {
        ("platform", "telegram:user1"),
        ("platform", "telegram:@zora_quill"),
        ("phone", "+447700900111"),
    }


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("bot_chat", "bot"),
        ("saved_messages", "saved messages"),
        ("replies", "replies to channels, gathered by Telegram"),
        ("verification_codes", "verification codes"),
        ("private_channel", "channel"),
        ("public_channel", "channel"),
        (None, "a chat of an unknown kind"),
        ("hologram", "a chat of an unknown kind"),
    ],
)
def test_what_is_not_between_people_is_counted_and_refused(read, kind, reason):
    tables = read(
        full(chat(kind, 50, [said(1, 50), said(2, 1)]), chat("personal_chat", 2, [said(1, 2)]))
    )
    assert tables.sources[["read", "kept", "rejected"]].iloc[0].tolist() == [3, 1, 2]
    assert tables.rejects["reason"].tolist() == [reason, reason]
    assert tables.rejects["row"].tolist() == [1, 2]
    assert tables.events["row"].tolist() == [3]


def test_a_chat_with_oneself_is_notes(read):
    tables = read(full(chat("personal_chat", 1, [said(1, 1)])))
    assert tables.rejects["reason"].tolist() == ["saved messages"]


@pytest.mark.parametrize("kind", ["private_group", "private_supergroup", "public_supergroup"])
def test_in_a_small_group_a_message_goes_to_each_of_the_others(read, kind):
    tables = read(full(chat(kind, 9, [said(1, 2), said(2, 3), said(3, 1)])))
    assert sorted(lines(tables)[:2]) == [("user2", "user1", "member"), ("user2", "user3", "member")]
    assert len(tables.events) == 6
    assert set(tables.events["audience"]) == {2}
    assert set(tables.events["thread"]) == {
        f"telegram:{'chat' if kind == 'private_group' else 'channel'}9"
    }


def test_the_owner_belongs_to_a_group_without_a_word(read):
    tables = read(full(chat("private_group", 9, [said(1, 2)])))
    assert lines(tables) == [("user2", "user1", "member")]


def test_eight_are_few_and_nine_are_many(read):
    few = read(full(chat("private_supergroup", 9, [said(n, n) for n in range(2, 9)])))
    assert len(few.events) == 7 * 7
    many = read(full(chat("private_supergroup", 9, [said(n, n) for n in range(2, 10)])))
    assert len(many.events) == 8
    assert {(row[1], row[2]) for row in lines(many)} == {("channel9", "member")}
    assert set(many.events["audience"]) == {8}
    kinds = many.accounts.set_index("value")["kind"]
    assert kinds["telegram:channel9"] == "group"


def test_in_a_large_group_an_answer_also_goes_to_whom_it_answers(read):
    messages = [*(said(n, n) for n in range(2, 12)), said(12, 3, reply_to_message_id=7)]
    tables = read(full(chat("public_supergroup", 9, messages)))
    assert lines(tables)[-2:] == [("user3", "channel9", "member"), ("user3", "user7", "mentioned")]
    last = tables.events.iloc[-2:]
    assert last["event"].nunique() == 1
    assert last["audience"].tolist() == [10, 10]


def test_in_a_small_group_the_one_answered_is_marked(read):
    messages = [said(1, 2), said(2, 3, reply_to_message_id=1)]
    assert ("user3", "user2", "mentioned") in lines(read(full(chat("private_group", 9, messages))))


def test_an_answer_to_oneself_or_to_another_chat_addresses_nobody(read):
    messages = [*(said(n, n) for n in range(2, 12)), said(12, 7, reply_to_message_id=7)]
    messages.append(said(13, 7, reply_to_message_id=5, reply_to_peer_id="channel77"))
    rows = lines(read(full(chat("public_supergroup", 9, messages))))
    assert all(role == "member" for _, _, role in rows)


def test_named_members_count_and_are_met_by_name_only(read):
    messages = [
        service(1, 2, "create_group", title="Ink", members=[ODO, "Bram Inkwell", None]),
        said(2, 2),
    ]
    tables = read(full(chat("private_group", 9, messages)))
    assert len(tables.events) == 2
    bram = tables.accounts[tables.accounts["key"] == "name"]
    assert bram["name"].tolist() == ["Bram Inkwell"]
    assert tables.sources[["read", "kept", "rejected"]].iloc[0].tolist() == [2, 2, 0]


def test_many_names_make_a_group_large(read):
    names = [f"Guest {letter} Inkwell" for letter in "ABCDEFGH"]
    messages = [service(1, 2, "invite_members", members=names), said(2, 2)]
    tables = read(full(chat("private_group", 9, messages)))
    assert lines(tables) == [("user2", "chat9", "member")]
    assert tables.events["audience"].tolist() == [9]


def test_other_service_lines_are_no_messages(read):
    messages = [service(1, 2, "pin_message"), service(2, 2, "joined_telegram"), said(3, 2)]
    tables = read(full(chat("personal_chat", 2, messages)))
    assert tables.rejects["reason"].tolist() == ["service line, no message"] * 2


def test_calls(read):
    messages = [
        service(1, 1, "phone_call", duration_seconds=95, discard_reason="hangup"),
        service(2, 2, "phone_call", discard_reason="missed"),
        service(3, 1, "phone_call", discard_reason="busy"),
        service(4, 2, "phone_call", discard_reason="disconnect"),
        service(5, 2, "phone_call", duration_seconds=0, discard_reason="hangup"),
        service(6, 2, "phone_call", duration_seconds=7, discard_reason="busy"),
        service(7, 2, "phone_call"),
    ]
    events = read(full(chat("personal_chat", 2, messages, ODO))).events
    assert events["kind"].tolist() == ["call"] * 7
    assert events["channel"].tolist() == ["call"] * 7
    assert events["seconds"].fillna(-1).tolist() == [95, -1, -1, -1, -1, 7, -1]
    missed = events["answer"].astype(object) == "missed"
    assert missed.tolist() == [False, True, True, True, True, False, True]
    assert events["length"].isna().all()


def test_a_call_in_a_group_is_a_service_line(read):
    tables = read(
        full(chat("private_group", 9, [service(1, 2, "group_call", duration=60), said(2, 2)]))
    )
    assert tables.rejects["row"].tolist() == [1]


def test_left_chats_are_read_as_well(read):
    tables = read(full(left=[chat("private_supergroup", 9, [said(1, 2)])]))
    assert tables.sources["kept"].iloc[0] == 1


def test_a_deleted_account_is_hidden_once_a_chat(read):
    gone = {**said(1, None), "from": None}
    tables = read(
        full(chat("private_group", 9, [gone, said(2, 2)]), chat("private_group", 10, [gone]))
    )
    hidden = tables.accounts[tables.accounts["kind"] == "hidden"]
    assert sorted(hidden["value"]) == ["telegram:chat10:deleted", "telegram:chat9:deleted"]
    assert len(tables.events) == 5


def test_a_deleted_account_with_an_id_is_one_everywhere(read):
    gone = said(1, 7, name=None)
    tables = read(full(chat("private_group", 9, [gone]), chat("private_group", 10, [gone])))
    hidden = tables.accounts[tables.accounts["kind"] == "hidden"]
    assert hidden["value"].tolist() == ["telegram:user7"]
    assert hidden["name"].isna().all()


def test_the_partner_of_a_chat_of_two_is_known_though_deleted(read):
    gone = {**said(1, None), "from": None}
    tables = read(full(chat("personal_chat", 2, [gone], None)))
    assert lines(tables) == [("user2", "user1", "to")]
    assert set(tables.accounts["value"]) == {
        "telegram:user1",
        "telegram:@zora_quill",
        "+447700900111",
        "telegram:user2",
    }


def test_who_posts_as_the_group_or_as_a_channel_is_no_person(read):
    as_group = {**said(1, None), "from": "Ink Guild", "from_id": "channel9"}
    as_channel = {**said(2, None), "from": "Ink News", "from_id": "channel70"}
    tables = read(full(chat("public_supergroup", 9, [as_group, as_channel, said(3, 2)])))
    kinds = tables.accounts.set_index("value")["kind"]
    assert kinds["telegram:channel9:deleted"] == "hidden"
    assert kinds["telegram:channel70"] == "organisation"


def test_a_bot_in_a_group_is_no_person(read):
    chats = [
        chat("private_group", 9, [said(1, 2), said(2, 50)]),
        chat("bot_chat", 50, [said(1, 50)]),
    ]
    tables = read(full(*chats))
    assert tables.accounts.set_index("value")["kind"]["telegram:user50"] == "robot"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PollBot", "robot"),
        ("Poll bot", "robot"),
        ("@ink_bot", "robot"),
        ("Bram Talbot", "person"),
        ("Abbot", "person"),
        ("TALBOT", "person"),
    ],
)
def test_a_name_that_only_programs_have(read, name, kind):
    """Who is one is no member of the group, and reaches those who are."""
    messages = [said(1, 2), said(2, 50, name=name), service(3, 2, "invite", members=[name])]
    tables = read(full(chat("private_group", 9, messages)))
    assert tables.accounts.set_index("value")["kind"]["telegram:user50"] == kind
    reached = ("user1", "user50") if kind == "person" else ("user1",)
    assert lines(tables)[: len(reached)] == [("user2", who, "member") for who in reached]
    assert lines(tables)[-2:] == [("user50", who, "member") for who in ("user1", "user2")]


def test_a_person_may_be_called_bot(read):
    """Who has a chat of their own with the owner is one, in whatever order the chats come."""
    group = chat("private_group", 9, [said(1, 2, name="Odo Bot"), said(2, 3)])
    own = chat("personal_chat", 2, [said(1, 2, name="Odo Bot")], "Odo Bot")
    for chats in ([group, own], [own, group]):
        kinds = read(full(*chats)).accounts.set_index("value")["kind"]
        assert kinds["telegram:user2"] == "person"


def test_a_single_chat_belongs_to_the_other_author(read):
    tables = read(chat("personal_chat", 2, [said(1, 2), said(2, 1)], ODO))
    assert tables.sources["owner"].iloc[0] == digest("platform", "telegram:user1")
    assert lines(tables) == [("user2", "user1", "to"), ("user1", "user2", "to")]


def test_a_single_chat_joins_what_the_user_goes_by(read):
    content = chat("personal_chat", 2, [said(1, 2), said(2, 1)], ODO)
    tables = read(content, ego="zora@quill.example")
    owner = tables.sources["owner"].iloc[0]
    assert owner == digest("mail", "zora@quill.example")
    mine = tables.accounts[tables.accounts["account"] == owner]
    assert {"mail", "platform"} == set(mine["key"])


def test_a_single_chat_in_which_the_owner_is_silent(read):
    tables = read(chat("personal_chat", 2, [said(1, 2)], ODO))
    assert tables.sources["owner"].iloc[0] == UNKNOWN_OWNER
    assert tables.events["recipient"].tolist() == [UNKNOWN_OWNER]


def test_a_single_group_is_a_whole_groups_log(read):
    tables = read(chat("private_supergroup", 9, [said(1, 2), said(2, 3)]))
    assert tables.sources["owner"].isna().all()
    assert sorted(lines(tables)) == [("user2", "user3", "member"), ("user3", "user2", "member")]


@pytest.mark.parametrize("said_by", ["Odo  FENWICK", "user2"])
def test_a_single_group_belongs_to_whom_the_user_names(read, said_by):
    content = chat("private_supergroup", 9, [said(1, 3), said(2, 2)])
    tables = read(content, aliases=(said_by,))
    assert tables.sources["owner"].iloc[0] == digest("platform", "telegram:user2")
