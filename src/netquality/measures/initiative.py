"""Initiative: who begins, who answers, and how long the answers take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.measures.ends import from_both_ends, rate_interval, when
from netquality.measures.result import Result
from netquality.ties.turns import BOTH, REPLY_DAYS, Turns, openings, turns

if TYPE_CHECKING:
    from netquality.network import Network

__all__ = ["Initiative", "initiative"]

_COUNTS = (
    *("conversations", "started", "asked", "answered", "open"),
    *("own_asked", "own_answered", "own_open"),
)
_ORDER = (
    *("conversations", "started", "initiative", "initiative_low", "initiative_high"),
    *("asked", "answered", "open", "reply_rate", "reply_rate_low", "reply_rate_high"),
    *("wait_hours", "own_asked", "own_answered", "own_open", "own_rate", "own_rate_low"),
    *("own_rate_high", "own_wait_hours"),
)
_RATES = {
    "initiative": ("started", "conversations"),
    "reply_rate": ("answered", "asked"),
    "own_rate": ("own_answered", "own_asked"),
}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Initiative(Result):
    """Who begins and who answers.

    Attributes
    ----------
    frame
        One row a person asked and alter; see `initiative`.
    totals
        The same over all alters, index person.
    """

    totals: pd.DataFrame


def initiative(network: Network) -> Initiative:
    """Count who begins conversations and who answers, on both sides of each tie.

    Contact begins a conversation when it breaks a silence of 14 days, in chats and calls of
    an hour; in mail with known threads, when it opens a thread. Group messages and templates
    begin none, nor do clicks (endorsements, invitations). ``initiative`` is the share that the
    person began.

    A turn is a run of contact from one side; it is answered by contact from the other side
    within 14 days (the reply window of mail; Kooti et al. 2015). What went to many asks nobody
    in person and is no turn here. ``asked``: turns of the person that are decided;
    ``answered``: of these, answered by the alter; ``open``: younger than 14 days and not
    answered yet, counted nowhere else (right-censored); ``wait_hours``: median hours to the
    alter's answer. The columns with ``own_`` say the same of the person's answers to the alter.
    The last turn of an exchange is no unanswered one. Rates carry 95 % Jeffreys intervals.

    Parameters
    ----------
    network
        With owners, the owners' ties; else every tie from both its ends.

    Returns
    -------
    Initiative
        Rates are missing where there is no case; nothing is known without times.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> initiative(build(Tables())).frame.empty
    True
    """
    acts = network.contact.acts
    dyad, n = acts.dyads()[2], len(network.contact.sittings.a)
    begun, spoken = openings(acts, dyad), turns(acts, dyad, network.as_of, talk=True)
    started = [np.bincount(begun.dyad[begun.forward == side], minlength=n) for side in (1, 0)]
    both = started[0] + started[1]
    ours, theirs = _answers(spoken, 1, n), _answers(spoken, 0, n)
    columns: dict[str, tuple[Any, Any]] = {
        "conversations": (both, both),
        "started": (started[0], started[1]),
        **{name: (ours[name], theirs[name]) for name in ours},
        **{f"own_{name}": (theirs[name], ours[name]) for name in ours},
    }
    frame = from_both_ends(network, columns)
    frame = frame[frame[list(_COUNTS)].sum(axis=1) > 0].reset_index(drop=True)
    totals = frame.groupby("person")[list(_COUNTS)].sum()
    waits = _waits_by_person(network, spoken)
    totals = totals.join(waits)
    names = ["person", "alter", *_ORDER]
    return Initiative(
        _rated(frame)[names],
        network.as_of,
        _rated(totals)[list(_ORDER)],
        coverage=_coverage(network, totals),
        parameters={"reply_days": REPLY_DAYS},
    )


def _answers(spoken: Turns, side: int, n: int) -> dict[str, Floats]:
    """Count what became of the turns of one side of every dyad."""
    mine = (spoken.forward == side) & ~spoken.many
    known, hit = mine & spoken.known, mine & spoken.answered
    # An answer that is not answered back is no open question either.
    waiting = mine & ~spoken.known & ~spoken.answering
    hours = pd.Series(spoken.wait[hit] / 3600.0).groupby(spoken.dyad[hit]).median()
    wait = np.full(n, np.nan)
    wait[hours.index.to_numpy(dtype=np.int64)] = hours.to_numpy()
    return {
        "asked": np.bincount(spoken.dyad[known], minlength=n).astype(np.float64),
        "answered": np.bincount(spoken.dyad[hit], minlength=n).astype(np.float64),
        "open": np.bincount(spoken.dyad[waiting], minlength=n).astype(np.float64),
        "wait_hours": wait,
    }


def _waits_by_person(network: Network, spoken: Turns) -> pd.DataFrame:
    """Median hours to an answer over all alters, for the turns of a person and to a person."""
    dyads = network.contact.sittings
    hit = spoken.answered & ~spoken.many & (spoken.forward != BOTH)
    a, b = dyads.a[spoken.dyad[hit]], dyads.b[spoken.dyad[hit]]
    asker = np.where(spoken.forward[hit] == 1, a, b)
    answerer = np.where(spoken.forward[hit] == 1, b, a)
    hours, people = pd.Series(spoken.wait[hit] / 3600.0), network.contact.people
    waits = {"wait_hours": asker, "own_wait_hours": answerer}
    medians = {name: hours.groupby(people.to_numpy()[who]).median() for name, who in waits.items()}
    return pd.DataFrame(medians)


def _rated(frame: pd.DataFrame) -> pd.DataFrame:
    counts = frame.astype(dict.fromkeys(_COUNTS, "float64"))
    for name, (hits, tries) in _RATES.items():
        cases = counts[tries]
        counts[name] = counts[hits] / cases.where(cases > 0)
        counts[f"{name}_low"], counts[f"{name}_high"] = rate_interval(counts[hits], cases)
    return counts


def _coverage(network: Network, totals: pd.DataFrame) -> tuple[str, ...]:
    if network.timeless or totals.empty:
        return (f"{when(network)}: nothing shows who begins and who answers.",)
    talks, turns_ = totals["conversations"].sum(), totals[["asked", "own_asked"]].to_numpy().sum()
    open_ = totals[["open", "own_open"]].to_numpy().sum()
    if not network.egos:  # each is seen from both of its ends
        talks, turns_, open_ = talks / 2, turns_ / 2, open_ / 2
    counted = f"{talks:,.0f} conversations of two, {turns_:,.0f} turns that were answered or not"
    within = f"within {REPLY_DAYS} days; {open_:,.0f} younger ones are left open."
    return (f"{when(network)}: {counted} {within}",)
