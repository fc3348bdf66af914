"""The ladder: thresholds by hand, warrants said, and the crowds of the reply rung."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import netquality as nq
from netquality.errors import BadInput
from netquality.measures.ladder import _crowds, _measured, above, ladder
from netquality.ties.threshold import FAVOURS

START = datetime(2025, 1, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    """Ego writes to 40 people, half of whom nearly always answer."""
    rng = np.random.default_rng(3)
    rows = []
    for day in range(200):
        for who in rng.choice(40, 3, replace=False):
            at = START + timedelta(days=day, minutes=int(who))
            rows.append(("me", f"p{who}", at))
            if rng.random() < (0.9 if who % 2 else 0.1):
                rows.append((f"p{who}", "me", at + timedelta(hours=20)))
    path = tmp_path_factory.mktemp("log") / "log.csv"
    lines = [f"{a},{b},{at:%Y-%m-%d %H:%M}" for a, b, at in sorted(rows, key=lambda row: row[2])]
    path.write_text("sender,recipient,at\n" + "\n".join(lines), "utf-8")
    return nq.read(path, ego="me")


def test_thresholds_by_hand() -> None:
    """An even chance of an introduction (4) takes log-odds of 4 at slope 1, of 2 at slope 2."""
    graph = nx.Graph()
    graph.add_weighted_edges_from([("me", "odo", 0.99), ("me", "mina", 0.9), ("me", "pip", 0.5)])
    row = ladder(nq.from_graph(graph, ego="me")).frame.set_index("favour").loc["introduction"]
    assert row["needed_low"] == pytest.approx(1 / (1 + np.exp(-2)))
    assert row["needed_high"] == pytest.approx(1 / (1 + np.exp(-4)))


def test_what_is_not_measured_is_a_band_and_says_assumed(spoken: nq.Network) -> None:
    frame = ladder(spoken).frame.set_index("favour")
    assert list(frame.index) == list(FAVOURS)
    assert frame["warrant"].to_dict() == dict.fromkeys(FAVOURS, "assumed") | {"reply": "measured"}
    assumed = frame.drop(index="reply")
    assert (assumed["needed_low"] < assumed["needed_high"]).all()
    assert (assumed["helpers_low"] <= assumed["helpers_high"]).all()
    assert (assumed["above_low"] <= assumed["above_high"]).all()
    assert assumed["needed_high"].is_monotonic_increasing
    assert frame["needed_low"].isna()["reply"]


def test_the_reply_rung_counts_who_answers(spoken: nq.Network) -> None:
    """Twenty answer nine times of ten, twenty once of ten: twenty helpers."""
    row = ladder(spoken).frame.set_index("favour").loc["reply"]
    assert row["helpers_low"] < 20 < row["helpers_high"]
    assert 17 <= row["above_low"] <= row["above_high"] <= 23
    rows = above(spoken, "reply")
    assert rows.warrant == "measured"
    answering = spoken.ties.loc[rows.rows, ["a", "b"]].to_numpy().ravel()
    numbers = [int(who[1:]) for who in answering if who != "me"]
    assert np.mean([number % 2 for number in numbers]) > 0.9


def test_crowds_are_the_strongest_first(spoken: nq.Network) -> None:
    crowds = ladder(spoken).crowds
    assert crowds[["first", "last"]].to_numpy().tolist() == [[1, 10], [11, 40]]
    assert crowds["chance"].iloc[0] > crowds["chance"].iloc[1]
    reply = ladder(spoken).frame.iloc[0]
    assert crowds["helpers_low"].sum() == pytest.approx(reply["helpers_low"])


def test_above_is_what_is_sure(spoken: nq.Network) -> None:
    found = above(spoken, "answer")
    assert found.warrant == "assumed"
    assert (spoken.ties.loc[found.rows, "strength"] >= 1 / (1 + np.exp(-2))).all()
    with pytest.raises(BadInput, match="reply, react, answer"):
        above(spoken, "kidney")


def test_who_was_never_written_to_is_unknown_and_not_none() -> None:
    """A tie that a file states has no chance of an answer; of such ties nothing is known."""
    ends = pd.DataFrame({"person": ["zora", "odo", "odo"], "strength": [0.9, 0.9, 0.5]})
    chances = pd.DataFrame({"chance": [np.nan, 0.7, np.nan]})
    chances["low"], chances["high"] = chances["chance"] - 0.1, chances["chance"] + 0.1
    found = _measured(ends, chances).set_index("person")
    assert (
        found.loc["zora", ["above_low", "above_high", "helpers_low", "helpers_high"]].isna().all()
    )
    assert found.loc["odo", "helpers_low"] == pytest.approx(0.6)
    assert found.loc["odo", "above_high"] == 1
    crowds = _crowds(ends, chances)
    assert crowds[["person", "first", "last"]].to_numpy().tolist() == [["odo", 1, 1]]
