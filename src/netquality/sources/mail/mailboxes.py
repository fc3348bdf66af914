"""Lists of addresses as mail programs really write them, and the account behind an address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.addresses import mail_of, squashed
from netquality.sources.mail.fields import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Mailbox", "canonical", "mailboxes", "personal"]

# Quoted parts and comments are bounded, or a long field without an end would be read ever anew.
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.){0,255}"'
    r"|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.){0,99}\)){0,255}\)"
    r"|<[^<>]*>"
    r"|=\?[^?]*\?[bBqQ]\?[^?]*\?="
    r'|[,;:]|[^",;:<>()=]+|.',
    re.DOTALL,
)
_SCHEME = re.compile(r"(?i)^(?:mailto|smtp):")
# Public archives write addresses so that they are not harvested.
_SPELLED = re.compile(r"^(\S+)(?: +at +|\(a(?:t)?\)|\[at\])(\S+\.\S+)$")
_WHOLE = re.compile(r"\S@\S| at \S+\.\S|\(at?\)\S|\[at\]\S")
_QUOTED = re.compile(r"\\(.)")
_VIA = re.compile(r"(?i)\bvia\b")
_GMAIL = frozenset({"gmail.com", "googlemail.com"})
_SHORT, _LONGEST, _LONGEST_NAME = 1 << 10, 320, 200


class Mailbox(NamedTuple):
    """An address in the form that stands for its account, as it is written, and a name.

    Examples
    --------
    >>> mailboxes("Zora <Zora+ink@Quill.example>")[0]
    Mailbox(address='zora@quill.example', written='Zora+ink@Quill.example', name='Zora')
    """

    address: str
    written: str
    name: str


def canonical(address: str) -> str | None:
    """Return the address that stands for an account: no tag, at Gmail no dots; None if none.

    Examples
    --------
    >>> canonical("Zora+ink@Quill.example"), canonical("zora.quill@gmail.com")
    ('zora@quill.example', 'zoraquill@gmail.com')
    >>> canonical("+44@sms.example"), canonical("zora") is None
    ('+44@sms.example', True)
    """
    found = mail_of(address) if len(address) <= _LONGEST else None
    if found is None or found.partition("@")[0].endswith("..."):
        return None
    local, _, domain = found.rpartition("@")
    bare = local.partition("+")[0] or local
    if domain in _GMAIL:
        bare = bare.replace(".", "") or bare
    return f"{bare}@{domain}"


def personal(name: str) -> str:
    """Return a display name if it names the address's bearer, empty if a list has put it there.

    Examples
    --------
    >>> personal("Zora Quillfeather"), personal("'Zora Quillfeather' via Ink list")
    ('Zora Quillfeather', '')
    """
    parts = _VIA.split(name, maxsplit=1)
    return "" if len(parts) > 1 and parts[0].strip() and parts[1].strip() else name


def mailboxes(text: str) -> tuple[Mailbox, ...]:
    """Return the addresses of a field, whoever wrote it; what holds no address is left out.

    Unquoted commas in names, groups, comments, semicolons between addresses and names in encoded
    words are read; so is a field that is one encoded word as a whole.

    Parameters
    ----------
    text
        A field, unfolded, its encoded words as they stand.

    Examples
    --------
    >>> [box[1:] for box in mailboxes("Fenwick, Odo, PhD <odo@fen.example>; zora@quill.example")]
    [('odo@fen.example', 'Fenwick, Odo, PhD'), ('zora@quill.example', '')]
    >>> mailboxes("undisclosed-recipients:;")
    ()
    """
    return _kept(text) if len(text) < _SHORT else _read(text)


@lru_cache(1 << 14)
def _kept(text: str) -> tuple[Mailbox, ...]:
    return _read(text)


def _read(text: str) -> tuple[Mailbox, ...]:
    found = tuple(_boxes(text))
    if not found and "=?" in text and "@" not in text:
        return tuple(_boxes(decoded(text)))
    return found


def _boxes(text: str) -> Iterator[Mailbox]:
    spell = "@" not in text
    for phrase, comment, address in _entries(text):
        bare = address or phrase.strip(" ,;")
        written = _SCHEME.sub("", bare.strip().strip("<>").strip(), count=1)
        if spell and len(written) <= _LONGEST:
            written = _SPELLED.sub(r"\1@\2", written)
        written = written.replace(" ", "") if address else written
        known = canonical(written)
        if known is not None:
            yield Mailbox(known, written, _name(phrase if address else comment, written))


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield phrase, comment and the part in angles of every entry, separators set aside.

    A comma ends an entry only if there is an address before it.
    """
    phrase, comment, angle = "", "", ""
    for piece in _TOKEN.findall(text):
        if piece == ":" and not _is_scheme(phrase):
            phrase, comment = "", ""
        elif piece in (",", ";") and (angle or _is_whole(phrase + comment) or piece == ";"):
            yield phrase, comment, angle
            phrase, comment, angle = "", "", ""
        elif piece[0] == "<" and len(piece) > 1:
            if "@" in angle:
                yield phrase, comment, angle
                phrase, comment = "", ""
            angle = piece[1:-1]
        elif piece[0] == "(" and len(piece) > 1 and not (phrase and piece in ("(a)", "(at)")):
            comment += " " + piece[1:-1]
        elif "@" in angle and piece.strip():
            yield phrase, comment, angle
            phrase, comment, angle = piece, "", ""
        else:
            phrase += piece
    yield phrase, comment, angle


def _is_scheme(phrase: str) -> bool:
    return phrase.strip().casefold() in ("mailto", "smtp")


def _is_whole(phrase: str) -> bool:
    return _WHOLE.search(phrase) is not None


def _name(phrase: str, written: str) -> str:
    text = phrase.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1]
    text = decoded(_QUOTED.sub(r"\1", text))
    text = squashed(text.replace('"', "")).strip(" ,;").strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1].strip()
    return "" if text.casefold() == written.casefold() else text[:_LONGEST_NAME]
