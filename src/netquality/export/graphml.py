"""GraphML as text, read back by NetworkX as by Gephi."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.export.markup import DECLARATION, TYPES, Forms, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

__all__ = ["graphml_text"]

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_ROOT = (
    f'<graphml xmlns="{_SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{_SPACE} {_SPACE}/1.0/graphml.xsd">\n'
)


def graphml_text(graph: nx.Graph[str]) -> str:
    """Return an undirected graph as GraphML.

    Parameters
    ----------
    graph
        With attributes that are text, truth values and finite numbers, all of it fit for XML:
        see `netquality.export.graphs.portable`.

    Examples
    --------
    >>> import networkx as nx
    >>> text = graphml_text(nx.Graph([("zora", "milo", {"weight": 0.5})]))
    >>> [line.strip() for line in text.splitlines()[-5:-2]]
    ['<edge source="zora" target="milo">', '<data key="d0">0.5</data>', '</edge>']
    """
    forms = Forms("d", '      <data key="{key}">%s</data>\n')
    whole = forms.filled("graph", graph.graph)
    body = [*_nodes(graph, forms), *_edges(graph, forms)]
    lines = [DECLARATION, _ROOT, *_declared(forms), '  <graph edgedefault="undirected">\n']
    return "".join([*lines, *body, whole, "  </graph>\n</graphml>\n"])


def _nodes(graph: nx.Graph[str], forms: Forms) -> Iterator[str]:
    for node, data in graph.nodes(data=True):
        yield _element("node", f"id={quoted(node)}", forms.filled("node", data))


def _edges(graph: nx.Graph[str], forms: Forms) -> Iterator[str]:
    for u, v, data in graph.edges(data=True):
        ends = f"source={quoted(u)} target={quoted(v)}"
        yield _element("edge", ends, forms.filled("edge", data))


def _element(tag: str, attributes: str, data: str) -> str:
    if not data:
        return f"    <{tag} {attributes} />\n"
    return f"    <{tag} {attributes}>\n{data}    </{tag}>\n"


def _declared(forms: Forms) -> Iterator[str]:
    for (scope, name, kind), key in forms.keys.items():
        called = f'attr.name={quoted(name)} attr.type="{TYPES[kind]}"'
        yield f'  <key id="{key}" for="{scope}" {called} />\n'
