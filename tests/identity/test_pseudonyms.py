"""Pseudonyms: nothing of a name is left, every figure is, and the numbers tell nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import netquality as nq
from netquality import schema
from netquality.identity.people import Identity, identify
from netquality.identity.pseudonyms import pseudonymised, pseudonyms, renamed
from netquality.identity.smallest import withheld
from netquality.ids import digest
from netquality.network import build
from netquality.samples.club import club

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.measures.result import Result
    from netquality.network import Network

PEOPLE = ("zora", "odo", "mab", "pim", "ida")
MEASURES = (
    *("broadcast", "circles", "initiative", "multiplexity", "past"),
    *("profile", "reciprocity", "silence", "structure"),
)
EXTRA = ("months", "totals", "arcs", "bands", "layers", "helpers", "ties", "quarters")
ENDS = ("person", "alter", "a", "b", "introducer")
# What is told by employers, of which those of few people are gone.
BY_EMPLOYER = {"employers", "in_common", "common", "roles", "role_names"}


def log(*rows: tuple[str, str, int]) -> schema.Tables:
    """Messages of a whole group: who wrote to whom on which day."""
    people = sorted({end for row in rows for end in row[:2]} | set(PEOPLE))
    sender, recipient, days = zip(*rows, strict=True)
    return schema.Tables(
        sources=schema.as_table(
            "sources",
            {"source": ["s"], "name": "zora.csv", "bundle": "zora.zip", "format": "log"}
            | {"shows": "message", "zone": "UTC (given)", "first": min(days), "last": max(days)}
            | {"read": len(rows), "kept": len(rows)},
        ),
        accounts=schema.as_table(
            "accounts",
            {"account": [f"account of {who}" for who in people], "source": "s"}
            | {"key": "platform", "value": people, "raw": people, "name": people, "kind": "person"},
        ),
        events=schema.as_table(
            "events",
            {"event": [f"{who} {day}" for who, _, day in rows], "day": list(days)}
            | {"precision": "day", "kind": "message", "channel": "log", "audience": 1}
            | {"sender": [f"account of {who}" for who in sender], "thread": "zora's plans"}
            | {"recipient": [f"account of {who}" for who in recipient], "object": "zora's post"}
            | {"source": "s", "row": range(2, len(rows) + 2)},
        ),
    )


TALK = log(("odo", "zora", 20_000), ("odo", "mab", 20_001), ("mab", "odo", 20_002))


def names_of(network: Network) -> pd.Series:
    return pseudonyms(network.tables, network.identity, network.egos)


def texts(tables: schema.Tables) -> set[str]:
    """Every text in every cell."""
    found: set[str] = set()
    for name in schema.TABLES:
        for column in tables[name].columns:
            cells = tables[name][column]
            if isinstance(cells.dtype, pd.StringDtype):
                found |= set(cells.dropna())
    return found


# --- who is called what ------------------------------------------------------------------------


def test_who_has_most_contact_comes_first() -> None:
    called = pseudonyms(TALK, identify(TALK))
    # Rows with odo: 3, with mab: 2, with zora: 1, with pim and ida: 0.
    assert called[["odo", "mab", "zora"]].tolist() == ["person 1", "person 2", "person 3"]
    assert set(called[["pim", "ida"]]) == {"person 4", "person 5"}
    assert called.tolist() == [f"person {number}" for number in range(1, 6)]


def test_an_owner_is_ego_and_several_are_numbered() -> None:
    identity = identify(TALK)
    assert pseudonyms(TALK, identity, ("mab",))["mab"] == "ego"
    both = pseudonyms(TALK, identity, ("zora", "mab"))
    assert both[["mab", "zora", "odo"]].tolist() == ["ego 1", "ego 2", "person 1"]


def test_what_is_no_person_is_called_by_its_kind() -> None:
    kinds = pd.Series(["list", *["person"] * 5]).astype(TALK.accounts["kind"].dtype)
    list_too = schema.Tables(
        accounts=schema.as_table(
            "accounts",
            {"account": list("abcdef"), "source": "s", "key": "platform", "kind": kinds}
            | {"value": list("abcdef")},
        )
    )
    called = pseudonyms(list_too, identify(list_too))
    assert called["a"] == "list 1"
    assert sorted(called.drop("a")) == [f"person {number}" for number in range(1, 6)]


def test_equal_contact_is_ordered_by_no_guess_of_the_names() -> None:
    ring = [f"member {number}" for number in range(12)]
    rows = [(one, ring[place - 1], 20_000) for place, one in enumerate(ring)]
    tables = log(*rows)
    called = pseudonyms(tables, identify(tables)).index[:12].tolist()
    assert set(called) == set(ring)
    assert called != sorted(ring)
    # Whoever knows the names can make their digests, but not those keyed with the file.
    assert called != sorted(ring, key=digest)
    assert called != sorted(ring, key=lambda name: digest("platform", "", name))
    assert called == pseudonyms(tables, identify(tables)).index[:12].tolist()


def test_fewer_than_five_people_bear_pseudonyms_too() -> None:
    graph = nx.Graph()
    nx.add_star(graph, ["zora", "odo", "mab", "pim"], weight=0.5)
    few = nq.from_graph(graph).pseudonymised().people
    assert set(few["name"]) == {f"person {number}" for number in range(1, 5)}
    graph.add_edge("zora", "ida", weight=0.5)
    assert len(nq.from_graph(graph).pseudonymised().people) == 5


def test_nobody_at_all_needs_no_pseudonym() -> None:
    assert build(schema.Tables()).pseudonymised().people.empty


# --- nothing of a name is left ------------------------------------------------------------------


def test_no_cell_of_any_table_holds_a_name_or_an_old_id() -> None:
    before, after = texts(TALK), texts(pseudonymised(TALK, identify(TALK)))
    assert {"zora", "zora's plans", "account of odo", "zora.zip", "odo 20000"} <= before
    words = {"message", "log", "UTC (given)"}
    assert before & after == words
    assert not [text for text in after for name in PEOPLE if name in text]


def test_new_ids_are_no_digest_of_old_ones() -> None:
    after = texts(pseudonymised(TALK, identify(TALK)))
    old = texts(TALK)
    guessed = {digest(text) for text in old} | {
        digest(kind, text) for text in old for kind in ("platform", "pseudonym", "event", "thread")
    }
    guessed |= {digest("platform", "", text) for text in old}
    assert after & guessed == set()


@pytest.fixture
def mailed(tmp_path: Path) -> Network:
    """A log with names, addresses, message ids and threads that all tell who it is."""
    lines = ["sender,recipient,at,thread,message id,zora quillfeather"]
    for number, (one, other) in enumerate(nx.cycle_graph(PEOPLE).edges):
        ends = f"{one.title()} <{one}@quill.example>,{other}@quill.example"
        when, thread = f"2026-05-0{number + 1} 10:00:00", f"plans of {one} and {other}"
        lines.append(f"{ends},{when},{thread},<{one}.{number}@quill.example>,x")
    path = tmp_path / "zora@quill.example.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return nq.read(path)


def test_addresses_file_names_threads_and_message_ids_are_gone(mailed: Network) -> None:
    before = " ".join([*texts(mailed.tables), *mailed.notes]).casefold()
    for word in ("zora@quill.example.csv", "zora.0@", "not used: zora"):
        assert word in before
    hidden = mailed.pseudonymised()
    assert len(set(hidden.events["thread"]) - set(mailed.events["thread"])) == 5
    shown = [*texts(hidden.tables), *hidden.notes, repr(hidden)]
    shown += hidden.people.to_csv().splitlines() + hidden.ties.to_csv().splitlines()
    shown += [str(each) for each in hidden.graph.nodes(data=True)]
    everything = " ".join(shown).casefold()
    assert not [name for name in ("quill.example", *PEOPLE) if name in everything]


def test_a_note_that_quotes_a_name_is_left_out_and_the_others_stay() -> None:
    said = "columns not used: Odo, age; text rules 1 (English)"
    tables = schema.Tables(
        sources=TALK.sources.assign(rules=pd.Series([said], dtype="str")),
        accounts=TALK.accounts,
    )
    (rules,) = pseudonymised(tables, identify(tables)).sources["rules"]
    assert rules == "a note that holds a name is left out; text rules 1 (English)"


def facts(employers: dict[str, str], **more: str) -> schema.Tables:
    """Attributes of the five, by name of the person."""
    rows = [(who, "employer", value) for who, value in employers.items()]
    rows += [("zora", name, value) for name, value in more.items()]
    who, name, value = zip(*rows, strict=True)
    attributes = schema.as_table(
        "attributes",
        {"account": [f"account of {each}" for each in who], "value": list(value), "source": "s"}
        | {"name": pd.Series(name).astype(schema.empty("attributes")["name"].dtype)},
    )
    return schema.Tables(sources=TALK.sources, accounts=TALK.accounts, attributes=attributes)


def test_an_employer_stays_where_five_share_it() -> None:
    five = facts(dict.fromkeys(PEOPLE, "Owl & Anvil"))
    kept = pseudonymised(five, identify(five)).attributes
    assert kept["value"].tolist() == ["Owl & Anvil"] * 5
    four = facts(dict.fromkeys(PEOPLE, "Owl & Anvil") | {"ida": "Brass Teapot Ltd"})
    assert pseudonymised(four, identify(four)).attributes.empty


def test_who_left_does_not_make_an_employer_common() -> None:
    before = facts(dict.fromkeys(PEOPLE, "Owl & Anvil"))
    left = before.attributes.assign(end=pd.array([20_000, *[pd.NA] * 4], dtype="Int64"))
    tables = schema.Tables(sources=before.sources, accounts=before.accounts, attributes=left)
    assert pseudonymised(tables, identify(tables)).attributes.empty


def test_titles_places_groups_skills_and_tags_are_dropped() -> None:
    names = ("title", "place", "group", "skill", "topic", "offer", "ask", "tag")
    every = facts(dict.fromkeys(PEOPLE, "Owl & Anvil"), **dict.fromkeys(names, "Keeper of owls"))
    assert set(every.attributes["name"]) == set(schema.ATTRIBUTES)
    assert set(pseudonymised(every, identify(every)).attributes["name"]) == {"employer"}


def test_decisions_name_pseudonyms_and_no_free_text() -> None:
    at = pd.to_datetime(["2026-05-01", "2026-05-02"], utc=True)
    said = schema.as_table(
        "decisions",
        {"decision": ["d of zora", "e"], "at": at, "kind": ["promise", "kept"]}
        | {"subject": ["account of zora", None], "object": ["account of odo", None]}
        | {"value": [None, "yes"], "about": [None, "d of zora"], "note": "zora's book"},
    )
    tables = schema.Tables(sources=TALK.sources, accounts=TALK.accounts, decisions=said)
    made = pseudonymised(tables, identify(tables))
    accounts = made.accounts.set_index("name")["account"]
    first, second = made.decisions.to_dict("records")
    called = pseudonyms(tables, identify(tables))
    assert first["subject"] == accounts[called["zora"]]
    assert first["object"] == accounts[called["odo"]]
    assert (second["about"], second["value"]) == (first["decision"], "yes")
    assert not [text for text in texts(made) if "zora" in text]
    # What was said is known to the network as before.
    assert build(tables).pseudonymised().history.said["kind"].tolist() == ["promise", "kept"]


def test_words_about_people_that_are_no_name_go_as_well() -> None:
    identity = identify(TALK)
    more = Identity(identity.person_of, identity.people.assign(nick="the owl keeper"))
    people = renamed(more, pseudonyms(TALK, more)).people
    assert people["nick"].isna().all()
    assert people["kind"].eq("person").all()


def test_accounts_of_one_person_become_one() -> None:
    more = {"account": ["mail of odo"], "source": "s", "key": "mail", "value": "odo@quill.example"}
    same = {"account": ["account of odo"], "source": "s", "key": "mail"}
    both = [
        schema.as_table("accounts", {**each, "kind": "person"})
        for each in (more, same | {"value": "odo@quill.example"})
    ]
    tables = schema.Tables(
        sources=TALK.sources,
        accounts=pd.concat([TALK.accounts, *both], ignore_index=True),
        events=TALK.events,
    )
    identity = identify(tables)
    assert len(identity.person_of) == 6
    made = pseudonymised(tables, identity)
    assert made.accounts["name"].tolist() == [f"person {number}" for number in range(1, 6)]
    assert made.accounts["account"].nunique() == 5


# --- every figure is left -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Network:
    path = tmp_path_factory.mktemp("club") / "club.csv"
    club(people=14, messages=900, seed=3).to_csv(path, index=False)
    return nq.read(path, separator=";")


@pytest.fixture(scope="module")
def archive(sample: Path) -> Network:
    return nq.read(sample)


def parts(result: Result) -> dict[str, pd.DataFrame]:
    every = {"frame": result.frame} | {
        name: getattr(result, name) for name in EXTRA if hasattr(result, name)
    }
    frames = {name: pd.DataFrame(part) for name, part in every.items()}
    return {name: part.reset_index() if part.index.name else part for name, part in frames.items()}


def relabelled(frame: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    ends = {end: frame[end].map(names).astype("str") for end in ENDS if end in frame}
    return frame.assign(**ends)


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows and, of undirected pairs, both ends in an order of their own."""
    if {"a", "b"} <= set(frame):
        turned = frame["a"] > frame["b"]
        swap = {"a": "b", "b": "a", "out": "in", "in": "out"}
        swap = {one: other for one, other in swap.items() if one in frame}
        frame = frame.where(~turned, frame.rename(columns=swap)[frame.columns])
    keys = [*(end for end in ENDS if end in frame), "favour", "month", "quarter", "day"]
    keys = [key for key in keys if key in frame]
    return frame.sort_values(keys, ignore_index=True) if keys else frame


