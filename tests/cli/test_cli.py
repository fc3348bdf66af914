"""The command line: every verb and format, exit codes, hostile files, awkward consoles."""

from __future__ import annotations

import io
import json
import math
import os
import random
import struct
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import netquality as nq
from netquality.cli import verbs
from netquality.cli.app import cli, main
from netquality.export.tables import csv_text
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,Brass Teapot Ltd,Founder,03 Mar 2024\n"
)
ESCAPE, RIGHT_TO_LEFT = "\x1b[31m", "\u202e"
EVIL = f"[red]Mab[/red]{ESCAPE}{RIGHT_TO_LEFT}<b>"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    return nq.sample(folder, contacts=60, messages=600, seed=1, log=False).archive


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    rows = [
        f"zora,{who},2026-05-{day:02}\n{who},zora,2026-05-{day + 1:02}\n"
        for who in ("odo", "mab")
        for day in range(1, 9, 2)
    ]
    path.write_text("sender,recipient,at\n" + "".join(rows), encoding="utf-8")
    return path


def run(*words: object) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def shell(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "netquality", *map(str, words)],
        env={**os.environ, "PYTHONWARNINGS": "error", **environment},
        capture_output=True,
        check=False,
    )


TITLES = {
    "ties": "Ties",
    "profile": "Fame and intimacy",
    "introductions": "Two people who",
    "circles": "Two-way ties, by how often",
    "structure": "Who stands between whom",
    "reciprocity": "What goes out and what comes back",
    "initiative": "Who begins, and who answers",
    "multiplexity": "Tied in several ways",
    "broadcast": "To one at a time",
    "silence": "Ties that fell silent",
    "past": "Fame and intimacy, year by year",
}


@pytest.mark.parametrize("verb", TITLES)
def test_every_verb_in_every_format(log: Path, verb: str) -> None:
    table, csv, data, md = (
        run(verb, log, "--ego", "zora", "--format", name) for name in ("table", "csv", "json", "md")
    )
    assert [r.exit_code for r in (csv, data, md)] == [0, 0, 0]
    # A table shows only what says something; two lively ties of one kind say nothing here.
    assert table.exit_code == (1 if verb in ("multiplexity", "silence") else 0)
    frame = pd.read_csv(io.StringIO(csv.stdout))
    records = json.loads(data.stdout)
    assert len(frame) == len(records) >= 1
    assert list(frame.columns) == list(records[0])
    lines = md.stdout.splitlines()
    assert len(lines) == len(frame) + 2
    assert lines[0] == "| " + " | ".join(frame.columns) + " |"
    assert table.stdout.startswith(TITLES[verb])


def test_ties_above_a_favour_are_those_strong_enough(archive: Path) -> None:
    done = run("ties", archive, "--above", "react", "--format", "csv")
    frame = pd.read_csv(io.StringIO(done.stdout))
    assert len(frame) > 3
    assert (frame["strength"] >= 1 / (1 + math.exp(-1))).all()
    assert f"Above react: {len(frame)} ties; assumed." in done.stderr
    wrong = run("ties", archive, "--above", "kidney")
    assert wrong.exit_code == 2
    assert "reply, react, answer" in wrong.stderr


def test_a_horizon_is_asked_for_and_said(archive: Path) -> None:
    shown = run("persistence", archive, "--days", "45").stdout
    assert shown.startswith("Contact both ways within the next 45 days")
    tried = run("backtest", archive, "--days", "60")
    assert "Who would be in touch within 60 days" in tried.stdout
    assert run("replies", archive, "--days", "0").exit_code == 2


