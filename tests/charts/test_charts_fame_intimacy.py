"""The chart of fame and intimacy: bands of what is assumed, on scales that count people."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from netquality.charts import alt_profile, profile

NAN = float("nan")
COLUMNS = ["fame", "intimacy_low", "intimacy_high"]


def result(rows: list[tuple[float, float, float]]) -> Any:
    index = pd.Index([f"p{i}" for i in range(len(rows))], name="person")
    return SimpleNamespace(frame=pd.DataFrame(rows, columns=COLUMNS, index=index, dtype="float64"))


def words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_one_person_is_a_band_at_a_place() -> None:
    ax = profile(result([(0.71, 0.3, 0.6)]), names={"p0": "Zora Quillfeather"})
    (band,) = ax.collections
    assert [segment.tolist() for segment in band.get_segments()] == [[[0.71, 0.3], [0.71, 0.6]]]
    assert "Zora Quillfeather" in words(ax)


def test_everybody_of_a_group_is_drawn() -> None:
    rows = [(i / 40, i / 80, i / 50) for i in range(40)]
    bands, dots = profile(result(rows)).collections
    low_high = [(s[0][0], s[0][1], s[1][1]) for s in bands.get_segments()]
    np.testing.assert_allclose(low_high, rows)
    np.testing.assert_allclose(dots.get_offsets(), [(f, (a + b) / 2) for f, a, b in rows])


def test_the_corners_are_named_without_judgement() -> None:
    said = words(profile(result([(0.5, 0.1, 0.2)])))
    assert "known by many, close to few" in said
    assert "known by few, close to many" in said


def test_the_steps_count_people() -> None:
    ax = profile(result([(0.5, 0.1, 0.2)]))
    across = [label.get_text() for label in ax.get_xticklabels()]
    upwards = [label.get_text() for label in ax.get_yticklabels()]
    assert across == ["0\n(0)", "0.25\n(9)", "0.5\n(99)", "0.75\n(999)", "1\n(10,000)"]
    assert upwards == ["0\n(0)", "0.25\n(1)", "0.5\n(3)", "0.75\n(7)", "1\n(15)"]
    # ln(1 + 99) / ln(1 + 10,000): a hundredth more than half.
    assert abs(np.log(100) / np.log(10_001) - 0.5) < 0.001


def test_who_was_not_observed_is_counted_not_drawn() -> None:
    some = result([(0.5, 0.1, 0.2), (0.4, NAN, NAN), (NAN, 0.1, 0.2)])
    ax = profile(some)
    assert len(ax.collections[0].get_segments()) == 1
    assert any("2 not observed" in text for text in words(ax))


def test_a_band_beyond_the_scale_and_the_corners_do_not_cover_each_other() -> None:
    ax = profile(result([(0.7, 0.9, 1.11)]))
    assert ax.get_ylim()[1] > 1.2
    corner = next(text for text in ax.texts if text.get_text() == "known by many, close to many")
    low = corner.get_window_extent(FigureCanvasAgg(ax.figure).get_renderer()).y0
    assert low > ax.transData.transform((0.7, 1.11))[1]


def test_nothing_observed_is_said() -> None:
    for nobody in (result([]), result([(0.4, NAN, NAN)])):
        ax = profile(nobody)
        assert not ax.collections
        assert "Nothing was observed from which the two could be told." in words(ax)
        assert alt_profile(nobody).endswith("nothing was observed.")


def test_the_words_for_those_who_do_not_see_it() -> None:
    assert alt_profile(result([(0.71, 0.3, 0.6)])).endswith(
        "fame 0.71, intimacy 0.30 to 0.60, assumed."
    )
    assert "30 people" in alt_profile(result([(0.5, 0.1, 0.2)] * 30))


def test_it_draws_where_it_is_told() -> None:
    ax = Figure().add_subplot()
    assert profile(result([(0.5, 0.1, 0.2)]), ax=ax) is ax
