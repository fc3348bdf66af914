"""Several sources become one: nothing twice, the later export wins, every row accounted for."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from netquality.identity.merge import merged
from netquality.ids import digest
from netquality.network import build
from netquality.schema import TABLES, Tables, as_table

YOU = digest("ego", "you")
NAMES = [name for name in TABLES if name != "decisions"]


def source(
    name: str,
    *,
    owner: str | None = "zora",
    exported: int | None = None,
    people: tuple[str, ...] = (),
    events: tuple[tuple[str, str, str, int], ...] = (),
    connected: tuple[tuple[str, str, int], ...] = (),
    employers: tuple[tuple[str, str], ...] = (),
    kind: str = "person",
    names: tuple[str, ...] = (),
    **more: Any,
) -> Tables:
    """One file of (event, sender, recipient, day), (a, b, day) and (account, employer) rows."""
    read = len(events) + len(connected) + len(employers)
    days = [row[3] for row in events] + [row[2] for row in connected]
    columns = {
        "source": [name],
        "name": f"{name}.csv",
        "bundle": name,
        "format": "log",
        "zone": "UTC (given)",
        "owner": owner,
        "shows": "message,connected",
        "exported": exported,
        "last": max(days, default=None),
        "read": read,
        "kept": read,
    }
    tables: dict[str, Any] = {"sources": as_table("sources", columns)}
    if people:
        bears = {"account": people, "key": "platform", "value": people, "name": names or people}
        tables["accounts"] = as_table("accounts", {**bears, "source": name, "kind": kind})
    if events:
        event, sender, recipient, day = map(list, zip(*events, strict=True))
        said = {"event": event, "sender": sender, "recipient": recipient, "day": day}
        more = {"precision": "day", "kind": "message", "channel": "log", "audience": 1, **more}
        rows = {"source": name, "row": range(1, len(events) + 1)}
        tables["events"] = as_table("events", {**said, **more, **rows})
    if connected:
        a, b, day = map(list, zip(*connected, strict=True))
        seen = {"first_seen": exported, "last_seen": exported}
        rows = {"source": name, "row": range(100, 100 + len(connected))}
        ends = {"a": a, "b": b, "start": day, "kind": "connected"}
        tables["relations"] = as_table("relations", {**ends, **seen, **rows})
    if employers:
        who, value = map(list, zip(*employers, strict=True))
        rows = {"source": name, "row": range(200, 200 + len(employers)), "seen": exported}
        tables["attributes"] = as_table(
            "attributes", {"account": who, "name": "employer", "value": value, **rows}
        )
    return Tables(**tables)


OLD = source(
    "old",
    exported=100,
    people=("zora", "odo", "mab"),
    events=(("e1", "zora", "odo", 90), ("e1", "zora", "mab", 90), ("e2", "odo", "zora", 95)),
    connected=(("zora", "odo", 50), ("zora", "mab", 60)),
    employers=(("odo", "Brass Teapot Ltd"),),
)
NEW = source(
    "new",
    exported=200,
    people=("zora", "odo"),
    events=(("e1", "zora", "odo", 90), ("e3", "zora", "odo", 150)),
    connected=(("zora", "odo", 50),),
    employers=(("odo", "Tin Whistle Co"),),
)
YOURS = source("yours", owner=YOU, people=(YOU, "odo"), events=(("e4", YOU, "odo", 20),))
HIDDEN = source("hidden", owner=None, people=("odo", "pim"), kind="hidden")


def same(one: Tables, other: Tables) -> None:
    for name in NAMES:
        assert_frame_equal(one[name], other[name], obj=name)


def balanced(tables: Tables) -> bool:
    counts = tables.sources
    return bool((counts["read"] == counts["kept"] + counts["merged"] + counts["rejected"]).all())


def by_source(tables: Tables) -> pd.DataFrame:
    return tables.sources.set_index("source")


def test_the_same_file_twice_counts_once() -> None:
    same(merged([OLD, NEW, OLD]), merged([OLD, NEW]))
    assert len(merged([OLD, OLD]).events) == 3


def test_of_one_file_read_twice_the_reading_that_knows_the_owner_is_kept() -> None:
    bare = source("new", owner=None, people=("zora", "odo"), events=(("e3", "zora", "odo", 150),))
    for parts in ([bare, NEW], [NEW, bare]):
        assert merged(parts).sources[["owner", "exported"]].iloc[0].tolist() == ["zora", 200]
        assert len(merged(parts).events) == 2


@pytest.fixture(scope="module")
def whole() -> Tables:
    return merged([OLD, NEW, YOURS, HIDDEN])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.permutations([OLD, NEW, YOURS, HIDDEN, OLD]))
def test_the_order_of_sources_does_not_matter(parts: list[Tables], whole: Tables) -> None:
    same(merged(parts), whole)


def test_the_later_export_tells_an_event_that_both_show() -> None:
    tables = merged([OLD, NEW])
    rows = tables.events.set_index("event")
    # The old export shows e1 with two recipients, the new one with one: the new one is believed.
    assert sorted(tables.events["event"]) == ["e1", "e2", "e3"]
    assert rows.loc["e1", ["recipient", "source"]].tolist() == ["odo", "new"]
    assert rows.loc["e2", "source"] == "old"


def test_without_export_days_the_one_with_the_newest_row_is_the_later() -> None:
    early = source("early", events=(("e1", "zora", "odo", 90), ("e1", "zora", "mab", 90)))
    late = source("late", events=(("e1", "zora", "odo", 90), ("e9", "zora", "odo", 300)))
    assert set(merged([early, late]).events["source"]) == {"late"}


def test_a_relation_keeps_its_first_and_last_sighting() -> None:
    relations = merged([OLD, NEW]).relations.set_index("b")
    assert len(relations) == 2
    assert relations.loc["odo", ["first_seen", "last_seen", "source"]].tolist() == [100, 200, "new"]
    assert relations.loc["mab", ["first_seen", "last_seen", "source"]].tolist() == [100, 100, "old"]


def test_the_employer_of_the_later_export_is_todays() -> None:
    network = build(merged([NEW, OLD]))
    assert network.people.loc["odo", "employer"] == "Tin Whistle Co"
    assert build(merged([NEW, OLD]), as_of=150).people.loc["odo", "employer"] == "Brass Teapot Ltd"


def test_accounting_stays_balanced() -> None:
    before, tables = by_source(merged([OLD])), merged([OLD, NEW])
    after = by_source(tables)
    assert balanced(tables)
    assert after["read"].tolist() == [4, 6]
    # Of the old file's six rows both rows of e1 and the connection to odo are in the new one.
    assert after.loc["old", ["kept", "merged"]].tolist() == [3, 3]
    assert after.loc["new", ["kept", "merged"]].tolist() == [4, 0]
    assert before.loc["old", ["kept", "merged"]].tolist() == [6, 0]


def test_files_without_owner_belong_to_the_one_owner_that_is_known() -> None:
    tables = merged([YOURS, NEW])
    assert set(tables.sources["owner"]) == {"zora"}
    assert YOU not in {*tables.events["sender"], *tables.accounts["account"]}
    network = build(tables)
    assert network.egos == (network.person("zora"),)


def test_with_two_owners_nobody_adopts_what_has_none() -> None:
    other = source("other", owner="wren", people=("wren",), events=(("e7", "wren", "odo", 3),))
    tables = merged([YOURS, NEW, other])
    assert set(tables.sources["owner"]) == {YOU, "zora", "wren"}
    assert YOU in set(tables.events["sender"])


def test_a_whole_groups_log_stays_without_owner() -> None:
    log = source("log", owner=None, people=("odo", "mab"), events=(("e8", "odo", "mab", 3),))
    assert by_source(merged([log, NEW]))["owner"].isna().tolist() == [True, False]


def test_a_message_of_the_oldest_layout_is_met_again_whatever_the_order() -> None:
    at = pd.Timestamp("1970-01-20 12:00", tz="UTC").as_unit("us")
    linkedin = {"channel": "linkedin", "precision": "minute", "at": at}
    who, names = ("zora", "odo"), ("Zora Quillfeather", "Odo Fernwick")
    old = source("old", people=("z", "o"), names=names, events=(("e1", "z", "o", 19),), **linkedin)
    new = source(
        "new", people=who, names=names, events=(("n1", "zora", "odo", 19),), thread="t", **linkedin
    )
    renamed = source("later", exported=300, people=who, names=("Zora Quillfeather", "Odo F"))
    for parts in itertools.permutations([old, new, renamed]):
        assert merged(parts).events["event"].tolist() == ["n1"]


@pytest.mark.parametrize(
    ("more", "owner"), [((), True), ((("e9", "odo", "mab", 9),), False), (None, False)]
)
def test_a_log_that_turns_round_one_person_is_theirs(more: tuple[Any, ...], owner: bool) -> None:
    everybody = ("zora", "odo", "mab", "pim")
    events = [(f"e{k}", "zora", who, k) for k, who in enumerate(everybody[1:], start=1)]
    # Two contacts are too few to tell; an event without her makes it a group's log.
    rows = tuple(events[:2]) if more is None else (*events, *more)
    tables = merged([source("log", owner=None, people=everybody, events=rows)])
    assert tables.sources["owner"].notna().tolist() == [owner]
    assert build(tables).egos == (("zora",) if owner else ())
