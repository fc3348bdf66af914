"""How two names agree, with reasons that a user can read.

The rules err on the side of "different": a wrong merge costs more than a missed one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from netquality.identity.nicknames import given_word
from netquality.identity.spelling import EQUAL, OTHER, SLIP, VARIANT, script, spellings, word
from netquality.identity.written import Name, parsed

__all__ = ["LEVELS", "Agreement", "Name", "agreement", "parsed"]

LEVELS = ("equal", "variant", "possible", "different", "unknown")
_RANK = {"sr": 1, "jr": 2, "ii": 2, "iii": 3, "iv": 4}
_FIRST_LETTER, _LAST_LETTER = "initial of the given name", "initial of the surname"
_ONLY_GIVEN, _ONLY_SURNAME = "only a given name known", "only a surname known"
# Words that only one side has: too many ways to fit, where the order is free as well.
_EXTRA = {"double surname", "second surname stated once", "middle name stated once"}
# Reasons for "possible" that do not make another slip a contradiction.
_NO_SLIPS = {_ONLY_GIVEN, _ONLY_SURNAME, "the same consonants in another script"}
# How far apart a part of two names is, and why.
Part = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class Agreement:
    """How well two names agree, and why.

    Attributes
    ----------
    level
        "equal" (the same but for case, script, degrees), "variant" (initial, nickname, order,
        middle name, stated maiden name), "possible" (another surname, a slip, only one name
        stated), "different" (they contradict each other) or "unknown" (one is no name).
    reasons
        Short phrases.

    Examples
    --------
    >>> Agreement("equal").reasons
    ()
    """

    level: str
    reasons: tuple[str, ...] = ()


@lru_cache(1 << 18)
def agreement(a: str, b: str) -> Agreement:
    """Compare two names as written.

    Two different full given names are always different, and so is a plain name beside a
    "Jr.": a son is not his father. The order of the arguments does not matter.

    Parameters
    ----------
    a, b
        Names in any script, with whatever people put around them.

    Examples
    --------
    >>> agreement("Bill Brass", "William Brass, PhD")
    Agreement(level='variant', reasons=('nickname: Bill for William', 'credentials aside'))
    >>> agreement("Jana Quill", "Jonas Quill").level, agreement("", "Jana").level
    ('different', 'unknown')
    """
    if b < a:
        return agreement(b, a)
    one, two = parsed(a), parsed(b)
    if not one or not two:
        return Agreement("unknown", ("no name",))
    found = _compared(one, two)
    if found.level == "different" and one.surnames and two.surnames and one.given and two.given:
        found = _turned(one, two) or _turned(two, one) or found
    if found.level == "different" and _unreadable(one) != _unreadable(two):
        return Agreement("unknown", ("other script",))
    if found.level != "different" and set(one.aside) != set(two.aside):
        return Agreement(found.level, (*found.reasons, "credentials aside"))
    return found


def _unreadable(name: Name) -> bool:
    return any(script(w) == "other" for w in (*name.given, *name.surnames))


def _turned(one: Name, two: Name) -> Agreement | None:
    """Compare with given name and surname of one side exchanged, full words only."""
    first, *middle = two.given
    turned = Name(two.surnames, (first, *middle), two.particles, generation=two.generation)
    full = all(len(w) > 1 for name in (one, two) for w in (*name.given, *name.surnames))
    found = _compared(one, turned)
    if full and found.level in ("equal", "variant") and not _EXTRA & set(found.reasons):
        return Agreement("variant", (*found.reasons, "names in the other order"))
    return None


def _compared(one: Name, two: Name) -> Agreement:
    generation, why = _generations(one.generation, two.generation)
    given, first = _given(one, two)
    if OTHER in (generation, given):
        reasons = (*why, *first) if generation == OTHER else first
        return Agreement("different", reasons)
    surname, last = _surnames(one, two, whole=given == EQUAL)
    if surname == OTHER or (given == surname == SLIP and not {*first, *last} & _NO_SLIPS):
        return Agreement("different", last)
    if _ONLY_SURNAME in first:
        last = ()
    worst = max(given, surname, generation)
    if _FIRST_LETTER in first and _LAST_LETTER in last:
        worst = max(worst, SLIP)
    return Agreement(LEVELS[worst], tuple(dict.fromkeys((*first, *last, *why))))


def _generations(a: str, b: str) -> Part:
    if a == b:
        return EQUAL, ()
    ranks = _RANK.get(a, 0), _RANK.get(b, 0)
    if max(ranks) == 1:
        return SLIP, ("Sr. stated once",)
    if ranks[0] == ranks[1]:
        return SLIP, ("Jr. against II",)
    shown = [f"{g.title()}." if g in ("sr", "jr") else g.upper() or "none" for g in (a, b)]
    return OTHER, (" against ".join(sorted(shown, key=lambda g: (g == "none", g == "Jr.", g))),)


def _given(one: Name, two: Name) -> Part:
    """Compare given names, the first one above all."""
    if not one.given or not two.given:
        return _unstated(one, two)
    whole = ["".join(name.given) for name in (one, two)]
    if len(one.given) != len(two.given) and word(*whole)[0] == EQUAL and min(map(len, whole)) > 3:
        return EQUAL, ()
    level, why = given_word(one.given[0], two.given[0])
    if level in (SLIP, OTHER):
        return _by_other_name(one, two) or (level, (why or "other given name",))
    if level == VARIANT and why == "initial":
        why = _FIRST_LETTER
    middle, more = _middle(one.given[1:], two.given[1:])
    return max(level, middle), tuple(w for w in (why, *more) if w)


def _unstated(one: Name, two: Name) -> Part:
    """Compare given names of which one is missing: by a stated nickname, if any."""
    for a, b in ((one, two), (two, one)):
        if any(
            given_word(n, g)[0] <= VARIANT for n in a.nicknames for g in (*b.given, *b.nicknames)
        ):
            return VARIANT, ("nickname stated",)
    return SLIP, (_ONLY_SURNAME,)


def _by_other_name(one: Name, two: Name) -> Part | None:
    """Return how somebody goes by a nickname in quotes, or by a middle name."""
    for a, b in ((one, two), (two, one)):
        if any(len(n) > 1 and given_word(n, b.given[0])[0] <= VARIANT for n in a.nicknames):
            return VARIANT, ("nickname stated",)
        if any(len(m) > 1 and word(m, b.given[0])[0] == EQUAL for m in a.given[1:]):
            return SLIP, ("goes by the middle name",)
        if not a.surnames and _meet(a.given, b.surnames):
            return SLIP, (_ONLY_SURNAME,)
    return None


def _middle(a: tuple[str, ...], b: tuple[str, ...]) -> Part:
    """Compare middle names one by one; what only one side states is no contradiction."""
    level, reasons = EQUAL, []
    for x, y in zip_longest(a, b):
        if x is None or y is None:
            found, why = VARIANT, "middle name stated once"
        else:
            found, why = given_word(x, y)
            if found in (SLIP, OTHER):
                return OTHER, (
                    "other middle initial" if 1 in (len(x), len(y)) else "other middle name",
                )
            why = "initial of the middle name" if why == "initial" else why
        level = max(level, found)
        reasons.append(why)
    return level, tuple(dict.fromkeys(w for w in reasons if w))


def _surnames(one: Name, two: Name, *, whole: bool) -> Part:
    """Compare surnames; `whole` says that the given names are the same and full."""
    if not one.surnames or not two.surnames:
        return SLIP, (_ONLY_GIVEN,)
    level, why = _in_order(one.surnames, two.surnames)
    if level == EQUAL and one.particles != two.particles:
        return VARIANT, (f"with and without {' '.join(one.particles or two.particles)!r}",)
    if level <= SLIP and not (level == SLIP and _shared(one, two)):
        return level, why
    if (joined := _joined(one, two)) or (joined := _shared(one, two)):
        return joined
    if _unreadable(one) != _unreadable(two):
        return SLIP, ("surname in another script",)
    if whole and any(len(g) > 1 for g in one.given):
        return SLIP, ("same given name, other surname (maiden name?)",)
    return OTHER, ("other surname",)


def _in_order(a: tuple[str, ...], b: tuple[str, ...]) -> Part:
    if len(a) != len(b):
        return (EQUAL, ()) if word("".join(a), "".join(b))[0] == EQUAL else (OTHER, ())
    parts = [word(x, y) for x, y in zip(a, b, strict=True)]
    why = (_LAST_LETTER if w == "initial" else w for _, w in parts)
    return max(level for level, _ in parts), tuple(dict.fromkeys(w for w in why if w))


def _joined(one: Name, two: Name) -> Part | None:
    """Compare with particles written into the surname (Vanderberg)."""
    whole = ["".join((*name.particles, *name.surnames)) for name in (one, two)]
    return (VARIANT, ("particle joined to the surname",)) if word(*whole)[0] == EQUAL else None


def _shared(one: Name, two: Name) -> Part | None:
    """Find a surname that both state, as one of two, as a former one, or among given names."""
    if _meet(one.surnames, two.surnames):
        return VARIANT, ("double surname",)
    if _meet(one.others, (*two.surnames, *two.others)) or _meet(two.others, one.surnames):
        return VARIANT, ("maiden name stated",)
    if _meet(one.surnames, two.given[1:]) or _meet(two.surnames, one.given[1:]):
        return VARIANT, ("second surname stated once",)
    return None


def _meet(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return any(len(x) > 1 and spellings(x) & spellings(y) for x in a for y in b)
