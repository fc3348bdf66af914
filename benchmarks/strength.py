"""Does a number made of interactions agree with what people say of their ties? (protocol A)

Sets of public data whose label of closeness is an independent record. The parameter-free columns
are first held against published figures; the product reads the raw files as a user would.
Intervals draw people, not pairs: a pair's weight is how often both its people were drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from measured import public_data, table
from publicsets import SETS, PublicSet, load
from weights import FITTED, pairs_of, read, sampled, weights_of

import netquality as nq
from netquality.evaluation.ranking import weighted_auc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Floats = npt.NDArray[np.float64]

ROUNDS = 400
COLUMNS = (
    *("count", "duration", "recency", "days", "weeks", "span", "decayed count", "reciprocity"),
    *("both-way volume", "overlap", "common neighbours", "Adamic-Adar", "resource allocation"),
    *("weighted cosine", "share", "ego share", "TIE formula"),
)
OURS = ("standing", "strength")
SHOWN = ("count", "share", "ego share", "days", "overlap", "weighted cosine", "TIE formula", *OURS)
# AUC of COLUMNS as published with the protocol; a dash is a column that the set cannot have.
INTERACTING = {
    "thiers13": ".823 .846 .642 .765 .500 .782 .750 - - .657 .584 .588 .603 .727 .868 - .856",
    "copenhagen": (
        ".639 .542 .615 .627 .641 .660 .644 .627 .636 .582 .575 .573 .571 .575 .603 - .658"
    ),
    "bk_fraternity": ".648 - - - - - - - - .548 .536 .537 .540 .555 .684 .704 .684",
    "bk_office": ".655 - - - - - - - - .585 .517 .527 .534 .601 .673 .671 .699",
    "bk_tech": ".742 - - - - - - - - .582 .542 .551 .554 .607 .758 .790 .766",
    "lazega": ".652 - - - - - - .614 .635 .640 .630 .633 .640 .632 .604 - .647",
}
ALL = {
    "thiers13": ".905 .907 .889 .900 .876 .901 .898 - - .911 .898 .900 .903 .929 .909 - .951",
    "copenhagen": (
        ".582 .553 .582 .582 .582 .582 .582 .565 .565 .610 .610 .611 .611 .610 .582 - .655"
    ),
    "bk_fraternity": ".707 - - - - - - - - .628 .619 .620 .623 .642 .722 .730 .731",
    "bk_office": ".723 - - - - - - - - .659 .616 .624 .630 .664 .726 .726 .758",
    "bk_tech": ".750 - - - - - - - - .697 .672 .678 .679 .725 .752 .757 .803",
    "lazega": ".795 - - - - - - .698 .703 .774 .759 .763 .768 .763 .783 - .816",
}
WITHIN = 0.005


def main() -> None:
    folder = public_data()
    if folder is None:
        return
    judged = judge(folder)
    reproduced(judged)
    for title, which in (("Interacting pairs", "interacting"), ("All pairs", "known")):
        print(f"\n{title}: AUC\n")
        print(table(["set", "pairs", "close", *SHOWN], [_row(one, which) for one in judged]))
        against(judged, which)


class Judged:
    """A set with the product's two columns beside its own."""

    def __init__(self, of: PublicSet, network: nq.Network, weights: Mapping[str, float]) -> None:
        self.of, self.columns = of, dict(of.columns)
        for name in OURS:
            self.columns[name] = np.full(of.known.shape, -1.0)
        both, pairs = pairs_of(of, network, of.known)
        at = tuple(np.argwhere(of.known)[both].T)
        frame = nq.standing(network, pairs, weights=weights).frame
        # Where the label is one side's word, that side's view is asked for.
        self.columns["standing"][at] = frame["of_a" if of.of_one else "standing"]
        ties = network.ties
        place = {who: code for code, who in enumerate(of.people)}
        a, b = ties["a"].map(place).to_numpy(), ties["b"].map(place).to_numpy()
        self.columns["strength"][a, b] = self.columns["strength"][b, a] = ties["strength"]

    def auc(self, column: str, which: str, times: Floats | None = None) -> float:
        """Return the AUC over some pairs, each as often as both its people were drawn."""
        pairs = getattr(self.of, which)
        ends = np.argwhere(pairs)
        weight = np.ones(len(ends)) if times is None else times[ends].prod(axis=1)
        return weighted_auc(self.columns[column][pairs], self.of.label[pairs], weight)


def judge(folder: Path) -> list[Judged]:
    """Read all sets, and score each with weights that were fitted on the others."""
    sets = {name: load(name, folder) for name in SETS}
    networks = {name: read(name, folder) for name in SETS}
    samples = {name: sampled(sets[name], networks[name]) for name in FITTED}
    return [
        Judged(
            sets[name],
            networks[name],
            weights_of({other: some for other, some in samples.items() if other != name}),
        )
        for name in SETS
    ]


def reproduced(judged: list[Judged]) -> None:
    """Print how far the parameter-free columns are from the published ones."""
    worst, count = ("", 0.0), 0
    for one in judged:
        for which, published in (("interacting", INTERACTING), ("known", ALL)):
            for column, text in zip(COLUMNS, published[one.of.name].split(), strict=True):
                if text == "-":
                    continue
                away = abs(one.auc(column, which) - float(text))
                count += 1
                if away > worst[1]:
                    worst = (f"{one.of.name}, {column}, {which} pairs", away)
    verdict = "reproduced" if worst[1] <= WITHIN else "NOT reproduced"
    print(f"{count} published figures {verdict} within {WITHIN}; the farthest is off by", end=" ")
    print(f"{worst[1]:.4f} ({worst[0]}).")


def _row(one: Judged, which: str) -> tuple[object, ...]:
    pairs = getattr(one.of, which)
    scores = (f"{one.auc(column, which):.3f}" if column in one.columns else "" for column in SHOWN)
    return (one.of.name, f"{pairs.sum():,}", f"{one.of.label[pairs].sum():,}", *scores)


def against(judged: list[Judged], which: str) -> None:
    """Print the difference of the mean AUC over the sets, people drawn again."""
    others = ("TIE formula", "count", "share", "strength")
    drawn = np.array([_means(judged, which, (*others, "standing"), seed) for seed in range(ROUNDS)])
    point = _means(judged, which, (*others, "standing"), None)
    print(
        f"\nMean AUC of standing over the {len(judged)} sets {point[-1]:.4f}; paired differences:\n"
    )
    rows = []
    for place, other in enumerate(others):
        low, high = np.quantile(drawn[:, -1] - drawn[:, place], [0.025, 0.975])
        away = point[-1] - point[place]
        rows.append(
            (f"to {other}", f"{point[place]:.4f}", f"{away:+.4f} [{low:+.4f}, {high:+.4f}]")
        )
    print(table(["standing", "mean of the other", "difference [95 %]"], rows))


def _means(judged: list[Judged], which: str, columns: tuple[str, ...], seed: int | None) -> Floats:
    rng = np.random.default_rng(seed)
    found = []
    for one in judged:
        people = len(one.of.people)
        times = None
        if seed is not None:
            times = np.bincount(rng.integers(0, people, people), minlength=people).astype(float)
        found.append([one.auc(column, which, times) for column in columns])
    return np.array(found).mean(axis=0)


if __name__ == "__main__":
    main()
