"""Fame and intimacy in your own network.

Read a LinkedIn export or any interaction log into a weighted graph, contrast breadth with
strong ties, rank warm introductions.

    import netquality as nq

    network = nq.read("Complete_LinkedInDataExport_11-20-2026.zip")
    network.graph                       # a weighted networkx.Graph
    nq.profile(network)                 # fame and intimacy
    nq.introductions(network).top(10)   # pairs, score, parts, reasons
    nq.charts.ties(network.ties)        # weak against strong ties; returns the Axes

Names are loaded when first used, so that importing the package stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from netquality.errors import Ambiguous, BadInput, BrokenTable, NetQualityError, NotObserved

if TYPE_CHECKING:
    from netquality import charts
    from netquality.advice.introductions import introductions
    from netquality.measures.profile import profile
    from netquality.network import Network
    from netquality.pipeline import from_graph, read, report
    from netquality.samples.write import sample

__version__ = "0.1.0"

__all__ = [
    "Ambiguous",
    "BadInput",
    "BrokenTable",
    "NetQualityError",
    "Network",
    "NotObserved",
    "charts",
    "from_graph",
    "introductions",
    "profile",
    "read",
    "report",
    "sample",
]

_HOMES = {
    "Network": "netquality.network",
    "from_graph": "netquality.pipeline",
    "introductions": "netquality.advice.introductions",
    "profile": "netquality.measures.profile",
    "read": "netquality.pipeline",
    "report": "netquality.pipeline",
    "sample": "netquality.samples.write",
}


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("netquality.charts")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'netquality' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