def assert_alike(before: pd.DataFrame, after: pd.DataFrame, names: pd.Series) -> None:
    one, other = in_order(relabelled(before, names)), in_order(after)
    kept = [column for column in one if column not in BY_EMPLOYER | {"standing"}]
    assert_frame_equal(one[kept], other[kept], rtol=1e-9, atol=1e-9, check_names=False)
    if "standing" in one:
        # Of ties with equal contact a place in a list goes to either, by the last bit of a sum.
        assert_frame_equal(one[["standing"]], other[["standing"]], rtol=0, atol=0.01)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("whose", ["group", "archive"])
def test_every_measure_says_the_same_of_the_same_people(
    whose: str, name: str, request: pytest.FixtureRequest
) -> None:
    network: Network = request.getfixturevalue(whose)
    measure = getattr(nq, name)
    before, after = parts(measure(network)), parts(measure(network.pseudonymised()))
    names = names_of(network)
    assert list(before) == list(after)
    for part in before:
        assert_alike(before[part], after[part], names)


def test_a_group_without_attributes_loses_no_figure_at_all(group: Network) -> None:
    names, hidden = names_of(group), group.pseudonymised()
    before, after = nq.multiplexity(group).frame, nq.multiplexity(hidden).frame
    assert_frame_equal(in_order(relabelled(before, names)), in_order(after))


