"""A workspace: in any order the same, and merges, splits and records taken back exactly."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pytest

import netquality as nq
from netquality.errors import BadInput
from netquality.pipeline.keeping import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.network import Network

TABLES = ("sources", "accounts", "events", "relations", "attributes", "rejects", "given")
SAID = "2026-11-24T10:30"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """An archive of 2020 and one of 2026 of the same world, and the log of its mails."""
    size = {"contacts": 60, "messages": 400}
    folder = tmp_path_factory.mktemp("world")
    new = nq.sample(folder / "new", era=2026, **size)
    old = nq.sample(folder / "old", era=2020, exported=dt.date(2020, 6, 30), log=False, **size)
    assert new.log is not None
    return old.archive, new.archive, new.log


def rows_of(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """All rows as text, sorted: equal where the tables are, whatever their order."""
    plain = frame.reindex(columns=sorted(frame.columns)).astype(object)
    text = plain.where(plain.notna(), "").astype(str)
    return sorted(text.itertuples(index=False, name=None))


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = frame.select_dtypes("float").columns
    return frame.assign(**{str(name): frame[name].round(9) for name in numbers})


def raw(path: Path) -> dict[str, list[tuple[str, ...]]]:
    """What lies in the file, as any reader of SQL finds it; the time of an import is no data."""
    with duckdb.connect(str(path), read_only=True) as db:
        names = [row[0] for row in db.execute("SHOW TABLES").fetchall()]
        return {
            name: rows_of(db.execute(f'SELECT * FROM "{name}"').df())
            for name in names
            if name not in ("meta", "imports")
        }


def shown(network: Network) -> dict[str, list[tuple[str, ...]]]:
    found = {name: rows_of(network.tables[name]) for name in TABLES}
    found["ties"] = rows_of(rounded(network.ties))
    found["people"] = rows_of(network.people.reset_index())
    found["person of"] = rows_of(network.identity.person_of.rename("who").reset_index())
    return found


def balanced(sources: pd.DataFrame) -> bool:
    counted = sources[["kept", "merged", "rejected"]].sum(axis=1)
    return bool((sources["read"] == counted).all())


def filled(path: Path, *steps: tuple[Path, ...]) -> tuple[dict, dict]:
    with Workspace(path) as workspace:
        for step in steps:
            workspace.read(*step, own=True, at=SAID)
        network = workspace.network()
        assert balanced(network.sources)
        found = shown(network)
    return found, raw(path)


def test_three_sources_in_any_order_and_twice_are_one_workspace(
    exports: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    first, stored = filled(tmp_path / "first.duckdb", exports)
    assert len(first["ties"]) > 50
    # Each source at each place, and each before and after each other.
    for number, order in enumerate((*exports[at:], *exports[:at]) for at in range(3)):
        steps = [(path,) for path in order]
        twice = [*steps, *steps[:1], order] if number in (0, 2) else steps
        found, kept = filled(tmp_path / f"{number}.duckdb", *twice)
        for name in first:
            assert found[name] == first[name], (number, name)
        said = [name for name in stored if name != "decisions"]
        assert {name for name in said if kept[name] != stored[name]} == set(), number


def test_a_second_import_says_that_all_is_there_and_adds_no_row(
    exports: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    with Workspace(tmp_path / "w.duckdb") as workspace:
        assert set(workspace.read(exports[1]).frame["state"]) == {"new"}
        before = rows_of(workspace.network().sources)
        again = workspace.read(exports[1]).frame
        assert set(again["state"]) == {"already there"}
        assert rows_of(workspace.network().sources) == before


def test_a_lone_file_before_or_after_its_archive_makes_no_difference(
    exports: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    with zipfile.ZipFile(exports[1]) as archive:
        name = next(n for n in archive.namelist() if n.endswith("Connections.csv"))
        lone = tmp_path / "Connections.csv"
        lone.write_bytes(archive.read(name))
    alone = filled(tmp_path / "alone.duckdb", (exports[1],))
    for number, steps in enumerate([((lone,), (exports[1],)), ((exports[1],), (lone,))]):
        found, kept = filled(tmp_path / f"{number}.duckdb", *steps)
        for table in found:
            assert found[table] == alone[0][table], (number, table)
        assert {table for table in kept if kept[table] != alone[1][table]} == set(), number


LOG = """sender,recipient,at
me@q.example,zora@q.example,2026-01-05T10:00
zora@q.example,me@q.example,2026-01-06T10:00
me@q.example,odo@q.example,2026-02-05T10:00
me@q.example,wren@q.example,2026-03-05T10:00
wren@q.example,me@q.example,2026-03-06T10:00
"""
LATER = """sender,recipient,at
me@q.example,odo@q.example,2026-04-05T10:00
odo@q.example,me@q.example,2026-04-06T10:00
me@q.example,zora@q.example,2026-04-07T10:00
me@q.example,wren@q.example,2026-04-08T10:00
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


