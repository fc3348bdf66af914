"""Backtest: judged by what was known then, with a verdict that planted worlds deserve."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import netquality as nq
from netquality.evaluation.ranking import weighted_auc

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.evaluation.backtest import Backtest

START = datetime(2025, 1, 1, 9, tzinfo=UTC)


def written(folder: Path, pairs: int, *, days: int = 300, seed: int = 0) -> Path:
    rng = np.random.default_rng(seed)
    rows = []
    for pair in range(pairs):
        rate, last = np.exp(rng.normal(-2.2, 1.0)), rng.uniform(60, 2 * days)
        for day in np.flatnonzero(rng.random(days) < 1 - np.exp(-rate)):
            if day < last:
                ends = (f"a{pair}", f"b{pair}")
                back = rng.random() < 0.5
                at = START + timedelta(days=float(day))
                rows.append((ends[back], ends[not back], at))
    path = folder / "log.csv"
    lines = [f"{a},{b},{at:%Y-%m-%d %H:%M}" for a, b, at in sorted(rows, key=lambda row: row[2])]
    path.write_text("sender,recipient,at\n" + "\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Backtest:
    return nq.backtest(nq.read(written(tmp_path_factory.mktemp("log"), 150)), 30)


def test_scores_are_those_of_the_day(tried: Backtest, tmp_path: Path) -> None:
    """Cut at the beginning of the last window, the log gives the same scores for it."""
    last = tried.cases[tried.cases["at"] == tried.cases["at"].max()]
    at = last["at"].iloc[0]
    network = nq.read(written(tmp_path, 150))
    then = nq.persistence(network.at(str((at - timedelta(days=1)).date())), 30).frame
    both = last.merge(then, on=["a", "b"])
    assert len(both) == len(last) > 50
    assert both["chance_x"].tolist() == pytest.approx(both["chance_y"].tolist())


def test_plain_rules_say_what_they_say(tried: Backtest) -> None:
    assert (tried.cases["last contact"] <= 0).all()
    assert (tried.cases["count"] >= 1).all()
    row = tried.frame.set_index("score").loc["chance"]
    assert row["low"] <= row["auc"] <= row["high"]
    assert row["behind"] == 0


def test_the_verdict_names_the_best_plain_rule(tried: Backtest) -> None:
    plain = tried.frame.iloc[2:].set_index("score")["auc"]
    assert str(plain.idxmax()) in tried.verdict
    assert tried.bins["pairs"].sum() == len(tried.cases)


def test_too_little_is_said_politely(tmp_path: Path) -> None:
    few = nq.backtest(nq.read(written(tmp_path, 5)), 30)
    assert few.verdict.startswith("Too little to judge: only ")
    assert few.frame["auc"].isna().all()
    short = nq.backtest(nq.read(written(tmp_path, 5)), 400)
    assert "no earlier window" in short.verdict
    assert short.cases.empty


def test_weights_are_cases_said_again() -> None:
    rng = np.random.default_rng(5)
    score, hit, times = rng.integers(0, 5, 40), rng.random(40) < 0.4, rng.integers(0, 4, 40)
    again = pd.DataFrame({"score": score, "hit": hit}).loc[np.repeat(np.arange(40), times)]
    assert weighted_auc(score, hit, times) == pytest.approx(
        weighted_auc(again["score"], again["hit"], np.ones(len(again)))
    )
