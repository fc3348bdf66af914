"""The file: tables with the schema's names, written in whole transactions.

The rows of every file are kept as they were read, each with its source and row; what two exports
both show stands there twice and is put together when a network is made of it. So no order of
imports matters, and taking a file out again leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import glob
import os
import secrets
import weakref
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from netquality.errors import BadInput
from netquality.schema import TABLES, Tables, as_table, check
from netquality.workspace.layout import OWN, PER_SOURCE, create
from netquality.workspace.opening import explained, no_workspace, opened, part_of, thrown_away
from netquality.workspace.place import private, restricted, with_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    import duckdb

__all__ = ["LAYOUT", "Store"]

LAYOUT = 1
# How often each file is open here: the engine gives one process one view of it.
_OPEN: Counter[Path] = Counter()


class Store:
    """One workspace file, open.

    Parameters
    ----------
    path
        The DuckDB file; made, with its folder, if it is missing.
    fresh
        The file is not there and nobody else knows of it, so it is made in place.

    Raises
    ------
    BadInput
        When the file is no workspace, is of a later layout, or another process holds it.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with Store(pathlib.Path(tempfile.mkdtemp(), "w.duckdb")) as store:
    ...     len(store.tables().events), store.count("sources")
    (0, 0)
    """

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self.path = path
        if not fresh and not with_folder(path).exists():
            _made(path)
        self._db = opened(path)
        self._let_go = weakref.finalize(self, _OPEN.subtract, [path.resolve()])
        _OPEN.update([path.resolve()])
        try:
            self._prepare()
            for part in path.parent.glob(f".{glob.escape(path.name)}.*.part*"):
                part.unlink()  # we hold the file: whoever was writing this one is gone
            restricted(path)
        except BaseException:
            self._let_go()
            self._db.close()
            raise

    def __enter__(self) -> Self:
        """Return the open store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Write what is pending and let the file go."""
        self._let_go()
        with private(), explained(self.path):
            self._db.close()

    def _prepare(self) -> None:
        tables = {row[0] for row in self._db.execute("SHOW TABLES").fetchall()}
        if tables and not tables.issuperset({"meta", *PER_SOURCE}):
            raise no_workspace(self.path)
        with self.transaction():
            create(self._db)
        layout = int(self.meta("layout") or LAYOUT)
        if layout > LAYOUT:
            raise BadInput(
                f"The workspace {self.path} was written by a later netquality (layout {layout}).",
                accepted=f"layouts up to {LAYOUT}.",
                todo="Update netquality.",
            )
        if self.meta("key") is None:
            with self.transaction():
                self.set_meta("layout", str(LAYOUT))
                self.set_meta("key", secrets.token_hex(32))

    def settle(self) -> None:
        """Write everything into the one file; closing keeps silent where that fails.

        Raises
        ------
        BadInput
            When the disk is full.
        """
        with private(), explained(self.path):
            self._db.execute("CHECKPOINT")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that is written inside hold together, or none of it.

        Raises
        ------
        BadInput
            When the disk is full or the file cannot be written.
        """
        with private(), explained(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._rolled_back()
                raise
            self._db.execute("COMMIT")

    def _rolled_back(self) -> None:
        # A failed COMMIT has ended the transaction; rolling back again would hide the reason.
        import duckdb

        with contextlib.suppress(duckdb.Error):
            self._db.execute("ROLLBACK")

    def meta(self, name: str) -> str | None:
        """Return a fact about the workspace, such as its ``key``."""
        rows = self._db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchall()
        return str(rows[0][0]) if rows else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact about the workspace."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])

    def count(self, name: str) -> int:
        """Return the number of rows of a table."""
        return int(self._db.execute(f"SELECT count(*) FROM {_known(name)}").fetchall()[0][0])

    def column(self, name: str, column: str, order: str = "1") -> list[Any]:
        """Return one column of a table, sorted by itself or by another."""
        query = f'SELECT "{column}" FROM {_known(name)} ORDER BY {order}'
        return [row[0] for row in self._db.execute(query).fetchall()]

    def table(self, name: str, sources: Iterable[str] | None = None) -> pd.DataFrame:
        """Return a table of the schema, checked.

        Parameters
        ----------
        sources
            Only rows of these.
        """
        query = f"SELECT * FROM {_known(name)}"
        if sources is not None:
            wanted = pd.DataFrame({"source": pd.Series(list(sources), dtype="str")})
            self._db.register("wanted", wanted)
            query += " SEMI JOIN wanted USING (source)"
        return _frame(name, self._db.sql(query))

    def tables(self, sources: Iterable[str] | None = None) -> Tables:
        """Return all tables as they were read, of all sources or of some."""
        wanted = None if sources is None else list(sources)
        read = {name: self.table(name, wanted) for name in PER_SOURCE}
        return Tables(**read, decisions=self.table("decisions"))

    def put(self, tables: Tables) -> None:
        """Add the rows of new sources; call it inside a transaction."""
        for name in PER_SOURCE:
            self._add(name, tables[name])

    def take_out(self, sources: Iterable[str]) -> None:
        """Remove everything that some sources brought; call it inside a transaction."""
        gone = list(sources)
        for name in PER_SOURCE:
            self._db.execute(f"DELETE FROM {name} WHERE source IN (SELECT unnest(?))", [gone])
        self._db.execute("DELETE FROM imports WHERE source IN (SELECT unnest(?))", [gone])

    def refresh(self, tables: Tables) -> None:
        """Replace the accounts and relations of files that are there; inside a transaction.

        What did not change is not written again.
        """
        for name in ("accounts", "relations"):
            sources = tables[name]["source"].unique().tolist()
            if sources and not self.table(name, sources).equals(tables[name]):
                self._db.execute(
                    f"DELETE FROM {name} WHERE source IN (SELECT unnest(?))", [sources]
                )
                self._add(name, tables[name])

    def say(self, decisions: pd.DataFrame) -> None:
        """Append decisions; those that are there already are not said twice."""
        known = set(self.column("decisions", "decision"))
        new = decisions.drop_duplicates("decision")
        self._add("decisions", new[~new["decision"].isin(known)])

    def replace(self, name: str, rows: pd.DataFrame) -> None:
        """Replace the rows of one of the workspace's own tables; inside a transaction."""
        self._db.execute(f"DELETE FROM {_known(name)}")
        self._add(name, rows)

    def keep(self, name: str, *values: object) -> None:
        """Add one row to one of the workspace's own tables, unless its key is there."""
        marks = ", ".join("?" * len(values))
        self._db.execute(f"INSERT OR IGNORE INTO {_known(name)} VALUES ({marks})", list(values))

    def _add(self, name: str, rows: pd.DataFrame) -> None:
        if rows.empty:
            return
        self._db.register("incoming", rows)
        self._db.execute(f"INSERT INTO {_known(name)} BY NAME SELECT * FROM incoming")
        self._db.unregister("incoming")

    def rewrite(self, tables: Tables, hashes: Iterable[str], people: pd.DataFrame) -> None:
        """Write a fresh file with these tables in place of what is there, and swap it in.

        Deleting rows would leave their bytes in the file's free blocks.

        Parameters
        ----------
        tables
            Everything that the new file holds.
        hashes
            Fingerprints of forgotten people, added to those that are known.
        people
            The table of that name: nobody may find a file in which it is missing.
        """
        if _OPEN[self.path.resolve()] > 1:
            raise BadInput(
                f"The workspace {self.path} is open twice in this process.",
                todo="Close the other one first; its view would be of a file that is gone.",
            )
        part = part_of(self.path)
        kept = {name: self._own(name) for name in OWN if name != "people"}
        try:
            with Store(part, fresh=True) as fresh:
                with fresh.transaction():
                    for name, rows in (kept | {"people": people}).items():
                        fresh.replace(name, rows)
                    for mark in sorted(set(hashes)):
                        fresh.keep("forgotten", mark)
                    fresh.put(tables)
                    fresh.say(tables.decisions)
                fresh.settle()
            self._swap(part)
        finally:
            thrown_away(part)

    def _own(self, name: str) -> pd.DataFrame:
        frame: pd.DataFrame = self._db.sql(f"SELECT * FROM {name}").df()
        return frame

    def _swap(self, part: Path) -> None:
        self.settle()
        with private(), explained(self.path):
            try:
                part.replace(self.path)  # while it is held, so that nobody else writes to the old
                self._db.close()
            except PermissionError:  # Windows does not rename over an open file
                self._db.close()
                part.replace(self.path)
        self._db = opened(self.path)


def _made(path: Path) -> None:
    """Make an empty workspace; half of one is never seen under its name."""
    part = part_of(path)
    try:
        with Store(part, fresh=True) as fresh:
            fresh.settle()
        _named(part, path)
    except (BadInput, FileNotFoundError):
        # Whoever made it meanwhile has swept the part away.
        if not path.exists():
            raise
    finally:
        thrown_away(part)


def _named(part: Path, path: Path) -> None:
    """Give a file its name, unless another process has made one there meanwhile."""
    try:
        os.link(part, path)  # unlike a renaming, a link never takes the place of another
    except (FileExistsError, FileNotFoundError):
        if not path.exists():
            raise
    except OSError:  # a file system without links
        if not path.exists():
            part.rename(path)


def _known(name: str) -> str:
    if name not in TABLES and name not in OWN:
        raise KeyError(name)
    return name


def _frame(name: str, relation: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Make a checked frame of what a query gives, whole numbers kept whole."""
    import pyarrow as pa

    whole = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}
    found = relation.to_arrow_table().to_pandas(types_mapper=whole.get)
    if found.empty:
        return as_table(name, {}, rows=0)
    return check(name, found.astype(dict(TABLES[name])))
