"""What is in the workspace, what was recorded, and what changed between two exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netquality.cli.keep import listed, nothing_kept, opened, placed, printed, same_place
from netquality.cli.options import NOTHING, caught, formed
from netquality.cli.output import busy
from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from netquality.identity.people import Identity
    from netquality.measures.changes import Changes
    from netquality.network import Network
    from netquality.pipeline.keeping import Workspace

__all__ = ["RECORDED", "changes", "recorded", "status"]

RECORDED = ("id", "day", "what", "who", "said")

_MOST = 25
_CHANGED = ("what", "name", "before", "after", "day")
_MEGA = 1_000_000


@click.command(epilog="\b\nExample: netquality status --workspace mine.duckdb")
@caught
@placed
def status(*, place: Path | None) -> int:
    """Tell what the workspace holds, and what to add.

    Also what was recorded, and what changed between the last two exports.
    """
    if nothing_kept(place):
        return NOTHING
    from netquality.text import clean

    with opened(place) as workspace, busy("Looking …"):
        files = workspace.files
        named = clean(str(workspace.path), limit=None)
        if files.empty:
            click.echo(f"{named} is empty. Next: netquality import SOURCE{same_place(place)}")
            return NOTHING
        click.echo(f"{named}, {_size(workspace.path)}{_since(files)}")
        owner = _owners(workspace.people.identity)
        _bundles(files[files["unused"].isna()], owner)
        _said(workspace, owner, place)
        _advised(workspace)
    return 0


def _size(path: Path) -> str:
    return f"{path.stat().st_size / _MEGA:,.1f} MB"


def _since(files: pd.DataFrame) -> str:
    first = files["imported"].min()
    return f", kept since {first.date()}" if first == first else ""


def _owners(identity: Identity) -> Callable[[object], str]:
    """Return what gives the name of a file's owner."""
    from netquality.ids import UNKNOWN_OWNER

    names = identity.people["name"]

    def name(account: object) -> str:
        if not isinstance(account, str):
            return "a whole group"
        who = identity.person_of.get(account, account)
        return "you" if account == UNKNOWN_OWNER else str(names.get(who, who))

    return name


def _bundles(files: pd.DataFrame, owner: Callable[[object], str]) -> None:
    """Print a line for each archive or folder: format, owner, first and last day, rows."""
    from netquality.page.words import plural

    each = files.groupby("bundle", sort=True)
    for bundle, rows in list(each)[:_MOST]:
        formats = listed(sorted(set(rows["format"].str.partition("/")[0])))
        whose = listed(sorted({owner(account) for account in rows["owner"]}))
        kept = plural(int(rows["kept"].sum()), "row")
        click.echo(f"  {listed([bundle])}: {formats}, {whose}, {_days(rows)}, {kept}")
    if len(each) > _MOST:
        click.echo(f"  and {len(each) - _MOST:,} more")


def _days(rows: pd.DataFrame) -> str:
    from netquality.days import shown

    relative = bool(rows["zone"].str.startswith("relative").any())
    first, last = (shown(day, relative) for day in (rows["first"].min(), rows["last"].max()))
    return f"{first} to {last}" if first else "without days"


def _said(workspace: Workspace, owner: Callable[[object], str], place: Path | None) -> None:
    """Print who agreed, what was said, who is kept out, and which pairs wait."""
    from netquality.page.words import plural
    from netquality.text import clean

    said = workspace.decisions
    agreed = said[said["kind"] == "consent"]
    for account, how in zip(agreed["subject"], agreed["value"], strict=True):
        click.echo(f"{clean(owner(account))} agreed: {clean(how)}")
    kinds = [f"{number:,} {kind}" for kind, number in said["kind"].value_counts().items()]
    if kinds:
        click.echo(f"{plural(len(said), 'decision')}: {', '.join(kinds)}.")
    hidden = workspace.forgotten
    if hidden:
        known = plural(hidden, "keyed hash", "keyed hashes")
        click.echo(f"Forgotten people are kept out, known by {known}.")
    waiting = len(workspace.people.suggestions())
    if waiting:
        pairs = plural(waiting, "pair")
        click.echo(f"{pairs} may be one person each: netquality people review{same_place(place)}")


def _advised(workspace: Workspace) -> None:
    """Print what to add next, and what changed between each owner's last two exports."""
    from netquality.measures.changes import changes as measure
    from netquality.measures.changes import sentences
    from netquality.page.reading import next_files
    from netquality.page.tables import names

    network = workspace.network()
    for step in next_files(network):
        click.echo(step)
    for ego in network.egos:
        view = network if network.ego else workspace.network(ego=ego)
        whose = "" if network.ego else f"{names(network)(ego)}: "
        for line in sentences(measure(view), view):
            click.echo(f"{whose}{line}")


