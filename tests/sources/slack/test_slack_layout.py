"""Which files belong to an export, who its users are, and what harm files may try to do."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.slack.conftest import (
    USERS,
    _read,
    bundle_of,
    export,
    lines,
    said,
    talk,
)

from netquality.errors import BadInput
from netquality.ids import digest
from netquality.schema import Tables
from netquality.sources.ledger import Options
from netquality.sources.slack.export import read_slack, slack_members
from netquality.sources.slack.markup import mentions, plain


def _names(files):
    return [member.name for member in slack_members(bundle_of(files))]


def test_an_export_is_users_and_day_files():
    files = export({"ink": [said(1, "U1")]})
    assert _names(files) == ["users.json", "channels.json", "ink/2023-11-14.json"]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"users.json": USERS},
        {"ink/2023-11-14.json": []},
        {"users.json": USERS, "2023-11-14.json": []},
        {"users.json": USERS, "ink/2023-11-14.csv": []},
        {"a/users.json": USERS, "b/2023-11-14.json": []},
        {"result.json": {}, "Connections.csv": b"x"},
    ],
)
def test_what_is_none(files):
    assert _names(files) == []


def test_other_files_are_left_alone():
    files = export({"ink": [said(1, "U1")]}) | {
        "holiday.jpg": b"",
        "ink/readme.json": {},
        "notes.json": {},
    }
    assert not {"holiday.jpg", "ink/readme.json", "notes.json"} & set(_names(files))


def test_an_export_in_a_folder_of_a_folder(read):
    files = {
        f"slack/quill/{name}": content for name, content in export({"ink": [said(1, "U1")]}).items()
    }
    tables = read(files)
    assert lines(tables) == [("U1", "C1", "member")]
    assert talk(tables)["name"].tolist() == ["slack/quill/ink"]


def test_two_exports_side_by_side_are_told_apart(read):
    one = {f"a/{name}": content for name, content in export({"ink": [said(1, "U1")]}).items()}
    other = export(
        {"ink": [said(1, "U1")]}, channels=[{"id": "C2", "name": "ink", "members": ["U1"]}]
    )
    tables = read(one | {f"b/{name}": content for name, content in other.items()})
    assert {b for _, b, _ in lines(tables)} == {"C1", "C2"}


def test_an_organisation_of_several_workspaces(read):
    files = {
        "org_users.json": [{**USERS[0], "id": "W1"}, {**USERS[1], "id": "W2"}],
        "channels.json": [{"id": "C5", "name": "all", "members": ["W1", "W2"]}],
        "all/2023-11-14.json": [said(1, "W1", "<@W2>")],
        "teams/north/channels.json": [{"id": "C6", "name": "ink", "members": ["W1"]}],
        "teams/north/ink/2023-11-14.json": [said(1, "W1")],
        "teams/south/channels.json": [{"id": "C7", "name": "ink", "members": ["W2"]}],
        "teams/south/ink/2023-11-14.json": [said(1, "W2")],
    }
    assert set(lines(read(files))) == {
        ("W1", "C5", "member"),
        ("W1", "W2", "mentioned"),
        ("W1", "C6", "member"),
        ("W2", "C7", "member"),
    }


def test_files_that_are_not_needed_say_why(read):
    tables = read(
        export({"ink": [said(1, "U1")]}, integration_logs=[{"user_id": "U1"}], canvases=[])
    )
    unused = tables.sources.set_index("name")["unused"].dropna()
    assert sorted(unused.index) == ["canvases.json", "channels.json", "integration_logs.json"]


def test_users(read):
    tables = read(export({"ink": [said(1, "U1")]}))
    source = tables.sources[tables.sources["format"] == "slack/users"].iloc[0]
    assert source[["read", "kept", "merged", "rejected"]].tolist() == [6, 6, 0, 0]
    assert source["rules"] == "2 users are programs"
    found = tables.accounts[tables.accounts["source"] == source["source"]]
    kinds = found[found["key"] == "platform"].set_index("value")["kind"]
    assert kinds.to_dict() == {
        "slack:U1": "person",
        "slack:U2": "person",
        "slack:U3": "person",
        "slack:U4": "person",
        "slack:U8": "robot",
        "slack:USLACKBOT": "robot",
    }
    zora = found[found["account"] == digest("platform", "slack:U1")]
    assert set(zora["value"]) == {"slack:U1", "zora@quill.example"}
    assert set(zora["name"]) == {"Zora Quillfeather"}
    assert zora["row"].tolist() == [1, 1]
    assert "+447700900333" in set(found["value"])


def test_titles(read):
    attributes = read(export({"ink": [said(1, "U1")]})).attributes
    assert attributes[["account", "name", "value", "row"]].values.tolist() == [
        [digest("platform", "slack:U1"), "title", "Ink maker", 1]
    ]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"profile": {"real_name": "Odo Fenwick", "display_name": "odo"}}, "Odo Fenwick"),
        ({"real_name": "Odo Fenwick", "profile": {}}, "Odo Fenwick"),
        ({"profile": {"display_name": "Odo F"}, "name": "odof"}, "Odo F"),
        ({"name": "odof"}, "odof"),
        ({}, None),
    ],
)
def test_names_of_users(read, fields, name):
    tables = read(export({"ink": [said(1, "U1")]}, users=[{"id": "U1", **fields}]))
    first = tables.accounts.iloc[0]["name"]
    assert (None if pd.isna(first) else first) == name


def test_users_of_wrong_shape_are_refused(read):
    users = [None, 7, [], {}, {"id": 5}, {"id": "U 1"}, {"id": "U1", "profile": [1]}, {"id": "U1"}]
    tables = read(export({"ink": [said(1, "U1")]}, users=users))
    source = tables.sources.iloc[0]
    assert source[["read", "kept", "merged", "rejected"]].tolist() == [8, 1, 1, 6]


@pytest.mark.parametrize("users", [b"", b"{", b'{"U1": {}}', b"[" * 200_000])
def test_a_damaged_list_of_users_is_one_refusal(read, users):
    tables = read(export({"ink": [said(1, "U1")]}, users=users))
    assert tables.sources.iloc[0][["read", "rejected"]].tolist() == [1, 1]
    assert lines(tables) == [("U1", "C1", "member")]


@pytest.mark.parametrize(
    "lists", [None, 5, {}, [None, [], {"id": []}, {"id": "C1", "name": 7, "members": 3}]]
)
def test_damaged_lists_of_conversations_are_passed_over(read, lists):
    assert len(read(export({"ink": [said(1, "U1")]}, channels=lists, dms=lists)).events) == 1


@pytest.mark.parametrize(
    "day",
    [
        b"",
        b"{",
        b"null",
        b'"x"',
        b"[1,",
        b"[" * 200_000,
        b"[" + b"9" * 9000 + b"]",
        b"\xff\xfe\x00",
    ],
)
def test_a_damaged_day_is_one_refusal(read, day):
    tables = read(export({"ink": {"2023-11-14": day, "2023-11-15": [said(1, "U1")]}}))
    assert talk(tables)[["read", "kept", "rejected"]].iloc[0].tolist() == [2, 1, 1]
    assert tables.events["row"].tolist() == [2]


def test_messages_of_wrong_shape_are_refused_each_with_a_reason(read):
    bad = [
        None,
        7,
        "text",
        [],
        {},
        {"type": "message"},
        said(1, None),
        said(1, "U 1"),
        {**said(1, "U1"), "user": ["U1"]},
        {**said(1, "U1"), "ts": START_AS_NUMBER},
        {**said(1, "U1"), "ts": "soon"},
        {**said(1, "U1"), "ts": "9" * 400},
        {**said(1, "U1"), "ts": "9999999999.000001"},
        {**said(1, "U1"), "ts": "-1.5"},
        {**said(1, "U1"), "type": "event"},
        {**said(1, "U1"), "type": {}},
        {**said(1, "U1"), "subtype": ["x"]},
        {**said(1, "U1"), "subtype": "Marigold said so"},
    ]
    tables = read(export({"ink": [*bad, said(99, "U1")]}))
    assert tables.rejects["row"].tolist() == list(range(1, len(bad) + 1))
    assert tables.rejects["reason"].ne("").all()
    assert not tables.rejects["reason"].str.contains("Marigold").any()


START_AS_NUMBER = 1_700_000_000.5


def test_wrong_fields_around_good_ones_do_no_harm(read):
    odd = {
        **said(1, "U1"),
        "text": ["x"],
        "thread_ts": 5,
        "parent_user_id": {},
        "user_profile": [],
        "reactions": [None, 5, {"name": 3, "users": 4}, {"users": [None, [], "U2"]}],
    }
    tables = read(export({"ink": [odd]}))
    assert lines(tables) == [("U1", "C1", "member"), ("U2", "U1", "to")]


def test_no_text_is_kept(read):
    tables = read(
        export(
            {"ink": [said(1, "U1", "Thanks for the MARIGOLD", files=[{"name": "MARIGOLD.pdf"}])]}
        )
    )
    held = json.dumps([tables[name].astype(str).to_dict() for name in Tables.__dataclass_fields__])
    assert "MARIGOLD" not in held
    assert tables.events["marks"].tolist() == ["thanks"]


def test_nothing_is_bad_input():
    with pytest.raises(BadInput, match="no Slack export"):
        read_slack((), bundle_of({}), Options())


def test_the_order_of_files_does_not_matter():
    files = export({"ink": {"2023-11-14": [said(1, "U1")], "2023-11-15": [said(2, "U2")]}})
    columns = ["event", "sender", "recipient", "row", "source"]
    there = _read(files).events[columns]
    pd.testing.assert_frame_equal(there, _read(dict(reversed(files.items()))).events[columns])


PEOPLE = st.sampled_from(["U1", "U2", "U3", "U4"])
MESSAGES = st.lists(
    st.tuples(PEOPLE, st.integers(0, 3), st.lists(PEOPLE, max_size=2), st.booleans()),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(MESSAGES, st.sampled_from(["ink", "D0000012", "mpdm-x"]))
def test_what_is_written_is_what_is_read(told, folder):
    """Any conversation: every message from its author, none to its author, each counted once."""
    messages, threads = [], []
    for number, (who, back, mentioned, answers) in enumerate(told):
        text = "".join(f"<@{each}>" for each in mentioned)
        more = {"thread_ts": threads[-1 - back]} if answers and back < len(threads) else {}
        messages.append(said(number, who, text, **more))
        threads.append(messages[-1]["ts"])
    tables = _read(export({folder: messages}))
    source = talk(tables).iloc[0]
    people = {who for who, *_ in told}
    alone = folder != "ink" and len(people) == 1
    assert source["read"] == len(told)
    assert source["kept"] == (0 if alone else len(told))
    rows = lines(tables)
    if not alone:
        heard = dict(zip(tables.events["row"], (a for a, _, _ in rows), strict=True))
        assert [heard[number + 1] for number in range(len(told))] == [who for who, *_ in told]
    if folder != "ink" and not alone:
        assert len(rows) == len(told) * (len(people) - 1)
    for number, (who, _, mentioned, _) in enumerate(told):
        if folder == "ink":
            mine = {
                b
                for row, (_, b, _) in zip(tables.events["row"], rows, strict=True)
                if row == number + 1
            }
            assert set(mentioned) - {who} <= mine


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["users", "name", "id"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(said(1, "U1", subtype="", reactions=[], thread_ts="", bot_id=""))),
            JSON,
        ),
        max_size=4,
    ),
    st.sampled_from(["ink", "D0000012"]),
    JSON,
)
def test_any_field_may_be_anything(changes, folder, other):
    messages = [said(1, "U1"), {**said(2, "U2"), **dict(changes)}, other]
    assert talk(_read(export({folder: messages})))["read"].tolist() == [3]


@pytest.mark.parametrize("team", [True, False])
def test_channels_of_one_name_in_two_workspaces_are_two(team):
    """Where no list states their ids, the workspace's own id or its users tell them apart."""

    def place(number):
        users = [{"id": f"U{number}{each}", "name": "x"} for each in (1, 2)]
        users = [user | {"team_id": f"T{number}"} for user in users] if team else users
        files = {"users.json": users, "general/2023-11-14.json": [said(1, f"U{number}1")]}
        return _read(files | {"D0000012/2023-11-14.json": [said(1, f"U{number}1", "<@U9>")]})

    one, two, again = place(1), place(2), place(1)
    general = [t.events[t.events["event"].str.contains("general")] for t in (one, two, again)]
    assert all(len(part) == 1 for part in general)
    for name in ("event", "recipient"):
        first, second, third = (part[name].iloc[0] for part in general)
        assert first == third != second
    if team:
        assert general[0]["event"].iloc[0].startswith("slack:T1:general:")


@pytest.mark.usefixtures("ends_soon")
def test_mentions_take_no_time():
    assert mentions("<@U1|" * 20_000) == ()
    assert plain("<@U1|" * 20_000)
