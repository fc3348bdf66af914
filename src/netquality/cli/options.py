"""What several verbs share: their sources, the options of reading and printing, their errors."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netquality.errors import NetQualityError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["BAD", "NOTHING", "asking", "caught", "folder", "formed", "inspects", "prints", "reads"]
__all__ += ["top"]

NOTHING, BAD = 1, 2
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_PATH = click.Path(path_type=Path)


def _seconds(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    number, unit = (value[:-1], value[-1]) if value[-1:] in _UNITS else (value, "s")
    try:
        seconds = float(number) * _UNITS[unit]
    except ValueError:
        seconds = -1.0
    # Written so that "nan" is refused too: it compares as false to everything.
    if not 0 < seconds < float("inf"):
        raise click.BadParameter(f"{value!r} is no time; write 20s, 5m or 1h.")
    return seconds


def _several(
    _context: click.Context, _option: click.Parameter, value: tuple[str, ...]
) -> str | tuple[str, ...] | None:
    return value if len(value) > 1 else value[0] if value else None


_AS_OF = click.option(
    "--as-of", metavar="DAY", help="The day to ask for (2026-11-20); default: the last day covered."
)
_NAMES = click.option(
    "--names/--pseudonyms",
    default=None,
    help="Show people as the files name them, or as person 1, 2, ...; by default a whole group's"
    " people bear pseudonyms, and an owner's contacts their names.",
)
_WORKSPACE = click.option(
    "--workspace",
    "-w",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Take what this workspace keeps; without it and without a source, the default one.",
)
_FILES = (
    click.option(
        "--ego",
        metavar="PERSON",
        multiple=True,
        callback=_several,
        help="Whose network it is: an id, mail, number, profile slug or name; again for each other"
        " address or name that you go by.",
    ),
    click.option(
        "--timezone", metavar="ZONE", help="Zone of stamps that state none, as in Europe/Berlin."
    ),
    click.option(
        "--region",
        metavar="COUNTRY",
        help="Country of phone numbers that state none, as in DE; by default that of most others.",
    ),
    click.option("--date-format", metavar="FORMAT", help="dmy, mdy, ymd or a strptime format."),
    click.option(
        "--columns",
        metavar="ROLES",
        help='Roles of a log\'s columns: "sender,recipient,at"; - skips one.',
    ),
    click.option(
        "--every",
        metavar="TIME",
        callback=_seconds,
        help="Join sightings of a pair this far apart (20s, 5m).",
    ),
    click.option(
        "--separator", metavar="TEXT", help="What stands between several recipients in one cell."
    ),
    click.option(
        "--directed/--undirected",
        default=None,
        help="Whether two ids mean a direction; by default the data decides.",
    ),
)
formed = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "md"]),
    default="table",
    show_default=True,
    help="How to print.",
)
_OUTPUT = click.option(
    "--output", "-o", type=_PATH, help="Write to this file; as CSV unless --format says else."
)

folder = click.option(
    "--output", "-o", required=True, type=_PATH, metavar="DIR", help="Folder to write to."
)


def asking(meaning: str, *, required: bool = False) -> Callable[[Any], Any]:
    """Return the option ``--by``, how one asks for a favour, with its meaning for one verb."""
    return click.option(
        "--by",
        "way",
        type=click.Choice(["person", "video", "call", "mail"]),
        required=required,
        default=None if required else "person",
        show_default=not required,
        help=meaning,
    )


def top(meaning: str, default: int | None = None) -> Callable[[Any], Any]:
    """Return the option ``--top`` with its meaning for one verb."""
    return click.option(
        "--top",
        metavar="N",
        type=click.IntRange(min=1),
        default=default,
        show_default=default is not None,
        help=meaning,
    )


def reads(command: Any) -> Any:
    """Give a verb its sources or a workspace, the options of reading, and of naming people."""
    return _sources(command, options=(_AS_OF, *_FILES, _NAMES, _WORKSPACE))


def inspects(command: Any) -> Any:
    """Give a verb that scores nothing the same, without a day; it may go without sources."""
    return _sources(command, options=_FILES)


def _sources(command: Any, *, options: tuple[Any, ...]) -> Any:
    for option in reversed(options):
        command = option(command)
    return click.argument("sources", nargs=-1, type=_PATH, metavar="[SOURCE...]")(command)


def prints(command: Callable[..., int | None]) -> Any:
    """Give a verb ``--format`` and ``--output``; what goes to a file is whole and no source."""

    @wraps(command)
    def run(*, sources: tuple[Path, ...], form: str, output: Path | None, **rest: Any) -> Any:
        if output is not None:
            from netquality.pipeline.reporting import safe_output
            from netquality.workspace.place import default_place

            kept = [] if sources else [rest["workspace"] or default_place()]
            safe_output(output, [*sources, *kept])
            # A table is cut to fit the screen; a file is not a screen.
            form = "csv" if form == "table" else form
        return command(sources=sources, form=form, output=output, **rest)

    return formed(_OUTPUT(run))


def caught(command: Callable[..., int | None]) -> Callable[..., None]:
    """Make what a verb returns its exit code, and each of our errors one line and code 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        with _told():
            sys.exit(command(*args, **kwargs) or 0)

    return run


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except NetQualityError as error:
        from netquality.text import clean

        click.echo(f"netquality: {clean(str(error), limit=None)}", err=True)
        sys.exit(BAD)
    except BrokenPipeError:
        # The reader went away (as in `| head`): that is no error of ours, nor of the input.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
