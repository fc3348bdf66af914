"""Results on the screen or in a file: tables that fit 80 columns, CSV, JSON, Markdown."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from netquality.cli.options import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pandas as pd
    from rich.console import RenderableType

    from netquality.sources.streams import Progress as Following

__all__ = ["Entry", "busy", "draw", "emit", "entries", "grid", "reading", "say"]

_ROWS, _FEW = 25, 60
_LONG = 1000
_MISSING = "-"


class Entry(NamedTuple):
    """One item of a numbered list: a heading, a text under it, and a number beside it."""

    heading: str
    text: str
    number: float


@contextlib.contextmanager
def busy(what: str) -> Iterator[None]:
    """Show that something goes on, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextlib.contextmanager
def reading() -> Iterator[Following | None]:
    """Show how far the reading of large files has got, on a terminal only.

    Yields what `netquality.read` takes as its ``progress``.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from netquality.text import clean

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bars:
        shown = bars.add_task("Reading …", total=None)

        def follow(name: str, read: int, size: int | None) -> None:
            bars.update(shown, description=f"Reading {clean(name, limit=40)}", completed=read)
            # A packed file is larger than what it was packed into.
            bars.update(shown, total=size if size and size >= read else None)

        yield follow


def emit(frame: pd.DataFrame, form: str, output: Path | None, top: int | None = None) -> int:
    """Write a result as CSV, JSON or Markdown, with all columns; return the exit code.

    Parameters
    ----------
    frame
        The result, one row an item, best first.
    form
        ``csv``, ``json`` or ``md``.
    output
        The file to write; the screen if None.
    top
        Only so many rows; all if None.
    """
    from netquality.disk import write
    from netquality.export.tables import csv_text

    rows = frame if top is None else frame.head(top)
    forms: dict[str, Callable[[pd.DataFrame], str]] = {
        "csv": csv_text,
        "json": _json,
        "md": _markdown,
    }
    text = forms[form](rows)
    if output is None:
        click.echo(text, nl=False)
    else:
        click.echo(write(output, text.encode("utf-8", "replace")))
    return 0 if len(frame) else NOTHING


def draw(frame: pd.DataFrame, title: str, top: int | None = None, *, first: int = 0) -> int:
    """Print a result as a table, long ones cut; return the exit code.

    Parameters
    ----------
    frame
        The columns to show.
    title
        What stands over it.
    top
        Only so many rows; if None, 25 of a long table.
    first
        The width up to which the first column is not folded; 0 leaves it to the table.
    """
    rows = frame.head(top or (_ROWS if len(frame) > _FEW else len(frame)))
    numeric = set(frame.select_dtypes("number").columns)
    written = [_column(rows[name], _MISSING) for name in rows.columns]
    columns = [(str(name).replace("_", "\n"), name in numeric) for name in rows.columns]
    width = min(first, max(map(len, written[0]), default=0)) if first else None
    say(title, grid(columns, zip(*written, strict=True), width))
    if any(_MISSING in cells for cells in written):
        click.echo(f"{_MISSING} means: not observed.")
    _rest(len(rows), len(frame))
    return 0 if len(frame) else NOTHING


def entries(title: str, items: Iterable[Entry], total: int) -> int:
    """Print a numbered list of items with sentences; return the exit code."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    for number, item in enumerate(items, 1):
        body = _text(item.heading, "bold").append("\n").append_text(_text(item.text, "not bold"))
        table.add_row(f"{number}.", body.append("\n"), _number(item.number))
    say(title, *([table] if table.rows else []))
    _rest(len(table.rows), total)
    return 0 if table.rows else NOTHING


def grid(
    columns: Iterable[tuple[str, bool]], rows: Iterable[Iterable[str]], first: int | None = None
) -> RenderableType:
    """Return a table to `say`; a column is a heading and whether it holds numbers.

    Text is shown as it is: what looks like markup is no markup.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for heading, number in columns:
        side: Literal["left", "right"] = "right" if number else "left"
        table.add_column(Text(heading), justify=side, no_wrap=number, overflow="fold")
    table.columns[0].width = first
    for row in rows:
        table.add_row(*map(_text, row))
    return table


def say(*things: RenderableType) -> None:
    """Print titles and what is drawn, without the blanks that fill its lines."""
    from rich.console import Console

    console = Console(highlight=False)
    with console.capture() as kept:
        for thing in things:
            if isinstance(thing, str):
                console.print(_text(thing), soft_wrap=True)
            else:
                console.print(thing)
    click.echo("\n".join(line.rstrip() for line in kept.get().splitlines()))


def _text(value: str, style: str = "") -> Any:
    from rich.text import Text

    from netquality.text import clean

    return Text(clean(value, limit=_LONG), style=style)


def _rest(count: int, total: int) -> None:
    if total > count:
        click.echo(f"{count:,} of {total:,} rows; --top N shows more, --format csv all.")


def _json(frame: pd.DataFrame) -> str:
    text = frame.to_json(
        orient="records", force_ascii=False, date_format="iso", double_precision=15, indent=1
    )
    return f"{text}\n"


def _markdown(frame: pd.DataFrame) -> str:
    from netquality.text import clean

    written = [_column(frame[name], "not observed") for name in frame.columns]
    lines = [list(map(str, frame.columns)), ["---"] * len(frame.columns)]
    lines += [
        [clean(cell, limit=None).replace("|", "\\|") for cell in row]
        for row in zip(*written, strict=True)
    ]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _column(values: pd.Series, missing: str) -> list[str]:
    """Return the cells of one column; a column of whole floats shows no decimals."""
    known = values.dropna()
    whole = all(isinstance(value, float) and value.is_integer() for value in known)
    gaps = values.isna()
    return [
        missing if gap else _cell(value, whole) for value, gap in zip(values, gaps, strict=True)
    ]


def _cell(value: object, whole: bool) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if whole else _number(value)
    return str(value)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:#.3g}"
