"""Channels, threads, direct messages: who is spoken to, and what is no message."""

import pandas as pd
import pytest
from tests.sources.slack.conftest import (
    CHANNELS,
    DMS,
    MPIMS,
    START,
    export,
    lines,
    said,
    stamp,
    talk,
)

from netquality.ids import digest


def test_a_post_goes_to_its_channel(read):
    tables = read(export({"ink": [said(1, "U1")]}))
    assert lines(tables) == [("U1", "C1", "member")]
    post = tables.events.iloc[0]
    assert (post["kind"], post["channel"], post["audience"]) == ("message", "chat", 3)
    assert post["event"] == f"slack:C1:{stamp(1)}"
    assert pd.isna(post["thread"])
    assert post["at"] == pd.Timestamp(START + 60, unit="s", tz="UTC") + pd.Timedelta(
        microseconds=100
    )
    group = tables.accounts[tables.accounts["value"] == "slack:C1"].iloc[0]
    assert (group["kind"], group["name"]) == ("group", "ink")
    assert talk(tables)["zone"].tolist() == ["UTC (given)"]


def test_who_is_mentioned_is_addressed(read):
    text = "<@U2> and <@U3|juniper>, not <@U1>, <@U8> or <@USLACKBOT>: <@U2>!"
    tables = read(export({"ink": [said(1, "U1", text)]}))
    assert lines(tables) == [
        ("U1", "C1", "member"),
        ("U1", "U2", "mentioned"),
        ("U1", "U3", "mentioned"),
    ]
    assert set(tables.events["audience"]) == {3}
    assert tables.events["event"].nunique() == 1


def test_an_answer_goes_to_the_author_of_the_thread(read):
    messages = [
        said(1, "U1", thread_ts=stamp(1), reply_count=2, reply_users=["U2", "U3"]),
        said(2, "U2", thread_ts=stamp(1), parent_user_id="U1"),
        said(3, "U3", "<@U4> <@U1>", thread_ts=stamp(1)),
    ]
    tables = read(export({"ink": messages}))
    assert lines(tables) == [
        ("U1", "C1", "member"),
        ("U2", "U1", "to"),
        ("U3", "U1", "to"),
        ("U3", "U4", "mentioned"),
    ]
    assert tables.events["audience"].tolist() == [3, 1, 2, 2]
    assert set(tables.events["thread"]) == {f"slack:C1:{stamp(1)}"}


def test_an_answer_in_ones_own_thread_goes_to_whoever_spoke_before(read):
    messages = [
        said(1, "U1"),
        *(said(n, who, thread_ts=stamp(1)) for n, who in ((2, "U2"), (3, "U3"), (4, "U1"))),
    ]
    assert lines(read(export({"ink": messages})))[-1] == ("U1", "U3", "to")


def test_a_remark_on_ones_own_post_goes_to_the_channel(read):
    messages = [said(1, "U1"), said(2, "U1", thread_ts=stamp(1), parent_user_id="U1")]
    assert lines(read(export({"ink": messages}))) == [("U1", "C1", "member")] * 2


def test_an_answer_to_a_program_goes_to_the_channel(read):
    messages = [said(1, "U8", bot_id="B8"), said(2, "U1", thread_ts=stamp(1), parent_user_id="U8")]
    assert lines(read(export({"ink": messages}))) == [("U1", "C1", "member")]


def test_an_answer_that_is_also_sent_to_the_channel_goes_to_both(read):
    messages = [said(1, "U1"), said(2, "U2", thread_ts=stamp(1), subtype="thread_broadcast")]
    tables = read(export({"ink": messages}))
    assert lines(tables)[1:] == [("U2", "C1", "member"), ("U2", "U1", "to")]
    assert tables.events["audience"].tolist() == [3, 3, 3]


def test_a_direct_message_goes_to_the_other(read):
    tables = read(export({"D0000012": [said(1, "U1"), said(2, "U2")]}, dms=DMS))
    assert lines(tables) == [("U1", "U2", "to"), ("U2", "U1", "to")]
    assert set(tables.events["thread"]) == {"slack:D0000012"}
    assert set(tables.events["audience"]) == {1}


