"""Small logs, written by the test and read as a user's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@pytest.fixture
def log(tmp_path: Path) -> Callable[..., nq.Network]:
    """Read rows of (sender, recipient, time) and further named columns; pairs have no time."""

    def make(rows: Sequence[tuple[str, ...]], *columns: str, **options: object) -> nq.Network:
        path = tmp_path / f"log{len(list(tmp_path.iterdir()))}.csv"
        timed = ["at"] if len(rows[0]) > 2 else []
        header = ",".join(("sender", "recipient", *timed, *columns))
        path.write_text("\n".join([header, *map(",".join, rows)]) + "\n", encoding="utf-8")
        return nq.read(path, **options)

    return make
