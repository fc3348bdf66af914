"""What a result looks like on a screen: the columns that fit, in the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netquality.cli.output import Entry, draw, entries, grid, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from netquality.advice.introductions import Introductions
    from netquality.measures.profile import Profile
    from netquality.network import Explanation, Network
    from netquality.page.answers import Answers

__all__ = ["coverage", "explanation", "first_answers", "introductions", "profile", "summary"]
__all__ += ["ties"]

_SHOWN = 10
_TIES = ("grade", "strength", "latent", "out", "in", "last")
_PROFILE = (
    *("person", "contacts", "active", "two_way", "close", "strong"),
    *("fame", "intimacy"),
)


def summary(network: Network) -> None:
    """Print what was read and what it amounts to, in two lines."""
    from netquality.page.words import plural

    files = network.sources[network.sources["unused"].isna()]
    read, kept, merged, rejected = (
        int(files[name].sum()) for name in ("read", "kept", "merged", "rejected")
    )
    click.echo(
        f"Read {plural(len(files), 'file')}: {plural(read, 'row')} ="
        f" {kept:,} kept + {merged:,} merged + {rejected:,} rejected (reading.json says why)."
    )
    grades = network.ties["grade"].value_counts()
    known = [grade for grade in ("strong", "weak", "silent", "unknown") if grade in grades]
    named = ", ".join(f"{int(grades[grade]):,} {grade}" for grade in known)
    click.echo(f"{_when(network)}: {plural(len(network.ties), 'tie')} ({named or 'none'}).")


def first_answers(network: Network, answers: Answers) -> None:
    """Print the answers that the page begins with, a line each."""
    from netquality.page.brief import brief
    from netquality.page.crowd import crowd
    from netquality.page.reading import next_files

    for answer in brief(network, answers, crowd(network)):
        click.echo(f"{answer.question} {answer.sentence}")
    for step in next_files(network):
        click.echo(step)


def coverage(lines: Iterable[str], network: Network) -> None:
    """Print what an answer stands on, apart from it; of a few under pseudonyms not how many."""
    from netquality.identity.smallest import withheld

    for line in lines:
        click.echo(withheld(line) if network.pseudonymous else line, err=True)


def _when(network: Network) -> str:
    from netquality.days import shown

    known = not network.timeless
    return f"As of {shown(network.as_of, network.relative)}" if known else "Without dates"


def ties(frame: pd.DataFrame, network: Network, top: int | None) -> int:
    """Print the owners' ties, or all of a whole group; a single owner stands in the title."""
    from netquality.page.tables import names
    from netquality.page.words import plural
    from netquality.text import clean

    owners = [clean(ego, limit=None) for ego in network.egos]
    own = frame[frame["a"].isin(owners) | frame["b"].isin(owners)] if owners else frame
    alone = network.ego is not None
    who = {"b_name": "contact"} if alone else {"a_name": "person", "b_name": "contact"}
    shown = own[[*who, *_TIES]].rename(columns=who)
    if network.relative:
        shown["last"] = shown["last"].map(lambda day: f"day {day}", na_action="ignore")
    of = f" of {names(network)(network.ego)}" if alone else ""
    code = draw(shown, f"Ties{of}. {_when(network)}.", top)
    if len(own) < len(frame):
        others = plural(len(frame) - len(own), "tie")
        click.echo(f"{others} between others: --format csv has them too.")
    return code


def explanation(found: Explanation, network: Network, favour: str, way: str) -> int:
    """Print the parts of one tie, what they add up to, and what would lift it."""
    from netquality.export.frames import dated
    from netquality.page.tables import names

    name = names(network)
    frame = found.to_frame()
    draw(frame, f"The tie of {name(found.a)} and {name(found.b)}, part by part")
    total = frame["log_odds"].sum()
    click.echo(
        f"The log-odds add up to {total:.3g}, which is a strength of {found.strength:.3f} "
        f"({found.low:.2f} to {found.high:.2f})."
    )
    if len(found.kinds):
        kinds = found.kinds.assign(
            **{end: dated(found.kinds[end], network.relative) for end in ("first", "last")}
        )
        draw(kinds, "What it stands on, and by how much less it would be without")
    for line in _lifting(network, found.b, favour, way):
        click.echo(line)
    return 0


def _lifting(network: Network, alter: str, favour: str, way: str) -> list[str]:
    from netquality.errors import NotObserved
    from netquality.measures.lift import lift

    try:
        found = lift(network, alter, favour, way)
        return [*found.coverage, *found.sentences(alter)]
    except NotObserved as error:
        return [str(error)]


def profile(frame: pd.DataFrame, result: Profile, network: Network) -> int:
    """Print the two axes of one person in full, or a line for each of several."""
    from netquality.page.people import fame, intimacy

    coverage(result.coverage, network)
    if len(frame) != 1:
        return draw(frame[list(_PROFILE)], "Fame and intimacy")
    say("Fame and intimacy")
    for table in (fame(network, result), intimacy(network, result)):
        if table is not None:
            columns = [(column.label, column.kind == "number") for column in table.columns]
            say("", table.caption, grid(columns, table.rows))
    return 0


def introductions(
    frame: pd.DataFrame, result: Introductions, network: Network, top: int | None
) -> int:
    """Print pairs with their reasons, the best first."""
    return entries(result.heading, _pairs(network, frame.head(top or _SHOWN)), len(frame))


def _pairs(network: Network, frame: pd.DataFrame) -> Iterator[Entry]:
    from netquality.page.tables import names

    name = names(network)
    for row in frame.to_dict("records"):
        pair = f"{name(row['a'])} and {name(row['b'])}"
        heading = pair if network.ego is not None else f"{name(row['introducer'])}: {pair}"
        yield Entry(heading, row["reasons"], row["score"])
