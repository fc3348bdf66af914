"""Holes and closure of a weighted network on arrays: one pass over its triangles.

Every figure here is a sum over triangles. With total weights s, largest weights x, a triangle
(i, j, q) adds w_iq w_qj / s_q to what i and j spend on each other through q (the same for both
of them), and p_iq w_jq / x_j to the redundancy of i. So a triangle is looked at once, from its
end of lowest degree, and adds to its three edges and its three people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Embeddedness", "embeddedness"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_WEDGES = 1 << 20
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, eq=False)
class Embeddedness:
    """How people and ties are embedded in triangles.

    Attributes
    ----------
    degree, triangles
        Per person: number of contacts, and of pairs of contacts that are tied.
    constraint
        Per person, Burt's constraint sum_j (p_ij + sum_q p_iq p_qj)^2 with p_ij the share of
        i's weight that goes to j. 1 with one contact; can exceed 1 in a small dense network;
        nan without contacts.
    effective_size
        Per person, Burt's sum_j (1 - sum_q p_iq m_jq) with m_jq = w_jq over the largest weight
        of j, in contacts: their number less their redundancy. nan without contacts.
    efficiency
        Per person, effective size over degree, at most 1. nan without contacts.
    clustering
        Per person, share of the pairs of contacts that are tied, 0 to 1. nan below two contacts.
    clustering_weighted
        Per person, the same with each tied pair counting the geometric mean of the triangle's
        three weights over the largest weight of the network. nan below two contacts.
    common
        Per edge: number of common contacts of its ends.
    overlap
        Per edge: common contacts over all contacts of the two, themselves left out, 0 to 1.
        nan where neither has another contact.
    """

    degree: Ints
    triangles: Ints
    constraint: Floats
    effective_size: Floats
    efficiency: Floats
    clustering: Floats
    clustering_weighted: Floats
    common: Ints
    overlap: Floats


def embeddedness(
    a: npt.ArrayLike, b: npt.ArrayLike, weight: npt.ArrayLike, size: int
) -> Embeddedness:
    """Return structural holes and closure of everybody, and overlap of every edge.

    Multiplying all weights by a constant changes nothing.

    Parameters
    ----------
    a, b
        Codes of the two ends of each undirected edge, from 0 to size - 1; each pair once.
    weight
        Positive weight of each edge.
    size
        Number of people.

    Returns
    -------
    Embeddedness
        Arrays by code, and arrays in the order of the edges.

    Raises
    ------
    BadInput
        When an edge is a loop or comes twice, a code is out of range, or a weight is not a
        positive number.

    Notes
    -----
    Constraint, effective size and efficiency: Burt (1992), *Structural Holes*. Weighted
    clustering and overlap: Onnela et al. (2005, 2007). Triangles are listed from the end of
    lowest degree, which bounds the work by edges^1.5; memory stays bounded by work in chunks.

    Examples
    --------
    Zora (0) gives Odo (1) 4 and Mab (2) 1; those two share 2. Of her two contacts, 1.1 are not
    redundant: p_odo m_mab,odo = 4/5 * 2/2 and p_mab m_odo,mab = 1/5 * 2/4 make .9.

    >>> found = embeddedness([0, 0, 1], [1, 2, 2], [4, 1, 2], 4)
    >>> found.effective_size.round(3).tolist()
    [1.1, 1.583, 1.0, nan]
    >>> found.clustering.tolist(), found.overlap.tolist()
    ([1.0, 1.0, 1.0, nan], [1.0, 1.0, 1.0])
    """
    ends = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    amount = _judged(*ends, np.asarray(weight, dtype=np.float64), size)
    graph = _oriented(*ends, amount, size)
    return _figures(graph, _summed(graph))


def _judged(a: Ints, b: Ints, weight: Floats, size: int) -> Floats:
    """Return the weights as shares of the largest, so that no product of them overflows."""
    accepted = "pairs of two different codes below the size, each once, with a positive weight."
    if not a.shape == b.shape == weight.shape == (len(a),):
        raise BadInput("The ends and weights of edges differ in length.", accepted=accepted)
    if not len(a):
        return weight
    if min(a.min(), b.min()) < 0 or max(a.max(), b.max()) >= size or (a == b).any():
        raise BadInput("An edge is a loop, or its code is out of range.", accepted=accepted)
    if not (np.isfinite(weight) & (weight > 0)).all():
        raise BadInput("A weight is not a positive number.", accepted=accepted)
    shares: Floats = weight / weight.max()
    return shares


@dataclass(frozen=True, eq=False)
class _Oriented:
    """Edges from the end of lower degree to the other; people by place, lowest degree first.

    `place` is by code and `order` says where an edge stood; all else is by place, or by edge
    in the order of its `key`.
    """

    place: Ints
    order: Ints
    key: Ints
    tail: Ints
    head: Ints
    weight: Floats
    degree: Ints

    @property
    def size(self) -> int:
        return len(self.place)

    def at_ends(self, value: Floats) -> Floats:
        """Add the values of edges up at both of their ends."""
        return _added((self.tail, self.head), (value, value), self.size)


def _oriented(a: Ints, b: Ints, weight: Floats, size: int) -> _Oriented:
    degree = np.bincount(np.concatenate((a, b)), minlength=size)
    rising = np.argsort(degree, kind="stable")
    place = np.empty(size, dtype=np.int64)
    place[rising] = np.arange(size)
    key = np.minimum(place[a], place[b]) * size + np.maximum(place[a], place[b])
    order = np.argsort(key, kind="stable")
    key = key[order]
    if (key[1:] == key[:-1]).any():
        raise BadInput("An edge comes twice.", accepted="each pair once.")
    tail, head = np.divmod(key, max(size, 1))
    return _Oriented(place, order, key, tail, head, weight[order], degree[rising])


def _added(at: tuple[Ints, ...], value: tuple[Floats, ...], size: int) -> Floats:
    sums = np.bincount(np.concatenate(at), np.concatenate(value), size)
    return sums.astype(np.float64, copy=False)


@dataclass(frozen=True, eq=False)
class _Sums:
    """What the triangles add up to.

    By edge: `common`, their number, and `through`, the weight w_iq w_qj / s_q that goes
    through third people q. By place: `redundancy` in contacts, and `geometric`, the geometric
    means of weights.
    """

    total: Floats
    common: Ints
    through: Floats
    redundancy: Floats
    geometric: Floats


def _summed(graph: _Oriented) -> _Sums:
    size, edges = graph.size, len(graph.key)
    weight, total = graph.weight, graph.at_ends(graph.weight)
    largest = np.zeros(size)
    for ends in (graph.tail, graph.head):
        np.maximum.at(largest, ends, weight)
    root = np.cbrt(weight)
    common = np.zeros(edges, dtype=np.int64)
    through, redundancy, geometric = np.zeros(edges), np.zeros(size), np.zeros(size)
    for uv, ux, vx in _triangles(graph):
        people = graph.tail[uv], graph.head[uv], graph.head[ux]
        w_uv, w_ux, w_vx = weight[uv], weight[ux], weight[vx]
        s_u, s_v, s_x = (total[each] for each in people)
        m_u, m_v, m_x = (largest[each] for each in people)
        sides = uv, ux, vx
        common += np.bincount(np.concatenate(sides), minlength=edges)
        passed = w_ux * (w_vx / s_x), w_uv * (w_vx / s_v), w_uv * (w_ux / s_u)
        through += _added(sides, passed, edges)
        redundant = (
            w_vx / s_u * (w_ux / m_v + w_uv / m_x),
            w_ux / s_v * (w_vx / m_u + w_uv / m_x),
            w_uv / s_x * (w_vx / m_u + w_ux / m_v),
        )
        redundancy += _added(people, redundant, size)
        geometric += _added(people, (root[uv] * root[ux] * root[vx],) * 3, size)
    return _Sums(total, common, through, redundancy, geometric)


def _triangles(graph: _Oriented) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield the edges (u, v), (u, x) and (v, x) of all triangles u < v < x, chunk by chunk."""
    key, head, edges = graph.key, graph.head, len(graph.key)
    end = np.searchsorted(graph.tail, graph.tail, side="right")
    wedges = end - np.arange(1, edges + 1)
    table = np.zeros(1 << (4 * edges).bit_length(), dtype=bool)
    table[_slot(key, table)] = True
    for low, high in _chunks(wedges):
        uv = np.repeat(np.arange(low, high), wedges[low:high])
        before = np.cumsum(wedges[low:high]) - wedges[low:high]
        ux = uv + 1 + np.arange(len(uv)) - np.repeat(before, wedges[low:high])
        wanted = head[uv] * graph.size + head[ux]
        # Most wedges are open; a look into a small table is cheaper than a search.
        maybe = np.flatnonzero(table[_slot(wanted, table)])
        vx = np.searchsorted(key, wanted[maybe])
        closed = key[np.minimum(vx, edges - 1)] == wanted[maybe]
        yield uv[maybe[closed]], ux[maybe[closed]], vx[closed]


