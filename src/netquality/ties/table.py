"""The table of ties: observed, declared and given, one row a dyad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.days import dates_of
from netquality.ties.dyads import UNDATED, Interactions, Sessions
from netquality.ties.features import Totals, decay
from netquality.ties.scoring import scored, unseen
from netquality.ties.standing import standing
from netquality.ties.strength import SHIPPED, STRONG, Weights, interval, parts, strength_of

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.ties.contact import Contact

__all__ = ["COLUMNS", "TieTable", "tie_table"]

COLUMNS = (
    "a",
    "b",
    "strength",
    "strength_low",
    "strength_high",
    "latent",
    "standing",
    "grade",
    "basis",
    "probability",
    "out",
    "in",
    "days",
    "first",
    "last",
    "two_way",
    "one_to_one",
    "connected",
)

_AMOUNTS = ("a", "b", "amount", "out", "in", "days", "first", "last")


@dataclass(frozen=True, eq=False)
class TieTable:
    """Ties and the parts of their strength, row by row.

    `amounts` has the same ties in the order of their people's codes, with what standing is
    made of: ``a``, ``b``, ``amount``, ``out``, ``in``, ``days``, ``first``, ``last``.
    """

    ties: pd.DataFrame
    parts: pd.DataFrame
    amounts: pd.DataFrame


def tie_table(
    tables: Tables,
    contact: Contact,
    *,
    as_of: int,
    egos: tuple[str, ...],
    cut: float = STRONG,
    weights: Weights = SHIPPED,
) -> TieTable:
    """Compute all ties as known on a day.

    Parameters
    ----------
    tables
        Merged tables; rows after `as_of` are expected to be gone already.
    contact
        What happened between people in these tables.
    egos
        Owners; in a tie with one of them, `a` is the ego.
    cut
        Strength from which a two-way tie counts as strong.
    weights
        What the features are worth.
    """
    code_of, sittings = contact.code_of, contact.sittings
    x, latent_x, sums = scored(contact.acts, sittings, contact.shown, as_of)
    observed = _observed(sittings, sums, x, latent_x, _amount(contact.acts, as_of))
    given = _given(tables, code_of)
    everything = _without(_with_declared(observed, tables, code_of), given)
    ties, contributions = _scored(everything, weights, unseen(contact.shown))
    ties = _with_given(ties, given)
    ties["standing"] = standing(ties, contact.seen)
    ties["grade"] = _grades(ties, cut)
    amounts = ties[[*_AMOUNTS]].reset_index(drop=True)
    return _named(ties, contributions, amounts, contact.people, egos)


def _amount(acts: Interactions, as_of: int) -> npt.NDArray[np.float64]:
    """Return all that went between two, faded: what sessions are for is not asked of a share."""
    a, _, dyad = acts.dyads()
    faded = acts.weight * decay(np.where(acts.day != UNDATED, as_of - acts.day, 0))
    return np.bincount(dyad, faded, minlength=len(a)).astype(np.float64)


def _observed(
    sittings: Sessions,
    sums: Totals,
    x: pd.DataFrame,
    latent: pd.DataFrame,
    amount: npt.NDArray[np.float64],
) -> pd.DataFrame:
    dated = sums.dated | (sums.count_forward + sums.count_back == 0)
    frame = pd.DataFrame(
        {
            "a": sittings.a,
            "b": sittings.b,
            "out": sums.count_forward,
            "in": sums.count_back,
            "days": np.where(dated, sums.days.astype(np.float64), np.nan),
            "first": pd.Series(sums.first, dtype="Int64").mask(sums.first == UNDATED),
            "last": pd.Series(sums.last, dtype="Int64").mask(sums.last == UNDATED),
            "two_way": sums.exchanged,
            "recent_two_way": sums.both_within_year,
            "dated": dated,
            "one_to_one": sums.alone,
            "amount": amount,
            "basis": "observed",
        }
    )
    both = pd.concat([frame, x.add_prefix("x "), latent.add_prefix("l ")], axis=1)
    # What weighs nothing (mail to a crowd, automatic replies, missed calls) makes no tie.
    return both[frame["out"] + frame["in"] > 0].reset_index(drop=True)


def _pairs(a: pd.Series, b: pd.Series, code_of: pd.Series) -> pd.DataFrame:
    left, right = a.map(code_of), b.map(code_of)
    frame = pd.DataFrame({"a": np.fmin(left, right), "b": np.fmax(left, right)})
    return frame[left.notna() & right.notna() & (left != right)].astype("int64")


def _with_declared(observed: pd.DataFrame, tables: Tables, code_of: pd.Series) -> pd.DataFrame:
    relations = tables.relations[tables.relations["kind"] == "connected"]
    declared = _pairs(relations["a"], relations["b"], code_of)
    declared["connected"] = relations["start"]
    oldest = declared.sort_values("connected", kind="stable").drop_duplicates(["a", "b"])
    both = observed.merge(oldest, on=["a", "b"], how="outer")
    both["basis"] = both["basis"].fillna("declared")
    for column in ("out", "in", "amount"):
        both[column] = both[column].fillna(0)
    for column in ("two_way", "recent_two_way"):
        both[column] = both[column].eq(True)
    both["dated"] = ~both["dated"].eq(False)
    silent = both["basis"] == "declared"
    both["days"] = both["days"].mask(silent, 0.0)
    # Observed to be silent is no contact at all; it is not an unknown amount of it.
    names = _feature_names(both)
    known = [name for name in names if len(observed) == 0 or not observed[name].isna().all()]
    both.loc[silent, known] = 0.0
    return both


def _feature_names(both: pd.DataFrame) -> list[str]:
    return [name for name in map(str, both.columns) if name.startswith(("x ", "l "))]


def _scored(
    both: pd.DataFrame, weights: Weights, hidden: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    x = both.filter(regex="^x ").rename(columns=lambda name: name[2:])
    latent_x = both.filter(regex="^l ").rename(columns=lambda name: name[2:])
    contributions = parts(x, weights=weights.value)
    ties = both.drop(columns=_feature_names(both))
    ties["strength"] = strength_of(contributions)
    ties["strength_low"], ties["strength_high"] = interval(x, weights, unseen=hidden)
    ties["latent"] = strength_of(parts(latent_x, weights=weights.value))
    ties["probability"] = 1.0
    return ties, contributions


def _given(tables: Tables, code_of: pd.Series) -> pd.DataFrame:
    """Ties that a file states, one row a pair; the stronger statement first."""
    pairs = _pairs(tables.given["a"], tables.given["b"], code_of)
    rows = tables.given.loc[pairs.index]
    turned = rows["a"].map(code_of).to_numpy() != pairs["a"].to_numpy()
    out, back = rows["out"].astype("float64"), rows["in"].astype("float64")
    both = (out > 0) & (back > 0)
    more = pairs.assign(
        strength=rows["strength"],
        strength_low=np.nan,
        strength_high=np.nan,
        latent=np.nan,
        probability=1.0,
        basis=rows["basis"].fillna("given"),
        amount=rows["strength"],
        first=rows["first"],
        last=rows["last"],
        two_way=both,
        recent_two_way=both,
        dated=rows["last"].notna(),
        days=np.nan,
        one_to_one=np.nan,
    )
    more["out"], more["in"] = out.where(~turned, back), back.where(~turned, out)
    ranked = more.sort_values("strength", ascending=False, kind="stable")
    return ranked.drop_duplicates(["a", "b"]).reset_index(drop=True)


def _without(both: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Leave out declared ties that a file states a strength of: observed, given, declared."""
    known = pd.MultiIndex.from_frame(given[["a", "b"]])
    stated = pd.MultiIndex.from_frame(both[["a", "b"]]).isin(known)
    return both[~(stated & (both["basis"] == "declared"))].reset_index(drop=True)


