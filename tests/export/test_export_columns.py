"""Columns of text: the cells that need it are changed, the others are not touched."""

from __future__ import annotations

import pandas as pd
import pytest

from netquality.export.columns import mended

MIXED = ["zora", "=1", None, "odo", "=2"]


def test_only_what_is_found_is_handed_over() -> None:
    seen: list[str] = []
    column = pd.Series(MIXED, dtype="str", index=[0, 0, 1, 1, 2], name="b")
    result = mended(column, "^=", lambda cell: seen.append(cell) or "!")
    assert seen == ["=1", "=2"]
    assert result.fillna("?").tolist() == ["zora", "!", "?", "odo", "!"]
    assert (result.name, result.index.tolist()) == ("b", [0, 0, 1, 1, 2])
    assert column.fillna("?").tolist() == ["zora", "=1", "?", "odo", "=2"]


@pytest.mark.parametrize("kind", ["str", "string"])
def test_the_type_stays(kind: str) -> None:
    column = pd.Series(MIXED, dtype=kind)
    assert mended(column, "^=", str.upper).dtype == column.dtype
    assert mended(column.head(0), "^=", str.upper).empty
    assert mended(column.iloc[[2]], "^=", str.upper).isna().all()
