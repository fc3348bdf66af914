"""The ladder of favours: what each takes, who is above it, how many would help, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput
from netquality.measures.ends import asked, when
from netquality.measures.replies import replies
from netquality.measures.result import Result
from netquality.ties.strength import logistic
from netquality.ties.threshold import FAVOURS, SLOPES, acting

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["ASSUMED", "MEASURED", "Above", "Ladder", "above", "ladder"]

MEASURED, ASSUMED = "measured", "assumed"
_EVEN = 0.5
# "10 who always act, 100 who often do, 1,000 who rarely": the crowds of the old riddle.
_CROWDS = (10, 100, 1_000)
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, repr=False)
class Ladder(Result):
    """Each favour's threshold and how many would act on it; see `ladder`.

    Attributes
    ----------
    frame
        One row a person asked and favour: ``person``, ``favour``, ``needed_low`` and
        ``needed_high`` (the strength from which an even chance is reached), ``above_low`` and
        ``above_high`` (ties that are), ``helpers_low`` and ``helpers_high`` (who would act if
        all were asked), ``warrant``.
    crowds
        Of the reply rung, one row a person and crowd: the ``first`` to ``last`` strongest ties,
        how many of them would answer (``helpers_low``, ``helpers_high``) and the mean
        ``chance``. Empty where it was not measured.
    """

    crowds: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Above:
    """Which rows of `Network.ties` are above a favour's threshold, and by which warrant."""

    rows: Bools
    warrant: str


def ladder(network: Network) -> Ladder:
    """Return what each favour takes, from an answer to money.

    The reply rung is *measured* where the log has enough direct messages: chances come from
    `netquality.replies`, learned from this log's own past. The other rungs are *assumed*: no
    data has favours asked, so thresholds are spaced by 1 in log-odds, and the slope lies
    between 1 and 2; every figure is the band over both ends, asked in person.

    Parameters
    ----------
    network
        With owners, the owners' ties; else everybody's.

    Returns
    -------
    Ladder
        Only ties with contact count. ``needed`` is missing for a measured rung, which does not
        stand on strength alone.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> ladder(build(Tables())).frame.empty
    True
    """
    ends = _ends(network)
    chances = _chances(network, ends)
    rows = [
        _measured(ends, chances)
        if favour == "reply" and chances is not None
        else _assumed(ends, favour)
        for favour in FAVOURS
    ]
    frame = pd.concat(rows, ignore_index=True)
    order = pd.Categorical(frame["favour"], list(FAVOURS))
    frame = frame.assign(order=order).sort_values(["person", "order"], kind="stable")
    said = [f"{when(network)}, {len(ends):,} ties with contact, asked one by one in person."]
    said.append(
        "The reply rung is measured on this log's own messages; the others are assumed."
        if chances is not None
        else "Too few direct messages to measure the reply rung: every rung is assumed."
    )
    return Ladder(
        frame.drop(columns="order").reset_index(drop=True),
        network.as_of,
        _crowds(ends, chances),
        coverage=tuple(said),
    )


def above(network: Network, favour: str) -> Above:
    """Say which ties are above a favour's threshold: sure to have an even chance at least.

    Parameters
    ----------
    favour
        One of `netquality.ties.threshold.FAVOURS`.

    Raises
    ------
    BadInput
        When no favour bears the name.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> above(build(Tables()), "introduction").warrant
    'assumed'
    """
    if favour not in FAVOURS:
        raise BadInput(f"No favour is called {favour!r}.", accepted=", ".join(FAVOURS))
    ends = _ends(network)
    chances = _chances(network, ends) if favour == "reply" else None
    rows = np.zeros(len(network.ties), dtype=bool)
    if chances is not None:
        sure = (chances["low"] >= _EVEN).to_numpy()
        rows[ends["tie"].to_numpy()[sure]] = True
        return Above(rows, MEASURED)
    touched = np.zeros(len(network.ties), dtype=bool)
    touched[ends["tie"].to_numpy()] = True
    enough = network.ties["strength"].to_numpy(np.float64) >= max(_needed(favour))
    return Above(touched & enough, ASSUMED)


