"""What every chat of a file is read with: the book, the accounts, the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from netquality.sources.telegram.fields import moment_of, number_of, peer_of, text_of, time_of
from netquality.sources.telegram.held import Line, Reaction

if TYPE_CHECKING:
    from datetime import tzinfo

    from netquality.sources.diary import Diary
    from netquality.sources.ledger import Ledger
    from netquality.sources.telegram.folk import Folk

__all__ = ["Desk"]

_DAY = 86_400_000_000
_SPOKEN = frozenset({"voice_message", "video_message"})


@dataclass
class Desk:
    """The means of reading one file.

    Parameters
    ----------
    owner, owner_id
        Number and Telegram id of the owner, as far as known.
    zone
        Whose clock the stamps without a zone show, None for UTC.
    shifted
        Whether ids of chats are those of an old export.
    unzoned
        How many stamps had none.
    kept
        Rows that left a name.
    """

    book: Ledger
    folk: Folk
    diary: Diary
    owner: int | None = None
    owner_id: str | None = None
    zone: tzinfo | None = None
    shifted: bool = False
    unzoned: int = 0
    calls: bool = False
    kept: set[int] = field(default_factory=set)

    def refuse(self, row: int, field: str, reason: str, value: Any = None) -> None:
        """Refuse one message."""
        self.book.reject([row], field, reason, [None if value is None else str(value)[:64]])

    def at(self, message: dict[str, Any], row: int) -> int | None:
        """Return when a message was sent; None, and it is refused, where that cannot be."""
        at = time_of(message.get("date_unixtime"))
        if at is None:
            at = moment_of(message.get("date"), self.zone)
            self.unzoned += at is not None
        if at is None:
            self.refuse(row, "date", "no date", message.get("date"))
        elif self.book.exported is not None and at // _DAY > self.book.exported + 1:
            self.refuse(row, "date", "after the day of the export", message.get("date"))
            return None
        return at

    def sender(self, message: dict[str, Any], chat: str, row: int) -> int | None:
        """Return who wrote a message; None, and it is refused, where that cannot be read.

        A deleted account has no name and, in some exports, no id either. Who posts in the name
        of the group itself is nobody known.
        """
        service = message.get("type") == "service"
        stated, name = ("actor_id", "actor") if service else ("from_id", "from")
        value = message.get(stated)
        ident = peer_of(value)
        if ident is None and value is not None:
            self.refuse(row, stated, "an id of an unknown kind", value)
            return None
        shown = message.get(name)
        if ident is not None and (ident != chat or chat.startswith("user")):
            return self.folk.peer(ident, shown, row)
        if ident is None and isinstance(shown, str) and shown.strip():
            return self.folk.named(shown, chat, row)
        # Of two people only the partner can be gone: the export is the other's.
        return self.folk.peer(chat, None) if chat.startswith("user") else self.folk.gone(chat, row)

    def line(self, message: dict[str, Any], chat: str, row: int) -> Line | None:
        """Return what a message says; None where it was refused."""
        if message.get("type") == "unsupported":
            self.refuse(row, "type", "unsupported message, the export left it out")
            return None
        text = text_of(message.get("text"))
        if text is None:
            self.refuse(row, "text", "text of an unknown kind", message.get("text"))
            return None
        at = self.at(message, row)
        sender = None if at is None else self.sender(message, chat, row)
        if at is None or sender is None:
            return None
        # What was said aloud was not seen, and a forwarded text is not the sender's own.
        spoken = not text and message.get("media_type") in _SPOKEN
        seen = not spoken and "forwarded_from" not in message
        return Line(
            row,
            number_of(message.get("id")),
            at,
            sender,
            text if seen else None,
            None if spoken else len(text),
            None
            if "reply_to_peer_id" in message
            else number_of(message.get("reply_to_message_id")),
            self._reactions(message, at, row),
        )

    def _reactions(self, message: dict[str, Any], at: int, row: int) -> tuple[Reaction, ...]:
        signs = message.get("reactions")
        if not isinstance(signs, list):
            return ()
        found: dict[str, Reaction] = {}
        for sign in signs:
            recent = sign.get("recent") if isinstance(sign, dict) else None
            for each in recent if isinstance(recent, list) else ():
                ident = peer_of(each.get("from_id")) if isinstance(each, dict) else None
                if ident is not None and ident.startswith("user"):
                    code = self.folk.peer(ident, each.get("from"), row)
                    when, precision = self._reacted(each, message, at)
                    found.setdefault(ident, Reaction(code, ident, when, precision))
        return tuple(found.values())

    def _reacted(self, sign: dict[str, Any], message: dict[str, Any], at: int) -> tuple[int, str]:
        """Return when somebody reacted, and how exactly that is known.

        The stamp has no zone. How far the clock of the export was from UTC is told by the two
        stamps of the message itself, but only as long as nobody changed the clocks in between.
        """
        local, own = moment_of(sign.get("date")), moment_of(message.get("date"))
        if local is None or own is None:
            return at, "day"
        when = at + local - own
        return when, "second" if 0 <= when - at < _DAY else "day"
