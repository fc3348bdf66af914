"""Why the accounts of a person belong together, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from netquality.identity.people import Identity
    from netquality.schema import Tables

__all__ = ["why"]

_WORDS = {
    "profile": "the same profile",
    "platform": "the same id",
    "mail": "the same mail address",
    "phone": "the same phone number",
    "name": "the same name, which nobody else bears in these exports",
    "day": "the same name, connected on the same day",
    "saved name": "the name that only this entry of the address book bears",
    "same": "you said so",
}


def why(tables: Tables, identity: Identity, person: str) -> pd.DataFrame:
    """Return the accounts of a person, each with the reason why it is theirs.

    Parameters
    ----------
    person
        An id of `identity.people`.

    Returns
    -------
    pandas.DataFrame
        One row an account: ``account``, ``known_as`` (keys as the files write them), ``name``,
        ``files``, ``joined_by`` (what it shares with another account; ``""`` for an account that
        joins nothing, as when it is the only one), ``decision`` (where you said so).
    """
    accounts = identity.person_of.index[identity.person_of == person]
    rows = tables.accounts[tables.accounts["account"].isin(accounts)]
    links = identity.links
    links = links[links["a"].isin(accounts) & links["b"].isin(accounts)]
    files = tables.sources.set_index("source")["name"]
    each = rows.groupby("account", sort=True)
    frame = pd.DataFrame(
        {
            "known_as": each["value"].agg(_listed),
            "name": each["name"].agg(_listed),
            "files": each["source"].agg(lambda ids: _listed(ids.map(files))),
        }
    )
    frame["joined_by"] = [_reasons(links, str(account)) for account in frame.index]
    said = links[links["by"] == "same"]
    words = {account: _decision(said, str(account)) for account in frame.index}
    frame["decision"] = pd.Series(words, dtype="str")
    return frame.reset_index()


def _listed(values: pd.Series) -> str:
    return ", ".join(sorted(set(values.dropna().astype("str"))))


def _reasons(links: pd.DataFrame, account: str) -> str:
    mine = links[(links["a"] == account) | (links["b"] == account)]
    found = []
    for by, value in sorted(set(zip(mine["by"], mine["value"], strict=True))):
        what = "" if by in ("same", "name", "saved name", "day") else f" ({value})"
        found.append(f"{_WORDS[by]}{what}")
    return "; ".join(dict.fromkeys(found))


def _decision(said: pd.DataFrame, account: str) -> str | None:
    mine = said[(said["a"] == account) | (said["b"] == account)]
    return None if mine.empty else ", ".join(sorted(set(mine["value"])))
