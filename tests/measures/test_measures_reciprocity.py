"""What goes out and what comes back, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Callable


def test_both_directions_of_a_tie(log: Callable[..., nq.Network]) -> None:
    days = [f"2026-0{month}-01 10:00" for month in range(1, 7)]
    rows = [("zora", "odo", day) for day in days]
    rows += [("odo", "zora", days[0].replace("10:", "11:")), ("odo", "zora", "2026-03-16 10:00")]
    odo = nq.reciprocity(log(rows, ego="zora")).frame.iloc[0]
    assert (odo["out"], odo["in"]) == (6, 2)
    assert odo["reciprocity"] == pytest.approx(2 * 2 / 8)
    assert odo["balance"] == pytest.approx(6 / 8)
    # Zora begins six times, Odo on 16 March only; on 1 January he answers.
    assert odo["starts"] == pytest.approx(2 * 1 / 7)
    assert (odo["given"], odo["received"]) == (6.0, 2.0)  # a message weighs 1
    assert np.isnan(odo["favours_given"]), "No source here could show a favour."


def test_a_meeting_counts_for_both_and_weighs_half_to_each(log: Callable[..., nq.Network]) -> None:
    rows = [("zora", "odo", "2026-01-01 10:00", "meeting")]
    odo = nq.reciprocity(log(rows, "channel", ego="zora")).frame.iloc[0]
    assert (odo["out"], odo["in"]) == (1, 1)
    assert (odo["given"], odo["received"]) == (1.5, 1.5)  # 3 / 2
    assert np.isnan(odo["starts"]), "Nobody was seen to begin it."


def test_mutual_arcs_of_a_group_and_chance(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", "odo", "2026-01-01 10:00"),
        ("odo", "zora", "2026-01-02 10:00"),
        ("odo", "mab", "2026-01-03 10:00"),
    ]
    arcs = nq.reciprocity(log(rows)).arcs
    assert arcs["mutual"] == pytest.approx(2 / 3)  # two of three arcs have one back
    # density 3 / (3 * 2) = .5; (2/3 - 1/2) / (1 - 1/2) = 1/3
    assert arcs["above_chance"] == pytest.approx(1 / 3)
    assert nq.reciprocity(log(rows, ego="odo")).arcs.isna().all()


def test_favours_are_on_the_side_that_did_them(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", "odo", "2026-01-01 10:00", "favour"),
        ("zora", "odo", "2026-02-01 10:00", "favour"),
        ("odo", "zora", "2026-03-01 10:00", "favour"),
    ]
    odo = nq.reciprocity(log(rows, "kind", ego="zora")).frame.iloc[0]
    assert (odo["favours_given"], odo["favours_received"]) == (2, 1)
    assert (odo["given"], odo["received"]) == (10, 5)  # a favour weighs 5


def test_favours_of_an_archive_have_a_direction(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = nq.sample(tmp_path_factory.mktemp("sample"), contacts=200, messages=1200, log=False)
    network = nq.read(made.archive)
    frame = nq.reciprocity(network).frame
    events = network.events[network.events["kind"] == "recommendation"]
    mine = events["sender"].map(network.identity.person_of) == network.ego
    assert frame["favours_given"].sum() == mine.sum() > 0
    assert frame["favours_received"].sum() == (~mine).sum() > 0
