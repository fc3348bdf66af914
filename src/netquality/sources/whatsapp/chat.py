"""A WhatsApp chat as the app exports it: a text file in the phone's language and layout."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from netquality.errors import Ambiguous, BadInput
from netquality.sources.diary import Diary
from netquality.sources.ledger import Ledger
from netquality.sources.whatsapp.cast import SMALL, Cast
from netquality.sources.whatsapp.clock import Clock
from netquality.sources.whatsapp.entries import Names, split
from netquality.sources.whatsapp.lines import coding_of, lines_of
from netquality.sources.whatsapp.messages import Scribe, heads_of
from netquality.sources.whatsapp.notices import is_encryption
from netquality.sources.whatsapp.order import order_of
from netquality.sources.whatsapp.stamps import header_of
from netquality.sources.whatsapp.survey import Survey, survey_of
from netquality.sources.whatsapp.titles import is_own_name, title_of

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["looks_like_whatsapp", "read_whatsapp"]

FORMAT = "whatsapp/chat"
_ACCEPTED = "a chat exported by WhatsApp: a .txt file, or the ZIP that it came in."
_SEVERAL = 3
_SUFFIXES = frozenset({"", ".txt", ".text"})
# What programs write where a chat names an author.
_LEVELS = frozenset(
    {"debug", "info", "notice", "warn", "warning", "error", "critical", "fatal", "trace", "alert"}
)
_LIMIT, _LIMIT_MEDIA = 40_000, 10_000


def looks_like_whatsapp(name: str, head: bytes) -> bool:
    r"""Say whether a file is a chat, by its name and its first bytes.

    Parameters
    ----------
    name
        Of the file; one that WhatsApp itself gives makes a single message enough.
    head
        Its beginning.

    Examples
    --------
    >>> looks_like_whatsapp("_chat.txt", b"[04/03/25, 14:05:09] Odo: ink")
    True
    >>> looks_like_whatsapp("app.txt", b"[2025-03-04 14:05:09] local.ERROR: ink\n" * 5)
    False
    """
    path = PurePosixPath(name.casefold().removesuffix(".gz"))
    if path.suffix not in _SUFFIXES and not is_own_name(name):
        return False
    text = head.decode(coding_of(head), errors="replace")
    found = [header for line in text.split("\n") if (header := header_of(line.rstrip("\r")))]
    if any(is_encryption(header.rest) and "whatsapp" in header.rest.casefold() for header in found):
        return True
    if is_own_name(name):
        return bool(found)
    authors = [parted[0] for header in found if (parted := split(header.rest, Names()))]
    people = [author for author in authors if not _is_program(author)]
    return len(people) >= _SEVERAL and 2 * len(people) > len(found)


def _is_program(author: str) -> bool:
    """Say whether an author is the level of a log's line, or a part of a program."""
    words = author.casefold().replace(".", " ").strip("[]<>").split()
    return not words or words[-1] in _LEVELS or words[0] in _LEVELS


def read_whatsapp(member: Member, bundle: Bundle, options: Options) -> Tables:
    r"""Read a chat into tables: a record is a message with all its lines.

    Parameters
    ----------
    member
        The text file.
    bundle
        What it came in; an iPhone's archive bears the chat's title.
    options
        ``ego`` and ``aliases`` as written in the chat, ``timezone`` of the phone,
        ``date_format`` where the file does not show which number is the day.

    Returns
    -------
    Tables
        Messages and calls with those whom they reached; what the app itself wrote is refused.

    Raises
    ------
    BadInput
        When there is no message in it, or nothing tells which of two people the owner is.
    Ambiguous
        When nothing tells the order of day and month.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> text = b"13/03/2025, 14:05 - Odo: ink?\n13/03/2025, 14:06 - Zora: quill!\n"
    >>> member = Member("WhatsApp Chat with Odo.txt", lambda: text)
    >>> tables = read_whatsapp(member, Bundle("chats", None, (member,)), Options())
    >>> tables.events[["kind", "role", "length"]].values.tolist()
    [['message', 'to', 4], ['message', 'to', 6]]
    """
    title = title_of(member, bundle)
    with member.stream(options.progress) as stream:
        survey = survey_of(lines_of(stream), _known(options), title)
    if not survey.count:
        raise BadInput(
            f"{member.name} holds no message.", accepted=_ACCEPTED, todo="Export the chat again."
        )
    cast = Cast(survey, title, options, member.name)
    order, told = _order(survey, member, options)
    clock = Clock(options.timezone)
    book = Ledger(member.name, bundle.name, FORMAT, exported=bundle.exported)
    scribe = Scribe(cast, order, clock, book, Diary(cast.people))
    with member.stream(options.progress) as stream:
        for row, (header, below) in enumerate(heads_of(lines_of(stream), survey.layout), 1):
            book.read += 1
            scribe.write(row, header, below)
        book.seal(stream.digest())
    rules = [told, *_of_people(cast), *_of_lines(survey), *_of_counts(scribe, book.read)]
    return scribe.diary.close(book, owner=cast.owner, zone=clock.zone, rules=rules)


def _order(survey: Survey, member: Member, options: Options) -> tuple[str, str]:
    dates = [triple for _, triple in survey.dates]
    try:
        return order_of(dates, options.date_format, options.other_chats)
    except Ambiguous as error:
        found = str(error.found).replace("The chat", member.name, 1)
        raise Ambiguous(found, accepted=error.accepted, todo=error.todo) from None


def _known(options: Options) -> list[str]:
    said = (options.ego, *options.aliases)
    return [name for name in said if name]


def _of_people(cast: Cast) -> list[str]:
    said = [f"you are told {cast.told}"] if cast.told else []
    if cast.owner is None:
        said.append(
            "whose chat it is cannot be told, so it is read as a whole group's: "
            "--ego NAME as written in it says who you are"
        )
    if cast.is_group and cast.endless:
        said.append("more messages than WhatsApp exports: they go to the group as a whole")
    elif cast.to_group:
        said.append(f"more than {SMALL} members or a list: messages go to the group as a whole")
    elif cast.is_group:
        said.append(f"group of {len(cast.members)}: messages go to each other member")
    return said


def _of_lines(survey: Survey) -> list[str]:
    said = []
    if survey.before:
        said.append(f"lines before the first message, not read: {survey.before:,}")
    if survey.foreign:
        said.append(f"lines inside messages that look like messages: {survey.foreign:,}")
    return said


def _of_counts(scribe: Scribe, read: int) -> list[str]:
    if read >= _LIMIT or (read == _LIMIT_MEDIA and scribe.counts["media"]):
        return [f"WhatsApp exports {_LIMIT:,} messages at most: older ones may be cut off"]
    return []
