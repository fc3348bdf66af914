"""The ladder of favours: how many would act on each, drawn as bands and never as one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import FuncFormatter

from netquality.charts import style

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.axes import Axes

    from netquality.measures.ladder import Ladder

__all__ = ["alt_ladder", "ladder"]

# Told apart in grey as well: what is assumed is hollow.
_LOOKS: Mapping[str, dict[str, Any]] = {
    "measured": {"facecolor": style.BLUE, "edgecolor": style.BLUE},
    "recorded": {"facecolor": style.ORANGE, "edgecolor": style.ORANGE},
    "assumed": {"facecolor": "white", "edgecolor": style.SOFT},
}
_LEAST = 0.1


def ladder(result: Ladder, *, person: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw each favour's expected helpers as a band, the least favour at the bottom.

    Parameters
    ----------
    result
        What `netquality.ladder` returned.
    person
        Whose ladder; by default that of the first person.
    ax
        Where to draw; by default in a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The Axes; the number of helpers is on a logarithmic axis from a tenth of a helper on. A
        band that was assumed is hollow. Beside it: the strengths from which on an even chance is
        possible, and sure.

    Examples
    --------
    >>> import networkx as nx
    >>> from netquality import from_graph
    >>> from netquality.measures.ladder import ladder as measure
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("me", "odo", 0.9), ("me", "mina", 0.6)])
    >>> ax = ladder(measure(from_graph(graph, ego="me")))
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['reply', 'react', 'answer']
    """
    ax, rows = style.axes(ax), _of(result, person)
    style.frame(ax)
    style.heading(ax, "The ladder of favours", _below(result, rows))
    rows = rows.dropna(subset=["helpers_low", "helpers_high"]).reset_index(drop=True)
    if rows.empty:
        return style.blank(ax, "No tie with contact was observed.")
    low, high = (rows[f"helpers_{end}"].clip(lower=_LEAST) for end in ("low", "high"))
    for warrant, look in _LOOKS.items():
        some = (rows["warrant"] == warrant).to_numpy()
        if some.any():
            ax.barh(
                np.flatnonzero(some), (high * 1.02 - low)[some], left=low[some], height=0.5,
                linewidth=1.2, label=warrant, zorder=2, **look,
            )  # fmt: skip
    ax.set_xscale("log")
    most = max(10.0, float(high.max())) * 1.3
    ax.set_xlim(_LEAST, most)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.4g}"))
    ax.set_yticks(range(len(rows)), rows["favour"].tolist())
    ax.set_xlabel("Expected helpers, if all were asked (to the left: a tenth of one, or less)")
    for place, row in enumerate(rows.itertuples()):
        style.put(ax, most * 1.08, place, _needs(row), va="center", fontsize=8.5, color=style.SOFT)
    style.legend(ax, below=True)
    return ax


def alt_ladder(result: Ladder, *, person: str | None = None) -> str:
    """Say in words what `ladder` draws.

    Examples
    --------
    >>> import networkx as nx
    >>> from netquality import from_graph
    >>> from netquality.measures.ladder import ladder as measure
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("me", "odo", 0.9), ("me", "mina", 0.6)])
    >>> alt_ladder(measure(from_graph(graph, ego="me")))[:65]
    'Chart of the ladder of favours. Expected helpers: reply 1.5 to 1.'
    """
    rows = _of(result, person).dropna(subset=["helpers_low", "helpers_high"])
    if rows.empty:
        return "Chart of the ladder of favours: no tie with contact was observed."
    said = "; ".join(
        f"{row.favour} {row.helpers_low:,.2g} to {row.helpers_high:,.2g} ({row.warrant})"
        for row in rows.itertuples()
    )
    return f"Chart of the ladder of favours. Expected helpers: {said}."


def _of(result: Ladder, person: str | None) -> pd.DataFrame:
    rows = result.frame
    if rows.empty:
        return rows
    return rows[rows["person"] == (person or rows["person"].iloc[0])]


def _below(result: Ladder, rows: pd.DataFrame) -> str:
    way = result.parameters["way"]
    how = "in person" if way == "person" else f"by {way}"
    others = result.frame["person"].nunique() - 1
    whose = f"; one of {others + 1:,} people" if len(rows) and others else ""
    return f"asked one by one {how}{whose}"


def _needs(row: Any) -> str:
    low, high = row.needed_low, row.needed_high
    if low != low:
        return "by more than strength"
    return f"strength {low:.2f} to {high:.2f}".replace("0.", ".")
