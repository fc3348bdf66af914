"""Files without a header: read only when nothing else is possible, and then it is said."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.errors import BadInput
from netquality.sources.interactions.guess import guess

TALKS = [(1, 2), (2, 1), (3, 1), (1, 3), (2, 3)] * 20


def _log(*columns: Any) -> str:
    return "\n".join(" ".join(str(cell) for cell in row) for row in zip(*columns, strict=True))


def _ends(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def test_seconds_from_the_start_are_guessed_and_said(read: Any) -> None:
    tables = read(_log(*_ends(TALKS), np.arange(100) * 977))
    assert tables.events.shape[0] == 100
    assert tables.sources["zone"].iloc[0].startswith("relative")
    assert "no header: columns taken as sender,recipient,at;" in tables.sources["rules"].iloc[0]


def test_epoch_is_guessed_beside_a_constant_weight(read: Any) -> None:
    times = 926389620 + np.arange(100) * 3600
    tables = read(_log(*_ends(TALKS), [1] * 100, times))
    assert "columns taken as sender,recipient,-,at" in tables.sources["rules"].iloc[0]
    assert tables.sources["zone"].tolist() == ["UTC (given)"]


def test_the_time_may_stand_first(read: Any) -> None:
    times = 926389620 + np.arange(100) * 3600
    assert (
        "columns taken as at,sender,recipient"
        in (read(_log(times, *_ends(TALKS))).sources["rules"].iloc[0])
    )


STAR = [(1, k) for k in range(2, 102)]
RISING = [k // 5 for k in range(100)]


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        pytest.param(
            _log(1385982020 + np.arange(100) * 20, *_ends(TALKS), ["MP"] * 100, ["PC"] * 100),
            "at,sender,recipient,-,-",
            id="classes beside",
        ),
        pytest.param(
            _log(*_ends(TALKS), [1] * 100, 21574 + np.arange(100)[::-1] * 977),
            "sender,recipient,-,at",
            id="times not sorted",
        ),
        pytest.param(_log(*_ends(TALKS)), "sender,recipient", id="no times"),
        pytest.param(
            _log(RISING, [k % 17 for k in range(100)], [k % 4 for k in range(100)]),
            "sender,recipient,-",
            id="sorted pairs with a weight",
        ),
        pytest.param(
            _log(*_ends(STAR), 926389620 + np.arange(100)), "sender,recipient,at", id="a star"
        ),
        pytest.param(
            _log(*_ends(TALKS), np.arange(100) * 977, np.arange(100) * 1013),
            "sender,recipient",
            id="two times",
        ),
        pytest.param(
            "zora,odo,2024-05-01 10:00:00\nodo,zora,2024-05-02 10:00:00\n",
            "sender,recipient,at",
            id="words and dates",
        ),
    ],
)
def test_anything_less_sure_is_refused_with_a_proposal(read: Any, text: str, proposal: str) -> None:
    with pytest.raises(BadInput, match=re.escape(f"For example: --columns {proposal}")) as caught:
        read(text, name="mystery.txt")
    assert "mystery.txt has no header" in str(caught.value)


def test_the_refusal_shows_a_shape_and_no_content(read: Any) -> None:
    with pytest.raises(BadInput, match="'aaaa,aaa,9999-99-99'") as caught:
        read("zora,odo,2024-05-01\nodo,zora,2024-05-02\n")
    assert "zora" not in str(caught.value)


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ("at,sender,recipient,-,-", "1385982020 454 640 MP MP\n1385982040 1 939 A B\n"),
        ("sender,recipient,-,at", "1 2\t1 21574\n1 3\t1 21578\n1 4\t1 21570\n"),
    ],
)
def test_the_proposal_reads_the_file(read: Any, columns: str, text: str) -> None:
    with pytest.raises(BadInput, match=f"--columns {columns}"):
        read(text)
    assert read(text, columns=columns).sources["rejected"].tolist() == [0]


@given(
    pairs=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=60),
    weights=st.lists(st.integers(1, 9), min_size=60, max_size=60),
)
@settings(max_examples=60, deadline=None)
def test_a_sorted_list_of_weighted_pairs_is_never_a_log(
    pairs: list[tuple[int, int]], weights: list[int]
) -> None:
    rows = [(a, b, w) for (a, b), w in zip(sorted(pairs), weights, strict=False)]
    frame = pd.DataFrame(rows).astype("str")
    with pytest.raises(BadInput, match="--columns"):
        guess("pairs.txt", "9 9 9", frame)
