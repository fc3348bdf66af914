"""Fame and intimacy in your own network.

Read a LinkedIn export or any interaction log into a weighted graph, contrast breadth with
strong ties, rank warm introductions.

    import netquality as nq

    network = nq.read("Complete_LinkedInDataExport_11-20-2026.zip")
    network.graph                       # a weighted networkx.Graph
    nq.profile(network)                 # fame and intimacy, with intervals
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
    from netquality.evaluation.backtest import backtest
    from netquality.measures.broadcast import broadcast
    from netquality.measures.changes import changes
    from netquality.measures.circles import circles
    from netquality.measures.initiative import initiative
    from netquality.measures.ladder import ladder
    from netquality.measures.lift import lift
    from netquality.measures.multiplexity import multiplexity
    from netquality.measures.past import past
    from netquality.measures.persistence import persistence
    from netquality.measures.profile import profile
    from netquality.measures.reciprocity import reciprocity
    from netquality.measures.replies import replies
    from netquality.measures.rings import rings
    from netquality.measures.silence import silence
    from netquality.measures.standing import standing
    from netquality.measures.structure import structure
    from netquality.measures.weights import weights
    from netquality.network import Network
    from netquality.pipeline.keeping import Workspace
    from netquality.pipeline.reading import from_graph, read
    from netquality.pipeline.reporting import report
    from netquality.samples.write import sample

__version__ = "0.6.0"

__all__ = [
    "Ambiguous",
    "BadInput",
    "BrokenTable",
    "NetQualityError",
    "Network",
    "NotObserved",
    "Workspace",
    "backtest",
    "broadcast",
    "changes",
    "charts",
    "circles",
    "from_graph",
    "initiative",
    "introductions",
    "ladder",
    "lift",
    "multiplexity",
    "past",
    "persistence",
    "profile",
    "read",
    "reciprocity",
    "replies",
    "report",
    "rings",
    "sample",
    "silence",
    "standing",
    "structure",
    "weights",
]

_HOMES = {
    "Network": "netquality.network",
    "Workspace": "netquality.pipeline.keeping",
    "backtest": "netquality.evaluation.backtest",
    "broadcast": "netquality.measures.broadcast",
    "changes": "netquality.measures.changes",
    "circles": "netquality.measures.circles",
    "from_graph": "netquality.pipeline.reading",
    "initiative": "netquality.measures.initiative",
    "introductions": "netquality.advice.introductions",
    "ladder": "netquality.measures.ladder",
    "lift": "netquality.measures.lift",
    "multiplexity": "netquality.measures.multiplexity",
    "past": "netquality.measures.past",
    "persistence": "netquality.measures.persistence",
    "profile": "netquality.measures.profile",
    "read": "netquality.pipeline.reading",
    "reciprocity": "netquality.measures.reciprocity",
    "replies": "netquality.measures.replies",
    "report": "netquality.pipeline.reporting",
    "rings": "netquality.measures.rings",
    "sample": "netquality.samples.write",
    "silence": "netquality.measures.silence",
    "standing": "netquality.measures.standing",
    "structure": "netquality.measures.structure",
    "weights": "netquality.measures.weights",
}


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("netquality.charts")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'netquality' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
