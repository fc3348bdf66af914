"""Mail, calendar, chats, calls and LinkedIn together: who is who, how close, who knows whom.

The truth is planted (an anchor, no proof), and beside every figure stand the simplest rules.
Intervals are 95 %: Wilson's for shares, which take people for independent; a bootstrap of worlds
and of the people in them for the rest, paired where two scores are compared.

``NETQUALITY_EVERYDAY`` (as in ``2x300``: worlds, contacts) makes a quick trial.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from life import (
    CROWDS,
    MEDIA,
    World,
    circles,
    credited,
    differences,
    evidence,
    kept,
    located,
    rules,
    strengths,
    uploaded,
)
from measured import table
from scipy.stats import rankdata

from netquality.evaluation.matching import Matching, by_exact_keys, by_name_equality, judged
from netquality.evaluation.ranking import Interval, pooled

if TYPE_CHECKING:
    from netquality.network import Network

ROUNDS, ORDERS = 1000, 2
OURS, LINKEDIN, BEST = "all sources", "LinkedIn alone", "best single source"
SINGLE = (LINKEDIN, *(f"{medium} alone" for medium in MEDIA))
THINGS = ("robot", "list", "room", "group")
_SAYS_SO = re.compile("no-?reply|donotreply|newsletter|notif|@lists[.]|^room")


# People


class Found(NamedTuple):
    """How many planted people there are, found exactly, split, and mixed with somebody else."""

    people: int
    exact: int
    split: int
    mixed: int


def matchers(network: Network) -> dict[str, pd.Series]:
    """Return the person of each account, as we say it and as the simplest rules do."""
    accounts = network.tables.accounts
    keyed = by_exact_keys(accounts)
    named = by_name_equality(accounts.assign(account=accounts["account"].map(keyed)))
    return {
        OURS: network.identity.person_of,
        "name equality": by_name_equality(accounts),
        "any equal key": keyed,
        "equal key or name": keyed.map(named),
    }


def found_people(keys: pd.DataFrame, person_of: pd.Series, *, several: bool) -> Found:
    """Count whose keys are all on one person who has nobody else's, no robot's and no list's.

    `several` leaves out those who have one account only, whom nobody can split.
    """
    on = keys[keys["kind"] != "shared"]
    on = on.assign(found=on["account"].map(person_of), whose=on["person"].fillna(on["value"]))
    crowded = on.groupby("found")["whose"].nunique() > 1
    by = on[on["kind"] == "person"].assign(mixed=on["found"].map(crowded)).groupby("person")
    chosen = by["account"].nunique() > int(several)
    split, mixed = (by["found"].nunique() > 1)[chosen], by["mixed"].any()[chosen]
    exact = (~split & ~mixed).sum()
    return Found(*map(int, (chosen.sum(), exact, split.sum(), mixed.sum())))


def share(hits: int, tries: int) -> Interval:
    return Matching(hits, tries - hits, 0).precision


def people_table(worlds: list[World]) -> str:
    rows = []
    keys = [located(world.network, world.keys) for world in worlds]
    every = [matchers(world.network) for world in worlds]
    for rule in every[0]:
        parts = [(some, by[rule]) for some, by in zip(keys, every, strict=True)]
        pairs = [paired(*part) for part in parts]
        right, wrong = (sum(getattr(p, name) for p in pairs) for name in ("right", "wrong"))
        for several in (False, True):
            each = [found_people(*part, several=several) for part in parts]
            whole = Found(*np.sum(each, axis=0).tolist())
            which = "of several accounts" if several else "everybody"
            rows.append((rule, which, *whole, share(whole.exact, whole.people), right, wrong))
    head = ["rule", "planted", "people", "exact", "split", "mixed", "share exact"]
    return table([*head, "pairs of accounts joined rightly", "wrongly"], rows)


def _odd(world: World, path: Path, order: int) -> str:
    return f"{differences(kept(world, path, order), world.network)} in random order {order}"


def paired(keys: pd.DataFrame, person_of: pd.Series) -> Matching:
    """Judge pairs of accounts of planted people."""
    one = keys.dropna(subset=["person"]).drop_duplicates("account").set_index("account")
    return judged(person_of, one["person"])


def splits(world: World) -> pd.DataFrame:
    """Return the keys of planted people who became several."""
    keys = located(world.network, world.keys[world.keys["kind"] == "person"])
    many = keys.groupby("person")["found"].nunique() > 1
    return keys[keys["person"].isin(many.index[many])]


def things(world: World) -> pd.DataFrame:
    """Return keys of people and of what is none, and who takes them for what they are not."""
    network, known = world.network, world.keys
    keys = located(network, known[known["kind"].isin(["person", *THINGS])])
    keys = keys.drop_duplicates(["kind", "value"])
    sender, recipient = (
        network.events[end].map(network.identity.person_of) for end in ("sender", "recipient")
    )
    written, heard = set(recipient[sender == network.ego]), set(sender)
    taken = keys["found"].map(network.people["kind"]).astype("str")
    return pd.DataFrame(
        {
            "kind": keys["kind"],
            "as planted": taken == keys["kind"].astype("str"),
            OURS: taken != "person",
            "the address says so": keys["value"].str.contains(_SAYS_SO),
            "heard, never written to": keys["found"].isin(heard - written),
        }
    )


def things_table(worlds: list[World]) -> str:
    held = pd.concat([things(world) for world in worlds], ignore_index=True)
    planted = pd.concat([world.keys["kind"] for world in worlds]).value_counts()
    rules, rows = list(held.columns[1:]), []
    for kind in THINGS:
        some = held[held["kind"] == kind]
        told = [share(int(some[rule].sum()), len(some)) for rule in rules]
        rows.append((f"{kind}s told", int(planted[kind]), len(some), *told))
    people = held["kind"] == "person"
    right = [share(int((held[rule] & ~people).sum()), int(held[rule].sum())) for rule in rules[1:]]
    rows.append(("of those told, no people", "", "", "", *right))
    return table(["what", "planted", "has an account", *rules], rows)


# Strengths


def scored(world: World) -> pd.DataFrame:
    """Return a row a contact: planted closeness, whether there is any contact, and the scores."""
    people = world.made.people
    days = [name for name in people.columns if name.endswith("days")]
    frame = people[["closeness"]].assign(any=people[days].sum(axis=1) > 0)
    frame[OURS] = strengths(world, world.network)
    frame[LINKEDIN] = strengths(world, world.linkedin)
    alone = {f"{medium} alone": strengths(world, world.alone(medium)) for medium in MEDIA}
    return frame.assign(**alone, **rules(world))


def _rho(values: np.ndarray) -> np.ndarray:
    """Return Spearman's correlation of the first column with each other."""
    ranks = rankdata(values, axis=0)
    ranks -= ranks.mean(axis=0)
    ranks /= np.maximum(np.sqrt((ranks**2).sum(axis=0)), 1e-12)
    return np.asarray(ranks[:, 0] @ ranks[:, 1:])


