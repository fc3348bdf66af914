"""One look for every chart, and the one way to write a chart to a file."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from netquality.disk import write
from netquality.text import clean

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.text import Text

__all__ = ["axes", "blank", "frame", "fresh", "heading", "legend", "put", "quiet", "render", "save"]

# Okabe and Ito's colours: told apart by colour-blind readers; in grey, marks and fills differ too.
BLUE, ORANGE = "#0072B2", "#E69F00"
INK, SOFT, PALE = "#1c1e21", "#5d636b", "#d5d8dc"
MANY = 2000
# One transparent face: matplotlib then draws a mark once and stamps it, instead of drawing each.
HOLLOW = ["none"]
NAME = 26
_SIZE, _PLACE = (8.4, 5.2), (0.115, 0.13, 0.635, 0.70)
# A map has no direction that may be longer than the other, and words on all of its sides.
_SQUARE, _MIDDLE = (8.4, 7.6), (0.15, 0.14, 0.65, 0.718)
_DPI = 144
_SVG: Any = {"svg.hashsalt": "netquality", "svg.fonttype": "path"}
_BARE: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Creator": None, "Date": None},
}
# Names come in every script; a font of this list is used where it is installed.
_SCRIPTS = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Noto Sans KR"),
    *("PingFang SC", "Hiragino Sans", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic"),
    *("Noto Sans Devanagari", "Noto Sans Thai", "Nirmala UI", "Leelawadee UI"),
    *("Arial Unicode MS", "Noto Sans Hebrew", "Noto Sans Arabic", "Segoe UI Symbol"),
)


def axes(ax: Axes | None, *, square: bool = False) -> Axes:
    """Return the given Axes, or new ones in a pyplot figure, which notebooks show by themselves."""
    _hush()
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    figure = plt.figure(figsize=_SQUARE if square else _SIZE, facecolor="white")
    return figure.add_axes(_MIDDLE if square else _PLACE)


def fresh(*, square: bool = False) -> Axes:
    """Return Axes in a figure that pyplot does not hold, for charts that are only saved.

    Parameters
    ----------
    square
        Room for a map, as `netquality.charts.rings` draws one.

    Examples
    --------
    >>> from matplotlib import pyplot
    >>> before = pyplot.get_fignums()
    >>> _ = fresh()
    >>> pyplot.get_fignums() == before
    True
    """
    figure = Figure(figsize=_SQUARE if square else _SIZE, facecolor="white")
    return figure.add_axes(_MIDDLE if square else _PLACE)


def frame(ax: Axes) -> None:
    """Draw only the two axes that are read, in a quiet colour."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(SOFT)
    ax.tick_params(colors=SOFT, labelcolor=INK, labelsize=9)
    ax.xaxis.label.set(color=INK, fontsize=10)
    ax.yaxis.label.set(color=INK, fontsize=10)
    ax.set_facecolor("white")


def heading(ax: Axes, title: str, below: str) -> None:
    """Set a title flush left, with a line below it that carries the counts."""
    ax.set_title(title, loc="left", fontsize=13, fontweight="bold", color=INK, pad=26)
    put(ax, 0, 1.03, below, transform=ax.transAxes, color=SOFT, fontsize=9.5, va="bottom")


def legend(ax: Axes, *, below: bool = False) -> None:
    """Put the legend into the right margin, where no point can lie under it, or below that."""
    place = (1.02, -0.16) if below else (1.02, 0)
    beside: dict[str, Any] = {"bbox_to_anchor": place, "borderaxespad": 0}
    ax.legend(loc="lower left", frameon=False, fontsize=9, labelcolor=INK, **beside)


def blank(ax: Axes, note: str) -> Axes:
    """Leave a chart without axes, with a line that says why nothing is drawn."""
    ax.set_axis_off()
    put(ax, 0.5, 0.5, note, transform=ax.transAxes, ha="center", color=SOFT)
    return ax


def put(ax: Axes, x: float, y: float, text: str, **how: Any) -> Text:
    """Write text that may come from a file: clean, and never read as mathematics.

    Matplotlib takes what stands between two ``$`` for a formula; a name may hold them.
    """
    lines = [clean(line) for line in text.split("\n")]
    plain: dict[str, Any] = {"parse_math": False, "usetex": False, "fontfamily": _families()}
    return ax.text(x, y, "\n".join(lines), **(plain | {"clip_on": False} | how))


def _families() -> list[str]:
    installed = {font.name for font in fontManager.ttflist}
    return [*mpl.rcParams["font.family"], *(name for name in _SCRIPTS if name in installed)]


@contextmanager
def quiet() -> Iterator[None]:
    """Draw without warnings about letters that no installed font has: names hold any letter."""
    with warnings.catch_warnings():
        _hush()
        yield


def _hush() -> None:
    # A notebook draws after we are done, so the filter must outlive the call; it is narrow.
    for message in (r"Glyph \d+ .*missing from font", r"Matplotlib currently does not support"):
        warnings.filterwarnings("ignore", message=message, category=UserWarning)


def render(ax: Axes, kind: str) -> bytes:
    """Return the chart's figure as a PNG or SVG file; the same chart gives the same bytes.

    Parameters
    ----------
    ax
        Axes of the chart.
    kind
        ``"png"`` (144 dots an inch) or ``"svg"`` (letters as outlines, no date inside).

    Examples
    --------
    >>> render(axes(None), "png")[1:4]
    b'PNG'
    """
    buffer = io.BytesIO()
    figure = ax.get_figure(root=True)
    assert figure is not None, "Axes always stand in a figure."
    with quiet(), mpl.rc_context(_SVG):
        figure.savefig(
            buffer, format=kind, dpi=_DPI, metadata=_BARE[kind], bbox_inches="tight", pad_inches=0.2
        )
    return buffer.getvalue()


def save(ax: Axes, path: str | os.PathLike[str]) -> list[Path]:
    """Write a chart as PNG and as SVG, each whole or not at all.

    Parameters
    ----------
    ax
        What a chart function returned.
    path
        Where to, without suffix; ``.png`` and ``.svg`` are added.

    Returns
    -------
    list of pathlib.Path
        The two files.

    Raises
    ------
    BadInput
        When a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [file.name for file in save(axes(None), folder + "/ties")]
    ['ties.png', 'ties.svg']
    """
    stem = Path(path)
    return [write(stem.with_name(f"{stem.name}.{kind}"), render(ax, kind)) for kind in _BARE]
