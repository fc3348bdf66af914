"""The verbs that ask one measure each; they differ in what of the answer fits a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from netquality.cli.options import NOTHING, asking, caught, prints, reads, top
from netquality.cli.output import draw, emit
from netquality.cli.verbs import read_all
from netquality.cli.views import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd

    from netquality.measures.result import Result
    from netquality.network import Network

__all__ = ["VERBS"]


class _View(NamedTuple):
    """What a verb asks, and which columns of the answer it shows, in which order.

    Parameters
    ----------
    help
        What the verb says of itself.
    title
        What stands over its table.
    columns
        What is shown of a row.
    order
        The columns to sort by, the largest first.
    part
        The frame of the result that is shown, where it is not `frame`.
    only
        Which rows the table shows; files have all.
    days
        The horizon it has, where it has one.
    asks
        Whether it matters how one asks.
    """

    help: str
    title: str
    columns: tuple[str, ...]
    order: tuple[str, ...] = ()
    part: str = "frame"
    only: Callable[[pd.DataFrame], pd.Series] | None = None
    days: float | None = None
    asks: bool = False


def _gone(frame: pd.DataFrame) -> pd.Series:
    """Keep ties that are silent for long, each once."""
    pair = frame[["person", "alter"]].min(axis=1) + " " + frame[["person", "alter"]].max(axis=1)
    return frame["gone"].eq(True).fillna(False) & ~pair.duplicated()


def _manifold(frame: pd.DataFrame) -> pd.Series:
    return (frame["media"] > 1) | (frame["roles"] > 1) | (frame["in_common"] > 0)


_VIEWS = {
    "circles": _View(
        "Count ties by how often there is contact; look for circles.",
        "Two-way ties, by how often there is contact within a year",
        ("weekly", "monthly", "seasonal", "yearly", "rarer"),
        part="bands",
    ),
    "structure": _View(
        "Tell who stands between people who do not know each other.",
        "Who stands between whom",
        ("ties", "constraint", "effective_size", "clustering", "reason"),
        ("ties",),
    ),
    "reciprocity": _View(
        "Compare what goes out and what comes back, tie by tie.",
        "What goes out and what comes back",
        ("alter", "out", "in", "reciprocity", "starts", "given", "received"),
        ("given", "received"),
    ),
    "initiative": _View(
        "Count who begins, who answers, and how fast.",
        "Who begins, and who answers",
        ("alter", "conversations", "initiative", "reply_rate", "wait_hours", "own_rate"),
        ("conversations", "asked"),
    ),
    "multiplexity": _View(
        "Count things in common, media and roles of each tie.",
        "Tied in several ways",
        ("alter", "in_common", "media", "channels", "role_names"),
        ("media", "roles", "in_common"),
        only=_manifold,
    ),
    "broadcast": _View(
        "Compare speaking to one at a time with speaking to many.",
        "To one at a time, and to many at once",
        ("personal", "many", "posts", "one_to_one", "habit", "per_thousand", "per_handshake"),
        ("personal",),
    ),
    "silence": _View(
        "Tell which ties fell silent (eight times their usual gap), and for how long.",
        "Ties that fell silent",
        ("alter", "last", "silent_days", "usual_gap", "times", "latent"),
        ("latent",),
        only=_gone,
    ),
    "past": _View(
        "Compare fame and intimacy with one's own past, year by year.",
        "Fame and intimacy, year by year",
        ("label", "contacts", "active", "two_way", "close", "strong", "fame", "intimacy"),
    ),
    "standing": _View(
        "Rank the ties of a whole group by how close they are among its ties.",
        "Standing among the ties of this group",
        ("a", "b", "standing", "of_a", "of_b"),
    ),
    "persistence": _View(
        "Tell who will be in touch, both ways, within the next days.",
        "Contact both ways within the next {days:g} days",
        ("a", "b", "chance", "low", "high"),
        days=90.0,
    ),
    "replies": _View(
        "Tell who answers a direct message sent now.",
        "An answer to a direct message within {days:g} days",
        ("alter", "chance", "low", "high"),
        ("chance",),
        days=7.0,
    ),
    "ladder": _View(
        "Show what each favour takes, and how many would do it.",
        "The ladder of favours",
        (
            "favour",
            "needed_low",
            "needed_high",
            "above_low",
            "above_high",
            "helpers_low",
            "helpers_high",
            "warrant",
        ),
        asks=True,
    ),
    "weights": _View(
        "Tell what the features of strength are worth, and how far your words moved it.",
        "What the features of strength are worth, in log-odds",
        ("feature", "shipped", "weight", "low", "high", "moved"),
    ),
    "backtest": _View(
        "Tell how well the scores of earlier days foretold who was in touch.",
        "Who would be in touch within {days:g} days: the right order, and how far behind",
        ("score", "auc", "low", "high", "behind", "behind_low", "behind_high"),
        days=90.0,
    ),
}


# Options that only some of the verbs have.
_OWN = ("probable", "days", "way")
# Columns that name something; a row without any figure beside them says nothing.
_NAMES = ("alter", "a", "b", "score", "feature")


def _verb(name: str, view: _View) -> click.Command:
    @caught
    @prints
    @top("Only so many rows; 25 in a table.")
    @reads
    def run(
        *,
        sources: tuple[Path, ...],
        form: str,
        output: Path | None,
        top: int | None,
        **options: Any,
    ) -> int:
        import netquality
        from netquality.export.frames import result_frame

        said = {key: options.pop(key) for key in _OWN if options.get(key)}
        options.pop("probable", None)
        network = read_all(sources, options)
        result = getattr(netquality, name)(network, **said)
        coverage(result.coverage, network)
        if form == "table":
            shown, title = _shown(result, view, network), view.title.format(days=said.get("days"))
            if shown.empty:
                click.echo(f"{title}: nothing was observed.")
                return NOTHING
            if verdict := getattr(result, "verdict", None):
                click.echo(verdict)
            return draw(shown, title, top)
        return emit(result_frame(result), form, output, top)

    example = f"\b\nExample: netquality {name} data/samples --format csv -o {name}.csv"
    command = click.command(name, help=view.help, epilog=example)(run)
    for option in _options(name, view):
        command = option(command)
    return command


def _options(name: str, view: _View) -> Iterator[Callable[[click.Command], click.Command]]:
    """Yield the options that only this verb has."""
    if name == "structure":
        yield click.option(
            "--probable", is_flag=True, help="Also on ties between contacts that are only probable."
        )
    if view.days is not None:
        yield click.option(
            "--days",
            metavar="N",
            type=click.FloatRange(min=0, min_open=True),
            default=view.days,
            show_default=True,
            help="How many days ahead.",
        )
    if view.asks:
        yield asking("How one asks.")


def _shown(result: Result, view: _View, network: Network) -> pd.DataFrame:
    """Return the columns that fit, people named; the person only where there are several."""
    from netquality.export.frames import dated
    from netquality.page.tables import names

    part: pd.DataFrame = getattr(result, view.part)
    frame = part.reset_index() if part.index.name else part
    if view.only:
        frame = frame[view.only(frame).to_numpy(dtype=bool, na_value=False)]
    if view.order:
        who = [column for column in ("person", "alter") if column in frame]
        rising = [False] * len(view.order) + [True] * len(who)
        frame = frame.sort_values([*view.order, *who], ascending=rising, kind="stable")
    person = [] if network.ego is not None or "person" not in frame else ["person"]
    columns = [*person, *view.columns]
    shown = frame[columns].copy()
    for column in shown.select_dtypes("datetime"):
        shown[column] = dated(shown[column], network.relative)
    for column in ("person", "alter", "a", "b"):
        if column in shown:
            shown[column] = shown[column].map(names(network))
    figures = [
        column for column in view.columns if column not in ("alter", "a", "b", "score", "feature")
    ]
    return shown[shown[figures].notna().any(axis=1)]


VERBS = tuple(_verb(name, view) for name, view in _VIEWS.items())
