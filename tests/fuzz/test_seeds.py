"""Every kept seed, also those that once failed, is read or refused with a clear word."""

from __future__ import annotations

from pathlib import Path

import pytest
from doors import DOORS, OPTIONS, enter, sound

SEEDS = Path(__file__).parent / "seeds"
# The files that fuzzing starts from are whole: most of them are read, not refused.
_NEW = ("found-", "fault-")


def test_every_door_has_seeds_and_they_are_small() -> None:
    assert {place.name for place in SEEDS.iterdir()} == set(DOORS)
    sizes = {door: [each.stat().st_size for each in (SEEDS / door).iterdir()] for door in DOORS}
    assert all(3 <= len(each) <= 40 for each in sizes.values())
    assert sum(map(sum, sizes.values())) < 1_000_000


@pytest.mark.parametrize("door", DOORS)
def test_seeds_are_read_or_refused_and_the_accounts_balance(door: str) -> None:
    whole = read = 0
    for seed in sorted((SEEDS / door).iterdir()):
        for options in OPTIONS:
            tables = enter(door, seed.read_bytes(), options)
            sound(tables)
            if not seed.name.startswith(_NEW):
                whole += 1
                read += tables is not None and int(tables.sources["kept"].sum()) > 0
    assert 2 * read > whole
