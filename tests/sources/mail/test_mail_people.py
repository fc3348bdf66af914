"""Who wrote to whom: roles, audiences, ids, conversations, accounts."""

from __future__ import annotations

import pytest

Z, O, J, T = (  # noqa: E741
    "zora@quill.example",
    "odo@fen.example",
    "juniper@vale.example",
    "tansy@moor.example",
)


def test_a_mail_to_several_is_a_row_for_each(post) -> None:
    read = post.one(
        post.mail(to=f"Odo <{O}>, {J}", cc=f"Tansy <{T}>, {O}", bcc=f"b@bog.example, {T}")
    )
    assert read.ways == [(Z, O, "to"), (Z, J, "to"), (Z, T, "cc"), (Z, "b@bog.example", "bcc")]
    assert set(read.events["audience"]) == {4}
    assert set(read.events["kind"]) == {"message"}
    assert set(read.events["channel"]) == {"mail"}
    assert read.events["event"].nunique() == 1
    assert read.events[["length", "marks", "seconds", "answer", "object"]].isna().all(axis=None)


def test_one_address_in_several_spellings_is_addressed_once(post) -> None:
    read = post.one(post.mail(to=f"{O}, ODO+ink@Fen.Example", cc=f"Odo <{O}>"))
    assert read.ways == [(Z, O, "to")]
    assert set(read.events["audience"]) == {1}


def test_the_written_form_is_kept_and_is_a_key(post) -> None:
    read = post.mbox(
        post.box(
            post.mail(message_id="<1@q>", to="Odo.Fenwick+ink@gmail.com"),
            post.mail(message_id="<2@q>", to="odofenwick@gmail.com, Odo@Fen.Example"),
        )
    )
    assert read.keys("odofenwick@gmail.com") == {
        "odofenwick@gmail.com",
        "odo.fenwick+ink@gmail.com",
    }
    raws = set(read.tables.accounts["raw"])
    assert {"Odo.Fenwick+ink@gmail.com", "Odo@Fen.Example"} <= raws
    assert [to for _, to, _ in read.ways] == ["odofenwick@gmail.com", "odofenwick@gmail.com", O]


def test_spellings_without_end_are_not_all_kept(post) -> None:
    mails = [post.mail(message_id=f"<{i}@q>", to=f"odo+{i}@fen.example") for i in range(60)]
    read = post.mbox(post.box(*mails))
    assert read.counts == [60, 60, 0, 0]
    assert len(read.keys(O)) == 17


def test_several_writers_have_one_who_sent_it(post) -> None:
    both = f"Zora <{Z}>, Juniper <{J}>"
    assert post.one(post.mail(**{"from": both, "sender": f"<{J}>"})).ways == [(J, O, "to")]
    assert post.one(post.mail(**{"from": both})).ways == [(Z, O, "to")]
    assert post.one(post.mail(**{"from": None, "sender": J})).ways == [(J, O, "to")]
    assert post.one(post.mail(**{"from": Z, "sender": J})).ways == [(Z, O, "to")]


def test_a_sender_without_an_address_is_known_by_name(post) -> None:
    read = post.one(post.mail(**{"from": "=?utf-8?Q?Zor=C3=AB?="}))
    assert read.ways == [("zorë", O, "to")]
    assert read.tables.accounts.set_index("value")["key"].astype(str)["zorë"] == "name"
    nobody = post.one(post.mail(**{"from": None}))
    assert nobody.ways == [(None, O, "to")]
    through = post.one(post.mail(**{"from": "Zora via Ink list"}))
    assert through.ways == [(None, O, "to")]


def test_a_mail_of_nobody_to_nobody_is_refused(post) -> None:
    read = post.one(post.mail(**{"from": "<>", "to": "undisclosed-recipients:;"}))
    assert read.counts == [1, 0, 0, 1]
    assert read.reasons == ["neither sender nor recipient"]


def test_hidden_recipients_are_nobody_in_particular(post) -> None:
    read = post.one(post.mail(to="undisclosed-recipients:;"))
    assert read.ways == [(Z, None, None)]
    assert read.counts == [1, 1, 0, 0]


