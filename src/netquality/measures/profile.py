"""Fame and intimacy: how many one knows, how near one is to how many. Never one number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.measures.bands import BANDS, YEAR, band_of, contact_days, contact_seen
from netquality.measures.ends import asked, when
from netquality.measures.figures import figures_of, gini, hill
from netquality.measures.intervals import DRAWS, WEEKS, ends_of, week_weights
from netquality.measures.outcomes import curves_of
from netquality.measures.result import Result
from netquality.measures.willing import expected_helpers, spread_of
from netquality.measures.year import by_person, year_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from netquality.network import Network

    Floats = npt.NDArray[np.float64]

__all__ = ["FAME_SCALE", "INTERVALS", "INTIMACY_SCALE", "Profile", "profile"]

FAME_SCALE, INTIMACY_SCALE = 10_000, 100
INTERVALS = (
    *("active", "two_way", "close", "strong", "reach", "diversity", "gini"),
    *("one_to_one", "two_way_share", "fame", "intimacy"),
)
_LATER = 30
_NO_CONTACT = "No file here shows contact: only who is known, not who is near."
_STATED = "The files state ties and their strengths, but no single contact behind them."
# A group's people take part in each other's draws; fewer do, and beyond this none are made.
_GROUP_DRAWS, _GROUP = 100, 2_000
_WEEKLY = ("close", "reach", "diversity", "gini", "one_to_one")
_DRAWN = ("active", "two_way", "two_way_share", *_WEEKLY)
_ORDER = (
    *("contacts", "active", "two_way", "close", "strong", "weak", "silent", "unseen"),
    *("reach", "diversity", "gini", "employers", *BANDS, "one_to_one", "two_way_share"),
    *("fame", "intimacy", "helpers_low", "helpers_high"),
    *(f"{name}_{end}" for name in INTERVALS for end in ("low", "high")),
)


@dataclass(frozen=True, eq=False, repr=False)
class Profile(Result):
    """The two axes of one person, or of everybody in a whole group's log.

    Attributes
    ----------
    frame
        One row a person; the columns are explained in ``docs/measures.md``.
    helpers
        Expected helpers a favour, as a band with its warrant.
    """

    helpers: pd.DataFrame


def profile(network: Network, *, draws: int | None = None, seed: int = 0) -> Profile:
    """Contrast breadth with closeness.

    Fame: contacts, active contacts, people reached one-to-many, diversity. Intimacy, without
    any calibration: two-way ties by how often there is contact, ties with contact on 12 days
    a year and more (``close``), the share that is one-to-one, the share of active ties that is
    two-way. Beside them the helpers that one can expect, as an assumed band. Figures of the
    last year carry 95 % intervals of a weekly block bootstrap (`netquality.measures.intervals`).

    Parameters
    ----------
    network
        Any network; with owners, one row each, else one row a person.
    draws
        Of the bootstrap; by default 500 with owners, 100 for a group of up to 2,000 people,
        none for a larger one.
    seed
        Of the draws.

    Returns
    -------
    Profile
        Unknown figures are missing: without contact that was seen, what needs it; without
        times, what needs times; without titles, what needs employers.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> profile(build(Tables())).frame.empty
    True
    """
    people, cells = asked(network), year_of(network)
    cells = cells.assign(**{end: network.contact.people[cells[end]] for end in ("person", "alter")})
    number = _draws(network, people) if draws is None else draws
    ends = _ends(network, cells, people)
    frame = _counts(ends, people)
    if contact_seen(network):
        # Whose contact is seen and who has no tie was in contact with nobody.
        alone = frame["contacts"] == 0
        counted = ["active", "two_way", "strong", "weak", "silent"]
        frame.loc[alone, counted] = 0.0
    frame = frame.join(_year(network, cells, ends, people, week_weights(WEEKS, number, seed)))
    spread = spread_of(network, ends, people, number, seed)
    frame = frame.join(_strong(frame["strong"], spread.strong))
    frame["employers"] = _employers(network, ends, people)
    frame = _shifted(frame)
    frame = _with_axes(frame.join(_bands(network, people)))
    if not contact_seen(network) and not network.ties["strength"].where(_touched(network)).any():
        # Who is only listed is neither strong nor weak: nothing was seen of it.
        frame[["strong", "weak", "strong_low", "strong_high"]] = np.nan
    helpers = expected_helpers(ends, people, spread, curves_of(network)[0])
    favour = helpers[helpers["favour"] == "introduction"].set_index("person")
    frame["helpers_low"], frame["helpers_high"] = favour["low"], favour["high"]
    return Profile(
        frame[list(_ORDER)].rename_axis("person"),
        network.as_of,
        helpers,
        coverage=_coverage(network, frame, number),
        parameters={"draws": number, "seed": seed, "cut": network.cut},
    )


def _touched(network: Network) -> pd.Series:
    """Say of which ties there is more than a declaration."""
    return network.ties["basis"] != "declared"


def _shifted(frame: pd.DataFrame) -> pd.DataFrame:
    """Let intervals hold the ties that a file states, which are in no week: they do not vary."""
    for name in ("active", "two_way"):
        more = frame[name] - frame.pop(f"{name}_weeks")
        for end in ("low", "high"):
            frame[f"{name}_{end}"] = frame[f"{name}_{end}"] + more.fillna(0.0)
    return frame


def _draws(network: Network, people: pd.Index) -> int:
    if network.egos:
        return DRAWS
    return _GROUP_DRAWS if len(people) <= _GROUP else 0


def _ends(network: Network, cells: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    """Each tie from both of its ends: whether there was contact, and whether of late."""
    ties = network.ties.assign(tie=np.arange(len(network.ties)))
    turned = ties.rename(columns={"a": "b", "b": "a", "out": "in", "in": "out"})
    ends = pd.concat([ties, turned[ties.columns]], ignore_index=True)
    ends = ends[ends["a"].isin(people)].rename(columns={"a": "person", "b": "alter"})
    day = np.datetime64(network.as_of, "D").astype("datetime64[s]")
    age = (day - ends["last"]).dt.days
    counted = ends["out"].notna() | ends["in"].notna()
    some = ends["out"].fillna(0) + ends["in"].fillna(0) > 0
    ends["touched"] = some | (~counted & ends["strength"].notna())
    seen = not network.timeless and (contact_seen(network) or ends["last"].notna().any())
    recent = ((age < YEAR) & (age >= 0) & ends["touched"]).astype("float64")
    undated = ends["touched"] & ends["last"].isna()
    ends["active"] = recent.mask(undated) if seen else np.nan
    both = cells.groupby(["person", "alter"])[["out", "back"]].sum().min(axis=1) > 0
    pairs = pd.MultiIndex.from_frame(ends[["person", "alter"]])
    lately = both.reindex(pairs, fill_value=False).to_numpy(dtype=bool)
    stated = network.parts["base"].isna().to_numpy()[ends["tie"].to_numpy()]
    given = stated & ends["two_way"] & (ends["active"] == 1.0)
    return ends.assign(lately=lately | given)


def _counts(ends: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    by = ends.groupby("person")
    frame = pd.DataFrame(index=people)
    frame["contacts"] = by.size().reindex(people, fill_value=0)
    frame["active"] = by["active"].sum(min_count=1).reindex(people)
    both = ends["active"].where(ends["lately"], ends["active"] * 0.0)
    frame["two_way"] = both.groupby(ends["person"]).sum(min_count=1).reindex(people)
    for grade in ("strong", "weak", "silent"):
        hit = (ends["grade"] == grade).astype("float64").where(ends["grade"] != "unknown")
        frame[grade] = hit.groupby(ends["person"]).sum(min_count=1).reindex(people)
    frame["unseen"] = 1.0 - by["touched"].mean().reindex(people)
    return frame


def _year(
    network: Network, cells: pd.DataFrame, ends: pd.DataFrame, people: pd.Index, draws: Floats
) -> pd.DataFrame:
    """Return the figures of the last year that need its weeks, with the ends of all intervals."""
    rows: dict[str, dict[str, float]] = {}
    for person, mine in by_person(cells):
        found = figures_of(mine, draws)
        row = {name: found[name].value for name in _WEEKLY}
        row |= {f"{name}_weeks": found[name].value for name in ("active", "two_way")}
        for name in _DRAWN:
            row[f"{name}_low"], row[f"{name}_high"] = found[name].ends()
        rows[str(person)] = row
    names = [*_WEEKLY, "active_weeks", "two_way_weeks"]
    names += [*(f"{name}_{end}" for name in _DRAWN for end in ("low", "high"))]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=names).reindex(people)
    if contact_seen(network):
        # Without a day nothing is known of this year; with days, no week is no contact.
        dated = (
            ends["active"].notna().groupby(ends["person"]).any().reindex(people, fill_value=True)
        )
        frame[["close", "reach"]] = frame[["close", "reach"]].fillna(0.0).where(dated, axis=0)
    else:
        # A graph that states strengths, or a log without times, shows amounts and no weeks.
        frame = frame.assign(**_amounts(ends, people))
    if not network.shows_audiences:
        hidden = [name for name in names if name.startswith(("one_to_one", "reach"))]
        frame[hidden] = np.nan
    return frame.astype("float64")


def _amounts(ends: pd.DataFrame, people: pd.Index) -> dict[str, pd.Series]:
    live = ends[ends["touched"]].dropna(subset=["strength"])
    return {
        name: _each(measure, live["strength"], live["person"]).reindex(people)
        for name, measure in (("diversity", hill), ("gini", gini))
    }


def _each(measure: Callable[[Floats], Floats], amounts: pd.Series, person: pd.Series) -> pd.Series:
    """Measure each person's amounts."""
    groups = amounts.groupby(person)
    found = {key: float(measure(some.to_numpy()[:, None])[0]) for key, some in groups}
    return pd.Series(found, dtype="float64")


