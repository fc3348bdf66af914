"""The people as the page shows them: names, employers, and links to their profiles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from netquality.network import Network

__all__ = ["Crowd", "crowd", "slug"]

_NAME = 80
# What is left after quoting, and short enough to be a profile's name.
_SLUG = re.compile(r"[A-Za-z0-9%_.~-]{1,300}")


@dataclass(frozen=True)
class Crowd:
    """Everybody in one order; tables and pictures name a person by the place in it.

    Attributes
    ----------
    ids
        Person ids.
    names, employers, titles, slugs
        What is shown of each; ``""`` where nothing is known. A slug is what stands after
        ``https://www.linkedin.com/in/``.
    """

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)

    def place(self, person: Any) -> int:
        """Return where a person stands; -1 for somebody who is not among them."""
        return self.places.get(person, -1)

    def slug(self, place: int) -> str:
        """Return the slug of the person at a place, or nothing."""
        return self.slugs[place] if place >= 0 else ""


def crowd(network: Network) -> Crowd:
    r"""Return the people of a network as they may be shown.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> people = pd.DataFrame({"name": ["Zoë\u202e Quill"], "profile": ["zoë"]}, index=["z"])
    >>> made = crowd(SimpleNamespace(people=people))
    >>> made.names, made.slugs, made.place("z"), made.place("milo")
    (('Zoë Quill',), ('zo%C3%AB',), 0, -1)
    """
    people = network.people
    ids = tuple(str(person) for person in people.index)
    shown = zip(_texts(people, "name"), ids, strict=True)
    names = tuple(name or clean(person, limit=_NAME) or "unnamed" for name, person in shown)
    employers, titles, profiles = (_texts(people, c) for c in ("employer", "title", "profile"))
    places = {person: place for place, person in enumerate(people.index)}
    return Crowd(ids, names, employers, titles, tuple(slug(each) for each in profiles), places)


def slug(profile: str) -> str:
    """Return a profile's slug as it may stand in an address, or nothing if it cannot be one.

    Examples
    --------
    >>> slug("zora-quill-7f3a"), slug("zo%C3%AB"), slug("javascript:alert(1)"), slug("a/../b")
    ('zora-quill-7f3a', 'zo%C3%AB', '', '')
    """
    plain = unquote(profile)
    if re.search(r"[\s/\\:?#<>\"'()]", plain) or set(plain) <= {"."}:
        return ""
    quoted = quote(plain, safe="-_.~")
    return quoted if _SLUG.fullmatch(quoted) else ""


def _texts(people: pd.DataFrame, column: str) -> tuple[str, ...]:
    if column not in people:
        return ("",) * len(people)
    return tuple(clean(value, limit=_NAME) for value in people[column])
