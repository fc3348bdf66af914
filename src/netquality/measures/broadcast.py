"""Megaphone against handshake: to one at a time or to many at once, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.days import dates_of
from netquality.measures.bands import YEAR, contact_seen
from netquality.measures.ends import asked, rate_interval, when
from netquality.measures.figures import one_to_one
from netquality.measures.intervals import DRAWS, WEEKS, week_weights
from netquality.measures.result import Result
from netquality.measures.year import COMPOSED, by_person, year_of
from netquality.schema import KINDS
from netquality.ties.dyads import DAY, UNDATED
from netquality.ties.turns import BOTH, mailings, turns

if TYPE_CHECKING:
    import numpy.typing as npt

    from netquality.network import Network
    from netquality.ties.turns import Turns

__all__ = ["HABITS", "Broadcast", "broadcast"]

# Thirds are a convention: whoever speaks to one person in two of three times shakes hands.
HABITS = {"megaphone": (0.0, 1 / 3), "mixed": (1 / 3, 2 / 3), "handshake": (2 / 3, 1.0)}
_MONTH = 30
_SHARE = ("one_to_one", "one_to_one_low", "one_to_one_high", "habit")
_THOUSAND = ("answers_many", "per_thousand", "per_thousand_low", "per_thousand_high")


@dataclass(frozen=True, eq=False, repr=False)
class Broadcast(Result):
    """How a person speaks to others.

    Attributes
    ----------
    frame
        One row a person asked; see `broadcast`.
    months
        One row a person and month: ``people`` in contact, ``depth`` (days with contact per
        person), ``personal``, ``many``, ``posts``. A log without dates has months of 30 days.
    """

    months: pd.DataFrame


def broadcast(network: Network, *, draws: int = DRAWS, seed: int = 0) -> Broadcast:
    """Compare speaking to one person at a time with speaking to many at once, over a year.

    ``personal`` counts how often the person addressed somebody alone (a session of messages,
    a call, a meeting of two), ``many`` how often somebody was one of eight people and more
    addressed at once or by one template; both in person-times. What goes to a few together,
    meetings of several, clicks and invitations are neither. ``one_to_one`` is personal /
    (personal + many), with its weekly block-bootstrap interval; ``habit`` puts it into thirds:
    megaphone, mixed, handshake. ``mailings`` counts days on which something went to many,
    ``reached`` the different people it went to, ``posts`` what was published: whom posts reach
    is not seen, so they are in no share.

    ``per_thousand`` is how many of 1,000 person-times reached one-to-many were answered within
    14 days (a megaphone gets about 5 reactions per 1,000), ``per_handshake`` the share of
    turns to one person that were answered; both with 95 % Jeffreys intervals, without what is
    younger than 14 days and not answered. Who would have written anyway counts as an answer too, so
    ``per_thousand`` is rather too high than too low.

    Parameters
    ----------
    network
        With owners, a row each; else a row a person.
    draws, seed
        Of the bootstrap.

    Returns
    -------
    Broadcast
        Missing where the sources cannot show contact, or cannot show that something went to
        several (a log of single messages, whose texts were not read), or there was no contact.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> broadcast(build(Tables())).frame.empty
    True
    """
    people, cells = asked(network), year_of(network)
    seen, months = contact_seen(network), _months(network, people)
    parts = [_person_times(network, cells, people), _shares(network, cells, people, draws, seed)]
    parts.append(_answers(network, people))
    frame = pd.concat(parts, axis=1).rename_axis("person")
    if not (seen and network.shows_audiences):
        hidden = (
            [str(name) for name in frame]
            if not seen
            else ["many", "mailings", "reached", *_SHARE, *_THOUSAND]
        )
        frame = frame.assign(**dict.fromkeys(hidden, np.nan)).astype({"habit": "str"})
    frame["posts"] = _posts(network, people)
    return Broadcast(
        frame,
        network.as_of,
        months if seen else months.iloc[:0],
        coverage=_coverage(network, frame),
        parameters={"draws": draws, "seed": seed},
    )


def _person_times(network: Network, cells: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    named = cells.assign(person=network.contact.people[cells["person"].to_numpy()])
    frame = named.groupby("person")[["personal", "many"]].sum().reindex(people, fill_value=0)
    frame["mailings"] = _mailings(network, people)
    reached = named[named["many"] > 0].groupby("person")["alter"].nunique()
    frame["reached"] = reached.reindex(people, fill_value=0)
    return frame.astype("float64")


def _shares(
    network: Network, cells: pd.DataFrame, people: pd.Index, draws: int, seed: int
) -> pd.DataFrame:
    weights = week_weights(WEEKS, draws, seed)
    rows: dict[str, tuple[float, float, float]] = {}
    for person, mine in by_person(cells):
        share = one_to_one(mine, weights)
        rows[str(network.contact.people[int(person)])] = (share.value, *share.ends())
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=_SHARE[:3]).reindex(people)
    edges = [*(low for low, _ in HABITS.values()), np.inf]
    # The upper third begins at two of three: 2/3 itself is a handshake.
    habit = pd.cut(frame["one_to_one"], edges, labels=list(HABITS), right=False)
    return frame.astype("float64").assign(habit=habit.astype("str").where(habit.notna()))


def _posts_are_seen(network: Network) -> bool:
    return bool(network.sources["shows"].fillna("").str.contains(r"\bpost\b").any())


def _posts(network: Network, people: pd.Index) -> pd.Series:
    """Count a person's posts within the year; missing where no source shows posts."""
    if not _posts_are_seen(network):
        return pd.Series(np.nan, index=people)
    events = network.events[network.events["kind"] == "post"]
    recent = (network.as_of - events["day"] < YEAR).fillna(False)
    who = events["sender"][recent].map(network.identity.person_of)
    return who.value_counts().reindex(people, fill_value=0).astype("float64")


