"""Events out of contacts: one mail to several, repeats once, weights as several interactions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ids import digest, hexed, mixed
from netquality.schema import CHANNELS, KINDS, ROLES
from netquality.sources.interactions.contacts import Contacts
from netquality.sources.interactions.people import NOBODY, People

if TYPE_CHECKING:
    from netquality.sources.interactions.rows import Rows
    from netquality.sources.interactions.words import Media

__all__ = ["Drawn", "draw", "facing"]

Codes = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

# By name, so that ids do not change when the schema's lists do.
_KIND_HASHES = np.array([int(digest("kind", name), 16) for name in KINDS], dtype=np.uint64)
_CHANNEL_HASHES = np.array([int(digest("channel", name), 16) for name in CHANNELS], dtype=np.uint64)
_INSTANT = 0


@dataclass(frozen=True, eq=False)
class Drawn:
    """Rows of the events table: ids, the position of the log's row, people, audience."""

    event: pd.Series
    contacts: Contacts
    audience: Codes
    seconds: npt.NDArray[np.float64]


def draw(
    contacts: Contacts, rows: Rows, media: Media, people: People, *, directed: bool, log: str
) -> Drawn:
    """Return the events that contacts make.

    Entries with the same sender, instant, kind, channel and thread are one event to several
    recipients; an exact repeat is dropped. The same message id makes one event as well. Where
    only a day, or no time, is known, every entry stays an event of its own, numbered within
    its pair. The j-th interactions of rows with weights above 1 belong together. Without
    direction, an event is a sighting of a pair: no sender, two attendees. Without times, files
    of different names show different events: who advises whom is not who works with whom.

    Parameters
    ----------
    contacts, rows, media, people
        A log.
    directed
        Whether sender and recipient mean a direction.
    log
        The file's name.
    """
    copies = np.repeat(np.arange(len(contacts.place)), rows.weight[contacts.place])
    copy = np.arange(len(copies)) - np.searchsorted(copies, copies)
    taken = contacts.take(copies)
    if not directed:
        taken = taken.paired(people.ranks)
    base, grouped = _bases(taken, rows, media, people, directed, log)
    key, kept = _keys(base, grouped, copy, taken, rows)
    taken, key, copy = taken.take(kept), key[kept], copy[kept]
    event = _named(hexed(key), taken, rows, media, people, copy)
    audience = _audience(key)
    seconds = rows.seconds[taken.place]
    return Drawn(event, taken, audience, seconds) if directed else facing(event, taken, seconds)


def facing(event: pd.Series, pairs: Contacts, seconds: npt.NDArray[np.float64]) -> Drawn:
    """Return sightings of pairs as events: two rows each, nobody is the sender."""
    twice = np.repeat(np.arange(len(pairs.place)), 2)
    both = np.column_stack([pairs.sender, pairs.recipient]).reshape(-1)
    contacts = Contacts(
        pairs.place[twice],
        np.full(len(twice), NOBODY),
        both,
        np.full(len(twice), ROLES.index("attendee"), dtype=np.int8),
    )
    event = event.take(twice).reset_index(drop=True)
    return Drawn(event, contacts, np.ones(len(twice), dtype=np.int64), seconds[twice])


def _bases(
    taken: Contacts, rows: Rows, media: Media, people: People, directed: bool, log: str
) -> tuple[Hashes, npt.NDArray[np.bool_]]:
    """Return what entries of one event have in common, and which can be one at all."""
    ids, place, clock = people.hashes, taken.place, rows.clock
    level = np.where(clock.exact, _INSTANT, clock.precision.cat.codes.to_numpy())[place]
    day = clock.day.fillna(0).to_numpy(dtype=np.int64)
    when = np.where(level == _INSTANT, clock.micros[place], day[place])
    when = np.where(clock.known[place], when, _number(log))
    message = _text_hashes(rows.message, place)
    # A message id says more than the clock: its recipients may be stamped one by one.
    when, level = np.where(message > 0, 0, when), np.where(message > 0, _INSTANT, level)
    grouped = level == _INSTANT
    aside = ids[taken.recipient]
    base = mixed(
        ids[taken.sender],
        np.where(grouped, np.uint64(0), aside) if directed else aside,
        level.astype(np.uint64),
        when.astype(np.int64).view(np.uint64),
        _KIND_HASHES[media.kind[place]],
        _CHANNEL_HASHES[media.channel[place]],
        np.where(message > 0, np.uint64(0), _text_hashes(rows.thread, place)),
        message,
    )
    return base, grouped


