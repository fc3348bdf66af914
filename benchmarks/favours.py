"""Simulated favours with known curves: do the intervals of a recorded rung cover the truth?

In each world an ego has 200 ties with contact and asks some of them, strong ones more often, some
of them twice. Who acts is drawn from a curve that the product does not know. What it says of
all ties (expected helpers, 95 %) stands beside how many would in truth have acted on average; the
assumed band, which looks at no outcome, stands beside it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from measured import table

from netquality.evaluation.ranking import wilson
from netquality.ties.fitting import chance
from netquality.ties.threshold import FAVOURS, SLOPES, WAYS, recorded

WORLDS, TIES = 150, 200
FAVOUR, WAY = "introduction", "mail"


class Truth(NamedTuple):
    """A curve: slopes below and above log-odds of -1, threshold, and how people differ."""

    below: float
    above: float
    threshold: float
    people: float


CURVES = {
    "slope 1": Truth(1.0, 1.0, 3.0, 0.0),
    "slope 2": Truth(2.0, 2.0, 4.0, 0.0),
    "slope 1.5, people differ (sd 1)": Truth(1.5, 1.5, 2.0, 1.0),
    "bent: flat below, steep above": Truth(0.6, 1.6, 3.0, 0.0),
    "easier than assumed by 3": Truth(1.5, 1.5, 1.0, 0.5),
}


class Tally(NamedTuple):
    """In how many worlds the truth lay inside: of the learned interval, of the assumed band."""

    worlds: int
    learned: int
    assumed: int
    width: float


def main() -> None:
    print(f"{TIES} ties, {WORLDS} worlds a line; '{FAVOUR}', asked by {WAY}; 30 to 120 outcomes.\n")
    found = {title: covered(truth, WORLDS) for title, truth in CURVES.items()}
    found["all"] = Tally(*np.sum(list(found.values()), axis=0))
    rows = [
        (
            title,
            _said(one.learned, one.worlds),
            _said(one.assumed, one.worlds),
            one.width / one.worlds,
        )
        for title, one in found.items()
    ]
    print(
        table(["true curve", "learned [95 %]", "assumed band [95 %]", "mean width, helpers"], rows)
    )


def _said(hit: float, of: float) -> str:
    found = wilson(int(hit), int(of))
    return f"{found.value:.1%} [{found.low:.1%}, {found.high:.1%}]"


def covered(truth: Truth, worlds: int) -> Tally:
    """Count the worlds in which the true number of helpers lies inside the interval."""
    learned, assumed, width = 0, 0, 0.0
    for seed in range(worlds):
        rng = np.random.default_rng([seed, int(10 * truth.threshold)])
        z = np.clip(rng.normal(-1.5, 2.0, TIES), -4.0, 5.0)
        person = rng.normal(0.0, truth.people, TIES)
        asked = rng.choice(TIES, rng.integers(30, 121), p=_sought(z))
        acted = rng.random(len(asked)) < _chances(truth, z, person)[asked]
        strength = chance(z)
        curve = recorded(
            FAVOUR,
            strength[asked],
            np.full(len(asked), WAYS[WAY]),
            acted.astype(np.float64),
            asked.astype(str).astype(object),
        )
        assert curve is not None
        would = float(_chances(truth, z, person).sum())
        low, high = curve.helpers(strength, WAY)
        learned += low <= would <= high
        width += high - low
        band = [float(chance(a * z - FAVOURS[FAVOUR] + WAYS[WAY]).sum()) for a in SLOPES]
        assumed += min(band) <= would <= max(band)
    return Tally(worlds, learned, assumed, width)


def _sought(z: np.ndarray) -> np.ndarray:
    wanted = np.exp(0.4 * z)
    return wanted / wanted.sum()


def _chances(truth: Truth, z: np.ndarray, person: np.ndarray) -> np.ndarray:
    away = z + 1.0
    bent = truth.below * np.minimum(away, 0.0) + truth.above * np.maximum(away, 0.0) - 1.0
    return chance(bent - truth.threshold + WAYS[WAY] + person)


if __name__ == "__main__":
    main()
