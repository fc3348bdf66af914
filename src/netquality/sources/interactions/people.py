"""The people of a log: every distinct cell becomes an account once, however long the log."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput
from netquality.ids import digest

__all__ = ["BETWEEN", "NOBODY", "People"]

NOBODY = -1
BETWEEN = "\x1f"  # ASCII's own separator of units stands between the recipients of a list
Codes = npt.NDArray[np.int64]

_MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<mail>[^<>]+)>")
_SEVERAL = re.compile(r"@[^@]*[,;|\s][^@]*@")
# All files of one log share their people: calls and texts name the same 5.
_SCOPE = ""


@dataclass
class _Account:
    key: str
    value: str
    raw: str
    name: str


class People:
    """Accounts met so far, numbered from 0.

    Parameters
    ----------
    separator
        What stands between several people in one cell, if the user said so.

    Examples
    --------
    >>> people = People("+")
    >>> people.codes(pd.Series(["7", " 9", "", "7"])).tolist()
    [0, 1, -1, 0]
    >>> [part.tolist() for part in people.several(pd.Series(["9+7", "", "8"]), "to")]
    [[0, 0, 2], [1, 0, 2]]
    """

    def __init__(self, separator: str | None = None) -> None:
        self._separator = separator
        self._codes: dict[str, int] = {}
        self._known: list[_Account] = []

    def __len__(self) -> int:
        return len(self._known)

    def codes(self, cells: pd.Series) -> Codes:
        """Return the number of the one person in every cell, `NOBODY` where it is empty."""
        codes, uniques = pd.factorize(cells, use_na_sentinel=False)
        numbers: Codes = np.array([self._code(cell) for cell in uniques], dtype=np.int64)
        return numbers[codes] if len(numbers) else codes.astype(np.int64)

    def several(self, cells: pd.Series, field: str) -> tuple[Codes, Codes]:
        """Return every person in every cell: positions of the cells, and people.

        Raises
        ------
        BadInput
            When cells hold several mail addresses, or several people who also occur alone, and
            no separator was given.
        """
        codes, uniques = pd.factorize(cells, use_na_sentinel=False)
        groups = [self._split(cell, field) for cell in uniques]
        sizes = np.array([len(group) for group in groups], dtype=np.int64)
        flat = np.array([person for group in groups for person in group], dtype=np.int64)
        per_cell = sizes[codes]
        place = np.repeat(np.arange(len(codes)), per_cell)
        within = np.arange(len(place)) - np.repeat(np.cumsum(per_cell) - per_cell, per_cell)
        return place, flat[(np.cumsum(sizes) - sizes)[codes[place]] + within]

    def _split(self, cell: object, field: str) -> list[int]:
        text = str(cell)
        several = (text.count("@") > 1 and _SEVERAL.search(text)) or self._joins_known(text)
        if several and self._separator is None and BETWEEN not in text:
            raise BadInput(
                f"Cells of the column {field!r} hold several people.",
                accepted="--separator with what stands between them.",
                todo="For example: --separator ';'",
            )
        # A separator of nothing but blanks means any run of them.
        between = (self._separator.strip() or None) if self._separator else BETWEEN
        parts = text.replace(BETWEEN, between or " ").split(between)
        found = [self._code(part) for part in parts]
        return list(dict.fromkeys(person for person in found if person != NOBODY))

    def _joins_known(self, text: str) -> bool:
        """Say whether a cell is several people who are known already, joined by a mark."""
        for mark in ";|":
            accounts = [_account(part) for part in text.split(mark)] if mark in text else []
            if accounts and all(each and _name(each) in self._codes for each in accounts):
                return True
        return False

    def _code(self, cell: object) -> int:
        account = _account(str(cell))
        if account is None:
            return NOBODY
        name = _name(account)
        code = self._codes.setdefault(name, len(self._known))
        if code == len(self._known):
            self._known.append(account)
        else:
            _prefer(self._known[code], account)
        return code

    @property
    def accounts(self) -> npt.NDArray[np.object_]:
        """Ids of the accounts."""
        return np.array(list(self._codes), dtype=object)

    @property
    def hashes(self) -> npt.NDArray[np.uint64]:
        """The same ids as integers."""
        return np.array([int(name, 16) for name in self._codes], dtype=np.uint64)

    @property
    def ranks(self) -> Codes:
        """Place of every person among all ids in ascending order, as numbers if all are."""
        values = [account.value for account in self._known]
        numbers = all(value.isdecimal() for value in values)
        ordered = sorted(range(len(values)), key=lambda i: int(values[i]) if numbers else values[i])
        ranks = np.empty(len(values), dtype=np.int64)
        ranks[ordered] = np.arange(len(values))
        return ranks

    def table(self, rows: Codes) -> dict[str, object]:
        """Return the columns of the accounts table.

        Parameters
        ----------
        rows
            The first row in which each person occurs; people with row 0 occur in none.
        """
        met = np.flatnonzero(rows > 0).tolist()
        columns = {
            field: [getattr(self._known[i], field) for i in met]
            for field in ("key", "value", "raw", "name")
        }
        return {**columns, "account": self.accounts[met], "kind": "person", "row": rows[met]}


def _account(cell: str) -> _Account | None:
    raw = cell.strip()
    named = _NAMED.fullmatch(raw)
    mail = (named["mail"] if named else raw).strip()
    if _MAIL.fullmatch(mail):
        name = named["name"].strip(" \"'") if named else ""
        return _Account("mail", mail.lower(), raw, name or mail)
    return _Account("platform", raw, raw, raw) if raw else None


def _name(account: _Account) -> str:
    return digest(account.key, *(() if account.key == "mail" else (_SCOPE,)), account.value)


def _prefer(known: _Account, again: _Account) -> None:
    """Let no order of rows decide how a person is written: the least spelling stays."""
    known.raw = min(known.raw, again.raw)
    known.name = min(known.name, again.name, key=lambda name: ("@" in name, name))
