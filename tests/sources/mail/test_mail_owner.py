"""Whose mailbox it is: told by the user, by the last server, by what was sent; else nobody's."""

from __future__ import annotations

import pytest

Z, O, J, W = (  # noqa: E741
    "zora@quill.example",
    "odo@fen.example",
    "juniper@vale.example",
    "zora@work.example",
)


def letters(post, *ways: tuple[str, str], lines: tuple[str, ...] = ()) -> list[bytes]:
    return [
        post.mail(*lines, **{"from": sender, "to": to, "message_id": f"<{sender}{to}{i}@q>"})
        for i, (sender, to) in enumerate(ways)
    ]


@pytest.mark.parametrize(
    "field", ["Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To"]
)
def test_the_last_server_tells(post, field: str) -> None:
    read = post.one(post.mail(f"{field}: {Z}", **{"from": O, "to": Z}))
    assert read.owner == Z


def test_all_that_it_was_often_delivered_to_is_the_owners(post) -> None:
    mails = letters(post, *[(O, Z)] * 50, lines=(f"Delivered-To: {Z}",))
    mails += letters(post, *[(J, W)] * 3, lines=(f"Delivered-To: {W}",))
    mails += letters(post, (O, "t@moor.example"), lines=("Delivered-To: t@moor.example",))
    mails += letters(post, (Z, J), (W, O))
    read = post.mbox(post.box(*mails))
    assert read.owner == Z
    assert set(read.ways) == {(O, Z, "to"), (J, Z, "to"), (Z, J, "to"), (Z, O, "to")} | {
        (O, "t@moor.example", "to")
    }
    assert "further addresses of the owner: 1" in read.source["rules"]
    assert read.keys(W) >= {Z, W}


@pytest.mark.parametrize(("times", "joined"), [(2, False), (3, True)])
def test_seldom_is_not_enough(post, times: int, joined: bool) -> None:
    mails = letters(post, *[(O, Z)] * 20, lines=(f"Delivered-To: {Z}",))
    mails += letters(post, *[(J, W)] * times, lines=(f"Delivered-To: {W}",))
    read = post.mbox(post.box(*mails))
    assert read.owner == Z
    assert ((J, W, "to") not in read.ways) is joined


def test_a_twentieth_is_needed(post) -> None:
    mails = letters(post, *[(O, Z)] * 100, lines=(f"Delivered-To: {Z}",))
    mails += letters(post, *[(J, W)] * 4, lines=(f"Delivered-To: {W}",))
    assert (J, W, "to") in post.mbox(post.box(*mails)).ways


def test_only_the_last_server_counts(post) -> None:
    """Who forwards mail to the owner is somebody else."""
    lines = (f"Delivered-To: {Z}", f"Delivered-To: {O}")
    read = post.mbox(post.box(*letters(post, *[(J, O)] * 5, lines=lines)))
    assert read.owner == Z
    assert set(read.ways) == {(J, O, "to")}


@pytest.mark.parametrize(
    "keeper",
    [
        "apmail-ink-dev@ink.example",
        "ink-archive@ink.example",
        "mailing list ink@ink.example",
        "ink@lists.ink.example",
        "noreply@ink.example",
    ],
)
def test_the_archive_of_a_list_is_nobodys_mailbox(post, keeper: str) -> None:
    lines = (f"Delivered-To: {keeper}", "List-Post: <mailto:ink@ink.example>")
    ways = [(Z, "ink@ink.example"), (O, "ink@ink.example"), (J, "ink@ink.example")]
    read = post.mbox(post.box(*letters(post, *ways, lines=lines)))
    assert read.source["owner"] is None or read.source.isna()["owner"]
    assert "taken as a whole group's" in read.source["rules"]
    assert {way[1] for way in read.ways} == {"ink@ink.example"}


def test_a_list_owns_nothing(post) -> None:
    lines = ("Delivered-To: ink@fern.example", "List-Post: <mailto:ink@fern.example>")
    read = post.mbox(post.box(*letters(post, *[(Z, "ink@fern.example")] * 4, lines=lines)))
    assert read.source.isna()["owner"]


FOLDERS = [
    "Sent",
    "Sent.mbox",
    "Sent-002.mbox",
    "ImapMail/fen.example/Sent-1",
    "Sent Messages.mbox/mbox",
    "[Gmail].sbd/Sent Mail",
    "Gesendet",
    "Gesendete Objekte",
    "Envoyés",
    "Messages envoyés.mbox",
    "&AMk-l&AOk-ments envoy&AOk-s",
    "Enviados",
    "Posta inviata",
    "Verzonden items",
    "Takeout/Mail/Itens enviados.mbox",
]


@pytest.mark.parametrize("name", FOLDERS)
def test_what_lies_under_sent_mail_is_from_the_owner(post, name: str) -> None:
    read = post.mbox(post.box(*letters(post, (Z, O), (Z, J))), name=name)
    assert read.owner == Z
    assert post.mbox(post.box(*letters(post, (Z, O), (Z, J))), name="Ink").source.isna()["owner"]


@pytest.mark.parametrize(
    "label",
    [
        "Sent",
        "Gesendet,Wichtig",
        "=?UTF-8?Q?Messages_envoy=C3=A9s,Ouverts?=",
        "Enviados",
        "Inviata",
    ],
)
def test_sent_labels_tell_further_addresses(post, label: str) -> None:
    mails = letters(post, *[(O, Z)] * 3, lines=(f"Delivered-To: {Z}",))
    mails += letters(post, *[(W, J)] * 3, lines=(f"X-Gmail-Labels: {label}",))
    read = post.mbox(post.box(*mails))
    assert read.owner == Z
    assert set(read.ways) == {(O, Z, "to"), (Z, J, "to")}


