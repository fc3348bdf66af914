"""A file read bit by bit: the same bytes and hash however it lies there, and faults by name."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from netquality.errors import BadInput
from netquality.sources.files import gather

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.sources.files import Member

INK = b"black ink\n" * 200_000


def member(path: Path) -> Member:
    return gather(path)[0].members[0]


def packed(folder: Path, content: bytes = INK) -> Path:
    path = folder / "ink.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("ink.txt", content)
    return path


def lying(folder: Path, how: str, content: bytes = INK) -> Path:
    if how == "zip":
        return packed(folder, content)
    path = folder / ("ink.txt.gz" if how == "gzip" else "ink.txt")
    path.write_bytes(gzip.compress(content, 1) if how == "gzip" else content)
    return path


@pytest.mark.parametrize("how", ["plain", "gzip", "zip"])
def test_the_same_bytes_and_hash_however_it_lies(tmp_path: Path, how: str) -> None:
    content = bytes(range(256)) * 8_000
    with member(lying(tmp_path, how, content)).stream() as stream:
        assert stream.blocks().read(10) == content[:10]
        assert stream.digest() == hashlib.blake2b(content, digest_size=16).digest()
        assert stream.taken == len(content)


@pytest.mark.parametrize("how", ["plain", "gzip", "zip"])
def test_its_head_is_no_more_than_was_asked_for(tmp_path: Path, how: str) -> None:
    found = member(lying(tmp_path, how, bytes(range(256)) * 100))
    assert found.head(300) == (bytes(range(256)) * 2)[:300]
    assert found.head(300) == found.head(300)


def test_progress_ends_at_the_size(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    path = lying(tmp_path, "plain", bytes(3_000_000))
    with member(path).stream(lambda *what: told.append(what)) as stream:
        stream.digest()
    assert {name for name, _, _ in told} == {"ink.txt"}
    assert told[-1][1:] == (3_000_000, 3_000_000)
    assert [read for _, read, _ in told] == sorted(read for _, read, _ in told)


def test_a_damaged_archive_is_named_while_it_is_read(tmp_path: Path) -> None:
    content = hashlib.shake_256(b"ink").digest(3_000_000)
    path = packed(tmp_path, content)
    raw = bytearray(path.read_bytes())
    raw[2_000_000] ^= 0xFF
    path.write_bytes(raw)
    with member(path).stream() as stream, pytest.raises(BadInput, match=r"ink\.txt is damaged"):
        stream.digest()


def test_a_truncated_gzip_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ink.txt.gz"
    path.write_bytes(gzip.compress(hashlib.shake_256(b"ink").digest(3_000_000))[:-1000])
    with member(path).stream() as stream, pytest.raises(BadInput, match="damaged"):
        stream.digest()


def test_a_bomb_is_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "ink.txt.gz"
    path.write_bytes(gzip.compress(bytes(300 << 20), 9))
    assert path.stat().st_size * 200 < 300 << 20
    with member(path).stream() as stream, pytest.raises(BadInput, match="zip bomb"):
        stream.digest()
    assert stream.taken < 100 << 20
