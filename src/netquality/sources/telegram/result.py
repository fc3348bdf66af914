"""Telegram Desktop's machine-readable export: everything, or one chat."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from netquality.errors import BadInput
from netquality.sources.dates import zone_named
from netquality.sources.diary import Diary
from netquality.sources.ledger import Ledger
from netquality.sources.parties import Parties
from netquality.sources.telegram.desk import Desk
from netquality.sources.telegram.folk import Folk
from netquality.sources.telegram.kinds import chat_of
from netquality.sources.telegram.owner import Owner, owner_of
from netquality.sources.telegram.pull import Broken, events_of
from netquality.sources.telegram.walk import walk

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options
    from netquality.sources.streams import Stream
    from netquality.sources.telegram.chats import Chat
    from netquality.sources.telegram.kinds import Unread

__all__ = ["looks_like_telegram", "looks_like_telegram_page", "read_telegram"]

_ACCEPTED = "result.json of Telegram Desktop, of everything or of one chat."
_TODO = (
    'In Telegram Desktop choose "Export chat history" or Settings, Advanced, "Export Telegram '
    'data", and there "Machine-readable JSON".'
)
_FULL = re.compile(
    rb'"personal_information"\s*:\s*\{\s*"user_id"|'
    rb'"(?:contacts|frequent_contacts|chats|left_chats)"\s*:\s*\{\s*"(?:about|list)"'
)
_ALONE = re.compile(
    rb'"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|replies|verification_codes|'
    rb'private_group|(?:private|public)_(?:supergroup|channel))"'
)
_FOLDER = re.compile(r"(?:Data|Chat)Export_(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)_(\d\d)_(\d{4}))")


def looks_like_telegram(name: str, head: bytes) -> bool:  # noqa: ARG001
    r"""Say whether a file is Telegram's JSON, by its beginning; its name does not matter.

    Parameters
    ----------
    head
        First bytes of the file; some ten thousand are enough.

    Examples
    --------
    >>> looks_like_telegram("a.json", b'{\n "name": "Zora",\n "type": "personal_chat",\n "id": 7,')
    True
    >>> looks_like_telegram("a.json", b'[{"type": "message"}]')
    False
    """
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"{"):
        return False
    alone = b'"messages"' in text or len(text) < 512
    return bool(_FULL.search(text) or (alone and _ALONE.search(text)))


def looks_like_telegram_page(name: str, head: bytes) -> bool:  # noqa: ARG001
    """Say whether a file is a page of Telegram's other export, the one for reading by eye.

    Examples
    --------
    >>> page = b'<!DOCTYPE html><html><title>Exported Data</title><div class="page_wrap">'
    >>> looks_like_telegram_page("messages.html", page)
    True
    """
    text = head.lstrip()[:15].lower()
    return text.startswith((b"<!doctype html", b"<html")) and (
        b"Exported Data" in head and b"page_wrap" in head
    )


def read_telegram(member: Member, bundle: Bundle, options: Options) -> Tables:
    """Read a result.json: messages, calls, reactions and the address book.

    A record is a message, in the order of the file over all chats. Chats with bots, channels and
    one's own notes are counted and refused. Without a known owner (the export of one group) the
    file shows a whole group.

    Parameters
    ----------
    options
        ``timezone`` for old exports, whose stamps state none; ``ego`` and ``aliases`` find the
        owner among those who wrote, where the file names no owner.

    Returns
    -------
    Tables
        One source of the format ``telegram/result``.

    Raises
    ------
    BadInput
        When the file holds no message that could be read, or is the HTML export.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> said = '{"id": 1, "type": "message", "date_unixtime": "1700000000", "from": "Odo Fenwick",'
    >>> said += '"from_id": "user7", "text": "See you at the ink fair?"}'
    >>> text = '{"type": "personal_chat", "id": 7, "messages": [' + said + "]}"
    >>> member = Member("result.json", text.encode)
    >>> tables = read_telegram(member, Bundle("result.json", None, (member,), True), Options())
    >>> tables.events[["kind", "channel", "role"]].iloc[0].tolist()
    ['message', 'chat', 'to']
    """
    if looks_like_telegram_page(member.name, member.head()):
        raise BadInput(f"{member.name} is Telegram's HTML export.", accepted=_ACCEPTED, todo=_TODO)
    exported = bundle.exported if bundle.exported is not None else _exported(bundle, member)
    book = Ledger(member.name, bundle.name, "telegram/result", exported=exported)
    zone = zone_named(options.timezone) if options.timezone else None
    with member.stream() as stream:
        owner = owner_of(stream, options.mine)
    desk = Desk(book, *_people(options), zone=zone, shifted=bool(owner.shifted))
    _own(desk, owner, options)
    with member.stream(options.progress) as stream:
        broken = _read(desk, stream)
        book.seal(stream.digest())
    if broken and not book.read:
        raise BadInput(
            f"{member.name} is damaged before its first message.", accepted=_ACCEPTED, todo=_TODO
        )
    return _closed(desk, broken, options)


def _people(options: Options) -> tuple[Folk, Diary]:
    parties = Parties(options.region)
    return Folk(parties), Diary(parties)


def _exported(bundle: Bundle, member: Member) -> int | None:
    """Return the day of the export, which is in the name of its folder."""
    found = _FOLDER.search(f"{bundle.name}/{member.name}")
    if not found:
        return None
    year, month, day = (int(part) for part in (found[1] or found[6], *_month_day(found)))
    try:
        return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return None


def _month_day(found: re.Match[str]) -> tuple[str, str]:
    return (found[2], found[3]) if found[1] else (found[5], found[4])


def _own(desk: Desk, owner: Owner, options: Options) -> None:
    """Enter the owner; where only a chat of two shows who that is, the user's word counts too."""
    parties = desk.folk.parties
    desk.owner_id = owner.ident
    if owner.fields is not None:
        desk.owner = desk.folk.owner(owner.fields)
    elif owner.ident is not None:
        desk.folk.human(owner.ident)
        desk.owner = desk.folk.peer(owner.ident, None)
        if options.ego and owner.partner not in options.mine:
            parties.join(desk.owner, parties.owner(options.ego))
    if desk.owner is None and owner.personal:
        desk.owner = parties.owner(options.ego)