def _strong(strong: pd.Series, drawn: Floats) -> pd.DataFrame:
    pairs = [ends_of(value, some, whole=True) for value, some in zip(strong, drawn, strict=True)]
    names = ["strong_low", "strong_high"]
    return pd.DataFrame(pairs, index=strong.index, columns=names, dtype="float64")


def _employers(network: Network, ends: pd.DataFrame, people: pd.Index) -> pd.Series:
    employer = ends["alter"].map(network.people["employer"])
    known = ends.assign(employer=employer).dropna(subset=["employer"])
    counts = known.groupby(["person", "employer"]).size()
    person = counts.index.get_level_values("person").to_series(index=counts.index)
    return _each(hill, counts.astype("float64"), person).reindex(people)


def _bands(network: Network, people: pd.Index) -> pd.DataFrame:
    """Count two-way ties by how often there was contact within the year."""
    days = contact_days(network)
    turned = days.rename(columns={"a": "b", "b": "a"})[days.columns]
    both = pd.concat([days, turned], ignore_index=True)
    both = both[both["two_way"] & both["a"].isin(people)]
    table = pd.crosstab(both["a"], band_of(both["days"]).to_numpy())
    table = table.reindex(index=people, columns=list(BANDS), fill_value=0).astype("float64")
    dated = both["days"].notna().groupby(both["a"]).any().reindex(people, fill_value=True)
    return table.where(dated & contact_seen(network), axis=0)


