"""Networks, profiles and introductions of invented people, and a page read back as a tree."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from netquality import measures, schema
from netquality.network import build as build_network
from netquality.page.answers import Answers
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
    ).astype({"a": "str", "b": "str"})
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
        "pseudonymous": False,
        "routes": pd.DataFrame(columns=["owner", "owner_name", "name", "employer", "title"]),
        "notes": ("UTC is assumed.",),
        "cut": 0.837,
    }
    return SimpleNamespace(**(parts | changed))


def people(ids: list[str], names: list[str], egos: tuple[str, ...]) -> pd.DataFrame:
    years = [f"{2019 + i % 3}-05-01" for i in range(len(ids))]
    columns = {
        "name": pd.Series(names, dtype="str"),
        "kind": pd.Series(["person"] * len(ids), dtype="str"),
        "ego": pd.Series([each in egos for each in ids], dtype=bool),
        "profile": pd.Series([f"slug-{each}" for each in ids], dtype="str"),
        "employer": pd.Series(["Owl & Anvil"] * len(ids), dtype="str"),
        "title": pd.Series(["Lamplighter"] * len(ids), dtype="str"),
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
        ["contacts", "active", "two_way", "close", "strong", "weak", "silent"], 7
    )
    row |= {"active": 143, "active_low": 128.2, "active_high": 158.0}
    row |= {"reach": NAN, "diversity": 5.25, "employers": NAN, "one_to_one": 0.5}
    row |= {"one_to_one_low": 0.41, "one_to_one_high": 0.62, "two_way_share": 0.25}
    row |= {"fame": 0.31, "intimacy": 0.4, "intimacy_low": 0.35, "intimacy_high": 0.5}
    row |= {"close_low": 5.0, "close_high": 9.0, "unseen": 0.4} | changed
    frame = pd.DataFrame(row, index=pd.Index(persons, name="person", dtype="str"))
    favours = {"favour": ["reply", "introduction"], "low": [12.0, 2.0], "high": [40.0, 9.0]}
    favours |= {"ceiling": [60.0, 21.0], "warrant": ["assumed"] * 2}
    helpers = pd.DataFrame({"person": persons[:1] * 2, **favours} if persons else {**favours})
    helpers = helpers if persons else helpers.iloc[:0]
    return SimpleNamespace(frame=frame, helpers=helpers, coverage=("Posts were not read.",))


def past(persons: list[str]) -> Any:
    """Two days a person: in contact with 100, then with 143."""
    rows = [
        {"person": person, "day": 20_777 - ago, "label": label, "active": active}
        for person in persons
        for ago, label, active in ((365, "2025-11-20", 100), (0, "2026-11-20", 143))
    ]
    frame = pd.DataFrame(rows, columns=["person", "day", "label", "active"])
    every = list(measures.past.past(build_network(schema.Tables())).frame.columns)
    for column in [name for name in every if name not in frame]:
        frame[column] = NAN if column.endswith(("_low", "_high")) else 0.25
    said = ("An export keeps the past as known today.",)
    return measures.past.Past(frame[every], 20_777, coverage=said)


def circles(persons: list[str], *, reason: str = "fewer than 30 ties", weekly: float = 3) -> Any:
    bands = {"weekly": weekly, "monthly": 4.0, "seasonal": 5.0, "yearly": 6.0, "rarer": 7.0}
    layers = {"ties": 18, "circles": 2, "sizes": "5, 18", "reason": reason}
    index = pd.Index(persons, name="person", dtype="str")
    return SimpleNamespace(
        bands=pd.DataFrame(bands, index=index),
        layers=pd.DataFrame(layers, index=index),
        coverage=("Bands are absolute rates.",),
    )


def flows(made: Any) -> tuple[Any, Any]:
    """Reciprocity and initiative: of each tie with contact 30 sessions out, 10 in."""
    ties = made.ties[made.ties["out"].notna()]
    frame = pd.DataFrame({"person": ties["a"], "alter": ties["b"]}).reset_index(drop=True)
    count = range(len(frame))
    both = frame.assign(
        **{
            "out": [30.0 - i for i in count],
            "in": 10.0,
            "balance": 0.75,
            "given": 22.5,
            "received": 7.0,
        }
    )
    starts = {"conversations": 8.0, "started": 6.0, "initiative": 0.75, "reply_rate": 0.5}
    starts |= {"reply_rate_low": 0.25, "reply_rate_high": 0.75, "own_rate": NAN}
    starts |= {"own_rate_low": NAN, "own_rate_high": NAN, "wait_hours": 4.4, "own_wait_hours": NAN}
    totals = pd.DataFrame(starts, index=pd.Index(sorted(set(frame["person"])), name="person"))
    said = ("Over all that was seen.",)
    return (
        SimpleNamespace(frame=both, coverage=said),
        SimpleNamespace(frame=frame.assign(**starts), totals=totals, coverage=said),
    )


def broadcast(persons: list[str], **changed: Any) -> Any:
    row: dict[str, Any] = {"personal": 579.0, "many": 65.0, "mailings": 31.0, "posts": 1.0}
    row |= {"one_to_one": 0.9, "one_to_one_low": 0.86, "one_to_one_high": 0.93}
    row |= {"habit": "handshake", "per_thousand": NAN, "per_handshake": 0.71} | changed
    stamps = pd.to_datetime(["2026-09-01", "2026-10-01"])
    months = {"person": "p0", "month": stamps, "people": [8, 9], "depth": [1.5, 2.0]}
    months |= {"personal": 20, "many": 3, "posts": 0}
    return SimpleNamespace(
        frame=pd.DataFrame(row, index=pd.Index(persons, name="person", dtype="str")),
        months=pd.DataFrame(months),
        coverage=("Whom posts reach is not in these files.",),
    )


def silence(made: Any) -> Any:
    """Every second tie with contact is silent for ten times its usual gap."""
    ties = made.ties[made.ties["last"].notna()].reset_index(drop=True)
    frame = pd.DataFrame({"person": ties["a"], "alter": ties["b"], "last": ties["last"]})
    frame = frame.assign(silent_days=120.0, usual_gap=12.0, times=10.0, latent=ties["latent"])
    frame["gone"] = pd.array([i % 2 == 0 for i in range(len(frame))], dtype="boolean")
    frame["was_strong"] = pd.array([True] * len(frame), dtype="boolean")
    quarters = pd.DataFrame(
        {
            "person": "p0",
            "quarter": pd.to_datetime(["2026-01-01", "2026-04-01"]),
            "ties": [2, 3],
            "were_strong": [1.0, NAN],
        }
    )
    quarters = quarters if len(frame) else quarters.iloc[:0]
    if made.relative:
        quarters["quarter"] = list(range(len(quarters)))
    return SimpleNamespace(frame=frame, quarters=quarters, coverage=("Not all is seen.",))


def structure(persons: list[str], reason: str | None = "star") -> Any:
    row = {"ties": 7, "constraint": 0.25, "effective_size": 4.5, "clustering": 0.5}
    frame = pd.DataFrame(row, index=pd.Index(persons, name="person", dtype="str"))
    frame["reason"] = pd.Series([reason] * len(frame), index=frame.index, dtype="str")
    return SimpleNamespace(frame=frame, coverage=("The figures stand on 4 ties.",))


def multiplexity(made: Any) -> Any:
    ties = made.ties.reset_index(drop=True)
    frame = pd.DataFrame({"person": ties["a"], "alter": ties["b"]})
    frame = frame.assign(in_common=[2.0, *[NAN] * (len(frame) - 1)][: len(frame)])
    frame = frame.assign(common="owls, anvils", media=NAN, channels=None, roles=1.0)
    return SimpleNamespace(frame=frame.assign(role_names="connection"), coverage=("Counted.",))


def rings(made: Any) -> Any:
    ties = made.ties[made.ties["out"].notna()].reset_index(drop=True)
    frame = pd.DataFrame({"alter": ties["b"], "strength": ties["strength"], "grade": ties["grade"]})
    frame = frame.assign(ring=1, radius=0.5, angle=np.linspace(0, 3, len(frame)))
    bands = pd.DataFrame({"ring": [1, 2], "inner": [0.1, 0.5], "outer": [0.5, 1.0]})
    groups = {"group": ["<b>Owl & Anvil</b>", ""], "start": [0.0, 3.0], "end": [3.0, 6.28]}
    sectors = pd.DataFrame(groups)
    return SimpleNamespace(frame=frame, bands=bands, sectors=sectors, coverage=("1 is not drawn.",))


def answers(made: Any, persons: list[str], **changed: Any) -> Answers:
    reciprocity, initiative = flows(made)
    every = {
        "profile": profile(persons),
        "past": past(persons),
        "circles": circles(persons),
        "structure": structure(persons),
        "multiplexity": multiplexity(made),
        "reciprocity": reciprocity,
        "initiative": initiative,
        "broadcast": broadcast(persons),
        "silence": silence(made),
        "rings": rings(made) if made.ego is not None else None,
        "introductions": introductions([]),
    }
    return Answers(**(every | changed))


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
            "knows": [0.9, NAN, 0.05][:count] + [0.1] * (count - 3),
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

    def captioned(self, caption: str) -> list[Node]:
        tables = self.tree.all("table")
        return [node for node in tables if node.all("caption")[0].words == caption]

    def data(self, name: str) -> Any:
        """What the page's script reads under this name."""
        (block,) = [node for node in self.tree.all("script") if node.attrs.get("id") == name]
        return json.loads(block.words)

    def table(self, caption: str) -> list[list[str]]:
        """The cells of a table, headings first."""
        (found,) = self.captioned(caption)
        cells = ([c.text() for c in row.children if c.tag in "thtd"] for row in found.all("tr"))
        return [[" ".join(cell.split()) for cell in row] for row in cells]


@pytest.fixture
def room() -> SimpleNamespace:
    """The makers above, as one thing to ask for."""
    makers = (network, profile, introductions, answers, circles, structure, broadcast)
    return SimpleNamespace(picture=PNG, **{make.__name__: make for make in makers})


@pytest.fixture
def page() -> Callable[..., Page]:
    """Build a page of a network and read it back."""

    def built(made: Any, *, pairs: Any = None, pictures: Any = None, **how: Any) -> Page:
        persons = how.pop("persons", list(made.egos))
        how.setdefault("title", "Your network")
        given = how.pop("answers", {}) | ({} if pairs is None else {"introductions": pairs})
        html = build(made, answers(made, persons, **given), pictures or {}, **how)
        return Page(html, Tree(html).root)

    return built