@pytest.mark.parametrize("whose", ["group", "archive"])
def test_ties_people_and_their_parts_are_the_same(
    whose: str, request: pytest.FixtureRequest
) -> None:
    network: Network = request.getfixturevalue(whose)
    names, hidden = names_of(network), network.pseudonymised()
    assert len(network.ties) > 50
    assert_alike(network.ties, hidden.ties, names)
    columns = ["kind", "ambiguous", "ego", "connected"]
    before = network.people[columns].rename(index=names).loc[hidden.people.index]
    assert_frame_equal(before, hidden.people[columns], check_names=False)
    degrees = {names[person]: degree for person, degree in network.graph.degree}
    assert dict(hidden.graph.degree) == degrees
    assert hidden.matrix.sum() == pytest.approx(network.matrix.sum())


def test_introductions_are_the_same_pairs(group: Network) -> None:
    names, hidden = names_of(group), group.pseudonymised()
    columns = ["introducer", "rank", "score", "feasibility", "novelty"]
    before, after = nq.introductions(group), nq.introductions(hidden)
    assert (before.considered, before.possible) == (after.considered, after.possible)
    frames = [before.frame[columns], after.frame[columns]]
    assert len(frames[0]) > 50
    one, other = (
        frame.sort_values(["introducer", "rank"], ignore_index=True)
        for frame in (relabelled(frames[0], names), frames[1])
    )
    assert_frame_equal(one, other, rtol=1e-9)


