"""The second reading of a chat: entries put together from their lines, and written down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netquality.sources.parties import NOBODY
from netquality.sources.whatsapp.bodies import Body, body_of
from netquality.sources.whatsapp.entries import Entry, entry_of
from netquality.sources.whatsapp.order import day_in
from netquality.sources.whatsapp.stamps import Header, header_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netquality.sources.diary import Diary, To
    from netquality.sources.ledger import Ledger
    from netquality.sources.whatsapp.cast import Cast
    from netquality.sources.whatsapp.clock import Clock
    from netquality.sources.whatsapp.lines import Line
    from netquality.sources.whatsapp.survey import Layout

__all__ = ["Scribe", "heads_of"]

# WhatsApp sends no longer text; what goes on beyond it is no message but a damaged file.
_MOST = 1 << 17
_MINUTE, _HOUR = 60, 3600
_SYSTEM = "system line, no message"
_STRANGE = "line of the app in words that are not known"


def heads_of(lines: Iterable[Line], layout: Layout) -> Iterator[tuple[Header, str]]:
    """Yield each entry: its head, and the lines below that go on with it.

    Examples
    --------
    >>> from netquality.sources.whatsapp.lines import Line
    >>> from netquality.sources.whatsapp.survey import Layout
    >>> text = ["04/03/2025, 14:05 - Odo: ink", "and quill", "04/03/2025, 14:06 - Zora: fern"]
    >>> lines = [Line(each, True, False) for each in text]
    >>> [(head.rest, below) for head, below in heads_of(lines, Layout("dash"))]
    [('Odo: ink', 'and quill'), ('Zora: fern', '')]
    """
    head: Header | None = None
    below: list[str] = []
    size, crlf = 0, True
    for line in lines:
        found = header_of(line.text) if line.begins else None
        if found is not None and layout.holds(found, after_crlf=crlf or head is None):
            if head is not None:
                yield head, "\n".join(below)
            head, below, size = found, [], 0
        elif size < _MOST:
            below.append(line.text)
            size += len(line.text) + 1
        crlf = line.crlf
    if head is not None:
        yield head, "\n".join(below)


@dataclass
class Scribe:
    """Writes the entries of one chat into its diary.

    Parameters
    ----------
    cast
        Who takes part.
    order
        Of day, month and year.
    clock
        Whose the stamps are.
    book, diary
        Where what was read, refused and kept goes.
    """

    cast: Cast
    order: str
    clock: Clock
    book: Ledger
    diary: Diary
    counts: Counter[str] = field(default_factory=Counter)

    def write(self, row: int, header: Header, below: str) -> None:
        """Write one entry down, or refuse it with a reason."""
        at = self._at(row, header)
        if at is None:
            return
        entry = entry_of(header, self.cast.survey.names)
        if entry.notice is not None:
            self._notice(row, header, entry, at)
            return
        text = f"{entry.body}\n{below}".rstrip("\n") if below else entry.body
        if self.cast.to_oneself:
            self.book.reject([row], "author", "written to oneself", [""])
        else:
            self._message(row, header, self.cast.code(entry.author or ""), body_of(text), at)

    def _at(self, row: int, header: Header) -> int | None:
        day = day_in(header.date, self.order)
        hour, minute, second = header.time
        if day is None:
            reason = f"no date in this order ({self.order})"
            self.book.reject([row], "date", reason, [_written(header)])
        elif hour > 23 or minute > 59 or (second or 0) > 59:
            self.book.reject([row], "time", "no time of day", [f"{hour}:{minute}"])
        elif self.book.exported is not None and day > self.book.exported + 1:
            self.book.reject([row], "date", "after the export", [_written(header)])
        else:
            return self.clock.utc(day, hour * _HOUR + minute * _MINUTE + (second or 0))
        return None

    def _notice(self, row: int, header: Header, entry: Entry, at: int) -> None:
        """Refuse what nobody sent; only a missed call without a caller was somebody's doing."""
        call = body_of(entry.body) if entry.author is None else None
        if call is None or call.kind != "call":
            reason = _STRANGE if entry.strange else _SYSTEM
            self.book.reject([row], "text", reason, [entry.body])
        elif self.cast.other == NOBODY or call.answer != "missed":
            self.book.reject([row], "author", "call, the caller is not named", [entry.body])
        else:
            # The app tells of calls that its owner missed; the other one had called.
            self._message(row, header, self.cast.other, call, at)

    def _message(self, row: int, header: Header, sender: int, body: Body, at: int) -> None:
        self.counts[body.kind] += 1
        call = body.kind == "call"
        self.diary.write(
            row,
            kind="call" if call else "message",
            channel=body.channel,
            at=at,
            precision="minute" if header.time[2] is None else "second",
            sender=sender,
            to=self._reached(sender, body),
            thread=self.cast.thread,
            audience=self.cast.audience,
            seconds=body.seconds,
            text=body.text,
        )

    def _reached(self, sender: int, body: Body) -> list[To]:
        to = self.cast.reached_by(sender)
        return to if body.answer is None else [each._replace(answer=body.answer) for each in to]


def _written(header: Header) -> str:
    return header.separator.join(map(str, header.date))
