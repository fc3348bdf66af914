"""Public sets whose interactions and labels of closeness are independent records (protocol A).

Read here by the plainest means, beside the readers of netquality that are on trial. A set is
held as dense arrays over its people; what a set cannot have is None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

DAY = 86_400.0
SETS = ("thiers13", "bk_office", "bk_tech", "bk_fraternity", "copenhagen", "lazega")
# What a user would type: files, and what has to be said of them.
FILES: Mapping[str, tuple[tuple[str, ...], Mapping[str, object]]] = {
    "thiers13": (
        ("thiers13/High-School_data_2013.csv.gz",),
        {"columns": "at,a,b,-,-", "every": 20.0, "timezone": "UTC"},
    ),
    "copenhagen": (("copenhagen/sms.csv", "copenhagen/calls.csv"), {}),
    "lazega": (("lazega/advice.csv", "lazega/cowork.csv"), {}),
    "bk_office": (("bernard_killworth/office_observed.csv",), {}),
    "bk_tech": (("bernard_killworth/tech_observed.csv",), {}),
    "bk_fraternity": (("bernard_killworth/fraternity_observed.csv",), {}),
}


@dataclass(frozen=True, eq=False)
class Contacts:
    """Interactions, one row each: people as codes, seconds, how long it took."""

    i: Ints
    j: Ints
    at: Floats | None = None
    seconds: Floats | None = None
    times: Floats | None = None


@dataclass(frozen=True, eq=False)
class PublicSet:
    """One set: people, interactions, and pairs whose label is known.

    Attributes
    ----------
    directed
        Whether interactions have a sender.
    of_one
        Whether the label is one side's word of the other (then pairs are ordered).
    known, label
        Matrices over people.
    """

    name: str
    people: tuple[str, ...]
    contacts: Contacts
    directed: bool
    of_one: bool
    known: Bools
    label: Bools
    columns: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns.update(_columns(self))

    @property
    def interacting(self) -> Bools:
        """Pairs with a known label that interacted."""
        return np.asarray(self.known & (self.columns["count"] > 0))


def load(name: str, folder: Path) -> PublicSet:
    """Read a set."""
    if name.startswith("bk_"):
        return _bernard_killworth(name, folder / "bernard_killworth")
    return {"thiers13": _thiers, "copenhagen": _copenhagen, "lazega": _lazega}[name](folder / name)


def _coded(
    rows: pd.DataFrame, more: set[object] = frozenset()
) -> tuple[tuple[str, ...], Ints, Ints]:
    who = sorted(set(rows["i"]) | set(rows["j"]) | more)
    code = pd.Series(np.arange(len(who)), index=who)
    ends = code[rows["i"]].to_numpy(), code[rows["j"]].to_numpy()
    return tuple(map(str, who)), *ends


def _matrix(size: int, i: Ints, j: Ints, values: Floats | float = 1.0) -> Floats:
    found = np.zeros((size, size))
    np.add.at(found, (i, j), values)
    return found


def _either(people: tuple[str, ...], rows: pd.DataFrame) -> Bools:
    code = pd.Series(np.arange(len(people)), index=people)
    ends = [rows[end].astype("str").map(code) for end in ("i", "j")]
    both = ends[0].notna() & ends[1].notna()
    one = _matrix(len(people), *(end[both].to_numpy(np.int64) for end in ends)) > 0
    return np.asarray(one | one.T)


def _above(people: tuple[str, ...], judged: set[object]) -> Bools:
    inside = np.isin(np.array(people), [str(who) for who in judged])
    return np.asarray(np.triu(np.outer(inside, inside), 1))


def _thiers(folder: Path) -> PublicSet:
    """Maximal runs of 20-second records; friends named by either, among those who answered."""
    log = pd.read_csv(
        folder / "High-School_data_2013.csv.gz", sep=" ", header=None, usecols=[0, 1, 2],
        names=["at", "x", "y"],
    )  # fmt: skip
    named = pd.read_csv(
        folder / "Friendship-network_data_2013.csv.gz", sep=" ", header=None, names=["i", "j"]
    )
    log["i"], log["j"] = log[["x", "y"]].min(axis=1), log[["x", "y"]].max(axis=1)
    log = log.sort_values(["i", "j", "at"], ignore_index=True)
    same = (log["i"] == log["i"].shift()) & (log["j"] == log["j"].shift())
    run = (~(same & (log["at"] == log["at"].shift() + 20))).cumsum()
    runs = log.groupby(run).agg(i=("i", "first"), j=("j", "first"), at=("at", "first"))
    length = log.groupby(run).size().to_numpy(np.float64) * 20.0
    people, i, j = _coded(runs)
    judged = set(named["i"]) & (set(runs["i"]) | set(runs["j"]))
    contacts = Contacts(i, j, runs["at"].to_numpy(np.float64), length)
    return PublicSet(
        "thiers13", people, contacts, directed=False, of_one=False,
        known=_above(people, judged), label=_either(people, named),
    )  # fmt: skip


def _copenhagen(folder: Path) -> PublicSet:
    """Texts and calls, missed ones too; Facebook friends among those who are in that file."""
    texts = pd.read_csv(folder / "sms.csv").set_axis(["at", "i", "j"], axis=1)
    calls = pd.read_csv(folder / "calls.csv").set_axis(["at", "i", "j", "seconds"], axis=1)
    friends = pd.read_csv(folder / "fb_friends.csv", skipinitialspace=True).set_axis(
        ["i", "j"], axis=1
    )
    log = pd.concat([texts, calls], ignore_index=True)
    people, i, j = _coded(log)
    judged = (set(friends["i"]) | set(friends["j"])) & (set(log["i"]) | set(log["j"]))
    contacts = Contacts(
        i, j, log["at"].to_numpy(np.float64), log["seconds"].clip(lower=0).fillna(0).to_numpy()
    )
    return PublicSet(
        "copenhagen", people, contacts, directed=True, of_one=False,
        known=_above(people, judged), label=_either(people, friends),
    )  # fmt: skip


def _lazega(folder: Path) -> PublicSet:
    """Co-work and advice of lawyers as interactions, friendship as the label: all survey."""
    read = {
        name: pd.read_csv(folder / f"{name}.csv").set_axis(["i", "j"], axis=1)
        for name in ("advice", "cowork", "friends")
    }
    log = pd.concat([read["advice"], read["cowork"]], ignore_index=True)
    people, i, j = _coded(log, set(read["friends"].stack()))
    return PublicSet(
        "lazega", people, Contacts(i, j), directed=True, of_one=False,
        known=_above(people, set(map(int, people))), label=_either(people, read["friends"]),
    )  # fmt: skip


def _bernard_killworth(name: str, folder: Path) -> PublicSet:
    """Sightings by observers; what i said of j: rated 4 or 5, or in the top fifth of i's ranks."""
    group = name.removeprefix("bk_")
    seen = pd.read_csv(folder / f"{group}_observed.csv").set_axis(["i", "j", "times"], axis=1)
    said = pd.read_csv(folder / f"{group}_recalled.csv").set_axis(["i", "j", "value"], axis=1)
    # Who said the same of everybody said nothing.
    said = said[said.groupby("i")["value"].transform("nunique") > 1]
    people, i, j = _coded(seen, set(said["i"]) | set(said["j"]))
    if group == "fraternity":
        close = said["value"] >= 4
    else:
        of_i = said.groupby("i")["value"]
        close = of_i.rank() <= np.ceil(of_i.transform("size") / 5)
    code = pd.Series(np.arange(len(people)), index=list(map(int, people)))
    ends = code[said["i"]].to_numpy(), code[said["j"]].to_numpy()
    size = len(people)
    return PublicSet(
        name, people, Contacts(i, j, times=seen["times"].to_numpy(np.float64)),
        directed=False, of_one=True,
        known=_matrix(size, *ends) > 0, label=_matrix(size, *ends, close.to_numpy(float)) > 0,
    )  # fmt: skip


