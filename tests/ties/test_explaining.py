"""What a tie stands on: taking the cited events out of the files moves it by what was stated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import netquality as nq
from netquality.network import build
from netquality.ties.strength import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

TIES = 6


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    folder = tmp_path_factory.mktemp("sample")
    nq.sample(folder, contacts=60, messages=900)
    return nq.read(folder)


def alters(network: nq.Network) -> list[str]:
    """Ties of every strength."""
    observed = network.ties[network.ties["basis"] == "observed"]
    return observed["b"].iloc[np.linspace(0, len(observed) - 1, TIES).astype(int)].tolist()


def log_odds_without(network: nq.Network, events: Iterable[str], alter: str) -> float:
    """Return logit(strength) where files never had these events."""
    rows = ~network.events["event"].isin(list(events))
    tables = replace(network.tables, events=network.events[rows].reset_index(drop=True))
    again = build(tables, ego=network.ego, as_of=network.as_of)
    ties = again.ties[again.ties["b"] == alter]
    strength = float(ties["strength"].iloc[0]) if len(ties) else 1.0 / (1.0 + np.exp(-BASE))
    return float(np.log(strength / (1.0 - strength)))


def test_removing_what_a_part_cites_moves_the_tie_as_stated(network: nq.Network) -> None:
    tried = 0
    for alter in alters(network):
        found = network.explain(str(network.ego), alter)
        now = sum(found.parts.values())
        asked = {found.events[part]: found.without[part] for part in found.events}
        asked.pop((), None)
        for events, change in asked.items():
            there = log_odds_without(network, events, alter)
            assert there - now == pytest.approx(change, abs=1e-9), (alter, len(events))
            tried += 1
    assert tried >= 2 * TIES


def test_a_part_without_its_events_is_nothing(network: nq.Network) -> None:
    """Every part that adds something cites events, and no part cites any that adds nothing."""
    for alter in alters(network):
        found = network.explain(str(network.ego), alter)
        for part, value in found.parts.items():
            if part != "base":
                assert bool(found.events[part]) == (value != 0), (alter, part)
                assert set(found.events[part]) <= set(network.events["event"])


def test_kinds_add_up_to_all_contact(network: nq.Network) -> None:
    found = network.explain(str(network.ego), alters(network)[0])
    person = network.identity.person_of
    ends = {str(network.ego), found.b}
    rows = network.events[
        network.events["sender"].map(person).isin(ends)
        & network.events["recipient"].map(person).isin(ends)
    ]
    assert found.kinds["events"].sum() == rows["event"].nunique()
    out = rows[(rows["sender"].map(person) == network.ego) & (rows["kind"] != "meeting")]
    mine = found.kinds[found.kinds["way"] == "out"]
    assert mine["events"].sum() == out["event"].nunique()
    assert found.kinds["first"].min() == np.datetime64(int(rows["day"].min()), "D")


def test_favours_cite_favours_only(network: nq.Network) -> None:
    with_favours = network.ties[network.parts["favours"] > 0]
    found = network.explain(str(network.ego), with_favours["b"].iloc[0])
    kinds = network.events.set_index("event").loc[list(found.events["favours"]), "kind"]
    assert set(kinds) <= {"favour", "introduction", "recommendation"}
    assert len(found.events["favours"]) < len(found.events["intensity"])