def correlations(frames: list[pd.DataFrame], rounds: int = ROUNDS) -> pd.DataFrame:
    """Return a row a score and a column a draw, before them in column 0 what was found."""
    names = [name for name in frames[0].columns if name not in ("closeness", "any")]
    whole = [frame[["closeness", *names]].to_numpy(dtype=np.float64) for frame in frames]
    rng = np.random.default_rng(0)
    found = [np.mean([_rho(each) for each in whole], axis=0)]
    for _ in range(rounds):
        drawn = [whole[i] for i in rng.integers(0, len(whole), len(whole))]
        again = [_rho(each[rng.integers(0, len(each), len(each))]) for each in drawn]
        found.append(np.mean(again, axis=0))
    table = pd.DataFrame(np.array(found).T, index=names)
    table.loc[BEST] = table.loc[list(SINGLE)].max()
    return table


def interval(draws: pd.Series) -> Interval:
    low, high = np.quantile(draws[1:], [0.025, 0.975])
    return Interval(float(draws[0]), float(low), float(high))


def strength_table(frames: list[pd.DataFrame], rounds: int = ROUNDS) -> str:
    both = [correlations(some, rounds) for some in (frames, [f[f["any"]] for f in frames])]
    rows = [
        (name, *(interval(x) for d in both for x in (d.loc[name], d.loc[OURS] - d.loc[name])))
        for name in both[0].index
    ]
    head = ["rho, all contacts", "all sources lead by", "rho, any contact", "all sources lead by"]
    return table(["score", *head], rows)


