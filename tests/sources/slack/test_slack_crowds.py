"""Conversations of crowds: whatever is in them, the time grows with the file and no faster."""

from __future__ import annotations

import pytest
from tests.sources.slack.conftest import export, lines, said, talk

DM = {"dms": [{"id": "D0000012", "members": ["U1"]}]}


@pytest.mark.usefixtures("ends_soon")
def test_everybody_speaks_in_one_conversation(read):
    """Each message listed all who had spoken."""
    crowd = [f"X{number}" for number in range(20_000)]
    messages = [said(place, who, blocks=[]) for place, who in enumerate(crowd)]
    tables = read(export({"D0000012": messages}, **DM))
    assert {role for _, _, role in lines(tables)} == {"member"}
    assert len(tables.events) == 20_000


def test_reactions_beyond_measure_are_not_read(read, monkeypatch):
    monkeypatch.setattr("netquality.sources.slack.conversation._SIGNS", 10)
    monkeypatch.setattr("netquality.sources.slack.conversation._SIGNS_EACH", 2)
    signs = [{"name": "ink", "users": [f"X{number}" for number in range(30)]}]
    tables = read(export({"ink": [said(1, "U1", reactions=signs), said(2, "U2")]}))
    assert len(tables.events[tables.events["kind"] == "reaction"]) == 10
    rule = "more reactions than a conversation can have: not all are read"
    assert rule in talk(tables)["rules"].iloc[0]
    few = read(export({"ink": [said(1, "U1", reactions=[{"name": "ink", "users": ["U2"]}])]}))
    assert rule not in str(talk(few)["rules"].iloc[0])


def test_who_is_one_of_very_many_named_is_not_meant_in_particular(read):
    some = "".join(f"<@W{number}ABC>" for number in range(20))
    tables = read(export({"ink": [said(1, "U1", some), said(2, "U1", f"{some}<@W99ABC>")]}))
    roles = [role for _, _, role in lines(tables)]
    assert (roles.count("mentioned"), roles.count("member")) == (20, 2)
