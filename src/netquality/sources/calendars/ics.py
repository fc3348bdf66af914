"""Calendars as programs export them (.ics): the meetings that were held, and who was there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.sources.calendars.blocks import Scan
from netquality.sources.calendars.clocks import Clocks
from netquality.sources.calendars.entries import read_entry
from netquality.sources.calendars.guests import Guests
from netquality.sources.calendars.history import History
from netquality.sources.calendars.lines import logical_lines, plain
from netquality.sources.calendars.moments import Unusable
from netquality.sources.calendars.owners import owner_of
from netquality.sources.dates import zone_named
from netquality.sources.diary import Diary
from netquality.sources.ledger import Ledger
from netquality.sources.parties import NOBODY, Parties

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.calendars.entries import Entry
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_calendar", "read_calendar"]

_SUFFIXES = (".ics", ".ical", ".icalendar", ".ifb")
_BEGIN = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VCALENDAR[ \t]*$", re.IGNORECASE | re.MULTILINE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
# A stamp so long after most others is a slip.
_SLIP = 3_650 * _DAY
_STAMPED = "the latest stamp in the file"
_ELSEWHERE = "the last day of contact in the other sources"
_OTHERS = {
    "VTODO": "tasks",
    "VJOURNAL": "journal entries",
    "VFREEBUSY": "free and busy times",
    "VALARM": "alarms",
}


def looks_like_calendar(name: str, head: bytes) -> bool:
    r"""Say whether a file is a calendar, by its first bytes.

    Parameters
    ----------
    name
        Of the file: a mail with an invitation in it is none.
    head
        Its first bytes.

    Examples
    --------
    >>> looks_like_calendar("a.txt", b"BEGIN:VCALENDAR\r\nVERSION:2.0")
    True
    >>> looks_like_calendar("a.mbox", b"From zora\n\nBEGIN:VCALENDAR\n")
    False
    """
    text = re.sub(rb"\r\n?", b"\n", plain(head)).lstrip(b"\x00\t\n ")
    found = _BEGIN.search(text)
    return found is not None and (
        found.start() == 0 or name.casefold().removesuffix(".gz").endswith(_SUFFIXES)
    )


def read_calendar(member: Member, bundle: Bundle, options: Options) -> Tables:
    """Read the meetings of a calendar.

    A record is a VEVENT. A meeting of n people is n - 1 rows, from the organiser to each of the
    others with their answer, or n rows from nobody where no organiser was there. Its id is the UID
    and, after a stroke, its start in UTC; an occurrence that was moved keeps the start it would
    have had, so two calendars agree on it, whichever of them knows of the move. Series are
    followed up to the moment of the export: the end of its day where that is known, else the
    latest stamp in the file, or the end of the last day of which other sources tell.

    Parameters
    ----------
    member
        The file.
    bundle
        What it came in.
    options
        Who the owner is (`ego`, `aliases`), whose clock shows times without a zone (`timezone`)
        in a calendar that names none, and until when other sources tell of contact (`latest`).

    Returns
    -------
    Tables
        Accounts, events and rejects of the file. Its titles, notes and places are not kept.

    Raises
    ------
    BadInput
        When the file is damaged, is no calendar, or `timezone` is no zone.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = '''BEGIN:VCALENDAR
    ... BEGIN:VEVENT
    ... UID:7@fen.example
    ... DTSTAMP:20260401T000000Z
    ... DTSTART;TZID=Europe/Berlin:20260304T100000
    ... DTEND;TZID=Europe/Berlin:20260304T110000
    ... ORGANIZER:mailto:odo@fen.example
    ... ATTENDEE;PARTSTAT=ACCEPTED:mailto:zora@quill.example
    ... END:VEVENT
    ... END:VCALENDAR'''
    >>> member = Member("a.ics", text.encode)
    >>> bundle = Bundle("a.ics", None, (member,), single=True)
    >>> tables = read_calendar(member, bundle, Options(ego="zora@quill.example"))
    >>> tables.events[["event", "channel", "answer"]].iloc[0].tolist()
    ['7@fen.example/20260304T090000Z', 'meeting', 'accepted']
    """
    book = Ledger(member.name, bundle.name, "calendar/ics", exported=bundle.exported)
    clocks = Clocks(zone_named(options.timezone))
    people, scan = Parties(options.region), Scan()
    entries = _entries(member, options, book, scan, Guests(people))
    owner = owner_of(entries, scan.calendars, people, options, member.name)
    last, how = _export(entries, bundle.exported, options.latest, clocks)
    diary = Diary(people)
    history = History(book, diary, owner, clocks, last)
    history.read(entries)
    if book.exported is None and how in (_STAMPED, _ELSEWHERE):
        book.exported = (last - _EPOCH).days
    said = [
        f"held is what began by {last:%Y-%m-%d %H:%M} UTC, {how}",
        f"the owner: {owner.how}",
        *history.rules(),
        *clocks.rules(),
        *_others(scan, entries),
    ]
    return diary.close(book, owner=owner.code, zone=clocks.zone, rules=said)


def _entries(
    member: Member, options: Options, book: Ledger, scan: Scan, guests: Guests
) -> list[Entry]:
    entries = []
    with member.stream(options.progress) as stream:
        content = stream.blocks()
        for block in scan.blocks(logical_lines(content)):
            book.read += 1
            try:
                entries.append(read_entry(block, book.read, guests))
            except Unusable as why:
                book.reject([book.read], why.field, why.reason, [why.value])
        book.seal(stream.digest())
    if not scan.calendars:
        raise BadInput(
            f"{member.name} holds no calendar: it has no line BEGIN:VCALENDAR.",
            accepted="an .ics file as a calendar program exports it.",
            todo="Export the calendar again; see docs/exports.md.",
        )
    return entries


def _export(
    entries: list[Entry], exported: int | None, latest: int | None, clocks: Clocks
) -> tuple[datetime, str]:
    """Return when the file was made, and what shows it.

    Stamps tell when an event was last changed: of a quiet calendar, long before its export.
    """
    if exported is not None:
        return _end_of(exported), "the day of the export"
    found = _shown(entries, clocks)
    if latest is not None and _end_of(latest) > found[0]:
        return _end_of(latest), _ELSEWHERE
    return found


def _end_of(day: int) -> datetime:
    return _EPOCH + (day + 1) * _DAY - timedelta(seconds=1)


def _shown(entries: list[Entry], clocks: Clocks) -> tuple[datetime, str]:
    every = sorted(entry.stamp for entry in entries if entry.stamp)
    stamps = [stamp for stamp in every if stamp <= _sane(every)]
    if stamps:
        return max(stamps), _STAMPED
    timed = [entry for entry in entries if not entry.all_day]
    plain_ones = [entry for entry in timed if not entry.repeats] or timed
    starts = [clocks.at(entry.begin, entry.calendar).astimezone(UTC) for entry in plain_ones]
    return max(starts, default=_EPOCH), "the latest event, as the file has no stamps"


def _sane(stamps: list[datetime]) -> datetime:
    """Return until when stamps are believed: by a slip of a clock all that is planned would count.

    No clock is asked, because a file must mean the same next year.
    """
    return stamps[(len(stamps) - 1) // 2] + _SLIP if stamps else _EPOCH


def _others(scan: Scan, entries: list[Entry]) -> list[str]:
    said = []
    unnamed = sum(each.person and each.code == NOBODY for entry in entries for each in entry.guests)
    if unnamed:
        said.append(f"{unnamed:,} invitations of people without an address: counted, not named")
    informed = sum(each.informed and each.person for entry in entries for each in entry.guests)
    if informed:
        said.append(f"{informed:,} people only informed of meetings: not taken to have been there")
    if scan.counts:
        others = ", ".join(f"{scan.counts[name]:,} {_OTHERS[name]}" for name in sorted(scan.counts))
        said.append(f"no meetings: {others}")
    return said
