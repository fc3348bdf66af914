"""Who will still be in touch? Plain numbers, rivals' mixes and netquality on public logs (Q1).

Fitted on the three earlier cuts of each log, judged on the two later ones; the weights that the
fit is shrunk towards are those of the other logs. Intervals draw people, not pairs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
from logs_in_time import LOGS, Asked, Log, ask, load
from measured import public_data, table

import netquality as nq
from netquality.evaluation.ranking import weighted_auc
from netquality.ties.fitting import Sample, fitted, scale_of
from netquality.ties.lasting import ACTIVITY, OWN, PRIOR, moment, two_way

if TYPE_CHECKING:
    from collections.abc import Mapping

Floats = npt.NDArray[np.float64]

ROUNDS, BINS, RIDGE, WITHIN = 200, 15, 50.0, 0.005
OURS = "netquality"
RIVALS = ("rival i", "rival i, linear recency", "rival ii", "rival iii")
BARS = ("decayed days x both-way H", "decayed days 30 d")
JUDGED = (*BARS, "recency", "count", "decayed count H", *RIVALS, OURS)
# Mean AUC over the five cuts, scope any, as published with the protocol.
PUBLISHED = {
    "recency": (0.807, 0.799, 0.871, 0.711), "count": (0.838, 0.781, 0.731, 0.787),
    "count, 1/n": (0.834, 0.801, 0.731, 0.787),
    "decayed count 1 d": (0.809, 0.801, 0.872, 0.745),
    "decayed count 7 d": (0.822, 0.815, 0.877, 0.786),
    "decayed count 30 d": (0.845, 0.828, 0.825, 0.787),
    "decayed count 90 d": (0.852, 0.820, 0.776, 0.787),
    "decayed count 180 d": (0.849, 0.809, 0.766, 0.787),
    "decayed count 365 d": (0.845, 0.799, 0.763, 0.787),
    "decayed count H/2": (0.842, 0.828, 0.878, 0.752),
    "decayed count H": (0.850, 0.823, 0.866, 0.771),
    "decayed count 2H": (0.851, 0.812, 0.832, 0.783),
    "decayed count 30+365 d": (0.850, 0.810, 0.779, 0.787),
    "decayed count 30 d, 1/n": (0.842, 0.844, 0.825, 0.788),
    "Interactions Rank 7 d": (0.821, 0.811, 0.870, 0.784),
    "Interactions Rank 30 d": (0.840, 0.817, 0.807, 0.785),
    "both-way decayed 30 d": (0.848, 0.791, 0.770, 0.789),
    "both-way decayed H": (0.850, 0.790, 0.785, 0.779),
    "decayed x both-way 30 d": (0.858, 0.838, 0.803, 0.789),
    "decayed x both-way H": (0.861, 0.829, 0.835, 0.777),
    "both-way count": (0.844, 0.776, 0.728, 0.788), "reciprocity": (0.698, 0.720, 0.649, 0.659),
    "days": (0.833, 0.775, 0.750, 0.790), "weeks": (0.828, 0.769, 0.710, 0.727),
    "decayed days 30 d": (0.842, 0.829, 0.859, 0.793),
    "decayed days H": (0.847, 0.823, 0.879, 0.761),
    "decayed days x both-way H": (0.862, 0.829, 0.843, 0.782),
    "span": (0.813, 0.735, 0.752, 0.777), "silence/median gap": (0.698, 0.734, 0.827, 0.661),
    "silence/median gap (events)": (0.641, 0.678, 0.798, 0.677),
    "share": (0.770, 0.737, 0.674, 0.699), "share, decayed 30 d": (0.794, 0.778, 0.733, 0.700),
    "A4 part": (0.853, 0.830, 0.767, 0.797), "rival i": (0.834, 0.810, 0.833, 0.715),
    "rival i, linear recency": (0.837, 0.804, 0.776, 0.729),
    "rival ii": (0.851, 0.829, 0.820, 0.788), "rival iii": (0.849, 0.809, 0.766, 0.787),
}  # fmt: skip


def main() -> None:
    folder = public_data()
    if folder is None:
        return
    logs = {name: load(name, folder) for name in LOGS}
    asked = {name: [ask(log, c, log.horizon[2]) for c in log.cuts()] for name, log in logs.items()}
    reproduced(asked)
    networks = {name: nq.read(*(folder / file for file in LOGS[name])) for name in LOGS}
    known = {name: _sampled(logs[name], networks[name]) for name in LOGS}
    judged = {}
    for name in LOGS:
        others = {other: some for other, some in known.items() if other != name}
        judged[name] = _judge(logs[name], asked[name][3:], networks[name], pooled(others))
    _compared(judged)
    _calibrated(judged)
    print("\nWeights towards which a log's own are shrunk, from all four:\n")
    shipped = pooled(known)
    for names, weights in shipped.items():
        rows = zip(names, weights, PRIOR[names], strict=True)
        print(table(["feature", "pooled", "shipped"], list(rows)) + "\n")


def reproduced(asked: Mapping[str, list[Asked]]) -> None:
    """Print how far the plain columns are from the published ones."""
    away = {
        (column, name): abs(
            np.mean([_auc(one.columns[column], one) for one in asked[name]]) - value
        )
        for column, values in PUBLISHED.items()
        for name, value in zip(LOGS, values, strict=True)
    }
    worst = max(away, key=lambda key: away[key])
    verdict = "reproduced" if away[worst] <= WITHIN else "NOT reproduced"
    print(
        f"{len(away)} published figures {verdict} within {WITHIN}; the farthest is off by", end=" "
    )
    print(f"{away[worst]:.4f} ({', '.join(worst)}).")


def _auc(score: Floats, one: Asked, times: Floats | None = None) -> float:
    weight = np.ones(len(score)) if times is None else times[one.i] * times[one.j]
    return weighted_auc(score, one.label, weight)


def _sampled(log: Log, network: nq.Network) -> list[tuple[pd.DataFrame, Floats]]:
    """Return what netquality knows at the five cuts, and what came."""
    acts, seen, horizon = network.contact.acts, network.contact.seen, log.horizon[2]
    found = []
    for cut in log.cuts():
        at = cut * 86_400
        pairs = moment(acts, seen, at, horizon)
        came = two_way(acts, pairs, at, at + horizon * 86_400)
        found.append((pairs.features, came))
    return found


def pooled(
    logs: Mapping[str, list[tuple[pd.DataFrame, Floats]]],
) -> dict[tuple[str, ...], tuple[float, ...]]:
    """Fit one set of weights on several logs, each counting the same."""
    found = {}
    for names in (OWN, (*OWN, *ACTIVITY)):
        samples = []
        for cuts in logs.values():
            early = pd.concat([features[list(names)] for features, _ in cuts[:3]])
            scale = scale_of(early.to_numpy())
            for features, came in cuts:
                x = scale.of(features[list(names)].to_numpy())
                each = 20.0 / min(came.sum(), (1 - came).sum())
                samples.append(Sample(x, came, np.full(len(came), each)))
        weights = fitted(samples, np.zeros(len(names)), RIDGE).weights
        found[names] = tuple(round(float(weight), 2) for weight in weights)
    return found


def _judge(
    log: Log,
    asked: list[Asked],
    network: nq.Network,
    prior: Mapping[tuple[str, ...], tuple[float, ...]],
) -> list[Asked]:
    """Add the product's column to the two later cuts; learned before the first of them."""
    learned, place = None, {who: code for code, who in enumerate(log.people)}
    for cut, one in zip(log.cuts()[3:], asked, strict=True):
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=cut)
        found = nq.persistence(network, log.horizon[2], at=at, learned=learned, prior=prior)
        learned = found.learned
        a, b = found.frame["a"].map(place).to_numpy(), found.frame["b"].map(place).to_numpy()
        chance = pd.Series(
            np.tile(found.frame["chance"].to_numpy(), 2),
            index=np.r_[a * len(place) + b, b * len(place) + a],
        )
        # Whom only missed calls or mails to crowds connect has no contact here.
        one.columns[OURS] = chance.reindex(one.i * len(place) + one.j).fillna(0.0).to_numpy()
    return asked


