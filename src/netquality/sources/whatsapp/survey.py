"""The first reading of a chat: its layout, the order of its dates, who is in it, whose it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netquality.sources.whatsapp.bodies import LRM, is_deleted_by_owner, is_written_by_app
from netquality.sources.whatsapp.entries import Entry, Names, entry_of
from netquality.sources.whatsapp.notices import is_encryption
from netquality.sources.whatsapp.stamps import Header, header_of
from netquality.sources.whatsapp.titles import loosely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.sources.whatsapp.lines import Line

__all__ = ["Layout", "Survey", "survey_of"]

Triple = tuple[int, int, int]
_FEW, _OFTEN = 0.1, 10


@dataclass(frozen=True)
class Layout:
    """How the heads of messages look in this file; what looks otherwise stands inside a message."""

    style: str
    after_crlf: bool | None = None

    def holds(self, header: Header, *, after_crlf: bool) -> bool:
        """Say whether a head is one of this file's own."""
        return header.style == self.style and self.after_crlf in (None, after_crlf)


@dataclass
class Survey:
    """What one layout shows of a chat."""

    layout: Layout = field(default_factory=lambda: Layout("dash"))
    count: int = 0
    before: int = 0
    foreign: int = 0
    dates: list[tuple[int, Triple]] = field(default_factory=list)
    authors: Counter[str] = field(default_factory=Counter)
    members: dict[str, None] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    deleting: Counter[str] = field(default_factory=Counter)
    partners: Counter[str] = field(default_factory=Counter)
    group: bool = False
    broadcast: bool = False
    listed: int | None = None
    business: bool = False
    began: str = ""
    _colons: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    _prefixes: Counter[str] = field(default_factory=Counter)

    def see(self, header: Header, line: int) -> None:
        """Take note of one entry."""
        self.count += 1
        self.began = self.began or _stamp(header)
        if not self.dates or self.dates[-1][1] != header.date:
            self.dates.append((line, header.date))
        entry = entry_of(header, self.names)
        if entry.notice is not None:
            self._notice(entry)
        elif entry.author is not None:
            self._message(header.rest, entry.author, entry.body)

    def _notice(self, entry: Entry) -> None:
        notice = entry.notice
        assert notice is not None
        self.members.update(dict.fromkeys(notice.members))
        self.group |= notice.group
        self.broadcast |= notice.broadcast
        self.listed = notice.listed if notice.listed is not None else self.listed
        self.business |= notice.business
        if notice.title:
            self.titles.append(notice.title)
            self.names.calls(notice.title)
        if entry.author is not None and is_encryption(entry.body):
            self.partners[entry.author] += 1

    def _message(self, rest: str, author: str, body: str) -> None:
        self.authors[author] += 1
        if is_deleted_by_owner(body):
            self.deleting[author] += 1
        count, common = self._colons.get(author, (0, None))
        follows = body.partition(": ")[0] if ": " in body else None
        self._colons[author] = (count + 1, follows if not count or follows == common else None)
        if follows is not None:
            self._colon(rest)

    def _colon(self, rest: str) -> None:
        """Note a name with a colon: what stands before words that only the app writes."""
        before, _, last = rest.rpartition(": ")
        if before and (last.startswith(LRM) or is_written_by_app(last)):
            self._prefixes[before] += 1

    def settle(self, known: Iterable[str]) -> None:
        """Decide which names hold a colon: by the app's words, by all lines, by names given."""
        longer = {name for name, count in self._prefixes.items() if count > 1 and ": " in name}
        for author, (count, common) in self._colons.items():
            if common is not None and count >= _OFTEN:
                longer.add(f"{author}: {common}")
        longer |= {name for name in (*known, *self.members) if ": " in name}
        for name in sorted(longer, key=len, reverse=True):
            first = name.partition(": ")[0]
            if first in self.authors:
                self.names.longer.setdefault(first, []).append(name)
                self._rename(first, name)

    def _rename(self, first: str, name: str) -> None:
        count, common = self._colons.get(first, (0, None))
        whole = common is not None and name.startswith(f"{first}: {common}")
        self.authors[name] += count if whole else 1
        for counter in (self.deleting, self.partners):
            if whole and counter[first]:
                counter[name] += counter.pop(first)
        if whole:
            del self.authors[first]


