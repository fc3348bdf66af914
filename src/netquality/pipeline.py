"""The one place that calls the steps in order; notebooks, report and CLI share it."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netquality.advice.introductions import Introductions, introductions
from netquality.disk import write
from netquality.errors import BadInput
from netquality.export.frames import introductions_frame, people_frame, ties_frame
from netquality.export.graphs import write_graphs
from netquality.export.readings import profile_json, reading_json
from netquality.export.tables import write_csv
from netquality.identity.merge import merged
from netquality.measures.profile import Profile, profile
from netquality.network import Network, build
from netquality.sources.graphs import tables_of
from netquality.sources.ledger import Options
from netquality.sources.sniff import read_source
from netquality.ties.strength import STRONG

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import networkx as nx

    from netquality.page.answers import Answers

__all__ = [
    "CHARTS",
    "EXPORTED",
    "Report",
    "draw",
    "export",
    "from_graph",
    "read",
    "report",
    "safe_output",
]

Source = str | os.PathLike[str]

EXPORTED = (
    *("ties.csv", "people.csv", "introductions.csv", "network.graphml", "network.gexf"),
    *("profile.json", "reading.json"),
)
CHARTS = ("profile", "path", "ties", "rings", "months", "give_and_take", "silence")
_DRAWN = tuple(f"charts/{name}.{kind}" for name in CHARTS for kind in ("png", "svg"))
_PAGE = "report.html"


def read(
    *sources: Source,
    ego: str | None = None,
    as_of: int | date | str | None = None,
    timezone: str | None = None,
    date_format: str | None = None,
    columns: str | None = None,
    every: float | None = None,
    separator: str | None = None,
    directed: bool | None = None,
    cut: float = STRONG,
) -> Network:
    r"""Read exports and logs into one network.

    Parameters
    ----------
    sources
        LinkedIn archives (ZIP, folder, single file), interaction logs, GraphML, GEXF or
        our own ``ties.csv``; several become one network, the same file counts once.
    ego
        Whose network it is, where the files do not say it: an id, a profile slug, a mail
        address or a name.
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
    options = Options(ego, timezone, date_format, columns, every, separator, directed)
    tables = merged(read_source(source, options) for source in sources)
    dated = tables.sources[tables.sources["last"].notna()]
    if dated["zone"].str.startswith("relative").nunique() > 1:
        raise BadInput(
            "Some files count seconds from the start of a log, others have dates.",
            accepted="files that share a clock.",
            todo="Read them apart.",
        )
    return build(tables, ego=ego, as_of=as_of, cut=cut)


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


@dataclass(frozen=True, eq=False)
class Report:
    """A written report.

    Attributes
    ----------
    path
        The page.
    files
        Everything written, the page first.
    network, answers
        What it was made of: the network, and what each measure said of it.
    """

    path: Path
    files: tuple[Path, ...]
    network: Network
    answers: Answers

    @property
    def profile(self) -> Profile:
        """Fame and intimacy."""
        return self.answers.profile

    @property
    def introductions(self) -> Introductions | None:
        """Pairs to introduce."""
        return self.answers.introductions


def report(*sources: Source | Network, output: Source, top: int = 100, **options: object) -> Report:
    """Read, score, and write the page, the charts and the tables.

    Parameters
    ----------
    sources
        As for `read`; or one `Network`.
    output
        The folder to write to; made if missing. It may not be one of the sources.
    top
        How many introductions at most.
    options
        As for `read`.

    Raises
    ------
    BadInput
        When the input cannot be read (nothing is written then) or the output not written.
    """
    from netquality.page.answers import ask
    from netquality.page.build import build as build_page

    named = [source for source in sources if not isinstance(source, Network)]
    target = safe_output(output, named, (_PAGE, *_DRAWN, *EXPORTED))
    network = _network(sources, options)
    answers = ask(network, top=top)
    pictures, alts = draw(network, answers, target)
    files = [*pictures, *export(network, target, answers.profile, answers.introductions)]
    inlaid = {path.stem: path for path in pictures if path.suffix == ".png"}
    html = build_page(network, answers, inlaid, title=_title(network), alts=alts)
    page = write(target / _PAGE, html.encode())
    return Report(page, (page, *files), network, answers)


