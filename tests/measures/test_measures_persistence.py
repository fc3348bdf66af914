"""Persistence: learned from earlier windows only, its parts add up, short logs say no chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import netquality as nq
from netquality.errors import BadInput
from netquality.ties.lasting import OWN, moment, two_way

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2025, 1, 1, tzinfo=UTC)


def rows(seed: int, pairs: int = 120, days: int = 300) -> list[tuple[str, str, datetime]]:
    """Pairs with a rate each; half of them stop for good after a random day."""
    rng = np.random.default_rng(seed)
    found = []
    for pair in range(pairs):
        rate = np.exp(rng.normal(-2.5, 1.2))
        last = rng.uniform(20, days) if pair % 2 else days
        for day in np.flatnonzero(rng.random(days) < 1 - np.exp(-rate)):
            if day > last:
                continue
            ends = (f"a{pair}", f"b{pair}")
            back = rng.random() < 0.5
            found.append((ends[back], ends[not back], START + timedelta(days=float(day), hours=9)))
    return found


def log_of(some: list[tuple[str, str, datetime]], folder: Path, name: str = "log.csv") -> Path:
    path = folder / name
    lines = [f"{a},{b},{at:%Y-%m-%d %H:%M:%S}" for a, b, at in sorted(some, key=lambda row: row[2])]
    path.write_text("sender,recipient,at\n" + "\n".join(lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    return nq.read(log_of(rows(1), tmp_path_factory.mktemp("log")))


def test_parts_sum_to_the_log_odds_and_intervals_hold_the_chance(network: nq.Network) -> None:
    frame = nq.persistence(network, 30).frame
    parts = frame.drop(columns=["a", "b", "chance", "low", "high"])
    score = np.log(frame["chance"] / (1 - frame["chance"]))
    assert np.allclose(parts.sum(axis=1), score, atol=1e-9)
    assert frame["chance"].between(frame["low"], frame["high"]).all()
    assert frame["chance"].between(0, 1, inclusive="neither").all()


def test_nothing_later_is_learned_from(network: nq.Network, tmp_path: Path) -> None:
    """What comes after the moment may be anything."""
    at = START + timedelta(days=200)
    past = [row for row in rows(1) if row[2] < at]
    wild = [("a1", "b1", at + timedelta(hours=hour)) for hour in range(500)]
    other = nq.read(log_of([*past, *wild], tmp_path))
    found = nq.persistence(network, 30, at=at).frame
    again = nq.persistence(other, 30, at=at).frame
    key = ["a", "b"]
    pd.testing.assert_frame_equal(
        found.sort_values(key, ignore_index=True), again.sort_values(key, ignore_index=True)
    )


def test_chances_come_true_about_as_often(tmp_path: Path) -> None:
    """Of worlds of one kind; the share of pairs by itself would miss who is gone."""
    said, came = [], []
    for seed in range(4):
        some = nq.read(log_of(rows(seed, 200), tmp_path, f"{seed}.csv"))
        at = START + timedelta(days=240)
        found = nq.persistence(some, 30, at=at)
        known = moment(some.contact.acts, some.contact.seen, at.timestamp(), 30)
        after = two_way(some.contact.acts, known, at.timestamp(), at.timestamp() + 30 * 86_400)
        names = some.contact.people
        label = pd.Series(after, index=pd.MultiIndex.from_arrays([names[known.a], names[known.b]]))
        frame = found.frame.set_index(["a", "b"])
        said.append(frame["chance"].to_numpy())
        came.append(label.reindex(frame.index).to_numpy())
    chance, label = np.concatenate(said), np.concatenate(came)
    assert chance.mean() == pytest.approx(label.mean(), abs=0.04)
    sure = chance > 0.6
    assert sure.sum() > 20
    assert label[sure].mean() > 0.55 > 0.2 > label[chance < 0.05].mean()


def test_a_log_too_short_to_learn_from_gives_an_order_and_no_chance(network: nq.Network) -> None:
    found = nq.persistence(network, 200)
    assert found.frame["chance"].isna().all()
    assert found.learned.windows == 0
    assert "too short" in found.coverage[-1]
    last = pd.Series(network.ties.set_index(["a", "b"])["days"])
    top, bottom = found.frame.head(20), found.frame.tail(20)
    days = [
        last.reindex(pd.MultiIndex.from_frame(some[["a", "b"]])).mean() for some in (top, bottom)
    ]
    assert days[0] > days[1]


def test_what_was_learned_can_be_used_later(network: nq.Network) -> None:
    first = nq.persistence(network, 30, at=START + timedelta(days=200))
    later = nq.persistence(network, 30, at=START + timedelta(days=230), learned=first.learned)
    assert later.learned is first.learned
    assert later.frame["chance"].notna().all()


def test_in_one_persons_export_nobodys_activity_is_a_feature(tmp_path: Path) -> None:
    mine = [("me", b if a == "me" else a, at) for a, b, at in rows(2, 40)]
    found = nq.persistence(nq.read(log_of(mine, tmp_path), ego="me"), 30)
    assert set(OWN) <= set(found.frame.columns)


@pytest.mark.parametrize("days", [0, -1, float("nan")])
def test_a_horizon_is_above_zero(network: nq.Network, days: float) -> None:
    with pytest.raises(BadInput, match="horizon"):
        nq.persistence(network, days)
