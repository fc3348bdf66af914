"""Direct messages and what came of them: what is known of the other side when one is sent.

A message to one person is an ask for an answer; it is answered when that person writes back,
to this one or to several, within so many days. Half of that and more is the going flow of the
pair, which would have come without the message: the label measures both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ties.dyads import DAY, UNDATED, Interactions

__all__ = ["OPEN", "OWN", "Asks", "asks", "faded_before", "known_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Of the pair only; where everybody is seen whole, also how much the other side writes to anybody.
OWN = ("answers", "recent", "lately")
OPEN = (*OWN, "writes")
# Half-lives in days: of past outcomes, of what the other side wrote, and of its writing at all.
_OUTCOMES, _RECENT, _LATELY, _WRITES = 90.0, 30.0, 7.0, 7.0
# How many outcomes a person's and then a pair's share is shrunk by.
_SHRINK = 8.0
_NONE = 0.05


@dataclass(frozen=True, eq=False)
class Asks:
    """Direct messages in the order of time.

    Attributes
    ----------
    sender, receiver
        Codes of people.
    at
        Seconds.
    event
        Position of the event's row.
    answered
        Whether the receiver wrote back within the days.
    known
        Second at which that is known: when the answer came, or when the days were over.
    """

    sender: Ints
    receiver: Ints
    at: Ints
    event: Ints
    answered: Bools
    known: Floats

    def __len__(self) -> int:
        return len(self.at)

    def take(self, which: npt.NDArray[np.generic]) -> Asks:
        """Return some of them."""
        return Asks(
            self.sender[which],
            self.receiver[which],
            self.at[which],
            self.event[which],
            self.answered[which],
            self.known[which],
        )


def asks(acts: Interactions, days: float) -> Asks:
    """Return all direct messages with a time.

    Parameters
    ----------
    acts
        Interactions; meetings ask for nothing, and what weighs nothing is left out.
    days
        How long one waits for an answer.
    """
    sender, receiver, use = _arcs(acts)
    size = int(max(acts.a.max(initial=0), acts.b.max(initial=0))) + 1
    direct = acts.alone[use]
    came = _next(sender, receiver, acts.second[use], size)[direct]
    at = acts.second[use][direct]
    answered = came <= at + days * DAY
    order = np.argsort(at, kind="stable")
    found = Asks(
        sender[direct],
        receiver[direct],
        at,
        use[direct],
        answered,
        np.where(answered, came, at + days * DAY),
    )
    return found.take(order)


def _arcs(acts: Interactions) -> tuple[Ints, Ints, Ints]:
    """Return who wrote to whom, and the positions of these interactions.

    Also to many at once: who answers a message by writing to everybody has answered.
    """
    wrote = (acts.weight > 0) | acts.many
    use = np.flatnonzero(wrote & (acts.second != UNDATED) & (acts.forward != 2))
    ahead = acts.forward[use] == 1
    sender = np.where(ahead, acts.a[use], acts.b[use])
    return sender, np.where(ahead, acts.b[use], acts.a[use]), use


def _next(sender: Ints, receiver: Ints, at: Ints, size: int) -> Floats:
    """Return when the receiver next wrote to the sender, later than that; infinite if never."""
    key, back = sender * size + receiver, receiver * size + sender
    order = np.lexsort((at, key))
    keys, times = key[order], at[order]
    codes = np.searchsorted(np.unique(keys), np.c_[keys, back])
    first, span = (at.min(), np.ptp(at) + 2) if len(at) else (0, 2)
    line = codes * span + (np.c_[times, at] - first)
    place = np.searchsorted(line[:, 0], line[:, 1], side="right")
    inside = np.minimum(place, len(keys) - 1)
    hit = (place < len(keys)) & (keys[inside] == back)
    return np.where(hit, times[inside], np.inf)


def known_of(
    acts: Interactions, every: Asks, sender: Ints, receiver: Ints, at: Floats, usual: float
) -> pd.DataFrame:
    """Return what is known of a receiver when somebody writes: columns `OPEN`.

    Parameters
    ----------
    acts, every
        Interactions and all direct messages.
    sender, receiver, at
        Who writes to whom, and when (seconds). Only what was known before is used.
    usual
        The share of messages that are answered, which shares are shrunk towards.

    Returns
    -------
    DataFrame
        ``answers``: log-odds of the receiver's share of answers to this sender, shrunk towards
        the receiver's share for all, outcomes fading. ``recent`` and ``lately``: logs of what
        the receiver wrote to the sender, fading slowly and fast. ``writes``: the log of what
        the receiver wrote to anybody.
    """
    size = np.int64(int(max(acts.a.max(initial=0), acts.b.max(initial=0))) + 1)
    wrote, to, use = _arcs(acts)
    times = acts.second[use].astype(np.float64)
    back, pair = receiver * size + sender, sender * size + receiver
    flow = wrote * size + to
    own = every.sender * size + every.receiver
    came = every.answered.astype(np.float64)
    one = np.ones(len(every))
    share = np.full(len(at), usual)
    for group, wanted in ((every.receiver, receiver), (own, pair)):
        tries = faded_before(group, every.known, one, wanted, at, _OUTCOMES)
        hits = faded_before(group, every.known, came, wanted, at, _OUTCOMES)
        share = (hits + _SHRINK * share) / (tries + _SHRINK)
    share = share.clip(1e-6, 1.0 - 1e-6)
    each = np.ones(len(times))
    return pd.DataFrame(
        {
            "answers": np.log(share / (1.0 - share)),
            "recent": np.log(_NONE + faded_before(flow, times, each, back, at, _RECENT)),
            "lately": np.log(_NONE + faded_before(flow, times, each, back, at, _LATELY)),
            "writes": np.log(_NONE + faded_before(wrote, times, each, receiver, at, _WRITES)),
        }
    )


def faded_before(
    group: Ints, at: Floats, weight: Floats, wanted: Ints, when: Floats, half: float
) -> Floats:
    """Sum what came in a group strictly before a moment, each faded with its age.

    Parameters
    ----------
    group, at, weight
        What came: its group, second and weight.
    wanted, when
        The groups and seconds asked for.
    half
        Half-life in days.

    Examples
    --------
    >>> day = 86_400.0
    >>> faded_before(np.array([7, 7]), np.array([0.0, day]), np.ones(2),
    ...     np.array([7, 7, 8]), np.array([day, 2 * day, day]), 1.0).tolist()
    [0.5, 0.75, 0.0]
    """
    codes = np.unique(np.r_[group, wanted], return_inverse=True)[1]
    times = np.r_[at, when].astype(np.float64)
    asked = np.r_[np.zeros(len(at), bool), np.ones(len(when), bool)]
    # Of what happens at one time a question comes first: it does not see the answer.
    order = np.lexsort((~asked, times, codes))
    code, days = codes[order], times[order] / (DAY * half)
    adds = np.r_[weight, np.zeros(len(when))][order]
    heads = np.flatnonzero(np.r_[True, code[1:] != code[:-1]]) if len(code) else code
    sizes = np.diff(np.append(heads, len(code)))
    # The largest groups first: those that go on are then always the first ones.
    largest = np.argsort(-sizes, kind="stable")
    heads, sizes = heads[largest], sizes[largest]
    total, last, found = np.zeros(len(heads)), days[heads], np.zeros(len(code))
    for step in range(int(sizes.max(initial=0))):
        going = int(np.searchsorted(-sizes, -step, side="left"))
        rows = heads[:going] + step
        total[:going] *= np.exp2(last[:going] - days[rows])
        found[rows] = total[:going]
        total[:going] += adds[rows]
        last[:going] = days[rows]
    answer = np.empty(len(order))
    answer[order] = found
    return answer[len(at) :]
