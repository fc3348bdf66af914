"""Maildir and folders of single mails: which files belong together, and what their names say."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from netquality.sources.files import Bundle, Member, gather
from netquality.sources.ledger import Options
from netquality.sources.mail.folders import mail_folders, read_mail_folder

if TYPE_CHECKING:
    from pathlib import Path

Z, O = "zora@quill.example", "odo@fen.example"  # noqa: E741


def bundle(*names: str, data: bytes = b"From: zora@quill.example\nTo: x\nDate: y\n\n") -> Bundle:
    return Bundle("mail", None, tuple(Member(name, lambda: data) for name in names))


def found(*names: str, **options: bytes) -> dict[str, list[str]]:
    folders = mail_folders(bundle(*names, **options))
    return {path: [member.name for member in files] for path, files in folders.items()}


def test_mails_of_one_folder_belong_together() -> None:
    assert found(
        "Mail/cur/1709551234.M1.fen:2,S",
        "Mail/new/1709551235.M2.fen",
        "Mail/tmp" + "/1709551236.M3.fen",
        "Mail/.Sent/cur/1709551237.M4.fen:2,RS",
        "Mail/.Ink.Black/new/1709551238.M5.fen",
        "Mail/dovecot.index",
        "eml/1.eml",
        "eml/deep/2.EML",
        "eml/deep/3.eml.gz",
        "a.csv",
    ) == {
        "Mail": ["Mail/cur/1709551234.M1.fen:2,S", "Mail/new/1709551235.M2.fen"],
        "Mail/.Sent": ["Mail/.Sent/cur/1709551237.M4.fen:2,RS"],
        "Mail/.Ink.Black": ["Mail/.Ink.Black/new/1709551238.M5.fen"],
        "eml": ["eml/1.eml"],
        "eml/deep": ["eml/deep/2.EML", "eml/deep/3.eml.gz"],
    }


def test_the_folder_itself_may_be_what_was_named() -> None:
    assert found("cur/1709551234.M1.fen:2,", "1.eml") == {"": ["cur/1709551234.M1.fen:2,", "1.eml"]}


@pytest.mark.parametrize("name", ["cur/ink", "new/ink.txt", "cur/ink!2,S", "cur/ink;2,S"])
def test_names_of_other_programs(name: str) -> None:
    assert found(name) == {"": [name]}


def test_other_files_in_a_folder_called_new_are_left_alone() -> None:
    assert found("new/log.csv", "cur/notes.txt", data=b"who,when\nzora,now\n") == {}


def test_a_single_file_is_no_folder() -> None:
    member = Member("1.eml", lambda: b"From: zora@quill.example\n\n")
    assert mail_folders(Bundle("1.eml", None, (member,), single=True)) == {}


def test_rows_and_the_source_do_not_depend_on_flags(post) -> None:
    mails = [post.mail(message_id=f"<{i}@q>") for i in range(3)]
    fresh = {f"new/170955123{i}.M{i}.fen": mail for i, mail in enumerate(mails)}
    seen = {
        "cur/1709551232.M2.fen:2,RS": mails[2],
        "cur/1709551230.M0.fen:2,S": mails[0],
        "cur/1709551231.M1.fen:2,FS": mails[1],
    }
    first, second = post.folders(fresh)[""], post.folders(seen)[""]
    assert first.source["source"] == second.source["source"]
    assert first.source["format"] == "mail/maildir"
    for read in (first, second):
        assert read.events[["row", "event"]].to_numpy().tolist() == [
            [1, "0@q"],
            [2, "1@q"],
            [3, "2@q"],
        ]
    other = post.folders({**fresh, "new/1709551239.M9.fen": mails[0] + b"x"})[""]
    assert other.source["source"] != first.source["source"]
    assert other.counts == [4, 3, 1, 0]


def test_rows_follow_the_deliveries_wherever_a_mail_lies(post) -> None:
    files = {
        "cur/1709551231.M1.fen:2,S": post.mail(message_id="<1@q>"),
        "new/1709551230.M0.fen": post.mail(message_id="<0@q>"),
    }
    assert post.folders(files)[""].events["event"].tolist() == ["0@q", "1@q"]


def test_the_source_does_not_depend_on_names(post) -> None:
    mails = [post.mail(message_id=f"<{i}@q>") for i in range(4)]
    one = post.folders({f"a/{place}.eml": mail for place, mail in enumerate(mails)})["a"]
    two = post.folders({f"b/{9 - place}.eml": mail for place, mail in enumerate(mails)})["b"]
    assert one.source["source"] == two.source["source"]


@pytest.mark.parametrize("colon", [":", ";", "!"])
def test_flags_of_drafts_and_of_what_was_thrown_away(post, colon: str) -> None:
    files = {
        f"cur/1709551231.M1.fen{colon}2,DS": post.mail(message_id="<1@q>"),
        f"cur/1709551232.M2.fen{colon}2,ST": post.mail(message_id="<2@q>"),
        f"cur/1709551233.M3.fen{colon}2,": post.mail(message_id="<3@q>"),
    }
    read = post.folders(files)[""]
    assert read.counts == [3, 2, 0, 1]
    assert read.reasons == ["a draft, never sent"]
    assert read.events["row"].tolist() == [2, 3]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        (".Sent", 1),
        (".INBOX.Sent Items", 1),
        (".Drafts", 0),
        (".Entw&APw-rfe", 0),
        (".INBOX.Junk E-mail", 0),
        (".Ink.Drafting", 1),
    ],
)
def test_names_of_subfolders(post, path: str, kept: int) -> None:
    read = post.folders({f"{path}/cur/1709551234.M1.fen:2,S": post.mail()})[path]
    assert read.counts == [1, kept, 0, 1 - kept]
    assert (read.owner == Z) is ("Sent" in path)


def test_folders_of_single_mails_are_named_as_well(post) -> None:
    read = post.folders({"Sent/1.eml": post.mail(), "Drafts/2.eml": post.mail()})
    assert read["Sent"].owner == Z
    assert read["Drafts"].reasons == ["a draft, never sent"]
    assert read["Sent"].source["format"] == "mail/eml"


def test_the_name_of_a_file_dates_a_mail_that_does_not(post) -> None:
    read = post.folders({"cur/1709551234.M1.fen:2,S": post.mail(date="soon")})[""]
    assert [str(at)[:19] for at in read.events["at"]] == ["2024-03-04 11:20:34"]
    assert post.folders({"a/1.eml": post.mail(date="soon")})["a"].reasons == ["no date"]


def test_a_damaged_mail_does_not_spoil_the_others(post, tmp_path: Path) -> None:
    import gzip

    (tmp_path / "1.eml").write_bytes(post.mail(message_id="<1@q>"))
    (tmp_path / "2.eml.gz").write_bytes(gzip.compress(post.mail(message_id="<2@q>"))[:-20])
    (tmp_path / "3.eml").write_bytes(b"\x00\xff" * 50)
    (one,) = gather(tmp_path)
    ((name, members),) = mail_folders(one).items()
    tables = read_mail_folder(name, members, one, Options())
    assert tables.sources[["read", "kept", "rejected"]].iloc[0].tolist() == [3, 1, 2]
    assert tables.rejects["reason"].tolist() == [
        "the file is damaged",
        "neither sender nor recipient",
    ]


def test_a_maildir_of_the_standard_library(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Mail")
    for place in range(5):
        message = EmailMessage()
        message["From"], message["To"] = "Zora <zora@quill.example>", "odo@fen.example"
        message["Date"], message["Message-ID"] = "4 Mar 2024 11:20:34 +0000", f"<{place}@q>"
        kept = mailbox.MaildirMessage(message)
        kept.set_subdir("cur" if place % 2 else "new")
        kept.set_flags({0: "", 1: "S", 2: "", 3: "DS", 4: ""}[place])
        box.add(kept)
    (one,) = gather(tmp_path / "Mail")
    ((name, members),) = mail_folders(one).items()
    tables = read_mail_folder(name, members, one, Options())
    assert sorted(tables.events["event"]) == ["0@q", "1@q", "2@q", "4@q"]
    assert tables.rejects["reason"].tolist() == ["a draft, never sent"]
