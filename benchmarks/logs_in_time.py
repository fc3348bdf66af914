"""Public message logs, and the plain numbers that say who will stay in touch (protocol Q1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LOGS = {
    "email_eu": ("email_eu/email-Eu-core-temporal.txt.gz",),
    "enron_employees": ("enron_employees/ia-enron-employees.edges",),
    "collegemsg": ("collegemsg/CollegeMsg.txt",),
    "copenhagen": ("copenhagen/sms.csv", "copenhagen/calls.csv"),
}


@dataclass(frozen=True, eq=False)
class Log:
    """Rows in the order of time: people as codes, days, recipients of the mail, channel."""

    name: str
    people: tuple[str, ...]
    i: Ints
    j: Ints
    at: Floats
    several: Floats
    channel: Ints

    @property
    def horizon(self) -> tuple[float, float, float]:
        """Where the active window starts, how long it is, and the horizon: all in days."""
        size = int(np.ceil(0.95 * len(self.at)))
        lengths = self.at[size - 1 :] - self.at[: len(self.at) - size + 1]
        first = int(lengths.argmin())
        length = float(lengths[first])
        return float(self.at[first]), length, 90.0 if length >= 900 else length / 10

    def cuts(self) -> list[float]:
        """Return the five days at which it is asked."""
        start, length, _ = self.horizon
        return [start + part * length for part in (0.4, 0.5, 0.6, 0.7, 0.8)]


def load(name: str, folder: Path) -> Log:
    """Read a log: own loops and exact repeats out."""
    paths = [folder / file for file in LOGS[name]]
    if name == "email_eu":
        rows = pd.read_csv(paths[0], sep=" ", header=None, names=["i", "j", "at"])
    elif name == "enron_employees":
        rows = pd.read_csv(paths[0], sep=r"\s+", header=None, names=["i", "j", "", "at"])
    elif name == "collegemsg":
        rows = pd.read_csv(paths[0], sep=r"\s+").set_axis(["i", "j", "at"], axis=1)
    else:
        read = [pd.read_csv(path).iloc[:, :3].set_axis(["at", "i", "j"], axis=1) for path in paths]
        rows = pd.concat([each.assign(channel=code) for code, each in enumerate(read)])
    rows = rows.assign(channel=rows.get("channel", 0))
    rows = rows[rows["i"] != rows["j"]].drop_duplicates(["i", "j", "at", "channel"])
    several = rows.groupby(["i", "at", "channel"])["j"].transform("nunique")
    rows = rows.assign(several=several).sort_values("at", kind="stable")
    who = np.unique(rows[["i", "j"]].to_numpy())
    return Log(
        name,
        tuple(map(str, who)),
        np.searchsorted(who, rows["i"]),
        np.searchsorted(who, rows["j"]),
        rows["at"].to_numpy(np.float64) / 86_400,
        rows["several"].to_numpy(np.float64),
        rows["channel"].to_numpy(np.int64),
    )


@dataclass(frozen=True, eq=False)
class Asked:
    """Ordered pairs at a cut: ego i, alter j, whether contact both ways came, the predictors."""

    i: Ints
    j: Ints
    label: npt.NDArray[np.bool_]
    columns: dict[str, Floats]


def ask(log: Log, cut: float, horizon: float) -> Asked:
    """Return every pair with contact before a cut, from both its ends."""
    size, use = len(log.people), log.at < cut
    i, j, age = log.i[use], log.j[use], cut - log.at[use]
    low, high = np.minimum(i, j), np.maximum(i, j)
    pairs, pair = np.unique(low * size + high, return_inverse=True)
    rows = _Rows(pair, len(pairs), i < j, age, log.several[use], log.channel[use], cut, horizon)
    a, b = pairs // size, pairs % size
    columns = _symmetric(rows, a, b, low, high, size)
    sides = [columns | _own(rows, columns, side, (a, b)) for side in (0, 1)]
    later = (log.at >= cut) & (log.at < cut + horizon)
    arcs = log.i[later] * size + log.j[later]
    label = np.isin(a * size + b, arcs) & np.isin(b * size + a, arcs)
    return Asked(
        np.r_[a, b],
        np.r_[b, a],
        np.r_[label, label],
        {name: np.r_[sides[0][name], sides[1][name]] for name in sides[0]},
    )


@dataclass(frozen=True, eq=False)
class _Rows:
    pair: Ints
    size: int
    forward: npt.NDArray[np.bool_]
    age: Floats
    several: Floats
    channel: Ints
    cut: float
    horizon: float

    def sums(self, weight: Floats, which: npt.NDArray[np.bool_] | None = None) -> Floats:
        use = slice(None) if which is None else which
        return np.bincount(self.pair[use], weight[use], minlength=self.size)

    def faded(self, half: float) -> Floats:
        return 0.5 ** (self.age / half)

    def extreme(self, values: Floats, *, largest: bool) -> Floats:
        found = np.full(self.size, -np.inf if largest else np.inf)
        (np.maximum if largest else np.minimum).at(found, self.pair, values)
        return found


def _symmetric(of: _Rows, a: Ints, b: Ints, low: Ints, high: Ints, size: int) -> dict[str, Floats]:
    h, ones = of.horizon, np.ones(len(of.pair))
    count, both = of.sums(ones), lambda w: np.sqrt(of.sums(w, of.forward) * of.sums(w, ~of.forward))
    silence = of.extreme(of.age, largest=False)
    found = {"recency": -silence, "count": count, "count, 1/n": of.sums(1 / of.several)}
    for name, half in {
        "1 d": 1, "7 d": 7, "30 d": 30, "90 d": 90, "180 d": 180, "365 d": 365,
        "H/2": h / 2, "H": h, "2H": 2 * h,
    }.items():  # fmt: skip
        found[f"decayed count {name}"] = of.sums(of.faded(half))
    found["decayed count 30+365 d"] = (of.sums(of.faded(30)) + of.sums(of.faded(365))) / 2
    found["decayed count 30 d, 1/n"] = of.sums(of.faded(30) / of.several)
    for name, half in {"30 d": 30.0, "H": h}.items():
        faded = of.faded(half)
        found[f"both-way decayed {name}"] = both(faded)
        found[f"decayed x both-way {name}"] = _log(of.sums(faded)) + _log(both(faded))
    ways = of.sums(ones, of.forward), of.sums(ones, ~of.forward)
    found["both-way count"] = both(ones)
    found["reciprocity"] = np.minimum(*ways) / np.maximum(*ways)
    found |= _days(of, silence)
    found["decayed days x both-way H"] = _log(found["decayed days H"]) + _log(both(of.faded(h)))
    found["span"] = of.extreme(of.age, largest=True) - silence
    for name, weight in {"share": ones, "share, decayed 30 d": of.faded(30)}.items():
        total = np.bincount(np.r_[low, high], np.r_[weight, weight], minlength=size)
        found[name] = of.sums(weight) / np.sqrt(total[a] * total[b])
    found["rival iii"] = found["decayed count 180 d"]
    found["A4 part"] = _prior(of, silence)
    return found


def _log(values: Floats) -> Floats:
    return np.log(0.01 + values)


def _prior(of: _Rows, silence: Floats) -> Floats:
    """Return the parts of strength's prior that such a log shows: I, S, R, L and D."""
    block = np.floor((of.cut - of.age) * 48)
    rows = pd.DataFrame({"pair": of.pair, "forward": of.forward, "block": block})
    rows = rows.assign(weight=1.0 / of.several, age=of.age)
    once = rows.groupby(["pair", "forward", "block"]).agg({"weight": "max", "age": "min"})
    once = once.reset_index()
    fade = (0.5 ** (once["age"] / 30) + 0.5 ** (once["age"] / 365)) / 2
    ways = [
        np.bincount(once["pair"][way], (once["weight"] * fade)[way], minlength=of.size)
        for way in (once["forward"], ~once["forward"])
    ]
    amount, less = ways[0] + ways[1], np.minimum(*ways)
    days = pd.DataFrame({"pair": of.pair, "day": np.floor(of.cut - of.age)}).drop_duplicates()
    days = days.sort_values(["pair", "day"])
    recent = days["pair"][of.cut - days["day"] < 730]
    gaps = days["day"].diff().where(days["pair"] == days["pair"].shift()).groupby(days["pair"])
    gap = np.where(gaps.count() >= 4, gaps.median(), 90.0)
    first = of.extreme(of.age, largest=True)
    return np.asarray(
        2.5 * np.minimum(1, np.log1p(amount) / np.log1p(40.7))
        + 1.5 * np.minimum(1, np.log1p(np.bincount(recent, minlength=of.size)) / np.log(105))
        + 2 * less / (amount + 1)
        + 1 / (1 + (silence / np.maximum(gap, 1) / 8) ** 2)
        + 0.5 * np.minimum(1, np.log1p(first) / np.log(3651))
    )


