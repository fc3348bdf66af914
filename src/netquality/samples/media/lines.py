"""Short texts of everyday life, and the subjects of mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.samples.bodies import filled
from netquality.samples.phrases import DETAILS, LINES
from netquality.samples.words import PLACES, TOPICS

if TYPE_CHECKING:
    import numpy as np

__all__ = ["SUBJECTS", "chatter", "letters", "subjects"]

_SHORT = (
    "ok",
    "👍",
    "Ha, exactly!",
    "On my way.",
    "🙈🙈",
    "Call you later?",
    "Yes: at eight.",
    "😂",
)
_REPLIES = LINES["reply"]["en"] + LINES["reply"]["de"]
_TALK = LINES["chat"]["en"] + LINES["chat"]["de"] + LINES["thanks"]["en"] + LINES["offer"]["en"]
_FRAMES = tuple((language, *DETAILS[language]) for language in ("en", "de"))
SUBJECTS = (
    "{topic}",
    "Draft on {topic}",
    "Grüße aus {place}",
    "Thursday in {place}?",
    "The {thing} from {place}",
    "Frage zu {topic} 🪶",
)


def _detail(pick: list[int]) -> str:
    _, frames, colours, things = _FRAMES[pick[0] % len(_FRAMES)]
    text = frames[pick[1] % len(frames)].replace("{colour}", colours[pick[2] % len(colours)])
    text = text.replace("{thing}", things[pick[3] % len(things)])
    return text.replace("{place}", PLACES[pick[4] % len(PLACES)])


def _picks(rng: np.random.Generator, size: int) -> list[list[int]]:
    picked: list[list[int]] = rng.integers(0, 1 << 30, (size, 6)).tolist()
    return picked


def chatter(rng: np.random.Generator, size: int) -> list[str]:
    """Write messages of chats; some have several lines, some nothing but a picture of a face.

    Examples
    --------
    >>> import numpy as np
    >>> said = chatter(np.random.default_rng(7), 200)
    >>> len(said), all(said), any(len(text) < 5 for text in said)
    (200, True, True)
    """
    made = []
    for pick in _picks(rng, size):
        kind = pick[5] % 10
        if kind < 3:
            made.append(_SHORT[pick[0] % len(_SHORT)])
        elif kind == 3:
            made.append(_REPLIES[pick[0] % len(_REPLIES)])
        elif kind == 4:
            made.append(f"{_detail(pick)}\n\nSee you!")
        else:
            made.append(_detail(pick))
    return made


def letters(rng: np.random.Generator, size: int) -> list[str]:
    """Write the bodies of mails.

    Examples
    --------
    >>> import numpy as np
    >>> len(set(letters(np.random.default_rng(7), 50))) > 45
    True
    """
    made = []
    for pick in _picks(rng, size):
        topic = TOPICS[pick[5] % len(TOPICS)]
        text = filled(_TALK[pick[0] % len(_TALK)], "", topic, "")
        made.append(f"{text}\n\n{_detail(pick)}")
    return made


def subjects(rng: np.random.Generator, size: int) -> list[str]:
    """Write the subjects of mails; some need encoded words.

    Examples
    --------
    >>> import numpy as np
    >>> found = subjects(np.random.default_rng(7), 50)
    >>> any(not text.isascii() for text in found), any("{" in text for text in found)
    (True, False)
    """
    things = DETAILS["en"][2]
    return [
        SUBJECTS[pick[0] % len(SUBJECTS)]
        .replace("{topic}", TOPICS[pick[1] % len(TOPICS)])
        .replace("{place}", PLACES[pick[2] % len(PLACES)])
        .replace("{thing}", things[pick[3] % len(things)])
        for pick in _picks(rng, size)
    ]
