"""Put the tables and pictures of a report into one HTML page."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from netquality.days import shown
from netquality.errors import BadInput
from netquality.page import people, reading, tables
from netquality.page.words import plural
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netquality.advice.introductions import Introductions
    from netquality.measures.profile import Profile
    from netquality.network import Network

__all__ = ["build"]

_PLACES = ("profile", "ties")
_KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"<?xml": "image/svg+xml", b"<svg": "image/svg+xml"}
_NO_ALT = "Chart; the tables beside it carry the same numbers."
_NOTE = 1000


@dataclass(frozen=True)
class Picture:
    """A chart inside the page: its bytes as a data address, and what it shows in words."""

    address: str
    alt: str


def build(
    network: Network,
    profile: Profile,
    introductions: Introductions | None,
    pictures: Mapping[str, Path | bytes],
    *,
    title: str,
    alts: Mapping[str, str] | None = None,
) -> str:
    """Return the report as one HTML document that opens offline and runs no script.

    Parameters
    ----------
    network
        A network as of one day.
    profile
        Its profile.
    introductions
        Pairs to introduce; ``None`` leaves the section with a line that there are none.
    pictures
        PNG or SVG of the charts, as bytes or as a path, under the names ``"profile"`` and
        ``"ties"``. A chart that is not given is left out.
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
    >>> from netquality import network
    >>> from netquality.measures.profile import profile
    >>> from netquality.schema import Tables
    >>> nobody = network.build(Tables())
    >>> build(nobody, profile(nobody), None, {}, title="My network")[:15]
    '<!doctype html>'
    """
    drawn = {name: _picture(name, data, alts or {}) for name, data in pictures.items()}
    template = _environment().get_template("report.html.j2")
    return template.render(
        title=clean(title),
        as_of="" if network.timeless else shown(network.as_of, network.relative),
        relative=bool(network.relative),
        whole_group=not network.egos,
        pictures=drawn,
        **_read(network),
        **_people(network, profile),
        **_ties(network),
        **_introductions(network, introductions),
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
    if name not in _PLACES or kind is None:
        raise BadInput(
            f"The picture {name!r} has no place on the page.",
            accepted=f"PNG or SVG under the names {', '.join(_PLACES)}.",
        )
    coded = base64.b64encode(content).decode("ascii")
    return Picture(f"data:{kind};base64,{coded}", clean(alts.get(name, _NO_ALT), limit=_NOTE))


def _read(network: Network) -> dict[str, Any]:
    return {
        "verdict": reading.verdict(network),
        "files": reading.files(network),
        "unneeded": reading.unneeded(network),
        "refused": reading.refused(network),
        "notes": _lines(network.notes),
        "add_next": reading.next_files(network),
        "years": people.by_year(network),
        "employers": people.by_employer(network),
    }


def _people(network: Network, profile: Profile) -> dict[str, Any]:
    each = (people.fame, people.intimacy, people.helpers, people.profiles)
    found = (make(network, profile) for make in each)
    return {
        "profiles": tuple(made for made in found if made is not None),
        "coverage": _lines(profile.coverage),
    }


def _ties(network: Network) -> dict[str, Any]:
    return {
        "cut": f"{network.cut:g}",
        "others": plural(len(network.ties) - len(tables.own(network)), "tie"),
        "ties": tables.ties(network),
        "dormant": tables.dormant(network),
    }


def _introductions(network: Network, result: Introductions | None) -> dict[str, Any]:
    if result is None:
        return {"pairs": None, "heading": "", "scored": "", "pair_notes": ()}
    return {
        "pairs": tables.introduced(network, result),
        "heading": clean(result.heading, limit=_NOTE),
        "scored": f"{plural(result.considered, 'pair')} scored of {result.possible:,} possible.",
        "pair_notes": _lines(result.notes),
    }


def _lines(lines: Any) -> tuple[str, ...]:
    return tuple(clean(line, limit=_NOTE) for line in lines)