@pytest.fixture
def workspace(log: Path, tmp_path: Path) -> Workspace:  # type: ignore[misc]
    with Workspace(tmp_path / "w.duckdb") as opened:
        opened.read(log, ego="me@q.example")
        yield opened


def test_merge_then_undo_gives_what_was_there_and_undo_of_undo_the_merge(
    workspace: Workspace,
) -> None:
    before = shown(workspace.network())
    word = workspace.people.merge("zora@q.example", "odo@q.example", at=SAID)
    joined = shown(workspace.network())
    assert len(joined["people"]) == len(before["people"]) - 1
    assert joined["events"] == before["events"]
    back = workspace.people.undo(word, at=SAID)
    assert shown(workspace.network()) == before
    workspace.people.undo(back, at=SAID)
    assert shown(workspace.network()) == joined


def test_split_then_undo_gives_what_was_there(workspace: Workspace) -> None:
    workspace.people.merge("zora@q.example", "odo@q.example", at="2026-11-01")
    joined = shown(workspace.network())
    person = workspace.network().person("odo@q.example")
    word = workspace.people.split(person, "odo@q.example", at="2026-11-02")
    assert workspace.network().person("odo@q.example") != workspace.network().person(
        "zora@q.example"
    )
    workspace.people.undo(word, at="2026-11-03")
    assert shown(workspace.network()) == joined


def test_taking_one_split_back_leaves_what_else_was_said_at_that_time(
    workspace: Workspace,
) -> None:
    workspace.people.merge("zora@q.example", "odo@q.example", at="2026-11-01")
    workspace.people.apart("wren@q.example", "zora@q.example", at=SAID)
    split = workspace.people.split("zora@q.example", "odo@q.example", at=SAID)
    workspace.people.undo(split, at="2026-11-25")
    assert workspace.decisions["kind"].value_counts().to_dict() == {"same": 1, "different": 1}
    assert workspace.network().person("odo@q.example") == workspace.network().person(
        "zora@q.example"
    )


def test_a_split_outlives_an_import_that_would_join_the_two_again(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG)
    later = tmp_path / "later.csv"
    later.write_text(LATER)
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.read(log, ego="me@q.example")
        workspace.people.merge("zora@q.example", "odo@q.example", at="2026-11-01")
        workspace.people.split("zora@q.example", "odo@q.example", at="2026-11-02")
        workspace.read(later, ego="me@q.example", own=True, at=SAID)
        network = workspace.network()
        assert network.person("zora@q.example") != network.person("odo@q.example")
        assert len(network.ties) == 3


def test_a_merge_of_accounts_that_are_gone_waits_until_they_are_back(
    workspace: Workspace, log: Path, tmp_path: Path
) -> None:
    workspace.people.merge("zora@q.example", "odo@q.example", at=SAID)
    joined = shown(workspace.network())
    later = tmp_path / "later.csv"
    later.write_text("sender,recipient,at\nme@q.example,ida@q.example,2026-05-05\n")
    workspace.read(later, ego="me@q.example", own=True, at=SAID)
    workspace.remove("log.csv")
    assert len(workspace.network().people) == 2
    assert len(workspace.people.frame) == 2
    workspace.read(log, ego="me@q.example")
    workspace.remove("later.csv")
    assert shown(workspace.network()) == joined


def test_the_table_people_says_what_the_network_says(workspace: Workspace, tmp_path: Path) -> None:
    workspace.people.merge("zora@q.example", "odo@q.example", at=SAID)
    person_of = workspace.network().identity.person_of.to_dict()
    workspace.close()
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as db:
        stored = dict(db.execute("SELECT account, person FROM people").fetchall())
    assert stored == person_of


