"""The weights of standing: fitted on people's words about their ties, and where they come from.

Each set counts the same, half for its close pairs and half for the others. Weights are shrunk
towards an equal vote of .3 for each term, because five small sets cannot tell more: equal votes
are hard to beat out of sample (Dawes 1979). thiers13 may not be used commercially: it is judged
on, never fitted on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from measured import public_data, table
from publicsets import FILES, SETS, PublicSet, load

import netquality as nq
from netquality.ties.fitting import Sample, fitted
from netquality.ties.standing import TERMS, WEIGHTS

if TYPE_CHECKING:
    from pathlib import Path

PRIOR, RIDGE, ROUNDS = 0.3, 0.5, 200
FITTED = tuple(name for name in SETS if name != "thiers13")


def main() -> None:
    folder = public_data()
    if folder is None:
        return
    samples = {name: sampled(load(name, folder), read(name, folder)) for name in FITTED}
    found = weights_of(samples)
    drawn = pd.DataFrame([weights_of(_drawn(samples, seed)) for seed in range(ROUNDS)])
    low, high = drawn.quantile(0.025), drawn.quantile(0.975)
    rows = [
        (term, found[term], f"{low[term]:.2f} to {high[term]:.2f}", WEIGHTS[term]) for term in TERMS
    ]
    print("Log-odds of being called close per standard deviation; 95 % by people drawn again\n")
    print(table(["term", "fitted", "95 %", "shipped"], rows))
    print(f"\nFitted on {', '.join(FITTED)}.")


def read(name: str, folder: Path) -> nq.Network:
    """Read a set as a user would."""
    files, said = FILES[name]
    return nq.read(*(folder / file for file in files), **said)  # type: ignore[arg-type]


def pairs_of(of: PublicSet, network: nq.Network, which: np.ndarray) -> tuple[np.ndarray, list]:
    """Return which of some pairs are of two people whom the network has, and their ids."""
    known = np.isin(np.array(of.people), network.contact.people)
    ends = np.argwhere(which)
    both = known[ends].all(axis=1)
    return both, [(of.people[i], of.people[j]) for i, j in ends[both]]


def sampled(of: PublicSet, network: nq.Network) -> tuple[Sample, np.ndarray]:
    """Return a set's interacting pairs as cases, and the two people of each."""
    both, pairs = pairs_of(of, network, of.interacting)
    of_a, of_b = nq.standing(network, pairs).terms
    x = of_a if of.of_one else (of_a + of_b) / 2
    y = of.label[of.interacting][both].astype(np.float64)
    return Sample(x.to_numpy(), y, balanced(y)), np.argwhere(of.interacting)[both]


def balanced(y: np.ndarray) -> np.ndarray:
    """Return what each case counts: half of the set's 1 for the positives, half for the rest."""
    return np.where(y > 0, 0.5 / y.sum(), 0.5 / (1.0 - y).sum())


def weights_of(samples: dict[str, tuple[Sample, np.ndarray]]) -> dict[str, float]:
    """Fit the weights on some sets."""
    cases = [sample for sample, _ in samples.values()]
    found = fitted(cases, np.full(len(TERMS), PRIOR), RIDGE, nonnegative=True)
    return dict(zip(TERMS, found.weights.tolist(), strict=True))


def _drawn(
    samples: dict[str, tuple[Sample, np.ndarray]], seed: int
) -> dict[str, tuple[Sample, np.ndarray]]:
    rng = np.random.default_rng(seed)
    again = {}
    for name, (sample, ends) in samples.items():
        people = int(ends.max()) + 1
        times = np.bincount(rng.integers(0, people, people), minlength=people)
        weight = sample.weight * times[ends].prod(axis=1)
        again[name] = (sample._replace(weight=weight / weight.sum()), ends)
    return again


if __name__ == "__main__":
    main()
