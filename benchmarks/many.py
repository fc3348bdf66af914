"""A million ties from ten million events, beside a bare group-by of the same file by DuckDB.

Each is a process of its own, started one after the other: the group-by counts and fades contact of
each pair and no more; netquality reads the file as a user would, with all checks and accounts, and
gives strengths with parts, intervals, standing. ``NETQUALITY_MANY`` (as in ``100000x1000000``)
makes a quick trial.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from measured import Run, run, table

TIES, EVENTS = 1_000_000, 10_000_000
AIM = 5
_MADE = """
import sys, duckdb
path, ties, events = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
duckdb.sql("set enable_progress_bar = false")
duckdb.sql(f'''
copy (
 with drawn as (select (hash(i, 1) % {ties // 10})::bigint as x,
     (hash(i, 2) % {ties // 10})::bigint as y
   from range({ties + ties // 50}) r(i)),
 pairs as (select distinct least(x, y) as a, greatest(x, y) as b from drawn
   where x <> y limit {ties}),
 numbered as (select a, b, row_number() over () - 1 as k from pairs),
 e as (select case when i < {ties} then i
     else (power((hash(i, 3) % 1000000) / 1e6, 2) * {ties})::bigint end as k,
   hash(i, 4) % 2 as way, (hash(i, 5) % 63072000)::bigint as s from range({events}) r(i))
 select if(way = 0, a, b) as sender, if(way = 0, b, a) as recipient,
   make_timestamp((1700000000 + s) * 1000000) as "at", 'mail' as channel
 from e join numbered using (k) order by s
) to '{path}' (format parquet)''')
"""
_BARE = """
import sys, duckdb
duckdb.sql("set threads = 2")
duckdb.sql("set enable_progress_bar = false")
found = duckdb.sql(f'''
 select least(sender, recipient) as a, greatest(sender, recipient) as b, count(*) as n,
   count(distinct "at"::date) as days, max("at") as last, count_if(sender < recipient) as forward,
   sum(power(2, -date_diff('day', "at", timestamp '2025-11-13') / 30.0)) as faded
 from '{sys.argv[1]}' group by all''').fetchnumpy()
print(len(found["a"]))
"""
_OURS = """
import sys, time
import netquality as nq
begin = time.perf_counter()
network = nq.read(sys.argv[1])
read = time.perf_counter() - begin
print(len(network.ties), read, time.perf_counter() - begin - read)
"""


def main() -> None:
    ties, events = map(int, os.environ.get("NETQUALITY_MANY", f"{TIES}x{EVENTS}").split("x"))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "log.parquet")
        run([sys.executable, "-c", _MADE, path, str(ties), str(events)])
        bare = run([sys.executable, "-c", _BARE, path])
        ours = run([sys.executable, "-c", _OURS, path])
    found, read, scored = ours.output.split()
    assert int(bare.output) == int(found) == ties
    print(f"{ties:,} ties from {events:,} events.\n")
    rows = [_row("bare group-by, DuckDB", bare), _row("netquality", ours)]
    print(table(["what", "seconds", "seconds of processor", "peak MB"], rows))
    print(f"\nReading and checking {float(read):.0f} s, contact and ties {float(scored):.0f} s.")
    for unit, place in (("processor time", 1), ("memory", 2)):
        times = ours.cost[place] / bare.cost[place]
        print(f"{unit}: {times:.1f} times, aim {AIM}: {'met' if times <= AIM else 'not met'}.")


def _row(name: str, of: Run) -> tuple[object, ...]:
    return (name, of.cost.wall, of.cost.cpu, of.cost.peak)


if __name__ == "__main__":
    main()
