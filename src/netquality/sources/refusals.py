"""Files that hold what is asked for in a form that is not read: what they are, and the way out."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

__all__ = ["HTML", "MEDIA", "Refusal", "refusal"]

# Pictures, recordings and documents of a chat or a mailbox: never opened, only counted.
MEDIA = frozenset(
    """
    .3gp .aac .amr .apk .avi .bmp .doc .docx .flac .gif .heic .heif .jpeg .jpg .m4a .mkv .mov .mp3
    .mp4 .mpeg .oga .ogg .opus .pdf .png .ppt .pptx .svg .thumb .tgs .tif .tiff .wav .wma .wmv
    .webm .webp
    """.split()  # noqa: SIM905 - a list of forty endings reads better as prose
)


class Refusal(NamedTuple):
    """What a file is, and how to get the same in a form that is read."""

    found: str
    todo: str


_PST = Refusal(
    "an Outlook data file (PST, OST)",
    "In Thunderbird import it and export its folders as mbox, or run 'readpst -o folder FILE', and"
    " pass the mbox files.",
)
_MSG = Refusal("an Outlook message (MSG)", "Save it as .eml, or move the mails to Thunderbird.")
_OLM = Refusal(
    "an archive of Outlook for Mac (OLM)", "Import it into Apple Mail and export as mbox."
)
_SEALED = Refusal(
    "an encrypted WhatsApp backup",
    "In WhatsApp open the chat, then More, Export chat, Without media, and pass the text file.",
)
_SQLITE = Refusal(
    "a database (SQLite), as phones keep their calls and chats in",
    "Export instead: calls with an app such as SMS Backup & Restore, chats with Export chat; or a"
    " table with sender, recipient and time as CSV.",
)
_TELEGRAM_HTML = Refusal(
    "a Telegram export as web pages",
    "Export again in Telegram Desktop: Export chat history, Format: Machine-readable JSON.",
)
HTML = Refusal(
    "a web page",
    "Ask for the same export as JSON, mbox, CSV or iCalendar; an expired download link gives a"
    " web page too.",
)
_META = Refusal(
    "a Facebook or Instagram export",
    "It is not read yet: a table with sender, recipient and time as CSV is.",
)
_X = Refusal(
    "an archive of X (Twitter)",
    "It is not read yet: a table with sender, recipient and time as CSV is.",
)
_PACKED = Refusal("a packed archive (tar, RAR, 7z)", "Unpack it and pass the folder.")

_BY_MAGIC = (
    (b"!BDN", _PST),
    (b"SQLite format 3\x00", _SQLITE),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"window.YTD.", _X),
)
_BY_ENDING = (
    ((".pst", ".ost"), _PST),
    ((".msg",), _MSG),
    ((".olm",), _OLM),
    ((".crypt", ".crypt7", ".crypt8", ".crypt12", ".crypt14", ".crypt15"), _SEALED),
    ((".tgz", ".tar", ".rar", ".7z"), _PACKED),
    ((".storedata", ".sqlite", ".sqlitedb"), _SQLITE),
)
_TAR_AT, _TAR = 257, b"ustar"


def refusal(name: str, head: bytes) -> Refusal | None:
    """Return why a file is not read and what to do instead, None where nothing is known against it.

    Parameters
    ----------
    name
        The file's name.
    head
        Its first bytes.

    Examples
    --------
    >>> refusal("archive.pst", b"!BDN").found
    'an Outlook data file (PST, OST)'
    >>> refusal("mail.mbox", b"From zora@quill.example Mon Mar  4 11:20:34 2024") is None
    True
    """
    for magic, found in _BY_MAGIC:
        if head.startswith(magic):
            return found
    ending = PurePosixPath(name.casefold().removesuffix(".gz")).suffix
    for endings, found in _BY_ENDING:
        if ending in endings:
            return found
    if head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return _PACKED
    return _by_text(head)


def _by_text(head: bytes) -> Refusal | None:
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        telegram = b"telegram" in head.lower() or b"tgme" in head
        return _TELEGRAM_HTML if telegram else HTML
    if start.startswith(b"{") and b'"participants"' in start and b"sender_name" in head:
        return _META
    return None