def _slot(key: Ints, table: npt.NDArray[np.bool_]) -> Ints:
    """Spread keys over a table whose length is a power of two (Fibonacci hashing)."""
    bits = np.uint64(64 - (len(table).bit_length() - 1))
    return ((key.astype(np.uint64) * _SPREAD) >> bits).astype(np.int64)


def _chunks(wedges: Ints) -> Iterator[tuple[int, int]]:
    """Cut the edges so that each piece has about `_WEDGES` wedges, or those of one edge."""
    if not len(wedges):
        return
    upto = np.cumsum(wedges)
    cuts = np.searchsorted(upto, np.arange(_WEDGES, upto[-1], _WEDGES))
    ends = np.unique(np.r_[0, cuts, len(wedges)])
    yield from zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)


def _figures(graph: _Oriented, sums: _Sums) -> Embeddedness:
    degree, pairs = graph.degree, graph.degree * (graph.degree - 1) / 2
    triangles = graph.at_ends(sums.common.astype(np.float64)) / 2
    reached, total = graph.weight + sums.through, sums.total
    squares = tuple((reached / total[ends]) ** 2 for ends in (graph.tail, graph.head))
    constraint = _added((graph.tail, graph.head), squares, graph.size)
    size = np.where(degree > 0, degree - sums.redundancy, np.nan)
    others = degree[graph.tail] + degree[graph.head] - 2 - sums.common
    by_edge = np.argsort(graph.order)
    return Embeddedness(
        degree=degree[graph.place],
        triangles=np.rint(triangles).astype(np.int64)[graph.place],
        constraint=np.where(degree > 0, constraint, np.nan)[graph.place],
        effective_size=size[graph.place],
        efficiency=_share(size, degree)[graph.place],
        clustering=_share(triangles, pairs)[graph.place],
        clustering_weighted=_share(sums.geometric, pairs)[graph.place],
        common=sums.common[by_edge],
        overlap=_share(sums.common, others)[by_edge],
    )


def _share(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Floats:
    """Divide; nan where the whole is 0."""
    share: Floats = np.divide(part, np.where(whole > 0, whole, np.nan))
    return share
