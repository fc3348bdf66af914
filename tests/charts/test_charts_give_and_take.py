"""Give and take: what stands on which side of the line of balance."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netquality.charts import alt_give_and_take, give_and_take

NAN, INF = float("nan"), float("inf")
ROWS = [(3.0, 8.0), (9.0, 1.0), (4.0, 4.0), (0.0, 30.0), (20.0, 0.0)]


def result(rows: list[tuple[float, float]], people: int = 1) -> Any:
    frame = pd.DataFrame(rows, columns=["given", "received"], dtype="float64")
    frame["person"] = [f"me{i % people}" for i in range(len(rows))]
    frame["alter"] = [f"p{i}" for i in range(len(rows))]
    return SimpleNamespace(frame=frame)


def words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_points_are_the_ties_by_side() -> None:
    marks = give_and_take(result(ROWS)).collections
    assert {str(mark.get_label()): mark.get_offsets().tolist() for mark in marks} == {
        "more received (2)": [[3, 8], [0, 30]],
        "more given (2)": [[9, 1], [20, 0]],
        "as much (1)": [[4, 4]],
    }


def test_sides_differ_in_shape_and_fill() -> None:
    received, given, same = give_and_take(result(ROWS)).collections
    shapes = [mark.get_paths()[0].vertices for mark in (received, given, same)]
    assert shapes[0][:, 1].max() > -shapes[0][:, 1].min() - 1e-9, "One triangle points upwards,"
    np.testing.assert_allclose(shapes[0], -shapes[1], atol=1e-9, err_msg="the other down.")
    assert len(shapes[2]) > 5
    assert len(received.get_facecolor()) == 1
    assert len(given.get_facecolor()) == 0


def test_the_line_of_balance_is_straight_and_the_scales_are_alike() -> None:
    ax = give_and_take(result(ROWS))
    assert ax.get_xlim() == ax.get_ylim()
    (line,) = ax.lines
    np.testing.assert_allclose(line.get_xdata(), line.get_ydata())
    # Logarithm of 1 more: from 0 to 1 it is as far as from 1 to 3.
    zero, one, three = ax.transData.transform([(0, 0), (1, 0), (3, 0)])[:, 0]
    assert three - one == pytest.approx(one - zero)


def test_both_areas_are_named() -> None:
    assert {"gives you more", "you give more"} <= set(words(give_and_take(result(ROWS))))
    group = set(words(give_and_take(result(ROWS, people=2))))
    assert {"gets more", "gives more"} <= group
    assert "gives you more" not in group


def test_the_most_lopsided_are_numbered_and_named() -> None:
    names = {f"p{i}": f"Name {i}" for i in range(5)}
    said = words(give_and_take(result(ROWS), names=names))
    # ln 31 - ln 1 = 3.4 before ln 9 - ln 4 = .8; ln 21 = 3.0 before ln 10 - ln 2 = 1.6.
    found = [text for text in said if "Name" in text]
    assert found == ["1 Name 3", "2 Name 0", "3 Name 4", "4 Name 1"]
    assert not any("Name" in text for text in words(give_and_take(result(ROWS))))


def test_numbers_stand_at_their_points() -> None:
    ax = give_and_take(result(ROWS), names={"p3": "Odo"})
    at = {t.get_text(): t.get_position() for t in ax.texts if t.get_text().isdecimal()}
    assert at["1"] == (0, 30)
    assert at["3"] == (20, 0)


def test_of_a_whole_group_both_ends_are_named() -> None:
    said = words(give_and_take(result(ROWS, people=2), names={"me1": "Zora", "p3": "Odo"}))
    assert "1 Zora – Odo" in said


def test_what_is_not_drawn_is_counted() -> None:
    made = result([*ROWS, (0.0, 0.0), (NAN, 3.0), (INF, 1.0)])
    counts = "5 ties: 2 with more received, 2 with more given, 1 with as much; 3 not drawn"
    assert any(text.startswith(counts) for text in words(give_and_take(made)))
    assert counts in alt_give_and_take(made)


@pytest.mark.parametrize("rows", [[], [(NAN, NAN)] * 3, [(0.0, 0.0)]])
def test_nothing_observed_is_said(rows: list[tuple[float, float]]) -> None:
    made = result(rows)
    ax = give_and_take(made, names={})
    assert "No tie with anything given or received was observed." in words(ax)
    assert alt_give_and_take(made).endswith("nothing was observed.")


def test_many_ties_are_rasterized() -> None:
    marks = give_and_take(result(ROWS * 500)).collections
    assert all(mark.get_rasterized() for mark in marks)
    assert sum(len(mark.get_offsets()) for mark in marks) == 2500


@pytest.mark.parametrize("most", [1.0, 90.0, 4e5])
def test_steps_are_round_and_reach_to_the_end(most: float) -> None:
    ax = give_and_take(result([(most, 1.0)]))
    steps = ax.get_xticks()
    assert steps[0] == 0
    assert 4 <= len(steps) <= 10
    assert max(steps) <= ax.get_xlim()[1] < 11 * max(steps)