def _needed(favour: str) -> tuple[float, float]:
    """Return the strengths with an even chance at both ends of the assumed slopes."""
    scores = pd.Series([FAVOURS[favour] / slope for slope in SLOPES])
    found = logistic(scores)
    return float(found.min()), float(found.max())


def _ends(network: Network) -> pd.DataFrame:
    """Return ties that are not silent, from the ends of those asked."""
    ties = network.ties
    # A file that states a strength shows no contact, and no lack of it.
    live = ties["strength"].notna() & ~(ties["out"] + ties["in"] == 0)
    parts = [
        pd.DataFrame(
            {
                "person": ties[one],
                "alter": ties[other],
                "strength": ties["strength"],
                "tie": np.arange(len(ties)),
            }
        )[live.to_numpy()]
        for one, other in (("a", "b"), ("b", "a"))
    ]
    both = pd.concat(parts, ignore_index=True)
    return both[both["person"].isin(asked(network))].reset_index(drop=True)


def _chances(network: Network, ends: pd.DataFrame) -> pd.DataFrame | None:
    found = replies(network)
    if found.curve is None:
        return None
    keys = ["person", "alter"]
    chances = ends[keys].merge(found.frame[[*keys, "chance", "low", "high"]], on=keys, how="left")
    return chances[["chance", "low", "high"]]


def _measured(ends: pd.DataFrame, chances: pd.DataFrame) -> pd.DataFrame:
    both, unknown = ends[["person"]].join(chances), chances["chance"].isna()
    for name, column in (("sure", "low"), ("likely", "chance")):
        both[name] = (both[column] >= _EVEN).astype("float64").mask(unknown)
    columns = ["sure", "likely", "low", "high"]
    found = both.groupby("person", sort=False)[columns].sum(min_count=1)
    return pd.DataFrame(
        {
            "person": found.index.astype("str"),
            "favour": "reply",
            "needed_low": np.nan,
            "needed_high": np.nan,
            "above_low": found["sure"].to_numpy(np.float64),
            "above_high": found["likely"].to_numpy(np.float64),
            "helpers_low": found["low"].to_numpy(),
            "helpers_high": found["high"].to_numpy(),
            "warrant": MEASURED,
        }
    )


def _assumed(ends: pd.DataFrame, favour: str) -> pd.DataFrame:
    needed = _needed(favour)
    each = [acting(ends["strength"], favour, slope) for slope in SLOPES]
    both = ends.assign(
        sure=ends["strength"] >= max(needed),
        likely=ends["strength"] >= min(needed),
        one=each[0],
        other=each[1],
    )
    found = both.groupby("person", sort=False)[["sure", "likely", "one", "other"]].sum()
    helpers = found[["one", "other"]]
    return pd.DataFrame(
        {
            "person": found.index.astype("str"),
            "favour": favour,
            "needed_low": min(needed),
            "needed_high": max(needed),
            "above_low": found["sure"].to_numpy(np.float64),
            "above_high": found["likely"].to_numpy(np.float64),
            "helpers_low": helpers.min(axis=1).to_numpy(),
            "helpers_high": helpers.max(axis=1).to_numpy(),
            "warrant": ASSUMED,
        }
    )


def _crowds(ends: pd.DataFrame, chances: pd.DataFrame | None) -> pd.DataFrame:
    columns = ["person", "first", "last", "chance", "helpers_low", "helpers_high"]
    if chances is None or chances["chance"].isna().all():
        return pd.DataFrame({name: pd.Series(dtype="float64") for name in columns})
    known = ends.join(chances).dropna(subset=["chance"])
    both = known.sort_values("strength", ascending=False, kind="stable")
    both["rank"] = both.groupby("person").cumcount() + 1
    edges = [0, *_CROWDS, np.inf]
    both["crowd"] = pd.cut(both["rank"], edges, labels=False)
    found = both.groupby(["person", "crowd"], sort=True).agg(
        first=("rank", "min"),
        last=("rank", "max"),
        chance=("chance", "mean"),
        helpers_low=("low", "sum"),
        helpers_high=("high", "sum"),
    )
    return found.reset_index()[columns]
