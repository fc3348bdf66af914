"""How large the page of 30,000 contacts is, how long it takes, and how soon a search answers."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from measured import table, verdict

CONTACTS, MESSAGES = 30_000, 120_000
MEGABYTES, MILLISECONDS = 15.0, 200.0
# Parts of names and employers as the sample makes them; with a stroke each, as one types.
SEARCHES = ("zo", "zoe", "bj", "bjorn lark", "quill", "thistle", "kupfer", "moon", "e", "an") * 2
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--messages", type=int, default=MESSAGES)
    asked, _ = parser.parse_known_args()
    if find_spec("playwright") is None or shutil.which("chromium") is None:
        print("not run: it needs playwright and Debian's Chromium")
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        rows = written(page, asked.contacts, asked.messages)
        opened, searches = searched(page)
        size = page.stat().st_size / 1e6
    rows += [("open in Chromium", opened), ("first search (ms)", searches[0])]
    print(table(["step", "seconds"], rows), end="\n\n")
    print(f"size: {verdict(size, MEGABYTES, 'MB')}")
    found = median(searches)
    print(f"search, median of {len(searches)}: {verdict(found, MILLISECONDS, 'ms')}")
    print(f"search, slowest: {verdict(max(searches), MILLISECONDS, 'ms')}")


def written(page: Path, contacts: int, messages: int) -> list[tuple[str, float]]:
    """Write the page of a fictional archive; return how long each step took."""
    import netquality as nq
    from netquality.page.answers import ask
    from netquality.page.build import build

    made = nq.sample(page.parent, contacts=contacts, messages=messages, log=False)
    began = [time.perf_counter()]
    network = nq.read(made.archive)
    began.append(time.perf_counter())
    answers = ask(network)
    began.append(time.perf_counter())
    page.write_text(build(network, answers, {}, title="Your network"), encoding="utf-8")
    began.append(time.perf_counter())
    steps = ("read", "ask all measures", "build the page, without charts")
    return [(step, began[i + 1] - began[i]) for i, step in enumerate(steps)]


def searched(page: Path) -> tuple[float, list[float]]:
    """Return the seconds until the page is open, and the milliseconds of each search."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        view: Any = browser.new_page(viewport={"width": 1280, "height": 900})
        errors: list[str] = []
        view.on("pageerror", lambda error: errors.append(str(error)))
        began = time.perf_counter()
        view.goto(page.as_uri(), wait_until="load")
        opened = time.perf_counter() - began
        searches = [float(view.evaluate(TYPED, text)) for text in SEARCHES]
        found = view.locator("#results tbody tr").count()
        browser.close()
    if errors or not found:
        raise SystemExit(f"The search does not work: {errors or 'nothing was found'}")
    return opened, searches


if __name__ == "__main__":
    main()
