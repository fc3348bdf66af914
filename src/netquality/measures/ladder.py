"""The ladder of favours: what each takes, who is above it, how many would help, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.errors import BadInput, NotObserved
from netquality.measures.ends import asked, when
from netquality.measures.outcomes import curves_of
from netquality.measures.replies import replies
from netquality.measures.result import Result
from netquality.ties.threshold import FAVOURS, SLOPES, WAYS, acting, needed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netquality.network import Network
    from netquality.ties.threshold import Recorded

__all__ = ["ASSUMED", "MEASURED", "RECORDED", "Above", "Ladder", "above", "ladder", "threshold"]

MEASURED, RECORDED, ASSUMED = "measured", "recorded", "assumed"
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
        all were asked), ``warrant``, ``outcomes`` (recorded ones of that favour).
    curves
        By favour, what was learned from recorded outcomes.
    crowds
        Of the reply rung, one row a person and crowd: the ``first`` to ``last`` strongest ties,
        how many of them would answer (``helpers_low``, ``helpers_high``) and the mean
        ``chance``. Empty where it was not measured.
    """

    crowds: pd.DataFrame
    curves: Mapping[str, Recorded]


@dataclass(frozen=True, eq=False)
class Above:
    """Which rows of `Network.ties` are above a favour's threshold, and by which warrant."""

    rows: Bools
    warrant: str


def ladder(network: Network, way: str = "person") -> Ladder:
    """Return what each favour takes, from an answer to money.

    Every rung says by which warrant. The reply rung is *measured* where the log has enough
    direct messages: chances come from `netquality.replies`, learned from this log's own past. A
    rung of which 30 outcomes and more were recorded (``netquality record outcome``) is *recorded*:
    its curve over the strength that ties had when they were asked is learned from them, held near
    the assumed one. The others are *assumed*: no data has favours asked, so thresholds are spaced
    by 1 in log-odds, the slope lies between 1 and 2, and every figure is the band over both ends.

    Parameters
    ----------
    network
        With owners, the owners' ties; else everybody's.
    way
        How one asks: ``person``, ``video``, ``call`` or ``mail``. Face to face more people help
        (Roghanizad & Bohns 2022). The measured reply rung is that of messages, whatever is said
        here.

    Returns
    -------
    Ladder
        Only ties with contact count. ``needed`` is missing for a measured rung, which does not
        stand on strength alone. Intervals of recorded rungs are 95 %.

    Raises
    ------
    BadInput
        When no way to ask bears the name.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> ladder(build(Tables())).frame.empty
    True
    """
    _refuse_unknown(way, WAYS, "way to ask")
    ends, curves, counts = _ends(network), *curves_of(network)
    chances = None if "reply" in curves else _chances(network, ends)
    rows = []
    for favour in FAVOURS:
        if favour == "reply" and chances is not None:
            rows.append(_measured(ends, chances))
        elif favour in curves:
            rows.append(_learned(ends, favour, way, curves[favour]))
        else:
            rows.append(_assumed(ends, favour, way))
    frame = pd.concat(rows, ignore_index=True)
    frame["outcomes"] = frame["favour"].map(counts).fillna(0).astype("int64")
    order = pd.Categorical(frame["favour"], list(FAVOURS))
    frame = frame.assign(order=order).sort_values(["person", "order"], kind="stable")
    return Ladder(
        frame.drop(columns="order").reset_index(drop=True),
        network.as_of,
        _crowds(ends, chances),
        curves,
        coverage=_coverage(network, len(ends), way, chances is not None, tuple(curves)),
        parameters={"way": way},
    )


def above(network: Network, favour: str, way: str = "person") -> Above:
    """Say which ties are above a favour's threshold: sure to have an even chance at least.

    Parameters
    ----------
    favour
        One of `netquality.ties.threshold.FAVOURS`.
    way
        How one asks; see `ladder`.

    Raises
    ------
    BadInput
        When no favour, or no way to ask, bears the name.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> above(build(Tables()), "introduction").warrant
    'assumed'
    """
    _refuse_unknown(favour, FAVOURS, "favour")
    _refuse_unknown(way, WAYS, "way to ask")
    ends, curves = _ends(network), curves_of(network)[0]
    chances = _chances(network, ends) if favour == "reply" and favour not in curves else None
    if chances is not None:
        sure, warrant = (chances["low"] >= _EVEN).to_numpy(), MEASURED
    else:
        sure = ends["strength"].to_numpy(np.float64) >= _needed(favour, way, curves)[1]
        warrant = RECORDED if favour in curves else ASSUMED
    rows = np.zeros(len(network.ties), dtype=bool)
    rows[ends["tie"].to_numpy()[sure]] = True
    return Above(rows, warrant)


