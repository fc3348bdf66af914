"""Text of address books in whatever letters it was written: by file, by line, by cell."""

from __future__ import annotations

import codecs
import io
import quopri
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Letters", "opened", "pieces"]

LONGEST = 1 << 16
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def opened(blocks: io.BufferedReader, newline: str | None = None) -> io.TextIOWrapper:
    r"""Open bytes as text; those that are no UTF-8 pass through it, for `Letters` to read.

    Parameters
    ----------
    blocks
        The bytes.
    newline
        As for `open`.

    Examples
    --------
    >>> opened(io.BufferedReader(io.BytesIO("Zo\xeb".encode("utf-16")))).read()
    'Zoë'
    >>> Letters().heal(opened(io.BufferedReader(io.BytesIO(b"Zo\xeb"))).read())
    'Zoë'
    """
    head = blocks.peek(2)
    if head.startswith(_WIDE):
        return io.TextIOWrapper(blocks, "utf-16", errors="replace", newline=newline)
    return io.TextIOWrapper(blocks, "utf-8-sig", errors="surrogateescape", newline=newline)


def pieces(text: io.TextIOBase) -> Iterator[str]:
    r"""Give the lines of a text without their ends, cut where they are very long.

    What follows a cut is read and dropped: nothing but a picture or a film is that long.

    Examples
    --------
    >>> [len(line) for line in pieces(io.StringIO("FN:Zora\n" + "A" * 1_000_000 + "\n"))]
    [7, 65536]
    """
    while line := text.readline(LONGEST):
        yield line.rstrip("\r\n")
        while line and not line.endswith(("\n", "\r")):
            line = text.readline(LONGEST)


class Letters:
    """Reads text that passed through `opened`; says how much was not what it should be.

    Attributes
    ----------
    assumed
        How many texts were neither UTF-8 nor what they claim: read as Windows-1252.
    """

    def __init__(self) -> None:
        self.assumed = 0

    def heal(self, text: str, charset: str = "") -> str:
        r"""Return a text in its own letters.

        Parameters
        ----------
        text
            From `opened`.
        charset
            What it claims to be written in.

        Examples
        --------
        >>> Letters().heal("Zo\udceb"), Letters().heal("\udc82\udce8\udc82\udca6", "shift_jis")
        ('Zoë', 'りえ')
        """
        if text.isascii():
            return text.replace("\x00", "")
        raw = text.encode("utf-8", "surrogateescape")
        for name in filter(None, (charset, "utf-8")):
            try:
                return raw.decode(name).replace("\x00", "")
            except (LookupError, UnicodeError):
                continue
        self.assumed += 1
        return raw.decode("cp1252", "replace").replace("\x00", "")

    def unquoted(self, text: str, charset: str = "") -> str:
        r"""Return what a quoted-printable text says.

        Examples
        --------
        >>> Letters().unquoted("Zo=C3=AB"), Letters().unquoted("Zo=EB", "no-such-letters")
        ('Zoë', 'Zoë')
        """
        raw = quopri.decodestring(text.encode("utf-8", "surrogateescape"))
        return self.heal(raw.decode("utf-8", "surrogateescape"), charset)

    @property
    def rules(self) -> list[str]:
        """What was assumed, in a sentence; none where nothing was."""
        if not self.assumed:
            return []
        return [f"{self.assumed:,} texts are not in UTF-8: taken as Windows-1252"]
