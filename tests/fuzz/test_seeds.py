"""Every kept seed, also those that once failed, is read or refused with a clear word."""

from __future__ import annotations

from pathlib import Path

import pytest
from doors import DOORS, OPTIONS, enter

SEEDS = Path(__file__).parent / "seeds"


def test_every_door_has_seeds() -> None:
    assert all(len(list((SEEDS / door).iterdir())) >= 3 for door in DOORS)


@pytest.mark.parametrize("door", DOORS)
def test_seeds_are_read_or_refused_and_the_accounts_balance(door: str) -> None:
    for seed in sorted((SEEDS / door).iterdir()):
        for options in OPTIONS:
            tables = enter(door, seed.read_bytes(), options)
            if tables is None:
                continue
            used = tables.sources[tables.sources["unused"].isna()]
            counted = used["kept"] + used["merged"] + used["rejected"]
            assert (used["read"] == counted).all(), seed.name
