"""The planted truth of everyday life: how close people are, and by which media they keep it up.

What LinkedIn shows is a poor guide on purpose. Closeness is drawn beside it; each person keeps
to one or two media of their own; some who were close are so no more, and left more traces than
those who are. Others send without being answered, or share nothing but meetings of thirty.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from netquality.samples.clock import END_DAY, MONTH, Floats, Ints, dice
from netquality.samples.crowd import split
from netquality.samples.habits import KINDS, allot, habits
from netquality.samples.manner import expected_rows, kinds_of, manner_of

__all__ = ["DEPTH", "MEDIA", "Bonds", "closeness", "linkedin_spells", "make_bonds"]

MEDIA = ("mail", "meeting", "whatsapp", "sms", "call", "telegram", "slack")
# What a day of exchange in a medium is worth, in days of writing.
DEPTH = {**dict.fromkeys(MEDIA, 1.0), "linkedin": 1.0, "call": 2.5, "meeting": 4.0}
_USUAL = np.array([0.22, 0.13, 0.27, 0.08, 0.14, 0.09, 0.07])
_AT_WORK = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5])
_CONCENTRATED = 1.6
_LESS = np.array([0.05, 1.0, 0.05, 0.05, 1.0, 0.05, 0.05])
_MORE = np.array([0.0, 0.3, 0.0, 0.0, 0.3, 0.0, 0.0])
# Days after which contact counts for nothing any more, and exchange-days a month that are "half".
_FORGOTTEN, _HALF = 730.0, 1.0
_FAR, _NEAR = 0.004, 5.0
# Below this place in the order people are names on a list, and nothing more.
_STRANGE = 0.5
_SHOWN = {"friend": 1.0, "steady": 0.6, "fading": 0.4, "dormant": 0.4, "project": 0.3}
_ROLES = (
    ("once", 0.02, (0.4, 1.0)),
    ("teller", 0.02, (0.0, 0.6)),
    ("chased", 0.015, (0.0, 0.6)),
    ("burst", 0.005, (0.0, 0.6)),
    ("copied", 0.03, (0.0, 0.6)),
    ("loud", 0.01, (0.0, 0.6)),
)
_LEAST = 2


class Bonds(NamedTuple):
    """Who there is, and what is to be expected of them.

    Parameters
    ----------
    people
        One row a person, contacts first: `latent` (their place in the order of closeness),
        `role` (usual, once, teller, chased, burst, copied, loud).
    spells
        One row a person, medium and time: `who`, `medium`, `start`, `stop` (days), `rate`
        (sessions a month), `answered` (share that both sides take part in), `theirs` (share
        that they open), `size` (messages of an answered session).
    """

    people: pd.DataFrame
    spells: pd.DataFrame


def closeness(spells: pd.DataFrame, size: int, day: float) -> Floats:
    """Say how close everybody is as of a day, from what was to be expected, not from what came.

    Each spell gives ``rate * answered`` two-way days a month, times what a day in its medium is
    worth (a call 2.5, a meeting of two 4, all else 1), times the share of the last two years in
    which it lasted, where the share of a day falls in a straight line from one (today) to nothing
    (two years ago). With x the sum, closeness is x / (x + 1): one half for one exchange a month.

    Parameters
    ----------
    spells
        See `Bonds`; those of LinkedIn among them.
    size
        Number of people.
    day
        As of the end of this day.

    Examples
    --------
    >>> spell = {"who": [0], "medium": ["mail"], "start": [0.0], "stop": [9999.0]}
    >>> spells = pd.DataFrame(spell | {"rate": [2.0], "answered": [0.5]})
    >>> closeness(spells, 2, 9998).round(3).tolist(), closeness(spells, 1, 11_000).tolist()
    ([0.5, 0.0], [0.0])
    """
    young = np.clip(day + 1.0 - spells["stop"].to_numpy(np.float64), 0.0, _FORGOTTEN)
    old = np.clip(day + 1.0 - spells["start"].to_numpy(np.float64), 0.0, _FORGOTTEN)
    share = (old - young) / _FORGOTTEN * (2.0 - (old + young) / _FORGOTTEN)
    depth = spells["medium"].map(DEPTH).to_numpy(np.float64)
    paced = (spells["rate"] * spells["answered"]).to_numpy(np.float64)
    total = np.bincount(spells["who"], depth * paced * share, size)
    return np.asarray(total / (total + _HALF))


def linkedin_spells(
    contacts: int, messages: int, seed: int, habit: str | None = None
) -> pd.DataFrame:
    """Return the habits on LinkedIn as spells; those who only send, or only get, exchange nothing.

    Examples
    --------
    >>> spells = linkedin_spells(60, 400, 7)
    >>> sorted(set(spells["medium"])), bool((spells["rate"] > 0).all())
    (['linkedin'], True)
    """
    manner = None if habit is None else manner_of(habit)
    kinds = allot(contacts, seed, kinds_of(manner))
    spare = split(contacts, messages).direct - expected_rows(manner, contacts, seed)
    lived = habits(kinds, seed, max(spare, 4 * contacts))
    who = lived["contact"].to_numpy(np.int64)
    flips = np.array([KINDS[i].flips for i in kinds[who]])
    return pd.DataFrame(
        {
            "who": who,
            "medium": "linkedin",
            "start": lived["start"],
            "stop": lived["stop"],
            "rate": lived["sessions"] / ((lived["stop"] - lived["start"]) / MONTH),
            # A greeting and its answer, once, are no exchange that goes on.
            "answered": np.where((flips > 0) & (flips < 1), np.minimum(1.0, flips), 0.0),
            "theirs": 0.5,
            "size": 2.0,
        }
    )


def _rank(values: Floats) -> Floats:
    order = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return (order + 0.5) / max(len(values), 1)


def _latent(rng: np.random.Generator, contacts: pd.DataFrame, others: int) -> Floats:
    """Draw everybody's place: among contacts a little by what LinkedIn shows, else by chance."""
    shown = contacts["kind"].map(_SHOWN).fillna(0.0).to_numpy(np.float64)
    place = _rank(shown + rng.normal(0.0, 1.0, len(shown)))
    # A namesake is no trap when nobody hears of them.
    twins = contacts["homonym"].to_numpy(bool)
    place = np.where(twins, np.maximum(place, 0.72 + 0.25 * rng.random(len(place))), place)
    return np.concatenate([place, 0.15 + 0.85 * _rank(rng.random(others))])


