"""Dates as spreadsheets write them; what only looks like one is none."""

from __future__ import annotations

import pandas as pd
import pytest

from netquality.sources.dates import read_dates


@pytest.mark.parametrize("cell", ["2024-02-30", "x5/3/24", "112/3/2024", "2026.13.45"])
def test_what_is_no_date_is_missing_and_not_another_day(cell: str) -> None:
    dates = read_dates(pd.Series(["25/03/2024", cell]))
    assert dates.day.tolist()[1:] == [pd.NA]
    assert dates.missing.tolist() == [False, True]
