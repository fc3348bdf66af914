"""The linked pictures: where points stand, how many there are, and whom they mean."""

from __future__ import annotations

import math
from typing import Any

import pytest

from netquality.page.crowd import crowd
from netquality.page.points import MOST, ring_plot, tie_plot

NAMES = ["Wren Fiddlewick", "Zora Quillfeather", "Milo Thistledown", "Odo Marrowby", "Pim Larkspur"]


def test_a_tie_stands_by_its_sessions_and_its_strength(room: Any) -> None:
    made = room.network(NAMES[:2], strength=[0.5])
    made.ties = made.ties.assign(out=5.0, **{"in": 4.0})
    plot = tie_plot(made, crowd(made))
    assert plot is not None
    (point,) = plot.points
    # The axis runs from 56 to 624 and ends at 10 sessions: 56 + 568 ln(1 + 9) / ln(1 + 10).
    assert float(point.x) == pytest.approx(56 + 568 * math.log(10) / math.log(11), abs=0.05)
    # Upwards from 432 (strength 0) to 32 (strength 1).
    assert (point.y, point.person, point.grade) == ("232.0", 1, "strong")
    assert {line.look for line in plot.lines} == {"grid", "cut"}
    # The cut of 0.837: 32 + 400 * 0.163.
    assert [line.y1 for line in plot.lines if line.look == "cut"] == ["97.2"]


def test_silent_ties_have_no_place(room: Any) -> None:
    made = room.network(NAMES)
    plot = tie_plot(made, crowd(made))
    assert plot is not None
    # Of strong, weak, silent, strong the third; the weakest comes first, so that it lies below.
    assert [point.person for point in plot.points] == [2, 4, 1]
    assert plot.left == ""
    bare = room.network(NAMES, messages=False)
    assert tie_plot(bare, crowd(bare)) is None


def test_only_the_strongest_are_drawn(room: Any) -> None:
    made = room.network(["Wren", *(f"Pim {i}" for i in range(MOST + 7))])
    made.ties = made.ties.assign(out=1.0, strength=[1 - i / 10_000 for i in range(MOST + 7)])
    plot = tie_plot(made, crowd(made))
    assert plot is not None
    assert {point.person for point in plot.points} == set(range(1, MOST + 1))
    assert plot.left == "Only the 3,000 strongest ties are drawn; 7 weaker ones not."


def test_a_group_has_no_linked_pictures(room: Any) -> None:
    made = room.network(NAMES, egos=())
    assert tie_plot(made, crowd(made)) is None
    assert ring_plot(None, crowd(made)) is None


def test_the_ego_map_is_laid_out_clockwise_from_the_top(room: Any) -> None:
    made = room.network(NAMES)
    rings = room.answers(made, ["p0"]).rings
    rings.frame["angle"] = [0.0, math.pi / 2, math.pi]
    rings.frame["radius"] = [0.5, 1.0, 0.2]
    plot = ring_plot(rings, crowd(made))
    assert plot is not None
    places = {point.person: (float(point.x), float(point.y)) for point in plot.points}
    # The middle is (390, 295), the rim is 270 away.
    assert places == {1: (390, 295 - 135), 2: (390 + 270, 295), 4: (390, 295 + 54)}
    assert [ring.radius for ring in plot.rings] == ["135.0", "270.0"]
    assert len(plot.lines) == 2
    rim = [label.text for label in plot.labels if label.look.startswith("rim")]
    assert rim == ["<b>Owl & Anvil</b>", "others"]
