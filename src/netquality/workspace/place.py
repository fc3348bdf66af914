"""Where a workspace lies, and that only its owner may read it."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["default_place", "private", "restricted", "with_folder"]

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def default_place() -> Path:
    """Return the file that is meant when no workspace is named.

    ``NETQUALITY_WORKSPACE`` names it, else it lies in the user's data directory.

    Examples
    --------
    >>> default_place().suffix
    '.duckdb'
    """
    from platformdirs import user_data_path

    named = os.environ.get("NETQUALITY_WORKSPACE")
    return Path(named) if named else user_data_path("netquality") / "workspace.duckdb"


@contextlib.contextmanager
def private() -> Iterator[None]:
    """Let files that are made meanwhile be readable by their owner only."""
    before = os.umask(_OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def with_folder(path: Path) -> Path:
    """Make the folder of a file if it is missing, for its owner only.

    Raises
    ------
    BadInput
        When the folder cannot be made.
    """
    try:
        with private():
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unfit(path, error) from error
    return path


def restricted(path: Path) -> None:
    """Take away what others may do with a file.

    Raises
    ------
    BadInput
        When it is somebody else's.
    """
    try:
        if stat.S_IMODE(path.stat().st_mode) & _OTHERS:
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    except OSError as error:
        raise _unfit(path, error) from error


def _unfit(path: Path, error: OSError) -> BadInput:
    return BadInput(
        f"The workspace {path} cannot be kept there: {error.strerror or error}.",
        accepted="a folder in which you may write.",
        todo="Name another place with --workspace.",
    )
