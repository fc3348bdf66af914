"""A page under pseudonyms: what it says of itself, and small groups that are not counted."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import netquality as nq
from netquality.page.answers import ask
from netquality.page.bars import bars, by_employer, by_year
from netquality.page.build import build
from netquality.page.exchange import star

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FEW = "fewer than 5"


def people(employers: list[str], years: list[int]) -> Any:
    count = len(employers)
    frame = {"ego": [False] * count, "employer": employers}
    frame["connected"] = pd.to_datetime([f"{year}-05-01" for year in years])
    return pd.DataFrame(frame)


def shown(made: Any, pseudonymous: bool) -> Any:
    return SimpleNamespace(people=made, pseudonymous=pseudonymous, relative=False)


def test_one_to_four_are_told_without_number_and_bar() -> None:
    told = bars(pd.Series({"2022": 0, "2023": 4, "2024": 5, "2025": 10}), pseudonymous=True)
    assert [bar.count for bar in told] == ["0", FEW, "5", "10"]
    # Of the longest, 10; a bar of 4 would tell what the count does not.
    assert [bar.percent for bar in told] == ["0.0", "0.0", "50.0", "100.0"]


def test_years_and_employers_of_few_are_withheld_under_pseudonyms_only() -> None:
    made = people(["Owl"] * 5 + ["Anvil"] * 4, [2024] * 6 + [2026] * 3)
    counts = {
        hidden: [
            [bar.count for bar in each(shown(made, hidden))] for each in (by_year, by_employer)
        ]
        for hidden in (True, False)
    }
    assert counts[True] == [["6", "0", FEW], ["5", FEW]]
    assert counts[False] == [["6", "0", "3"], ["5", "4"]]


def test_how_many_lack_a_structure_is_not_told_of_few() -> None:
    result = SimpleNamespace(frame=pd.DataFrame({"reason": ["star"] * 3 + [None] * 20}))
    assert "for fewer than 5 people of 23:" in star(result, pseudonymous=True)
    assert "for 3 people of 23:" in star(result)


@pytest.mark.parametrize("pseudonymous", [True, False])
def test_notes_and_alternative_texts_count_no_few(
    pseudonymous: bool, room: Any, page: Callable[..., Any]
) -> None:
    made = room.network(["Zora", "Odo"], pseudonymous=pseudonymous, notes=("3 people were shy.",))
    built = page(
        made,
        pictures={"ties": room.picture},
        alts={"ties": "23 people; 2 not observed."},
    )
    read, alt = built.section("read").text(), built.tree.all("img")[0].attrs["alt"]
    assert ("fewer than 5 people were shy." in read) == pseudonymous
    assert ("3 people were shy." in read) != pseudonymous
    assert alt == (
        "23 people; fewer than 5 not observed." if pseudonymous else "23 people; 2 not observed."
    )


@pytest.mark.parametrize("pseudonymous", [True, False])
def test_it_says_that_it_is_pseudonymised(
    pseudonymous: bool, room: Any, page: Callable[..., Any]
) -> None:
    built = page(room.network(["Zora", "Odo"], pseudonymous=pseudonymous))
    asides = [each.text() for each in built.tree.all("aside")]
    said = [text for text in asides if "This page is pseudonymised" in text]
    assert len(said) == pseudonymous
    assert built.tree.all("h1")[0].text() == f"Your network{', pseudonymised' * pseudonymous}"
    assert not re.search(r"(?<!pseud)anonym", built.html, re.IGNORECASE)
    for text in said:
        assert "can tell who is who" in text
        assert "personal data of everybody in it" in text


def test_an_owner_may_share_a_page_without_a_name(sample: Path) -> None:
    network = nq.read(sample)
    hidden = network.pseudonymised()
    html = build(hidden, ask(hidden), {}, title="Your network")
    folded = html.casefold()
    known = network.tables.accounts
    words = set(known["name"].dropna()) | set(known["value"].dropna()) | set(known["raw"].dropna())
    words |= set(network.sources["name"]) | set(network.sources["bundle"])
    words |= set(network.people["title"].dropna())
    # An employer of five and more may be told, and may have an account too.
    told = {employer.casefold() for employer in hidden.people["employer"].dropna()}
    words = {word.casefold() for word in words} - told
    assert len(words) > 400
    # A word of the page itself may be somebody's title; a file may be told to be missing.
    ours = {"connections.csv", "messages.csv"}
    assert sorted(word for word in words - ours if f">{word}<" in folded) == []
    names = [word for word in words - ours if " " in word or "@" in word]
    assert sorted(name for name in names if name in folded) == []
    counts = re.findall(r'<th scope="row">\d{4}</th><td class="number">([^<]*)<', html)
    assert FEW in counts
    assert not [count for count in counts if count in ("1", "2", "3", "4")]
