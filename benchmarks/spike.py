"""Which technique the page rests on: Bokeh's own code, or a short script of ours, under one policy.

``python benchmarks/spike.py`` makes one page with two linked scatter plots and a table of the same
points, opens it in Chromium and prints a table. Bokeh is no dependency of the project:
``pip install bokeh`` before, ``pip uninstall bokeh xyzservices narwhals PyYAML`` after.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import random
import re
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from measured import table

SIZES = (2_000, 30_000)
ROUNDS = 5
FIRST = ("Zora", "Milo", "Odo", "Wren", "Pim", "Zoë", "Juniper", "Caspian")
LAST = ("Quillfeather", "Thistledown", "Marrowby", "Fiddlewick", "Larkspur", "Yarrowgate")
POLICY = "default-src 'none'; img-src data:; style-src {}; script-src {}"
WATCH = """window.stopped = [];
document.addEventListener('securitypolicyviolation', e => stopped.push(e.effectiveDirective));"""
OURS = """
const rows = JSON.parse(document.getElementById('rows').textContent);
const fold = t => t.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
const folded = rows.map(r => fold(r[0]));
const body = document.querySelector('tbody'), said = document.querySelector('output');
const marks = [...document.querySelectorAll('circle')];
const sheets = document.querySelectorAll('canvas');
function draw(hits) {
  body.replaceChildren(...hits.slice(0, 50).map(i => {
    const line = document.createElement('tr');
    for (const cell of rows[i]) line.insertCell().textContent = cell;
    return line;
  }));
  said.textContent = hits.length + ' of ' + rows.length;
  const wanted = new Set(hits);
  marks.forEach((mark, i) => mark.classList.toggle('off', !wanted.has(i % rows.length)));
  sheets.forEach((sheet, k) => {
    const pen = sheet.getContext('2d');
    pen.clearRect(0, 0, 600, 400);
    rows.forEach((row, i) => {
      pen.fillStyle = wanted.has(i) ? '#0b5c94' : '#ddd';
      pen.fillRect(600 * row[1 + k] - 2, 400 * row[2 - k] - 2, 4, 4);
    });
  });
}
document.querySelector('input').addEventListener('input', event => {
  const began = performance.now(), text = fold(event.target.value), hits = [];
  folded.forEach((name, i) => { if (name.includes(text)) hits.push(i); });
  draw(hits);
  requestAnimationFrame(() => setTimeout(() => { window.took = performance.now() - began; }));
});
draw(rows.map((_, i) => i));
"""


def points(number: int) -> list[tuple[str, float, float]]:
    chance = random.Random(7)
    return [
        (
            f"{chance.choice(FIRST)} {chance.choice(LAST)} {i}",
            round(chance.random(), 4),
            round(chance.random(), 4),
        )
        for i in range(number)
    ]


def hashed(texts: list[str]) -> str:
    sums = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in sums) or "'none'"


def guarded(html: str) -> str:
    """Put the policy in front: every script and style of the file by its hash, nothing else."""
    head, watch = "<head>", f"<script>{WATCH}</script>"
    html = html.replace(head, head + watch, 1)
    scripts = re.findall(r"<script(?: type=\"text/javascript\")?>(.*?)</script>", html, re.S)
    styles = re.findall(r"<style[^>]*>(.*?)</style>", html, re.S)
    policy = POLICY.format(hashed(styles), hashed(scripts))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(head, f'{head}<meta charset="utf-8">{meta}', 1)


def ours(rows: list[tuple[str, float, float]], how: str) -> str:
    if how == "svg":
        spots = ("".join(f'<circle cx="{600 * r[1 + k]:.1f}" cy="{400 * r[2 - k]:.1f}" r="3"/>'
                         for r in rows) for k in (0, 1))  # fmt: skip
        drawn = "".join(f'<svg width="600" height="400">{each}</svg>' for each in spots)
    else:
        drawn = '<canvas width="600" height="400"></canvas>' * 2
    data = json.dumps(rows, ensure_ascii=False).replace("<", "\\u003c")
    return guarded(
        "<!doctype html><html><head><style>.off{opacity:.1}</style></head><body>"
        f"<input><output></output>{drawn}<table><tbody></tbody></table>"
        f'<script type="application/json" id="rows">{data}</script><script>{OURS}</script></body>'
    )


def bokeh(rows: list[tuple[str, float, float]]) -> str:
    embed, layouts = (
        importlib.import_module("bokeh.embed"),
        importlib.import_module("bokeh.layouts"),
    )
    models, plotting = (importlib.import_module(f"bokeh.{m}") for m in ("models", "plotting"))
    inline = importlib.import_module("bokeh.resources").INLINE
    name, x, y = (list(each) for each in zip(*rows, strict=True))
    source = models.ColumnDataSource({"name": name, "x": x, "y": y})
    plots = []
    for across, up in (("x", "y"), ("y", "x")):
        plot = plotting.figure(
            width=600, height=400, tools="box_select,hover", output_backend="canvas"
        )
        plot.scatter(across, up, source=source)
        plots.append(plot)
    columns = [models.TableColumn(field=each, title=each) for each in ("name", "x", "y")]
    grid = models.DataTable(source=source, columns=columns, width=600)
    return guarded(embed.file_html(layouts.column(layouts.row(*plots), grid), inline, "Spike"))


def opened(browser: Any, path: Path, waits_for: str) -> tuple[float, int, float]:
    """Return the seconds until the page is drawn, the violations, and ms from typing to rows."""
    page = browser.new_page()
    began = time.perf_counter()
    page.goto(path.as_uri())
    try:
        page.wait_for_selector(waits_for, timeout=20_000, state="attached")
        seconds = time.perf_counter() - began
    except Exception:
        seconds = float("nan")
    took = []
    if page.locator("input").count() and waits_for != ".bk-Figure":
        for word in ("zoe", "marrow", "zoe quill", "pim", "1999")[:ROUNDS]:
            page.evaluate("() => { window.took = undefined; }")
            page.fill("input", word)
            page.wait_for_timeout(700)
            took.append(page.evaluate("() => window.took"))
    stopped = page.evaluate("() => window.stopped.length")
    page.close()
    return seconds, stopped, median(map(float, took)) if took else float("nan")


def main() -> None:
    from playwright.sync_api import sync_playwright

    makers = {
        "own script, SVG": (lambda rows: ours(rows, "svg"), "tbody tr"),
        "own script, canvas": (lambda rows: ours(rows, "canvas"), "tbody tr"),
        "Bokeh, no CustomJS": (bokeh, ".bk-Figure"),
    }
    lines = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for number in SIZES:
            for name, (make, waits_for) in makers.items():
                target = Path(folder, "spike.html")
                try:
                    html = make(points(number))
                except ModuleNotFoundError:
                    print("Bokeh is not installed: its lines are left out.\n")
                    continue
                target.write_text(html, encoding="utf-8")
                found = opened(browser, target, waits_for)
                lines.append((name, f"{number:,}", target.stat().st_size / 1e6, *found))
        browser.close()
    heads = ["page", "points", "MB", "seconds to draw", "violations", "ms from typing to the table"]
    print(table(heads, lines))


if __name__ == "__main__":
    main()