def threshold(network: Network, favour: str, way: str = "person") -> tuple[float, float]:
    """Return the strengths from which on an even chance of a favour is possible, and sure.

    Parameters
    ----------
    favour, way
        As for `above`.

    Raises
    ------
    BadInput
        When no favour or way bears the name.
    NotObserved
        When the rung is measured: it stands on more than strength.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> [round(strength, 3) for strength in threshold(build(Tables()), "introduction")]
    [0.881, 0.982]
    """
    _refuse_unknown(favour, FAVOURS, "favour")
    _refuse_unknown(way, WAYS, "way to ask")
    curves = curves_of(network)[0]
    if favour == "reply" and favour not in curves and replies(network).curve is not None:
        raise NotObserved("The reply rung is measured here: it stands on more than strength.")
    return _needed(favour, way, curves)


def _needed(favour: str, way: str, curves: Mapping[str, Recorded]) -> tuple[float, float]:
    return curves[favour].needed(way) if favour in curves else needed(favour, way)


def _refuse_unknown(name: str, known: Mapping[str, float], what: str) -> None:
    if name not in known:
        raise BadInput(f"No {what} is called {name!r}.", accepted=f"{', '.join(known)}.")


def _coverage(
    network: Network, ties: int, way: str, measured: bool, learned: tuple[str, ...]
) -> tuple[str, ...]:
    how = "in person" if way == "person" else f"by {way}"
    said = [f"{when(network)}, {ties:,} ties with contact, asked one by one {how}."]
    if measured:
        said.append("The reply rung is measured on this log's own messages.")
    elif "reply" not in learned:
        said.append("Too few direct messages to measure the reply rung.")
    if learned:
        said.append(f"Learned from recorded outcomes: {', '.join(learned)}.")
    return (*said, "What is not said to be measured or recorded is assumed.")


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


def _assumed(ends: pd.DataFrame, favour: str, way: str) -> pd.DataFrame:
    least, most = needed(favour, way)
    each = [acting(ends["strength"], favour, slope, way) for slope in SLOPES]
    both = ends.assign(one=each[0], other=each[1])
    helpers = both.groupby("person", sort=False)[["one", "other"]].sum()
    return _rung(ends, favour, (least, most), ASSUMED).assign(
        helpers_low=helpers.min(axis=1).to_numpy(), helpers_high=helpers.max(axis=1).to_numpy()
    )


def _learned(ends: pd.DataFrame, favour: str, way: str, curve: Recorded) -> pd.DataFrame:
    by = ends.groupby("person", sort=False)["strength"]
    helpers = [curve.helpers(some.to_numpy(np.float64), way) for _, some in by]
    low, high = np.array(helpers, dtype=np.float64).reshape(-1, 2).T
    return _rung(ends, favour, curve.needed(way), RECORDED).assign(
        helpers_low=low, helpers_high=high
    )


def _rung(
    ends: pd.DataFrame, favour: str, strengths: tuple[float, float], warrant: str
) -> pd.DataFrame:
    """Return a rung without helpers: from which strengths on an even chance is possible, sure."""
    least, most = strengths
    both = ends.assign(sure=ends["strength"] >= most, likely=ends["strength"] >= least)
    found = both.groupby("person", sort=False)[["sure", "likely"]].sum()
    return pd.DataFrame(
        {
            "person": found.index.astype("str"),
            "favour": favour,
            "needed_low": least,
            "needed_high": most,
            "above_low": found["sure"].to_numpy(np.float64),
            "above_high": found["likely"].to_numpy(np.float64),
            "helpers_low": np.nan,
            "helpers_high": np.nan,
            "warrant": warrant,
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
