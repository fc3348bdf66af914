"""A whole group's people bear pseudonyms in everything that the program shows or writes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd
import pytest
from click.testing import CliRunner, Result

import netquality as nq
from netquality.cli.app import cli
from netquality.export.graphs import write_gexf, write_graphml
from netquality.export.tables import write_csv

if TYPE_CHECKING:
    from pathlib import Path

# So long that no other word and no picture's code holds one by chance.
FIRST = ("zoraquill", "odofenwick", "mablarkspur", "pimthistle", "idamarrow", "wrenfiddle")
SAID = "A whole group's log: people are shown under pseudonyms; --names shows them.\n"
VERBS = (
    *("ties", "profile", "introductions", "circles", "structure", "reciprocity"),
    *("initiative", "multiplexity", "broadcast", "silence", "past"),
    *("persistence", "replies", "standing"),
)


def run(*words: object) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Everybody writes to the next two, now and then; the file's name and a thread tell names."""
    path = tmp_path / "plans-of-zoraquill.csv"
    rows = [
        f"{one}-sample,{FIRST[(place + step) % 6]}-sample,2026-0{month}-{10 + place + step},{one}"
        for month in range(1, 7)
        for place, one in enumerate(FIRST)
        for step in (1, 2, -1)
    ]
    text = "sender,recipient,at,thread\n" + "\n".join(rows) + "\n"
    path.write_text(text, encoding="utf-8")
    return path


def named(text: str) -> list[str]:
    """The people whose names a text tells."""
    return [name for name in FIRST if name in text.casefold()]


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_shows_a_name_of_a_group_unless_asked(log: Path, verb: str, form: str) -> None:
    done = run(verb, log, "--format", form)
    assert done.stderr.startswith(SAID)
    assert named(done.stdout + done.stderr) == []
    asked = run(verb, log, "--format", form, "--names")
    assert SAID not in asked.stderr
    assert asked.exit_code == done.exit_code
    if done.exit_code == 0:
        assert "person 1" in done.stdout.replace("\n", " ")
        assert named(asked.stdout) == list(FIRST)


@pytest.mark.parametrize("verb", ["report", "export"])
def test_no_file_written_of_a_group_holds_a_name(log: Path, tmp_path: Path, verb: str) -> None:
    for option in ((), ("--names",)):
        folder = tmp_path / f"out{len(option)}"
        done = run(verb, log, "-o", folder, *option)
        assert done.exit_code == 0
        files = [path for path in folder.rglob("*") if path.is_file()]
        written = [path for path in files if path.suffix != ".png"]
        assert len(written) >= 7
        found = {path.name: named(path.read_text("utf-8")) for path in written}
        if option:
            assert found["ties.csv"] == found["network.gexf"] == list(FIRST)
            assert found["reading.json"] == ["zoraquill"]
        else:
            assert [name for name, names in found.items() if names] == []
            # The program names the folder, which the user named.
            assert named(done.stdout.replace(str(tmp_path), "")) == []


def test_the_page_of_a_group_says_what_pseudonyms_do_not_hide(log: Path, tmp_path: Path) -> None:
    pages = []
    for option in ((), ("--names",)):
        run("report", log, "-o", tmp_path / "out", *option)
        pages.append((tmp_path / "out" / "report.html").read_text("utf-8"))
    hidden, shown = pages
    assert "group&#39;s network, pseudonymised</h1>" in hidden
    assert "whoever knows some of them from elsewhere can tell who is who" in hidden
    assert "pseudonymised" not in shown
    assert "anonym" not in hidden.replace("pseudonym", "").replace("Pseudonym", "")


def test_what_is_shown_of_whom_is_the_same_but_for_the_name(log: Path) -> None:
    frames = [
        pd.read_csv(io.StringIO(run("ties", log, "--format", "csv", *option).stdout))
        for option in ((), ("--names",))
    ]
    assert sorted(frames[0]["strength"]) == pytest.approx(sorted(frames[1]["strength"]))
    assert sorted(frames[0]["out"] + frames[0]["in"]) == sorted(frames[1]["out"] + frames[1]["in"])


def test_an_owner_sees_names_unless_pseudonyms_are_asked_for(log: Path) -> None:
    plain = run("ties", log, "--ego", "zoraquill-sample", "--format", "csv")
    assert named(plain.stdout) == list(FIRST)
    assert plain.stderr == ""
    done = run("ties", log, "--ego", "zoraquill-sample", "--pseudonyms")
    assert done.stdout.startswith("Ties of ego. As of 2026-")
    assert named(done.stdout) == []
    assert done.stderr == ""


def test_a_tie_under_pseudonyms_is_explained_by_them(log: Path) -> None:
    words = ("ties", log, "--ego", "zoraquill-sample", "--pseudonyms", "--explain")
    done = run(*words, "person 2")
    assert done.stdout.startswith("The tie of ego and person 2, part by part\n")
    assert named(done.stdout) == []
    # The program does not tell which number a name bears.
    assert run(*words, "odofenwick-sample").exit_code == 2


@pytest.mark.parametrize("kind", ["network.graphml", "network.gexf", "ties.csv"])
def test_a_group_given_as_ties_bears_pseudonyms_too(tmp_path: Path, kind: str) -> None:
    graph = nx.Graph()
    nx.add_cycle(graph, FIRST, weight=0.5)
    network, path = nq.from_graph(graph, complete=True), tmp_path / kind
    if kind == "ties.csv":
        write_csv(network.ties, path)
    else:
        (write_gexf if kind.endswith("gexf") else write_graphml)(network, path)
    done = run("ties", path, "--format", "csv")
    assert done.stderr == SAID
    assert named(done.stdout) == []
    assert len(done.stdout.splitlines()) == 7
    assert named(run("ties", path, "--names", "--format", "csv").stdout) == list(FIRST)


def test_fewer_than_five_people_are_not_shown_without_saying_so(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("sender,recipient,at\nzora,odo,2026-05-01\nodo,mab,2026-05-02\n", "utf-8")
    for words in (("ties", path), ("report", path, "-o", tmp_path / "out")):
        done = run(*words)
        assert done.exit_code == 0
        assert "person 1" in done.stdout or "files written" in done.stdout
        assert done.stderr.startswith(f"{SAID.strip()} Among fewer than 5 they hide nobody.")
        assert not {"zora", "odo", "mab"} & set(re.findall(r"\w+", done.stdout.lower()))
    assert run("ties", path, "--names").exit_code == 0
    assert run("ties", path, "--ego", "odo").exit_code == 0


def test_the_doctor_takes_no_such_option(log: Path) -> None:
    assert run("doctor", log, "--names").exit_code == 2
    assert run("doctor", log).exit_code == 0
