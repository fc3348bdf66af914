"""The page in a real Chromium, from the disk: nothing fetched, nothing executed, all there.

The sample's page must load nothing but itself and complain about nothing. A page made of hostile
names must show them as text.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import netquality as nq

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
# Answers which rule of the page's policy stopped the picture, or "none".
FETCH_A_PICTURE = """() => new Promise(done => {
  document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));
  setTimeout(() => done('none'), 2000);
  const picture = document.createElement('img');
  picture.src = 'https://example.org/x.png';
  document.body.append(picture);
})"""


def chromium(bundled: str) -> str:
    """Where a Chromium is: as told, else on the path, else playwright's own."""
    told = os.environ.get("NETQUALITY_CHROMIUM")
    if told:
        assert Path(told).is_file(), f"NETQUALITY_CHROMIUM names {told}, which is no file."
        return told
    found = [path for name in NAMES if (path := shutil.which(name))]
    found += [bundled] if Path(bundled).is_file() else []
    if not found:
        pytest.fail(
            "No Chromium found. Install one (apt install chromium, or playwright install chromium) "
            "or name it in NETQUALITY_CHROMIUM."
        )
    return found[0]


class Opened:
    """One page with everything that it did while it opened."""

    def __init__(self, page: Any, path: Path) -> None:
        self.page, self.address = page, path.resolve().as_uri()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(request.url))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", self._dialog)
        page.goto(self.address, wait_until="load")
        page.wait_for_timeout(300)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def fetched(self) -> list[str]:
        """What it loaded beside itself; pictures inside the file have `data:` addresses."""
        return [url for url in self.requests if url != self.address and url[:5] != "data:"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium(playwright.chromium.executable_path)
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def sample_page(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    nq.report(sample, output=folder)
    return folder / "report.html"


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    quoted = HOSTILE.replace('"', '""')
    export = folder / "export" / "Connections.csv"
    export.parent.mkdir()
    export.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        f'"{quoted}",Quillfeather,https://www.linkedin.com/in/zora-quill,,"{quoted}",'
        f'"{quoted}",20 Nov 2025\n'
        'Odo,Fenwick,"javascript:alert(3)",,"=cmd()",Ferryman,19 Nov 2025\n',
        encoding="utf-8",
    )
    nq.report(export.parent, output=folder / "report")
    return folder / "report" / "report.html"


@pytest.mark.parametrize("size", SIZES)
def test_the_sample_page_opens_in_silence(
    browser: Any, sample_page: Path, tmp_path: Path, size: str
) -> None:
    width, height = SIZES[size]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        opened = Opened(context.new_page(), sample_page)
        opened.page.screenshot(path=tmp_path / f"{size}.png", full_page=True)
        assert opened.complaints == []
        assert opened.fetched == []
        assert opened.dialogs == []
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert opened.page.evaluate(overflow) <= 0, "The page scrolls sideways."
    assert (tmp_path / f"{size}.png").stat().st_size > 10_000


def test_the_sample_page_shows_tables_and_charts(browser: Any, sample_page: Path) -> None:
    network = nq.read(sample_page.parent / "network.graphml")
    with browser.new_context() as context:
        page = Opened(context.new_page(), sample_page).page
        assert page.title()
        assert page.locator("table").count() >= 3
        assert page.locator("table thead th").count() > 3
        text = page.locator("body").text_content()
        strongest = network.ties.loc[network.ties["strength"].idxmax(), "b"]
        assert network.people.loc[strongest, "name"] in text
        assert page.locator("svg, img").count() >= 1


def test_the_page_works_without_scripts(browser: Any, sample_page: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = Opened(context.new_page(), sample_page).page
        assert page.locator("table").first.is_visible()


def test_a_policy_forbids_whatever_the_page_does_not_bring(browser: Any, sample_page: Path) -> None:
    with browser.new_context() as context:
        page = Opened(context.new_page(), sample_page).page
        policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert page.evaluate(FETCH_A_PICTURE) == "img-src"


def test_hostile_names_stay_text(browser: Any, hostile_page: Path) -> None:
    with browser.new_context() as context:
        opened = Opened(context.new_page(), hostile_page)
        assert opened.dialogs == []
        assert opened.complaints == []
        assert opened.fetched == []
        assert HOSTILE in opened.page.locator("body").text_content()
        assert opened.page.locator("img[src=x]").count() == 0
        assert opened.page.locator("a[href^='javascript:']").count() == 0


def test_links_leave_without_a_referrer(browser: Any, sample_page: Path) -> None:
    with browser.new_context() as context:
        page = Opened(context.new_page(), sample_page).page
        relations = page.locator("a[href^=http]").evaluate_all("all => all.map(a => a.rel)")
        assert all("noreferrer" in relation for relation in relations)
