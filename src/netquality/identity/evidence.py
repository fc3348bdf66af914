"""What speaks for and against two people being one: a sum of log-odds, each with its words.

The weights are a rule, set by hand and not calibrated: read the score as an order, and as a
probability only roughly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import exp, log

from netquality.identity.cards import (
    Card,
    Census,
    given_of,
    surname_of,
    whole_of,
)
from netquality.identity.keys import is_role
from netquality.identity.names import Name, agreement, parsed

__all__ = ["NAMESAKES", "Evidence", "weighed"]

_INITIAL = "initial of the given name"
_TURNED = "names in the other order"
# Log-odds that a pair starts from, before the rarity of the name counts.
_NAME = {"equal": 0.6, "variant": -0.2, "possible": -2.2, "unknown": -2.2}
_BY_REASON = {
    _INITIAL: -0.5,
    "initial of the surname": -0.8,
    "same given name, other surname (maiden name?)": 0.4,
    "one letter differs": 0.6,
    "other spelling": 1.0,
    "goes by the middle name": 1.2,
    _TURNED: -0.4,
    "Sr. stated once": 0.3,
}
# Reasons that leave the surname, or the given name, out of what agrees.
_NO_SURNAME = {
    "same given name, other surname (maiden name?)",
    "only a given name known",
    "initial of the surname",
    "surname in another script",
}
_NO_GIVEN = {_INITIAL, "only a surname known"}
# As many bearers of one name, and the name alone says nothing any more.
NAMESAKES = 3


@dataclass
class Evidence:
    """A sum of log-odds with the words for and against."""

    odds: float
    reasons: list[str]
    against: list[str]
    beyond_name: bool = False
    specific: bool = False

    def plus(self, weight: float, why: str, *, specific: bool = True) -> None:
        """Add what speaks for the pair; `specific` is what a namesake would not share."""
        self.odds += weight
        self.reasons.append(why)
        self.beyond_name = True
        self.specific |= specific

    def minus(self, weight: float, why: str) -> None:
        """Add what speaks against it."""
        self.odds -= weight
        self.against.append(why)

    @property
    def score(self) -> float:
        """The odds as a number between 0 and 1."""
        return round(1 / (1 + exp(-self.odds)), 3)


def weighed(a: Card, b: Card, census: Census) -> Evidence | None:
    """Weigh whether two cards are one person's; None where that is out of the question.

    Parameters
    ----------
    a, b
        The cards.
    census
        How common their names are among the people present.
    """
    if _two_contacts(a, b):
        return None
    found = _by_name(a, b, census)
    if found is None:
        return None
    _keys(a, b, found)
    _work(a, b, census, found)
    _spelled(a, b, census, found)
    _apart(a, b, found)
    many = max((census.whole[whole_of(n)] for c in (a, b) for n in c.parts), default=0)
    if many >= NAMESAKES:
        # One of so many, unless more than the name points at this one.
        found.minus(0.5 if found.specific else log(many - 1), f"{many} people of that name")
    return found if found.beyond_name or many < NAMESAKES else None


def _by_name(a: Card, b: Card, census: Census) -> Evidence | None:
    """Start from how well the names agree, best pair first."""
    tried = []
    for x in a.names or ("",):
        for y in b.names or ("",):
            each = agreement(x, y)
            if each.level == "different":
                continue
            tried.append((_name_odds(x, y, each.level, each.reasons, census), x, y))
    if not tried:
        return None
    odds, x, y = max(tried)
    best = agreement(x, y)
    if best.level == "unknown":
        return Evidence(odds, [], [])
    said = best.reasons or ("same name",)
    if best.level == "equal" and "same name" not in said:
        said = ("same name", *said)
    found = Evidence(odds, list(said), [])
    if "Sr. stated once" in best.reasons:
        found.minus(1.0, "generation stated once")
    return found


def _name_odds(x: str, y: str, level: str, reasons: tuple[str, ...], census: Census) -> float:
    odds = _NAME[level] + sum(_BY_REASON.get(why, 0.0) for why in reasons)
    one, two = parsed(x), parsed(y)
    if level == "unknown":
        return odds
    if one.surnames and two.surnames and not _NO_SURNAME & set(reasons):
        odds += _rare_surname(census, one, two)
    if one.given and two.given and not _NO_GIVEN & set(reasons):
        odds += _rare_given(census, one, two)
    return odds


def _rare_surname(census: Census, *names: Name) -> float:
    """Return what agreeing in a surname adds: from -1 where everybody bears it to 1."""
    return 2 * census.rarity(max(census.surnames[surname_of(n)] for n in names)) - 1


def _rare_given(census: Census, *names: Name) -> float:
    return census.rarity(max(census.given[given_of(n)] for n in names)) - 0.5


def _keys(a: Card, b: Card, found: Evidence) -> None:
    """Weigh mailboxes and phones that both bear, or nearly."""
    for mail in sorted(a.mails & b.mails)[:1]:
        found.plus(
            *((0.4, "a shared desk's mailbox") if is_role(mail) else (2.0, "shared mailbox"))
        )
    if a.phones & b.phones:
        found.plus(1.4, "shared phone number")
    elif _national(a.phones) & _national(b.phones):
        found.plus(2.0, "phone numbers differ only in the country prefix")


def _national(phones: frozenset[str]) -> set[str]:
    """Return the last nine digits: enough to tell numbers, too few for a country."""
    digits = (re.sub(r"\D", "", phone) for phone in phones)
    return {number[-9:] for number in digits if len(number) > 8}


def _work(a: Card, b: Card, census: Census, found: Evidence) -> None:
    shared = a.workplaces & b.workplaces
    if shared:
        rarest = min(shared, key=lambda place: (census.workplaces[place], place))
        words = "same employer" if a.employers & b.employers else "same mail domain or employer"
        found.plus(0.4 + 1.4 * census.rarity(census.workplaces[rarest]), words)
    elif a.employers and b.employers:
        found.minus(0.3, "other employer")


def _spelled(a: Card, b: Card, census: Census, found: Evidence) -> None:
    """Weigh an address or a slug of the one that spells the name of the other."""
    if {"same name", _TURNED} & set(found.reasons):
        return
    for one, two in ((a, b), (b, a)):
        for words, letters in one.handles:
            how = two.spelled.get(letters)
            # An initial says nothing new where it stands for the bearer's own name as well.
            if how == "full" or (how == "initial" and letters not in one.spelled):
                weight = 1.3 if how == "full" else 0.5
                if not one.parts:
                    weight = _instead_of_name(two, census, whole=how == "full")
                found.plus(weight, f"{words} spells the name", specific=False)
                return
    if _INITIAL in found.reasons and (_spells_another(a, b) or _spells_another(b, a)):
        found.minus(2.0, "mail address spells another given name")


def _instead_of_name(card: Card, census: Census, *, whole: bool) -> float:
    """Return what brings a nameless address level with one whose name agrees as well."""
    level = _NAME["equal"] if whole else _NAME["variant"] + _BY_REASON[_INITIAL]
    rare = _rare_surname(census, *card.parts) + whole * _rare_given(census, *card.parts)
    return level - _NAME["unknown"] + rare


def _spells_another(one: Card, two: Card) -> bool:
    """Whether an address says what the initial beside it stands for, and it is not the other."""
    for mail in one.mails:
        local = re.sub(r"\d+", "", mail.partition("@")[0])
        own = any(agreement(local, name).level == "variant" for name in one.names)
        if own and all(agreement(local, name).level == "different" for name in two.names):
            return True
    return False


def _two_contacts(a: Card, b: Card) -> bool:
    """Whether two profiles stand in one export, and no mailbox or phone joins them."""
    if not (a.slugs and b.slugs) or a.slugs & b.slugs or not a.seen & b.seen:
        return False
    certain = {whole_of(n) for n in a.parts} & {whole_of(n) for n in b.parts}
    return not (certain and (a.mails & b.mails or a.phones & b.phones))


def _apart(a: Card, b: Card, found: Evidence) -> None:
    """Weigh what shows two people."""
    if a.slugs and b.slugs and not a.slugs & b.slugs:
        found.minus(2.5, "two profiles")
    if a.seen & b.seen:
        found.minus(2.0, "two contacts in one export")
