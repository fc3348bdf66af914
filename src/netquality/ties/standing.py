"""Standing: a tie's place inside one network, where both sides' totals are observed.

What part of each one's contact a tie is, its place in each one's list, on how many days and over
how long, how alike both circles are, and how even: six terms, each measured against the ties of
the same network, so that a busy network and a quiet one speak the same language.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.strength import logistic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["TERMS", "WEIGHTS", "between", "contributions", "standing", "terms"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TERMS = ("share", "place", "days", "span", "circle", "reciprocity")
# Printed by `benchmarks/weights.py`: log-odds of being called close per standard deviation.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "share": 0.33,
        "place": 0.28,
        "days": 0.16,
        "span": 0.22,
        "circle": 0.27,
        "reciprocity": 0.12,
    }
)
# Added to a share, so that a pair without contact has a logarithm.
_LEAST = 0.001
# A log shorter than this shows too little of days and spans for their terms to count in full.
_WHOLE = 28.0
# Members of circles looked up at a time.
_CHUNK = 2_000_000


def terms(
    ties: pd.DataFrame, size: int, asked: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the terms of standing as each side sees them, in standard deviations.

    Parameters
    ----------
    ties
        All ties of the people who are seen whole, one row a dyad: ``a`` and ``b`` (codes),
        ``amount`` (faded contact), ``out`` and ``in`` (sessions a to b and back), ``days``,
        ``first`` and ``last`` (missing without times).
    size
        Number of people.
    asked
        Pairs ``a``, ``b`` to say it of, by default the ties. Who has no contact has the terms
        of none, and still a likeness of circles.

    Returns
    -------
    tuple of DataFrame
        As a and as b sees it, columns `TERMS`, rows like `asked`. ``share`` is the log of the
        amount over all that the person has; ``place`` the midrank in the person's list, from
        0 to 1; ``circle`` the cosine of both rows of log(1 + amount / median). A term that all
        ties have alike says nothing and is 0.

    Examples
    --------
    >>> some = pd.DataFrame({"a": [0, 0], "b": [1, 2], "amount": [3.0, 1.0], "out": [1.0, 1.0],
    ...     "in": [1.0, 0.0], "days": [2.0, 1.0], "first": [0, 9], "last": [9, 9]})
    >>> of_a, of_b = terms(some, 3)
    >>> of_a["share"].round(2).tolist(), of_b["share"].round(2).tolist()
    ([0.23, -1.69], [0.73, 0.73])
    """
    pairs = ties if asked is None else _matched(asked, ties)
    raw = _raw(pairs, ties, size)
    base = raw if asked is None else _raw(ties, ties, size)
    both = pd.concat(base, ignore_index=True)
    middle, spread = both.mean(), both.std(ddof=0)
    scale = pd.Series(1.0, index=list(TERMS))
    scale[["days", "span"]] = min(1.0, _length(ties) / _WHOLE)
    of_a, of_b = (((one - middle) / spread.where(spread > 1e-9) * scale).fillna(0.0) for one in raw)
    return of_a, of_b


def contributions(
    of_a: pd.DataFrame, of_b: pd.DataFrame, weights: Mapping[str, float] = WEIGHTS
) -> pd.DataFrame:
    """Return each term's part in a tie's log-odds: the mean of both sides' views.

    Examples
    --------
    >>> one = pd.DataFrame([[1.0] * 6], columns=list(TERMS))
    >>> round(float(contributions(one, 0.0 * one).sum(axis=1).iloc[0]), 3)
    0.69
    """
    parts: pd.DataFrame = (of_a + of_b) / 2.0 * pd.Series(weights)
    return parts


def standing(ties: pd.DataFrame, seen: npt.NDArray[np.bool_]) -> pd.Series:
    """Rank ties inside a network; .5 is the mean of the log-odds of its ties.

    Parameters
    ----------
    ties
        As for `terms`, of everybody.
    seen
        By code: whether everything that the person does is observed.

    Returns
    -------
    Series
        In (0, 1); missing where one side's totals are not observed, or without contact. It is
        relative: not comparable between networks, and no probability.

    Examples
    --------
    >>> some = pd.DataFrame({"a": [0, 0, 0], "b": [1, 2, 3], "amount": [3.0, 1.0, 1.0],
    ...     "out": 1.0, "in": 1.0, "days": 1.0, "first": 0, "last": 0})
    >>> standing(some, np.array([True, True, True, False])).round(2).tolist()
    [0.59, 0.41, nan]
    """
    known = between(ties, seen)
    if known.empty:
        return pd.Series(np.nan, index=ties.index)
    score = contributions(*terms(known, len(seen))).sum(axis=1)
    return logistic(score).set_axis(known.index).reindex(ties.index)


