"""The first answers: said in plain words, and only where the data shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import netquality as nq
from netquality.page.answers import ask
from netquality.page.brief import Answer, brief
from netquality.page.crowd import crowd

if TYPE_CHECKING:
    from pathlib import Path

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,Brass Teapot Ltd,Founder,03 Mar 2024\n"
)


def said(network: nq.Network) -> dict[str, Answer]:
    answers = ask(network)
    return {answer.question: answer for answer in brief(network, answers, crowd(network))}


@pytest.fixture(scope="module")
def sampled(sample: Path) -> nq.Network:
    return nq.read(sample)


def test_the_answers_carry_the_figures_of_the_measures(sampled: nq.Network) -> None:
    found, me = said(sampled), nq.profile(sampled).frame.iloc[0]
    figures = f"{me['active']:.0f} ({me['active_low']:.0f} to {me['active_high']:.0f})"
    assert figures in found["Fame or intimacy?"].sentence
    assert f"of {me['strong']:.0f} strong ties" in found["Which ties carry?"].sentence
    first = sampled.ties["b"].iloc[0]
    assert sampled.people.loc[first, "name"] in found["Which ties carry?"].sentence
    pair = nq.introductions(sampled).frame.iloc[0]
    for end in ("a_name", "b_name"):
        assert pair[end].split()[0] in found["Who should meet?"].sentence
    gone = nq.silence(sampled).frame
    count = int(gone["gone"].eq(True).sum())
    assert f"{count - 1} more ties fell silent" in found["Who fell silent?"].sentence
    assert "handshake" in found["Megaphone or handshake?"].sentence


def test_a_list_of_connections_answers_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "Connections.csv"
    path.write_text(CONNECTIONS, encoding="utf-8")
    assert said(nq.read(path)) == {}


def test_a_whole_group_has_no_you_and_answers_of_its_own(root: Path) -> None:
    path = root / "data" / "group" / "club.csv"
    network = nq.read(path, separator=";")
    found = said(network)
    assert "Fame or intimacy?" not in found
    announcer = nq.broadcast(network).frame["many"].idxmax()
    assert found["Who only announces?"].sentence == f"{network.people.loc[announcer, 'name']}."
    widest = nq.structure(network).frame["effective_size"].idxmax()
    assert network.people.loc[widest, "name"] in found["Who stands between others?"].sentence
    assert "Fame or intimacy?" in said(nq.read(path, separator=";", ego=str(announcer)))


def test_nobody_who_fell_silent_is_to_be_introduced(sampled: nq.Network) -> None:
    earlier = sampled.at("2025-06-30")
    silent = nq.silence(earlier).frame
    gone = silent.loc[silent["gone"].eq(True), "alter"].map(sampled.people["name"])
    sentence = said(earlier).get("Who should meet?")
    assert sentence is None or not any(name in sentence.sentence for name in gone)
