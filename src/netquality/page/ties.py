"""The tables about ties, people and pairs, whose rows are all on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.page.tables import Column, Table, day, left_out, named, own, table
from netquality.page.words import UNKNOWN, count, decimal, share
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.advice.introductions import Introductions
    from netquality.network import Network
    from netquality.page.crowd import Crowd
    from netquality.page.tables import Writer

__all__ = ["bare", "dormant", "introduced", "people", "ties"]

DORMANT = 10
PERHAPS = 0.06
# Two scores that differ by less than a tenth are the ordinary ups and downs of a tie.
_GAP = 0.1
_REASONS = 1000


def ties(network: Network, crowd: Crowd) -> Table:
    """Return every tie of the owners (of a whole group, all), the strongest first."""
    ordered = _seen(own(network)).sort_values(
        ["strength", "a", "b"], ascending=[False, True, True], na_position="last"
    )
    return table(
        "Ties, strongest first",
        [*_ends(network, crowd), *_employer(network, crowd), *_scores(), *_contact(network)],
        ordered,
        key="ties",
        choose="Grade",
        crowd=crowd,
        ends=_sides(network),
    )


def people(network: Network, crowd: Crowd) -> Table:
    """Return everybody but the owners: who they are, and the strongest tie of each."""
    frame = network.people.assign(person=network.people.index)
    shown = ~frame["ego"].astype(bool)
    if "kind" in frame:
        shown &= frame["kind"] == "person"
    best = _best(network)
    known = (
        frame[shown]
        .reset_index(drop=True)
        .merge(best, left_on="person", right_index=True, how="left")
    )
    ordered = known.sort_values(
        ["strength", "person"], ascending=[False, True], na_position="last", kind="stable"
    )
    name, place, written = named(crowd), crowd.place, day(network)
    return table(
        "People found",
        [
            (Column("Name", "name"), lambda row: name(row["person"])),
            (Column("Employer"), lambda row: crowd.employers[place(row["person"])]),
            (Column("Title"), lambda row: crowd.titles[place(row["person"])]),
            *_scores()[:2],
            (Column("Last contact", "day"), lambda row: written(row["last"])),
        ],
        ordered,
        key="people",
        crowd=crowd,
        ends=("person",),
    )


def dormant(network: Network, crowd: Crowd) -> Table:
    """Return the ties that were much stronger than they are, the widest gap first."""
    written = day(network)
    frame = own(network).assign(gap=lambda tie: tie["latent"] - tie["strength"])
    ordered = frame[frame["gap"] >= _GAP].sort_values(
        ["gap", "a", "b"], ascending=[False, True, True]
    )
    return table(
        "Dormant ties, widest gap first",
        [
            *_ends(network, crowd),
            (Column("Strength now", "number"), lambda row: decimal(row["strength"], 3)),
            (Column("Latent", "number"), lambda row: decimal(row["latent"], 3)),
            (Column("Gap", "number"), lambda row: decimal(row["gap"], 3)),
            (Column("Last contact", "day"), lambda row: written(row["last"])),
        ],
        ordered.head(DORMANT),
        more=left_out(len(ordered) - DORMANT, "ties.csv"),
        crowd=crowd,
        ends=_sides(network),
    )


def introduced(network: Network, result: Introductions, crowd: Crowd) -> Table:
    """Return the pairs to introduce, with the reasons and who knows whom already."""
    name, many = named(crowd), network.ego is None
    introducer = (Column("Introducer", "name"), lambda row: name(row["introducer"]))
    return table(
        "Introductions, best first",
        [
            (Column("Rank", "number"), lambda row: count(row["rank"])),
            *([introducer] if many else []),
            (Column("One", "name"), lambda row: name(row["a"])),
            (Column("Other", "name"), lambda row: name(row["b"])),
            (Column("Score", "number"), lambda row: decimal(row["score"], 3)),
            (Column("Chance of a yes (assumed)", "number"), _answers),
            (Column("Know each other?", "word"), _acquainted),
            (Column("Reasons", "prose"), lambda row: clean(row["reasons"], limit=_REASONS)),
        ],
        result.frame,
        key="introductions",
        size=25,
        choose="Know each other?",
        crowd=crowd,
        ends=("introducer", "a", "b") if many else ("a", "b"),
    )


def _seen(mine: pd.DataFrame) -> pd.DataFrame:
    """Leave out what a list of contacts without any contact cannot show: it is not zero."""
    if bare(mine):
        return mine.assign(**dict.fromkeys(["strength", "latent", "out", "in"], float("nan")))
    return mine


def bare(mine: pd.DataFrame) -> bool:
    """Say whether these ties are only declared: no contact is shown with anybody.

    Examples
    --------
    >>> bare(pd.DataFrame({"grade": ["silent", "silent"]}))
    True
    """
    return bool((mine["grade"] == "silent").all())


def _best(network: Network) -> pd.DataFrame:
    """Return the strongest tie of each person."""
    mine = _seen(own(network))
    kept = mine[["a", "b", "grade", "strength", "last"]]
    turned = kept.rename(columns={"a": "b", "b": "a"})[kept.columns]
    both = pd.concat([kept, turned], ignore_index=True)
    order = both.sort_values("strength", ascending=False, na_position="last", kind="stable")
    return order.drop_duplicates("b").set_index("b")[["grade", "strength", "last"]]


def _answers(row: Any) -> str:
    each = share(row["yes_a"]), share(row["yes_b"])
    return each[0] if each[0] == each[1] else " and ".join(each)


def _acquainted(row: Any) -> str:
    if row["acquainted"]:
        return "likely yes"
    if pd.isna(row["knows"]):
        return UNKNOWN
    return "perhaps" if row["knows"] > PERHAPS else "no sign of it"


def _sides(network: Network) -> tuple[str, ...]:
    return ("b",) if network.ego is not None else ("a", "b")


def _ends(network: Network, crowd: Crowd) -> list[Writer]:
    """One column for the contact of a single ego, else one for each end of the tie."""
    name = named(crowd)
    other: Writer = Column("Name", "name"), lambda row: name(row["b"])
    if network.ego is not None:
        return [other]
    return [
        (Column("One", "name"), lambda row: name(row["a"])),
        (Column("Other", "name"), other[1]),
    ]


def _employer(network: Network, crowd: Crowd) -> list[Writer]:
    if network.ego is None or not any(crowd.employers):
        return []
    return [(Column("Employer"), lambda row: crowd.employers[crowd.place(row["b"])])]


def _scores() -> list[tuple[Column, Callable[[Any], str]]]:
    return [
        (Column("Grade", "word"), lambda row: clean(row["grade"]) or UNKNOWN),
        (Column("Strength", "number"), lambda row: decimal(row["strength"], 3)),
        (Column("Latent", "number"), lambda row: decimal(row["latent"], 3)),
    ]


def _contact(network: Network) -> list[tuple[Column, Callable[[Any], str]]]:
    mine = network.ego is not None
    written = day(network)
    return [
        (
            Column("Sessions to them" if mine else "Sessions, one to other", "number"),
            lambda row: count(row["out"]),
        ),
        (
            Column("Sessions from them" if mine else "Sessions, other to one", "number"),
            lambda row: count(row["in"]),
        ),
        (Column("Last contact", "day"), lambda row: written(row["last"])),
        (Column("Basis"), lambda row: clean(row["basis"]) or UNKNOWN),
    ]