# What happened, recorded by hand.


def strength(network: Network, who: str) -> float:
    ties = network.ties
    person = network.person(who)
    row = ties[(ties["a"] == person) | (ties["b"] == person)]
    return float(row["strength"].iloc[0])


def test_a_meeting_of_three_is_two_rows_and_two_stronger_ties(workspace: Workspace) -> None:
    as_of = "2026-11-24"
    before = workspace.network(as_of=as_of)
    event = workspace.record("meeting", "odo@q.example", "wren@q.example", at=SAID, on="2026-11-20")
    after = workspace.network(as_of=as_of)
    rows = after.events[after.events["event"] == event]
    assert len(rows) == 2
    assert set(rows["audience"]) == {2}
    assert len(after.events) == len(before.events) + 2
    for who in ("odo@q.example", "wren@q.example"):
        assert strength(after, who) > strength(before, who)
    assert strength(after, "zora@q.example") == pytest.approx(strength(before, "zora@q.example"))
    assert balanced(after.sources)


def test_a_meeting_that_another_called_keeps_all_who_came(workspace: Workspace) -> None:
    event = workspace.record("meeting", "odo@q.example", "wren@q.example", at=SAID, theirs=True)
    network = workspace.network()
    rows = network.events[network.events["event"] == event]
    person = network.identity.person_of
    assert set(rows["sender"].map(person)) == {"odo@q.example"}
    assert set(rows["recipient"].map(person)) == {"me@q.example", "wren@q.example"}


def test_one_person_named_twice_is_there_once(workspace: Workspace) -> None:
    event = workspace.record("meeting", "odo@q.example", "ODO@q.example", at=SAID)
    events = workspace.network().events
    assert events[events["event"] == event]["audience"].tolist() == [1]


def test_a_favour_received_has_the_giver_as_sender(workspace: Workspace) -> None:
    event = workspace.record("favour", "wren@q.example", at=SAID, theirs=True, note="a lift")
    network = workspace.network()
    row = network.events[network.events["event"] == event].iloc[0]
    person = network.identity.person_of
    assert (person[row["sender"]], person[row["recipient"]]) == ("wren@q.example", "me@q.example")


def test_two_calls_of_one_day_are_two_and_each_is_taken_back_alone(workspace: Workspace) -> None:
    one = workspace.record("call", "odo@q.example", at="2026-11-24T09:00", on="2026-11-20")
    two = workspace.record("call", "odo@q.example", at="2026-11-24T10:00", on="2026-11-20")
    assert one != two
    assert (workspace.network().events["kind"] == "call").sum() == 2
    workspace.record("undo", at="2026-11-24T11:00", undoes=one)
    events = workspace.network().events
    assert events["event"][events["kind"] == "call"].tolist() == [two]
    assert balanced(workspace.network().sources)


def test_a_recorded_day_moves_the_day_asked_for_and_taken_back_moves_it_home(
    workspace: Workspace,
) -> None:
    before = shown(workspace.network())
    day = workspace.network().as_of
    event = workspace.record("call", "odo@q.example", at=SAID)
    assert workspace.network().as_of == 20781 > day
    workspace.record("undo", at=SAID, undoes=event)
    network = workspace.network()
    assert balanced(network.sources)
    assert network.as_of == day
    assert shown(network)["ties"] == before["ties"]


@pytest.mark.parametrize("on", ["2026-11-25", "2027-01-01"])
def test_what_has_not_happened_yet_is_refused(workspace: Workspace, on: str) -> None:
    with pytest.raises(BadInput, match="not happened"):
        workspace.record("call", "odo@q.example", at=SAID, on=on)
    assert "call" not in set(workspace.network().events["kind"])


