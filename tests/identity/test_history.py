"""The user's word about people: the last one on each thing, kinds apart, directions kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd

from netquality.decisions import decided
from netquality.identity.history import History, folded

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = 20781
PEOPLE = pd.Series(
    {"z1": "zora", "z2": "zora", "o1": "odo", "w1": "wren", "i1": "ida"}, dtype="str"
)


def later(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def told(*rows: pd.DataFrame, day: int | None = None) -> History:
    return folded(pd.concat(rows, ignore_index=True), PEOPLE, day)


def test_the_last_rating_of_a_person_counts_whichever_account_it_named() -> None:
    history = told(
        decided("rating", "z1", at=NOON, value="2"),
        decided("rating", "z2", at=later(1), value="5"),
        decided("rating", "z1", at=later(2), value="1", favour="money"),
    )
    ratings = history.ratings[["person", "favour", "value"]]
    rows = ratings.astype(object).where(ratings.notna(), None)
    assert sorted(rows.itertuples(index=False, name=None), key=str) == [
        ("zora", "money", 1),
        ("zora", None, 5),
    ]


def test_a_word_about_an_account_that_no_source_shows_waits() -> None:
    history = told(
        decided("never", "gone", at=NOON),
        decided("rating", "gone", at=NOON, value="3"),
        decided("knows", "z1", "gone", at=NOON, value="yes"),
        decided("release", "z1", "gone", at=NOON),
    )
    assert history.never == frozenset()
    assert history.ratings.empty
    assert history.acquainted.empty
    assert history.releases.empty


def test_who_knows_whom_is_the_last_word_in_either_direction() -> None:
    history = told(
        decided("knows", "z1", "o1", at=NOON, value="yes"),
        decided("knows", "o1", "z2", at=later(1), value="no"),
    )
    assert history.acquainted["knows"].tolist() == [False]
    early = told(
        decided("knows", "z1", "o1", at=NOON, value="yes"),
        decided("knows", "o1", "z2", at=NOON + timedelta(days=1), value="no"),
        day=DAY,
    )
    assert early.acquainted["knows"].tolist() == [True]


def test_a_promise_is_open_until_it_is_said_whether_it_was_kept() -> None:
    promise = decided("promise", "z1", "o1", at=NOON, about="the slides", due=DAY + 7)
    other = decided("promise", "o1", "z1", at=NOON, about="a call")
    name = promise["decision"].iloc[0]
    first = decided("kept", at=later(1), value="no", about=name)
    second = decided("kept", at=NOON + timedelta(days=2), value="yes", about=name)
    rows = told(promise, other, first, second).promises.set_index("by")
    assert rows.loc["zora", "kept"]
    assert pd.isna(rows.loc["odo", "kept"])
    assert rows.loc["zora", "to"] == "odo"
    assert rows.loc["zora", "due"] == DAY + 7
    today = told(promise, other, first, second, day=DAY).promises.set_index("by")
    assert not today.loc["zora", "kept"]
    back = decided("undo", at=NOON + timedelta(days=3), undoes=second["decision"].iloc[0])
    assert not told(promise, first, second, back).promises["kept"].iloc[0]


def test_an_introduction_has_its_last_step() -> None:
    steps = ["asked", "agreed", "made"]
    rows = [
        decided("introduction", "z1", "o1", "w1", at=later(i), value=step)
        for i, step in enumerate(steps)
    ]
    found = told(*rows).introductions
    assert found[["a", "b", "introducer", "step"]].to_numpy().tolist() == [
        ["zora", "odo", "wren", "made"]
    ]


def test_two_introductions_to_people_whom_nobody_shows_any_more_stay_two() -> None:
    found = told(
        decided("introduction", "z1", "gone", at=NOON, value="asked"),
        decided("introduction", "z1", "lost", at=later(1), value="made"),
        decided("introduction", "z1", "o1", at=later(2), value="met"),
    ).introductions
    assert "odo" in set(found["b"])


def test_ways_are_released_in_one_direction() -> None:
    # Zora lets others ask her for Odo, and Odo lets others ask him for Zora: two words.
    history = told(
        decided("release", "z1", "o1", at=NOON), decided("release", "o1", "z1", at=later(1))
    )
    assert set(history.releases.itertuples(index=False, name=None)) == {
        ("zora", "odo"),
        ("odo", "zora"),
    }


def test_a_release_said_twice_is_one_and_may_be_taken_back() -> None:
    one = decided("release", "z1", "o1", at=NOON)
    two = decided("release", "z2", "o1", at=later(1))
    assert len(told(one, two).releases) == 1
    back = [decided("undo", at=later(2), undoes=row["decision"].iloc[0]) for row in (one, two)]
    assert told(one, two, *back).releases.empty


def test_the_last_consent_of_an_owner_is_how_they_agreed() -> None:
    history = told(
        decided("consent", "z1", at=NOON, value="by mail"),
        decided("consent", "z2", at=later(1), value="on paper"),
        decided("consent", "o1", at=NOON, value="on the phone"),
    )
    assert dict(zip(history.consents["owner"], history.consents["how"], strict=True)) == {
        "zora": "on paper",
        "odo": "on the phone",
    }


def test_nothing_said_is_empty_tables_of_the_same_columns() -> None:
    full = told(
        decided("knows", "z1", "o1", at=NOON, value="yes"),
        decided("rating", "z1", at=NOON, value="2"),
        decided("promise", "z1", "o1", at=NOON),
        decided("introduction", "z1", "o1", at=NOON, value="asked"),
        decided("consent", "z1", at=NOON, value="by mail"),
        decided("release", "z1", "o1", at=NOON),
    )
    none = told(decided("never", "z1", at=NOON))
    for name in ("acquainted", "ratings", "promises", "introductions", "consents", "releases"):
        assert len(getattr(none, name)) == 0
        assert list(getattr(none, name).columns) == list(getattr(full, name).columns)
        assert len(getattr(full, name)) == 1
