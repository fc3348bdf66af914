"""Backups of the Android app "SMS Backup & Restore": messages and calls."""

from __future__ import annotations

import codecs
import re
from datetime import date
from typing import TYPE_CHECKING

from netquality.sources.diary import Diary
from netquality.sources.ledger import EPOCH_1990, Ledger
from netquality.sources.parties import Parties
from netquality.sources.phone.directory import Directory
from netquality.sources.phone.moments import DAY, instant
from netquality.sources.phone.owners import own_numbers
from netquality.sources.phone.records import Records
from netquality.sources.phone.rings import Rings
from netquality.sources.phone.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_backup", "read_backup"]

# What may stand before the outermost element cannot be divided in two ways, or a hostile file
# would keep the expression busy for good.
_ROOT = re.compile(
    rb"\s*(?:<\?(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*)*"
    rb"(?:<|<!DOCTYPE\s+)(smses|calls)(?=[\s/>\[])",
    re.DOTALL,
)
_DAY_IN_NAME = re.compile(r"(?:sms|calls)-(\d{4})(\d\d)(\d\d)\d{0,6}", re.IGNORECASE)
_EPOCH = date(1970, 1, 1).toordinal()


def looks_like_backup(name: str, head: bytes) -> bool:  # noqa: ARG001
    """Say whether a file is such a backup, by its outermost element; its name does not matter.

    Parameters
    ----------
    name
        The file's name.
    head
        Its first bytes.

    Examples
    --------
    >>> looks_like_backup("sms.xml", b"<?xml version='1.0' ?><smses count='1'>")
    True
    >>> looks_like_backup("sms.xml", b"<html><smses></html>")
    False
    """
    return _ROOT.match(_plain(head)) is not None


def _plain(head: bytes) -> bytes:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").encode()
    return head.removeprefix(codecs.BOM_UTF8)


def read_backup(member: Member, bundle: Bundle, options: Options) -> Tables:
    """Read messages or calls, in bounded memory however large the media in the file are.

    Every number is an account, so are addresses of messages by mail gateway; the number of the
    phone itself, where multimedia messages show it, is one of the owner's.

    Parameters
    ----------
    member
        The file; it is read twice, the first time only for the number of the phone.
    bundle
        What it came in.
    options
        `ego`, `aliases` and `region` matter: stamps are UTC.

    Returns
    -------
    Tables
        Of one source: accounts, events, rejects.

    Raises
    ------
    BadInput
        When it is no backup, is damaged in its midst, or defines entities of its own. One that is
        merely cut off is read as far as it goes, and `sources.rules` says so.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = b'<calls><call number="+447700900123" type="2" date="1714557600000" duration="60"/>'
    >>> member = Member("calls.xml", lambda: text)
    >>> tables = read_backup(member, Bundle("calls.xml", None, (member,)), Options())
    >>> tables.events["seconds"].tolist(), tables.sources["rules"].tolist()
    ([60.0], ['the file ends after record 1, without its own end'])
    """
    own = _own(member)
    directory = Directory(Parties(options.region), options.ego, [*options.aliases, *own])
    for number in own:
        directory.own(number)
    diary = Diary(directory.parties)
    book = Ledger(member.name, bundle.name, "phone/sms", exported=bundle.exported)
    with member.stream(options.progress) as stream:
        records = Records(member.name, stream)
        rules = _read(records, book, diary, directory)
        book.seal(stream.digest())
    said = ["the phone's own number was learnt from its multimedia messages"] if own else []
    shows = ("call" if records.root == "calls" else "message",)
    return diary.close(
        book, owner=directory.owner, rules=[*said, *rules, *records.notes()], shows=shows
    )


def _own(member: Member) -> list[str]:
    found = _ROOT.match(_plain(member.head()))
    if found is not None and found.group(1) == b"calls":
        return []
    with member.stream() as stream:
        return own_numbers(stream)


def _read(records: Records, book: Ledger, diary: Diary, directory: Directory) -> list[str]:
    texts, rings = Texts(book, diary, directory), Rings(book, diary, directory)
    readers: dict[tuple[str, str], Texts | Rings] = {
        ("smses", "sms"): texts,
        ("smses", "mms"): texts,
        ("calls", "call"): rings,
    }
    for row, record in enumerate(records, 1):
        if row == 1:
            book.exported = _exported(records.about, book.name) or book.exported
        book.read = row
        reader = readers.get((records.root, record.tag))
        if reader is None:
            book.reject([row], "record", "a record of an unknown kind", [record.tag])
        else:
            reader.read(row, record)
    if records.root == "calls":
        book.format = "phone/calls"
    return [*texts.notes(), *rings.notes()]


def _exported(about: Mapping[str, str], name: str) -> int | None:
    """Return the day on which the backup was made; of two that are stated, the later.

    A backup that is added to keeps the day of its beginning in one of the two places.
    """
    at = instant(about.get("backup_date", ""))
    days = [None if at is None or at < EPOCH_1990 * DAY else at // DAY]
    found = _DAY_IN_NAME.search(name)
    if found:
        days.append(_day(*map(int, found.groups())))
    return max((day for day in days if day is not None), default=None)


def _day(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None
