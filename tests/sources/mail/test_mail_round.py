"""Lists, newsletters, robots, automatic answers, calendars: none of them is a person's letter."""

from __future__ import annotations

import pytest

Z, O, J = "zora@quill.example", "odo@fen.example", "juniper@vale.example"  # noqa: E741
INK = "ink@lists.quill.example"
LIST = ("List-Id: Ink circle <ink.lists.quill.example>", f"List-Post: <mailto:{INK}>")


def test_a_mail_through_a_list_goes_to_the_list(post) -> None:
    read = post.one(post.mail(*LIST, "Precedence: list", f"Delivered-To: {O}", to=INK))
    assert read.ways == [(Z, INK, "to")]
    assert read.kind(INK) == "list"
    assert "mails through lists: 1" in read.source["rules"]
    assert read.kind(Z) == "person"


def test_who_is_named_beside_the_list_is_addressed_too(post) -> None:
    read = post.one(post.mail(*LIST, to=O, cc=INK))
    assert read.ways == [(Z, O, "to"), (Z, INK, "cc")]


def test_who_is_named_in_place_of_the_list_is_any_subscriber(post) -> None:
    read = post.one(post.mail(*LIST, f"Delivered-To: {O}", to=O))
    assert read.ways == [(Z, INK, "to")]


def test_the_address_of_a_list_is_found_by_its_id(post) -> None:
    read = post.one(post.mail("List-Id: <ink.fern.example>", to="Ink <ink@fern.example>"))
    assert read.ways == [(Z, "ink@fern.example", "to")]
    assert read.kind("ink@fern.example") == "list"


def test_a_list_without_an_address_is_known_by_its_id(post) -> None:
    read = post.one(post.mail("List-Id: Ink news <Ink.News.example>", to=O))
    assert read.ways == [(Z, "list:ink.news.example", "to")]
    assert read.kind("list:ink.news.example") == "list"
    assert read.names("list:ink.news.example") == {"Ink news"}


def test_an_old_list_server_is_known_by_its_keeper(post) -> None:
    lines = ("Precedence: bulk", "Sender: owner-ink@fern.example")
    read = post.one(post.mail(*lines, to="ink@fern.example"))
    assert read.kind("ink@fern.example") == "list"
    assert not read.events["marks"].fillna("").str.contains("templated").any()


def test_a_list_is_one_where_the_owner_writes_to_it_as_well(post) -> None:
    own = post.mail(to="ink@fern.example", message_id="<1@q>")
    through = post.mail(
        "List-Post: <mailto:ink@fern.example>",
        **{"from": O, "to": "ink@fern.example", "message_id": "<2@q>"},
    )
    for mails in ([own, through], [through, own]):
        read = post.mbox(post.box(*mails), ego=Z)
        assert read.kind("ink@fern.example") == "list"
        assert sorted(read.ways) == [(O, "ink@fern.example", "to"), (Z, "ink@fern.example", "to")]


def test_ones_own_copy_and_the_lists_copy_are_one(post) -> None:
    own = post.mail(to=INK, cc=O, message_id="<1@q>")
    through = post.mail(*LIST, to=INK, cc=O, message_id="<1@q>")
    for mails in ([own, through], [through, own]):
        read = post.mbox(post.box(*mails))
        assert read.counts == [2, 1, 1, 0]
        assert read.ways == [(Z, INK, "to"), (Z, O, "cc")]


def test_a_person_is_no_list_because_a_header_says_so(post) -> None:
    """List-Post names whatever the sender likes; who writes other mail is no list."""
    claimed = post.mail(f"List-Post: <mailto:{O}>", to=J, message_id="<1@q>")
    written = post.mail(**{"from": O, "to": J, "message_id": "<2@q>"})
    assert post.mbox(post.box(claimed, written)).kind(O) == "person"
    assert post.mbox(post.box(claimed)).kind(O) == "list"
    assert post.mbox(post.box(claimed), aliases=(O,)).kind(O) == "person"
    assert post.mbox(post.box(claimed, post.mail(to=O)), ego=O).kind(O) == "person"


@pytest.mark.parametrize(
    ("lines", "name", "sender"),
    [
        ([f"X-Original-From: Zora <{Z}>", f"Reply-To: {INK}"], "'Zora' via Ink", Z),
        ([f"Reply-To: Ink <{INK}>, Zora <{Z}>"], "Zora via Ink", Z),
        ([f"Reply-To: {INK}"], "'Zora Quill' via Ink", "zora quill"),
        ([], "Ink circle", None),
    ],
)
def test_where_a_list_writes_in_its_own_name_the_writer_is_sought(
    post, lines: list[str], name: str, sender: str | None
) -> None:
    read = post.one(post.mail(*LIST, *lines, **{"from": f'"{name}" <{INK}>', "to": INK}))
    assert read.ways == [(sender, INK, "to")]
    assert read.names(INK) == {"Ink circle"}