def test_what_cannot_be_recorded_says_why(workspace: Workspace) -> None:
    for what, people in [
        ("call", ()),
        ("call", ("odo@q.example", "wren@q.example")),
        ("call", ("me@q.example",)),
        ("call", ("nobody@q.example",)),
        ("dance", ("odo@q.example",)),
    ]:
        with pytest.raises(BadInput):
            workspace.record(what, *people, at=SAID)
    with pytest.raises(BadInput):
        workspace.record("call", "odo@q.example", at=SAID, on="last week")
    with pytest.raises(BadInput):
        workspace.record("call", "odo@q.example", at=SAID, seconds=-5)
    with pytest.raises(BadInput):
        workspace.record("call", "odo@q.example", at=SAID, colour="red")
    with pytest.raises(BadInput, match="0000"):
        workspace.record("undo", at=SAID, undoes="0000")
    with pytest.raises(BadInput, match="0000"):
        workspace.record("kept", at=SAID, value="yes", about="0000")
    with pytest.raises(BadInput):
        workspace.record("undo", at=SAID)
    with pytest.raises(BadInput):
        workspace.record("kept", at=SAID, value="yes")
    assert len(workspace.decisions) == 0


# What was said, in results and as a file.


def test_a_word_is_known_from_its_day_on(workspace: Workspace) -> None:
    workspace.record("never", "odo@q.example", at="2026-03-05T10:00")
    workspace.record("rating", "wren@q.example", at="2026-03-06T10:00", value="4")
    network = workspace.network()
    assert network.at("2026-03-04").history.never == frozenset()
    assert network.at("2026-03-05").history.never == {"odo@q.example"}
    assert network.at("2026-03-05").history.ratings.empty
    assert network.at("2026-03-06").history.ratings["value"].tolist() == [4]


CROWD = "".join(
    f"{a}@q.example,{b}@q.example,2026-0{month}-0{day}\n"
    for month in (1, 2, 3)
    for day, other in enumerate(("zora", "odo", "wren", "ida"), 1)
    for a, b in (("me", other), (other, "me"))
)


def pairs(network: Network) -> set[frozenset[str]]:
    frame = nq.introductions(network).frame
    return {frozenset(pair) for pair in zip(frame["a"], frame["b"], strict=True)}


def test_introductions_leave_out_whom_the_user_rules_out(tmp_path: Path) -> None:
    log = tmp_path / "crowd.csv"
    log.write_text("sender,recipient,at\n" + CROWD)
    zora, odo, wren, ida = (f"{name}@q.example" for name in ("zora", "odo", "wren", "ida"))
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.read(log, ego="me@q.example")
        assert len(pairs(workspace.network())) == 6  # 4 * 3 / 2
        never = workspace.record("never", ida, at="2026-03-04T10:00")
        found = pairs(workspace.network())
        assert found
        assert not any(ida in pair for pair in found)
        workspace.record("knows", zora, odo, at="2026-03-04T11:00", value="yes")
        assert pairs(workspace.network()) == {frozenset((zora, wren)), frozenset((odo, wren))}
        workspace.record("introduction", wren, odo, at="2026-03-04T12:00", value="asked")
        assert pairs(workspace.network()) == {frozenset((zora, wren))}
        workspace.record("undo", at="2026-03-04T13:00", undoes=never)
        assert frozenset((ida, odo)) in pairs(workspace.network())
        workspace.record("knows", odo, zora, at="2026-03-04T14:00", value="no")
        assert frozenset((zora, odo)) in pairs(workspace.network())
        assert len(pairs(workspace.network().at("2026-03-03"))) == 6


def test_what_was_said_goes_out_and_in_and_a_second_time_adds_nothing(
    workspace: Workspace, log: Path, tmp_path: Path
) -> None:
    workspace.record("rating", "odo@q.example", at=SAID, value="4", note='=1+1, "quoted"\nNA')
    promise = workspace.record(
        "promise", "wren@q.example", at=SAID, about="NA", due=20790, note="+41 call"
    )
    workspace.record("kept", at="2026-11-24T11:00", value="yes", about=promise)
    workspace.record("introduction", "odo@q.example", "wren@q.example", at=SAID, value="agreed")
    never = workspace.record("never", "zora@q.example", at=SAID)
    workspace.record("undo", at="2026-11-24T12:00", undoes=never)
    call = workspace.record("call", "odo@q.example", at=SAID, seconds=90.5, note="-5 degrees")
    workspace.record("undo", at="2026-11-24T12:00", undoes=call)
    workspace.record("meeting", "odo@q.example", "wren@q.example", at=SAID, on="2026-11-01")
    workspace.record("meeting", "Ida Newcomer", at=SAID, on="2026-11-02", new=True)
    workspace.people.merge("zora@q.example", "odo@q.example", at=SAID)
    saved = workspace.save(tmp_path / "said.csv")
    assert workspace.load(saved) == 0
    here = shown(workspace.network())
    words = rows_of(workspace.decisions)
    with Workspace(tmp_path / "fresh.duckdb") as fresh:
        fresh.read(log, ego="me@q.example")
        assert fresh.load(saved) > 0
        assert fresh.load(saved) == 0
        assert rows_of(fresh.decisions) == words
        there = shown(fresh.network())
        for name in here:
            assert there[name] == here[name], name
        again = fresh.save(tmp_path / "again.csv")
    assert again.read_bytes() == saved.read_bytes()


