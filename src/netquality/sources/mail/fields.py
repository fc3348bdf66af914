"""Header lines as text: the few fields that are asked for, decoded whatever they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from functools import lru_cache

__all__ = ["WANTED", "Fields", "decoded", "read_fields"]

WANTED = frozenset(
    """
    from sender reply-to x-original-from to cc bcc date received message-id in-reply-to references
    subject delivered-to x-original-to x-delivered-to envelope-to list-id list-post
    list-unsubscribe precedence auto-submitted x-auto-response-suppress x-autoreply x-autorespond
    feedback-id return-path content-type content-class x-gm-thrid x-gmail-labels x-mozilla-keys
    """.split()  # noqa: SIM905 - a list of thirty names reads better as prose
)
_SEVERAL = frozenset({"to", "cc", "bcc"})
# The longest first, because the first that fits is taken.
_NAMES = "|".join(sorted(map(re.escape, WANTED), key=len, reverse=True)).encode()
_FIELD = re.compile(rb"(?mi)^(" + _NAMES + rb")[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_WORD = re.compile(r"=\?[^?]*\?[bBqQ]\?[^?]*\?=")
_BLANKS = re.compile(r"(?:(?<![ \t])[ \t]+)?\r?\n[ \t]*")


@dataclass(frozen=True)
class Fields:
    """Some fields of a mail's header, by name in lower case.

    Examples
    --------
    >>> fields = Fields({"to": ["odo@fen.example", "juniper@vale.example"]})
    >>> fields.first("to"), fields.first("cc"), fields.all("to")[1], "cc" in fields
    ('odo@fen.example', '', 'juniper@vale.example', False)
    """

    texts: dict[str, list[str]]

    def first(self, name: str) -> str:
        """Return the topmost field of that name, empty if there is none."""
        return self.texts.get(name, [""])[0]

    def all(self, name: str) -> list[str]:
        """Return all fields of that name, from the top."""
        return self.texts.get(name, [])

    def __contains__(self, name: str) -> bool:
        return name in self.texts


def read_fields(block: bytes) -> Fields:
    r"""Return the fields that are asked for, unfolded, encoded words as they stand.

    Parameters
    ----------
    block
        The header lines of one mail.

    Examples
    --------
    >>> read_fields(b"Subject: a\r\n long\r\n one\r\nX-Ink: 7\r\nTO : odo@fen.example\r\n").texts
    {'subject': ['a long one'], 'to': ['odo@fen.example']}
    """
    texts: dict[str, list[str]] = {}
    for written, value in _FIELD.findall(block):
        name = written.decode().lower()
        if name not in texts:
            texts[name] = [_text(value)]
        elif name in _SEVERAL:
            texts[name].append(_text(value))
    return Fields(texts)


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    text = text.strip()
    # Nearly all fields are one printable line, which is told fast.
    return text if text.isprintable() else _CONTROL.sub(" ", _BLANKS.sub(" ", text)).strip()


def decoded(text: str) -> str:
    """Return a text with its encoded words read, each in its charset or else as Latin-1.

    Examples
    --------
    >>> decoded("=?utf-8?Q?Zo=C3=AB?= =?x-no-such?Q?_Quill?="), decoded("=?utf-8?B?w?=")
    ('Zoë Quill', '=?utf-8?B?w?=')
    """
    return _decoded(text) if "=?" in text else text


@lru_cache(1 << 12)
def _decoded(text: str) -> str:
    read = _words(text)
    if read is None:
        # One broken word must not keep the others from being read.
        read = _WORD.sub(lambda word: _words(word.group()) or word.group(), text)
    return _CONTROL.sub(" ", read).strip()


def _words(text: str) -> str | None:
    try:
        return "".join(_part(part, charset) for part, charset in decode_header(text))
    except (HeaderParseError, ValueError):
        return None


def _part(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    if charset is None:
        # What stands between encoded words was text already, and is given back in this form.
        return _sound(part.decode("raw-unicode-escape", "replace"))
    for name in (charset.partition("*")[0], "utf-8"):
        try:
            return _sound(part.decode(name))
        except (LookupError, ValueError):
            continue
    return part.decode("latin-1")


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
