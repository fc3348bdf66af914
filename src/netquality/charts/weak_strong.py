"""Weak against strong ties: how much contact there was, and how strong the tie is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from netquality.charts import marks, style
from netquality.text import clean
from netquality.ties.strength import STRONG

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["alt_ties", "ties"]

_NAMED = 8
_GAP = 0.052


@dataclass(frozen=True)
class _Points:
    """The ties that can be drawn, with what stands on the axis across."""

    frame: pd.DataFrame
    across: pd.Series
    label: str
    log: bool


def ties(
    frame: pd.DataFrame,
    *,
    names: Mapping[Any, str] | None = None,
    cut: float = STRONG,
    ax: Axes | None = None,
) -> Axes:
    """Draw every tie: sessions in both directions across, strength upwards, a mark by grade.

    Parameters
    ----------
    frame
        ``network.ties``. Ties without contact or without strength are counted, not drawn. If no
        tie has a number of sessions (a graph that only states strengths), ties stand in order.
    names
        Name of each person id; with it the strongest ties are named.
    cut
        Strength from which on a tie may be strong, drawn as a line.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes, with one collection of points a grade.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {
    ...         "a": "you",
    ...         "b": ["zora", "milo"],
    ...         "out": [30, 2],
    ...         "in": [25, 0],
    ...         "strength": [0.95, 0.3],
    ...         "grade": ["strong", "weak"],
    ...     }
    ... )
    >>> [mark.get_offsets().tolist() for mark in ties(frame).collections]
    [[[55.0, 0.95]], [[2.0, 0.3]]]
    """
    ax, points = style.axes(ax), _points(frame)
    style.frame(ax)
    style.heading(ax, "Weak and strong ties", _below(frame, points))
    if points.frame.empty:
        return style.blank(ax, "No tie with contact was observed.")
    for grade in marks.GRADES:
        _mark(ax, points, grade)
    label = f"cut {cut:g}: strong\nfrom here, if two-way"
    ax.axhline(cut, color=style.SOFT, linewidth=0.9, linestyle=(0, (5, 3)), zorder=1, label=label)
    _scale(ax, points)
    style.legend(ax)
    _name(ax, points, {} if names is None else names)
    return ax


def alt_ties(frame: pd.DataFrame, *, cut: float = STRONG) -> str:
    """Say in words what `ties` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> columns = ["a", "b", "out", "in", "strength", "grade"]
    >>> import pandas as pd
    >>> alt_ties(pd.DataFrame(columns=columns, dtype="float64"))
    'Chart of ties: no tie with contact was observed.'
    """
    points = _points(frame)
    if points.frame.empty:
        return "Chart of ties: no tie with contact was observed."
    drawn = f"{len(points.frame):,} ties by {points.label.lower()} (across) and strength (upwards)"
    return f"Chart of {drawn}, with a line at {cut:g}. {_below(frame, points)}."


def _points(frame: pd.DataFrame) -> _Points:
    sessions = frame["out"].astype("float64").fillna(0) + frame["in"].astype("float64").fillna(0)
    counted = frame["out"].notna() | frame["in"].notna()
    known = frame["strength"].notna()
    if counted.any() or not known.any():
        kept = known & (sessions > 0)
        label = "Sessions in both directions"
        return _Points(frame[kept], sessions[kept], label, log=True)
    order = frame["strength"].rank(method="first", ascending=False)[known]
    return _Points(frame[known], order, "Ties in order of strength", log=False)


def _mark(ax: Axes, points: _Points, grade: str) -> None:
    chosen = points.frame["grade"] == grade
    if not chosen.any():
        return
    many = len(points.frame) > style.MANY
    ax.scatter(
        points.across[chosen],
        points.frame.loc[chosen, "strength"],
        label=f"{grade} ({int(chosen.sum()):,})",
        zorder=3 if grade == "strong" else 2,
        **marks.look(grade, many),
    )


def _scale(ax: Axes, points: _Points) -> None:
    ax.set_xlabel(f"{points.label} (logarithmic)" if points.log else points.label)
    ax.set_ylabel("Strength")
    ax.set_ylim(-0.03, 1.05)
    ax.set_yticks(np.linspace(0, 1, 6))
    most = float(points.across.max()) if len(points.across) else 10.0
    if points.log:
        ax.set_xscale("log")
        ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if most < 200 else (1,)))
        ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xlim(0.8 if points.log else 0, max(most, 10) * (1.25 if points.log else 1.05))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:,.0f}"))


def _below(frame: pd.DataFrame, points: _Points) -> str:
    counts = frame["grade"].value_counts()
    said = [f"{int(counts.get(grade, 0)):,} {grade}" for grade in ("strong", "weak")]
    silent = int(counts.get("silent", 0))
    hidden = len(frame) - len(points.frame) - silent
    if silent:
        said.append(f"{silent:,} silent (connected, no contact seen)")
    return ", ".join([*said, *([f"{hidden:,} not drawn"] if hidden > 0 else [])])


def _name(ax: Axes, points: _Points, names: Mapping[Any, str]) -> None:
    """Name the strongest ties in the margin, each with a thin line to its point."""
    if not names:
        return
    place = points.frame.assign(across=points.across)
    top = place.sort_values(["strength", "a", "b"], ascending=[False, True, True]).head(_NAMED)
    # From the margin inwards, or else the thin lines would cross.
    top = top.sort_values("across", ascending=False, kind="stable")
    single = points.frame["a"].nunique() == 1
    heights = _spread(top["strength"].tolist())
    for (_, tie), height in zip(top.iterrows(), heights, strict=True):
        ends = [tie["b"]] if single else [tie["a"], tie["b"]]
        limit = style.NAME if single else style.NAME * 2 // 3
        text = " – ".join(clean(names.get(end, end), limit=limit) for end in ends)
        _label(ax, (tie["across"], tie["strength"]), height, text)


def _label(ax: Axes, point: tuple[float, float], height: float, text: str) -> None:
    margin = ax.get_yaxis_transform()
    style.put(ax, 1.035, height, text, transform=margin, fontsize=9, va="center", color=style.INK)
    ax.annotate(
        "",
        xy=point,
        xytext=(1.03, height),
        textcoords=margin,
        annotation_clip=False,
        arrowprops={"arrowstyle": "-", "color": style.PALE, "linewidth": 0.8, "shrinkB": 4},
        zorder=1,
    )


def _spread(heights: list[float]) -> list[float]:
    """Set labels from the top down, so far apart that they can be read."""
    placed: list[float] = []
    for height in heights:
        placed.append(min(height, placed[-1] - _GAP) if placed else min(height, 1.02))
    return placed
