"""The chats of a Telegram export, each kind by its own rule of who is spoken to."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from netquality.sources.addresses import folded_name
from netquality.sources.diary import To
from netquality.sources.telegram.fields import number_of, peer_of
from netquality.sources.telegram.folk import is_program
from netquality.sources.telegram.held import Held, Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.sources.telegram.desk import Desk

__all__ = ["SMALL", "Chat", "Group", "Personal"]

SMALL = 8
_REMEMBERED = 1 << 16


class Chat:
    """A chat between people.

    Parameters
    ----------
    ident
        As in ``user77``, ``chat5``, ``channel5``.
    """

    def __init__(self, desk: Desk, ident: str) -> None:
        self._desk, self._ident = desk, ident
        self._thread = f"telegram:{ident}"
        self._authors: dict[int, int] = {}

    def take(self, message: Any, row: int) -> None:
        """Read a message."""
        desk = self._desk
        if not isinstance(message, dict):
            desk.refuse(row, "message", "not a message", type(message).__name__)
        elif message.get("type") == "service":
            self._serve(message, row)
        elif message.get("type") not in ("message", "unsupported"):
            desk.refuse(row, "type", "a message of an unknown kind", message.get("type"))
        elif (line := desk.line(message, self._ident, row)) is not None:
            self._hear(line)

    def end(self) -> None:
        """Write what waited for the end of the chat."""

    def _serve(self, message: dict[str, Any], row: int) -> None:  # noqa: ARG002
        self._desk.refuse(row, "type", "service line, no message")

    def _hear(self, line: Line) -> None:
        raise NotImplementedError

    def _event(self, number: int | None) -> str | None:
        """Return the platform's own id of a message.

        Members of a supergroup see the same number. Elsewhere, and in what a supergroup took over
        from the group that it was (numbers below 0), each account counts its own messages.
        """
        if number is None:
            return None
        if self._ident.startswith("channel") and number >= 0:
            return f"{self._thread}:{number}"
        return f"telegram:{self._desk.owner_id or '?'}:{self._ident}:{number}"

    def _write(self, line: Line, to: list[To], audience: int) -> None:
        event = self._event(line.number)
        self._desk.diary.write(
            line.row,
            kind="message",
            channel="chat",
            sender=line.sender,
            to=to,
            at=line.at,
            event=event,
            thread=self._thread,
            audience=audience,
            text=line.text,
            length=line.length,
        )
        self._sign(line, event)

    def _sign(self, line: Line, event: str | None) -> None:
        if self._desk.folk.parties.kind(line.sender) != "person":
            return
        for each in line.reactions:
            if each.code != line.sender and event is not None:
                self._desk.diary.write(
                    line.row,
                    kind="reaction",
                    channel="chat",
                    sender=each.code,
                    to=[To(line.sender)],
                    at=each.at,
                    precision=each.precision,
                    event=f"{event}:reaction:{each.ident}",
                    thread=self._thread,
                )

    def _remember(self, line: Line) -> None:
        """Keep who wrote what for answers to it; what is long past is forgotten."""
        if line.number is not None:
            self._authors[line.number] = line.sender
        if len(self._authors) > 2 * _REMEMBERED:
            self._authors = dict(islice(self._authors.items(), _REMEMBERED, None))


class Personal(Chat):
    """A chat of two: the owner and the one whose id it bears."""

    def __init__(self, desk: Desk, ident: str, name: Any) -> None:
        super().__init__(desk, ident)
        desk.folk.human(ident)
        self._partner = desk.folk.peer(ident, name)
        if desk.owner_id is not None:
            # The same from both sides, so that either one's export has the same thread.
            pair = sorted((ident, desk.owner_id), key=lambda each: (len(each), each))
            self._thread = f"telegram:{pair[0]}-{pair[1]}"

    def _serve(self, message: dict[str, Any], row: int) -> None:
        if message.get("action") != "phone_call":
            super()._serve(message, row)
            return
        at = self._desk.at(message, row)
        sender = None if at is None else self._desk.sender(message, self._ident, row)
        if at is None or sender is None:
            return
        other = self._other(sender)
        seconds = number_of(message.get("duration_seconds"))
        # Why a call ended does not tell whether it was taken: one that was has a length.
        spoken = seconds is not None and seconds > 0
        self._desk.diary.write(
            row,
            kind="call",
            channel="call",
            sender=sender,
            to=[To(other, "to", None if spoken else "missed")],
            at=at,
            event=self._event(number_of(message.get("id"))),
            thread=self._thread,
            seconds=seconds if spoken else None,
        )

    def _hear(self, line: Line) -> None:
        self._write(line, [To(self._other(line.sender))], 1)

    def _other(self, sender: int) -> int:
        owner = self._desk.owner
        assert owner is not None
        return self._partner if sender == owner else owner


class Group(Chat):
    """A group: who its members are is known at its end, unless they are many before.

    In a group of at most `SMALL` people a message goes to each of the others. In a larger one it
    goes to the group, and beside that to whom it answers. How many belong to a large group no
    export states; those who were seen so far are the audience.
    """

    def __init__(self, desk: Desk, ident: str, name: Any) -> None:
        super().__init__(desk, ident)
        self._account = desk.folk.group(ident, name)
        self._people: dict[int, None] = {} if desk.owner is None else {desk.owner: None}
        self._unseen = 0
        self._names: dict[str, tuple[str, int]] = {}
        self._held: Held | None = Held()

    def _serve(self, message: dict[str, Any], row: int) -> None:
        said = message.get("members")
        names = [*(said if isinstance(said, list) else []), message.get("inviter")]
        found = [each for each in names if isinstance(each, str) and _may_be_person(each)]
        for name in found:
            self._names.setdefault(folded_name(name), (name, row))
        ident = peer_of(message.get("actor_id"))
        if ident is not None and ident.startswith("user"):
            self._meet(self._desk.folk.peer(ident, message.get("actor"), row))
        if found:
            self._desk.kept.add(row)
        else:
            super()._serve(message, row)

    def _hear(self, line: Line) -> None:
        if self._desk.folk.parties.kind(line.sender) in ("person", "hidden"):
            self._meet(line.sender)
        for each in line.reactions:
            self._meet(each.code)
        if self._held is not None:
            self._held.add(line)
        else:
            self._crowd(line)
        if len(self._people) > SMALL:
            self._release(self._crowd)

    def _meet(self, code: int) -> None:
        if self._desk.folk.parties.kind(code) != "robot":
            self._people[code] = None

    def end(self) -> None:
        """Write what a small group said."""
        unmet = self._unmet()
        few = 1 < len(self._people) + len(unmet) <= SMALL
        for name, row in unmet if few else ():
            self._meet(self._desk.folk.named(name, self._ident, row))
        self._unseen = 0 if few else len(unmet)
        self._release(self._round if few else self._crowd)

    def _unmet(self) -> list[tuple[str, int]]:
        """Return who was named by others and never seen by an id, and where."""
        borne = {folded_name(self._desk.folk.parties.name(code)) for code in self._people}
        return [said for name, said in self._names.items() if name not in borne]

    def _release(self, write: Callable[[Line], None]) -> None:
        held, self._held = self._held, None
        for line in held or ():
            write(line)

    def _round(self, line: Line) -> None:
        """Write what goes to each of a few; whom it answers is named among them."""
        self._remember(line)
        answered = self._authors.get(line.reply) if line.reply is not None else None
        others = [code for code in self._people if code != line.sender]
        to = [To(code, "mentioned" if code == answered else "member") for code in others]
        self._write(line, to, len(others))

    def _crowd(self, line: Line) -> None:
        self._remember(line)
        to = [To(self._account, "member")]
        answered = self._authors.get(line.reply) if line.reply is not None else None
        if answered not in (None, line.sender) and self._person(answered):
            to.append(To(answered, "mentioned"))
        others = len(self._people) + self._unseen - (line.sender in self._people)
        self._write(line, to, max(others, 1))

    def _person(self, code: int | None) -> bool:
        return code is not None and self._desk.folk.parties.kind(code) == "person"


def _may_be_person(name: str) -> bool:
    return bool(folded_name(name)) and not is_program(name)
