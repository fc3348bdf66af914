"""Names as people write them, taken apart.

What is no part of a name (titles, degrees, pronouns, emoji, slogans) is laid aside first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from netquality.identity.nicknames import diminutive
from netquality.identity.spelling import script
from netquality.identity.titles import (
    AFTER_COMMA,
    CREDENTIALS,
    FACULTIES,
    GENERATIONS,
    NOT_CALLED,
    PARTICLES,
    TITLES,
)
from netquality.text import clean

__all__ = ["Name", "parsed"]


_NOBODY = re.compile(
    r"(linkedin[ -]?(member|mitglied)|membre de linkedin|miembro de linkedin|membro do linkedin|"
    r"hidden member|unknown\b.*|unnamed\b.*|anonymous\b.*|deleted (user|account)|no ?name|n/?a|"
    r"none|null|nan|no-?reply)"
)
_ADDRESS = re.compile(r"\S@\S|https?:|www\.", re.I)
_SLOGAN = re.compile(r"\s*(?:\||•|\s·\s|\s[-–—:~]+\s|\s@\s|\svia\s|\son behalf of\s).*$", re.I)
_MAIDEN = re.compile(
    r"[,(]?\s*\b(?:n[ée]e|né|geb(?:orene?)?|born|formerly(?: known as)?|fka|z domu)"
    r"(?:\.|\s|:)+([^\W\d_][^,()]*?)\s*(?:\)|,|$)",
    re.I,
)
_DEGREE = re.compile(
    r"\bdipl\b\.?[\s-]*\w+\.?(\s*\((FH|TU|TH|BA|DH|Univ)\.?\))?|"
    r"(?<=[\s,])(ph\.?\s?d|m\.b\.a|[mb]\.\s?sc|[mb]\.\s?eng|ll\.\s?[mb]|ed\.d|psy\.d)\b\.?",
    re.I,
)
_GERMAN = (
    (re.compile(r",?\s\bd(?:er\s+|\.\s*)(?:ä|ae)(?:lter\w*|\.|$)", re.I), "sr"),
    (re.compile(r",?\s\bd(?:er\s+|\.\s*)j(?:ünger\w*|\.|$)", re.I), "jr"),
)
_PRONOUN = re.compile(
    r"[(\[]?\b(?:she|he|they|her|him|them|xe|ze|ella|elle|él|sie|er|il|iel)\s*/[\w/ ]+[)\]]?", re.I
)
_TWO_WORDS = re.compile(r"(?!(?:nee|born|geb\w*|dipl|fka|ph)\b)[A-Za-z]{2,} [A-Za-z]{2,}", re.I)
_CONSONANTS = re.compile("(?!ng$)[b-df-hj-np-tv-xz]{2,3}")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_QUOTES = re.compile(r"(?:^|(?<=\s))[\"“”„«»']([^\"“”„«»]+?)[\"“”„«»'](?=\s|,|$)")


@dataclass(frozen=True)
class Name:
    """A name, taken apart. All words are case-folded; a part that is not stated is empty.

    Attributes
    ----------
    given
        Given names in order; a single letter is an initial.
    surnames
        Surnames in use, a double name as two words, particles left out.
    particles
        "van", "der", "bin" and their like.
    others
        Surnames of another time (née), or in brackets and perhaps of another time.
    nicknames
        What stands in quotes or brackets.
    generation
        "sr", "jr", "ii", "iii", "iv" or "".
    aside
        Titles, degrees, pronouns and slogans that were laid aside.

    Examples
    --------
    >>> bool(Name()), bool(Name(given=("zora",)))
    (False, True)
    """

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    generation: str = ""
    aside: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any name."""
        return bool(self.given or self.surnames)