def _read(desk: Desk, stream: Stream) -> bool:
    """Read the items of a file; say whether it broke off."""
    chat: Chat | Unread | None = None
    broken = False
    try:
        for word, value in walk(events_of(stream)):
            if word == "message" and chat is not None:
                desk.book.read += 1
                chat.take(value, desk.book.read)
            elif word == "contact":
                desk.folk.contact(value)
            elif word == "chat":
                chat = chat_of(desk, value)
            elif word == "end" and chat is not None:
                chat.end()
                chat = None
    except Broken:
        broken = True
        if chat is not None:
            chat.end()
    return broken


def _closed(desk: Desk, broken: bool, options: Options) -> Tables:
    desk.folk.settle()
    contacts = desk.folk.relate(desk.book, desk.owner)
    zone = "UTC (given)"
    if desk.unzoned:
        zone = f"{options.timezone} (given)" if options.timezone else "UTC (assumed)"
    return desk.diary.close(
        desk.book,
        owner=desk.owner,
        zone=zone,
        rules=_rules(desk, broken, contacts),
        kept=desk.kept,
        shows=("message", "call") if desk.calls else ("message",),
    )


def _rules(desk: Desk, broken: bool, contacts: int) -> list[str]:
    rules = []
    if broken:
        rules.append(f"the file breaks off after message {desk.book.read:,}, the rest is lost")
    if desk.unzoned:
        rules.append(f"{desk.unzoned:,} stamps state no zone")
    if contacts:
        rules.append(f"{contacts:,} people in the address book")
    return rules
