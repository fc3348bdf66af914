"""Standing of ties: how close they are said to be, among the ties of one network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.errors import BadInput
from netquality.measures.ends import of_owners, when
from netquality.measures.result import Result
from netquality.ties.standing import WEIGHTS, between, contributions, terms
from netquality.ties.strength import logistic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netquality.network import Network

__all__ = ["Standing", "standing"]


@dataclass(frozen=True, eq=False, repr=False)
class Standing(Result):
    """Standing of ties, or of pairs asked for; see `standing`.

    Attributes
    ----------
    frame
        One row a tie or pair: ``a``, ``b``, ``standing``, ``of_a`` and ``of_b`` (as each side
        sees it), and the parts of the log-odds of ``standing``.
    terms
        The terms behind the parts in standard deviations, as a and as b sees them; the script
        that fits the weights reads them.
    """

    terms: tuple[pd.DataFrame, pd.DataFrame]


def standing(
    network: Network,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    weights: Mapping[str, float] = WEIGHTS,
) -> Standing:
    """Rank ties, or any pairs, by how close they are within their network.

    Six terms, each in standard deviations of this network's ties: what part of the person's
    contact it is and its place in the person's list (as each side sees it), days, span,
    likeness of both circles, reciprocity. The weights were fitted on people's own words about
    their ties (``benchmarks/weights.py``); the parts of a row sum to logit(standing).

    Parameters
    ----------
    network
        Standing is defined where both sides are seen whole, so in a whole group's log.
    pairs
        People two by two, with or without a tie, found as by `Network.person`; by default all
        ties with contact.
    weights
        Log-odds per standard deviation of each term; the default was fitted on all public sets
        that may be used for it.

    Returns
    -------
    Standing
        In (0, 1). Relative: no probability, and not comparable between networks. Where no tie
        has both its sides seen whole, as in one person's export, there is no row, and pairs
        asked for have none.

    Raises
    ------
    BadInput
        When a pair names nobody, several people, or one person twice.

    Examples
    --------
    >>> import networkx as nx
    >>> import netquality as nq
    >>> chain = nx.Graph()
    >>> chain.add_weighted_edges_from([("zora", "odo", 1), ("odo", "mina", 1), ("mina", "pip", 1)])
    >>> group = nq.from_graph(chain, complete=True)
    >>> standing(group).frame[["a", "b", "standing"]].round(2).to_dict("list")
    {'a': ['odo', 'mina', 'mina'], 'b': ['zora', 'pip', 'odo'], 'standing': [0.53, 0.53, 0.44]}
    """
    code_of = pd.Series(np.arange(len(network.contact.people)), index=network.contact.people)
    known = between(network.amounts, network.contact.seen)
    asked = _asked(network, code_of, pairs)
    ends = known if asked is None else asked
    of_a, of_b = terms(known, len(code_of), asked)
    if known.empty:
        of_a, of_b = of_a * np.nan, of_b * np.nan
    parts = contributions(of_a, of_b, weights)
    each = pd.Series(weights)
    names = network.contact.people.to_numpy()
    frame = pd.DataFrame(
        {
            "a": pd.Series(names[ends["a"]], dtype="str"),
            "b": pd.Series(names[ends["b"]], dtype="str"),
            "standing": logistic(parts.sum(axis=1, skipna=False)).to_numpy(),
            "of_a": logistic((of_a * each).sum(axis=1, skipna=False)).to_numpy(),
            "of_b": logistic((of_b * each).sum(axis=1, skipna=False)).to_numpy(),
        }
    ).join(parts.reset_index(drop=True))
    if asked is None:
        frame = frame.sort_values("standing", ascending=False, kind="stable", ignore_index=True)
        frame = of_owners(network, frame)
    said = [f"{when(network)}, {len(known):,} ties whose both sides are seen whole."]
    if known.empty:
        said.append("Standing compares what both sides do with everybody: that is not seen here.")
    return Standing(frame, network.as_of, (of_a, of_b), coverage=tuple(said))


def _asked(
    network: Network, code_of: pd.Series, pairs: Sequence[tuple[str, str]] | None
) -> pd.DataFrame | None:
    if pairs is None:
        return None
    named = {name for pair in pairs for name in pair}
    code = {name: int(code_of[network.person(name)]) for name in named}
    ends = pd.DataFrame([(code[a], code[b]) for a, b in pairs], columns=["a", "b"], dtype="int64")
    if (ends["a"] == ends["b"]).any():
        raise BadInput("A pair names one person twice.", accepted="pairs of two people.")
    return ends
