"""Every chart as a picture, against the picture of it that was looked at and found good.

Words are compared elsewhere, and letters differ between machines: pixels on which a word stands
are left out. Everything else may differ by a little noise of drawing, not by a mark that moved.

To make the pictures anew after a wanted change, and look at them:
NETQUALITY_REMAKE=1 pytest tests/charts/test_charts_images.py
"""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from netquality import charts

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    from matplotlib.axes import Axes

IMAGES = Path(__file__).parent / "images"
DOTS = 72
# Root mean square of the difference of colours from 0 to 255. The same picture drawn again has
# under 0.2 (the colours kept are few); one mark that moved has 3 and more.
TOLERANCE = 1.0
NAMES = {f"p{i}": f"Name {chr(65 + i)}" for i in range(26)} | {"me": "Zora Quillfeather"}


def ties(moved: bool) -> Axes:
    rng = np.random.default_rng(1)
    strength = np.sort(rng.random(60))[::-1]
    out = np.ceil(np.exp(5 * strength * rng.uniform(0.6, 1, 60)))
    frame = pd.DataFrame({"a": "me", "b": [f"p{i}" for i in range(60)], "out": out, "in": 2.0})
    frame["strength"] = strength
    frame["grade"] = np.where(
        strength > 0.75, "strong", np.where(strength > 0.1, "weak", "unknown")
    )
    cut = 0.8 if moved else 0.75
    return charts.ties(frame, names=NAMES, cut=cut, ax=charts.fresh())


def profile(moved: bool) -> Axes:
    rows = pd.DataFrame(
        {"fame": [0.71, 0.32, 0.55], "intimacy": [0.44, 0.61, 0.2 + 0.05 * moved]},
        index=pd.Index(["p0", "p1", "p2"], name="person"),
    )
    for name in ("fame", "intimacy"):
        rows[f"{name}_low"], rows[f"{name}_high"] = rows[name] - 0.04, rows[name] + 0.06
    result: Any = SimpleNamespace(frame=rows)
    return charts.profile(result, names=NAMES, ax=charts.fresh())


def path(moved: bool) -> Axes:
    rows = pd.DataFrame(
        {
            "person": "me",
            "label": [f"{year}-11-20" for year in range(2021, 2027)],
            "fame": [0.30, 0.38, 0.45, 0.52 - 0.03 * moved, 0.55, 0.53],
            "intimacy": [0.20, 0.28, 0.31, 0.30, 0.38, 0.46],
        }
    )
    for name in ("fame", "intimacy"):
        rows[f"{name}_low"], rows[f"{name}_high"] = rows[name] - 0.04, rows[name] + 0.03
    result: Any = SimpleNamespace(frame=rows)
    return charts.path(result, names=NAMES, ax=charts.fresh())


def rings(moved: bool) -> Axes:
    rng = np.random.default_rng(2)
    ring = np.repeat([1, 2, 3, 4, 5], [3, 7, 14, 20, 60])
    edges = np.linspace(0.16, 1.0, 6)
    frame = pd.DataFrame({"alter": [f"p{i}" for i in range(104)], "ring": ring})
    frame["radius"] = edges[ring - 1] + 0.168 * rng.uniform(0.25, 0.75, 104)
    frame["angle"] = np.linspace(0.1, 6.2, 104)[rng.permutation(104)]
    frame["strength"] = np.linspace(0.97, 0.1, 104)
    frame["grade"] = np.repeat(["strong", "weak", "unknown"], [12, 80, 12])
    frame.loc[0, "angle"] += 0.5 * moved
    bands = pd.DataFrame({"band": ["weekly", "monthly", "seasonal", "yearly", "rarer"]})
    bands = bands.assign(inner=edges[:-1], outer=edges[1:], alters=[3, 7, 14, 20, 60])
    sectors = pd.DataFrame({"group": ["Brass Teapot Ltd", "Tin Whistle Co", ""]})
    sectors = sectors.assign(alters=[30, 20, 54], start=[0.0, 1.8, 3.0], end=[1.8, 3.0, 6.283])
    result: Any = SimpleNamespace(frame=frame, bands=bands, sectors=sectors)
    return charts.rings(result, names=NAMES, ax=charts.fresh(square=True))


def months(moved: bool) -> Axes:
    rng = np.random.default_rng(3)
    start = pd.date_range("2024-12-01", periods=24, freq="MS").astype("datetime64[s]")
    rows = pd.DataFrame({"person": "me", "month": start})
    rows["people"] = rng.integers(5, 40, 24).astype(float)
    rows["depth"] = (1 + rng.random(24) * 2).round(2)
    rows.loc[18, "people"] += 3 * moved
    result: Any = SimpleNamespace(months=rows)
    return charts.months(result, names=NAMES, ax=charts.fresh())


def give_and_take(moved: bool) -> Axes:
    rng = np.random.default_rng(4)
    rows = pd.DataFrame({"person": "me", "alter": [f"p{i}" for i in range(80)]})
    rows["given"] = np.floor(np.exp(rng.random(80) * 4) - 1)
    rows["received"] = np.floor(rows["given"] * np.exp(rng.normal(0, 0.5, 80)))
    rows.loc[0, ["given", "received"]] = (30.0, 0.0)
    rows.loc[1, ["given", "received"]] = (0.0, 40.0 - 15.0 * moved)
    result: Any = SimpleNamespace(frame=rows)
    return charts.give_and_take(result, names=NAMES, ax=charts.fresh())