def _columns(of: PublicSet) -> dict[str, Floats]:
    """Return the parameter-free predictors, a matrix each."""
    contacts, size = of.contacts, len(of.people)
    one_way = _matrix(
        size, contacts.i, contacts.j, 1.0 if contacts.times is None else contacts.times
    )
    count = one_way + one_way.T
    found = {"count": count} | (_in_time(of) if contacts.at is not None else {})
    amount = found["duration"] if of.name == "thiers13" else count
    if of.directed:
        low, high = np.minimum(one_way, one_way.T), np.maximum(one_way, one_way.T)
        found |= {"reciprocity": _over(low, high), "both-way volume": low}
    found |= _structure(count)
    total = amount.sum(axis=1)
    found["share"] = _over(amount, np.sqrt(np.outer(total, total)))
    found["ego share"] = _over(amount, total[:, None] + np.zeros_like(amount))
    found["TIE formula"] = _tie(of, found)
    return found


def _over(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)


def _in_time(of: PublicSet) -> dict[str, Floats]:
    contacts, size = of.contacts, len(of.people)
    low, high = np.minimum(contacts.i, contacts.j), np.maximum(contacts.i, contacts.j)
    at = contacts.at
    start = at.min() if of.name == "thiers13" else 0.0
    first, last = np.full((size, size), np.inf), np.full((size, size), -np.inf)
    np.minimum.at(first, (low, high), at)
    np.maximum.at(last, (low, high), at)
    first, last = np.minimum(first, first.T), np.maximum(last, last.T)
    faded = _matrix(size, low, high, 0.5 ** ((at.max() - at) / ((at.max() - at.min()) / 6)))
    long = _matrix(size, low, high, contacts.seconds)
    return {
        "duration": long + long.T,
        "recency": last,
        "days": _distinct(size, low, high, np.floor(at / DAY)),
        "weeks": _distinct(size, low, high, np.floor((at - start) / DAY / 7)),
        "span": np.where(np.isfinite(last), last - first, -1.0),
        "decayed count": faded + faded.T,
    }