def _roles(rng: np.random.Generator, latent: Floats, free: Ints) -> list[str]:
    roles = np.full(len(latent), "usual", dtype=object)
    for name, share, (low, high) in _ROLES:
        able = free[(roles[free] == "usual") & (latent[free] >= low) & (latent[free] <= high)]
        count = min(len(able), max(_LEAST, round(share * len(latent))))
        roles[rng.choice(able, count, replace=False)] = name
    return [str(role) for role in roles]


def _mix(rng: np.random.Generator, latent: Floats, colleague: np.ndarray) -> Floats:
    """Draw each one's shares of the media: concentrated, and without Slack outside the firm."""
    base = np.where(colleague[:, None], _USUAL + _AT_WORK, _USUAL)
    base[~colleague, -1] = 0.0
    gammas = rng.gamma(np.maximum(_CONCENTRATED * base, 1e-9))
    # Some of the nearest seldom write: they call for an hour, or come to dinner.
    deep = (latent > 0.75) & (rng.random(len(latent)) < 0.3)
    gammas = np.where(deep[:, None], gammas * _LESS + _MORE, gammas)
    shares = gammas / gammas.sum(axis=1, keepdims=True)
    shares[shares < 0.06] = 0.0
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _usual(rng: np.random.Generator, people: pd.DataFrame, mix: Floats) -> pd.DataFrame:
    """Spread each one's pace over the media; a deep medium needs fewer days for the same."""
    size, latent = len(people), people["latent"].to_numpy(np.float64)
    pace = _FAR * (_NEAR / _FAR) ** (latent**2.5) * rng.lognormal(0.0, 0.25, size)
    who, place = np.nonzero(mix)
    depth = np.array([DEPTH[name] for name in MEDIA])[place]
    answered = np.clip(rng.beta(6, 3, size) * (0.55 + 0.5 * latent), 0.1, 0.97)[who]
    answered = np.where(np.isin(place, (1, 4)), np.maximum(answered, 0.75), answered)
    return pd.DataFrame(
        {
            "who": who,
            "medium": np.array(MEDIA, dtype=object)[place],
            "start": (END_DAY - rng.uniform(400, 3000, size))[who],
            "stop": END_DAY + 1.0,
            "rate": (pace[who] * mix[who, place] / depth) / answered,
            "answered": answered,
            "theirs": rng.beta(6, 6, size)[who],
            "size": 2.3,
        }
    )


