"""Writing: the same bytes each time, nothing of anybody else's replaced, the truth kept apart."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from netquality.errors import BadInput
from netquality.samples.write import Sample, sample

ROOT = Path(__file__).resolve().parents[2]


def small(folder: Path, **options: object) -> Sample:
    return sample(folder, contacts=60, messages=400, **options)  # type: ignore[arg-type]


def test_same_call_same_bytes(tmp_path: Path) -> None:
    one, two = small(tmp_path / "one", truth=True), small(tmp_path / "two", truth=True)
    assert one.archive.read_bytes() == two.archive.read_bytes()
    assert one.log is not None
    assert two.log is not None
    assert one.log.read_bytes() == two.log.read_bytes()
    other = small(tmp_path / "three", seed=8)
    assert other.archive.read_bytes() != one.archive.read_bytes()


def test_a_sample_may_be_written_again(tmp_path: Path) -> None:
    small(tmp_path, truth=True)
    again = small(tmp_path, truth=True, era=2020, seed=2)
    with zipfile.ZipFile(again.archive) as archive:
        assert "Teammates.csv" in archive.namelist()
    small(tmp_path, zipped=False)
    folder = small(tmp_path, zipped=False, era=2018).archive
    assert (folder / "Messages.csv").is_file()
    assert not (folder / "Notes.csv").exists()


@pytest.mark.parametrize(
    "name",
    ["Complete_LinkedInDataExport_11-20-2026.zip", "log.csv", "truth.csv"],
)
def test_what_is_not_ours_is_never_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("timestamp,sender\n1,me\n")
    with pytest.raises(BadInput, match="no sample of netquality"):
        small(tmp_path, truth=True)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "timestamp,sender\n1,me\n"


def test_a_genuine_zip_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "Complete_LinkedInDataExport_11-20-2026.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Connections.csv", "First Name\n")
    before = path.read_bytes()
    with pytest.raises(BadInput, match="nothing was changed"):
        small(tmp_path)
    assert path.read_bytes() == before


def test_a_folder_with_anything_else_is_never_replaced(tmp_path: Path) -> None:
    folder = small(tmp_path, zipped=False).archive
    (folder / "mine.txt").write_text("keep")
    with pytest.raises(BadInput):
        small(tmp_path, zipped=False, seed=2)
    assert (folder / "mine.txt").read_text() == "keep"


def test_folder_and_zip_hold_the_same(tmp_path: Path) -> None:
    packed, folder = small(tmp_path).archive, small(tmp_path, zipped=False).archive
    with zipfile.ZipFile(packed) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }


def test_entries_bear_the_day_of_the_export(tmp_path: Path) -> None:
    made = small(tmp_path, exported=dt.date(2025, 3, 4))
    assert made.archive.name == "Complete_LinkedInDataExport_03-04-2025.zip"
    with zipfile.ZipFile(made.archive) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2025, 3, 4, 23, 59, 58)}


def test_basic_archives_have_no_activity_files(tmp_path: Path) -> None:
    made = small(tmp_path, complete=False)
    assert made.archive.name.startswith("Basic_LinkedInDataExport_")
    with zipfile.ZipFile(made.archive) as archive:
        names = archive.namelist()
    assert {"Connections.csv", "messages.csv", "Invitations.csv"} <= set(names)
    assert not any(word in name for name in names for word in ("Comments", "Ad_", "guide", "_4040"))


def test_truth_stays_outside_and_only_on_request(tmp_path: Path) -> None:
    made = small(tmp_path / "plain", log=False)
    assert [path.name for path in made.directory.iterdir()] == [made.archive.name]
    asked = small(tmp_path / "asked", truth=True)
    assert asked.truth is not None
    truth = pd.read_csv(asked.truth)
    assert truth["planted"].tolist() == asked.people["planted"].tolist()
    with zipfile.ZipFile(asked.archive) as archive:
        assert not any(b"broadcaster" in archive.read(name) for name in archive.namelist())


def test_log_is_of_the_same_people(made: dict[int, Sample]) -> None:
    one = made[2026]
    assert one.log is not None
    with one.log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    mails = {row["sender"] for row in rows} | {row["recipient"] for row in rows}
    assert mails - {one.mail} <= set(one.people["mail"])
    assert all(one.mail in (row["sender"], row["recipient"]) for row in rows)
    shown = set(one.people.loc[one.people["mail_shown"], "mail"])
    assert len(mails & shown) >= 3
    assert len(mails - shown) > 1
    assert {row["channel"] for row in rows} == {"mail", "call", "meeting"}
    assert all((row["duration_s"] == "") == (row["channel"] == "mail") for row in rows)


@pytest.mark.parametrize(
    "wrong",
    [
        {"contacts": 59, "messages": 400},
        {"contacts": 200, "messages": 799},
        {"seed": -1},
        {"exported": dt.date(2027, 1, 1)},
        {"era": 2019},
    ],
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        sample(tmp_path / "new", **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "new").exists()


def test_the_shipped_sample_is_what_its_command_makes(tmp_path: Path) -> None:
    shipped = ROOT / "data" / "samples"
    made = sample(tmp_path, contacts=300, messages=3000, seed=7)
    assert "netquality sample data/samples --contacts 300 --messages 3000 --seed 7" in (
        shipped / "README.md"
    ).read_text("utf-8")
    assert made.log is not None
    assert (shipped / "log.csv").read_bytes() == made.log.read_bytes()
    # Members, not the ZIP itself: other versions of zlib pack the same bytes differently.
    with zipfile.ZipFile(made.archive) as new, zipfile.ZipFile(shipped / made.archive.name) as old:
        assert new.namelist() == old.namelist()
        assert all(new.read(name) == old.read(name) for name in new.namelist())
    assert sum(path.stat().st_size for path in shipped.iterdir()) < 1_000_000
