"""CSV: exact numbers, no formulas, the same everywhere."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from netquality.export.frames import people_frame, ties_frame
from netquality.export.tables import csv_text, unescape, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.network import Network


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_floats_read_back_exactly(tmp_path: Path, network: Network) -> None:
    rows = cells(write_csv(ties_frame(network), tmp_path / "ties.csv"))
    assert float(rows[1]["strength"]) == 0.1 + 0.2
    assert [row["two_way"] for row in rows] == ["true", "false", "false"]
    assert [row["out"] for row in rows] == ["12", "3", ""]
    assert rows[2]["strength"] == ""


def test_no_text_cell_starts_a_formula(tmp_path: Path, network: Network) -> None:
    rows = cells(write_csv(ties_frame(network), tmp_path / "ties.csv"))
    assert rows[1]["b_name"] == "'=HYPERLINK(1)"
    assert rows[2]["b"] == "'+41 00"
    assert [unescape(row["b"]) for row in rows] == ["zora", "milo", "+41 00"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", 'a"b,c\nd', "ü"])
def test_every_cell_reads_back(tmp_path: Path, text: str) -> None:
    (row,) = cells(write_csv(pd.DataFrame({"name": [text]}), tmp_path / "t.csv"))
    assert unescape(row["name"]) == text.replace("\r", "\n")
    assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_negative_numbers_stay_numbers() -> None:
    assert csv_text(pd.DataFrame({"base": [-1.5], "n": [-2]})) == "base,n\n-1.5,-2\n"


def test_the_file_is_utf8_with_line_feeds(tmp_path: Path, network: Network) -> None:
    data = write_csv(people_frame(network), tmp_path / "people.csv").read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert "Zora Quillfeather" in data.decode("utf-8")


def test_truth_values_may_be_unknown() -> None:
    frame = pd.DataFrame({"known": pd.array([True, None], dtype="boolean")})
    assert csv_text(frame) == 'known\ntrue\n""\n'
