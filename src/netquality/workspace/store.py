"""The file: tables with the schema's names, written in whole transactions.

The rows of every file are kept as they were read, each with its source and row; what two exports
both show stands there twice and is put together when a network is made of it. So no order of
imports matters, and taking a file out again leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import re
import secrets
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from netquality.errors import BadInput, NetQualityError
from netquality.schema import TABLES, Tables, as_table, check
from netquality.workspace.place import private, restricted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    import duckdb

__all__ = ["LAYOUT", "Store"]

LAYOUT = 1
_PER_SOURCE = ("sources", "accounts", "events", "relations", "attributes", "rejects", "given")
_OWN = {
    "meta": "name VARCHAR PRIMARY KEY, value VARCHAR",
    "imports": 'source VARCHAR PRIMARY KEY, "at" TIMESTAMPTZ',
    "people": "account VARCHAR, person VARCHAR, name VARCHAR, kind VARCHAR",
    "forgotten": "hash VARCHAR PRIMARY KEY",
    "reports": "folder VARCHAR PRIMARY KEY",
}
_HOLDER = re.compile(r"PID (\d+)")


class Store:
    """One workspace file, open.

    Parameters
    ----------
    path
        The DuckDB file; made, with its folder, if it is missing.

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

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = _opened(restricted(path))
        try:
            for part in path.parent.glob(f".{path.name}.*.part"):
                part.unlink()  # we hold the file: whoever was writing this one is gone
            self._prepare()
        except BaseException:
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
        with private(), _explained(self.path):
            self._db.close()

    def _prepare(self) -> None:
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

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that is written inside hold together, or none of it.

        Raises
        ------
        BadInput
            When the disk is full or the file cannot be written.
        """
        with private(), _explained(self.path):
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
        read = {name: self.table(name, wanted) for name in _PER_SOURCE}
        return Tables(**read, decisions=self.table("decisions"))

    def put(self, tables: Tables) -> None:
        """Add the rows of new sources; call it inside a transaction."""
        for name in _PER_SOURCE:
            self._add(name, tables[name])

    def take_out(self, sources: Iterable[str]) -> None:
        """Remove everything that some sources brought; call it inside a transaction."""
        gone = list(sources)
        for name in _PER_SOURCE:
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
        self._add("decisions", decisions[~decisions["decision"].isin(known)])

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

    def rewrite(self, tables: Tables, hashes: Iterable[str]) -> None:
        """Write a fresh file with these tables in place of what is there, and swap it in.

        Deleting rows would leave their bytes in the file's free blocks.

        Parameters
        ----------
        tables
            Everything that the new file holds.
        hashes
            Fingerprints of forgotten people, added to those that are known.
        """
        part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(6)}.part")
        kept = {name: self._own(name) for name in _OWN if name != "people"}
        try:
            with Store(part) as fresh, fresh.transaction():
                for name, rows in kept.items():
                    fresh.replace(name, rows)
                for mark in sorted(set(hashes)):
                    fresh.keep("forgotten", mark)
                fresh.put(tables)
                fresh.say(tables.decisions)
            self._swap(part)
        finally:
            part.unlink(missing_ok=True)

    def _own(self, name: str) -> pd.DataFrame:
        frame: pd.DataFrame = self._db.sql(f"SELECT * FROM {name}").df()
        return frame

    def _swap(self, part: Path) -> None:
        with private(), _explained(self.path):
            self._db.execute("CHECKPOINT")
            try:
                part.replace(self.path)  # while it is held, so that nobody else writes to the old
                self._db.close()
            except PermissionError:  # Windows does not rename over an open file
                self._db.close()
                part.replace(self.path)
        self._db = _opened(self.path)


def create(db: duckdb.DuckDBPyConnection, catalog: str = "") -> None:
    """Make all tables that are missing, in the schema's columns."""
    prefix = f"{catalog}." if catalog else ""
    for name, columns in TABLES.items():
        listed = ", ".join(f'"{column}" {_type(dtype)}' for column, dtype in columns.items())
        db.execute(f"CREATE TABLE IF NOT EXISTS {prefix}{name} ({listed})")
    for name, columns_ in _OWN.items():
        db.execute(f"CREATE TABLE IF NOT EXISTS {prefix}{name} ({columns_})")


def _type(dtype: Any) -> str:
    if isinstance(dtype, pd.CategoricalDtype):
        listed = ", ".join(f"'{value}'" for value in dtype.categories)
        return f"ENUM ({listed})"
    kinds = {"str": "VARCHAR", "int64": "BIGINT", "Int64": "BIGINT"}
    kinds |= {"float64": "DOUBLE", "Float64": "DOUBLE"}
    return kinds.get(str(dtype), "TIMESTAMPTZ")


def _known(name: str) -> str:
    if name not in TABLES and name not in _OWN:
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


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    # No extension is ever fetched: nothing here opens a connection.
    safe: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with private(), _explained(path):
        db = duckdb.connect(str(path), config=safe)
        db.execute("SET TimeZone = 'UTC'")
        restricted(path)
        return db


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the engine says into one clear message."""
    import duckdb

    try:
        yield
    except NetQualityError:
        raise
    except (
        duckdb.OperationalError,
        duckdb.TransactionException,
        duckdb.FatalException,
    ) as error:
        raise _told(path, str(error)) from error


def _told(path: Path, said: str) -> BadInput:
    holder = _HOLDER.search(said)
    if "lock on file" in said:
        who = f" (process {holder[1]})" if holder else ""
        return BadInput(
            f"The workspace {path} is in use by another process{who}.",
            todo="Wait until it is done, or close the notebook that has it open.",
        )
    if "not a valid DuckDB database" in said:
        return BadInput(
            f"{path} is not a workspace.",
            accepted="a file that netquality import has made, or a name that is not taken.",
            todo="Name another place with --workspace.",
        )
    return BadInput(
        f"The workspace {path} cannot be written or read: {said.splitlines()[0]}",
        accepted="a disk with room, and a file in which you may write.",
        todo="It is as it was before; nothing of this import was kept.",
    )