def recorded(workspace: Workspace) -> pd.DataFrame:
    """Return decisions and events by hand as rows of `RECORDED`, newest first, with names."""
    import pandas as pd

    identity = workspace.people.identity
    called = identity.person_of.map(identity.people["name"])
    owners = set(workspace.files["owner"].dropna().map(identity.person_of).dropna())
    if len(owners) == 1:
        called = called.mask(identity.person_of.isin(owners), "you")
    both = pd.concat([_words(workspace, called), _events(workspace, called)], ignore_index=True)
    return both.sort_values(["day", "id"], ascending=[False, True], ignore_index=True)


def _words(workspace: Workspace, called: pd.Series) -> pd.DataFrame:
    import pandas as pd

    from netquality.days import shown

    said = workspace.decisions
    sides = [_called(said[side], called) for side in ("subject", "object", "third")]
    words = [said["value"], said["favour"], said["about"], said["due"].map(shown), said["note"]]
    return pd.DataFrame(
        {
            "id": said["decision"],
            "day": said["at"].dt.strftime("%Y-%m-%d").astype("str"),
            "what": said["kind"].astype("str"),
            "who": _joined(sides),
            "said": _joined(words),
        }
    )


def _events(workspace: Workspace, called: pd.Series) -> pd.DataFrame:
    import pandas as pd

    from netquality.days import shown

    hands = workspace.files["source"][workspace.files["format"] == "hand"]
    if hands.empty:
        return pd.DataFrame(columns=list(RECORDED), dtype="str")
    rows = workspace.network().events
    rows = rows[rows["source"].isin(hands)]
    ends = {side: _called(rows[side], called).fillna("") for side in ("sender", "recipient")}
    each = rows.assign(**ends).groupby("event", sort=False)
    who = _joined([each["sender"].first(), each["recipient"].agg(", ".join)])
    first = each[["day", "kind", "seconds", "object"]].first()
    minutes = (first["seconds"] / 60).map("{:g} minutes".format, na_action="ignore")
    frame = pd.DataFrame(
        {
            "day": first["day"].map(shown),
            "what": first["kind"].astype("str"),
            "who": who,
            "said": _joined([minutes, first["object"]]),
        }
    )
    return frame.rename_axis("id").reset_index().astype("str")


def _called(accounts: pd.Series, called: pd.Series) -> pd.Series:
    """Return names; of accounts that no file shows (any more) that they are unknown."""
    names = accounts.map(called)
    return names.mask(names.isna() & accounts.notna(), "unknown")


def _joined(columns: list[pd.Series]) -> pd.Series:
    """Return what several columns say, side by side; what is missing says nothing."""
    import pandas as pd

    texts = [column.astype("str").fillna("") for column in columns]
    rows = [", ".join(filter(None, row)) for row in zip(*texts, strict=True)]
    return pd.Series(rows, index=columns[0].index, dtype="str")


@click.command(epilog="\b\nExample: netquality changes year1.zip year2.zip --format csv")
@caught
@placed
@click.option(
    "--since", metavar="DAY", help="Compare with the last export up to this day (2026-01-31)."
)
@click.option("--ego", metavar="PERSON", help="The owner, where there are several.")
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="Only so many rows.")
@formed
@click.argument("sources", nargs=-1, type=click.Path(), metavar="[SOURCE...]")
def changes(
    *,
    sources: tuple[str, ...],
    since: str | None,
    ego: str | None,
    top: int | None,
    form: str,
    place: Path | None,
) -> int:
    """Compare two exports: contacts, jobs, first words.

    Without sources, the last two in the workspace.
    """
    if sources and place:
        raise BadInput("Both sources and a workspace were named.", todo="Name one of them.")
    if not sources and nothing_kept(place):
        return NOTHING
    from netquality.measures.changes import changes as measure

    network = _network(sources, place, ego)
    return _told(measure(network, since), network, form, top)


def _network(sources: tuple[str, ...], place: Path | None, ego: str | None) -> Network:
    with busy("Reading …"):
        if sources:
            from netquality.pipeline.reading import read

            return read(*sources, ego=ego)
        with opened(place) as workspace:
            return workspace.network(ego=ego)


def _told(result: Changes, network: Network, form: str, top: int | None) -> int:
    """Print sentences, then the table; with another format the sentences go to stderr."""
    from netquality.measures.changes import sentences

    told = sentences(result, network)
    for line in told:
        click.echo(line, err=form != "table")
    if result.reason:
        return NOTHING
    frame = _frame(result, network)
    if form != "table":
        printed(frame, form, "", (), top)
    elif len(frame):
        printed(frame.fillna(""), form, "", _CHANGED, top)
    for line in result.coverage:
        if line not in told:
            click.echo(line, err=True)
    return 0


def _frame(result: Changes, network: Network) -> pd.DataFrame:
    from netquality.days import shown
    from netquality.page.tables import names

    frame = result.to_frame()
    days = frame["day"].map(shown, na_action="ignore").astype("str")
    frame = frame.assign(day=days)
    frame.insert(2, "name", frame["person"].map(names(network)).astype("str"))
    return frame
