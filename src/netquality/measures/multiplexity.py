"""Multiplexity in its three meanings: things in common, media, roles. Never one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.measures.ends import asked, pairs_in
from netquality.measures.result import Result
from netquality.schema import CHANNELS

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Multiplexity", "multiplexity"]

SHARED = ("employer", "place", "group", "skill", "topic", "tag")
_ROLES = {
    "connected": "connection",
    "teammate": "teammate",
    "address book": "in the address book",
    "knows": "acquaintance",
}
_COLUMNS = ["person", "alter", "in_common", "common", "media", "channels", "roles", "role_names"]


@dataclass(frozen=True, eq=False, repr=False)
class Multiplexity(Result):
    """One row a person asked and alter; see `multiplexity`."""


def multiplexity(network: Network) -> Multiplexity:
    """Tell in how many ways two people are tied, in the three meanings of the word.

    ``in_common`` counts what both share (employers, of the person also past ones; places,
    groups, skills, topics, tags), ``common`` names it. ``media`` is the effective number of
    channels, exp of the entropy of their weights (Haythornthwaite 2005 counts them): 1 for
    one channel, 2 for two used alike; ``channels`` names them. ``roles`` counts what the two
    are to each other (connection, colleague today, teammate, in the address book, recommended
    by or of each other), ``role_names`` names them.

    Parameters
    ----------
    network
        With owners, the owners' ties; else every tie from both its ends.

    Returns
    -------
    Multiplexity
        ``in_common`` is missing where nothing is known of one of the two; ``media`` where the
        sources show one channel only, or no contact; ``roles`` where no source states any.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> multiplexity(build(Tables())).frame.empty
    True
    """
    ties = network.ties[["a", "b"]]
    turned = ties.rename(columns={"a": "b", "b": "a"})[["a", "b"]]
    ends = pd.concat([ties, turned], ignore_index=True).set_axis(["person", "alter"], axis=1)
    ends = ends[ends["person"].isin(asked(network))].drop_duplicates(ignore_index=True)
    pairs = pd.MultiIndex.from_frame(ends)
    media, channels = _media(network, pairs)
    in_common, common = _common(network, ends, pairs)
    roles, role_names = _roles(network, ends, pairs)
    frame = ends.assign(
        in_common=in_common,
        common=common,
        media=media,
        channels=channels,
        roles=roles,
        role_names=role_names,
    )
    return Multiplexity(frame[_COLUMNS], network.as_of, coverage=_coverage(frame))


def _joined(rows: pd.DataFrame, pairs: pd.MultiIndex) -> tuple[pd.Series, pd.Series]:
    """Count different values of a pair, and join them as text, in order of the alphabet."""
    by = rows.sort_values("value").groupby(["person", "alter"])["value"]
    counts = by.size().reindex(pairs)
    return counts, by.agg(", ".join).reindex(pairs)


def _common(
    network: Network, ends: pd.DataFrame, pairs: pd.MultiIndex
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.object_]]:
    facts = network.attributes[network.attributes["name"].isin(SHARED)]
    facts = pd.DataFrame(
        {
            "who": facts["account"].map(network.identity.person_of),
            "name": facts["name"].astype("str"),
            "value": facts["value"],
            "key": facts["value"].str.casefold().str.strip(),
        }
    ).dropna()
    known = set(facts["who"])
    told = ends["person"].isin(known) & ends["alter"].isin(known)
    theirs = ends[told].merge(facts, left_on="alter", right_on="who")
    mine = facts[["who", "name", "key"]].rename(columns={"who": "person"}).drop_duplicates()
    shared = theirs.merge(mine, on=["person", "name", "key"])
    # One thing counts once, however it is spelt; a topic and a group of one name are two.
    shared = shared.drop_duplicates(["person", "alter", "name", "key"])
    shared["value"] = shared["value"].str.strip()
    counts, names = _joined(shared[["person", "alter", "value"]], pairs)
    number = counts.fillna(0.0).to_numpy(dtype=np.float64)
    return np.where(told, number, np.nan), names.to_numpy(dtype=object)


def _media(
    network: Network, pairs: pd.MultiIndex
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.object_]]:
    sittings, people = network.contact.sittings, network.contact.people.to_numpy()
    live = sittings.weight > 0
    dyad = sittings.dyad[live]
    sums = pd.Series(sittings.weight[live]).groupby([dyad, sittings.channel[live]]).sum()
    total = sums.groupby(level=0).transform("sum")
    share = sums / total
    effective = np.exp(-(share * np.log(share)).groupby(level=0).sum())
    a, b = (people[end[sums.index.get_level_values(0)]] for end in (sittings.a, sittings.b))
    named = np.array(CHANNELS, dtype=object)[sums.index.get_level_values(1).to_numpy()]
    rows = pd.DataFrame({"person": np.r_[a, b], "alter": np.r_[b, a], "value": np.r_[named, named]})
    rows = rows.drop_duplicates()
    _, channels = _joined(rows, pairs)
    if len(set(sittings.channel[live])) < 2:
        return np.full(len(pairs), np.nan), channels.to_numpy(dtype=object)
    one = people[sittings.a[effective.index]], people[sittings.b[effective.index]]
    both = [pd.MultiIndex.from_arrays(order) for order in (one, one[::-1])]
    values = pd.concat([pd.Series(effective.to_numpy(), index=index) for index in both])
    return values.reindex(pairs).to_numpy(dtype=np.float64), channels.to_numpy(dtype=object)


def _roles(
    network: Network, ends: pd.DataFrame, pairs: pd.MultiIndex
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.object_]]:
    rows = pd.concat([_stated(network), _recommended(network), _colleagues(network, ends)])
    rows = rows.drop_duplicates()
    told = not rows.empty or network.attributes["name"].eq("employer").any()
    counts, names = _joined(rows[["person", "alter", "value"]], pairs)
    number = counts.fillna(0.0).to_numpy(dtype=np.float64)
    return np.where(told, number, np.nan), names.to_numpy(dtype=object)


def _stated(network: Network) -> pd.DataFrame:
    relations = network.relations[network.relations["kind"].isin(list(_ROLES))]
    a, b = (relations[end].map(network.identity.person_of) for end in ("a", "b"))
    value = relations["kind"].astype("str").map(_ROLES)
    return _both_ways(a, b, value)


def _recommended(network: Network) -> pd.DataFrame:
    events = network.events[network.events["kind"] == "recommendation"]
    a, b = (events[end].map(network.identity.person_of) for end in ("sender", "recipient"))
    return _both_ways(a, b, pd.Series("recommended", index=events.index, dtype="str"))


def _colleagues(network: Network, ends: pd.DataFrame) -> pd.DataFrame:
    employer = network.people["employer"].str.casefold().str.strip()
    same = ends["person"].map(employer) == ends["alter"].map(employer)
    return ends[same.fillna(False)].assign(value="colleague")


def _both_ways(a: pd.Series, b: pd.Series, value: pd.Series) -> pd.DataFrame:
    rows = pd.DataFrame({"person": a, "alter": b, "value": value}).dropna()
    turned = rows.rename(columns={"person": "alter", "alter": "person"})
    return pd.concat([rows, turned[rows.columns]], ignore_index=True)


def _coverage(frame: pd.DataFrame) -> tuple[str, ...]:
    told = {
        "in_common": "what two people have in common",
        "media": "the number of media (one channel only, or no contact)",
        "roles": "what two people are to each other",
    }
    missing = [text for name, text in told.items() if frame[name].isna().all()]
    lines = [f"{pairs_in(frame):,} ties."]
    return (*lines, *(f"Not observed here: {text}." for text in missing))
