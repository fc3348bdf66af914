"""From files to files: what a report promises to write, and when it writes nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

import netquality as nq
from netquality import charts
from netquality.pipeline.reporting import CHARTS, EXPORTED, export, safe_output
from netquality.text import clean

if TYPE_CHECKING:
    from pathlib import Path

PROMISED = {
    "report.html",
    *(f"charts/{name}.{kind}" for name in CHARTS for kind in ("png", "svg")),
    "ties.csv",
    "people.csv",
    "introductions.csv",
    "network.graphml",
    "network.gexf",
    "profile.json",
    "reading.json",
}
LOG = "sender,recipient,at\n" + "".join(
    f"zora,{who},2026-05-{day:02}\n{who},zora,2026-05-{day + 1:02}\n"
    for who in ("odo", "mab")
    for day in range(1, 9, 2)
)
RELATIVE = "sender,recipient,at\nzora,odo,5\nodo,zora,90000\nzora,mab,200000\n"


def listed(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> nq.report:
    folder = tmp_path_factory.mktemp("report")
    made = nq.sample(folder / "sample", contacts=60, messages=600, seed=1, log=False)
    return nq.report(made.archive, output=folder / "out")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "source" / "log.csv"
    path.parent.mkdir()
    path.write_text(LOG, encoding="utf-8")
    return path


def test_a_report_is_exactly_what_is_promised(written: nq.report) -> None:
    folder = written.path.parent
    assert listed(folder) == PROMISED
    assert {path.relative_to(folder).as_posix() for path in written.files} == PROMISED
    assert written.files[0] == written.path == folder / "report.html"
    assert all(path.stat().st_size > 100 for path in written.files)


def test_the_files_say_what_the_result_says(written: nq.report) -> None:
    folder, network = written.path.parent, written.network
    ties = pd.read_csv(folder / "ties.csv", keep_default_na=False)
    assert ties["strength"].tolist() == network.ties["strength"].tolist()
    assert len(pd.read_csv(folder / "introductions.csv")) == len(written.introductions.frame)
    assert len(pd.read_csv(folder / "people.csv")) == len(network.people)
    profile = json.loads((folder / "profile.json").read_text("utf-8"))["people"][0]
    assert profile["contacts"] == written.profile.frame["contacts"].iloc[0]
    reading = json.loads((folder / "reading.json").read_text("utf-8"))
    assert reading["as_of"] == "2026-11-20"
    files = [file for file in reading["files"] if not file["unused"]]
    assert all(f["read"] == f["kept"] + f["merged"] + f["rejected"] for f in files)
    assert sum(f["read"] for f in files) > 600


@pytest.mark.parametrize("name", ["ties.csv", "network.graphml", "network.gexf"])
def test_what_was_written_reads_back_with_the_same_strengths(written: nq.report, name: str) -> None:
    again = nq.read(written.path.parent / name)
    columns = ["a", "b", "strength"]
    before, after = written.network.ties[columns], again.ties[columns]
    strengths = [
        {frozenset((a, b)): s for a, b, s in ties.itertuples(index=False)}
        for ties in (before, after)
    ]
    assert strengths[1] == pytest.approx(strengths[0], abs=1e-12)
    assert len(after) == len(before)
    known = written.network.people["name"].reindex(again.people.index).dropna()
    assert len(known) >= len(again.people) - 1
    assert (again.people.loc[known.index, "name"] == known.map(clean)).all()
    if name != "ties.csv":
        assert again.egos == written.network.egos


def test_a_report_on_graphml_is_a_report(written: nq.report, tmp_path: Path) -> None:
    done = nq.report(written.path.parent / "network.graphml", output=tmp_path / "again")
    # A graph has no events, so there is nothing to draw but ties and last days.
    drawn = {
        f"charts/{name}.{kind}" for name in ("ties", "rings", "silence") for kind in ("png", "svg")
    }
    kept = {name for name in PROMISED if not name.startswith("charts/")} | drawn
    assert listed(tmp_path / "again") == kept
    assert done.profile.frame["contacts"].tolist() == written.profile.frame["contacts"].tolist()


def test_a_report_on_a_log_without_an_owner_is_a_report(log: Path, tmp_path: Path) -> None:
    done = nq.report(log, output=tmp_path / "out")
    # Nobody is in the middle of a group, and nobody in this log fell silent.
    empty = {f"charts/{name}.{kind}" for name in ("rings", "silence") for kind in ("png", "svg")}
    assert listed(tmp_path / "out") == PROMISED - empty
    assert done.profile.frame.index.tolist() == ["person 1", "person 2", "person 3"]
    named = nq.report(log, output=tmp_path / "named", names=True)
    assert named.profile.frame.index.tolist() == ["mab", "odo", "zora"]


def test_on_bad_input_nothing_is_written(log: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"%PDF-1.7 nothing to see")
    for sources, more in (((log, bad), {}), ((log,), {"ego": "pim"}), ((log,), {"as_of": "soon"})):
        with pytest.raises(nq.BadInput):
            nq.report(*sources, output=tmp_path / "out", **more)
    assert not (tmp_path / "out").exists()
    with pytest.raises(nq.BadInput, match="No source"):
        nq.read()


def test_an_output_that_is_a_file_is_refused(log: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(nq.BadInput, match="cannot be written"):
        nq.report(log, output=tmp_path / "taken")
    assert (tmp_path / "taken").read_text("utf-8") == "mine"


@pytest.mark.parametrize("place", [".", "inside/deep", "log.csv"])
def test_sources_are_never_written_to(log: Path, place: str) -> None:
    source = log if place == "log.csv" else log.parent
    with pytest.raises(nq.BadInput, match="never written to"):
        nq.report(source, output=log.parent / place)
    assert listed(log.parent) == {"log.csv"}
    assert log.read_text("utf-8") == LOG


@pytest.mark.parametrize("name", ["ties.csv", "network.gexf"])
def test_a_source_of_the_name_of_a_result_is_not_overwritten(
    written: nq.report, tmp_path: Path, name: str
) -> None:
    source = tmp_path / name
    shutil.copy(written.path.parent / name, source)
    before = source.read_bytes()
    with pytest.raises(nq.BadInput, match="never written to"):
        nq.report(source, output=tmp_path)
    assert source.read_bytes() == before
    assert listed(tmp_path) == {name}


def test_an_output_beside_or_around_a_source_is_fine(log: Path) -> None:
    folder = log.parent.parent
    assert safe_output(log.parent / "out", [log]) == (log.parent / "out").resolve()
    assert safe_output(folder, [log.parent], ["ties.csv"]) == folder.resolve()
    with pytest.raises(nq.BadInput, match="lies inside the source"):
        safe_output(folder, [log.parent], ["source/ties.csv"])


def test_another_name_of_a_source_is_no_way_to_it(log: Path, tmp_path: Path) -> None:
    names = [tmp_path / "hard.csv", tmp_path / "soft.csv"]
    try:
        names[0].hardlink_to(log)
        names[1].symlink_to(log)
    except OSError:
        pytest.skip("this file system has no links")
    for name in names:
        with pytest.raises(nq.BadInput, match="never written to"):
            safe_output(name, [log])


def test_an_export_is_what_its_list_says(log: Path, tmp_path: Path) -> None:
    written = export(nq.read(log), tmp_path / "out")
    assert [path.name for path in written] == list(EXPORTED)
    assert listed(tmp_path / "out") == set(EXPORTED) < PROMISED


def test_each_chart_is_drawn_and_described_once(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def counted(name: str) -> None:
        made = getattr(charts, name)
        monkeypatch.setattr(charts, name, lambda *a, **k: (calls.append(name), made(*a, **k))[1])

    names = sorted([*CHARTS, *(f"alt_{name}" for name in CHARTS)])
    for name in names:
        counted(name)
    nq.report(log, output=tmp_path / "out", ego="zora")
    assert sorted(calls) == [name for name in names if name != "alt_silence"]


def test_relative_and_dated_logs_share_no_clock(log: Path, tmp_path: Path) -> None:
    relative = tmp_path / "relative.csv"
    relative.write_text(RELATIVE, encoding="utf-8")
    with pytest.raises(nq.BadInput, match="Read them apart"):
        nq.read(log, relative)
    assert nq.read(relative).relative


@pytest.mark.parametrize("note", ["README.txt", "notes.md"])
def test_a_note_beside_a_relative_log_is_no_second_clock(tmp_path: Path, note: str) -> None:
    (tmp_path / "log.csv").write_text(RELATIVE, encoding="utf-8")
    (tmp_path / note).write_text("These are the minutes of a garden club.\n", encoding="utf-8")
    network = nq.read(tmp_path)
    assert network.relative
    assert network.sources["unused"].notna().sum() == 1


def test_a_source_without_times_shares_any_clock(log: Path, tmp_path: Path) -> None:
    relative = tmp_path / "relative.csv"
    relative.write_text(RELATIVE, encoding="utf-8")
    given = tmp_path / "ties.csv"
    given.write_text("a,b,strength\npim,tib,0.5\n", encoding="utf-8")
    for dated in (log, relative):
        assert "pim" in nq.read(dated, given).people.index


def test_the_order_of_paths_does_not_matter(log: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("sender,recipient,at\nodo,pim,2026-05-09\n", encoding="utf-8")
    one, two, again = nq.read(log, other), nq.read(other, log), nq.read(log, other, log)
    for shown in (two, again):
        assert shown.ties.equals(one.ties)
        assert shown.people.equals(one.people)
    assert len(one.ties) == 3


def test_a_graph_becomes_a_network_and_a_wrong_one_an_error(written: nq.report) -> None:
    graph = written.network.graph
    again = nq.from_graph(graph, ego=written.network.ego)
    assert again.ego == written.network.ego
    assert np.sort(again.ties["strength"]) == pytest.approx(
        np.sort(written.network.ties["strength"])
    )
    with pytest.raises(nq.BadInput, match="no 'wieght'"):
        nq.from_graph(graph, weight="wieght")
