"""No file below ten megabytes takes a gigabyte or a minute: some of the worst, each apart.

``python tests/fuzz/blown_up.py`` reads them all.
"""

from __future__ import annotations

import pytest
from blown_up import MEGABYTES, SECONDS, read_apart

WORST = [
    ("mail", "many recipients"),
    ("mail", "comments in comments"),
    ("slack", "keys of one message"),
    ("slack", "nested"),
]


@pytest.mark.parametrize(("door", "shape"), WORST)
def test_a_blown_up_file_takes_little(door: str, shape: str) -> None:
    taken = read_apart(door, shape)
    assert taken.seconds < SECONDS
    assert taken.megabytes < MEGABYTES
