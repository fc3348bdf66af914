"""What stands in ties.csv, people.csv and introductions.csv."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality import schema
from netquality.export.frames import (
    introductions_frame,
    people_frame,
    result_frame,
    ties_frame,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Network


def pairs() -> Any:
    row = {"rank": [1], "introducer": ["me-sample"], "a": ["zora"], "b": ["milo"], "score": [0.5]}
    more = {"acquainted": [False], "reasons": ["Both like\nowls."]}
    return SimpleNamespace(frame=pd.DataFrame(row | more))


def test_ties_are_named_and_ordered_by_strength(network: Network) -> None:
    frame = ties_frame(network)
    assert frame["b"].tolist() == ["zora", "milo", "+41 00"]
    assert frame["b_name"].tolist() == ["Zora Quillfeather", "=HYPERLINK(1)", "Odo <b>&"]
    assert set(frame["a_name"]) == {"Wren Fiddlewick"}
    assert frame.columns[:4].tolist() == ["a", "a_name", "b", "b_name"]
    assert set(frame.columns) >= set(network.ties.columns)


def test_numbers_are_untouched_and_unknown_is_missing(network: Network) -> None:
    frame = ties_frame(network).set_index("b")
    assert frame.loc["milo", "strength"] == 0.1 + 0.2
    assert frame["out"].dtype == "Int64"
    assert frame.loc["+41 00", ["strength", "out", "first"]].isna().all()
    assert frame.loc["milo", "in"] == 0


def test_dates_are_iso_days(network: Network) -> None:
    frame = ties_frame(network).set_index("b")
    assert frame.loc["zora", ["first", "last", "connected"]].tolist() == [
        "1970-01-04",
        "1970-01-20",
        "1970-01-02",
    ]


def test_a_log_without_real_dates_counts_days(make: Callable[..., Network]) -> None:
    frame = ties_frame(make(relative=True)).set_index("b")
    assert frame.loc["zora", ["first", "last"]].tolist() == [3, 19]
    assert frame["last"].dtype == "Int64"


def test_people_keep_their_ids_and_texts_are_clean(network: Network) -> None:
    frame = people_frame(network).set_index("person")
    assert frame.loc["+41 00", "name"] == "Odo <b>&"
    assert frame.loc["zora", "mail"] == "zora@example.org"
    assert pd.isna(frame.loc["milo", "mail"])
    assert frame["ego"].tolist() == [True, False, False, False]


def test_introductions_are_named_with_a_network_and_plain_without(network: Network) -> None:
    named = introductions_frame(pairs(), network)
    assert named.columns[:7].tolist() == [
        *("rank", "introducer", "introducer_name", "a", "a_name", "b", "b_name")
    ]
    assert named["a_name"].tolist() == ["Zora Quillfeather"]
    assert named["reasons"].tolist() == ["Both like owls."]
    assert "a_name" not in introductions_frame(pairs())


def test_a_profile_has_clean_ids_and_its_own_numbers() -> None:
    frame = pd.DataFrame(
        {"person": ["zora", "o\u202edo  "], "contacts": [3, 4], "fame": [0.1, 0.2]}
    )
    shown = result_frame(SimpleNamespace(to_frame=lambda: frame))  # type: ignore[arg-type]
    assert shown["person"].tolist() == ["zora", "odo"]
    pd.testing.assert_frame_equal(shown[["contacts", "fame"]], frame[["contacts", "fame"]])


def test_an_empty_network_gives_tables_with_headings_only(make: Callable[..., Network]) -> None:
    full = make()
    empty = make(ties=full.ties.head(0), people=full.people.head(0))
    assert ties_frame(empty).empty
    assert people_frame(empty).empty
    assert ties_frame(empty).columns.equals(ties_frame(full).columns)


def test_nothing_asked_is_changed(network: Network) -> None:
    before = network.ties.copy(), network.people.copy()
    ties_frame(network)
    people_frame(network)
    pd.testing.assert_frame_equal(network.ties, before[0])
    pd.testing.assert_frame_equal(network.people, before[1])


def test_where_no_file_shows_contact_its_absence_is_unknown(make: Callable[..., Network]) -> None:
    known = make().ties
    ties = known.assign(grade="silent", strength=0.018, out=0.0, **{"in": 0.0})
    bare = ties_frame(make(ties=ties, events=schema.empty("events")))
    assert bare[["strength", "latent", "out", "in"]].isna().all(axis=None)
    seen = ties_frame(make(ties=ties))
    assert (seen["strength"] == 0.018).all()
    assert (seen["out"] == 0).all()
