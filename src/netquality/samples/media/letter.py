"""One mail as Gmail's export holds it: a From line, headers, a body, quoted where it must be."""

from __future__ import annotations

import base64
import datetime as dt
from email.utils import format_datetime
from typing import NamedTuple

from netquality.samples.cells import MONTHS
from netquality.samples.media.doings import HOME
from netquality.samples.names import plain

__all__ = ["DOT", "Address", "Letter", "encoded", "mail_name", "mailbox", "rendered"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPECIAL = frozenset('()<>[]:;@\\,."')
# A picture of one dot.
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
_CHUNK = 30


class Address(NamedTuple):
    """A name as shown, possibly none, and a mail address."""

    name: str
    mail: str


class Letter(NamedTuple):
    """A mail.

    Parameters
    ----------
    ident
        Its number in the mailbox, of which all ids are made.
    at
        When it was sent.
    sender, to, cc
        Who wrote it to whom.
    subject, body
        What it says.
    thread
        Number of its thread.
    replies
        Number of the mail that it answers; -1 if none.
    labels
        What Gmail files it under.
    extra
        Further headers.
    attached
        Whether a picture is attached.
    """

    ident: int
    at: int
    sender: Address
    to: tuple[Address, ...]
    subject: str
    body: str
    thread: int
    cc: tuple[Address, ...] = ()
    replies: int = -1
    labels: str = "Inbox,Opened"
    extra: tuple[tuple[str, str], ...] = ()
    attached: bool = False


def mail_name(first: str, last: str, style: int) -> str:
    """Write a name as its bearer's mail program does.

    Examples
    --------
    >>> [mail_name("Zora", "Inkby", style) for style in (0, 5, 7, 8, 9)]
    ['Zora Inkby', 'Inkby, Zora', 'Z. Inkby', 'Zora', '']
    """
    full = f"{first} {last}".strip()
    if style < 5 or not plain(first[:1]) or not last:
        return full
    return {5: f"{last}, {first}", 6: f"{last}, {first}", 7: f"{first[0]}. {last}", 8: first}.get(
        style, ""
    )


def encoded(text: str) -> str:
    """Write a header as it is, or as encoded words where it is not plain.

    Examples
    --------
    >>> encoded("Tuesday"), encoded("Grüße")
    ('Tuesday', '=?UTF-8?B?R3LDvMOfZQ==?=')
    """
    if text.isascii():
        return text
    words, start = [], 0
    while start < len(text):
        end = start + 1
        while end < len(text) and len(text[start : end + 1].encode()) <= _CHUNK:
            end += 1
        words.append(f"=?UTF-8?B?{base64.b64encode(text[start:end].encode()).decode()}?=")
        start = end
    return "\n ".join(words)


def _written(address: Address) -> str:
    if not address.name:
        return address.mail
    if not address.name.isascii():
        return f"{encoded(address.name)} <{address.mail}>"
    quoted = any(letter in _SPECIAL for letter in address.name)
    name = f'"{address.name}"' if quoted else address.name
    return f"{name} <{address.mail}>"


def _from_line(letter: Letter) -> str:
    when = dt.datetime.fromtimestamp(letter.at, dt.UTC)
    day = f"{_DAYS[when.weekday()]} {MONTHS[when.month - 1]} {when:%d %H:%M:%S} +0000 {when.year}"
    return f"From {_gmail_id(letter.ident)}@xxx {day}\n"


def _gmail_id(number: int) -> int:
    return 1_790_000_000_000_000_000 + 104_729 * number


def _message_id(number: int, letter: Letter) -> str:
    return f"<ink-{number:07d}.quill@{letter.sender.mail.rpartition('@')[2]}>"


def _headers(letter: Letter, parent: Letter | None, to_owner: str) -> list[str]:
    lines = [f"X-GM-THRID: {_gmail_id(letter.thread)}", f"X-Gmail-Labels: {encoded(letter.labels)}"]
    if to_owner:
        lines.append(f"Delivered-To: {to_owner}")
    lines += [f"{name}: {value}" for name, value in letter.extra]
    lines.append(f"Date: {format_datetime(dt.datetime.fromtimestamp(letter.at, HOME))}")
    lines.append(f"Message-ID: {_message_id(letter.ident, letter)}")
    if parent is not None:
        known = _message_id(parent.ident, parent)
        lines += [f"In-Reply-To: {known}", f"References: {known}"]
    lines += [f"Subject: {encoded(letter.subject)}", f"From: {_written(letter.sender)}"]
    lines.append("To: " + ",\n ".join(map(_written, letter.to)))
    if letter.cc:
        lines.append("Cc: " + ",\n ".join(map(_written, letter.cc)))
    return lines


def _body(letter: Letter) -> list[str]:
    text = letter.body.replace("\nFrom ", "\n>From ")
    plain_part = ["Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"]
    if not letter.attached:
        return [*plain_part, "", text, ""]
    edge = f"=_quill_{letter.ident:07d}"
    picture = ["Content-Type: image/png", "Content-Transfer-Encoding: base64", "", DOT]
    parts = [f"--{edge}", *plain_part, "", text, f"--{edge}", *picture, f"--{edge}--", ""]
    return [f'Content-Type: multipart/mixed; boundary="{edge}"', "", *parts]


def rendered(letter: Letter, parent: Letter | None, to_owner: str) -> bytes:
    r"""Write a mail with its From line and the blank line after it.

    Parameters
    ----------
    letter
        The mail.
    parent
        The one that it answers.
    to_owner
        The address at which it was received, empty for what the owner wrote.

    Examples
    --------
    >>> ink = Address("Zora Inkby", "zora@post.example")
    >>> rendered(Letter(1, 1_700_000_000, ink, (ink,), "Hi", "Hi!", 1), None, "").splitlines()[0]
    b'From 1790000000000104729@xxx Tue Nov 14 22:13:20 +0000 2023'
    """
    lines = [*_headers(letter, parent, to_owner), "MIME-Version: 1.0", *_body(letter)]
    ends = "\r\n" if letter.ident % 3 == 0 else "\n"
    text = "\n".join(lines).replace("\n", ends) + ends
    return _from_line(letter).encode() + text.encode()


def mailbox(letters: list[Letter], own: frozenset[str]) -> list[bytes]:
    """Write the mails, each answer with the ids of what it answers.

    Parameters
    ----------
    letters
        The mails, in the order of the file.
    own
        The owner's addresses.
    """
    known = {letter.ident: letter for letter in letters}
    found = []
    for letter in letters:
        mine = letter.sender.mail in own
        reached = [each.mail for each in (*letter.to, *letter.cc) if each.mail in own]
        to_owner = "" if mine else (reached or sorted(own, key=len))[0]
        found.append(rendered(letter, known.get(letter.replies), to_owner))
    return found