def _ended(rng: np.random.Generator, spells: pd.DataFrame, once: np.ndarray) -> pd.DataFrame:
    """Let those who were close have had their time one to four years ago, and busier than most."""
    lasted = rng.uniform(7, 11, len(once)) * MONTH
    stop = END_DAY - rng.uniform(365, 1460, len(once))
    brisk = rng.uniform(4.5, 7.5, len(once))
    mine = once[spells["who"].to_numpy()]
    rows, who = spells[mine], spells["who"].to_numpy()[mine]
    share = rows["rate"] / rows.groupby("who")["rate"].transform("sum")
    ended = rows.assign(
        start=(stop - lasted)[who], stop=stop[who], rate=brisk[who] * share, answered=0.8
    )
    joined: pd.DataFrame = pd.concat([spells[~mine], ended], ignore_index=True)
    return joined


def _one_sided(rng: np.random.Generator, people: pd.DataFrame) -> pd.DataFrame:
    """Give those who only send, those who are only written to, and the one lively afternoon."""
    parts = []
    for role, rate, answered, theirs, media in (
        ("teller", 6.0, 0.0, 1.0, ("mail", "whatsapp")),
        ("chased", 3.5, 0.0, 0.0, ("mail", "sms")),
        ("burst", MONTH, 1.0, 0.5, ("whatsapp",)),
    ):
        who = np.flatnonzero(people["role"] == role)
        stop = END_DAY + 1.0 - (rng.uniform(20, 500, len(who)) if role == "burst" else 0.0)
        row = {
            "who": who,
            "medium": [media[i % len(media)] for i in range(len(who))],
            "start": stop - (1.0 if role == "burst" else 500.0),
            "stop": stop,
            "rate": rate * rng.lognormal(0.0, 0.2, len(who)) if role != "burst" else rate,
            "answered": answered,
            "theirs": theirs,
            "size": rng.integers(100, 160, len(who)) if role == "burst" else 1.0,
        }
        parts.append(pd.DataFrame(row))
    return pd.concat(parts, ignore_index=True)


def make_bonds(contacts: pd.DataFrame, others: int, seed: int) -> Bonds:
    """Draw what binds everybody to the owner, outside LinkedIn.

    Parameters
    ----------
    contacts
        The people of the world: `kind` and `homonym`.
    others
        Number of people who are no contacts on LinkedIn.
    seed
        The seed of the world.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> people, spells = make_bonds(make_world(60, 400, 7).people, 14, 7)
    >>> len(people), sorted(set(people["role"]))[:3]
    (74, ['burst', 'chased', 'copied'])
    """
    rng, size = dice(seed, "bonds"), len(contacts) + others
    latent = _latent(rng, contacts, others)
    hostile = contacts["first"].str.contains(r"[<=\u202e]").to_numpy(bool)
    free = np.flatnonzero(~contacts["homonym"].to_numpy(bool) & ~hostile)
    people = pd.DataFrame({"latent": latent, "role": _roles(rng, latent, free)})
    colleague = (people["role"] == "copied").to_numpy() | (rng.random(size) < 0.12)
    spells = _usual(rng, people, _mix(rng, latent, colleague))
    spells = _ended(rng, spells, (people["role"] == "once").to_numpy())
    # What those with another part to play exchange beside it is next to nothing.
    quiet = ~people["role"].isin(["usual", "once"]).to_numpy()
    quiet[np.flatnonzero(hostile)] = True
    quiet |= (latent < _STRANGE) & (people["role"] == "usual").to_numpy()
    spells = spells[~quiet[spells["who"].to_numpy()]]
    spells = pd.concat([spells, _one_sided(rng, people)], ignore_index=True)
    return Bonds(people.assign(colleague=colleague), spells)
