"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from netquality.disk import write
from netquality.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "ties.csv"
    assert write(target, b"old").read_bytes() == b"old"
    assert write(str(target), b"new").read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write(tmp_path / "ties.csv", b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match=r"ties\.csv cannot be written: No space left"):
        write(target, b"new" * 1000)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadInput, match=r"ties\.csv cannot be written") as caught:
        write(tmp_path / "file" / "ties.csv", b"x")
    assert "folder" in caught.value.accepted


def test_a_folder_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        write(tmp_path / "ties.csv", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]
