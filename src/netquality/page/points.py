"""The linked pictures: rings round the ego, and weak against strong ties, as points of an SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netquality.page.tables import own
from netquality.page.words import plural
from netquality.text import clean

if TYPE_CHECKING:
    import pandas as pd

    from netquality.measures.rings import Rings
    from netquality.network import Network
    from netquality.page.crowd import Crowd

__all__ = ["MOST", "Label", "Line", "Plot", "Point", "Ring", "ring_plot", "tie_plot"]

# A browser stays quick with so many points in two pictures, and more hide each other.
MOST = 3_000
# Height over width, and where the axes stand.
_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _FOOT = 640, 480, 56, 16, 32, 48
# The ego map: its sides, its middle, and how far out its rim is; beside it stand employers.
_SIDES, _MIDDLE, _RADIUS = (780, 590), (390.0, 295.0), 270.0
_EMPLOYER, _UPRIGHT = 20, 0.2
_BANDS = {1: "weekly", 2: "monthly", 3: "now and then", 4: "once a year", 5: "rarer or one-way"}


@dataclass(frozen=True)
class Point:
    """A person in a picture: the place in the crowd, where it is drawn, the grade of the tie."""

    person: int
    x: str
    y: str
    grade: str


@dataclass(frozen=True)
class Line:
    """A straight line of a picture."""

    x1: str
    y1: str
    x2: str
    y2: str
    look: str = "grid"


@dataclass(frozen=True)
class Label:
    """A text of a picture; `look` says where its anchor is."""

    x: str
    y: str
    text: str
    look: str = ""


@dataclass(frozen=True)
class Ring:
    """A circle round the middle."""

    radius: str


@dataclass(frozen=True)
class Plot:
    """A linked picture; points stand weakest first, so that the strongest lie on top."""

    name: str
    title: str
    width: int
    height: int
    points: tuple[Point, ...]
    lines: tuple[Line, ...] = ()
    rings: tuple[Ring, ...] = ()
    labels: tuple[Label, ...] = ()
    left: str = ""


def tie_plot(network: Network, crowd: Crowd) -> Plot | None:
    """Return one ego's ties: sessions across on a logarithmic axis, strength upwards.

    Returns
    -------
    Plot or None
        ``None`` where there is no one ego, or no tie with counted contact and a strength.
    """
    if network.ego is None:
        return None
    ties = own(network)
    sessions = ties["out"].fillna(0) + ties["in"].fillna(0)
    drawn = ties.assign(sessions=sessions)[(sessions > 0) & ties["strength"].notna()]
    if drawn.empty:
        return None
    kept = _strongest(drawn, "b")
    most = max(10.0, float(kept["sessions"].max()))
    x = _LEFT + (_WIDE - _LEFT - _RIGHT) * np.log1p(kept["sessions"]) / math.log1p(most)
    y = _TOP + (_HIGH - _TOP - _FOOT) * (1 - kept["strength"])
    cut = f"{_up(network.cut):.1f}"
    lines = (Line(str(_LEFT), cut, str(_WIDE - _RIGHT), cut, "cut"), *_axes(most))
    called = f"cut {network.cut:.3g}: strong from here, if two-way"
    above = Label(str(_LEFT + 6), f"{_up(network.cut) - 6:.1f}", called)
    return Plot(
        "ties-plot",
        "Sessions and strength",
        _WIDE,
        _HIGH,
        _points(kept["b"], x, y, kept["grade"], crowd),
        lines,
        labels=(*_ticks(most), above),
        left=_said(len(drawn) - len(kept)),
    )


def ring_plot(rings: Rings | None, crowd: Crowd) -> Plot | None:
    """Return the ego map: the nearer to the middle, the more often there is contact.

    Returns
    -------
    Plot or None
        ``None`` without an ego or without anybody who has a place.
    """
    if rings is None or rings.frame.empty:
        return None
    kept = _strongest(rings.frame, "alter")
    angle = kept["angle"].astype("float64")
    x = _MIDDLE[0] + _RADIUS * kept["radius"] * np.sin(angle)
    y = _MIDDLE[1] - _RADIUS * kept["radius"] * np.cos(angle)
    outer = dict(zip(rings.bands["ring"], rings.bands["outer"], strict=True))
    labels = [
        Label(f"{_MIDDLE[0]:g}", f"{_at(0, edge)[1] + 14:.1f}", _BANDS.get(ring, ""), "middle")
        for ring, edge in outer.items()
    ]
    return Plot(
        "rings-plot",
        "Rings: the nearer, the more often",
        *_SIDES,
        _points(kept["alter"], x, y, kept["grade"], crowd),
        _spokes(rings),
        tuple(Ring(f"{_RADIUS * edge:.1f}") for edge in outer.values()),
        (*labels, *_employers(rings)),
        _said(len(rings.frame) - len(kept)),
    )


def _at(angle: float, radius: float) -> tuple[float, float]:
    """Return a place of the ego map; the angle runs clockwise from the top."""
    return (
        _MIDDLE[0] + _RADIUS * radius * math.sin(angle),
        _MIDDLE[1] - _RADIUS * radius * math.cos(angle),
    )


def _spokes(rings: Rings) -> tuple[Line, ...]:
    """Return the lines between the sectors, where there are several."""
    starts = rings.sectors["start"] if len(rings.sectors) > 1 else ()
    inner = float(rings.bands["inner"].min())
    ends = ((*_at(angle, inner), *_at(angle, 1.0)) for angle in starts)
    return tuple(Line(*(f"{each:.1f}" for each in four)) for four in ends)


def _employers(rings: Rings) -> tuple[Label, ...]:
    """Return the employers at the rim, each in the middle of its sector."""
    labels = []
    for row in rings.sectors.to_dict("records"):
        angle = (row["start"] + row["end"]) / 2
        x, y = _at(angle, 1.04)
        left = "end" if x < _MIDDLE[0] else "start"
        side = "middle" if abs(math.sin(angle)) < _UPRIGHT else left
        text = clean(row["group"], limit=_EMPLOYER) or ("others" if len(rings.sectors) > 1 else "")
        labels.append(Label(f"{x:.1f}", f"{y + 4:.1f}", text, f"rim {side}"))
    return tuple(labels)


def _strongest(frame: pd.DataFrame, person: str) -> pd.DataFrame:
    """Return the strongest, weakest first."""
    order = frame.sort_values(
        ["strength", person], ascending=[False, True], na_position="last", kind="stable"
    )
    return order.head(MOST).iloc[::-1]


def _points(
    people: pd.Series, x: pd.Series, y: pd.Series, grades: pd.Series, crowd: Crowd
) -> tuple[Point, ...]:
    rows = zip(people, x, y, grades, strict=True)
    return tuple(
        Point(crowd.place(person), f"{across:.1f}", f"{up:.1f}", str(grade))
        for person, across, up, grade in rows
    )


def _up(strength: float) -> float:
    return _TOP + (_HIGH - _TOP - _FOOT) * (1 - strength)


def _across(sessions: float, most: float) -> float:
    return _LEFT + (_WIDE - _LEFT - _RIGHT) * math.log1p(sessions) / math.log1p(most)


def _steps(most: float) -> list[int]:
    steps = [factor * 10**power for power in range(8) for factor in (1, 3)]
    return [step for step in steps if step <= most]


def _axes(most: float) -> list[Line]:
    floor, top = str(_HIGH - _FOOT), str(_TOP)
    upright = [f"{_across(step, most):.1f}" for step in _steps(most)]
    level = [f"{_up(part / 4):.1f}" for part in range(5)]
    return [
        *(Line(x, floor, x, top) for x in upright),
        *(Line(str(_LEFT), y, str(_WIDE - _RIGHT), y) for y in level),
    ]


def _ticks(most: float) -> list[Label]:
    below = str(_HIGH - _FOOT + 18)
    return [
        *(Label(f"{_across(s, most):.1f}", below, f"{s:,}", "middle") for s in _steps(most)),
        *(Label(str(_LEFT - 8), f"{_up(p / 4) + 4:.1f}", f"{p / 4:g}", "end") for p in range(5)),
        Label(str((_WIDE + _LEFT) // 2), str(_HIGH - 8), "sessions in both directions", "middle"),
        Label("8", "14", "strength"),
    ]


def _said(left: int) -> str:
    if left <= 0:
        return ""
    return f"Only the {MOST:,} strongest ties are drawn; {plural(left, 'weaker one')} not."
