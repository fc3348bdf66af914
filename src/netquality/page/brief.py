"""The first answers in a few sentences: where one stands, which ties carry, whom to introduce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from netquality.page.words import count, interval, plural, tenth
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
    """Return the first answers for one ego, or for a whole group; what is unknown is left out.

    Parameters
    ----------
    network
        With several owners there is neither a "you" nor a group seen whole, and no answer.
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
    if not network.egos:
        return tuple(answer for answer in _of_group(network, answers, people) if answer.sentence)
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


def _of_group(network: Network, answers: Answers, people: Crowd) -> tuple[Answer, ...]:
    return (
        Answer("Which ties carry?", _strongest(network, people), "ties"),
        Answer("Who is close to most?", _closest(answers, people), "profile"),
        Answer("Who stands between others?", _between(answers, people), "structure"),
        Answer("Who only announces?", _announcing(answers, people), "megaphone"),
    )


def _strongest(network: Network, people: Crowd) -> str:
    strong = network.ties[network.ties["grade"] == "strong"]
    pairs = [
        f"{_name(people, a)} and {_name(people, b)}"
        for a, b in strong[["a", "b"]].head(_NAMED).itertuples(index=False)
    ]
    return f"{'; '.join(pairs)}: of {plural(len(strong), 'strong tie')}." if pairs else ""


def _closest(answers: Answers, people: Crowd) -> str:
    frame = answers.profile.frame.dropna(subset=["close"])
    if frame.empty or not frame["close"].max():
        return ""
    row = frame.sort_values(["close", "active"], ascending=False, kind="stable").iloc[0]
    close = interval(row["close"], row["close_low"], row["close_high"])
    return (
        f"{_name(people, row.name)}: close (from both sides, on 12 days and more) to {close} of "
        f"{count(row['active'])} people in contact."
    )


def _between(answers: Answers, people: Crowd) -> str:
    frame = answers.structure.frame.dropna(subset=["effective_size"])
    wide = frame[frame["ties"] > 1].nlargest(1, "effective_size")
    if wide.empty:
        return ""
    row = wide.iloc[0]
    size = f"of {count(row['ties'])} contacts, {tenth(row['effective_size'])}"
    return f"{_name(people, row.name)}: {size} that do not repeat each other."


def _announcing(answers: Answers, people: Crowd) -> str:
    loud = answers.broadcast.frame.query("habit == 'megaphone'").nlargest(_NAMED, "many")
    return f"{_joined([_name(people, who) for who in loud.index])}." if len(loud) else ""


def _axes(network: Network, answers: Answers) -> str:
    row: Any = answers.profile.frame.loc[str(network.ego)]
    if row[["active", "close"]].isna().any():
        return ""
    active, close = (
        interval(row[name], row[f"{name}_low"], row[f"{name}_high"]) for name in ("active", "close")
    )
    said = (
        f"In contact with {active} people within a year, close (from both sides, on 12 days and "
        f"more) to {close} of them."
    )
    change = answers.past.change(str(network.ego))
    if change.empty:
        return said
    before = change["before"]
    ago = f"A year before: {count(before['active'])} and {count(before['close'])}"
    return f"{said} {ago}{_direction(change)}."


def _direction(change: pd.DataFrame) -> str:
    """Say which of the two moved by more than the luck of weeks could explain."""
    words = {"active": ("more people", "fewer people"), "close": ("close to more", "to fewer")}
    rows = change.to_dict("index")
    moved = [both[rows[name]["change"] < 0] for name, both in words.items() if rows[name]["clear"]]
    return f"; {' and '.join(moved)}, by more than chance" if moved else "; no clear change"


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
    posts = 0 if pd.isna(row["posts"]) else int(row["posts"])
    besides = f" {plural(posts, 'public post')} besides: whom they reach is not seen."
    return (
        f"Of 100 times that you addressed somebody, {times} went to one person alone: "
        f"{_HABITS[row['habit']]}.{besides if posts > 0 else ''}"
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
    silent = answers.silence.frame
    gone = set(silent["alter"][silent["gone"].eq(True).to_numpy(dtype=bool, na_value=False)])
    lively = pairs.frame[~pairs.frame[["a", "b"]].isin(gone).any(axis=1)]
    if lively.empty:
        return ""
    row = lively.iloc[0]
    # What speaks for the pair stands after what is known of each of the two.
    _, found, titles = str(row["reasons"]).partition("By their titles")
    why = clean(f"By their titles{titles}", limit=_REASON) if found else ""
    pair = f"{_name(people, row['a'])} and {_name(people, row['b'])}"
    return f"{pair}. {why or 'You are in touch with both.'} Ask both first."


def _name(people: Crowd, person: Any) -> str:
    place = people.place(person)
    return people.names[place] if place >= 0 else clean(str(person))


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