def test_a_direct_message_to_several_goes_to_each_of_the_others(read):
    text = "<@U3> look"
    tables = read(export({"mpdm-zora--odo--juniper-1": [said(1, "U1", text)]}, mpims=MPIMS))
    assert lines(tables) == [("U1", "U2", "member"), ("U1", "U3", "mentioned")]
    assert set(tables.events["event"]) == {f"slack:G0000123:{stamp(1)}"}
    assert set(tables.events["audience"]) == {2}


def test_nine_are_a_crowd(read):
    people = [f"U{n}0" for n in range(1, 10)]
    large = [{"id": "G9", "name": "mpdm-many", "members": people}]
    tables = read(export({"mpdm-many": [said(1, "U10", "<@U20>")]}, mpims=large))
    assert lines(tables) == [("U10", "G9", "member"), ("U10", "U20", "mentioned")]
    few = [{**large[0], "members": people[:8]}]
    assert len(read(export({"mpdm-many": [said(1, "U10")]}, mpims=few)).events) == 7


def test_members_of_direct_messages_that_no_list_states_are_those_who_wrote(read):
    days = {"2023-11-14": [said(1, "U1")], "2023-11-15": [said(2000, "U3")]}
    tables = read(
        export({"D0000099": days, "mpdm-x": [said(1, "U1"), said(2, "U2"), said(3, "U4")]})
    )
    assert set(lines(tables)) >= {("U1", "U3", "to"), ("U3", "U1", "to"), ("U1", "U4", "member")}
    assert len(tables.events) == 2 + 6


@pytest.mark.parametrize("members", [["U1", "U1"], ["U1"], ["U1", "USLACKBOT"], ["U1", "U8"]])
def test_notes_to_oneself_and_words_to_programs_are_refused(read, members):
    dms = [{"id": "D0000012", "members": members}]
    tables = read(export({"D0000012": [said(1, "U1")]}, dms=dms))
    assert tables.rejects["reason"].tolist() == ["nobody else, or only a program"]


@pytest.mark.parametrize("subtype", ["thread_broadcast", "file_share", "me_message"])
def test_subtypes_that_are_messages(read, subtype):
    assert len(read(export({"ink": [said(1, "U1", subtype=subtype)]})).events) == 1


NO_MESSAGES = [
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_name",
    "channel_archive",
    "group_join",
    "pinned_item",
    "reminder_add",
    "tombstone",
    "huddle_thread",
    "bot_add",
    "sh_room_created",
]


@pytest.mark.parametrize("subtype", NO_MESSAGES)
def test_subtypes_that_are_none(read, subtype):
    tables = read(export({"ink": [said(1, "U1", subtype=subtype), said(2, "U2")]}))
    assert tables.rejects["reason"].tolist() == [f"subtype {subtype}"]
    assert talk(tables)[["read", "kept", "rejected"]].iloc[0].tolist() == [2, 1, 1]


@pytest.mark.parametrize(
    "message",
    [
        said(1, "U8"),
        said(1, "U1", bot_id="B1"),
        said(1, None, subtype="bot_message", bot_id="B1", username="deploys"),
        said(1, "USLACKBOT"),
    ],
)
def test_programs_are_refused(read, message):
    assert read(export({"ink": [message]})).rejects["reason"].tolist() == ["bot"]


