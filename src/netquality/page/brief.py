"""The first answers in a few sentences: where one stands, which ties carry, whom to introduce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from netquality.page.words import count, interval, plural
from netquality.text import clean

if TYPE_CHECKING:
    from netquality.network import Network
    from netquality.page.answers import Answers
    from netquality.page.crowd import Crowd

__all__ = ["Answer", "brief"]

_NAMED, _REASON = 3, 300
_HABITS = {
    "handshake": "mostly a handshake",
    "mixed": "as much a handshake as a megaphone",
    "megaphone": "mostly a megaphone",
}


class Answer(NamedTuple):
    """A question, its answer in a sentence, and the section that tells more."""

    question: str
    sentence: str
    section: str


def brief(network: Network, answers: Answers, people: Crowd) -> tuple[Answer, ...]:
    """Return the first answers for one ego; what the data cannot show is left out.

    Parameters
    ----------
    network
        A network with one ego; for any other there is no "you", and the answer is empty.
    answers
        What the measures say of it.
    people
        Its people as they may be shown.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.page.answers import ask
    >>> from netquality.page.crowd import crowd
    >>> from netquality.schema import Tables
    >>> nobody = build(Tables())
    >>> brief(nobody, ask(nobody), crowd(nobody))
    ()
    """
    if network.ego is None:
        return ()
    made = (
        Answer("Fame or intimacy?", _axes(network, answers), "profile"),
        Answer("Which ties carry?", _carrying(network, people), "ties"),
        Answer("Megaphone or handshake?", _habit(network, answers), "megaphone"),
        Answer("Who fell silent?", _silent(answers, people), "dormant"),
        Answer("Who should meet?", _meet(answers, people), "introductions"),
    )
    return tuple(answer for answer in made if answer.sentence)


def _axes(network: Network, answers: Answers) -> str:
    row: Any = answers.profile.frame.loc[str(network.ego)]
    if pd.isna(row["active"]):
        return ""
    active, close = (
        interval(row[name], row[f"{name}_low"], row[f"{name}_high"]) for name in ("active", "close")
    )
    said = f"In contact with {active} people within a year, close to {close} of them."
    change = answers.past.change(str(network.ego))
    if change.empty:
        return said
    before = change["before"]
    wider = " (clearly different)" if change.loc[["active", "close"], "clear"].any() else ""
    return f"{said} A year before: {count(before['active'])} and {count(before['close'])}{wider}."


def _carrying(network: Network, people: Crowd) -> str:
    strong = network.ties[(network.ties["grade"] == "strong") & (network.ties["a"] == network.ego)]
    if strong.empty:
        return ""
    first = _joined([_name(people, person) for person in strong["b"].head(_NAMED)])
    if len(strong) <= _NAMED:
        return f"{first}: {plural(len(strong), 'strong tie')} in all."
    return f"{first} are the strongest of {len(strong):,} strong ties."


def _habit(network: Network, answers: Answers) -> str:
    row: Any = answers.broadcast.frame.loc[str(network.ego)]
    if pd.isna(row["one_to_one"]):
        return ""
    share, low, high = (row[f"one_to_one{end}"] for end in ("", "_low", "_high"))
    times = interval(share, low, high, lambda value: f"{100 * float(value):.0f}")
    return (
        f"Of 100 times that you spoke to somebody, {times} were to this person alone: "
        f"{_HABITS[row['habit']]}."
    )


def _silent(answers: Answers, people: Crowd) -> str:
    gone = answers.silence.frame
    gone = gone[gone["gone"].eq(True).to_numpy(dtype=bool, na_value=False)]
    if gone.empty:
        return ""
    first = gone.sort_values("latent", ascending=False, kind="stable").iloc[0]
    days = f"{_name(people, first['alter'])}, for {count(first['silent_days'])} days"
    more = f"; {plural(len(gone) - 1, 'more tie')} fell silent too" if len(gone) > 1 else ""
    usual = f"once in touch about every {count(first['usual_gap'])} days"
    return f"{days}, {usual}{more}."


def _meet(answers: Answers, people: Crowd) -> str:
    pairs = answers.introductions
    if pairs is None or pairs.frame.empty:
        return ""
    row = pairs.frame.iloc[0]
    reasons = clean(row["reasons"], limit=_REASON)
    return f"{_name(people, row['a'])} and {_name(people, row['b'])}. {reasons}"


def _name(people: Crowd, person: Any) -> str:
    place = people.place(person)
    return people.names[place] if place >= 0 else clean(str(person))


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
