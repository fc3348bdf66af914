"""Characters that XML forbids and Android writes: mended in the stream, before the parser."""

from __future__ import annotations

import codecs
import re

__all__ = ["Repair"]

LOST = "\ufffd"
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_HEX = "[0-9a-fA-F]"
# U+D800 to U+DBFF and U+DC00 to U+DFFF, in decimal or hexadecimal digits.
_HIGH = (
    rf"(?:0{{0,3}}(?:55(?:29[6-9]|[3-9]\d\d)|56(?:[0-2]\d\d|3[01]\d))|"
    rf"[xX]0{{0,3}}[dD][89abAB]{_HEX}{{2}})"
)
_LOW = (
    rf"(?:0{{0,3}}(?:56(?:3[2-9]\d|[4-9]\d\d)|57(?:[0-2]\d\d|3[0-3]\d|34[0-3]))|"
    rf"[xX]0{{0,3}}[dD][c-fC-F]{_HEX}{{2}})"
)
# Line breaks and quotes are the most frequent references and always right.
_REFERENCE = re.compile(
    rf"&#(?!(?:9|10|13|34|39);)(?:({_HIGH});&#({_LOW});|([0-9]{{1,8}}|[xX]{_HEX}{{1,8}});)"
)
_CUT = re.compile(rf"(?:&#{_HIGH};)?(?:&(?:#(?:[0-9]{{0,8}}|[xX]{_HEX}{{0,8}}))?)?\Z")
_WINDOW = 24


class Repair:
    r"""Decodes bytes as UTF-8 and makes legal XML of what is not.

    Pairs of surrogates become the character that they stand for; half a pair, a control
    character, a byte that is no UTF-8 become U+FFFD. The result does not depend on how the bytes
    are cut into blocks.

    Attributes
    ----------
    lost
        How many characters could not be saved.

    Examples
    --------
    >>> repair = Repair()
    >>> repair.feed(b"ink &#55357;&#56") + repair.feed(b"838; &#0;") + repair.end()
    'ink 😆 �'
    >>> repair.lost
    1
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._held = ""
        self.lost = 0

    def feed(self, block: bytes) -> str:
        """Return the next characters; a reference that is cut at the end is held back."""
        text = self._held + self._decoded(block, final=False)
        cut = _CUT.search(text, max(0, len(text) - _WINDOW))
        start = cut.start() if cut else len(text)
        self._held = text[start:]
        return self._mended(text[:start])

    def end(self) -> str:
        """Return what was held back, once nothing more comes."""
        text, self._held = self._held + self._decoded(b"", final=True), ""
        return self._mended(text)

    def _decoded(self, block: bytes, *, final: bool) -> str:
        if len(block.translate(None, _CONTROLS)) < len(block):
            block = _CONTROL.sub(LOST.encode(), block)
        text = self._decoder.decode(block, final)
        for illegal in ("\ufffe", "\uffff"):
            text = text.replace(illegal, LOST)
        self.lost += text.count(LOST)
        return text

    def _mended(self, text: str) -> str:
        return _REFERENCE.sub(self._character, text)

    def _character(self, found: re.Match[str]) -> str:
        high, low, single = found.groups()
        if single is None:
            return chr(0x10000 + ((_number(high) - 0xD800) << 10) + (_number(low) - 0xDC00))
        if _is_legal(_number(single)):
            return found.group()
        self.lost += 1
        return LOST


def _number(digits: str) -> int:
    return int(digits[1:], 16) if digits[0] in "xX" else int(digits)


def _is_legal(code: int) -> bool:
    if code < 0x20:
        return code in (9, 10, 13)
    return code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
