"""Breadth against depth, month by month."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from netquality.charts import alt_months, months

NAN, INF = float("nan"), float("inf")


def broadcast(count: int, persons: int = 1, **changed: Any) -> Any:
    """Twenty months from May 2025 on, and so on."""
    rows = pd.DataFrame(
        {
            "person": [f"p{i % persons}" for i in range(count)],
            "month": pd.date_range("2025-05-01", periods=count, freq="MS").astype("datetime64[s]"),
            "people": [10.0 + 3 * (i % 5) for i in range(count)],
            "depth": [1.5 + i / 10 for i in range(count)],
        }
    )
    return SimpleNamespace(months=rows.assign(**changed))


def words(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text()]


def test_the_last_twelve_are_linked_and_the_older_are_not() -> None:
    made = broadcast(20)
    ax = months(made)
    older, latest = (mark.get_offsets() for mark in ax.collections)
    places = made.months[["people", "depth"]].to_numpy()
    np.testing.assert_allclose(older, places[:8])
    np.testing.assert_allclose(latest, places[8:])
    np.testing.assert_allclose(ax.lines[0].get_xydata(), places[8:])


def test_the_last_twelve_are_labelled() -> None:
    said = words(months(broadcast(20)))
    # Months 8 to 19 after May 2025: January to December 2026.
    assert {"Jan 2026", "Feb", "Jun", "Nov", "Dec 2026"} <= set(said)
    assert "Dec" not in said
    assert "May 2025" not in said


def test_older_and_last_differ_in_fill() -> None:
    older, latest = months(broadcast(20)).collections
    assert len(older.get_facecolor()) == 0
    assert len(latest.get_facecolor()) == 1
    assert latest.get_sizes()[-1] > latest.get_sizes()[0], "The last month is larger."


def test_labels_lie_apart() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    ax = months(broadcast(12))
    pen = FigureCanvasAgg(ax.figure).get_renderer()
    boxes = [t.get_window_extent(pen) for t in ax.texts if t.get_text()[:3].istitle()]
    boxes = [box for box in boxes if box.y1 < ax.bbox.y1]
    assert len(boxes) == 12
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_months_of_a_log_without_dates_have_numbers() -> None:
    said = words(months(broadcast(4, month=[0, 1, 2, 3])))
    assert {"month 0", "month 3"} <= set(said)


def test_of_several_people_nothing_is_linked() -> None:
    ax = months(broadcast(20, persons=4))
    assert len(ax.lines) == 0
    assert len(ax.collections[0].get_offsets()) == 20
    assert "20 months of 4 people with contact" in words(ax)


def test_months_without_contact_are_counted() -> None:
    made = broadcast(5, people=[0.0, 4, 4, NAN, 4], depth=[NAN, 1, 2, 1, INF])
    ax = months(made)
    np.testing.assert_allclose(ax.collections[0].get_offsets(), [(4, 1), (4, 2)])
    assert "2 months with contact; 3 without contact, not drawn" in words(ax)
    assert alt_months(made).endswith("The last month: 4 people, 2.0 days with each.")


@pytest.mark.parametrize("made", [broadcast(0), broadcast(3, people=0.0, depth=NAN)])
def test_nothing_observed_is_said(made: Any) -> None:
    assert "No month with contact was observed." in words(months(made))
    assert alt_months(made).endswith("no month with contact was observed.")


def test_whose_months_they_are() -> None:
    said = words(months(broadcast(3), names={"p0": "Zora Quillfeather"}))
    assert "Zora Quillfeather: 3 months with contact" in said


def test_many_months_are_rasterized() -> None:
    (older,) = months(broadcast(2400, persons=30, month=0)).collections
    assert older.get_rasterized()
    assert len(older.get_offsets()) == 2400
