"""Stable names of things: the same on every machine and in every version.

They depend on no library's hash, because what is kept under an id must be found again.
"""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["UNKNOWN_OWNER", "digest", "event_ids", "hexed", "mixed", "saved_name"]


def digest(*parts: str | bytes) -> str:
    """Return a stable 16-character name for some text, the same on every machine.

    Examples
    --------
    >>> digest("profile", "zoe-sample")
    '4aeb7a354d553878'
    """
    state = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little") + data)
    return state.hexdigest()


# The account of an owner whom no file names: "you".
UNKNOWN_OWNER = digest("ego", "you")


def saved_name(owner: str, name: str) -> str:
    """Return the account of whoever an owner's phone has under a name and nothing else.

    Parameters
    ----------
    owner
        The owner's account: the same name in another address book is somebody else.
    name
        Folded for comparing.

    Examples
    --------
    >>> saved_name("a", "odo") == saved_name("b", "odo")
    False
    """
    return digest("name", "address book", owner, name)


def mixed(*columns: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Fold columns of integers into one well-spread integer a row (SplitMix64).

    Event ids of half a million rows are made with it; it depends on no library's hash, so
    that ids stay equal between versions.

    Examples
    --------
    >>> a = np.array([1, 2], dtype=np.uint64)
    >>> bool(mixed(a, a)[0] == mixed(a[:1], a[:1])[0]), bool(mixed(a)[0] == mixed(a)[1])
    (True, False)
    """
    state = np.full(len(columns[0]), 0x9E3779B97F4A7C15, dtype=np.uint64)
    for column in columns:
        state = state ^ column.astype(np.uint64)
        state = state + np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        state = state ^ (state >> np.uint64(31))
    return state


def hexed(values: npt.NDArray[np.uint64]) -> pd.Series:
    """Write 64-bit integers as 16 hexadecimal digits, fast.

    Examples
    --------
    >>> hexed(np.array([1, 255], dtype=np.uint64)).tolist()
    ['0000000000000001', '00000000000000ff']
    """
    text = values.astype(">u8").tobytes().hex()
    return pd.Series(
        np.array([text[i : i + 16] for i in range(0, len(text), 16)], dtype=object)
    ).astype("str")


def event_ids(kind: str, *columns: pd.Series) -> pd.Series:
    """Return stable ids of events without an id of their own, never made of a body.

    Parameters
    ----------
    kind
        One of `KINDS`.
    columns
        What tells two events of the kind apart: thread, second, sender, ordinal, ...

    Examples
    --------
    >>> times = pd.Series([60, 60, 61])
    >>> event_ids("message", pd.Series(["t", "t", "t"]), times).nunique()
    2
    """
    numbers = [np.full(len(columns[0]), int(digest("kind", kind), 16), dtype=np.uint64)]
    numbers += [_numbers(column) for column in columns]
    return hexed(mixed(*numbers)).set_axis(columns[0].index)


def _numbers(column: pd.Series) -> npt.NDArray[np.uint64]:
    if pd.api.types.is_integer_dtype(column.dtype):
        return column.fillna(-(2**62)).to_numpy(dtype=np.int64).view(np.uint64)
    codes, uniques = pd.factorize(column.fillna(""))
    hashes = np.array([int(digest(str(text)), 16) for text in uniques], dtype=np.uint64)
    return hashes[codes]