def test_what_is_loaded_of_another_owner_does_not_become_mine(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.csv", tmp_path / "theirs.csv"
    mine.write_text(LOG)
    theirs.write_text(LOG.replace("me@", "you@"))
    with Workspace(tmp_path / "theirs.duckdb") as workspace:
        workspace.read(theirs, ego="you@q.example")
        workspace.record("call", "odo@q.example", at=SAID)
        saved = workspace.save(tmp_path / "said.csv")
    with Workspace(tmp_path / "mine.duckdb") as workspace:
        workspace.read(mine, ego="me@q.example")
        workspace.record("call", "zora@q.example", at=SAID)
        workspace.read(theirs, ego="you@q.example", consent="by mail", at=SAID)
        assert workspace.load(saved) == 1
        network = workspace.network()
        calls = network.events[network.events["kind"] == "call"]
        person = network.identity.person_of
        both = set(zip(calls["sender"].map(person), calls["recipient"].map(person), strict=True))
        assert both == {("me@q.example", "zora@q.example"), ("you@q.example", "odo@q.example")}
        owner = network.sources.set_index("source")["owner"].map(person)
        assert (calls["source"].map(owner) == calls["sender"].map(person)).all()


@pytest.mark.parametrize(
    ("column", "wrong", "line"),
    [
        ("kind", "ratings", 2),
        ("at", "yesterday", 2),
        ("at", "", 2),
        ("value", "9", 2),
        ("due", "soon", 3),
        ("subject", "", 2),
        ("object", "", 3),
        ("day", "Tuesday", 4),
        ("owner", "", 4),
        ("audience", "many", 4),
        ("decision", "", 3),
    ],
)
def test_a_file_that_was_edited_badly_is_refused_with_the_line(
    workspace: Workspace, tmp_path: Path, column: str, wrong: str, line: int
) -> None:
    workspace.record("rating", "odo@q.example", at="2026-11-24T09:00", value="4")
    workspace.record("promise", "wren@q.example", at="2026-11-24T10:00", about="x", due=20790)
    workspace.record("call", "odo@q.example", at="2026-11-24T11:00")
    saved = workspace.save(tmp_path / "said.csv")
    frame = pd.read_csv(saved, dtype="str", keep_default_na=False)
    assert frame["kind"].tolist() == ["rating", "promise", "call"]
    frame.loc[line - 2, column] = wrong
    frame.to_csv(saved, index=False)
    before = rows_of(workspace.decisions)
    with pytest.raises(BadInput, match=f"line {line}"):
        workspace.load(saved)
    assert rows_of(workspace.decisions) == before


def test_a_file_that_is_none_of_ours_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    for content in (b"", b"a,b\n1,2\n", b"\x00\xff\x00", b"kind\n"):
        path = tmp_path / "x.csv"
        path.write_bytes(content)
        with pytest.raises(BadInput):
            workspace.load(path)
    with pytest.raises(BadInput):
        workspace.load(tmp_path / "missing.csv")


def test_a_word_of_the_same_name_that_says_something_else_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    # Words are appended, never changed: an edited row would else be left out in silence.
    workspace.record("rating", "odo@q.example", at=SAID, value="4")
    saved = workspace.save(tmp_path / "said.csv")
    frame = pd.read_csv(saved, dtype="str", keep_default_na=False)
    frame.loc[0, "value"] = "5"
    frame.to_csv(saved, index=False)
    with pytest.raises(BadInput, match="line 2"):
        workspace.load(saved)
