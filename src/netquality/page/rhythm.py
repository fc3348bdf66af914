"""How often there is contact, and where it stopped: circles, bands, silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.page.people import figure
from netquality.page.tables import BESIDE, Column, Table, day, named, per_person, table
from netquality.page.words import UNKNOWN, count, tenth
from netquality.text import clean

if TYPE_CHECKING:
    from netquality.measures.circles import Circles
    from netquality.measures.silence import Silence
    from netquality.network import Network
    from netquality.page.crowd import Crowd
    from netquality.page.tables import Row

__all__ = ["bands", "circles_found", "quarters", "silent"]

SILENT, QUARTERS = 15, 24
_BANDS: tuple[Row, ...] = (
    ("Weekly: on 52 days of the year or more", "Weekly", figure("weekly")),
    ("Monthly: on 12 to 51 days", "Monthly", figure("monthly")),
    ("Now and then: on 2 to 11 days", "Now and then", figure("seasonal")),
    ("Once: on a single day", "Once", figure("yearly")),
    ("Not in the last year", "Not in the year", figure("rarer")),
)
_WHY = {
    "no contact shown": "No dated contact is shown, so no circles can be sought.",
    "no times": "The contact has no times, so no circles can be sought.",
    "fewer than 30 ties": "Circles were not sought: fewer than 30 two-way ties had contact within "
    "the year.",
    "whole group": "Circles are sought for one person at a time; name that person as the owner.",
    "one circle": "No circles were found: contact thins out evenly, without steps.",
    "no better than a skewed crowd": "No circles were found: what looks like layers is no clearer "
    "than in an invented crowd without any.",
}


def bands(circles: Circles, crowd: Crowd) -> Table | None:
    """Return how many two-way ties there are by days with contact in the last year."""
    frame = circles.bands
    known = frame[frame["weekly"].notna()]
    if known.empty:
        return None
    order = known.sort_values(["weekly", "monthly", "seasonal"], ascending=False, kind="stable")
    return per_person("Two-way ties, by how often", _BANDS, order, crowd, key="bands")


def circles_found(circles: Circles, crowd: Crowd) -> tuple[str, ...]:
    """Say for each person whether circles were found, how large they are, or why there are none."""
    rows = circles.layers
    if len(rows) > BESIDE:
        return (_WHY["whole group"],)
    name = named(crowd)
    lines = []
    for person, row in rows.to_dict("index").items():
        of = f"{name(person)}: " if len(rows) > 1 else ""
        lines.append(of + _layers(row))
    return tuple(lines)


def _layers(row: Any) -> str:
    reason = clean(row["reason"])
    if reason:
        return _WHY.get(reason, f"No circles: {reason}.")
    return (
        f"{count(row['circles'])} circles were found, each containing the ones before it: "
        f"{clean(row['sizes']).replace(', ', ', then ')} people."
    )


def silent(network: Network, result: Silence, crowd: Crowd) -> Table:
    """Return ties that were strong when contact stopped and are silent beyond their own rhythm."""
    name, written, many = named(crowd), day(network), network.ego is None
    frame = result.frame
    gone = frame[frame["gone"].fillna(False).astype(bool)]
    order = gone.sort_values(["latent", "person", "alter"], ascending=[False, True, True])
    who = (Column("Person", "name"), lambda row: name(row["person"]))
    return table(
        "Silent for more than eight times their usual gap, highest latent strength first",
        [
            *([who] if many else []),
            (Column("Name", "name"), lambda row: name(row["alter"])),
            (Column("Last contact", "day"), lambda row: written(row["last"])),
            (Column("Days silent", "number"), lambda row: count(row["silent_days"])),
            (Column("Usual gap, days", "number"), lambda row: tenth(row["usual_gap"])),
            (Column("Times the usual gap", "number"), lambda row: tenth(row["times"])),
            (Column("Strong then?", "word"), lambda row: _yes(row["was_strong"])),
        ],
        order.head(SILENT),
        more=_further(len(order) - SILENT, "more silent for so long."),
        crowd=crowd,
        ends=("person", "alter") if many else ("alter",),
    )


def quarters(network: Network, result: Silence) -> Table | None:
    """Return how many ties fell silent in each quarter, the latest first; `None` without any."""
    frame = result.quarters
    if frame.empty:
        return None
    summed = frame.groupby("quarter", sort=True)[["ties", "were_strong"]].sum(min_count=1)
    order = summed.iloc[::-1].reset_index()
    return table(
        "When silence set in, by quarter",
        [
            (Column("Quarter", "day"), lambda row: _quarter(row["quarter"], network.relative)),
            (Column("Last contact fell into it", "number"), lambda row: count(row["ties"])),
            (Column("Of these strong then", "number"), lambda row: count(row["were_strong"])),
        ],
        order.head(QUARTERS),
        more=_further(len(order) - QUARTERS, "more before these."),
    )


def _further(left: int, what: str) -> str:
    return f"{left:,} {what}" if left > 0 else ""


def _quarter(value: Any, relative: bool) -> str:
    if relative:
        return f"quarter {int(value) + 1} of the log"
    return f"{value.year}, quarter {value.quarter}"


def _yes(value: Any) -> str:
    if pd.isna(value):
        return UNKNOWN
    return "yes" if value else "no"
