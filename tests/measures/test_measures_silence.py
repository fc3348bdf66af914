"""Silence, worked by hand; and who was strong when contact stopped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.measures.silence import silence

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.measures.silence import Silence

LAST = date(2026, 12, 31)


def read(folder: Path, rows: list[str], **how: str) -> nq.Network:
    path = folder / "log.csv"
    path.write_text("\n".join(["sender,recipient,at", *rows]) + "\n", encoding="utf-8")
    return nq.read(path, **how)


def exchange(alter: str, last: date, days: int, gap: int) -> list[str]:
    """Both write on so many days, the last of them given."""
    when = [last - timedelta(days=gap * k) for k in range(days)]
    minute = sum(map(ord, alter)) % 60
    there = [f"zora,{alter},{day} 12:{minute:02}" for day in when]
    return there + [f"{alter},zora,{day} 13:{minute:02}" for day in when]


ROWS = [
    f"zora,nobody,{LAST} 09:00",
    # 60 weeks, the last on March 1: 305 days before the end of the year.
    *exchange("odo", date(2026, 3, 1), 60, 7),
    # 4 days with contact are 3 gaps, too few for a usual one.
    *exchange("mab", date(2026, 5, 1), 4, 10),
    *exchange("pim", date(2026, 10, 2), 5, 20),  # 90 days ago
    *exchange("tib", date(2026, 10, 1), 5, 20),  # 91 days ago
    "zora,ada,2026-02-01 12:00",
]


@pytest.fixture
def found(tmp_path: Path) -> Silence:
    return silence(read(tmp_path, ROWS, ego="zora"))


def test_silence_worked_by_hand(found: Silence) -> None:
    frame = found.frame.set_index("alter")
    odo = frame.loc["odo"]
    assert odo["last"] == pd.Timestamp("2026-03-01")
    assert odo["silent_days"] == 305
    assert odo["usual_gap"] == 7
    assert odo["times"] == pytest.approx(305 / 7)  # 43.6 times: over 8
    assert odo["gone"]
    assert frame.loc["pim", "times"] == pytest.approx(90 / 20)  # 4.5 times
    assert not frame.loc["pim", "gone"]
    assert frame["silent_days"].is_monotonic_decreasing
    assert (found.frame["person"] == "zora").all()


def test_without_four_gaps_nothing_is_usual(found: Silence) -> None:
    frame = found.frame.set_index("alter")
    assert frame.loc[["mab", "ada"], ["usual_gap", "times", "gone"]].isna().all(axis=None)
    assert any("3 of them have fewer than 4 gaps" in line for line in found.coverage)


def test_quarters_of_the_last_contact(found: Silence) -> None:
    # ada (February) and odo (March); mab (May); tib (October 1, 91 days ago); not pim, whose
    # 90 days are not more than 90.
    quarters = found.quarters.set_index("quarter")
    starts = [pd.Timestamp(text) for text in ("2026-01-01", "2026-04-01", "2026-10-01")]
    assert quarters.index.tolist() == starts
    assert quarters["ties"].tolist() == [2, 1, 1]
    assert quarters["were_strong"].tolist() == [1, 0, 0]


def test_strong_is_who_was_so_on_the_last_day(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    rows = [f"zora,nobody,{LAST} 09:00"]
    for number in range(30):
        last = LAST - timedelta(days=int(rng.integers(0, 1500)))
        days, gap = int(rng.integers(1, 60)), int(rng.integers(3, 40))
        rows += exchange(f"p{number:02}", last, days, gap)[int(rng.integers(0, days)) :]
    network = read(tmp_path, rows, ego="zora")
    frame = silence(network).frame.set_index("alter").drop("nobody")
    then = {}
    for alter, last in frame["last"].items():
        ties = network.at(last.date()).ties
        then[alter] = ties.set_index("b").loc[alter, "grade"] == "strong"
    assert frame["was_strong"].to_dict() == then
    assert 5 < sum(then.values()) < 25, "The comparison needs both."


def test_a_log_whose_days_are_no_dates(tmp_path: Path) -> None:
    day = 86_400
    rows = [f"a,b,{day * number}" for number in (0, 10, 100)]
    rows += [f"b,a,{day * 100 + 60}", f"a,c,{day * 400}"]
    found = silence(read(tmp_path, rows))
    ends = found.frame.set_index(["person", "alter"])
    assert ends.loc[("a", "b"), "last"] == ends.loc[("b", "a"), "last"] == 100
    assert ends.loc[("b", "a"), "silent_days"] == 300
    # Day 100 lies in the second quarter of 91 days, number 1; seen from both ends.
    assert found.quarters[["person", "quarter", "ties"]].to_numpy().tolist() == [
        ["a", 1, 1],
        ["b", 1, 1],
    ]


def test_nothing_has_a_time(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient\na,b\nb,a\n", encoding="utf-8")
    found = silence(nq.read(path))
    assert found.frame.empty
    assert found.quarters.empty
    assert found.coverage[0].startswith("No tie has contact with a time")


@settings(max_examples=8, deadline=None)
@given(shift=st.integers(-2000, 2000), days=st.integers(1, 12), gap=st.integers(1, 50))
def test_shifting_all_dates_changes_no_silence(
    tmp_path_factory: pytest.TempPathFactory, shift: int, days: int, gap: int
) -> None:
    made = []
    for by in (0, shift):
        last = LAST + timedelta(days=by - 4000)
        rows = exchange("odo", last - timedelta(days=100), days, gap)
        network = read(tmp_path_factory.mktemp("s"), [*rows, f"zora,x,{last} 09:00"], ego="zora")
        made.append(silence(network).frame.drop(columns="last"))
    pd.testing.assert_frame_equal(*made)
    assert made[0]["silent_days"].max() == 100
