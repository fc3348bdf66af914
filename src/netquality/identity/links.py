"""Pairs of accounts that belong together, each with its reason; groups are what they connect."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from netquality.decisions import latest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Links", "decided_links"]

Codes = npt.NDArray[np.int64]
# The order in which links are believed where the user's word cuts a group apart.
_BELIEF = ("same", "profile", "platform", "mail", "phone", "saved name", "day", "name")


@dataclass(frozen=True, eq=False)
class Links:
    """Links between accounts, which are numbers here.

    Attributes
    ----------
    frame
        ``left``, ``right``, ``by`` (a key, ``saved name``, ``day``, ``name``, ``same``) and
        ``value``.

    Examples
    --------
    >>> keys = pd.DataFrame({"key": "mail", "value": ["z@x.example"] * 2, "code": [0, 2]})
    >>> Links.sharing(keys).groups(3).tolist()
    [0, 1, 0]
    """

    frame: pd.DataFrame

    @classmethod
    def none(cls) -> Links:
        """Return no links."""
        return cls.of([], [], "", [])

    @classmethod
    def of(cls, left: object, right: object, by: object, value: object) -> Links:
        """Return links of columns."""
        frame = pd.DataFrame({"left": left, "right": right, "by": by, "value": value})
        return cls(frame.astype({"left": np.int64, "right": np.int64, "by": "str", "value": "str"}))

    @classmethod
    def to_first(cls, rows: pd.DataFrame, by: list[str], label: str) -> Links:
        """Link the rows' codes that agree in some columns to the least of them."""
        head = rows.groupby(by)["code"].transform("min") if len(rows) else rows["code"]
        apart = rows["code"] != head
        return cls.of(rows["code"][apart], head[apart], label, rows["name"][apart])

    @classmethod
    def sharing(cls, keys: pd.DataFrame) -> Links:
        """Link the accounts that share a key.

        Parameters
        ----------
        keys
            Rows with ``key``, ``value`` and ``code``, the account's number.
        """
        first = keys.groupby(["key", "value"])["code"].transform("min")
        apart = first != keys["code"]
        rows = keys[apart]
        return cls.of(rows["code"], first[apart], rows["key"], rows["value"])

    def __len__(self) -> int:
        """Return how many links there are."""
        return len(self.frame)

    def beside(self, other: Links) -> Links:
        """Return both sets of links."""
        return Links(pd.concat([self.frame, other.frame], ignore_index=True))

    def groups(self, size: int) -> Codes:
        """Return the number of the group of each of so many accounts."""
        if not size:
            return np.array([], dtype=np.int64)
        ends = self.frame["left"].to_numpy(), self.frame["right"].to_numpy()
        table = coo_array((np.ones(len(self), dtype=np.int8), ends), shape=(size, size))
        return np.asarray(connected_components(table, directed=False)[1], dtype=np.int64)

    def named(self, ids: pd.Index) -> pd.DataFrame:
        """Return the links with the accounts' ids as ``a`` and ``b``."""
        return pd.DataFrame(
            {
                "a": pd.Series(ids[self.frame["left"]], dtype="str"),
                "b": pd.Series(ids[self.frame["right"]], dtype="str"),
                "by": self.frame["by"],
                "value": self.frame["value"],
            }
        )


def decided_links(links: Links, decisions: pd.DataFrame, ids: pd.Index) -> Links:
    """Add what the user joined, and cut what the user told apart.

    Parameters
    ----------
    links
        What keys and names join.
    decisions
        Those in force; the last word on a pair counts.
    ids
        The account behind each number. Decisions about accounts that no source shows wait.

    Returns
    -------
    Links
        No path of them connects two accounts that were told apart: of the links on it, those
        believed least are left out.
    """
    said = decisions[decisions["kind"].isin(["same", "different"])]
    said = latest(said, ["subject", "object"])
    left, right = (ids.get_indexer(pd.Index(said[side])) for side in ("subject", "object"))
    known = (left >= 0) & (right >= 0) & (left != right)
    same = known & (said["kind"] == "same").to_numpy()
    links = links.beside(Links.of(left[same], right[same], "same", said["decision"][same]))
    apart = known & ~same
    pairs = list(zip(left[apart].tolist(), right[apart].tolist(), strict=True))
    group = links.groups(len(ids))
    torn = {int(group[a]) for a, b in pairs if group[a] == group[b]}
    if not torn:
        return links
    inside = np.isin(group[links.frame["left"]], list(torn))
    rest = Links(links.frame[~inside])
    return rest.beside(_cut(links.frame[inside], pairs))


def _cut(frame: pd.DataFrame, apart: list[tuple[int, int]]) -> Links:
    """Take links in the order of belief, but none that would connect a pair told apart."""
    group: dict[int, set[int]] = {}
    kept = []
    for left, right, by, value in sorted(_every(frame), key=_believed):
        one, other = group.setdefault(left, {left}), group.setdefault(right, {right})
        if any((a in one and b in other) or (b in one and a in other) for a, b in apart):
            continue
        kept.append((left, right, by, value))
        if one is not other:
            one |= other
            group.update(dict.fromkeys(other, one))
    return Links.of(*zip(*kept, strict=True)) if kept else Links.none()


def _believed(link: tuple[int, int, str, str]) -> tuple[int, str, int, int]:
    left, right, by, value = link
    return _BELIEF.index(by), value, left, right


def _every(frame: pd.DataFrame) -> Iterator[tuple[int, int, str, str]]:
    """Return every pair that agrees, not only those with the first: cutting one spares the rest."""
    for (by, value, _), rows in frame.groupby(["by", "value", "right"]):
        for one, other in combinations(sorted({*rows["left"], *rows["right"]}), 2):
            yield int(one), int(other), str(by), str(value)
