"""What is planted between contacts: who knows whom already, who asks and who could help."""

from __future__ import annotations

import numpy as np
import pandas as pd

from netquality.samples.clock import END_DAY, Floats, Ints, dice
from netquality.samples.words import TOPICS

__all__ = ["connected_days", "plant_asks", "plant_pairs"]

THREADS_A_PAIR = 6
_FOUNDED = END_DAY - 5_350  # the owner joined in March 2012


def plant_pairs(people: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make two pairs of strong contacts who know each other; one pair shares an employer.

    Returns
    -------
    tuple
        The people with their new firms and titles, and the pairs: `a`, `b` (rows of people),
        `threads` (three-person threads to come), `same_firm`.

    Examples
    --------
    >>> from netquality.samples.cast import cast
    >>> from netquality.samples.habits import allot
    >>> people, pairs = plant_pairs(cast(allot(60, 7), 7), 7)
    >>> pairs["same_firm"].tolist(), bool((people.loc[pairs["a"], "planted"] == "strong").all())
    ([True, False], True)
    """
    strong = people.index[people["planted"] == "strong"].to_numpy()
    order = dice(seed, "pairs").permutation(strong)
    shared = people.loc[order, "homonym"].to_numpy(bool)
    a, b, c, d = order[np.argsort(shared, kind="stable")][:4]
    people = people.copy()
    people.loc[[a, b], "firm"] = "Lanternfish Instruments"
    people.loc[[a, b], "title"] = ["Head of Optics", "Senior Optician"]
    people.loc[[c, d], "firm"] = ["Larkspur Seed Fund", "Pocket Kiln Works"]
    people.loc[[c, d], "title"] = ["Angel Investor", "Founder & CEO"]
    pairs = {"a": [a, c], "b": [b, d], "threads": THREADS_A_PAIR, "same_firm": [True, False]}
    return people, pd.DataFrame(pairs)


def plant_asks(
    people: pd.DataFrame, pairs: pd.DataFrame, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Choose who looks for help with which topic, and the contact elsewhere who knows it.

    Returns
    -------
    tuple
        The people with the helpers' titles, and the asks: `asker`, `helper` (rows), `topic`.

    Examples
    --------
    >>> from netquality.samples.cast import cast
    >>> from netquality.samples.habits import allot
    >>> people, pairs = plant_pairs(cast(allot(200, 7), 7), 7)
    >>> people, asks = plant_asks(people, pairs, 7)
    >>> len(asks), bool((people.loc[asks["asker"], "firm"].to_numpy()
    ...     != people.loc[asks["helper"], "firm"].to_numpy()).all())
    (10, True)
    """
    near = people["kind"].isin(["friend", "steady"]) & ~people["homonym"] & (people["firm"] != "")
    near &= ~people.index.isin(pairs[["a", "b"]].to_numpy().ravel())
    order = dice(seed, "asks").permutation(people.index[near].to_numpy())
    count = min(len(TOPICS), len(order) // 2)
    askers, helpers = order[:count], order[count : 2 * count]
    asks = pd.DataFrame({"asker": askers, "helper": helpers, "topic": TOPICS[:count]})
    same = people.loc[askers, "firm"].to_numpy() == people.loc[helpers, "firm"].to_numpy()
    people = people.copy()
    people.loc[helpers, "title"] = [f"{topic.title()} Lead" for topic in TOPICS[:count]]
    people.loc[helpers[same], "firm"] = "Pondside Partners"
    return people, asks


def connected_days(people: pd.DataFrame, messages: pd.DataFrame, seed: int) -> Ints:
    """Draw the day on which each contact connected: never after the first direct message.

    Examples
    --------
    >>> people = pd.DataFrame({"kind": ["friend", "silent"]})
    >>> messages = pd.DataFrame({"contact": [0], "at": [1_700_000_000]})
    >>> days = connected_days(people, messages, 7)
    >>> bool(days[0] <= 1_700_000_000 // 86_400), bool((days <= END_DAY).all())
    (True, True)
    """
    rng, size = dice(seed, "connected"), len(people)
    growth: Floats = rng.random(size) ** 0.6
    days = _FOUNDED + np.floor((END_DAY - _FOUNDED) * growth).astype(np.int64)
    first = (messages.groupby("contact")["at"].min() // 86_400).reindex(range(size))
    known = first.notna().to_numpy()
    latest = first.fillna(0).to_numpy(np.int64)
    soon = latest - np.floor(rng.exponential(20.0, size)).astype(np.int64)
    long = latest - np.floor(rng.random(size) * 1500.0).astype(np.int64)
    flash = (people["kind"] == "flash").to_numpy()
    met = np.where(flash | (rng.random(size) < 0.5), soon, long)
    return np.where(known, np.maximum(met, np.minimum(latest, _FOUNDED)), days)
