"""What is recorded at a terminal: the words that are kept, how they read, how they go."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from netquality.cli import record as verbs
from netquality.cli.app import cli
from netquality.days import day_number
from netquality.decisions import STEPS
from netquality.pipeline.keeping import Workspace

if TYPE_CHECKING:
    from pathlib import Path

CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Odo,Fernwick,https://www.linkedin.com/in/odo-sample,,Brass Teapot,Founder,03 Mar 2024\n"
    "Ida,Marrowby,https://www.linkedin.com/in/ida-sample,,Mossworks,Baker,04 Mar 2024\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mine.duckdb"
    monkeypatch.setenv("NETQUALITY_WORKSPACE", str(path))
    source = tmp_path / "Connections.csv"
    source.write_text(CONNECTIONS, encoding="utf-8")
    with Workspace(path) as workspace:
        workspace.read(source)
    return path


def run(*words: object) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def said(*words: object) -> tuple[str, str]:
    """Record something; return what is printed, in one line, and the id."""
    result = run("record", *words)
    assert result.exit_code == 0, result.output
    (line,) = result.output.splitlines()
    what, _, name = line.partition(". Undo: netquality record undo ")
    return what, name


def by_hand(place: Path) -> pd.DataFrame:
    with Workspace(place) as workspace:
        events = workspace.network().events
    return events[events["channel"] == "hand"]


def decisions(place: Path) -> pd.DataFrame:
    with Workspace(place) as workspace:
        return workspace.decisions


# --- what happened -------------------------------------------------------------------------


def test_a_meeting_with_two_for_three_quarters_of_an_hour(place: Path) -> None:
    what, name = said("met", "odo-sample", "Ida Marrowby", "--minutes", 45, "--on", "2026-01-05")
    assert what == "Recorded: a meeting with odo-sample, Ida Marrowby on 2026-01-05"
    events = by_hand(place)
    # One row an attendee; 45 minutes are 2,700 seconds.
    assert set(events["event"]) == {name}
    assert events["recipient"].nunique() == 2
    assert list(events["seconds"]) == [2700, 2700]
    assert set(events["day"]) == {day_number("2026-01-05")}
    assert set(events["kind"]) == {"meeting"}


def test_today_is_the_day_of_whoever_types(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # In Auckland it is the 2nd already while it is the 1st in Greenwich.
    late = datetime.fromisoformat("2026-03-02T00:30:00+13:00")
    monkeypatch.setattr(verbs, "now", lambda: late)
    said("met", "odo-sample")
    assert list(by_hand(place)["day"]) == [day_number("2026-03-02")]
    said("met", "ida-sample", "--on", "2026-03-02")
    assert run("record", "met", "ida-sample", "--on", "2026-03-03").exit_code == 2


@pytest.mark.parametrize(
    ("words", "told", "begins"),
    [
        (["called", "odo-sample"], "a call to odo-sample", "you"),
        (["called", "odo-sample", "--theirs"], "a call from odo-sample", "odo"),
        (["favour", "odo-sample"], "a favour to odo-sample", "you"),
        (["favour", "odo-sample", "--received"], "a favour from odo-sample", "odo"),
    ],
)
def test_calls_and_favours_have_a_direction(
    place: Path, words: list[str], told: str, begins: str
) -> None:
    what, _ = said(*words)
    assert what == f"Recorded: {told}"
    (sender,) = by_hand(place)["sender"]
    with Workspace(place) as workspace:
        person = workspace.people.identity.person_of[sender]
    assert (person == "odo-sample") is (begins == "odo")


def test_somebody_whom_no_file_knows_is_entered(place: Path) -> None:
    assert run("record", "met", "Newt Quillfeather").exit_code == 2
    said("met", "Newt Quillfeather", "--new")
    said("called", "newt quillfeather")
    with Workspace(place) as workspace:
        assert "Newt Quillfeather" in set(workspace.network().people["name"])


# --- what you say --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told", "kind", "value"),
    [
        (["rating", "odo-sample", 4], "odo-sample is a 4", "rating", "4"),
        (
            ["outcome", "odo-sample", "no", "--favour", "introduction", "--by", "mail"],
            "odo-sample, asked by mail for introduction, did not do it",
            "outcome",
            "no",
        ),
        (
            ["outcome", "odo-sample", "yes", "--favour", "call", "--by", "person"],
            "odo-sample, asked in person for call, did it",
            "outcome",
            "yes",
        ),
        (
            ["rating", "odo-sample", 2, "--favour", "money"],
            "odo-sample is a 2 for money",
            "rating",
            "2",
        ),
        (
            ["knows", "odo-sample", "ida-sample"],
            "odo-sample and ida-sample know each other",
            "knows",
            "yes",
        ),
        (
            ["knows", "odo-sample", "ida-sample", "--not"],
            "odo-sample and ida-sample do not know each other",
            "knows",
            "no",
        ),
        (
            ["introduction", "odo-sample", "ida-sample", "made"],
            "introducing odo-sample and ida-sample: made",
            "introduction",
            "made",
        ),
        (["never", "odo-sample"], "odo-sample is never suggested", "never", None),
        (["release", "odo-sample"], "others may ask for a way to odo-sample", "release", None),
    ],
)
def test_a_word_is_kept_as_it_was_said(
    place: Path, words: list[object], told: str, kind: str, value: str | None
) -> None:
    what, name = said(*words)
    assert what == f"Recorded: {told}"
    (row,) = decisions(place).to_dict("records")
    assert (row["decision"], row["kind"]) == (name, kind)
    assert row["value"] == value if value else row["value"] != row["value"]


def test_a_promise_is_made_and_kept(place: Path) -> None:
    what, name = said("promise", "odo-sample", "the slides", "--due", "2026-12-01")
    assert what == (f"Recorded: a promise to odo-sample, to be closed by record kept {name}")
    with Workspace(place) as workspace:
        (row,) = workspace.network().history.promises.to_dict("records")
    assert (row["to"], row["about"]) == ("odo-sample", "the slides")
    assert row["due"] == day_number("2026-12-01")
    assert pd.isna(row["kept"])
    said("kept", name)
    with Workspace(place) as workspace:
        assert list(workspace.network().history.promises["kept"]) == [True]
    said("kept", name, "--broken")
    with Workspace(place) as workspace:
        assert list(workspace.network().history.promises["kept"]) == [False]


def test_a_promise_of_theirs_is_theirs(place: Path) -> None:
    said("promise", "odo-sample", "a book", "--theirs")
    with Workspace(place) as workspace:
        network = workspace.network()
    (row,) = network.history.promises.to_dict("records")
    assert (row["by"], row["to"]) == ("odo-sample", network.ego)


def test_the_steps_of_an_introduction_are_those_that_can_be_said() -> None:
    assert verbs._STEPS == STEPS


@pytest.mark.parametrize(
    "words",
    [
        ["rating", "odo-sample", 6],
        ["outcome", "odo-sample", "yes", "--favour", "kidney", "--by", "mail"],
        ["outcome", "odo-sample", "yes", "--favour", "call", "--by", "pigeon"],
        ["outcome", "odo-sample", "yes", "--favour", "call"],
        ["rating", "nobody", 3],
        ["introduction", "odo-sample", "ida-sample", "wished"],
        ["promise", "odo-sample", "x", "--due", "soon"],
        ["met", "odo-sample", "--minutes", 0],
        ["met", "odo-sample", "--on", "yesterday"],
        ["called"],
        ["kept", "0000000000000000"],
        ["undo", "0000000000000000"],
        ["load", "missing.csv"],
    ],
)
def test_what_cannot_be_said_changes_nothing(place: Path, words: list[object]) -> None:
    assert run("record", *words).exit_code == 2
    assert decisions(place).empty
    assert by_hand(place).empty


# --- list, undo, save, load ----------------------------------------------------------------


def test_the_list_names_people_and_says_what_was_said(place: Path) -> None:
    assert run("record", "list").exit_code == 1
    day = str((datetime.now().astimezone() - timedelta(days=3)).date())
    _, met = said("met", "odo-sample", "ida-sample", "--minutes", 90, "--on", day, "--note", "tea")
    _, rated = said("rating", "odo-sample", 5, "--favour", "money")
    _, promised = said("promise", "ida-sample", "jam", "--due", "2026-12-01", "--theirs")
    frame = pd.read_csv(io.StringIO(run("record", "list", "--format", "csv").stdout))
    rows = frame.set_index("id")[["what", "who", "said"]].to_dict("index")
    assert rows[rated] == {"what": "rating", "who": "Odo Fernwick", "said": "5, money"}
    assert rows[promised] == {
        "what": "promise",
        "who": "Ida Marrowby, you",
        "said": "jam, 2026-12-01",
    }
    assert rows[met]["what"] == "meeting"
    assert sorted(rows[met]["who"].split(", ")) == ["Ida Marrowby", "Odo Fernwick", "you"]
    assert rows[met]["said"] == "90 minutes, tea"
    # The last comes first: the meeting was three days ago.
    assert list(frame["id"])[-1] == met
    assert "1 of 3 rows" in run("record", "list", "--top", 1).stdout


@pytest.mark.parametrize(
    "words", [["met", "odo-sample"], ["rating", "odo-sample", 3], ["never", "ida-sample"]]
)
def test_what_is_taken_back_is_gone_and_comes_back(place: Path, words: list[object]) -> None:
    _, name = said(*words)
    assert name in run("record", "list").stdout
    what, back = said("undo", name)
    assert what == f"Recorded: {name} is taken back"
    assert run("record", "list").exit_code == 1
    said("undo", back)
    assert name in run("record", "list").stdout


def test_a_split_is_taken_back_whole_here_too(place: Path) -> None:
    with Workspace(place) as workspace:
        workspace.people.merge("odo-sample", "ida-sample", at="2026-01-05")
        before = workspace.people.frame
        split = workspace.people.split("odo-sample", "ida-sample", at="2026-01-06")
        assert len(workspace.people.frame) == len(before) + 1
    said("undo", split)
    with Workspace(place) as workspace:
        pd.testing.assert_frame_equal(workspace.people.frame, before)


def test_what_was_said_goes_out_and_in(place: Path, tmp_path: Path) -> None:
    said("met", "odo-sample", "--minutes", 10)
    said("rating", "odo-sample", 3)
    file = tmp_path / "said.csv"
    assert run("record", "save", file).stdout.strip() == str(file)
    listed = run("record", "list", "--format", "csv").stdout
    assert run("record", "load", file).stdout == "Nothing in it was new.\n"
    other = tmp_path / "other.duckdb"
    assert run("record", "load", file, "-w", other).stdout == "2 words were new.\n"
    assert "unknown" in run("record", "list", "-w", other).stdout
    run("import", tmp_path / "Connections.csv", "-w", other)
    assert run("record", "list", "-w", other, "--format", "csv").stdout == listed


def test_what_was_said_is_not_written_over_the_workspace(place: Path) -> None:
    assert run("record", "save", place).exit_code == 2
    assert run("record", "list").exit_code == 1


def test_the_workspace_may_be_named_before_or_after_the_verb(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NETQUALITY_WORKSPACE")
    for words in (
        ["record", "-w", place, "never", "odo-sample"],
        ["record", "never", "ida-sample", "--workspace", place],
    ):
        assert run(*words).exit_code == 0
    assert len(decisions(place)) == 2
