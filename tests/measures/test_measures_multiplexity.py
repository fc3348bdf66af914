"""Things in common, media and roles: three figures, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import netquality as nq
from netquality.network import build
from netquality.schema import Tables, as_table

if TYPE_CHECKING:
    from collections.abc import Callable

import pandas as pd


def network(facts: list[tuple[str, str, str]], relations: list[tuple[str, str, str]]) -> nq.Network:
    """A network of an owner whose source states facts and relations."""
    people = sorted({who for who, *_ in facts} | {p for a, b, _ in relations for p in (a, b)})
    sources = as_table(
        "sources",
        {
            "source": ["s"],
            "name": "s",
            "bundle": "s",
            "format": "linkedin/x",
            "zone": "UTC",
            "owner": "zora",
            "shows": "connected",
            "last": 20_000,
        },
    )
    accounts = {"account": people, "source": "s", "key": "platform", "value": people}
    attributes = pd.DataFrame(facts, columns=["account", "name", "value"])
    related = pd.DataFrame(relations, columns=["a", "b", "kind"])
    return build(
        Tables(
            sources=sources,
            accounts=as_table("accounts", {**accounts, "name": people, "kind": "person"}),
            attributes=as_table("attributes", {**attributes, "source": "s"}, rows=len(facts)),
            relations=as_table("relations", {**related, "source": "s"}, rows=len(relations)),
        )
    )


def test_things_in_common_and_roles() -> None:
    facts = [
        ("zora", "employer", "Brass Teapot Ltd"),
        ("zora", "group", "Ferns"),
        ("odo", "employer", "brass teapot ltd "),  # the same, written otherwise
        ("odo", "group", "Ferns"),
        ("odo", "skill", "Ink"),  # not Zora's
        ("mab", "employer", "Tin Whistle Co"),
    ]
    relations = [
        *(("zora", who, "connected") for who in ("odo", "mab", "pim")),
        ("zora", "odo", "teammate"),
    ]
    frame = nq.multiplexity(network(facts, relations)).frame.set_index("alter")
    assert frame["in_common"].to_dict() == {
        "odo": 2.0,
        "mab": 0.0,
        "pim": pytest.approx(np.nan, nan_ok=True),
    }
    assert frame.loc["odo", "common"] == "Ferns, brass teapot ltd"
    # connection, teammate and, by the employer of today, colleague
    assert frame.loc["odo", "role_names"] == "colleague, connection, teammate"
    assert frame["roles"].to_dict() == {"odo": 3, "mab": 1, "pim": 1}
    assert frame["media"].isna().all()


def test_one_thing_counts_once_and_two_of_one_name_are_two() -> None:
    facts = [
        *(("zora", name, "Ferns") for name in ("topic", "group")),
        *(("odo", "topic", text) for text in ("Ferns", "ferns", "FERNS ")),
        *(("mab", name, "Ferns") for name in ("topic", "group")),
    ]
    relations = [("zora", who, "connected") for who in ("odo", "mab")]
    frame = nq.multiplexity(network(facts, relations)).frame.set_index("alter")
    assert frame["in_common"].to_dict() == {"odo": 1, "mab": 2}


def test_the_effective_number_of_media(log: Callable[..., nq.Network]) -> None:
    rows = [
        ("zora", "odo", "2026-01-01 10:00", "mail"),
        ("zora", "odo", "2026-01-02 10:00", "mail"),
        ("zora", "odo", "2026-01-03 10:00", "call"),
        ("zora", "mab", "2026-01-03 10:00", "mail"),
    ]
    frame = nq.multiplexity(log(rows, "channel", ego="zora")).frame.set_index("alter")
    # two mails weigh 2, a call 2: two media used alike
    assert frame.loc["odo", "media"] == pytest.approx(2.0)
    assert frame.loc["odo", "channels"] == "call, mail"
    assert frame.loc["mab", "media"] == pytest.approx(1.0)
    assert frame[["in_common", "roles"]].isna().all(axis=None)


def test_one_channel_shows_no_number_of_media(log: Callable[..., nq.Network]) -> None:
    result = nq.multiplexity(log([("zora", "odo", "2026-01-01 10:00")], ego="zora"))
    assert result.frame["media"].isna().all()
    assert "number of media" in " ".join(result.coverage)