def test_the_user_is_believed_first(post) -> None:
    mails = letters(post, (Z, O), (W, J), (O, "zora+ink@quill.example"))
    read = post.mbox(post.box(*mails), ego=W, aliases=("Zora.Quill@gmail.com", Z))
    assert read.owner == W
    assert read.ways == [(W, O, "to"), (W, J, "to"), (O, W, "to")]


def test_what_the_user_says_leads_even_where_only_an_alias_occurs(post) -> None:
    """So that two mailboxes of one person have one owner."""
    read = post.mbox(post.box(*letters(post, (W, O))), ego=Z, aliases=(W,))
    assert read.owner == Z
    assert read.ways == [(Z, O, "to")]


def called(post, name: str, ways: list[tuple[str, str]], *lines: str) -> list[bytes]:
    return [
        post.mail(
            *lines, **{"from": f"{name} <{who}>", "to": to, "message_id": f"<{who}{to}{i}@q>"}
        )
        for i, (who, to) in enumerate(ways)
    ]


def test_a_name_tells_who_is_meant(post) -> None:
    ways = [(Z, O), ("notifications@bog.example", J)]
    read = post.mbox(post.box(*called(post, "Zora Quillfeather", ways)), ego="zora quillfeather")
    assert read.owner == Z
    assert read.kind("notifications@bog.example") == "robot"


def test_a_name_that_two_go_by_tells_nobody(post) -> None:
    mails = called(post, "Zora Quillfeather", [(Z, O), (W, J)])
    read = post.mbox(post.box(*mails), ego="Zora Quillfeather")
    assert read.source.isna()["owner"]
    assert "2 addresses go by your name" in read.source["rules"]
    assert post.mbox(post.box(*mails), ego=W, aliases=("Zora Quillfeather",)).owner == W


def test_one_slip_in_a_name_makes_nobody_the_owner(post) -> None:
    mails = called(post, "Zora Quillfeather", [(Z, O)] * 5)
    mails += called(post, "Odo Fenwick", [(O, Z)] * 5)
    mails += called(post, "Zora Quillfeather", [(O, J)])
    read = post.mbox(post.box(*mails), ego="Zora Quillfeather")
    assert read.owner == Z
    assert read.keys(Z) == {Z}
    assert (O, J, "to") in read.ways


def test_a_name_swallows_no_namesake(post) -> None:
    """Not beside an address that the user said, nor beside one that the mailbox shows."""
    namesake = "zora@other.example"
    mails = called(post, "Zora Quillfeather", [(namesake, Z)] * 3, f"Delivered-To: {Z}")
    for said in ({"ego": Z, "aliases": ("Zora Quillfeather",)}, {"ego": "Zora Quillfeather"}):
        read = post.mbox(post.box(*mails), **said)
        assert read.owner == Z
        assert read.ways == [(namesake, Z, "to")] * 3


@pytest.mark.parametrize(
    ("line", "name", "how"),
    [
        (f"Delivered-To: {W}", "Inbox", f"delivered to {W}: name it with another --ego"),
        ("X-Ink: 7", "Sent", f"sent from {W}: name it with another --ego"),
    ],
)
def test_an_address_that_occurs_nowhere(post, line: str, name: str, how: str) -> None:
    way = (W, O) if name == "Sent" else (O, W)
    box = post.box(*letters(post, way, lines=(line,)))
    read = post.mbox(box, name=name, ego=Z)
    assert read.owner == W
    assert how in read.source["rules"]
    assert "--ego" not in post.mbox(box, name=name, ego=Z, aliases=(W,)).source["rules"]
    assert "--ego" not in post.mbox(box, name=name).source["rules"]


def test_an_owner_who_does_not_occur_is_not_the_owner(post) -> None:
    assert post.mbox(post.box(*letters(post, (O, J))), ego=Z).source.isna()["owner"]
    mails = letters(post, (O, J), lines=(f"Delivered-To: {J}",))
    assert post.mbox(post.box(*mails), ego=Z).owner == J


def test_who_takes_part_in_all_is_the_owner(post) -> None:
    ways = [(O, Z), (Z, J), (J, Z)]
    assert post.mbox(post.box(*letters(post, *ways))).owner == Z
    assert post.mbox(post.box(*letters(post, *ways[:2]))).source.isna()["owner"], "too few"
    assert post.mbox(post.box(*letters(post, *ways, (O, J)))).source.isna()["owner"]
    pair = [(O, Z), (Z, O), (O, Z)]
    assert post.mbox(post.box(*letters(post, *pair))).source.isna()["owner"], "either could be"
    one_way = [(O, Z), (J, Z), (W, Z)]
    assert post.mbox(post.box(*letters(post, *one_way))).source.isna()["owner"], "maybe a list"


def test_mail_of_others_is_kept(post) -> None:
    mails = letters(post, *[(O, Z)] * 3, (O, J), lines=(f"Delivered-To: {Z}",))
    read = post.mbox(post.box(*mails))
    assert read.owner == Z
    assert read.ways[-1] == (O, J, "to")
    assert read.counts == [4, 4, 0, 0]
