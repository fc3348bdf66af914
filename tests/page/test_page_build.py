"""The page as a whole: it loads nothing, runs nothing, and can be read by everybody."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from netquality.errors import BadInput
from netquality.page import policy
from netquality.page.build import PICTURES, build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ["Wren Fiddlewick", "Zora Quillfeather", "Milo Thistledown", "Odo Marrowby", "Pim Larkspur"]
HOSTILE = [
    "Wren",
    "<script>alert(1)</script>",
    '"><img src=x onerror=1>',
    "Zora\u202eevil\u2069",
    "Odo\x00\x1b[31m\u2028",
    "x" * 10_000,
    "$x_$",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;",
    "javascript:alert(3)",
]
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'


def full(room: Any, names: list[str]) -> dict[str, Any]:
    pairs = [(f"p{i}", f"p{i + 1}") for i in range(1, len(names) - 1)]
    made = room.network(names, notes=tuple(names))
    return {"made": made, "pairs": room.introductions(pairs, heading=names[1])}


@pytest.fixture(params=["full", "hostile", "bare", "group", "empty"])
def any_page(request: pytest.FixtureRequest, room: Any, page: Callable[..., Any]) -> Any:
    pictures = dict.fromkeys(PICTURES, room.picture)
    if request.param == "full":
        return page(**full(room, NAMES), pictures=pictures)
    if request.param == "hostile":
        return page(**full(room, HOSTILE), pictures=pictures, title=HOSTILE[1])
    if request.param == "bare":
        return page(room.network(NAMES, messages=False), pictures=pictures)
    if request.param == "group":
        made = room.network(NAMES, egos=(), relative=True)
        return page(made, persons=list(made.people.index), pictures=pictures)
    return page(room.network([]))


def test_it_loads_nothing(any_page: Any) -> None:
    tags = {tag: any_page.tree.all(tag) for tag in ("link", "iframe", "object", "base")}
    assert not any(tags.values())
    for node in every(any_page.tree):
        assert not [name for name in node.attrs if name.startswith("on")]
        assert "style" not in node.attrs
        for name in ("src", "srcset", "action", "data"):
            assert re.match(r"data:image/|$", node.attrs.get(name) or ""), node.attrs
        assert re.match(
            r"#|https://www\.linkedin\.com/in/[\w%.~-]+$", node.attrs.get("href") or "#"
        )
    style = "".join(node.words for node in any_page.tree.all("style"))
    assert "url(" not in style
    assert "@import" not in style


def test_it_runs_one_script_of_ours_and_nothing_else(any_page: Any) -> None:
    scripts = any_page.tree.all("script")
    running = [node for node in scripts if node.attrs.get("type") != "application/json"]
    assert [node.words for node in running] == [str(policy.script())]
    for node in scripts:
        if node not in running:
            json.loads(node.words)
            assert not re.search("[<>&\u2028\u2029]", node.words)


def test_links_leave_without_a_trace(any_page: Any) -> None:
    leaving = [node for node in any_page.tree.all("a") if node.attrs["href"][0] != "#"]
    assert all(node.attrs["rel"] == "noreferrer noopener" for node in leaving)


def test_the_policy_lets_in_what_the_page_brings_by_its_hash(any_page: Any) -> None:
    meta = any_page.tree.all("meta")
    (said,) = [node.attrs["content"] for node in meta if "http-equiv" in node.attrs]
    rules = dict(rule.split(" ", 1) for rule in said.split("; "))
    (style,) = any_page.tree.all("style")
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": f"'sha256-{digest(style.words)}'",
        "script-src": f"'sha256-{digest(str(policy.script()))}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert [n.attrs["content"] for n in meta if n.attrs.get("name") == "referrer"] == [
        "no-referrer"
    ]


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_everybody_can_read_it(any_page: Any) -> None:
    tree = any_page.tree
    assert [node.attrs["lang"] for node in tree.all("html")] == ["en"]
    assert all(node.attrs["scope"] in ("col", "row") for node in tree.all("th"))
    assert all(table.children[0].tag == "caption" for table in tree.all("table"))
    assert all(node.attrs["alt"] for node in tree.all("img"))
    assert [len(tree.all(tag)) for tag in ("main", "header", "footer", "nav", "h1")] == [1] * 5
    ids = [node.attrs["id"] for node in every(tree) if "id" in node.attrs]
    assert len(ids) == len(set(ids))
    targets = {node.attrs["href"] for node in tree.all("a")}
    assert {target[1:] for target in targets if target[0] == "#"} <= set(ids)
    labelled = {n.attrs[a] for n in every(tree) for a in ("aria-labelledby", "for") if a in n.attrs}
    assert labelled <= set(ids)
    assert tree.all("a")[0].attrs["href"] == "#content"


def test_rows_have_as_many_cells_as_headings(any_page: Any) -> None:
    for table in any_page.tree.all("table"):
        widths = {len([c for c in row.children if c.tag in "thtd"]) for row in table.all("tr")}
        assert len(widths) == 1


def test_unknown_is_never_shown_as_nan(any_page: Any) -> None:
    shown = [n.text() for n in any_page.tree.all("body")[0].children if n.tag != "script"]
    data = [any_page.tree.text()] if "data-ties" in any_page.html else []
    assert not any(re.search(r"\b(nan|NaN|NaT|None|<NA>|inf)\b", text) for text in shown)
    assert not any(re.search(r"\bNaN\b|:null", text) for text in data)


def every(node: Any) -> list[Any]:
    return [node, *(below for child in node.children for below in every(child))]


def test_hostile_names_stay_text(room: Any, page: Callable[..., Any]) -> None:
    hostile = page(**full(room, HOSTILE), title=HOSTILE[1])
    said = hostile.tree.text()
    assert hostile.tree.all("h1")[0].words == "<script>alert(1)</script>"
    cells = {row[0] for row in hostile.table("Ties, strongest first")}
    assert {HOSTILE[1], HOSTILE[2], "$x_$", "{{ 7 * 7 }}{% raw %}", "&lt;b&gt;"} <= cells
    assert "Zoraevil" in said
    assert not re.search("[\x00-\x08\x0b-\x1f\u2028-\u202e\u2066-\u2069]", hostile.html)
    # The fake employer at the rim of the ego map is marked up too.
    assert "<b>" not in hostile.html
    assert hostile.data("data-crowd")["names"][1:3] == HOSTILE[1:3]
    assert set(hostile.data("data-ties")["columns"][0]) >= set(HOSTILE[6:10])
    assert "x" * 1000 not in hostile.html


def test_the_sections_come_in_order(room: Any, page: Callable[..., Any]) -> None:
    sections = [n.attrs["id"] for n in page(**full(room, NAMES)).tree.all("section")]
    assert sections == [
        *("shows", "profile", "ties", "circles", "give", "megaphone", "dormant", "introductions"),
        *("structure", "multiplexity", "contacts", "read"),
    ]


def test_the_header_says_as_of_when_and_what_was_found(room: Any, page: Callable[..., Any]) -> None:
    (header,) = page(**full(room, NAMES)).tree.all("header")
    assert "As of 2026-11-20" in header.text()
    assert "2 strong ties and 1 weak one; with 1 more contact it shows none." in header.text()


def test_a_graph_without_dates_is_not_dated(room: Any, page: Callable[..., Any]) -> None:
    (header,) = page(room.network(NAMES, timeless=True)).tree.all("header")
    assert "Without dates" in header.text()
    assert "As of" not in header.text()


def test_the_footer_says_what_a_score_is_not(room: Any, page: Callable[..., Any]) -> None:
    (footer,) = page(**full(room, NAMES)).tree.all("footer")
    assert "never what a person is worth" in footer.text()
    assert "nothing was sent anywhere" in footer.text()


def test_pictures_are_inside_the_file(room: Any, page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "ties.svg"
    path.write_bytes(SVG)
    pictures = dict.fromkeys(PICTURES, room.picture) | {"ties": path}
    alts = {"ties": 'Chart of "ties"'}
    images = page(**full(room, NAMES), pictures=pictures, alts=alts).tree.all("img")
    kinds = [image.attrs["src"].partition(";")[0] for image in images]
    assert kinds.count("data:image/png") == 5  # the path stands for the profile
    assert kinds.count("data:image/svg+xml") == 1
    images = [images[0], images[kinds.index("data:image/svg+xml")]]
    assert base64.b64decode(images[1].attrs["src"].partition(",")[2]) == SVG
    assert images[1].attrs["alt"] == 'Chart of "ties"'
    assert "tables beside it" in images[0].attrs["alt"]


@pytest.mark.parametrize(("name", "data"), [("ties", b"GIF89a"), ("logo", SVG)])
def test_what_is_no_chart_is_refused(room: Any, name: str, data: bytes) -> None:
    made = room.network(NAMES)
    with pytest.raises(BadInput, match=f"{name!r} has no place") as caught:
        build(made, room.answers(made, ["p0"]), {name: data}, title="x")
    assert "PNG or SVG" in caught.value.accepted


def test_the_same_network_gives_the_same_page(room: Any, page: Callable[..., Any]) -> None:
    assert page(**full(room, NAMES)).html == page(**full(room, NAMES)).html
    assert page(**full(room, NAMES)).html.startswith("<!doctype html>")


def test_without_introductions_the_section_says_so(room: Any) -> None:
    made = room.network(NAMES)
    html = build(made, room.answers(made, ["p0"], introductions=None), {}, title="x")
    assert "No pair to introduce was found." in html
