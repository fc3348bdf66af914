"""Parquet gives the tables that the same log gives as text."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from netquality.errors import BadInput


def _parquet(**columns: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def _same(one: Any, two: Any) -> None:
    for name in ("accounts", "events", "rejects"):
        left, right = (tables[name].drop(columns="source") for tables in (one, two))
        pd.testing.assert_frame_equal(left, right)


def test_numbers_give_what_their_text_gives(read: Any) -> None:
    text = "sender,recipient,at,weight,duration\n1,2,1385982020,2,60\n2,1,1385982077,1,-1\n"
    data = _parquet(
        sender=[1, 2],
        recipient=pa.array([2, 1], pa.int16()),
        at=[1385982020, 1385982077],
        weight=[2, 1],
        duration=[60.0, -1.0],
    )
    _same(read(data, name="log.parquet"), read(text))


def test_instants_are_taken_as_they_are(read: Any) -> None:
    stamps = pd.to_datetime(["2024-07-05 10:00:00.25", None])
    naive = _parquet(sender=["7", "9"], recipient=["9", "7"], at=stamps)
    zoned = _parquet(sender=["7", "9"], recipient=["9", "7"], at=stamps.tz_localize("Asia/Tokyo"))
    assert str(read(naive).events["at"].iloc[0]) == "2024-07-05 10:00:00.250000+00:00"
    assert read(naive).sources["zone"].tolist() == ["UTC (assumed)"]
    berlin = read(naive, timezone="Europe/Berlin")
    assert str(berlin.events["at"].iloc[0]) == "2024-07-05 08:00:00.250000+00:00"
    assert str(read(zoned).events["at"].iloc[0]) == "2024-07-05 01:00:00.250000+00:00"
    assert read(zoned).sources["zone"].tolist() == ["UTC (given)"]
    assert read(zoned).rejects["reason"].tolist() == ["no date in a known form"]


def test_days_dictionaries_and_gaps(read: Any) -> None:
    data = _parquet(
        sender=pa.array(["zora", "odo", None]).dictionary_encode(),
        recipient=[5.0, 6.0, None],
        date=pa.array([19909, 19910, None], pa.date32()),
    )
    tables = read(data)
    assert set(tables.accounts["value"]) == {"zora", "odo", "5", "6"}
    assert tables.events["day"].tolist() == [19909, 19910]
    assert tables.rejects["reason"].tolist() == ["blank row"]


def test_a_list_of_recipients_needs_no_separator(read: Any) -> None:
    data = _parquet(sender=[1, 2], recipients=[["2", "x;y", ""], None], at=[100, 200])
    tables = read(data)
    assert set(tables.accounts["value"]) == {"1", "2", "x;y"}
    assert tables.events["audience"].tolist() == [2, 2]
    assert tables.rejects["reason"].tolist() == ["no recipient"]


def test_columns_are_told_from_left_to_right(read: Any) -> None:
    data = _parquet(fern=[1], moss=["x"], moon=[2], tide=[100])
    with pytest.raises(BadInput, match=r"has the columns 'fern', 'moss'.*--columns"):
        read(data)
    with pytest.raises(BadInput, match="has 4 columns, but --columns names 3"):
        read(data, columns="sender,recipient,at")
    tables = read(data, columns="sender,-,recipient,at")
    assert tables.accounts["value"].tolist() == ["1", "2"]
    assert "columns not used: moss" in tables.sources["rules"].iloc[0]


def test_a_damaged_file_is_refused(read: Any) -> None:
    data = _parquet(sender=[1], recipient=[2], at=[100])
    for broken in (data[:-9], data[: len(data) // 2], b"PAR1" + bytes(64) + b"PAR1"):
        with pytest.raises(BadInput, match="damaged Parquet"):
            read(broken)


def test_a_file_without_rows_is_refused(read: Any) -> None:
    data = _parquet(sender=pa.array([], pa.string()), recipient=pa.array([], pa.string()))
    with pytest.raises(BadInput, match="has 0 rows"):
        read(data)


def test_columns_that_mean_nothing_are_not_unpacked(read: Any) -> None:
    data = _parquet(sender=[1], recipient=[2], at=[100], deep=[{"fern": [{"moss": 1}]}])
    assert len(read(data).events) == 1
