"""Files that are cut off, damaged, of another kind, or made to do harm."""

import io
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.telegram.conftest import ODO, chat, full, lines, said, service

from netquality.errors import BadInput
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.streams import Stream
from netquality.sources.telegram.pull import Mended
from netquality.sources.telegram.result import (
    looks_like_telegram,
    looks_like_telegram_page,
    read_telegram,
)

PAGE = (
    b'<!DOCTYPE html>\n<html><head><title>Exported Data</title></head><body><div class="page_wrap">'
)


def _member(data):
    return Member("result.json", lambda: data)


def _tables(data):
    member = _member(data)
    return read_telegram(member, Bundle("result.json", None, (member,), True), Options())


def _mended(data, size):
    mended, pieces = Mended(Stream("a", io.BytesIO(data))), []
    while piece := mended.read(size):
        pieces.append(piece)
    return b"".join(pieces)


def test_a_file_that_is_cut_off_keeps_what_was_read(read):
    whole = json.dumps(full(chat("private_group", 9, [said(n, 2 + n % 2) for n in range(60)])))
    tables = read(whole[: len(whole) // 2])
    kept = tables.sources["kept"].iloc[0]
    assert 20 < kept < 40
    assert f"breaks off after message {kept}, the rest is lost" in tables.sources["rules"].iloc[0]
    # The small group was still written to each of its members.
    assert {role for _, _, role in lines(tables)} == {"member"}
    assert len(tables.events) == 2 * kept


def test_every_cut_is_survived():
    messages = [said(1, 2), service(2, 1, "phone_call")]
    whole = json.dumps(full(chat("personal_chat", 2, messages, ODO))).encode()
    found = [(end, *_outcome(whole[:end])) for end in range(0, len(whole), 7)]
    assert [read for _, read, _ in found] == sorted(read for _, read, _ in found)
    assert {read for _, read, _ in found} == {0, 1, 2}
    for _, read, error in found:
        assert (error is None) == (read > 0)


def _outcome(data):
    """How many messages were read, and what was said otherwise."""
    try:
        return int(_tables(data).sources["read"].iloc[0]), None
    except BadInput as error:
        return 0, error


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[", b"null", b"\x00\x01", b'{"chats": {"list": [', b"\xff\xfe{"]
)
def test_nothing_to_read_is_bad_input_or_an_empty_account(data):
    read, error = _outcome(data)
    assert read == 0
    assert error is None or (error.accepted and "Machine-readable JSON" in error.todo)


@pytest.mark.parametrize(
    ("data", "yes"),
    [
        (json.dumps(full()).encode(), True),
        (json.dumps(full(owner=None)).encode(), True),
        (json.dumps(chat("public_supergroup", 9, [said(1, 2)])).encode(), True),
        (
            json.dumps(chat("personal_chat", 9, [said(1, 2)]), sort_keys=True, indent=1).encode(),
            True,
        ),
        (b'\xef\xbb\xbf{\n "name": null,\n "type": "personal_chat",\n "id": 1', True),
        (b'{"participants": [{"name": "Odo"}], "messages": [{"type": "Generic"}]}', False),
        (b'[{"type": "message", "user": "U1"}]', False),
        (b'{"type": "FeatureCollection", "messages": []}', False),
        (PAGE, False),
        (b"", False),
        (b"from,to,date", False),
    ],
)
def test_looks(data, yes):
    assert looks_like_telegram("whatever.json", data) is yes


def test_pages_of_others_are_not_telegrams():
    assert looks_like_telegram_page("messages.html", PAGE)
    assert not looks_like_telegram_page(
        "index.html", b"<!DOCTYPE html><title>Exported Data</title>"
    )


def test_control_characters_as_the_exporter_writes_them(read):
    r"""Telegram Desktop writes \x01, which is no JSON."""
    text = json.dumps(
        full(chat("personal_chat", 2, [said(1, 2, "ink@@quill"), said(2, 2, "a\\x41")]))
    )
    tables = read(text.replace("@@", "\\x0B"))
    assert tables.events["length"].tolist() == [9, 5]


@given(
    st.lists(st.sampled_from([b"\\", b"x", b"0", b"1F", b"a", b'"']), max_size=40),
    st.integers(1, 9),
)
def test_mending_does_not_depend_on_the_blocks(parts, size):
    data = b"".join(parts)
    whole = _mended(data, size + 4)
    assert whole == _mended(data, 1 << 20)
    if b"\\x" not in data:
        assert whole == data


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=4), st.integers(100, 9_000))
def test_endless_numbers_lose_their_end_whatever_the_blocks(lengths, size):
    numbers = [b"7" * length for length in lengths]
    assert _mended(b",".join(numbers), size) == b",".join(each[:4096] for each in numbers)


def test_wrong_shapes_are_refused_each_with_a_reason(read):
    bad = [
        None,
        7,
        "text",
        [],
        [[1]],
        {},
        {"id": 1},
        {"id": 1, "type": "message"},
        {**said(3, 2), "date_unixtime": "soon", "date": 7},
        {**said(4, 2), "date_unixtime": "99999999999999999999", "date": "0000-13-45T99:99:99"},
        {**said(5, 2), "from_id": "Zora"},
        {**said(6, 2), "from_id": {"user": 2}},
        {**said(7, 2), "from_id": -5},
        {**said(8, 2), "text": 12},
        {**said(9, 2), "text": {"type": "bold"}},
        {**said(10, 2), "type": ["message"]},
        {"id": 11, "type": "unsupported"},
        {**service(12, 2, "phone_call"), "date_unixtime": None, "date": None},
        {**service(13, 2, "phone_call"), "actor_id": "x"},
        {**service(14, 2, "phone_call"), "action": ["phone_call"]},
    ]
    tables = read(full(chat("personal_chat", 2, [*bad, said(99, 2)])))
    assert tables.rejects["row"].tolist() == list(range(1, len(bad) + 1))
    assert tables.rejects["reason"].ne("").all()
    assert tables.sources["kept"].iloc[0] == 1


def test_wrong_shapes_around_good_ones_do_no_harm(read):
    odd = {
        **said(1, 2),
        "id": "one",
        "reply_to_message_id": [],
        "reactions": [
            None,
            7,
            {"recent": 3},
            {"recent": [None, 5, {"from_id": []}, {"from_id": "user4", "date": 3}]},
        ],
        "duration_seconds": "long",
    }
    tables = read(full(chat("private_group", 9, [odd, said(2, 3)])))
    assert tables.sources["kept"].iloc[0] == 2


@pytest.mark.parametrize(
    "content",
    [
        {
            "personal_information": [],
            "contacts": {"list": {}},
            "chats": {"list": [1, [2], {"a": []}]},
        },
        {
            "personal_information": {"user_id": "me"},
            "chats": {"list": {"a": [{}]}},
            "left_chats": 5,
        },
        {
            "personal_information": {"user_id": [1]},
            "contacts": {"list": [3, [], {"user_id": {}}]},
            "chats": [],
        },
        {"type": "personal_chat", "id": {}, "name": 3, "messages": [{"id": 1}]},
        {"type": "private_group", "id": -4, "name": ["x"], "messages": [{"id": 1}]},
        {"type": {"personal_chat": 1}, "id": 4, "messages": [said(1, 2)]},
        {"type": "personal_chat", "id": 4, "messages": {"1": said(1, 2)}},
        {"type": "personal_chat", "id": 4, "messages": None},
    ],
)
def test_wrong_sections_are_passed_over(content):
    source = _tables(json.dumps(content).encode()).sources.iloc[0]
    assert source["kept"] == 0
    assert source["read"] == source["rejected"]


def test_deep_nesting_is_passed_over(read):
    deep = '{"a":' * 50_000 + "1" + "}" * 50_000
    text = json.dumps(full(chat("personal_chat", 2, [said(1, 2, "@@"), said(2, 2, "##")])))
    text = text.replace('"@@"', "[" * 50_000 + "]" * 50_000)
    text = text.replace('"##", ', '"ink", "poll": ' + deep + ", ")
    assert read(text).events["length"].tolist() == [0, 3]


def test_huge_numbers_do_no_harm(read):
    text = json.dumps(full(chat("personal_chat", 2, [said(1, 2), said(2, 2), said(3, 2)])))
    text = text.replace('"id": 2, "type": "message"', '"id": 1' + "0" * 30 + ', "type": "message"')
    text = text.replace(
        '"id": 3, "type": "message"', '"id": 3, "size": 1e999999, "type": "message"'
    )
    assert read(text).sources["kept"].iloc[0] == 3


def test_endless_numbers_do_no_harm(read):
    text = json.dumps(full(chat("personal_chat", 2, [said(1, 2), said(2, 2), said(3, 2)])))
    text = text.replace(
        '"id": 2, "type": "message"', '"id": ' + "9" * 600_000 + ', "type": "message"'
    )
    assert read(text).sources["kept"].iloc[0] == 3


def test_hostile_names_are_names(read):
    name = "Zora\u202e\x00<script>=HYPERLINK(1)" + "x" * 5000
    tables = read(full(chat("personal_chat", 2, [said(1, 2, name=name)], name)))
    assert len(tables.events) == 1


def test_a_lone_surrogate_is_read(read):
    text = json.dumps(full(chat("private_group", 9, [said(1, 2, "\ud83d"), said(2, 3)])))
    assert len(read(text).events) == 4


def test_refusals_show_no_private_value(read):
    tables = read(full(chat("personal_chat", 2, [{**said(1, 2), "from_id": "Marigold"}])))
    assert tables.rejects["shape"].tolist() == ["Aaaaaaaa"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["id", "type", "text", "from_id", "date", "recent", "reactions", "list"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
FIELDS = [
    "id",
    "type",
    "date",
    "date_unixtime",
    "from",
    "from_id",
    "text",
    "reactions",
    "members",
    "action",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(FIELDS), JSON), max_size=5),
    st.sampled_from(["personal_chat", "private_group"]),
    JSON,
)
def test_any_field_may_be_anything(changes, kind, other):
    messages = [
        said(1, 2),
        {**said(2, 3), **dict(changes)},
        {**service(3, 2, "phone_call"), **dict(changes)},
        other,
    ]
    tables = _tables(json.dumps(full(chat(kind, 9, messages))).encode())
    source = tables.sources.iloc[0]
    assert source["read"] == 4 == source["kept"] + source["merged"] + source["rejected"]
    assert source["kept"] >= 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 14), st.integers(0, 5), st.text(max_size=30)),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(["private_group", "private_supergroup", "personal_chat"]),
)
def test_what_is_written_is_what_is_read(told, kind):
    """Any conversation: as many events as messages, each from its author, at its second."""
    written = [
        (user if kind != "personal_chat" else 1 + user % 2, gap, text) for user, gap, text in told
    ]
    after, messages = 0, []
    for number, (user, gap, text) in enumerate(written):
        after += gap
        messages.append(said(number, user, text, after=after))
    tables = _tables(
        json.dumps(full(chat(kind, 2, messages)), ensure_ascii=random.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
    )
    assert tables.sources["kept"].iloc[0] == len(written)
    first = tables.events.drop_duplicates("row")
    assert first["length"].tolist() == [len(text) for _, _, text in written]
    keys = tables.accounts.drop_duplicates("account").set_index("account")["value"]
    assert first["sender"].map(keys).tolist() == [f"telegram:user{user}" for user, _, _ in written]
    members = {1} | {user for user, _, _ in written} | ({2} if kind == "personal_chat" else set())
    if 1 < len(members) <= 8:
        assert len(tables.events) == len(written) * (len(members) - 1)
        assert set(tables.events["audience"]) == {len(members) - 1}
    else:
        assert len(tables.events) == len(written)
