"""Import, status, changes, forget: what is printed is right, and looking makes no file."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import click
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from netquality.cli import keep
from netquality.cli.app import cli
from netquality.pipeline.keeping import Workspace

if TYPE_CHECKING:
    from pathlib import Path

ESCAPE, RIGHT_TO_LEFT = "\x1b[31m", "\u202e"
EVIL = f"[red]Mab{ESCAPE}{RIGHT_TO_LEFT}"
SECRET = "PURPLETEAPOT"
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers\n{},,,,,,,,,,,\n"
)
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER\n"
    "c1,,Odo Fernwick,https://www.linkedin.com/in/odo-sample,Zora Quill,"
    f"https://www.linkedin.com/in/zora-sample,2025-12-01 10:00:00 UTC,,{SECRET},INBOX\n"
)


def contact(first: str, last: str, slug: str, company: str, title: str, since: str) -> str:
    return f"{first},{last},https://www.linkedin.com/in/{slug},,{company},{title},{since}\n"


ODO = contact("Odo", "Fernwick", "odo-sample", "Brass Teapot", "Founder", "03 Mar 2024")
ODO_LATER = ODO.replace("Brass Teapot", "Copper Kettle")
IDA = contact("Ida", "Marrowby", "ida-sample", "Mossworks", "Baker", "04 Mar 2024")
MAB = contact(EVIL, "Thistle", "mab-sample", "Mossworks", "Baker", "05 Mar 2024")
JUNO = contact("Juno", "Lateleaf", "juno-sample", "Mossworks", "Baker", "09 Sep 2025")


def archive(path: Path, rows: str, owner: str = "Zora,Quill", **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Connections.csv", HEAD + rows)
        packed.writestr("Profile.csv", PROFILE.format(owner))
        for name, text in files.items():
            packed.writestr(f"{name}.csv", text)
    return path


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    return archive(tmp_path / "Basic_LinkedInDataExport_01-31-2025.zip", ODO + IDA + MAB)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    path = tmp_path / "Basic_LinkedInDataExport_01-31-2026.zip"
    return archive(path, ODO_LATER + MAB + JUNO, messages=MESSAGES)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kept" / "mine.duckdb"
    monkeypatch.setenv("NETQUALITY_WORKSPACE", str(path))
    return path


def run(*words: object, typed: str | None = None) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words], input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def done(*words: object) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def leaves(group: click.Group, *path: str) -> list[tuple[tuple[str, ...], click.Command]]:
    found = []
    for name, verb in group.commands.items():
        found.append(((*path, name), verb))
        found += leaves(verb, *path, name) if isinstance(verb, click.Group) else []
    return found


@pytest.mark.parametrize(
    ("path", "verb"), [each for each in leaves(cli) if len(each[0]) > 1], ids=str
)
def test_every_subcommand_has_an_example_that_parses(
    path: tuple[str, ...], verb: click.Command
) -> None:
    told = run(*path, "--help").stdout
    (example,) = [x.strip() for x in told.splitlines() if x.strip().startswith("Example: ")]
    words = example.removeprefix("Example: netquality ").split()
    assert tuple(words[: len(path)]) == path
    verb.make_context(path[-1], words[len(path) :])


# --- looking makes nothing ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["status"], 1),
        (["people"], 1),
        (["changes"], 1),
        (["record", "list"], 1),
        (["people", "review"], 2),
        (["people", "why", "odo-sample"], 2),
        (["record", "never", "odo-sample"], 2),
        (["forget", "odo-sample", "--yes"], 2),
        (["import", "--remove", "x"], 2),
    ],
)
def test_without_a_workspace_one_line_says_so_and_none_is_made(
    place: Path, words: list[str], code: int
) -> None:
    result = run(*words)
    assert result.exit_code == code
    (line,) = result.output.splitlines()
    assert f"here is no workspace {place}." in line
    # Only verbs that read could have been given a file instead.
    assert ("Name a file" in line) is (words[0] in ("changes", "import"))
    assert "netquality import SOURCE" in line
    assert not place.parent.exists()


def test_an_empty_workspace_has_no_status(place: Path) -> None:
    Workspace(place).close()
    result = run("status")
    assert result.exit_code == 1
    assert result.output == f"{place} is empty. Next: netquality import SOURCE\n"
    assert run("people").exit_code == 1


def test_what_comes_next_names_the_workspace_that_was_named(tmp_path: Path, earlier: Path) -> None:
    named = tmp_path / "two words.duckdb"
    told = done("import", earlier, "-w", named)
    assert f"Next: netquality report --workspace '{named}' -o report" in told


# --- import --------------------------------------------------------------------------------


def test_an_import_tells_of_every_bundle_and_the_total(
    place: Path, earlier: Path, later: Path
) -> None:
    # Three contacts and the profile; later three contacts and one message, the same profile.
    first = done("import", earlier).splitlines()
    assert first[0] == f"{earlier.name}: 2 files new; 4 rows kept, 0 merged, 0 rejected."
    assert first[1] == f"In {place}: 2 files, 4 rows."
    second = done("import", earlier, later).splitlines()
    assert second[0] == f"{earlier.name}: 2 files already there."
    assert second[1] == f"{later.name}: 2 files new; 4 rows kept, 0 merged, 0 rejected."
    assert second[2] == f"In {place}: 4 files, 8 rows."
    with Workspace(place) as workspace:
        assert int(workspace.files["kept"].sum()) == 8


def test_everything_there_already_is_said_and_no_error(place: Path, earlier: Path) -> None:
    done("import", earlier)
    assert "Everything was there already; nothing was added." in done("import", earlier)
    assert "2 files read anew; 4 rows kept" in done("import", earlier, "--again")


def test_files_that_are_not_needed_stand_in_one_line(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "Basic_LinkedInDataExport_01-31-2025.zip"
    archive(path, ODO, Skills="Name\nPottery\n", Learning="Content Title\nKnots\n")
    (line,) = [line for line in done("import", path).splitlines() if "Not needed" in line]
    assert {"Skills.csv", "Learning.csv"} <= set(line.replace(",", "").split())


def test_files_are_taken_out_by_the_name_of_the_archive(
    place: Path, earlier: Path, later: Path
) -> None:
    done("import", earlier, later)
    told = done("import", "--remove", later.name).splitlines()
    assert told[0].startswith("Taken out: ")
    with Workspace(place) as workspace:
        assert later.name not in set(workspace.files["bundle"])
    assert run("import", "--remove", "nothing.zip").exit_code == 2
    assert run("import").exit_code == 2


def test_another_owner_needs_a_word(place: Path, tmp_path: Path, earlier: Path) -> None:
    odo = archive(tmp_path / "Basic_LinkedInDataExport_02-01-2025.zip", IDA, owner="Odo,Fernwick")
    done("import", earlier)
    refused = run("import", odo)
    assert refused.exit_code == 2
    assert "--consent" in refused.output
    assert "Odo" not in done("status").splitlines()[1]
    done("import", odo, "--consent", f"by mail{ESCAPE}, 2025-02-01")
    told = done("status")
    assert "Odo Fernwick agreed: by mail[31m, 2025-02-01" in told
    assert "1 decision: 1 consent." in told
    # Both owners are told what can be said of their exports.
    assert "Zora Quill: Nothing can be said of changes" in told
    assert "Odo Fernwick: Nothing can be said of changes" in told


def test_ones_own_files_under_another_name_are_joined(
    place: Path, tmp_path: Path, earlier: Path
) -> None:
    mine = archive(tmp_path / "Basic_LinkedInDataExport_02-01-2025.zip", IDA, owner="Zo,Quillwork")
    done("import", earlier)
    done("import", mine, "--own")
    with Workspace(place) as workspace:
        assert len(workspace.network().egos) == 1


# --- status --------------------------------------------------------------------------------


def test_the_status_adds_up(place: Path, earlier: Path, later: Path) -> None:
    done("import", earlier, later)
    done("record", "rating", "odo-sample", 4)
    done("record", "never", "ida-sample")
    told = done("status").splitlines()
    assert told[0].startswith(f"{place}, {place.stat().st_size / 1e6:.1f} MB, kept since 20")
    # Connections since 3 to 5 March 2024; the second export also has one of 9 September 2025
    # and a message of 1 December 2025.
    bundles = sorted(line.strip() for line in told if line.startswith("  "))
    assert bundles[0] == (f"{earlier.name}: linkedin, Zora Quill, 2024-03-03 to 2024-03-05, 4 rows")
    assert bundles[1] == (f"{later.name}: linkedin, Zora Quill, 2024-03-03 to 2025-12-01, 4 rows")
    assert "2 decisions: 1 rating, 1 never." in told
    assert any("1 new contact (Juno Lateleaf)" in line for line in told)
    assert any("1 changed employers (Odo Fernwick, now Copper Kettle)" in line for line in told)


def test_the_status_tells_what_to_add(place: Path, earlier: Path) -> None:
    done("import", earlier)
    told = done("status")
    assert "messages.csv is missing." in told
    assert "only one export with connections" in told


def test_the_status_of_a_log_without_dates_counts_days_from_its_start(
    place: Path, tmp_path: Path
) -> None:
    log = tmp_path / "badges.csv"
    log.write_text("sender,recipient,time\n" + "1,2,20\n2,3,90020\n", encoding="utf-8")
    done("import", log)
    assert "a whole group, day 0 to day 1, 2 rows" in done("status")


# --- changes -------------------------------------------------------------------------------


def test_two_exports_are_compared_without_a_workspace(
    place: Path, earlier: Path, later: Path
) -> None:
    told = done("changes", later, earlier)
    first = told.splitlines()[0]
    assert first.startswith("Between 2025-01-31 and 2026-01-31: 1 new contact (Juno Lateleaf)")
    assert "1 is no longer there (Ida Marrowby)" in first
    assert not place.exists()
    frame = pd.read_csv(io.StringIO(done("changes", earlier, later, "--format", "csv")))
    rows = frame[["what", "person", "name", "before", "after", "day"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["new contact", "juno-sample", "Juno Lateleaf", None, None, "2025-09-09"],
        ["lost contact", "ida-sample", "Ida Marrowby", None, None, None],
        ["new employer", "odo-sample", "Odo Fernwick", "Brass Teapot", "Copper Kettle", None],
    ]


def test_the_workspace_shows_the_same_changes(place: Path, earlier: Path, later: Path) -> None:
    done("import", earlier, later)
    kept, read = (done("changes", *s, "--format", "csv") for s in ((), (earlier, later)))
    assert kept == read
    assert len(kept.splitlines()) == 4


def test_where_nothing_can_be_compared_the_reason_is_said(earlier: Path, later: Path) -> None:
    alone = run("changes", earlier)
    assert alone.exit_code == 1
    assert "only one export with connections" in alone.stdout
    before = run("changes", earlier, later, "--since", "2020-01-01")
    assert before.exit_code == 1
    assert "no export with connections up to 2020-01-01" in before.stdout
    assert run("changes", earlier, "-w", "x.duckdb").exit_code == 2
    assert run("changes", earlier, later, "--since", "soon").exit_code == 2


def test_a_table_of_changes_is_cut_when_asked(earlier: Path, later: Path) -> None:
    assert "1 of 3 rows" in done("changes", earlier, later, "--top", 1)


# --- forget --------------------------------------------------------------------------------


def test_forgetting_needs_a_word_where_nobody_can_be_asked(place: Path, later: Path) -> None:
    done("import", later)
    refused = run("forget", "odo-sample")
    assert refused.exit_code == 2
    assert "--yes" in refused.output
    assert b"Fernwick" in place.read_bytes()


@pytest.mark.parametrize(("answer", "code"), [("n", 1), ("y", 0)])
def test_who_is_meant_is_shown_before_forgetting(
    place: Path, later: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    done("import", later)
    monkeypatch.setattr(keep, "at_terminal", lambda: True)
    result = run("forget", "odo-sample", typed=f"{answer}\n")
    assert result.exit_code == code
    assert "Forget Odo Fernwick (odo-sample)? This cannot be undone." in result.output
    assert (b"Fernwick" in place.read_bytes()) is (answer == "n")


def test_forgetting_tells_what_went_and_what_stays(
    place: Path, tmp_path: Path, later: Path
) -> None:
    done("import", later)
    report = tmp_path / "report"
    report.mkdir()
    (report / "ties.csv").write_text("b_name\nOdo Fernwick\n", encoding="utf-8")
    with Workspace(place) as workspace:
        workspace.reported(report)
    told = done("forget", "Odo Fernwick", "--yes")
    # One account, one message.
    assert "Forgotten: 1 account with all that was read or said of them; 1 row of events." in told
    assert str(report / "ties.csv") in told
    assert "Not touched: the files that you imported from" in told
    assert "Fernwick" in zipfile.ZipFile(later).read("Connections.csv").decode()
    assert "Forgotten people are kept out, known by " in done("status")
    # His row of the connections and his message.
    assert "2 rejected" in done("import", later, "--again")
    assert run("people", "why", "odo-sample").exit_code == 2


def test_who_may_be_the_same_person_is_named_when_somebody_is_forgotten(
    place: Path, tmp_path: Path, later: Path
) -> None:
    book = tmp_path / "ImportedContacts.csv"
    book.write_text(
        "FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,NameSuffix,Title,Emails,"
        "PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,ThirdPartyVerified,Location\n"
        'Odo,,Fernwick,,,,,,odo@teapot.example,,"5/20/24, 1:46 PM",,,,,\n',
        encoding="utf-8",
    )
    done("import", later, book)
    told = done("forget", "odo-sample", "--yes")
    assert "may be the same person (forget it too): odo@teapot.example" in told
    assert "may be the same person" not in done("forget", "odo@teapot.example", "--yes")


def test_the_owner_and_strangers_cannot_be_forgotten(place: Path, later: Path) -> None:
    done("import", later)
    assert run("forget", "Zora Quill", "--yes").exit_code == 2
    assert run("forget", "Nobody Atall", "--yes").exit_code == 2


# --- others --------------------------------------------------------------------------------

HOLDER = (
    "import sys; from netquality.pipeline.keeping import Workspace\n"
    "with Workspace(sys.argv[1]): print('open', flush=True); sys.stdin.read()\n"
)


@pytest.mark.parametrize("words", [["status"], ["people"], ["record", "never", "odo-sample"]])
def test_a_workspace_in_use_is_one_clear_message(
    place: Path, earlier: Path, words: list[str]
) -> None:
    done("import", earlier)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        result = run(*words)
        other.communicate("")
    assert result.exit_code == 2
    (line,) = result.output.splitlines()
    assert f"{place} is in use by another process (process {other.pid})" in line
    assert run("status").exit_code == 0


def test_hostile_names_print_harmlessly_and_no_message_is_told(
    place: Path, earlier: Path, later: Path
) -> None:
    for words in (
        ["import", earlier, later],
        ["status"],
        ["changes"],
        ["changes", "--format", "csv"],
        ["people"],
        ["people", "why", "mab-sample"],
        ["people", "why", "mab-sample", "--format", "json"],
        ["record", "rating", "mab-sample", 3, "--note", EVIL],
        ["record", "met", EVIL, "--new"],
        ["record", "list"],
        ["record", "list", "--format", "md"],
        ["forget", "mab-sample", "--yes"],
    ):
        told = run(*words)
        assert told.exit_code == 0
        assert not {"\x1b", RIGHT_TO_LEFT} & set(told.output), words
        assert SECRET not in told.output
