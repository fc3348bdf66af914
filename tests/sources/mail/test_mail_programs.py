"""A mailbox as each program writes it."""

from __future__ import annotations

import gzip
import io

import pytest

from netquality.errors import BadInput
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.mail.mbox import read_mbox
from netquality.sources.mail.single import looks_like_mail

Z, O, J = "zora@quill.example", "odo@fen.example", "juniper@vale.example"  # noqa: E741

TAKEOUT = """From 1790123456789012345@xxx Mon Mar 04 11:20:34 +0000 2024\r
X-GM-THRID: 1790123456789012345\r
X-Gmail-Labels: {labels}\r
Delivered-To: zora@quill.example\r
Received: by 192.0.2.1 with SMTP id x1;\r
        Mon, 4 Mar 2024 03:20:34 -0800 (PST)\r
ARC-Seal: i=1; a=rsa-sha256; t=1709551234; cv=none;\r
        b=abc\r
MIME-Version: 1.0\r
From: =?UTF-8?Q?Odo_Fenwick?= <odo@fen.example>\r
Date: Mon, 4 Mar 2024 12:20:30 +0100\r
Message-ID: <CA+ink{n}@mail.fen.example>\r
Subject: xyzzyplugh\r
To: Zora Quillfeather <zora@quill.example>\r
Content-Type: multipart/alternative; boundary="000"\r
\r
--000\r
Content-Type: text/plain; charset="UTF-8"\r
\r
From now on xyzzyplugh.\r
\r
--000--\r
\r
"""


def takeout(*labels: str) -> bytes:
    return "".join(TAKEOUT.format(labels=each, n=n) for n, each in enumerate(labels)).encode()


def test_gmail_takeout(post) -> None:
    name = "Takeout/Mail/All mail Including Spam and Trash.mbox"
    read = post.mbox(takeout("Inbox,Important,Opened", "Archived"), name=name)
    assert read.owner == Z
    assert read.ways == [(O, Z, "to")] * 2
    assert read.names(O) == {"Odo Fenwick"}
    row = read.events.iloc[0]
    assert (row["event"], row["thread"]) == ("CA+ink0@mail.fen.example", "gm:1790123456789012345")
    assert str(row["at"]) == "2024-03-04 11:20:30+00:00"
    assert read.source["format"] == "mail/mbox"
    assert read.source["zone"] == "UTC (given)"


@pytest.mark.parametrize("label", ["Chat", "Chats", "Ouverts,Chats"])
def test_gmail_keeps_chats_among_the_mails(post, label: str) -> None:
    read = post.mbox(takeout(label, "Inbox"))
    assert read.events["channel"].tolist() == ["chat", "mail"]


SPAM = ["Spam", "Spam,Unread", "Junk", "Indésirables", "Correo no deseado", "Posta indesiderata"]
DRAFTS = ["Drafts", "Entwürfe", "Brouillons", "Borradores", "Bozze", "Rascunhos", "Concepten"]
TRASH = ["Trash", "Papierkorb", "Corbeille", "Papelera", "Cestino", "Lixeira", "Prullenbak"]


@pytest.mark.parametrize("label", SPAM)
def test_spam_is_refused(post, label: str) -> None:
    read = post.mbox(takeout(label, "Inbox"))
    assert read.reasons == ["in spam"]
    assert read.counts == [2, 1, 0, 1]


@pytest.mark.parametrize("label", DRAFTS)
def test_drafts_are_refused(post, label: str) -> None:
    read = post.mbox(takeout(f"{label},Opened", "Inbox"))
    assert read.reasons == ["a draft, never sent"]
    assert read.counts == [2, 1, 0, 1]


