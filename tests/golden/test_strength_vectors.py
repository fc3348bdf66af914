"""The published test vectors of tie strength (docs/measures.md), worked by hand.

A is the faded amount of contact in each direction; a weekly session for ever adds up to 40.7.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from netquality.ties.features import decay, latent_decay
from netquality.ties.strength import STRONG, WEIGHTS, parts, strength_of


def strength(
    out: float,
    back: float,
    days: int,
    rho: float,
    reply: float,
    media: float,
    age: int,
    favours: int = 0,
    burst: float = 0.0,
    *,
    live: bool = True,
) -> float:
    amount = out + back
    x = pd.DataFrame(
        {
            "intensity": [min(1.0, np.log1p(amount) / np.log1p(40.7))],
            "regularity": [min(1.0, np.log1p(days) / np.log(105))],
            "reciprocity": [2 * min(out, back) / (amount + 1)],
            "liveness": [1 / (1 + (rho / 8) ** 2) if live else 0.0],
            "responsiveness": [reply],
            "media": [(media - 1) / 3],
            "favours": [min(1.0, np.log1p(favours) / np.log(6))],
            "duration": [min(1.0, np.log1p(age) / np.log(3651))],
            "burst": [max(0.0, burst)],
        }
    )
    return round(float(strength_of(parts(x)).iloc[0]), 3)


def test_never_interacted() -> None:
    # every x is 0: 1 / (1 + e^4) = .018
    nothing = pd.DataFrame(0.0, index=[0], columns=list(WEIGHTS))
    assert round(float(strength_of(parts(nothing)).iloc[0]), 3) == 0.018


ONCE = {"out": 0.722, "back": 0.722, "days": 1, "rho": 1 / 3, "reply": 0.5, "media": 1, "age": 30}
MONTHLY = {"out": 5.471, "back": 5.053, "days": 24, "rho": 1, "reply": 0.7, "media": 1, "age": 730}
WEEKLY = {"out": 20, "back": 18, "days": 100, "rho": 1, "reply": 0.85, "media": 2.5, "age": 1500}
DORMANT = {"reply": 0.7, "media": 2, "age": 1825, "favours": 2, "burst": 0.1}
NOW = {"out": 1.784, "back": 1.761, "days": 0, "rho": 156.4}
EVER = {"out": 3.569, "back": 3.522, "days": 104, "rho": 0, "live": False}


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # one exchange 30 days ago
        (ONCE, 0.293),
        # monthly mail each way for a year: the cut between weak and strong
        (MONTHLY, 0.837),
        # steady weekly, two media and a half, two favours
        (WEEKLY | {"favours": 2, "burst": 0.1}, 0.985),
        # weekly for two years, then three years of silence: active ...
        (DORMANT | NOW, 0.462),
        # ... and latent: all days, the long half-life, no liveness
        (DORMANT | EVER, 0.861),
    ],
)
def test_vector(case: dict[str, Any], expected: float) -> None:
    assert strength(**case) == expected


def test_the_cut_is_the_monthly_vector() -> None:
    assert STRONG == 0.837


def test_decay_has_two_scales() -> None:
    # h(30) = (.5 + 2^(-30/365)) / 2 = (.5 + .9446) / 2
    assert decay(np.array([30]))[0] == pytest.approx(0.5 * 0.5 + 0.5 * 2 ** (-30 / 365))
    assert decay(np.array([0, 30, 90, 365])).round(2).tolist() == [1.0, 0.72, 0.48, 0.25]
    assert latent_decay(np.array([365]))[0] == 0.5


def test_a_steady_week_adds_up_to_the_scale() -> None:
    # sum over all weeks of h(7 k), k = 1, 2, ...: half at 30 days gives 5.7, half at a year 35.0
    weeks = np.arange(1, 5000) * 7
    assert decay(weeks).sum() == pytest.approx(40.7 - 1.0, abs=1.5)
