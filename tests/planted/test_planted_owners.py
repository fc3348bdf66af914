"""Planted owners: megaphone, handshake and mixed are told apart where counting fails.

A small part of ``benchmarks/owners.py``, which has 180 owners and prints all figures.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import netquality as nq
from netquality.errors import BadInput

HABITS = ("megaphone", "mixed", "handshake")
ERAS = (2020, 2023, 2026)
SEEDS = (61, 62, 63, 64)


@pytest.fixture(scope="module")
def owners(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    rows = []
    for place, seed in enumerate(SEEDS):
        rng = np.random.default_rng([seed, 17])
        contacts = int(rng.integers(200, 300))
        size = {"contacts": contacts, "messages": round(contacts * rng.uniform(26, 38))}
        for habit in HABITS:
            folder = tmp_path_factory.mktemp("owner")
            era = ERAS[(place + HABITS.index(habit)) % len(ERAS)]
            made = nq.sample(folder, era=era, seed=seed, habit=habit, log=False, **size)
            network = nq.read(made.archive)
            spoken = nq.broadcast(network).frame.iloc[0]
            messages = int((network.events["kind"] == "message").sum())
            rows.append({**spoken, "planted": habit, "contacts": contacts, "messages": messages})
    return pd.DataFrame(rows)


def test_the_share_of_one_to_one_contact_tells_habits_apart(owners: pd.DataFrame) -> None:
    assert owners["habit"].tolist() == owners["planted"].tolist()


def test_contacts_and_messages_do_not(owners: pd.DataFrame) -> None:
    assert (owners.groupby(owners.index // 3)["contacts"].nunique() == 1).all()
    ranges = owners.groupby("planted")["messages"].agg(["min", "max"])
    assert ranges["min"].max() < ranges["max"].min(), "The three overlap in messages."


def test_intervals_are_about_the_share(owners: pd.DataFrame) -> None:
    assert owners["one_to_one"].between(owners["one_to_one_low"], owners["one_to_one_high"]).all()
    width = owners["one_to_one_high"] - owners["one_to_one_low"]
    assert width.between(0.02, 0.35).all()


def test_the_same_habits_lived_again_give_another_year(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    size = {"contacts": 200, "messages": 5000, "habit": "mixed", "log": False}
    folders = [tmp_path_factory.mktemp("told") for _ in range(3)]
    tellings = zip(folders, (1, 1, 2), strict=True)
    made = [nq.sample(folder, telling=telling, **size) for folder, telling in tellings]
    one, same, other = (each.people for each in made)
    pd.testing.assert_frame_equal(one, same)
    assert one["kind"].tolist() == other["kind"].tolist() or len(one) != len(other)
    both = one.index.intersection(other.index)
    assert (one.loc[both, "sent"] != other.loc[both, "sent"]).any()
    assert (one.loc[both, "kind"] == other.loc[both, "kind"]).all()


def test_an_unknown_habit_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(BadInput, match="handshake, mixed, megaphone"):
        nq.sample(tmp_path_factory.mktemp("none"), habit="loud")
