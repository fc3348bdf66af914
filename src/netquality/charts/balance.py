"""Give and take: what went out to each contact, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from netquality.charts import labels, marks, style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from netquality.measures.reciprocity import Reciprocity

__all__ = ["alt_give_and_take", "give_and_take"]

_NAMED = 3
_MARKS: dict[str, dict[str, Any]] = {
    "more received": {"marker": "^", "c": style.BLUE, "linewidths": 0},
    "more given": {
        "marker": "v",
        "facecolors": "none",
        "edgecolors": style.ORANGE,
        "linewidths": 1.2,
    },
    "as much": {"marker": "o", "c": style.SOFT, "linewidths": 0},
}
_LOW = -0.18


def give_and_take(
    reciprocity: Reciprocity, *, names: Mapping[Any, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw each tie: what was given across, what was received upwards, and the line of balance.

    Both scales are logarithmic and begin at 0 (the logarithm of 1 more), so that who only
    gives or only takes stands on an axis.

    Parameters
    ----------
    reciprocity
        What `netquality.measures.reciprocity.reciprocity` returned; drawn are ``given`` and
        ``received`` of its frame. Ties with neither, or with one not observed, are counted.
    names
        Name of each person id; with it the most lopsided are named.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes, with a collection of points a side of the line.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows = {"person": "you", "alter": ["zora", "milo"], "given": [3.0, 9.0],
    ...     "received": [8.0, 1.0]}
    >>> ax = give_and_take(SimpleNamespace(frame=pd.DataFrame(rows)))
    >>> [mark.get_offsets().tolist() for mark in ax.collections]
    [[[3.0, 8.0]], [[9.0, 1.0]]]
    """
    ax, known = style.axes(ax), _known(reciprocity.frame)
    style.frame(ax)
    below = labels.whose(names, known["person"]) + _below(reciprocity.frame, known)
    style.heading(ax, "Give and take", below)
    if known.empty:
        return style.blank(ax, "No tie with anything given or received was observed.")
    one = known["person"].nunique() == 1
    _scale(ax, known)
    _sides(ax, one)
    for side in _MARKS:
        _mark(ax, known, side)
    style.legend(ax)
    if names:
        _name(ax, known, names, one)
    return ax


def alt_give_and_take(reciprocity: Reciprocity) -> str:
    """Say in words what `give_and_take` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows = {"person": "you", "alter": ["zora", "milo"], "given": [3.0, 9.0],
    ...     "received": [8.0, 1.0]}
    >>> alt_give_and_take(SimpleNamespace(frame=pd.DataFrame(rows))).split("upwards). ")[1]
    '2 ties: 1 with more received, 1 with more given, 0 with as much.'
    """
    known = _known(reciprocity.frame)
    start = "Chart of ties by what was given (across) and received (upwards)"
    if known.empty:
        return f"{start}: nothing was observed."
    return f"{start}. {_below(reciprocity.frame, known)}."


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = frame[["given", "received"]].astype("float64").replace([np.inf, -np.inf], np.nan)
    full = frame.assign(given=numbers["given"], received=numbers["received"])
    full = full.dropna(subset=["given", "received"])
    return full[full["given"] + full["received"] > 0]


def _side(known: pd.DataFrame, side: str) -> pd.Series:
    if side == "as much":
        return known["received"] == known["given"]
    more, less = ("received", "given") if side == "more received" else ("given", "received")
    return known[more] > known[less]


def _size(known: pd.DataFrame) -> float:
    return 8 if len(known) > style.MANY else 32


def _mark(ax: Axes, known: pd.DataFrame, side: str) -> None:
    rows = known[_side(known, side)]
    if rows.empty:
        return
    many = len(known) > style.MANY
    look = marks.faint(_MARKS[side]) if many else {**_MARKS[side], "alpha": 0.9}
    ax.scatter(
        rows["given"],
        rows["received"],
        s=_size(known),
        rasterized=many,
        label=f"{side} ({len(rows):,})",
        zorder=2,
        # A point on an axis is whole: one who only gives is no half a point.
        clip_on=False,
        **look,
    )


