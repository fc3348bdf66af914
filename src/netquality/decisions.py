"""What the user says: one row a word, appended and never changed.

A decision names *accounts*, not people: who is who may change, and undoing a merge must give back
exactly what was there before. What was said is taken back by another row, whose ``undoes`` names
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.days import day_number
from netquality.errors import BadInput
from netquality.ids import digest
from netquality.schema import TABLES, as_table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BY_HAND", "FAVOURS", "STEPS", "WAYS", "WORDS", "Word", "decided", "in_force", "latest"]
__all__ += ["Moment", "moment", "taken_back"]

BY_HAND = ("meeting", "call", "favour")
# What may be asked of somebody, the least first; and how it is asked.
FAVOURS = (
    *("reply", "react", "answer", "call", "introduction", "recommendation", "referral", "money"),
)
WAYS = ("person", "video", "call", "mail")
STEPS = ("asked", "agreed", "declined", "made", "met")


@dataclass(frozen=True)
class Word:
    """What one kind of decision says.

    Attributes
    ----------
    says
        The kind, in words.
    people
        How many people it names: 0 to 3.
    value
        What its value may be; empty for any text, None where it has none.
    """

    says: str
    people: int
    value: tuple[str, ...] | None = None


WORDS = {
    "same": Word("these two accounts are one person", 2),
    "different": Word("these two accounts are two people", 2),
    "knows": Word("these two know each other, or do not", 2, ("yes", "no")),
    "rating": Word("how close you feel to somebody", 1, ("1", "2", "3", "4", "5")),
    "outcome": Word("whether somebody did what was asked of them", 1, ("yes", "no")),
    "promise": Word("the first promised something to the second", 2),
    "kept": Word("a promise was kept, or was not", 0, ("yes", "no")),
    "introduction": Word("how far an introduction has come", 2, STEPS),
    "never": Word("never suggest this person", 1),
    "consent": Word("the owner of an archive agreed that it is pooled", 1, ()),
    "release": Word("the first lets the others ask for a way to the second", 2),
    "undo": Word("what was said before is taken back", 0),
}
_SIDES = ("subject", "object", "third")
# What a word is about, where it is about another one.
_NEEDS = {"undo": "undoes", "kept": "about"}


Moment = datetime | date | str


def moment(at: Moment) -> datetime:
    """Return a point in time with its zone; UTC where none is stated.

    Raises
    ------
    BadInput
        When it is none.

    Examples
    --------
    >>> moment("2026-11-24").isoformat()
    '2026-11-24T00:00:00+00:00'
    """
    try:
        if isinstance(at, str):
            at = datetime.fromisoformat(at)
        when = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, AttributeError):
        raise BadInput(f"{at!r} is no time.", accepted="2026-11-24, 2026-11-24T10:30.") from None


def decided(kind: str, *people: str, at: datetime, **said: Any) -> pd.DataFrame:
    """Make the row of one decision.

    Parameters
    ----------
    kind
        One of `WORDS`.
    people
        Accounts: subject, object, third.
    at
        When it was said, with a zone.
    said
        Further columns of ``decisions``: value, favour, about, due, undoes, note.

    Returns
    -------
    pandas.DataFrame
        One row; its ``decision`` is a hash of all that it says, so that the same word read
        twice is one.

    Raises
    ------
    BadInput
        For an unknown kind, too few or too many people, or a value that the kind does not have.

    Examples
    --------
    >>> from datetime import datetime, UTC
    >>> row = decided("rating", "a1", at=datetime(2026, 1, 5, tzinfo=UTC), value="4")
    >>> row[["kind", "subject", "value"]].iloc[0].tolist()
    ['rating', 'a1', '4']
    """
    word = _known(kind, people, said.get("value"))
    if kind in _NEEDS and not said.get(_NEEDS[kind]):
        raise BadInput(f"{kind!r} does not say of what: {word.says}.", accepted="an id.")
    if kind == "outcome":
        _refuse_unknown_favour(said.get("favour"), said.get("about"))
    if said.get("due") is not None:
        said["due"] = day_number(said["due"])
    sides = dict(zip(_SIDES, people, strict=False))
    row = {"kind": kind, **sides, **{k: v for k, v in said.items() if v is not None}}
    unknown = set(row) - set(TABLES["decisions"])
    if unknown:
        raise BadInput(f"A decision has no {', '.join(sorted(unknown))}: {word.says}.")
    name = digest(at.astimezone(UTC).isoformat(), *(f"{key}={row[key]}" for key in sorted(row)))
    stamp = pd.Series([at]).dt.tz_convert("UTC").astype("datetime64[us, UTC]")
    return as_table("decisions", {"decision": name, "at": stamp, **row}, rows=1)


def _known(kind: str, people: tuple[str, ...], value: str | None) -> Word:
    if kind not in WORDS:
        raise BadInput(f"{kind!r} cannot be said.", accepted=f"{', '.join(WORDS)}.")
    word = WORDS[kind]
    most = 3 if kind == "introduction" else word.people
    if not word.people <= len(people) <= most:
        raise BadInput(f"{kind!r} names {word.people} people, not {len(people)}: {word.says}.")
    if (word.value and value not in word.value) or (word.value is None and value is not None):
        accepted = ", ".join(word.value or ["no value"])
        raise BadInput(f"{kind!r} cannot be {value!r}.", accepted=f"{accepted}.")
    return word


def _refuse_unknown_favour(favour: object, way: object) -> None:
    for what, said, accepted in (("favour", favour, FAVOURS), ("way to ask", way, WAYS)):
        if said not in accepted:
            found = f"No {what} is called {said!r}." if said else f"An outcome needs a {what}."
            raise BadInput(found, accepted=f"{', '.join(accepted)}.")


def in_force(decisions: pd.DataFrame, day: int | None = None) -> pd.DataFrame:
    """Return the decisions that hold: said by that day, and not taken back.

    Taking back may be taken back as well. The rows keep their order in time.

    Parameters
    ----------
    decisions
        The table.
    day
        Later ones are not seen; None sees all.

    Examples
    --------
    >>> from datetime import datetime, UTC
    >>> at = datetime(2026, 1, 5, tzinfo=UTC)
    >>> said = decided("never", "a1", at=at)
    >>> back = decided("undo", at=at.replace(hour=1), undoes=said["decision"].iloc[0])
    >>> len(in_force(said)), len(in_force(pd.concat([said, back])))
    (1, 0)
    """
    rows = decisions.sort_values(["at", "decision"], kind="stable", ignore_index=True)
    if day is not None:
        rows = rows[(rows["at"].dt.floor("D") - pd.Timestamp(0, tz="UTC")).dt.days <= day]
    void = rows["decision"].isin(taken_back(rows))
    return rows[~void & (rows["kind"] != "undo")].reset_index(drop=True)


def taken_back(decisions: pd.DataFrame) -> frozenset[str]:
    """Return what was taken back: ids of decisions, and of events recorded by hand."""
    backs: dict[str, list[str]] = {}
    for name, undoes in zip(decisions["decision"], decisions["undoes"], strict=True):
        if isinstance(undoes, str):
            backs.setdefault(undoes, []).append(name)
    holds: dict[str, bool] = {}
    # What takes back what says the order; the clock does not, where only days are stated.
    for target in backs:
        _settle(target, backs, holds)
    return frozenset(target for target in backs if not holds[target])


def _settle(first: str, backs: dict[str, list[str]], holds: dict[str, bool]) -> None:
    """Find out whether a word holds: it does unless something that holds takes it back."""
    path, entered = [first], {first}
    while path:
        name = path[-1]
        waiting = [b for b in backs.get(name, ()) if b not in holds and b not in entered]
        if waiting:
            path.append(waiting[0])
            entered.add(waiting[0])
        else:
            path.pop()
            holds[name] = not any(holds.get(back, False) for back in backs.get(name, ()))


def latest(rows: pd.DataFrame, keys: Iterable[str]) -> pd.DataFrame:
    """Return the last word on each subject; of two in a pair the order does not matter.

    Parameters
    ----------
    rows
        Decisions in force.
    keys
        The columns that say what a word is about.
    """
    about = rows[[*keys]].astype(object).where(rows[[*keys]].notna(), "")
    topic = [tuple(sorted(map(str, each))) for each in about.itertuples(index=False)]
    last = ~pd.Series(topic, index=rows.index, dtype=object).duplicated(keep="last")
    return rows[last.to_numpy(dtype=bool)]
