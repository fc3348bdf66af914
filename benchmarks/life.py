"""A fictional life in all its media, what is true of it, and what plain rules say of its people."""

from __future__ import annotations

import random
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

import netquality as nq
from netquality.evaluation.baselines import BASELINES, decayed_reciprocity
from netquality.samples.clock import END
from netquality.samples.media.plan import make_plan
from netquality.samples.world import make_world
from netquality.ties.dyads import MUTUAL
from netquality.ties.knows import colleagues, combined, seen_together

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.network import Network
    from netquality.samples.write import Sample

A_CONTACT = 10
OWNER = {"ego": "juniper@vellichor.example", "timezone": "Europe/Berlin"}
MEDIA = ("mail", "calendar", "whatsapp", "sms", "calls", "telegram", "slack")
CROWDS = "crowds only"


class World:
    """A fictional life with its truth, and what is read of it."""

    def __init__(self, folder: Path, seed: int, contacts: int = 300) -> None:
        self.folder, self.size, self.seed = folder, (contacts, A_CONTACT * contacts), seed
        size = {"contacts": contacts, "messages": A_CONTACT * contacts}
        self.made: Sample = nq.sample(folder, seed=seed, everyday=True, **size)
        self.network: Network = nq.read(folder, **OWNER)

    @cached_property
    def keys(self) -> pd.DataFrame:
        """Whose each key of the everyday files is, and every contact's profile."""
        slugs = self.made.people.index
        known = pd.DataFrame({"person": slugs, "key": "profile", "value": slugs, "kind": "person"})
        rows = pd.concat([self.made.accounts, known], ignore_index=True)
        rows = rows.drop_duplicates(["key", "value", "kind"])
        folded = rows["value"].where(rows["key"] != "name", rows["value"].str.casefold())
        return rows.assign(value=folded)

    @cached_property
    def linkedin(self) -> Network:
        return nq.read(self.made.archive, as_of=END)

    def alone(self, medium: str) -> Network:
        """Read one medium and the address books, so that people can be told as well as in all."""
        books = (self.made.media[book] for book in ("contacts", "google"))
        return nq.read(self.made.media[medium], *books, as_of=END, **OWNER)


