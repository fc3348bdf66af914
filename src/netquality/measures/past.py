"""One's own past: the profile as it was, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from netquality.days import shown
from netquality.measures.bands import YEAR, contact_seen
from netquality.measures.ends import when
from netquality.measures.intervals import DRAWS
from netquality.measures.profile import INTERVALS, profile
from netquality.measures.result import Result
from netquality.ties.dyads import UNDATED

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Past", "past"]

_KEPT = (
    *("contacts", "active", "two_way", "close", "strong", "one_to_one", "two_way_share"),
    *("diversity", "gini", "fame", "intimacy"),
)


@dataclass(frozen=True, eq=False, repr=False)
class Past(Result):
    """Profiles of earlier days, oldest first; see `past`."""

    def change(self, person: str) -> pd.DataFrame:
        """Return how one person's figures changed over the last year that is known.

        Returns
        -------
        DataFrame
            A row a figure: ``before``, ``now``, ``change``, and ``clear``: whether the two
            95 % intervals do not meet. One year before is the only fair comparison that needs
            no other person.
        """
        mine = self.frame[self.frame["person"] == person].tail(2)
        if len(mine) < 2:
            columns = {"before": float, "now": float, "change": float, "clear": bool}
            return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
        before, now = (mine.iloc[row] for row in (0, 1))
        rows = {
            name: (
                float(before[name]),
                float(now[name]),
                float(now[name] - before[name]),
                _apart(before, now, name),
            )
            for name in _KEPT
        }
        names = ["before", "now", "change", "clear"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=names)


def past(network: Network, *, years: int = 5, draws: int = DRAWS, seed: int = 0) -> Past:
    """Ask the profile again as of one, two and more years before, and as of the day itself.

    `Network.at` shows the network as it was known on each day: later contact, connections and
    words are not seen. Comparing somebody with the own past is safe where comparing people is
    not: the same sources show the same kinds of contact.

    Parameters
    ----------
    network
        With owners, a row an owner and day; else a row a person and day.
    years
        How many years to go back at most; days before the first contact are left out.
    draws, seed
        Of the intervals, which are those of the profile; none for a whole group.

    Returns
    -------
    Past
        Columns ``person``, ``day`` (UTC day), ``label`` (the day as a reader sees it), and of
        the profile the figures with their intervals. Empty without times.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> past(build(Tables())).frame.empty
    True
    """
    number = draws if network.egos else 0
    frames = [
        profile(network if day == network.as_of else network.at(day), draws=number, seed=seed)
        .frame.reset_index()
        .assign(day=day, label=shown(day, network.relative))
        for day in _days(network, years)
    ]
    ends = [f"{name}_{end}" for name in _KEPT if name in INTERVALS for end in ("low", "high")]
    columns = ["person", "day", "label", *_KEPT, *ends]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    return Past(
        frame[columns],
        network.as_of,
        coverage=_coverage(network, len(frames)),
        parameters={"years": years, "draws": number, "seed": seed},
    )


def _days(network: Network, years: int) -> list[int]:
    """Return the days asked for, oldest first; the first has some contact in its year."""
    if network.timeless or not contact_seen(network):
        return []
    # Posts and clicks before the first contact make no year of it.
    days = network.contact.sittings.day
    dated = days[days != UNDATED]
    first = int(dated.min()) if len(dated) else network.as_of
    asked = [network.as_of - YEAR * back for back in range(years, -1, -1)]
    return [day for day in asked if day >= first]


def _apart(before: pd.Series, now: pd.Series, name: str) -> bool:
    if name not in INTERVALS:
        return False
    later = now[f"{name}_low"] > before[f"{name}_high"]
    return bool(later or now[f"{name}_high"] < before[f"{name}_low"])


def _coverage(network: Network, count: int) -> tuple[str, ...]:
    if not count:
        return ("Nothing here has dates of contact, so there is no past to compare with.",)
    kept = "An export keeps the past as it is known today: deleted conversations are gone."
    years = "1 earlier year" if count == 2 else f"{count - 1} earlier years"
    return (f"{when(network)} and {years}.", kept)
