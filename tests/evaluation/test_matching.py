"""Matching is judged by pairs; suggestions by precision, recall and average precision."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.errors import BadInput
from netquality.evaluation.matching import (
    Matching,
    by_exact_keys,
    by_name_equality,
    by_rapidfuzz,
    judged,
    ranked,
    similar_names,
)
from netquality.samples.namesakes import namesakes

TRUTH = pd.Series({"a": "zora", "b": "zora", "c": "zora", "d": "odo", "e": "odo"})


def accounts_of(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["account", "key", "value", "name"])


def test_pairs_are_counted_by_hand() -> None:
    # Joined: abd (ab right, ad and bd wrong) and ce (wrong). Of one person: ab, ac, bc, de.
    found = judged(pd.Series({"a": 1, "b": 1, "d": 1, "c": 2, "e": 2}), TRUTH)
    assert (found.right, found.wrong, found.missed) == (1, 3, 3)
    assert found.precision.value == 1 / 4
    assert found.recall.value == 1 / 4


def test_intervals_are_wilson_s() -> None:
    # 8 of 10, z = 1.96: middle (.8 + .19207) / 1.38415 = .71674, half width 1.96 / 1.38415
    # * sqrt(.016 + .0096036) = .22658; 0 of 10 ends at z2/(10+z2) = 3.84146/13.84146 = .27753.
    share = Matching(right=8, wrong=2, missed=0).precision
    assert (share.low, share.high) == pytest.approx(
        (0.71674 - 0.22658, 0.71674 + 0.22658), abs=2e-5
    )
    nothing = Matching(right=0, wrong=10, missed=0).precision
    assert (nothing.value, nothing.low) == (0.0, 0.0)
    assert nothing.high == pytest.approx(0.27753, abs=1e-5)
    everything = Matching(right=10, wrong=0, missed=0).precision
    assert (everything.low, everything.high) == (pytest.approx(1 - 0.27753, abs=1e-5), 1.0)


def test_nothing_joined_has_no_precision_and_is_not_nought() -> None:
    found = judged(pd.Series({name: name for name in TRUTH.index}), TRUTH)
    assert np.isnan(found.precision).all()
    assert found.recall.value == 0.0
    alone = judged(pd.Series({"a": 1}), TRUTH[["a"]])
    assert np.isnan(alone.recall).all()


def test_accounts_without_a_truth_are_left_out_and_without_a_person_refused() -> None:
    more = pd.Series({**dict.fromkeys(TRUTH.index, 1), "stranger": 1})
    # All five together: 10 pairs, of which 3 + 1 are right.
    assert judged(more, TRUTH) == Matching(4, 6, 0)
    with pytest.raises(BadInput, match="no person"):
        judged(more.drop("a"), TRUTH)
    with pytest.raises(BadInput, match="twice"):
        judged(pd.concat([more, more]), TRUTH)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25))
def test_counts_agree_with_looking_at_every_pair(people: list[tuple[int, int]]) -> None:
    found, true = (pd.Series([each[i] for each in people]) for i in (0, 1))
    pairs = list(combinations(people, 2))
    right = sum(a[0] == b[0] and a[1] == b[1] for a, b in pairs)
    wrong = sum(a[0] == b[0] and a[1] != b[1] for a, b in pairs)
    missed = sum(a[0] != b[0] and a[1] == b[1] for a, b in pairs)
    assert judged(found, true) == Matching(right, wrong, missed)


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_its_share(right: int, wrong: int) -> None:
    if right + wrong:
        value, low, high = Matching(right, wrong, 0).precision
        assert 0.0 <= low <= value <= high <= 1.0
        assert high - low < 1.0


def suggested(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["a", "b", "score"])


def test_suggestions_are_ranked_by_hand() -> None:
    alone = pd.Series({name: name.upper() for name in TRUTH.index})
    made = suggested(("A", "B", 0.9), ("D", "A", 0.8), ("C", "A", 0.6), ("D", "E", 0.4))
    found = ranked(made, alone, TRUTH, thresholds=[0.5, 0.85])
    assert found.findable == 4
    # From .5: AB, DA, CA, two of three right, two of four found. From .85: AB alone.
    assert found.frame["suggested"].tolist() == [3, 1]
    assert found.frame["right"].tolist() == [2, 1]
    assert found.frame["precision"].tolist() == [2 / 3, 1.0]
    assert found.frame["recall"].tolist() == [0.5, 0.25]
    assert (found.frame["precision_low"] < found.frame["precision"]).all()
    # Right ones at places 1, 3 and 4 of 4 to find: (1/1 + 2/3 + 3/4) / 4.
    assert found.average_precision == pytest.approx((1 + 2 / 3 + 3 / 4) / 4)


def test_equal_scores_have_no_order() -> None:
    alone = pd.Series({name: name for name in TRUTH.index})
    rows = [("a", "b", 1.0), ("a", "d", 1.0), ("b", "d", 1.0), ("d", "e", 1.0)]
    # One step to 2 right of 4 suggested, 4 to find: precision 2/4 times recall 2/4.
    for order in (rows, rows[::-1]):
        assert ranked(suggested(*order), alone, TRUTH).average_precision == 0.25


def test_a_pair_counts_once_with_its_higher_score_and_nobody_with_himself() -> None:
    alone = pd.Series({name: name for name in TRUTH.index})
    made = suggested(("a", "b", 0.2), ("b", "a", 0.7), ("a", "a", 0.9))
    frame = ranked(made, alone, TRUTH, thresholds=[0.0, 0.5]).frame
    assert frame["suggested"].tolist() == [1, 1]


def test_a_mixed_person_stands_for_whom_most_of_its_accounts_are() -> None:
    person_of = pd.Series({"a": "p", "b": "p", "d": "p", "c": "q", "e": "r"})
    made = suggested(("p", "q", 0.9), ("p", "r", 0.8))
    # p is two thirds zora: p-q is right, p-r is not; nothing else is to be found.
    found = ranked(made, person_of, TRUTH, thresholds=[0.0])
    assert (found.findable, found.frame.at[0, "right"]) == (1, 1)
    assert found.average_precision == 1.0


def test_nothing_suggested_and_nothing_to_find() -> None:
    alone = pd.Series({name: name for name in TRUTH.index})
    none = suggested().astype({"score": "float64"})
    found = ranked(none, alone, TRUTH, thresholds=[0.5])
    assert found.average_precision == 0.0
    assert np.isnan(found.frame.at[0, "precision"])
    every = ranked(none, TRUTH, TRUTH, thresholds=[0.5])
    assert np.isnan(every.average_precision)


def test_a_stranger_and_a_missing_score_are_refused() -> None:
    alone = pd.Series({name: name for name in TRUTH.index})
    for row in (("a", "nobody", 0.5), ("a", "b", float("nan"))):
        with pytest.raises(BadInput, match="no score, or is about somebody"):
            ranked(suggested(row), alone, TRUTH)


def test_the_plain_rules_join_what_they_say() -> None:
    accounts = accounts_of(
        ("x", "profile", "zora-q", "Zora  Quill"),
        ("x", "mail", "z@fern.example", "Zora  Quill"),
        ("y", "mail", "z@fern.example", "z@fern.example"),
        ("w", "name", "zora quill", "zora quill"),
        ("v", "phone", "z@fern.example", "Quill Zora"),
        ("u", "platform", "7", "7"),
        ("t", "phone", "7", "7"),
    )
    assert _groups(by_exact_keys(accounts)) == {"xy", "w", "v", "u", "t"}
    # A name that repeats the key is none, unless the name is the key.
    assert _groups(by_name_equality(accounts)) == {"xw", "y", "v", "u", "t"}
    assert _groups(by_rapidfuzz(accounts)) == {"xwv", "y", "u", "t"}


def _groups(found: pd.Series) -> set[str]:
    return {"".join(part.index) for _, part in found.groupby(found)}


def test_keys_and_names_join_in_a_chain() -> None:
    chain = [("x", "mail", "1"), ("y", "mail", "1"), ("y", "phone", "2"), ("z", "phone", "2")]
    assert _groups(by_exact_keys(accounts_of(*((*row, None) for row in chain)))) == {"xyz"}


def test_similar_names_are_pairs_with_their_ratio() -> None:
    accounts = accounts_of(
        ("x", "mail", "1", "Odo Fernwick"),
        ("y", "mail", "2", "Odo Fernwik"),
        ("z", "mail", "3", "odo fernwick"),
        ("w", "mail", "4", None),
    )
    assert similar_names(accounts, None).to_numpy().tolist() == [["x", "z", 1.0]]
    near = similar_names(accounts, 90.0).set_index(["a", "b"])["score"]
    # Deleting one of 12 + 11 letters: 1 - 1/23.
    assert near.to_dict() == pytest.approx(
        {("x", "z"): 1.0, ("x", "y"): 22 / 23, ("z", "y"): 22 / 23}
    )


def test_rules_of_nobody_join_nobody() -> None:
    nobody = accounts_of()
    for rule in (by_exact_keys, by_name_equality, by_rapidfuzz):
        assert rule(nobody).empty


def test_the_simplest_rules_fail_on_the_labelled_set() -> None:
    made = namesakes()
    accounts = made.tables.accounts
    keys, names, fuzzy = (
        judged(rule(accounts), made.truth)
        for rule in (by_exact_keys, by_name_equality, by_rapidfuzz)
    )
    assert keys.precision.high < 0.8
    assert names.precision.high < 0.6
    assert fuzzy.precision.high < 0.6
    assert max(each.recall.high for each in (keys, names, fuzzy)) < 0.8
    # Every strong key is followed, so what keys can join is joined.
    cases = made.cases
    chained = (cases["same"] & cases["evidence"].isin(["key", "chain"])).sum()
    assert keys.right >= chained