def _number(log: str) -> int:
    # Zipped or not, in a folder or alone, a file is the same log.
    return int(digest("log", PurePosixPath(log).name.partition(".")[0]), 16) >> 1


def _text_hashes(texts: pd.Series | None, place: Codes) -> Hashes:
    """Return a number for every text, 0 for none."""
    if texts is None:
        return np.zeros(len(place), dtype=np.uint64)
    codes, uniques = pd.factorize(texts)
    table = np.array([int(digest(text), 16) if text else 0 for text in uniques], dtype=np.uint64)
    return table[codes[place]]


def _keys(
    base: Hashes, grouped: npt.NDArray[np.bool_], copy: Codes, taken: Contacts, rows: Rows
) -> tuple[Hashes, Codes]:
    """Return the key of every entry's event, and the entries that are no repeats."""
    # The order of rows in the file must not decide which of several repeats stays.
    order = _sorted(base, taken.recipient, copy, taken.role, *_richest(rows, taken.place))
    fresh = _changes(base[order])
    run = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    ordinal = np.where(grouped[order], copy[order], np.arange(len(order)) - run)
    repeat = grouped[order] & ~(fresh | _changes(taken.recipient[order]) | _changes(copy[order]))
    key = np.empty_like(base)
    key[order] = mixed(base[order], ordinal.astype(np.uint64))
    return key, np.sort(order[~repeat])


def _richest(rows: Rows, place: Codes) -> tuple[npt.NDArray[np.float64 | np.int64], ...]:
    """Return keys that put the row that says most first: the longest, then the earliest."""
    seconds = np.where(rows.missed, -2, np.nan_to_num(rows.seconds, nan=-1))
    length = np.nan_to_num(rows.length, nan=-1)
    return -seconds[place], -length[place], rows.clock.micros[place]


def _sorted(*keys: npt.NDArray[np.generic]) -> Codes:
    """Return the stable order by several keys, the first one first; constant ones cost nothing."""
    varied = [key for key in keys if len(key) and (key != key[0]).any()]
    order: Codes = np.lexsort(varied[::-1]) if varied else np.arange(len(keys[0]))
    return order


def _changes(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    changed = np.ones(len(values), dtype=bool)
    changed[1:] = values[1:] != values[:-1]
    return changed


def _audience(key: Hashes) -> Codes:
    _, event, sizes = np.unique(key, return_inverse=True, return_counts=True)
    audience: Codes = sizes[event].astype(np.int64)
    return audience


def _named(
    names: pd.Series, taken: Contacts, rows: Rows, media: Media, people: People, copy: Codes
) -> pd.Series:
    """Put the log's own message ids where there are some.

    One with an @ is an internet Message-ID, the same everywhere. Any other may be a plain
    counter, so that it only counts together with the sender, the kind and the channel.
    """
    if rows.message is None:
        return names
    own = rows.message.take(taken.place).reset_index(drop=True)
    place = taken.place
    scope = hexed(
        mixed(
            people.hashes[taken.sender],
            _KIND_HASHES[media.kind[place]],
            _CHANNEL_HASHES[media.channel[place]],
        )
    )
    local = (scope + ":" + own).where(~own.str.contains("@", regex=False), own)
    again = pd.Series(copy).astype("str").radd(":").where(copy > 0, "")
    return (local + again).where(own != "", names)
