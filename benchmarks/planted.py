"""Planted friends against everybody else: strength beside the simplest rules, with intervals."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from measured import table

import netquality as nq
from netquality.evaluation.baselines import BASELINES, direct_messages
from netquality.evaluation.ranking import pooled

if TYPE_CHECKING:
    import pandas as pd

SEEDS, CONTACTS, MESSAGES = range(10), 1_000, 10_000
HARD = ("dormant", "broadcaster", "outreach")
AGAINST = {
    "all": ("medium", "weak", *HARD),
    "weak and hard": ("weak", *HARD),
    "hard": HARD,
    **{name: (name,) for name in HARD},
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        samples = [_scored(Path(folder), seed) for seed in SEEDS]
    print(f"AUC, strong against others; {len(SEEDS)} fictional archives of {CONTACTS:,} contacts")
    print(
        f"and {MESSAGES:,} messages; 95 % intervals. The truth is planted: an anchor, no proof.\n"
    )
    scores = [name for name in samples[0] if name != "planted"]
    rows = [
        (score, *(_auc(samples, score, against) for against in AGAINST.values()))
        for score in scores
    ]
    print(table(["score", *AGAINST], rows))
    strong = sum(int((each["planted"] == "strong").sum()) for each in samples)
    graded = sum(each.attrs["strong"] for each in samples)
    print(f"\n{strong} ties are planted as strong, {graded} graded strong.")


def _scored(folder: Path, seed: int) -> pd.DataFrame:
    """Everybody who is connected; whom a score says nothing about gets its least value."""
    size = {"contacts": CONTACTS, "messages": MESSAGES, "complete": False, "log": False}
    made = nq.sample(folder / str(seed), seed=seed, **size)
    network = nq.read(made.archive)
    ties, messages = network.ties.set_index("b"), direct_messages(network)
    frame = made.people[["planted"]].copy()
    for name in ("strength", "latent"):
        frame[name] = ties[name].reindex(frame.index)
    for name, rule in BASELINES.items():
        frame[name] = rule(messages).reindex(frame.index)
    scores = frame.drop(columns="planted")
    frame[scores.columns] = scores.fillna(scores.min() - 1.0)
    frame.attrs["strong"] = int((network.ties["grade"] == "strong").sum())
    return frame


def _auc(samples: list[pd.DataFrame], score: str, against: tuple[str, ...]) -> str:
    halves = []
    for each in samples:
        strong, other = each["planted"] == "strong", each["planted"].isin(against)
        halves.append((each.loc[strong, score], each.loc[other, score]))
    return str(pooled(halves, rounds=300))


if __name__ == "__main__":
    main()
