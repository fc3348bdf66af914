"""Introductions: the arithmetic, who is left out and why, and reasons that are true."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import netquality as nq
from netquality.advice.roles import OTHER, role_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PEOPLE = ("odo", "mab", "pim", "tib")
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
TALKS = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
    "RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)
PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers\n{},Fernwick,,,,,,,,,,,\n"
)
LINK = "https://www.linkedin.com/in/{}-sample"
Rows = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("sample")
    return nq.sample(folder, contacts=60, messages=600, seed=1, log=False)


@pytest.fixture(scope="module")
def archive(made: object) -> nq.Network:
    return nq.read(made.archive)


@pytest.fixture(scope="module")
def ranked(archive: nq.Network) -> object:
    return nq.introductions(archive)


@pytest.fixture
def network(tmp_path: Path) -> Callable[..., nq.Network]:
    """Read (sender, recipients, time) rows; recipients are divided by semicolons."""

    def make(rows: Rows, **options: object) -> nq.Network:
        path = tmp_path / "log.csv"
        lines = ["sender,recipient,at", *(",".join(row) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return nq.read(path, separator=";", **options)

    return make


def archive_of(
    place: Path, me: str, people: dict[str, tuple[str, str]], talking: Iterable[str]
) -> Path:
    """An archive: contacts with company and title; messages to and fro with some of them."""
    folder = place / me / "Basic_LinkedInDataExport_06-30-2026"
    folder.mkdir(parents=True)
    lines = [
        f"{who.title()},Fernwick,{LINK.format(who)},,{company},{title},03 Mar 2024\n"
        for who, (company, title) in people.items()
    ]
    (folder / "Connections.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    (folder / "Profile.csv").write_text(PROFILE.format(me.title()), encoding="utf-8")
    mine, rows = f"{me.title()} Fernwick,{LINK.format(me)}", [TALKS]
    for k, who in enumerate(talking):
        theirs = f"{who.title()} Fernwick,{LINK.format(who)}"
        for day in range(1, 5):
            pair = f"{mine},{theirs}" if day % 2 else f"{theirs},{mine}"
            rows.append(f"{me}{k},,{pair},2026-06-{day:02} 08:0{k}:00 UTC,,Hello,INBOX\n")
    (folder / "messages.csv").write_text("".join(rows), encoding="utf-8")
    return folder


@pytest.fixture
def contacts(tmp_path: Path) -> Callable[..., nq.Network]:
    """Zora's archive; she writes with all of her contacts, or with nobody."""

    def make(people: dict[str, tuple[str, str]], *, messages: bool = True) -> nq.Network:
        return nq.read(archive_of(tmp_path, "zora", people, people if messages else ()))

    return make


def talks(who: str, month: int = 5, days: int = 8) -> Rows:
    """By turns; each at a minute of their own, or one message to several it would be."""
    ends, minute = [("zora", who), (who, "zora")], sum(map(ord, who)) % 60
    return [(*ends[k % 2], f"2026-{month:02}-{k + 1:02} 12:{minute:02}") for k in range(days)]


def pairs(frame: pd.DataFrame) -> list[frozenset[str]]:
    return [frozenset(pair) for pair in frame[["a", "b"]].itertuples(index=False)]


def test_the_product_of_the_factors_is_the_score(ranked: object, archive: nq.Network) -> None:
    frame = ranked.frame
    assert len(frame) > 20
    role = role_of(archive.people["title"])
    for i in range(len(frame)):
        factors = ranked.explain(i)
        assert np.prod(list(factors.values())) == pytest.approx(frame["score"].iloc[i], abs=1e-9)
        # A value that no title shows is assumed: it multiplies, and counts as no factor.
        said = bool(role[frame.loc[i, ["a", "b"]]].notna().all())
        assert frame["factors"].iloc[i] == 2 + said
        assert said or factors["value"] == OTHER
    assert set(frame["factors"]) == {2, 3}
    assert frame["feasibility"].tolist() == pytest.approx(
        (frame["yes_a"] * frame["yes_b"]).tolist()
    )
    assert frame["novelty"].tolist() == pytest.approx((1 - frame["knows"]).tolist())
    assert frame["score"].is_monotonic_decreasing
    assert frame["rank"].tolist() == list(range(1, len(frame) + 1))
    assert set(frame["introducer"]) == {archive.ego}
    assert_frame_equal(ranked.top(3), frame.head(3))


