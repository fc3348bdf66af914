"""Who stands together in crowds: meetings, copies, groups, lists, traps of shared keys."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from netquality.samples.clock import DAY, END_DAY, Ints, dice, on_workdays

__all__ = ["Crowds", "Group", "Shared", "crowds", "group_rows"]

OWNER = -1
_RECENT = 420


class Group(NamedTuple):
    """A group chat: title, members (without the owner), and the place of the loudest."""

    title: str
    members: tuple[int, ...]
    loud: tuple[int, ...]


class Shared(NamedTuple):
    """Two people and what they share: a household, or a number that was handed on."""

    household: tuple[tuple[int, int], ...]
    desk: tuple[int, int]
    handed: tuple[tuple[int, int], ...]


class Crowds(NamedTuple):
    """All crowds.

    Parameters
    ----------
    standup, plenum
        People of the daily meeting of twenty and the weekly one of more than thirty.
    copied
        People who write to many at once, the owner among them.
    audience
        From whom they choose.
    whatsapp, telegram, slack
        Groups; the first of WhatsApp is small, the second large.
    posters
        Who writes to the mailing lists.
    shared
        Who shares a key.
    """

    standup: Ints
    plenum: Ints
    copied: Ints
    audience: Ints
    whatsapp: tuple[Group, ...]
    telegram: tuple[Group, ...]
    slack: tuple[Group, ...]
    posters: Ints
    shared: Shared


def _some(rng: np.random.Generator, able: Ints, size: int) -> Ints:
    return np.asarray(rng.choice(able, min(size, len(able)), replace=False), dtype=np.int64)


def _whatsapp(rng: np.random.Generator, people: pd.DataFrame) -> tuple[Group, ...]:
    """Draw the small group, with one who writes most and is nobody close, and the large one."""
    near = np.flatnonzero((people["latent"] > 0.8) & (people["role"] == "usual"))
    loud = np.flatnonzero(people["role"] == "loud")[:3]
    small = [*_some(rng, near, 3), loud[0]]
    far = np.flatnonzero((people["latent"] < 0.7) & people["role"].isin(["usual", "teller"]))
    pushed = np.flatnonzero(people["sort"] == "pushed")
    large = [*loud, *_some(rng, far, 22 - len(pushed) - len(loud)), *_some(rng, near, 2), *pushed]
    return (
        Group("Ink & Lanterns", tuple(map(int, small)), (int(loud[0]),)),
        Group("Velvet Cross choir", tuple(map(int, large)), tuple(map(int, loud))),
    )


def _telegram(rng: np.random.Generator, people: pd.DataFrame, uses: Ints) -> tuple[Group, ...]:
    loud = np.flatnonzero(people["role"] == "loud")[-1:]
    members = [*loud, *_some(rng, uses[people["role"].to_numpy()[uses] == "usual"], 9)]
    return (Group("Kite workshop", tuple(map(int, members)), tuple(map(int, loud))),)


def _slack(rng: np.random.Generator, work: Ints) -> tuple[Group, ...]:
    titles, sizes = ("general", "press-room", "ink-lab"), (len(work), 14, 6)
    drawn = [_some(rng, work, size) for size in sizes]
    return tuple(
        Group(title, tuple(map(int, members)), tuple(map(int, members[:2])))
        for title, members in zip(titles, drawn, strict=True)
    )


def _shared(rng: np.random.Generator, people: pd.DataFrame) -> Shared:
    """Choose who shares a key: people with nothing else to tell, so that no truth is blurred."""
    other = rng.permutation(np.flatnonzero(people["sort"] == "other"))
    staff = rng.permutation(np.flatnonzero(people["sort"] == "staff"))
    pairs = [(int(a), int(b)) for a, b in other[:8].reshape(-1, 2)]
    return Shared(tuple(pairs[:2]), (int(staff[0]), int(staff[1])), tuple(pairs[2:]))


def crowds(people: pd.DataFrame, telegram: Ints, seed: int) -> Crowds:
    """Draw all crowds of the world.

    Parameters
    ----------
    people
        From `folk`, with `latent`, `role` and `colleague`.
    telegram
        Who uses Telegram anyway.
    seed
        The seed of the world.
    """
    rng = dice(seed, "crowds")
    staff = np.flatnonzero(people["sort"] == "staff")
    mates = np.flatnonzero(people["colleague"])
    far = mates[people["latent"].to_numpy()[mates] < 0.8]
    work = np.concatenate([staff, mates])
    copied = np.flatnonzero(people["role"] == "copied")
    twenty = np.unique(np.concatenate([_some(rng, far, 12), staff[:12]]))[:19]
    plenum = np.unique(np.concatenate([_some(rng, mates, 14), staff[6:]]))
    posters = np.flatnonzero(people["sort"] == "poster")
    return Crowds(
        standup=twenty,
        plenum=plenum,
        copied=np.concatenate([copied, staff[:2], [OWNER]]),
        audience=work,
        whatsapp=_whatsapp(rng, people),
        telegram=_telegram(rng, people, telegram),
        slack=_slack(rng, work),
        posters=np.concatenate([posters, _some(rng, far, 2)]),
        shared=_shared(rng, people),
    )


def group_rows(group: Group, size: int, seed: int, part: str) -> pd.DataFrame:
    """Draw what is said in a group: `at`, `who` (-1 the owner); the loud say most of it.

    Examples
    --------
    >>> rows = group_rows(Group("Ink", (4, 5, 6), (6,)), 200, 7, "ink")
    >>> sorted(set(rows["who"])), bool((rows["who"] == 6).mean() > 0.4)
    ([-1, 4, 5, 6], True)
    """
    rng = dice(seed, f"group {part} {group.title}")
    members = np.array([OWNER, *group.members])
    weight = np.where(np.isin(members, group.loud), 0.55 / max(1, len(group.loud)), 0.0)
    weight = weight + 0.45 / len(members)
    who = rng.choice(members, size, p=weight / weight.sum())
    # Everybody has said something once: who is silent is no member that a file could show.
    who[: len(members)] = members[: len(who)]
    days = on_workdays(rng, END_DAY - rng.integers(0, _RECENT, size))
    at = days * DAY + rng.integers(7 * 3600, 21 * 3600, size)
    rows = pd.DataFrame({"at": at, "who": rng.permutation(who)})
    return rows.sort_values("at", kind="stable", ignore_index=True)
