"""What the page tells: the results of all measures, asked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netquality.advice.introductions import introductions
from netquality.measures.broadcast import broadcast
from netquality.measures.circles import circles
from netquality.measures.initiative import initiative
from netquality.measures.multiplexity import multiplexity
from netquality.measures.past import past
from netquality.measures.profile import profile
from netquality.measures.reciprocity import reciprocity
from netquality.measures.rings import rings
from netquality.measures.silence import silence
from netquality.measures.structure import structure

if TYPE_CHECKING:
    from netquality.advice.introductions import Introductions
    from netquality.measures.broadcast import Broadcast
    from netquality.measures.circles import Circles
    from netquality.measures.initiative import Initiative
    from netquality.measures.multiplexity import Multiplexity
    from netquality.measures.past import Past
    from netquality.measures.profile import Profile
    from netquality.measures.reciprocity import Reciprocity
    from netquality.measures.rings import Rings
    from netquality.measures.silence import Silence
    from netquality.measures.structure import Structure
    from netquality.network import Network

__all__ = ["Answers", "ask"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Answers:
    """The results that a page is made of; all about one network, as of its day.

    Attributes
    ----------
    profile, past, circles, structure, multiplexity, reciprocity, initiative, broadcast, silence
        What the measures of these names return.
    rings
        Only for one ego; a whole group has none.
    introductions
        Pairs to introduce; ``None`` leaves the section with a line that there are none.
    """

    profile: Profile
    past: Past
    circles: Circles
    structure: Structure
    multiplexity: Multiplexity
    reciprocity: Reciprocity
    initiative: Initiative
    broadcast: Broadcast
    silence: Silence
    rings: Rings | None = None
    introductions: Introductions | None = None


def ask(network: Network, *, top: int = 100) -> Answers:
    """Ask every measure about a network, with its own defaults.

    Parameters
    ----------
    network
        A network as of one day.
    top
        How many introductions at most.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> nobody = ask(build(Tables()))
    >>> nobody.rings is None, nobody.profile.frame.empty
    (True, True)
    """
    return Answers(
        profile=profile(network),
        past=past(network),
        circles=circles(network),
        structure=structure(network),
        multiplexity=multiplexity(network),
        reciprocity=reciprocity(network),
        initiative=initiative(network),
        broadcast=broadcast(network),
        silence=silence(network),
        rings=rings(network) if network.ego is not None else None,
        introductions=introductions(network, top=top),
    )
