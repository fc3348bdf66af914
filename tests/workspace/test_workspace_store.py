"""The file itself: what goes in comes out, cell by cell, and plain SQL reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from netquality.decisions import decided
from netquality.errors import BadInput
from netquality.schema import TABLES, Tables, as_table
from netquality.workspace.store import LAYOUT, Store

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 12
SOURCES = [f"s{number % 3}" for number in range(ROWS)]
# What files really hold, and what nobody expects: quotes, line ends, other scripts, marks that
# combine, text that reads like a number, like SQL, like nothing.
TEXTS = [
    *("", " ", "NULL", "nan", "None", "-0", "1e999", "'; DROP TABLE events; --"),
    *('a,"b"\n\r\tc', "Żółć 中文 🦔\u200d", "e\u0301 \u202e \ufeff \x1f \x7f", "x" * 300_000),
]
NUMBERS = [0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63), 20_000, -719_162, None, 7, 8, None]
FLOATS = [0.0, -1.5, 1e-300, 1.7976931348623157e308, 0.1, 2.0, 3.0, None, 1 / 3, 60.0, None, 5e-324]
STAMPS = [
    *("1970-01-01", "2026-11-20 23:59:59.999999", "1900-01-01", "2099-12-31 12:00:00.000001"),
    *(None, "2026-03-29 01:30:00", "2026-10-25 01:30:00", None, "2024-02-29"),
    *("1969-12-31 23:59:59", "2000-01-01", "2026-01-01"),
]


def column(dtype: Any, *, required: bool) -> Any:
    """Return a dozen values of a dtype, the odd ones among them."""
    if isinstance(dtype, pd.CategoricalDtype):
        cycle = [*dtype.categories, *([] if required else [None])]
        return pd.Series([cycle[n % len(cycle)] for n in range(ROWS)], dtype=dtype)
    if str(dtype).startswith("datetime64"):
        stamps = [STAMPS[0] if required and s is None else s for s in STAMPS]
        return pd.to_datetime(pd.Series(stamps), utc=True, format="ISO8601").astype(dtype)
    if dtype == "str":
        return pd.Series(TEXTS if required else [*TEXTS[:-2], None, TEXTS[-1]], dtype="str")
    values = FLOATS if "loat" in str(dtype) else NUMBERS
    if dtype == "int64":
        values = [0 if value is None else value for value in NUMBERS]
    return pd.Series(values, dtype=dtype)


def odd_table(name: str) -> pd.DataFrame:
    """Return a table of a dozen odd rows that keeps the schema."""
    required = {"source", "name", "bundle", "format", "zone", "account", "key", "value", "kind"}
    required |= {"event", "precision", "channel", "a", "b", "reason", "decision"}
    data = {
        key: column(dtype, required=key in required or (name == "decisions" and key == "at"))
        for key, dtype in TABLES[name].items()
    }
    if name == "sources":
        data |= {key: [0] * ROWS for key in ("read", "kept", "merged", "rejected")}
    elif name != "decisions":
        data["source"] = SOURCES
    if name == "events":
        data["day"] = list(range(ROWS))
        data["precision"] = ["second" if stamp else "day" for stamp in STAMPS]
    return as_table(name, data, rows=ROWS)


def everything() -> Tables:
    return Tables(**{name: odd_table(name) for name in TABLES})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def keep(place: Path, tables: Tables) -> None:
    with Store(place) as store, store.transaction():
        store.put(tables)
        store.say(tables.decisions)


def same(found: pd.DataFrame, put: pd.DataFrame) -> None:
    """Compare cell by cell, in whatever order the rows come."""
    by = [str(found.columns[0]), *(["row"] if "row" in found else [])]
    left, right = (f.sort_values(by, ignore_index=True, kind="stable") for f in (found, put))
    pd.testing.assert_frame_equal(left, right, check_exact=True)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_comes_back_as_it_went_in(place: Path, name: str) -> None:
    put = odd_table(name)
    assert len(put) == ROWS
    keep(place, Tables(**{name: put}))
    with Store(place) as store:
        same(store.table(name), put)
        assert store.count(name) == ROWS
        others = set(TABLES) - {name}
        assert {store.count(other) for other in others} == {0}


def test_all_tables_at_once_and_twice_opened(place: Path) -> None:
    put = everything()
    keep(place, put)
    for _ in range(2):
        with Store(place) as store:
            found = store.tables()
        for name in TABLES:
            same(found[name], put[name])


def test_a_missing_number_is_not_zero_and_not_nan_and_whole_numbers_stay_whole(
    place: Path,
) -> None:
    keep(place, everything())
    with Store(place) as store:
        events = store.table("events").sort_values("row", kind="stable")
    # 2**53 + 1 = 9007199254740993 is the first whole number that a float cannot hold.
    assert 9007199254740993 in set(events["length"].dropna())
    assert int(events["length"].isna().sum()) == NUMBERS.count(None) == 2
    assert int(events["seconds"].isna().sum()) == FLOATS.count(None) == 2
    assert not np.isnan(events["seconds"].dropna().to_numpy(dtype=float)).any()


def test_an_empty_text_is_not_a_missing_one(place: Path) -> None:
    keep(place, everything())
    with Store(place) as store:
        threads = store.table("events")["thread"]
    assert int((threads == "").sum()) == 1
    assert int(threads.isna().sum()) == 1


def test_only_the_rows_of_some_sources(place: Path) -> None:
    keep(place, everything())
    with Store(place) as store:
        assert set(store.table("events", ["s1"])["source"]) == {"s1"}
        assert len(store.table("events", ["s1", "s2"])) == ROWS * 2 // 3
        assert store.table("events", ["'; DROP TABLE events; --"]).empty
        assert store.table("events", []).empty
        assert store.count("events") == ROWS


def test_what_is_taken_out_is_gone_and_the_rest_is_as_it_was(place: Path) -> None:
    put = everything()
    keep(place, put)
    with Store(place) as store:
        with store.transaction():
            store.keep("imports", "s1", "2026-11-20T12:00:00+00:00")
            store.keep("imports", "s2", "2026-11-20T12:00:00+00:00")
            store.take_out(["s1", "no such source"])
        for name in set(TABLES) - {"sources", "decisions"}:
            table = put[name]
            same(store.table(name), table[table["source"] != "s1"].reset_index(drop=True))
        same(store.table("decisions"), put.decisions)
        assert store.column("imports", "source") == ["s2"]


def test_what_is_said_twice_is_there_once(place: Path) -> None:
    at = pd.Timestamp("2026-11-20", tz="UTC").to_pydatetime()
    first, second = (decided("rating", account, at=at, value="4") for account in "ab")
    with Store(place) as store, store.transaction():
        store.say(first)
        store.say(pd.concat([first, second], ignore_index=True))
        store.say(second)
        found = store.table("decisions")
    same(found, pd.concat([first, second], ignore_index=True))


def test_what_fails_inside_a_transaction_leaves_nothing(place: Path) -> None:
    def put_and_fail(store: Store) -> None:
        with store.transaction():
            store.put(everything())
            raise RuntimeError("the lamp went out")

    with Store(place) as store:
        with pytest.raises(RuntimeError, match="the lamp went out"):
            put_and_fail(store)
        assert store.count("events") == 0
        with store.transaction():
            store.put(everything())
        assert store.count("events") == ROWS


def test_a_later_layout_is_refused_and_left_alone(place: Path) -> None:
    with Store(place) as store, store.transaction():
        store.set_meta("layout", str(LAYOUT + 1))
    before = place.read_bytes()
    with pytest.raises(BadInput, match=rf"later netquality \(layout {LAYOUT + 1}\)"):
        Store(place)
    assert place.read_bytes() == before
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_the_key_is_made_once_and_differs_from_file_to_file(place: Path) -> None:
    keys = []
    for path in (place, place, place.with_name("other.duckdb")):
        with Store(path) as store:
            keys.append(store.meta("key"))
            assert store.meta("layout") == str(LAYOUT)
    assert keys[0] == keys[1] != keys[2]
    assert len(str(keys[0])) == 64


def test_a_table_that_nobody_knows_is_a_fault_of_ours(place: Path) -> None:
    with Store(place) as store, pytest.raises(KeyError, match="cats"):
        store.count("cats")


def test_plain_duckdb_reads_the_tables_by_the_names_of_the_schema(place: Path) -> None:
    put = everything()
    keep(place, put)
    with duckdb.connect(str(place), read_only=True) as db:
        for name, columns in TABLES.items():
            described = db.execute(f"DESCRIBE {name}").fetchall()
            assert [row[0] for row in described] == list(columns)
        # Rows 0, 3, 6 and 9 are of s0, and so on: four of each source.
        count = "SELECT source, count(*) FROM events GROUP BY ALL ORDER BY ALL"
        assert db.execute(count).fetchall() == [("s0", 4), ("s1", 4), ("s2", 4)]
        query = """SELECT count(*) FROM events WHERE "at" < TIMESTAMPTZ '1970-01-01 00:00:00+00'"""
        assert db.execute(query).fetchall() == [(2,)]  # 1900 and the last second of 1969
        longest = db.execute("SELECT max(length(thread)) FROM events").fetchall()
        assert longest == [(300_000,)]


def test_columns_that_are_words_of_sql_are_there(place: Path) -> None:
    given = {"a": ["x"], "b": ["y"], "strength": [0.5], "out": [1.0], "in": [2.0], "source": ["s"]}
    keep(place, Tables(given=as_table("given", given)))
    with duckdb.connect(str(place), read_only=True) as db:
        assert db.execute('SELECT "out", "in" FROM given').fetchall() == [(1.0, 2.0)]


def test_no_extension_is_ever_fetched(place: Path) -> None:
    wanted = ("autoinstall_known_extensions", "autoload_known_extensions")
    with Store(place) as store:
        settings = "SELECT name, value FROM duckdb_settings() WHERE name IN ?"
        found = dict(store._db.execute(settings, [list(wanted)]).fetchall())
        assert found == dict.fromkeys(wanted, "false")
        # spatial is known and not shipped: with autoloading it would be fetched.
        with pytest.raises(duckdb.Error, match=r"(?i)extension|exist"):
            store._db.execute("SELECT ST_Point(1, 2)")
        listed = "SELECT extension_name FROM duckdb_extensions() WHERE loaded"
        assert ("spatial",) not in store._db.execute(listed).fetchall()


def test_a_store_that_is_closed_lets_the_file_go(place: Path) -> None:
    store = Store(place)
    store.close()
    with duckdb.connect(str(place)) as db:
        assert db.execute("SELECT count(*) FROM events").fetchall() == [(0,)]
