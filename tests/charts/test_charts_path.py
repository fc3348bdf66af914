"""The path of fame and intimacy over the years."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netquality.charts import alt_path, path

NAN = float("nan")
FAME = [0.30, 0.42, 0.55]
INTIMACY = [0.20, 0.28, 0.26]
YEARS = ["2024-11-20", "2025-11-20", "2026-11-20"]


def past(people: int = 1, labels: list[str] = YEARS, **changed: Any) -> Any:
    one = pd.DataFrame({"day": range(3), "label": labels, "fame": FAME, "intimacy": INTIMACY})
    for name in ("fame", "intimacy"):
        one[f"{name}_low"], one[f"{name}_high"] = one[name] - 0.02, one[name] + 0.03
    rows = [one.assign(person=f"p{i}", fame=one["fame"] + i / 50) for i in range(people)]
    return SimpleNamespace(frame=pd.concat(rows, ignore_index=True).assign(**changed))


def words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def arrows(ax: Any) -> list[Any]:
    found = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    return [each for each in found if each.arrowprops["arrowstyle"] == "-|>"]


def test_the_path_is_the_rows_in_order() -> None:
    ax = path(past())
    line, marks, across, upwards, newest = ax.collections
    places = list(zip(FAME, INTIMACY, strict=True))
    np.testing.assert_allclose(line.get_segments()[0], places)
    np.testing.assert_allclose(marks.get_offsets(), places)
    np.testing.assert_allclose(newest.get_offsets(), [places[-1]])
    np.testing.assert_allclose(across.get_segments()[0], [(0.53, 0.26), (0.58, 0.26)])
    np.testing.assert_allclose(upwards.get_segments()[0], [(0.55, 0.24), (0.55, 0.29)])


def test_arrows_point_to_the_newer() -> None:
    drawn = arrows(path(past()))
    assert len(drawn) == 2
    for arrow, start, end in zip(drawn, FAME[:-1], FAME[1:], strict=True):
        assert start < arrow.xyann[0] < arrow.xy[0] < end


def test_no_arrow_where_nothing_moved() -> None:
    still = past(fame=0.4, intimacy=0.2)
    assert arrows(path(still)) == []
    assert len(arrows(path(past(fame=[0.3, 0.3, 0.4], intimacy=0.2)))) == 1


def test_years_are_labels_and_days_of_a_log_stay_what_they_are() -> None:
    assert {"2024", "2025", "2026"} <= set(words(path(past())))
    log = ["day 0", "day 365", "day 730"]
    assert set(log) <= set(words(path(past(labels=log))))


def test_labels_cover_neither_each_other_nor_the_path() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    ax = path(past())
    pen = FigureCanvasAgg(ax.figure).get_renderer()
    boxes = [t.get_window_extent(pen) for t in ax.texts if t.get_text() in {"2024", "2025", "2026"}]
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])
    segment = np.linspace(*np.column_stack([FAME[:2], INTIMACY[:2]]), 50)
    pixels = ax.transData.transform(segment)
    assert not any(box.contains(*pixel) for box in boxes for pixel in pixels)


def test_the_part_of_the_scale_that_is_shown_holds_path_and_intervals() -> None:
    ax = path(past())
    assert ax.get_xlim()[0] < 0.3
    assert ax.get_xlim()[1] > 0.58
    assert ax.get_xlim()[1] < 0.75
    # .3 is 10,001 ** .3 - 1 = 14.8 people.
    assert "0.3\n(15)" in [label.get_text() for label in ax.get_xticklabels()]


def test_several_people_are_named_not_dated() -> None:
    ax = path(past(3), names={"p0": "Zora", "p1": "Odo", "p2": "Mab"})
    assert {"Zora", "Odo", "Mab"} <= set(words(ax))
    assert "2026" not in words(ax)
    assert len(ax.collections[0].get_segments()) == 3


def test_a_crowd_has_lines_and_ends_only() -> None:
    ax = path(past(40))
    lines, newest = ax.collections
    assert len(lines.get_segments()) == len(newest.get_offsets()) == 40


@pytest.mark.parametrize("nothing", [past().frame.head(0), past(intimacy=NAN).frame])
def test_nothing_observed_is_said(nothing: pd.DataFrame) -> None:
    made: Any = SimpleNamespace(frame=nothing)
    assert "Nothing was observed from which the two could be told." in words(path(made))
    assert alt_path(made).endswith("nothing was observed.")


def test_years_not_observed_are_counted() -> None:
    made = past(intimacy=[NAN, 0.28, 0.26])
    assert any("1 not observed" in text for text in words(path(made)))
    assert alt_path(made).startswith("Chart of fame")
    assert "(2025-11-20) to" in alt_path(made)


def test_one_year_is_a_point() -> None:
    made: Any = SimpleNamespace(frame=past().frame.tail(1))
    assert alt_path(made).endswith("intimacy 0.26 (95 % interval 0.24 to 0.29) (2026-11-20).")
    assert len(path(made).collections[-1].get_offsets()) == 1
