"""When silence set in: in which quarter the ties had their last contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from netquality.charts import labels, style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from netquality.measures.silence import Silence

__all__ = ["alt_silence", "silence"]

_BREADTH = 0.82
_QUARTER = 91.0
# More bars than this would be thinner than a line.
_BARS = 500
_ORDINALS = ("first", "second", "third", "fourth")


def silence(
    result: Silence, *, names: Mapping[Any, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many ties fell silent in each quarter, those that were strong filled.

    Of several people the ties of all are added up.

    Parameters
    ----------
    result
        What `netquality.measures.silence.silence` returned; drawn are ``quarter``, ``ties``
        and ``were_strong`` of its ``quarters``.
    names
        Name of each person id; says whose ties these are.
    ax
        Where to draw; by default in a new figure (``ax.figure``), which pyplot does not hold.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes; the first container holds the bars of the strong, the second the rest.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows = {"person": "you", "quarter": pd.to_datetime(["2026-01-01", "2026-04-01"]),
    ...     "ties": [5, 3], "were_strong": [1.0, 0.0]}
    >>> ax = silence(SimpleNamespace(quarters=pd.DataFrame(rows)))
    >>> [[float(bar.get_height()) for bar in bars] for bars in ax.containers]
    [[1.0, 0.0], [4.0, 3.0]]
    """
    ax, bars = style.axes(ax), _bars(result.quarters)
    style.frame(ax)
    people = result.quarters["person"]
    below = labels.whose(names, people) + _below(bars, people.nunique())
    style.heading(ax, "When silence set in", below)
    if bars.empty:
        return style.blank(ax, "No tie has been silent for more than 90 days.")
    _draw(ax, bars)
    _scale(ax, bars)
    style.legend(ax)
    return ax


def alt_silence(result: Silence) -> str:
    """Say in words what `silence` draws, for readers who do not see it; without names.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rows = {"person": "you", "quarter": [3, 4], "ties": [5, 3], "were_strong": [1.0, 0.0]}
    >>> alt_silence(SimpleNamespace(quarters=pd.DataFrame(rows))).split(". ")
    ['Chart of ties by the quarter of their last contact',
     '8 ties silent for more than 90 days, 1 of them strong before', 'The most in quarter 3: 5.']
    """
    bars, start = _bars(result.quarters), "Chart of ties by the quarter of their last contact"
    if bars.empty:
        return f"{start}: no tie has been silent for more than 90 days."
    most = bars.sort_values("ties", ascending=False, kind="stable")
    words = _below(bars, result.quarters["person"].nunique())
    return f"{start}. {words}. The most in {_quarter(most.index[0])}: {most['ties'].iloc[0]:,.0f}."


def _bars(quarters: pd.DataFrame) -> pd.DataFrame:
    """Return the ties of each quarter, whoever's they are, oldest quarter first."""
    by = quarters.groupby("quarter", sort=True)[["ties", "were_strong"]]
    return by.sum(min_count=1).astype("float64")


def _quarter(quarter: Any) -> str:
    if isinstance(quarter, pd.Timestamp):
        return f"the {_ORDINALS[quarter.quarter - 1]} quarter of {quarter.year}"
    return f"quarter {quarter}"


def _draw(ax: Axes, bars: pd.DataFrame) -> None:
    where, wide = _where(bars)
    strong = bars["were_strong"].fillna(0).to_numpy()
    others = bars["ties"].to_numpy() - strong
    known = "not known" if bars["were_strong"].isna().all() else f"{strong.sum():,.0f}"
    first, second = f"strong before ({known})", f"other ties ({others.sum():,.0f})"
    if len(bars) > _BARS:
        lines: dict[str, Any] = {"rasterized": True, "linewidths": 0.8, "zorder": 2}
        ax.vlines(where, 0, strong, colors=style.BLUE, label=first, **lines)
        ax.vlines(where, strong, strong + others, colors=style.ORANGE, label=second, **lines)
        return
    how: dict[str, Any] = {"width": wide, "align": "edge", "zorder": 2}
    ax.bar(where, strong, color=style.BLUE, label=first, **how)
    some = others > 0
    look: dict[str, Any] = {"facecolor": "white", "edgecolor": style.ORANGE, "hatch": "////"}
    look |= {"linewidth": 0.8, "label": second, "bottom": strong[some]}
    ax.bar(where[some], others[some], **look, **how)


def _where(bars: pd.DataFrame) -> tuple[Any, float]:
    """Return where bars begin and how broad they are, in days or in quarters of a log."""
    if isinstance(bars.index, pd.DatetimeIndex):
        # matplotlib counts days from 1970, as we do.
        days = bars.index.to_numpy("datetime64[D]").astype("int64")
        return days.astype("float64"), _BREADTH * _QUARTER
    return bars.index.to_numpy(dtype="float64"), _BREADTH


def _scale(ax: Axes, bars: pd.DataFrame) -> None:
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_ylim(0, max(float(bars["ties"].max()) * 1.08, 3))
    where, wide = _where(bars)
    step = wide / _BREADTH
    # A lone bar would else be as broad as the chart.
    least = max(0.0, 8 * step - (where[-1] - where[0]))
    ax.set_xlim(where[0] - step / 2, where[-1] + 1.5 * step + least)
    ax.set_ylabel("Ties whose last contact it was")
    if isinstance(bars.index, pd.DatetimeIndex):
        ax.xaxis_date(tz="UTC")
        ax.set_xlabel("Quarter of the last contact")
    else:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("Quarter of the last contact (91 days each, from the start of the log)")


def _below(bars: pd.DataFrame, people: int) -> str:
    strong = bars["were_strong"].sum(min_count=1)
    known = "" if np.isnan(strong) else f", {strong:,.0f} of them strong before"
    ends = f", seen from {people:,} people" if people > 1 else ""
    return f"{labels.counted(bars['ties'].sum(), 'tie')} silent for more than 90 days{known}{ends}"
