"""Words beside points, placed so that they do not cover each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.transforms import Bbox, offset_copy

from netquality.charts import style
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt
    from matplotlib.axes import Axes

__all__ = ["along", "beside", "both", "counted", "name_of", "numbered", "whose"]

Spot = tuple[float, float, str, str]

# Where words may stand, the best place first: offsets in points, and how they are aligned.
_NEAR: tuple[Spot, ...] = (
    (8, 0, "left", "center"),
    (-8, 0, "right", "center"),
    (0, 8, "center", "bottom"),
    (0, -8, "center", "top"),
    (6, 6, "left", "bottom"),
    (-6, 6, "right", "bottom"),
    (6, -6, "left", "top"),
    (-6, -6, "right", "top"),
)
_FAR: tuple[Spot, ...] = tuple(
    (times * x, times * y, ha, va) for times in (2.2, 3.6, 5.0) for x, y, ha, va in _NEAR
)
_SPOTS = _NEAR + _FAR
# Of a crowd, so many points are enough to know where it is thick.
_LOOKED_AT = 1500
_NARROW, _WIDE, _LINE = 0.58, 1.05, 1.25
_RIGHT = {"left": 0.0, "center": -0.5, "right": -1.0}
_UP = {"bottom": 0.0, "center": -0.5, "top": -1.0}
_FIRST_WIDE = 0x2E80


def name_of(names: Mapping[Any, str] | None, person: Any) -> str:
    """Return the name of a person, or the id where none is known.

    Examples
    --------
    >>> name_of({"p1": "Zora Quillfeather"}, "p1"), name_of(None, "p1")
    ('Zora Quillfeather', 'p1')
    """
    name = (names or {}).get(person, person)
    return clean(name if isinstance(name, str) else str(person), limit=style.NAME)


def both(names: Mapping[Any, str] | None, one: Any, other: Any) -> str:
    """Return the names of both ends of a tie.

    Examples
    --------
    >>> both({"p1": "Zora"}, "p1", "p2")
    'Zora – p2'
    """
    ends = (clean(name_of(names, end), limit=style.NAME * 2 // 3) for end in (one, other))
    return " – ".join(ends)


def whose(names: Mapping[Any, str] | None, people: Iterable[Any]) -> str:
    """Return the start of a line of counts: whose they are, where it is one named person.

    Examples
    --------
    >>> whose({"p1": "Zora Quillfeather"}, ["p1", "p1"])
    'Zora Quillfeather: '
    """
    every = set(people)
    known = len(every) == 1 and names is not None and every <= set(names)
    return f"{name_of(names, every.pop())}: " if known else ""


def along(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return points along the line through some points, which words should not cover.

    Examples
    --------
    >>> along(np.array([[0.0, 0.0], [12.0, 6.0]]))[:2].tolist()
    [[0.0, 0.0], [1.0, 0.5]]
    """
    steps = np.linspace(0, 1, 12, endpoint=False)[:, None]
    stretches = [start + steps * (end - start) for start, end in pairwise(xy)]
    return np.concatenate([*stretches, xy[-1:]])


def counted(number: float, what: str) -> str:
    """Return a number of things, in the plural where there is not one.

    Examples
    --------
    >>> counted(1, "tie"), counted(1200, "tie")
    ('1 tie', '1,200 ties')
    """
    return f"{number:,.0f} {what}" + ("" if number == 1 else "s")


