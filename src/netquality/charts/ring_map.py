"""Rings: the ego in the middle, the most frequent contact nearest, employers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Circle

from netquality.charts import labels, marks, style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from netquality.measures.rings import Rings

__all__ = ["alt_rings", "rings"]

_NAMED = 6
_COLUMNS = 3
# Above and below the map, words need more room to the outermost line and its own words.
_RIM, _POLE, _LIMIT = 1.045, 1.085, 1.09
_EGO = 0.075


def rings(result: Rings, *, names: Mapping[Any, str] | None = None, ax: Axes | None = None) -> Axes:
    """Draw an ego's contacts as a map: rings by how often, sectors by employer, marks by grade.

    Parameters
    ----------
    result
        What `netquality.measures.rings.rings` returned; drawn are ``radius`` and ``angle``
        (from the top, clockwise) and ``grade`` of its frame, its ``bands`` and ``sectors``.
    names
        Name of each person id; with it the strongest are numbered and named below.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.
        ``charts.fresh(square=True)`` has the room that a map needs.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes, with a collection of points a grade.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> rows = {"alter": ["zora"], "radius": [0.5], "angle": [0.0], "group": [""],
    ...     "strength": [0.9], "grade": ["strong"]}
    >>> bands = {"band": ["weekly"], "inner": [0.2], "outer": [1.0], "alters": [1]}
    >>> sectors = {"group": [""], "alters": [1], "start": [0.0], "end": [6.28]}
    >>> ax = rings(SimpleNamespace(frame=pd.DataFrame(rows), bands=pd.DataFrame(bands),
    ...     sectors=pd.DataFrame(sectors)))
    >>> ax.collections[0].get_offsets().tolist()
    [[0.0, 0.5]]
    """
    ax, placed = style.axes(ax, square=True), _placed(result.frame)
    style.frame(ax)
    style.heading(ax, "Your contacts in rings", _below(result.frame, placed))
    if placed.empty:
        return style.blank(ax, "No contact of one person was observed.")
    ax.set_aspect("equal", anchor="C")
    ax.set_axis_off()
    ax.set_xlim(-_LIMIT, _LIMIT)
    ax.set_ylim(-_LIMIT, _LIMIT)
    _circles(ax, result.bands)
    _sectors(ax, result.sectors, float(result.bands["inner"].min()))
    for grade in marks.GRADES:
        _mark(ax, placed, grade)
    _key(ax)
    if names:
        _name(ax, placed, names)
    return ax


def alt_rings(result: Rings) -> str:
    """Say in words what `rings` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> rows = {"alter": ["zora"], "radius": [0.5], "angle": [0.0], "grade": ["strong"]}
    >>> bands = {"band": ["weekly"], "alters": [1]}
    >>> alt_rings(SimpleNamespace(frame=pd.DataFrame(rows), bands=pd.DataFrame(bands)))
    'Map of contacts in rings round one person. 1 contact: 1 strong. From the middle: weekly 1.'
    """
    placed = _placed(result.frame)
    if placed.empty:
        return "Map of contacts in rings: no contact of one person was observed."
    counts = zip(result.bands["band"], result.bands["alters"], strict=True)
    bands = ", ".join(f"{_ring(band)} {count:,}" for band, count in counts)
    below = _below(result.frame, placed)
    return f"Map of contacts in rings round one person. {below}. From the middle: {bands}."


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a place on the map, with it."""
    radius, angle = frame["radius"].astype("float64"), frame["angle"].astype("float64")
    places = frame.assign(x=radius * np.sin(angle), y=radius * np.cos(angle))
    return places.dropna(subset=["x", "y"])


def _ring(band: str) -> str:
    return "rarer or one-way" if band == "rarer" else band


def _circles(ax: Axes, bands: pd.DataFrame) -> None:
    line = {"facecolor": "none", "edgecolor": style.PALE, "linewidth": 0.9, "zorder": 0}
    for outer, band, count in zip(bands["outer"], bands["band"], bands["alters"], strict=True):
        ax.add_patch(Circle((0, 0), outer, **line))
        # Points keep away from the lines, so the words on a line cover none.
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.2}
        how = {"ha": "center", "va": "center", "fontsize": 7, "color": style.SOFT, "bbox": box}
        style.put(ax, 0, outer, f"{_ring(band)} ({count:,})", zorder=4, **how)
    ax.add_patch(Circle((0, 0), _EGO, facecolor=style.INK, edgecolor="none", zorder=3))
    style.put(ax, 0, 0, "you", ha="center", va="center", fontsize=8.5, color="white", zorder=4)


def _sectors(ax: Axes, sectors: pd.DataFrame, inner: float) -> None:
    """Part the sectors by thin lines, and name them at the rim."""
    if len(sectors) < 2:
        return
    for group, count, start, end in sectors[["group", "alters", "start", "end"]].to_numpy():
        across, up = np.sin(start), np.cos(start)
        line: dict[str, Any] = {"color": style.PALE, "linewidth": 0.7, "zorder": 0}
        ax.plot([inner * across, across], [inner * up, up], **line)
        middle = (start + end) / 2
        x, y = _RIM * np.sin(middle), _POLE * np.cos(middle)
        ha = "left" if x > 0 else "right"
        text = f"{labels.name_of(None, group)} ({count:,})" if group else f"all others ({count:,})"
        style.put(ax, x, y, text, ha=ha, va="center", fontsize=8.5, color=style.INK)


def _size(placed: pd.DataFrame) -> float:
    return 9.0 if len(placed) > style.MANY else float(np.clip(9000 / len(placed), 14, 34))


def _mark(ax: Axes, placed: pd.DataFrame, grade: str) -> None:
    rows = placed[placed["grade"] == grade]
    if rows.empty:
        return
    many, strong = len(placed) > style.MANY, grade == "strong"
    look = marks.look(grade, many)
    look |= {"s": _size(placed)}
    if strong:
        look |= {"alpha": 0.85, "zorder": 3}
    ax.scatter(rows["x"], rows["y"], label=f"{grade} ({len(rows):,})", **look)


def _key(ax: Axes) -> None:
    place: dict[str, Any] = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.01)}
    ax.legend(ncol=4, frameon=False, fontsize=9, labelcolor=style.INK, **place)


def _name(ax: Axes, placed: pd.DataFrame, names: Mapping[Any, str]) -> None:
    """Write numbers beside the strongest, and their names below the map."""
    order = placed.sort_values(["strength", "alter"], ascending=[False, True], kind="stable")
    rows = order.dropna(subset=["strength"]).head(_NAMED)
    points = list(zip(rows["x"], rows["y"], strict=True))
    crowd = placed[["x", "y"]].to_numpy()
    numbers = labels.numbered(ax, points, avoid=crowd, size=_size(placed))
    for place, (number, alter) in enumerate(zip(numbers, rows["alter"], strict=True)):
        down, across = divmod(place, _COLUMNS)
        text, where = f"{number}  {labels.name_of(names, alter)}", (0.36 * across - 0.04, -0.1)
        how = {"fontsize": 9, "va": "top", "color": style.INK, "transform": ax.transAxes}
        style.put(ax, where[0], where[1] - 0.042 * down, text, **how)


def _below(frame: pd.DataFrame, placed: pd.DataFrame) -> str:
    counts = placed["grade"].value_counts()
    said = ", ".join(f"{counts[name]:,} {name}" for name in marks.GRADES if name in counts)
    hidden = len(frame) - len(placed)
    left = f"; {hidden:,} without a place" if hidden else ""
    contacts = labels.counted(len(placed), "contact")
    return f"{contacts}: {said}{left}" if said else f"{contacts}{left}"
