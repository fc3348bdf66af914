"""Open what the user names (a file, a folder, a ZIP) without trusting it."""

from __future__ import annotations

import gzip
import io
import os
import re
import weakref
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from netquality.errors import BadInput
from netquality.sources.refusals import MEDIA
from netquality.sources.streams import BROKEN, MOST, RATIO, SMALL, Stream, unzipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from netquality.sources.streams import Progress

__all__ = ["ACCEPTED", "Bundle", "Member", "gather"]

ACCEPTED = (
    "a LinkedIn export (ZIP, folder or single CSV); mail (mbox, Maildir, .eml), a calendar (.ics), "
    "WhatsApp, Telegram (JSON) or Slack exports, SMS and call backups (XML, CSV), address books "
    "(vCard, Google or Outlook CSV); an interaction log (CSV, TSV, blanks, Parquet); GraphML, GEXF "
    "or our own ties.csv; each also gzipped, in a ZIP or in a folder."
)
HINT = "See docs/exports.md for how to get each export."

HEAD, _HELD = 1 << 16, 8 << 30
_DAY_IN_NAME = re.compile(
    r"LinkedInDataExport_(?P<m>\d\d)-(?P<d>\d\d)-(?P<y>\d{4})|"
    r"^takeout-(?P<ty>\d{4})(?P<tm>\d\d)(?P<td>\d\d)T\d{6}Z",
    re.IGNORECASE,
)
_FOREIGN = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel or Outlook file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
}


@dataclass(frozen=True)
class Member:
    """One file, wherever it lies.

    Parameters
    ----------
    name
        Within its bundle.
    read
        Gives all its bytes, ungzipped.
    begin
        Opens it as it lies there, to be read bit by bit; None where it is small anyway.
    size
        Bytes that it takes where it lies.

    Examples
    --------
    >>> member = Member("ink.txt", lambda: b"black ink")
    >>> member.head(5), member.stream().blocks().read()
    (b'black', b'black ink')
    """

    name: str
    read: Callable[[], bytes]
    begin: Callable[[], BinaryIO] | None = None
    size: int | None = None

    def stream(self, progress: Progress | None = None) -> Stream:
        """Open it to be read once, front to back, ungzipped, in bounded memory.

        Raises
        ------
        BadInput
            When it cannot be opened; while reading, when it is damaged.
        """
        if self.begin is None:
            return Stream(self.name, io.BytesIO(self.read()), None, progress)
        raw: BinaryIO | None = None
        try:
            raw = self.begin()
            return Stream(self.name, unzipped(raw), self.size, progress)
        except BROKEN as error:
            if raw is not None:
                raw.close()
            raise _refusal(f"{self.name} is damaged: {error}.", "Download it again.") from None

    def head(self, size: int = HEAD) -> bytes:
        """Return its first bytes, which tell what it is."""
        with self.stream() as stream:
            return stream.blocks().read(size)


@dataclass(frozen=True)
class Bundle:
    """What came together: the members of one archive, folder or single file."""

    name: str
    exported: int | None
    members: tuple[Member, ...]
    single: bool = False


def gather(path: str | os.PathLike[str]) -> list[Bundle]:
    """Return the bundles behind a path; a ZIP inside a folder is a bundle of its own.

    Raises
    ------
    BadInput
        When nothing is there, it may not be read, or an archive is damaged or hostile.
    """
    place = Path(path)
    try:
        if place.is_dir():
            return _folder(place)
        with place.open("rb") as file:
            head = file.read(64)
        if not head:
            raise _refusal(f"{place.name} is empty.", HINT)
        if head.startswith(b"PK"):
            return [_archive(place)]
        if place.suffix.lower() == ".zip":
            raise _refusal(f"{place.name} is {foreign(head)}, not a ZIP.", HINT)
        return [
            Bundle(place.name, exported_on(place.name), (_plain(place, place.name),), single=True)
        ]
    except FileNotFoundError:
        raise _refusal(f"{place} does not exist.", "Check the path.") from None
    except PermissionError:
        raise _refusal(
            f"{place} may not be read: permission denied.", "Change its permissions or copy it."
        ) from None
    except OSError as error:
        raise _refusal(f"{place} cannot be read: {error.strerror}.", "Copy it elsewhere.") from None


def _refusal(found: str, todo: str) -> BadInput:
    return BadInput(found, accepted=ACCEPTED, todo=todo)


def foreign(head: bytes) -> str:
    """Name what some first bytes are, as far as they tell.

    Examples
    --------
    >>> foreign(b"%PDF-1.7")
    'a PDF'
    """
    for magic, name in _FOREIGN.items():
        if head.startswith(magic):
            return name
    if head.lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return "a web page (an expired download link gives one)"
    return "a file of another kind"