@pytest.mark.parametrize("form", ["csv", "json", "md", "table"])
def test_the_result_goes_to_a_file_when_asked(log: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out" / f"ties.{form}"
    done = run("ties", log, "--names", "--format", form, "-o", target)
    assert (done.exit_code, done.stdout.replace("\n", "")) == (0, str(target))
    printed = run("ties", log, "--names", "--format", "csv" if form == "table" else form).stdout
    assert target.read_text("utf-8") == printed


def test_a_file_gets_all_rows_and_columns_whatever_fits_a_screen(
    archive: Path, tmp_path: Path
) -> None:
    target = tmp_path / "ties.csv"
    assert run("ties", archive, "-o", target).exit_code == 0
    ties = nq.read(archive).ties
    whole = pd.read_csv(target)
    assert len(whole) == len(ties) > 60
    assert set(ties.columns) < set(whole.columns)
    shown = run("ties", archive).stdout
    assert f"25 of {len(ties)} rows; --top N shows more" in shown


@pytest.mark.parametrize("verb", [*TITLES, "doctor"])
def test_what_is_shown_fits_80_columns(
    archive: Path, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = run(verb, archive)
    table, _, _ = done.stdout.partition("Not needed:")
    lines = [line for line in table.splitlines() if str(archive) not in line]
    assert len(lines) > (3 if verb in ("circles", "structure", "broadcast") else 6)
    assert [line for line in lines if len(line) > 80 or line != line.rstrip()] == []


@pytest.mark.parametrize("name", ["profile", "circles", "initiative", "structure", "broadcast"])
def test_csv_of_a_measure_is_the_frame(log: Path, name: str) -> None:
    printed = run(name, log, "--names", "--format", "csv")
    frame = getattr(nq, name)(nq.read(log)).to_frame()
    if "band" in frame:
        frame["band"] = frame["band"].astype("str")
    assert printed.stdout == csv_text(frame)


def test_probable_ties_are_counted_when_asked_for(archive: Path) -> None:
    plain = pd.read_csv(io.StringIO(run("structure", archive, "--format", "csv").stdout))
    asked = run("structure", archive, "--probable", "--format", "csv")
    probable = pd.read_csv(io.StringIO(asked.stdout))
    assert plain["reason"].tolist() == ["star"]
    assert probable["reason"].isna().all()
    assert probable["constraint"].notna().all()
    assert "Probable ties added" in asked.stderr


def test_a_profile_of_one_is_told_in_words_and_of_several_in_few_columns(log: Path) -> None:
    one = run("profile", log, "--ego", "zora").stdout
    several = run("profile", log, "--names").stdout
    assert ["In", "contact", "within", "a", "year", "2"] in [x.split() for x in one.splitlines()]
    columns = several.splitlines()[2].split()
    assert columns[:3] == ["person", "contacts", "active"]
    assert [line.split()[0] for line in several.splitlines()[4:]] == ["mab", "odo", "zora"]


def test_only_own_ties_are_shown_and_the_others_are_named(log: Path) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write("odo,mab,2026-05-20\n")
    done = run("ties", log, "--ego", "zora")
    assert done.stdout.startswith("Ties of zora. As of 2026-05-20.\n")
    assert [line.split()[0] for line in done.stdout.splitlines()[3:5]] == ["mab", "odo"]
    assert done.stdout.endswith("\n1 tie between others: --format csv has them too.\n")


def test_an_explanation_adds_up_on_the_screen(log: Path) -> None:
    done = run("ties", log, "--ego", "zora", "--explain", "odo")
    tie = nq.read(log, ego="zora").ties.set_index("b").loc["odo"]
    assert done.stdout.startswith("The tie of zora and odo, part by part\n")
    ends = f"({tie['strength_low']:.2f} to {tie['strength_high']:.2f})"
    assert f"which is a strength of {tie['strength']:.3f} {ends}.\n" in done.stdout
    assert "What it stands on, and by how much less it would be without\n" in done.stdout
    assert "An even chance of 'introduction' is possible from 0.881" in done.stdout


def test_an_explanation_of_a_measured_rung_says_why_no_habit_lifts_it(tmp_path: Path) -> None:
    archive = nq.sample(tmp_path, contacts=150, messages=3000, seed=1, log=False).archive
    network = nq.read(archive)
    assert nq.replies(network).curve is not None
    done = run("ties", archive, "--explain", network.ties["b"].iloc[0], "--above", "reply")
    assert done.exit_code == 0
    assert done.stdout.endswith("measured here: it stands on more than strength.\n")


def test_csv_of_introductions_is_the_frame(archive: Path) -> None:
    printed = run("introductions", archive, "--format", "csv")
    frame = nq.introductions(nq.read(archive)).to_frame()
    again = pd.read_csv(io.StringIO(printed.stdout))
    assert again.columns.tolist() == frame.columns.tolist()
    assert len(again) == len(frame) > 20
    pd.testing.assert_frame_equal(
        again.select_dtypes("number"), frame.select_dtypes("number"), check_dtype=False
    )
    shown = frame.map(lambda cell: clean(cell, limit=None) if isinstance(cell, str) else cell)
    assert printed.stdout == csv_text(shown)
    assert "pairs scored" in printed.stderr


def test_top_is_as_many_as_asked_for(archive: Path, log: Path) -> None:
    assert len(run("ties", log, "--names", "--format", "csv", "--top", 1).stdout.splitlines()) == 2
    many = run("introductions", archive, "--format", "csv", "--top", 150, "--cap", 1000)
    assert len(many.stdout.splitlines()) == 151
    assert run("ties", log, "--top", "-1").exit_code == 2
    assert run("introductions", log, "--cap", "0").exit_code == 2
    assert run("report", log, "-o", log.parent / "out", "--top", "0").exit_code == 2


def test_one_tie_is_explained_by_its_parts(log: Path) -> None:
    done = run("ties", log, "--ego", "zora", "--explain", "odo", "--format", "csv")
    parts = pd.read_csv(io.StringIO(done.stdout))
    assert parts["part"].iloc[0] == "base"
    strength = nq.read(log, ego="zora").ties.set_index("b").loc["odo", "strength"]
    assert 1 / (1 + 2.718281828 ** -parts["log_odds"].sum()) == pytest.approx(strength, abs=1e-6)
    refused(run("ties", log, "--names", "--explain", "odo"), "--ego")


def test_a_report_and_an_export_of_a_log(log: Path, tmp_path: Path) -> None:
    done = run("report", log, "--names", "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert "16 rows = 16 kept + 0 merged + 0 rejected" in done.stdout
    assert "18 files written." in done.stdout
    assert (tmp_path / "out" / "report.html").is_file()
    exported = run("export", log, "--names", "-o", tmp_path / "files")
    assert exported.exit_code == 0
    written = {p.name for p in (tmp_path / "files").iterdir()}
    assert {line.rsplit(os.sep, 1)[-1] for line in exported.stdout.split()} == written
    assert len(written) == 7


def test_no_verb_writes_over_its_source(log: Path) -> None:
    before = log.read_bytes()
    for words in (
        ("ties", log, "--format", "csv", "-o", log),
        ("report", log.parent, "-o", log.parent / "out"),
        ("export", log.parent, "-o", log.parent / "out"),
        ("profile", log.parent, "-o", log.parent / "profile.csv"),
        ("introductions", log, "--format", "md", "-o", log.parent / "." / "log.csv"),
    ):
        assert run(*words, "--names").exit_code == 2
        assert [path.name for path in log.parent.iterdir()] == ["log.csv"]
        assert log.read_bytes() == before


def test_a_sample_is_written_and_read(tmp_path: Path) -> None:
    made = run("sample", tmp_path / "demo", "--contacts", 60, "--messages", 400, "--truth")
    assert made.exit_code == 0
    assert len(made.stdout.splitlines()) == 3
    assert (tmp_path / "demo" / "truth.csv").is_file()
    refused(run("sample", tmp_path / "less", "--contacts", 3), "too small")


def test_the_doctor_tells_what_is_in_a_file(log: Path, tmp_path: Path) -> None:
    log.write_text(log.read_text("utf-8") + "zora,zora,2026-05-01\n", encoding="utf-8")
    done = run("doctor", log)
    assert done.exit_code == 0
    assert "netquality 0" in done.stdout
    assert "sender is the recipient" in done.stdout
    missing = run("doctor", tmp_path / "missing.csv")
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)
    assert "missing.csv does not exist" in missing.stderr


def test_the_doctor_says_what_is_not_needed_and_takes_the_options_of_reading(
    archive: Path, tmp_path: Path
) -> None:
    told = run("doctor", archive).stdout
    listed = [line for line in told.splitlines() if line.startswith("  Skills.csv")]
    assert len(listed) == 1
    assert listed[0].endswith(": holds no contact between people")
    assert told.count("messages.csv  ") == 1
    unclear = tmp_path / "days.csv"
    unclear.write_bytes(BAD["ambiguous date"][1])
    assert run("doctor", unclear).exit_code == 2
    assert run("doctor", unclear, "--date-format", "dmy").exit_code == 0


def test_every_verb_has_an_example_in_its_help() -> None:
    for name, verb in cli.commands.items():
        told = run(name, "--help").stdout
        (example,) = [x.strip() for x in told.splitlines() if x.strip().startswith("Example: ")]
        words = example.removeprefix("Example: ").split()
        assert words[:2] == ["netquality", name]
        verb.make_context(name, words[2:])


def test_the_doctor_bears_a_file_name_full_of_markup(tmp_path: Path, log: Path) -> None:
    odd = tmp_path / "[bold]x[" / "red].csv"
    odd.parent.mkdir()
    odd.write_bytes(log.read_bytes())
    assert run("doctor", odd).exit_code == 0
    close = tmp_path / "[" / "red].csv"
    close.parent.mkdir()
    close.write_bytes(log.read_bytes())
    assert "[/red].csv" in run("doctor", close).stdout


def test_nothing_found_is_exit_code_1(tmp_path: Path, log: Path) -> None:
    path = tmp_path / "Connections.csv"
    path.write_text(CONNECTIONS, encoding="utf-8")
    assert run("introductions", path).exit_code == 1
    assert run("ties", path).exit_code == 0
    empty = run("ties", log, "--names", "--as-of", "2020-01-01", "--format", "csv")
    assert empty.exit_code == 1
    assert empty.stdout.startswith("a,a_name,b,")


def refused(result: Result, *words: str) -> None:
    """Bad input: exit 2, one line on stderr that says what is wrong, nothing on stdout."""
    assert result.exit_code == 2
    assert result.stderr.startswith("netquality: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


def zip_of(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "/").replace("DOT", "."), data)
    return buffer.getvalue()


def lying_zip() -> bytes:
    """A member that says it is small and unpacks to 30 MB."""
    data = bytearray(zip_of(ConnectionsDOTcsv=b"0" * (30 << 20)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(data)


def sampled(size: int) -> bytes:
    return random.Random(5).randbytes(size)


BAD = {
    "empty": ("empty.csv", b"", "is empty"),
    "blank": ("blank.csv", b" \n\n", "is empty"),
    "a PDF named zip": ("export.zip", b"%PDF-1.7\n%....", "a PDF"),
    "truncated": ("cut.zip", zip_of(ConnectionsDOTcsv=CONNECTIONS.encode())[:-40], "damaged"),
    "cut member": ("half.zip", None, "damaged"),
    "bomb": ("bomb.zip", zip_of(ConnectionsDOTcsv=b"0" * (30 << 20)), "zip bomb"),
    "lying bomb": ("lying.zip", lying_zip(), ""),
    "traversal": ("up.zip", zip_of(DOTDOT_DOTDOT_ConnectionsDOTcsv=b"x"), "outside"),
    "random": ("noise.bin", sampled(10_000_000), "noise.bin"),
    "random named csv": ("noise.csv", sampled(100_000), "noise.csv"),
    "no header": ("Connections.csv", CONNECTIONS.partition("\n")[2].encode(), "Connections.csv"),
    "ambiguous date": (
        "days.csv",
        b"sender,recipient,at\nzora,odo,03/04/2026\nodo,zora,05/06/2026\n",
        "--date-format",
    ),
    "header only": ("bare.csv", b"sender,recipient,at\n", "bare.csv"),
    "web page": ("page.csv", b"<!doctype html><html><body>Sign in</body></html>", "web page"),
    "broken graph": ("x.graphml", b"<?xml version='1.0'?><graphml><graph>", "damaged"),
    "entities": ("y.graphml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><graphml>&a;</graphml>", "entities"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_in_one_line(case: str, tmp_path: Path) -> None:
    name, data, word = BAD[case]
    if data is None:
        data = bytearray(zip_of(ConnectionsDOTcsv=CONNECTIONS.encode() * 50))
        data[60:90] = bytes(30)
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / name).write_bytes(bytes(data))
    refused(run("report", folder / name, "--names", "-o", out), word)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]
    assert [p.name for p in folder.iterdir()] == [name]


def test_what_is_not_there_or_holds_nothing(tmp_path: Path, log: Path) -> None:
    refused(run("report", tmp_path / "missing.zip", "-o", tmp_path / "out"), "does not exist")
    (tmp_path / "photos").mkdir()
    refused(run("report", tmp_path / "photos", "-o", tmp_path / "out"), "it is empty")
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"\xff\xd8\xff\xe0 cat")
    refused(run("ties", tmp_path / "photos"), "cat.jpg")
    refused(run("ties", log, tmp_path / "missing.csv"), "does not exist")
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(log: Path) -> None:
    log.chmod(0)
    refused(run("ties", log, "--names"), "permission denied")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--ego", "nobody"),
        ("--as-of", "soon"),
        ("--as-of", "99999999"),
        ("--timezone", "Moon/Crater"),
        ("--columns", "sender"),
        ("--columns", "a,b,c"),
        ("--date-format", "%Q"),
    ],
)
def test_an_option_without_sense_is_told_in_one_line(log: Path, option: str, value: str) -> None:
    refused(run("ties", log, "--names", option, value))


def test_an_absurd_day_is_refused_by_the_profile_too(log: Path) -> None:
    refused(run("profile", log, "--names", "--as-of", "20261120000"))


@pytest.mark.parametrize("value", ["0", "-5s", "soon", "5x"])
def test_a_time_that_is_none_is_refused(log: Path, value: str) -> None:
    done = run("ties", log, "--names", "--every", value)
    assert done.exit_code == 2
    assert "is no time; write 20s, 5m or 1h." in done.stderr


def test_sightings_are_joined_to_meetings(tmp_path: Path) -> None:
    path = tmp_path / "badges.txt"
    path.write_text("".join(f"{second} 5 7\n" for second in range(0, 200, 20)), encoding="utf-8")
    words = ("ties", path, "--names", "--columns", "at,sender,recipient", "--format", "csv")
    joined = run(*words, "--every", "20s")
    assert joined.exit_code == 0
    row = pd.read_csv(io.StringIO(joined.stdout)).iloc[0]
    # Ten sightings of one pair, 20 seconds apart, are one meeting of both.
    assert (row["a"], row["b"], row["out"], row["in"]) == (5, 7, 1, 1)
    assert run(*words, "--every", "20").stdout == joined.stdout


@pytest.fixture
def hostile(tmp_path: Path) -> Callable[[], Path]:
    rows = [["zora", EVIL, "2026-05-01"], [EVIL, "zora", "2026-05-02"]]
    rows += [["zora", "=cmd|'/c calc'!A1", "2026-05-03"], ["pim", "odo", "2026-05-04"]]

    def make() -> Path:
        path = tmp_path / "hostile.csv"
        table = pd.DataFrame(rows, columns=["sender", "recipient", "at"])
        table.to_csv(path, index=False)
        return path

    return make


@pytest.mark.parametrize(
    ("verb", "form"),
    [("ties", "table"), ("ties", "csv"), ("introductions", "table"), ("introductions", "csv")]
    + [("profile", form) for form in ("table", "csv", "json", "md")],
)
def test_hostile_names_are_harmless(hostile: Callable[[], Path], verb: str, form: str) -> None:
    done = run(verb, hostile(), "--names", "--format", form)
    assert done.exit_code == 0
    shown = (
        json.dumps(json.loads(done.stdout), ensure_ascii=False) if form == "json" else done.stdout
    )
    assert "Mab" in shown
    assert "\\u001b" not in shown
    assert {ESCAPE[0], RIGHT_TO_LEFT} & set(done.stdout + done.stderr) == set()
    if form == "csv":
        assert "\n=cmd" not in shown
        assert ",=cmd" not in shown
    if form == "table":
        assert "[red]" in shown.replace("\n", "").replace(" ", "")


def test_a_console_that_knows_few_letters_shows_what_it_can(log: Path) -> None:
    text = log.read_text("utf-8").replace("odo", "Łukasz 雨")
    log.write_text(text, encoding="utf-8")
    done = shell("ties", log, "--names", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "?ukasz" in done.stdout.decode("cp1252")
    missing = shell("ties", log.parent / "雨.csv", PYTHONIOENCODING="cp1252")
    assert missing.returncode == 2
    assert missing.stderr.startswith(b"netquality: ")


@pytest.mark.skipif(os.name == "nt", reason="there is no head")
def test_a_reader_that_goes_away_is_no_error(archive: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "netquality", "ties", str(archive), "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as done:
        done.stdout.close()
        told = done.stderr.read()
        done.wait()
    assert (told, done.returncode) == (b"", 0)


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 0)])
def test_a_run_that_is_stopped_leaves_no_traceback(
    log: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], code: int
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(verbs, "read_all", stop)
    monkeypatch.setattr(sys, "argv", ["netquality", "ties", str(log)])
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == code


def test_a_run_from_the_shell_gives_its_exit_code(log: Path) -> None:
    assert shell("ties", log, "--names").returncode == 0
    bad = shell("ties", log.parent / "missing.csv")
    assert bad.returncode == 2
    assert bad.stderr.count(b"\n") == 1
    assert bad.stdout == b""
