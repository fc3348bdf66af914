"""Put files into an archive or a folder, byte for byte the same each time."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.samples.contacts import people_files
from netquality.samples.inbox import messages_file
from netquality.samples.owner import BANNER, MEMBER, owner_files
from netquality.samples.traces import trace_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from netquality.samples.cells import File
    from netquality.samples.cut import Cut

__all__ = ["archive_name", "files", "refuse_foreign", "write_archive"]

# With the number of the member in their names, in complete archives of 2026.
_NUMBERED = ("Comments.csv", "Shares.csv", "Reactions.csv", "Votes.csv", "Member_Follows.csv")


def archive_name(exported: dt.date, *, complete: bool) -> str:
    """Return what LinkedIn would call the archive of that day.

    Examples
    --------
    >>> import datetime as dt
    >>> archive_name(dt.date(2026, 11, 20), complete=True)
    'Complete_LinkedInDataExport_11-20-2026'
    """
    sort = "Complete" if complete else "Basic"
    return f"{sort}_LinkedInDataExport_{exported:%m-%d-%Y}"


def files(cut: Cut, *, complete: bool) -> Iterator[File]:
    """Lay out all files of an archive; a basic one has no activity files and no decoys.

    Examples
    --------
    >>> from netquality.samples.cut import cut_of
    >>> names = [file.name for file in files(cut_of(60, 400, 7, 2026), complete=True)]
    >>> sum(name.endswith("messages.csv") for name in names)
    4
    """
    mark = f"_{MEMBER}" if complete and cut.era.year == 2026 else ""
    every = [messages_file(cut), *people_files(cut, complete=complete)]
    every += trace_files(cut) if complete else []
    every += owner_files(cut, complete=complete, mark=mark)
    for file in every:
        named = file.name.replace(".csv", f"{mark}.csv") if file.name in _NUMBERED else file.name
        yield file._replace(name=named)


def refuse_foreign(path: Path, sign: str = BANNER, header: str = "") -> None:
    """Refuse to write over anything that no earlier sample has left there.

    Parameters
    ----------
    path
        A ZIP, a folder or a text file.
    sign
        What a text file of a sample has among its first 4,096 characters.
    header
        What a text file without rows consists of.

    Raises
    ------
    BadInput
        When the path exists and does not say that it is fictional.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     refuse_foreign(pathlib.Path(folder) / "new.zip")
    """
    if not path.exists() or _is_sample(path, sign, header):
        return
    raise BadInput(
        f"{path} exists and is no sample of netquality.",
        accepted="A new folder, or one that holds an earlier sample.",
        todo="Choose another folder; nothing was changed.",
    )


def _is_sample(path: Path, sign: str, header: str) -> bool:
    if path.is_dir():
        held = list(path.iterdir())
        known = path / "Profile.csv"
        bare = all(each.suffix == ".csv" and each.is_file() for each in held)
        return bare and (not held or (known.is_file() and _is_sample(known, BANNER, "")))
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return archive.comment == BANNER.encode()
    with path.open("rb") as file:
        head = file.read(4096).decode("utf-8", "replace")
    return sign in head or head.strip() == header


def write_archive(path: Path, members: Iterable[File], exported: dt.date) -> None:
    r"""Write a ZIP (or a folder, if the name does not end in ``.zip``) afresh.

    All entries bear the last second of the export's day, so that the bytes depend on nothing
    but the world.

    Examples
    --------
    >>> import datetime as dt, pathlib, tempfile
    >>> from netquality.samples.cells import File
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder) / "x.zip"
    ...     write_archive(path, [File("a.csv", [b"A\n"])], dt.date(2026, 11, 20))
    ...     with zipfile.ZipFile(path) as archive:
    ...         archive.infolist()[0].date_time
    (2026, 11, 20, 23, 59, 58)
    """
    if path.suffix == ".zip":
        _write_zip(path, members, exported)
    else:
        _write_folder(path, members)


def _write_zip(path: Path, members: Iterable[File], exported: dt.date) -> None:
    stamp = (exported.year, exported.month, exported.day, 23, 59, 58)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = BANNER.encode()
        for member in members:
            entry = zipfile.ZipInfo(member.name, stamp)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w") as out:
                out.writelines(member.blocks)


def _write_folder(path: Path, members: Iterable[File]) -> None:
    path.mkdir(exist_ok=True)
    for earlier in path.glob("*.csv"):
        earlier.unlink()
    for member in members:
        with (path / member.name).open("wb") as out:
            out.writelines(member.blocks)
