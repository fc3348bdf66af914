"""Warm introductions: pairs of contacts who do not know each other and would both gain.

score = value x feasibility x novelty. A factor that the data cannot show is left out and
named. Nobody is asked to bear more than a few introductions at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from netquality.advice.reasons import Pair, reasons
from netquality.advice.roles import OTHER, complement, role_of
from netquality.ties.knows import BASE_RATE, colleagues, combined, seen_together
from netquality.ties.threshold import SLOPES, acting

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Introductions", "introductions"]

ACCEPT = "answer"
MOST_EGO, MOST_EACH, EACH = 1_000, 150, 10
ACQUAINTED = 0.5
COLUMNS = [
    "rank",
    "introducer",
    "a",
    "a_name",
    "b",
    "b_name",
    "score",
    "value",
    "feasibility",
    "novelty",
    "yes_a",
    "yes_b",
    "knows",
    "acquainted",
    "factors",
    "reasons",
]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Introductions:
    """Ranked pairs, best first.

    Attributes
    ----------
    frame
        One row a pair: introducer, the two, the score and its factors, reasons.
    considered, possible
        How many pairs were scored, of how many pairs of contacts there are.
    heading
        What the ranking may be called, given the factors that the data shows.
    notes
        Which factors are missing or assumed.
    """

    frame: pd.DataFrame
    considered: int
    possible: int
    heading: str
    notes: tuple[str, ...]
    as_of: int

    def top(self, n: int = 10) -> pd.DataFrame:
        """Return the best n pairs."""
        return self.frame.head(n)

    def explain(self, i: int) -> dict[str, float]:
        """Return the factors of the i-th pair; their product is its score.

        Examples
        --------
        >>> empty = Introductions(pd.DataFrame(columns=COLUMNS), 0, 0, "", (), 0)
        >>> len(empty.top(3))
        0
        """
        row = self.frame.iloc[i]
        factors = {name: float(row[name]) for name in ("value", "feasibility", "novelty")}
        return {name: value for name, value in factors.items() if value == value}

    def to_frame(self) -> pd.DataFrame:
        """Return all pairs."""
        return self.frame

    def _repr_html_(self) -> str:
        return str(
            self.top(25).to_html(
                escape=True, index=False, float_format=lambda value: f"{value:.3g}"
            )
        )


def introductions(network: Network, *, top: int = 100, cap: int = 3) -> Introductions:
    """Rank introductions between contacts.

    Parameters
    ----------
    network
        With an owner, pairs of the owner's contacts; a whole group's log gives each person
        the best pairs of theirs.
    top
        How many pairs at most (ten for each person of a group).
    cap
        How often one contact may be in the list of one introducer.

    Returns
    -------
    Introductions
        Empty, with the reason as heading, when no contact with anybody was observed.
    """
    introducers = network.egos or tuple(sorted(set(network.ties["a"]) | set(network.ties["b"])))
    most = MOST_EGO if network.egos else MOST_EACH
    keep = top if network.egos else min(top, EACH)
    people = network.people
    codes = pd.Series(np.arange(len(people)), index=people.index)
    context = _Context(network, people, codes)
    found, considered, possible = [], 0, 0
    for introducer, contacts in _contacts(network, introducers):
        able = contacts[contacts["touched"] & ~contacts["person"].isin(network.history.never)]
        able = able.nlargest(most, "yes")
        possible += len(contacts) * (len(contacts) - 1) // 2
        considered += len(able) * (len(able) - 1) // 2
        found.append(context.ranked(introducer, able, keep, cap))
    frame = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)
    frame = frame.sort_values(
        ["score", "a", "b"], ascending=[False, True, True], kind="stable", ignore_index=True
    )
    frame = frame.head(top) if network.egos else frame
    frame["reasons"] = reasons(
        network,
        [Pair(*row) for row in frame[["introducer", "a", "b", "knows"]].itertuples(index=False)],
    )
    for end in ("a", "b"):
        frame[f"{end}_name"] = frame[end].map(people["name"]).astype("str")
    heading, notes = _heading(context, considered, frame)
    return Introductions(frame[COLUMNS], considered, possible, heading, notes, network.as_of)


def _contacts(network: Network, introducers: tuple[str, ...]) -> list[tuple[str, pd.DataFrame]]:
    ties = network.ties[["a", "b", "strength", "out", "in"]]
    turned = ties.rename(columns={"a": "b", "b": "a"})
    ends = pd.concat([ties, turned[ties.columns]], ignore_index=True).dropna(subset=["strength"])
    ends = ends[ends["a"].isin(introducers)].rename(columns={"a": "introducer", "b": "person"})
    touched = ends["out"].fillna(0) + ends["in"].fillna(0) > 0
    ends["touched"] = touched | (ends["strength"] > 0.02)
    strength = ends["strength"].clip(1e-9, 1 - 1e-9)
    ends["yes"] = sum(acting(strength, ACCEPT, slope) for slope in SLOPES) / len(SLOPES)
    return [(str(name), group) for name, group in ends.groupby("introducer", sort=True)]


class _Context:
    """What is known about people once, for all introducers."""

    def __init__(self, network: Network, people: pd.DataFrame, codes: pd.Series) -> None:
        self.codes, self.people = codes, people
        self.roles = role_of(people["title"])
        self.titled = bool(self.roles.notna().any())
        self.employers = people["employer"].mask(people["employer"].isna())
        self.telling = colleagues(self.employers)
        code_of = network.identity.person_of.map(codes).dropna().astype("int64")
        egos = frozenset(int(codes[ego]) for ego in network.egos)
        self.together = seen_together(network.events, code_of, len(codes), egos)
        self.tied = _pairs(network.ties, codes) + _told(network, codes, met=True)
        self.strangers = _told(network, codes, met=False)
        self.grouped = self.together.nnz > 0
        self.employed = bool(self.employers.notna().any())

    def ranked(self, introducer: str, able: pd.DataFrame, keep: int, cap: int) -> pd.DataFrame:
        names = able["person"].to_numpy()
        place = self.codes.loc[names].to_numpy()
        i, j = np.triu_indices(len(names), 1)
        knows = self._knows(place, i, j)
        tied = self.tied[place][:, place].toarray()[i, j] if len(names) else np.array([], bool)
        yes = able["yes"].to_numpy()
        value, guessed = self._value(names, i, j)
        feasibility = yes[i] * yes[j]
        score = np.where(np.isnan(value), 1.0, value) * feasibility * (1.0 - knows)
        chosen = _capped(np.where(tied, -1.0, score), i, j, keep, cap)
        i, j = i[chosen], j[chosen]
        value, knows, score = value[chosen], knows[chosen], score[chosen]
        return pd.DataFrame(
            {
                "rank": np.arange(1, len(chosen) + 1),
                "introducer": introducer,
                "a": names[i],
                "b": names[j],
                "score": score,
                "value": value,
                "feasibility": feasibility[chosen],
                "novelty": 1.0 - knows,
                "yes_a": yes[i],
                "yes_b": yes[j],
                "knows": knows,
                "acquainted": knows >= ACQUAINTED,
                "factors": 2 + guessed[chosen].astype(int),
            }
        )

    def _knows(
        self, place: npt.NDArray[np.int64], i: npt.NDArray[np.intp], j: npt.NDArray[np.intp]
    ) -> Floats:
        if not len(place):
            return np.array([])
        together = self.together[place][:, place].toarray()[i, j]
        employer = self.employers.iloc[place].to_numpy(dtype=object)
        same = (employer[i] == employer[j]) & ~pd.isna(employer[i])
        telling = np.where(same, self.telling.iloc[place].to_numpy()[i], 0.0)
        strangers = self.strangers[place][:, place].toarray()[i, j]
        return np.where(strangers, 0.0, combined(together, telling))

    def _value(
        self, names: npt.NDArray[np.object_], i: npt.NDArray[np.intp], j: npt.NDArray[np.intp]
    ) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Return each pair's value, and whether both titles say something."""
        if not self.titled:
            return np.full(len(i), np.nan), np.zeros(len(i), dtype=bool)
        found = complement(self.roles.loc[list(names)])[i, j]
        known = ~np.isnan(found)
        return np.where(known, found, OTHER), known


