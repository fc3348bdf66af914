"""Networks, profiles and introductions of invented people, and a page read back as a tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from netquality import schema
from netquality.page.build import build

if TYPE_CHECKING:
    from collections.abc import Callable

NAN = float("nan")
VOID = {"meta", "img", "br", "hr", "link", "input"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16
EXPORT = "Complete_LinkedInDataExport_11-20-2026.zip"
START = pd.Timestamp("2026-11-20")


def network(
    names: list[str],
    *,
    messages: bool = True,
    egos: tuple[str, ...] = ("p0",),
    strength: list[float] | None = None,
    **changed: Any,
) -> Any:
    """Make a star round p0: strong, weak and silent in turn, or all silent without messages."""
    ids = [f"p{i}" for i in range(len(names))]
    count = max(len(ids) - 1, 0)
    grades = [("strong", "weak", "silent")[i % 3] if messages else "silent" for i in range(count)]
    seen = np.array([grade != "silent" for grade in grades], dtype=bool)
    scores = np.array(strength or [0.9 - 0.6 * (i % 3 > 0) - i / 1000 for i in range(count)])
    last = pd.Series([START] * count, dtype="datetime64[s]").where(pd.Series(seen, dtype=bool))
    ties = pd.DataFrame(
        {
            "a": ids[:1] * count,
            "b": ids[1:],
            "strength": np.where(seen, scores, NAN),
            "latent": np.where(seen, np.minimum(scores + 0.2, 0.99), NAN),
            "grade": grades,
            "basis": ["observed" if each else "declared" for each in seen],
            "out": np.where(seen, 1234.0, NAN),
            "in": np.where(seen, 0.0, NAN),
            "last": last,
        }
    )
    parts: dict[str, Any] = {
        "ties": ties,
        "people": people(ids, names, egos),
        "egos": egos if names else (),
        "ego": egos[0] if len(egos) == 1 and names else None,
        "sources": sources(messages),
        "rejects": schema.empty("rejects"),
        "as_of": 20_777,
        "relative": False,
        "timeless": False,
        "notes": ("UTC is assumed.",),
        "cut": 0.837,
    }
    return SimpleNamespace(**(parts | changed))


def people(ids: list[str], names: list[str], egos: tuple[str, ...]) -> pd.DataFrame:
    years = [f"{2019 + i % 3}-05-01" for i in range(len(ids))]
    columns = {
        "name": pd.Series(names, dtype="str"),
        "ego": pd.Series([each in egos for each in ids], dtype=bool),
        "employer": pd.Series(["Owl & Anvil"] * len(ids), dtype="str"),
        "connected": pd.Series(years, dtype="datetime64[s]"),
    }
    return pd.DataFrame(columns).set_axis(pd.Index(ids, name="person", dtype="str"))


def sources(messages: bool) -> pd.DataFrame:
    formats = ["linkedin/connections", *(["linkedin/messages"] if messages else [])]
    rows = len(formats)
    return schema.as_table(
        "sources",
        {
            "source": [*formats, "u"],
            "name": [*(f"{each.split('/')[1].title()}.csv" for each in formats), "Logins.csv"],
            "bundle": EXPORT,
            "format": [*formats, "linkedin/unused"],
            "zone": "UTC (assumed)",
            "read": [1234] * rows + [5],
            "kept": [1230] * rows + [0],
            "rejected": [4] * rows + [0],
            "last": [20_777] * rows + [None],
            "unused": [None] * rows + ["It holds no contact with anybody."],
        },
    )


def profile(persons: list[str], **changed: Any) -> Any:
    row: dict[str, Any] = dict.fromkeys(
        ["contacts", "active", "two_way", "strong", "weak", "silent", "weekly", "monthly"], 7
    )
    row |= dict.fromkeys(["seasonal", "yearly", "rarer"], 2)
    row |= {"reach": NAN, "diversity": 5.25, "employers": NAN, "one_to_one": 0.5}
    row |= {"two_way_share": 0.25, "helpers_low": 2.0, "helpers_high": 9.0, "fame": 0.31}
    row |= {"intimacy_low": 0.4, "intimacy_high": 0.83} | changed
    frame = pd.DataFrame(row, index=pd.Index(persons, name="person", dtype="str"))
    favours = {"favour": ["reply"], "low": [12.0], "high": [40.0], "warrant": ["assumed"]}
    helpers = pd.DataFrame({"person": persons[:1], **favours} if persons else {})
    return SimpleNamespace(frame=frame, helpers=helpers, coverage=["Posts were not read."])


def introductions(pairs: list[tuple[str, str]], **changed: Any) -> Any:
    count = len(pairs)
    frame = pd.DataFrame(
        {
            "rank": range(1, count + 1),
            "introducer": "p0",
            "a": [a for a, _ in pairs],
            "b": [b for _, b in pairs],
            "score": 0.5,
            "yes_a": 0.5,
            "yes_b": 0.75,
            "knows": [0.9, NAN, 0.1][:count] + [0.1] * (count - 3),
            "acquainted": [True, False, False][:count] + [False] * (count - 3),
            "reasons": ["Both keep owls."] * count,
        }
    )
    parts: dict[str, Any] = {"frame": frame, "considered": 1225, "possible": 4950}
    parts |= {"heading": "Two people who would both answer you", "notes": ("No asks were seen.",)}
    return SimpleNamespace(**(parts | changed))


@dataclass
class Node:
    """An element of the page."""

    tag: str
    attrs: dict[str, str | None]
    children: list[Node] = field(default_factory=list)
    words: str = ""

    def all(self, tag: str) -> list[Node]:
        found = [self] if self.tag == tag else []
        return found + [node for child in self.children for node in child.all(tag)]

    def text(self) -> str:
        return " ".join([self.words, *(child.text() for child in self.children)])


class Tree(HTMLParser):
    """Read HTML strictly: every element that opens must close, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(html)
        self.close()
        assert self.open == [self.root], f"<{self.open[-1].tag}> is not closed."

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>."
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].words += data


@dataclass(frozen=True)
class Page:
    """A page as text and as a tree."""

    html: str
    tree: Node

    def section(self, name: str) -> Node:
        (found,) = [node for node in self.tree.all("section") if node.attrs["id"] == name]
        return found

    def table(self, caption: str) -> list[list[str]]:
        """The cells of a table, headings first."""
        (found,) = [
            node for node in self.tree.all("table") if node.all("caption")[0].words == caption
        ]
        cells = ([c.text() for c in row.children if c.tag in "thtd"] for row in found.all("tr"))
        return [[" ".join(cell.split()) for cell in row] for row in cells]


@pytest.fixture
def room() -> SimpleNamespace:
    """The makers above, as one thing to ask for."""
    return SimpleNamespace(
        network=network, profile=profile, introductions=introductions, picture=PNG
    )


@pytest.fixture
def page() -> Callable[..., Page]:
    """Build a page of a network and read it back."""

    def built(made: Any, *, pairs: Any = None, pictures: Any = None, **how: Any) -> Page:
        persons = how.pop("persons", list(made.egos))
        how.setdefault("title", "Your network")
        how.setdefault("profile", profile(persons))
        result = introductions([]) if pairs is None else pairs
        html = build(made, how.pop("profile"), result, pictures or {}, **how)
        return Page(html, Tree(html).root)

    return built
