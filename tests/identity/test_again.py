"""The same chat exported again: renamed, unpacked, longer; and two owners' chats of one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import netquality as nq

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    (
        f"{25 + i // 9}/3/2026, 1{i % 9}:{i % 6}{i % 7}",
        "Odo" if i % 2 else "Zora Quill",
        "ink " * (i + 1),
    )
    for i in range(16)
]


def chat(folder: Path, title: str, lines: list[tuple[str, str, str]], other: str = "Odo") -> Path:
    path = folder / f"WhatsApp Chat with {title}.txt"
    text = [f"{at} - {other if who == 'Odo' else who}: {body}\n" for at, who, body in lines]
    path.write_text("".join(text), encoding="utf-8")
    return path


def messages(*paths: Path, **options: Any) -> int:
    network = nq.read(*paths, **options)
    sources = network.sources
    counted = sources["kept"] + sources["merged"] + sources["rejected"]
    assert (sources["read"] == counted).all()
    return int(network.events["event"].nunique())


def test_a_longer_export_adds_only_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old = chat(tmp_path / "old", "Odo", LINES[:10])
    new = chat(tmp_path, "Odo", LINES)
    assert messages(old, new) == messages(new, old) == 16


def test_a_contact_who_was_renamed_is_no_second_chat(tmp_path: Path) -> None:
    old = chat(tmp_path, "Odo", LINES[:10])
    new = chat(tmp_path, "Odo (chess)", LINES, other="Odo (chess)")
    assert messages(old, new) == messages(new, old) == 16


def test_chats_that_share_a_few_moments_stay_two(tmp_path: Path) -> None:
    one = chat(tmp_path, "Odo", LINES)
    shared = [
        (at, who, body if place < 4 else "quill") for place, (at, who, body) in enumerate(LINES)
    ]
    two = chat(tmp_path, "Kim", shared, other="Kim")
    assert messages(one, two) == 32


def event(start: str) -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:one@cal\r\nDTSTAMP:20260601T000000Z\r\nDTSTART:{start}\r\n"
        "ORGANIZER:mailto:zora@quill.example\r\nATTENDEE:mailto:odo@fen.example\r\nEND:VEVENT\r\n"
    )


def calendar(folder: Path, *events: str, day: str) -> Path:
    folder.mkdir()
    path = folder / "mine.ics"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n"
    path.write_text(text.replace("20260601", day))
    return path


def test_a_meeting_that_was_moved_was_held_once(tmp_path: Path) -> None:
    old = calendar(tmp_path / "1", event("20260303T100000Z"), day="20260601")
    other = event("20260302T100000Z").replace("one@cal", "two@cal")
    new = calendar(tmp_path / "2", other, event("20260304T100000Z"), day="20260701")
    assert messages(old, ego="zora@quill.example") == 1
    assert messages(old, new, ego="zora@quill.example") == 2


def test_two_owners_chats_of_one_name_are_two_chats(tmp_path: Path) -> None:
    (tmp_path / "kim").mkdir()
    mine = chat(tmp_path, "Mum", LINES, other="Mum")
    hers = [(at, who.replace("Zora Quill", "Kim Fen"), body + "!") for at, who, body in LINES]
    theirs = chat(tmp_path / "kim", "Mum", hers, other="Mum")
    with nq.Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.read(mine, ego="zora@quill.example", at="2026-04-01")
        workspace.read(theirs, ego="kim@fen.example", consent="by mail", at="2026-04-01")
        network = workspace.network()
    assert len(network.egos) == 2
    assert network.events["event"].nunique() == 32
