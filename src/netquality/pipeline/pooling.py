"""Several owners in one network: what each of them may see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from netquality.errors import BadInput
from netquality.identity.merge import merged
from netquality.identity.once import personal
from netquality.network import ROUTES, Network, build

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from netquality.schema import Tables

__all__ = ["seen_by"]

# What its first person says, and nobody else.
_SPOKEN = ("promise", "release", "consent")
_PER_SOURCE = ("accounts", "events", "relations", "attributes", "rejects", "given", "sources")


def seen_by(
    read: Tables, *, ego: str | None, as_of: int | date | str | None, cut: float
) -> Network:
    """Make a network of tables as they were read; with an ego, of what that ego may see.

    Parameters
    ----------
    read
        Rows of all sources, not merged yet.
    ego
        One of several owners: only their own sources and logs without an owner are seen, and of
        the other owners only what they released. Whoever is no owner gets no view of their own.
    as_of, cut
        As for `netquality.network.build`.
    """
    read = personal(read)
    whole = build(merged([read]), as_of=as_of, cut=cut)
    if ego is None or (len(whole.egos) < 2 and ego in whole.egos):
        return whole
    who = whole.person(ego)
    if len(whole.egos) > 1 and who not in whole.egos:
        raise BadInput(
            f"{ego!r} is none of the {len(whole.egos)} owners of these files.",
            accepted=f"one of {', '.join(whole.egos)}.",
        )
    if len(whole.egos) < 2:
        return build(merged([read]), ego=ego, as_of=as_of, cut=cut)
    # As put together: owners of one name are one, though their files name two accounts.
    lead = read.sources["source"].map(whole.sources.set_index("source")["owner"])
    owner = lead.map(whole.identity.person_of)
    own = _own(read, read.sources["owner"].isna() | (owner == who))
    own = replace(own, decisions=_heard(read.decisions, own, owner, who, whole))
    account = str(lead[owner == who].iloc[0])
    others = read.sources["name"][owner.notna() & (owner != who)]
    view = build(merged([own]), as_of=whole.as_of if as_of is None else as_of, cut=cut)
    heard = None if as_of is None else view.as_of
    egos = (str(view.identity.person_of.get(account, view.egos[0])),)
    view = replace(view, egos=egos, _heard=heard, _left=tuple(sorted(set(others))))
    theirs = {
        other: build(merged([_own(read, owner == other)]), as_of=view.as_of, cut=cut)
        for other in set(whole.history.releases["owner"]) - {who}
    }
    return replace(view, routes=_released(whole, who, view, theirs))


def _own(read: Tables, mine: pd.Series) -> Tables:
    seen = read.sources["source"][mine]
    parts = {name: read[name][read[name]["source"].isin(seen)] for name in _PER_SOURCE}
    return replace(read, **{name: part.reset_index(drop=True) for name, part in parts.items()})


def _heard(
    said: pd.DataFrame, own: Tables, owner: pd.Series, ego: str, whole: Network
) -> pd.DataFrame:
    """Return the decisions about people whom an ego's sources show, but no other owner's word.

    Ratings and notes do not say whose they are, so nobody sees them in a view.
    """
    shown = set(own.accounts["account"]) | set(own.sources["owner"].dropna())
    sides = said[["subject", "object", "third"]]
    seen = (sides.isna() | sides.isin(shown)).all(axis=1)
    speaker = said["subject"].map(whole.identity.person_of)
    others = speaker.isin(set(owner.dropna()) - {ego})
    seen &= ~(others & said["kind"].isin(_SPOKEN))
    about = said["about"].isin(said["decision"][~seen]) | said["undoes"].isin(
        said["decision"][~seen]
    )
    left = said[seen & ~about & (said["kind"] != "rating")].reset_index(drop=True)
    return left.assign(note=pd.Series(None, index=left.index, dtype="str"))


def _released(
    whole: Network, ego: str, view: Network, theirs: Mapping[str, Network]
) -> pd.DataFrame:
    """Return the ways that other owners released, as far as the ego can ask for them.

    What is told of a person is what the owner's own files say, and no third owner's.
    """
    releases = whole.history.releases
    releases = releases[(releases["owner"] != ego) & (releases["person"] != ego)]
    met = _contacts(view)
    rows = []
    for owner, person in zip(releases["owner"], releases["person"], strict=True):
        asked = _same(whole, owner, view)
        known = _same(whole, person, theirs[owner])
        if known and asked in met and _same(whole, person, view) not in met:
            about = theirs[owner].people.loc[known]
            rows.append((asked, str(whole.people.loc[owner, "name"]), *about[list(ROUTES[2:])]))
    return pd.DataFrame(rows, columns=list(ROUTES)).astype("str")


def _contacts(network: Network) -> set[str]:
    ties = network.ties
    mine = ties[ties["a"].isin(network.egos) | ties["b"].isin(network.egos)]
    return {*mine["a"], *mine["b"]} - set(network.egos)


def _same(whole: Network, person: str, view: Network) -> str | None:
    """Return how a view calls a person of the whole network, if it shows them."""
    accounts = whole.identity.person_of.index[whole.identity.person_of == person]
    found = view.identity.person_of.reindex(accounts).dropna()
    return str(found.iloc[0]) if len(found) else None