def _title(network: Network) -> str:
    return "Your network" if network.egos else "A whole group's network"


def _network(sources: tuple[Source | Network, ...], options: dict[str, object]) -> Network:
    first = sources[0] if sources else None
    if isinstance(first, Network):
        return first
    return read(*sources, **options)  # type: ignore[arg-type]


def safe_output(output: Source, sources: Iterable[Source], names: Iterable[str] = ()) -> Path:
    """Return where an output goes, unless a source would be written to.

    Parameters
    ----------
    output
        A file, or a folder that files will be written into.
    sources
        What is read: files and folders.
    names
        The files that will be written into the folder.

    Returns
    -------
    Path
        The output, absolute and without links.

    Raises
    ------
    BadInput
        When the output, or a file in it, is a source or lies inside one.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()).resolve()
    >>> safe_output(folder / "report", [folder / "log.csv"], ["ties.csv"]).name
    'report'
    """
    target = Path(output).resolve()
    written = [target, *((target / name).resolve() for name in names)]
    for source in sources:
        place = Path(source).resolve()
        hit = next((path for path in written if _is_in(path, place)), None)
        if hit is not None:
            how = "lies inside" if place in hit.parents else "is"
            todo = "Choose another place: sources are never written to."
            raise BadInput(f"The output {hit} {how} the source {source}.", todo=todo)
    return target


def _is_in(path: Path, place: Path) -> bool:
    if path == place or place in path.parents:
        return True
    # Two spellings of one file, where the system does not tell cases apart or has hard links.
    with contextlib.suppress(OSError):
        return path.samefile(place)
    return False


def export(
    network: Network,
    output: Source,
    result: Profile | None = None,
    pairs: Introductions | None = None,
) -> list[Path]:
    """Write all tables and graphs of a network into a folder.

    Returns
    -------
    list of Path
        ``ties.csv``, ``people.csv``, ``introductions.csv``, ``network.graphml``,
        ``network.gexf``, ``profile.json``, ``reading.json``.
    """
    folder = Path(output)
    result = profile(network) if result is None else result
    pairs = introductions(network) if pairs is None else pairs
    return [
        write_csv(ties_frame(network), folder / "ties.csv"),
        write_csv(people_frame(network), folder / "people.csv"),
        write_csv(introductions_frame(pairs), folder / "introductions.csv"),
        *write_graphs(network, folder / "network.graphml", folder / "network.gexf"),
        write(folder / "profile.json", profile_json(result).encode()),
        write(folder / "reading.json", reading_json(network).encode()),
    ]


def draw(network: Network, answers: Answers, folder: Path) -> tuple[list[Path], dict[str, str]]:
    """Draw every chart that has something to show into ``charts/`` of a folder.

    Returns
    -------
    tuple
        The files (PNG and SVG), and by the name of each chart what it shows in words.
    """
    from netquality import charts

    names, cut = network.people["name"].to_dict(), {"cut": network.cut}
    shown: dict[str, tuple[Any, dict[str, Any]]] = {
        "profile": (answers.profile, {}),
        "path": (answers.past, {}),
        "ties": (network.ties, cut),
        "rings": (answers.rings, {}),
        "months": (answers.broadcast, {}),
        "give_and_take": (answers.reciprocity, {}),
        "silence": (answers.silence, {}),
    }
    saved: list[Path] = []
    alts = {}
    for name in CHARTS:
        result, how = shown[name]
        if result is None:  # a whole group has no map of one ego
            continue
        empty = charts.fresh(square=name == "rings")
        ax = getattr(charts, name)(result, names=names, ax=empty, **how)
        if not (ax.collections or ax.lines or ax.patches):
            continue  # a picture that says that there is nothing to see
        saved += charts.save(ax, folder / "charts" / name)
        alts[name] = getattr(charts, f"alt_{name}")(result, **how)
    return saved, alts