def silence(moved: bool) -> Axes:
    start = pd.date_range("2021-01-01", periods=20, freq="QS").astype("datetime64[s]")
    rows = pd.DataFrame({"person": "me", "quarter": start})
    rows["ties"] = np.array([1, 3, 2, 5, 4, 4, 6, 2, 3, 7, 8, 5, 9, 12, 8, 10, 14, 13, 17, 20])
    rows["were_strong"] = np.floor(rows["ties"] / 3) + 1.0 * moved * (start == "2024-01-01")
    result: Any = SimpleNamespace(quarters=rows)
    return charts.silence(result, names=NAMES, ax=charts.fresh())


def reliability(moved: bool) -> Axes:
    said = np.array([0.01, 0.03, 0.06, 0.1, 0.16, 0.24, 0.35, 0.5, 0.66, 0.83])
    came = said + np.array([0, 0.01, -0.02, 0.02, 0, 0.04, -0.05, 0.03, -0.06, 0.02])
    bins = pd.DataFrame({"said": said, "came": came, "low": came - 0.03, "high": came + 0.05})
    bins.loc[7, "came"] += 0.05 * moved
    result: Any = SimpleNamespace(bins=bins.assign(pairs=48))
    return charts.reliability(result, ax=charts.fresh())


def ladder(moved: bool) -> Axes:
    favours = ["reply", "react", "answer", "call", "introduction", "recommendation", "referral"]
    rows = pd.DataFrame({"person": "me", "favour": favours})
    rows["helpers_low"] = [28.0, 18.0, 13.0, 7.6, 9.5, 1.8 + moved, 0.04]
    rows["helpers_high"] = [49.0, 22.0, 15.5, 13.0, 16.0, 8.0, 3.4]
    rows["needed_low"] = [np.nan, 0.62, 0.73, 0.82, 0.61, 0.92, 0.95]
    rows["needed_high"] = [np.nan, 0.73, 0.88, 0.95, 0.74, 0.99, 1.0]
    rows["warrant"] = ["measured", *["assumed"] * 3, "recorded", *["assumed"] * 2]
    result: Any = SimpleNamespace(frame=rows, parameters={"way": "mail"})
    return charts.ladder(result, ax=charts.fresh())


DRAWN: list[Callable[[bool], Axes]] = [
    *(ties, profile, path, rings, months, give_and_take, silence, reliability),
    ladder,
]


def picture(ax: Axes) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """Return the picture as rows of colours, and on which of its pixels a word stands."""
    figure: Any = ax.figure
    figure.set_dpi(DOTS)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    colours = np.asarray(canvas.buffer_rgba())[:, :, :3].copy()
    words = np.zeros(colours.shape[:2], dtype=bool)
    for text in figure.findobj(Text):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent(canvas.get_renderer()).padded(3)
            left, right = max(int(box.x0), 0), max(int(box.x1) + 1, 0)
            top, bottom = len(words) - box.y1, len(words) - box.y0
            words[max(int(top), 0) : max(int(bottom) + 1, 0), left:right] = True
    return colours, words


def keep(colours: npt.NDArray[np.uint8], name: str) -> None:
    """Write a picture with 256 colours, a third of the size; the difference is under 0.2."""
    IMAGES.mkdir(exist_ok=True)
    how = {"method": Image.Quantize.MAXCOVERAGE, "dither": Image.Dither.NONE}
    few = Image.fromarray(colours).quantize(256, **how)
    few.save(IMAGES / f"{name}.png", optimize=True)


def difference(ax: Axes, name: str, *, letters: bool = False) -> float:
    """Return the root mean square of the difference from the picture that is kept.

    With `letters` also where words stand.
    """
    colours, words = picture(ax)
    with Image.open(IMAGES / f"{name}.png") as file:
        kept = np.asarray(file.convert("RGB"), dtype=float)
    assert kept.shape == colours.shape
    compared = (kept - colours.astype(float))[np.ones_like(words) if letters else ~words]
    return float(np.sqrt(np.mean(compared**2)))


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_it_looks_as_it_did(draw: Callable[[bool], Axes]) -> None:
    ax, name = draw(False), draw.__name__
    if os.environ.get("NETQUALITY_REMAKE"):
        keep(picture(ax)[0], name)
    found = difference(ax, name)
    assert found < TOLERANCE, f"{name} differs by {found:.2f}."


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_what_moves_one_mark_or_the_cut_is_found(draw: Callable[[bool], Axes]) -> None:
    assert difference(draw(True), draw.__name__) > 1.3 * TOLERANCE


def test_letters_of_another_font_are_no_difference() -> None:
    ax = silence(False)
    for text in ax.figure.findobj(Text):
        text.set_fontfamily("DejaVu Serif")
    assert difference(ax, "silence", letters=True) > 5 * TOLERANCE
    assert difference(ax, "silence") < TOLERANCE


def test_every_chart_has_a_picture_and_no_picture_is_large() -> None:
    kept = sorted(IMAGES.glob("*.png"))
    assert [path.stem for path in kept] == sorted(draw.__name__ for draw in DRAWN)
    assert {f"alt_{path.stem}" for path in kept} == {
        name for name in charts.__all__ if name.startswith("alt_")
    }
    assert max(path.stat().st_size for path in kept) < 40_000
