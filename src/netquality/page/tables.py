"""What a table of the page is, and the tables about ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from netquality.days import shown
from netquality.page.words import UNKNOWN, count, decimal, share
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from netquality.advice.introductions import Introductions
    from netquality.network import Network

__all__ = ["Column", "Table", "day", "dormant", "introduced", "names", "own", "table", "ties"]

TIES, DORMANT, INTRODUCTIONS = 100, 10, 25
PERHAPS = 0.2
# Two scores that differ by less than a tenth are the ordinary ups and downs of a tie.
_GAP = 0.1
_NAME, _REASONS = 80, 1000


@dataclass(frozen=True)
class Column:
    """A column's heading and whether it holds text, numbers, one of a few words or sentences."""

    label: str
    kind: Literal["text", "number", "word", "prose"] = "text"


@dataclass(frozen=True)
class Table:
    """A table as the template draws it; the first cell of a row is the row's heading."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""


def table(
    caption: str,
    columns: Iterable[tuple[Column, Callable[[Any], str]]],
    frame: pd.DataFrame,
    *,
    more: str = "",
) -> Table:
    """Make a table of a frame; each column comes with what makes a cell of a row.

    Examples
    --------
    >>> made = table(
    ...     "Ties",
    ...     [(Column("Name"), lambda row: row["name"])],
    ...     pd.DataFrame({"name": ["Zora"]}),
    ... )
    >>> made.rows
    (('Zora',),)
    """
    pairs = tuple(columns)
    rows = (tuple(cell(row) for _, cell in pairs) for row in frame.to_dict("records"))
    return Table(caption, tuple(column for column, _ in pairs), tuple(rows), more)


def names(network: Network) -> Callable[[Any], str]:
    """Return what gives a person's name as it may be shown; the id where there is no name.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> people = pd.DataFrame({"name": ["Zora Quillfeather"]}, index=["zora"])
    >>> name = names(SimpleNamespace(people=people))
    >>> name("zora"), name("milo")
    ('Zora Quillfeather', 'milo')
    """
    known = network.people["name"]

    def name(person: Any) -> str:
        words = clean(known.get(person), limit=_NAME) or clean(str(person), limit=_NAME)
        return words or "unnamed"

    return name


def day(network: Network) -> Callable[[Any], str]:
    """Return what writes a day of this network, or that it was not observed.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> written = day(SimpleNamespace(relative=False))
    >>> written(20_000), written(pd.NaT)
    ('2024-10-04', 'not observed')
    """
    relative = network.relative

    def written(value: Any) -> str:
        return UNKNOWN if pd.isna(value) else shown(value, relative) or UNKNOWN

    return written


def own(network: Network) -> pd.DataFrame:
    """Return the ties of the owners; of a whole group, all ties.

    Group threads also show ties between two contacts. They are in ``network.ties``, and not
    among "your ties".

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> both = pd.DataFrame({"a": ["me", "zora"], "b": ["zora", "milo"]})
    >>> own(SimpleNamespace(ties=both, egos=("me",)))["b"].tolist()
    ['zora']
    """
    if not network.egos:
        return network.ties
    ends = network.ties[["a", "b"]].isin(network.egos)
    return network.ties[ends["a"] | ends["b"]]


def ties(network: Network) -> Table:
    """Return the strongest ties with contact; what is left out is counted in `Table.more`."""
    ordered = own(network).sort_values(
        ["strength", "a", "b"], ascending=[False, True, True], na_position="last"
    )
    # Silent ties all look alike: a long list of them says less than their number.
    lively = ordered["grade"] != "silent"
    shown = ordered[lively] if lively.any() and len(ordered) > TIES else ordered
    return table(
        "Ties, strongest first",
        [*_ends(network), *_scores(), *_contact(network)],
        shown.head(TIES),
        more=_more(len(ordered) - min(TIES, len(shown)), "ties.csv"),
    )


def dormant(network: Network) -> Table:
    """Return the ties that were much stronger than they are, the widest gap first."""
    written = day(network)
    frame = own(network).assign(gap=lambda tie: tie["latent"] - tie["strength"])
    ordered = frame[frame["gap"] >= _GAP].sort_values(
        ["gap", "a", "b"], ascending=[False, True, True]
    )
    return table(
        "Dormant ties, widest gap first",
        [
            *_ends(network),
            (Column("Strength now", "number"), lambda row: decimal(row["strength"], 3)),
            (Column("Latent", "number"), lambda row: decimal(row["latent"], 3)),
            (Column("Gap", "number"), lambda row: decimal(row["gap"], 3)),
            (Column("Last contact", "number"), lambda row: written(row["last"])),
        ],
        ordered.head(DORMANT),
        more=_more(len(ordered) - DORMANT, "ties.csv"),
    )


def introduced(network: Network, result: Introductions) -> Table:
    """Return the best pairs to introduce, with the reasons and who knows whom already."""
    name, many = names(network), network.ego is None
    introducer = (Column("Introducer"), lambda row: name(row["introducer"]))
    return table(
        "Introductions, best first",
        [
            (Column("Rank", "number"), lambda row: count(row["rank"])),
            *([introducer] if many else []),
            (Column("One"), lambda row: name(row["a"])),
            (Column("Other"), lambda row: name(row["b"])),
            (Column("Score", "number"), lambda row: decimal(row["score"], 3)),
            (Column("Chance of a yes (assumed)", "number"), _answers),
            (Column("Know each other?", "word"), _acquainted),
            (Column("Reasons", "prose"), lambda row: clean(row["reasons"], limit=_REASONS)),
        ],
        result.frame.head(INTRODUCTIONS),
        more=_more(len(result.frame) - INTRODUCTIONS, "introductions.csv"),
    )


def _more(left: int, file: str) -> str:
    return f"{count(left)} more in {file}." if left > 0 else ""


def _answers(row: Any) -> str:
    each = share(row["yes_a"]), share(row["yes_b"])
    return each[0] if each[0] == each[1] else " and ".join(each)


def _acquainted(row: Any) -> str:
    if row["acquainted"]:
        return "likely yes"
    if pd.isna(row["knows"]):
        return UNKNOWN
    return "perhaps" if row["knows"] > PERHAPS else "no sign of it"


def _ends(network: Network) -> list[tuple[Column, Callable[[Any], str]]]:
    """One column for the contact of a single ego, else one for each end of the tie."""
    name = names(network)
    other: tuple[Column, Callable[[Any], str]] = Column("Name"), lambda row: name(row["b"])
    if network.ego is not None:
        return [other]
    return [(Column("One"), lambda row: name(row["a"])), (Column("Other"), other[1])]


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
        (Column("Last contact", "number"), lambda row: written(row["last"])),
        (Column("Basis"), lambda row: clean(row["basis"]) or UNKNOWN),
    ]
