"""JSON of what was read and of the profile, for a program or a person who wants it all."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from netquality.days import shown
from netquality.text import clean

if TYPE_CHECKING:
    from netquality.measures.profile import Profile
    from netquality.network import Network

__all__ = ["iso", "profile_json", "reading_json"]

_FILE = ("name", "bundle", "format", "era", "read", "kept", "merged", "rejected", "odd")


def profile_json(profile: Profile) -> str:
    """Return a profile as JSON text: a row a person, the helpers by favour, the coverage.

    Unknown values are ``null``; the keys are the columns of ``profile.frame``.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> row = {"contacts": [120], "reach": [math.nan]}
    >>> profile = SimpleNamespace(
    ...     frame=pd.DataFrame(row, index=["zora"]), helpers=pd.DataFrame(), coverage=[]
    ... )
    >>> json.loads(profile_json(profile))["people"]
    [{'person': 'zora', 'contacts': 120, 'reach': None}]
    """
    return _text(
        {
            "people": _records(profile.frame.rename_axis("person").reset_index()),
            "helpers": _records(profile.helpers),
            "coverage": [clean(line, limit=None) for line in profile.coverage],
        }
    )


def reading_json(network: Network) -> str:
    """Return what was read of every file as JSON text.

    Per file: its name and format, how many rows were read, kept, merged and rejected, how many
    dates were odd, the first and last day, the time zone, why it was not needed (``unused``) and
    how often which reason led to a rejection (``reasons``). ``notes`` holds every assumption.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> reading = json.loads(reading_json(build(Tables())))
    >>> reading["files"], reading["ties"]
    ([], 0)
    """
    files = [_file(network, row) for row in network.sources.to_dict("records")]
    return _text(
        {
            "as_of": None if network.timeless else iso(network.as_of, network.relative),
            "relative": bool(network.relative),
            "timeless": bool(network.timeless),
            "egos": [clean(ego, limit=None) for ego in network.egos],
            "people": len(network.people),
            "ties": len(network.ties),
            "files": files,
            "notes": [clean(note, limit=None) for note in network.notes],
        }
    )


def iso(day: Any, relative: bool) -> str | int | None:
    """Return an integer day as an ISO day; of a relative log the integer, of unknown ``None``.

    Examples
    --------
    >>> iso(20_000, relative=False), iso(12, relative=True), iso(pd.NA, relative=False)
    ('2024-10-04', 12, None)
    """
    if pd.isna(day):
        return None
    return int(day) if relative else shown(day)


def _file(network: Network, row: dict[Any, Any]) -> dict[str, Any]:
    rejects = network.rejects[network.rejects["source"] == row["source"]]
    reasons = rejects["reason"].value_counts().sort_index()
    days = {key: iso(row[key], network.relative) for key in ("first", "last")}
    texts = {key: _value(row[key]) for key in ("zone", "unused")}
    counted = {clean(reason): int(count) for reason, count in reasons.items()}
    return {key: _value(row[key]) for key in _FILE} | days | texts | {"reasons": counted}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): _value(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _value(value: Any) -> Any:
    """Return what JSON can hold; unknown and infinite numbers have no word there but null."""
    if isinstance(value, str):
        return clean(value, limit=None)
    if isinstance(value, np.generic):
        value = value.item()
    if pd.isna(value) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