def _distinct(size: int, low: Ints, high: Ints, when: Floats) -> Floats:
    once = pd.DataFrame({"a": low, "b": high, "when": when}).drop_duplicates()
    found = _matrix(size, once["a"].to_numpy(), once["b"].to_numpy())
    return found + found.T


def _structure(count: Floats) -> dict[str, Floats]:
    linked = (count > 0).astype(np.float64)
    degree = linked.sum(axis=1)
    common = linked @ linked
    others = (degree[:, None] - linked) + (degree[None, :] - linked) - common
    logs = np.divide(1.0, np.log(degree), out=np.zeros_like(degree), where=degree > 1)
    inverse = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
    rows = np.log1p(count)
    length = np.sqrt((rows**2).sum(axis=1))
    return {
        "overlap": _over(common, others),
        "common neighbours": common,
        "Adamic-Adar": (linked * logs) @ linked,
        "resource allocation": (linked * inverse) @ linked,
        "weighted cosine": _over(rows @ rows, np.outer(length, length)),
    }


def _tie(of: PublicSet, columns: dict[str, Floats]) -> Floats:
    """Return the hand-made formula of the protocol, over the set's own interacting pairs."""
    pairs = of.known & (columns["count"] > 0)

    def z(values: Floats) -> Floats:
        return (values - values[pairs].mean()) / values[pairs].std()

    found = z(np.log(columns["share"] + 0.001)) + 0.5 * z(columns["weighted cosine"])
    if of.contacts.at is not None:
        days = (of.contacts.at.max() - of.contacts.at.min()) / DAY
        span = np.log1p(np.maximum(columns["span"], 0.0) / DAY)
        found += min(1.0, days / 28) * (z(np.log1p(columns["days"])) + 0.5 * z(span))
    return found + 0.5 * z(columns["reciprocity"]) if of.directed else found
