"""The world is the same in every layout, and holds the traps that real exports hold."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

import numpy as np
import pytest

from netquality.samples.clock import DAY, END_DAY
from netquality.samples.crowd import split
from netquality.samples.cut import cut_of
from netquality.samples.phrases import ANNOUNCEMENT, MARKER
from netquality.samples.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.samples.write import Sample

    Members = dict[int, dict[str, bytes]]
    Rows = Callable[[int, str], list[dict[str, str]]]


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(2000, 20_000, 3)


def test_composition_at_two_thousand_contacts(world: World) -> None:
    assert world.people["planted"].value_counts().to_dict() == {
        "weak": 1420,
        "medium": 300,
        "strong": 100,
        "dormant": 60,
        "broadcaster": 60,
        "outreach": 60,
    }
    sorts = world.messages["what"].str.removeprefix("bare ").value_counts()
    assert sorts.to_dict() == {
        "direct": 16_500,
        "sponsored": 2000,
        "group": 1200,
        "closed": 200,
        "draft": 100,
    }
    assert len(world.ghosts) == 40
    sizes = world.threads["members"].map(len)
    assert (sizes >= 2).sum() == 90
    assert sizes.max() <= 5


def test_sorts_always_sum_to_the_wanted_number() -> None:
    for contacts, messages in ((60, 240), (300, 3000), (30_000, 500_000)):
        assert sum(split(contacts, messages)[:5]) == messages


def test_names_hold_the_known_traps(world: World) -> None:
    people = world.people
    full = people["first"].str.strip() + " " + people["last"].str.strip()
    shared = full[full.duplicated(keep=False)]
    assert len(shared) == 28
    assert set(shared.index) == set(people.index[people["homonym"]])
    assert people["slug"].is_unique
    assert people["last"].str.contains(", ").sum() == 24
    edges = (people["first"] != people["first"].str.strip()) | (
        people["last"] != people["last"].str.strip()
    )
    assert edges.sum() == 60
    for hostile in ("<script>alert(1)</script>", '=HYPERLINK("http://x")', "Rev\u202eersa"):
        assert (people["first"] == hostile).sum() == 1
    assert (~people["slug"].map(str.isascii)).sum() > 50


def test_nobody_writes_before_connecting_or_after_the_end(world: World) -> None:
    direct = world.messages[world.messages["what"] == "direct"]
    first = direct.groupby("contact")["at"].min() // DAY
    assert (world.people["connected"].reindex(first.index) <= first).all()
    assert world.messages["at"].max() < (END_DAY + 1) * DAY
    assert all(frame["at"].max() < (END_DAY + 1) * DAY for frame in world.acts.values())


def test_planted_pairs_share_threads_of_three(world: World) -> None:
    for a, b, same in world.pairs[["a", "b", "same_firm"]].to_numpy():
        threads = world.threads["members"].map(lambda members, p=(a, b): tuple(members) == p)
        rows = world.messages[world.messages["thread"].isin(world.threads.index[threads])]
        assert threads.sum() == 6
        assert set(rows["sender"]) == {a, b, -1}
        assert rows["at"].min() > (END_DAY - 560) * DAY
        assert (world.people.at[a, "firm"] == world.people.at[b, "firm"]) == same
        assert (world.people.loc[[a, b], "planted"] == "strong").all()


def test_asks_are_in_notes_and_messages_and_have_a_helper_elsewhere(world: World) -> None:
    notes = world.acts["notes"].set_index("text")["who"]
    for asker, helper, topic in world.asks.to_numpy():
        assert notes[f"Ask: {topic}"] == asker
        assert notes[f"Offers: {topic}"] == helper
        assert world.people.at[helper, "title"] == f"{topic.title()} Lead"
        assert world.people.at[asker, "firm"] != world.people.at[helper, "firm"]
        said = world.messages.loc[world.messages["sender"] == asker, "body"]
        assert said.str.contains(f"someone who works on {topic}", regex=False).any()
    assert len(world.asks) == 10


def test_one_text_goes_to_many_and_talk_does_not_repeat(world: World) -> None:
    sent = world.messages[(world.messages["what"] == "direct") & (world.messages["sender"] == -1)]
    long = sent[sent["body"].str.len() >= 40]
    people = long.groupby("body")["contact"].nunique()
    assert people[ANNOUNCEMENT] == 30
    friends = world.people.index[world.people["kind"] == "friend"]
    repeated = long["body"].map(people) >= 8
    # The few are what the platform proposes on birthdays and new jobs.
    assert repeated[long["contact"].isin(friends)].mean() < 0.02


def test_same_events_in_every_era(rows: Rows) -> None:
    def events(era: int) -> Counter[tuple[str, ...]]:
        keys = ("CONVERSATION ID", "DATE", "FROM", "SENDER PROFILE URL")
        return Counter(
            tuple(row[key] for key in keys)
            for row in rows(era, "messages.csv")
            if row["CONVERSATION ID"]
        )

    # 2024 keeps the thread of some drafts, because it flags them.
    assert events(2020) == events(2021) == events(2023) == events(2026)
    assert events(2020) <= events(2024)
    assert len(rows(2018, "Messages.csv")) == len(rows(2026, "messages.csv")) == 3000


def test_same_people_in_every_era(rows: Rows) -> None:
    def names(era: int) -> list[str]:
        return sorted(row["First Name"] + row["Last Name"] for row in rows(era, "Connections.csv"))

    assert names(2018) == names(2020) == names(2026)
    urls = {unquote(row["URL"]) for row in rows(2026, "Connections.csv")}
    assert urls == {unquote(row["URL"]) for row in rows(2023, "Connections.csv")}


def test_an_earlier_export_is_the_beginning_of_a_later_one() -> None:
    early = cut_of(60, 400, 5, 2020, dt.date(2025, 12, 31))
    late = cut_of(60, 400, 5, 2026)
    before, after = early.inbox(), late.inbox()
    assert 0 < len(before) < len(after)
    assert before["at"].max() < (early.day + 1) * DAY
    common = after.loc[before.index]
    assert (common["at"].to_numpy() == before["at"].to_numpy()).all()
    assert (common["at"] < (early.day + 1) * DAY).all()
    assert (after["at"] < (early.day + 1) * DAY).sum() == len(before)
    assert set(early.people.index) < set(late.people.index)


def test_counts_told_are_counts_written(made: dict[int, Sample], rows: Rows) -> None:
    people, owner = made[2026].people, made[2026].owner
    start = "https://www.linkedin.com/in/"
    received, sent = Counter[str](), Counter[str]()
    for row in rows(2026, "messages.csv"):
        one, many = row["SENDER PROFILE URL"], row["RECIPIENT PROFILE URLS"].split(",")
        if not row["TO"] or len(many) > 1:
            continue
        if one == start + owner.slug:
            sent[many[0].removeprefix(start)] += 1
        elif one:
            received[one.removeprefix(start)] += 1
    assert people["received"].to_dict() == {slug: received[slug] for slug in people.index}
    assert people["sent"].to_dict() == {slug: sent[slug] for slug in people.index}
    assert sum(received.values()) + sum(sent.values()) == 2475


def test_group_recipients_are_joined_by_bare_commas(rows: Rows) -> None:
    grouped = [row for row in rows(2026, "messages.csv") if "," in row["RECIPIENT PROFILE URLS"]]
    assert len(grouped) == 180
    for row in grouped:
        urls = row["RECIPIENT PROFILE URLS"].split(",")
        assert 2 <= len(urls) <= 5
        assert row["SENDER PROFILE URL"] not in urls
        assert ", " not in row["RECIPIENT PROFILE URLS"]


def test_private_texts_bear_the_marker(members: Members) -> None:
    marked = {name for name, raw in members[2026].items() if MARKER.encode() in raw}
    assert {"messages.csv", "Notes.csv", "Comments_404040404.csv"} <= marked


def test_other_seeds_are_other_worlds() -> None:
    one, two = make_world(60, 400, 1), make_world(60, 400, 2)
    assert set(one.people["slug"]).isdisjoint(two.people["slug"])
    assert not np.array_equal(one.messages["at"], two.messages["at"])