def _with_given(ties: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    known = pd.MultiIndex.from_frame(ties[["a", "b"]])
    fresh = given[~pd.MultiIndex.from_frame(given[["a", "b"]]).isin(known)]
    if fresh.empty:
        return ties
    return fresh if ties.empty else pd.concat([ties, fresh], ignore_index=True)


def _grades(ties: pd.DataFrame, cut: float) -> pd.Series:
    silent = (ties["basis"] == "declared") & (ties["out"].fillna(1) + ties["in"].fillna(1) == 0)
    strong = ties["recent_two_way"] & (ties["strength"] >= cut)
    grade = np.select([silent, ~ties["dated"], strong], ["silent", "unknown", "strong"], "weak")
    return pd.Series(grade, index=ties.index, dtype="str")


def _named(
    ties: pd.DataFrame,
    contributions: pd.DataFrame,
    amounts: pd.DataFrame,
    able: pd.Index,
    egos: tuple[str, ...],
) -> TieTable:
    names = able.to_numpy()
    ties = ties.assign(a=names[ties["a"].to_numpy()], b=names[ties["b"].to_numpy()])
    turned = ties["b"].isin(egos) & ~ties["a"].isin(egos)
    ties.loc[turned, ["a", "b"]] = ties.loc[turned, ["b", "a"]].to_numpy()
    ties.loc[turned, ["out", "in"]] = ties.loc[turned, ["in", "out"]].to_numpy()
    for column in ("first", "last", "connected"):
        days = ties[column] if column in ties else pd.Series(pd.NA, index=ties.index)
        ties[column] = dates_of(days.astype("Int64"))
    order = ties.sort_values(
        ["strength", "a", "b"], ascending=[False, True, True], kind="stable"
    ).index
    text = ties[[*COLUMNS]].astype({"a": "str", "b": "str", "basis": "str", "two_way": "bool"})
    return TieTable(
        text.loc[order].reset_index(drop=True),
        contributions.reindex(order).reset_index(drop=True),
        amounts,
    )
