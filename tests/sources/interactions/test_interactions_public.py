"""Public logs give the counts that their publishers, and a second implementation, state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from netquality.errors import BadInput
from netquality.sources.files import gather

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.data

SIGHTINGS = "thiers13/High-School_data_2013.csv.gz"
CLASSES = "at,sender,recipient,-,-"


def _read(read: Any, folder: Path, name: str, **options: Any) -> Any:
    (bundle,) = gather(folder / name)
    (member,) = bundle.members
    return read(member.read(), name=member.name, **options)


@pytest.mark.parametrize(
    ("name", "options", "counts", "events", "people"),
    [
        (
            "email_eu/email-Eu-core-temporal.txt.gz",
            {},
            [332_334, 327_336, 4_998, 0],
            209_508,
            986,
        ),
        ("collegemsg/CollegeMsg.txt", {}, [59_835, 59_798, 37, 0], 59_661, 1_899),
        (
            "enron_employees/ia-enron-employees.edges",
            {},
            [50_572, 24_705, 22_383, 3_484],
            14_932,
            150,
        ),
        ("copenhagen/sms.csv", {}, [24_333, 24_312, 21, 0], 24_279, 568),
        ("copenhagen/calls.csv", {}, [3_600, 3_600, 0, 0], 3_600, 536),
        ("bernard_killworth/office_observed.csv", {}, [238, 238, 0, 0], 598, 40),
        ("bernard_killworth/tech_observed.csv", {}, [175, 175, 0, 0], 441, 34),
        ("bernard_killworth/fraternity_observed.csv", {}, [967, 967, 0, 0], 3_184, 58),
        (SIGHTINGS, {"columns": CLASSES}, [188_508, 188_508, 0, 0], 188_508, 327),
        (
            "haggle/ia-contact.edges",
            {"columns": "sender,recipient,-,at"},
            [28_244, 28_244, 0, 0],
            16_775,
            274,
        ),
    ],
)
def test_counts(
    read: Any,
    public_data: Path,
    name: str,
    options: dict[str, Any],
    counts: list[int],
    events: int,
    people: int,
) -> None:
    tables = _read(read, public_data, name, **options)
    source = tables.sources[["read", "kept", "merged", "rejected"]]
    assert source.iloc[0].tolist() == counts
    assert tables.events["event"].nunique() == events
    assert len(tables.accounts) == people


def test_meetings_of_a_school(read: Any, public_data: Path) -> None:
    tables = _read(read, public_data, SIGHTINGS, columns=CLASSES, every=20)
    meetings = tables.events.drop_duplicates("event")
    # Every record of 20 s belongs to exactly one meeting.
    assert meetings["seconds"].sum() == 188_508 * 20
    assert tables.sources["kept"].tolist() == [len(meetings)]
    pairs = tables.events.groupby("event")["recipient"].agg(lambda ends: "-".join(sorted(ends)))
    assert pairs.nunique() == 5_818


def test_calls_that_nobody_took(read: Any, public_data: Path) -> None:
    events = _read(read, public_data, "copenhagen/calls.csv").events
    missed = events["answer"] == "missed"
    assert 0 < missed.sum() == events["seconds"].isna().sum()


@pytest.mark.parametrize(
    ("name", "proposal"),
    [(SIGHTINGS, CLASSES), ("haggle/ia-contact.edges", "sender,recipient,-,at")],
)
def test_what_is_not_plain_is_asked_for(
    read: Any, public_data: Path, name: str, proposal: str
) -> None:
    with pytest.raises(BadInput, match=f"For example: --columns {proposal}"):
        _read(read, public_data, name)
