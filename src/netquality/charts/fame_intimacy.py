"""Fame and intimacy: how widely somebody is known, and how close the ties are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netquality.charts import labels, style, two_axes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from netquality.measures.profile import Profile

__all__ = ["alt_profile", "profile"]

_NAMED = 12
_MARKS = "oDs^vPX*<>hp"
# Room above and below the scale for the words in the corners.
_ROOM = 0.13
_WORDS = (
    (0.01, 0.985, "known by few, close to many", "left", "top"),
    (0.99, 0.985, "known by many, close to many", "right", "top"),
    (0.01, 0.015, "known by few, close to few", "left", "bottom"),
    (0.99, 0.015, "known by many, close to few", "right", "bottom"),
)


def profile(
    result: Profile, *, names: Mapping[Any, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw fame across and intimacy upwards, a point a person.

    A cross is the 95 % interval of both: how far the figures could have fallen elsewhere in
    other weeks of the same life. Among more than 2,000 people only the points are drawn.

    Parameters
    ----------
    result
        What `netquality.profile` returned; drawn are ``fame``, ``fame_low``, ``fame_high``,
        ``intimacy``, ``intimacy_low`` and ``intimacy_high`` of its frame.
    names
        Name of each person id; used when there are few enough to name.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes; the first two line collections hold the intervals, the others the points.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> row = {"fame": [0.5], "intimacy": [0.4], "intimacy_low": [0.3], "intimacy_high": [0.6]}
    >>> ax = profile(SimpleNamespace(frame=pd.DataFrame(row, index=["you"])))
    >>> ax.collections[1].get_segments()[0].tolist(), ax.collections[2].get_offsets().tolist()
    ([[0.5, 0.3], [0.5, 0.6]], [[0.5, 0.4]])
    """
    ax, known = style.axes(ax), two_axes.known(result.frame)
    style.frame(ax)
    style.heading(ax, "Fame and intimacy", _below(result.frame, known))
    if known.empty:
        return style.blank(ax, "Nothing was observed from which the two could be told.")
    _scales(ax, known)
    _quarters(ax)
    if len(known) <= _NAMED:
        _few(ax, known, names)
    else:
        _crowd(ax, known)
    return ax


def alt_profile(result: Profile) -> str:
    """Say in words what `profile` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> row = {"fame": [0.5], "intimacy": [0.4], "intimacy_low": [0.3], "intimacy_high": [0.6]}
    >>> alt_profile(SimpleNamespace(frame=pd.DataFrame(row, index=["you"]))).split(": ")[1]
    'fame 0.50, intimacy 0.40 (95 % interval 0.30 to 0.60).'
    """
    known = two_axes.known(result.frame)
    start = "Chart of fame (across) and intimacy (upwards)"
    if known.empty:
        return f"{start}: nothing was observed."
    if len(known) > 1:
        return f"{start}. {_below(result.frame, known)}."
    return f"{start}: {two_axes.said(known.iloc[0])}."


def _scales(ax: Axes, known: pd.DataFrame) -> None:
    right = float(known[["fame", "fame_high"]].max().max())
    top = float(known[["intimacy", "intimacy_high"]].max().max())
    two_axes.scales(ax, (-0.02, max(1.0, right) + 0.02), (-_ROOM, max(1.0, top) + _ROOM))


def _quarters(ax: Axes) -> None:
    for draw in (ax.axhline, ax.axvline):
        draw(0.5, color=style.PALE, linewidth=0.9, zorder=0)
    how = {"color": style.SOFT, "fontstyle": "italic", "fontsize": 9}
    for x, y, words, ha, va in _WORDS:
        style.put(ax, x, y, words, transform=ax.transAxes, ha=ha, va=va, **how)


def _few(ax: Axes, known: pd.DataFrame, names: Mapping[Any, str] | None) -> None:
    two_axes.crosses(ax, known, linewidth=2.2, alpha=0.75)
    points = list(zip(known["fame"], known["intimacy"], strict=True))
    for mark, (x, y) in zip(_MARKS, points, strict=False):
        ax.scatter([x], [y], marker=mark, s=46, c="white", edgecolors=style.INK, zorder=4)
    if names:
        words = [labels.name_of(names, who) for who in known.index]
        labels.beside(ax, points, words, avoid=two_axes.strokes(known))


def _crowd(ax: Axes, known: pd.DataFrame) -> None:
    many = len(known) > style.MANY
    if not many:
        two_axes.crosses(ax, known, linewidth=0.8, alpha=0.25)
    ax.scatter(
        known["fame"],
        known["intimacy"],
        s=9 if many else 16,
        # Counts are whole, so many people stand on one spot: the darker, the more.
        color=style.BLUE,
        alpha=0.25 if many else 0.7,
        linewidths=0,
        rasterized=many,
        zorder=3,
    )


def _below(frame: pd.DataFrame, known: pd.DataFrame) -> str:
    hidden = len(frame) - len(known)
    left = f"; {hidden:,} not observed" if hidden else ""
    if len(known) > style.MANY:
        return f"{len(known):,} people, the darker the more on one spot{left}"
    who = f"{len(known):,} people, each" if len(known) > 1 else "A point"
    drawn = any(
        known[[f"{name}_low", f"{name}_high"]].notna().all(axis=1).any()
        for name in ("fame", "intimacy")
    )
    cross = "with its 95 % intervals as a cross" if drawn else "without an interval"
    return f"{who} {cross}{left}"