def _with_axes(frame: pd.DataFrame) -> pd.DataFrame:
    """Put both axes and the ends of their intervals on a logarithmic scale."""
    frame["two_way_share"] = frame["two_way"] / frame["active"].where(frame["active"] > 0)
    axes = {"fame": ("active", FAME_SCALE), "intimacy": ("close", INTIMACY_SCALE)}
    for axis, (name, scale) in axes.items():
        for end in ("", "_low", "_high"):
            frame[f"{axis}{end}"] = np.log1p(frame[f"{name}{end}"]) / np.log1p(scale)
    return frame


def _later(network: Network) -> int:
    """Return how many days the day asked for is after the last event."""
    days = network.events["day"].dropna()
    return network.as_of - int(days.max()) if len(days) else 0


def _percent(part: float) -> str:
    return "under 1 %" if part < 0.005 else f"{100 * part:.0f} %"


def _coverage(network: Network, frame: pd.DataFrame, draws: int) -> tuple[str, ...]:
    lines = [f"{when(network)}, {len(network.ties):,} ties."]
    contacts = float(frame["contacts"].sum())
    silent = float((frame["unseen"] * frame["contacts"]).sum())
    if (later := _later(network)) > _LATER:
        lines.append(
            f"The last contact in these files is {later:,} days older than the day asked for: "
            "what happened since then is not in them."
        )
    if silent and contacts:
        part = f"{silent:,.0f} of {contacts:,.0f} contacts ({_percent(silent / contacts)})"
        lines.append(
            f"{part} were never seen in contact in these files. That need not mean that there is "
            "none elsewhere."
        )
    if network.timeless:
        lines.append("The data has no times: what needs times is not observed.")
    elif not contact_seen(network):
        shown = silent < contacts
        lines.append(_STATED if shown else _NO_CONTACT)
    elif draws:
        lines.append(f"Intervals are of 95 %, from {draws} draws of the weeks of the last year.")
    elif len(frame) > _GROUP:
        lines.append(f"More than {_GROUP:,} people: intervals are left out (draws= asks for them).")
    if silent < contacts:
        lines.append("Helpers are assumed (slopes 1 to 2), not measured.")
    return tuple(lines)
