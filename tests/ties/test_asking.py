"""Direct messages by hand: which are answered, when that is known, and what was known before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netquality as nq
from netquality.ties.asking import asks, faded_before, known_of

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400.0
LOG = """sender,recipient,at
zora,odo,2026-01-01 09:00:00
odo,zora,2026-01-03 09:00:00
zora,odo,2026-01-10 09:00:00
zora,mina,2026-01-10 10:00:00
zora,pip,2026-01-20 09:00:00
zora,quill,2026-01-20 09:00:00
odo,zora,2026-01-18 09:00:00
mina,zora,2026-01-17 10:00:01
"""


@pytest.fixture
def network(tmp_path: Path) -> nq.Network:
    path = tmp_path / "log.csv"
    path.write_text(LOG, "utf-8")
    return nq.read(path)


def test_an_answer_comes_within_the_days_and_not_a_second_later(network: nq.Network) -> None:
    """Zora answers Odo after seven days to the second, Mina Zora a second later than that."""
    every, people = asks(network.contact.acts, 7.0), network.contact.people
    found = {
        (people[i], people[j], int(at // DAY) - 20_454): bool(answered)
        for i, j, at, answered in zip(
            every.sender, every.receiver, every.at, every.answered, strict=True
        )
    }
    assert found == {
        ("zora", "odo", 0): True,
        ("odo", "zora", 2): True,
        ("zora", "odo", 9): False,
        ("zora", "mina", 9): False,
        ("mina", "zora", 16): False,
        ("odo", "zora", 17): False,
    }  # what went to two at once asks nobody in particular


def test_an_outcome_is_known_when_the_answer_came_or_the_days_are_over(network: nq.Network) -> None:
    every = asks(network.contact.acts, 7.0)
    waits = (every.known - every.at) / DAY
    assert waits.tolist() == [2.0, 7.0, 7.0, 7.0, 7.0, 7.0]


def test_what_is_known_is_from_before(network: nq.Network) -> None:
    """On January 10 Odo had answered one message (known since the 3rd), and wrote once.

    Odo's share for all: (f + 8 / 2) / (f + 8), f = 0.5^(7/90); the pair's: (f + 8 s) / (f + 8).
    """
    acts, people = network.contact.acts, network.contact.people
    every = asks(acts, 7.0)
    zora, odo = (np.array([people.get_loc(who)]) for who in ("zora", "odo"))
    at = every.at[2:3].astype(float)
    known = known_of(acts, every, zora, odo, at, 0.5).iloc[0]
    faded = 0.5 ** (7 / 90)
    of_all = (faded + 4) / (faded + 8)
    share = (faded + 8 * of_all) / (faded + 8)
    assert known["answers"] == pytest.approx(np.log(share / (1 - share)))
    assert known["recent"] == pytest.approx(np.log(0.05 + 0.5 ** (7 / 30)))
    assert known["lately"] == pytest.approx(np.log(0.05 + 0.5))
    assert known["writes"] == pytest.approx(np.log(0.05 + 0.5))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_faded_sums_are_those_of_a_loop(data: st.DataObject) -> None:
    some = st.tuples(st.integers(0, 3), st.integers(0, 20), st.floats(0, 3))
    came = data.draw(st.lists(some, max_size=30))
    wanted = data.draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 20)), max_size=10))
    columns = [np.array([row[k] for row in came], dtype=float) for k in range(3)]
    group, at = (np.array([row[k] for row in wanted], dtype=float) for k in range(2))
    found = faded_before(
        columns[0].astype(int), columns[1] * DAY, columns[2], group.astype(int), at * DAY, 2.0
    )
    slow = [
        sum(w * 0.5 ** ((when - day) / 2) for who, day, w in came if who == one and day < when)
        for one, when in wanted
    ]
    assert found.tolist() == pytest.approx(slow)
