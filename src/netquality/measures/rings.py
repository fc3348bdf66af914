"""An ego's network as rings: how often there is contact, how strong, and who belongs together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.measures.bands import BANDS, band_of, contact_days
from netquality.measures.result import Result

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["GROUPS", "Rings", "rings"]

GROUPS, LEAST = 8, 3
# Room for the ego in the middle, and the share of a ring that stays free at each of its edges.
_HOLE, _EDGE = 0.16, 0.22
# The least angle of a named sector: names at the rim of narrower ones would cover each other.
_NARROW = 0.3
_COLUMNS = ("alter", "band", "ring", "radius", "angle", "group", "strength", "grade")


@dataclass(frozen=True, eq=False, repr=False)
class Rings(Result):
    """Where each alter of one ego stands.

    Attributes
    ----------
    frame
        One row an alter with contact, strongest first: ``alter``, ``band`` (contact band;
        missing where the tie is one-way or nothing has a time), ``ring`` (1 weekly, 2 monthly,
        3 seasonal, 4 yearly, 5 rarer, one-way or without a band), ``radius`` (0 the centre, 1
        the rim; inside a ring the stronger stand nearer), ``angle`` (radians, clockwise from
        the top), ``group`` (employer, "" where none is known), ``strength``, ``grade``.
    bands
        One row a ring: ``ring``, ``band``, ``inner`` and ``outer`` (radii), ``alters``.
    sectors
        One row a sector: ``group`` ("" for all the others), ``alters``, ``start``, ``end``
        (radians).
    """

    bands: pd.DataFrame
    sectors: pd.DataFrame


def rings(network: Network) -> Rings:
    """Lay out an ego's alters in rings by contact band, after Hill and Dunbar (2003).

    The distance from the centre tells how often there is contact (the ring) and, inside a
    ring, the order of strength; equal ones are spread by their id, so that they do not
    cover each other. The angle only groups: alters of one of the `GROUPS` largest employers
    (with `LEAST` alters and more) share a sector, the others share what is left. The same
    network always gives the same places.

    Parameters
    ----------
    network
        A network of one owner.

    Returns
    -------
    Rings
        Without rows, and with a sentence that says why, where the network has no one ego.
        Contacts without any contact seen have no place; they are counted in `coverage`.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> rings(build(Tables())).coverage
    ('Rings are drawn round one ego, and this network has 0.',)
    """
    if network.ego is None:
        why = f"Rings are drawn round one ego, and this network has {len(network.egos)}."
        return _placed(pd.DataFrame(columns=["alter", "group", "grade"]), network, (why,))
    ties = network.ties[network.ties["a"] == network.ego]
    touched = ties["out"].fillna(0) + ties["in"].fillna(0) > 0
    silent = int((~touched).sum())
    said = f"{silent:,} contacts without any contact seen are not drawn."
    return _placed(_alters(network, ties[touched]), network, (said,) if silent else ())


def _alters(network: Network, ties: pd.DataFrame) -> pd.DataFrame:
    known = contact_days(network)
    both = known[(known["a"] == network.ego) & known["two_way"]]
    days = both.set_index("b")["days"]
    employer = network.people["employer"]
    return pd.DataFrame(
        {
            "alter": ties["b"],
            "rate": ties["b"].map(days).astype("float64"),
            "group": ties["b"].map(employer).fillna("").astype("str"),
            "strength": ties["strength"],
            "grade": ties["grade"],
        }
    ).reset_index(drop=True)


def _placed(alters: pd.DataFrame, network: Network, coverage: tuple[str, ...]) -> Rings:
    alters = alters.reindex(columns=["alter", "rate", "group", "strength", "grade"])
    alters = alters.astype({"rate": "float64", "strength": "float64"})
    alters["band"] = band_of(alters["rate"])
    numbers = {name: number for number, name in enumerate(BANDS, start=1)}
    alters["ring"] = alters["band"].astype("object").map(numbers).fillna(len(BANDS)).astype("int64")
    bands, sectors = _bands(alters), _sectors(alters)
    alters["radius"] = _radii(alters, bands)
    alters["angle"] = _angles(alters, sectors)
    asked = {"groups": GROUPS, "least": LEAST}
    frame = alters[[*_COLUMNS]]
    return Rings(frame, network.as_of, bands, sectors, coverage=coverage, parameters=asked)


def _bands(alters: pd.DataFrame) -> pd.DataFrame:
    edges = np.linspace(_HOLE, 1.0, len(BANDS) + 1)
    ring = np.arange(1, len(BANDS) + 1)
    counts = alters["ring"].value_counts().reindex(ring, fill_value=0).to_numpy()
    return pd.DataFrame(
        {
            "ring": ring,
            "band": list(BANDS),
            "inner": edges[:-1],
            "outer": edges[1:],
            "alters": counts,
        }
    )


def _radii(alters: pd.DataFrame, bands: pd.DataFrame) -> pd.Series:
    """Spread the alters of a ring over its breadth in order of strength, strongest inside."""
    # Angles follow the ids; ids read backwards do not, or equal ties would stand in spirals.
    order = alters.assign(backwards=alters["alter"].astype("str").str[::-1]).sort_values(
        ["strength", "backwards"], ascending=[False, True], na_position="last", kind="stable"
    )
    place = order.groupby("ring").cumcount().reindex(alters.index)
    share = (place + 0.5) / alters.groupby("ring")["ring"].transform("size")
    ends = bands.set_index("ring")
    inner, outer = (alters["ring"].map(ends[end]) for end in ("inner", "outer"))
    return inner + (outer - inner) * (_EDGE + (1 - 2 * _EDGE) * share)


def _sectors(alters: pd.DataFrame) -> pd.DataFrame:
    """Divide the circle: the largest employers first, then all the others."""
    known = alters["group"][alters["group"] != ""]
    counts = known.value_counts().rename_axis("group").reset_index(name="alters")
    counts = counts.sort_values(["alters", "group"], ascending=[False, True], kind="stable")
    named = counts[counts["alters"] >= LEAST].head(GROUPS)
    rest = pd.DataFrame({"group": [""], "alters": [len(alters) - int(named["alters"].sum())]})
    every = pd.concat([named, rest], ignore_index=True)
    every = every[every["alters"] > 0].astype({"group": "str"}).reset_index(drop=True)
    widths = np.maximum(_NARROW, 2 * np.pi * every["alters"] / max(len(alters), 1))
    ends = (2 * np.pi * widths / widths.sum()).cumsum()
    return every.assign(start=ends.shift(fill_value=0.0), end=ends)


def _angles(alters: pd.DataFrame, sectors: pd.DataFrame) -> pd.Series:
    """Spread the alters of one ring and sector evenly over the sector, in order of their id."""
    ends = sectors.set_index("group")
    sector = alters["group"].where(alters["group"].isin(ends.index), "")
    cell = [alters["ring"], sector]
    place = alters["alter"].groupby(cell).rank(method="first")
    share = (place - 0.5) / alters["alter"].groupby(cell).transform("size")
    start, end = (sector.map(ends[name]).astype("float64") for name in ("start", "end"))
    return (start + (end - start) * share).astype("float64")
