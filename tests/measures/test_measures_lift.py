"""Counterfactuals hold when what they promise is written into the files and read again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import netquality as nq
from netquality.errors import BadInput, NotObserved
from netquality.measures.lift import HABITS, Habit, lift
from netquality.network import build
from netquality.schema import as_table

TIES = 200


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    folder = tmp_path_factory.mktemp("sample")
    nq.sample(folder, contacts=500, messages=5000)
    return nq.read(folder)


def kept(network: nq.Network, alters: list[str], habit: Habit) -> nq.Network:
    """Write a habit with some people into the tables, as the words of the habit say."""
    accounts = network.identity.person_of
    of = {person: account for account, person in accounts.items()}
    ego = of[network.ego]
    rows = []
    for alter in alters:
        for number in range(110 * 7 // habit.every):
            day = network.as_of + (number + 1) * habit.every
            turn = (ego, of[alter]) if number % 2 == 0 or habit.answered else (of[alter], ego)
            rows.append((day, 12, *turn))
            if habit.answered:
                rows.append((day, 13, of[alter], ego))
    frame = pd.DataFrame(rows, columns=["day", "hour", "sender", "recipient"])
    at = pd.to_datetime(frame["day"] * 86_400 + frame["hour"] * 3_600, unit="s", utc=True)
    events = as_table(
        "events",
        {
            "event": [f"new {k}" for k in range(len(frame))],
            "at": at.astype("datetime64[us, UTC]"),
            "day": frame["day"],
            "precision": "second",
            "sender": frame["sender"],
            "recipient": frame["recipient"],
            "role": "attendee" if habit.kind == "meeting" else "to",
            "kind": habit.kind,
            "channel": habit.channel,
            "audience": 1,
            "source": network.sources["source"].iloc[0],
            "row": np.arange(len(frame)),
        },
        rows=len(frame),
    )
    every = pd.concat([network.events, events], ignore_index=True)
    return build(replace(network.tables, events=every), ego=network.ego, as_of=network.as_of)


def strengths(network: nq.Network, day: int) -> pd.Series:
    return network.at(day).ties.set_index("b")["strength"]


@pytest.mark.parametrize("favour", ["answer", None])
def test_counterfactuals_of_200_ties_hold(network: nq.Network, favour: str | None) -> None:
    """At the week that is named the strength is enough, and a week before it was not."""
    alters = network.ties["b"].head(TIES).tolist()
    name = "a message a week, answered" if favour else "a call a fortnight"
    found = lift(network, alters, favour, habits={name: HABITS[name]}).frame.set_index("alter")
    assert len(found) == TIES
    future = kept(network, alters, HABITS[name])
    weeks = found["weeks_low"]
    assert weeks.gt(0).sum() > TIES / 2
    for week, some in weeks.dropna().groupby(weeks.dropna()):
        now = strengths(future, network.as_of + 7 * int(week)).reindex(some.index)
        needed = found["needed_low"][some.index]
        assert (now >= needed).all()
        if week > 0:
            before = strengths(future, network.as_of + 7 * (int(week) - 1)).reindex(some.index)
            assert (before.fillna(0.0) < needed).all()
    end = strengths(future, network.as_of + 7 * 104).reindex(found.index)
    assert end.to_numpy() == pytest.approx(found["then"].to_numpy(), abs=1e-9)


def test_every_habit_by_simulation(network: nq.Network) -> None:
    alters = network.ties["b"].iloc[[0, 40, 200, 499]].tolist()
    found = lift(network, alters, "call").frame
    assert found["habit"].nunique() == len(HABITS)
    for name, habit in HABITS.items():
        rows = found[found["habit"] == name].set_index("alter")
        end = strengths(kept(network, alters, habit), network.as_of + 7 * 104)
        assert end.reindex(rows.index).to_numpy() == pytest.approx(rows["then"].to_numpy())


def test_what_is_said(network: nq.Network) -> None:
    weak = network.ties[network.ties["grade"] == "weak"]["b"].iloc[-1]
    found = lift(network, weak, "answer")
    said = found.sentences(weak)
    assert said[0].startswith("An even chance of 'answer' is possible from 0.731, sure from 0.881")
    row = found.frame.sort_values("weeks_low").iloc[0]
    assert said[1].startswith(
        f"{row['habit'].capitalize()}: possible in {row['weeks_low']:.0f} weeks"
    )
    strong = lift(network, network.ties["b"].iloc[0], "react")
    assert len(strong.sentences(network.ties["b"].iloc[0])) == 1


def test_where_nothing_can_be_said(network: nq.Network, tmp_path_factory: object) -> None:
    with pytest.raises(BadInput, match="No favour"):
        lift(network, [], "kidney")
    import networkx as nx

    graph = nx.Graph()
    graph.add_edge("me", "odo", weight=0.5)
    with pytest.raises(NotObserved, match="has a time"):
        lift(nq.from_graph(graph, ego="me"), "odo")