def beside(
    ax: Axes,
    points: Sequence[tuple[float, float]],
    words: Sequence[str],
    *,
    avoid: npt.NDArray[np.float64] | None = None,
    size: float = 9,
    **how: Any,
) -> None:
    """Write words beside their points, each where it covers least; far ones get a thin line.

    The first words choose first. Limits and scales must stand, since places are found on the
    canvas. The width of letters is estimated, so that no font can move a word.

    Parameters
    ----------
    ax
        Axes with its final limits.
    points
        Places in data coordinates.
    words
        As many texts, which may come from a file.
    avoid
        Other places in data coordinates (n by 2) that had better not be covered.
    size
        Of the letters, in points.
    how
        Passed on to the texts.

    Examples
    --------
    >>> ax = style.axes(None)
    >>> beside(ax, [(0.5, 0.5), (0.5, 0.5)], ["one", "other"])
    >>> [text.get_horizontalalignment() for text in ax.texts]
    ['left', 'right']
    """
    figure = ax.get_figure(root=True)
    assert figure is not None, "Axes always stand in a figure."
    dot, places = figure.dpi / 72, _pixels(ax, points)
    crowd = _pixels(ax, [] if avoid is None else avoid[:: len(avoid) // _LOOKED_AT + 1])
    taken = [_around(place, dot) for place in places]
    for place, point, text in zip(places, points, words, strict=True):
        boxes = [_box(place, spot, text, size, dot) for spot in _SPOTS]
        costs = [_cost(box, taken, crowd, ax.bbox) for box in boxes]
        best = int(np.argmin(np.array(costs) + 0.05 * np.arange(len(boxes))))
        taken.append(boxes[best])
        _write(ax, point, text, _SPOTS[best], {"fontsize": size, **how}, far=best >= len(_NEAR))


def numbered(
    ax: Axes, points: Sequence[tuple[float, float]], *, avoid: npt.NDArray[np.float64], size: float
) -> list[str]:
    """Circle a few points of a crowd and number them; a key elsewhere says who they are.

    Parameters
    ----------
    ax
        Axes with its final limits.
    points
        Places in data coordinates.
    avoid
        The crowd, n by 2.
    size
        Area of the marks that are circled.

    Returns
    -------
    list of str
        The numbers, from 1 on.
    """
    if not points:
        return []
    across, up = zip(*points, strict=True)
    around: dict[str, Any] = {"facecolors": "none", "edgecolors": style.INK, "zorder": 4}
    ax.scatter(across, up, s=3.2 * size + 18, linewidths=1.0, clip_on=False, **around)
    numbers = [str(number) for number in range(1, len(points) + 1)]
    halo = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.4}
    beside(ax, points, numbers, avoid=avoid, size=8.5, fontweight="bold", bbox=halo)
    return numbers


def _pixels(ax: Axes, points: Any) -> npt.NDArray[np.float64]:
    flat = np.asarray(points, dtype="float64").reshape(-1, 2)
    return np.asarray(ax.transData.transform(flat), dtype="float64").reshape(-1, 2)


def _write(
    ax: Axes, point: tuple[float, float], text: str, spot: Spot, how: dict[str, Any], *, far: bool
) -> None:
    x, y, ha, va = spot
    if far:
        line = {"arrowstyle": "-", "color": style.PALE, "linewidth": 0.8, "shrinkA": 0}
        ax.annotate("", point, (x, y), textcoords="offset points", arrowprops=line, zorder=1)
    where = offset_copy(ax.transData, ax.get_figure(root=True), x=x, y=y, units="points")
    looks = {"color": style.INK, "zorder": 5, **how}
    style.put(ax, *point, text, transform=where, ha=ha, va=va, **looks)


def _around(place: npt.NDArray[np.float64], dot: float) -> Bbox:
    return Bbox.from_bounds(place[0] - 4 * dot, place[1] - 4 * dot, 8 * dot, 8 * dot)


def _box(place: npt.NDArray[np.float64], spot: Spot, text: str, size: float, dot: float) -> Bbox:
    x, y, ha, va = spot
    letters = sum(_WIDE if ord(letter) >= _FIRST_WIDE else _NARROW for letter in text)
    wide, high = letters * size * dot, _LINE * size * dot
    left, bottom = place[0] + x * dot + _RIGHT[ha] * wide, place[1] + y * dot + _UP[va] * high
    return Bbox.from_bounds(left, bottom, wide, high).padded(1.5 * dot)


def _cost(box: Bbox, taken: Sequence[Bbox], crowd: npt.NDArray[np.float64], inside: Bbox) -> float:
    """Weigh what the words would cover: other words most, leaving the chart next, then points."""
    covered = sum(bool(box.overlaps(other)) for other in taken)
    beyond = box.x0 < inside.x0 or box.x1 > inside.x1 or box.y0 < inside.y0 or box.y1 > inside.y1
    within = ((crowd > box.min) & (crowd < box.max)).all(axis=1).sum()
    return 3.0 * covered + 2.0 * float(beyond) + min(0.4 * float(within), 1.6)