def located(network: Network, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the keys that occur, each with the account and the person it is on."""
    held = network.tables.accounts[["key", "value", "account"]].astype("str").drop_duplicates()
    found = held.assign(found=held["account"].map(network.identity.person_of))
    return keys.merge(found, on=["key", "value"])


def credited(world: World) -> tuple[int, int]:
    """Count the accounts known by a key of several people alone, and those one person has."""
    keys = located(world.network, world.keys)
    own = keys[keys["kind"] == "person"]
    shared = keys[(keys["kind"] == "shared") & ~keys["account"].isin(own["account"])]
    shared = shared.drop_duplicates("account")
    return len(shared), int(shared["found"].isin(own["found"]).sum())


def uploaded(world: World) -> tuple[int, int]:
    """Count the contacts' addresses in LinkedIn's own address book, and those with their person.

    Nothing but a name connects them with a profile.
    """
    network, people = world.network, world.made.people
    archives = network.sources["source"][network.sources["format"] == "linkedin/contacts"]
    accounts = network.tables.accounts
    of = pd.Series(people.index, index=people["mail"])
    rows = accounts[accounts["source"].isin(archives) & accounts["value"].isin(of.index)]
    keys = located(network, world.keys[world.keys["kind"] == "person"])
    people_of = set(zip(keys["person"], keys["found"], strict=True))
    pairs = zip(rows["value"].map(of), rows["account"].map(network.identity.person_of), strict=True)
    return len(rows), sum(pair in people_of for pair in pairs)


def kept(world: World, path: Path, order: int) -> Network:
    """Import the files one by one in some order, and put them together."""
    files = sorted(world.folder.iterdir())
    random.Random(order).shuffle(files)
    with nq.Workspace(path) as workspace:
        for file in files:
            # Whose a phone's files are, only an address book says that comes later.
            workspace.read(file, own=True, at=f"{END}", **OWNER)
        return workspace.network()


def differences(one: Network, other: Network) -> int:
    """Count the people, and the ties with their strength, that only one of two networks has."""
    people = set(one.people.index) ^ set(other.people.index)
    ours, theirs = (
        set(zip(each.ties["a"], each.ties["b"], each.ties["strength"].round(9), strict=True))
        for each in (one, other)
    )
    return len(people) + len(ours ^ theirs)


def _by_contact(world: World, network: Network, figure: pd.Series, least: float) -> pd.Series:
    """Bring figures of people to contacts; who was split has the best, who has none the least."""
    keys = located(network, world.keys[world.keys["kind"] == "person"])
    best = keys["found"].map(figure).groupby(keys["person"]).max()
    return best.reindex(world.made.people.index).fillna(least)


def strengths(world: World, network: Network) -> pd.Series:
    """Return the strength of each contact's tie with the owner; no tie is 0."""
    ties = network.ties[network.ties["a"] == network.ego]
    return _by_contact(world, network, ties.set_index("b")["strength"], 0.0)


def doings(network: Network) -> pd.DataFrame:
    """Return what the owner and another did, as `BASELINES` takes it, of all kinds."""
    events, person_of = network.events, network.identity.person_of
    sender, recipient = events["sender"].map(person_of), events["recipient"].map(person_of)
    theirs, mine = recipient == network.ego, sender == network.ego
    age = network.as_of - events["day"].astype("float64")
    rows = pd.DataFrame({"person": sender.where(theirs, recipient), "theirs": theirs, "age": age})
    rows = rows.assign(
        alone=events["audience"].fillna(1) <= 1, both=events["kind"].isin(["call", *MUTUAL])
    )
    return rows[theirs != mine].dropna(subset=["person"])


def rules(world: World) -> dict[str, pd.Series]:
    """Return what the simplest rules say of each contact, given our people and all sources."""
    every = doings(world.network)
    alone = every[every["alone"]]
    turned = alone[alone["both"]].assign(theirs=~alone["theirs"])
    lesser = BASELINES["min(received, sent)"]
    found = {
        "number of events": BASELINES["message count"](every),
        "last contact": BASELINES["last contact"](every),
        "min(received, sent)": lesser(every),
        "min, events of two": lesser(alone),
        "min, events of two, 180-day decay": decayed_reciprocity(alone),
        "the same, a call or meeting goes both ways": decayed_reciprocity(
            pd.concat([alone, turned], ignore_index=True)
        ),
    }
    return {
        name: _by_contact(world, world.network, figure, figure.min() - 1.0)
        for name, figure in found.items()
    }


def circles(world: World) -> dict[str, list[list[str]]]:
    """Return who is planted to know each other, by how: each a list of contacts."""
    contacts, messages = world.size
    plan = make_plan(make_world(contacts, messages, world.seed), messages, END)
    held, made = plan.crowds, world.made
    told = {
        "LinkedIn threads": [list(pair) for pair in made.pairs[["a", "b"]].to_numpy()],
        "WhatsApp group of 5": [held.whatsapp[0].members],
        "Telegram group of 10": [held.telegram[0].members],
        "Slack rooms of 7 and 15": [group.members for group in held.slack[1:]],
        "stand-up of 20": [held.standup],
        CROWDS: [held.whatsapp[1].members, held.slack[0].members, held.plenum],
    }
    names, known = plan.people["person"].to_numpy(), set(made.people.index)
    of = {how: [[p if isinstance(p, str) else names[p] for p in one] for one in some]
          for how, some in told.items()}  # fmt: skip
    return {how: [[p for p in one if p in known] for one in some] for how, some in of.items()}


def evidence(world: World, network: Network) -> dict[str, np.ndarray]:
    """Return what speaks for each pair of contacts, as `introductions` weighs it and plainer."""
    codes = pd.Series(np.arange(len(network.people)), index=network.people.index)
    keys = located(network, world.keys[world.keys["kind"] == "person"])
    found = keys.drop_duplicates("person").set_index("person")["found"]
    place = codes[found.reindex(world.made.people.index)].to_numpy()
    i, j = np.triu_indices(len(place), 1)
    code_of = network.identity.person_of.map(codes).dropna().astype("int64")
    egos = frozenset(int(codes[ego]) for ego in network.egos)
    together = seen_together(network.events, code_of, len(codes), egos)[place][:, place]
    employer = network.people["employer"].to_numpy(dtype=object)[place]
    same = (employer[i] == employer[j]) & ~pd.isna(employer[i])
    telling = colleagues(network.people["employer"]).to_numpy()[place][i]
    return {
        "knows": combined(together.toarray()[i, j], np.where(same, telling, 0.0)),
        "same employer": same.astype(np.float64),
        "times in one conversation": _times(network, code_of, len(codes), place)[i, j],
    }


def _times(network: Network, code_of: pd.Series, size: int, place: np.ndarray) -> np.ndarray:
    """Count the conversations and meetings of several with both, however large."""
    events = network.events
    group = events[(events["audience"] > 1) | events["kind"].isin(MUTUAL)]
    unit = pd.factorize(group["thread"].fillna(group["event"]))[0]
    ends = [group[end].map(code_of).to_numpy(np.float64) for end in ("sender", "recipient")]
    rows = pd.DataFrame({"unit": np.tile(unit, 2), "who": np.concatenate(ends)})
    rows = rows.dropna().drop_duplicates().astype("int64")
    shape = (int(unit.max()) + 1, size)
    there = csr_array(coo_array((np.ones(len(rows)), (rows["unit"], rows["who"])), shape=shape))
    chosen = there[:, place]
    return np.asarray((chosen.T @ chosen).toarray())
