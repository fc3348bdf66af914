"""The head of a message: when, in all the ways in which phones write it, and what follows.

How a stamp looks is a matter of the phone's language and of its clock, not of WhatsApp's version;
the order of day and month is not read here (see `order`), only the three numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["MARKS", "Header", "header_of"]

MARKS = "\u200e\u200f\ufeff\u061c\u202a\u202b\u202c\u2066\u2067\u2069"
_BLANKS = "[ \t\u00a0\u2009\u202f]"
# Possessive: between two of them there may be nothing, and no mark is part of what follows.
_M = rf"[{MARKS}]*+"
_DATE = (
    rf"{_M}(\d{{1,4}}){_M}([./-]){_BLANKS}?{_M}(\d{{1,2}}){_M}\4{_BLANKS}?{_M}(\d{{1,4}}){_M}"
    rf"(?:{_BLANKS}BE)?\.?[,،]?{_M}{_BLANKS}?"
)
_WORD = r"[^\W\d_]"
_TIME = rf"({_WORD}{{0,8}})\.?{_BLANKS}?{_M}(\d{{1,2}})[:.](\d\d)(?:[:.](\d\d))?{_M}"
_HALF = rf"(?:{_BLANKS}?({_WORD}[^\d\[\]:–-]{{0,22}}?))?{_M}"
_HEADER = re.compile(
    rf"([{MARKS}]*+)(\[?){_DATE}{_TIME}{_HALF}"
    rf"(\]{_BLANKS}?|{_BLANKS}[-–](?:{_BLANKS}|$)|:{_BLANKS}){_M}"
)
# Nothing but a blank after the time: no word may stand between, or text would be taken for one.
_BLANK = re.compile(rf"([{MARKS}]*+)(){_DATE}{_TIME}()({_BLANKS}){_M}")
_BARE, _DASH, _BRACKET = "bare", "dash", "bracket"

# What stands between a date and a time: Finnish, Danish, French, Portuguese, German, Dutch, ...
_AND = frozenset({"", "klo", "kl", "à", "às", "as", "um", "om", "alle", "ore", "o", "a", "at"})
_MORNING = frozenset(
    {
        "am", "vorm", "vormittags", "morgens", "früh", "inthemorning", "damanhã", "delamañana",
        "dumatin", "dimattina", "sochtends", "ص", "上午", "午前", "오전", "早上", "清晨", "凌晨",
        "πμ", "öö", "de", "dop", "fm", "sa", "pg", "पूर्वाह्न", "قبلازظهر", "prob",
    }
)  # fmt: skip
_AFTERNOON = frozenset(
    {
        "pm", "nachm", "nachmittags", "abends", "intheafternoon", "intheevening", "datarde",
        "delatarde", "delaprèsmidi", "dusoir", "dipomeriggio", "disera", "smiddags", "savonds",
        "م", "下午", "午後", "오후", "晚上", "傍晚", "μμ", "ös", "du", "odp", "em", "ch", "ptg",
        "अपराह्न", "بعدازظهر", "slob",
    }
)  # fmt: skip
_NIGHT = frozenset(
    {
        "nachts", "atnight", "danoite", "delanoche", "delanuit", "dinotte", "snachts",
    }
)  # fmt: skip
_NOON = frozenset(
    {
        "mittags", "noon", "atnoon", "中午", "delmediodía", "domeiodia", "dimidi",
    }
)  # fmt: skip
_PERIODS = _MORNING | _AFTERNOON | _NIGHT | _NOON
# "Uhr" and its kin say nothing of the half of the day.
_HOURS = frozenset({"", "uhr", "uur", "h", "hrs"})


class Header(NamedTuple):
    """What stands before the words of a message."""

    date: tuple[int, int, int]
    time: tuple[int, int, int | None]
    style: str
    separator: str
    marked: bool
    rest: str


def header_of(line: str) -> Header | None:
    r"""Read the stamp at the beginning of a line; None for a line that goes on with the last one.

    Parameters
    ----------
    line
        Without its line break.

    Returns
    -------
    Header or None
        The three numbers of the date as they stand, hour, minute and second (None where there is
        none), the style (``bracket``, ``dash`` or ``bare``), the mark between the numbers of the
        date, whether a direction mark stands before it all, and what follows.

    Examples
    --------
    >>> found = header_of("04/03/2025, 14:05 - Odo Fenwick: ink")
    >>> found.date, found.time, found.style, found.rest
    ((4, 3, 2025), (14, 5, None), 'dash', 'Odo Fenwick: ink')
    >>> header_of("[1/4/23, 7:02:09\u202fPM] Odo: ink").time
    (19, 2, 9)
    >>> header_of("at 14:05 - or later") is None
    True
    """
    found = _HEADER.match(line)
    return (found and _read(line, found)) or _blank(line)


def _blank(line: str) -> Header | None:
    found = _BLANK.match(line)
    return None if found is None else _read(line, found)


def _read(line: str, found: re.Match[str]) -> Header | None:
    mark, opened, a, separator, b, c, before, hour, minute, second, after, end = found.groups()
    half = _period(before or "", after or "") if before or after else ""
    style = _style(opened, end, second)
    if half is None or style is None:
        return None
    time = _clock(int(hour), half), int(minute), None if second is None else int(second)
    date = int(a), int(b), int(c)
    return Header(date, time, style, separator, "\u200e" in mark, line[found.end() :])


def _style(opened: str, end: str, second: str | None) -> str | None:
    if opened:
        return _BRACKET if end[0] == "]" else None
    if "-" in end or "–" in end:
        return _DASH
    # Without any mark a date in running text looks the same; only exports state the second.
    return _BARE if end[0] != "]" and second is not None else None


@lru_cache(1 << 10)
def _period(before: str, after: str) -> str | None:
    """Return the word for the half of the day, empty if there is none, None for other words."""
    first, last = _squeezed(before), _squeezed(after)
    if first in _AND:
        return "" if last in _HOURS else last if last in _PERIODS else None
    return first if first in _PERIODS and not last else None


def _squeezed(word: str) -> str:
    # Vowel signs are no letters: what is dropped are dots, blanks, apostrophes and marks.
    kept = (c for c in word if c not in ".'’" and c.isprintable() and not c.isspace())
    return "".join(kept).casefold()


def _clock(hour: int, half: str) -> int:
    if not half or hour > 12:
        return hour
    if half in _MORNING:
        return hour % 12
    if half in _AFTERNOON:
        return hour % 12 + 12
    if half in _NIGHT:
        return hour % 12 if hour < 6 or hour == 12 else hour + 12
    return hour + 12 if hour < 6 else hour
