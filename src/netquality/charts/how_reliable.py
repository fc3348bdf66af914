"""Reliability: how often what was said came true, and how often each chance was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from netquality.charts import labels, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["alt_reliability", "reliability"]


class Judged(Protocol):
    """What has a reliability curve: a `netquality.backtest`, which stands above the charts."""

    @property
    def bins(self) -> pd.DataFrame:
        """The curve: ``said``, ``came``, ``low``, ``high``, ``pairs``."""


def reliability(result: Judged, *, ax: Axes | None = None) -> Axes:
    """Draw the share that came against the chance that was said, with 95 % intervals.

    Parameters
    ----------
    result
        What `netquality.backtest` returned; drawn are its ``bins``.
    ax
        Where to draw; by default in a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes; on the diagonal what was said came true as often as said.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> bins = pd.DataFrame({"said": [0.1, 0.8], "came": [0.2, 0.7], "low": [0.1, 0.6],
    ...     "high": [0.3, 0.8], "pairs": [50, 50]})
    >>> ax = reliability(SimpleNamespace(bins=bins))
    >>> ax.lines[1].get_xydata().tolist()
    [[0.1, 0.2], [0.8, 0.7]]
    """
    ax, bins = style.axes(ax), result.bins
    style.frame(ax)
    style.heading(ax, "What was said, and what came", _below(bins))
    if bins.empty:
        return style.blank(ax, "Too little was seen to judge.")
    most = min(1.0, 1.1 * float(max(bins["said"].max(), bins["high"].max())))
    ax.plot([0, most], [0, most], color=style.SOFT, linestyle="--", linewidth=1, zorder=1)
    ax.plot(
        bins["said"], bins["came"], color=style.BLUE, marker="o", zorder=3,
        label="pairs in touch, 95 %",
    )  # fmt: skip
    ax.vlines(bins["said"], bins["low"], bins["high"], color=style.BLUE, linewidth=1.2, zorder=2)
    ax.annotate("as said", (0.93 * most, 0.93 * most), ha="right", va="bottom", color=style.SOFT)
    ax.set_xlim(0, most)
    ax.set_ylim(0, most)
    ax.set_xlabel("Chance that was said (mean of a tenth of the pairs)")
    ax.set_ylabel("Share that was in touch")
    style.legend(ax)
    return ax


def alt_reliability(result: Judged) -> str:
    """Say in words what `reliability` draws.

    Examples
    --------
    >>> import pandas as pd
    >>> from types import SimpleNamespace
    >>> bins = pd.DataFrame({"said": [0.1, 0.8], "came": [0.2, 0.7], "low": [0.1, 0.6],
    ...     "high": [0.3, 0.8], "pairs": [50, 50]})
    >>> alt_reliability(SimpleNamespace(bins=bins))
    'Chart of what was said against what came. 100 pairs. Said .10, came .20; said .80, came .70.'
    """
    bins, start = result.bins, "Chart of what was said against what came"
    if bins.empty:
        return f"{start}: too little was seen to judge."
    ends = bins.iloc[[0, -1]]
    said = "; ".join(
        f"said {row.said:.2f}, came {row.came:.2f}" for row in ends.itertuples()
    ).replace("0.", ".")
    return f"{start}. {_below(bins)}. {said[0].upper()}{said[1:]}."


def _below(bins: pd.DataFrame) -> str:
    return labels.counted(float(np.sum(bins["pairs"])), "pair")
