"""A real network, from tables to page, charts and files: what one part makes, the next takes."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd
import pytest

import netquality as nq
from netquality import charts, ids, schema
from netquality.advice.introductions import introductions
from netquality.export.frames import introductions_frame, people_frame, ties_frame
from netquality.export.graphs import write_gexf, write_graphml
from netquality.export.readings import profile_json, reading_json
from netquality.export.tables import write_csv
from netquality.measures.profile import profile
from netquality.network import Network
from netquality.network import build as network_of
from netquality.page.answers import ask
from netquality.page.build import build
from netquality.page.tables import own

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE = {
    "wren-sample": "Wren Fiddlewick",
    "zora-sample": "Zora <b>Quillfeather</b>",
    "milo-sample": "=Milo Thistledown",
    "pim-sample": "Pim $x_$ Larkspur",
}
ACCOUNT = {slug: ids.digest("profile", slug) for slug in PEOPLE}
EXPORTED = 20_777


def tables(owner: str | None) -> schema.Tables:
    """Wren and Zora write every week, Wren wrote to Milo once, Pim is only a contact."""
    me, zora, milo, pim = ACCOUNT.values()
    days = [EXPORTED - 7 * week for week in range(60)]
    sender = [me, zora] * 30 + [me]
    recipient = [zora, me] * 30 + [milo]
    rows = len(sender)
    return schema.Tables(
        sources=schema.as_table(
            "sources",
            {
                "source": ["s"],
                "name": "messages.csv",
                "bundle": "export.zip",
                "format": "linkedin/messages",
                "owner": owner,
                "shows": "message",
                "zone": "UTC (given)",
                "last": EXPORTED,
                "exported": EXPORTED,
                "read": 61,
                "kept": 61,
            },
        ),
        accounts=schema.as_table(
            "accounts",
            {
                "account": list(ACCOUNT.values()),
                "source": "s",
                "key": "profile",
                "value": list(PEOPLE),
                "name": list(PEOPLE.values()),
                "kind": "person",
            },
        ),
        events=schema.as_table(
            "events",
            {
                "event": [f"e{i}" for i in range(rows)],
                "at": pd.to_datetime([*days, EXPORTED - 400], unit="D", utc=True),
                "day": [*days, EXPORTED - 400],
                "precision": "second",
                "sender": sender,
                "recipient": recipient,
                "kind": "message",
                "channel": "linkedin",
                "audience": 1,
                "source": "s",
            },
        ),
        relations=schema.as_table(
            "relations", {"a": me, "b": [zora, milo, pim], "kind": "connected", "source": "s"}
        ),
    )


@pytest.fixture(params=["owner", "group", "nobody"])
def network(request: pytest.FixtureRequest) -> Network:
    if request.param == "nobody":
        return network_of(schema.Tables())
    return network_of(tables(ACCOUNT["wren-sample"] if request.param == "owner" else None))


def test_the_page_holds_every_name_as_text(network: Network, tmp_path: Path) -> None:
    names = network.people["name"].to_dict()
    mine, result = own(network), profile(network)
    drawn = {
        "ties": charts.ties(mine, names=names, cut=network.cut),
        "profile": charts.profile(result, names=names),
    }
    pictures = {name: charts.save(ax, tmp_path / name)[1] for name, ax in drawn.items()}
    alts = {"ties": charts.alt_ties(mine, cut=network.cut), "profile": charts.alt_profile(result)}
    html = build(network, ask(network), pictures, title="Sample", alts=alts)
    assert "<b>" not in html
    assert ("Zora &lt;b&gt;Quillfeather&lt;/b&gt;" in html) == bool(len(network.ties))
    assert ">nan<" not in html


def test_files_hold_every_tie(network: Network, tmp_path: Path) -> None:
    path = write_csv(ties_frame(network), tmp_path / "ties.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["strength"]) for row in rows] == sorted(network.ties["strength"])[::-1]
    write_csv(people_frame(network), tmp_path / "people.csv")
    write_csv(introductions_frame(introductions(network), network), tmp_path / "pairs.csv")
    for write, read in ((write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)):
        graph = read(write(network, tmp_path / "network.xml"))
        assert graph.number_of_edges() == len(network.ties)
        for a, b, strength in network.ties[["a", "b", "strength"]].itertuples(index=False):
            assert graph.edges[a, b]["weight"] == strength
    assert json.loads(reading_json(network))["ties"] == len(rows)
    assert len(json.loads(profile_json(profile(network)))["people"]) == len(profile(network).frame)


def written(folder: Path, head: str, *rows: str) -> Path:
    path = folder / "log.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def without_times(folder: Path) -> Network:
    return nq.read(written(folder, "sender,recipient", "zora,odo", "odo,zora"), ego="zora")


def one_message(folder: Path) -> Network:
    return nq.read(written(folder, "sender,recipient,time", "zora,odo,2026-01-05"), ego="zora")


def seconds_of_a_log(folder: Path) -> Network:
    rows = (f"{i % 5},{(i * 7 + 1) % 6},{i * 5000}" for i in range(300) if i % 5 != (i * 7 + 1) % 6)
    return nq.read(written(folder, "sender,recipient,at", *rows), ego="1")


def bare_graph(folder: Path) -> Network:
    return nq.from_graph(nx.karate_club_graph())


@pytest.mark.parametrize("make", [without_times, one_message, seconds_of_a_log, bare_graph])
def test_a_page_of_any_data_says_nothing_that_was_not_seen(
    make: Callable[[Path], Network], tmp_path: Path
) -> None:
    made = make(tmp_path)
    html = build(made, ask(made), {}, title="Sample")
    shown = re.sub(r"<script.*?</script>|<style.*?</style>", "", html, flags=re.DOTALL)
    assert not re.search(r">[^<]*\b(nan|NaN|NaT|None|inf)\b", shown)
    assert html.count("<section") == html.count("</section>") >= 11
    if made.timeless:
        assert "Without dates" in shown
        assert "Year by year" not in shown
        assert "nothing can be said of silence" in shown


def test_an_owner_sees_the_grades_that_the_messages_show() -> None:
    made = network_of(tables(ACCOUNT["wren-sample"]))
    html = build(made, ask(made), {}, title="Sample")
    assert "with 1 more contact it shows none" in html
    assert "Your ties" in html
    assert "=Milo Thistledown" in html
