"""Put the answers and pictures of a report into one HTML page."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from netquality.days import shown
from netquality.errors import BadInput
from netquality.identity.smallest import withheld
from netquality.page import bars, exchange, people, points, policy, reading, rhythm, ties
from netquality.page.brief import brief
from netquality.page.crowd import crowd
from netquality.page.data import embedded, people_data, table_data
from netquality.page.tables import Table, own
from netquality.page.ways import ways
from netquality.page.words import plural
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from netquality.network import Network
    from netquality.page.answers import Answers
    from netquality.page.crowd import Crowd

__all__ = ["PICTURES", "Section", "build"]

PICTURES = ("profile", "path", "ties", "rings", "months", "give_and_take", "silence")
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"<?xml": "image/svg+xml", b"<svg": "image/svg+xml"}
_NO_ALT = "Chart; the tables beside it carry the same numbers."
_NOTE = 1000


@dataclass(frozen=True)
class Picture:
    """A chart inside the page: its bytes as a data address, and what it shows in words."""

    address: str
    alt: str


@dataclass(frozen=True)
class Section:
    """A part of the page: its anchor, its heading, and the template that draws it."""

    name: str
    title: str

    @property
    def template(self) -> str:
        """Where the template lies."""
        return f"sections/{self.name}.html.j2"


def build(
    network: Network,
    answers: Answers,
    pictures: Mapping[str, Path | bytes],
    *,
    title: str,
    alts: Mapping[str, str] | None = None,
) -> str:
    """Return the report as one HTML document that opens offline and loads nothing.

    The page is complete without scripts. One script of ours (``page.js``) turns the long tables
    over, sorts and filters them, finds people and links the pictures; the page's policy lets no
    other script run, by its hash.

    Parameters
    ----------
    network
        A network as of one day.
    answers
        The results of all measures of this network, see `netquality.page.answers.Answers`.
    pictures
        PNG or SVG of the charts, as bytes or as a path, under the names in `PICTURES`. A chart
        that is not given is left out.
    title
        Heading of the page.
    alts
        What each picture shows, in words, under the same names.

    Returns
    -------
    str
        HTML. Names and other text from files appear as text, whatever they contain.

    Raises
    ------
    BadInput
        When a picture has an unknown name or is neither PNG nor SVG.

    Examples
    --------
    >>> PICTURES[:2]
    ('profile', 'path')
    """
    said = _told(network)
    spoken = {name: said(alt) for name, alt in (alts or {}).items()}
    drawn = {name: _picture(name, data, spoken) for name, data in pictures.items()}
    everybody = crowd(network)
    parts = {
        **_read(network),
        **_profile(network, answers, everybody),
        **_ties(network, answers, everybody),
        **_contact(network, answers, everybody),
        **_introductions(network, answers, everybody),
        "ways": ways(network),
    }
    sections = _sections(network, bool(parts["years"] or parts["employers"]))
    names = {section.name for section in sections}
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=f"{clean(title)}{', pseudonymised' if network.pseudonymous else ''}",
            pseudonymised=bool(network.pseudonymous),
            as_of="" if network.timeless else shown(network.as_of, network.relative),
            relative=bool(network.relative),
            whole_group=not network.egos,
            pictures=drawn,
            brief=[each for each in brief(network, answers, everybody) if each.section in names],
            sections=sections,
            notes=_notes(network, answers),
            policy=policy.policy(),
            style=policy.style(),
            script=policy.script(),
            crowd_data=embedded(people_data(everybody)),
            table_data=_data(parts.values()),
            **parts,
        )
    )


def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("netquality.page", ""),
        # Everything in the page may have been written by a stranger.
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _picture(name: str, data: Path | bytes, alts: Mapping[str, str]) -> Picture:
    content = data.read_bytes() if isinstance(data, Path) else data
    kind = next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)
    if name not in PICTURES or kind is None:
        raise BadInput(
            f"The picture {name!r} has no place on the page.",
            accepted=f"PNG or SVG under the names {', '.join(PICTURES)}.",
        )
    coded = base64.b64encode(content).decode("ascii")
    return Picture(f"data:{kind};base64,{coded}", clean(alts.get(name, _NO_ALT), limit=_NOTE))


def _sections(network: Network, dated: bool) -> tuple[Section, ...]:
    """Return the sections in order; a mere list of contacts has few, and what it shows first."""
    mine = "Your ties" if network.egos else "Ties"
    every: tuple[Section, ...] = (
        Section("shows", "What this data shows"),
        Section("profile", "Fame and intimacy"),
        Section("ties", mine),
        Section("circles", "Circles"),
        Section("give", "Give and take"),
        Section("megaphone", "Megaphone and handshake"),
        Section("dormant", "Silence and dormant ties"),
        Section("introductions", "Introductions"),
        Section("structure", "Structure"),
        Section("multiplexity", "Ties of several kinds"),
        Section("contacts", "Contacts by year and employer"),
        Section("read", "What was read"),
    )
    listed = bool(network.egos) and ties.bare(own(network))
    if listed:
        first = ("shows", "contacts", "profile", "ties", "introductions", "read")
        every = tuple(
            sorted((s for s in every if s.name in first), key=lambda s: first.index(s.name))
        )
    return tuple(section for section in every if dated or section.name != "contacts")


def _notes(network: Network, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Return what each section stands on; a sentence that was said is not said again."""
    pairs = answers.introductions
    lines: dict[str, Iterable[str]] = {
        "shows": answers.profile.coverage,
        "profile": answers.past.coverage,
        "ties": answers.rings.coverage if answers.rings is not None and network.egos else (),
        "circles": answers.circles.coverage,
        "give": (*answers.reciprocity.coverage, *answers.initiative.coverage),
        "megaphone": answers.broadcast.coverage,
        "dormant": answers.silence.coverage,
        "introductions": () if pairs is None else pairs.notes,
        "structure": answers.structure.coverage,
        "multiplexity": answers.multiplexity.coverage,
        "read": network.notes,
    }
    said: set[str] = set()
    told = _told(network)
    fresh = {}
    for name, each in lines.items():
        cleaned = dict.fromkeys(told(clean(line, limit=_NOTE)) for line in each)
        fresh[name] = tuple(line for line in cleaned if line not in said)
        said.update(cleaned)
    return fresh


