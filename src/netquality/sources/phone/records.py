"""Records of a backup, one after the other, by a parser that knows no entities and no DTD."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from netquality.errors import BadInput
from netquality.sources.phone.media import without_media
from netquality.sources.phone.repair import Repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from netquality.sources.streams import Stream

__all__ = ["ACCEPTED", "ROOTS", "Record", "Records"]

ROOTS = ("smses", "calls")
ACCEPTED = "an XML file as the app SMS Backup & Restore writes it (sms-….xml or calls-….xml)."
# No text message is longer; a parser would hold all of it, and read it again at every block.
_LONGEST = 1 << 25
_WHOLE_TAG = re.compile(r"<(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>\s*+")


@dataclass
class Record:
    """One message or call: what it is, its attributes, and of a multimedia message the rest.

    `texts` are its parts of plain text, `addresses` pairs of a number and its type.
    """

    tag: str
    values: dict[str, str]
    texts: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    addresses: list[tuple[str, str]] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, empty where it is missing or written as ``null``."""
        value = self.values.get(name, "").strip()
        return "" if value == "null" else value


def _nothing() -> None:
    pass


class _Handler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root, self.about = "", dict[str, str]()
        self.depth, self.begun, self.marks = 0, 0, 0
        self.ended = False
        self.ready: list[Record] = []
        self._open: Record | None = None

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        self.depth += 1
        self.marks += 1
        if self.depth == 1:
            self.root, self.about = name, dict(attrs.items())
        elif self.depth == 2:
            self.begun += 1
            self._open = Record(name, dict(attrs.items()))
        elif self._open is not None:
            _enter(self._open, name, attrs)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        self.depth -= 1
        self.ended = self.depth == 0
        if self.depth == 1 and self._open is not None:
            self.ready.append(self._open)
            self._open = None

    def take(self) -> list[Record]:
        ready, self.ready = self.ready, []
        return ready


def _enter(record: Record, name: str, attrs: Mapping[str, str]) -> None:
    if name == "addr":
        record.addresses.append((attrs.get("address", ""), attrs.get("type", "")))
    elif name == "part":
        kind, text = attrs.get("ct", ""), attrs.get("text", "")
        record.parts.append(f"{kind} {attrs.get('cl', '')} {attrs.get('name', '')}")
        if kind == "text/plain" and text != "null":
            record.texts.append(text)


class Records:
    """The records of a backup in the order of the file; afterwards, how the file ended.

    Parameters
    ----------
    name
        The file, for messages.
    stream
        Its bytes.

    Raises
    ------
    BadInput
        While reading: for what is no backup, is damaged in its midst, or defines entities.

    Examples
    --------
    >>> import io
    >>> from netquality.sources.streams import Stream
    >>> text = b'<calls count="2"><call number="+447700900123" type="1"/><call num'
    >>> records = Records("calls.xml", Stream("calls.xml", io.BytesIO(text)))
    >>> [record.get("number") for record in records], records.notes()
    (['+447700900123'], ['the file ends in the middle of record 2'])
    """

    def __init__(self, name: str, stream: Stream) -> None:
        self._name, self._stream = name, stream
        self._handler, self._repair = _Handler(), Repair()
        self._junk = False
        self._tail = ""

    @property
    def root(self) -> str:
        """Name of the outermost element, empty before it was read."""
        return self._handler.root

    @property
    def about(self) -> Mapping[str, str]:
        """What the outermost element says of the backup."""
        return self._handler.about

    def __iter__(self) -> Iterator[Record]:
        """Yield each record when it is whole."""
        from defusedxml.expatreader import create_parser

        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(self._handler)
        waiting = 0
        for text in self._texts():
            marks = self._handler.marks
            self._guard(parser.feed, text)
            yield from self._handler.take()
            waiting = waiting + len(text) if marks == self._handler.marks else 0
            if waiting > _LONGEST:
                self._refuse(f"holds more than {_LONGEST >> 20} MB in one record.")
            if self._junk:
                break
        # Newer parsers wait with the last few tags for more to come.
        self._guard(getattr(parser, "flush", _nothing))
        yield from self._handler.take()
        if self.root not in ROOTS:
            self._refuse("holds no messages and no calls.")

    def _texts(self) -> Iterator[str]:
        for block in without_media(self._stream):
            yield self._seen(self._repair.feed(block))
        yield self._seen(self._repair.end())

    def _seen(self, text: str) -> str:
        tail = self._tail + text if "<" not in text else text[text.rindex("<") :]
        self._tail = tail[:_LONGEST]
        return text

    def _guard(self, step: Callable[..., object], *text: str) -> None:
        from defusedxml.common import DefusedXmlException

        try:
            step(*text)
        except DefusedXmlException:
            self._refuse("defines entities of its own, which no backup does; it was not read.")
        except SAXParseException as error:
            self._junk = self._handler.ended
            if not self._junk:
                self._refuse(f"is damaged in line {error.getLineNumber()}: {error.getMessage()}.")
        if self.root and self.root not in ROOTS:
            self._refuse(f"begins with <{self.root[:20]}>.")

    def _refuse(self, found: str) -> NoReturn:
        todo = "Make the backup again, or copy it from the phone once more."
        raise BadInput(f"{self._name} {found}", accepted=ACCEPTED, todo=todo)

    def notes(self) -> list[str]:
        """Say what is odd about the file: cut off, fewer records than it announces, mended."""
        begun, announced = self._handler.begun, self.about.get("count", "")
        said = []
        if not self._handler.ended:
            said.append(self._stop())
        elif announced.isdecimal() and int(announced) != begun:
            said.append(f"the file announces {int(announced):,} records and holds {begun:,}")
        if self._junk:
            said.append("what follows the end of the backup was not read")
        if self._repair.lost:
            said.append(f"characters that could not be read: {self._repair.lost:,}")
        return said

    def _stop(self) -> str:
        begun, inside = self._handler.begun, self._handler.depth > 1
        if inside:
            return f"the file ends in the middle of record {begun}"
        if self._tail.startswith(("</", "<!")) or _WHOLE_TAG.fullmatch(self._tail):
            return f"the file ends after record {begun}, without its own end"
        return f"the file ends in the middle of record {begun + 1}"
