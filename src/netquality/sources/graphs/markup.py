"""GraphML and GEXF, parsed without trusting them."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from netquality.errors import BadInput

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["ROOT", "graph_in"]

ROOT = re.compile(rb"<(?:\w+:)?(graphml|gexf)\b")
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*\?>")


def graph_in(name: str, text: bytes) -> nx.Graph[Any]:
    """Return the graph that a GraphML or GEXF document describes.

    Parameters
    ----------
    name
        The file, for messages.
    text
        Its content as UTF-8, whatever it declares to be encoded in.

    Raises
    ------
    BadInput
        When it declares a document type or entities, or is no graph.

    Examples
    --------
    >>> text = (
    ...     b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">'
    ...     b'<node id="zora"/><node id="odo"/><edge source="zora" target="odo"/></graph></graphml>'
    ... )
    >>> list(graph_in("x.graphml", text).edges)
    [('zora', 'odo')]
    """
    import networkx as nx  # late: it takes a fifth of a second, which other files need not pay

    # Entities can swell to gigabytes or name files of this machine, and no graph needs them.
    # A null byte may hide them in an encoding that the parser would detect by itself.
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\x00" in text:
        raise BadInput(
            f"{name} declares a document type or entities, which no graph needs.",
            accepted="plain GraphML or GEXF.",
            todo="It was not opened.",
        )
    root = ROOT.search(text)
    read = nx.read_gexf if root and root[1] == b"gexf" else nx.read_graphml
    plain = io.BytesIO(_DECLARATION.sub(b"", text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an attribute without a type is text, as we take it
            graph: nx.Graph[Any] = read(plain)
    except (nx.NetworkXException, SyntaxError, LookupError, ValueError, TypeError) as error:
        raise BadInput(
            f"{name} is damaged or no graph: {str(error).rstrip('.')}.",
            accepted="GraphML and GEXF as Gephi, NetworkX, igraph or netquality write them.",
            todo="Export it again.",
        ) from None
    return graph
