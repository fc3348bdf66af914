"""One way to read a log of invented people; every reading must account for its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from netquality.sources.files import Bundle, Member
from netquality.sources.interactions.log import read_log
from netquality.sources.ledger import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.schema import Tables

    Read = Callable[..., Tables]


def _read(content: str | bytes, name: str = "log.csv", **options: Any) -> Tables:
    data = content.encode() if isinstance(content, str) else content
    member = Member(name, lambda: data)
    tables = read_log(member, data, Bundle(name, None, (member,), single=True), Options(**options))
    source = tables.sources.iloc[0]
    assert source["read"] == source["kept"] + source["merged"] + source["rejected"]
    assert source["rejected"] == len(tables.rejects)
    assert source["kept"] >= tables.events["row"].nunique()
    assert tables.accounts["account"].is_unique
    known = set(tables.accounts["account"])
    assert set(tables.events["sender"].dropna()) | set(tables.events["recipient"]) == known
    return tables


@pytest.fixture(scope="session")
def read() -> Read:
    return _read
