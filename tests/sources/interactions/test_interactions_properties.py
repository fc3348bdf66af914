"""What must hold for any log, however it is written and in whatever order its rows stand."""

from __future__ import annotations

import contextlib
from typing import Any

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netquality.errors import BadInput

PEOPLE = st.sampled_from(["1", "2", "3", "Zora@x.example", "zora@X.example", "odo", "", " 2 "])
TIMES = st.sampled_from(["100", "100", "101", "86400", "90000.5", "", "soon"])
DATES = st.sampled_from(["2024-05-01", "2024-05-01 10:00:00", "2024-05-01T10:00:00Z", "x", ""])
ROWS = st.lists(
    st.tuples(
        PEOPLE,
        PEOPLE,
        st.sampled_from(["", "60", "-1", "5"]),
        st.sampled_from(["mail", "call", "fern", ""]),
        st.sampled_from(["1", "2", "0", ""]),
        st.sampled_from(["", "", "m1", "m2", "<a@b.example>"]),
    ),
    min_size=1,
    max_size=25,
)
HEADERS = st.sets(st.sampled_from(["duration", "type", "weight", "id"]))


def _text(rows: list[tuple[str, ...]], names: set[str], times: list[str]) -> str:
    wanted = ["from", "to", "duration", "type", "weight", "id"]
    keep = [i for i, name in enumerate(wanted) if i < 2 or name in names]
    head = ["when", *(wanted[i] for i in keep)]
    body = [[time, *(row[i] for i in keep)] for row, time in zip(rows, times, strict=True)]
    return "\n".join(",".join(cells) for cells in [head, *body]) + "\n"


def _plain(tables: Any) -> dict[str, pd.DataFrame]:
    """Tables without what a different file must have otherwise: its hash and row numbers."""
    frames = {}
    for name in ("accounts", "events", "rejects"):
        frame = tables[name].drop(columns=["source", "row"]).astype("str")
        frames[name] = frame.sort_values(list(frame.columns), ignore_index=True)
    columns = ["first", "last", "zone", "shows", "read", "rejected", "odd"]
    return frames | {"sources": tables.sources[columns]}


@given(rows=ROWS, names=HEADERS, data=st.data())
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_changes_nothing(
    read: Any, rows: list[tuple[str, ...]], names: set[str], data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from([TIMES, DATES]))
    times = data.draw(st.lists(kind, min_size=len(rows), max_size=len(rows)))
    order = data.draw(st.permutations(range(len(rows))))
    try:
        one = read(_text(rows, names, times))
    except BadInput:
        assume(False)
    two = read(_text([rows[i] for i in order], names, [times[i] for i in order]))
    for name, frame in _plain(one).items():
        pd.testing.assert_frame_equal(frame, _plain(two)[name])


@given(rows=ROWS, data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_log_written_twice_over_adds_nothing(
    read: Any, rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    times = data.draw(st.lists(TIMES, min_size=len(rows), max_size=len(rows)))
    try:
        once = read(_text(rows, set(), times))
    except BadInput:
        assume(False)
    twice = read(_text(rows + rows, set(), times + times))
    pd.testing.assert_frame_equal(_plain(once)["events"], _plain(twice)["events"])
    assert twice.sources["rejected"].iloc[0] == 2 * once.sources["rejected"].iloc[0]


@given(text=st.text(alphabet="ab,;\t\n\"' 0123456789.-@<>", max_size=200), head=st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_text_is_read_or_refused(read: Any, text: str, head: bool) -> None:
    # Any other error than `BadInput` fails; what is read has passed the checks of the fixture.
    with contextlib.suppress(BadInput):
        assert len(read(("sender,recipient,at\n" if head else "") + text).events) > 0
