"""Planted owners: are megaphone, handshake and mixed told apart, and do intervals hold?

Two tables. First, 60 fictional owners in each of three eras: how many are told apart by the
share of one-to-one contact, and how many by the simplest rules, whose two cuts are set
afterwards, with the answers known. Second, owners whose years are lived again and again by the
same habits: how often the 95 % interval of one year holds the mean over all years. Intervals of
counts have whole ends, so there the mean is taken to the next whole number: where all years but one
count 12, the mean is 11.98, and "12 to 12" holds it.

``NETQUALITY_OWNERS`` (as in ``6x10``: owners an era, tellings) makes a quick trial.
"""

from __future__ import annotations

import os
import tempfile
from multiprocessing import Pool
from typing import Any

import numpy as np
import pandas as pd
from measured import table

ERAS = (2020, 2023, 2026)
HABITS = ("megaphone", "mixed", "handshake")
RULES = ("contacts", "rows", "sent", "received", "single", "active", "two_way", "posts")
COUNTS = ("active", "two_way", "close", "strong")
COVERED = (
    "active",
    "two_way",
    "close",
    "strong",
    "diversity",
    "gini",
    "one_to_one",
    "two_way_share",
)


def main() -> None:
    owners, tellings = map(int, os.environ.get("NETQUALITY_OWNERS", "60x40").split("x"))
    with Pool(2) as pool:
        _apart(pd.DataFrame(pool.map(_seen, _cases(owners), chunksize=1)))
        lives = pool.map(_seen, _lives(tellings), chunksize=1)
    _coverage(pd.DataFrame(lives))


def _cases(owners: int) -> list[dict[str, Any]]:
    """Owners of three habits; how many contacts and messages they have tells nothing."""
    cases = []
    for place, era in enumerate(ERAS):
        for number in range(owners):
            seed = 1000 * (place + 1) + number // len(HABITS)
            rng = np.random.default_rng([seed, 17])
            contacts = int(rng.integers(200, 360))
            size = {"contacts": contacts, "messages": round(contacts * rng.uniform(26, 38))}
            habit = HABITS[number % len(HABITS)]
            cases.append({"era": era, "seed": seed, "habit": habit, **size})
    return cases


def _lives(tellings: int) -> list[dict[str, Any]]:
    size = {"contacts": 250, "messages": 8000, "era": 2026}
    owners = [(seed, habit) for seed in (11, 12) for habit in HABITS]
    return [
        {**size, "seed": seed, "habit": habit, "telling": telling}
        for seed, habit in owners
        for telling in range(1, tellings + 1)
    ]


def _seen(case: dict[str, Any]) -> dict[str, Any]:
    """Write the sample, read it as a user would, and return what the measures say."""
    import netquality as nq
    from netquality.measures.broadcast import broadcast

    with tempfile.TemporaryDirectory() as folder:
        made = nq.sample(folder, log=False, **case)
        network = nq.read(made.archive)
    result = nq.profile(network).frame.iloc[0]
    spoken = broadcast(network, draws=2).frame.iloc[0]
    sent = network.events[
        (network.events["kind"] == "message")
        & (network.events["sender"].map(network.identity.person_of) == network.ego)
    ]
    return {
        **case,
        **result.to_dict(),
        "told": spoken["habit"],
        "posts": spoken["posts"],
        "rows": int((network.events["kind"] == "message").sum()),
        "sent": int(made.people["sent"].sum()),
        "received": int(made.people["received"].sum()),
        "single": float((sent.drop_duplicates("event")["audience"] == 1).mean()),
    }


def _apart(seen: pd.DataFrame) -> None:
    print(f"{len(seen)} owners, {len(seen) // len(ERAS)} in each of the eras {ERAS}\n")
    hit = seen["told"] == seen["habit"]
    rows: list[tuple[object, ...]] = [
        ("one-to-one share, cuts at thirds", *_share(hit), *_eras(seen, hit))
    ]
    for rule in RULES:
        found = _by_best_cuts(seen[rule].to_numpy(dtype=np.float64), seen["habit"])
        rows.append((f"{rule}, best cuts afterwards", *_share(found), *_eras(seen, found)))
    print(table(["rule", "told apart", "95 % interval", *map(str, ERAS)], rows), end="\n\n")


def _share(hit: pd.Series) -> tuple[str, str]:
    from netquality.measures.ends import rate_interval

    low, high = rate_interval(np.array([hit.sum()]), np.array([len(hit)]))
    return f"{hit.sum()} of {len(hit)} ({hit.mean():.1%})", f"{low[0]:.1%} to {high[0]:.1%}"


def _eras(seen: pd.DataFrame, hit: pd.Series) -> list[str]:
    return [f"{hit[seen['era'] == era].sum()} of {(seen['era'] == era).sum()}" for era in ERAS]


def _by_best_cuts(values: np.ndarray, habit: pd.Series) -> pd.Series:
    """Try every order of the habits and all pairs of cuts; return the best outcome."""
    from itertools import permutations

    cuts = np.unique(np.quantile(values[np.isfinite(values)], np.linspace(0, 1, 61)))
    best = pd.Series(False, index=habit.index)
    for order in permutations(HABITS):
        names = np.array(order, dtype=object)
        for low in cuts:
            for high in cuts[cuts >= low]:
                found = names[(values > low).astype(int) + (values > high)] == habit
                best = found if found.sum() > best.sum() else best
    return best


def _coverage(lives: pd.DataFrame) -> None:
    keys = ["seed", "habit"]
    owners = lives.groupby(keys).ngroups
    print(f"{owners} owners, {len(lives) // owners} tellings each: how often the 95 %")
    print("interval of one telling holds the mean over the tellings\n")
    rows, every = [], []
    for name in COVERED:
        mean = lives.groupby(keys)[name].transform("mean")
        truth = mean.round() if name in COUNTS else mean
        inside = (lives[f"{name}_low"] <= truth) & (truth <= lives[f"{name}_high"])
        exact = (lives[f"{name}_low"] <= mean) & (mean <= lives[f"{name}_high"])
        width = (lives[f"{name}_high"] - lives[f"{name}_low"]) / mean
        each = inside.groupby([lives[key] for key in keys]).mean()
        by_owner = f"{each.min():.0%} to {each.max():.0%}"
        rows.append((name, *_share(inside), by_owner, f"{exact.mean():.1%}", width.median()))
        every.append(inside)
    header = ["figure", "covered", "95 % interval", "by owner", "mean not rounded"]
    print(table([*header, "median width / mean"], rows))
    print(f"\nall figures together: {pd.concat(every).mean():.1%} covered (aim 90 to 97 %)")


if __name__ == "__main__":
    main()
