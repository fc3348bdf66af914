"""What the user says: made, checked, taken back, and the last word of several."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netquality.decisions import WORDS, decided, in_force, latest, moment, taken_back
from netquality.errors import BadInput
from netquality.ids import digest

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOON_DAY = 20781  # days from 1970-01-01 to 2026-11-24: 56 * 365 + 14 leap days + 327


def name_of(row: pd.DataFrame) -> str:
    return str(row["decision"].iloc[0])


def undo(name: str, at: datetime = NOON) -> pd.DataFrame:
    return decided("undo", at=at, undoes=name)


def test_a_day_has_the_number_that_the_tests_say() -> None:
    assert (NOON - datetime(1970, 1, 1, tzinfo=UTC)).days == NOON_DAY


def test_the_same_word_at_the_same_time_is_one_and_any_other_is_another() -> None:
    one = decided("rating", "a", at=NOON, value="4")
    assert name_of(one) == name_of(decided("rating", "a", at=NOON, value="4"))
    others = [
        decided("rating", "a", at=NOON, value="5"),
        decided("rating", "b", at=NOON, value="4"),
        decided("rating", "a", at=NOON + timedelta(seconds=1), value="4"),
        decided("rating", "a", at=NOON, value="4", favour="reply"),
        decided("rating", "a", at=NOON, value="4", note="met"),
    ]
    assert len({name_of(one), *map(name_of, others)}) == 6


def test_a_zone_is_no_other_time() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=2)))
    assert name_of(decided("never", "a", at=NOON)) == name_of(decided("never", "a", at=east))


@pytest.mark.parametrize(
    ("kind", "people", "value"),
    [
        ("rating", ("a",), "6"),
        ("rating", ("a",), None),
        ("rating", ("a", "b"), "4"),
        ("knows", ("a", "b"), "perhaps"),
        ("knows", ("a",), "yes"),
        ("same", ("a",), None),
        ("different", ("a", "b", "c"), None),
        ("introduction", ("a", "b", "c"), "dreamt"),
        ("introduction", ("a",), "made"),
        ("kept", (), "perhaps"),
        ("hates", ("a",), None),
        ("never", (), None),
    ],
)
def test_what_cannot_be_said_is_refused(
    kind: str, people: tuple[str, ...], value: str | None
) -> None:
    with pytest.raises(BadInput):
        decided(kind, *people, at=NOON, value=value)


def test_a_value_where_none_belongs_and_unknown_columns_are_refused() -> None:
    with pytest.raises(BadInput):
        decided("never", "a", at=NOON, value="really")
    with pytest.raises(BadInput, match="colour"):
        decided("never", "a", at=NOON, colour="red")


@pytest.mark.parametrize("wrong", ["", "yesterday", "2026-13-01", "24.11.2026"])
def test_a_time_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(BadInput):
        moment(wrong)


def test_a_word_counts_from_its_utc_day_on() -> None:
    # 00:30 of the 25th, two hours east of UTC, is 22:30 of the 24th.
    east = datetime(2026, 11, 25, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    said = decided("never", "a", at=east)
    assert len(in_force(said, NOON_DAY)) == 1
    assert len(in_force(said, NOON_DAY - 1)) == 0


def test_an_undo_of_the_next_day_is_not_seen_the_day_before() -> None:
    said = decided("never", "a", at=NOON)
    both = pd.concat([said, undo(name_of(said), NOON + timedelta(days=1))])
    assert in_force(both, NOON_DAY)["kind"].tolist() == ["never"]
    assert in_force(both, NOON_DAY + 1).empty


def test_undo_of_undo_holds_also_where_all_was_said_at_one_time() -> None:
    # What takes back what does not depend on the clock: days are all that some people state.
    for number in range(20):
        said = decided("never", f"person {number}", at=NOON)
        first = undo(name_of(said))
        second = undo(name_of(first))
        third = undo(name_of(second))
        for rows in permutations([said, first, second]):
            assert in_force(pd.concat(rows))["decision"].tolist() == [name_of(said)]
        for rows in permutations([said, first, second, third]):
            assert in_force(pd.concat(rows)).empty


def test_an_undo_of_nothing_takes_nothing_back() -> None:
    said = decided("never", "a", at=NOON)
    assert len(in_force(pd.concat([said, undo("0" * 16)]))) == 1
    assert taken_back(undo("0" * 16)) == {"0" * 16}


def test_undoes_in_a_circle_come_to_an_end() -> None:
    one, other = undo("x"), undo("y")
    circle = pd.concat(
        [
            one.assign(decision="p", undoes="q"),
            other.assign(decision="q", undoes="p"),
            one.assign(decision="s", undoes="s"),
        ]
    )
    assert isinstance(taken_back(circle), frozenset)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=9), st.randoms(use_true_random=False))
def test_what_holds_does_not_depend_on_the_order_of_the_rows(
    targets: list[int], mix: object
) -> None:
    rows = [decided("never", "a", at=NOON)]
    for step, target in enumerate(targets):
        back = undo(name_of(rows[target % len(rows)]), NOON + timedelta(minutes=step // 3))
        rows.append(back)
    held = set(in_force(pd.concat(rows).drop_duplicates("decision"))["decision"])
    mix.shuffle(rows)  # type: ignore[attr-defined]
    assert set(in_force(pd.concat(rows).drop_duplicates("decision"))["decision"]) == held


def test_the_last_word_counts_whichever_way_round_a_pair_is_named() -> None:
    said = pd.concat(
        [
            decided("knows", "a", "b", at=NOON, value="yes"),
            decided("knows", "b", "a", at=NOON + timedelta(hours=1), value="no"),
            decided("knows", "a", "c", at=NOON, value="yes"),
        ],
        ignore_index=True,
    )
    rows = latest(in_force(said), ["subject", "object"])
    assert sorted(zip(rows["subject"], rows["object"], rows["value"], strict=True)) == [
        ("a", "c", "yes"),
        ("b", "a", "no"),
    ]


def test_taking_the_last_word_back_brings_the_one_before() -> None:
    first = decided("rating", "a", at=NOON, value="2")
    last = decided("rating", "a", at=NOON + timedelta(hours=1), value="5")
    back = undo(name_of(last), NOON + timedelta(hours=2))
    rows = latest(in_force(pd.concat([first, last, back])), ["subject", "favour"])
    assert rows["value"].tolist() == ["2"]


def test_every_word_is_said_in_words() -> None:
    assert all(word.says and digest(word.says) for word in WORDS.values())
    assert all(0 <= word.people <= 3 for word in WORDS.values())
