"""What the script reads: nothing in it can end its element, and nothing is lost in packing."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.page.crowd import slug
from netquality.page.data import embedded, packed, table_data
from netquality.page.tables import Column, table

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(WORDS))
def test_text_comes_back_as_it_was_and_stays_inside(words: list[str]) -> None:
    made = embedded(words)
    assert json.loads(made) == words
    assert not set(made) & set("<>&\u2028\u2029")


@given(st.lists(st.sampled_from(["strong", "weak", "", "silent"]) | WORDS))
def test_a_packed_column_holds_every_cell(column: list[str]) -> None:
    made: Any = packed(column)
    if isinstance(made, dict):
        made = [made["values"][code] for code in made["codes"]]
    assert made == column


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        embedded([float("nan")])


def test_a_table_without_rows_keeps_its_columns() -> None:
    made = table("Ties", [(Column("Name", "name"), str), (Column("Out", "number"), str)],
                 pd.DataFrame(), key="ties")  # fmt: skip
    assert table_data(made)["columns"] == [{"values": [], "codes": []}] * 2


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        ("zora-quill-7f3a21", "zora-quill-7f3a21"),
        ("zoë-quill", "zo%C3%AB-quill"),
        ("zo%C3%AB-quill", "zo%C3%AB-quill"),
        ("", ""),
        ("..", ""),
        ("../feed", ""),
        ("a?b", ""),
        ("a#b", ""),
        ('a"b', ""),
        ("a%2Fb", ""),
        ("javascript:alert(1)", ""),
        ("x" * 301, ""),
    ],
)
def test_only_a_slug_becomes_an_address(profile: str, shown: str) -> None:
    assert slug(profile) == shown
