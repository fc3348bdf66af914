"""Structural holes and closure: who stands between others, and whose contacts know each other.

What nobody could see is missing, with a reason: one owner's files are a star, and in a star
everybody would look like a perfect broker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import triu

from netquality.measures.result import Result
from netquality.measures.triangles import Embeddedness, embeddedness
from netquality.ties.knows import colleagues, combined, seen_together

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["NO_TIES", "STAR", "Structure", "structure"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

STAR, NO_TIES = "star", "no ties"
_KNOWN = ("observed", "declared", "given")
_FIGURES = (
    *("constraint", "effective_size", "efficiency", "clustering", "clustering_weighted"),
    "triangles",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Structure(Result):
    """Structural holes and closure, by person and by tie.

    Attributes
    ----------
    frame
        Index person. ``ties`` is the number of contacts and always stands. The figures stand
        where ``reason`` is missing: ``constraint`` (Burt: how far a person's effort leads back
        to the same people; 1 with one contact, low for a broker), ``effective_size`` (contacts
        that are not redundant), ``efficiency`` (the same as a share of ``ties``), ``clustering``
        (share of pairs of contacts that are tied; missing below two contacts),
        ``clustering_weighted`` (each such pair counted by the geometric mean of the three
        strengths over the largest strength of the network) and ``triangles`` (pairs of contacts
        that are tied). Else ``reason`` is ``star`` (ties between this person's contacts are not
        observed) or ``no ties``, and the figures are missing.
    ties
        One row a tie that was observed, declared or given: ``a``, ``b``, ``common`` (contacts
        that both have), ``overlap`` (these as a share of all contacts of the two; missing where
        neither has another contact), ``reason``: missing, or ``star`` where not all contacts of
        both ends are seen.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> structure(build(Tables())).ties.columns.tolist()
    ['a', 'b', 'common', 'overlap', 'reason']
    """

    ties: pd.DataFrame


@dataclass(frozen=True, eq=False)
class _Edges:
    """Ties between people as codes."""

    a: Ints
    b: Ints
    weight: Floats

    def with_more(self, more: _Edges) -> _Edges:
        ends = np.r_[self.a, more.a], np.r_[self.b, more.b]
        return _Edges(*ends, np.r_[self.weight, more.weight])


def structure(network: Network, *, probable: bool = False) -> Structure:
    """Return structural holes, closure and overlap, where the data shows them.

    Two people's tie is observed if everything that one of them does is seen. So a person's
    structure stands if at most one of the contacts is not seen in this way, and a tie's overlap
    if both ends are.

    Constraint and effective size use all that a contact spends, also on people outside of the
    person's own contacts. An owner's files do not show that part: an owner's figures are those
    of the ego-network, in which contacts have no ties but to the owner and to one another.

    Parameters
    ----------
    network
        Any network; with owners one row each, else one row a person.
    probable
        Whether ties between contacts that no source could show count as well, if there was a
        group conversation or a meeting with both. Their weight is the probability that the two
        know each other. It lifts the reason ``star`` from owners who have such a pair among
        their contacts, not from ties.

    Returns
    -------
    Structure
        Multiplying all strengths by a constant changes no figure.

    Notes
    -----
    Burt (1992), *Structural Holes*; overlap and weighted clustering: Onnela et al. (2005, 2007).
    Overlap is reported apart and is no part of strength: its sign differs between kinds of
    networks (Pan and Saramäki 2012).

    Examples
    --------
    >>> import networkx as nx
    >>> from netquality.pipeline.reading import from_graph
    >>> graph = nx.Graph()
    >>> rows = [("zora", "odo", 0.8), ("zora", "mab", 0.2), ("odo", "mab", 0.4)]
    >>> graph.add_weighted_edges_from(rows)
    >>> float(structure(from_graph(graph)).frame.loc["zora", "effective_size"].round(3))
    1.1
    """
    people, seen = network.contact.people, network.contact.seen
    ties = network.ties
    ties = ties[ties["basis"].isin(_KNOWN) & (ties["strength"] > 0)].reset_index(drop=True)
    known = _coded(ties, people)
    more = _probable(network, known) if probable else None
    found = _found(known, len(people))
    persons = found if more is None else _found(known.with_more(more), len(people))
    star = _is_star(known, seen) & ~_is_lifted(network, known, more)
    frame = _frame(persons, found.degree, star, people).reindex(_asked(network))
    frame["ties"] = frame["ties"].fillna(0).astype("int64")
    frame["reason"] = frame["reason"].mask(frame["ties"] == 0, NO_TIES)
    return Structure(
        frame=frame,
        as_of=network.as_of,
        coverage=_coverage(network, ties, frame, more),
        parameters={"probable": probable},
        ties=_overlaps(ties, found, seen[known.a] & seen[known.b]),
    )


def _asked(network: Network) -> pd.Index:
    who = pd.Index(network.egos) if network.egos else network.contact.people
    return who.astype("str").rename("person")


def _coded(ties: pd.DataFrame, people: pd.Index) -> _Edges:
    a, b = (people.get_indexer(pd.Index(ties[end])).astype(np.int64) for end in ("a", "b"))
    return _Edges(a, b, ties["strength"].to_numpy(dtype=np.float64))


def _found(edges: _Edges, size: int) -> Embeddedness:
    return embeddedness(edges.a, edges.b, edges.weight, size)


def _is_star(known: _Edges, seen: Bools) -> Bools:
    """Say for whom ties between contacts are not observed: two contacts are not seen whole."""
    ends, others = np.r_[known.a, known.b], np.r_[known.b, known.a]
    unseen = np.bincount(ends[~seen[others]], minlength=len(seen))
    return np.asarray(unseen > 1, dtype=bool)


def _is_lifted(network: Network, known: _Edges, more: _Edges | None) -> Bools:
    """Say for whom probable ties stand in: owners with such a tie between two contacts."""
    people = network.contact.people
    lifted = np.zeros(len(people), dtype=bool)
    if more is None:
        return lifted
    for code in people.get_indexer(pd.Index(network.egos)):
        contacts = np.zeros(len(people), dtype=bool)
        contacts[known.b[known.a == code]] = contacts[known.a[known.b == code]] = True
        lifted[code] = (contacts[more.a] & contacts[more.b]).any()
    return lifted


def _probable(network: Network, known: _Edges) -> _Edges:
    """Return pairs of contacts with evidence, whose tie no source could show."""
    people, seen = network.contact.people, network.contact.seen
    a, b, together = _together(network)
    tied = np.isin(np.arange(len(people)), np.r_[known.a, known.b])
    low, high = np.minimum(known.a, known.b), np.maximum(known.a, known.b)
    fresh = ~np.isin(a * len(people) + b, low * len(people) + high)
    new = fresh & tied[a] & tied[b] & ~seen[a] & ~seen[b]
    a, b = a[new], b[new]
    return _Edges(a, b, combined(together[new], _same_employer(network, a, b)))


def _together(network: Network) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of people seen together, the lower code first, and the evidence."""
    everybody = pd.Series(np.arange(len(network.people)), index=network.people.index)
    # Those who can have no tie count as well: they make a group larger.
    code_of = network.identity.person_of.map(everybody).dropna().astype("int64")
    egos = frozenset(int(everybody[ego]) for ego in network.egos)
    pairs = seen_together(network.events, code_of, len(everybody), egos)
    able = everybody.loc[network.contact.people].to_numpy()
    upper = triu(pairs[able][:, able], k=1, format="coo")
    a, b = (codes.astype(np.int64) for codes in upper.coords)
    return a, b, upper.data


