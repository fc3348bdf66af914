"""The weights of strength: what public data says of them, and whether fitted ones do better.

Two kinds of words of truth: people's about their ties (closeness), and contact both ways later
(persistence, at three earlier cuts of each log). Weights are shrunk towards those shipped with a
standard deviation of 1 and keep their signs. Pairs of one person are no independent cases: the
pairs of a set together count as many cases as it has people. Judged on sets, and on the two later
cuts of logs, that the weights were not fitted on; intervals draw people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from logs_in_time import LOGS
from logs_in_time import load as load_log
from measured import public_data, table
from publicsets import SETS, load
from weights import pairs_of, read

import netquality as nq
from netquality.evaluation.ranking import weighted_auc
from netquality.ties.fitting import Sample, fitted
from netquality.ties.lasting import Moment, two_way
from netquality.ties.strength import SPREAD, WEIGHTS, logit, standing_in

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS, DAY = 200, 86_400
NAMES = tuple(WEIGHTS)
SIGNS = np.sign([WEIGHTS[name] for name in NAMES])
SHIPPED = np.array([WEIGHTS[name] for name in NAMES]) * SIGNS
# thiers13 may not be used commercially: it is judged on, never fitted on.
NEVER = "thiers13"


class Cases(NamedTuple):
    """Ties of a set (of one cut of a log): features, outcomes, the two people of each."""

    of: str
    earlier: bool
    x: np.ndarray
    y: np.ndarray
    ends: np.ndarray

    @property
    def sample(self) -> Sample:
        people = len(np.unique(self.ends))
        return Sample(self.x, self.y, np.full(len(self.y), min(1.0, people / len(self.y))))

    def auc(self, weights: np.ndarray, times: np.ndarray) -> float:
        """Return the AUC, each tie as often as both its people were drawn."""
        drawn = times[self.ends].prod(axis=1)
        return weighted_auc(self.x @ weights, self.y > 0, drawn)


def main() -> None:
    folder = public_data()
    if folder is None:
        return
    close = [_said(name, folder) for name in SETS]
    later = [cases for name in LOGS for cases in _came(name, folder)]
    _weights(close, later)
    for title, judged in (
        ("closeness, interacting pairs", close),
        ("persistence, later cuts", [cases for cases in later if not cases.earlier]),
    ):
        _compared(title, judged, [*close, *later])
    _another_way(folder)


def _features(network: nq.Network) -> np.ndarray:
    """Return features with the sign of their weights; intensity stands in for lacking times."""
    parts = network.parts
    x = pd.DataFrame({name: parts[name] / WEIGHTS[name] for name in NAMES})
    untimed = parts["untimed"] > 0
    x["regularity"] = x["regularity"].mask(untimed)
    return standing_in(x)[[*NAMES]].to_numpy() * SIGNS


def _said(name: str, folder: Path) -> Cases:
    of, network = load(name, folder), read(name, folder)
    place = {who: code for code, who in enumerate(of.people)}
    x = pd.DataFrame(_features(network), index=_pairs(network, place))
    both, _ = pairs_of(of, network, of.interacting)
    ends = np.argwhere(of.interacting)[both]
    keys = pd.MultiIndex.from_arrays([ends.min(axis=1), ends.max(axis=1)])
    y = of.label[of.interacting][both].astype(np.float64)
    return Cases(name, False, x.reindex(keys).fillna(0.0).to_numpy(), y, ends)


def _pairs(network: nq.Network, place: dict[str, int]) -> pd.MultiIndex:
    ends = np.array([network.ties[end].map(place) for end in ("a", "b")])
    return pd.MultiIndex.from_arrays([ends.min(axis=0), ends.max(axis=0)])


def _came(name: str, folder: Path) -> list[Cases]:
    """Return all five cuts of a log; the day of a cut still belongs to what is known."""
    log, network = load_log(name, folder), nq.read(*(folder / file for file in LOGS[name]))
    acts, people = network.contact.acts, network.contact.people
    place = {who: code for code, who in enumerate(people)}
    found = []
    for number, cut in enumerate(log.cuts()):
        then = network.at(int(cut))
        pairs = _pairs(then, place)
        a, b = (pairs.get_level_values(level).to_numpy() for level in (0, 1))
        begin = (int(cut) + 1) * DAY
        known = Moment(a, b, pd.DataFrame())
        came = two_way(acts, known, begin, begin + log.horizon[2] * DAY)
        found.append(Cases(name, number < 3, _features(then), came, np.c_[a, b]))
    return found


def _fit(cases: list[Cases], without: str) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and their standard deviations, fitted on all but one set."""
    judged = {one.of for one in cases if one.earlier}
    use = [
        one.sample
        for one in cases
        if one.of not in (without, NEVER) and (one.earlier or one.of not in judged)
    ]
    found = fitted(use, SHIPPED, 1.0, nonnegative=True)
    return found.weights, np.sqrt(np.diag(found.covariance))[:-1]


