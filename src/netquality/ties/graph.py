"""The face that the field knows: a weighted `networkx.Graph`, and a sparse matrix."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from netquality.days import shown

__all__ = ["graph_of", "matrix_of"]

_NODE = ["name", "kind", "ego", "employer", "title"]
_EDGE = ["a", "b", "strength", "basis", "probability", "first", "last", "out", "in"]


def graph_of(
    ties: pd.DataFrame, people: pd.DataFrame, *, as_of: int | None, relative: bool
) -> nx.Graph[str]:
    """Return a frozen graph: ``weight`` is the strength, unknown attributes are absent.

    Parameters
    ----------
    ties, people
        Of a network.
    as_of
        Kept as a graph attribute, if there are dates at all.
    relative
        Whether days count from the start of a log.

    Returns
    -------
    networkx.Graph
        Nodes are person ids. ``distance`` is -ln(strength), for path functions.
    """
    graph: nx.Graph[str] = nx.Graph(as_of=shown(as_of, relative), relative=relative)
    present = set(ties["a"]) | set(ties["b"]) | set(people.index[people["ego"]])
    nodes = people.loc[people.index.isin(present), _NODE]
    graph.add_nodes_from(
        (str(person), _known(dict(zip(_NODE, row, strict=True))))
        for person, row in zip(nodes.index, nodes.itertuples(index=False), strict=True)
    )
    edges = ties[_EDGE].assign(
        first=ties["first"].map(lambda day: shown(day, relative)),
        last=ties["last"].map(lambda day: shown(day, relative)),
        distance=-np.log(ties["strength"].clip(lower=1e-12)) + 0.0,
        weight=ties["strength"],
    )
    names = list(edges.columns[2:])
    graph.add_edges_from(
        (row[0], row[1], _known(dict(zip(names, row[2:], strict=True))))
        for row in edges.itertuples(index=False, name=None)
    )
    frozen: nx.Graph[str] = nx.freeze(graph)
    return frozen


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in attributes.items() if value == value and value != ""}


def matrix_of(ties: pd.DataFrame, people: pd.Index) -> csr_array:
    """Return strengths as a symmetric CSR array in the order of `people`.

    Examples
    --------
    >>> ties = pd.DataFrame({"a": ["zora"], "b": ["odo"], "strength": [0.9]})
    >>> matrix_of(ties, pd.Index(["odo", "zora"])).toarray().tolist()
    [[0.0, 0.9], [0.9, 0.0]]
    """
    rows = people.get_indexer(pd.Index(ties["a"]))
    columns = people.get_indexer(pd.Index(ties["b"]))
    values = ties["strength"].to_numpy()
    both = (np.r_[rows, columns], np.r_[columns, rows])
    return csr_array((np.r_[values, values], both), shape=(len(people), len(people)))
