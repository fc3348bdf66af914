"""Who is who in the workspace: pairs that may be one person, merges, splits, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from netquality.cli.keep import (
    at_terminal,
    listed,
    nothing_kept,
    now,
    opened,
    placed,
    printed,
    same_place,
)
from netquality.cli.options import NOTHING, caught, formed
from netquality.cli.output import Entry, busy, entries

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from netquality.pipeline.keeping import Workspace
    from netquality.pipeline.review import Review

__all__ = ["people"]

_FIRST, _MOST = 5, 25
_BY = {"same": "your word", "day": "name and day of connecting"}


@click.group(
    invoke_without_command=True, epilog="\b\nExample: netquality people merge zora-sample zo@x.org"
)
@placed
@click.pass_context
def people(context: click.Context, place: Path | None) -> None:
    """Tell who is who, and correct it.

    Without a subcommand, a summary and the first pairs that may be one person.
    """
    if context.invoked_subcommand is None:
        _summary(place=place)


@caught
def _summary(*, place: Path | None) -> int:
    if nothing_kept(place):
        return NOTHING
    with opened(place) as workspace:
        review = workspace.people
        persons = review.frame[review.frame["kind"] == "person"]
        if persons.empty:
            click.echo(f"Nobody is in it yet: netquality import SOURCE{same_place(place)}")
            return NOTHING
        with busy("Comparing …"):
            waiting = review.suggestions()
    _counted(persons, review.identity.links)
    if waiting.empty:
        click.echo("No pair waits for a decision.")
        return 0
    shown = waiting.head(_FIRST)
    entries(_headed(len(waiting), len(shown)), map(_entry, _records(shown)), len(shown))
    click.echo(f"Decide: netquality people review{same_place(place)}")
    return 0


def _counted(persons: pd.DataFrame, links: pd.DataFrame) -> None:
    from netquality.page.words import plural

    accounts = plural(int(persons["accounts"].sum()), "account")
    several = plural(int((persons["accounts"] > 1).sum()), "has", "have")
    click.echo(
        f"{plural(len(persons), 'person', 'people')} with {accounts}; {several} more than one."
    )
    by = [
        f"{_BY.get(str(what), what)} {number:,}"
        for what, number in links["by"].value_counts().items()
    ]
    if by:
        click.echo(f"Accounts were joined by: {', '.join(by)}.")


def _records(pairs: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in pairs.to_dict("records")]


def _entry(pair: dict[str, Any]) -> Entry:
    """Return a pair as an item of a list: names, keys, what speaks for and against."""
    from netquality.text import clean

    lines = [listed([pair["a"], pair["b"]]), f"for: {clean(pair['reasons'])}"]
    against = [f"against: {clean(pair['against'])}"] if pair["against"] else []
    names = f"{clean(pair['a_name'])} and {clean(pair['b_name'])}"
    return Entry(names, "; ".join([*lines, *against]), pair["score"])


def _headed(total: int, shown: int) -> str:
    from netquality.page.words import plural

    first = f"; the first {shown}" if shown < total else ""
    return f"{plural(total, 'pair')} may be one person each{first}"


@people.command(epilog="\b\nExample: netquality people review --format csv")
@caught
@placed
@click.option("--list", "only", is_flag=True, help="Print the pairs, ask nothing.")
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="Only the first so many.")
@formed
def review(*, only: bool, top: int | None, form: str, place: Path | None) -> int:
    """Ask pair by pair whether two are one.

    Where nobody can be asked, the pairs are printed.
    """
    with opened(place) as workspace:
        if not only and form == "table" and at_terminal():
            return _asked(workspace, top)
        with busy("Comparing …"):
            waiting = workspace.people.suggestions()
    if waiting.empty and form == "table":
        click.echo("No pair waits for a decision.")
        return NOTHING
    if form != "table":
        return printed(waiting, form, "", (), top)
    shown = waiting.head(top or _MOST)
    return entries(_headed(len(waiting), len(shown)), map(_entry, _records(shown)), len(waiting))


def _asked(workspace: Workspace, top: int | None) -> int:
    """Ask about pairs, best first; after a merge all are compared anew."""
    asked: set[tuple[str, str]] = set()
    said = {"y": 0, "n": 0, "l": 0}
    who, pairs = _compared(workspace)
    while pairs and len(asked) != top:
        pair = pairs.pop(0)
        if (pair["a"], pair["b"]) in asked:
            continue
        asked.add((pair["a"], pair["b"]))
        answer = _decided(who, pair)
        if answer == "q":
            break
        said[answer] += 1
        if answer == "y":
            who, pairs = _compared(workspace)
    if not asked:
        click.echo("No pair waits for a decision.")
        return NOTHING
    click.echo(f"{said['y']} merged, {said['n']} kept apart, {said['l']} left for later.")
    return 0


def _compared(workspace: Workspace) -> tuple[Review, list[dict[str, Any]]]:
    with busy("Comparing …"):
        who = workspace.people
        return who, _records(who.suggestions())


def _decided(who: Review, pair: dict[str, Any]) -> str:
    """Show a pair, ask about it, and keep what is answered; return the answer."""
    for line in _described(who, pair):
        click.echo(line)
    answer = click.prompt("One person? (y, n, later, quit)", value_proc=_answer)
    if answer == "y":
        _done("Merged", who.merge(pair["a"], pair["b"], at=now()))
    elif answer == "n":
        _done("Kept apart", who.apart(pair["a"], pair["b"], at=now()))
    return str(answer)


def _answer(value: str) -> str:
    """Return the first letter of an answer; anything else is asked again."""
    first = value.strip()[:1].lower()
    if first not in ("y", "n", "l", "q"):
        raise click.UsageError("Answer y, n, later or quit.")
    return first


def _described(who: Review, pair: dict[str, Any]) -> list[str]:
    """Return both sides of a pair and what speaks for and against, line by line."""
    from netquality.text import clean

    reasons = [f"  for: {clean(pair['reasons'])}"]
    against = [f"  against: {clean(pair['against'])}"] if pair["against"] else []
    sides = [f"  {_side(who, pair[side])}" for side in ("a", "b")]
    return ["", f"Score {pair['score']:.2f}", *sides, *reasons, *against]


def _side(who: Review, person: str) -> str:
    """Return the name, the keys and the employers of a person in one line."""
    from netquality.text import clean

    theirs = who.identity.person_of.index[who.identity.person_of == person]
    accounts, stated = who.tables.accounts, who.tables.attributes
    keys = accounts["value"][accounts["account"].isin(theirs) & (accounts["key"] != "name")]
    work = stated["value"][stated["account"].isin(theirs) & (stated["name"] == "employer")]
    parts = [who.frame["name"].get(person), listed(keys.unique()), listed(work.unique())]
    return "; ".join(part for part in dict.fromkeys(map(clean, parts)) if part)


def _done(what: str, decision: str) -> None:
    place = same_place(click.get_current_context().params.get("place"))
    click.echo(f"{what}. Undo: netquality people undo{place} {decision}")


@people.command(epilog="\b\nExample: netquality people merge zora-sample zo@x.org")
@caught
@placed
@click.option("--own", is_flag=True, help="One of them is you, under another name or address.")
@click.argument("a")
@click.argument("b")
def merge(*, a: str, b: str, own: bool, place: Path | None) -> int:
    """Say that two people are one."""
    with opened(place) as workspace:
        _done(
            f"{listed([a])} and {listed([b])} are one person now",
            workspace.people.merge(a, b, at=now(), own=own),
        )
    return 0


@people.command(epilog="\b\nExample: netquality people apart zora-sample zora-sample-2")
@caught
@placed
@click.argument("a")
@click.argument("b")
def apart(*, a: str, b: str, place: Path | None) -> int:
    """Say that two people are two; they are not suggested again."""
    with opened(place) as workspace:
        _done(
            f"{listed([a])} and {listed([b])} stay two people",
            workspace.people.apart(a, b, at=now()),
        )
    return 0


@people.command(epilog="\b\nExample: netquality people split zora-sample zo@x.org")
@caught
@placed
@click.argument("person")
@click.argument("account")
def split(*, person: str, account: str, place: Path | None) -> int:
    """Say that an account is not this person's.

    ACCOUNT is an address, a number, a slug or an id, as netquality people why shows it.
    """
    with opened(place) as workspace:
        decision = workspace.people.split(person, account, at=now())
    _done(f"{listed([account])} is not {listed([person])} any more", decision)
    return 0


@people.command(epilog="\b\nExample: netquality people why zora-sample")
@caught
@placed
@formed
@click.argument("person")
def why(*, person: str, form: str, place: Path | None) -> int:
    """Tell which accounts make a person, and what joins them."""
    with opened(place) as workspace:
        frame = workspace.people.why(person)
    if form != "table":
        return printed(frame, form, "", ())
    click.echo(f"{listed([person])}: {_accounts(len(frame))}")
    for row in _records(frame):
        click.echo(f"  {_account(row)}")
    return 0


def _accounts(number: int) -> str:
    from netquality.page.words import plural

    return plural(number, "account")


def _account(row: dict[str, Any]) -> str:
    """Return what an account is known as, where it stands, and what joins it, in one line."""
    from netquality.text import clean

    names = [row["name"]] if row["name"] not in ("", row["known_as"]) else []
    joined = f": {clean(row['joined_by'], limit=None)}" if row["joined_by"] else ""
    undo = row["decision"] if isinstance(row["decision"], str) else ""
    back = f"; undo: netquality people undo {undo}" if undo else ""
    return f"{listed([row['known_as'], *names])} (in {clean(row['files'])}){joined}{back}"


@people.command(epilog="\b\nExample: netquality people undo 4aeb7a354d553878")
@caught
@placed
@click.argument("decision", metavar="ID")
def undo(*, decision: str, place: Path | None) -> int:
    """Take a merge or a split back."""
    with opened(place) as workspace:
        _done(f"{listed([decision])} is taken back", workspace.people.undo(decision, at=now()))
    return 0
