"""One way to read a file of ties; every reading must account for its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from netquality.sources.files import Bundle, Member
from netquality.sources.graphs import looks_like_graph, read_graph
from netquality.sources.ledger import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.schema import Tables


def _read(content: str | bytes, name: str = "network.graphml") -> Tables:
    data = content.encode() if isinstance(content, str) else content
    assert looks_like_graph(name, data)
    member = Member(name, lambda: data)
    tables = read_graph(member, data, Bundle(name, None, (member,), single=True), Options())
    source = tables.sources.iloc[0]
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert source["rejected"] == len(tables.rejects)
    known = set(tables.accounts["account"])
    assert tables.accounts["account"].is_unique
    assert set(tables.given["a"]) | set(tables.given["b"]) <= known
    assert tables.given["strength"].between(0, 1).all()
    return tables


def _ties(tables: Tables) -> dict[tuple[str, str], list[float | None]]:
    names = tables.accounts.set_index("account")["value"]
    given = tables.given
    figures = given[["strength", "out", "in"]].astype("Float64").astype("object")
    plain = figures.where(figures.notna(), None).to_numpy().tolist()
    return dict(
        zip(zip(given["a"].map(names), given["b"].map(names), strict=True), plain, strict=True)
    )


@pytest.fixture(scope="session")
def read() -> Callable[..., Tables]:
    return _read


@pytest.fixture(scope="session")
def ties() -> Callable[..., Any]:
    """Given ties by the ids of both people: strength, out, in."""
    return _ties