def exported_on(name: str) -> int | None:
    """Return the day in an archive's file name, as LinkedIn (month first) or Takeout writes it.

    Examples
    --------
    >>> exported_on("Basic_LinkedInDataExport_01-02-1970 (1).zip.zip")
    1
    >>> exported_on("takeout-19700103T101112Z-001.zip")
    2
    """
    found = _DAY_IN_NAME.search(name)
    if not found:
        return None
    parts = [part for part in found.groups() if part]
    month, day, year = map(int, parts if found["m"] else (*parts[1:], parts[0]))
    try:
        return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return None


def _plain(place: Path, name: str) -> Member:
    def read() -> bytes:
        try:
            return _ungzip(place.read_bytes(), name)
        except OSError as error:
            raise _refusal(
                f"{name} cannot be read: {error.strerror}.", "Check its permissions."
            ) from None

    return Member(name, read, lambda: place.open("rb"), place.stat().st_size)


def _ungzip(data: bytes, name: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(min(_HELD, max(SMALL, len(data) * RATIO)) + 1)
    except (OSError, EOFError) as error:
        raise _refusal(f"{name} is a damaged gzip file: {error}.", "Download it again.") from None
    if len(plain) > max(SMALL, len(data) * RATIO):
        raise _refusal(
            f"{name} unpacks to more than {RATIO} times its size.", "It looks like a zip bomb."
        )
    return plain


def _folder(place: Path) -> list[Bundle]:
    zips, plain = [], []
    for found in sorted(_walk(place)):
        name = found.relative_to(place).as_posix()
        if found.suffix.lower() == ".zip":
            zips.append(_archive(found))
        else:
            plain.append(_plain(found, name))
    own = [Bundle(place.name, exported_on(place.name), tuple(plain))] if plain else []
    return own + zips


def _walk(place: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(place, onerror=_raise):
        names[:] = [n for n in names if _entered(Path(folder), n)]
        yield from (Path(folder) / name for name in files if not name.startswith("."))


def _entered(folder: Path, name: str) -> bool:
    """Say whether a folder is looked into: hidden ones are when they are a Maildir's subfolders."""
    if name.startswith("."):
        return any((folder / name / mails).is_dir() for mails in ("cur", "new"))
    return name != "__MACOSX"


def _raise(error: OSError) -> None:
    raise error


def _archive(place: Path) -> Bundle:
    try:
        with zipfile.ZipFile(place) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                todo = 'In Excel choose "Save as", "CSV UTF-8", or pass the file as downloaded.'
                raise _refusal(f"{place.name} is an Excel workbook, not CSV text.", todo)
            infos = [info for info in archive.infolist() if _wanted(info.filename)]
            for info in infos:
                _distrust(info, place.name)
            opened = [info for info in infos if PurePosixPath(info.filename).suffix not in MEDIA]
            if sum(info.file_size for info in opened) > MOST:
                raise _refusal(
                    f"{place.name} unpacks to more than 64 GiB.", "Unpack it and pass the folder."
                )
    except zipfile.BadZipFile as error:
        raise _refusal(
            f"{place.name} is damaged or truncated: {error}.", "Download it again."
        ) from None
    packed = _Packed(place)
    members = tuple(
        Member(
            info.filename, partial(packed.read, info), partial(packed.begin, info), info.file_size
        )
        for info in infos
    )
    return Bundle(place.name, exported_on(place.name), members)


class _Packed:
    """An archive that is opened once for all its members, and closed when nobody holds them."""

    def __init__(self, place: Path) -> None:
        self._place = place

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        archive = zipfile.ZipFile(self._place)
        # Also where an error holds this in a cycle, whose parts are freed in any order.
        weakref.finalize(self, archive.close)
        return archive

    def begin(self, info: zipfile.ZipInfo) -> BinaryIO:
        return cast("BinaryIO", self._archive.open(info))

    def read(self, info: zipfile.ZipInfo) -> bytes:
        try:
            return _ungzip(self._archive.read(info), info.filename)
        except BROKEN as error:
            raise _refusal(
                f"{self._place.name}: {info.filename} is damaged: {error}.", "Download it again."
            ) from None


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.endswith("/")
        and "__MACOSX" not in parts
        and not parts[-1].startswith(".")
    )


def _distrust(info: zipfile.ZipInfo, archive: str) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if ".." in path.parts or path.is_absolute() or ":" in path.parts[0]:
        raise _refusal(
            f"{archive} holds a member that points outside of it ({path.name}).",
            "It was not made by LinkedIn; it was not opened.",
        )
    if info.flag_bits & 1:
        raise _refusal(f"{archive} is encrypted.", "Unpack it first and pass the folder.")
    if info.file_size > SMALL and info.file_size > RATIO * max(info.compress_size, 1):
        raise _refusal(
            f"{archive}: {path.name} unpacks to more than {RATIO} times its size.",
            "It looks like a zip bomb; it was not opened.",
        )
