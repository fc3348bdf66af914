"""Who is who at a terminal: pairs are shown, asked about, merged, split and given back."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from netquality.cli import who
from netquality.cli.app import cli
from netquality.pipeline.keeping import Workspace

if TYPE_CHECKING:
    from pathlib import Path

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,Brass Teapot,Founder,03 Mar 2024\n"
    "Ida,Marrowby,https://www.linkedin.com/in/ida-sample,,Mossworks,Baker,04 Mar 2024\n"
    "Newt,Quillfeather,https://www.linkedin.com/in/newt-sample,newt@quill.example,"
    "Mossworks,Baker,05 Mar 2024\n"
)
BOOK = (
    "FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,NameSuffix,Title,Emails,"
    "PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,ThirdPartyVerified,Location\n"
    'Odo,,Fernwick,,,,,,odo@teapot.example,,"5/20/24, 1:46 PM",,,,,\n'
    'Ida,,Marrowby,,,,,,ida@moss.example,,"5/20/24, 1:46 PM",,,,,\n'
)
LOG = "sender,recipient,time\nme@zora.example,newt@quill.example,2025-01-01 10:00\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of three contacts, two of whom may stand in the address book as well."""
    path = tmp_path / "mine.duckdb"
    monkeypatch.setenv("NETQUALITY_WORKSPACE", str(path))
    for name, text in {"Connections": CONNECTIONS, "ImportedContacts": BOOK, "log": LOG}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with Workspace(path) as workspace:
        workspace.read(*sorted(tmp_path.glob("*.csv")))
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


def undone_by(told: str) -> str:
    return told.strip().rpartition(" ")[2]


def kept(place: Path) -> pd.DataFrame:
    with Workspace(place) as workspace:
        return workspace.people.frame


def test_the_summary_counts_people_and_shows_pairs(place: Path) -> None:
    told = done("people")
    with Workspace(place) as workspace:
        people = workspace.people.frame
        waiting = workspace.people.suggestions()
    persons = people[people["kind"] == "person"]
    several = int((persons["accounts"] > 1).sum())
    accounts = int(persons["accounts"].sum())
    assert told.startswith(f"{len(persons)} people with {accounts} accounts; {several} ")
    assert len(waiting) == 2
    assert "2 pairs may be one person each\n" in told
    assert "Odo Fernwick and Odo Fernwick" in told
    assert "odo-sample, odo@teapot.example; for: same name" in told
    assert "Decide: netquality people review" in told


def test_pairs_are_printed_in_every_form(place: Path) -> None:
    table = done("people", "review")
    assert "Ida Marrowby and Ida Marrowby" in table
    frame = pd.read_csv(io.StringIO(done("people", "review", "--format", "csv")))
    assert list(frame.columns) == ["a", "b", "a_name", "b_name", "score", "reasons", "against"]
    assert set(frame["a"]) | set(frame["b"]) == {
        *("ida-sample", "ida@moss.example"),
        *("odo-sample", "odo@teapot.example"),
    }
    assert len(json.loads(done("people", "review", "--format", "json"))) == 2
    assert len(done("people", "review", "--list", "--format", "md").splitlines()) == 4
    assert "1 of 2 rows" in done("people", "review", "--top", 1)


def test_a_merge_joins_and_its_undoing_gives_the_same_people_back(place: Path) -> None:
    before = kept(place)
    told = done("people", "merge", "odo-sample", "odo@teapot.example")
    assert told.startswith("odo-sample and odo@teapot.example are one person now. Undo: ")
    assert len(kept(place)) == len(before) - 1
    why = done("people", "why", "odo@teapot.example")
    assert why.startswith("odo@teapot.example: 2 accounts\n")
    assert f"you said so; undo: netquality people undo {undone_by(told)}" in why
    again = run("people", "merge", "odo-sample", "odo@teapot.example")
    assert again.exit_code == 2
    assert "one person already" in again.output
    back = done("people", "undo", undone_by(told))
    assert "is taken back" in back
    pd.testing.assert_frame_equal(kept(place), before)
    # Taking the taking back stands again.
    done("people", "undo", undone_by(back))
    assert len(kept(place)) == len(before) - 1


def test_two_who_stay_two_are_not_suggested_again(place: Path) -> None:
    told = done("people", "apart", "ida-sample", "ida@moss.example")
    assert "stay two people" in told
    assert "Ida" not in done("people", "review")
    done("people", "undo", undone_by(told))
    assert "Ida" in done("people", "review")


def test_an_account_is_split_off_and_given_back(place: Path) -> None:
    told = done("people", "why", "newt-sample")
    assert "newt-sample: 2 accounts" in told
    assert "the same mail address (newt@quill.example)" in told
    frame = pd.read_csv(io.StringIO(done("people", "why", "newt-sample", "--format", "csv")))
    before = kept(place)
    split = done("people", "split", "newt-sample", frame["account"].iloc[0])
    assert len(kept(place)) == len(before) + 1
    done("people", "undo", undone_by(split))
    pd.testing.assert_frame_equal(kept(place), before)
    assert run("people", "split", "newt-sample", "odo-sample").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["merge", "odo-sample", "nobody"],
        ["merge", "Odo Fernwick", "ida-sample"],  # two bear that name
        ["apart", "odo-sample", "odo-sample"],
        ["why", "nobody"],
        ["undo", "0000000000000000"],
    ],
)
def test_who_or_what_is_not_there_is_one_line(place: Path, words: list[str]) -> None:
    result = run("people", *words)
    assert result.exit_code == 2
    (line,) = result.output.splitlines()
    assert line.startswith("netquality: ")


# --- asked pair by pair --------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "at_terminal", lambda: True)


def test_both_sides_of_a_pair_are_shown(place: Path, terminal: None) -> None:
    told = run("people", "review", typed="q\n").output
    shown = {line.strip() for line in told.splitlines()}
    # Who comes first is a matter of scores: one of the two pairs is shown, whole.
    sides = {"Odo Fernwick; odo-sample; Brass Teapot", "Ida Marrowby; ida-sample; Mossworks"}
    others = {"Odo Fernwick; odo@teapot.example", "Ida Marrowby; ida@moss.example"}
    assert len(sides & shown) == len(others & shown) == 1
    assert any(line.startswith("for: same name") for line in shown)


def test_yes_merges_no_keeps_apart_and_each_tells_its_id(place: Path, terminal: None) -> None:
    before = len(kept(place))
    result = run("people", "review", typed="maybe\ny\nn\n")
    assert result.exit_code == 0
    assert "Answer y, n, later or quit." in result.output
    assert result.output.count("Undo: netquality people undo ") == 2
    assert "1 merged, 1 kept apart, 0 left for later." in result.output
    assert len(kept(place)) == before - 1
    with Workspace(place) as workspace:
        assert sorted(workspace.decisions["kind"]) == ["different", "same"]
    assert run("people", "review").output == "No pair waits for a decision.\n"
    assert run("people", "review").exit_code == 1


def test_later_decides_nothing_and_quitting_keeps_what_was_said(
    place: Path, terminal: None
) -> None:
    told = run("people", "review", typed="later\nl\n")
    assert told.exit_code == 0
    assert "0 merged, 0 kept apart, 2 left for later." in told.output
    with Workspace(place) as workspace:
        assert workspace.decisions.empty
    run("people", "review", typed="Yes\nquit\n")
    with Workspace(place) as workspace:
        assert list(workspace.decisions["kind"]) == ["same"]


def test_only_so_many_are_asked_about(place: Path, terminal: None) -> None:
    assert run("people", "review", "--top", 1, typed="l\n").output.count("Score") == 1