@pytest.mark.parametrize("label", TRASH)
def test_what_was_thrown_away_was_sent_or_received(post, label: str) -> None:
    assert post.mbox(takeout(label)).counts == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Drafts", "a draft, never sent"),
        ("Takeout/Mail/Entwürfe.mbox", "a draft, never sent"),
        ("Entw&APw-rfe", "a draft, never sent"),
        ("Unsent Messages", "a draft, never sent"),
        ("Mail/Local Folders/Templates", "a draft, never sent"),
        ("Drafts.mbox/mbox", "a draft, never sent"),
        ("Junk", "in spam"),
        ("Courrier ind&AOk-sirable", "in spam"),
        ("Spam.mbox", "in spam"),
    ],
)
def test_folders_of_drafts_and_spam_are_refused(post, name: str, reason: str) -> None:
    read = post.mbox(post.box(post.mail()), name=name)
    assert read.reasons == [reason]


@pytest.mark.parametrize("name", ["Inbox", "Trash", "Spam and eggs", "Drafting room", "&", "&AO"])
def test_other_folders_are_not(post, name: str) -> None:
    assert post.mbox(post.box(post.mail()), name=name).counts == [1, 1, 0, 0]


def test_apple_mail_tells_the_folder_by_the_bundle(post) -> None:
    read = post.mbox(post.box(post.mail()), name="mbox", bundle="Sent Messages.mbox")
    assert read.owner == Z


def test_thunderbird(post) -> None:
    extra = ("X-Mozilla-Status: 0001", "X-Mozilla-Status2: 00000000", "X-Mozilla-Keys:      ")
    data = post.box(
        b"\r\n".join(line.encode() for line in extra) + b"\r\n" + post.mail(newline="\r\n"),
        b"X-Mozilla-Keys: Junk\r\n" + post.mail(newline="\r\n", message_id="<2@q>"),
        b"X-Mozilla-Keys: NonJunk $label1\r\n" + post.mail(newline="\r\n", message_id="<3@q>"),
        newline=b"\r\n",
    )
    read = post.mbox(data, name="ImapMail/fen.example/INBOX")
    assert read.counts == [3, 2, 0, 1]
    assert read.reasons == ["in spam"]


def test_pipermail(post) -> None:
    data = b"""From zora at quill.example  Mon Mar  4 11:20:34 2024
From: zora at quill.example (Zora Quillfeather)
Date: Mon, 4 Mar 2024 12:20:34 +0100
Subject: [Ink] xyzzyplugh
Message-ID: <1@quill.example>

xyzzyplugh
From odo at fen.example I have this ink.

From odo at fen.example  Mon Mar  4 12:20:34 2024
From: odo at fen.example (=?utf-8?Q?Odo_Fenwick?=)
Date: Mon, 04 Mar 2024 12:20:34 -0000
Subject: [Ink] xyzzyplugh
In-Reply-To: <1@quill.example>
References: <1@quill.example>
Message-ID: <2@fen.example>

xyzzyplugh

"""
    read = post.mbox(data, name="2024-March.txt")
    assert read.source.isna()["owner"]
    assert read.ways == [(Z, None, None), (O, None, None)]
    assert read.names(Z) == {"Zora Quillfeather"}
    assert read.names(O) == {"Odo Fenwick"}
    assert read.events["thread"].tolist() == ["1@quill.example"] * 2
    assert str(read.events["at"][1])[:19] == "2024-03-04 12:20:34"


def test_a_gzipped_mbox(post, tmp_path) -> None:
    from netquality.sources.files import gather

    path = tmp_path / "2024-March.txt.gz"
    path.write_bytes(gzip.compress(post.box(post.mail())))
    (bundle,) = gather(path)
    tables = read_mbox(bundle.members[0], bundle, Options())
    assert tables.sources["kept"].tolist() == [1]


def test_a_damaged_file_is_said(post, tmp_path) -> None:
    packed = gzip.compress(post.box(*[post.mail(message_id=f"<{i}@q>") for i in range(500)]))
    member = Member("a.mbox.gz", lambda: b"", lambda: io.BytesIO(packed[:-40]), len(packed))
    with pytest.raises(BadInput, match="damaged"):
        read_mbox(member, Bundle("a", None, (member,)), Options())


