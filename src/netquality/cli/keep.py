"""The verbs that fill and empty a workspace, and what all verbs of a workspace share."""

from __future__ import annotations

import contextlib
import shlex
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netquality.cli.options import NOTHING, caught, inspects
from netquality.cli.output import busy, draw, emit, reading
from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from netquality.pipeline.forgetting import Forgotten
    from netquality.pipeline.keeping import Workspace

__all__ = ["at_terminal", "forget", "import_", "listed", "nothing_kept", "now"]
__all__ += ["opened", "placed", "printed", "same_place", "where"]

_FEW = 8


def _inherited(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Return the file that is named, here or before the subcommand."""
    above = context.parent.params if context.parent else {}
    return value or above.get(str(option.name))


placed = click.option(
    "--workspace",
    "-w",
    "place",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    callback=_inherited,
    help="The workspace; default: NETQUALITY_WORKSPACE, else a file in your data directory.",
)


def where(place: Path | None) -> Path:
    """Return the file of the workspace that is meant."""
    from netquality.workspace.place import default_place

    return place or default_place()


def same_place(place: Path | None) -> str:
    """Return what a further command needs to mean the same workspace, with a blank before it."""
    from netquality.text import clean

    return f" --workspace {shlex.quote(clean(str(place), limit=None))}" if place else ""


def nothing_kept(place: Path | None) -> bool:
    """Say that there is no workspace, where that is so; none is made by looking."""
    found = where(place).exists()
    if not found:
        click.echo(_missing(place), err=True)
    return not found


@contextlib.contextmanager
def opened(place: Path | None, *, make: bool = False) -> Iterator[Workspace]:
    """Open the workspace and close it again.

    Parameters
    ----------
    place
        Its file, None for the default.
    make
        Whether one may be made.

    Raises
    ------
    BadInput
        When there is none and none may be made, or another process has it open.
    """
    if not make and not where(place).exists():
        raise BadInput(_missing(place))
    from netquality.pipeline.keeping import Workspace

    with Workspace(where(place)) as workspace:
        yield workspace


def _missing(place: Path | None) -> str:
    """Say what is not there; a verb that reads might have been given files instead."""
    from netquality.text import clean

    named = clean(str(where(place)), limit=None)
    context = click.get_current_context(silent=True)
    reads = context is not None and any(p.name == "sources" for p in context.command.params)
    make = f"netquality import SOURCE{same_place(place)}"
    if not reads:
        return f"There is no workspace {named}. Make it: {make}"
    return (
        f"No source was named, and there is no workspace {named}. Name a file, a folder or a ZIP, "
        f"or make it: {make}"
    )


def now() -> datetime:
    """Return the moment with the zone of this machine: "today" is the day of whoever types."""
    return datetime.now().astimezone()


def at_terminal() -> bool:
    """Say whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def printed(
    frame: pd.DataFrame, form: str, title: str, columns: Iterable[str], top: int | None = None
) -> int:
    """Print a table: some columns on a screen, all in other forms; return the exit code."""
    from netquality.text import clean

    texts = [str(name) for name in frame.columns if frame[name].dtype == "str"]
    tidy = frame.assign(**{name: frame[name].map(clean, na_action="ignore") for name in texts})
    if form == "table":
        return draw(tidy[[*columns]], title, top)
    return emit(tidy, form, None, top)


def listed(names: Iterable[object], limit: int = _FEW) -> str:
    """Return the first few names in one line, and how many more there are."""
    from netquality.text import clean

    every = [clean(str(name)) for name in names]
    rest = [f"{len(every) - limit:,} more"] if len(every) > limit else []
    return ", ".join([*every[:limit], *rest])


@click.command(
    "import", epilog="\b\nExample: netquality import Complete_LinkedInDataExport_11-20-2026.zip"
)
@caught
@placed
@click.option("--own", is_flag=True, help="The files are yours, under another name or address.")
@click.option(
    "--consent", metavar="HOW", help="The files are somebody else's, who agreed: how and when."
)
@click.option("--again", is_flag=True, help="Read files anew that are there already.")
@click.option("--remove", metavar="NAME", multiple=True, help="Take a file or archive out again.")
@inspects
def import_(
    *,
    sources: tuple[Path, ...],
    remove: tuple[str, ...],
    place: Path | None,
    **options: Any,
) -> int:
    """Keep exports and logs in a workspace, each once.

    Your own files come first. Those of others who agreed (--consent) are pooled with them.
    """
    if not sources and not remove:
        raise BadInput("No source was named.", todo="Pass a file, a folder or a ZIP.")
    with opened(place, make=not remove) as workspace:
        if remove:
            from netquality.page.words import plural

            ego = options["ego"]
            gone = workspace.remove(*remove, ego=ego[0] if isinstance(ego, tuple) else ego)
            click.echo(f"Taken out: {plural(gone, 'file')}.")
        if sources:
            with reading() as progress:
                done = workspace.read(*sources, at=now(), progress=progress, **options).frame
            _told(done)
        _total(workspace, place)
    return 0


def _told(frame: pd.DataFrame) -> None:
    """Print a line for each bundle, and one for what is not needed."""
    used = frame[frame["unused"].isna()]
    for bundle, files in used.groupby("bundle", sort=False):
        click.echo(f"{listed([bundle])}: {_arrived(files)}.")
    unused = frame[frame["unused"].notna()]
    if len(unused):
        click.echo(f"Not needed: {listed(unused['name'])} (netquality doctor SOURCE tells why).")
    if (frame["state"] == "already there").all():
        click.echo("Everything was there already; nothing was added.")


def _arrived(files: pd.DataFrame) -> str:
    from netquality.page.words import plural

    states = files["state"].value_counts(sort=False)
    said = ", ".join(f"{plural(int(number), 'file')} {state}" for state, number in states.items())
    came = files[files["state"] != "already there"]
    if came.empty:
        return said
    kept, merged, rejected = (int(came[name].sum()) for name in ("kept", "merged", "rejected"))
    return f"{said}; {plural(kept, 'row')} kept, {merged:,} merged, {rejected:,} rejected"


def _total(workspace: Workspace, place: Path | None) -> None:
    from netquality.page.words import plural
    from netquality.text import clean

    files = workspace.files[workspace.files["unused"].isna()]
    held = f"{plural(len(files), 'file')}, {plural(int(files['kept'].sum()), 'row')}"
    click.echo(f"In {clean(str(workspace.path), limit=None)}: {held}.")
    if len(files):
        click.echo(f"Next: netquality report{same_place(place)} -o report")


@click.command(epilog="\b\nExample: netquality forget zora-sample --yes")
@caught
@placed
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.argument("person")
def forget(*, person: str, yes: bool, place: Path | None) -> int:
    """Leave no trace of a person, and keep them out.

    The workspace is written anew without them; later imports leave them out.
    """
    with opened(place) as workspace:
        theirs = workspace.people.why(person)
        if not yes and not _sure(theirs):
            click.echo("Nothing was forgotten.")
            return NOTHING
        with busy("Writing a fresh file …"):
            gone = workspace.forget(person)
    _gone(gone)
    return 0


def _sure(theirs: pd.DataFrame) -> bool:
    who = f"{listed(theirs['name'][theirs['name'] != ''].unique())} ({listed(theirs['known_as'])})"
    if not at_terminal():
        raise BadInput(
            f"Forgetting {who} cannot be undone, and nobody is here to be asked.", todo="Say --yes."
        )
    return click.confirm(f"Forget {who}? This cannot be undone.")


def _gone(gone: Forgotten) -> None:
    """Print what went, what stays and why, and where the name still stands."""
    from netquality.page.words import plural
    from netquality.text import clean

    events = plural(gone.events, "row of events", "rows of events")
    accounts = plural(gone.accounts, "account")
    click.echo(f"Forgotten: {accounts} with all that was read or said of them; {events}.")
    click.echo("Later imports leave this person out; a keyed hash of each key is kept for that.")
    if gone.shared:
        click.echo(f"Stays, because somebody else bears it too: {listed(gone.shared)}")
    if gone.alike:
        click.echo(f"Stays, but may be the same person (forget it too): {listed(gone.alike)}")
    if gone.reports:
        click.echo("Reports that still hold the name; delete them:")
    for path in gone.reports:
        click.echo(f"  {clean(str(path), limit=None)}")
    click.echo("Not touched: the files that you imported from, copies of the workspace, and tables")
    click.echo("or reports that were written elsewhere.")
