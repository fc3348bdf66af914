"""Fame and intimacy over time: the path that somebody took between the two."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import LineCollection

from netquality.charts import labels, style, two_axes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from netquality.measures.past import Past

__all__ = ["alt_path", "path"]

_NAMED = 12
_LEAST_SPAN = 0.16
_DATE = 10


def path(past: Past, *, names: Mapping[Any, str] | None = None, ax: Axes | None = None) -> Axes:
    """Draw how fame and intimacy changed: a mark a year, arrows from the older to the newer.

    The axes show the part of the scale that the path lies in, not the whole of it.

    Parameters
    ----------
    past
        What `netquality.measures.past.past` returned; drawn are ``fame`` and ``intimacy`` of
        its frame, of each person's newest row also the ``_low`` and ``_high`` of both, and
        beside the marks the ``label``.
    names
        Name of each person id; used when there are several and few enough to name.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes; the first collection holds a line a person, the last one the newest points.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> rows = {"person": "you", "day": [1, 2], "label": ["2025-05-01", "2026-05-01"],
    ...     "fame": [0.4, 0.5], "intimacy": [0.2, 0.3]}
    >>> ax = path(SimpleNamespace(frame=pd.DataFrame(rows)))
    >>> ax.collections[0].get_segments()[0].tolist(), [text.get_text() for text in ax.texts[-2:]]
    ([[0.4, 0.2], [0.5, 0.3]], ['2026', '2025'])
    """
    ax, known = style.axes(ax), two_axes.known(past.frame)
    style.frame(ax)
    below = labels.whose(names, known["person"]) + _below(past.frame, known)
    style.heading(ax, "Fame and intimacy over the years", below)
    if known.empty:
        return style.blank(ax, "Nothing was observed from which the two could be told.")
    newest = known.groupby("person", sort=False).tail(1)
    _scales(ax, known, newest)
    _paths(ax, known)
    _newest(ax, known, newest)
    _words(ax, known, newest, names)
    return ax


def alt_path(past: Past) -> str:
    """Say in words what `path` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> rows = {"person": "you", "day": [1, 2], "label": ["2025-05-01", "2026-05-01"],
    ...     "fame": [0.4, 0.5], "intimacy": [0.2, 0.3]}
    >>> print(alt_path(SimpleNamespace(frame=pd.DataFrame(rows))))
    Chart of fame (across) and intimacy (upwards) over the years: from fame 0.40, intimacy 0.20
    (2025-05-01) to fame 0.50, intimacy 0.30 (2026-05-01).
    """
    known = two_axes.known(past.frame)
    start = "Chart of fame (across) and intimacy (upwards) over the years"
    if known.empty:
        return f"{start}: nothing was observed."
    if known["person"].nunique() > 1:
        return f"{start}. {_below(past.frame, known)}."
    first, last = (f"{two_axes.said(row)} ({row['label']})" for row in _ends(known))
    return f"{start}: from {first} to {last}." if len(known) > 1 else f"{start}: {last}."


def _ends(known: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    return known.iloc[0], known.iloc[-1]


def _scales(ax: Axes, known: pd.DataFrame, newest: pd.DataFrame) -> None:
    ends = []
    for name in ("fame", "intimacy"):
        limits = newest[[f"{name}_low", f"{name}_high"]].to_numpy()
        values = np.concatenate([known[name].to_numpy(), limits.ravel()])
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        room = max(0.12 * (high - low), (_LEAST_SPAN - (high - low)) / 2)
        ends.append((max(low - room, -0.02), high + room))
    two_axes.scales(ax, *ends)


def _paths(ax: Axes, known: pd.DataFrame) -> None:
    lines = _lines(known)
    few, many = len(lines) <= _NAMED, len(known) > style.MANY
    faint: dict[str, Any] = {"linewidths": 1.4 if few else 0.6, "alpha": 1.0 if few else 0.3}
    paths = LineCollection(lines, colors=style.SOFT, zorder=1, rasterized=many, **faint)
    ax.add_collection(paths, autolim=False)
    if not few:
        return
    for xy in lines:
        _arrows(ax, xy)
    hollow: dict[str, Any] = {"c": "white", "edgecolors": style.SOFT, "linewidths": 1.2}
    ax.scatter(known["fame"], known["intimacy"], marker="o", s=26, zorder=3, **hollow)


def _lines(known: pd.DataFrame) -> list[Any]:
    """Return the places of each person, oldest first."""
    place = known[["fame", "intimacy"]].to_numpy()
    rows = known.groupby("person", sort=False).indices
    return [place[rows[person]] for person in known["person"].unique()]


def _arrows(ax: Axes, xy: Any) -> None:
    """Set a head on the middle of each stretch, where no mark can cover it."""
    for start, end in pairwise(xy):
        if (start != end).any():
            middle, before = start + 0.58 * (end - start), start + 0.5 * (end - start)
            arrow = {"arrowstyle": "-|>", "color": style.SOFT, "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", xy=middle, xytext=before, arrowprops=arrow, zorder=2)


def _newest(ax: Axes, known: pd.DataFrame, newest: pd.DataFrame) -> None:
    few, many = len(newest) <= _NAMED, len(known) > style.MANY
    if few:
        two_axes.crosses(ax, newest, linewidth=2.2, alpha=0.75)
    ax.scatter(
        newest["fame"],
        newest["intimacy"],
        marker="D",
        color=style.BLUE,
        s=52 if few else 9,
        alpha=1.0 if few else 0.4,
        linewidths=0,
        rasterized=many,
        zorder=4,
    )


def _words(
    ax: Axes, known: pd.DataFrame, newest: pd.DataFrame, names: Mapping[Any, str] | None
) -> None:
    """Label the years of one person, newest first, or name each of several."""
    if len(newest) == 1:
        rows = known.iloc[::-1]
        words = [_year(label) for label in rows["label"]]
    elif len(newest) <= _NAMED and names:
        rows, words = newest, [labels.name_of(names, who) for who in newest["person"]]
    else:
        return
    lines = [labels.along(xy) for xy in _lines(known)]
    avoid = np.concatenate([*lines, two_axes.strokes(newest)])
    points = list(zip(rows["fame"], rows["intimacy"], strict=True))
    labels.beside(ax, points, words, avoid=avoid)


def _year(label: object) -> str:
    """Return the year of a date, and any other label as it is."""
    text = str(label)
    return text[:4] if len(text) == _DATE and text[:4].isdecimal() else text


def _below(frame: pd.DataFrame, known: pd.DataFrame) -> str:
    hidden = len(frame) - len(known)
    left = f"; {hidden:,} not observed" if hidden else ""
    if known.empty:
        return f"{len(known):,} points{left}"
    if known["person"].nunique() > 1:
        return f"{known['person'].nunique():,} people, each ending in a filled mark{left}"
    first, last = (row["label"] for row in _ends(known))
    return f"{first} to {last}, a mark a year; cross: 95 % interval of the last{left}"