def _days(of: _Rows, silence: Floats) -> dict[str, Floats]:
    at = of.cut - of.age
    found = {}
    for name, when in {"days": np.floor(at), "weeks": np.floor(at / 7), "events": at}.items():
        once = pd.DataFrame({"pair": of.pair, "when": when}).drop_duplicates()
        once = once.sort_values(["pair", "when"])
        found[name] = np.bincount(once["pair"], minlength=of.size).astype(float)
        gaps = once["when"].diff().where(once["pair"] == once["pair"].shift())
        if name == "events":
            gaps = gaps.clip(lower=1 / 24)
        middle = gaps.groupby(once["pair"]).median()
        usual = middle.median()
        found[f"{name} gap"] = silence / middle.fillna(usual).to_numpy()
        if name == "days":
            ages, pair = of.cut - once["when"].to_numpy(), once["pair"].to_numpy()
            for span, half in {"30 d": 30.0, "H": of.horizon}.items():
                found[f"decayed days {span}"] = np.bincount(
                    pair, 0.5 ** (ages / half), minlength=of.size
                )
    return {
        **{name: found[name] for name in ("days", "weeks", "decayed days 30 d", "decayed days H")},
        "silence/median gap": -found["days gap"],
        "silence/median gap (events)": -found["events gap"],
    }


