"""Circles of contact: how often with whom, and whether the rates fall into layers at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.days import shown
from netquality.errors import BadInput
from netquality.measures.bands import BANDS, YEAR, band_of, contact_days, contact_seen
from netquality.measures.breaks import LEVEL, MOST, Layering, layering
from netquality.measures.ends import asked
from netquality.measures.result import Result
from netquality.ties.dyads import UNDATED

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["FEWEST", "Circles", "circles"]

FEWEST = 30
NO_CONTACT, NO_TIMES, FEW = "no contact shown", "no times", f"fewer than {FEWEST} ties"
GROUP, SKEWED, ONE = "whole group", "no better than a skewed crowd", "one circle"


@dataclass(frozen=True, eq=False, repr=False)
class Circles(Result):
    """How often there is contact with whom, in bands and, where there are any, in circles.

    `frame` has a row a two-way tie of a person asked: ``person``, ``alter``, ``days`` (distinct
    days with contact within 365 days), ``band``, ``circle`` (1 is the innermost; missing where
    no circles were accepted, and for ties without contact within the year).

    Attributes
    ----------
    bands
        Index person: ties by band (``weekly`` to ``rarer``), ``at_least_weekly`` to
        ``at_least_yearly`` (counted up from the inside), ``two_way_ever``. Missing where the
        sources show no dated contact.
    layers
        Index person: ``ties`` (with contact within the year, the ones clustered), ``circles``
        (their number by BIC), ``gvf`` (goodness of variance fit), ``null_gvf`` (what a skewed
        crowd without circles reaches), ``accepted``, ``sizes`` (cumulative, from the inside,
        as text), ``reason`` why none were accepted: ``no contact shown``, ``no times``,
        ``fewer than 30 ties``, ``whole group`` (not sought), ``one circle`` or ``no better
        than a skewed crowd``; empty where accepted.
    """

    bands: pd.DataFrame
    layers: pd.DataFrame


def circles(network: Network, *, draws: int = 200, seed: int = 0) -> Circles:
    """Count contacts by band, and look for circles of contact among them.

    Dunbar's layers (5, 15, 50, 150; Hill & Dunbar 2003, Mac Carron et al. 2016) are averages
    over many people; single ones differ widely (Lindenfors et al. 2021: intervals from 4 to
    520), and clustering finds layers in any skewed crowd. So bands by absolute rates always
    stand first, and circles are accepted only where `layering` says so.

    Parameters
    ----------
    network
        Any network. With owners, each of them is asked; else everybody, who then get bands
        only: circles of one of them are found by naming that person as the ego.
    draws
        Simulated crowds of either shape that circles must beat.
    seed
        Of the simulated crowds; the same seed gives the same answer.

    Returns
    -------
    Circles
        Rates are distinct days with contact within 365 days, in ties with contact from both
        sides at any time. Without dated contact everything is missing, with a reason.

    Raises
    ------
    BadInput
        When no draws are asked for.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> circles(build(Tables())).coverage
    ('No dated contact is shown: bands and circles are not observed.',)
    """
    if draws < 1:
        raise BadInput(f"{draws} draws were asked for.", accepted="1 and more.")
    people = asked(network).astype("str").rename("person")
    frame = _ends(contact_days(network), people)
    frame["band"], frame["circle"] = band_of(frame["days"]), pd.array([pd.NA] * len(frame), "Int64")
    layers = _unlayered(network, frame, people)
    for person in layers.index[layers["reason"] == ""]:
        rows = frame.index[(frame["person"] == person) & (frame["days"] >= 1)]
        found = layering(frame.loc[rows, "days"].to_numpy(), draws=draws, seed=seed)
        if found.accepted:
            frame.loc[rows, "circle"] = found.circle
        for name, value in _found(found).items():
            layers.loc[str(person), name] = value
    return Circles(
        frame,
        network.as_of,
        _bands(frame, layers["reason"], people),
        layers,
        coverage=_coverage(network, frame, layers),
        parameters={"draws": draws, "seed": seed, "fewest": FEWEST, "most": MOST, "level": LEVEL},
    )


def _ends(days: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    """Two-way ties from the ends of those asked, most days first."""
    both = days.loc[days["two_way"], ["a", "b", "days"]]
    ends = pd.concat(
        [
            both.rename(columns={"a": "person", "b": "alter"}),
            both.rename(columns={"b": "person", "a": "alter"}),
        ]
    )[["person", "alter", "days"]]
    order = ["person", "days", "alter"]
    own = ends[ends["person"].isin(people)]
    return own.sort_values(order, ascending=[True, False, True], ignore_index=True)


def _unlayered(network: Network, frame: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    """Return layers without circles yet, and why there can be none; nothing where there can."""
    by = frame["person"]
    ties = (frame["days"] >= 1).groupby(by).sum().reindex(people, fill_value=0)
    untimed = frame["days"].isna().groupby(by).all().reindex(people, fill_value=False)
    checks = {
        NO_TIMES: untimed | network.timeless,
        NO_CONTACT: pd.Series(not contact_seen(network), index=people),
        FEW: ties < FEWEST,
        GROUP: pd.Series(not network.egos, index=people),
    }
    reason = np.select([check.to_numpy() for check in checks.values()], list(checks), "")
    known = ~np.isin(reason, [NO_TIMES, NO_CONTACT])
    return pd.DataFrame(
        {
            "ties": ties.astype("float64").where(known),
            "circles": np.nan,
            "gvf": np.nan,
            "null_gvf": np.nan,
            "accepted": False,
            "sizes": pd.Series("", index=people, dtype="str"),
            "reason": pd.Series(reason, index=people, dtype="str"),
        }
    )


def _found(found: Layering) -> dict[str, float | bool | str]:
    return {
        "circles": float(found.number),
        "gvf": found.fit,
        "null_gvf": found.null_fit,
        "accepted": found.accepted,
        "sizes": ", ".join(map(str, found.sizes)) if found.accepted else "",
        "reason": "" if found.accepted else ONE if found.number == 1 else SKEWED,
    }


def _bands(frame: pd.DataFrame, reason: pd.Series, people: pd.Index) -> pd.DataFrame:
    counts = pd.crosstab(frame["person"], frame["band"].astype("str"))
    table = counts.reindex(index=people, columns=list(BANDS), fill_value=0).astype("float64")
    inward = table.drop(columns="rarer").cumsum(axis=1).add_prefix("at_least_")
    whole = frame.groupby("person").size().reindex(people, fill_value=0).astype("float64")
    table = table.join(inward).assign(two_way_ever=whole)
    known = ~reason.isin([NO_TIMES, NO_CONTACT])
    return table.where(known, np.nan).rename_axis(columns=None)


def _coverage(network: Network, frame: pd.DataFrame, layers: pd.DataFrame) -> tuple[str, ...]:
    if not contact_seen(network):
        return ("No dated contact is shown: bands and circles are not observed.",)
    day = shown(network.as_of, network.relative)
    untimed = int(frame["days"].isna().sum())
    counted = f"distinct days with contact in {len(frame):,} two-way ties"
    lines = [
        f"Counted: {counted} within the {YEAR} days up to {day}.",
        *_short_year(network),
        f"Without times, and in no band: {untimed:,} of these ties." if untimed else "",
        "Bands are absolute rates and need no clustering.",
        *(_said(str(reason), rows) for reason, rows in layers.groupby("reason")),
    ]
    return tuple(line for line in lines if line)


def _short_year(network: Network) -> list[str]:
    days = network.contact.sittings.day
    first = int(days[days != UNDATED].min(initial=network.as_of))
    if network.as_of - first >= YEAR - 1:
        return []
    since = shown(first, network.relative)
    return [f"No contact before {since} is shown: rates of this shorter time are too low."]


def _said(reason: str, layers: pd.DataFrame) -> str:
    who = "" if len(layers) == 1 else f" of {len(layers):,} people"
    if not reason:
        sizes = "; ".join(layers["sizes"].head(3))
        return f"Circles{who} fit better than a skewed crowd's: {sizes} (cumulative)."
    verb = "accepted" if reason in (ONE, SKEWED) else "sought"
    return f"Circles{who} were not {verb}: {reason}."
