"""The chart of fame and intimacy: points with their intervals, on scales that count people."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from netquality.charts import alt_profile, profile

NAN, INF = float("nan"), float("inf")
COLUMNS = ["fame", "fame_low", "fame_high", "intimacy", "intimacy_low", "intimacy_high"]
Row = tuple[float, float, float, float, float, float]
ONE: Row = (0.71, 0.7, 0.73, 0.4, 0.3, 0.6)


def result(rows: list[Row]) -> Any:
    index = pd.Index([f"p{i}" for i in range(len(rows))], name="person")
    return SimpleNamespace(frame=pd.DataFrame(rows, columns=COLUMNS, index=index, dtype="float64"))


def words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_one_person_is_a_point_with_a_cross() -> None:
    ax = profile(result([ONE]), names={"p0": "Zora Quillfeather"})
    across, upwards, point = ax.collections
    assert [each.tolist() for each in across.get_segments()] == [[[0.7, 0.4], [0.73, 0.4]]]
    assert [each.tolist() for each in upwards.get_segments()] == [[[0.71, 0.3], [0.71, 0.6]]]
    assert point.get_offsets().tolist() == [[0.71, 0.4]]
    assert "Zora Quillfeather" in words(ax)


def test_everybody_of_a_group_is_drawn() -> None:
    rows = [(i / 40, i / 50, i / 30, i / 80, i / 90, i / 70) for i in range(40)]
    across, upwards, dots = profile(result(rows)).collections
    np.testing.assert_allclose(dots.get_offsets(), [(row[0], row[3]) for row in rows])
    low_high = [(s[0][0], s[1][0], s[0][1]) for s in across.get_segments()]
    np.testing.assert_allclose(low_high, [(row[1], row[2], row[3]) for row in rows])
    low_high = [(s[0][0], s[0][1], s[1][1]) for s in upwards.get_segments()]
    np.testing.assert_allclose(low_high, [(row[0], row[4], row[5]) for row in rows])


def test_of_a_crowd_only_the_points_are_drawn() -> None:
    (dots,) = profile(result([ONE] * 2001)).collections
    assert dots.get_rasterized()
    assert len(dots.get_offsets()) == 2001


def test_people_differ_in_shape_not_only_in_colour() -> None:
    marks = profile(result([ONE] * 5)).collections[2:]
    shapes = {mark.get_paths()[0].vertices.tobytes() for mark in marks}
    assert len(shapes) == 5


def test_the_corners_are_named_without_judgement() -> None:
    said = words(profile(result([ONE])))
    assert "known by many, close to few" in said
    assert "known by few, close to many" in said


def test_the_steps_count_people() -> None:
    ax = profile(result([ONE]))
    across = [label.get_text() for label in ax.get_xticklabels()]
    upwards = [label.get_text() for label in ax.get_yticklabels()]
    assert across == ["0\n(0)", "0.25\n(9)", "0.5\n(99)", "0.75\n(999)", "1\n(10,000)"]
    # 101 ** .25 - 1 = 2.2, 101 ** .5 - 1 = 9.05, 101 ** .75 - 1 = 30.9
    assert upwards == ["0\n(0)", "0.25\n(2)", "0.5\n(9)", "0.75\n(31)", "1\n(100)"]
    # ln(1 + 99) / ln(1 + 10,000): a hundredth more than half.
    assert abs(np.log(100) / np.log(10_001) - 0.5) < 0.001


def test_who_was_not_observed_is_counted_not_drawn() -> None:
    hidden = (0.4, NAN, NAN, NAN, NAN, NAN), (INF, NAN, NAN, 0.1, NAN, NAN)
    ax = profile(result([ONE, *hidden]))
    assert len(ax.collections) == 3
    assert any("2 not observed" in text for text in words(ax))


def test_an_interval_without_an_end_is_not_drawn() -> None:
    ax = profile(result([(0.5, 0.4, INF, 0.2, NAN, NAN)]))
    across, upwards, point = ax.collections
    assert across.get_segments() == upwards.get_segments() == []
    assert point.get_offsets().tolist() == [[0.5, 0.2]]
    assert "A point without an interval" in words(ax)
    assert np.isfinite(ax.get_xlim()).all()


def test_a_cross_beyond_the_scale_and_the_corners_do_not_cover_each_other() -> None:
    ax = profile(result([(0.7, 0.7, 0.7, 1.05, 0.9, 1.11)]))
    assert ax.get_ylim()[1] > 1.2
    corner = next(text for text in ax.texts if text.get_text() == "known by many, close to many")
    low = corner.get_window_extent(FigureCanvasAgg(ax.figure).get_renderer()).y0
    assert low > ax.transData.transform((0.7, 1.11))[1]


def test_nothing_observed_is_said() -> None:
    for nobody in (result([]), result([(0.4, NAN, NAN, NAN, NAN, NAN)])):
        ax = profile(nobody)
        assert not ax.collections
        assert "Nothing was observed from which the two could be told." in words(ax)
        assert alt_profile(nobody).endswith("nothing was observed.")


def test_the_words_for_those_who_do_not_see_it() -> None:
    assert alt_profile(result([ONE])).endswith(
        "fame 0.71 (95 % interval 0.70 to 0.73), intimacy 0.40 (95 % interval 0.30 to 0.60)."
    )
    assert "30 people" in alt_profile(result([ONE] * 30))


def test_it_draws_where_it_is_told() -> None:
    ax = Figure().add_subplot()
    assert profile(result([ONE]), ax=ax) is ax
