"""Files and graphs become one network."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.decisions import decided
from netquality.errors import BadInput
from netquality.identity.merge import merged
from netquality.identity.once import once
from netquality.identity.people import found_person, identify, lead_account
from netquality.network import Network, build
from netquality.pipeline.pooling import seen_by
from netquality.sources.graphs import tables_of
from netquality.sources.ledger import Options
from netquality.sources.sniff import read_sources
from netquality.ties.strength import STRONG

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import networkx as nx

    from netquality.schema import Tables
    from netquality.sources.streams import Progress

__all__ = ["Source", "from_graph", "one_clock", "options_of", "read", "with_aliases"]

# Who somebody is is no matter of days: it is said as of the beginning of all.
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)

Source = str | os.PathLike[str]


def read(
    *sources: Source,
    ego: str | Sequence[str] | None = None,
    as_of: int | date | str | None = None,
    timezone: str | None = None,
    date_format: str | None = None,
    columns: str | None = None,
    every: float | None = None,
    separator: str | None = None,
    directed: bool | None = None,
    region: str | None = None,
    progress: Progress | None = None,
    cut: float = STRONG,
) -> Network:
    r"""Read exports and logs into one network.

    Parameters
    ----------
    sources
        LinkedIn archives (ZIP, folder, single file), mail, calendars, chats, calls, address
        books, interaction logs, GraphML, GEXF or our own ``ties.csv``; several become one
        network, the same file counts once.
    ego
        Whose network it is, where the files do not say it: an id, a profile slug, a mail
        address or a name; several where the owner goes by several.
    as_of
        The day that every score is asked for; default: the last day that a source with
        contacts covers, never the clock.
    timezone
        IANA name for stamps without a zone.
    date_format
        ``dmy``, ``mdy``, ``ymd`` or a strptime format, where a file does not decide it.
    columns
        Roles of a log's columns, as in ``sender,recipient,at``; ``-`` skips one.
    every
        Seconds between sightings of a pair that still belong to one meeting.
    separator
        What stands between several recipients in one cell.
    directed
        Whether a log's two ids mean a direction; by default the data decides.
    region
        Two-letter country of phone numbers that state none; by default that of most others.
    progress
        Called while a large file is read: its name, the bytes read so far, its size.
    cut
        Strength from which a two-way tie counts as strong.

    Raises
    ------
    BadInput
        When something cannot be read; nothing is returned half.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> log = pathlib.Path(tempfile.mkdtemp(), "log.csv")
    >>> _ = log.write_text("sender,recipient,at\nzora,odo,2026-01-05\nodo,zora,2026-01-06\n")
    >>> network = read(log, ego="zora")
    >>> print(network.ties[["a", "b", "out", "in"]].to_string(index=False))
       a   b  out  in
    zora odo  1.0 1.0
    """
    if not sources:
        raise BadInput("No source was named.", todo="Pass a file, a folder or a ZIP.")
    options = options_of(
        ego=ego,
        timezone=timezone,
        date_format=date_format,
        columns=columns,
        every=every,
        separator=separator,
        directed=directed,
        region=region,
        progress=progress,
    )
    tables = once(read_sources(sources, options))
    one_clock(tables.sources)
    return seen_by(with_aliases(tables, options), ego=options.ego, as_of=as_of, cut=cut)


def options_of(*, ego: str | Sequence[str] | None = None, **rest: Any) -> Options:
    """Return the options of reading, the first name of an owner before all others.

    Raises
    ------
    BadInput
        When a country is none.

    Examples
    --------
    >>> options_of(ego=["zora@quill.example", "Zora Quill"]).aliases
    ('Zora Quill',)
    """
    names = (ego,) if isinstance(ego, str) else tuple(ego or ())
    region = rest.pop("region", None)
    if region is not None and not (len(region) == 2 and region.isascii() and region.isalpha()):
        raise BadInput(
            f"{region!r} is no country.", accepted="a two-letter code such as GB, DE or CH."
        )
    lead = names[0] if names else None
    return Options(lead, aliases=names[1:], region=region and region.upper(), **rest)


def with_aliases(tables: Tables, options: Options) -> Tables:
    """Let all that an owner goes by be one person; what occurs in no file adds nothing."""
    if not options.aliases:
        return tables
    identity = identify(tables)
    leads = []
    for each in (str(options.ego), *options.aliases):
        with contextlib.suppress(BadInput):
            person = found_person(identity, tables.accounts, each)
            leads.append(lead_account(tables.accounts, identity, person))
    others = [lead for lead in dict.fromkeys(leads) if lead != leads[0]]
    said = [decided("same", leads[0], other, at=_ALWAYS) for other in others]
    rows = pd.concat([tables.decisions, *said], ignore_index=True)
    return replace(tables, decisions=rows.drop_duplicates("decision", ignore_index=True))


def one_clock(sources: pd.DataFrame) -> None:
    """Refuse dates beside seconds that count from the start of a log.

    Raises
    ------
    BadInput
        When some files have the ones and some the others.
    """
    dated = sources[sources["last"].notna()]
    if dated["zone"].str.startswith("relative").nunique() > 1:
        raise BadInput(
            "Some files count seconds from the start of a log, others have dates.",
            accepted="files that share a clock.",
            todo="Read them apart.",
        )


def from_graph(
    graph: nx.Graph[Any], *, ego: str | None = None, weight: str = "weight", complete: bool = False
) -> Network:
    """Make a network of a bare graph; what needs events is missing in it.

    Parameters
    ----------
    graph
        Undirected or directed; each edge has the weight.
    ego
        The node whose network it is; a whole group's otherwise.
    weight
        The edge attribute that is the strength; weights above 1 are divided by the largest.
    complete
        Whether a missing edge means no tie (True) or not seen (False). With an ego and a graph
        that is not complete, only the ego's ties are taken to be seen whole, and measures of
        structure are not observed.

    Raises
    ------
    BadInput
        When an edge lacks the weight, or it is no number or negative.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edge("zora", "odo", weight=0.9)
    >>> float(from_graph(graph, ego="zora").ties["strength"].iloc[0])
    0.9
    """
    whose = None if ego is None else str(ego)
    tables = merged([tables_of(graph, weight=weight, complete=complete, ego=whose)])
    return build(tables, ego=whose)
