"""Strength is made of the dyad's own events; what is not seen widens its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.ties.strength import BASE, WEIGHTS, interval, logistic, logit

if TYPE_CHECKING:
    from pathlib import Path

DAYS = st.lists(st.integers(1, 700), min_size=1, max_size=12)
KINDS = st.sampled_from(["mail", "chat", "call", "meeting"])
relaxed = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def log(folder: Path, rows: list[tuple[str, str, int, str]]) -> nq.Network:
    """Read rows of (sender, recipient, days ago, channel)."""
    stamps = [pd.Timestamp("2026-06-01 10:00") - pd.Timedelta(days=ago) for _, _, ago, _ in rows]
    lines = [
        f"{a},{b},{at:%Y-%m-%d %H:%M},{channel},{'meeting' if channel == 'meeting' else 'message'}"
        for (a, b, _, channel), at in zip(rows, stamps, strict=True)
    ]
    path = folder / "log.csv"
    path.write_text("sender,recipient,at,channel,kind\n" + "\n".join(lines), "utf-8")
    return nq.read(path, ego="zora", as_of="2026-06-02")


def tie(network: nq.Network, alter: str) -> pd.Series:
    return network.ties.set_index("b").loc[alter]


@relaxed
@given(DAYS, DAYS, KINDS, DAYS, KINDS)
def test_other_peoples_contact_changes_nothing(
    tmp_path: Path, out: list[int], back: list[int], own: str, other: list[int], theirs: str
) -> None:
    """Not even where it is the first that is seen in its channel."""
    mine = [("zora", "odo", day, own) for day in out] + [("odo", "zora", day, own) for day in back]
    more = [("mab", "zora", day, theirs) for day in other]
    alone, both = tie(log(tmp_path, mine), "odo"), tie(log(tmp_path, mine + more), "odo")
    assert both["strength"] == pytest.approx(alone["strength"], abs=1e-12)


@relaxed
@given(DAYS, DAYS, DAYS)
def test_a_channel_that_is_not_seen_does_not_lower_the_score_but_widens(
    tmp_path: Path, out: list[int], back: list[int], other: list[int]
) -> None:
    """The same mails, where calls, chats and meetings would be seen, and where they would not."""
    mine = [("zora", "odo", day, "mail") for day in out]
    mine += [("odo", "zora", day, "mail") for day in back]
    others = [
        ("mab", "zora", day, channel) for day in other for channel in ("chat", "call", "meeting")
    ]
    unseen, seen = tie(log(tmp_path, mine), "odo"), tie(log(tmp_path, mine + others), "odo")
    assert unseen["strength"] >= seen["strength"] - 1e-12
    assert unseen["strength_high"] > seen["strength_high"]
    assert unseen["strength_low"] == pytest.approx(seen["strength_low"], abs=1e-12)
    for one in (unseen, seen):
        assert one["strength_low"] <= one["strength"] <= one["strength_high"]


def test_an_interval_by_hand() -> None:
    """Intensity .5 and reciprocity 1, all else 0: -4 + 1.25 + 1 = -1.75; its standard deviation is
    the root of (.35 * .5)^2 + .31^2 = .356, so that the ends lie 1.96 * .356 = .698 away.
    """
    x = pd.DataFrame(0.0, index=[0], columns=list(WEIGHTS))
    x["intensity"], x["reciprocity"] = 0.5, 1.0
    low, high = interval(x)
    assert logit(low)[0] == pytest.approx(-1.75 - 0.698, abs=1e-3)
    assert logit(high)[0] == pytest.approx(-1.75 + 0.698, abs=1e-3)
    # Favours (1.0 in full) that cannot be seen belong to the upper end alone.
    hidden = interval(x.assign(favours=np.nan))
    assert hidden[0][0] == low[0]
    assert logit(hidden[1])[0] == pytest.approx(logit(high)[0] + 1.0)
    # Of contact that no source shows it is known how strong it hardly ever is.
    assert interval(x, unseen=2.5)[1][0] == pytest.approx(logistic(pd.Series([2.5]))[0])


def test_a_share_is_at_most_one(tmp_path: Path) -> None:
    """Sums of the same numbers in two orders differ in their last digit."""
    rows = [("zora", "odo", 7 * k + 1, "mail") for k in range(60)]
    rows += [("odo", "zora", 7 * k + 2, "mail") for k in range(60)]
    nq.sample(tmp_path / "sample", contacts=60, messages=900)
    for network in (log(tmp_path, rows), nq.read(tmp_path / "sample")):
        assert network.ties["one_to_one"].max() <= 1.0


def test_a_silent_contact_may_be_strong_elsewhere(tmp_path: Path) -> None:
    """Messages of LinkedIn are one way of four: that nothing was written there says little."""
    nq.sample(tmp_path, contacts=60, messages=400)
    ties = nq.read(tmp_path).ties
    silent = ties[ties["grade"] == "silent"].iloc[0]
    assert logit(pd.Series([silent["strength_low"]]))[0] == pytest.approx(BASE)
    assert silent["strength_high"] > 0.9


def test_a_crowd_every_week_is_no_exchange(tmp_path: Path) -> None:
    """A weekly meeting of twelve against a weekly meeting of two."""
    rows = []
    for week in range(60):
        at = pd.Timestamp("2026-06-01 10:00") - pd.Timedelta(weeks=week)
        crowd = ";".join(f"p{k}" for k in range(11))
        rows.append(f"zora,{crowd},{at:%Y-%m-%d %H:%M},meeting,meeting")
        rows.append(f"zora,odo,{at + pd.Timedelta(hours=3):%Y-%m-%d %H:%M},meeting,meeting")
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient,at,channel,kind\n" + "\n".join(rows), "utf-8")
    network = nq.read(path, ego="zora", separator=";")
    crowd, two = tie(network, "p3"), tie(network, "odo")
    assert two["two_way"]
    assert not crowd["two_way"]
    assert crowd["strength"] < 0.3 < 0.9 < two["strength"]
