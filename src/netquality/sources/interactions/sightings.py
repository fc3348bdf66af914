"""Sightings of a pair, every few seconds, joined into meetings with a duration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netquality.ids import digest, hexed, mixed
from netquality.sources.interactions.events import Drawn, facing

if TYPE_CHECKING:
    from netquality.sources.interactions.clock import Clock
    from netquality.sources.interactions.contacts import Contacts
    from netquality.sources.interactions.people import People

__all__ = ["meetings"]

_MEETING = int(digest("kind", "meeting"), 16)


def meetings(contacts: Contacts, clock: Clock, people: People, every: float) -> Drawn:
    """Join sightings of a pair that follow one another into meetings.

    A meeting is a maximal run of sightings of one pair, in either order, whose gaps are at most
    `every`. It lasts from its first sighting to its last, plus `every`, because each sighting
    stands for that long.

    Parameters
    ----------
    contacts
        Sightings; all have an instant.
    clock
        When they were, by row.
    people
        Everybody in the log.
    every
        Seconds from one sighting to the next.

    Returns
    -------
    Drawn
        Two rows a meeting, at the place of its first sighting.
    """
    pairs = contacts.paired(people.ranks)
    when = clock.micros[pairs.place]
    order = np.lexsort((when, pairs.recipient, pairs.sender))
    pairs, when = pairs.take(order), when[order]
    starts = np.ones(len(when), dtype=bool)
    starts[1:] = (
        (pairs.sender[1:] != pairs.sender[:-1])
        | (pairs.recipient[1:] != pairs.recipient[:-1])
        | (np.diff(when) > round(every * 1e6))
    )
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(when)) - 1
    met, seconds = pairs.take(first), (when[last] - when[first]) / 1e6 + every
    ids = people.hashes
    key = mixed(
        ids[met.sender],
        ids[met.recipient],
        when[first].view(np.uint64),
        np.full(len(first), _MEETING, dtype=np.uint64),
    )
    return facing(hexed(key), met, seconds)
