"""Open the file, refuse what is none of ours, and explain what the engine says."""

from __future__ import annotations

import contextlib
import re
import secrets
from typing import TYPE_CHECKING

from netquality.errors import BadInput, NetQualityError
from netquality.workspace.place import private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

__all__ = ["explained", "no_workspace", "opened", "part_of", "thrown_away"]

_HOLDER = re.compile(r"PID (\d+)")
_MAGIC = slice(8, 12), b"DUCK"


def part_of(path: Path) -> Path:
    """Return a name beside a file, for what will become it."""
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")


def thrown_away(part: Path) -> None:
    """Remove a file that has not become anything, with its log."""
    for path in (part, part.with_name(f"{part.name}.wal")):
        path.unlink(missing_ok=True)


def opened(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file; what is no database is refused and not changed.

    Raises
    ------
    BadInput
        When it is none, or another process holds it.
    """
    import duckdb

    # No extension is ever fetched: nothing here opens a connection.
    safe: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if not _is_duckdb(path):
        raise no_workspace(path)
    with private(), explained(path):
        db = duckdb.connect(str(path), config=safe)
        db.execute("SET TimeZone = 'UTC'")
        return db


def _is_duckdb(path: Path) -> bool:
    """Look before the engine does, which would make a database of an empty file."""
    if not path.exists():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        where, magic = _MAGIC
        return file.read(where.stop)[where] == magic


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
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
    return BadInput(
        f"The workspace {path} cannot be written or read: {said.splitlines()[0]}",
        accepted="a disk with room, and a file in which you may write.",
        todo="It is as it was before.",
    )


def no_workspace(path: Path) -> BadInput:
    """Return the error for a file that is none of ours."""
    return BadInput(
        f"{path} is not a workspace.",
        accepted="a file that netquality import has made, or a name that is not taken.",
        todo="Name another place with --workspace.",
    )
