"""What a table of the page is, and how one is made of a frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from netquality.days import shown
from netquality.page.crowd import Crowd
from netquality.page.words import UNKNOWN
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from netquality.network import Network

__all__ = ["Cell", "Column", "Table", "day", "left_out", "named", "names", "own", "per_person"]
__all__ += ["table"]

PAGE = 50
# More people than this do not fit side by side on a page.
BESIDE = 3
_NAME = 80
_PROFILES = "https://www.linkedin.com/in/"

Writer = tuple["Column", "Callable[[Any], str]"]
Row = tuple[str, str, "Callable[[Any], str]"]


@dataclass(frozen=True)
class Column:
    """A column's heading and what it holds: a name, text, numbers, days, one of a few words."""

    label: str
    kind: Literal["name", "text", "number", "day", "word", "prose"] = "text"

    @property
    def look(self) -> str:
        """The style of its cells."""
        return {"day": "number", "name": "text"}.get(self.kind, self.kind)


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table, with the address that a name leads to."""

    text: str
    column: Column
    address: str = ""


@dataclass(frozen=True)
class Table:
    """A table as the template draws it; the first cell of a row is the row's heading.

    Attributes
    ----------
    rows
        All rows.
    more
        What is said below it about rows that are not in it.
    size
        Rows a page, where `key` is given.
    key
        The name of a table whose rows the page's script turns over, sorts and filters; only its
        first rows are then drawn beforehand. "" for one that is drawn whole.
    who
        For each row the places in `crowd` of the people that its name columns name.
    choose
        The heading of the column that the reader may choose a value of.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""
    key: str = ""
    who: tuple[tuple[int, ...], ...] = ()
    choose: str = ""
    size: int = PAGE
    crowd: Crowd = field(default_factory=Crowd, repr=False)

    @property
    def drawn(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that are drawn beforehand, cell by cell."""
        count = self.size if self.key else len(self.rows)
        return tuple(self._cells(place) for place in range(min(count, len(self.rows))))

    def _cells(self, place: int) -> tuple[Cell, ...]:
        people = iter(self.who[place] if self.who else ())
        cells = []
        for text, column in zip(self.rows[place], self.columns, strict=True):
            known = self.crowd.slug(next(people, -1)) if column.kind == "name" else ""
            cells.append(Cell(text, column, _PROFILES + known if known else ""))
        return tuple(cells)


def table(
    caption: str,
    columns: Iterable[Writer],
    frame: pd.DataFrame,
    *,
    more: str = "",
    key: str = "",
    choose: str = "",
    size: int = PAGE,
    crowd: Crowd | None = None,
    ends: tuple[str, ...] = (),
) -> Table:
    """Make a table of a frame; each column comes with what makes a cell of a row.

    Parameters
    ----------
    caption, more, key, choose, size
        As in `Table`.
    columns
        Column and writer, in order; the writer gets a row as a dict.
    frame
        The rows.
    crowd, ends
        Who the people are, and the columns of the frame that hold their ids, one for each
        column of names.

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
    pairs, people = tuple(columns), crowd or Crowd()
    rows = tuple(tuple(cell(row) for _, cell in pairs) for row in frame.to_dict("records"))
    places = [[people.place(person) for person in frame[end]] for end in ends]
    return Table(
        caption,
        tuple(column for column, _ in pairs),
        rows,
        more,
        key,
        tuple(zip(*places, strict=True)),
        choose,
        size,
        people,
    )


def per_person(
    caption: str, rows: Iterable[Row], frame: pd.DataFrame, crowd: Crowd, *, key: str = ""
) -> Table | None:
    """Lay out what is known of persons: on its side for a few, a row each for many.

    Parameters
    ----------
    rows
        The measure's name in full, its short name for a heading, and what writes it.
    frame
        A row a person, the person's id as index.

    Returns
    -------
    Table or None
        ``None`` without any person.

    Examples
    --------
    >>> frame = pd.DataFrame({"ties": [2]}, index=["zora"])
    >>> crowd = Crowd(("zora",), ("Zora",), places={"zora": 0})
    >>> rows = [("Ties of any grade", "Ties", lambda row: str(row["ties"]))]
    >>> per_person("Ties", rows, frame, crowd).rows
    (('Ties of any grade', '2'),)
    """
    rows, people = tuple(rows), frame.to_dict("index")
    if not people:
        return None
    name = named(crowd)
    if len(people) <= BESIDE:
        columns = (Column("Measure"), *(Column(name(person), "number") for person in people))
        cells = ((full, *(written(row) for row in people.values())) for full, _, written in rows)
        return Table(caption, columns, tuple(cells))
    listed = frame.rename_axis("person").reset_index()
    writers = [(Column(short, "number"), written) for _, short, written in rows]
    who = (Column("Person", "name"), lambda row: name(row["person"]))
    return table(caption, [who, *writers], listed, key=key, crowd=crowd, ends=("person",))


def left_out(count: int, file: str) -> str:
    """Say how many rows are not on the page, and where they are.

    Examples
    --------
    >>> left_out(1200, "ties.csv"), left_out(0, "ties.csv")
    ('1,200 more in ties.csv.', '')
    """
    return f"{count:,} more in {file}." if count > 0 else ""


def named(crowd: Crowd) -> Callable[[Any], str]:
    """Return what gives a person's name as it may be shown; the id of somebody else."""

    def name(person: Any) -> str:
        place = crowd.place(person)
        return crowd.names[place] if place >= 0 else clean(str(person), limit=_NAME) or "unnamed"

    return name


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
    known = network.people["name"].to_dict()

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
