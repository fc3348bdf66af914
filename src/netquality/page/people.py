"""Fame and intimacy as tables: now, against one's own past, and who would help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netquality.measures.profile import FAME_SCALE, INTIMACY_SCALE
from netquality.page.crowd import Crowd, crowd
from netquality.page.tables import BESIDE, Column, Table, named, per_person, table
from netquality.page.words import UNKNOWN, band, count, decimal, interval, share, tenth
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.measures.past import Past
    from netquality.measures.profile import Profile
    from netquality.network import Network
    from netquality.page.tables import Row

__all__ = ["fame", "figure", "helpers", "intimacy", "past", "profiles", "unseen"]

_FAVOUR = "introduction"
# So few silent contacts that what they could add is lost in the range.
_FEW = 0.05


def figure(column: str, written: Callable[[Any], str] = count) -> Callable[[Any], str]:
    """Return what writes a column of a row, with its interval where the row has one.

    Examples
    --------
    >>> row = {"active": 143, "active_low": 128, "active_high": 158, "weekly": 3}
    >>> figure("active")(row), figure("weekly")(row)
    ('143 (128 to 158)', '3')
    """

    def cell(row: Any) -> str:
        ends = row.get(f"{column}_low"), row.get(f"{column}_high")
        return interval(row.get(column), *ends, written)

    return cell


_FAME: tuple[Row, ...] = (
    ("People known: connected or in contact", "Known", figure("contacts")),
    ("In contact within a year", "In contact", figure("active")),
    ("Reached by messages to many within a year", "Reached", figure("reach")),
    ("Contact is spread as over so many equal ties", "Spread", figure("diversity", tenth)),
    (
        "Contacts are spread as over so many equal employers",
        "Employers",
        figure("employers", tenth),
    ),
    (f"Fame; 1 is {FAME_SCALE:,} people in contact", "Fame", figure("fame", decimal)),
)
_INTIMACY: tuple[Row, ...] = (
    ("Strong ties", "Strong", figure("strong")),
    ("Weak ties", "Weak", figure("weak")),
    ("Silent ties: connected, no contact seen", "Silent", figure("silent")),
    ("Two-way ties active within a year", "Two-way", figure("two_way")),
    ("Close ties: two-way, contact on 12 days of the year or more", "Close", figure("close")),
    ("Contact that was one-to-one", "One-to-one", figure("one_to_one", share)),
    ("Active ties that are two-way", "Both ways", figure("two_way_share", share)),
    (f"Intimacy; 1 is {INTIMACY_SCALE} close ties", "Intimacy", figure("intimacy", decimal)),
)


def fame(network: Network, profile: Profile, people: Crowd | None = None) -> Table | None:
    """Return how widely the egos are known, a column each; `None` for a whole group."""
    return _beside("Fame: how widely known", _FAME, profile, people or crowd(network))


def intimacy(network: Network, profile: Profile, people: Crowd | None = None) -> Table | None:
    """Return how close the egos' ties are, a column each; `None` for a whole group."""
    return _beside("Intimacy: how close", _INTIMACY, profile, people or crowd(network))


def profiles(profile: Profile, people: Crowd) -> Table | None:
    """Return a row a person for a whole group; `None` where the people fit side by side."""
    if len(profile.frame) <= BESIDE:
        return None
    frame = profile.frame.rename_axis("person").reset_index()
    ordered = frame.sort_values(["fame", "person"], ascending=[False, True], na_position="last")
    rows = [*_FAME[:2], *_INTIMACY[:2], *_INTIMACY[4:5], _INTIMACY[6], _FAME[-1], _INTIMACY[-1]]
    return per_person(
        "Everybody, by fame", rows, ordered.set_index("person"), people, key="profiles"
    )


def helpers(profile: Profile, people: Crowd) -> Table | None:
    """Return how many would help with which favour, marked assumed; `None` for a whole group."""
    if len(profile.frame) > BESIDE or not profile.helpers["low"].notna().any():
        return None
    name = named(people)
    who = (Column("Person"), lambda row: name(row["person"]))
    known = bool((profile.frame["unseen"] > 0).any() and profile.helpers["ceiling"].notna().any())
    ceiling = (
        Column("If silent contacts were like the middle tie", "number"),
        lambda row: count(row["ceiling"]),
    )
    return table(
        "How many would probably help, by favour",
        [
            (Column("Favour"), lambda row: clean(row["favour"]) or UNKNOWN),
            *([who] if len(profile.frame) > 1 else []),
            (Column("People", "number"), lambda row: band(row["low"], row["high"])),
            *([ceiling] if known else []),
            (Column("Warrant", "word"), lambda row: clean(row["warrant"]) or UNKNOWN),
        ],
        profile.helpers,
    )


def past(result: Past, people: Crowd) -> Table | None:
    """Return the two axes on the same day of each year; `None` for a group or without a past."""
    frame = result.frame
    persons = frame["person"].nunique()
    if not 0 < persons <= BESIDE or len(frame) <= persons:
        return None
    name = named(people)
    who = (Column("Person"), lambda row: name(row["person"]))
    return table(
        "Year by year, against one's own past",
        [
            (Column("As of", "day"), lambda row: clean(row["label"]) or UNKNOWN),
            *([who] if persons > 1 else []),
            (Column("Known", "number"), figure("contacts")),
            (Column("In contact", "number"), figure("active")),
            (Column("Two-way", "number"), figure("two_way")),
            (Column("Close", "number"), figure("close")),
            (Column("One-to-one", "number"), figure("one_to_one", share)),
            (Column("Fame", "number"), figure("fame", decimal)),
            (Column("Intimacy", "number"), figure("intimacy", decimal)),
        ],
        frame,
    )


def unseen(profile: Profile, people: Crowd) -> tuple[str, ...]:
    """Say of each owner what it would mean if the contacts without contact were like the others.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"contacts": [100], "unseen": [0.4]}, index=["zora"])
    >>> helpers = pd.DataFrame(
    ...     {"person": ["zora"], "favour": "introduction", "low": 2, "high": 9, "ceiling": 12}
    ... )
    >>> made = SimpleNamespace(frame=frame, helpers=helpers)
    >>> unseen(made, Crowd(("zora",), ("Zora",), places={"zora": 0}))[0][50:98]
    '2 to 9 people would help with an introduction; i'
    """
    known, frame = profile.helpers, profile.frame
    if not 0 < len(frame) <= BESIDE:
        return ()
    rows = known[(known["favour"] == _FAVOUR) & known["ceiling"].notna()]
    name, lines = named(people), []
    for row in rows.to_dict("records"):
        if frame["unseen"].get(row["person"], 0) > _FEW:
            of = f"{name(row['person'])}: " if len(frame) > 1 else ""
            lines.append(
                f"{of}Contact may have happened where no file shows it. "
                f"{band(row['low'], row['high'])} people would help with an introduction; if the "
                f"contacts that show none were like the middle tie with contact, up to "
                f"{count(row['ceiling'])}. Both figures are assumed, not measured."
            )
    return tuple(lines)


def _beside(caption: str, rows: tuple[Row, ...], profile: Profile, people: Crowd) -> Table | None:
    if len(profile.frame) > BESIDE:
        return None
    return per_person(caption, rows, profile.frame, people)
