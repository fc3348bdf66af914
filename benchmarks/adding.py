"""Does a further trait say more than counting does? Regressions with and without it, split by time.

Fitted on the three earlier cuts of a log, judged on the two later ones (contact both ways within
the horizon); intervals draw people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from logs_in_time import Asked, Log, ask

from netquality.evaluation.ranking import weighted_auc
from netquality.ties.fitting import Sample, fitted, scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, RIDGE, ANSWER_DAYS = 200, 1.0, 14.0
PLAIN = ("count", "days", "decayed days H", "both-way count")


def gain(log: Log, trait: Callable[[Log, float, Asked], np.ndarray]) -> tuple[float, float, float]:
    """Return by how much a trait raises the AUC beside plain counts, and the ends of 95 %."""
    cuts = log.cuts()
    asked = [ask(log, cut, log.horizon[2]) for cut in cuts]
    plain = [np.log1p(np.column_stack([one.columns[name] for name in PLAIN])) for one in asked]
    more = [
        np.column_stack([x, trait(log, cut, one)])
        for x, cut, one in zip(plain, cuts, asked, strict=True)
    ]
    scores = [_fitted(x, asked) for x in (plain, more)]
    drawn = np.array([_away(asked[3:], scores, len(log.people), seed) for seed in range(ROUNDS)])
    low, high = np.quantile(drawn, [0.025, 0.975])
    return _away(asked[3:], scores, len(log.people), None), float(low), float(high)


def _fitted(x: list[np.ndarray], asked: list[Asked]) -> list[np.ndarray]:
    """Return the scores of the two later cuts."""
    scale = scale_of(np.vstack(x[:3]))
    samples = [
        Sample(scale.of(some), one.label.astype(np.float64), np.ones(len(some)))
        for some, one in zip(x[:3], asked[:3], strict=True)
    ]
    weights = fitted(samples, np.zeros(x[0].shape[1]), RIDGE).weights
    return [scale.of(some) @ weights for some in x[3:]]


def _away(
    judged: list[Asked], scores: list[list[np.ndarray]], people: int, seed: int | None
) -> float:
    times = np.ones(people)
    if seed is not None:
        drawn = np.random.default_rng(seed).integers(0, people, people)
        times = np.bincount(drawn, minlength=people).astype(np.float64)
    found = [
        weighted_auc(more[k], one.label, times[one.i] * times[one.j])
        - weighted_auc(plain[k], one.label, times[one.i] * times[one.j])
        for plain, more in [scores]
        for k, one in enumerate(judged)
    ]
    return float(np.mean(found))


def latency(log: Log, cut: float, asked: Asked) -> np.ndarray:
    """Return the usual wait for an answer (log of the median, days), and whether there is any."""
    rows = _before(log, cut).sort_values(["pair", "at"], kind="stable")
    turned = (rows["pair"] == rows["pair"].shift()) & (rows["way"] != rows["way"].shift())
    wait = rows["at"].diff().where(turned)
    wait = wait.where(wait <= ANSWER_DAYS)
    usual = np.log(wait.clip(lower=1 / 1440)).groupby(rows["pair"]).median()
    found = usual.reindex(_pairs(asked, len(log.people))).to_numpy()
    none = np.isnan(found)
    return np.column_stack([np.where(none, np.nanmean(found), found), none])


def channels(log: Log, cut: float, asked: Asked) -> np.ndarray:
    """Return the share of calls, and whether there was more than one channel."""
    by = _before(log, cut).groupby("pair")["channel"]
    both = pd.DataFrame({"calls": by.mean(), "several": by.nunique() > 1})
    found = both.reindex(_pairs(asked, len(log.people)))
    return found.astype("float64").to_numpy()


def _before(log: Log, cut: float) -> pd.DataFrame:
    use = log.at < cut
    i, j = log.i[use], log.j[use]
    pair = np.minimum(i, j) * len(log.people) + np.maximum(i, j)
    return pd.DataFrame(
        {"pair": pair, "at": log.at[use], "way": i < j, "channel": log.channel[use]}
    )


def _pairs(asked: Asked, size: int) -> np.ndarray:
    return np.minimum(asked.i, asked.j) * size + np.maximum(asked.i, asked.j)
