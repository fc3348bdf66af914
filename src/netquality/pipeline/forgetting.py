"""What has to go when somebody is forgotten, and where their name still stands."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

__all__ = ["Forgotten", "bears", "holding", "traces"]

_ESCAPE = re.compile(r"\\+u([0-9a-fA-F]{4})")
_QUOTES = re.compile(r"[\\\"]")


@dataclass(frozen=True)
class Forgotten:
    """What was forgotten, and where the name still stands.

    Attributes
    ----------
    accounts, events
        How many of them went.
    shared
        Names and keys that stay, because somebody else bears them too.
    alike
        People who stay though they may be the same one: see `Review.suggestions`.
    reports
        Files of reports made from this workspace that still hold the name; delete them.
    """

    accounts: int
    events: int
    shared: tuple[str, ...]
    alike: tuple[str, ...]
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
    own = ~accounts["account"].isin(accounts["account"][accounts["value"].isin(shared)])
    ids = {("account", account) for account in accounts["account"][mine & own]}
    return sorted(set(said)), sorted(pairs | names | ids), tuple(sorted(set(shared)))


def holding(folders: list[str], words: list[str]) -> tuple[Path, ...]:
    """Return the files of reports that hold one of some words, or bear it in their own name.

    Pages and tables write a name in their own ways: ``Zo&euml;``, ``O&#39;Quill``.

    Examples
    --------
    >>> holding([], ["Zora Quill"])
    ()
    """
    marks = [_plain(word) for word in words if word.strip()]
    found = []
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")) if Path(folder).is_dir() else []:
            if path.is_file():
                found += [path] * _holds(path, str(path.relative_to(folder)), marks)
    return tuple(found)


def bears(text: str, words: list[str]) -> bool:
    """Say whether a text holds one of some words, however it is written.

    Examples
    --------
    >>> bears("report on Zo&euml; Quill", ["zo\u00eb quill"])
    True
    """
    return any(_plain(word) in _plain(text) for word in words if word.strip())


def _holds(path: Path, name: str, marks: list[str]) -> bool:
    text = "\n".join((name, path.read_bytes().decode("utf-8", "replace")))
    plain = _plain(text)
    return any(mark in plain for mark in marks)


def _plain(text: str) -> str:
    """Undo what HTML, JSON and CSV do to a text, and leave out its case and quotes."""
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    text = unicodedata.normalize("NFC", html.unescape(html.unescape(text)))
    return _QUOTES.sub("", text).casefold()
