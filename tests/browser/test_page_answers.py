"""What the page's script does: turn over, sort, filter, find, mark, brush; by mouse and keys."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from netquality.network import Network

pytestmark = pytest.mark.browser

MEGABYTES, MILLISECONDS = 15, 200
SEARCHES = ("zo", "bjorn", "quill", "thistle", "e", "an", "moon lark")
# From the key to the moment when the browser has drawn what it found.
TYPED = """async (text) => {
  const field = document.getElementById('who');
  field.focus();
  const began = performance.now();
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  document.body.getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""
TAB = """() => { const it = document.activeElement;
  return [it.tagName, it.id || it.textContent.trim().slice(0, 20)]; }"""
ON = "figure.live circle[data-person]:not(.off)"


@pytest.fixture
def seen(opened: Callable[..., Any], sample_page: Path) -> Any:
    made = opened(sample_page)
    yield made
    assert made.complaints == []
    assert made.page.evaluate("() => window.stopped") == []


def marked(seen: Any, picture: str) -> set[str]:
    """Whom a picture shows in full."""
    points = seen.page.locator(f"#{picture} circle[data-person]:not(.off)")
    return set(points.evaluate_all("all => all.map(point => point.dataset.person)"))


def brush(seen: Any, picture: str, left: float, top: float, right: float, foot: float) -> None:
    """Drag over a part of a picture; the sides are shares of its width and height."""
    seen.page.locator(f"#{picture}").scroll_into_view_if_needed()
    box = seen.page.locator(f"#{picture}").bounding_box()
    seen.page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
    seen.page.mouse.down()
    for part in (0.5, 1):
        x, y = left + part * (right - left), top + part * (foot - top)
        seen.page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    seen.page.mouse.up()


def test_a_table_turns_over_all_its_rows(seen: Any, own_network: Network) -> None:
    count = len(own_network.ties)
    names: list[str] = seen.column("ties", "Name")
    assert seen.shown("ties") == f"{count} shown, rows 1 to 50"
    controls = seen.page.locator(".controls:has(+ [data-table=ties])")
    while controls.get_by_text("More rows").is_enabled():
        controls.get_by_text("More rows").click()
        names += seen.column("ties", "Name")
    assert len(names) == count
    assert seen.shown("ties").endswith(f"to {count}")
    controls.get_by_text("Earlier rows").click()
    before = (count - 1) // 50 * 50 - 50
    assert seen.column("ties", "Name") == names[before : before + 50]


def test_sorting_by_mouse_and_by_keys(seen: Any) -> None:
    first = seen.column("ties", "Name")
    head = seen.table("ties").locator("thead th", has_text="Sessions to them")
    head.get_by_role("button").click()
    numbers = [int(text.replace(",", "")) for text in seen.column("ties", "Sessions to them")]
    assert numbers == sorted(numbers, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").focus()
    seen.page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert seen.column("ties", "Sessions to them")[0] == "0"
    seen.page.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "none"
    assert seen.column("ties", "Name") == first


def test_days_and_texts_are_sorted_and_unknown_comes_last(seen: Any, own_network: Network) -> None:
    head = seen.table("ties").locator("thead th", has_text="Last contact")
    head.get_by_role("button").click()
    days = seen.column("ties", "Last contact")
    assert days == sorted(days, reverse=True)
    head.get_by_role("button").click()
    days = seen.column("ties", "Last contact")
    assert days == sorted(days)
    assert "not observed" not in days
    assert own_network.ties["last"].isna().any()
    seen.table("ties").locator("thead th", has_text="Employer").get_by_role("button").click()
    employers = [text.lower() for text in seen.column("ties", "Employer")]
    assert employers == sorted(employers)


def test_filters_narrow_a_table(seen: Any, own_network: Network) -> None:
    strong = int((own_network.ties["grade"] == "strong").sum())
    controls = seen.page.locator(".controls:has(+ [data-table=ties])")
    controls.locator("select").select_option("strong")
    assert set(seen.column("ties", "Grade")) == {"strong"}
    assert seen.shown("ties") == f"{strong} of {len(own_network.ties)} shown"
    controls.locator("input").fill("renee")
    names = seen.column("ties", "Name")
    assert names
    assert all("renée" in name.lower() for name in names)
    controls.locator("input").fill("nobody is called so")
    assert seen.shown("ties") == f"0 of {len(own_network.ties)} shown"


def test_the_search_finds_and_marks_a_person(seen: Any) -> None:
    assert not seen.page.locator("#results").is_visible()
    assert marked(seen, "rings-plot") == marked(seen, "ties-plot")
    seen.page.locator("#who").press_sequentially("noel moon")
    assert seen.column("people", "Name") == ["Noël Moonbrücke"]
    assert seen.column("ties", "Name") == ["Noël Moonbrücke"]
    assert len(marked(seen, "rings-plot")) == 1
    assert marked(seen, "rings-plot") == marked(seen, "ties-plot")
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator("#results").is_visible()
    assert len(seen.column("ties", "Name")) == 50
    assert len(marked(seen, "rings-plot")) > 100


def test_the_search_finds_by_employer(seen: Any, own_network: Network) -> None:
    at = own_network.people["employer"] == "Vantage Systems"
    seen.page.locator("#who").fill("VANTAGE systems")
    assert set(seen.column("people", "Employer")) == {"Vantage Systems"}
    assert len(seen.column("people", "Name")) == int(at.sum())
    seen.page.get_by_role("button", name="Clear all").click()
    assert seen.page.locator("#who").input_value() == ""
    assert len(seen.column("ties", "Name")) == 50


def test_brushing_filters_and_marks_the_same_people(seen: Any) -> None:
    everybody = marked(seen, "ties-plot")
    brush(seen, "ties-plot", 0.5, 0.02, 0.999, 0.25)
    chosen = marked(seen, "ties-plot")
    assert 0 < len(chosen) < len(everybody)
    assert marked(seen, "rings-plot") == chosen
    assert len(seen.column("ties", "Name")) == len(chosen)
    assert min(float(text) for text in seen.column("ties", "Strength")) > 0.7
    assert seen.page.locator("#marked").text_content() == f"{len(chosen)} marked in a picture"
    brush(seen, "rings-plot", 0.0, 0.0, 0.5, 0.5)
    quarter = marked(seen, "rings-plot")
    assert quarter != chosen
    assert marked(seen, "ties-plot") == quarter
    seen.page.keyboard.press("Escape")
    assert marked(seen, "ties-plot") == everybody


def test_pointing_names_a_person_and_clicking_keeps_it(seen: Any) -> None:
    point = seen.page.locator("#ties-plot circle.strong").last
    point.hover()
    said = seen.page.locator("figure:has(#ties-plot) .said").inner_text()
    place = int(point.get_attribute("data-person"))
    names = "() => JSON.parse(document.getElementById('data-crowd').textContent).names"
    assert said.startswith(seen.page.evaluate(names)[place])
    assert "grade strong" in said
    assert seen.page.locator("#rings-plot circle.near").get_attribute("data-person") == str(place)
    point.click()
    assert marked(seen, "rings-plot") == {str(place)}
    assert len(seen.column("ties", "Name")) == 1


def test_a_row_shows_its_person_in_the_pictures(seen: Any) -> None:
    seen.table("ties").locator("tbody tr").nth(2).hover()
    near = seen.page.locator("circle.near").evaluate_all("all => all.map(p => p.dataset.person)")
    assert near == [seen.table("ties").locator("tbody tr").nth(2).get_attribute("data-person")] * 2
    seen.table("ties").locator("tbody tr a").nth(3).focus()
    assert seen.page.locator("circle.near").count() == 2


def test_arrows_walk_through_a_picture(seen: Any) -> None:
    seen.page.locator("#ties-plot").focus()
    said = seen.page.locator("figure:has(#ties-plot) .said")
    seen.page.keyboard.press("ArrowRight")
    strongest = seen.column("ties", "Name")[0]
    assert said.inner_text().startswith(f"{strongest}: ")
    seen.page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith(f"{seen.column('ties', 'Name')[1]}: ")
    seen.page.keyboard.press("ArrowLeft")
    seen.page.keyboard.press("Enter")
    assert seen.column("ties", "Name") == [strongest]


def test_keys_reach_everything_in_order(seen: Any) -> None:
    stops = []
    for _ in range(20):
        seen.page.keyboard.press("Tab")
        stops.append(seen.page.evaluate(TAB))
    assert stops[0] == ["A", "Skip to the content"]
    assert seen.page.locator(".skip").count() == 1
    assert ["INPUT", "who"] in stops
    assert ["BUTTON", "Clear all"] in stops
    visible = """() => { const it = document.activeElement.getBoundingClientRect();
      return it.width > 0 && getComputedStyle(document.activeElement).outlineStyle !== 'none'; }"""
    assert seen.page.evaluate(visible)
    reachable = seen.page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, select, summary, svg[id]')]
          .filter(it => it.checkVisibility() && it.tabIndex < 0 && !it.disabled).length"""
    )
    assert reachable == 0


@pytest.mark.parametrize("name", ["contacts", "log"])
def test_hostile_names_stay_text(
    opened: Callable[..., Any], hostile_page: Path, hostile: Any, name: str
) -> None:
    seen = opened(hostile_page / f"{name}.html")
    text = seen.page.locator("[data-table=ties]").inner_text()
    for each in (hostile.names[0], hostile.names[1], "{{ 7 * 7 }}", "<!--<script>", "Marrowby"):
        assert each in text
    assert "X" * 200 not in text
    assert not set(text) & set("\x00\u2028\u2029\u202e\u2069")
    for search in ("<script>", "alert", "</script>", "odo", "quill feather", "null"):
        seen.page.locator("#who").fill(search)
        assert seen.page.locator("#results tbody tr").count() >= 1, search
    seen.page.locator("#who").fill("")
    for row in seen.table("ties").locator("tbody tr").all():
        row.hover()
    if seen.page.locator("#ties-plot").count():
        seen.page.locator("#ties-plot").focus()
        for _ in hostile.names:
            seen.page.keyboard.press("ArrowRight")
    seen.table("ties").locator("thead button").first.click()
    assert seen.dialogs == seen.complaints == seen.fetched == []
    assert seen.page.evaluate("() => window.stopped") == []
    assert seen.page.locator("img[src=x], a[href^='javascript:']").count() == 0
    assert seen.page.locator("script:not([type])").count() == 1


def test_thirty_thousand_contacts_answer_at_once(
    opened: Callable[..., Any], big_page: Path
) -> None:
    assert big_page.stat().st_size < MEGABYTES * 1e6
    seen = opened(big_page)
    assert seen.complaints == []
    took = [seen.page.evaluate(TYPED, text) for text in SEARCHES * 3]
    assert median(took) < MILLISECONDS, took
    seen.page.locator("#who").fill("zoe")
    assert all("zoë" in name.lower() for name in seen.column("people", "Name"))
    assert " of 31," in seen.shown("people")
    assert seen.page.locator("#ties-plot circle[data-person]").count() == 3_000
    assert "Only the 3,000 strongest ties are drawn" in seen.page.locator("#ties").inner_text()
