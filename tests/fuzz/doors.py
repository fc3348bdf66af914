"""What is fuzzed: each reader of files by strangers, given bytes that no program ever wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netquality.errors import NetQualityError
from netquality.sources.calendars.ics import looks_like_calendar, read_calendar
from netquality.sources.contacts.table import looks_like_contacts, read_contacts
from netquality.sources.contacts.vcard import looks_like_vcard, read_vcard
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.mail.folders import mail_folders, read_mail_folder
from netquality.sources.mail.mbox import looks_like_mbox, read_mbox
from netquality.sources.mail.single import looks_like_mail, read_mail
from netquality.sources.phone.backup import looks_like_backup, read_backup
from netquality.sources.phone.calls import looks_like_calls, read_calls
from netquality.sources.slack.export import read_slack, slack_members
from netquality.sources.telegram.result import looks_like_telegram, read_telegram
from netquality.sources.whatsapp.chat import looks_like_whatsapp, read_whatsapp

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.schema import Tables

__all__ = ["DOORS", "OPTIONS", "enter", "sound"]

OPTIONS = (
    Options(),
    Options(ego="juniper@vellichor.example", region="GB", timezone="Europe/Berlin"),
    Options(ego="Juniper Vellichor", date_format="dmy", aliases=("+447700900100",)),
)


class Door(NamedTuple):
    """A file's name, how it is told, and who reads it."""

    file: str
    fits: Callable[[str, bytes], bool]
    read: Callable[[Member, Bundle, Options], Tables]


def _folder(member: Member, _bundle: Bundle, options: Options) -> Tables:
    """Read mails parted by a line of their own as the files of a Maildir."""
    parts = member.read().split(b"\n=====\n")[:50]
    mails = tuple(
        Member(f"Box/cur/{place}:2,S", lambda part=part: part)  # type: ignore[misc]
        for place, part in enumerate(parts)
    )
    box = Bundle("Box", None, mails)
    from netquality.schema import Tables

    found = mail_folders(box)
    return Tables.concat(read_mail_folder(n, m, box, options) for n, m in found.items())


def _workspace(member: Member, _bundle: Bundle, options: Options) -> Tables:
    """Read parts of one file as the files of a Slack export."""
    users, channels, *days = [*member.read().split(b"\n=====\n")[:20], b"[]"]
    names = ["users.json", "channels.json", "dms.json"]
    names += [f"{place}/2026-03-{day:02d}.json" for day in range(1, 9) for place in ("ink", "D1")]
    contents = dict(zip(names, [users, channels, *days], strict=False))
    members = tuple(
        Member(name, lambda content=content: content)  # type: ignore[misc]
        for name, content in contents.items()
    )
    bundle = Bundle("slack.zip", None, members)
    return read_slack(slack_members(bundle), bundle, options)


DOORS = {
    "mbox": Door("mail.mbox", looks_like_mbox, read_mbox),
    "mail": Door("mail.eml", looks_like_mail, read_mail),
    "maildir": Door("box", looks_like_mail, _folder),
    "calendar": Door("calendar.ics", looks_like_calendar, read_calendar),
    "whatsapp": Door("WhatsApp Chat with Odo.txt", looks_like_whatsapp, read_whatsapp),
    "backup": Door("sms.xml", looks_like_backup, read_backup),
    "calls": Door("calls.csv", looks_like_calls, read_calls),
    "vcard": Door("contacts.vcf", looks_like_vcard, read_vcard),
    "contacts": Door("contacts.csv", looks_like_contacts, read_contacts),
    "telegram": Door("result.json", looks_like_telegram, read_telegram),
    "slack": Door("slack.zip", lambda _name, _head: True, _workspace),
}


def enter(door: str, data: bytes, options: Options = OPTIONS[0]) -> Tables | None:
    """Read some bytes as a file of one kind; None where they were refused with a clear word."""
    way = DOORS[door]
    member = Member(way.file, lambda: data)
    way.fits(way.file, data[:65536])
    try:
        return way.read(member, Bundle(way.file, None, (member,), single=True), options)
    except NetQualityError:
        return None


def sound(tables: Tables | None) -> None:
    """Raise where what was read contradicts itself: rows that do not add up, strangers."""
    if tables is None:
        return
    used = tables.sources[tables.sources["unused"].isna()]
    counts = used[["read", "kept", "merged", "rejected"]]
    assert (counts["read"] == counts["kept"] + counts["merged"] + counts["rejected"]).all()
    assert (counts >= 0).all(axis=None), counts.to_dict("records")
    # Half a million refused rows of a file are listed one by one, all are counted.
    assert len(tables.rejects) == tables.sources["rejected"].clip(upper=500_000).sum()
    for source in tables.sources.itertuples():
        events = tables.events[tables.events["source"] == source.source]
        refused = set(tables.rejects.loc[tables.rejects["source"] == source.source, "row"])
        assert not set(events["row"]) & refused
        assert set(events["row"]) <= set(range(1, source.read + 1))
    known = set(tables.accounts["account"])
    assert set(tables.events["sender"].dropna()) <= known
    assert set(tables.events["recipient"].dropna()) <= known
    assert (tables.events["audience"].dropna() >= 0).all()
