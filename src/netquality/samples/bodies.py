"""What the messages say: intents by kind of contact, phrases in two languages."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from netquality.samples.cast import OWNER
from netquality.samples.clock import Ints, dice
from netquality.samples.phrases import (
    CAMPAIGNS,
    CLOSED,
    DETAILS,
    GREETINGS,
    GROUP,
    INTENTS,
    LINES,
    MARKER,
    SIGNATURES,
    SUBJECTS,
)
from netquality.samples.words import PLACES, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

__all__ = ["filled", "intents", "said", "texts"]

_TALK = (0.6, 0.15, 0.07, 0.08, 0.05, 0.03, 0.02, 0.0, 0.0, 0.0)
# Probability of each intent, in the order of INTENTS: (they write, the owner writes).
_BY_KIND = {
    "broadcaster": ((0.1, 0, 0, 0, 0, 0, 0, 0, 0.6, 0.3), _TALK),
    "outreach": (_TALK, (0.3, 0, 0.2, 0, 0.1, 0, 0, 0, 0, 0.4)),
    "trickle": ((0.3, 0.1, 0, 0, 0, 0, 0.6, 0, 0, 0), (0.2, 0, 0, 0.6, 0, 0, 0.2, 0, 0, 0)),
    "congratulator": ((0, 0, 0, 0, 0, 0, 1, 0, 0, 0), (0, 0, 0, 1, 0, 0, 0, 0, 0, 0)),
    "announced": (_TALK, (0, 0, 0, 0, 0, 0, 0, 1, 0, 0)),
    "stray": ((0.3, 0.1, 0.1, 0.1, 0, 0, 0.2, 0, 0, 0.2), (0.5, 0.1, 0.2, 0.2, 0, 0, 0, 0, 0, 0)),
}
# Intents that are sent as they are, without greeting and signature.
_BARE = ("reply", "congratulate", "announce")
# Longer texts of a group are about something.
_SHORT = 30
# Intents that are written once and sent to many.
_CAMPAIGN = ("newsletter", "pitch")


def intents(messages: pd.DataFrame, kinds: pd.Series, seed: int) -> Ints:
    """Draw what each direct message is for: an index into `INTENTS`.

    Parameters
    ----------
    messages
        With `contact` and `theirs`.
    kinds
        The kind of each contact.
    seed
        The seed of the world.

    Examples
    --------
    >>> import pandas as pd
    >>> messages = pd.DataFrame({"contact": [0, 0], "theirs": [True, False]})
    >>> kinds = pd.Series(["congratulator"])
    >>> [INTENTS[i] for i in intents(messages, kinds, 7)]
    ['congratulate', 'thanks']
    """
    rng = dice(seed, "intents")
    drawn = rng.random(len(messages))
    kind = kinds.to_numpy()[messages["contact"].to_numpy()]
    theirs = messages["theirs"].to_numpy()
    found = np.searchsorted(np.cumsum(_TALK), drawn)
    for name, sides in _BY_KIND.items():
        for side, chances in zip((True, False), sides, strict=True):
            rows = (kind == name) & (theirs == side)
            found[rows] = np.searchsorted(np.cumsum(chances), drawn[rows])
    return np.minimum(found, len(INTENTS) - 1)


def filled(phrase: str, name: str, topic: str, firm: str, other: str = "") -> str:
    """Fill the slots of a phrase; foreign braces stay as they are.

    Examples
    --------
    >>> filled("{name}, about {topic}?", "Zora", "ink", "")
    'Zora, about ink?'
    """
    if "{" not in phrase:
        return phrase
    text = phrase.replace("{name}", name).replace("{topic}", topic)
    return text.replace("{firm}", firm or "our firm").replace("{other}", other)


def _picks(rng: np.random.Generator, size: int, columns: int) -> Iterator[list[int]]:
    return iter(rng.integers(0, 1 << 30, (size, columns)).tolist())


def _one(intent: str, language: str, pick: list[int]) -> str:
    lines = LINES[intent][language]
    text = lines[pick[0] % len(lines)]
    if intent in _BARE:
        return text
    greeting, signature = GREETINGS[language], SIGNATURES[language]
    if intent not in _CAMPAIGN:
        text = f"{text} {_detail(language, pick[1], pick[4])}"
    return greeting[pick[2] % len(greeting)] + text + signature[pick[3] % len(signature)]


def _detail(language: str, one: int, two: int) -> str:
    frames, colours, things = DETAILS[language]
    text = frames[one % len(frames)].replace("{colour}", colours[one // 8 % len(colours)])
    text = text.replace("{thing}", things[two % len(things)])
    return text.replace("{place}", PLACES[two // 16 % len(PLACES)])


def texts(messages: pd.DataFrame, people: pd.DataFrame, seed: int) -> list[str]:
    """Write the direct messages; about four in a hundred are empty, some bear the marker.

    Parameters
    ----------
    messages
        With `contact`, `theirs` and `intent` (from `intents`).
    people
        With `first`, `last`, `firm` and `german`.
    seed
        The seed of the world.

    Examples
    --------
    >>> import pandas as pd
    >>> person = {"first": ["Zora"], "last": ["Inkby"], "firm": ["Inkwell"], "german": [False]}
    >>> message = pd.DataFrame({"contact": [0], "theirs": [True], "intent": [6]})
    >>> texts(message, pd.DataFrame(person), 7)
    ['Congrats on your work anniversary!']
    """
    rng = dice(seed, "texts")
    first = [str(name).strip() for name in people["first"]]
    full = [f"{one} {str(two).strip()}" for one, two in zip(first, people["last"], strict=True)]
    firms, german = people["firm"].tolist(), people["german"].tolist()
    language = ["de" if spoken else "en" for spoken in german]
    columns = (messages[name].tolist() for name in ("contact", "theirs", "intent"))
    written = []
    for contact, theirs, intent, pick in zip(*columns, _picks(rng, len(messages), 6), strict=True):
        text = _one(INTENTS[intent], language[contact], pick)
        name = OWNER.name.split()[0] if theirs else first[contact]
        topic, other = TOPICS[pick[5] % len(TOPICS)], full[pick[0] % len(full)]
        written.append(filled(text, name, topic, firms[contact], other))
    return _blanked(rng, written, messages["intent"].to_numpy())


def _blanked(rng: np.random.Generator, written: list[str], intent: Ints) -> list[str]:
    """Empty some bodies (a sticker, a file) and put the marker into others."""
    chance = rng.random(len(written))
    talk = np.flatnonzero(np.isin(intent, [INTENTS.index("chat"), INTENTS.index("pitch")]))
    for i in talk[chance[talk] < 0.06]:
        written[i] = ""
    marked = talk[chance[talk] > 0.994]
    for i in itertools.chain(marked, talk[:3]):
        written[i] = f"{written[i]}\n{MARKER}" if written[i] else MARKER
    return written


def said(size: int, part: str, seed: int) -> tuple[list[str], list[str]]:
    """Write bodies and subjects of rows that are no correspondence of two.

    Parameters
    ----------
    size
        How many.
    part
        "group", "sponsored", "closed" or "draft".
    seed
        The seed of the world.

    Examples
    --------
    >>> bodies, subjects = said(3, "sponsored", 7)
    >>> len(bodies), all(subjects)
    (3, True)
    """
    phrases = {
        "group": GROUP,
        "sponsored": CAMPAIGNS,
        "closed": CLOSED,
        "draft": LINES["ask"]["en"],
    }[part]
    name, bodies, subjects = OWNER.name.split()[0], [], []
    for pick in _picks(dice(seed, f"said {part}"), size, 3):
        topic = TOPICS[pick[1] % len(TOPICS)]
        text = filled(phrases[pick[0] % len(phrases)], name, topic, "")
        talk = part == "group" and len(text) > _SHORT
        bodies.append(f"{text} {_detail('en', pick[1], pick[2])}" if talk else text)
        subject = SUBJECTS[pick[2] % len(SUBJECTS)] if part == "sponsored" else ""
        subjects.append(filled(subject, name, topic, ""))
    return bodies, subjects
