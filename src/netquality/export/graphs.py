"""GraphML and GEXF: the network for Gephi, NetworkX, igraph and Cytoscape."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from netquality.disk import write
from netquality.export.gexf import gexf_text
from netquality.export.graphml import graphml_text
from netquality.text import clean

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from pathlib import Path

    from netquality.network import Network

__all__ = ["portable", "write_gexf", "write_graphml", "write_graphs"]


def portable(network: Network) -> nx.Graph[str]:
    """Return the network's graph with nothing in it that an XML file cannot carry.

    Text is cleaned of characters that XML forbids, numbers are plain Python numbers, and what is
    unknown is absent. A file of an undirected graph still names one end of an edge first:
    ``out`` counts from the end that is named first to the other, ``in`` the other way.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> graph = nx.Graph([("zora", "milo", {"strength": math.nan, "out": 3.0})])
    >>> ties = pd.DataFrame({"a": ["zora"], "b": ["milo"]})
    >>> list(portable(SimpleNamespace(graph=graph, ties=ties)).edges(data=True))
    [('zora', 'milo', {'out': 3.0})]
    """
    graph = network.graph
    ids = _distinct(graph.nodes)
    plain: nx.Graph[str] = nx.Graph(**_known(graph.graph))
    plain.add_nodes_from((ids[node], _known(data)) for node, data in graph.nodes(data=True))
    forward = set(zip(network.ties["a"].tolist(), network.ties["b"].tolist(), strict=True))
    plain.add_edges_from(
        (ids[u], ids[v], _known(data if (u, v) in forward else _turned(data)))
        for u, v, data in graph.edges(data=True)
    )
    return plain


def write_graphml(network: Network, path: str | os.PathLike[str]) -> Path:
    """Write the network as GraphML; ``networkx.read_graphml`` reads it back.

    Raises
    ------
    BadInput
        When the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"a": ["zora"], "b": ["milo"]})
    >>> network = SimpleNamespace(graph=nx.path_graph(["zora", "milo"]), ties=ties)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     list(nx.read_graphml(write_graphml(network, folder + "/network.graphml")))
    ['zora', 'milo']
    """
    return write(path, graphml_text(portable(network)).encode())


def write_gexf(network: Network, path: str | os.PathLike[str]) -> Path:
    """Write the network as GEXF, names as labels; ``networkx.read_gexf`` reads it back.

    Raises
    ------
    BadInput
        When the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"a": ["zora"], "b": ["milo"]})
    >>> network = SimpleNamespace(graph=nx.path_graph(["zora", "milo"]), ties=ties)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     list(nx.read_gexf(write_gexf(network, folder + "/network.gexf")))
    ['zora', 'milo']
    """
    return write(path, gexf_text(portable(network)).encode())


def write_graphs(
    network: Network, graphml: str | os.PathLike[str], gexf: str | os.PathLike[str]
) -> list[Path]:
    """Write the network in both formats, as `write_graphml` and `write_gexf` do.

    Its text is cleaned once for both, which of a large network is a third of the work.

    Raises
    ------
    BadInput
        When a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"a": ["zora"], "b": ["milo"]})
    >>> network = SimpleNamespace(graph=nx.path_graph(["zora", "milo"]), ties=ties)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_graphs(network, folder + "/a.graphml", folder + "/a.gexf")]
    ['a.graphml', 'a.gexf']
    """
    graph = portable(network)
    written = ((graphml, graphml_text(graph)), (gexf, gexf_text(graph)))
    return [write(path, text.encode()) for path, text in written]


def _distinct(nodes: Any) -> dict[Any, str]:
    """Give every node an id fit for XML; two that only differ in hidden characters stay two."""
    ids: dict[Any, str] = {}
    taken: set[str] = set()
    for node in nodes:
        base = clean(str(node), limit=None) or "unnamed"
        name, again = base, 1
        while name in taken:
            again += 1
            name = f"{base}~{again}"
        ids[node] = name
        taken.add(name)
    return ids


def _turned(data: Mapping[str, Any]) -> dict[str, Any]:
    swap = {"out": "in", "in": "out"}
    return {swap.get(key, key): value for key, value in data.items()}


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: plain for key, value in data.items() if (plain := _plain(value)) is not None}


def _plain(value: Any) -> str | int | float | bool | None:
    if isinstance(value, str):
        return clean(value, limit=None) or None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, int) else None
