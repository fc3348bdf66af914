"""One conversation of a Slack export: its messages, answers and reactions."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from netquality.sources.diary import Diary, To
from netquality.sources.ledger import Ledger
from netquality.sources.slack.layout import loaded
from netquality.sources.slack.markup import mentions, plain
from netquality.sources.slack.people import Circle, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.schema import Tables
    from netquality.sources.files import Bundle
    from netquality.sources.ledger import Options
    from netquality.sources.slack.layout import Conversation
    from netquality.sources.slack.people import User

__all__ = ["SMALL", "read_conversation"]

SMALL = 8
# Who is one of more than so many that a message names is not meant in particular.
_NAMED = 20
# Reactions beyond so many, and beyond so many a message, are not read: no conversation has them.
_SIGNS, _SIGNS_EACH = 200_000, 5
_DAY = 86_400_000_000
_KEPT = frozenset({None, "thread_broadcast", "file_share", "me_message"})
_STAMP = re.compile(r"(\d{1,10})(?:\.(\d{1,6}))?")
_LAST = 4_102_444_800
_WORD = re.compile(r"[a-z_]{1,40}")


def read_conversation(
    place: Conversation,
    users: dict[str, User],
    bundle: Bundle,
    options: Options,
    exported: int | None = None,
) -> Tables:
    """Read the day files of one conversation as one source.

    A record is a message, counted over the files in the order of their days; a file that is no
    list counts as one. Times come from ``ts``, never from a file's name, whose days are not UTC.

    A post in a channel goes to the channel, and beside that to whom it mentions; an answer in a
    thread goes to the author of its first message, in one's own thread to whoever spoke there
    before. In direct messages it goes to the others, up to `SMALL` people. When somebody reacted
    no export states: a reaction is of the day of its message, no finer.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> from netquality.sources.slack.layout import Conversation
    >>> day = Member("D1/2026-11-20.json", lambda: b'[{"user": "U1", "ts": "1795132800.0001"}]')
    >>> place = Conversation("D1", "D1", "dm", "", ("U1", "U2"), (day,))
    >>> tables = read_conversation(place, {}, Bundle("a.zip", None, (day,)), Options())
    >>> tables.events[["event", "role"]].values.tolist()
    [['slack:D1:1795132800.0001', 'to']]
    """
    book = Ledger(place.folder, bundle.name, "slack/conversation", exported=exported)
    reader = _Reader(book, place, Circle(users, options.region))
    state = hashlib.blake2b(digest_size=16)
    if place.kind != "channel":
        reader.meet(_speakers(place))
    for member in place.files:
        content, file_hash = loaded(member, options.progress)
        state.update(file_hash)
        for message in content if isinstance(content, list) else [content]:
            book.read += 1
            reader.take(message)
    book.seal(state.digest())
    return reader.close()


def _speakers(place: Conversation) -> Iterator[str]:
    """Return all who are members of a conversation or wrote in it."""
    yield from place.members
    for member in place.files:
        content, _ = loaded(member)
        for message in content if isinstance(content, list) else ():
            user = message.get("user") if isinstance(message, dict) else None
            if isinstance(user, str) and _is_kept(message.get("subtype")):
                yield user


class _Reader:
    def __init__(self, book: Ledger, place: Conversation, circle: Circle) -> None:
        self._book, self._place, self._circle = book, place, circle
        self._diary = Diary(circle.parties)
        self._people: dict[str, None] = {}
        self._listed = frozenset(filter(circle.is_person, place.members))
        self._threads: dict[str, list[str]] = {}
        self._signs, self._cut = 0, False

    def meet(self, idents: Iterator[str]) -> None:
        """Take note of who belongs to the conversation."""
        self._people.update(dict.fromkeys(each for each in idents if self._circle.is_person(each)))

    def take(self, message: Any) -> None:
        """Read one message, or refuse it with a reason."""
        fault = self._fault(message)
        if fault is not None:
            self._book.reject([self._book.read], *fault)
            return
        user, stamp, at = message["user"], message["ts"], _time(message["ts"])
        assert at is not None
        profile = message.get("user_profile")
        profile = profile if isinstance(profile, dict) else {}
        sender = self._circle.user(user, named(profile, profile), self._book.read)
        text = message.get("text")
        text = text if isinstance(text, str) else ""
        thread = message.get("thread_ts")
        thread = thread if isinstance(thread, str) and _time(thread) is not None else None
        to, audience = self._to(message, user, text, thread)
        if not to:
            self._book.reject([self._book.read], "members", "nobody else, or only a program")
            return
        self._speak(user, thread or stamp)
        self._diary.write(
            self._book.read,
            kind="message",
            channel="chat",
            sender=sender,
            to=to,
            at=at,
            event=f"slack:{self._place.ident}:{stamp}",
            thread=self._thread(thread),
            audience=audience,
            text=plain(text),
        )
        self._sign(message, user, sender, at)

    def _fault(self, message: Any) -> tuple[str, str, list[Any]] | None:
        """Return field, reason and value where a message is none between people."""
        if not isinstance(message, dict):
            return "message", "not a message, or a damaged day file", [type(message).__name__]
        kind, subtype = message.get("type", "message"), message.get("subtype")
        user, at = message.get("user"), _time(message.get("ts"))
        if kind != "message":
            return "type", "not a message", [_short(kind)]
        if message.get("bot_id") or subtype == "bot_message":
            return "bot_id", "bot", [None]
        if not _is_kept(subtype):
            word = isinstance(subtype, str) and _WORD.fullmatch(subtype)
            return "subtype", f"subtype {subtype}" if word else "a subtype of another kind", [None]
        if not isinstance(user, str) or not user.isalnum():
            return "user", "no user", [_short(user)]
        if not self._circle.is_person(user):
            return "user", "bot", [None]
        if at is None:
            return "ts", "no time", [_short(message.get("ts"))]
        if self._book.exported is not None and at // _DAY > self._book.exported + 1:
            return "ts", "after the day of the export", [message["ts"]]
        return None

    def _to(
        self, message: dict[str, Any], user: str, text: str, thread: str | None
    ) -> tuple[list[To], int]:
        """Return whom a message is for and how many that are."""
        self._people[user] = None
        mentioned = [
            each for each in mentions(text) if each != user and self._circle.is_person(each)
        ]
        if len(mentioned) > _NAMED:
            mentioned = []
        if self._place.kind != "channel":
            return self._direct(user, mentioned)
        answered = self._answered(message, user, thread)
        to = {} if answered is None else {answered: "to"}
        for each in mentioned:
            to.setdefault(each, "mentioned")
        addressed = [To(self._circle.user(each), role) for each, role in to.items()]
        if answered is not None and message.get("subtype") != "thread_broadcast":
            return addressed, len(addressed)
        return [self._group(), *addressed], self._others(user)

    def _direct(self, user: str, mentioned: list[str]) -> tuple[list[To], int]:
        if len(self._people) > SMALL:  # the one who writes is among them
            addressed = [To(self._circle.user(each), "mentioned") for each in mentioned]
            return [self._group(), *addressed], self._others(user)
        others = [each for each in self._people if each != user]
        role = "to" if self._place.kind == "dm" else "member"
        spoken_to = {each: "mentioned" if each in mentioned else role for each in others}
        if self._place.kind == "dm":
            spoken_to = dict.fromkeys(others, role)
        to = [To(self._circle.user(each), what) for each, what in spoken_to.items()]
        return to, len(to)

    def _others(self, user: str) -> int:
        """Return how many others may read a post: the listed members, else who was seen so far."""
        people = self._listed or self._people
        return max(len(people) - (user in people), 1)

    def _answered(self, message: dict[str, Any], user: str, thread: str | None) -> str | None:
        """Return whom an answer in a thread is for."""
        if thread is None or thread == message["ts"]:
            return None
        parent = message.get("parent_user_id")
        speakers = self._threads.get(thread, [])
        first = parent if isinstance(parent, str) and parent else next(iter(speakers), None)
        before = [each for each in reversed(speakers) if each != user]
        for each in (first, *before):
            if each not in (None, user) and self._circle.is_person(str(each)):
                return str(each)
        return None

    def _speak(self, user: str, thread: str) -> None:
        """Remember the first speaker of a thread and the last two."""
        speakers = self._threads.setdefault(thread, [])
        if not speakers or speakers[-1] != user:
            speakers.append(user)
        del speakers[1:-2]

    def _group(self) -> To:
        return To(self._circle.group(self._place.ident, self._place.name), "member")

    def _thread(self, thread: str | None) -> str | None:
        whole = f"slack:{self._place.ident}"
        if thread is not None:
            return f"{whole}:{thread}"
        return None if self._place.kind == "channel" else whole

    def _sign(self, message: dict[str, Any], author: str, code: int, at: int) -> None:
        signs = message.get("reactions")
        for sign in signs if isinstance(signs, list) else ():
            name, users = (
                (sign.get("name"), sign.get("users")) if isinstance(sign, dict) else (0, 0)
            )
            for user in users if isinstance(users, list) else ():
                if isinstance(user, str) and user != author and self._circle.is_person(user):
                    if self._too_many():
                        return
                    self._people[user] = None
                    self._diary.write(
                        self._book.read,
                        kind="reaction",
                        channel="chat",
                        sender=self._circle.user(user, "", self._book.read),
                        to=[To(code)],
                        at=at,
                        precision="day",
                        event=f"slack:{self._place.ident}:{message['ts']}:reaction:{name}:{user}",
                        thread=self._thread(None),
                    )

    def _too_many(self) -> bool:
        """Count one more reaction, and say whether it is one too many."""
        self._signs += 1
        many = self._signs > max(_SIGNS, _SIGNS_EACH * self._book.read)
        self._cut |= many
        return many

    def close(self) -> Tables:
        """Close the book of the conversation; nobody owns what a workspace said."""
        cut = ["more reactions than a conversation can have: not all are read"]
        return self._diary.close(
            self._book, owner=None, rules=cut if self._cut else [], shows=("message", "reaction")
        )


def _is_kept(subtype: Any) -> bool:
    return subtype is None or (isinstance(subtype, str) and subtype in _KEPT)


def _short(value: Any) -> str | None:
    return value[:64] if isinstance(value, str) else type(value).__name__


def _time(stamp: Any) -> int | None:
    found = _STAMP.fullmatch(stamp) if isinstance(stamp, str) and stamp.isascii() else None
    if not found or not 0 < int(found[1]) < _LAST:
        return None
    return int(found[1]) * 1_000_000 + int((found[2] or "").ljust(6, "0"))
