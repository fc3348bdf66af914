"""Files of charts: the same bytes twice, no dates, names as text whatever they hold."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
import pytest

from netquality import charts
from netquality.charts import style

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=1>',
    "bidi": "Zora\u202eevil",
    "null": "Odo\x00\x07",
    "long": "x" * 10_000,
    "formula": "$x_$",
    "broken formula": r"$\frac{",
    "escaped": r"a\$b$c$",
    "scripts": "王小明 محمد हिन्दी 🎉",
    "lines": "two\nlines",
}


def hostile_ties(**how: Any) -> Axes:
    frame = pd.DataFrame(
        {"a": "me", "b": list(HOSTILE), "out": 5.0, "in": 5.0, "strength": 0.9, "grade": "strong"}
    )
    return charts.ties(frame, names=HOSTILE, **how)


def hostile_profile() -> Axes:
    row = {"fame": 0.5, "intimacy": 0.3, "intimacy_low": 0.2, "intimacy_high": 0.4}
    frame = pd.DataFrame(row, index=pd.Index(list(HOSTILE), name="person"))
    return charts.profile(SimpleNamespace(frame=frame), names=HOSTILE)  # type: ignore[arg-type]


def hostile_give_and_take() -> Axes:
    names = {"formula": "$x_$", "bidi": "Zora\u202eevil"}
    rows = {"person": "me", "alter": list(names), "given": [1.0, 7.0], "received": [8.0, 2.0]}
    made: Any = SimpleNamespace(frame=pd.DataFrame(rows))
    return charts.give_and_take(made, names=names)


def hostile_rings() -> Axes:
    names = {"formula": "$x_$", "bidi": "Zora\u202eevil"}
    rows = {"alter": list(names), "radius": 0.5, "angle": [1.0, 2.0], "strength": 0.9}
    bands = pd.DataFrame({"band": ["weekly"], "inner": [0.2], "outer": [1.0], "alters": [2]})
    ends = {"start": [0.0, 3.0], "end": [3.0, 6.0]}
    sectors = pd.DataFrame({"group": [r"$\frac{", ""], "alters": 1, **ends})
    frame = pd.DataFrame({**rows, "grade": "strong"})
    made: Any = SimpleNamespace(frame=frame, bands=bands, sectors=sectors)
    return charts.rings(made, names=names)


DRAWS = [hostile_ties, hostile_profile, hostile_give_and_take, hostile_rings]


@pytest.mark.parametrize("draw", DRAWS)
def test_hostile_names_are_drawn_as_text(tmp_path: Path, draw: Any) -> None:
    ax = draw()
    said = [text.get_text() for text in ax.texts]
    assert any("$x_$" in text for text in said)
    assert any("Zoraevil" in text for text in said)
    assert max(map(len, said)) < 100
    assert all(not text.get_parse_math() for text in ax.texts if text.get_text())
    png, svg = charts.save(ax, tmp_path / "hostile")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert b"<script" not in svg.read_bytes()


@pytest.mark.parametrize("draw", DRAWS)
def test_drawn_twice_gives_the_same_bytes(tmp_path: Path, draw: Any) -> None:
    one = [path.read_bytes() for path in charts.save(draw(), tmp_path / "one")]
    two = [path.read_bytes() for path in charts.save(draw(), tmp_path / "two")]
    assert one == two
    # The address that a licence tag names is not loaded; a date or a version would not stay.
    assert b"dc:date" not in one[1]
    assert mpl.__version__.encode() not in one[0]


def test_both_files_stand_where_they_are_told(tmp_path: Path) -> None:
    paths = charts.save(hostile_ties(), tmp_path / "charts" / "ties.v2")
    assert [path.name for path in paths] == ["ties.v2.png", "ties.v2.svg"]
    assert sorted(path.name for path in (tmp_path / "charts").iterdir()) == [
        "ties.v2.png",
        "ties.v2.svg",
    ]


def test_the_picture_has_144_dots_an_inch() -> None:
    data = style.render(hostile_ties(), "png")
    place = data.index(b"pHYs") + 4
    # 144 dots an inch are 5,669 a metre.
    assert int.from_bytes(data[place : place + 4], "big") == 5669


def test_nothing_global_is_left_behind() -> None:
    before = dict(mpl.rcParams)
    style.render(hostile_ties(), "svg")
    assert dict(mpl.rcParams) == before
    code = (
        "import sys, pandas as pd, netquality.charts as c;"
        "row = {'a': ['x'], 'b': ['y'], 'out': [3.0], 'in': [3.0]};"
        "c.ties(pd.DataFrame(row | {'strength': [0.9], 'grade': ['strong']}), ax=c.fresh());"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_two_colours_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = mpl.colors.to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert abs(grey(style.BLUE) - grey(style.ORANGE)) > 0.2


def test_a_map_gets_room_in_both_directions() -> None:
    wide, square = (charts.fresh(square=each).get_window_extent() for each in (False, True))
    assert wide.width > 1.3 * wide.height
    assert square.width == pytest.approx(square.height, rel=0.01)


def test_the_list_of_charts() -> None:
    assert charts.__all__ == sorted(charts.__all__)
    drawn = [name for name in charts.__all__ if f"alt_{name}" in charts.__all__]
    assert drawn == [
        *("give_and_take", "ladder", "months", "path", "profile", "reliability", "rings"),
        *("silence", "ties"),
    ]
    assert all(callable(getattr(charts, name)) for name in charts.__all__)