def _same_employer(network: Network, a: Ints, b: Ints) -> Floats:
    people, employer = network.contact.people, network.people["employer"]
    telling = colleagues(employer).loc[people].to_numpy()
    firm = employer.loc[people].to_numpy(dtype=object)
    return np.where((firm[a] == firm[b]) & ~pd.isna(firm[a]), telling[a], 0.0)


def _frame(found: Embeddedness, degree: Ints, star: Bools, people: pd.Index) -> pd.DataFrame:
    frame = pd.DataFrame({"ties": degree}, index=people)
    for name in _FIGURES:
        frame[name] = np.where(star | (degree == 0), np.nan, getattr(found, name))
    frame["reason"] = _reason(star).to_numpy()
    return frame


def _reason(star: Bools) -> pd.Series:
    return pd.Series(STAR, index=range(len(star)), dtype="str").where(star)


def _overlaps(ties: pd.DataFrame, found: Embeddedness, seen: Bools) -> pd.DataFrame:
    frame = ties[["a", "b"]].copy()
    frame["common"] = np.where(seen, found.common, np.nan)
    frame["overlap"] = np.where(seen, found.overlap, np.nan)
    frame["reason"] = _reason(~seen)
    return frame


def _coverage(
    network: Network, ties: pd.DataFrame, frame: pd.DataFrame, more: _Edges | None
) -> tuple[str, ...]:
    of_basis = [(int((ties["basis"] == basis).sum()), basis) for basis in _KNOWN]
    shown = ", ".join(f"{count:,} {basis}" for count, basis in of_basis if count)
    said = [f"The figures stand on {len(ties):,} ties{f': {shown}' if shown else ''}."]
    if more is not None:
        said.append(_said_of_probable(more))
    star, none = (int((frame["reason"] == reason).sum()) for reason in (STAR, NO_TIES))
    if star:
        said.append(
            f"Left out ({STAR}): {star:,} of {len(frame):,} people; whether their contacts have "
            "ties with each other is not observed."
        )
    if none:
        said.append(f"Without any ties, so without structure: {none:,} of {len(frame):,} people.")
    if network.egos and not network.contact.seen.all():
        said.append(
            "An owner's figures are those of the ego-network: what contacts spend on people "
            "outside of it is not seen."
        )
    if (ties["basis"] == "given").any() and star < len(frame):
        said.append("An edge that is missing in a given graph is taken as no tie.")
    return tuple(said)


def _said_of_probable(more: _Edges) -> str:
    if not len(more.a):
        return (
            "No probable ties were found: no two contacts whose tie could not be seen were "
            "in a group conversation or meeting together."
        )
    low, high = more.weight.min(), more.weight.max()
    return (
        f"Probable ties added: {len(more.a):,}, of contacts who were in group conversations or "
        "meetings together, with the probability that the two know each other as weight "
        f"({low:.2f} to {high:.2f}); clustering and triangles count each as a whole "
        "tie. Contacts who were never seen together count as not tied, which is a guess: where "
        "they know each other, constraint is higher and effective size lower than shown."
    )
