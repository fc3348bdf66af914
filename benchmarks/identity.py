"""Who is who: the automatic merge and the suggestions beside the simplest rules.

Fictional accounts full of planted traps, over several seeds; the truth is planted, an anchor and
no proof, and the shares of traps are far above life. Counts are pairs of accounts, summed over
the seeds; the intervals take pairs for independent, so the range over the seeds stands beside.

``NETQUALITY_IDENTITY`` (as in ``2x600``: seeds, records) makes a quick trial.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pandas as pd
from measured import table

from netquality.evaluation.matching import (
    Matching,
    by_exact_keys,
    by_name_equality,
    by_rapidfuzz,
    judged,
    ranked,
    similar_names,
)
from netquality.identity.people import identify
from netquality.samples.namesakes import namesakes

if TYPE_CHECKING:
    from netquality.evaluation.matching import Ranked
    from netquality.identity.people import Identity
    from netquality.samples.namesakes import Labelled

OURS, KEYS, NAMES, FUZZY = "automatic merge", "exact keys", "name equality", "RapidFuzz 90"
THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95)
LEAST = 50.0


def main() -> None:
    seeds, records = map(int, os.environ.get("NETQUALITY_IDENTITY", "5x1200").split("x"))
    made = [namesakes(seed, records) for seed in range(7, 7 + seeds)]
    found = [identify(each.tables) for each in made]
    _described(made)
    people = [_matchers(*each) for each in zip(made, found, strict=True)]
    _merges(made, people)
    _by_evidence(made, people)
    _traps(made, people)
    _suggestions(made, found)


def _described(made: list[Labelled]) -> None:
    cases = pd.concat([each.cases for each in made])
    naive = cases["evidence"].isin(["key", "name"])
    keyed = cases["evidence"].isin(["key", "chain"])
    print(
        f"{len(made)} sets of {len(made[0].truth):,} accounts or so: together "
        f"{int((cases['same'] & keyed).sum()):,} pairs that strong keys join rightly, "
        f"{int((cases['same'] & ~keyed).sum()):,} that only other evidence can join, "
        f"{int((~cases['same'] & naive).sum()):,} of two people with a key or name in common.\n"
    )


def _matchers(made: Labelled, found: Identity) -> dict[str, pd.Series]:
    accounts = made.tables.accounts
    return {
        OURS: found.person_of,
        KEYS: by_exact_keys(accounts),
        NAMES: by_name_equality(accounts),
        FUZZY: by_rapidfuzz(accounts),
    }


def _merges(made: list[Labelled], people: list[dict[str, pd.Series]]) -> None:
    rows = []
    for name in people[0]:
        every = [judged(by[name], each.truth) for each, by in zip(made, people, strict=True)]
        whole = Matching(
            *(sum(getattr(e, key) for e in every) for key in ("right", "wrong", "missed"))
        )
        shares = [each.precision.value for each in every]
        ends = f"{min(shares):.3f} to {max(shares):.3f}"
        rows.append((name, *vars(whole).values(), whole.precision, ends, whole.recall))
    header = ["rule", "right", "wrong", "missed", "precision", "by seed", "recall"]
    print(table(header, rows), end="\n\n")


def _joined(made: Labelled, person_of: pd.Series) -> pd.Series:
    cases = made.cases
    return cases["a"].map(person_of).to_numpy() == cases["b"].map(person_of)


def _cases(made: list[Labelled], people: list[dict[str, pd.Series]]) -> pd.DataFrame:
    """Return all cases of all seeds, with a column a rule: whether it joined the pair."""
    return pd.concat(
        [
            each.cases.assign(**{name: _joined(each, who) for name, who in by.items()})
            for each, by in zip(made, people, strict=True)
        ]
    )


def _by_evidence(made: list[Labelled], people: list[dict[str, pd.Series]]) -> None:
    cases = _cases(made, people)
    rows = [
        (
            "one person" if same else "two people",
            evidence,
            len(some),
            *(f"{some[name].sum()} ({some[name].mean():.1%})" for name in people[0]),
        )
        for (same, evidence), some in cases.groupby(["same", "evidence"])
    ]
    print("Joined, by what speaks for a pair: a key in common, a chain of keys, an equal name.\n")
    print(table(["truth", "evidence", "pairs", *people[0]], rows), end="\n\n")


def _traps(made: list[Labelled], people: list[dict[str, pd.Series]]) -> None:
    cases = _cases(made, people)
    apart, same = cases[~cases["same"]], cases[cases["same"]]
    print("Pairs of two people wrongly joined, by trap.\n")
    print(table(["trap", "pairs", *people[0]], _counted(apart, people[0])), end="\n\n")
    print("Other wrong merges are of pairs that met in no trap, joined by way of others.\n")
    print("Pairs of one person rightly joined, by trap.\n")
    print(table(["trap", "pairs", *people[0]], _counted(same, people[0])), end="\n\n")


def _counted(cases: pd.DataFrame, names: dict[str, pd.Series]) -> list[tuple[Any, ...]]:
    return [
        (trap, len(some), *(int(some[name].sum()) for name in names))
        for trap, some in cases.groupby("trap")
    ]


def _suggestions(made: list[Labelled], found: list[Identity]) -> None:
    rated = {
        "suggestions": [_suggested(*each) for each in zip(made, found, strict=True)],
        NAMES: [_plain(*each, None) for each in zip(made, found, strict=True)],
        "RapidFuzz": [_plain(*each, LEAST) for each in zip(made, found, strict=True)],
    }
    print("Suggested pairs of people after the automatic merge; all rules on the same people.\n")
    rows = [row for name, frames in rated.items() for row in _rows(name, made, found, frames)]
    header = ["rule", "score from", "suggested", "right", "precision", "recall", "AP, by seed"]
    print(table(header, rows))


def _suggested(made: Labelled, found: Identity) -> pd.DataFrame | None:
    try:
        from netquality.identity.suggest import suggestions
    except ImportError:
        return None
    return suggestions(made.tables, found)


def _plain(made: Labelled, found: Identity, least: float | None) -> pd.DataFrame:
    pairs = similar_names(made.tables.accounts, least)
    return pairs.assign(a=pairs["a"].map(found.person_of), b=pairs["b"].map(found.person_of))


def _rows(
    name: str, made: list[Labelled], found: list[Identity], frames: list[Any]
) -> list[tuple[Any, ...]]:
    if any(frame is None for frame in frames):
        return [(name, "not available", "", "", "", "", "")]
    every: list[Ranked] = [
        ranked(frame, who.person_of, each.truth, THRESHOLDS)
        for frame, who, each in zip(frames, found, made, strict=True)
    ]
    averages = [each.average_precision for each in every]
    spread = f"{sum(averages) / len(averages):.3f} ({min(averages):.3f} to {max(averages):.3f})"
    total = sum(each.findable for each in every)
    return [
        (name, threshold, *_summed([each.frame.iloc[place] for each in every], total), spread)
        for place, threshold in enumerate(THRESHOLDS)
    ]


def _summed(parts: list[pd.Series], findable: int) -> tuple[Any, ...]:
    suggested, right = (int(sum(part[key] for part in parts)) for key in ("suggested", "right"))
    whole = Matching(right, suggested - right, findable - right)
    return suggested, right, whole.precision, whole.recall


if __name__ == "__main__":
    main()