def _scale(ax: Axes, known: pd.DataFrame) -> None:
    most = max(float(known[["given", "received"]].max().max()), 5.0) * 1.3
    ends, steps = (_LOW, most), _steps(most)
    for set_scale, axis in ((ax.set_xscale, ax.xaxis), (ax.set_yscale, ax.yaxis)):
        set_scale("function", functions=(np.log1p, np.expm1))
        axis.set_major_locator(FixedLocator(steps))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    ax.set_xlim(*ends)
    ax.set_ylim(*ends)
    ax.set_xlabel("Given (sessions weighted by effort, logarithmic)")
    ax.set_ylabel("Received (the same)")


def _steps(most: float) -> list[float]:
    """Return 0, 1, 2, 5, 10 and so on, fewer of them where they would lie close."""
    kinds = (1, 2, 5) if most < 1000 else (1,)
    tens = range(int(np.log10(most)) + 1)
    return [0.0, *(kind * 10.0**ten for ten in tens for kind in kinds if kind * 10**ten <= most)]


def _words(one: bool) -> dict[str, str]:
    """Say what lies above and below the line, of one person or of several."""
    above, below = ("gives you more", "you give more") if one else ("gets more", "gives more")
    return {"more received": above, "more given": below}


def _sides(ax: Axes, one: bool) -> None:
    """Draw the line of balance, and say what lies on either side of it."""
    low, high = ax.get_xlim()
    line: dict[str, Any] = {"color": style.SOFT, "linewidth": 0.9, "zorder": 1}
    ax.plot([low, high], [low, high], linestyle=(0, (5, 3)), **line)
    above, below = _words(one).values()
    how = {"color": style.SOFT, "fontstyle": "italic", "fontsize": 9}
    # Away from the axes, on which those stand who only give or only take.
    style.put(ax, 0.16, 0.98, above, transform=ax.transAxes, ha="left", va="top", **how)
    style.put(ax, 0.98, 0.22, below, transform=ax.transAxes, ha="right", va="bottom", **how)


def _name(ax: Axes, known: pd.DataFrame, names: Mapping[Any, str], one: bool) -> None:
    """Mark the most lopsided of both sides by numbers, and name them in the margin."""
    apart = (np.log1p(known["received"]) - np.log1p(known["given"])).abs()
    order = known.assign(apart=apart).sort_values(
        ["apart", "person", "alter"], ascending=[False, True, True], kind="stable"
    )
    sides = [order[_side(order, side)].head(_NAMED) for side in _words(one)]
    rows = pd.concat(sides)
    points = list(zip(rows["given"], rows["received"], strict=True))
    crowd = known[["given", "received"]].to_numpy()
    numbers = iter(labels.numbered(ax, points, avoid=crowd, size=_size(known)))
    lines: list[tuple[str, str]] = []
    for head, side in zip(_words(one).values(), sides, strict=True):
        ends = zip(side["person"], side["alter"], strict=True)
        said = [labels.name_of(names, b) if one else labels.both(names, a, b) for a, b in ends]
        lines += [(head, "italic")] * bool(said)
        lines += [(f"{next(numbers)}  {text}", "normal") for text in said]
    for place, (text, slant) in enumerate(lines):
        color = style.SOFT if slant == "italic" else style.INK
        how = {"transform": ax.transAxes, "fontsize": 9, "va": "top", "fontstyle": slant}
        style.put(ax, 1.02, 1.0 - 0.06 * place, text, color=color, **how)


def _below(frame: pd.DataFrame, known: pd.DataFrame) -> str:
    counts = [f"{int(_side(known, side).sum()):,} with {side}" for side in _MARKS]
    hidden = len(frame) - len(known)
    left = f"; {hidden:,} not drawn" if hidden else ""
    return f"{labels.counted(len(known), 'tie')}: {', '.join(counts)}{left}"