def test_reactions_go_to_the_author_and_are_of_a_day(read):
    signs = [
        {"name": "tada", "users": ["U2", "U1", "U8"], "count": 3},
        {"name": "+1", "users": ["U2"], "count": 1},
    ]
    tables = read(export({"ink": [said(1, "U1", reactions=signs)]}))
    found = tables.events[tables.events["kind"] == "reaction"]
    assert lines(tables)[1:] == [("U2", "U1", "to"), ("U2", "U1", "to")]
    assert set(found["precision"]) == {"day"}
    assert found["at"].isna().all()
    assert found["day"].tolist() == [START // 86_400] * 2
    assert found["event"].tolist() == [
        f"slack:C1:{stamp(1)}:reaction:{name}:U2" for name in ("tada", "+1")
    ]


def test_markup_is_no_part_of_a_text(read):
    text = (
        "<@U2> could you help me with <https://ink.example/a|the proofs> &amp; <#C1|ink>? <!here>"
    )
    events = read(export({"ink": [said(1, "U1", text)]})).events
    assert events["length"].iloc[0] == len(" could you help me with the proofs & ink? ")
    assert events["marks"].iloc[0] == "ask"


def test_edited_messages_keep_their_time(read):
    edited = said(1, "U1", edited={"user": "U1", "ts": stamp(500)})
    at = read(export({"ink": [edited]})).events["at"].iloc[0]
    assert at.floor("s") == pd.Timestamp(START + 60, unit="s", tz="UTC")


def test_days_of_files_are_not_days_of_utc(read):
    """A file's day follows the clock of the workspace; the stamp decides."""
    days = {
        "2023-11-16": [said(3, "U1")],
        "2023-11-14": [said(1, "U2")],
        "2023-11-15": [said(2, "U3")],
    }
    events = read(export({"ink": days})).events
    assert [a for a, _, _ in lines(read(export({"ink": days})))] == ["U2", "U3", "U1"]
    assert events["row"].tolist() == [1, 2, 3]
    assert set(events["day"]) == {START // 86_400}


def test_a_message_in_two_day_files_is_merged(read):
    days = {"2023-11-14": [said(1, "U1")], "2023-11-15": [said(1, "U1"), said(2, "U1")]}
    assert talk(read(export({"ink": days})))[["read", "kept", "merged"]].iloc[0].tolist() == [
        3,
        2,
        1,
    ]


def test_two_exports_of_one_workspace_agree(read):
    """A member was renamed, a channel too; the ids stay."""
    first = read(export({"ink": [said(1, "U1")]}))
    renamed = [{**CHANNELS[0], "name": "paper"}]
    second = read(export({"paper": [said(1, "U1"), said(2, "U2")]}, channels=renamed))
    assert first.events["event"].iloc[0] == second.events["event"].iloc[0]
    assert first.events["recipient"].iloc[0] == second.events["recipient"].iloc[0]


def test_private_channels_are_channels(read):
    groups = [{"id": "G7", "name": "secret-ink", "members": ["U1", "U2"]}]
    tables = read(export({"secret-ink": [said(1, "U1")]}, groups=groups))
    assert lines(tables) == [("U1", "G7", "member")]
    assert tables.events["audience"].tolist() == [1]


def test_a_channel_without_a_list_is_known_by_its_folder(read):
    tables = read(export({"ink": [said(1, "U1"), said(2, "U2"), said(3, "U3")]}, channels=None))
    assert {b for _, b, _ in lines(tables)} == {"T1:ink"}
    # How many there are nobody says: those seen so far.
    assert tables.events["audience"].tolist() == [1, 1, 2]


def test_guests_of_other_workspaces_are_named_in_the_message(read):
    guest = said(1, "U777", user_profile={"real_name": "Tansy Marrow", "name": "tansy"}, team="T2")
    tables = read(export({"ink": [guest]}))
    found = tables.accounts[tables.accounts["account"] == digest("platform", "slack:U777")]
    assert found["name"].tolist() == ["Tansy Marrow"]
    assert found["kind"].tolist() == ["person"]


def test_accounts_bear_their_mail_in_every_conversation(read):
    tables = read(export({"ink": [said(1, "U1")], "D0000012": [said(1, "U1")]}, dms=DMS))
    mails = tables.accounts[tables.accounts["key"] == "mail"]
    assert set(mails["value"]) == {"zora@quill.example"}
    assert len(mails) == 3


def test_after_the_export(read):
    name = "Quill Slack export Nov 1 2023 - Nov 14 2023.zip"
    tables = read(export({"ink": [said(1, "U1"), said(9000, "U1")]}), name)
    assert tables.rejects["reason"].tolist() == ["after the day of the export"]
    assert set(tables.sources["exported"]) == {START // 86_400}
