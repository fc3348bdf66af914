"""The fictional club: what was planted is found by the measures of a whole group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import netquality as nq
from netquality.samples.club import club, write_club

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nq.Network:
    path = tmp_path_factory.mktemp("club") / "club.csv"
    write_club(path)
    return nq.read(path, separator=";")


def test_the_shipped_club_is_the_one_that_is_made(root: Path, tmp_path: Path) -> None:
    write_club(tmp_path / "club.csv")
    shipped = root / "data" / "group" / "club.csv"
    assert shipped.read_bytes() == (tmp_path / "club.csv").read_bytes()


def test_everybody_is_seen_and_nobody_owns_it(network: nq.Network) -> None:
    assert (network.egos, len(network.people)) == ((), 40)
    assert network.sources["rejected"].sum() == 0


def test_the_announcer_is_the_only_megaphone(network: nq.Network) -> None:
    frame = nq.broadcast(network).frame
    announcer = club().loc[club()["recipient"].str.contains(";"), "sender"].iloc[0]
    assert frame.index[frame["habit"] == "megaphone"].map(network.people["name"]).tolist() == [
        announcer
    ]


def test_those_between_the_teams_are_the_least_constrained(network: nq.Network) -> None:
    """Without the mailings, which tie the announcer to everybody."""
    frame = nq.structure(network).frame
    assert frame["reason"].isna().all()
    assert frame["constraint"].between(0, 1.2).all()
    wide = frame.nlargest(5, "effective_size")
    assert wide["constraint"].max() < frame["constraint"].median()
