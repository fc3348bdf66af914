"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from netquality.errors import BadInput

__all__ = ["write"]


def write(path: str | os.PathLike[str], data: bytes) -> Path:
    r"""Write bytes to a file, so that a full disk or a kill leaves the old file or none.

    The bytes go to a temporary name in the same folder, reach the disk, and are renamed.
    Missing folders are made.

    Parameters
    ----------
    path
        Where the file shall be; a file of that name is replaced.
    data
        Its whole content.

    Returns
    -------
    pathlib.Path
        The path written.

    Raises
    ------
    BadInput
        When the place cannot be written to: no room, no permission, or it is a folder.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write(Path(folder, "new", "ties.csv"), b"a,b\n")
    ...     written.name, written.read_bytes(), len(list(written.parent.iterdir()))
    ('ties.csv', b'a,b\n', 1)
    """
    target = Path(path)
    part = target.parent / f".{secrets.token_hex(8)}.part"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _flush(part, data)
        part.replace(target)
    except OSError as error:
        raise BadInput(
            f"{target} cannot be written: {error.strerror or error}.",
            accepted="a folder with room, in which you may write.",
            todo="Choose another place for the output.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return target


def _flush(part: Path, data: bytes) -> None:
    with part.open("xb") as stream:
        stream.write(data)
        stream.flush()
        # A delayed write to a full disk fails here, not after the rename.
        os.fsync(stream.fileno())