def _sent_to_many(network: Network) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return sender and day of what was addressed to many, one-way, by code."""
    of = network.contact.sittings
    fit = (of.day != UNDATED) & of.many & (of.forward < 2)
    sender = np.where(of.forward == 1, of.a[of.dyad], of.b[of.dyad])
    return sender[fit], of.day[fit]


def _mailings(network: Network, people: pd.Index) -> pd.Series:
    sender, day = _sent_to_many(network)
    recent = network.as_of - day < YEAR
    found = np.unique(np.stack([sender[recent], day[recent]]), axis=1)[0]
    names = pd.Series(network.contact.people[found])
    return names.value_counts().reindex(people, fill_value=0).astype("float64")


def _answers(network: Network, people: pd.Index) -> pd.DataFrame:
    """Count answers within the year: to what went to many, and to turns to one person."""
    acts = network.contact.acts
    dyad = acts.dyads()[2]
    said = turns(acts, dyad, network.as_of, talk=True)
    alone = said.alone & (said.forward != BOTH)
    parts = {
        "many": (mailings(acts, dyad, network.as_of), None, 1000.0, "per_thousand"),
        "personal": (said, alone, 1.0, "per_handshake"),
    }
    frame = pd.DataFrame(index=people)
    for name, (found, fit, unit, label) in parts.items():
        hits, tries = _counted(network, found, fit, people)
        low, high = rate_interval(hits, tries)
        frame[f"answers_{name}"] = hits.astype("float64")
        frame[label] = unit * hits / tries.where(tries > 0)
        frame[f"{label}_low"], frame[f"{label}_high"] = unit * low, unit * high
    return frame.astype("float64")


def _counted(
    network: Network, found: Turns, fit: npt.NDArray[np.bool_] | None, people: pd.Index
) -> tuple[pd.Series, pd.Series]:
    """Return each person's answered and decided rows of the year."""
    dyads = network.contact.sittings
    decided = found.known & (network.as_of - found.second // DAY < YEAR)
    decided = decided if fit is None else decided & fit
    who = np.where(found.forward == 1, dyads.a[found.dyad], dyads.b[found.dyad])[decided]
    hit = pd.Series(found.answered[decided]).groupby(network.contact.people[who])
    hits, tries = (hit.agg(how).reindex(people, fill_value=0) for how in ("sum", "size"))
    return hits, tries


def _months(network: Network, people: pd.Index) -> pd.DataFrame:
    of, names = network.contact.sittings, network.contact.people
    fit = ((of.weight > 0) | of.many) & (of.day != UNDATED)
    a, b, day = of.a[of.dyad[fit]], of.b[of.dyad[fit]], of.day[fit]
    forward, alone, many, tied = (part[fit] for part in (of.forward, of.alone, of.many, of.weight))
    meant = alone & np.isin(of.kind[fit], [KINDS.index(name) for name in COMPOSED])
    rows = pd.concat(
        pd.DataFrame(
            {
                "person": names[one],
                "alter": other,
                "day": day,
                "tied": tied > 0,
                "personal": out & meant,
                "many": out & many,
            }
        )
        for one, other, out in ((a, b, forward >= 1), (b, a, forward != 1))
    )
    rows = rows[rows["person"].isin(people)]
    rows["month"] = _month_of(rows["day"], network.relative)
    keys = ["person", "month"]
    months = rows.groupby(keys)[["personal", "many"]].sum()
    posts = _posts_by_month(network, people)
    months = months.reindex(months.index.union(posts.index), fill_value=0)
    met = rows[rows["tied"]].drop_duplicates([*keys, "alter", "day"]).groupby(keys)["alter"]
    months["people"] = met.nunique().reindex(months.index, fill_value=0)
    months["depth"] = met.size() / months["people"].where(months["people"] > 0)
    months = months[["people", "depth", "personal", "many"]].astype("float64")
    if not network.shows_audiences:
        months["many"] = np.nan
    months["posts"] = posts.reindex(
        months.index, fill_value=0.0 if _posts_are_seen(network) else np.nan
    )
    return months.rename_axis(keys).reset_index()


def _posts_by_month(network: Network, people: pd.Index) -> pd.Series:
    """Count posts by person and month."""
    events = network.events[(network.events["kind"] == "post") & network.events["day"].notna()]
    who = events["sender"].map(network.identity.person_of)
    month = _month_of(events["day"].astype("int64"), network.relative)
    mine = who.isin(people)
    posts: pd.Series = who[mine].groupby([who[mine], month[mine]]).size().astype("float64")
    return posts.rename_axis(["person", "month"]).rename("posts")


def _month_of(day: pd.Series, relative: bool) -> Any:
    if relative:
        return day // _MONTH
    return dates_of(day.astype("Int64")).dt.to_period("M").dt.start_time.astype("datetime64[s]")


def _coverage(network: Network, frame: pd.DataFrame) -> tuple[str, ...]:
    if not contact_seen(network):
        return ("No file here can show dated contact: how somebody speaks was not observed.",)
    lines = [f"{when(network)}, over 365 days."]
    if not network.shows_audiences:
        lines.append("No file here can show what went to several people at once.")
    if frame["posts"].fillna(0).sum():
        lines.append("Whom posts reach, and who reacted to them, is not in these files.")
    return tuple(lines)
