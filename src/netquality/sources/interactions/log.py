"""The door for interaction logs of any program: delimited text or Parquet in, tables out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput
from netquality.schema import ANSWERS, CHANNELS, KINDS, ROLES, Tables
from netquality.sources.interactions.contacts import Contacts, admit, one_sided
from netquality.sources.interactions.events import Drawn, draw
from netquality.sources.interactions.grid import (
    Grid,
    delimiter_of,
    head_lines,
    layout_of,
    read_text,
)
from netquality.sources.interactions.parquet import MAGIC, read_parquet
from netquality.sources.interactions.people import NOBODY, People
from netquality.sources.interactions.rows import MOST, Rows, read_rows
from netquality.sources.interactions.sightings import meetings
from netquality.sources.interactions.words import Media, read_media
from netquality.sources.ledger import Ledger, Options
from netquality.sources.tables import decode

if TYPE_CHECKING:
    from netquality.sources.files import Bundle, Member

__all__ = ["looks_like_log", "read_log"]

_HEAD = 65536
_TIES = frozenset({"a", "b", "strength"})


def looks_like_log(name: str, data: bytes) -> bool:
    r"""Say whether a file may be an interaction log, from its first bytes.

    It is when it is Parquet, when a header names sender and recipient, or when at least two
    columns hold nothing but digits. Our own ``ties.csv`` is none.

    Parameters
    ----------
    name
        The file's name; Markdown tables are no logs.
    data
        Its content.

    Examples
    --------
    >>> looks_like_log("log.txt", b"7 9 1385982020\n"), looks_like_log("log.csv", b"who;to;at\n")
    (True, True)
    >>> looks_like_log("ties.csv", b"a,b,strength\n"), looks_like_log("people.csv", b"name,age\n")
    (False, False)
    """
    if data.startswith(MAGIC):
        return True
    text = decode(data[:_HEAD])[0]
    if b"\x00" in text or text.lstrip().startswith((b"<", b"{", b"[")) or name.endswith(".md"):
        return False
    layout = layout_of(text)
    if layout is not None:
        return not set(layout.header) >= _TIES
    return _digits(text)


def _digits(text: bytes) -> bool:
    lines = head_lines(text)
    found = delimiter_of(lines)
    if found is None:
        return False
    delimiter, width = found
    rows = [line.split(None if delimiter == " " else delimiter) for line in lines]
    full = [row for row in rows if len(row) == width]
    columns = zip(*full, strict=True)
    return sum(all(cell.strip().isdecimal() for cell in column) for column in columns) >= 2


def read_log(member: Member, data: bytes, bundle: Bundle, options: Options) -> Tables:
    r"""Read an interaction log into tables; every row is kept, merged or rejected.

    A log has no owner here, not even with an ego: it shows everybody's contacts alike (one that
    turns round one person gets an owner when sources are merged). What was assumed about it
    (columns, direction, zone) is said in ``sources.rules``.

    Parameters
    ----------
    member
        The file.
    data
        Its content, not gzipped.
    bundle
        What it came in.
    options
        What the user said about it.

    Returns
    -------
    Tables
        Sources, accounts, events and rejects.

    Raises
    ------
    BadInput
        When no row can be used, or what the columns or the times mean cannot be told.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> member = Member("log.csv", lambda: b"")
    >>> bundle = Bundle("log.csv", None, (member,), single=True)
    >>> data = b"sender,recipient,at\nzora,quill,2024-05-01 10:00:00\nzora,zora,2024-05-02\n"
    >>> tables = read_log(member, data, bundle, Options())
    >>> tables.sources[["read", "kept", "merged", "rejected"]].iloc[0].tolist()
    [2, 1, 0, 1]
    >>> tables.rejects["reason"].tolist()
    ['sender is the recipient']
    """
    every = _checked(options.every)
    read = read_parquet if data.startswith(MAGIC) else read_text
    grid = read(member.name, data, options.columns)
    if every is not None and grid.cells("at") is None:
        raise BadInput(f"{member.name} has no times, so --every joins nothing.")
    book = Ledger(member.name, bundle.name, "log", data, exported=bundle.exported)
    book.read = grid.read
    return _understood(grid, book, options, every)


def _understood(grid: Grid, book: Ledger, options: Options, every: float | None) -> Tables:
    rows, people = read_rows(grid, options), People(options.separator)
    contacts = admit(grid, rows, people, book, sightings=every is not None)
    _refuse_useless(grid, contacts, rows, book)
    directed = every is None and _directed(grid, contacts, people, options)
    media = _media(grid, directed=directed)
    if every is None:
        drawn = draw(contacts, rows, media, people, directed=directed, log=grid.name)
    else:
        drawn = meetings(contacts, rows.clock, people, every)
        media.kind[:] = KINDS.index("meeting")
    return _written(grid, book, rows, media, people, drawn)


def _checked(every: float | None) -> float | None:
    if every is not None and not 0 < every < np.inf:
        raise BadInput(f"--every {every:g} is no time span.", accepted="seconds above 0, like 20s.")
    return every


def _refuse_useless(grid: Grid, contacts: Contacts, rows: Rows, book: Ledger) -> None:
    if not len(contacts.place):
        rejects = book.close(kept_rows=[]).rejects
        reasons = Counter(rejects["reason"].tolist()).most_common(3)
        listed = ", ".join(f"{count:,} x {reason}" for reason, count in reasons)
        raise BadInput(
            f"{grid.name}: none of its {grid.read:,} rows can be used ({listed}).",
            accepted="rows with two different people, and times as epoch, seconds or dates.",
            todo="Say what the columns are with --columns, or the dates with --date-format.",
        )
    total = int(rows.weight[contacts.place].sum())
    if total > MOST:
        raise BadInput(
            f"{grid.name}: its weights add up to {total:,} interactions.",
            accepted=f"at most {MOST:,}.",
            todo="Skip the column with - in --columns, or build a graph for netquality.from_graph.",
        )


def _directed(grid: Grid, contacts: Contacts, people: People, options: Options) -> bool:
    if options.directed is not None:
        return options.directed
    if grid.columns.calls or not one_sided(contacts, people):
        return True
    grid.notes.append(
        "ids stand in the same order in every row: taken as sightings of pairs without "
        "direction, --directed says otherwise"
    )
    return False


def _media(grid: Grid, *, directed: bool) -> Media:
    kind, channel = grid.cells("kind"), grid.cells("channel")
    default = ("call", "call") if grid.columns.calls else ("message", "log")
    if not directed:
        default = ("meeting", "log" if channel is not None else "meeting")
    media = read_media(kind, channel, default, len(grid.frame))
    grid.notes.extend(media.notes)
    return media


def _written(
    grid: Grid, book: Ledger, rows: Rows, media: Media, people: People, drawn: Drawn
) -> Tables:
    contacts, place = drawn.contacts, drawn.contacts.place
    numbers = grid.frame.index.to_numpy(dtype=np.int64)
    book.add("accounts", people.table(_first_rows(contacts, numbers[place], len(people))))
    used = np.zeros(len(numbers), dtype=bool)
    used[place] = True
    book.add("events", _events(drawn, rows, media, people) | {"row": numbers[place]})
    return book.close(
        kept_rows=numbers[place],
        zone=rows.clock.zone,
        shows=media.kinds(place),
        days=rows.clock.day[used],
        rules="; ".join(_said(grid, rows)) or None,
    )


def _first_rows(
    contacts: Contacts, numbers: npt.NDArray[np.int64], people: int
) -> npt.NDArray[np.int64]:
    first = np.zeros(people, dtype=np.int64)
    for codes in (contacts.recipient, contacts.sender):
        # Assigned backwards, the first row in which somebody occurs is written last.
        known = np.flatnonzero(codes != NOBODY)[::-1]
        again = first[codes[known]]
        earlier = np.where(again == 0, numbers[known], np.minimum(again, numbers[known]))
        first[codes[known]] = earlier
    return first


def _events(drawn: Drawn, rows: Rows, media: Media, people: People) -> dict[str, Any]:
    contacts, place, clock = drawn.contacts, drawn.contacts.place, rows.clock
    accounts = pd.array([*people.accounts, None], dtype="str")  # the last one is nobody
    answer = np.where(rows.missed[place], ANSWERS.index("missed"), -1)
    thread = None if rows.thread is None else rows.thread.where(rows.thread != "").take(place)
    return {
        "event": drawn.event,
        "at": clock.at.take(place),
        "day": clock.day.take(place),
        "precision": clock.precision.take(place),
        "sender": accounts.take(contacts.sender),
        "recipient": accounts.take(contacts.recipient),
        "role": pd.Categorical.from_codes(contacts.role, categories=pd.Index(ROLES)),
        "answer": pd.Categorical.from_codes(answer, categories=pd.Index(ANSWERS)),
        "kind": pd.Categorical.from_codes(media.kind[place], categories=pd.Index(KINDS)),
        "channel": pd.Categorical.from_codes(media.channel[place], categories=pd.Index(CHANNELS)),
        "audience": drawn.audience,
        "seconds": drawn.seconds,
        "length": rows.length[place],
        "thread": thread,
    }


def _said(grid: Grid, rows: Rows) -> list[str]:
    roles, names = grid.columns.roles, grid.columns.names
    unused = [name or "without a name" for name, role in zip(names, roles, strict=True) if not role]
    said = [*grid.notes, rows.clock.note]
    if unused and any(names):
        more = f" and {len(unused) - 6} more" if len(unused) > 6 else ""
        said.append(f"columns not used: {', '.join(name[:40] for name in unused[:6])}{more}")
    return [sentence for sentence in said if sentence]
