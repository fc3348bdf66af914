"""Text of strangers: nothing hidden gets through, nothing visible is lost."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.text import FORMULA, UNTIDY, clean, escape, unescape


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("  Zora \t Quillfeather\r\n", "Zora Quillfeather"),
        ("Zora\x00\x1b[31m", "Zora[31m"),
        ("\u202eevil\u2066x\u2069\u200f", "evilx"),
        ("in\u200bvis\u00adible\ufeff", "invisible"),
        ("\ud800half", "half"),
        ("flag\U000e0067\U000e007f", "flag"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("line\u2028break\x85here", "line break here"),
        ("王小明 Ørsted 🎉", "王小明 Ørsted 🎉"),
        ("", ""),
        (None, ""),
        (float("nan"), ""),
        (12, ""),
    ],
)
def test_clean(found: object, shown: str) -> None:
    assert clean(found) == shown


def test_long_text_ends_in_an_ellipsis_at_the_limit() -> None:
    assert clean("x" * 10_000) == "x" * 199 + "…"
    assert clean("x" * 200) == "x" * 200
    assert clean("x" * 300, limit=None) == "x" * 300


@given(st.text())
def test_clean_text_is_one_line_can_be_written_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert once.encode("utf-8").decode("utf-8") == once
    assert len(once.splitlines()) <= 1
    assert len(once) <= 200
    assert clean(once) == once


def test_whatever_is_hidden_or_a_blank_is_not_printable() -> None:
    printable = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    # The two blanks make the text untidy, so that every character is looked at.
    assert clean(f"a  {printable}z", limit=None) == f"a {printable.lstrip()}z"


def test_a_kind_of_text_becomes_plain_text() -> None:
    class Marked(str):
        pass

    assert type(clean(Marked("Zora"))) is str


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" '=+-@\t\r\n"))))
def test_the_patterns_find_every_text_that_is_changed(text: str) -> None:
    assert clean(text, limit=None) == text or re.search(UNTIDY, text)
    assert (escape(text) != text) == bool(re.search(FORMULA, text))


@pytest.mark.parametrize("start", [*"=+-@\t\r\n", "＝", "＠"])
def test_a_formula_is_escaped(start: str) -> None:
    assert escape(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["Zora", "'t Veld", "a=b", "", "''", " =1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert escape(text) == text


@given(st.text(alphabet="'=+-@\t\r\nab"))
def test_unescape_takes_back_what_escape_did(text: str) -> None:
    assert unescape(escape(text)) == text
