"""Score a network and write what came of it: the page, the charts, the tables."""

from __future__ import annotations

import contextlib
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
from netquality.measures.profile import Profile, profile
from netquality.network import Network
from netquality.pipeline.reading import Source, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.page.answers import Answers

__all__ = [
    "CHARTS",
    "EXPORTED",
    "Report",
    "draw",
    "export",
    "report",
    "safe_output",
]

EXPORTED = (
    *("ties.csv", "people.csv", "introductions.csv", "network.graphml", "network.gexf"),
    *("profile.json", "reading.json"),
)
CHARTS = ("profile", "path", "ties", "rings", "months", "give_and_take", "silence")
_DRAWN = tuple(f"charts/{name}.{kind}" for name in CHARTS for kind in ("png", "svg"))
_PAGE = "report.html"


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


def report(
    *sources: Source | Network,
    output: Source,
    top: int = 100,
    names: bool | None = None,
    **options: object,
) -> Report:
    """Read, score, and write the page, the charts and the tables.

    Parameters
    ----------
    sources
        As for `read`; or one `Network`.
    output
        The folder to write to; made if missing. It may not be one of the sources.
    top
        How many introductions at most.
    names
        Whether people are shown as the files name them, or under pseudonyms. By default an
        owner's contacts have names and a whole group's people pseudonyms.
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
    network = _one_page(_network(sources, options))
    if not (names or (names is None and network.egos)):
        network = network.pseudonymised()
    answers = ask(network, top=top)
    pictures, alts = draw(network, answers, target)
    files = [*pictures, *export(network, target, answers.profile, answers.introductions)]
    inlaid = {path.stem: path for path in pictures if path.suffix == ".png"}
    html = build_page(network, answers, inlaid, title=_title(network), alts=alts)
    page = write(target / _PAGE, html.encode())
    return Report(page, (page, *files), network, answers)


def _one_page(network: Network) -> Network:
    """Refuse to put several owners' private ties on one page.

    Raises
    ------
    BadInput
        For a pool of several owners of whom none was named.
    """
    if len(network.egos) < 2:
        return network
    names = ", ".join(sorted(map(str, network.people.loc[list(network.egos), "name"])))
    raise BadInput(
        f"These files belong to {len(network.egos)} owners: {names}.",
        accepted="a page for one of them, with their own ties and what the others released.",
        todo="Say whose page it shall be, with --ego.",
    )


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
