"""A network of four people, small enough to know every cell by heart."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from netquality import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.network import Network

NAN = float("nan")
PEOPLE = {
    "me-sample": "Wren Fiddlewick",
    "zora": "Zora Quillfeather",
    "milo": "=HYPERLINK(1)",
    "+41 00": "Odo\u202e <b>&\x00",
}


def days(values: list[str | None]) -> pd.Series:
    return pd.Series(values, dtype="datetime64[s]")


def ties_table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "a": "me-sample",
            "b": ["milo", "zora", "+41 00"],
            "strength": [0.1 + 0.2, 0.9, NAN],
            "strength_low": [0.2, 0.8, NAN],
            "strength_high": [0.9, 0.95, NAN],
            "latent": [0.5, 0.95, NAN],
            "standing": NAN,
            "grade": ["weak", "strong", "silent"],
            "basis": ["observed", "observed", "declared"],
            "probability": 1.0,
            "out": [3.0, 12.0, NAN],
            "in": [0.0, 11.0, NAN],
            "days": [3.0, 20.0, NAN],
            "first": days(["1970-01-03", "1970-01-04", None]),
            "last": days(["1970-01-13", "1970-01-20", None]),
            "two_way": [False, True, False],
            "one_to_one": [0.5, 1.0, NAN],
            "connected": days([None, "1970-01-02", "1970-01-02"]),
        }
    )


def people_table() -> pd.DataFrame:
    ids = pd.Index(list(PEOPLE), name="person")
    frame = pd.DataFrame({"name": list(PEOPLE.values())}, index=ids).assign(
        kind="person",
        ego=[True, False, False, False],
        profile=[None, "zora", "milo", None],
        mail=[None, "zora@example.org", None, None],
        phone=[None, None, None, "+41 00"],
        employer=[None, "Owl & Anvil", None, None],
        title=None,
    )
    frame = frame.astype(dict.fromkeys(frame.columns.drop("ego"), "str"))
    connected = days([None, "1970-01-02", None, "1970-01-02"]).set_axis(ids)
    return frame.assign(connected=connected, accounts=1, ambiguous=False)


def graph_of(people: pd.DataFrame, ties: pd.DataFrame) -> nx.Graph[str]:
    """As the interface promises it: `weight` and friends on edges, unknown dates absent."""
    graph: nx.Graph[str] = nx.Graph()
    for person in reversed(people.index):
        row = people.loc[person]
        graph.add_node(person, name=row["name"], employer=row["employer"], ego=np.bool_(row["ego"]))
    for tie in ties.to_dict("records"):
        known = {"first": str(tie["first"].date())} if pd.notna(tie["first"]) else {}
        sessions = {"out": tie["out"], "in": tie["in"]}
        strength = np.float64(tie["strength"])
        graph.add_edge(tie["a"], tie["b"], weight=strength, basis=tie["basis"], **sessions, **known)
    return nx.freeze(graph)


def sources_table() -> pd.DataFrame:
    return schema.as_table(
        "sources",
        {
            "source": ["s", "u"],
            "name": ["messages.csv", "Logins.csv"],
            "bundle": "export.zip",
            "format": ["linkedin/messages", "linkedin/unused"],
            "zone": "UTC (assumed)",
            "shows": ["message", None],
            "first": [2, None],
            "last": [20, None],
            "read": [17, 5],
            "kept": [14, 0],
            "rejected": [3, 0],
            "unused": [None, "It holds no contact."],
        },
    )


def events_table() -> pd.DataFrame:
    """One message: enough to say that these files show contact."""
    row = {"event": ["e"], "day": 2, "precision": "day", "kind": "message"}
    return schema.as_table("events", {**row, "channel": "linkedin", "source": "s"})


@pytest.fixture
def make() -> Callable[..., Network]:
    """Make the network, with attributes changed as told."""

    def made(**changed: Any) -> Any:
        people, ties = people_table(), ties_table()
        rejects = {"source": "s", "row": [4, 7, 9], "reason": ["no date", "no date", "too short"]}
        parts: dict[str, Any] = {
            "ties": ties,
            "people": people,
            "graph": graph_of(people, ties),
            "sources": sources_table(),
            "events": events_table(),
            "rejects": schema.as_table("rejects", rejects),
            "egos": ("me-sample",),
            "ego": "me-sample",
            "as_of": 20,
            "relative": False,
            "timeless": False,
            "notes": ("UTC is assumed.",),
        }
        return SimpleNamespace(**(parts | changed))

    return made


@pytest.fixture
def network(make: Callable[..., Network]) -> Network:
    return make()
