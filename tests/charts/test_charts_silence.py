"""When silence set in: bars of quarters."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netquality.charts import alt_silence, silence

NAN = float("nan")
STARTS = pd.to_datetime(["2024-01-01", "2025-07-01", "2025-10-01"]).astype("datetime64[s]")


def result(**changed: Any) -> Any:
    rows = {"person": "p0", "quarter": STARTS, "ties": [5, 3, 4], "were_strong": [1.0, 0.0, 4.0]}
    return SimpleNamespace(quarters=pd.DataFrame({**rows, **changed}))


def words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def bars(ax: Any) -> list[list[tuple[float, float, float]]]:
    return [
        [(float(bar.get_x()), float(bar.get_y()), float(bar.get_height())) for bar in each]
        for each in ax.containers
    ]


def test_bars_are_the_quarters_the_strong_below() -> None:
    strong, others = bars(silence(result()))
    days = [float((start - pd.Timestamp(0)).days) for start in STARTS]
    assert strong == [(days[0], 0, 1), (days[1], 0, 0), (days[2], 0, 4)]
    # Of the last quarter nobody is left over.
    assert others == [(days[0], 1, 4), (days[1], 0, 3)]


def test_strong_and_others_differ_in_fill_and_hatch() -> None:
    strong, others = (each[0] for each in silence(result()).containers)
    assert strong.get_hatch() is None
    assert others.get_hatch()
    assert sum(others.get_facecolor()[:3]) > sum(strong.get_facecolor()[:3]) + 1


def test_counts_are_said() -> None:
    counts = "12 ties silent for more than 90 days, 5 of them strong before"
    assert counts in words(silence(result()))
    assert counts in alt_silence(result())
    assert alt_silence(result()).endswith("The most in the first quarter of 2024: 5.")


def test_whether_they_were_strong_may_be_unknown() -> None:
    ax = silence(result(were_strong=NAN))
    assert "12 ties silent for more than 90 days" in words(ax)
    assert [each.get_text() for each in ax.get_legend().get_texts()] == [
        "strong before (not known)",
        "other ties (12)",
    ]
    assert [height for _, _, height in bars(ax)[1]] == [5, 3, 4]


def test_quarters_of_a_log_without_dates_are_numbers() -> None:
    ax = silence(result(quarter=[0, 3, 4]))
    assert [x for x, _, _ in bars(ax)[0]] == [0, 3, 4]
    assert "91 days" in ax.get_xlabel()
    assert alt_silence(result(quarter=[0, 3, 4])).endswith("The most in quarter 0: 5.")


def test_the_ties_of_several_people_are_added_up() -> None:
    both = result(person=["p0", "p1", "p0"], quarter=[1, 1, 2])
    ax = silence(both)
    assert [height for _, _, height in bars(ax)[0]] == [1, 4]
    assert [height for _, _, height in bars(ax)[1]] == [7]
    assert any("seen from 2 people" in text for text in words(ax))


def test_years_stand_on_the_axis() -> None:
    ax = silence(result())
    ax.figure.canvas.draw()
    assert any("2025" in label.get_text() for label in ax.get_xticklabels())
    assert all(float(step).is_integer() for step in ax.get_yticks())


def test_nobody_silent_is_said() -> None:
    made: Any = SimpleNamespace(quarters=result().quarters.head(0))
    assert "No tie has been silent for more than 90 days." in words(silence(made))
    assert alt_silence(made).endswith("no tie has been silent for more than 90 days.")


def test_one_quarter_is_not_as_broad_as_the_chart() -> None:
    made: Any = SimpleNamespace(quarters=result().quarters.head(1))
    ax = silence(made)
    left, right = ax.get_xlim()
    assert ax.containers[0][0].get_width() < (right - left) / 5


def test_thousands_of_quarters_are_lines() -> None:
    rows = {"person": "p0", "quarter": range(3000), "ties": 2, "were_strong": 1.0}
    made: Any = SimpleNamespace(quarters=pd.DataFrame(rows))
    strong, others = silence(made).collections
    assert strong.get_rasterized()
    np.testing.assert_allclose(others.get_segments()[7], [(7, 1), (7, 2)])


@pytest.mark.parametrize("names", [None, {"p0": "Zora"}])
def test_whose_ties_they_are(names: dict[str, str] | None) -> None:
    said = words(silence(result(), names=names))
    assert any(text.startswith("Zora: 12 ties") for text in said) == bool(names)