class _Rest:
    """The text that is still to be read, and what was taken out of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.aside: list[str] = []
        self.generation = ""

    def drop(self, pattern: re.Pattern[str]) -> None:
        self.aside += [found.group().strip() for found in pattern.finditer(self.text)]
        self.text = pattern.sub(" ", self.text)

    def lay_aside(self, words: list[str]) -> None:
        for each in words:
            if each in GENERATIONS:
                self.generation = GENERATIONS[each]
            else:
                self.aside.append(each)

    def take(self, pattern: re.Pattern[str]) -> list[str]:
        found = [each.group(1) for each in pattern.finditer(self.text)]
        self.text = pattern.sub(" , " if pattern is _MAIDEN else " ", self.text)
        return found


@lru_cache(1 << 17)
def parsed(text: str) -> Name:
    """Take a name apart.

    Parameters
    ----------
    text
        A name as a person or an export wrote it, in any script.

    Returns
    -------
    Name
        Empty (and false) for what is no name: a mail address, a number, "LinkedIn Member".

    Examples
    --------
    >>> parsed("Dr. Zora Quill (née Ames), PMP®").surnames, parsed("Brass, Odo").given
    (('quill',), ('odo',))
    >>> bool(parsed("zora@quill.example")), bool(parsed("4711"))
    (False, False)
    """
    simple = _TWO_WORDS.fullmatch(text) is not None
    rest = _Rest(text if simple else re.sub(r"<[^>]*>", " ", _composed(text)))
    if _ADDRESS.search(rest.text) or _NOBODY.fullmatch(rest.text.strip().casefold()):
        return Name()
    # Most names are two plain words, in which nothing is to be looked for.
    in_front = not simple and bool(_QUOTES.match(rest.text.strip()))
    maiden, quoted, bracketed = ([], [], []) if simple else _taken(rest)
    first, last = _ordered(rest)
    if in_front and not last:
        first, last = [], first
    given, surnames = _apart(first), _apart(last)
    particles = tuple(w for w in surnames if w in PARTICLES) if len(surnames) > 1 else ()
    called, perhaps = _called(given, quoted, bracketed, rest)
    return Name(
        _initials(given),
        tuple(w for w in surnames if w not in particles) or surnames,
        particles,
        tuple(w for t in maiden for w in _apart(_words(t)) if w not in CREDENTIALS) + perhaps,
        called,
        rest.generation,
        tuple(word.casefold() for word in rest.aside),
    )


def _taken(rest: _Rest) -> tuple[list[str], list[str], list[str]]:
    """Take out what is no name, then former names, quotes and brackets."""
    for pattern in (_SLOGAN, _PRONOUN, _DEGREE):
        rest.drop(pattern)
    for pattern, rank in _GERMAN:
        if pattern.search(rest.text):
            rest.text, rest.generation = pattern.sub(" ", rest.text), rank
    return rest.take(_MAIDEN), rest.take(_QUOTES), rest.take(_BRACKETS)


def _composed(text: str) -> str:
    """Return the text with one kind of apostrophe and without emoji and signs."""
    plain = re.sub("[’‘ʼ´`]", "'", clean(text))
    plain = re.sub("[\u200c\u200d\ufe0f]", "", plain)
    kept = (" " if unicodedata.category(c) in ("So", "Sc", "Sk", "Co", "Cn") else c for c in plain)
    plain = unicodedata.normalize("NFKC", "".join(kept))
    return re.sub(r"\b([odl])'\s+", r"\1'", plain, flags=re.I)


def _words(text: str) -> list[str]:
    """Return the words in lower case; dots and underscores part them, digits drop them."""
    parts = re.sub(r"[._]", " ", text.replace("'", "")).split()
    tidy = (re.sub(r"^\W+|\W+$", "", part).casefold() for part in parts)
    return [w for w in tidy if w and (w in GENERATIONS or not re.search(r"[\d/\\&+=]", w))]


def _apart(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for each in words for part in re.split(r"[-‐‑]", each) if part)


def _ordered(rest: _Rest) -> tuple[list[str], list[str]]:
    """Return given names and surnames, whichever came first."""
    head, *tails = (part.strip() for part in re.split("[,;，、]", rest.text))
    words = _words(head)
    given: list[str] = []
    for tail in tails:
        found = _words(tail)
        if not found:
            continue
        if given or len(found) > 3 or _is_aside(tail, head, words):
            rest.lay_aside(found)
        else:
            given = found
    words = _trimmed(words, rest)
    if given:
        given = _trimmed(given, rest)
        while len(given) > 1 and given[-1] in PARTICLES:
            words.insert(0, given.pop())
        return given, words
    return _split(words, head, titled=any(w in TITLES for w in rest.aside))


def _is_aside(tail: str, head: str, words: list[str]) -> bool:
    """Whether what follows a comma is degrees, a generation or a shout, no given name."""
    known = CREDENTIALS | GENERATIONS.keys() | (AFTER_COMMA if len(words) > 1 else set())
    pieces = [re.sub(r"\W", "", piece).casefold() for piece in re.split(r"[\s/-]+", tail)]
    shout = tail.isupper() and not head.isupper() and len(re.sub(r"\W", "", tail)) > 1
    return all(piece in known for piece in pieces if piece) or shout


def _trimmed(words: list[str], rest: _Rest) -> list[str]:
    """Take titles off the front, degrees and a generation off the end."""
    left = list(words)
    while len(left) > 1 and left[0] in TITLES:
        rest.aside.append(left.pop(0))
        while len(left) > 2 and left[0] in FACULTIES:
            rest.aside.append(left.pop(0))
    while len(left) > 1 and left[-1] in CREDENTIALS | GENERATIONS.keys():
        rest.lay_aside([left.pop()])
    return left


def _split(words: list[str], head: str, *, titled: bool) -> tuple[list[str], list[str]]:
    """Tell given names from surnames in the order in which they are spoken."""
    if len(words) < 2:
        return _one_word(words[0], titled=titled) if words else ([], [])
    if script(words[0]) == "other" and len(words[0]) == 1 and len(words) == 2:
        return words[1:], words[:1]
    if _shouted(head.split()[0], head) and not _CONSONANTS.fullmatch(words[0]):
        return words[1:], words[:1]
    at = next((i for i, w in enumerate(words[1:-1], 1) if w in PARTICLES), len(words) - 1)
    return words[:at], words[at:]


def _shouted(first: str, head: str) -> bool:
    """Whether the first word alone is in capitals, as the French write a surname in front."""
    return first.isupper() and first.isalpha() and len(first) > 2 and not head.isupper()


def _one_word(word: str, *, titled: bool) -> tuple[list[str], list[str]]:
    """Read a lone word: a given name, a surname behind a title, or both without a blank."""
    if script(word) == "other" and 1 < len(word) < 5 and _is_east_asian(word):
        return [word[1:]], [word[0]]
    return ([], [word]) if titled else ([word], [])


def _is_east_asian(word: str) -> bool:
    return all(unicodedata.name(c, "").startswith(("CJK UNIFIED", "HANGUL")) for c in word)


def _initials(given: tuple[str, ...]) -> tuple[str, ...]:
    """Read consonants alone in front as initials (JD, JRR); Ng is a name."""
    if given and _CONSONANTS.fullmatch(given[0]):
        return (*given[0], *given[1:])
    return given


def _called(
    given: tuple[str, ...], quoted: list[str], bracketed: list[str], rest: _Rest
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return nicknames, and what in brackets may as well be a former surname."""
    called = [w for text in quoted for w in _words(text)]
    perhaps: list[str] = []
    for text in bracketed:
        words = _words(text)
        known = CREDENTIALS | AFTER_COMMA | NOT_CALLED | GENERATIONS.keys()
        shout = text.isupper() and 1 < len(text) < 5 and not rest.text.isupper()
        if not words or len(words) > 2 or known & set(words) or shout or "/" in text:
            rest.lay_aside(words)
            continue
        called += words
        perhaps += [w for w in words if not _like_given(given, w)]
    return tuple(called), tuple(perhaps)


def _like_given(given: tuple[str, ...], word: str) -> bool:
    return any(
        diminutive(name, word) or diminutive(word, name) or name[:2] == word[:2] for name in given
    )
