"""The verbs, one function each: ask the pipeline, hand the result to the screen or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netquality.cli import doctors, views
from netquality.cli.keep import opened
from netquality.cli.options import NOTHING, asking, caught, folder, inspects, prints, reads, top
from netquality.cli.output import busy, emit, reading
from netquality.errors import BadInput
from netquality.identity.smallest import FEWEST

if TYPE_CHECKING:
    from netquality.network import Network
    from netquality.sources.streams import Progress

__all__ = ["doctor", "export", "introductions", "profile", "read_all", "report", "sample", "ties"]

MOST = 100
_ASKING, _NOT_READING = ("ego", "as_of"), ("names", "workspace")
_HIDES_NOBODY = f" Among fewer than {FEWEST} they hide nobody."
_PSEUDONYMS = "A whole group's log: people are shown under pseudonyms; --names shows them."


def read_all(sources: tuple[Path, ...], options: dict[str, Any]) -> Network:
    """Read all sources, or what a workspace keeps, into one network; show that it takes a while.

    A whole group's people get pseudonyms unless names are asked for, an owner's contacts only
    when pseudonyms are.
    """
    names = options.get("names")
    with reading() as progress:
        network = _read(sources, options, progress) if sources else _kept(options)
        if names or (names is None and network.egos):
            return network
        hidden = network.pseudonymised()
    if names is None:
        few = int((hidden.people["kind"] == "person").sum()) < FEWEST
        click.echo(f"{_PSEUDONYMS}{_HIDES_NOBODY if few else ''}", err=True)
    return hidden


def _read(sources: tuple[Path, ...], options: dict[str, Any], progress: Progress | None) -> Network:
    from netquality.pipeline.reading import read

    if options["workspace"] is not None:
        raise BadInput(
            "Both sources and a workspace were named.",
            todo="Name one of them; netquality import puts sources into the workspace.",
        )
    said = {k: v for k, v in options.items() if k not in _NOT_READING}
    return read(*sources, progress=progress, **said)


def _kept(options: dict[str, Any]) -> Network:
    given = [k for k, v in options.items() if v is not None and k not in (*_NOT_READING, *_ASKING)]
    if given:
        named = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise BadInput(
            f"{named} says how files are read, and no file was named.",
            todo="Name the files, or say it when they are imported: netquality import --again.",
        )
    if isinstance(options["ego"], tuple):
        raise BadInput(
            "Several names of one owner say how files are read, and no file was named.",
            todo="Name one; netquality people merge joins the others for good.",
        )
    with opened(options["workspace"]) as workspace:
        return workspace.network(**{name: options[name] for name in _ASKING})


def _report_noted(options: dict[str, Any], folder: Path) -> None:
    """Remember where names were written to, so that `forget` can find them."""
    with opened(options["workspace"]) as workspace:
        workspace.reported(folder)


@click.command(
    epilog="\b\nExample: netquality report Complete_LinkedInDataExport_11-20-2026.zip -o report"
)
@caught
@folder
@top("How many introductions at most.", MOST)
@reads
def report(*, sources: tuple[Path, ...], output: Path, top: int, **options: Any) -> int:
    """Write the page, charts and tables into a folder."""
    from netquality.pipeline import reporting

    reporting.safe_output(output, sources, reporting.EXPORTED)
    network = read_all(sources, options)
    with busy("Scoring, drawing …"):
        done = reporting.report(network, output=output, top=top, names=not network.pseudonymous)
    views.summary(done.network)
    views.first_answers(done.network, done.answers)
    if not sources and not done.network.pseudonymous:
        _report_noted(options, output)
    click.echo(f"{len(done.files)} files written. Open {done.path}")
    return 0 if len(done.network.ties) else NOTHING


@click.command(epilog="\b\nExample: netquality ties data/samples --top 20")
@caught
@prints
@top("Only the strongest; 25 in a table.")
@click.option("--explain", metavar="PERSON", help="The parts of your tie with one person.")
@click.option("--above", metavar="FAVOUR", help="Only ties strong enough for it, as ladder lists.")
@asking("How one asks for the favour.")
@reads
def ties(
    *,
    sources: tuple[Path, ...],
    form: str,
    output: Path | None,
    top: int | None,
    explain: str | None,
    above: str | None,
    way: str,
    **options: Any,
) -> int:
    """List ties, strongest first."""
    from netquality.export.frames import ties_frame

    network = read_all(sources, options)
    if explain is not None:
        if network.ego is None:
            raise BadInput(
                "There is no ego to explain a tie of.", todo="Say whose network it is with --ego."
            )
        found = network.explain(network.ego, explain)
        if form == "table":
            return views.explanation(found, network, above or "introduction", way)
        return emit(found.to_frame(), form, output)
    frame = ties_frame(network)
    if above is not None:
        from netquality.measures.ladder import above as enough

        found_above = enough(network, above, way)
        frame = frame[found_above.rows].reset_index(drop=True)
        click.echo(f"Above {above}: {len(frame):,} ties; {found_above.warrant}.", err=True)
    if form == "table":
        return views.ties(frame, network, top)
    return emit(frame, form, output, top)


@click.command(epilog="\b\nExample: netquality profile data/samples --as-of 2026-01-01")
@caught
@prints
@reads
def profile(*, sources: tuple[Path, ...], form: str, output: Path | None, **options: Any) -> int:
    """Contrast fame with intimacy; one row a person."""
    from netquality.export.frames import result_frame
    from netquality.measures.profile import profile as measure

    network = read_all(sources, options)
    result = measure(network)
    frame = result_frame(result)
    if form == "table":
        return views.profile(frame, result, network)
    return emit(frame, form, output)


@click.command(
    epilog="\b\nExample: netquality introductions data/samples --format md -o introductions.md"
)
@caught
@prints
@top("Only the best; 10 in a table, 100 elsewhere.")
@click.option(
    "--cap",
    metavar="N",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="In how many introductions one contact may be.",
)
@reads
def introductions(
    *,
    sources: tuple[Path, ...],
    form: str,
    output: Path | None,
    top: int | None,
    cap: int,
    **options: Any,
) -> int:
    """Rank introductions between contacts, with reasons."""
    from netquality.advice.introductions import introductions as rank
    from netquality.export.frames import introductions_frame

    network = read_all(sources, options)
    with busy("Pairing …"):
        result = rank(network, top=top or MOST, cap=cap)
    for line in (f"{result.considered:,} of {result.possible:,} pairs scored.", *result.notes):
        click.echo(line, err=True)
    frame = introductions_frame(result)
    if form == "table":
        return views.introductions(frame, result, network, top)
    return emit(frame, form, output, top)


@click.command(epilog="\b\nExample: netquality export data/samples -o tables")
@caught
@folder
@reads
def export(*, sources: tuple[Path, ...], output: Path, **options: Any) -> int:
    """Write the tables and graphs into a folder.

    Ties, people and introductions as CSV, the network as GraphML and GEXF, the profile and what
    was read as JSON: everything that report writes but the page and the charts.
    """
    from netquality.pipeline import reporting

    reporting.safe_output(output, sources, reporting.EXPORTED)
    network = read_all(sources, options)
    for path in reporting.export(network, output):
        click.echo(path)
    if not sources and not network.pseudonymous:
        _report_noted(options, output)
    return 0 if len(network.ties) else NOTHING


@click.command(epilog="\b\nExample: netquality sample demo --contacts 200 --messages 2000")
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--era",
    default=2026,
    show_default=True,
    metavar="YEAR",
    help="Layout: 2018, 2020, 2021, 2023, 2024, 2026.",
)
@click.option(
    "--contacts", default=2000, show_default=True, metavar="N", help="Connections, at least 60."
)
@click.option(
    "--messages",
    default=20_000,
    show_default=True,
    metavar="N",
    help="Rows of messages, at least four a contact.",
)
@click.option("--seed", default=7, show_default=True, metavar="N", help="Which world.")
@click.option(
    "--habit", metavar="NAME", help="How the owner speaks: handshake, megaphone or mixed."
)
@click.option("--truth/--no-truth", default=False, help="Also write what was planted.")
@click.option("--everyday", is_flag=True, help="Also mail, calendar, contacts, chats and calls.")
@click.option("--group", is_flag=True, help="A whole group's log instead: club.csv.")
@caught
def sample(*, directory: Path, group: bool, truth: bool, **options: Any) -> int:
    """Write a fictional archive and log to try everything on."""
    if group:
        return _club(directory, options["seed"])
    with busy("Inventing …"):
        from netquality.samples.write import sample as write_sample

        made = write_sample(directory, truth=truth, **options)
    click.echo(f"A fictional archive: {made.archive}")
    for path in (made.log, made.truth, *made.media.values()):
        if path is not None:
            click.echo(path)
    if made.media:
        click.echo("Chats state no zone: --timezone Europe/Berlin --date-format dmy")
    return 0


def _club(directory: Path, seed: int) -> int:
    from netquality.samples.club import write_club

    write_club(directory / "club.csv", seed=seed)
    click.echo(f"The log of a fictional club: {directory / 'club.csv'}")
    click.echo("Several recipients stand in one cell: read it with --separator ';'")
    return 0


@click.command(epilog="\b\nExample: netquality doctor Complete_LinkedInDataExport_11-20-2026.zip")
@caught
@inspects
def doctor(*, sources: tuple[Path, ...], **options: Any) -> int:
    """Tell what is installed and what some files hold."""
    doctors.installed()
    for source in sources:
        doctors.diagnosed(source, options)
    return 0