@pytest.mark.parametrize("cut", [60, 75, 110, 150])
def test_a_truncated_mailbox_loses_its_last_mail_only(post, cut: int) -> None:
    whole = post.box(post.mail(message_id="<1@q>"))
    read = post.mbox(whole + post.box(post.mail(message_id="<2@q>"))[:cut])
    assert read.counts == [2, 1, 0, 1]
    assert read.reasons == ["cut off within its header"]


def test_a_part_of_a_mailbox_that_begins_in_a_mail(post) -> None:
    read = post.mbox(b"xyzzyplugh\n\n" + post.box(post.mail()))
    assert read.counts == [2, 1, 0, 1]
    assert read.reasons == ["text before the first mail"]
    assert read.events["row"].tolist() == [2]


def test_an_empty_mailbox(post) -> None:
    assert post.mbox(b"").counts == [0, 0, 0, 0]


def test_a_mailbox_of_nothing_but_drafts_has_no_events(post) -> None:
    assert post.mbox(post.box(post.mail()), name="Drafts").events.empty


def test_progress_is_told(post) -> None:
    told: list[tuple[str, int, int | None]] = []
    data = post.box(post.mail())
    member = Member("Inbox", lambda: data)
    options = Options(progress=lambda *step: told.append(step))
    read_mbox(member, Bundle("mail", None, (member,)), options)
    assert told[-1][:2] == ("Inbox", len(data))


def test_the_source_is_named_by_its_content(post) -> None:
    data = post.box(post.mail())
    first, second = post.mbox(data), post.mbox(data, name="Other")
    assert first.source["source"] == second.source["source"]
    assert first.source["source"] != post.mbox(data + b"\n").source["source"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "before", [b"", b"\n", b"\xef\xbb\xbf", b"From - Mon Mar  4 11:20:34 2024\n"]
)
def test_a_single_mail(post, newline: str, before: bytes) -> None:
    data = before + post.mail(message_id="<1@q>", newline=newline)
    assert looks_like_mail("ink", data)
    read = post.one(data)
    assert read.ways == [(Z, O, "to")]
    assert read.source["format"] == "mail/eml"
    assert read.counts == [1, 1, 0, 0]


def test_a_single_mail_without_a_body(post) -> None:
    data = post.mail(message_id="<1@q>").partition(b"\n\n")[0]
    assert post.one(data + b"\n").counts == [1, 1, 0, 0]
    assert post.one(data).reasons == ["cut off within its header"]


@pytest.mark.parametrize(
    ("name", "head", "is_one"),
    [
        ("a.eml", b"From: a@fen.example\n\n", True),
        ("a.eml", b"To: a@fen.example\nDate: x\n\n", True),
        ("a.eml", b"X-Ink: black\n\n", False),
        ("a", b"Received: x\nFrom: a@fen.example\nDate: x\n\n", True),
        ("a", b"Ink: black\nTo: x\n\n", False),
        ("a.txt", b"Dear Odo,\nFrom: Zora\nDate: today\nTo: Odo\n\n", False),
        ("a.txt", b"Dear friends of ink:\nFrom: Zora\nDate: today\nTo: Odo\n\n", False),
        ("a.mht", b"From: <Saved by Blink>\nSubject: x\nDate: x\n\n", False),
        ("a.vcf", b"BEGIN:VCARD\nFN:Zora\n", False),
        ("a.ics", b"BEGIN:VCALENDAR\n", False),
        ("a.csv", b"from,to,date\n", False),
        ("a.eml", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, False),
        ("a.eml", b"", False),
    ],
)
def test_a_single_mail_is_told_by_its_first_bytes(name: str, head: bytes, is_one: bool) -> None:
    assert looks_like_mail(name, head) is is_one
