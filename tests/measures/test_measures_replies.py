"""Replies on planted worlds: who answers is told, nothing later is used, parts add up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

import netquality as nq
from netquality.errors import BadInput
from netquality.evaluation.ranking import auc

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2025, 1, 1, 9, tzinfo=UTC)


def written(seed: int, folder: Path, days: int = 240) -> Path:
    """Ego writes to 60 people as often to each; each answers with a chance of their own."""
    rng = np.random.default_rng(seed)
    answers = rng.beta(1.0, 1.0, 60)
    rows = []
    for day in range(days):
        for who in rng.choice(60, 4, replace=False):
            at = START + timedelta(days=day, minutes=int(who))
            rows.append(("me", f"p{who}", at))
            if rng.random() < answers[who]:
                rows.append((f"p{who}", "me", at + timedelta(hours=float(rng.uniform(1, 100)))))
    path = folder / f"{seed}.csv"
    lines = [f"{a},{b},{at:%Y-%m-%d %H:%M:%S}" for a, b, at in sorted(rows, key=lambda r: r[2])]
    path.write_text("sender,recipient,at\n" + "\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    return nq.read(written(1, tmp_path_factory.mktemp("log")), ego="me")


def test_who_answers_is_told_where_counting_fails(network: nq.Network) -> None:
    until = START + timedelta(days=160)
    history = nq.replies(network, learn_until=until).history
    assert len(history) > 200
    chance, came = history["chance"], history["answered"]
    assert (history["at"] >= until).all()
    assert auc(chance[came], chance[~came]) > 0.75
    before = network.events[network.events["at"] < until]
    sent = before[before["sender"].map(network.identity.person_of) == "me"]
    count = sent["recipient"].map(network.identity.person_of).value_counts()
    asked = history["alter"].map(count).fillna(0)
    assert auc(asked[came], asked[~came]) < 0.65
    assert chance.mean() == pytest.approx(came.mean(), abs=0.06)


def test_nothing_later_is_used(network: nq.Network) -> None:
    """What was said of a message is the same whether the days after it are in the log or not."""
    until = START + timedelta(days=160)
    whole = nq.replies(network, learn_until=until).history
    early = nq.replies(
        network.at(str((until + timedelta(days=40)).date())), learn_until=until
    ).history
    assert len(early) < len(whole)
    both = early.merge(whole, on="event", suffixes=("", "_whole"))
    assert len(both) == len(early)
    assert both["chance"].tolist() == pytest.approx(both["chance_whole"].tolist())


def test_parts_sum_to_the_log_odds(network: nq.Network) -> None:
    frame = nq.replies(network).frame
    assert (frame["person"] == "me").all()
    parts = frame.drop(columns=["person", "alter", "chance", "low", "high"])
    score = np.log(frame["chance"] / (1 - frame["chance"]))
    assert np.allclose(parts.sum(axis=1), score, atol=1e-9)
    assert frame["chance"].between(frame["low"], frame["high"]).all()


def test_too_few_messages_give_no_chance(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient,at\nme,odo,2026-01-01\nodo,me,2026-01-02\n", "utf-8")
    found = nq.replies(nq.read(path, ego="me"))
    assert found.frame["chance"].isna().all()
    assert found.curve is None
    assert "no chance is given" in found.coverage[-1]


def test_no_weight_and_no_slope_is_negative(network: nq.Network) -> None:
    curve = nq.replies(network).curve
    assert curve is not None
    assert min(curve.weights.min(), curve.below, curve.above) >= 0


def test_days_to_wait_are_above_zero(network: nq.Network) -> None:
    with pytest.raises(BadInput, match="no time to wait"):
        nq.replies(network, 0)
