"""How one written word relates to another: umlauts, scripts, initials, slips of the pen.

Words are case-folded already.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = [
    "EQUAL",
    "OTHER",
    "SLIP",
    "SOFT",
    "VARIANT",
    "Likeness",
    "loose",
    "narrow",
    "script",
    "spellings",
    "word",
]

# How far apart two words are; the worst part of a name decides.
EQUAL, VARIANT, SLIP, OTHER = range(4)
Likeness = tuple[int, str]

_WIDE = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj", "ő": "oe", "ű": "ue"}
)
_LETTERS = re.compile(r"[^a-z]")
_NARROW = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
SOFT = (("x", "ks"), ("j", "i"), ("y", "i"))
_LOOSE = (
    *(("shch", "sch"), ("zh", "j"), ("kh", "h"), ("ph", "f"), ("x", "ks"), ("w", "v")),
    *(("tz", "c"), ("ts", "c"), ("ck", "k"), ("c", "k"), ("yo", "e")),
    *SOFT,
)


@lru_cache(1 << 17)
def spellings(word: str) -> frozenset[str]:
    """Return the Latin spellings of a word, with and without the letters an umlaut stands for.

    Examples
    --------
    >>> sorted(spellings("müller")), sorted(spellings("øst"))
    (['mueller', 'muller'], ['oest', 'ost'])
    """
    from anyascii import anyascii

    both = (anyascii(text).casefold() for text in (word, word.translate(_WIDE)))
    return frozenset(text for form in both if (text := _LETTERS.sub("", form)))


@lru_cache(1 << 17)
def script(word: str) -> str:
    """Return "latin", "cyrillic", "greek", or "other" for whatever cannot be read for certain.

    Examples
    --------
    >>> script("ødegård"), script("юлия"), script("李")
    ('latin', 'cyrillic', 'other')
    """
    if word.isascii():
        return "latin"
    letters = (unicodedata.name(letter, "").split(" ")[0].lower() for letter in word)
    found = {name for name in letters if name in ("latin", "cyrillic", "greek")}
    foreign = any(unicodedata.category(c) == "Lo" and ord(c) > 0x590 for c in word)
    return "other" if foreign or len(found) != 1 else found.pop()


@lru_cache(1 << 17)
def word(a: str, b: str) -> Likeness:
    """Compare two words of a name.

    Returns
    -------
    tuple of int and str
        `EQUAL`, `VARIANT` (an initial, a transliteration), `SLIP` (a letter, another spelling)
        or `OTHER`, and why.

    Examples
    --------
    >>> word("z", "zora"), word("quill", "quilt"), word("müller", "mueller")
    ((1, 'initial'), (2, 'one letter differs'), (0, 'transliteration'))
    """
    one, two = spellings(a), spellings(b)
    if a == b or one & two:
        return EQUAL, "" if a == b else "transliteration"
    if not one or not two:
        return OTHER, ""
    if min(len(a), len(b)) == 1 and script(a) == script(b):
        return (VARIANT, "initial") if _first(one) & _first(two) else (OTHER, "")
    if narrow(one) & narrow(two):
        return VARIANT, "transliteration"
    if loose(one) & loose(two):
        across = script(a) != script(b)
        return (VARIANT, "transliteration") if across else (SLIP, "other spelling")
    if _skeletons_meet(a, b):
        return SLIP, "the same consonants in another script"
    return (SLIP, "one letter differs") if _slip(one, two) else (OTHER, "")


def _first(forms: frozenset[str]) -> set[str]:
    return {form[0] for form in forms}


@lru_cache(1 << 17)
def narrow(forms: frozenset[str]) -> frozenset[str]:
    """Write every umlaut short; short words keep theirs (Su and Sue are two names)."""
    found = set()
    for text in forms:
        form = text
        for wide, thin in _NARROW if len(text) > 4 else ():
            form = form.replace(wide, thin)
        found.add(form)
    return frozenset(found)


@lru_cache(1 << 17)
def loose(forms: frozenset[str], rules: tuple[tuple[str, str], ...] = _LOOSE) -> frozenset[str]:
    """Write what sounds alike alike, in words long enough to tell."""
    found = set()
    for text in forms:
        form = text
        for old, new in rules if len(text) > 3 else ():
            form = form.replace(old, new)
        found.add(re.sub(r"(?<=[aeiou])h$", "", re.sub(r"(.)\1+", r"\1", form)))
    return frozenset(found)


def _skeletons_meet(a: str, b: str) -> bool:
    """Arabic and Hebrew leave vowels out, so that only consonants can be compared."""
    if (script(a) == "other") == (script(b) == "other"):
        return False
    one, two = (
        {re.sub(r"(.)\1+", r"\1", re.sub("[aeiouwy]", "", form)) for form in spellings(each)}
        for each in (a, b)
    )
    return bool({text for text in one & two if text})


def _slip(one: frozenset[str], two: frozenset[str]) -> bool:
    pairs = [(a, b) for a in one for b in two if min(len(a), len(b)) > 3 and _about(a, b)]
    if not pairs:
        return False
    from rapidfuzz.distance import OSA

    return any(OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in pairs)


def _about(a: str, b: str) -> bool:
    """Whether two words are near enough in length and ends to be worth a comparison."""
    return abs(len(a) - len(b)) < 2 and (a[0] == b[0] or a[-1] == b[-1])