def _pairs(pairs: pd.DataFrame, codes: pd.Series) -> csr_array:
    """Return who is in a pair with whom, as a symmetric table."""
    ends = pairs["a"].map(codes).to_numpy(), pairs["b"].map(codes).to_numpy()
    both = np.r_[ends[0], ends[1]], np.r_[ends[1], ends[0]]
    size = len(codes)
    return csr_array((np.ones(2 * len(pairs), dtype=bool), both), shape=(size, size))


def _told(network: Network, codes: pd.Series, *, met: bool) -> csr_array:
    """Return who knows whom, or does not, by the user's word; an introduction under way counts."""
    said = network.history.acquainted
    pairs = said[said["knows"] == met][["a", "b"]]
    if met:
        pairs = pd.concat([pairs, network.history.introductions[["a", "b"]]], ignore_index=True)
    return _pairs(pairs[pairs["a"].isin(codes.index) & pairs["b"].isin(codes.index)], codes)


def _capped(
    score: Floats, i: npt.NDArray[np.intp], j: npt.NDArray[np.intp], keep: int, cap: int
) -> npt.NDArray[np.int64]:
    """Take the best pairs so that nobody is in more than `cap` of them."""
    order = np.argsort(-score, kind="stable")
    load: dict[int, int] = {}
    chosen: list[int] = []
    for pair in order[score[order] > 0].tolist():
        one, other = int(i[pair]), int(j[pair])
        if load.get(one, 0) < cap and load.get(other, 0) < cap:
            load[one], load[other] = load.get(one, 0) + 1, load.get(other, 0) + 1
            chosen.append(pair)
        if len(chosen) == keep:
            break
    return np.array(chosen, dtype=np.int64)


def _heading(
    context: _Context, considered: int, frame: pd.DataFrame
) -> tuple[str, tuple[str, ...]]:
    if not considered:
        return "No introductions: no contact with two different people was observed", ()
    if frame.empty:
        return "No introductions: all who could be introduced have been in contact already", ()
    notes = ["How likely each says yes is assumed from the strength of your tie, not measured."]
    if context.titled:
        notes.append(
            "Value is a guess from job titles; no offers or asks are known. Where a title says "
            f"nothing it is taken as {OTHER}, the least, and not counted among the factors."
        )
        heading = "Introductions you could make"
    else:
        notes.append("Value is left out: the data has no titles, offers or asks.")
        heading = "Two people who would both answer you"
    if not context.grouped and not context.employed:
        notes.append(
            "Whether they know each other was not observed beyond direct contact; "
            f"{BASE_RATE:.0%} is assumed."
        )
    return heading, tuple(notes)