def test_a_tie_is_explained_by_the_same_parts(group: Network) -> None:
    names, hidden = names_of(group), group.pseudonymised()
    a, b = group.ties.iloc[3][["a", "b"]]
    before, after = group.explain(a, b), hidden.explain(names[a], names[b])
    assert dict(before.parts) == pytest.approx(dict(after.parts))
    counts = [{k: len(ids) for k, ids in each.events.items()} for each in (before, after)]
    assert counts[0] == counts[1]
    assert set(before.events["intensity"]) & set(after.events["intensity"]) == set()


def test_a_bare_graph_keeps_its_ties() -> None:
    graph = nx.karate_club_graph()
    network = nq.from_graph(graph, complete=True)
    hidden = network.pseudonymised()
    assert_alike(network.ties, hidden.ties, names_of(network))
    assert_alike(
        *(nq.structure(each).frame.reset_index() for each in (network, hidden)), names_of(network)
    )


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.integers(20_000, 20_400)),
        min_size=1,
        max_size=40,
    )
)
def test_any_log_keeps_its_strengths(rows: list[tuple[str, str, int]]) -> None:
    rows = [row for row in rows if row[0] != row[1]] or [("zora", "odo", 20_000)]
    network = build(log(*rows))
    hidden = network.pseudonymised()
    assert_alike(network.ties, hidden.ties, names_of(network))
    assert not [text for text in texts(hidden.tables) for name in PEOPLE if name in text]