def _weights(close: list[Cases], later: list[Cases]) -> None:
    columns = {"words": close, "words and what came": [*close, *later]}
    rows = []
    both = {title: _fit(cases, "") for title, cases in columns.items()}
    for place, name in enumerate(NAMES):
        row: list[object] = [name, f"{WEIGHTS[name]:+.1f}"]
        for weights, spread in both.values():
            row.append(f"{SIGNS[place] * weights[place]:+.2f} ± {1.96 * spread[place]:.2f}")
        rows.append((*row, f"{SPREAD[name]:.2f}"))
    print(
        "Log-odds that a feature in full adds; 95 % (of a feature that no set shows: the prior's)\n"
    )
    print(table(["feature", "shipped", *columns, "shipped spread (sd)"], rows))


def _compared(title: str, judged: list[Cases], every: list[Cases]) -> None:
    fits = {name: _fit(every, name)[0] for name in {one.of for one in judged}}
    away = np.array([_away(judged, fits, seed) for seed in (None, *range(ROUNDS))])
    low, high = np.quantile(away[1:].mean(axis=1), [0.025, 0.975])
    ones = [np.ones(one.ends.max() + 1) for one in judged]
    shipped = np.mean([one.auc(SHIPPED, times) for one, times in zip(judged, ones, strict=True)])
    print(
        f"\nMean AUC of the shipped weights ({title}) {shipped:.4f}; "
        f"fitted without the set judged: {away[0].mean():+.4f} [{low:+.4f}, {high:+.4f}]."
    )


def _away(judged: list[Cases], fits: dict[str, np.ndarray], seed: int | None) -> list[float]:
    rng = np.random.default_rng(seed)
    found = []
    for one in judged:
        people = int(one.ends.max()) + 1
        times = np.ones(people)
        if seed is not None:
            times = np.bincount(rng.integers(0, people, people), minlength=people).astype(float)
        found.append(one.auc(fits[one.of], times) - one.auc(SHIPPED, times))
    return found


def _another_way(folder: Path) -> None:
    """Print how the upper end held when another way to be in touch came to be seen (copenhagen)."""
    files = [folder / file for file in LOGS["copenhagen"]]
    whole = nq.read(*files)
    both = whole.ties.set_index(["a", "b"])["strength"]
    print(f"\nAnother way comes to be seen (copenhagen, {len(both):,} ties in both together):\n")
    rows = []
    for file in files:
        alone = nq.read(file, as_of=whole.as_of).ties.set_index(["a", "b"])
        now = both.reindex(alone.index)
        grown = (logit(now) - logit(alone["strength"])).to_numpy()
        over = int((now > alone["strength_high"]).sum())
        few = f"{np.median(grown):+.2f}, {np.quantile(grown, 0.975):+.2f}"
        rows.append((file.name, f"{len(alone):,}", few, f"{over} ({over / len(alone):.1%})"))
    print(table(["seen alone", "ties", "growth: middle, 97.5 %", "above the upper end"], rows))


if __name__ == "__main__":
    main()