# Who knows whom


def pair_flags(world: World) -> dict[str, np.ndarray]:
    """Return, for each way to know each other, a flag for each pair of contacts."""
    people = world.made.people.index
    upper = np.triu_indices(len(people), 1)
    flags = {}
    for how, groups in circles(world).items():
        both = np.zeros((len(people), len(people)), dtype=bool)
        for group in groups:
            at = people.get_indexer(group)
            both[np.ix_(at, at)] = True
        flags[how] = both[upper]
    return flags


def knows_scores(world: World) -> dict[str, np.ndarray]:
    every = evidence(world, world.network)
    linkedin = evidence(world, world.linkedin)
    return {OURS: every.pop("knows"), LINKEDIN: linkedin["knows"], **every}


def knows_table(worlds: list[World], rounds: int = 200) -> str:
    """Rank pairs who know each other above all others, and above those met in crowds only."""
    flags, scores = [pair_flags(w) for w in worlds], [knows_scores(w) for w in worlds]
    ways = [how for how in flags[0] if how != CROWDS]
    every = [np.any([each[how] for how in ways], axis=0) for each in flags]
    rows = []
    for how in (*ways, "any of them", f"any, against {CROWDS}"):
        yes = [each.get(how, some) for each, some in zip(flags, every, strict=True)]
        no = [
            ~some & (each[CROWDS] | (not how.endswith(CROWDS)))
            for each, some in zip(flags, every, strict=True)
        ]
        cells = [
            pooled([(each[name][a], each[name][b]) for each, a, b in
                    zip(scores, yes, no, strict=True) if a.any()], rounds=rounds)
            for name in scores[0]
        ]  # fmt: skip
        rows.append((how, int(sum(flag.sum() for flag in yes)), *cells))
    return table(["AUC of pairs who know each other by", "pairs", *scores[0]], rows)


def main() -> None:
    count, contacts = map(int, os.environ.get("NETQUALITY_EVERYDAY", "10x300").split("x"))
    with tempfile.TemporaryDirectory() as folder:
        worlds = [World(Path(folder, str(seed)), seed, contacts) for seed in range(count)]
        frames = [scored(world) for world in worlds]
        print(f"{count} fictional lives of {contacts} contacts, LinkedIn and seven other media.\n")
        print(people_table(worlds), end="\n\n")
        apart = [splits(world).assign(world=world.seed) for world in worlds]
        columns = ["world", "person", "key", "value", "found"]
        print(table(columns, pd.concat(apart)[columns].to_numpy().tolist()), end="\n\n")
        held, given = np.sum([credited(world) for world in worlds], axis=0)
        print(f"Of {held} accounts known by a key of several people, one person has {given}.\n")
        held, given = np.sum([uploaded(world) for world in worlds], axis=0)
        print(f"Of {held} addresses of contacts in LinkedIn's own book, {given} are joined.\n")
        odd = [_odd(worlds[0], Path(folder, f"{order}.duckdb"), order) for order in range(ORDERS)]
        print(f"Of the first life, other than read at once: {', '.join(odd)}.\n")
        print(things_table(worlds), end="\n\n")
        print("Spearman's correlation of the owner's tie with planted closeness.\n")
        print(strength_table(frames), end="\n\n")
        print(knows_table(worlds))


if __name__ == "__main__":
    main()
