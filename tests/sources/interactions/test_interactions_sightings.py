"""--every: sightings of a pair joined into meetings that last."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.errors import BadInput

HEAD = "at,sender,recipient\n"


def _meetings(tables: Any) -> list[list[float]]:
    events = tables.events.drop_duplicates("event").sort_values("at")
    start = events["at"].astype("int64") // 10**6
    return [list(pair) for pair in zip(start, events["seconds"], strict=True)]


def test_a_run_is_one_meeting_with_its_duration(read: Any) -> None:
    tables = read(HEAD + "100,1,2\n120,1,2\n140,2,1\n180,1,2\n120,3,4\n", every=20)
    assert sorted(_meetings(tables)) == [[100, 60], [120, 20], [180, 20]]
    events = tables.events
    assert set(events["kind"]) == set(events["channel"]) == {"meeting"}
    assert events["sender"].isna().all()
    assert set(events["role"]) == {"attendee"}
    assert len(events) == 6
    assert tables.sources[["read", "kept", "merged"]].to_numpy().tolist() == [[5, 3, 2]]
    assert tables.sources["shows"].tolist() == ["meeting"]


def test_gaps_up_to_every_belong_to_the_meeting(read: Any) -> None:
    text = HEAD + "100,1,2\n130,1,2\n161,1,2\n"
    assert _meetings(read(text, every=30)) == [[100, 60], [161, 30]]
    assert _meetings(read(text, every=31)) == [[100, 92]]


def test_a_meeting_stands_at_its_first_sighting(read: Any) -> None:
    tables = read(HEAD + "140,1,2\n100,1,2\n120,2,1\n", every=20)
    assert set(tables.events["row"]) == {2}


def test_repeats_and_weights_add_nothing(read: Any) -> None:
    tables = read("at,sender,recipient,weight\n100,1,2,5\n100,1,2,5\n", every=20)
    assert _meetings(tables) == [[100, 20]]


def test_days_cannot_be_joined(read: Any) -> None:
    tables = read(HEAD + "2024-05-01 10:00:00,1,2\n2024-05-02,1,2\n", every=20)
    assert tables.rejects["reason"].tolist() == ["a day without a time"]


@pytest.mark.parametrize("every", [0, -20, float("inf"), float("nan")])
def test_every_must_be_a_time_span(read: Any, every: float) -> None:
    with pytest.raises(BadInput, match="is no time span"):
        read(HEAD + "100,1,2\n", every=every)


def test_every_needs_times(read: Any) -> None:
    with pytest.raises(BadInput, match="has no times"):
        read("sender,recipient\n1,2\n", every=20)


@given(times=st.lists(st.integers(0, 400), min_size=1, max_size=40))
@settings(max_examples=20, deadline=None)
def test_meetings_are_the_runs_that_counting_gives(read: Any, times: list[int]) -> None:
    runs: list[list[int]] = []
    for time in sorted(times):
        if runs and time - runs[-1][-1] <= 20:
            runs[-1].append(time)
        else:
            runs.append([time])
    text = HEAD + "\n".join(f"{time},1,2" for time in times)
    tables = read(text, every=20)
    assert _meetings(tables) == [[run[0], run[-1] - run[0] + 20] for run in runs]
