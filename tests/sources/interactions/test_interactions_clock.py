"""Times: epoch, seconds from the start, dates; one decision a file, refused when unsure."""

from __future__ import annotations

from typing import Any

import pytest

from netquality.errors import Ambiguous, BadInput
from netquality.schema import PRECISIONS


def _log(*cells: str) -> str:
    rows = [f'zora,odo{i},"{cell}"' for i, cell in enumerate(cells)]
    return "\n".join(["sender,recipient,at", *rows])


@pytest.mark.parametrize("zeros", ["", "000", "000000", "000000000", ".0", ".25"])
def test_epoch_in_any_unit(read: Any, zeros: str) -> None:
    tables = read(_log(f"1385982020{zeros}", f"1385982077{zeros}"))
    fraction = "250000" if zeros == ".25" else "000000"
    assert tables.events["at"].dt.strftime("%F %T %f").tolist() == [
        f"2013-12-02 11:00:20 {fraction}",
        f"2013-12-02 11:01:17 {fraction}",
    ]
    assert tables.sources[["zone", "odd"]].to_numpy().tolist() == [["UTC (given)", 0]]


def test_other_numbers_count_from_the_start_of_the_log(read: Any) -> None:
    tables = read(_log("18", "86400", "2400000.5"))
    assert tables.events["day"].tolist() == [0, 1, 27]
    assert str(tables.events["at"].iloc[2]) == "1970-01-28 18:40:00.500000+00:00"
    source = tables.sources.iloc[0]
    assert source["zone"] == "relative: seconds from the start of the log"
    assert "not dates" in source["rules"]
    assert source[["first", "last", "odd"]].tolist() == [0, 27, 0]


def test_one_zero_among_epochs_is_an_odd_date(read: Any) -> None:
    tables = read(_log("1385982020", "0", "1385982077"))
    assert tables.sources[["first", "last", "odd"]].to_numpy().tolist() == [[16041, 16041, 1]]


@pytest.mark.parametrize(
    ("cell", "options", "instant", "zone"),
    [
        ("2024-07-05T10:00:00Z", {}, "2024-07-05 10:00:00", "UTC (given)"),
        ("2024-07-05T10:00:00+02:00", {}, "2024-07-05 08:00:00", "UTC (given)"),
        ("2024-07-05 10:00:00", {}, "2024-07-05 10:00:00", "UTC (assumed)"),
        (
            "2024-07-05 10:00:00",
            {"timezone": "Europe/Berlin"},
            "2024-07-05 08:00:00",
            "Europe/Berlin (given)",
        ),
        ("25.12.2024 10:30", {}, "2024-12-25 10:30:00", "UTC (assumed)"),
        ("12/25/2024 10:30 PM", {}, "2024-12-25 22:30:00", "UTC (assumed)"),
        ("05.06.2024 10:30", {"date_format": "dmy"}, "2024-06-05 10:30:00", "UTC (assumed)"),
        ("05.06.2024 10:30", {"date_format": "mdy"}, "2024-05-06 10:30:00", "UTC (assumed)"),
        ("20240605 1030", {"date_format": "%Y%m%d %H%M"}, "2024-06-05 10:30:00", "UTC (assumed)"),
        ("1385982020", {"timezone": "Europe/Berlin"}, "2013-12-02 11:00:20", "UTC (given)"),
    ],
)
def test_dates(read: Any, cell: str, options: dict[str, str], instant: str, zone: str) -> None:
    tables = read(_log(cell), **options)
    assert str(tables.events["at"].iloc[0]) == f"{instant}+00:00"
    assert tables.sources["zone"].tolist() == [zone]
    assert ("UTC is assumed" in str(tables.sources["rules"].iloc[0])) == ("assumed" in zone)


def test_one_sure_date_decides_for_the_file(read: Any) -> None:
    tables = read(_log("05/06/2024 10:00", "25/06/2024 10:00"))
    assert tables.events["at"].dt.month.tolist() == [6, 6]


def test_dates_that_could_be_either_are_refused(read: Any) -> None:
    with pytest.raises(Ambiguous, match=r"column '?at'? .*--date-format"):
        read(_log("05/06/2024 10:00", "07/08/2024 10:00"))


@pytest.mark.parametrize(
    ("cells", "reading", "form"),
    [(("2014", "2015"), "years", "%Y"), (("20240105", "20240229"), "dates", "%Y%m%d")],
)
def test_numbers_that_may_be_dates_are_refused(
    read: Any, cells: tuple[str, ...], reading: str, form: str
) -> None:
    with pytest.raises(Ambiguous, match=f"may be {reading}.*--date-format"):
        read(_log(*cells))
    assert read(_log(*cells), date_format=form).events["day"].iloc[0] > 16_000
    assert read(_log(*cells), date_format="seconds").sources["zone"].iloc[0].startswith("relative")


@pytest.mark.parametrize("cell", ["20240105103000", "132514560000000000"])
def test_numbers_of_no_known_kind_are_refused(read: Any, cell: str) -> None:
    with pytest.raises(BadInput, match=r"neither epoch .* nor seconds"):
        read(_log(cell))


def test_a_day_without_a_time_has_no_instant(read: Any) -> None:
    events = read(_log("2024-07-05"), timezone="Asia/Tokyo").events
    assert events["at"].isna().all()
    assert events["precision"].tolist() == ["day"]
    assert events["day"].tolist() == [19909]


def test_cells_that_are_no_date_are_rejected_by_their_shape(read: Any) -> None:
    tables = read(_log("2024-07-05 10:00:00", "Soon 7", ""))
    assert tables.rejects[["row", "field", "reason", "shape"]].to_numpy().tolist() == [
        [2, "at", "no date in a known form", "Aaaa 9"],
        [3, "at", "no date in a known form", ""],
    ]


def test_a_word_among_numbers_is_rejected(read: Any) -> None:
    tables = read(_log("100", "soon", "300"))
    assert tables.rejects["row"].tolist() == [2]
    assert tables.sources["zone"].iloc[0].startswith("relative")


def test_a_log_without_times_knows_no_time(read: Any) -> None:
    tables = read("source,target\nzora,odo\nodo,milo\n")
    events = tables.events
    assert events[["at", "day"]].isna().all(axis=None)
    assert set(events["precision"]) == {PRECISIONS[-1]} == {"none"}
    assert tables.sources[["first", "last"]].isna().all(axis=None)
    assert tables.sources["zone"].tolist() == ["no times"]
    assert "no times" in tables.sources["rules"].iloc[0]


def test_an_unknown_zone_is_refused(read: Any) -> None:
    with pytest.raises(BadInput, match="no time zone 'Moon/Crater'"):
        read(_log("2024-07-05 10:00:00"), timezone="Moon/Crater")