def between(ties: pd.DataFrame, seen: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return the ties with contact whose both sides are seen whole."""
    whole = seen[ties["a"].to_numpy()] & seen[ties["b"].to_numpy()] & (ties["amount"] > 0)
    found: pd.DataFrame = ties[whole.to_numpy(dtype=bool)]
    return found


def _matched(asked: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    ends = asked[["a", "b"]].to_numpy()
    low, high = ends.min(axis=1), ends.max(axis=1)
    ordered = pd.DataFrame({"low": low, "high": high})
    known = ties.assign(
        low=ties[["a", "b"]].min(axis=1),
        high=ties[["a", "b"]].max(axis=1),
    ).drop(columns=["a", "b"])
    both = ordered.merge(known, on=["low", "high"], how="left")
    both["a"], both["b"] = ends[:, 0], ends[:, 1]
    for column in ("amount", "out", "in", "days"):
        both[column] = both[column].astype("float64").fillna(0.0)
    return both


def _raw(pairs: pd.DataFrame, ties: pd.DataFrame, size: int) -> list[pd.DataFrame]:
    """Return the terms as a and as b sees them, before they are standardised."""
    amount, total = pairs["amount"].to_numpy(np.float64), _totals(ties, size)
    span = (pairs["last"] - pairs["first"]).astype("Float64").to_numpy(np.float64, na_value=0.0)
    days = pairs["days"].to_numpy(np.float64, na_value=0.0)
    out, back = pairs["out"].to_numpy(np.float64), pairs["in"].to_numpy(np.float64)
    a, b = pairs["a"].to_numpy(np.int64), pairs["b"].to_numpy(np.int64)
    common = {
        "days": np.log1p(days),
        "span": np.log1p(span),
        "circle": _likeness(ties, size, a, b),
        "reciprocity": _over(np.minimum(out, back), np.maximum(out, back)),
    }
    return [
        pd.DataFrame(
            {
                "share": np.log(_over(amount, total[who]) + _LEAST),
                "place": _place(pairs, ties, end),
                **common,
            }
        )
        for end, who in (("a", a), ("b", b))
    ]


def _over(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.zeros(len(top)), where=bottom > 0)


def _totals(ties: pd.DataFrame, size: int) -> Floats:
    ends = np.r_[ties["a"].to_numpy(np.int64), ties["b"].to_numpy(np.int64)]
    both = np.tile(ties["amount"].to_numpy(np.float64), 2)
    return np.bincount(ends, both, minlength=size).astype(np.float64)


def _place(pairs: pd.DataFrame, ties: pd.DataFrame, end: str) -> Floats:
    """Return the midrank of the tie in the person's own list; 0 without contact."""
    # Sums of floats differ in the last bit by the order of rows; equal contact ranks as equal.
    amount = ties["amount"].round(12)
    both = pd.DataFrame(
        {
            "who": np.r_[ties["a"], ties["b"]],
            "other": np.r_[ties["b"], ties["a"]],
            "amount": np.tile(amount, 2),
        }
    )
    lists = both.groupby("who")["amount"]
    both["place"] = (lists.rank() - 0.5) / lists.transform("size")
    other = "b" if end == "a" else "a"
    wanted = pd.DataFrame({"who": pairs[end].to_numpy(), "other": pairs[other].to_numpy()})
    return wanted.merge(both, on=["who", "other"], how="left")["place"].fillna(0.0).to_numpy()


def _likeness(ties: pd.DataFrame, size: int, a: Ints, b: Ints) -> Floats:
    """Return the cosine of both circles: who is in the smaller one is looked up in the other."""
    rows = _rows(ties, size)
    norm = np.sqrt(np.bincount(rows.who, rows.weight**2, minlength=size))
    few, many = np.where(rows.degree[a] <= rows.degree[b], (a, b), (b, a))
    looked = np.cumsum(rows.degree[few])
    found = np.zeros(len(a))
    # So many at a time that memory stays the same, however large some circles are.
    for start, end in _slices(looked):
        found[start:end] = rows.product(few[start:end], many[start:end])
    return _over(found, norm[a] * norm[b])


def _slices(looked: Ints) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(looked):
        before = looked[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(looked, before + _CHUNK, side="right")))
        yield start, end
        start = end


class _Rows(NamedTuple):
    """Everybody's circle: members in the order of who, then of whom."""

    who: Ints
    other: Ints
    weight: Floats
    key: Ints
    degree: Ints
    begin: Ints

    def product(self, few: Ints, many: Ints) -> Floats:
        """Return for each pair the sum, over whom both know, of both weights multiplied."""
        count = self.degree[few]
        pair = np.repeat(np.arange(len(few)), count)
        ends = np.cumsum(count)
        place = np.arange(len(pair)) - np.repeat(ends - count, count) + self.begin[few][pair]
        wanted = many[pair] * len(self.degree) + self.other[place]
        at = np.minimum(np.searchsorted(self.key, wanted), max(len(self.key) - 1, 0))
        both = self.weight[place] * self.weight[at] * (self.key[at] == wanted)
        return np.bincount(pair, both, minlength=len(few)).astype(np.float64)


def _rows(ties: pd.DataFrame, size: int) -> _Rows:
    amount = ties["amount"].to_numpy(np.float64)
    weight = np.log1p(amount / np.median(amount)) if len(amount) else amount
    left, right = ties["a"].to_numpy(np.int64), ties["b"].to_numpy(np.int64)
    who, other = np.r_[left, right], np.r_[right, left]
    key = who * size + other
    order = np.argsort(key, kind="stable")
    degree = np.bincount(who, minlength=size)
    return _Rows(
        who[order],
        other[order],
        np.tile(weight, 2)[order],
        key[order],
        degree,
        np.cumsum(degree) - degree,
    )


def _length(ties: pd.DataFrame) -> float:
    """Return how many days the ties span; 0 without times."""
    first, last = ties["first"].min(), ties["last"].max()
    return 0.0 if pd.isna(first) or pd.isna(last) else float(last - first)
