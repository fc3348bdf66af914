"""Who changed employers or titles between two exports."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pandas as pd

from netquality.days import shown
from netquality.measures.found import Found, rows_of, shaped

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["folded_employer", "jobs"]

_JOBS = {"employer": "new employer", "title": "new title"}
# How a firm is registered says nothing of where somebody works.
_FORMS = re.compile(
    r"(?: (?:gmbh|mbh|ag|kg|kgaa|ohg|ug|ev|eg|se|sa|sas|sarl|srl|spa|sl|bv|nv|ab|as|a/s|aps|oyj?"
    r"|inc|incorporated|ltd|limited|llc|llp|lp|plc|corp|corporation|co|company|pty|pte|pvt|kk|&"
    r"|\+))+$"
)


def folded_employer(value: str) -> str:
    """Return an employer for comparing: without case, blanks, commas, dots and legal forms.

    Examples
    --------
    >>> folded_employer(" Fernhollow  Gardens, Inc."), folded_employer("Moss & Fern GmbH & Co. KG")
    ('fernhollow gardens', 'moss & fern')
    >>> folded_employer("Limited"), folded_employer("FERNHOLLOW") == folded_employer("Mossworks")
    ('limited', False)
    """
    text = " ".join(_folded(value).replace(".", "").replace(",", " ").split())
    return _FORMS.sub("", text)


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def jobs(network: Network, exports: pd.DataFrame, earlier: int, later: int) -> Found:
    """Find whose employer or title is another one, where both exports state it.

    A side that states no employer at all, or no title, leaves that kind of change unknown.

    Parameters
    ----------
    network
        Of one owner.
    exports
        The owner's files of connections, rows of its ``sources``, each with its ``day``.
    earlier, later
        UTC days of the two exports.

    Returns
    -------
    Found
        Rows of ``new employer`` and ``new title``, ``before`` and ``after`` as stated.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> empty = build(Tables())
    >>> jobs(empty, empty.sources, 0, 1).unknown["new title"]
    'no title is stated by the export of 1970-01-01 or 1970-01-02'
    """
    if network.pseudonymous:
        why = "pseudonyms leave out titles and all but the latest employers"
        said = tuple(f"Nothing is known of a {what}: {why}." for what in _JOBS.values())
        return Found(rows_of({}), said, dict.fromkeys(_JOBS.values(), why))
    stated, rows, unknown = _stated(network, exports), [], {}
    for name, what in _JOBS.items():
        of_name = stated[stated["name"] == name]
        sides = [of_name[of_name["seen"] == day] for day in (earlier, later)]
        rows.append(_differing(*sides).assign(what=what))
        silent = [shown(d) for d, side in zip((earlier, later), sides, strict=True) if side.empty]
        if silent:
            unknown[what] = f"no {name} is stated by the export of {' or '.join(silent)}"
    said = tuple(f"Nothing is known of a {what}: {why}." for what, why in unknown.items())
    return Found(shaped(pd.concat(rows, ignore_index=True)), said, unknown)


def _stated(network: Network, exports: pd.DataFrame) -> pd.DataFrame:
    """Return the employers and titles of contacts as the files of connections state them."""
    table = network.attributes
    table = table[table["source"].isin(exports["source"]) & table["name"].isin(list(_JOBS))]
    fold = {"employer": folded_employer, "title": _folded}
    pairs = zip(table["name"], table["value"], strict=True)
    return table.assign(
        person=table["account"].map(network.identity.person_of),
        folded=pd.Series([fold[name](value) for name, value in pairs], table.index, dtype="str"),
    )


def _differing(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the people of both sides who share no value."""
    same = before.merge(after, on=["person", "folded"])["person"]
    one, other = (
        side[~side["person"].isin(same)].drop_duplicates("person")[["person", "value"]]
        for side in (before, after)
    )
    both = one.merge(other, on="person", suffixes=("_before", "_after"))
    return both.rename(columns={"value_before": "before", "value_after": "after"})
