"""One fictional world, laid out as in each era."""

from __future__ import annotations

import csv
import datetime as dt
import io
import quopri
import re
import zipfile
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from netquality.samples.write import Sample, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

# Who took part, when, and whether it was the person or the owner.
Said = tuple[str, dt.datetime, bool]

ERAS = (2018, 2020, 2021, 2023, 2024, 2026)
# Where the header of the connections stands.
PREAMBLE_LINES = 3


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Sample]:
    """The world of 300 contacts in all eras, as ZIP files."""
    folder = tmp_path_factory.mktemp("eras")
    return {
        era: sample(folder / str(era), era=era, contacts=300, messages=3000, log=era == 2026)
        for era in ERAS
    }


def contents(archive: Path) -> dict[str, bytes]:
    """The members of an archive, by name."""
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="session")
def members(made: dict[int, Sample]) -> dict[int, dict[str, bytes]]:
    return {era: contents(each.archive) for era, each in made.items()}


@pytest.fixture(scope="session")
def rows(
    members: dict[int, dict[str, bytes]],
) -> Callable[[int, str], list[dict[str, str]]]:
    """Read a member with the standard library, by file name."""

    def read(era: int, name: str) -> list[dict[str, str]]:
        raw = members[era][name]
        wide = raw.startswith(b"\xff\xfe")
        text = raw.decode("utf-16" if wide else "utf-8")
        if text.startswith("Notes:"):
            text = text.split("\n", PREAMBLE_LINES)[-1]
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if wide else ",")
        return list(reader)

    return read


def _shown(block: str, card: Any) -> str:
    """The name on a card; the library cuts it at a comma in 2.1, and escapes it in 4.0."""
    if card.version.value != "2.1":
        return str(card.fn.value).replace("\\,", ",")
    line = re.search(r"^FN[^:]*:(.*?)(?=\r\n[A-Z])", block, re.M | re.S)
    assert line
    return quopri.decodestring(line[1].encode()).decode()


@pytest.fixture(scope="session")
def cards() -> Callable[[Path], list[tuple[str, Any]]]:
    """Read cards with a library that is not ours: the name shown, and the card."""

    def read(path: Path) -> list[tuple[str, Any]]:
        blocks = [
            f"{block}END:VCARD\r\n" for block in path.read_bytes().decode().split("END:VCARD")
        ]
        every = [(block.lstrip(), vobject.readOne(block, allowQP=True)) for block in blocks[:-1]]
        return [(_shown(block, card), card) for block, card in every]

    return read


@pytest.fixture(scope="session")
def everyday(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The world of 300 contacts with all everyday media."""
    folder = tmp_path_factory.mktemp("everyday")
    return sample(folder, contacts=300, messages=3000, everyday=True, truth=True)


@pytest.fixture(scope="session")
def person_of(everyday: Sample) -> dict[tuple[str, str], str]:
    """Who has a key: one person's own keys only."""
    rows = everyday.accounts[everyday.accounts["kind"] == "person"]
    columns = zip(rows["key"], rows["value"], rows["person"], strict=True)
    return {(key, value): who for key, value, who in columns}


@pytest.fixture(scope="session")
def as_told(everyday: Sample) -> Callable[[Iterable[Said], str], bool]:
    """Compare what stands in a file with the two-way days told of its medium."""

    def compare(said: Iterable[Said], medium: str) -> bool:
        sides: dict[tuple[str, dt.date], set[bool]] = defaultdict(set)
        for who, at, theirs in said:
            sides[who, at.astimezone(dt.UTC).date()].add(theirs)
        found = Counter(who for (who, _), both in sides.items() if len(both) > 1)
        column = f"{medium}_days"
        days = everyday.people[column].to_dict() | everyday.others[column].to_dict()
        told = {who: count for who, count in days.items() if count}
        assert dict(found) == told
        return bool(told)

    return compare