def _told(network: Network) -> Callable[[str], str]:
    """Return what a sentence about several people becomes: where they bear pseudonyms, vaguer."""
    return withheld if network.pseudonymous else str


def _read(network: Network) -> dict[str, Any]:
    return {
        "verdict": reading.verdict(network),
        "files": reading.files(network),
        "unneeded": reading.unneeded(network),
        "refused": reading.refused(network),
        "add_next": reading.next_files(network),
        "years": bars.by_year(network),
        "employers": bars.by_employer(network),
    }


def _profile(network: Network, answers: Answers, everybody: Crowd) -> dict[str, Any]:
    made = (
        people.fame(network, answers.profile, everybody),
        people.intimacy(network, answers.profile, everybody),
        people.profiles(answers.profile, everybody),
    )
    return {
        "unseen": people.unseen(answers.profile, everybody),
        "profiles": tuple(each for each in made if each is not None),
        "placed": bool(answers.profile.frame["fame"].notna().any()),
        "helpers": people.helpers(answers.profile, everybody),
        "past": people.past(answers.past, everybody),
    }


def _ties(network: Network, answers: Answers, everybody: Crowd) -> dict[str, Any]:
    plots = (points.ring_plot(answers.rings, everybody), points.tie_plot(network, everybody))
    drawn = tuple(plot for plot in plots if plot is not None)
    return {
        "cut": f"{network.cut:.3g}",
        "bare": ties.bare(own(network)),
        "others": plural(len(network.ties) - len(own(network)), "tie"),
        "people": ties.people(network, everybody),
        "ties": ties.ties(network, everybody),
        "dormant": ties.dormant(network, everybody),
        "plots": drawn,
        "plot_names": tuple(plot.name for plot in drawn),
    }


def _contact(network: Network, answers: Answers, everybody: Crowd) -> dict[str, Any]:
    flows, starts = answers.reciprocity, answers.initiative
    return {
        "bands": rhythm.bands(answers.circles, everybody),
        "circles_found": rhythm.circles_found(answers.circles, everybody),
        "silent": rhythm.silent(network, answers.silence, everybody),
        "timed": not answers.silence.frame.empty,
        "quarters": rhythm.quarters(network, answers.silence),
        "initiative": exchange.initiative(starts, everybody),
        "exchange": exchange.exchange(network, flows, starts, everybody),
        "broadcast": exchange.broadcast(answers.broadcast, everybody),
        "months": exchange.months(network, answers.broadcast),
        "star": exchange.star(answers.structure, network.pseudonymous),
        "holes": exchange.holes(answers.structure, everybody),
        "manifold": exchange.manifold(network, answers.multiplexity, everybody),
    }


def _introductions(network: Network, answers: Answers, everybody: Crowd) -> dict[str, Any]:
    result = answers.introductions
    if result is None:
        return {"pairs": None, "heading": "", "scored": ""}
    return {
        "pairs": ties.introduced(network, result, everybody),
        "heading": clean(result.heading, limit=_NOTE),
        "scored": f"{plural(result.considered, 'pair')} scored of {result.possible:,} possible.",
    }


def _data(parts: Iterable[Any]) -> dict[str, Any]:
    """Return the rows of every table that the script turns over, as JSON."""
    flat = (each for part in parts for each in (part if isinstance(part, tuple) else (part,)))
    keyed = (each for each in flat if isinstance(each, Table) and each.key)
    return {table.key: embedded(table_data(table)) for table in keyed}
