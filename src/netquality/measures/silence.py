"""Silence: when contact stopped, and how long that is against the tie's own rhythm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.days import shown
from netquality.measures.result import Result
from netquality.ties.dyads import UNDATED, Sessions
from netquality.ties.features import FEW_GAPS, GONE, totals
from netquality.ties.scoring import scored_apart
from netquality.ties.strength import parts, strength_of

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["QUIET", "Silence", "silence"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

QUIET = 90
# Days of a quarter in a log whose days are no dates.
QUARTER = 91
_COLUMNS = (
    *("person", "alter", "last", "silent_days", "usual_gap", "times"),
    *("latent", "gone", "two_way", "was_strong"),
)


@dataclass(frozen=True, eq=False, repr=False)
class Silence(Result):
    """How long each tie has been silent.

    Attributes
    ----------
    frame
        One row a tie with dated contact, from its person's side, longest silence first:
        ``person``, ``alter``, ``last`` (day of the last contact; a whole number in a log whose
        days are no dates), ``silent_days`` (since then), ``usual_gap`` (median number of days
        between days with contact; missing with fewer than 4 gaps), ``times`` (``silent_days``
        over ``usual_gap``), ``latent`` (strength if silence did not count), ``gone`` (silent for
        more than 8 times the usual gap; missing where that is), ``two_way``, ``was_strong``
        (graded strong on the day of its last contact; missing for ties that a file states).
    quarters
        One row a person and quarter: ``person``, ``quarter`` (its first day; of a log without
        dates the whole number of 91-day quarters since its start), ``ties`` (whose last contact
        fell into it and that have been silent for more than 90 days), ``were_strong`` (of these;
        missing where it is known of none).
    """

    quarters: pd.DataFrame


def silence(network: Network) -> Silence:
    """Measure each tie's silence against its own rhythm.

    In phone records, a silence of more than 8 times the usual gap marked a tie as most likely
    gone (Navarro, Miritello et al. 2017); whether 8 is the knee in mail is not settled. What
    is called gone here is contact in these files, never a relationship.

    Parameters
    ----------
    network
        Any network; with owners, their ties, else everybody's, each from both of its ends.

    Returns
    -------
    Silence
        Without rows, and with a sentence that says why, where nothing has a time.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> found = silence(build(Tables()))
    >>> found.frame.empty, found.coverage
    (True, ('No tie has contact with a time, so nothing can be said of silence.',))
    """
    ties = network.ties[network.ties["last"].notna()]
    ends = _ends(ties.merge(_rhythm(network), on=["a", "b"], how="left"), network)
    ends["silent_days"] = network.as_of - _number(ends["last"])
    ends["times"] = ends["silent_days"] / ends["usual_gap"]
    ends["gone"] = (ends["times"] > GONE).astype("boolean").mask(ends["usual_gap"].isna())
    quarters = _quarters(ends, network)
    if network.relative:
        ends["last"] = _number(ends["last"])
    order = ["silent_days", "person", "alter"]
    frame = ends.sort_values(order, ascending=[False, True, True], kind="stable")
    return Silence(
        frame[[*_COLUMNS]].reset_index(drop=True),
        network.as_of,
        quarters,
        coverage=_coverage(network, frame),
        parameters={"gone": GONE, "quiet": QUIET, "gaps": FEW_GAPS, "cut": network.cut},
    )


def _rhythm(network: Network) -> pd.DataFrame:
    """Return the usual gap of each dyad, and whether it was strong when contact stopped."""
    contact = network.contact
    late, of = _lateness(contact.sittings, network.as_of), contact.sittings
    days = np.where(of.day == UNDATED, 0, late[of.dyad])
    sums = totals(replace(of, day=of.day + days), network.as_of)
    strong = sums.both_within_year & (_strengths(network, late) >= network.cut)
    names = contact.people.to_numpy()
    frame = pd.DataFrame(
        {
            "a": pd.Series(names[contact.sittings.a], dtype="str"),
            "b": pd.Series(names[contact.sittings.b], dtype="str"),
            "usual_gap": np.where(sums.days > FEW_GAPS, sums.gap, np.nan),
            "was_strong": pd.array(strong, dtype="boolean"),
        }
    )
    turned = frame["b"].isin(network.egos) & ~frame["a"].isin(network.egos)
    frame.loc[turned, ["a", "b"]] = frame.loc[turned, ["b", "a"]].to_numpy()
    return frame


def _lateness(of: Sessions, as_of: int) -> Ints:
    """Return by how many days each dyad's past must be moved to end on the day asked for."""
    last = np.full(len(of.a), UNDATED)
    live = of.weight > 0
    np.maximum.at(last, of.dyad[live], of.day[live])
    return np.where(last == UNDATED, 0, as_of - last)


def _strengths(network: Network, late: Ints) -> Floats:
    """Return each tie's strength on the day of its last contact."""
    acts, shown = network.contact.acts, network.contact.shown
    x = scored_apart(acts, acts.dyads()[2], late, shown, network.as_of)
    return strength_of(parts(x, weights=network.weights.value)).to_numpy(dtype=np.float64)


def _ends(ties: pd.DataFrame, network: Network) -> pd.DataFrame:
    """Return each tie from the side of those who are asked."""
    turned = ties.rename(columns={"a": "b", "b": "a"})
    both = pd.concat([ties, turned[ties.columns]], ignore_index=True)
    ends = both.rename(columns={"a": "person", "b": "alter"})
    return ends[ends["person"].isin(network.egos)] if network.egos else ends


def _quarters(ends: pd.DataFrame, network: Network) -> pd.DataFrame:
    """Count the ties that fell silent in each quarter."""
    quiet = ends[ends["silent_days"] > QUIET]
    strong = quiet["was_strong"].astype("Float64")
    rows = quiet.assign(quarter=_quarter(quiet["last"], network.relative), strong=strong)
    by = rows.groupby(["person", "quarter"], sort=True)
    counts = pd.DataFrame({"ties": by.size(), "were_strong": by["strong"].sum(min_count=1)})
    return counts.reset_index().astype({"ties": "int64", "were_strong": "float64"})


def _quarter(last: pd.Series, relative: bool) -> pd.Series:
    if relative:
        return _number(last) // QUARTER
    start: pd.Series = last.dt.to_period("Q").dt.start_time.astype("datetime64[s]")
    return start


def _number(last: pd.Series) -> pd.Series:
    """Return the day number of a day that the table of ties shows as a date."""
    days = last.to_numpy(dtype="datetime64[D]").astype("int64")
    return pd.Series(days, index=last.index, dtype="int64")


def _coverage(network: Network, ends: pd.DataFrame) -> tuple[str, ...]:
    if ends.empty:
        return ("No tie has contact with a time, so nothing can be said of silence.",)
    short = int(ends["usual_gap"].isna().sum())
    lines = [f"{len(ends):,} ties have contact with a time, as of {_asked(network)}."]
    if short:
        lines.append(f"{short:,} of them have fewer than {FEW_GAPS} gaps: no usual gap is known.")
    return (*lines, "Contact that these files do not show is not seen.")


def _asked(network: Network) -> str:
    return shown(network.as_of, network.relative)
