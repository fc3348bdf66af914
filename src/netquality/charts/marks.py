"""The marks of the grades: told apart by shape and fill, so that grey and any eyes will do."""

from __future__ import annotations

from typing import Any

from netquality.charts import style

__all__ = ["GRADES", "faint", "look"]

_FAINT = 0.35
GRADES: dict[str, dict[str, Any]] = {
    "strong": {"marker": "D", "c": style.BLUE, "linewidths": 0},
    "weak": {"marker": "o", "facecolors": "none", "edgecolors": style.ORANGE, "linewidths": 1.2},
    "silent": {"marker": "_", "c": style.SOFT, "linewidths": 1.2},
    "unknown": {"marker": "x", "c": style.SOFT, "linewidths": 0.9},
}


def look(grade: str, many: bool) -> dict[str, Any]:
    """Return how the ties of a grade are scattered, large, or small and faint where many are.

    Examples
    --------
    >>> look("strong", many=False)["marker"], look("strong", many=True)["s"]
    ('D', 7)
    """
    mark = GRADES[grade]
    if not many:
        return {**mark, "alpha": 0.9, "s": 30}
    # A hundred thousand outlines would make a file that is slow to open.
    return {**faint(mark), "s": 7, "rasterized": True}


def faint(mark: dict[str, Any]) -> dict[str, Any]:
    """Let marks shine through where many lie on each other; what is hollow stays hollow.

    Examples
    --------
    >>> faint(GRADES["weak"])["edgecolors"]
    ('#E69F00', 0.35)
    """
    if "edgecolors" not in mark:
        return {**mark, "alpha": _FAINT}
    # An alpha for the whole mark would fill its transparent face with grey.
    return {**mark, "facecolors": style.HOLLOW, "edgecolors": (mark["edgecolors"], _FAINT)}
