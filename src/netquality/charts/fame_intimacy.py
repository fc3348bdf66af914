"""Fame and intimacy: how widely somebody is known, and how close the ties are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from netquality.charts import style
from netquality.measures.profile import FAME_SCALE, INTIMACY_SCALE
from netquality.text import clean

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
    """Draw fame across and intimacy upwards, a vertical band a person.

    Intimacy is a band, never a point: how many people would help is assumed, not measured.

    Parameters
    ----------
    result
        What `netquality.profile` returned.
    names
        Name of each person id; used when there are few enough to name.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes; the first line collection holds the bands.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> row = {"fame": [0.5], "intimacy_low": [0.3], "intimacy_high": [0.6]}
    >>> ax = profile(SimpleNamespace(frame=pd.DataFrame(row, index=["you"])))
    >>> ax.collections[0].get_segments()[0].tolist()
    [[0.5, 0.3], [0.5, 0.6]]
    """
    ax, known = style.axes(ax), _known(result.frame)
    style.frame(ax)
    style.heading(ax, "Fame and intimacy", _below(result.frame, known))
    if known.empty:
        return style.blank(ax, "Nothing was observed from which the two could be told.")
    _quarters(ax)
    _bands(ax, known)
    _scales(ax, known)
    if len(known) <= _NAMED:
        _name(ax, known, {} if names is None else names)
    return ax


def alt_profile(result: Profile) -> str:
    """Say in words what `profile` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> row = {"fame": [0.5], "intimacy_low": [0.3], "intimacy_high": [0.6]}
    >>> alt_profile(SimpleNamespace(frame=pd.DataFrame(row, index=["you"]))).split(": ")[1]
    'fame 0.50, intimacy 0.30 to 0.60, assumed.'
    """
    known = _known(result.frame)
    start = "Chart of fame (across) and intimacy (upwards)"
    if known.empty:
        return f"{start}: nothing was observed."
    if len(known) > 1:
        return f"{start}. {_below(result.frame, known)}."
    one = known.iloc[0]
    ends = f"{one['intimacy_low']:.2f} to {one['intimacy_high']:.2f}"
    return f"{start}: fame {one['fame']:.2f}, intimacy {ends}, assumed."


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.dropna(subset=["fame", "intimacy_low", "intimacy_high"])


def _quarters(ax: Axes) -> None:
    for draw in (ax.axhline, ax.axvline):
        draw(0.5, color=style.PALE, linewidth=0.9, zorder=0)
    how = {"color": style.SOFT, "fontstyle": "italic", "fontsize": 9}
    for x, y, words, ha, va in _WORDS:
        style.put(ax, x, y, words, transform=ax.transAxes, ha=ha, va=va, **how)


def _bands(ax: Axes, known: pd.DataFrame) -> None:
    few = len(known) <= _NAMED
    ax.vlines(
        known["fame"],
        known["intimacy_low"],
        known["intimacy_high"],
        colors=style.BLUE,
        linewidth=5 if few else 0.8,
        alpha=0.85 if few else 0.2,
        rasterized=len(known) > style.MANY,
        capstyle="butt",
        zorder=2,
    )
    if not few:
        _dots(ax, known)


def _dots(ax: Axes, known: pd.DataFrame) -> None:
    """Mark the middles of the bands, or a crowd of them could not be told apart."""
    many = len(known) > style.MANY
    ax.scatter(
        known["fame"],
        _middle(known),
        s=7 if many else 16,
        facecolors=style.HOLLOW if many else "none",
        edgecolors=style.BLUE,
        linewidths=0.9,
        rasterized=many,
        zorder=3,
    )


def _middle(known: pd.DataFrame) -> pd.Series:
    return (known["intimacy_low"] + known["intimacy_high"]) / 2


def _scales(ax: Axes, known: pd.DataFrame) -> None:
    """Put the number of people that each step means under the step.

    1 is a convention, not a limit: who reaches more people lies beyond it.
    """
    right, top = (max(1.0, float(known[end].max())) for end in ("fame", "intimacy_high"))
    steps = np.linspace(0, 1, 5)
    ax.set_xticks(steps, [f"{q:g}\n({(1 + FAME_SCALE) ** q - 1:,.0f})" for q in steps])
    ax.set_yticks(steps, [f"{q:g}\n({(1 + INTIMACY_SCALE) ** q - 1:,.0f})" for q in steps])
    ax.set_xlim(-0.02, right + 0.02)
    ax.set_ylim(-_ROOM, top + _ROOM)
    ax.set_xlabel("Fame (people in contact within a year)")
    ax.set_ylabel("Intimacy (people who would help, assumed)")


def _below(frame: pd.DataFrame, known: pd.DataFrame) -> str:
    hidden = len(frame) - len(known)
    left = f"; {hidden:,} not observed" if hidden else ""
    if len(known) <= _NAMED:
        return f"The length of a band is the range of the assumption, not of a measurement{left}"
    return f"{len(known):,} people, each in the middle of an assumed range{left}"


def _name(ax: Axes, known: pd.DataFrame, names: Mapping[Any, str]) -> None:
    for mark, person, fame, middle in zip(
        _MARKS, known.index, known["fame"], _middle(known), strict=False
    ):
        ax.plot(fame, middle, marker=mark, color="white", markeredgecolor=style.INK, zorder=3)
        text = clean(names.get(str(person), ""), limit=style.NAME)
        # The name goes to the side that has room for it.
        side, ha = (-0.02, "right") if fame > 0.7 else (0.02, "left")
        style.put(ax, fame + side, middle, text, fontsize=9, va="center", ha=ha, color=style.INK)
