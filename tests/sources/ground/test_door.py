"""One door for all kinds of files: told by what is in them, and refused with the way out."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import pytest

import netquality as nq
from netquality.errors import Ambiguous, BadInput
from netquality.sources.ledger import Options
from netquality.sources.sniff import read_source, read_sources

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

OWNER = Options(ego="juniper@vellichor.example", timezone="UTC")
FORMATS = {
    "mail": "mail/mbox",
    "calendar": "calendar/ics",
    "contacts": "contacts/vcard",
    "google": "contacts/google",
    "whatsapp": "whatsapp/chat",
    "sms": "phone/sms",
    "calls": "phone/calls",
    "telegram": "telegram/result",
    "slack": "slack/conversation",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> nq.samples.write.Sample:  # type: ignore[name-defined]
    folder = tmp_path_factory.mktemp("everyday")
    return nq.sample(folder, contacts=60, messages=400, everyday=True)


def used(path: Path, options: Options = OWNER) -> pd.DataFrame:
    sources = read_source(path, options).sources
    return sources[sources["unused"].isna()]


@pytest.mark.parametrize("kind", FORMATS)
def test_each_kind_is_told_by_what_is_in_it(made, kind: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert FORMATS[kind] in set(used(made.media[kind])["format"])


@pytest.mark.parametrize("kind", ["mail", "calendar", "contacts", "sms", "calls"])
def test_a_gzipped_file_and_one_of_another_name_are_the_same(made, kind, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = made.media[kind]
    packed = tmp_path / f"{path.name}.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    plain, again = read_source(path, OWNER), read_source(packed, OWNER)
    assert set(plain.sources["source"]) == set(again.sources["source"])
    assert plain.events.equals(again.events)


def test_takeout_archives_as_they_come_hold_what_the_files_hold(made, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    inside = {"mail": "Mail/All mail.mbox", "calendar": "Calendar/Mine.ics"}
    inside["contacts"] = "Contacts/All Contacts/All Contacts.vcf"
    for number, (kind, name) in enumerate(inside.items(), 1):
        path = tmp_path / f"takeout-20261120T101112Z-00{number}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(made.media[kind], f"Takeout/{name}")
            archive.writestr("Takeout/archive_browser.html", "<!DOCTYPE html><html></html>")
            archive.writestr("Takeout/Photos/ink.jpg", b"\xff\xd8\xff")
    tables = read_source(tmp_path, OWNER)
    alone = read_sources([made.media[kind] for kind in inside], OWNER)
    # The archives' names tell the day of the export, which the calendar alone does not.
    every = [tables.events, *(each.events for each in alone)]
    held = [events[events["kind"] != "meeting"] for events in every]
    assert len(held[0]) == sum(map(len, held[1:]))
    assert set(alone[1].events["event"]) <= set(tables.events["event"])
    unused = tables.sources[tables.sources["unused"].notna()]
    assert len(unused) == 6
    assert (unused["read"] == 0).all()
    assert unused["name"].str.contains("1 .jpg", regex=False).sum() == 3


@pytest.mark.parametrize(
    ("name", "content", "found", "way"),
    [
        ("old.pst", b"!BDN" + b"\0" * 80, "PST", "readpst"),
        ("letter.msg", b"\xd0\xcf\x11\xe0" + b"\0" * 80, "MSG", ".eml"),
        ("mac.olm", b"anything at all", "OLM", "mbox"),
        ("msgstore.db.crypt15", b"\x01\x02" * 80, "encrypted WhatsApp", "Export chat"),
        ("CallHistory.storedata", b"SQLite format 3\x00" + b"\0" * 80, "SQLite", "CSV"),
        ("takeout.tgz", b"ink" * 100, "packed", "Unpack"),
        ("ink.rar", b"Rar!\x1a\x07" + b"\0" * 80, "packed", "Unpack"),
        (
            "messages.html",
            b"<!DOCTYPE html><html><title>Exported Data</title><a href=tgme></a></html>",
            "Telegram",
            "JSON",
        ),
        ("inbox.html", b"<html><body>mail</body></html>", "web page", "JSON"),
        ("dm.js", b"window.YTD.direct_messages.part0 = [ ]", "X (Twitter)", "CSV"),
        (
            "message_1.json",
            b'{"participants": [{"name": "Odo"}], "messages": [{"sender_name": "Odo"}]}',
            "Facebook",
            "CSV",
        ),
    ],
)
def test_what_is_not_read_is_refused_with_the_way_out(
    tmp_path: Path, name: str, content: bytes, found: str, way: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_source(path)
    assert name in caught.value.found
    assert found in caught.value.found
    assert way in str(caught.value.todo)
    with pytest.raises(BadInput, match="no export that can be used") as listed:
        read_source(tmp_path)
    assert way in str(listed.value.todo)


def chat(folder: Path, other: str, *days: str) -> Path:
    path = folder / f"WhatsApp Chat with {other}.txt"
    lines = [f"{day}/2026, 10:00 - {who}: ink\n" for day in days for who in (other, "Zora Quill")]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_a_chat_of_unclear_dates_follows_the_others_and_says_so(tmp_path: Path) -> None:
    unclear, clear = chat(tmp_path, "Odo", "3/5"), chat(tmp_path, "Kim", "3/25")
    with pytest.raises(Ambiguous, match=r"WhatsApp Chat with Odo\.txt has dates like 3/5"):
        read_source(unclear)
    for together in (read_sources([unclear, clear]), [read_source(tmp_path)]):
        rules = {r for tables in together for r in tables.sources["rules"] if "as in the" in r}
        assert len(rules) == 1
        days = {d for tables in together for d in tables.events["at"].dt.strftime("%m-%d")}
        assert days == {"03-05", "03-25"}


def test_chats_that_contradict_each_other_decide_nothing_for_a_third(tmp_path: Path) -> None:
    chat(tmp_path, "Odo", "3/5")
    chat(tmp_path, "Kim", "3/25")
    chat(tmp_path, "Bo", "25/3")
    with pytest.raises(Ambiguous):
        read_source(tmp_path)


def test_whose_group_it_is_the_other_chats_tell(tmp_path: Path) -> None:
    group = tmp_path / "WhatsApp Chat with Ink lovers.txt"
    lines = [f"25/3/2026, 10:0{i} - {who}: ink\n" for i, who in enumerate(("A", "B", "Zora Quill"))]
    group.write_text("".join(lines))
    assert read_source(group).sources["owner"].isna().all()
    chat(tmp_path, "Odo", "25/3")
    both = read_source(tmp_path)
    assert both.sources["owner"].nunique(dropna=False) == 1


def test_pictures_of_a_chat_are_one_line_and_nothing_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat - Odo.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_chat.txt", "[25/03/26, 10:00:00] Odo: ink\n[25/03/26, 10:01:00] Zo: yes\n"
        )
        for number in range(30):
            archive.writestr(f"{number}-PHOTO.jpg", b"\xff\xd8\xff")
        archive.writestr("voice.opus", b"OggS")
    sources = read_source(path).sources
    assert len(sources) == 2
    assert sources["name"].tolist()[1] == "(30 .jpg, 1 .opus)"


def test_several_names_of_one_owner_are_one_person(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "sender,recipient,at\nz@a.example,odo@b.example,2026-01-05T10:00:00Z\n"
        "odo@b.example,zora@c.example,2026-01-06T10:00:00Z\n"
    )
    apart = nq.read(log, ego="z@a.example")
    both = nq.read(log, ego=["z@a.example", "zora@c.example", "nobody@d.example"])
    assert len(apart.people) == 3
    assert len(both.people) == 2
    assert both.ties[["out", "in"]].iloc[0].tolist() == [1.0, 1.0]


def test_a_country_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no country"):
        nq.read(tmp_path, region="Germany")