@pytest.mark.parametrize("cap", [1, 3])
def test_nobody_is_asked_more_often_than_the_cap(archive: nq.Network, cap: int) -> None:
    frame = nq.introductions(archive, cap=cap, top=1000).frame
    load = pd.concat([frame["a"], frame["b"]]).value_counts()
    assert load.max() == cap
    assert len(nq.introductions(archive, cap=cap, top=5).frame) == 5


def test_all_pairs_of_contacts_are_possible_those_in_touch_are_considered(
    ranked: object, archive: nq.Network
) -> None:
    ties = archive.ties
    touched = int((ties["out"] + ties["in"] > 0).sum())
    assert ranked.possible == len(ties) * (len(ties) - 1) // 2
    assert ranked.considered == touched * (touched - 1) // 2 < ranked.possible


def test_nobody_is_introduced_to_whom_they_have_met(network: Callable[..., nq.Network]) -> None:
    rows = [line for who in PEOPLE for line in talks(who)]
    # Odo and Mab last wrote years ago, Pim and Tib last week: both pairs have met.
    rows += [("odo", "mab", "2021-01-05 12:00"), ("pim", "tib", "2026-05-20 12:00")]
    made = network(rows)
    frame = nq.introductions(made, cap=9).frame
    mine = set(pairs(frame[frame["introducer"] == "zora"]))
    crossed = {frozenset([a, b]) for a in ("odo", "mab") for b in ("pim", "tib")}
    assert mine == crossed
    tied = {frozenset(pair) for pair in made.ties[["a", "b"]].itertuples(index=False)}
    assert set(pairs(frame)) & tied == set()


def test_contacts_of_each_other_are_not_introduced_even_when_silent(tmp_path: Path) -> None:
    blank = ("", "")
    zora = archive_of(tmp_path, "zora", dict.fromkeys(["wren", "odo", "mab"], blank), PEOPLE[:2])
    # Wren is connected to Odo, and never wrote to him: they have met all the same.
    wren = archive_of(tmp_path, "wren", dict.fromkeys(["zora", "odo"], blank), ["zora"])
    made = nq.read(zora, wren)
    assert made.egos == ("wren-sample", "zora-sample")
    silent = made.ties.set_index(["a", "b"])["grade"]
    assert silent["wren-sample", "odo-sample"] == "silent"
    met = frozenset(["wren-sample", "odo-sample"])
    assert met not in pairs(nq.introductions(made, cap=9).frame)


def test_who_shared_conversations_likely_know_each_other(
    network: Callable[..., nq.Network],
) -> None:
    rows = [line for who in PEOPLE for line in talks(who)]
    rows += [("zora", "odo;mab", f"2026-04-{day:02} 12:00") for day in range(1, 7)]
    found = nq.introductions(network(rows, ego="zora"), cap=9)
    knows = dict(zip(pairs(found.frame), found.frame["knows"], strict=True))
    # Six conversations of three: 1 - .95 * (1 - 1/2)^6 = .985; all others have the base rate
    assert knows.pop(frozenset(["odo", "mab"])) == pytest.approx(1 - 0.95 * 0.5**6)
    assert list(knows.values()) == pytest.approx([0.05] * 5)
    marked = found.frame[found.frame["acquainted"]]
    assert pairs(marked) == [frozenset(["odo", "mab"])]
    assert "in conversations together" in marked["reasons"].iloc[0]
    assert found.frame["reasons"].str.contains("together").sum() == 1


def test_planted_acquaintances_are_more_likely_than_others(
    made: object, archive: nq.Network
) -> None:
    frame = nq.introductions(archive, top=10_000, cap=10_000).frame
    planted = {frozenset(p) for p in made.pairs.query("threads >= 2")[["a", "b"]].to_numpy()}
    met = pd.Series([pair in planted for pair in pairs(frame)])
    assert met.sum() >= 1
    assert frame["knows"][met].min() >= 0.5
    assert frame["acquainted"][met].all()
    assert frame["knows"][~met].median() == pytest.approx(0.05)