# --- days, twice, and few -----------------------------------------------------------------------


def test_on_another_day_people_keep_their_pseudonyms(group: Network) -> None:
    hidden = group.pseudonymised()
    day = group.as_of - 200
    early = hidden.at(day)
    assert early.pseudonymous
    assert early.as_of == day
    assert_alike(group.at(day).ties, early.ties, names_of(group))
    assert_frame_equal(group.at(day).pseudonymised().ties, early.ties)
    assert early.ties["last"].max() < hidden.ties["last"].max()


def test_pseudonyms_of_pseudonyms_are_the_same(group: Network) -> None:
    hidden = group.pseudonymised()
    assert not group.pseudonymous
    assert hidden.pseudonymised() is hidden


def test_rows_keep_their_numbers_and_people_the_order_of_theirs(group: Network) -> None:
    hidden = group.pseudonymised()
    assert hidden.events["row"].tolist() == group.events["row"].tolist()
    # In the order of the names the rows would tell who comes first in the alphabet.
    assert hidden.people.index.tolist() == [f"person {number}" for number in range(1, 15)]
    counts = pd.concat([hidden.events["sender"], hidden.events["recipient"]]).value_counts()
    owner = hidden.tables.accounts.set_index("name")["account"]
    met = counts.reindex(owner[hidden.people.index]).to_numpy()
    assert (np.diff(met) <= 0).all()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Left out (star): 3 of 1,234 people; who", "fewer than 5 of 1,234 people"),
        ("Without any ties: 4 of 23 people.", "fewer than 5 of 23 people"),
        ("Circles of 2 people were not sought", "Circles of fewer than 5 people"),
        ("for 1 person of 23", "for fewer than 5 people of 23"),
        ("23 people, each a point; 4 not observed", "each a point; fewer than 5 not observed"),
    ],
)
def test_one_to_four_people_are_not_counted(said: str, told: str) -> None:
    assert told in withheld(said)


@pytest.mark.parametrize(
    "said",
    [
        "Circles of 5 people",
        "0 of 23 people",
        "1,204 people",
        "14 people",
        "3 ties",
        "95 %, 4 weeks",
    ],
)
def test_more_nobody_and_other_things_are_counted(said: str) -> None:
    assert withheld(said) == said
