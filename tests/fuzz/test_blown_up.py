"""No file below ten megabytes takes a gigabyte or a minute: some of the worst, each apart.

``python tests/fuzz/blown_up.py`` reads all of them at their full size. Here are those that once
took more than that, as small as they still did or would have, and some that are read in no time.
"""

from __future__ import annotations

import pytest

pytest.importorskip("resource", reason="limits of a process are a matter of Unix")

from blown_up import MEGABYTES, SECONDS, SIZE, read_apart

WORST = [
    # A rule that never finds another day was followed to the year 9999, each for half a second.
    ("calendar", "endless rules", 50_000),
    ("calendar", "many rules of one series", SIZE),
    # Three series of 5,000 days with a thousand guests are fifteen million rows.
    ("calendar", "old series of a thousand", 100_000),
    ("mbox", "mails to others each", 6_000_000),
    ("mail", "many recipients", SIZE),
    ("mail", "comments in comments", SIZE),
    ("whatsapp", "tiny messages of eight", 5_000_000),
    # Half a million numbers in one message; soft line breaks that were copied over and over.
    ("backup", "one joined address", SIZE),
    ("vcard", "quoted printable", SIZE),
    # For each message in a crowd, the whole crowd was listed.
    ("slack", "messages of everybody", 5_000_000),
    ("slack", "one message's reactions", 5_000_000),
    ("slack", "nested", SIZE),
    ("telegram", "nested objects", SIZE),
    ("contacts", "columns", SIZE),
    ("calls", "wide rows", SIZE),
]


@pytest.mark.parametrize(("door", "shape", "size"), WORST)
def test_a_blown_up_file_takes_little(door: str, shape: str, size: int) -> None:
    taken = read_apart(door, shape, size)
    assert taken.seconds < SECONDS
    assert taken.megabytes < MEGABYTES
