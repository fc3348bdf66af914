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


def test_a_whole_group_has_no_you(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient,at\nzora,odo,2026-01-05\nodo,mab,2026-01-06\n")
    assert said(nq.read(path)) == {}
    assert "Fame or intimacy?" in said(nq.read(path, ego="odo"))
