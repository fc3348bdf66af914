"""The tables about people, ties and pairs hold what the results hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from netquality.page.bars import bars, by_year

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = ["Wren Fiddlewick", "Zora Quillfeather", "Milo Thistledown", "Odo Marrowby", "Pim Larkspur"]


def test_ties_stand_by_strength_with_unknown_last(room: Any, page: Callable[..., Any]) -> None:
    heads, *rows = page(room.network(NAMES)).table("Ties, strongest first")
    assert heads == [
        *("Name", "Employer", "Grade", "Strength", "Latent", "Sessions to them"),
        *("Sessions from them", "Last contact", "Basis"),
    ]
    assert rows[0] == [
        *("Zora Quillfeather", "Owl & Anvil", "strong", "0.900", "0.990", "1,234", "0"),
        *("2026-11-20", "observed"),
    ]
    assert rows[-1][:4] == ["Odo Marrowby", "Owl & Anvil", "silent", "not observed"]
    assert rows[-1][5:] == ["not observed"] * 3 + ["declared"]


def test_the_first_rows_are_drawn_and_all_are_there(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(["Wren", *(f"Pim {i}" for i in range(1250))]))
    assert len(made.table("Ties, strongest first")) == 51
    assert "The first 50 of 1,250;" in made.section("ties").text()
    data = made.data("data-ties")
    assert len(data["columns"][0]) == 1250
    assert data["columns"][0][0] == made.table("Ties, strongest first")[1][0]
    assert data["who"] == [[data_place(made, name) for name in data["columns"][0]]]
    assert len(made.table("Dormant ties, widest gap first")) == 11
    assert len(made.table("Give and take, tie by tie")) == 26
    assert "334 more with less contact." in made.section("give").text()


def data_place(made: Any, name: str) -> int:
    place: int = made.data("data-crowd")["names"].index(name)
    return place


def test_a_list_of_contacts_shows_no_zeros(room: Any, page: Callable[..., Any]) -> None:
    bare = room.network(NAMES, messages=False)
    bare.ties = bare.ties.assign(strength=0.018, latent=0.018, out=0.0, **{"in": 0.0})
    unplaced = {"profile": room.profile(["p0"], fame=float("nan"))}
    pictures = {"ties": room.picture, "profile": room.picture}
    made = page(bare, pictures=pictures, answers=unplaced)
    for row in made.table("Ties, strongest first")[1:]:
        assert row[3:7] == ["not observed"] * 4
    assert not made.tree.all("img")


def test_names_lead_to_profiles(room: Any, page: Callable[..., Any]) -> None:
    made = room.network(NAMES)
    made.people.loc["p1", "profile"] = "javascript:alert(1)"
    made.people.loc["p2", "profile"] = "zoë"
    shown = page(made)
    links = {n.words: n.attrs["href"] for n in shown.section("ties").all("a")}
    assert "Zora Quillfeather" not in links
    assert links["Milo Thistledown"] == "https://www.linkedin.com/in/zo%C3%AB"
    assert shown.data("data-crowd")["slugs"][1:3] == ["", "zo%C3%AB"]


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
    # A mere list of contacts has no such section; the first one says what would be in it.
    assert not [each for each in made.tree.all("section") if each.attrs["id"] == "dormant"]
    assert "who fell silent" in " ".join(made.section("shows").text().split())
    even = room.network(NAMES)
    even.ties = even.ties.assign(latent=even.ties["strength"])
    assert "No tie was much stronger before" in page(even).section("dormant").text()


def test_what_is_assumed_is_called_so_and_unknown_is_not_zero(
    room: Any, page: Callable[..., Any]
) -> None:
    made = page(room.network(NAMES))
    fame = dict(made.table("Fame: how widely known")[1:])
    intimacy = dict(made.table("Intimacy: how close")[1:])
    assert fame["Reached by messages to many within a year"] == "not observed"
    assert fame["Fame; 1 is 10,000 people in contact"] == "0.31"
    assert fame["In contact within a year"] == "143 (128 to 158)"
    assert intimacy["Intimacy; 1 is 100 close ties"] == "0.40 (0.35 to 0.50)"
    assert intimacy["Contact that was one-to-one"] == "50 % (41 to 62 %)"
    assert made.table("How many would probably help, by favour")[1] == [
        *("reply", "12 to 40", "60", "assumed")
    ]
    said = " ".join(made.section("shows").text().split())
    assert "Posts were not read." in said
    assert "2 to 9 people would help with an introduction; if the contacts that show none" in said


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
    assert "The first 25 of 30;" in made.section("introductions").text()
    assert made.data("data-introductions")["columns"][0] == [str(i + 1) for i in range(30)]


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


def test_the_past_stands_year_by_year(room: Any, page: Callable[..., Any]) -> None:
    heads, *rows = page(room.network(NAMES)).table("Year by year, against one's own past")
    assert heads[:4] == ["As of", "Known", "In contact", "Two-way"]
    assert [(row[0], row[2]) for row in rows] == [("2025-11-20", "100"), ("2026-11-20", "143")]
    two = page(room.network(NAMES, egos=("p0", "p1")))
    assert two.table("Year by year, against one's own past")[0][1] == "Person"
    everybody = page(room.network(NAMES, egos=()), persons=["p0", "p1", "p2", "p3"])
    assert not everybody.captioned("Year by year, against one's own past")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "2 circles were found, each containing the ones before it: 5, then 18 people."),
        ("one circle", "No circles were found: contact thins out evenly"),
        ("fewer than 30 ties", "Circles were not sought: fewer than 30 two-way ties"),
        ("something new", "No circles: something new."),
    ],
)
def test_circles_or_why_not(room: Any, page: Callable[..., Any], reason: str, said: str) -> None:
    made = page(room.network(NAMES), answers={"circles": room.circles(["p0"], reason=reason)})
    assert made.table("Two-way ties, by how often")[1] == [
        *("Weekly: on 52 days of the year or more", "3")
    ]
    assert said in " ".join(made.section("circles").text().split())


def test_without_dated_contact_no_bands(room: Any, page: Callable[..., Any]) -> None:
    unseen = room.circles(["p0"], reason="no contact shown", weekly=float("nan"))
    section = page(room.network(NAMES), answers={"circles": unseen}).section("circles")
    assert not section.all("table")
    assert "No dated contact is shown" in section.text()


def test_give_and_take_tie_by_tie(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(NAMES))
    totals = dict(made.table("Who starts, and who answers")[1:])
    assert totals["Of these begun by the person"] == "75 %"
    assert totals["Turns of the person that were answered"] == "50 % (25 to 75 %)"
    assert totals["Middle wait of the others, hours"] == "not observed"
    heads, first, *_ = made.table("Give and take, tie by tie")
    assert heads[-3:] == ["Begun by you or them", "They answer", "You answer"]
    # 6 of 8 conversations were begun by the person, so 2 by the other.
    assert first == [
        *("Zora Quillfeather", "30", "10", "22.5", "7.0", "75 %", "6 and 2"),
        *("50 % (25 to 75 %)", "not observed"),
    ]
    group = page(room.network(NAMES, egos=()), persons=["p0"])
    heads = group.table("Give and take, tie by tie")[0]
    assert heads[:2] == ["Person", "Name"]
    assert not [head for head in heads if "you" in head.lower()]


def test_megaphone_and_handshake(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(NAMES))
    said = dict(made.table("Megaphone and handshake")[1:])
    assert said["Share that was one-to-one"] == "90 % (86 to 93 %)"
    assert said["Habit"] == "handshake"
    assert said["Answers per 1,000 reached one-to-many"] == "not observed"
    assert made.table("Month by month, the latest first")[1] == [
        *("2026-10", "9", "2.0", "20", "3", "0")
    ]
    nan = float("nan")
    unseen = room.broadcast(["p0"], personal=nan, many=nan, posts=nan)
    section = page(room.network(NAMES), answers={"broadcast": unseen}).section("megaphone")
    assert "No file here shows dated contact" in section.text()


def test_silence_against_the_own_rhythm(room: Any, page: Callable[..., Any]) -> None:
    made = page(room.network(NAMES))
    _, *rows = made.table(
        "Silent for more than eight times their usual gap, highest latent strength first"
    )
    assert [row[0] for row in rows] == ["Zora Quillfeather", "Pim Larkspur"]
    assert rows[0][1:] == ["2026-11-20", "120", "12.0", "10.0", "yes"]
    assert made.table("When silence set in, by quarter")[1:] == [
        ["2026, quarter 2", "3", "not observed"],
        ["2026, quarter 1", "2", "1"],
    ]
    log = page(room.network(NAMES, relative=True)).table("When silence set in, by quarter")
    assert log[1][0] == "quarter 2 of the log"


def test_of_a_star_only_the_reason_is_given(room: Any, page: Callable[..., Any]) -> None:
    section = page(room.network(NAMES)).section("structure")
    assert "do not show which of the contacts know each other" in section.text()
    assert not section.all("table")
    known = {"structure": room.structure(["p0"], reason=None)}
    made = page(room.network(NAMES), answers=known)
    assert "Not observed" not in made.section("structure").text()
    assert made.table("Structure")[-1] == ["Pairs of contacts that are tied", "50 %"]


def test_ties_of_several_kinds(room: Any, page: Callable[..., Any]) -> None:
    # Two things in common and one role make three ways; all the others have one.
    assert page(room.network(NAMES)).table("Tied in the most ways")[1:] == [
        ["Zora Quillfeather", "owls, anvils", "not observed", "connection"]
    ]


def test_a_note_is_said_once(room: Any, page: Callable[..., Any]) -> None:
    # Reciprocity and initiative both say it.
    assert page(room.network(NAMES)).html.count("Over all that was seen.") == 1
