"""Who is who on a labelled set full of traps: no wrong merge, suggestions beside simple rules."""

from __future__ import annotations

import pytest

from netquality.evaluation.matching import (
    Matching,
    by_exact_keys,
    by_name_equality,
    by_rapidfuzz,
    judged,
    ranked,
    similar_names,
)
from netquality.identity.people import Identity, identify
from netquality.identity.suggest import suggestions
from netquality.samples.namesakes import Labelled, namesakes

SEEDS = (7, 8)
Sets = list[tuple[Labelled, Identity]]


@pytest.fixture(scope="module")
def sets() -> Sets:
    made = [namesakes(seed) for seed in SEEDS]
    return [(each, identify(each.tables)) for each in made]


def added(found: list[Matching]) -> tuple[int, int]:
    return sum(each.right for each in found), sum(each.wrong for each in found)


def test_no_merge_is_wrong_in_more_than_six_hundred(sets: Sets) -> None:
    right, wrong = added([judged(found.person_of, made.truth) for made, found in sets])
    assert all(len(made.tables.accounts) >= 1000 for made, _ in sets)
    assert wrong == 0
    assert right >= 600  # 0 of 600: the upper 95 % bound is 3/600, half a percent


def test_the_simplest_rules_are_wrong_by_the_hundred(sets: Sets) -> None:
    for rule in (by_exact_keys, by_name_equality, by_rapidfuzz):
        found = [judged(rule(made.tables.accounts), made.truth) for made, _ in sets]
        assert added(found)[1] > 300


def test_suggestions_are_better_than_alike_names(sets: Sets) -> None:
    for made, found in sets:
        ours = ranked(suggestions(made.tables, found), found.person_of, made.truth)
        for least in (None, 50.0):
            pairs = similar_names(made.tables.accounts, least)
            for end in ("a", "b"):
                pairs[end] = pairs[end].map(found.person_of)
            pairs = pairs[pairs["a"] != pairs["b"]]
            rule = ranked(pairs, found.person_of, made.truth)
            assert ours.average_precision > rule.average_precision + 0.1
