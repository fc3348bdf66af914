"""GEXF 1.2 as text, without the date of the day: one network, the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.export.markup import DECLARATION, TYPES, Forms, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

__all__ = ["gexf_text"]

_SPACE = "http://www.gexf.net/1.2draft"
_ROOT = (
    f'<gexf xmlns="{_SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{_SPACE} {_SPACE}/gexf.xsd" version="1.2">\n'
    "  <meta>\n    <creator>netquality</creator>\n  </meta>\n"
    '  <graph defaultedgetype="undirected" mode="static" name="">\n'
)


def gexf_text(graph: nx.Graph[str]) -> str:
    """Return an undirected graph as GEXF, with names as labels and the weight as GEXF's own.

    Parameters
    ----------
    graph
        With attributes that are text, truth values and finite numbers, all of it fit for XML:
        see `netquality.export.graphs.portable`.

    Examples
    --------
    >>> import networkx as nx
    >>> text = gexf_text(nx.Graph([("zora", "milo", {"weight": 0.5})]))
    >>> text.splitlines()[-4].strip()
    '<edge source="zora" target="milo" id="0" weight="0.5" />'
    """
    forms = Forms("", '          <attvalue for="{key}" value="%s" />\n')
    body = [*_listed("nodes", _nodes(graph, forms)), *_listed("edges", _edges(graph, forms))]
    declared = [*_declared("edge", forms), *_declared("node", forms)]
    return "".join([DECLARATION, _ROOT, *declared, *body, "  </graph>\n</gexf>\n"])


def _nodes(graph: nx.Graph[str], forms: Forms) -> Iterator[str]:
    for node, data in graph.nodes(data=True):
        named = f"id={quoted(node)} label={quoted(data.get('name', node))}"
        yield _element("node", named, forms.filled("node", data))


def _edges(graph: nx.Graph[str], forms: Forms) -> Iterator[str]:
    for number, (u, v, data) in enumerate(graph.edges(data=True)):
        weight = f" weight={quoted(data['weight'])}" if "weight" in data else ""
        ends = f'source={quoted(u)} target={quoted(v)} id="{number}"{weight}'
        rest = {name: value for name, value in data.items() if name != "weight"}
        yield _element("edge", ends, forms.filled("edge", rest))


def _element(tag: str, attributes: str, values: str) -> str:
    if not values:
        return f"      <{tag} {attributes} />\n"
    inner = f"        <attvalues>\n{values}        </attvalues>\n"
    return f"      <{tag} {attributes}>\n{inner}      </{tag}>\n"


def _listed(tag: str, lines: Iterator[str]) -> list[str]:
    inner = list(lines)
    return [f"    <{tag}>\n", *inner, f"    </{tag}>\n"] if inner else [f"    <{tag} />\n"]


def _declared(scope: str, forms: Forms) -> list[str]:
    """Return the declarations of one scope; none where nothing was met."""
    lines = [
        f'      <attribute id="{key}" title={quoted(name)} type="{TYPES[kind]}" />\n'
        for (where, name, kind), key in forms.keys.items()
        if where == scope
    ]
    start, end = f'    <attributes mode="static" class="{scope}">\n', "    </attributes>\n"
    return [start, *lines, end] if lines else []
