"""The chart of ties draws what it is given, and says what it leaves out."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.figure import Figure

from netquality.charts import alt_ties, ties

NAN = float("nan")


def table(rows: list[tuple[str, float, float, float, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["b", "out", "in", "strength", "grade"])
    numbers = dict.fromkeys(["out", "in", "strength"], "float64")
    return frame.astype(numbers).assign(a="me")


MIXED = table(
    [
        ("zora", 30, 25, 0.95, "strong"),
        ("milo", 2, 1, 0.3, "weak"),
        ("odo", 7, NAN, 0.5, "weak"),
        ("pim", NAN, NAN, NAN, "silent"),
        ("wren", 4, 4, NAN, "unknown"),
    ]
)


def drawn(frame: pd.DataFrame) -> dict[str, list[list[float]]]:
    return {
        str(marks.get_label()): marks.get_offsets().tolist() for marks in ties(frame).collections
    }


def words(ax: object) -> list[str]:
    return [text.get_text() for text in ax.texts]  # type: ignore[attr-defined]


def test_points_are_the_ties_with_contact_by_grade() -> None:
    assert drawn(MIXED) == {
        "strong (1)": [[55, 0.95]],
        "weak (2)": [[3, 0.3], [7, 0.5]],
    }


def test_what_is_not_drawn_is_counted() -> None:
    counts = "1 strong, 2 weak, 1 silent (connected, no contact seen), 1 not drawn"
    assert counts in words(ties(MIXED))
    assert counts in alt_ties(MIXED)


def test_the_cut_is_drawn_where_it_is_told() -> None:
    (line,) = ties(MIXED, cut=0.5).lines
    assert list(line.get_ydata()) == [0.5, 0.5]
    assert "0.5" in str(line.get_label())
    assert "0.5" in alt_ties(MIXED, cut=0.5)


def test_the_sessions_stand_on_a_logarithmic_axis() -> None:
    ax = ties(MIXED)
    assert ax.get_xscale() == "log"
    assert ax.get_xlim()[1] > 55


def test_without_sessions_the_ties_stand_in_order() -> None:
    given = table([("zora", NAN, NAN, 0.4, "weak"), ("milo", NAN, NAN, 0.9, "strong")])
    assert drawn(given) == {"strong (1)": [[1, 0.9]], "weak (1)": [[2, 0.4]]}
    assert ties(given).get_xlabel() == "Ties in order of strength"


@pytest.mark.parametrize("rows", [[], [("pim", NAN, NAN, NAN, "silent")] * 3])
def test_without_contact_the_chart_says_so(
    rows: list[tuple[str, float, float, float, str]],
) -> None:
    ax = ties(table(rows), names={})
    assert "No tie with contact was observed." in words(ax)
    assert not ax.collections
    assert alt_ties(table(rows)) == "Chart of ties: no tie with contact was observed."


def test_the_strongest_are_named_if_names_are_given() -> None:
    named = words(ties(MIXED, names={"zora": "Zora Quillfeather", "milo": "Milo"}))
    assert "Zora Quillfeather" in named
    assert "odo" in named, "A person without a name goes by the id."
    assert "Zora Quillfeather" not in words(ties(MIXED))


def test_of_a_whole_group_both_ends_are_named() -> None:
    group = MIXED.assign(a=["me", "zora", "zora", "odo", "odo"])
    assert "Zora – Odo" in words(ties(group, names={"zora": "Zora", "odo": "Odo"}))


def test_names_lie_apart_and_in_the_order_of_their_points() -> None:
    close = table([(f"p{i}", 10 * i + 10, 0, 0.99, "strong") for i in range(6)])
    labels = [text for text in ties(close, names={"x": "y"}).texts if text.get_text()[:1] == "p"]
    heights = [float(text.get_position()[1]) for text in labels]
    gaps = [one - two for one, two in pairwise(heights)]
    assert min(gaps) > 0.05
    assert [text.get_text() for text in labels] == ["p5", "p4", "p3", "p2", "p1", "p0"]


def test_many_ties_are_small_and_rasterized() -> None:
    many = pd.concat([MIXED.head(3)] * 1000, ignore_index=True)
    (strong, weak) = ties(many).collections
    assert strong.get_rasterized()
    assert weak.get_rasterized()
    assert max(weak.get_sizes()) < 10
    assert len(weak.get_offsets()) == 2000
    assert [colour[3] for colour in weak.get_facecolor()] == [0], "Hollow marks stay hollow."
    assert [colour[3] for colour in weak.get_edgecolor()] == [0.35]
    assert not ties(MIXED).collections[0].get_rasterized()


def test_it_draws_where_it_is_told_and_changes_nothing() -> None:
    before, ax = MIXED.copy(), Figure().add_subplot()
    assert ties(MIXED, ax=ax) is ax
    pd.testing.assert_frame_equal(MIXED, before)


def test_grades_differ_in_shape_and_fill_not_only_in_colour() -> None:
    strong, weak = ties(MIXED).collections
    assert len(strong.get_paths()[0].vertices) != len(weak.get_paths()[0].vertices)
    assert len(strong.get_facecolor()) == 1
    assert len(weak.get_facecolor()) == 0
