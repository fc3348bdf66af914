"""The command line: parse, call, print. No logic lives here."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netquality import __version__
from netquality.errors import BadInput, NetQualityError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from netquality.network import Network

__all__ = ["cli", "main"]

NOTHING, BAD = 1, 2
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def main() -> None:
    """Run the command line; a Windows console shows what it can and never stops on a name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli()
    except BrokenPipeError:
        # The reader went away (as in `| head`): that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _seconds(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    number, unit = (value[:-1], value[-1]) if value[-1:] in _UNITS else (value, "s")
    try:
        seconds = float(number) * _UNITS[unit]
    except ValueError:
        seconds = -1.0
    if seconds <= 0:
        raise click.BadParameter(f"{value!r} is no time; write 20s, 5m or 1h.")
    return seconds


_READING = [
    click.option("--ego", help="Whose network it is: an id, mail address, profile slug or name."),
    click.option("--as-of", help="The day to ask for (2026-11-20); default: the last day covered."),
    click.option("--timezone", help="Zone of stamps that state none, as in Europe/Berlin."),
    click.option("--date-format", help="dmy, mdy, ymd or a strptime format."),
    click.option(
        "--columns", help='Roles of a log\'s columns: "sender,recipient,at"; - skips one.'
    ),
    click.option(
        "--every", callback=_seconds, help="Join sightings of a pair this far apart (20s, 5m)."
    ),
    click.option("--separator", help="What stands between several recipients in one cell."),
    click.option("--directed/--undirected", default=None, help="Whether two ids mean a direction."),
]
_OUT = click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file.")
_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "md"]),
    default="table",
    show_default=True,
)


def _reads(command: Callable[..., int | None]) -> Callable[..., None]:
    """Give a verb its sources and the options of reading; turn our errors into one line."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        with _told():
            sys.exit(command(*args, **kwargs) or 0)

    decorated: Callable[..., None] = run
    for option in reversed(_READING):
        decorated = option(decorated)
    return click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))(
        decorated
    )


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except NetQualityError as error:
        from netquality.text import clean

        click.echo(f"netquality: {clean(str(error), limit=None)}", err=True)
        sys.exit(BAD)


@contextlib.contextmanager
def _busy(what: str) -> Iterator[None]:
    """Show that something goes on, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def _read(sources: tuple[Path, ...], options: dict[str, Any]) -> Network:
    from netquality.pipeline import read

    with _busy("Reading …"):
        return read(*sources, **options)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:  # noqa: D301
    """Fame and intimacy in your own network.

    Reads files that you downloaded yourself (a LinkedIn export, any interaction log), sends
    nothing anywhere.

    \b
    netquality sample demo                            a fictional archive to try it on
    netquality report Complete_LinkedInDataExport_11-20-2026.zip -o report
    netquality report mails.csv --columns sender,recipient,at -o report
    """


@cli.command()
@_reads
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="Folder to write to."
)
@click.option("--top", default=100, show_default=True, help="Most introductions.")
def report(sources: tuple[Path, ...], output: Path, top: int, **options: Any) -> int:
    """Read everything and write the page, the charts and the tables into a folder."""
    from netquality.pipeline import report as write_report

    with _busy("Reading, scoring, drawing …"):
        done = write_report(*sources, output=output, top=top, **options)
    _summary(done.network)
    click.echo(f"{len(done.files)} files written. Open {done.path}")
    return 0


def _summary(network: Network) -> None:
    from netquality.days import shown

    files = network.sources[network.sources["unused"].isna()]
    read, kept, merged, rejected = (
        int(files[name].sum()) for name in ("read", "kept", "merged", "rejected")
    )
    click.echo(
        f"Read {len(files)} files: {read:,} rows = {kept:,} kept + {merged:,} merged"
        f" + {rejected:,} rejected (reading.json says why)."
    )
    grades = network.ties["grade"].value_counts()
    named = ", ".join(f"{int(count):,} {grade}" for grade, count in grades.items())
    when = (
        "Without dates" if network.timeless else f"As of {shown(network.as_of, network.relative)}"
    )
    click.echo(f"{when}: {len(network.ties):,} ties ({named or 'none'}).")


@cli.command()
@_reads
@_FORMAT
@_OUT
@click.option("--top", default=None, type=int, help="Only the strongest; 25 in a table.")
@click.option("--explain", metavar="PERSON", help="The parts of your tie with one person.")
def ties(
    sources: tuple[Path, ...],
    format_: str,
    output: Path | None,
    top: int | None,
    explain: str | None,
    **options: Any,
) -> int:
    """List ties, strongest first."""
    from netquality.export.frames import ties_frame

    network = _read(sources, options)
    if explain is not None:
        if network.ego is None:
            raise BadInput(
                "There is no ego to explain a tie of.", todo="Say whose network it is with --ego."
            )
        return _print(
            network.explain(network.ego, explain).to_frame(),
            format_,
            output,
            None,
            "Why this strength",
        )
    frame = ties_frame(network)
    if format_ == "table":
        frame = frame[["a_name", "b_name", "grade", "strength", "latent", "out", "in", "last"]]
    return _print(frame, format_, output, top, "Ties")


@cli.command()
@_reads
@_FORMAT
@_OUT
def profile(sources: tuple[Path, ...], format_: str, output: Path | None, **options: Any) -> int:
    """Contrast fame with intimacy; one row a person."""
    from netquality.measures.profile import profile as measure

    network = _read(sources, options)
    result = measure(network)
    frame = result.to_frame()
    if format_ == "table" and len(frame) == 1:
        frame = frame.T.reset_index().set_axis(["measure", "value"], axis=1)
    for line in result.coverage if format_ == "table" else ():
        click.echo(line, err=True)
    return _print(frame, format_, output, None, "Fame and intimacy")


