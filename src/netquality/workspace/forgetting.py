"""Forget people: leave out all that is theirs, and know them again without knowing who they are.

What is kept of a forgotten person is a keyed hash of each of their keys. The key is random and
lies in the workspace only, so the hashes say nothing to anybody else; they are there so that a
later import does not bring the person back.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.ids import digest
from netquality.schema import TABLES, Tables, as_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

__all__ = ["FORGOTTEN", "MASK", "fingerprint", "scrubbed", "without", "without_known"]

FORGOTTEN = "forgotten"
MASK = "(forgotten)"
_ENDS = {
    "events": ("sender", "recipient"),
    "relations": ("a", "b"),
    "attributes": ("account",),
    "given": ("a", "b"),
    "accounts": ("account",),
    "decisions": ("subject", "object", "third"),
}
_TRACES = ("events", "relations", "attributes", "given")
# Columns by which rows find each other: a name in one of them becomes a hash, not a mask.
_IDS = ("event", "thread", "decision", "undoes")
_CLOSED = ("source", "account", "sender", "recipient", "a", "b", "subject", "object", "third")

_CHATS = ("whatsapp/", "slack/conversation")

_WORD = re.compile(r"\+?[^\W_]+")
_LONG = 6  # words in a name, or parts of an address


def fingerprint(key: str, kind: str, value: str) -> str:
    """Return the keyed hash of one key of an account.

    Parameters
    ----------
    key
        The workspace's own, hexadecimal.
    kind, value
        As in ``accounts``: ``mail`` and the address, ``name`` and the folded name.

    Examples
    --------
    >>> one, other = (fingerprint(k * 64, "mail", "zora@quill.example") for k in "ab")
    >>> one == other, len(one)
    (False, 32)
    """
    text = f"{kind}\x1f{value.casefold()}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, key=bytes.fromhex(key), digest_size=16).hexdigest()


def without_known(tables: Tables, key: str, hashes: Collection[str]) -> Tables:
    """Leave out whoever was forgotten before; rows about nobody else are rejected.

    A strong key is enough. An account known by nothing but a name is left out where somebody of
    that name was forgotten, because nobody can tell that it is another.
    """
    if not hashes:
        return tables
    known = frozenset(hashes)
    gone = _keyed(tables.accounts, key, known) | _named(tables, key, known)
    return scrubbed(without(tables, gone), _recalled(tables, key, known))


def _keyed(accounts: pd.DataFrame, key: str, hashes: frozenset[str]) -> set[str]:
    """Return the accounts that bear a key of somebody forgotten."""
    keys = accounts[["key", "value"]].drop_duplicates()
    marks = [fingerprint(key, str(k), v) for k, v in zip(keys["key"], keys["value"], strict=True)]
    hit = keys[pd.Series(marks, index=keys.index, dtype="str").isin(hashes)]
    rows = accounts.merge(hit.astype({"key": "str"}), on=["key", "value"], how="inner")
    strong = accounts[accounts["key"] != "name"]["account"]
    named = rows["key"] == "name"
    return set(rows["account"][~named | ~rows["account"].isin(strong)])


def _named(tables: Tables, key: str, hashes: frozenset[str]) -> set[str]:
    """Return the accounts of forgotten people whom decisions and events by hand name."""
    columns = [tables[name][end] for name in ("decisions", "events") for end in _ENDS[name]]
    said = len(tables.decisions) or (tables.events["channel"] == "hand").any()
    ids = pd.concat(columns).dropna().unique() if said else ()
    return {account for account in ids if fingerprint(key, "account", account) in hashes}


def _recalled(tables: Tables, key: str, hashes: frozenset[str]) -> set[str]:
    """Return the names, addresses, numbers and slugs of forgotten people that stand in texts."""
    found = set()
    for name, columns in TABLES.items():
        for column in _texts(name, columns):
            for text in tables[name][column].dropna().unique():
                found |= {p for p in _phrases(text) if _is_known(p, key, hashes)}
    return found


def _phrases(text: str) -> set[str]:
    """Return what in a text may be a name or a key: some words in a row."""
    spans = [found.span() for found in _WORD.finditer(text)]
    ends = [(start, end) for i, (start, _) in enumerate(spans) for _, end in spans[i : i + _LONG]]
    return {text[start:end].casefold() for start, end in ends}


def _is_known(phrase: str, key: str, hashes: frozenset[str]) -> bool:
    if "@" in phrase:
        return fingerprint(key, "mail", phrase) in hashes
    kinds = ("name",) if " " in phrase else ("name", "profile", "phone", "platform")
    return any(fingerprint(key, kind, phrase) in hashes for kind in kinds)


def _texts(name: str, columns: Mapping[str, Any]) -> list[str]:
    texts = [c for c, dtype in columns.items() if dtype == "str" and c not in _CLOSED]
    return texts + (["object"] if name == "events" else [])


def without(tables: Tables, accounts: Collection[str]) -> Tables:
    """Leave out some accounts, in all tables, and account for the rows.

    Of a message or meeting with several people only the rows that name them go; a meeting that
    they called goes as a whole.

    Examples
    --------
    >>> len(without(Tables(), {"a"}).events)
    0
    """
    if not accounts:
        return tables
    changed = {}
    for name, ends in _ENDS.items():
        table = tables[name]
        hit = pd.concat([table[end].isin(accounts) for end in ends], axis=1).any(axis=1)
        if hit.any():
            changed[name] = table[~hit].reset_index(drop=True)
    return _spanned(_accounted(tables, replace(tables, **changed)))


def _spanned(tables: Tables) -> Tables:
    """Let what was recorded by hand begin and end with the events that are left of it."""
    hand = tables.sources["format"] == "hand"
    days = tables.events.groupby("source")["day"]
    spans = {"first": days.min(), "last": days.max()}
    found = {name: tables.sources["source"].map(span) for name, span in spans.items()}
    new = {k: tables.sources[k].mask(hand, v.astype("Int64")) for k, v in found.items()}
    return replace(tables, sources=tables.sources.assign(**new))


def _accounted(before: Tables, after: Tables) -> Tables:
    lost = _rows(before).merge(_rows(after), how="left", indicator=True)
    lost = lost[lost["_merge"] == "left_only"][["source", "row"]].dropna(subset=["row"])
    if lost.empty:
        return after
    count = after.sources["source"].map(lost["source"].value_counts()).fillna(0).astype("int64")
    count = count.clip(upper=after.sources["kept"])
    sources = after.sources.assign(
        kept=after.sources["kept"] - count, rejected=after.sources["rejected"] + count
    )
    sources = _unnamed(sources, count > 0)
    rejects = as_table(
        "rejects", {"source": lost["source"], "row": lost["row"], "reason": FORGOTTEN}
    )
    return replace(after, sources=sources, rejects=pd.concat([after.rejects, rejects]))


def _unnamed(sources: pd.DataFrame, touched: pd.Series) -> pd.DataFrame:
    """Take the names off the files of chats that a forgotten person was in.

    A chat's file is called after whom it is with, in a spelling that file names allow.
    """
    chats = sources["format"].str.startswith(_CHATS) & touched
    packed = chats & sources["bundle"].str.casefold().str.startswith("whatsapp")
    return sources.assign(
        name=sources["name"].mask(chats, MASK).astype("str"),
        bundle=sources["bundle"].mask(packed, MASK).astype("str"),
    )


def _rows(tables: Tables) -> pd.DataFrame:
    rows = [tables[name][["source", "row"]] for name in _TRACES]
    return pd.concat(rows, ignore_index=True).drop_duplicates()


def scrubbed(tables: Tables, words: Iterable[str]) -> Tables:
    """Take words out of every text that is left: file names, notes, other people's rows.

    Parameters
    ----------
    words
        Names, addresses, numbers and slugs; their case does not matter.

    Examples
    --------
    >>> from netquality.schema import as_table
    >>> file = {"source": "s", "name": "Chat with Zora Quill.txt", "bundle": "b", "format": "log"}
    >>> tables = Tables(sources=as_table("sources", file | {"zone": "UTC"}, rows=1))
    >>> scrubbed(tables, ["zora quill"]).sources["name"].iloc[0]
    'Chat with (forgotten).txt'
    """
    found = sorted({word for word in words if word.strip()}, key=lambda w: (-len(w), w))
    if not found:
        return tables
    within, whole = _pattern(found), _pattern([word for word in found if _telling(word)])
    changed = {}
    for name, columns in TABLES.items():
        texts = _texts(name, columns)
        # A given name or a short id is also a part of what others are called.
        pattern = whole if name == "accounts" else within
        masked = {column: _masked(tables[name][column], pattern, column) for column in texts}
        changed[name] = tables[name].assign(**{k: v for k, v in masked.items() if v is not None})
    return Tables(**changed)


def _telling(word: str) -> bool:
    return " " in word.strip() or "@" in word


def _pattern(words: list[str]) -> re.Pattern[str]:
    any_of = "|".join(map(re.escape, words)) or r"(?!)"
    return re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])", re.IGNORECASE)


def _masked(column: pd.Series, pattern: re.Pattern[str], name: str) -> pd.Series | None:
    values = pd.Series(column.dropna().unique(), dtype="str")
    hit = [value for value in values if pattern.search(value)]
    if not hit:
        return None
    as_id = name in _IDS
    new = {v: digest(FORGOTTEN, v) if as_id else pattern.sub(MASK, v) for v in hit}
    return column.map(lambda value: new.get(value, value), na_action="ignore").astype("str")
