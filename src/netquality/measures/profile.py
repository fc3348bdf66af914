"""Fame and intimacy: how many one knows, how near one is to how many. Never one number."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.days import shown
from netquality.ties.threshold import SLOPES, acting

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["BANDS", "Profile", "profile"]

YEAR = 365
BANDS = {"weekly": 52.0, "monthly": 12.0, "seasonal": 2.0, "yearly": 1.0, "rarer": 0.0}
RUNGS = ("reply", "answer", "call", "introduction", "referral")
FAME_SCALE, INTIMACY_SCALE = 10_000, 15


@dataclass(frozen=True, eq=False)
class Profile:
    """The two axes of one person, or of everybody in a whole group's log.

    Attributes
    ----------
    frame
        One row a person; the columns are explained in ``docs/measures.md``.
    helpers
        Expected helpers a favour, as a band with its warrant.
    coverage
        What the figures stand on, in sentences.
    as_of
        The UTC day asked for.
    """

    frame: pd.DataFrame
    helpers: pd.DataFrame
    coverage: tuple[str, ...]
    as_of: int

    def to_frame(self) -> pd.DataFrame:
        """Return `frame` with the person as a column."""
        return self.frame.reset_index()

    def _repr_html_(self) -> str:
        return str(self.frame.T.to_html(escape=True, float_format=lambda value: f"{value:.3g}"))


def profile(network: Network) -> Profile:
    """Contrast breadth with closeness.

    Fame: contacts, active contacts, people reached one-to-many, diversity. Intimacy:
    two-way ties by how often there is contact, the share that is one-to-one, the share of
    active ties that is two-way, and the helpers that one can expect.

    Parameters
    ----------
    network
        Any network; with owners, one row each, else one row a person.

    Returns
    -------
    Profile
        Unknown figures are missing: without times, what needs times; without titles, what
        needs employers.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> profile(build(Tables())).frame.empty
    True
    """
    ends = _ends(network)
    people = pd.Index(network.egos) if network.egos else _everybody(network)
    ends = ends[ends["person"].isin(people)]
    frame = _counts(ends, people)
    frame["reach"] = _reach(network, people)
    frame["diversity"] = _hill(ends.loc[ends["touched"], ["person", "strength"]].dropna(), people)
    frame["employers"] = _employers(network, ends, people)
    frame = frame.join(_bands(ends, people))
    frame["one_to_one"] = _weighted_share(ends, people)
    frame["two_way_share"] = frame["two_way"] / frame["active"].where(frame["active"] > 0)
    helpers = _helpers(ends, people)
    favour = helpers[helpers["favour"] == "introduction"].set_index("person")
    frame["helpers_low"], frame["helpers_high"] = favour["low"], favour["high"]
    frame["fame"] = np.log1p(frame["active"]) / np.log1p(FAME_SCALE)
    for end in ("low", "high"):
        frame[f"intimacy_{end}"] = np.log1p(frame[f"helpers_{end}"]) / np.log1p(INTIMACY_SCALE)
    frame.index.name = "person"
    return Profile(frame, helpers, _coverage(network), network.as_of)


def _ends(network: Network) -> pd.DataFrame:
    """Each tie from both of its ends."""
    ties = network.ties
    turned = ties.rename(columns={"a": "b", "b": "a", "out": "in", "in": "out"})
    ends = pd.concat([ties, turned[ties.columns]], ignore_index=True).rename(
        columns={"a": "person", "b": "alter"}
    )
    day = np.datetime64(network.as_of, "D").astype("datetime64[s]")
    age = (day - ends["last"]).dt.days
    ends["touched"] = ends["out"].fillna(0) + ends["in"].fillna(0) > 0
    seen = _contact_is_seen(network)
    ends["active"] = (age < YEAR).astype("float64") if seen else np.nan
    years = ((day - ends["first"]).dt.days / 365.25).clip(lower=1.0)
    ends["rate"] = ends["days"] / years
    return ends


def _everybody(network: Network) -> pd.Index:
    people = network.people
    return people.index[(people["kind"] == "person") & ~people["ambiguous"]]


def _contact_is_seen(network: Network) -> bool:
    """Say whether any source could show dated contact; a list of connections cannot."""
    shows = {kind for cell in network.sources["shows"].dropna() for kind in cell.split(",")}
    return not network.timeless and bool(shows - {"", "connected"})


def _counts(ends: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    by = ends.groupby("person")
    frame = pd.DataFrame(index=people)
    frame["contacts"] = by.size().reindex(people, fill_value=0)
    frame["active"] = by["active"].sum(min_count=1).reindex(people)
    both = ends["active"].where(ends["two_way"], ends["active"] * 0.0)
    frame["two_way"] = both.groupby(ends["person"]).sum(min_count=1).reindex(people)
    for grade in ("strong", "weak", "silent"):
        hit = (ends["grade"] == grade).astype("float64").where(ends["grade"] != "unknown")
        frame[grade] = hit.groupby(ends["person"]).sum(min_count=1).reindex(people)
    return frame


def _reach(network: Network, people: pd.Index) -> pd.Series:
    events = network.events
    if not _contact_is_seen(network):
        return pd.Series(np.nan, index=people)
    recent = (events["day"] > network.as_of - YEAR) & (events["audience"] > 1)
    wide = events[recent.fillna(False) & events["recipient"].notna()]
    person = wide["sender"].map(network.identity.person_of)
    reached = wide["recipient"].map(network.identity.person_of)
    return reached.groupby(person).nunique().reindex(people, fill_value=0).astype("float64")


def _hill(weights: pd.DataFrame, people: pd.Index) -> pd.Series:
    """Exp of the Shannon entropy: the number of equally weighty ties."""
    some = weights[weights["strength"] > 0]
    share = some["strength"] / some.groupby("person")["strength"].transform("sum")
    entropy = -(share * np.log(share)).groupby(some["person"]).sum()
    number: pd.Series = entropy.map(math.exp).reindex(people)
    return number


def _employers(network: Network, ends: pd.DataFrame, people: pd.Index) -> pd.Series:
    employer = ends["alter"].map(network.people["employer"])
    known = ends.assign(employer=employer).dropna(subset=["employer"])
    counts = known.groupby(["person", "employer"]).size().rename("strength").reset_index()
    return _hill(counts, people)


def _bands(ends: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    both = ends[ends["two_way"] & ends["rate"].notna() & (ends["active"] == 1.0)]
    timed = ends.groupby("person")["rate"].count().reindex(people, fill_value=0) > 0
    edges = [-np.inf, 1.0, 2.0, 12.0, 52.0, np.inf]
    band = pd.cut(both["rate"], edges, right=False, labels=list(BANDS)[::-1])
    table = pd.crosstab(both["person"], band).reindex(
        index=people, columns=list(BANDS), fill_value=0
    )
    return table.astype("float64").where(timed)


def _weighted_share(ends: pd.DataFrame, people: pd.Index) -> pd.Series:
    some = ends[ends["one_to_one"].notna()]
    weight = some["out"] + some["in"]
    top = (some["one_to_one"] * weight).groupby(some["person"]).sum()
    return (top / weight.groupby(some["person"]).sum()).reindex(people)


def _helpers(ends: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    known = ends.dropna(subset=["strength"])
    rows = []
    for favour in RUNGS:
        low, high = (
            acting(known["strength"], favour, slope).groupby(known["person"]).sum()
            for slope in SLOPES
        )
        both = pd.DataFrame({"low": np.fmin(low, high), "high": np.fmax(low, high)}).reindex(people)
        rows.append(
            both.rename_axis("person").reset_index().assign(favour=favour, warrant="assumed")
        )
    frame = pd.concat(rows, ignore_index=True)
    return frame[["person", "favour", "low", "high", "warrant"]]


def _coverage(network: Network) -> tuple[str, ...]:
    ties = network.ties
    silent = int((ties["grade"] == "silent").sum())
    when = (
        "Without dates" if network.timeless else f"As of {shown(network.as_of, network.relative)}"
    )
    lines = [f"{when}, {len(ties):,} ties."]
    if silent:
        lines.append(
            f"{silent:,} of them are declared only: no contact was observed in these files."
        )
    if network.timeless:
        lines.append("The data has no times: what needs times is not observed.")
    lines.append("Helpers are assumed (slopes 1 to 2), not measured.")
    return tuple(lines)
