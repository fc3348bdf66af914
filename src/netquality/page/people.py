"""Fame and intimacy as tables, and the contacts by year and employer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netquality.measures.profile import FAME_SCALE, INTIMACY_SCALE
from netquality.page.tables import Column, Table, names, table
from netquality.page.words import UNKNOWN, band, count, decimal, share
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from netquality.measures.profile import Profile
    from netquality.network import Network

__all__ = ["Bar", "bars", "by_employer", "by_year", "fame", "helpers", "intimacy", "profiles"]

# More people than this do not fit side by side on a page.
_BESIDE, _PEOPLE, _EMPLOYERS = 3, 50, 12

_Row = tuple[str, "Callable[[Any], str]"]


def _plain(column: str, how: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda row: how(row[column])


def _assumed(low: str, high: str, digits: int) -> Callable[[Any], str]:
    def written(row: Any) -> str:
        text = band(row[low], row[high], digits)
        return text if text == UNKNOWN else f"{text} (assumed)"

    return written


def _tenth(value: Any) -> str:
    return decimal(value, 1)


_FAME: tuple[_Row, ...] = (
    ("People known: connected or in contact", _plain("contacts", count)),
    ("In contact within a year", _plain("active", count)),
    ("Reached one-to-many within a year", _plain("reach", count)),
    ("Contact is spread as over so many equal ties", _plain("diversity", _tenth)),
    ("Contacts are spread as over so many equal employers", _plain("employers", _tenth)),
    (f"Fame; 1 is {FAME_SCALE:,} people in contact", _plain("fame", decimal)),
)
_INTIMACY: tuple[_Row, ...] = (
    ("Strong ties", _plain("strong", count)),
    ("Weak ties", _plain("weak", count)),
    ("Silent ties: connected, no contact seen", _plain("silent", count)),
    ("Two-way ties active within a year", _plain("two_way", count)),
    ("… weekly: 52 times a year or more", _plain("weekly", count)),
    ("… monthly: 12 to 52 times", _plain("monthly", count)),
    ("… now and then: 2 to 12 times", _plain("seasonal", count)),
    ("… once or twice a year", _plain("yearly", count)),
    ("… less than once a year", _plain("rarer", count)),
    ("Contact that was one-to-one", _plain("one_to_one", share)),
    ("Active ties that are two-way", _plain("two_way_share", share)),
    ("People who would help with an introduction", _assumed("helpers_low", "helpers_high", 0)),
    (
        f"Intimacy; 1 is {INTIMACY_SCALE} people who would help",
        _assumed("intimacy_low", "intimacy_high", 2),
    ),
)


def fame(network: Network, profile: Profile) -> Table | None:
    """Return how widely the egos are known, a column each; `None` for a whole group."""
    return _beside("Fame: how widely known", _FAME, network, profile)


def intimacy(network: Network, profile: Profile) -> Table | None:
    """Return how close the egos' ties are, a column each; `None` for a whole group."""
    return _beside("Intimacy: how close", _INTIMACY, network, profile)


def profiles(network: Network, profile: Profile) -> Table | None:
    """Return a row a person for a whole group; `None` where the people fit side by side."""
    if len(profile.frame) <= _BESIDE:
        return None
    name = names(network)
    frame = profile.frame.rename_axis("person").reset_index()
    ordered = frame.sort_values(["fame", "person"], ascending=[False, True], na_position="last")
    left = len(ordered) - _PEOPLE
    numbers = {"Known": "contacts", "Active": "active", "Strong": "strong", "Weak": "weak"}
    return table(
        "Everybody, by fame",
        [
            (Column("Person"), lambda row: name(row["person"])),
            *((Column(k, "number"), _plain(v, count)) for k, v in numbers.items()),
            (Column("Both ways", "number"), _plain("two_way_share", share)),
            (Column("Fame", "number"), _plain("fame", decimal)),
            (Column("Intimacy", "number"), _assumed("intimacy_low", "intimacy_high", 2)),
        ],
        ordered.head(_PEOPLE),
        more=f"{count(left)} more in profile.json." if left > 0 else "",
    )


def helpers(network: Network, profile: Profile) -> Table | None:
    """Return how many would help with which favour, marked assumed; `None` for a whole group."""
    if len(profile.frame) > _BESIDE or profile.helpers.empty:
        return None
    name = names(network)
    who = (Column("Person"), lambda row: name(row["person"]))
    return table(
        "How many would probably help, by favour",
        [
            (Column("Favour"), lambda row: clean(row["favour"]) or UNKNOWN),
            *([who] if len(profile.frame) > 1 else []),
            (Column("People", "number"), lambda row: band(row["low"], row["high"])),
            (Column("Warrant", "word"), lambda row: clean(row["warrant"]) or UNKNOWN),
        ],
        profile.helpers,
    )


def _beside(
    caption: str, rows: tuple[_Row, ...], network: Network, profile: Profile
) -> Table | None:
    """Turn the profile on its side: a line a number, a column a person."""
    people = profile.frame.to_dict("index")
    if not 0 < len(people) <= _BESIDE:
        return None
    name = names(network)
    columns = (Column("Measure"), *(Column(name(person), "number") for person in people))
    cells = ((label, *(written(row) for row in people.values())) for label, written in rows)
    return Table(caption, columns, tuple(cells))


@dataclass(frozen=True)
class Bar:
    """A count with a bar beside it, as wide as its part of the greatest count."""

    label: str
    count: str
    percent: str


def bars(counts: pd.Series) -> tuple[Bar, ...]:
    """Return a bar for every count; the index gives the labels.

    Examples
    --------
    >>> import pandas as pd
    >>> bars(pd.Series({"2024": 10, "2025": 5}))[1]
    Bar(label='2025', count='5', percent='50.0')
    """
    most = max(counts.max(), 1) if len(counts) else 1
    return tuple(
        Bar(clean(str(label)), count(number), f"{100 * number / most:.1f}")
        for label, number in counts.items()
    )


def by_year(network: Network) -> tuple[Bar, ...]:
    """Return how many connections were made in each year, quiet years between included."""
    years = network.people["connected"].dropna().dt.year.value_counts()
    if years.empty or network.relative:
        return ()
    return bars(years.reindex(range(years.index.min(), years.index.max() + 1), fill_value=0))


def by_employer(network: Network) -> tuple[Bar, ...]:
    """Return the employers of most contacts, as the files state them today."""
    others = network.people[~network.people["ego"].astype(bool)]
    counts = others["employer"].dropna().map(clean).value_counts()
    ordered = counts.rename_axis("employer").reset_index(name="people")
    ordered = ordered[(ordered["employer"] != "") & (ordered["people"] > 1)]
    ordered = ordered.sort_values(["people", "employer"], ascending=[False, True])
    return bars(ordered.head(_EMPLOYERS).set_index("employer")["people"])
