"""How well accounts are joined to people, and suggestions ranked, where the truth is known.

Pairs of accounts are counted, so a wrong merge weighs as much as it spoils. Intervals are
Wilson's (1927) at 95 %; pairs of one group are not independent, so they are rather too narrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from netquality.errors import BadInput
from netquality.evaluation.ranking import Interval, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Matching",
    "Ranked",
    "by_exact_keys",
    "by_name_equality",
    "by_rapidfuzz",
    "judged",
    "ranked",
    "similar_names",
]

Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Matching:
    """Pairs of accounts that a matcher joined, against the truth.

    Attributes
    ----------
    right, wrong
        Joined pairs that are one person, and that are two.
    missed
        Pairs of one person that were not joined.
    """

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> Interval:
        """The share of joined pairs that are one person; `nan` if nothing was joined."""
        return wilson(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Interval:
        """The share of the pairs of one person that were joined; `nan` if there are none."""
        return wilson(self.right, self.right + self.missed)


@dataclass(frozen=True, eq=False)
class Ranked:
    """Suggested pairs of people, best first, against the truth.

    Attributes
    ----------
    frame
        One row a threshold: ``threshold``, ``suggested`` (pairs with at least that score),
        ``right``, ``precision`` and ``recall``, each with ``_low`` and ``_high``.
    average_precision
        The mean of the precision at every right pair; a right pair that is not suggested
        counts 0, so it is at most the recall. `nan` if there is nothing to find.
    findable
        Number of pairs of people that are one person.
    """

    frame: pd.DataFrame
    average_precision: float
    findable: int


def judged(person_of: pd.Series, truth: pd.Series) -> Matching:
    """Count the pairs of accounts that were joined rightly, wrongly, and not at all.

    Parameters
    ----------
    person_of
        The person that a matcher gave each account, a Series by account.
    truth
        The true person of each account; accounts that it does not name are left out.

    Raises
    ------
    BadInput
        When an account stands twice, or one of the truth has no person.

    Examples
    --------
    >>> truth = pd.Series({"a": "zora", "b": "zora", "c": "zora", "d": "odo"})
    >>> judged(pd.Series({"a": 1, "b": 1, "c": 2, "d": 2}), truth)
    Matching(right=1, wrong=1, missed=2)
    """
    found = _aligned(person_of, truth)
    right = _pairs(pd.DataFrame({"found": found, "truth": truth}).value_counts())
    joined, one = _pairs(found.value_counts()), _pairs(truth.value_counts())
    return Matching(right, joined - right, one - right)


def _aligned(person_of: pd.Series, truth: pd.Series) -> pd.Series:
    twice = person_of.index.has_duplicates or truth.index.has_duplicates
    if twice or not truth.index.isin(person_of.dropna().index).all():
        raise BadInput(
            "An account of the truth has no person, or an account stands twice.",
            accepted="one person for each account.",
        )
    return person_of.reindex(truth.index)


def _pairs(sizes: pd.Series) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def ranked(
    suggestions: pd.DataFrame,
    person_of: pd.Series,
    truth: pd.Series,
    thresholds: Sequence[float] = (0.5, 0.7, 0.8, 0.9, 0.95),
) -> Ranked:
    """Judge suggested pairs of people by precision and recall at thresholds.

    A found person stands for the true person who has most of the accounts (of equal ones the
    first in the alphabet). A pair is right when both stand for the same one.

    Parameters
    ----------
    suggestions
        ``a`` and ``b`` (people as in `person_of`, in any order) and ``score``; a pair that
        comes twice counts once, with the higher score.
    person_of, truth
        As for `judged`.

    Raises
    ------
    BadInput
        When somebody suggested has no account with a truth, or a score is missing.

    Examples
    --------
    >>> truth = pd.Series({"a": "zora", "b": "zora", "c": "odo"})
    >>> person_of = pd.Series({"a": "p", "b": "q", "c": "r"})
    >>> made = pd.DataFrame({"a": ["p", "q"], "b": ["r", "p"], "score": [0.9, 0.6]})
    >>> ranked(made, person_of, truth).average_precision
    0.5
    """
    stands_for = _stands_for(_aligned(person_of, truth), truth)
    scored = _once(suggestions, stands_for)
    hit = scored["a"].map(stands_for).to_numpy() == scored["b"].map(stands_for).to_numpy()
    findable = _pairs(stands_for.value_counts())
    scores = scored["score"].to_numpy(dtype=np.float64)
    rows = [_at(threshold, hit[scores >= threshold], findable) for threshold in thresholds]
    return Ranked(pd.DataFrame(rows), _average_precision(scores, hit, findable), findable)


def _stands_for(found: pd.Series, truth: pd.Series) -> pd.Series:
    counts = pd.DataFrame({"found": found, "truth": truth}).value_counts().reset_index()
    best = counts.sort_values(["found", "count", "truth"], ascending=[True, False, True])
    return best.drop_duplicates("found").set_index("found")["truth"]


def _once(suggestions: pd.DataFrame, stands_for: pd.Series) -> pd.DataFrame:
    ends = suggestions[["a", "b"]]
    if suggestions["score"].isna().any() or not ends.isin(stands_for.index).all(axis=None):
        raise BadInput(
            "A suggestion has no score, or is about somebody without an account.",
            accepted="people of person_of, each pair with a score.",
        )
    a, b = np.sort(ends.to_numpy(dtype=object), axis=1).T
    scored = pd.DataFrame({"a": a, "b": b, "score": suggestions["score"].to_numpy()})
    best = scored[scored["a"] != scored["b"]].sort_values("score", ascending=False)
    return best.drop_duplicates(["a", "b"], ignore_index=True)


def _at(threshold: float, hit: Flags, findable: int) -> dict[str, float]:
    right = int(hit.sum())
    row: dict[str, float] = {"threshold": threshold, "suggested": len(hit), "right": right}
    for name, tries in (("precision", len(hit)), ("recall", findable)):
        names = (name, f"{name}_low", f"{name}_high")
        row |= dict(zip(names, wilson(right, tries), strict=True))
    return row


def _average_precision(scores: npt.NDArray[np.float64], hit: Flags, findable: int) -> float:
    """Sum precision times gain of recall over the distinct scores, so that ties have no order."""
    if not findable:
        return float("nan")
    right = np.cumsum(hit)
    ends = np.flatnonzero(np.append(scores[1:] != scores[:-1], np.ones(min(1, len(scores)), bool)))
    gained = np.diff(right[ends], prepend=0)
    return float((gained * right[ends] / (ends + 1)).sum() / findable)


def by_name_equality(accounts: pd.DataFrame) -> pd.Series:
    """Join accounts with an equal name but for case and blanks; one that repeats a key is none.

    Examples
    --------
    >>> some = pd.DataFrame({"account": ["x", "y"], "key": "mail", "value": ["x@a.b", "y@a.b"]})
    >>> by_name_equality(some.assign(name=["Odo  F", "odo f"])).nunique()
    1
    """
    return _joined(accounts, similar_names(accounts, None))


def by_exact_keys(accounts: pd.DataFrame) -> pd.Series:
    """Join accounts with any equal key but the name.

    Examples
    --------
    >>> some = pd.DataFrame({"account": ["x", "y"], "key": ["phone", "phone"], "value": "+41"})
    >>> by_exact_keys(some).nunique()
    1
    """
    keyed = accounts[accounts["key"] != "name"]
    head = keyed.groupby(["key", "value"], observed=True)["account"].transform("first")
    return _joined(accounts, pd.DataFrame({"a": head, "b": keyed["account"]}))


def by_rapidfuzz(accounts: pd.DataFrame, least: float = 90.0) -> pd.Series:
    """Join accounts with similar names, by RapidFuzz's ``token_sort_ratio`` from 0 to 100.

    Examples
    --------
    >>> some = pd.DataFrame({"account": ["x", "y"], "key": "mail", "value": ["x@a.b", "y@a.b"]})
    >>> by_rapidfuzz(some.assign(name=["Odo Fernwick", "Fernwick Odo"])).nunique()
    1
    """
    return _joined(accounts, similar_names(accounts, least))


def similar_names(accounts: pd.DataFrame, least: float | None) -> pd.DataFrame:
    """Return the pairs of accounts with similar names: ``a``, ``b`` and ``score`` up to 1.

    `least` is the ``token_sort_ratio`` from which names are similar, None for equal names only.
    With the people of the accounts in place of them, it is what `ranked` can judge.

    Examples
    --------
    >>> some = pd.DataFrame({"account": ["x", "y"], "key": "mail", "value": ["x@a.b", "y@a.b"]})
    >>> some = some.assign(name=["Odo Fernwick", "Odo Fernwik"])
    >>> len(similar_names(some, None)), similar_names(some, 90.0).round(3).values.tolist()
    (0, [['x', 'y', 0.957]])
    """
    bearers = _bearers(accounts)
    equal = [(a, b, 1.0) for group in bearers for a, b in combinations(group, 2)]
    near = [] if least is None else _alike([str(name) for name in bearers.index], least)
    across = [(a, b, r) for x, y, r in near for a in bearers.iloc[x] for b in bearers.iloc[y]]
    pairs = pd.DataFrame([*equal, *across], columns=["a", "b", "score"])
    return pairs[pairs["a"] != pairs["b"]].reset_index(drop=True)


def _bearers(accounts: pd.DataFrame) -> pd.Series:
    own = (accounts["name"] != accounts["value"]) | (accounts["key"] == "name")
    named = accounts[own & accounts["name"].notna()]
    folded = named["name"].str.casefold().str.split().str.join(" ")
    return named["account"].groupby(folded.to_numpy()).unique()


def _alike(names: list[str], least: float) -> list[tuple[int, int, float]]:
    """Return the places of different names with at least that ratio."""
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.process import cdist

    ratio = np.asarray(cdist(names, names, scorer=token_sort_ratio))
    places = np.argwhere(np.triu(ratio >= least, 1))
    return [(int(i), int(j), float(ratio[i, j]) / 100.0) for i, j in places]


def _joined(accounts: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Give a number to each account, one for all that pairs in a chain hold together."""
    ids = pd.Index(accounts["account"].unique())
    ends = (ids.get_indexer(pairs["a"]), ids.get_indexer(pairs["b"]))
    links = coo_array((np.ones(len(pairs), dtype=np.int8), ends), shape=(len(ids), len(ids)))
    return pd.Series(connected_components(links, directed=False)[1], index=ids)
