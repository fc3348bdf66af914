"""What is commonly said of ties, held against the public sets, with its figure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from adding import channels, gain, latency
from logs_in_time import LOGS, ask
from logs_in_time import load as load_log
from measured import public_data, table
from publicsets import SETS, load

import netquality as nq
from netquality.evaluation.ranking import weighted_auc
from netquality.measures.breaks import layering
from netquality.measures.circles import FEWEST

if TYPE_CHECKING:
    from pathlib import Path

# Of a log, so many people with the most ties are asked for layers, each against so many crowds.
PEOPLE, DRAWS = 40, 100
MAILS = ("email_eu", "enron_employees")
NOT_HERE = (
    ("like < share < comment", "no public set has reactions whose receiver is named"),
    ("private says more than public", "the same"),
    ("favours say more than talk", "no public set has favours"),
    ("giving before asking helps", "no public set has favours asked"),
    ("a common contact makes an introduction succeed", "no public set has introductions"),
    ("people judge their ties well", "nobody acted on a judgement in these sets"),
)


def main() -> None:
    folder = public_data()
    if folder is None:
        return
    rows = [_overlap(folder), *_in_time(folder), *_adding(folder), _layers(folder), _slope(folder)]
    rows += [(claim, "not testable here", why) for claim, why in NOT_HERE]
    print(table(["claim", "verdict", "figure"], rows))


def _overlap(folder: Path) -> tuple[str, str, str]:
    """Compare overlap with plain counts among pairs that interact."""
    behind, said = 0, []
    for name in SETS:
        of = load(name, folder)
        pairs, one = of.interacting, np.ones(int(of.interacting.sum()))
        over, count = (
            weighted_auc(of.columns[column][pairs], of.label[pairs], one)
            for column in ("overlap", "count")
        )
        behind += over < count
        said.append(f"{name} {over:.3f} against {count:.3f}")
    verdict = "refuted" if behind > len(SETS) / 2 else "held"
    return (
        "embeddedness is strength (overlap says more than counting, pairs in contact)",
        f"{verdict}: behind in {behind} of {len(SETS)} sets",
        "AUC " + ", ".join(said),
    )


def _in_time(folder: Path) -> list[tuple[str, str, str]]:
    means: dict[str, dict[str, float]] = {}
    for name in LOGS:
        log = load_log(name, folder)
        cuts = [ask(log, cut, log.horizon[2]) for cut in log.cuts()]
        means[name] = {
            column: float(
                np.mean(
                    [
                        weighted_auc(one.columns[column], one.label, np.ones(len(one.i)))
                        for one in cuts
                    ]
                )
            )
            for column in (
                *("recency", "silence/median gap", "count", "count, 1/n"),
                *("both-way count", "decayed count H"),
            )
        }
    gap = _compared(means, "silence/median gap", "recency", LOGS)
    shared = _compared(means, "count, 1/n", "count", MAILS)
    both = _compared(means, "both-way count", "count", LOGS)
    faded = _compared(means, "decayed count H", "count", LOGS)
    return [
        ("a tie is gone after eight times its usual gap (gap says more than silence)", *gap),
        ("a mail to n people counts 1/n for each (it says more than counting rows)", *shared),
        ("reciprocity is the best sign of persistence (both ways against all)", *both),
        ("what is long ago counts less (fading against counting all)", *faded),
    ]


def _compared(
    means: dict[str, dict[str, float]], better: str, plain: str, names: tuple[str, ...]
) -> tuple[str, str]:
    ahead = sum(means[name][better] > means[name][plain] for name in names)
    verdict = {0: "refuted", len(list(names)): "held"}.get(ahead, "undecided")
    figures = ", ".join(
        f"{name} {means[name][better]:.3f} against {means[name][plain]:.3f}" for name in names
    )
    return f"{verdict}: ahead in {ahead} of {len(list(names))} logs", f"AUC {figures}"


def _adding(folder: Path) -> list[tuple[str, str, str]]:
    """Ask whether speed of answers, and richer channels, add to counting days."""
    found = []
    for claim, trait, names in (
        ("close ties answer faster (the usual wait adds to counts and days)", latency, MAILS),
        ("a richer channel is needed (calls add to counts and days)", channels, ("copenhagen",)),
    ):
        gains = {name: gain(load_log(name, folder), trait) for name in names}
        clear = sum(low > 0 for _, low, _ in gains.values())
        verdict = "held" if clear == len(gains) else "refuted" if not clear else "undecided"
        figures = ", ".join(
            f"{name} {away:+.4f} [{low:+.4f}, {high:+.4f}]"
            for name, (away, low, high) in gains.items()
        )
        said = f"{verdict}: clear of zero in {clear} of {len(gains)}"
        found.append((claim, said, f"AUC of later contact {figures}"))
    return found


def _layers(folder: Path) -> tuple[str, str, str]:
    """Count the people whose contact falls into layers better than a skewed crowd's does."""
    accepted, tried = 0, 0
    for name in ("email_eu", "collegemsg"):
        log = load_log(name, folder)
        network = nq.read(*(folder / file for file in LOGS[name]), as_of=int(log.cuts()[-1]))
        rates = nq.circles(network).frame.query("days >= 1").groupby("person")["days"]
        most = rates.size().nlargest(PEOPLE)
        for person in most.index[most >= FEWEST]:
            tried += 1
            accepted += layering(rates.get_group(person).to_numpy(), draws=DRAWS).accepted
    verdict = "held" if accepted > tried / 2 else "refuted"
    return (
        "contact falls into layers (5, 15, 50, 150)",
        f"{verdict}: better than a skewed crowd for {accepted} of {tried} people",
        f"people with {FEWEST} and more two-way ties in a year, email_eu and collegemsg",
    )


def _slope(folder: Path) -> tuple[str, str, str]:
    """Look at the curve of answers: only slopes above about 1.5 let few strong ties win."""
    said, steep = [], 0
    for name in MAILS:
        network = nq.read(*(folder / file for file in LOGS[name]))
        log = load_log(name, folder)
        until = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=float(log.at.max()))
        curve = nq.replies(network, learn_until=until).curve
        assert curve is not None
        error = 1.96 * np.sqrt(np.diag(curve.covariance))
        steep += curve.above + error[1] > 1.5
        said.append(
            f"{name} {curve.below:.2f} ±{error[0]:.2f} below the middle, "
            f"{curve.above:.2f} ±{error[1]:.2f} above"
        )
    verdict = "refuted for answers to mails" if not steep else "undecided for answers to mails"
    return (
        "few strong ties help more than many weak ones (slope of the curve above 1.5)",
        f"{verdict}; larger favours are not testable here",
        "slope " + "; ".join(said),
    )


if __name__ == "__main__":
    main()
