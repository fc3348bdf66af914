"""The network as of one day: what it sees, what it is made of, why a tie is as strong as it is."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import netquality as nq
from netquality.days import day_number
from netquality.network import build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,Brass Teapot Ltd,Founder,03 Mar 2024\n"
    "Mab,Thistledown,https://www.linkedin.com/in/mab-sample,,,,09 May 2025\n"
)
SHARES = (
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    "2026-02-02 08:00:00,https://www.linkedin.com/feed/update/1,Ferns,,,MEMBER_NETWORK\n"
)
LOG = """sender,recipient,at
zora,odo,2026-01-05 09:00
odo,zora,2026-01-06 10:00
zora,mab,2026-03-01 10:00
odo,mab,2026-03-02 10:00
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("sample")
    return nq.sample(folder, contacts=60, messages=600, seed=1, log=False)


@pytest.fixture(scope="module")
def archive(made: object) -> nq.Network:
    return nq.read(made.archive)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a log and return its path."""

    def make(text: str = LOG, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return make


def zipped(path: Path, **members: str) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.csv", text)
    path.write_bytes(buffer.getvalue())
    return path


def test_as_of_is_the_day_in_the_archives_name(tmp_path: Path) -> None:
    named = zipped(tmp_path / "Basic_LinkedInDataExport_06-30-2026.zip", Connections=CONNECTIONS)
    assert nq.read(named).as_of == day_number("2026-06-30")


def test_without_it_as_of_is_the_newest_row_of_a_source_with_contacts(tmp_path: Path) -> None:
    plain = zipped(tmp_path / "mine.zip", Connections=CONNECTIONS, Shares=SHARES)
    # The share of February 2026 is newer, but a broadcast is no contact.
    assert nq.read(plain).as_of == day_number("2025-05-09")


def test_as_of_of_a_log_is_its_last_row(write: Callable[..., Path]) -> None:
    assert nq.read(write()).as_of == day_number("2026-03-02")
    assert nq.read(write(), as_of="2026-01-31").as_of == day_number("2026-01-31")


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "20261120", "99999999"])
def test_what_is_no_day_is_refused(write: Callable[..., Path], day: str) -> None:
    # Eight digits without dashes are no day number of any log: the year would be beyond 9999.
    if day == "20261120":
        try:
            assert nq.read(write(), as_of=day).as_of == day_number("2026-11-20")
        except nq.BadInput:
            return
    else:
        with pytest.raises(nq.BadInput, match="is no day"):
            nq.read(write(), as_of=day)


def test_at_hides_what_comes_later(made: object, archive: nq.Network) -> None:
    day = archive.as_of - 300
    then = archive.at(day)
    for name, column in (("events", "day"), ("relations", "start"), ("attributes", "seen")):
        whole, part = getattr(archive, name), getattr(then, name)
        known = whole[~(whole[column] > day).fillna(False)]
        assert_frame_equal(part, known.reset_index(drop=True))
        assert len(part) < len(whole)
    assert then.ties["last"].max() <= pd.Timestamp(0) + pd.Timedelta(days=day)
    assert_frame_equal(then.ties, nq.read(made.archive, as_of=day).ties)
    assert_frame_equal(then.at(archive.as_of).ties, archive.ties)


def test_before_the_first_day_there_is_nothing_yet(write: Callable[..., Path]) -> None:
    then = nq.read(write()).at("2020-01-01")
    assert (len(then.ties), len(then.events)) == (0, 0)
    assert not then.timeless


def test_whose_network_it_is(archive: nq.Network, made: object, write: Callable[..., Path]) -> None:
    assert archive.egos == (archive.ego,) == (made.owner.slug,)
    assert archive.people["ego"].sum() == 1
    log = write()
    whole, mine = nq.read(log), nq.read(log, ego="odo")
    assert (whole.egos, whole.ego) == ((), None)
    assert (mine.egos, mine.ego) == (("odo",), "odo")
    with pytest.raises(nq.BadInput, match="Nobody is called 'pim'"):
        nq.read(log, ego="pim")


def test_people_are_found_by_what_names_them(archive: nq.Network) -> None:
    known = archive.people[archive.people["profile"].notna() & (~archive.people["ambiguous"])]
    person = str(known.index[known["name"].map(archive.people["name"].value_counts()) == 1][0])
    profile, name = known.loc[person, ["profile", "name"]]
    assert {archive.person(who) for who in (person, profile.upper(), name, name.upper())} == {
        person
    }
    with pytest.raises(nq.BadInput, match="Nobody"):
        archive.person("nobody at all")


def test_a_number_finds_the_person_of_that_number(write: Callable[..., Path]) -> None:
    network = nq.read(write("sender,recipient,at\n5,7,2026-01-05\n7,5,2026-01-06\n"), ego="5")
    assert network.ego == network.person("5") == "5"
    assert network.ties[["a", "b"]].iloc[0].tolist() == ["5", "7"]


def test_an_archive_shows_ties_of_its_owner_only(archive: nq.Network) -> None:
    assert set(archive.ties["a"]) == {archive.ego}
    assert archive.ego not in set(archive.ties["b"])
    assert archive.ties["b"].is_unique
    # A group conversation with several contacts is in the archive all the same.
    assert archive.events["audience"].max() > 1


def test_a_dyad_has_one_row_whatever_the_sources(write: Callable[..., Path]) -> None:
    given = write("a,b,strength\nodo,zora,0.5\nodo,pim,0.4\n", "ties.csv")
    network = nq.read(write(), given)
    pairs = network.ties[["a", "b"]].apply(frozenset, axis=1)
    assert pairs.is_unique
    assert network.matrix.max() < 1.0
    assert frozenset(["odo", "pim"]) in set(pairs)


def test_edges_say_what_is_known_and_nothing_else(write: Callable[..., Path]) -> None:
    graph = nq.read(write()).graph
    assert nx.is_frozen(graph)
    assert (graph.graph["as_of"], graph.graph["relative"]) == ("2026-03-02", False)
    edge = graph.edges["zora", "odo"]
    assert edge["weight"] == edge["strength"] > 0
    assert edge["distance"] == pytest.approx(-np.log(edge["strength"]), abs=1e-12)
    assert (edge["first"], edge["last"], edge["basis"]) == ("2026-01-05", "2026-01-06", "observed")
    assert graph.nodes["zora"] == {"name": "zora", "kind": "person", "ego": False}
    bare = nq.from_graph(nx.Graph([("zora", "odo", {"weight": 0.5})])).graph
    assert bare.edges["zora", "odo"].keys() == {
        *("weight", "strength", "distance", "basis", "probability")
    }


def test_silent_contacts_have_no_first_and_no_last(archive: nq.Network) -> None:
    silent = archive.ties[archive.ties["grade"] == "silent"]
    assert silent[["first", "last", "one_to_one"]].isna().all(axis=None)
    edge = archive.graph.edges[archive.ego, silent["b"].iloc[0]]
    assert {"first", "last"} & edge.keys() == set()
    assert (edge["out"], edge["in"], edge["basis"]) == (0, 0, "declared")


def test_the_matrix_says_what_the_graph_says(
    archive: nq.Network, write: Callable[..., Path]
) -> None:
    for network in (archive, nq.read(write())):
        dense = network.matrix.toarray()
        assert (dense == dense.T).all()
        shown = network.people.index[network.people.index.isin(network.graph)]
        place = network.people.index.get_indexer(shown)
        assert (dense[np.ix_(place, place)] == nx.to_numpy_array(network.graph, shown)).all()
        assert dense.sum() == pytest.approx(2 * network.ties["strength"].sum())


def test_days_of_a_relative_log_count_from_its_start(write: Callable[..., Path]) -> None:
    day = 86_400
    text = f"sender,recipient,at\nzora,odo,5\nodo,zora,{day + 9}\nzora,mab,{12 * day}\n"
    network = nq.read(write(text))
    assert (network.relative, network.timeless, network.as_of) == (True, False, 12)
    assert network.graph.edges["odo", "zora"]["last"] == "day 1"
    assert network.graph.graph["as_of"] == "day 12"
    times = {"5\n": "2026-01-01 00:00:05\n", str(day + 9): "2026-01-02 00:00:09"}
    dated = text.replace(str(12 * day), "2026-01-13 00:00:00")
    for number, stamp in times.items():
        dated = dated.replace(number, stamp)
    shifted = nq.read(write(dated, "dated.csv"))
    assert shifted.ties["strength"].tolist() == pytest.approx(network.ties["strength"].tolist())


def test_a_log_without_times_knows_how_much_not_when(write: Callable[..., Path]) -> None:
    network = nq.read(write("sender,recipient\nzora,odo\nodo,zora\nzora,odo\nzora,mab\n"))
    assert network.timeless
    ties = network.ties.set_index("b")
    assert set(ties["grade"]) == {"unknown"}
    assert ties[["first", "last"]].isna().all(axis=None)
    assert ties["days"].isna().all(), "of undated sessions the number of days is unknown, not 0"
    assert ties["strength"].is_monotonic_decreasing
    assert (network.parts["untimed"] > 0).all()
    assert {"first", "last"} & network.graph.edges["odo", "zora"].keys() == set()


def logit(strength: float) -> float:
    return float(np.log(strength / (1 - strength)))


def test_the_parts_of_a_tie_sum_to_its_strength(archive: nq.Network) -> None:
    sums = archive.parts.sum(axis=1)
    assert sums.to_numpy() == pytest.approx(
        archive.ties["strength"].map(logit).to_numpy(), abs=1e-9
    )
    for person in archive.ties["b"].head(5):
        shown = archive.explain(archive.ego, person)
        assert sum(shown.parts.values()) == pytest.approx(logit(shown.strength), abs=1e-9)
        assert shown.to_frame()["log_odds"].sum() == pytest.approx(logit(shown.strength), abs=1e-9)
        assert archive.explain(person, archive.ego).strength == shown.strength


def test_cited_events_lead_to_file_and_row(archive: nq.Network) -> None:
    person = archive.ties["b"].iloc[0]
    shown = archive.explain(archive.ego, person)
    cited = set().union(*shown.events.values())
    rows = archive.events[archive.events["event"].isin(cited)]
    assert set(rows["event"]) == cited != set()
    assert rows["row"].notna().all()
    assert set(rows["source"]) <= set(archive.sources["source"])
    ends = rows[["sender", "recipient"]].apply(lambda end: end.map(archive.identity.person_of))
    # A message to several people is one event with a row for each of them.
    assert ends.isin([person]).any(axis=1).groupby(rows["event"]).any().all()
    # What counts is cited: liveness stands on the events of the last day.
    last = rows[rows["event"].isin(shown.events["liveness"])]
    assert set(last["day"]) == {rows["day"].max()}


def test_without_the_cited_events_the_tie_is_what_the_base_says(archive: nq.Network) -> None:
    person = archive.ties.loc[archive.ties["connected"].notna(), "b"].iloc[0]
    shown = archive.explain(archive.ego, person)
    cited = set().union(*shown.events.values())
    events = archive.events[~archive.events["event"].isin(cited)].reset_index(drop=True)
    less = build(replace(archive.tables, events=events), as_of=archive.as_of)
    rest = less.explain(less.ego, person)
    assert logit(rest.strength) == pytest.approx(shown.parts["base"], abs=1e-9)
    moved = {name: value for name, value in rest.parts.items() if value and name != "base"}
    assert moved == {}
    others = archive.ties[archive.ties["b"] != person].set_index("b")["strength"]
    kept = less.ties.set_index("b")["strength"].reindex(others.index)
    direct = archive.events[archive.events["event"].isin(cited)]
    shared = set(direct["recipient"].map(archive.identity.person_of)) | {person}
    alone = [name for name in others.index if name not in shared]
    assert kept[alone].to_numpy() == pytest.approx(others[alone].to_numpy(), abs=1e-9)


def test_a_tie_that_is_nowhere_cannot_be_explained(write: Callable[..., Path]) -> None:
    text = LOG + "mab,pim,2026-03-02 10:00\n"
    network = nq.read(write(text))
    with pytest.raises(nq.NotObserved, match="No tie between zora and pim"):
        network.explain("zora", "pim")


def test_assumptions_are_said_aloud(archive: nq.Network) -> None:
    said = " ".join(archive.notes)
    assert "names are borne by several people" in said
    assert "UTC is assumed" in said
