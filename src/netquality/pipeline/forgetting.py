"""What has to go when somebody is forgotten, and where their name still stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

__all__ = ["Forgotten", "holding", "traces"]


@dataclass(frozen=True)
class Forgotten:
    """What was forgotten, and where the name still stands.

    Attributes
    ----------
    accounts, events
        How many of them went.
    shared
        Names and keys that stay, because somebody else bears them too.
    reports
        Files of reports made from this workspace that still hold the name; delete them.
    """

    accounts: int
    events: int
    shared: tuple[str, ...]
    reports: tuple[Path, ...]


def traces(
    accounts: pd.DataFrame, theirs: set[str]
) -> tuple[list[str], list[tuple[str, str]], tuple[str, ...]]:
    """Return the words to take out, the keys to know again, and what others bear as well."""
    mine = accounts["account"].isin(theirs)
    texts = pd.concat([accounts[c][mine] for c in ("name", "value", "raw")]).dropna()
    others = pd.concat([accounts[c][~mine] for c in ("name", "value")]).dropna().str.casefold()
    said = texts[~texts.str.casefold().isin(set(others))]
    shared = texts[texts.str.casefold().isin(set(others))]
    keys = accounts[mine & ~accounts["value"].str.casefold().isin(set(others))]
    pairs = {(str(k), str(v)) for k, v in zip(keys["key"], keys["value"], strict=True)}
    names = {("name", name.casefold()) for name in said[said.isin(accounts["name"][mine])]}
    return sorted(set(said)), sorted(pairs | names), tuple(sorted(set(shared)))


def holding(folders: list[str], words: list[str]) -> tuple[Path, ...]:
    """Return the files of reports that hold one of some words."""
    marks = [word.encode("utf-8", "surrogatepass").lower() for word in words]
    found = []
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")) if Path(folder).is_dir() else []:
            if path.is_file():
                content = path.read_bytes().lower()
                if any(mark in content for mark in marks):
                    found.append(path)
    return tuple(found)
