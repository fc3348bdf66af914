"""A real Chromium, and pages to open in it: the sample's, a hostile one, one of 30,000 contacts."""

from __future__ import annotations

import csv
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import netquality as nq
from netquality import charts
from netquality.page.answers import ask
from netquality.page.build import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from netquality.network import Network
    from netquality.page.answers import Answers

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# Each is the family name of somebody in the hostile export.
HOSTILE = (
    "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>",
    '</script><script>alert("ended")</script>',
    "Quill\u2028feather\u2029",
    "\u202egnitset\u2069 Bidi",
    "Null\x00Marrowby",
    "X" * 10_000,
    "{{ 7 * 7 }}",
    "<!--<script>",
)
WATCH = """window.stopped = [];
addEventListener('securitypolicyviolation', event => stopped.push(event.effectiveDirective));"""


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
        page.add_init_script(WATCH)
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

    def table(self, name: str) -> Any:
        """The box of a table that the script turns over."""
        return self.page.locator(f"[data-table={name}]")

    def column(self, name: str, head: str) -> list[str]:
        """The cells that a table shows under a heading."""
        box = self.table(name)
        heads = box.locator("thead th").all_inner_texts()
        place = [text.split("\n")[0].strip() for text in heads].index(head) + 1
        cells: list[str] = box.locator(f"tbody tr > :nth-child({place})").all_inner_texts()
        return cells

    def shown(self, name: str) -> str:
        """What is said about how many rows of a table are shown."""
        said = self.page.locator(f".controls:has(+ [data-table={name}]) .shown")
        return str(said.text_content())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium(playwright.chromium.executable_path)
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Open a page in a context of its own, closed after the test."""
    with ExitStack() as stack:

        def made(path: Path, **context: Any) -> Opened:
            context.setdefault("viewport", {"width": 1280, "height": 900})
            return Opened(stack.enter_context(browser.new_context(**context)).new_page(), path)

        yield made


def drawings(network: Network, answers: Answers, folder: Path) -> dict[str, Path]:
    """Every picture that has a place on the page."""
    names = network.people["name"].to_dict()
    asked = {
        "profile": answers.profile,
        "path": answers.past,
        "rings": answers.rings,
        "months": answers.broadcast,
        "give_and_take": answers.reciprocity,
        "silence": answers.silence,
    }
    drawn = {
        name: getattr(charts, name)(of, names=names, ax=charts.fresh())
        for name, of in asked.items()
    }
    drawn["ties"] = charts.ties(network.ties, names=names, cut=network.cut, ax=charts.fresh())
    return {name: charts.save(ax, folder / name)[0] for name, ax in drawn.items()}


def written(network: Network, path: Path, *, drawn: bool = True) -> Path:
    answers = ask(network)
    pictures = drawings(network, answers, path.parent) if drawn else {}
    path.write_text(build(network, answers, pictures, title="Your network"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def own_network(sample: Path) -> Network:
    return nq.read(sample)


@pytest.fixture(scope="session")
def sample_page(own_network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(own_network, tmp_path_factory.mktemp("sample") / "report.html")


@pytest.fixture(scope="session")
def hostile() -> SimpleNamespace:
    return SimpleNamespace(names=HOSTILE)


@pytest.fixture(scope="session")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everybody in it has a hostile name, employer and title, and has written and been answered."""
    folder = tmp_path_factory.mktemp("hostile")
    with (folder / "Connections.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        heads = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position"]
        rows.writerow([*heads, "Connected On"])
        for i, name in enumerate(HOSTILE):
            address = f"https://www.linkedin.com/in/hostile-{i}"
            rows.writerow([f"Odo{i}", name, address, "", name, name, "20 Nov 2025"])
        rows.writerow(["Pim", "Larkspur", "javascript:alert(3)", "", "=cmd()", "", "19 Nov 2025"])
    with (folder / "log.csv").open("w", encoding="utf-8", newline="") as stream:
        log = csv.writer(stream)
        log.writerow(["sender", "recipient", "time"])
        for i, name in enumerate(HOSTILE):
            other = f"Odo{i} {name}".replace("\x00", "")
            log.writerow(["Zora", other, "2026-01-05"])
            log.writerow([other, "Zora", "2026-01-06"])
    both = {"contacts": {}, "log": {"ego": "Zora"}}
    sources = {"contacts": folder / "Connections.csv", "log": folder / "log.csv"}
    for name, how in both.items():
        written(nq.read(sources[name], **how), folder / f"{name}.html", drawn=False)
    return folder


@pytest.fixture(scope="session")
def big_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    made = nq.sample(folder, contacts=30_000, messages=120_000, log=False)
    return written(nq.read(made.archive), folder / "report.html", drawn=False)