def _own(
    of: _Rows, columns: dict[str, Floats], side: int, ends: tuple[Ints, Ints]
) -> dict[str, Floats]:
    """Return predictors that depend on whose tie it is."""
    out = of.forward if side == 0 else ~of.forward
    found = {}
    for half in (7, 30):
        faded = of.faded(half)
        found[f"Interactions Rank {half} d"] = of.sums(faded, ~out) + 5 * of.sums(faded, out)
    count, silence = columns["count"], -columns["recency"]
    channels = pd.Series(of.channel).groupby(of.pair).nunique().to_numpy()
    every = max(1, len(np.unique(of.channel)))
    mine = pd.Series(np.r_[count, count]).groupby(np.concatenate(ends))
    usual = mine.agg(lambda counts: np.sort(counts)[int(0.9 * len(counts))])
    usual = usual.reindex(ends[side]).to_numpy()
    often = np.log1p(count) / np.log1p(usual)
    step = np.select(
        [np.floor(silence) < limit for limit in (7, 30, 90, 180, 365)], [100, 80, 60, 30, 10], 0
    )
    found["rival i"] = np.round(
        0.5 * step + 0.3 * np.minimum(100, np.round(100 * often)) + 0.2 * 20 * channels
    )
    fresh = np.maximum(0.0, 1.0 - silence / 365)
    found["rival i, linear recency"] = (
        0.5 * fresh + 0.3 * np.minimum(1, often) + 0.2 * channels / every
    )
    year = of.sums((of.age <= 365).astype(float))
    found["rival ii"] = _second(np.maximum(0, 1 - silence / 200), year, count, channels / every)
    return found


def _second(recent: Floats, year: Floats, count: Floats, media: Floats) -> Floats:
    volume = 0.65 * np.minimum(1, np.log1p(year) / np.log(251)) + 0.35 * np.minimum(
        1, np.log1p(count) / np.log(1251)
    )
    return 0.30 * recent + 0.60 * volume + 0.10 * media
