"""What a backup costs: media must not be held, however much of it there is."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

from netquality.sources.files import gather
from netquality.sources.ledger import Options
from netquality.sources.phone.backup import read_backup

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1 << 20


def _write(path: Path, kit: Any, *, megabytes: int, messages: int) -> None:
    """Write messages with pictures, all of it in as few values as there are messages."""
    whole = kit.mms(kit.ZORA, [(kit.ZORA, 137), (kit.ME, 151)], "ink", media="MEDIA")
    before, after = whole.split("MEDIA")
    with path.open("w", encoding="utf-8") as file:
        file.write("<smses>")
        for number in range(messages):
            file.write(before.replace(str(kit.NOON), str(kit.NOON + number * 1000)))
            for _ in range(megabytes // messages):
                file.write("iVBORw0K" * (MEGABYTE // 8))
            file.write(after)
        file.write("</smses>")


def _peak(path: Path) -> tuple[int, int]:
    (bundle,) = gather(path)
    tracemalloc.start()
    tables = read_backup(bundle.members[0], bundle, Options())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak, len(tables.events)


def test_media_are_not_held(kit: Any, tmp_path: Path) -> None:
    small, large, many = tmp_path / "sms-a.xml", tmp_path / "sms-b.xml", tmp_path / "sms-c.xml"
    _write(small, kit, megabytes=1, messages=1)
    _write(large, kit, megabytes=60, messages=1)
    _write(many, kit, megabytes=60, messages=30)
    assert large.stat().st_size > 60 * MEGABYTE
    _peak(small)  # whatever is loaded once
    base, one = _peak(small)
    wide, same = _peak(large)
    deep, thirty = _peak(many)
    assert (one, same, thirty) == (1, 1, 30)
    # A few blocks of a megabyte each, not the sixty that are in the file.
    assert wide < base + 8 * MEGABYTE
    assert deep < base + 8 * MEGABYTE