@cli.command()
@_reads
@_FORMAT
@_OUT
@click.option("--top", default=None, type=int, help="Only the best; 10 in a table.")
@click.option("--cap", default=3, show_default=True, help="Most introductions a contact is in.")
def introductions(
    sources: tuple[Path, ...],
    format_: str,
    output: Path | None,
    top: int | None,
    cap: int,
    **options: Any,
) -> int:
    """Rank introductions between contacts, with reasons."""
    from netquality.advice.introductions import introductions as rank
    from netquality.export.frames import introductions_frame

    network = _read(sources, options)
    result = rank(network, cap=cap)
    frame = introductions_frame(result)
    for line in (f"{result.considered:,} of {result.possible:,} pairs scored.", *result.notes):
        click.echo(line, err=True)
    if format_ == "table":
        columns = ["a_name", "b_name", "score", "reasons"]
        frame = frame[columns if network.egos else ["introducer", *columns]].head(top or 10)
    return _print(frame, format_, output, top, result.heading)


@cli.command()
@_reads
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="Folder to write to."
)
def export(sources: tuple[Path, ...], output: Path, **options: Any) -> int:
    """Write ties, people, introductions (CSV), the graph (GraphML, GEXF) and JSON."""
    from netquality.pipeline import export as write_all

    network = _read(sources, options)
    for path in write_all(network, output):
        click.echo(path)
    return 0 if len(network.ties) else NOTHING


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option(
    "--era", default=2026, show_default=True, help="Layout: 2018, 2020, 2021, 2023, 2024, 2026."
)
@click.option("--contacts", default=2000, show_default=True)
@click.option("--messages", default=20_000, show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option("--truth/--no-truth", default=False, help="Also write what was planted.")
def sample(directory: Path, era: int, contacts: int, messages: int, seed: int, truth: bool) -> None:
    """Write a fictional archive and log to try everything on."""
    from netquality.samples.write import sample as write_sample

    with _told():
        made = write_sample(
            directory, era=era, contacts=contacts, messages=messages, seed=seed, truth=truth
        )
        click.echo(f"A fictional archive: {made.archive}")
        for path in (made.log, made.truth):
            if path is not None:
                click.echo(path)


@cli.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
def doctor(sources: tuple[Path, ...]) -> None:
    """Tell what is installed, and what is in some files, without scoring anything."""
    import platform

    click.echo(f"netquality {__version__}, Python {platform.python_version()}, {platform.system()}")
    for package in ("pandas", "pyarrow", "networkx", "scipy", "matplotlib", "jupyterlab"):
        click.echo(f"  {package:<12}{_version(package)}")
    with _told():
        for source in sources:
            _diagnose(source)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return (
            "not installed (pip install netquality[notebook])"
            if package == "jupyterlab"
            else "missing"
        )


def _diagnose(source: Path) -> None:
    from netquality.sources.sniff import read_source

    tables = read_source(source)
    columns = ["name", "format", "read", "kept", "merged", "rejected", "odd", "unused"]
    _print(tables.sources[columns], "table", None, None, str(source))
    reasons = tables.rejects.groupby("reason").size().rename("rows").reset_index()
    if len(reasons):
        _print(reasons, "table", None, None, "Rejected, by reason")


def _print(
    frame: pd.DataFrame, format_: str, output: Path | None, top: int | None, title: str
) -> int:
    from netquality.disk import write
    from netquality.export.tables import csv_text

    rows = frame.head(top or (25 if format_ == "table" and len(frame) > 60 else len(frame)))
    if format_ == "table" and output is None:
        _table(rows, title, len(frame))
    else:
        writers: dict[str, Callable[[pd.DataFrame], str]] = {
            "csv": csv_text,
            "json": _json,
            "md": _markdown,
        }
        text = writers.get(format_, csv_text)(rows)
        if output is None:
            click.echo(text, nl=False)
        else:
            write(output, text.encode())
            click.echo(output)
    return 0 if len(frame) else NOTHING


def _json(frame: pd.DataFrame) -> str:
    return (
        str(frame.to_json(orient="records", force_ascii=False, date_format="iso", indent=1)) + "\n"
    )


def _markdown(frame: pd.DataFrame) -> str:
    from netquality.text import clean

    lines = [list(frame.columns), ["---"] * len(frame.columns)]
    lines += [
        [clean(_cell(value)).replace("|", "\\|") for value in row]
        for row in frame.itertuples(index=False)
    ]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def _cell(value: object) -> str:
    if value is None or value != value:
        return "not observed"
    return (
        f"{value:,.3g}"
        if isinstance(value, float) and not float(value).is_integer()
        else f"{value:,.0f}"
        if isinstance(value, float)
        else str(value)
    )


def _table(frame: pd.DataFrame, title: str, total: int) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from netquality.text import clean

    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    numeric = set(frame.select_dtypes("number").columns)
    for name in frame.columns:
        table.add_column(
            str(name).replace("_", " "),
            justify="right" if name in numeric else "left",
            overflow="fold",
        )
    for row in frame.itertuples(index=False):
        table.add_row(*(escape(clean(_cell(value))) for value in row))
    console = Console()
    console.print(table)
    if total > len(frame):
        console.print(f"{len(frame):,} of {total:,} rows; --format csv gives all.")