def test_the_same_employer_makes_knowing_likelier(contacts: Callable[..., nq.Network]) -> None:
    brass, tin = ("Brass Teapot Ltd", "Founder"), ("Tin Whistle Co", "Angel Investor")
    found = nq.introductions(contacts({"odo": brass, "mab": brass, "pim": tin}))
    knows = dict(zip(pairs(found.frame), found.frame["knows"], strict=True))
    colleagues = frozenset(["odo-sample", "mab-sample"])
    # 1 - .95 * (1 - .6) = .62 for the only two of a company
    assert knows.pop(colleagues) == pytest.approx(0.62)
    assert list(knows.values()) == pytest.approx([0.05, 0.05])
    best, last = found.frame.iloc[0], found.frame.iloc[-1]
    assert pairs(found.frame)[-1] == colleagues
    assert "Both work at Brass Teapot Ltd: they may know each other." in last["reasons"]
    assert "By their titles" in best["reasons"]
    # A founder and an investor complement each other in full, two founders hardly.
    assert best["value"] == 1.0 > last["value"]
    assert found.heading == "Introductions you could make"


def test_without_any_contact_the_heading_says_why(contacts: Callable[..., nq.Network]) -> None:
    made = contacts(dict.fromkeys(PEOPLE, ("Brass Teapot Ltd", "Founder")), messages=False)
    found = nq.introductions(made)
    assert found.frame.empty
    assert list(found.frame) == list(nq.introductions(made, top=3).to_frame())
    assert (found.considered, found.possible) == (0, 6)
    assert found.heading.startswith("No introductions: no contact")


def test_missing_factors_are_left_out_and_named(network: Callable[..., nq.Network]) -> None:
    found = nq.introductions(network([*talks("odo"), *talks("mab")], ego="zora"))
    assert found.heading == "Two people who would both answer you"
    said = " ".join(found.notes)
    assert "Value is left out" in said
    assert "5% is assumed" in said
    assert found.frame["value"].isna().all()
    assert found.frame["factors"].tolist() == [2]
    assert list(found.explain(0)) == ["feasibility", "novelty"]


def test_without_times_there_are_introductions_too(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [f"zora,{who}\n{who},zora\n" for who in ("odo", "mab")] * 5
    path.write_text("sender,recipient\n" + "".join(rows), encoding="utf-8")
    found = nq.introductions(nq.read(path, ego="zora"))
    assert len(found.frame) == 1
    assert "last on" not in found.frame["reasons"].iloc[0]


def test_every_reason_is_true_to_the_data(ranked: object, archive: nq.Network) -> None:
    ties, people = archive.ties.set_index("b"), archive.people
    for row in ranked.frame.itertuples():
        for person in (row.a, row.b):
            tie, name = ties.loc[person], people.loc[person, "name"]
            count = int(tie["out"] + tie["in"])
            plural = "" if count == 1 else "s"
            told = f"{name}: {count:,} exchange{plural}, last on {tie['last'].date()}."
            assert told in row.reasons
        employers = people.loc[[row.a, row.b], "employer"]
        same = employers.notna().all() and employers.nunique() == 1
        assert ("Both work at" in row.reasons) == same


def test_a_log_of_a_group_serves_everybody(network: Callable[..., nq.Network]) -> None:
    rows = [line for who in PEOPLE for line in talks(who)]
    rows += [("odo", "wex", f"2026-05-0{day} 12:00") for day in range(1, 4)]
    found = nq.introductions(network(rows))
    # Odo knows Zora and Wex only; everybody else knows nobody but Zora.
    by = found.frame.groupby("introducer").size()
    assert set(by.index) == {"zora", "odo"}
    odo = found.frame[found.frame["introducer"] == "odo"]
    assert pairs(odo) == [frozenset(["zora", "wex"])]


def test_the_same_data_give_the_same_advice(network: Callable[..., nq.Network]) -> None:
    rows = [line for who in (*PEOPLE, "wex", "ada") for line in talks(who)]
    shuffled = rows[:]
    random.Random(3).shuffle(shuffled)
    one, other = (nq.introductions(network(lines, ego="zora")).frame for lines in (rows, shuffled))
    assert_frame_equal(one, other)
