"""Forget people: leave out all that is theirs, and know them again without knowing who they are.

What is kept of a forgotten person is a keyed hash of each of their keys. The key is random and
lies in the workspace only, so the hashes say nothing to anybody else; they are there so that a
later import does not bring the person back.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from netquality.ids import digest
from netquality.schema import TABLES, Tables, as_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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
    keys = tables.accounts[["key", "value"]].drop_duplicates()
    marks = [fingerprint(key, str(k), v) for k, v in zip(keys["key"], keys["value"], strict=True)]
    hit = keys[pd.Series(marks, index=keys.index, dtype="str").isin(set(hashes))]
    accounts = tables.accounts.merge(hit.astype({"key": "str"}), on=["key", "value"], how="inner")
    strong = tables.accounts[tables.accounts["key"] != "name"]["account"]
    named = accounts["key"] == "name"
    gone = accounts["account"][~named | ~accounts["account"].isin(strong)]
    return without(tables, set(gone))


def without(tables: Tables, accounts: Collection[str]) -> Tables:
    """Leave out some accounts, in all tables, and account for the rows.

    A row that also says something about somebody else is kept without them.

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
    left = replace(tables, **changed)
    return _accounted(tables, left)


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
    rejects = as_table(
        "rejects", {"source": lost["source"], "row": lost["row"], "reason": FORGOTTEN}
    )
    return replace(after, sources=sources, rejects=pd.concat([after.rejects, rejects]))


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
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)", re.IGNORECASE)
    changed = {}
    for name, columns in TABLES.items():
        texts = [c for c, dtype in columns.items() if dtype == "str" and c not in _CLOSED]
        texts += ["object"] if name == "events" else []
        masked = {column: _masked(tables[name][column], pattern, column) for column in texts}
        changed[name] = tables[name].assign(**{k: v for k, v in masked.items() if v is not None})
    return Tables(**changed)


def _masked(column: pd.Series, pattern: re.Pattern[str], name: str) -> pd.Series | None:
    values = pd.Series(column.dropna().unique(), dtype="str")
    hit = [value for value in values if pattern.search(value)]
    if not hit:
        return None
    as_id = name in _IDS
    new = {v: digest(FORGOTTEN, v) if as_id else pattern.sub(MASK, v) for v in hit}
    return column.map(lambda value: new.get(value, value), na_action="ignore").astype("str")
