"""What an author sent: words, media, something deleted, or a call."""

from __future__ import annotations

import re
from typing import NamedTuple

from netquality.sources.whatsapp.calls import STARTS, call_of
from netquality.sources.whatsapp.words import (
    ATTACHED,
    DELETED,
    DELETED_BY_OWNER,
    OMITTED,
    POLLS,
    UNSEEN,
    folded,
    unedited,
)

__all__ = ["LRM", "Body", "body_of", "is_deleted_by_owner", "is_written_by_app"]

LRM = "\u200e"
_LONGEST = 160
# Most messages begin with none of the app's words and need not be looked at.
_FIRST = frozenset(
    {
        *(f"<{phrase[:2]}" for phrase in OMITTED),
        *(phrase[:3] for phrase in OMITTED | DELETED | UNSEEN | POLLS),
        *STARTS,
    }
)
_OWN = frozenset(phrase[:3] for phrase in DELETED_BY_OWNER)
_FILE = re.compile(
    r"(?:^|\s|\u200e)<[^<>:\n]{2,24}[ \u00a0]?: ?[^<>\n]+\.\w{1,8}>\s*$", re.IGNORECASE
)
_NAMED_FILE = re.compile(r"[^\n]*\.\w{1,8}[ \u00a0]\(([^()\n]{4,60})\)")
_PLACE = re.compile(
    r"[^\n:]{0,120}:?\s*https?://(?:maps\.google\.com/\?q=|(?:www\.)?foursquare\.com/v/)\S+\s*",
    re.IGNORECASE,
)
_POLL = re.compile(r"\u200e?([^\W\d_]{4,12}):")
_OPTION, _VOTES = re.compile(r"\n\u200e?[^\W\d_]{4,9}: "), re.compile(r"\u200e?\d+ \w+\)")


class Body(NamedTuple):
    """What was sent; `text` is None where the export does not show words."""

    kind: str
    text: str | None = None
    channel: str = "chat"
    seconds: int | None = None
    answer: str | None = None


def body_of(text: str) -> Body:
    r"""Say what a message is.

    Parameters
    ----------
    text
        All its lines; a mark before the first (iPhone) says that the app wrote it, so that
        "Video call" without one, and without more, is somebody's own words.

    Returns
    -------
    Body
        ``text``, ``media``, ``deleted``, ``unseen`` (sent, but nothing of it shown) or ``call``.

    Examples
    --------
    >>> body_of("black ink <This message was edited>").text
    'black ink'
    >>> body_of("IMG-1.jpg (file attached)\na fern").text, body_of("<Media omitted>").kind
    ('a fern', 'media')
    >>> body_of("Voice call, 5 min").seconds, body_of("Missed video call").answer
    (300, 'missed')
    """
    text = unedited(text) if ">" in text else text
    own = text.startswith(LRM)
    if (own or _may_be_of_app(text)) and (found := _short(text, strict=not own)):
        return found
    if (">" in text and _FILE.search(text)) or (")" in text and _is_named_file(text)):
        return Body("media", _caption(text))
    if (text[:1] == "<" or LRM in text) and (found := _captioned(text)):
        return found
    if "http" in text and _PLACE.fullmatch(text):
        return Body("media")
    return Body("text", _bare(text))


def is_written_by_app(text: str) -> bool:
    """Say whether a line is, word for word, what the app writes in place of a message.

    Examples
    --------
    >>> is_written_by_app("<Media omitted>"), is_written_by_app("an image was omitted")
    (True, False)
    """
    if len(text) > _LONGEST or not (text.startswith(LRM) or _may_be_of_app(text)):
        return False
    plain = folded(text).casefold()
    return bool(plain) and (plain.strip("<>") in OMITTED or plain in DELETED)


def is_deleted_by_owner(text: str) -> bool:
    """Say whether a message was deleted by whoever made the export: only they are called "you".

    Examples
    --------
    >>> is_deleted_by_owner("Du hast diese Nachricht gelöscht."), is_deleted_by_owner("You left")
    (True, False)
    """
    start = text[:8].lstrip(LRM).casefold()[:3]
    return start in _OWN and folded(text[:_LONGEST]).casefold() in DELETED_BY_OWNER


def _may_be_of_app(text: str) -> bool:
    return text[:3].casefold() in _FIRST or len(text) < 3


def _bare(text: str) -> str:
    # Mentions stand between marks that nobody typed.
    return text if text.isascii() else text.lstrip(LRM).replace("\u2068", "").replace("\u2069", "")


def _short(text: str, *, strict: bool) -> Body | None:
    if ":" in text and _is_poll(text):
        return Body("media")
    if len(text) > _LONGEST:
        return None
    plain = folded(text)
    folding = plain.casefold()
    if folding.strip("<>") in OMITTED:
        return Body("media")
    if folding in DELETED:
        return Body("deleted")
    return Body("unseen") if folding in UNSEEN else _call(plain, strict=strict)


def _call(plain: str, *, strict: bool) -> Body | None:
    call = call_of(plain, strict=strict)
    if call is None:
        return None
    # An answered call is known by its length; where none is written, the answer says it.
    answer = "missed" if call.missed else "accepted" if call.seconds is None else None
    return Body("call", None, call.channel, call.seconds, answer)


def _is_poll(text: str) -> bool:
    """Say whether a text begins as a poll does, has an option, and ends with the votes for one."""
    found = _POLL.match(text)
    if found is None or not found[1].isupper():
        return False
    before, _, votes = text.rstrip().rpartition("(")
    return bool(_VOTES.fullmatch(votes) and _OPTION.search(before, found.end()))


def _is_named_file(text: str) -> bool:
    first = text.partition("\n")[0]
    found = _NAMED_FILE.fullmatch(first) if first.endswith(")") else None
    return found is not None and folded(found[1]).casefold() in ATTACHED


def _caption(text: str) -> str | None:
    """Return the words beside a file: before the name on an iPhone, below it on Android."""
    if _is_named_file(text):
        return text.partition("\n")[2].strip() or None
    before = _FILE.sub("", text).strip(f" \n{LRM}")
    # "Quill.pdf • 2 pages" is the file's own name.
    return None if not before or "•" in before else before


def _captioned(text: str) -> Body | None:
    """Read words beside media that were left out: below on Android, before a mark on an iPhone."""
    first, _, below = text.partition("\n")
    if is_written_by_app(first) and first.strip().startswith("<"):
        return Body("media", below.strip() or None)
    before, mark, last = text.rpartition(LRM)
    if mark and before.strip(LRM) and folded(last).casefold().strip("<>") in OMITTED:
        return Body("media", before.strip(f" \n{LRM}") or None)
    return None
