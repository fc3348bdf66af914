"""Counts with a bar beside each: contacts by year and by employer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netquality.identity.smallest import FEWEST
from netquality.page.words import few
from netquality.text import clean

if TYPE_CHECKING:
    import pandas as pd

    from netquality.network import Network

__all__ = ["Bar", "bars", "by_employer", "by_year"]

_EMPLOYERS = 12


@dataclass(frozen=True)
class Bar:
    """A count with a bar beside it, as wide as its part of the greatest count."""

    label: str
    count: str
    percent: str


def bars(counts: pd.Series, pseudonymous: bool = False) -> tuple[Bar, ...]:
    """Return a bar for every count of people; the index gives the labels.

    Where people bear pseudonyms, one to four are told as "fewer than 5", without a bar.

    Examples
    --------
    >>> import pandas as pd
    >>> bars(pd.Series({"2024": 10, "2025": 5}))[1]
    Bar(label='2025', count='5', percent='50.0')
    """
    most = max(counts.max(), 1) if len(counts) else 1
    told = counts.where(counts >= FEWEST, 0) if pseudonymous else counts
    return tuple(
        Bar(clean(str(label)), few(number, pseudonymous), f"{100 * wide / most:.1f}")
        for (label, number), wide in zip(counts.items(), told, strict=True)
    )


def by_year(network: Network) -> tuple[Bar, ...]:
    """Return how many connections were made in each year, quiet years between included."""
    years = network.people["connected"].dropna().dt.year.value_counts()
    if years.empty or network.relative:
        return ()
    every = years.reindex(range(years.index.min(), years.index.max() + 1), fill_value=0)
    return bars(every, network.pseudonymous)


def by_employer(network: Network) -> tuple[Bar, ...]:
    """Return the employers of most contacts, as the files state them today."""
    others = network.people[~network.people["ego"].astype(bool)]
    counts = others["employer"].dropna().map(clean).value_counts()
    ordered = counts.rename_axis("employer").reset_index(name="people")
    ordered = ordered[(ordered["employer"] != "") & (ordered["people"] > 1)]
    ordered = ordered.sort_values(["people", "employer"], ascending=[False, True])
    return bars(ordered.head(_EMPLOYERS).set_index("employer")["people"], network.pseudonymous)
