"""What the charts of fame and intimacy share: known points, their intervals, and the scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from netquality.charts import style
from netquality.measures.profile import FAME_SCALE, INTIMACY_SCALE

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["COLUMNS", "crosses", "known", "said", "scales", "strokes"]

COLUMNS = ("fame", "fame_low", "fame_high", "intimacy", "intimacy_low", "intimacy_high")
_STEPS = ((0.9, 0.25), (0.35, 0.1), (0.12, 0.05))
_FINEST = 0.02


def known(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that have a place, limits that are no numbers made missing.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"fame": [0.5, float("nan")], "intimacy": [0.2, 0.3]})
    >>> known(rows)[["fame", "fame_low", "intimacy"]].values.tolist()
    [[0.5, nan, 0.2]]
    """
    every = [*frame.columns, *(name for name in COLUMNS if name not in frame.columns)]
    full = frame.reindex(columns=every)
    numbers = full[[*COLUMNS]].astype("float64").replace([np.inf, -np.inf], np.nan)
    full[[*COLUMNS]] = numbers
    return full.dropna(subset=["fame", "intimacy"])


def crosses(ax: Axes, rows: pd.DataFrame, **how: Any) -> None:
    """Draw the 95 % intervals of both axes as the two strokes of a cross a row."""
    across = rows.dropna(subset=["fame_low", "fame_high"])
    upwards = rows.dropna(subset=["intimacy_low", "intimacy_high"])
    looks: dict[str, Any] = {"colors": style.BLUE, "capstyle": "butt", "zorder": 2} | how
    ax.hlines(across["intimacy"], across["fame_low"], across["fame_high"], **looks)
    ax.vlines(upwards["fame"], upwards["intimacy_low"], upwards["intimacy_high"], **looks)


def strokes(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return points along the strokes of `crosses`, which words should not cover.

    Examples
    --------
    >>> import pandas as pd
    >>> row = known(pd.DataFrame({"fame": [0.5], "intimacy": [0.2], "fame_low": [0.4],
    ...     "fame_high": [0.8]}))
    >>> strokes(row).round(2)[[0, -1]].tolist()
    [[0.4, 0.2], [0.8, 0.2]]
    """
    found = []
    for name, other in (("fame", "intimacy"), ("intimacy", "fame")):
        ends = rows[[f"{name}_low", f"{name}_high", other]].dropna().to_numpy()
        for low, high, fixed in ends:
            along = np.linspace(low, high, 9)
            pair = (along, np.full(9, fixed))
            found.append(np.column_stack(pair if name == "fame" else pair[::-1]))
    return np.concatenate(found) if found else np.empty((0, 2))


def scales(ax: Axes, across: tuple[float, float], upwards: tuple[float, float]) -> None:
    """Set the limits, and put the number of people that each step means under the step.

    1 is a convention, not a limit: who reaches more people lies beyond it.
    """
    ax.set_xlim(*across)
    ax.set_ylim(*upwards)
    ax.set_xticks(*_steps(across, FAME_SCALE))
    ax.set_yticks(*_steps(upwards, INTIMACY_SCALE))
    ax.set_xlabel("Fame (people in contact within a year)")
    ax.set_ylabel("Intimacy (people in two-way contact\non 12 and more days a year)")


def _steps(ends: tuple[float, float], most: int) -> tuple[list[float], list[str]]:
    low, high = max(ends[0], 0.0), ends[1]
    step = next((step for span, step in _STEPS if high - low > span), _FINEST)
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    values = [number * step for number in range(first, last + 1)]
    return values, [f"{q:.3g}\n({(1 + most) ** q - 1:,.0f})" for q in values]


def said(row: pd.Series) -> str:
    """Say the figures of one row in words.

    Examples
    --------
    >>> import pandas as pd
    >>> said(known(pd.DataFrame({"fame": [0.5], "intimacy": [0.2]})).iloc[0])
    'fame 0.50, intimacy 0.20'
    """
    parts = []
    for name in ("fame", "intimacy"):
        low, high = row[f"{name}_low"], row[f"{name}_high"]
        between = f" (95 % interval {low:.2f} to {high:.2f})" if low == low and high == high else ""
        parts.append(f"{name} {row[name]:.2f}{between}")
    return ", ".join(parts)
