"""One event of a calendar as text: who is invited, when, and what became of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netquality.samples.media.letter import Address

__all__ = ["WINDOWS", "Guest", "Invite", "component", "folded", "stamped"]

WINDOWS = "W. Europe Standard Time"
_LINE = 73


class Guest(NamedTuple):
    """Somebody who is invited, and the answer."""

    who: Address
    answer: str = "ACCEPTED"
    sort: str = "INDIVIDUAL"


class Invite(NamedTuple):
    """An event.

    Parameters
    ----------
    uid
        Its number.
    start
        When it begins; a plain day if it lasts all day.
    minutes
        How long it lasts.
    title
        What it is called.
    organiser
        Who invites; None for what concerns nobody else.
    guests
        Who is invited.
    zone
        Name of the zone in which it is written; empty for UTC.
    rule, left_out
        How it comes again, and when it does not.
    instead_of
        The occurrence that it replaces.
    status
        CONFIRMED, TENTATIVE or CANCELLED.
    video
        Whether it has a link.
    """

    uid: int
    start: dt.datetime | dt.date
    minutes: int
    title: str
    organiser: Address | None = None
    guests: tuple[Guest, ...] = ()
    zone: str = ""
    rule: str = ""
    left_out: tuple[dt.datetime, ...] = ()
    instead_of: dt.datetime | None = None
    status: str = "CONFIRMED"
    video: bool = False


def folded(line: str) -> str:
    r"""Fold a line so that none is longer than 75 bytes; no character is cut.

    Examples
    --------
    >>> folded("SUMMARY:" + "ü" * 40).count("\r\n ")
    1
    """
    parts, size = [""], 0
    for letter in line:
        size += len(letter.encode())
        if size > _LINE:
            parts.append("")
            size = len(letter.encode())
        parts[-1] += letter
    return "\r\n ".join(parts)


def stamped(name: str, at: dt.datetime | dt.date, zone: str) -> str:
    """Write a moment in UTC, in a zone, or a day.

    Examples
    --------
    >>> from netquality.samples.media.doings import HOME
    >>> noon = dt.datetime(2026, 3, 4, 12, tzinfo=HOME)
    >>> stamped("DTSTART", noon, ""), stamped("DTSTART", noon, "Europe/Berlin")
    ('DTSTART:20260304T110000Z', 'DTSTART;TZID=Europe/Berlin:20260304T120000')
    """
    if not isinstance(at, dt.datetime):
        return f"{name};VALUE=DATE:{at:%Y%m%d}"
    if not zone:
        return f"{name}:{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    quoted = f'"{zone}"' if "." in zone else zone
    return f"{name};TZID={quoted}:{at:%Y%m%dT%H%M%S}"


def _person(name: str, who: Address, more: str = "") -> str:
    called = (who.name or who.mail).replace('"', "'")
    quoted = f'"{called}"' if set(called) & set(",;:") else called
    return f"{name}{more};CN={quoted}:mailto:{who.mail}"


def _guest(guest: Guest) -> str:
    marks = f";CUTYPE={guest.sort};ROLE=REQ-PARTICIPANT;PARTSTAT={guest.answer}"
    return _person("ATTENDEE", guest.who, f"{marks};X-NUM-GUESTS=0")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _end(invite: Invite) -> dt.datetime | dt.date:
    if isinstance(invite.start, dt.datetime):
        # Wall time would be wrong across a change of clocks, but no meeting lasts that long.
        return invite.start + dt.timedelta(minutes=invite.minutes)
    return invite.start + dt.timedelta(days=1)


def component(invite: Invite, exported: int) -> str:
    r"""Write an event as Google's export does: stamped with the moment of the export.

    Parameters
    ----------
    invite
        The event.
    exported
        Seconds since 1970.

    Examples
    --------
    >>> text = component(Invite(3, dt.date(2026, 3, 4), 0, "Ink day"), 0)
    >>> [line for line in text.split("\r\n") if line.startswith("DT")]
    ['DTSTART;VALUE=DATE:20260304', 'DTEND;VALUE=DATE:20260305', 'DTSTAMP:19700101T000000Z']
    """
    lines = ["BEGIN:VEVENT", stamped("DTSTART", invite.start, invite.zone)]
    lines.append(stamped("DTEND", _end(invite), invite.zone))
    if invite.rule:
        lines.append(f"RRULE:{invite.rule}")
    lines += [stamped("EXDATE", at, invite.zone) for at in invite.left_out]
    lines.append(stamped("DTSTAMP", dt.datetime.fromtimestamp(exported, dt.UTC), ""))
    if invite.organiser is not None:
        lines.append(_person("ORGANIZER", invite.organiser))
    lines.append(f"UID:ink{invite.uid:07d}@calendar.inkhaven.example")
    if invite.instead_of is not None:
        lines.append(stamped("RECURRENCE-ID", invite.instead_of, invite.zone))
    lines += [_guest(guest) for guest in invite.guests]
    if invite.video:
        lines.append("X-GOOGLE-CONFERENCE:https://meet.inkhaven.example/abc-defg-hij")
    lines += [f"SEQUENCE:{int(invite.instead_of is not None)}", f"STATUS:{invite.status}"]
    lines += [f"SUMMARY:{_escaped(invite.title)}", "TRANSP:OPAQUE", "END:VEVENT"]
    return "".join(f"{folded(line)}\r\n" for line in lines)
