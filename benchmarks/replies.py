"""Who answers a direct mail within 7 days? Plain numbers and netquality on two mail logs (Q2).

The first half of the mails in time teaches, the next fifth calibrates, the last 30 % judges. Plain
numbers become chances by a logistic curve on the first part and Platt's on the second. Two thirds
of the label is what the pair does anyway: it measures the going flow as much as an answer.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
from logs_in_time import LOGS, Log, load
from measured import public_data, table
from persistence import calibration_error

import netquality as nq
from netquality.ties.asking import faded_before
from netquality.ties.fitting import Sample, chance, fitted

Floats = npt.NDArray[np.float64]

NAMES = ("email_eu", "enron_employees")
DAYS, SHRINK, ROUNDS, WITHIN = 7.0, 8.0, 200, 0.005
OURS = "netquality"
# Days added to a silence, so that an answer in the same second has a logarithm.
_SOON = 0.001
FOUR = "LR on 4: share, recency j->i, decayed j->i, j's sending"
# Log-loss on the judged part as published with the protocol.
PUBLISHED = {
    "base rate": (0.6598, 0.6981),
    "raw: pair reply share (s=8)": (0.5745, 0.6341),
    "raw: pair reply share, eager (s=8)": (0.5723, 0.6183),
    "raw: pair reply share, eager, to j's share": (0.5606, 0.6248),
    "raw: pair reply share, eager, decayed 90 d, to j's share": (0.5575, 0.5770),
    "1: pair reply share (s=8)": (0.5714, 0.6410),
    "1: pair reply share, eager (s=8)": (0.5674, 0.6275),
    "1: pair reply share, eager, to j's share": (0.5521, 0.6158),
    "1: pair reply share, eager, decayed 90 d, to j's share": (0.5507, 0.5821),
    "1: j's reply share, eager": (0.5827, 0.6385),
    "1: count i->j": (0.6206, 0.6619),
    "1: count j->i": (0.5711, 0.5915),
    "1: count": (0.6028, 0.6293),
    "1: recency": (0.6363, 0.6530),
    "1: recency of j->i": (0.5976, 0.5960),
    "1: decayed j->i 7 d": (0.5613, 0.5301),
    "1: decayed j->i 30 d": (0.5583, 0.5441),
    "1: decayed j->i 90 d": (0.5607, 0.5648),
    "1: j's sending, decayed 7 d": (0.5944, 0.5820),
    FOUR: (0.5358, 0.5312),
}
AGAINST = (
    *("1: pair reply share (s=8)", "1: recency", "1: recency of j->i", "1: decayed j->i 30 d"),
    *("1: decayed j->i 7 d", "1: pair reply share, eager, decayed 90 d, to j's share", FOUR),
)
# What a logistic regression on everything reaches, in log-loss and calibration error.
REFERENCE = {"email_eu": (0.5289, 0.027), "enron_employees": (0.5259, 0.032)}


def main() -> None:
    folder = public_data()
    if folder is None:
        return
    mails = {name: Mails(load(name, folder)) for name in NAMES}
    reproduced(mails)
    going(mails)
    for name in NAMES:
        network = nq.read(*(folder / file for file in LOGS[name]))
        _judged(name, mails[name], network)


class Mails:
    """The direct mails of a log with what was known of each, and chances made of that."""

    def __init__(self, log: Log) -> None:
        self.log = log
        direct = np.flatnonzero((log.several == 1) & (log.at <= log.at.max() - DAYS))
        self.direct = direct
        self.i, self.j, self.at = log.i[direct], log.j[direct], log.at[direct]
        answer = _next(log)[direct]
        self.y = (answer <= self.at + DAYS).astype(float)
        size = len(direct)
        first, second = int(0.5 * size), int(0.7 * size)
        place, over = np.arange(size), self.at + DAYS
        self.teaching = (place < first) & (over <= self.at[first])
        self.calibrating = (place >= first) & (place < second) & (over <= self.at[second])
        self.judged = place >= second
        self.turn = float(self.at[second])
        self.usual = float(self.y[:first].mean())
        self.numbers = self._numbers(answer)
        self.chances = self._chances()

    def _numbers(self, answer: Floats) -> dict[str, Floats]:
        log, i, j, at = self.log, self.i, self.j, self.at
        size = len(log.people)
        flow, pair, back = log.i * size + log.j, i * size + j, j * size + i
        days, ones = log.at * 86_400, np.ones(len(log.at))
        when = at * 86_400

        def sums(group: Floats, wanted: Floats, half: float) -> Floats:
            return faded_before(group, days, ones, wanted, when, half)

        out, came = sums(flow, pair, 1e9), sums(flow, back, 1e9)
        found = {
            "count i->j": np.log1p(out), "count j->i": np.log1p(came),
            "count": np.log1p(out + came),
            "recency of j->i": np.log(_SOON + _since(log, back, at, size)),
            "recency": np.log(
                _SOON + np.minimum(_since(log, back, at, size), _since(log, pair, at, size))
            ),
            "j's sending, decayed 7 d": np.log(0.05 + sums(log.i, j, 7)),
        }  # fmt: skip
        for half in (7, 30, 90):
            found[f"decayed j->i {half} d"] = np.log(0.05 + sums(flow, back, half))
        return found | self._shares(answer)

    def _shares(self, answer: Floats) -> dict[str, Floats]:
        """Return shares of answers known by then: after the 7 days, or eagerly as they come."""
        size = len(self.log.people)
        pair, when = self.i * size + self.j, self.at * 86_400
        slow = (self.at + DAYS) * 86_400
        eager = np.where(self.y > 0, answer * 86_400, slow)

        def share(group: Floats, known: Floats, half: float, prior: Floats | float) -> Floats:
            tries = faded_before(group, known, np.ones(len(known)), group, when, half)
            hits = faded_before(group, known, self.y, group, when, half)
            return (hits + SHRINK * prior) / (tries + SHRINK)

        never = 1e9
        of_j, lately = (share(self.j, eager, half, self.usual) for half in (never, 90.0))
        return {
            "pair reply share (s=8)": share(pair, slow, never, self.usual),
            "pair reply share, eager (s=8)": share(pair, eager, never, self.usual),
            "pair reply share, eager, to j's share": share(pair, eager, never, of_j),
            "pair reply share, eager, decayed 90 d, to j's share": share(pair, eager, 90, lately),
            "j's reply share, eager": of_j,
        }

    def _chances(self) -> dict[str, Floats]:
        found = {"base rate": np.full(len(self.y), self.y[self.teaching].mean())}
        for name, values in self.numbers.items():
            shown = np.log(values / (1 - values)) if "share" in name else values
            if "share" in name:
                found[f"raw: {name}"] = values
            found[f"1: {name}"] = self.curve(shown[:, None])
        four = (
            *("pair reply share, eager, decayed 90 d, to j's share", "recency of j->i"),
            *("decayed j->i 30 d", "j's sending, decayed 7 d"),
        )
        share = self.numbers[four[0]]
        rest = [self.numbers[name] for name in four[1:]]
        found[FOUR] = self.curve(np.column_stack([np.log(share / (1 - share)), *rest]))
        return found

    def curve(self, x: Floats) -> Floats:
        """Return chances by a logistic regression on the first part and Platt on the second."""
        x = (x - x[self.teaching].mean(axis=0)) / x[self.teaching].std(axis=0)
        score = x @ (fit := self._fit(x, self.teaching)).weights + fit.levels[0]
        platt = self._fit(score[:, None], self.calibrating)
        return chance(platt.weights[0] * score + platt.levels[0])

    def _fit(self, x: Floats, part: npt.NDArray[np.bool_]) -> object:
        sample = Sample(x[part], self.y[part], np.ones(int(part.sum())))
        return fitted([sample], np.zeros(x.shape[1]), 1.0)

    def after(self, days: float) -> Floats:
        """Return days from a moment so long after each mail to the next mail back."""
        return _next(self.log, days)[self.direct] - (self.at + days)

    def loss(self, name: str, weight: Floats | None = None) -> float:
        """Return the log-loss of some chances over the judged part."""
        y, p = self.y[self.judged], self.chances[name][self.judged].clip(1e-9, 1 - 1e-9)
        each = -(y * np.log(p) + (1 - y) * np.log(1 - p))
        return float(np.average(each, weights=weight))


def _next(log: Log, later: float = 0.0) -> Floats:
    """Return the day of the first row back, so long after each row; infinite if none came."""
    rows = pd.DataFrame({"key": log.i * len(log.people) + log.j, "at": log.at})
    asked = pd.DataFrame({"key": log.j * len(log.people) + log.i, "at": log.at + later})
    rows, asked = rows.assign(came=rows["at"]), asked.reset_index()
    found = pd.merge_asof(
        asked.sort_values("at", kind="stable"), rows.sort_values("at", kind="stable"),
        on="at", by="key", direction="forward", allow_exact_matches=False,
    )  # fmt: skip
    return found.set_index("index")["came"].sort_index().fillna(np.inf).to_numpy()


def _since(log: Log, wanted: Floats, at: Floats, size: int) -> Floats:
    """Return days since the last row of an arc, strictly before; 4,000 without one."""
    rows = pd.DataFrame({"key": log.i * size + log.j, "at": log.at, "last": log.at})
    asked = pd.DataFrame({"key": wanted, "at": at}).reset_index()
    found = pd.merge_asof(
        asked.sort_values("at", kind="stable"), rows.sort_values("at", kind="stable"),
        on="at", by="key", allow_exact_matches=False,
    )  # fmt: skip
    last = found.set_index("index")["last"].sort_index().to_numpy()
    return np.where(np.isnan(last), 4_000.0, at - last)


def reproduced(mails: dict[str, Mails]) -> None:
    """Print how far the plain chances are from the published ones."""
    away = {
        (column, name): abs(mails[name].loss(column) - value)
        for column, values in PUBLISHED.items()
        for name, value in zip(NAMES, values, strict=True)
    }
    worst = max(away, key=lambda key: away[key])
    verdict = "reproduced" if away[worst] <= WITHIN else "NOT reproduced"
    print(f"{len(away)} published figures {verdict} within {WITHIN}; ", end="")
    print(f"the farthest is off by {away[worst]:.4f} ({', '.join(worst)}).")


def going(mails: dict[str, Mails]) -> None:
    """Print how often somebody writes back in weeks that have nothing to do with the mail."""
    weeks = (-14.0, -7.0, 0.0, 7.0, 14.0)
    rows = []
    for name, some in mails.items():
        log, at = some.log, some.at
        inside = (at >= log.at.min() + 14) & (at <= log.at.max() - 21)
        shares = [float((some.after(week)[inside] <= 7.0).mean()) for week in weeks]
        rows.append((name, *(f"{share:.3f}" for share in shares)))
    print("\nShare of mails with a mail back in the week that begins so many days after them\n")
    print(table(["log", *(f"{week:+.0f}" for week in weeks)], rows))


def _judged(name: str, mails: Mails, network: nq.Network) -> None:
    until = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=mails.turn)
    found = nq.replies(network, DAYS, learn_until=until)
    place = {who: code for code, who in enumerate(mails.log.people)}
    said = found.history
    keys = ["i", "j", "at"]
    ours = pd.DataFrame(
        {
            "i": said["person"].map(place), "j": said["alter"].map(place),
            "at": said["at"].astype("int64") // 10**6, "chance": said["chance"],
        }
    ).drop_duplicates(keys)  # fmt: skip
    asked = pd.DataFrame({"i": mails.i, "j": mails.j, "at": (mails.at * 86_400).round()})
    both = asked.astype("int64").merge(ours.astype({"at": "int64"}), on=keys, how="left")
    mails.chances[OURS] = both["chance"].to_numpy()
    lost = int(np.isnan(mails.chances[OURS][mails.judged]).sum())
    y, p = mails.y[mails.judged], mails.chances[OURS][mails.judged]
    loss, error = REFERENCE[name]
    print(f"\n{name}: {len(y):,} mails judged, {lost} without a chance. ", end="")
    print(f"Log-loss {mails.loss(OURS):.4f}, calibration error {calibration_error(p, y > 0):.3f};")
    print(f"a logistic regression on everything has {loss:.4f} and {error:.3f}.\n")
    rows = []
    for column in AGAINST:
        away = [_drawn(mails, column, seed) for seed in range(ROUNDS)]
        low, high = np.quantile(away, [0.025, 0.975])
        point = mails.loss(OURS) - mails.loss(column)
        rows.append(
            (column, f"{mails.loss(column):.4f}", f"{point:+.4f} [{low:+.4f}, {high:+.4f}]")
        )
    print(table(["netquality against", "its log-loss", "difference, people drawn [95 %]"], rows))
    curve = found.curve
    assert curve is not None
    error = 1.96 * np.sqrt(np.diag(curve.covariance))
    print(
        f"\nThe curve: slope {curve.below:.2f} (±{error[0]:.2f}) below its middle, "
        f"{curve.above:.2f} (±{error[1]:.2f}) above; it bends at a chance of "
        f"{float(chance(np.array([curve.level]))[0]):.2f}."
    )


def _drawn(mails: Mails, column: str, seed: int) -> float:
    people = len(mails.log.people)
    rng = np.random.default_rng(seed)
    times = np.bincount(rng.integers(0, people, people), minlength=people)
    weight = (times[mails.i] * times[mails.j])[mails.judged].astype(float)
    return mails.loss(OURS, weight) - mails.loss(column, weight)


if __name__ == "__main__":
    main()
