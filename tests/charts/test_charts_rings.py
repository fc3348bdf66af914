"""The map of rings: places, marks, the words at the rim and on the lines."""

from __future__ import annotations

from math import pi
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netquality.charts import alt_rings, fresh, rings

NAN = float("nan")
GRADES = ["strong", "weak", "weak", "unknown"]


def result(times: int = 1, **changed: Any) -> Any:
    count = 4 * times
    frame = pd.DataFrame(
        {
            "alter": [f"p{i}" for i in range(count)],
            "radius": [0.3, 0.5, 0.7, 0.9] * times,
            "angle": [0.0, pi / 2, pi, 3 * pi / 2] * times,
            "group": "",
            "strength": [0.9, 0.5, 0.6, 0.1] * times,
            "grade": GRADES * times,
        }
    ).assign(**changed)
    names = ["weekly", "monthly", "seasonal", "yearly", "rarer"]
    edges = np.linspace(0.16, 1, 6)
    bands = pd.DataFrame({"band": names, "inner": edges[:-1], "outer": edges[1:]})
    sectors = pd.DataFrame({"group": ["Brass Teapot Ltd", ""], "alters": [3, 1]})
    return SimpleNamespace(
        frame=frame,
        bands=bands.assign(alters=[1, 0, 1, 1, 1]),
        sectors=sectors.assign(start=[0.0, 4.0], end=[4.0, 2 * pi]),
    )


def draw(made: Any, **how: Any) -> Any:
    return rings(made, ax=fresh(square=True), **how)


def words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_alters_stand_at_radius_and_angle_clockwise_from_the_top() -> None:
    marks = {str(m.get_label()): m.get_offsets() for m in draw(result()).collections}
    np.testing.assert_allclose(marks["strong (1)"], [(0, 0.3)], atol=1e-9)  # at the top
    # To the right, and below.
    np.testing.assert_allclose(marks["weak (2)"], [(0.5, 0), (0, -0.7)], atol=1e-9)
    np.testing.assert_allclose(marks["unknown (1)"], [(-0.9, 0)], atol=1e-9)  # to the left


def test_the_rings_are_circles_with_their_name_and_count() -> None:
    ax = draw(result())
    radii = [patch.radius for patch in ax.patches]
    np.testing.assert_allclose(radii[:5], [0.328, 0.496, 0.664, 0.832, 1.0])
    assert {"weekly (1)", "monthly (0)", "rarer or one-way (1)", "you"} <= set(words(ax))
    left, right = ax.transData.transform([(-1, 0), (1, 0)])[:, 0]
    low, high = ax.transData.transform([(0, -1), (0, 1)])[:, 1]
    ax.apply_aspect()
    assert right - left == pytest.approx(high - low, rel=0.02)


def test_sectors_are_named_at_the_rim() -> None:
    ax = draw(result())
    place = {text.get_text(): text.get_position() for text in ax.texts}
    # From 0 to 4, in the middle at 2: to the right, below the middle. The others at 5.1: left.
    x, y = place["Brass Teapot Ltd (3)"]
    assert x > 0.9
    assert y < 0
    assert place["all others (1)"][0] < 0
    assert np.hypot(x, y) > 1


def test_one_sector_needs_no_name() -> None:
    made = result()
    made.sectors = made.sectors.tail(1)
    assert not any("others" in text for text in words(draw(made)))


def test_the_strongest_are_numbered_on_the_map_and_named_below() -> None:
    ax = draw(result(), names={"p0": "Zora", "p2": "Milo"})
    assert [text for text in words(ax) if text[:1].isdecimal() and " " in text][1:] == [
        "1 Zora",
        "2 Milo",
        "3 p1",
        "4 p3",
    ]
    numbers = {t.get_text(): t.get_position() for t in ax.texts if t.get_text().isdecimal()}
    np.testing.assert_allclose(numbers["2"], (0, -0.7), atol=1e-9)
    assert not any(text.isdecimal() for text in words(draw(result())))


def test_grades_differ_in_shape_and_fill() -> None:
    strong, weak, unknown = draw(result()).collections
    shapes = {len(mark.get_paths()[0].vertices) for mark in (strong, weak, unknown)}
    assert len(shapes) == 3
    assert len(strong.get_facecolor()) == 1
    assert len(weak.get_facecolor()) == 0


def test_thousands_are_small_and_rasterized() -> None:
    marks = draw(result(times=600)).collections
    assert all(mark.get_rasterized() for mark in marks)
    assert sum(len(mark.get_offsets()) for mark in marks) == 2400
    assert max(max(mark.get_sizes()) for mark in marks) < 10


@pytest.mark.parametrize("made", [result(times=0), result(radius=NAN)])
def test_nobody_placed_is_said(made: Any) -> None:
    assert "No contact of one person was observed." in words(draw(made, names={"p0": "x"}))
    assert alt_rings(made) == "Map of contacts in rings: no contact of one person was observed."


def test_the_words_for_those_who_do_not_see_it() -> None:
    assert alt_rings(result()) == (
        "Map of contacts in rings round one person. 4 contacts: 1 strong, 2 weak, 1 unknown. "
        "From the middle: weekly 1, monthly 0, seasonal 1, yearly 1, rarer or one-way 1."
    )


def test_by_itself_it_makes_a_square_figure() -> None:
    wide, high = rings(result()).get_position().size * [8.4, 7.6]
    assert wide == pytest.approx(high, rel=0.02)
