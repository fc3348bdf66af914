"""Pieces that files are blown up with, for each reader: what may be repeated without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blown_up import Shape
from shapes_of_records import BACKUP, CALLS, CONTACTS, SLACK, TELEGRAM, VCARD, WHATSAPP

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SHAPES"]

_LINE = "From - Mon Mar  4 11:20:34 2024\n"
_FROM = "From: zora@quill.example\n"
_DATE = "Date: Mon, 4 Mar 2024 12:00:00 +0000\n"
_HEAD = f"{_FROM}To: odo@fen.example\n{_DATE}"
_MAIL = {
    "one body": Shape(f"{_HEAD}\n", "ink and quill, so to say\n"),
    "one long line": Shape(f"{_HEAD}\n", "ink and quill, so to say "),
    "one subject": Shape(f"{_HEAD}Subject: ", "ink and quill, so to say "),
    "one folded subject": Shape(f"{_HEAD}Subject: ink\n", " ink\n"),
    "encoded words": Shape(f"{_FROM}{_DATE}To: ", "=?utf-8?Q?ink?= "),
    "many recipients": Shape(f"{_FROM}{_DATE}To: ", lambda n: f"n{n}@fen.example,\n "),
    "many recipients, unnamed": Shape(f"{_FROM}{_DATE}To: ", "odo@fen.example,"),
    "many fields": Shape(_HEAD, lambda n: f"X-{n}: ink\n"),
    "many To": Shape(_HEAD, lambda n: f"To: n{n}@fen.example\n"),
    "many Received": Shape(_HEAD, "Received: from a by b; Mon, 4 Mar 2024 12:00:00 +0000\n"),
    "many references": Shape(f"{_HEAD}References:", lambda n: f" <{n}@quill.example>\n"),
    "comments in comments": Shape(f"{_FROM}{_DATE}To: ", "("),
    "quotes": Shape(f"{_FROM}{_DATE}To: ", '"\\"'),
    "groups in groups": Shape(f"{_FROM}{_DATE}To: ", "ink:"),
    "angles": Shape(f"{_FROM}{_DATE}To: ", "<"),
    "parts in parts": Shape(
        _HEAD,
        lambda n: f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n",
    ),
    "one part's many parts": Shape(
        f"{_HEAD}Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nink\n"
    ),
    "messages in messages": Shape(_HEAD, "Content-Type: message/rfc822\n\n"),
    "base64": Shape(f"{_HEAD}Content-Transfer-Encoding: base64\n\n", "QUJDRA==\n"),
    "markup": Shape(f"{_HEAD}Content-Type: text/html\n\n", "<p><b>ink</b>"),
    "unclosed markup": Shape(f"{_HEAD}Content-Type: text/html\n\n", "<"),
    "quoted lines": Shape(f"{_HEAD}\n", "> "),
    "blank lines": Shape(_HEAD, "\n"),
}
_MBOX = {
    "tiny mails": Shape("", f"{_LINE}From: z@q.example\nTo: o@f.example\n{_DATE}\nink\n\n"),
    "tiny mails of many": Shape(
        "", lambda n: f"{_LINE}From: z{n}@q.example\nTo: o{n}@f.example\n{_DATE}\nink\n\n"
    ),
    "tiny threads": Shape(
        "",
        lambda n: (
            f"{_LINE}From: z@q.example\nTo: o@f.example\n{_DATE}"
            f"Message-ID: <{n}>\nIn-Reply-To: <{n - 1}>\n\n\n"
        ),
    ),
    "nothing but lines between": Shape("", f"{_LINE}\n"),
    "lines between without mail": Shape("", _LINE),
    "mails to twenty": Shape(
        "",
        lambda n: (
            f"{_LINE}{_FROM}{_DATE}To: {','.join(f'n{n}.{k}@f.example' for k in range(20))}\n\n\n"
        ),
    ),
    "mails to others each": Shape(
        "",
        lambda n: (
            f"{_LINE}{_FROM}{_DATE}To: {','.join(f'{n * 999 + k:x}@b.c' for k in range(999))}\n\n\n"
        ),
    ),
    "mails to short names": Shape(
        "", lambda n: f"{_LINE}{_FROM}{_DATE}To: {','.join(f'a{k}@b.c' for k in range(999))}\n\n\n"
    ),
}
_CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\n"
_BY = "DTSTAMP:20261120T080000Z\nORGANIZER:mailto:odo@fen.example\n"
_AT = "DTSTART:20240304T090000Z\nDTEND:20240304T100000Z\n"
_GUEST = "ATTENDEE:mailto:zora@quill.example\n"


def _meeting(*lines: str, guests: int = 1) -> Shape:
    """Repeat an event of some lines and guests."""
    invited = "".join(f"ATTENDEE:mailto:z{k}@q.example\n" for k in range(guests))
    body = _BY + "".join(lines) + invited
    return Shape(_CALENDAR, lambda n: f"BEGIN:VEVENT\nUID:{n}\n{body}END:VEVENT\n")


_DAILY = "RRULE:FREQ=DAILY\n"
_OLD = "DTSTART:19900304T090000Z\nDTEND:19900304T100000Z\n"
_ONE = f"{_CALENDAR}BEGIN:VEVENT\nUID:1\n{_BY}{_AT}"
_ICS = {
    "tiny events": Shape(_CALENDAR, f"BEGIN:VEVENT\n{_AT}{_BY}{_GUEST}END:VEVENT\n"),
    "events": _meeting(_AT),
    "events of twenty": _meeting(_AT, guests=20),
    "events of a thousand": _meeting(_AT, guests=1000),
    "series": _meeting(_AT, _DAILY),
    "old series": _meeting(_OLD, _DAILY),
    "old series of twenty": _meeting(_OLD, _DAILY, guests=20),
    "old series of a thousand": _meeting(_OLD, _DAILY, guests=1000),
    "hourly series": _meeting(_OLD, "RRULE:FREQ=HOURLY\n"),
    "series by second": _meeting(_OLD, "RRULE:FREQ=SECONDLY\n"),
    "rare series": _meeting(_OLD, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO\n"),
    "impossible series": _meeting(_OLD, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n"),
    "endless rules": _meeting(_OLD, "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30\n"),
    "endless rules by day": _meeting(_OLD, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n"),
    "long walks": _meeting(_OLD, "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;COUNT=90000\n"),
    "series of one name": Shape(
        _CALENDAR,
        f"BEGIN:VEVENT\nUID:1\n{_BY}{_AT}{_GUEST}{_DAILY}END:VEVENT\n"
        "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260304T090000Z\n"
        f"{_AT}{_BY}{_GUEST}END:VEVENT\n",
    ),
    "many changes from then on": Shape(
        f"{_ONE}{_GUEST}{_DAILY}END:VEVENT\n",
        lambda n: (
            f"BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20{n % 26:02}"
            f"{n // 26 % 12 + 1:02}{n // 312 % 28 + 1:02}T090000Z\n{_AT}{_BY}{_GUEST}END:VEVENT\n"
        ),
    ),
    "many rules": Shape(_ONE + _GUEST, _DAILY),
    "many rules of one series": Shape(
        _ONE + _GUEST, lambda n: f"RRULE:FREQ=YEARLY;BYMONTH={n % 12 + 1};COUNT={n % 9 + 1}\n"
    ),
    "many dates": Shape(
        _ONE + _GUEST,
        lambda n: f"RDATE:20{n % 26:02}{n % 12 + 1:02}{n % 28 + 1:02}T{n % 24:02}0000Z\n",
        "END:VEVENT\n",
    ),
    "dates of twenty": _meeting(
        _OLD,
        "".join(f"RDATE:20{n // 28:02}01{n % 28 + 1:02}T090000Z\n" for n in range(700)),
        guests=20,
    ),
    "many exceptions": Shape(
        f"{_ONE}{_GUEST}{_DAILY}",
        lambda n: f"EXDATE:20{n % 26:02}{n % 12 + 1:02}{n % 28 + 1:02}T090000Z\n",
        "END:VEVENT\n",
    ),
    "many overrides": Shape(
        f"{_ONE}{_GUEST}{_DAILY}END:VEVENT\n",
        lambda n: (
            f"BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260304T09{n % 60:02}{n // 60 % 60:02}Z\n"
            f"{_AT}{_BY}{_GUEST}END:VEVENT\n"
        ),
    ),
    "many guests": Shape(_ONE, lambda n: f"ATTENDEE:mailto:z{n}@q.example\n", "END:VEVENT\n"),
    "many guests every day": Shape(
        _ONE + _DAILY, lambda n: f"ATTENDEE:mailto:z{n}@q.example\n", "END:VEVENT\n"
    ),
    "one guest again": Shape(_ONE, _GUEST, "END:VEVENT\n"),
    "one title": Shape(f"{_ONE}SUMMARY:", "ink and quill, so to say "),
    "one folded title": Shape(f"{_ONE}SUMMARY:ink\n", " ink\n"),
    "parameters": Shape(f"{_ONE}ATTENDEE", ";CN=ink", ":mailto:z@q.example\nEND:VEVENT\n"),
    "nested": Shape(_ONE, "BEGIN:X\n"),
    "events in events": Shape(_CALENDAR, f"BEGIN:VEVENT\n{_AT}"),
    "calendars": Shape("", _CALENDAR + "END:VCALENDAR\n"),
    "calendars in calendars": Shape("", _CALENDAR),
    "zones": Shape(
        _CALENDAR,
        lambda n: (
            f"BEGIN:VTIMEZONE\nTZID:{n}\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
            "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
        ),
        f"BEGIN:VEVENT\nUID:1\nDTSTART;TZID=7:20240304T090000\n{_BY}{_GUEST}END:VEVENT\n",
    ),
    "one zone of many changes": Shape(
        f"{_CALENDAR}BEGIN:VTIMEZONE\nTZID:Ink\n",
        "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=YEARLY\nEND:STANDARD\n",
        "END:VTIMEZONE\n"
        f"BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Ink:20240304T090000\n{_BY}{_GUEST}END:VEVENT\n",
    ),
    "events of unknown zones": Shape(
        _CALENDAR,
        lambda n: (
            f"BEGIN:VEVENT\nUID:{n}\nDTSTART;TZID=Ink{n}:20240304T090000\n{_BY}{_GUEST}END:VEVENT\n"
        ),
    ),
}

SHAPES: Mapping[str, Mapping[str, Shape]] = {
    "mbox": _MBOX | {name: each._replace(head=_LINE + each.head) for name, each in _MAIL.items()},
    "mail": _MAIL,
    "maildir": {
        "fifty mails": Shape("", f"{_HEAD}\n{'ink ' * 50_000}\n=====\n"),
        "fifty wide mails": Shape(
            "",
            lambda n: (
                f"{_FROM}{_DATE}To: {','.join(f'{n}.{k}@f.example' for k in range(9000))}\n\n"
                "\n=====\n"
            ),
        ),
    },
    "calendar": _ICS,
    "whatsapp": WHATSAPP,
    "backup": BACKUP,
    "calls": CALLS,
    "vcard": VCARD,
    "contacts": CONTACTS,
    "telegram": TELEGRAM,
    "slack": SLACK,
}