ROBOTS = {
    "an address that is not answered": ([], "no-reply@bog.example"),
    "Facebook": ([], "groupupdates@facebookmail.com"),
    "LinkedIn": ([], "messages-noreply@linkedin.com"),
    "a bounce": (["Return-Path: <>"], "post@bog.example"),
    "a program": (["Auto-Submitted: auto-generated"], "post@bog.example"),
    "a program, commented": (["Auto-Submitted: auto-notified; owner=x"], "post@bog.example"),
    "a newsletter": (["List-Unsubscribe: <x>", "Feedback-ID: 1:2"], "post@bog.example"),
    "a newsletter with an id": (
        ["List-Unsubscribe: <x>", "List-Id: <1.bog.example>"],
        "post@bog.example",
    ),
    "bulk": (["Precedence: bulk"], "post@bog.example"),
    "an answer of nobody's": (
        ["X-Auto-Response-Suppress: All", "Auto-Submitted: auto-generated"],
        "post@bog.example",
    ),
}


@pytest.mark.parametrize(("lines", "address"), ROBOTS.values(), ids=ROBOTS.keys())
def test_bulk_mail_is_marked_and_its_sender_a_robot(post, lines: list[str], address: str) -> None:
    mails = [
        post.mail(
            *lines, f"Delivered-To: {Z}", **{"from": address, "to": Z, "message_id": f"<{i}>"}
        )
        for i in (1, 2)
    ]
    read = post.mbox(post.box(*mails))
    assert read.kind(address) == "robot"
    assert read.kind(Z) == "person"
    assert read.events["marks"].str.contains("templated").all()
    assert "bulk mails: 2" in read.source["rules"]


BULK = ("List-Unsubscribe: <x>", "Feedback-ID: 1:2")


def test_who_is_written_to_is_no_robot(post) -> None:
    sent = post.mail(**{"from": O, "to": Z, "message_id": "<1@q>"}, body="x")
    bulk = post.mail(*BULK, **{"from": O, "to": Z, "message_id": "<2@q>"})
    answer = post.mail(**{"from": Z, "to": O, "message_id": "<3@q>"})
    assert post.mbox(post.box(bulk), ego=Z).kind(O) == "robot"
    assert post.mbox(post.box(bulk, sent), ego=Z).kind(O) == "person"
    read = post.mbox(post.box(bulk, answer), ego=Z)
    assert read.kind(O) == "person"
    assert read.events["marks"].fillna("").tolist() == ["templated", ""]
    others = post.mail(**{"from": J, "to": O, "message_id": "<4@q>"})
    assert post.mbox(post.box(bulk, others), ego=Z).kind(O) == "robot"
    assert post.mbox(post.box(bulk, others)).kind(O) == "person", "nobody's mailbox: anybody counts"


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-replied (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: away",
        "Precedence: auto_reply",
        "X-Auto-Response-Suppress: All",
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
        "Content-Type: multipart/alternative; method=REPLY; boundary=x",
        "Content-Class: urn:content-classes:calendarmessage",
        "Sender: <calendar-notification@google.com>\nAuto-Submitted: auto-generated",
    ],
)
def test_answers_of_machines_and_calendars_are_automatic(post, line: str) -> None:
    read = post.one(post.mail(line))
    assert read.events["marks"].tolist() == ["automatic"]
    assert read.kind(Z) == "person"
    assert "automatic replies: 1" in read.source["rules"]
    assert "bulk mails: 0" in read.source["rules"]


@pytest.mark.parametrize(
    "line",
    ["Auto-Submitted: no", "List-Unsubscribe: <x>", "Return-Path: <zora@quill.example>", "X: y"],
)
def test_mail_between_people_has_no_marks(post, line: str) -> None:
    read = post.one(post.mail(line))
    assert read.events["marks"].fillna("").tolist() == [""]
    assert read.kind(Z) == "person"


def test_an_answer_while_away_does_not_make_a_robot(post) -> None:
    lines = [
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "In-Reply-To: <1@q>",
    ]
    assert post.one(post.mail(*lines)).kind(Z) == "person"
