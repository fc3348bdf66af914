"""The same people in another medium: a plain log of mails, calls and meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.samples.cast import OWNER_MAIL
from netquality.samples.cells import File, Style, plain_stamps, table
from netquality.samples.clock import DAY, END_DAY, MONTH, Floats, dice, within_day
from netquality.samples.rhythm import days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.samples.cut import Cut
    from netquality.samples.world import World

__all__ = ["HEADER", "log_file", "log_rows"]

HEADER = ("timestamp", "sender", "recipient", "channel", "duration_s")
_CHANNELS, _SHARES = ("mail", "call", "meeting"), (0.6, 0.25, 0.15)
# Kind of contact: (share that is in the log, sessions a month, months, days since the last).
_LOGGED = {
    "friend": (0.45, 1.6, 14.0, 0.0),
    "steady": (0.15, 0.3, 24.0, 0.0),
    "fading": (0.1, 0.5, 10.0, 200.0),
    "dormant": (0.2, 1.5, 16.0, 850.0),
    "broadcaster": (0.1, 1.5, 12.0, 0.0),
    "silent": (0.01, 0.1, 10.0, 20.0),
}


def _habits(world: World, rng: np.random.Generator) -> pd.DataFrame:
    """Choose who is in the log, and how often.

    People whose mail the export shows come first, and hardly anybody else comes: without a
    shared key the two accounts of one person cannot meet.
    """
    kinds, shown = world.people["kind"].to_numpy(), world.people["mail_shown"].to_numpy()
    parts = []
    for kind, (share, rate, months, ended) in _LOGGED.items():
        rows = rng.permutation(np.flatnonzero(kinds == kind))
        most = min(round(share * len(rows)), int(shown[rows].sum()))
        rows = rows[np.argsort(~shown[rows], kind="stable")][: max(1, most)]
        pace: Floats = rate * rng.lognormal(0.0, 0.4, len(rows))
        stop = END_DAY + 1.0 - ended
        part = {"contact": rows, "start": stop - months * MONTH, "stop": stop, "kind": kind}
        parts.append(pd.DataFrame({**part, "sessions": np.maximum(1, np.rint(pace * months))}))
    return pd.concat(parts, ignore_index=True)


def log_rows(world: World) -> pd.DataFrame:
    """Draw the log: `at`, `contact`, `theirs`, `channel`, `seconds`; oldest first.

    Examples
    --------
    >>> from netquality.samples.world import make_world
    >>> rows = log_rows(make_world(60, 400, 7))
    >>> sorted(set(rows["channel"])), bool(rows["at"].is_monotonic_increasing)
    (['call', 'mail', 'meeting'], True)
    """
    rng = dice(world.seed, "log")
    habits = _habits(world, rng)
    row, days = days_of(rng, habits)
    size, one_way = len(row), (habits["kind"] == "broadcaster").to_numpy()[row]
    channel = rng.choice(_CHANNELS, size, p=_SHARES).astype(object)
    channel[one_way] = "mail"
    lengths = np.where(
        channel == "call",
        np.rint(rng.lognormal(6.2, 0.8, size)),
        900.0 * rng.integers(2, 6, size),
    )
    rows = {
        "at": days * DAY + within_day(rng, size),
        "contact": habits["contact"].to_numpy(np.int64)[row],
        "theirs": (rng.random(size) < 0.5) | one_way,
        "channel": channel,
        "seconds": np.where(channel == "mail", np.nan, lengths),
    }
    return pd.DataFrame(rows).sort_values("at", kind="stable", ignore_index=True)


def _cells(cut: Cut) -> Iterator[list[str]]:
    rows, mails = cut.until(log_rows(cut.world)), cut.world.people["mail"].tolist()
    stamps = plain_stamps(rows["at"].to_numpy())
    columns = (rows[name].tolist() for name in ("contact", "theirs", "channel", "seconds"))
    for moment, contact, theirs, channel, seconds in zip(stamps, *columns, strict=True):
        pair = [OWNER_MAIL, mails[contact]]
        sender, recipient = reversed(pair) if theirs else pair
        length = "" if np.isnan(seconds) else f"{seconds:.0f}"
        yield [f"{moment.replace(' ', 'T')}Z", sender, recipient, channel, length]


def log_file(cut: Cut) -> File:
    """Write the log up to the day of the export.

    Examples
    --------
    >>> from netquality.samples.cut import cut_of
    >>> next(iter(log_file(cut_of(60, 400, 7, 2026)).blocks)).decode().splitlines()[0]
    'timestamp,sender,recipient,channel,duration_s'
    """
    return File("log.csv", table(HEADER, _cells(cut), Style()))
