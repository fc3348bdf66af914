"""Breadth against depth, month by month: many people a little, or few people much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from netquality.charts import labels, style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from netquality.measures.broadcast import Broadcast

__all__ = ["alt_months", "months"]

_LATEST = 12
# The names of months must not depend on the language of the machine.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def months(
    broadcast: Broadcast, *, names: Mapping[Any, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw each month: people in contact across, days of contact with each of them upwards.

    The last 12 months are linked and labelled, older ones are faint. Of several people every
    month of everybody is drawn, and nothing is linked.

    Parameters
    ----------
    broadcast
        What `netquality.measures.broadcast.broadcast` returned; drawn are ``people`` and
        ``depth`` of its ``months``, in the order of ``month``.
    names
        Name of each person id; says whose months these are.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes; the first collection holds the older months, the next the last 12.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows = {"person": "you", "month": pd.to_datetime(["2026-04-01", "2026-05-01"]),
    ...     "people": [12, 9], "depth": [1.5, 2.0]}
    >>> ax = months(SimpleNamespace(months=pd.DataFrame(rows)))
    >>> ax.collections[0].get_offsets().tolist(), [text.get_text() for text in ax.texts[-2:]]
    ([[12.0, 1.5], [9.0, 2.0]], ['May 2026', 'Apr 2026'])
    """
    ax, known = style.axes(ax), _known(broadcast.months)
    style.frame(ax)
    below = labels.whose(names, known["person"]) + _below(broadcast.months, known)
    style.heading(ax, "Breadth and depth by month", below)
    if known.empty:
        return style.blank(ax, "No month with contact was observed.")
    _scale(ax, known)
    older, latest = _split(known)
    _older(ax, older)
    if len(latest):
        _latest(ax, latest, older)
        style.legend(ax)
    return ax


def alt_months(broadcast: Broadcast) -> str:
    """Say in words what `months` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows = {"person": "you", "month": [0, 1], "people": [12, 9], "depth": [1.5, 2.0]}
    >>> print(alt_months(SimpleNamespace(months=pd.DataFrame(rows))))
    Chart of months by people in contact (across) and days of contact with each (upwards).
    2 months with contact. The last month: 9 people, 2.0 days with each.
    """
    known = _known(broadcast.months)
    start = "Chart of months by people in contact (across) and days of contact with each (upwards)"
    if known.empty:
        return f"{start}: no month with contact was observed."
    words = f"{start}. {_below(broadcast.months, known)}."
    if known["person"].nunique() > 1:
        return words
    last = known.iloc[-1]
    depth = f"{last['depth']:.1f} days with each"
    return f"{words} The last month: {last['people']:,.0f} people, {depth}."


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    numbers = rows[["people", "depth"]].astype("float64").replace([np.inf, -np.inf], np.nan)
    full = rows.assign(people=numbers["people"], depth=numbers["depth"])
    drawn = full[(full["people"] > 0) & full["depth"].notna()]
    return drawn.sort_values(["person", "month"], kind="stable")


def _split(known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return older months and the last 12; of several people all are older."""
    if known["person"].nunique() > 1:
        return known, known.iloc[:0]
    return known.iloc[:-_LATEST], known.iloc[-_LATEST:]


def _older(ax: Axes, older: pd.DataFrame) -> None:
    if older.empty:
        return
    many = len(older) > style.MANY
    ax.scatter(
        older["people"],
        older["depth"],
        s=7 if many else 20,
        facecolors=style.HOLLOW if many else "none",
        edgecolors=(style.SOFT, 0.35 if many else 0.6),
        linewidths=0.9,
        rasterized=many,
        label=f"older months ({len(older):,})",
        zorder=1,
    )


def _latest(ax: Axes, latest: pd.DataFrame, older: pd.DataFrame) -> None:
    how: dict[str, Any] = {"color": style.BLUE, "linewidth": 1.1, "alpha": 0.55}
    ax.plot(latest["people"], latest["depth"], zorder=2, **how)
    ax.scatter(
        latest["people"],
        latest["depth"],
        s=[34] * (len(latest) - 1) + [90],
        c=style.BLUE,
        linewidths=0,
        label=f"last {len(latest)} months, linked;\nthe last is larger",
        zorder=3,
    )
    rows = latest.iloc[::-1]
    ends = (0, len(rows) - 1)
    words = [_label(month, number in ends) for number, month in enumerate(rows["month"])]
    points = list(zip(rows["people"], rows["depth"], strict=True))
    crowd, line = (each[["people", "depth"]].to_numpy() for each in (older, latest))
    avoid = np.concatenate([crowd, labels.along(line)])
    labels.beside(ax, points, words, size=8.5, avoid=avoid)


def _label(month: object, year: bool) -> str:
    if not isinstance(month, pd.Timestamp):
        return f"month {month}"
    name = _MONTHS[month.month - 1]
    return f"{name} {month.year}" if year else name


def _scale(ax: Axes, known: pd.DataFrame) -> None:
    ax.set_xlim(0, max(float(known["people"].max()) * 1.12, 5))
    low, high = float(known["depth"].min()), float(known["depth"].max())
    room = max(0.14 * (high - low), 0.25)
    ax.set_ylim(max(low - room, 0), high + room)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel("Breadth: people in contact in the month")
    ax.set_ylabel("Depth: days of contact with each of them")


def _below(rows: pd.DataFrame, known: pd.DataFrame) -> str:
    hidden = len(rows) - len(known)
    people = known["person"].nunique()
    of = f" of {people:,} people" if people > 1 else ""
    without = f"; {hidden:,} without contact, not drawn" if hidden else ""
    return f"{labels.counted(len(known), 'month')}{of} with contact{without}"