def test_names_that_lists_put_there_are_nobodys(post) -> None:
    mails = [
        post.mail(message_id="<1@q>", to='"Odo Fenwick" <odo@fen.example>'),
        post.mail(message_id="<2@q>", to="'Tansy via Ink list' <odo@fen.example>"),
    ]
    assert post.mbox(post.box(*mails)).names(O) == {"Odo Fenwick"}
    rewritten = post.one(post.mail(**{"from": "Tansy via Fern <odo@fen.example>", "to": J}))
    assert rewritten.names(O) == set()


@pytest.mark.parametrize("lines", [(), (f"Delivered-To: {Z}",)])
def test_what_one_writes_to_oneself_is_refused(post, lines: tuple[str, ...]) -> None:
    read = post.one(post.mail(*lines, to=f"Zora+notes@quill.example, {Z}"))
    assert read.reasons == ["to oneself only"]
    assert read.counts == [1, 0, 0, 1]


def test_what_others_write_to_themselves_has_come_to_the_owner_hidden(post) -> None:
    read = post.one(post.mail(f"Delivered-To: {J}", to=Z))
    assert read.owner == J
    assert read.ways == [(Z, None, None)]


def test_oneself_among_others_does_not_count(post) -> None:
    read = post.one(post.mail(to=f"{O}, {J}", cc=Z))
    assert read.ways == [(Z, O, "to"), (Z, J, "to")]
    assert set(read.events["audience"]) == {2}


@pytest.mark.parametrize(
    ("written", "event"),
    [
        ("<1@q.example>", "1@q.example"),
        ("  < 1@q .example >  ", "1@q.example"),
        ("1@q.example", "1@q.example"),
        ("<A=B+c/1@[192.0.2.1]>", "A=B+c/1@[192.0.2.1]"),
    ],
)
def test_the_id_is_the_mails_own(post, written: str, event: str) -> None:
    read = post.one(post.mail(message_id=written))
    assert read.events["event"].tolist() == [event]
    assert read.events["thread"].tolist() == [event]


@pytest.mark.parametrize("missing", [None, "", "<>", " "])
def test_without_an_id_sender_date_and_subject_are_the_id(post, missing: str | None) -> None:
    def mail(**fields: object) -> bytes:
        return post.mail(message_id=missing, **fields)

    later = "Mon, 4 Mar 2024 12:00:01 +0000"
    mails = [mail(), mail(), mail(subject="Ink"), mail(date=later), mail(**{"from": J}), mail(to=J)]
    read = post.mbox(post.box(*mails))
    assert read.counts == [6, 4, 2, 0]
    assert read.events["row"].tolist() == [1, 3, 4, 5]
    assert post.one(mail()).events["event"][0] == read.events["event"][0]


def test_a_very_long_id_is_shortened(post) -> None:
    read = post.one(post.mail(f"References: <{'r' * 9000}@q>", message_id=f"<{'x' * 9000}@q>"))
    assert [len(text) for text in read.events[["event", "thread"]].iloc[0]] == [16, 16]


@pytest.mark.parametrize(
    ("lines", "thread"),
    [
        (["X-GM-THRID: 1790123456789012345", "References: <a@q>"], "gm:1790123456789012345"),
        (["References: <a@q> <b@q>\n\t<c@q>", "In-Reply-To: <c@q>"], "a@q"),
        (["References:\n <a@q>\n <b@q>"], "a@q"),
        (["In-Reply-To: <c@q>"], "c@q"),
        (['In-Reply-To: Message of "Mon, 4 Mar 2024" <c@q>'], "c@q"),
        (["References: a@q b@q"], "a@q"),
        (["References: <>", "In-Reply-To: "], "1@q"),
        ([], "1@q"),
    ],
)
def test_a_conversation_is_named_by_its_first_mail(post, lines: list[str], thread: str) -> None:
    read = post.one(post.mail(*lines, message_id="<1@q>"))
    assert read.events["thread"].tolist() == [thread]


def test_the_same_mail_under_two_labels_counts_once(post) -> None:
    mail = post.mail(message_id="<1@q>")
    read = post.mbox(post.box(mail, post.mail(message_id="<2@q>"), mail))
    assert read.counts == [3, 2, 1, 0]


def test_an_account_is_the_same_as_in_every_other_format(post) -> None:
    from netquality.ids import digest

    read = post.one(post.mail())
    assert read.events["sender"].tolist() == [digest("mail", Z)]
    assert read.events["recipient"].tolist() == [digest("mail", O)]
