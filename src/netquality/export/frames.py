"""The tables that leave the house: persons named, text clean, dates as ISO or as days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.export.columns import mended
from netquality.measures.bands import contact_seen
from netquality.text import UNTIDY, clean

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from netquality.advice.introductions import Introductions
    from netquality.measures.result import Result
    from netquality.network import Network

__all__ = ["dated", "introductions_frame", "people_frame", "result_frame", "ties_frame"]

_TIES = (
    *("a", "a_name", "b", "b_name", "strength", "strength_low", "strength_high"),
    *("latent", "standing", "grade", "basis"),
    *("probability", "out", "in", "days", "first", "last", "two_way", "one_to_one", "connected"),
)
_PEOPLE = (
    *("person", "name", "kind", "ego", "profile", "mail", "phone", "employer", "title"),
    *("connected", "accounts", "ambiguous"),
)
_PERSONS = ("person", "introducer", "a", "b")


def ties_frame(network: Network) -> pd.DataFrame:
    """Return one row a tie, strongest first, as it is written to ``ties.csv``.

    Parameters
    ----------
    network
        A network as of one day.

    Returns
    -------
    pandas.DataFrame
        ``a, a_name, b, b_name``, then the columns of `Network.ties`. ``first``, ``last`` and
        ``connected`` are ISO days, or whole days since the start of a log without real dates;
        ``out``, ``in`` and ``days`` are whole numbers; what was not observed is missing.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> ties_frame(build(Tables())).columns[:4].tolist()
    ['a', 'a_name', 'b', 'b_name']
    """
    ordered = network.ties.sort_values(
        ["strength", "a", "b"], ascending=[False, True, True], na_position="last"
    )
    frame = _named(ordered.reset_index(drop=True), network.people["name"])
    if not contact_seen(network):
        # Where no file could show contact, its absence is unknown and not 0.
        silent = frame["grade"] == "silent"
        unseen = ["strength", "strength_low", "strength_high", "latent", "out", "in", "days"]
        frame[unseen] = frame[unseen].astype("float64").mask(silent)
    for column in ("out", "in", "days"):
        frame[column] = frame[column].astype("Int64")
    return _finished(frame, network)[list(_TIES)]


def people_frame(network: Network) -> pd.DataFrame:
    """Return one row a person, as it is written to ``people.csv``.

    Parameters
    ----------
    network
        A network as of one day.

    Returns
    -------
    pandas.DataFrame
        ``person`` (the id that the other files use) and the columns of `Network.people`.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> people_frame(build(Tables())).columns[:2].tolist()
    ['person', 'name']
    """
    frame = network.people.rename_axis("person").reset_index()
    return _finished(frame, network)[list(_PEOPLE)]


def introductions_frame(result: Introductions, network: Network | None = None) -> pd.DataFrame:
    """Return one row a suggested introduction, as it is written to ``introductions.csv``.

    Parameters
    ----------
    result
        What `netquality.introductions` returned.
    network
        The network it was asked of; with it, every person's name stands beside the id.

    Returns
    -------
    pandas.DataFrame
        The columns of ``result.frame``; with a network also ``introducer_name``, ``a_name`` and
        ``b_name``.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> result = SimpleNamespace(frame=pd.DataFrame({"a": ["zora"], "b": ["milo"]}))
    >>> people = pd.DataFrame({"name": ["Zora Quillfeather"]}, index=["zora"])
    >>> introductions_frame(result, SimpleNamespace(people=people)).iloc[0].tolist()
    ['zora', 'Zora Quillfeather', 'milo', nan]
    """
    frame = result.frame.reset_index(drop=True)
    return _cleaned(frame if network is None else _named(frame, network.people["name"]))


def result_frame(result: Result) -> pd.DataFrame:
    """Return the frame of a measure as it may be shown or written to a table.

    Parameters
    ----------
    result
        What a measure (`netquality.profile`, `netquality.circles`, ...) returned.

    Returns
    -------
    pandas.DataFrame
        ``result.to_frame()``, ids and other text clean as in the other tables; moments as
        ISO days.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> frame = pd.DataFrame({"person": ["zora  "], "contacts": [120]})
    >>> result_frame(SimpleNamespace(to_frame=lambda: frame))["person"].tolist()
    ['zora']
    """
    frame = result.to_frame()
    dates = {name: dated(frame[name], relative=False) for name in frame.select_dtypes("datetime")}
    texts = frame.assign(**{str(name): column for name, column in dates.items()})
    words = dict.fromkeys(texts.select_dtypes("category"), "str")
    return _cleaned(texts.astype(words))


def dated(days: pd.Series, relative: bool) -> pd.Series:
    """Return moments as ISO days, or as whole days since the start of the log.

    Parameters
    ----------
    days
        A Series of ``datetime64``; ``NaT`` is unknown.
    relative
        Whether the log's dates only count from its start.

    Examples
    --------
    >>> moments = pd.Series(["1970-01-13", None], dtype="datetime64[s]")
    >>> dated(moments, relative=False).tolist(), dated(moments, relative=True).tolist()
    (['1970-01-13', nan], [12, <NA>])
    """
    if relative:
        counted: pd.Series = (days - pd.Timestamp(0)).dt.days.astype("Int64")
        return counted
    written: pd.Series = days.dt.strftime("%Y-%m-%d").astype("str")
    return written


def _named(frame: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Set a column of names beside every column of person ids that has none yet."""
    named = frame.copy()
    for column in _PERSONS:
        if column in named and f"{column}_name" not in named:
            place = list(named.columns).index(column) + 1
            named.insert(place, f"{column}_name", named[column].map(names).astype("str"))
    return named


def _finished(frame: pd.DataFrame, network: Network) -> pd.DataFrame:
    dates = frame.select_dtypes("datetime").columns
    return _cleaned(frame.assign(**{c: dated(frame[c], network.relative) for c in dates}))


def _cleaned(frame: pd.DataFrame) -> pd.DataFrame:
    texts: Mapping[Hashable, pd.Series] = {
        column: _tidied(series) for column, series in frame.select_dtypes(["str", "object"]).items()
    }
    return frame.assign(**{str(column): series for column, series in texts.items()})


def _tidied(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.StringDtype):
        return mended(column, UNTIDY, _whole)
    texts: pd.Series = column.map(_whole, na_action="ignore").astype("str")
    return texts


def _whole(value: object) -> str:
    # An id cut short could fall together with another one, so here nothing is shortened.
    return clean(value, limit=None)
