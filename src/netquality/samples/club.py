"""A whole group's log: a fictional club of four teams, with bridges and a megaphone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.errors import BadInput
from netquality.samples.clock import DAY, END_DAY, Ints, dice, on_workdays, within_day
from netquality.samples.names import plain_names

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["club", "write_club"]

_TEAMS, _BRIDGES, _DAYS = 4, 4, 500


def _pace(rng: np.random.Generator, team: Ints) -> np.ndarray:
    """Draw how much each two exchange: much inside a team, little across, bridges apart."""
    size = len(team)
    pace = np.where(team[:, None] == team[None, :], 1.0, 0.012) * rng.gamma(0.7, 1.0, (size, size))
    bridges = rng.choice(size, _BRIDGES, replace=False)
    pace[bridges, :] = np.maximum(pace[bridges, :], 0.2 * rng.random((_BRIDGES, size)))
    return np.triu(pace, 1)


def _talk(rng: np.random.Generator, team: Ints, messages: int) -> pd.DataFrame:
    """Draw conversations: one begins, and most of the time the other answers within hours."""
    pace = _pace(rng, team)
    pairs = rng.multinomial(messages // 2, (pace / pace.sum()).ravel())
    a, b = np.unravel_index(np.repeat(np.arange(len(pairs)), pairs), pace.shape)
    turned = rng.random(len(a)) < 0.5
    sender, recipient = np.where(turned, b, a), np.where(turned, a, b)
    days = on_workdays(rng, END_DAY - rng.integers(0, _DAYS, len(a)))
    at = days * DAY + within_day(rng, len(a))
    asked = pd.DataFrame({"at": at, "sender": sender, "recipient": recipient})
    back = asked[rng.random(len(a)) < 0.75]
    back = back.rename(columns={"sender": "recipient", "recipient": "sender"})
    back = back.assign(at=back["at"] + rng.lognormal(8.0, 1.2, len(back)).astype(np.int64))
    return pd.concat([asked, back[asked.columns]], ignore_index=True)


def club(people: int = 40, messages: int = 4000, seed: int = 7) -> pd.DataFrame:
    """Invent the log: ``timestamp``, ``sender``, ``recipient`` (several joined by ``;``).

    Parameters
    ----------
    people
        How many members, in four teams.
    messages
        About how many messages of two.
    seed
        Which club.

    Examples
    --------
    >>> log = club(people=12, messages=200)
    >>> log.columns.tolist(), bool(log["timestamp"].is_monotonic_increasing)
    (['timestamp', 'sender', 'recipient'], True)
    """
    if people < _TEAMS:
        raise BadInput(f"A club of {people} is too small.", accepted=f"At least {_TEAMS} people.")
    rng = dice(seed, "club")
    names = [f"{first} {last}" for first, last in plain_names(rng, people)]
    team = np.arange(people) % _TEAMS
    rows = _talk(rng, team, messages)
    written = np.array(names, dtype=object)
    table = pd.DataFrame(
        {
            "at": rows["at"],
            "sender": written[rows["sender"].to_numpy()],
            "recipient": written[rows["recipient"].to_numpy()],
        }
    )
    # The first member announces something to everybody every other week, and seldom talks.
    news = pd.DataFrame({"at": (END_DAY - np.arange(0, _DAYS, 14)) * DAY + 9 * 3600})
    news = news.assign(sender=names[0], recipient=";".join(names[1:]))
    log = pd.concat([table, news]).sort_values("at", kind="stable", ignore_index=True)
    log = log[log["at"] < (END_DAY + 1) * DAY]
    moments = pd.to_datetime(log["at"], unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    return log.assign(timestamp=moments)[["timestamp", "sender", "recipient"]]


def write_club(path: str | PathLike[str], *, people: int = 40, seed: int = 7) -> None:
    """Write the log as CSV; the same call always writes the same bytes.

    Parameters
    ----------
    path
        The file.
    people, seed
        As for `club`.

    Raises
    ------
    BadInput
        When there is such a file already.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_club(folder + "/club.csv", people=8)
    """
    log, target = club(people, 100 * people, seed), Path(path)
    if target.exists():
        raise BadInput(f"{target} exists already.", todo="Choose another folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(log.to_csv(index=False, lineterminator="\n"), "utf-8", newline="")
