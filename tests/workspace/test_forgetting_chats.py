"""Forgetting somebody whose chat is called after them: the file's name goes as well."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

import netquality as nq

if TYPE_CHECKING:
    from pathlib import Path

CHAT = "25/3/2026, 10:00 - {0}: ink\n25/3/2026, 10:01 - Zora Quill: quill\n"


@pytest.mark.parametrize("packed", [False, True])
def test_no_byte_of_a_forgotten_partner_stays_in_a_files_name(tmp_path: Path, packed: bool) -> None:
    for title, author in (("Vesper_ the Baker", "Vesper: the Baker"), ("Odo Fen", "Odo Fen")):
        text = CHAT.format(author)
        if packed:
            with zipfile.ZipFile(tmp_path / f"WhatsApp Chat - {title}.zip", "w") as archive:
                archive.writestr("_chat.txt", text)
        else:
            (tmp_path / f"WhatsApp Chat with {title}.txt").write_text(text)
    place = tmp_path / "w.duckdb"
    with nq.Workspace(place) as workspace:
        workspace.read(tmp_path, ego="Zora Quill")
        workspace.forget("Vesper: the Baker")
        sources = workspace.network().sources
    assert sources["name"].str.contains("Odo").any() or sources["bundle"].str.contains("Odo").any()
    every = sources.to_csv().casefold()
    assert "vesper" not in every
    assert b"vesper" not in place.read_bytes().lower()
    with nq.Workspace(place) as workspace:
        workspace.read(tmp_path, ego="Zora Quill", again=True)
        assert "vesper" not in workspace.network().sources.to_csv().casefold()
