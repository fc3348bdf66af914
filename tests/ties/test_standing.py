"""Standing by hand: shares, places, likeness of circles, and pairs without a tie."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from netquality.ties.standing import TERMS, WEIGHTS, contributions, standing, terms

# Zora (0) has ties with Odo (1), Quill (2) and Mina (3); Odo and Quill know each other.
TIES = pd.DataFrame(
    {
        "a": [0, 0, 0, 1],
        "b": [1, 2, 3, 2],
        "amount": [4.0, 2.0, 2.0, 4.0],
        "out": [3.0, 1.0, 0.0, 2.0],
        "in": [1.0, 1.0, 2.0, 2.0],
        "days": [3.0, 1.0, 1.0, 3.0],
        "first": [0, 10, 20, 0],
        "last": [56, 10, 20, 28],
    }
)
SEEN = np.ones(4, dtype=bool)


def z(values: list[float], among: list[float]) -> np.ndarray:
    return (np.array(values) - np.mean(among)) / np.std(among)


def test_shares_are_each_sides_own() -> None:
    """Zora does 8 in all, Odo 8, Quill 6, Mina 2."""
    of_a, of_b = terms(TIES, 4)
    mine, theirs = [4 / 8, 2 / 8, 2 / 8, 4 / 8], [4 / 8, 2 / 6, 2 / 2, 4 / 6]
    logs = [np.log(np.array(each) + 0.001).tolist() for each in (mine, theirs)]
    assert of_a["share"].tolist() == pytest.approx(z(logs[0], logs[0] + logs[1]))
    assert of_b["share"].tolist() == pytest.approx(z(logs[1], logs[0] + logs[1]))


def test_places_are_midranks_in_each_list() -> None:
    """Of Zora's three ties the first leads (2.5 of 3), two share what is left (1 of 3)."""
    of_a, of_b = terms(TIES, 4)
    mine, theirs = [2.5 / 3, 1 / 3, 1 / 3, 1 / 2], [1 / 2, 0.5 / 2, 1 / 2, 1.5 / 2]
    assert of_a["place"].tolist() == pytest.approx(z(mine, mine + theirs))
    assert of_b["place"].tolist() == pytest.approx(z(theirs, mine + theirs))


def test_circles_are_alike_by_whom_both_see() -> None:
    """log(1 + amount / median 3): Zora and Odo share Quill, Zora and Mina nobody."""
    two, four = np.log1p(2 / 3), np.log1p(4 / 3)
    zora, odo = np.hypot(four, np.hypot(two, two)), np.hypot(four, four)
    quill = np.hypot(two, four)
    cosines = [
        two * four / (zora * odo),
        four * four / (zora * quill),
        0.0,
        four * two / (odo * quill),
    ]
    of_a, of_b = terms(TIES, 4)
    assert of_a["circle"].tolist() == pytest.approx(z(cosines, cosines))
    assert of_b["circle"].tolist() == of_a["circle"].tolist()


def test_days_and_spans_count_in_part_in_a_short_log() -> None:
    """56 days are enough; in half of 28 they count half."""
    days = np.log1p([3, 1, 1, 3]).tolist()
    assert terms(TIES, 4)[0]["days"].tolist() == pytest.approx(z(days, days))
    short = TIES.assign(first=0, last=[14, 0, 0, 7])
    assert terms(short, 4)[0]["days"].tolist() == pytest.approx(0.5 * z(days, days))
    without = TIES.assign(first=pd.NA, last=pd.NA)
    assert terms(without, 4)[0][["days", "span"]].eq(0).all(axis=None)


def test_what_all_ties_have_alike_says_nothing() -> None:
    even = TIES.assign(out=1.0, **{"in": 1.0})
    assert terms(even, 4)[0]["reciprocity"].eq(0).all()


def test_parts_sum_to_the_log_odds() -> None:
    parts = contributions(*terms(TIES, 4))
    assert list(parts.columns) == list(TERMS) == list(WEIGHTS)
    score = np.log(standing(TIES, SEEN) / (1 - standing(TIES, SEEN)))
    assert np.allclose(parts.sum(axis=1), score, atol=1e-9)


def test_a_pair_without_a_tie_has_its_circles_only() -> None:
    """Odo and Mina both see Zora, Odo more so; the order of the two makes no difference."""
    asked = pd.DataFrame({"a": [1, 3, 0], "b": [3, 1, 1]})
    of_a, of_b = terms(TIES, 4, asked)
    assert of_a.loc[0, "circle"] == of_b.loc[1, "circle"] == of_a.loc[1, "circle"]
    assert of_a.loc[2].tolist() == pytest.approx(terms(TIES, 4)[0].loc[0].tolist())
    for term in ("share", "place"):
        assert of_a.loc[0, term] < min(each[term].min() for each in terms(TIES, 4))


def test_who_is_not_seen_whole_has_none() -> None:
    found = standing(TIES, np.array([True, True, True, False]))
    assert found.isna().tolist() == [False, False, True, False]
    assert standing(TIES, np.zeros(4, dtype=bool)).isna().all()


def test_scaled_amounts_change_nothing() -> None:
    more = standing(TIES.assign(amount=10 * TIES["amount"]), SEEN)
    assert more.tolist() == pytest.approx(standing(TIES, SEEN).tolist())
