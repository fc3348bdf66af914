"""The tables about people, ties and pairs hold what the results hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.page.people import bars, by_year

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["Wren Fiddlewick", "Zora Quillfeather", "Milo Thistledown", "Odo Marrowby", "Pim Larkspur"]


def test_ties_stand_by_strength_with_unknown_last(room: Any, page: Callable[..., Any]) -> None:
    heads, *rows = page(room.network(NAMES)).table("Ties, strongest first")
    assert heads == [
        *("Name", "Grade", "Strength", "Latent", "Sessions to them", "Sessions from them"),
        *("Last contact", "Basis"),
    ]
    assert rows[0] == [
        *("Zora Quillfeather", "strong", "0.900", "0.990", "1,234", "0", "2026-11-20", "observed")
    ]
    assert rows[-1][:3] == ["Odo Marrowby", "silent", "not observed"]
    assert rows[-1][4:] == ["not observed"] * 3 + ["declared"]


def test_only_the_strongest_are_on_the_page(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(["Wren", *(f"Pim {i}" for i in range(1250))]))
    assert len(made.table("Ties, strongest first")) == 101
    assert "1,150 more in ties.csv." in made.section("ties").text()
    assert len(made.table("Dormant ties, widest gap first")) == 11


def test_a_whole_group_names_both_ends(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(NAMES, egos=()), persons=["p0", "p1", "p2", "p3", "p4"])
    heads, first, *_ = made.table("Ties, strongest first")
    assert heads[:2] == ["One", "Other"]
    assert first[:2] == ["Wren Fiddlewick", "Zora Quillfeather"]
    assert "Sessions, one to other" in heads
    assert len(made.table("Everybody, by fame")) == 6


def test_ties_between_contacts_are_counted_not_listed(room: Any, page: Callable[..., Any]) -> None:
    made = room.network(NAMES)
    between = made.ties.head(2).assign(a="p1", b=["p2", "p3"], strength=0.99, latent=1.0)
    made.ties = pd.concat([made.ties, between], ignore_index=True)
    shown = page(made)
    assert len(shown.table("Ties, strongest first")) == 5
    assert "This data also shows 2 ties between contacts of yours" in shown.section("ties").text()
    assert "2 strong ties and 1 weak one" in shown.tree.all("header")[0].text()
    assert "between contacts" not in page(room.network(NAMES)).html


def test_a_dormant_tie_was_much_stronger(room: Any, page: Callable[..., Any]) -> None:
    made = room.network(NAMES, strength=[0.95, 0.3, 0.2, 0.5])
    _, *rows = page(made).table("Dormant ties, widest gap first")
    # Latent is 0.2 above strength, at most 0.99: the first one's gap is too small to say so.
    assert [row[0] for row in rows] == ["Milo Thistledown", "Pim Larkspur"]
    assert rows[0][1:4] == ["0.300", "0.500", "0.200"]


def test_without_dormant_ties_it_says_so(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(NAMES, messages=False))
    assert "No tie was much stronger before" in made.section("dormant").text()


def test_what_is_assumed_is_called_so_and_unknown_is_not_zero(
    room: Any, page: Callable[..., Any]
) -> None:
    made = page(room.network(NAMES))
    fame = dict(made.table("Fame: how widely known")[1:])
    intimacy = dict(made.table("Intimacy: how close")[1:])
    assert fame["Reached one-to-many within a year"] == "not observed"
    assert fame["Fame; 1 is 10,000 people in contact"] == "0.31"
    assert intimacy["Intimacy; 1 is 15 people who would help"] == "0.40 to 0.83 (assumed)"
    assert intimacy["People who would help with an introduction"] == "2 to 9 (assumed)"
    assert made.table("How many would probably help, by favour")[1] == [
        *("reply", "12 to 40", "assumed")
    ]
    assert "Posts were not read." in made.section("profile").text()


def test_several_owners_stand_side_by_side(room: Any, page: Callable[..., Any]) -> None:
    heads, *_ = page(room.network(NAMES, egos=("p0", "p1"))).table("Fame: how widely known")
    assert heads == ["Measure", "Wren Fiddlewick", "Zora Quillfeather"]


def test_pairs_say_in_words_who_knows_whom(room: Any, page: Callable[..., Any]) -> None:
    pairs = room.introductions([("p1", "p2"), ("p1", "p3"), ("p2", "p4")])
    made = page(room.network(NAMES), pairs=pairs)
    heads, *rows = made.table("Introductions, best first")
    assert heads[:3] == ["Rank", "One", "Other"]
    words = heads.index("Know each other?")
    assert [row[words] for row in rows] == ["likely yes", "not observed", "no sign of it"]
    assert rows[0] == [
        *("1", "Zora Quillfeather", "Milo Thistledown", "0.500", "50 % and 75 %"),
        *("likely yes", "Both keep owls."),
    ]
    said = made.section("introductions").text()
    assert "1,225 pairs scored of 4,950 possible." in said
    assert "Two people who would both answer you" in said
    assert "No asks were seen." in said


def test_a_whole_group_names_the_introducer(room: Any, page: Callable[..., Any]) -> None:
    pairs = room.introductions([("p1", "p2")])
    made = page(room.network(NAMES, egos=()), pairs=pairs, persons=["p0"])
    assert made.table("Introductions, best first")[1][1] == "Wren Fiddlewick"


def test_only_the_best_pairs_are_on_the_page(room: Any, page: Callable[..., Any]) -> None:
    pairs = room.introductions([("p1", "p2")] * 30)
    made = page(room.network(NAMES), pairs=pairs)
    assert len(made.table("Introductions, best first")) == 26
    assert "5 more in introductions.csv." in made.section("introductions").text()


def test_a_quiet_year_is_shown_as_none(room: Any) -> None:
    made = room.network(NAMES)
    made.people["connected"] = pd.Series(
        ["2019-01-01", "2021-01-01", None, None, None], dtype="datetime64[s]"
    ).to_numpy()
    assert [(bar.label, bar.count) for bar in by_year(made)] == [
        ("2019", "1"),
        ("2020", "0"),
        ("2021", "1"),
    ]
    made.relative = True
    assert by_year(made) == ()


def test_bars_are_parts_of_the_greatest() -> None:
    assert [bar.percent for bar in bars(pd.Series({"a": 8, "b": 2}))] == ["100.0", "25.0"]
    assert bars(pd.Series(dtype=int)) == ()