def survey_of(lines: Iterable[Line], known: Iterable[str], title: str | None) -> Survey:
    """Read a chat once for what must be known before its messages can be.

    Parameters
    ----------
    lines
        All of the file.
    known
        Names that are somebody's for certain: the owner's.
    title
        Of the chat, if the file's name says it.

    Returns
    -------
    Survey
        Of the layout that the file is in; its `count` is 0 when there is no message.

    Examples
    --------
    >>> from netquality.sources.whatsapp.lines import Line
    >>> text = ["04/03/2025, 14:05 - Odo: ink", "more ink", "04/03/2025, 14:06 - Zora: quill"]
    >>> found = survey_of([Line(each, True, False) for each in text], [], None)
    >>> found.count, list(found.authors)
    (2, ['Odo', 'Zora'])
    """
    seen: dict[Layout, Survey] = {}
    before, number = 0, 0
    crlf: bool | None = None
    for number, line in enumerate(lines):
        header = header_of(line.text) if line.begins else None
        if header is not None:
            layout = Layout(header.style, line.crlf if crlf is None else crlf)
            if layout not in seen:
                seen[layout] = Survey(layout)
            seen[layout].see(header, number)
        elif not seen:
            before += 1
        crlf = line.crlf
    found = _chosen(seen)
    found.before = before
    found.foreign = sum(other.count for other in seen.values()) - found.count
    found.settle([*known, *_with_colon(title, found)])
    return found


def _stamp(header: Header) -> str:
    """Return when an entry was written, however the phone orders day and month and counts hours."""
    (hour, minute, second), date = header.time, sorted(part % 100 for part in header.date)
    return f"{date} {hour % 12}:{minute}" + (f":{second}" if second is not None else "")


def _with_colon(title: str | None, found: Survey) -> list[str]:
    """Return the other's name with the colon that the name of a file cannot hold."""
    if title is None:
        return []
    parts = [
        f"{author}: {common}" for author, (_, common) in found._colons.items() if common is not None
    ]
    return [name for name in parts if loosely(name) == loosely(title)]


def _chosen(seen: dict[Layout, Survey]) -> Survey:
    """Return what the file's own layout shows.

    The first head is the file's own, unless it is a stray: pasted chats come later. Where most
    messages end with one kind of line break, as on an iPhone, heads after another are pasted.
    """
    if not seen:
        return Survey()
    styles: Counter[str] = Counter()
    for layout, part in seen.items():
        styles[layout.style] += part.count
    style = next(iter(styles))
    if styles[style] < _FEW * styles.total():
        style = styles.most_common(1)[0][0]
    parts = [part for layout, part in seen.items() if layout.style == style]
    most = max(parts, key=lambda part: part.count)
    strict = len(parts) > 1 and most.layout.after_crlf and most.count > (1 - _FEW) * styles[style]
    if strict or len(parts) == 1:
        most.layout = Layout(style, True if strict else None)
        return most
    return _merged(style, parts)


def _merged(style: str, parts: list[Survey]) -> Survey:
    whole = Survey(Layout(style), began=parts[0].began)
    for part in parts:
        whole.count += part.count
        whole.dates += part.dates
        whole.authors += part.authors
        whole.deleting += part.deleting
        whole.partners += part.partners
        whole.members.update(part.members)
        whole.titles += part.titles
        whole.names.groups |= part.names.groups
        whole.group |= part.group
        whole.broadcast |= part.broadcast
        whole.listed = part.listed if part.listed is not None else whole.listed
        whole.business |= part.business
        whole._prefixes += part._prefixes
        whole._colons.update(part._colons)
    whole.dates.sort()
    return whole
