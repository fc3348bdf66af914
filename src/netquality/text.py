"""Text that strangers wrote, made fit to be shown: names, file names, reasons.

Whatever leaves netquality for a person's eyes or for another program goes through `clean`
once, and every text cell of a CSV through `escape`.
"""

from __future__ import annotations

import re

__all__ = ["FORMULA", "UNTIDY", "clean", "escape", "unescape"]

LIMIT = 200

# What `clean` may change, and what `escape` does, for looking through a whole column at once:
# only a cell in which such a pattern is found has to be taken in hand.
UNTIDY = r"[^ -~]|^ | $|  "

# Bidi marks can make a name read backwards, zero-width and tag characters hide text, lone
# surrogates and noncharacters cannot be written to UTF-8 or XML. The joiners U+200C and U+200D
# stay, because Persian, Indic scripts and emoji need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
# The full-width signs start a formula too, in spreadsheets set to Chinese or Japanese.
_STARTS = r"=+\-@\t\r\n＝＋－＠"
FORMULA = rf"^'*[{_STARTS}]"
_FORMULA = re.compile(FORMULA)
_ESCAPED = re.compile(rf"''*[{_STARTS}]")


def clean(value: object, *, limit: int | None = LIMIT) -> str:
    r"""Return text from a file as it may be shown: no hidden characters, one line, not endless.

    Control characters, nulls, bidi overrides and isolates, zero-width and tag characters and
    lone surrogates are taken out; runs of blanks become one blank.

    Parameters
    ----------
    value
        The text; anything that is not text (``None``, ``nan``) becomes empty.
    limit
        Greatest length in characters; longer text ends in "…". ``None`` keeps all of it.

    Returns
    -------
    str
        The text, without HTML or other escaping: that is the business of whoever writes it out.

    Examples
    --------
    >>> clean("Zora\u202e\x00  Quill\nfeather ")
    'Zora Quill feather'
    >>> clean("Zora Quillfeather", limit=6)
    'Zora …'
    >>> clean(float("nan"))
    ''
    """
    if not isinstance(value, str):
        return ""
    # Nothing hidden is printable, and of all blanks only the plain one is.
    tidy = value.isprintable() and "  " not in value and value.strip() == value
    # A subclass of str goes the long way too, so that plain text comes out.
    plain = tidy and type(value) is str
    text = value if plain else " ".join(_HIDDEN.sub("", value).split())
    return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"


def escape(value: str) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula.

    A cell that begins with ``=``, ``+``, ``-``, ``@``, tab or a line end (or with a full-width
    form of these signs) gets a leading apostrophe. So does one that begins with apostrophes
    followed by such a sign, or else `unescape` could not tell the two apart.

    Examples
    --------
    >>> escape("=HYPERLINK(1)"), escape("'t Veld"), escape("+41 00 000")
    ("'=HYPERLINK(1)", "'t Veld", "'+41 00 000")
    """
    return f"'{value}" if _FORMULA.match(value) else value


def unescape(value: str) -> str:
    """Return the text that `escape` was given.

    Examples
    --------
    >>> [unescape(escape(text)) for text in ("=1", "'=1", "'t Veld", "Zora")]
    ['=1', "'=1", "'t Veld", 'Zora']
    """
    return value[1:] if _ESCAPED.match(value) else value
