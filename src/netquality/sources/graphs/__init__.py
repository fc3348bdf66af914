"""Networks that are given as ties: GraphML, GEXF, our own ``ties.csv``, a NetworkX graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netquality.sources.files import foreign
from netquality.sources.graphs.markup import ROOT, graph_in
from netquality.sources.graphs.nodes import read_nodes
from netquality.sources.graphs.ties import is_ties, read_ties
from netquality.sources.ledger import Ledger, Options
from netquality.sources.tables import decode, find_header, refuse_foreign

if TYPE_CHECKING:
    import networkx as nx

    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member

__all__ = ["looks_like_graph", "read_graph", "tables_of"]

_HEAD = 65536


def looks_like_graph(name: str, data: bytes) -> bool:  # noqa: ARG001
    r"""Say whether a file is GraphML, GEXF or our own ``ties.csv``.

    Parameters
    ----------
    name
        The file's name; only the content decides.
    data
        Its content.

    Examples
    --------
    >>> looks_like_graph("x.xml", b"<?xml version='1.0'?><gexf version='1.3'/>")
    True
    >>> looks_like_graph("ties.csv", b"a,a_name,b,b_name,strength\n")
    True
    >>> looks_like_graph("log.csv", b"a,b,weight\n")
    False
    """
    head = decode(data[:_HEAD])[0]
    if head.lstrip().startswith(b"<"):
        return ROOT.search(head) is not None
    return find_header(head, is_ties) is not None


def read_graph(member: Member, data: bytes, bundle: Bundle, options: Options) -> Tables:  # noqa: ARG001
    r"""Read a file of ties; each pair of people becomes one row of the table `given`.

    In a graph file the strength is the edge attribute ``strength``, else ``weight``; weights
    above 1 are divided by the largest. Of a directed graph, a -> b and b -> a are one pair:
    its strength is the larger one, ``out`` and ``in`` are the two weights. Parallel edges add
    up in ``out`` and ``in``. A node whose attribute ``ego`` is true owns the file.

    Parameters
    ----------
    member
        The file.
    data
        Its content.
    bundle
        What it came in.
    options
        What the user said; nothing of it concerns ties that are given.

    Returns
    -------
    Tables
        Sources, accounts, given, attributes and rejects.

    Raises
    ------
    BadInput
        When the file is damaged, declares entities, has no edges, or its edges no strength.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> member = Member("ties.csv", lambda: b"")
    >>> bundle = Bundle("ties.csv", None, (member,), single=True)
    >>> data = b"a,b,strength\nzora,odo,0.5\nzora,milo,1.5\n"
    >>> tables = read_graph(member, data, bundle, Options())
    >>> tables.given["strength"].tolist(), tables.rejects["reason"].tolist()
    ([0.5], ['strength is not between 0 and 1'])
    """
    text = decode(data)[0]
    if text.lstrip().startswith(b"<"):
        book = Ledger(member.name, bundle.name, "graph", data, exported=bundle.exported)
        return read_nodes(book, graph_in(member.name, text))
    refuse_foreign(data, member.name, foreign)
    book = Ledger(member.name, bundle.name, "ties", data, exported=bundle.exported)
    return read_ties(book, text)


def tables_of(
    graph: nx.Graph[Any],
    *,
    weight: str = "weight",
    complete: bool = False,
    ego: str | None = None,
) -> Tables:
    """Return the tables of a graph in memory, read as a graph file is.

    Parameters
    ----------
    graph
        Any NetworkX graph.
    weight
        The edge attribute that is the strength; values above 1 are divided by the largest.
    complete
        Whether an edge that the graph lacks is none (in a directed graph its count is 0) or was
        not seen.
    ego
        The node whose network it is; unless the graph is complete, only its ties are seen whole.

    Raises
    ------
    BadInput
        When there are no edges, or one lacks the weight, or it is no number or negative.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("zora", "odo", {"weight": 4}), ("odo", "zora", {"weight": 1})])
    >>> tables_of(graph).given[["strength", "out", "in"]].iloc[0].tolist()
    [1.0, 4.0, 1.0]
    """
    nodes = sorted(
        f"{node}\t{sorted(map(str, data.items()))}" for node, data in graph.nodes.items()
    )
    edges = sorted(f"{u}\t{v}\t{data}" for u, v, data in graph.edges(data=True))
    settings = f"{graph.is_directed()} {weight} {complete} {ego}"
    content = "\n".join([settings, *nodes, *edges]).encode("utf-8", "surrogatepass")
    book = Ledger("graph", "graph", "graph", content)
    return read_nodes(book, graph, names=(weight,), complete=complete, strict=True, ego=ego)
