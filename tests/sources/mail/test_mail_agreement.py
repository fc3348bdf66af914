"""What was written is what is read, in one mbox, in two, or as a Maildir."""

from __future__ import annotations

import mailbox
import tempfile
from datetime import datetime, timedelta, timezone
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.ids import digest
from netquality.sources.files import gather
from netquality.sources.ledger import Options
from netquality.sources.mail.folders import mail_folders, read_mail_folder
from netquality.sources.mail.mbox import read_mbox

if TYPE_CHECKING:
    from netquality.schema import Tables

OWNER = "zora@quill.example"
PEOPLE = [OWNER, "odo@fen.example", "juniper@vale.example", "t.moor@moor.example", "zora@gmail.com"]
NAMES = st.text(st.characters(categories=["L", "N", "Zs"], include_characters=",.'-"), max_size=30)
BODIES = st.lists(
    st.sampled_from(
        [
            "Ink.",
            "",
            "From Odo I hear that.",
            "From - Mon Mar  4 11:20:34 2024",
            "From odo@fen.example Mon Mar  4 11:20:34 2024",
            "From: nobody@bog.example",
            "Zoë",
            "." * 500,
        ]
    ),
    max_size=8,
)


@st.composite
def mails(draw: st.DrawFn) -> dict[str, Any]:
    who = draw(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=5, unique=True))
    cut = draw(st.integers(1, len(who)))
    minutes = draw(st.integers(-12 * 60, 14 * 60))
    when = draw(st.datetimes(datetime(1995, 1, 1), datetime(2026, 1, 1)))
    return {
        "from": who[0],
        "name": draw(NAMES),
        "to": who[1:cut] or who[1:],
        "cc": who[cut:] if who[1:cut] else [],
        "when": when.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))),
        "answers": draw(st.none() | st.integers(0, 5)),
        "body": "\n".join(draw(BODIES)),
    }


def _message(mail: dict[str, Any], number: int) -> EmailMessage:
    message = EmailMessage()
    local, _, domain = mail["from"].partition("@")
    message["From"] = Address(mail["name"], local, domain)
    message["To"] = ", ".join(mail["to"])
    if mail["cc"]:
        message["Cc"] = ", ".join(mail["cc"])
    message["Date"] = mail["when"]
    message["Message-ID"] = f"<{number}@quill.example>"
    if mail["answers"] is not None:
        message["References"] = f"<{mail['answers']}@quill.example>"
    message["Subject"] = "Ink"
    message.set_content(mail["body"])
    return message


def _expected(written: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(
        (
            f"{number}@quill.example",
            digest("mail", mail["from"]),
            digest("mail", address),
            role,
            len(mail["to"]) + len(mail["cc"]),
            pd.Timestamp(mail["when"]).tz_convert("UTC"),
            f"{number if mail['answers'] is None else mail['answers']}@quill.example",
        )
        for number, mail in enumerate(written)
        for role in ("to", "cc")
        for address in mail[role]
    )


def _plain(*parts: Tables) -> list[tuple[Any, ...]]:
    columns = ["event", "sender", "recipient", "role", "audience", "at", "thread"]
    return sorted(
        row for part in parts for row in part.events[columns].itertuples(index=False, name=None)
    )


def _write(path: Path, messages: list[EmailMessage]) -> None:
    box = mailbox.mbox(path)
    for message in messages:
        box.add(message)
    box.close()


def _mbox(path: Path, options: Options) -> Tables:
    (bundle,) = gather(path)
    return read_mbox(bundle.members[0], bundle, options)


def _maildir(path: Path, messages: list[EmailMessage], options: Options) -> Tables:
    box = mailbox.Maildir(path)
    for message in messages:
        box.add(message)
    (bundle,) = gather(path)
    ((name, members),) = mail_folders(bundle).items()
    return read_mail_folder(name, members, bundle, options)


@settings(max_examples=40, deadline=None)
@given(written=st.lists(mails(), min_size=1, max_size=9), cut=st.integers(0, 9))
def test_what_was_written_is_what_is_read(written: list[dict[str, Any]], cut: int) -> None:
    messages = [_message(mail, number) for number, mail in enumerate(written)]
    expected, options = _expected(written), Options(ego=OWNER)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _write(folder / "all", messages)
        _write(folder / "one", messages[:cut])
        _write(folder / "two", messages[cut:])
        whole = _mbox(folder / "all", options)
        assert _plain(whole) == expected
        halves = [
            _mbox(folder / name, options)
            for name in ("one", "two")
            if (folder / name).stat().st_size
        ]
        assert _plain(*halves) == expected
        files = _maildir(folder / "Mail", messages, options)
        assert _plain(files) == expected
    assert whole.sources["read"].tolist() == files.sources["read"].tolist() == [len(written)]
    assert _names(whole) == _names(files)


def _names(tables: Tables) -> set[tuple[str, str]]:
    rows = tables.accounts[["account", "name"]].dropna()
    return set(rows.itertuples(index=False, name=None))


def test_one_mail_in_both_halves_counts_once_for_the_events(post: Any) -> None:
    mail = post.mail(message_id="<1@q>")
    first, second = post.mbox(post.box(mail)), post.mbox(post.box(mail, mail))
    assert first.events["event"].tolist() == second.events["event"].tolist()
