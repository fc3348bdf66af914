"""Write all everyday files beside an archive, and never over anything that is not ours."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.samples.archive import write_archive
from netquality.samples.cells import File
from netquality.samples.media.android import call_file, sms_file
from netquality.samples.media.calendar import calendar_file
from netquality.samples.media.cards import cards_file, google_file
from netquality.samples.media.mail import mail_file
from netquality.samples.media.slack import slack_members
from netquality.samples.media.telegram import telegram_file
from netquality.samples.media.whatsapp import chats
from netquality.samples.owner import BANNER

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from netquality.samples.media.plan import Plan
    from netquality.samples.media.whatsapp import Chat

__all__ = ["file_names", "refuse_others", "write_media"]

_SEAL = "slack.zip"


def file_names(exported: dt.date) -> dict[str, str]:
    """Return what is written, by medium, beside ``slack.zip``.

    Examples
    --------
    >>> import datetime as dt
    >>> file_names(dt.date(2026, 11, 20))["sms"]
    'sms-20261120090000.xml'
    """
    return {
        "mail": "mail.mbox",
        "calendar": "calendar.ics",
        "contacts": "contacts.vcf",
        "google": "google_contacts.csv",
        "whatsapp": "whatsapp",
        "sms": f"sms-{exported:%Y%m%d}090000.xml",
        "calls": f"calls-{exported:%Y%m%d}090000.xml",
        "telegram": "telegram",
    }


def _digest(folder: Path, names: list[str]) -> str:
    """Return one name for the contents of some files and folders."""
    state = hashlib.blake2b(digest_size=16)
    for name in sorted(names):
        path = folder / name
        inside = sorted(each for each in path.rglob("*") if each.is_file())
        for file in inside if path.is_dir() else [path] * path.is_file():
            state.update(file.relative_to(folder).as_posix().encode() + b"\0")
            with file.open("rb") as opened:
                state.update(hashlib.file_digest(opened, "blake2b").digest())
    return state.hexdigest()


def _sealed(folder: Path) -> list[str]:
    """Return the names of an earlier sample's files; empty when anything in them was changed."""
    seal = folder / _SEAL
    if not seal.is_file() or not zipfile.is_zipfile(seal):
        return []
    with zipfile.ZipFile(seal) as archive:
        lines = archive.comment.decode("utf-8", "replace").split("\n")
    if lines[0] != BANNER or len(lines) != 3:
        return []
    names = lines[2].split()
    return names if _digest(folder, names) == lines[1] else []


def refuse_others(folder: Path, exported: dt.date) -> None:
    """Refuse to write over anything that no earlier sample has left there, as it left it.

    Parameters
    ----------
    folder
        Where the files are to be.
    exported
        The day of the export.

    Raises
    ------
    BadInput
        When something else is in the way.

    Examples
    --------
    >>> import datetime as dt, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     refuse_others(pathlib.Path(folder), dt.date(2026, 11, 20))
    """
    ours = _sealed(folder)
    known = {*ours, _SEAL} if ours else set()
    for name in (_SEAL, *file_names(exported).values()):
        if (folder / name).exists() and name not in known:
            raise BadInput(
                f"{folder / name} exists and is no sample of netquality, or was changed since.",
                accepted="A new folder, or one that holds an earlier sample.",
                todo="Choose another folder; nothing was changed.",
            )


def _cleared(folder: Path) -> None:
    for name in _sealed(folder):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    (folder / _SEAL).unlink(missing_ok=True)


def _write_chats(folder: Path, found: list[Chat], exported: dt.date) -> None:
    folder.mkdir()
    for chat in found:
        if chat.apple:
            path = folder / f"WhatsApp Chat - {chat.name}.zip"
            write_archive(path, [File("_chat.txt", [chat.text])], exported)
        else:
            (folder / f"WhatsApp Chat with {chat.name}.txt").write_bytes(chat.text)


def write_media(folder: Path, plan: Plan) -> tuple[dict[str, Path], list[Chat]]:
    """Write everything; earlier files of ours are removed first.

    Parameters
    ----------
    folder
        Where; it exists.
    plan
        What is true.

    Returns
    -------
    tuple
        Where the files are, by medium, and the chats of WhatsApp.
    """
    _cleared(folder)
    names, found = file_names(plan.exported), chats(plan)
    paths = {medium: folder / name for medium, name in names.items()}
    paths["telegram"].mkdir()
    paths["telegram"] /= "result.json"
    writers = {
        "mail": mail_file,
        "calendar": calendar_file,
        "contacts": cards_file,
        "google": google_file,
        "sms": sms_file,
        "calls": call_file,
        "telegram": telegram_file,
    }
    for medium, write in writers.items():
        with paths[medium].open("wb") as out:
            out.writelines(write(plan))
    _write_chats(paths["whatsapp"], found, plan.exported)
    paths["slack"] = folder / _SEAL
    write_archive(paths["slack"], slack_members(plan), plan.exported)
    listed = list(names.values())
    with zipfile.ZipFile(paths["slack"], "a") as archive:
        archive.comment = "\n".join([BANNER, _digest(folder, listed), " ".join(listed)]).encode()
    return paths, found
