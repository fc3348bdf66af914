"""Backtest: what the scores would have said earlier, and how it turned out, on one's own data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.evaluation.ranking import weighted_auc
from netquality.measures.ends import of_owners, rate_interval, when
from netquality.measures.persistence import persistence
from netquality.measures.result import Result
from netquality.ties.dyads import DAY
from netquality.ties.lasting import Moment, moment, two_way
from netquality.ties.strength import SHIPPED

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Backtest", "backtest"]

Floats = npt.NDArray[np.float64]

OURS, STRENGTH = "chance", "strength"
SCORES = (OURS, STRENGTH, "last contact", "count", "days, fading", "days x both ways, fading")
# Pairs of each outcome without which nothing is judged, windows at most, bins of the curve.
FEWEST, WINDOWS, BINS = 30, 4, 10
# Draws for an interval; fewer where there are so many pairs that they hardly differ.
_DRAWS, _FEW_DRAWS, _LARGE = 400, 100, 20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False, repr=False)
class Backtest(Result):
    """How well scores of earlier days told who would be in touch.

    Attributes
    ----------
    frame
        One row a score: ``score``, ``auc`` (the share of pairs put in the right order) with
        ``low`` and ``high``, and ``behind``, ``behind_low``, ``behind_high``: how far it lies
        below the chance of `netquality.persistence`. Missing where too little was seen.
    bins
        The reliability curve: ``said`` (mean chance), ``came`` (share in touch) with ``low``
        and ``high``, ``pairs``; bins of equal size.
    cases
        One row a pair and window: ``at``, ``a``, ``b``, the scores, ``lasted``.
    verdict
        What follows, in words.
    """

    bins: pd.DataFrame
    cases: pd.DataFrame
    verdict: str


def backtest(network: Network, days: float = 90.0, *, windows: int = WINDOWS) -> Backtest:
    """Ask earlier days who would be in touch, and compare with what came.

    For each of the last finished windows of so many days, every pair in touch before is scored
    with what was known when the window began, and had contact both ways in it or not. Beside
    the chance of `netquality.persistence` and `strength` stand rules that need no model.

    Parameters
    ----------
    network
        With owners, their ties; else everybody's.
    days
        The horizon.
    windows
        How many windows, at most; before the first of them another one must have finished, to
        learn from.

    Returns
    -------
    Backtest
        Intervals (95 %) draw people again. With fewer than 30 pairs of either outcome nothing
        is judged, and the verdict says so.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> backtest(build(Tables())).verdict
    'Too little to judge: no earlier window of 90 days has contact before it to learn from.'
    """
    cases = _cases(network, days, windows)
    told = 0 if cases.empty else int(min(cases["lasted"].sum(), (~cases["lasted"]).sum()))
    if told < FEWEST:
        return _nothing(network, days, cases, told)
    frame = _judged(network, cases)
    bins = _bins(cases)
    said = f"{when(network)}: {len(cases):,} pairs in {cases['at'].nunique()} windows of {days:g} "
    said += f"days, {int(cases['lasted'].sum()):,} of them in touch both ways."
    return Backtest(
        frame,
        network.as_of,
        bins,
        cases,
        _verdict(frame, cases),
        coverage=(said,),
        parameters={"days": days, "windows": windows},
    )


def _cases(network: Network, days: float, windows: int) -> pd.DataFrame:
    acts, seen = network.contact.acts, network.contact.seen
    timed = acts.second[acts.timed]
    if not len(timed):
        return _empty()
    end, begin = (network.as_of + 1) * float(DAY), float(timed.min())
    found = []
    for back in range(windows, 0, -1):
        at = end - back * days * DAY
        # One window to be learned from, and as much again before that.
        if at - begin < 2 * days * DAY:
            continue
        known = moment(acts, seen, at, days)
        came = two_way(acts, known, at, at + days * DAY)
        found.append(_scored(network, known, came, at, days))
    return pd.concat(found, ignore_index=True) if found else _empty()


def _empty() -> pd.DataFrame:
    columns = {"at": "datetime64[us, UTC]", "a": "str", "b": "str"}
    columns |= dict.fromkeys(SCORES, "float64") | {"lasted": "bool"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def _scored(network: Network, known: Moment, came: Floats, at: float, days: float) -> pd.DataFrame:
    people = network.contact.people.to_numpy()
    moment_at = _EPOCH + timedelta(seconds=at)
    frame = pd.DataFrame(
        {
            "at": moment_at,
            "a": pd.Series(people[known.a], dtype="str"),
            "b": pd.Series(people[known.b], dtype="str"),
            **_plain(network, known, at),
            "days, fading": known.features["days"],
            "days x both ways, fading": known.features["days"] + known.features["both_ways"],
            "lasted": came > 0,
        }
    )
    said = persistence(network, days, at=moment_at).frame
    # What was said later must not weigh in what is judged: weights as shipped.
    then = network.weighed(SHIPPED).at(int(at // DAY) - 1).ties
    pairs = pd.MultiIndex.from_frame(frame[["a", "b"]])
    frame[OURS] = _of_pairs(said, "chance", pairs)
    frame[STRENGTH] = _of_pairs(then, "strength", pairs, missing=0.0)
    frame = of_owners(network, frame)
    return frame[["at", "a", "b", *SCORES, "lasted"]]


def _of_pairs(
    frame: pd.DataFrame, column: str, pairs: pd.MultiIndex, missing: float = np.nan
) -> Floats:
    """Return a column for pairs in either order."""
    turned = frame.rename(columns={"a": "b", "b": "a"})
    both = pd.concat([frame, turned]).drop_duplicates(["a", "b"]).set_index(["a", "b"])[column]
    return both.reindex(pairs).fillna(missing).to_numpy(np.float64)


def _plain(network: Network, known: Moment, at: float) -> dict[str, Floats]:
    acts = network.contact.acts
    use = acts.timed & (acts.second < at)
    size = np.int64(len(network.contact.seen) or 1)
    place = np.searchsorted(known.a * size + known.b, acts.a[use] * size + acts.b[use])
    last = np.full(len(known.a), -np.inf)
    np.maximum.at(last, place, acts.second[use].astype(np.float64))
    count = np.bincount(place, minlength=len(known.a)).astype(np.float64)
    return {"last contact": last - at, "count": count}


def _judged(network: Network, cases: pd.DataFrame) -> pd.DataFrame:
    draws = _FEW_DRAWS if len(cases) > _LARGE else _DRAWS
    drawn = np.array([_aucs(cases, _times(network, cases, seed)) for seed in range(draws)])
    point = _aucs(cases, np.ones(len(cases)))
    tails = [0.025, 0.975]
    low, high = np.nanquantile(drawn, tails, axis=0)
    behind = drawn[:, [0]] - drawn
    behind_low, behind_high = np.nanquantile(behind, tails, axis=0)
    return pd.DataFrame(
        {
            "score": SCORES,
            "auc": point,
            "low": low,
            "high": high,
            "behind": point[0] - point,
            "behind_low": behind_low,
            "behind_high": behind_high,
        }
    )


def _times(network: Network, cases: pd.DataFrame, seed: int) -> Floats:
    """Return how often both people of each case were drawn; an owner is always there."""
    people = pd.Index(pd.unique(cases[["a", "b"]].to_numpy().ravel()))
    rng = np.random.default_rng(seed)
    drawn = np.bincount(rng.integers(0, len(people), len(people)), minlength=len(people))
    times = pd.Series(drawn, index=people)
    times[people.isin(network.egos)] = 1
    return np.asarray(cases["a"].map(times) * cases["b"].map(times), dtype=np.float64)


def _aucs(cases: pd.DataFrame, weight: Floats) -> Floats:
    """Return the mean AUC of each score over the windows that have both outcomes."""
    found = []
    for rows in cases.groupby("at").indices.values():
        label, each = cases["lasted"].to_numpy()[rows], weight[rows]
        if (each * label).sum() > 0 < (each * ~label).sum():
            values = cases[list(SCORES)].to_numpy()[rows]
            found.append([weighted_auc(column, label, each) for column in values.T])
    return np.mean(found, axis=0) if found else np.full(len(SCORES), np.nan)


def _bins(cases: pd.DataFrame) -> pd.DataFrame:
    order = np.argsort(cases[OURS].to_numpy(), kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    said = [float(cases[OURS].to_numpy()[part].mean()) for part in parts]
    hits = np.array([cases["lasted"].to_numpy()[part].sum() for part in parts], dtype=np.float64)
    tries = np.array([len(part) for part in parts], dtype=np.float64)
    low, high = rate_interval(hits, tries)
    return pd.DataFrame(
        {"said": said, "came": hits / tries, "low": low, "high": high, "pairs": tries.astype(int)}
    )


def _nothing(network: Network, days: float, cases: pd.DataFrame, told: int) -> Backtest:
    if cases.empty:
        why = f"no earlier window of {days:g} days has contact before it to learn from."
    else:
        why = (
            f"only {told} pairs of one of the outcomes in windows of {days:g} days; "
            f"{FEWEST} of each are needed."
        )
    nan = np.full(len(SCORES), np.nan)
    columns = ("auc", "low", "high", "behind", "behind_low", "behind_high")
    frame = pd.DataFrame({"score": SCORES, **dict.fromkeys(columns, nan)})
    bins = pd.DataFrame(columns=["said", "came", "low", "high", "pairs"], dtype="float64")
    said = f"{when(network)}, windows of {days:g} days."
    verdict = f"Too little to judge: {why}"
    return Backtest(frame, network.as_of, bins, cases, verdict, coverage=(said, verdict))


def _verdict(frame: pd.DataFrame, cases: pd.DataFrame) -> str:
    by = frame.set_index("score")
    plain = by.loc[list(SCORES[2:])]
    best = str(plain["auc"].idxmax())
    away, ours, theirs = plain.loc[best], by["auc"].iloc[0], plain["auc"].max()
    if away["behind_low"] > 0:
        compared = f"better than {best}"
    elif away["behind_high"] < 0:
        compared = f"worse than {best}"
    else:
        compared = f"about as well as {best}"
    said, came = cases[OURS].mean(), cases["lasted"].mean()
    return (
        f"Who would be in touch was told {compared}, the best plain rule here (.5 is a coin, 1 "
        f"never wrong: {float(ours):.2f} against {float(theirs):.2f}). It said "
        f"{said:.1%} on average, and {came:.1%} came."
    )
