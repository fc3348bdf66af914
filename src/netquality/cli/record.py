"""The verb ``record``: what happened, and what you say, kept in the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from netquality.cli.changed import RECORDED, recorded
from netquality.cli.keep import (
    listed,
    nothing_kept,
    now,
    opened,
    placed,
    printed,
    same_place,
)
from netquality.cli.options import NOTHING, asking, caught, formed

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.pipeline.keeping import Workspace

__all__ = ["record"]

_PATH = click.Path(path_type=Path, dir_okay=False)
_STEPS = ("asked", "agreed", "declined", "made", "met")
_EGO = click.option("--ego", metavar="OWNER", help="Whose record it is, where there are several.")
_NOTE = click.option("--note", metavar="TEXT", help="A word of your own; no report shows it.")


@click.group(epilog="\b\nExample: netquality record met zora-sample --minutes 45")
@placed
def record(place: Path | None) -> None:
    """Record a meeting, a call, a favour, or what you know."""


def _verb(name: str, example: str) -> Callable[[Callable[..., int]], click.Command]:
    """Make a subcommand with its example and the option of the workspace."""

    def made(command: Callable[..., int]) -> click.Command:
        told = f"\b\nExample: netquality record {name} {example}".rstrip()
        return record.command(name, epilog=told)(caught(placed(command)))

    return made


def _happened(command: Any) -> Any:
    """Give a verb what meetings, calls and favours have in common."""
    for option in (
        click.option("--on", metavar="DAY", help="The day (2026-11-20); default: today."),
        click.option(
            "--new", is_flag=True, help="People whom no file knows yet, by name or address."
        ),
        _NOTE,
        _EGO,
    ):
        command = option(command)
    return command


_MINUTES = click.option(
    "--minutes", metavar="N", type=click.FloatRange(min=0, min_open=True), help="How long."
)


def _kept(place: Path | None, what: str, *people: str, **said: Any) -> str:
    with opened(place) as workspace:
        return workspace.record(what, *people, at=now(), **_given(said))


def _given(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def _done(what: str, name: str) -> int:
    place = same_place(click.get_current_context().params.get("place"))
    click.echo(f"Recorded: {what}. Undo: netquality record undo{place} {name}")
    return 0


def _seconds(minutes: float | None) -> float | None:
    return None if minutes is None else minutes * 60


def _on(day: str | None) -> str:
    return f" on {listed([day])}" if day else ""


@_verb("met", "zora-sample odo-sample --minutes 45")
@_happened
@_MINUTES
@click.argument("people", nargs=-1, required=True, metavar="PERSON...")
def met(*, people: tuple[str, ...], minutes: float | None, place: Path | None, **said: Any) -> int:
    """You met somebody, or several at once."""
    name = _kept(place, "meeting", *people, seconds=_seconds(minutes), **said)
    return _done(f"a meeting with {listed(people)}{_on(said['on'])}", name)


@_verb("called", "zora-sample --minutes 10 --on 2026-11-20")
@_happened
@_MINUTES
@click.option("--theirs", is_flag=True, help="They called.")
@click.argument("person")
def called(*, person: str, minutes: float | None, place: Path | None, **said: Any) -> int:
    """You called somebody, or they called."""
    name = _kept(place, "call", person, seconds=_seconds(minutes), **said)
    way = "from" if said["theirs"] else "to"
    return _done(f"a call {way} {listed([person])}{_on(said['on'])}", name)


@_verb("favour", "zora-sample --received")
@_happened
@click.option("--received", is_flag=True, help="They did it for you.")
@click.argument("person")
def favour(*, person: str, received: bool, place: Path | None, **said: Any) -> int:
    """You did somebody a favour, or they did you one."""
    name = _kept(place, "favour", person, theirs=received, **said)
    way = "from" if received else "to"
    return _done(f"a favour {way} {listed([person])}{_on(said['on'])}", name)


@_verb("rating", "zora-sample 4")
@click.option("--favour", metavar="FAVOUR", help="How likely they are to do this for you.")
@_NOTE
@click.argument("person")
@click.argument("value", type=click.IntRange(1, 5), metavar="1-5")
def rating(*, person: str, value: int, place: Path | None, **said: Any) -> int:
    """How close you feel to somebody, 1 to 5."""
    name = _kept(place, "rating", person, value=str(value), **said)
    what = f" for {listed([said['favour']])}" if said["favour"] else ""
    return _done(f"{listed([person])} is a {value}{what}", name)


@_verb("outcome", "zora-sample yes --favour introduction --by mail")
@click.option(
    "--favour", metavar="FAVOUR", required=True, help="What you asked for, as ladder lists."
)
@asking("How you asked.", required=True)
@_NOTE
@click.argument("person")
@click.argument("value", type=click.Choice(["yes", "no"]), metavar="yes|no")
def outcome(
    *, person: str, value: str, favour: str, way: str, note: str | None, place: Path | None
) -> int:
    """You asked somebody for a favour: whether they did it."""
    name = _kept(place, "outcome", person, value=value, favour=favour, about=way, note=note)
    did = "did it" if value == "yes" else "did not do it"
    how = "in person" if way == "person" else f"by {way}"
    return _done(f"{listed([person])}, asked {how} for {listed([favour])}, {did}", name)


@_verb("knows", "zora-sample odo-sample")
@click.option("--not", "never", is_flag=True, help="They do not.")
@_NOTE
@click.argument("a")
@click.argument("b")
def knows(*, a: str, b: str, never: bool, note: str | None, place: Path | None) -> int:
    """Two people know each other, or do not."""
    name = _kept(place, "knows", a, b, value="no" if never else "yes", note=note)
    word = "do not know" if never else "know"
    return _done(f"{listed([a])} and {listed([b])} {word} each other", name)


@_verb("promise", "zora-sample slides --due 2026-12-01")
@click.option("--due", metavar="DAY", help="By when.")
@click.option("--theirs", is_flag=True, help="They promised it to you.")
@_EGO
@click.argument("person")
@click.argument("text")
def promise(
    *,
    person: str,
    text: str,
    due: str | None,
    theirs: bool,
    ego: str | None,
    place: Path | None,
) -> int:
    """You promised somebody something, or they promised you."""
    from netquality.days import day_number
    from netquality.decisions import moment

    day = None if due is None else day_number(moment(due).date())
    with opened(place) as workspace:
        sides = (person, _owner(workspace, ego)) if theirs else (person,)
        said = _given({"due": day, "ego": ego})
        name = workspace.record("promise", *sides, at=now(), about=text, **said)
    way = "from" if theirs else "to"
    return _done(f"a promise {way} {listed([person])}, to be closed by record kept {name}", name)


def _owner(workspace: Workspace, ego: str | None) -> str:
    """Return the one owner, for a word whose second side that is."""
    from netquality.errors import BadInput

    identity = workspace.people.identity
    owners = sorted(set(workspace.files["owner"].dropna().map(identity.person_of).dropna()))
    if ego is None and len(owners) != 1:
        raise BadInput(f"The workspace has {len(owners)} owners.", todo="Name one with --ego.")
    return ego or str(owners[0])


@_verb("kept", "4aeb7a354d553878")
@click.option("--broken", is_flag=True, help="It was not kept.")
@click.argument("name", metavar="ID")
def kept(*, name: str, broken: bool, place: Path | None) -> int:
    """Say whether a promise was kept."""
    said = _kept(place, "kept", about=name, value="no" if broken else "yes")
    return _done(f"the promise {listed([name])} was {'broken' if broken else 'kept'}", said)


@_verb("introduction", "zora-sample odo-sample made")
@_NOTE
@click.argument("a")
@click.argument("b")
@click.argument("step", type=click.Choice(_STEPS))
def introduction(*, a: str, b: str, step: str, note: str | None, place: Path | None) -> int:
    """How far an introduction of two people has come."""
    name = _kept(place, "introduction", a, b, value=step, note=note)
    return _done(f"introducing {listed([a])} and {listed([b])}: {step}", name)


@_verb("never", "zora-sample")
@_NOTE
@click.argument("person")
def never(*, person: str, note: str | None, place: Path | None) -> int:
    """Never suggest this person."""
    name = _kept(place, "never", person, note=note)
    return _done(f"{listed([person])} is never suggested", name)


@_verb("release", "zora-sample --ego odo-sample")
@_EGO
@_NOTE
@click.argument("person")
def release(*, person: str, place: Path | None, **said: Any) -> int:
    """Let other owners ask you for a way to this person."""
    name = _kept(place, "release", person, **said)
    return _done(f"others may ask for a way to {listed([person])}", name)


@_verb("undo", "4aeb7a354d553878")
@click.argument("name", metavar="ID")
def undo(*, name: str, place: Path | None) -> int:
    """Take back what was recorded; that can be taken back as well."""
    with opened(place) as workspace:
        every = workspace.people.tables.decisions
        if name in set(every["decision"][every["kind"].isin(["same", "different", "undo"])]):
            # A split may be several words; they go together.
            back = workspace.people.undo(name, at=now())
        else:
            back = workspace.record("undo", undoes=name, at=now())
    return _done(f"{listed([name])} is taken back", back)


@_verb("list", "--format csv")
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="Only the last so many.")
@formed
def list_(*, top: int | None, form: str, place: Path | None) -> int:
    """List what was recorded and not taken back, the last first."""
    if nothing_kept(place):
        return NOTHING
    with opened(place) as workspace:
        frame = recorded(workspace)
    if frame.empty and form == "table":
        click.echo("Nothing is recorded.")
        return NOTHING
    return printed(frame, form, "Recorded", RECORDED, top)


@_verb("save", "said.csv")
@click.argument("path", type=_PATH, metavar="FILE")
def save(*, path: Path, place: Path | None) -> int:
    """Write all that was recorded to a CSV file."""
    from netquality.pipeline.reporting import safe_output
    from netquality.text import clean

    with opened(place) as workspace:
        done = workspace.save(safe_output(path, [workspace.path]))
    click.echo(clean(str(done), limit=None))
    return 0


@_verb("load", "said.csv")
@click.argument("path", type=_PATH, metavar="FILE")
def load(*, path: Path, place: Path | None) -> int:
    """Read such a file back, nothing twice."""
    from netquality.page.words import plural

    with opened(place, make=True) as workspace:
        new = workspace.load(path)
    click.echo(f"{plural(new, 'word was', 'words were')} new." if new else "Nothing in it was new.")
    return 0
