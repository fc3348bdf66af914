"""The page in a real Chromium, from the disk: nothing fetched, one script run, all there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from netquality.network import Network

pytestmark = pytest.mark.browser

SIZES = {"desk": (1280, 900), "phone": (390, 844)}
SECTIONS = (
    *("shows", "profile", "ties", "circles", "give", "megaphone", "dormant", "introductions"),
    *("structure", "multiplexity", "contacts", "read"),
)
OVERFLOW = """() => document.documentElement.scrollWidth
  - document.documentElement.clientWidth"""
# Answers which rule of the page's policy stopped something of a stranger's, or "none".
ADD = """(kind) => new Promise(done => {
  document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));
  setTimeout(() => done('none'), 2000);
  const made = document.createElement(kind);
  if (kind === 'img') made.src = 'https://example.org/x.png';
  else made.textContent = kind === 'style' ? 'body { color: red }' : 'window.hit = 1';
  document.body.append(made);
})"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_in_silence(
    opened: Callable[..., Any], sample_page: Path, tmp_path: Path, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    seen = opened(sample_page, viewport={"width": width, "height": height}, color_scheme=scheme)
    assert seen.complaints == seen.fetched == seen.dialogs == []
    assert seen.page.evaluate("() => window.stopped") == []
    assert seen.page.evaluate(OVERFLOW) <= 0, "The page scrolls sideways."
    seen.page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert (tmp_path / "page.png").stat().st_size > 10_000


def test_the_page_shows_tables_and_pictures(
    opened: Callable[..., Any], sample_page: Path, own_network: Network
) -> None:
    page = opened(sample_page).page
    assert page.title() == "Your network"
    for section in SECTIONS:
        assert page.locator(f"section#{section} h2").is_visible()
    strongest = own_network.ties.loc[own_network.ties["strength"].idxmax(), "b"]
    name = own_network.people.loc[strongest, "name"]
    assert page.locator("[data-table=ties] tbody tr").first.inner_text().startswith(name)
    assert page.locator("figure.live").count() == 2
    assert page.locator("figure.live").first.is_visible()
    assert page.locator("figure.still").all()
    assert not any(each.is_visible() for each in page.locator("figure.still").all())


def test_the_page_is_whole_without_scripts(opened: Callable[..., Any], sample_page: Path) -> None:
    seen = opened(sample_page, java_script_enabled=False)
    page = seen.page
    assert page.locator("[data-table=ties] tbody tr").count() == 50
    assert "The first 50 of" in page.locator("[data-more=ties]").inner_text()
    assert page.locator("figure.still").first.is_visible()
    for control in ("form.search", "figure.live", ".controls", "button.sort", ".key"):
        assert not any(each.is_visible() for each in page.locator(control).all()), control
    for section in SECTIONS:
        assert page.locator(f"section#{section} h2").is_visible()


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("img", "img-src"), ("script", "script-src-elem"), ("style", "style-src-elem")],
)
def test_a_policy_stops_whatever_the_page_does_not_bring(
    opened: Callable[..., Any], sample_page: Path, kind: str, rule: str
) -> None:
    page = opened(sample_page).page
    assert page.evaluate(ADD, kind) == rule
    assert page.evaluate("() => window.hit") is None


def test_paper_holds_every_section_and_no_controls(
    opened: Callable[..., Any], sample_page: Path, tmp_path: Path
) -> None:
    page = opened(sample_page).page
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    for section in SECTIONS:
        assert page.locator(f"section#{section} h2").is_visible()
    for control in ("form.search", "figure.live", ".controls", "nav", ".skip"):
        assert not any(each.is_visible() for each in page.locator(control).all()), control
    assert all(each.is_visible() for each in page.locator("figure.still").all())
    assert all(each.is_visible() for each in page.locator("details table").all())
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    page.emulate_media(media="screen")
    page.pdf(path=tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").stat().st_size > 20_000


def test_links_leave_without_a_referrer(opened: Callable[..., Any], sample_page: Path) -> None:
    seen = opened(sample_page)
    seen.page.locator("#who").fill("quill")
    links = seen.page.locator("a[href^=http]")
    assert links.count() > 50
    rels = links.evaluate_all("all => all.map(a => a.rel)")
    assert set(rels) == {"noreferrer noopener"}
    addresses = links.evaluate_all("all => all.map(a => a.href)")
    assert all(each.startswith("https://www.linkedin.com/in/") for each in addresses)


def test_still_without_motion(opened: Callable[..., Any], sample_page: Path) -> None:
    page = opened(sample_page, reduced_motion="reduce").page
    moving = "all => all.map(each => getComputedStyle(each).transitionDuration)"
    assert set(page.locator("figure.live circle").evaluate_all(moving)) == {"0s"}