def _compared(judged: Mapping[str, list[Asked]]) -> None:
    print("\nMean AUC over the two later cuts\n")
    means = {
        column: [
            np.mean([_auc(one.columns[column], one) for one in cuts]) for cuts in judged.values()
        ]
        for column in JUDGED
    }
    rows = [
        (column, *(f"{value:.3f}" for value in values), f"{np.mean(values):.4f}")
        for column, values in means.items()
    ]
    print(table(["score", *judged, "mean"], rows))
    drawn = np.array([_drawn(judged, seed) for seed in range(ROUNDS)])
    print("\nnetquality minus the other, people drawn again, 95 %\n")
    rows = []
    for place, column in enumerate(JUDGED[:-1]):
        away = drawn[:, :, -1] - drawn[:, :, place]
        low, high = np.quantile(away.mean(axis=1), [0.025, 0.975])
        point = np.mean(means[OURS]) - np.mean(means[column])
        each = np.quantile(away, [0.025, 0.975], axis=0).T
        said = [
            f"{ours - theirs:+.3f} [{one[0]:+.3f}, {one[1]:+.3f}]"
            for ours, theirs, one in zip(means[OURS], means[column], each, strict=True)
        ]
        rows.append((column, *said, f"{point:+.4f} [{low:+.4f}, {high:+.4f}]"))
    print(table(["against", *judged, "mean"], rows))


def _drawn(judged: Mapping[str, list[Asked]], seed: int) -> list[list[float]]:
    rng = np.random.default_rng(seed)
    found = []
    for cuts in judged.values():
        people = int(max(one.i.max() for one in cuts)) + 1
        times = np.bincount(rng.integers(0, people, people), minlength=people).astype(float)
        found.append(
            [
                float(np.mean([_auc(one.columns[column], one, times) for one in cuts]))
                for column in JUDGED
            ]
        )
    return found


def _calibrated(judged: Mapping[str, list[Asked]]) -> None:
    print(
        f"\nExpected calibration error of netquality, both cuts together, {BINS} equal bins:",
        end=" ",
    )
    errors = []
    for name, cuts in judged.items():
        chance = np.concatenate([one.columns[OURS] for one in cuts])
        label = np.concatenate([one.label for one in cuts])
        errors.append(f"{name} {calibration_error(chance, label):.3f}")
    print(", ".join(errors) + ".")


def calibration_error(chance: Floats, label: npt.NDArray[np.bool_], bins: int = BINS) -> float:
    """Return the mean gap between chance and share, over bins of equal size."""
    order = np.argsort(chance, kind="stable")
    parts = np.array_split(order, bins)
    gaps = [len(part) * abs(chance[part].mean() - label[part].mean()) for part in parts]
    return float(sum(gaps) / len(chance))


if __name__ == "__main__":
    main()
