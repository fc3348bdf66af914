"""Events become interactions of dyads, sessions, and what a dyad's sessions add up to.

All arithmetic is on integer days and seconds and on plain group sums, so that it can run
where the data lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.ids import mixed

__all__ = ["Interactions", "Sessions", "interactions", "sessions"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DAY = 86_400
BLOCK = 1_800
MOST_ADDRESSED = 20
# From so many on, addressed at once or by one template, nobody is meant in person.
MANY = 8
UNDATED = np.int64(-(2**60))

# Order of the seeds; sizes are ours, to be learned from data (docs/measures.md).
EFFORT = {
    "reaction": 0.1,
    "endorsement": 0.1,
    "reshare": 0.3,
    "invitation": 0.3,
    "comment": 1.0,
    "message": 1.0,
    "call": 2.0,
    "meeting": 3.0,
    "favour": 5.0,
    "introduction": 5.0,
    "recommendation": 5.0,
    "joint work": 5.0,
    "post": 0.0,
}
PROMPTED = 0.2
MUTUAL = ("meeting", "joint work")
_ABSENT = ("missed", "declined")
FAVOURS = ("favour", "introduction", "recommendation")


@dataclass(frozen=True, eq=False)
class Interactions:
    """One row per interaction of a dyad, people as integer codes, ``a < b``.

    Attributes
    ----------
    a, b
        Codes of the two people.
    forward
        1 when a addressed b, 0 when b addressed a, 2 when it was mutual (a meeting).
    day, second
        UTC day and second; `UNDATED` where the log has no times.
    weight
        Effort of the kind, shared among those addressed, by duration, less for templates;
        0 for what shows no tie (lists, automatic replies, missed calls).
    alone
        Whether it was meant for this one person: neither one of several addressed nor a
        template that went to many.
    many
        Whether it went to eight people and more, at once or as a template, or was a meeting of
        more than eight. A few addressed together are neither. What went to more than 20 weighs
        nothing and is still to many.
    kind, channel
        Codes of the schema's categories.
    thread
        Code of the conversation, -1 where there is none.
    event
        Position of the event's row in the table given.
    """

    a: Ints
    b: Ints
    forward: Ints
    day: Ints
    second: Ints
    weight: Floats
    alone: Bools
    many: Bools
    kind: Ints
    channel: Ints
    thread: Ints
    event: Ints

    def __len__(self) -> int:
        return len(self.a)

    @property
    def timed(self) -> Bools:
        """Which interactions have a time and are contact: missed calls and the like are none."""
        return np.asarray((self.weight > 0) & (self.second != UNDATED))

    def dyads(self) -> tuple[Ints, Ints, Ints]:
        """Return the two people of each dyad, and the dyad's number of each row."""
        return self._dyads

    @cached_property
    def _dyads(self) -> tuple[Ints, Ints, Ints]:
        size = np.int64(self.b.max() + 1) if len(self) else np.int64(1)
        pairs, number = np.unique(self.a * size + self.b, return_inverse=True)
        return pairs // size, pairs % size, number.astype(np.int64)


def interactions(events: pd.DataFrame, code_of: pd.Series, owner_of: pd.Series) -> Interactions:
    """Turn events into interactions between coded people.

    Parameters
    ----------
    events
        The schema's events.
    code_of
        The code of each account; accounts without one (hidden members, lists,
        organisations, ambiguous names) take part in no dyad.
    owner_of
        The owner's account of each source, missing for a whole group's log. What an owner's
        source shows between two others is seen in part only: it makes no dyad.

    Returns
    -------
    Interactions
        Meetings give every pair of those present, up to 20 people, 1/(n-1) each.
    """
    sender, recipient = _codes(events["sender"], code_of), _codes(events["recipient"], code_of)
    kind = events["kind"].cat.codes.to_numpy(dtype=np.int64)
    kinds = list(events["kind"].cat.categories)
    mutual = np.isin(kind, [kinds.index(name) for name in MUTUAL])
    weight = _weights(events)
    direct = np.flatnonzero(~mutual & (sender >= 0) & (recipient >= 0) & (sender != recipient))
    together = _pairs_together(events, sender, recipient, mutual)
    left = np.concatenate([sender[direct], together["x"].to_numpy()])
    right = np.concatenate([recipient[direct], together["y"].to_numpy()])
    rows = np.concatenate([direct, together["row"].to_numpy(dtype=np.int64)])
    share = np.concatenate([np.ones(len(direct)), together["share"].to_numpy()])
    alone = np.r_[_alone(events)[direct], together["alone"].to_numpy(dtype=bool)]
    many = np.r_[_many(events, mutual)[direct], together["many"].to_numpy(dtype=bool)]
    seen = _seen_whole(left, right, _codes(events["source"].map(owner_of), code_of)[rows])
    left, right, rows, share = left[seen], right[seen], rows[seen], share[seen]
    day, second = _clock(events)
    forward = np.where(mutual[rows], 2, (left < right).astype(np.int64))
    return Interactions(
        a=np.minimum(left, right),
        b=np.maximum(left, right),
        forward=forward,
        day=day[rows],
        second=second[rows],
        weight=weight[rows] * share,
        alone=alone[seen],
        many=many[seen],
        kind=kind[rows],
        channel=events["channel"].cat.codes.to_numpy(dtype=np.int64)[rows],
        thread=pd.factorize(events["thread"])[0].astype(np.int64)[rows],
        event=rows,
    )


def _codes(accounts: pd.Series, code_of: pd.Series) -> Ints:
    found, uniques = pd.factorize(accounts)
    known = code_of.reindex(uniques).fillna(-1).to_numpy(dtype=np.int64)
    return np.append(known, -1)[found]


def _seen_whole(left: Ints, right: Ints, owner: Ints) -> Bools:
    return np.asarray((owner < 0) | (left == owner) | (right == owner))


def _clock(events: pd.DataFrame) -> tuple[Ints, Ints]:
    day = events["day"].fillna(int(UNDATED)).to_numpy(dtype=np.int64)
    at = events["at"]
    second = (at.astype("int64") // 1_000_000).to_numpy(dtype=np.int64)
    noon = np.where(day == UNDATED, UNDATED, day * DAY)
    return day, np.where(at.isna().to_numpy(), noon, second)


def _audience(events: pd.DataFrame) -> Floats:
    return events["audience"].to_numpy(dtype=np.float64, na_value=1.0)


def _weights(events: pd.DataFrame) -> Floats:
    effort = np.array([EFFORT[name] for name in events["kind"].cat.categories])
    weight = effort[events["kind"].cat.codes.to_numpy()]
    many = _audience(events)
    weight = np.where(many > MOST_ADDRESSED, 0.0, weight / np.maximum(many, 1.0))
    weight *= events["role"].map({"cc": 0.5, "bcc": 0.0}).astype("float64").fillna(1.0).to_numpy()
    weight *= _duration_factor(events)
    marks = events["marks"].fillna("")
    weight = np.where(
        marks.str.contains("templated|prompted", regex=True), PROMPTED * weight, weight
    )
    weight = np.where(marks.str.contains("automatic", regex=False), 0.0, weight)
    # Who declined a meeting was not there; the others were, whatever their row says.
    absent = events["answer"].isin(_ABSENT) & ~events["kind"].isin(MUTUAL)
    return np.where(absent, 0.0, weight)


def _templates(events: pd.DataFrame) -> Bools:
    marks = events["marks"].fillna("")
    return np.asarray(marks.str.contains("templated", regex=False).to_numpy(bool))


def _alone(events: pd.DataFrame) -> Bools:
    return np.asarray((_audience(events) == 1) & ~_templates(events))


def _many(events: pd.DataFrame, mutual: Bools) -> Bools:
    automatic = events["marks"].fillna("").str.contains("automatic", regex=False).to_numpy(bool)
    wide = (_audience(events) >= MANY) & ~mutual
    return np.asarray((wide | _templates(events)) & ~automatic)


def _duration_factor(events: pd.DataFrame) -> Floats:
    unit = np.where(events["kind"] == "call", 300.0, 1_800.0)
    seconds = events["seconds"].to_numpy(dtype=np.float64, na_value=np.nan)
    factor = np.minimum(3.0, np.log2(1.0 + np.maximum(seconds, 0.0) / unit))
    return np.where(np.isnan(seconds), 1.0, factor)


def _pairs_together(
    events: pd.DataFrame, sender: Ints, recipient: Ints, mutual: Bools
) -> pd.DataFrame:
    """Pairs of those present at a meeting: a self-join on the event, never n^2 of a crowd."""
    rows = np.flatnonzero(mutual)
    ids = pd.factorize(events["event"].iloc[rows])[0]
    came = ~events["answer"].iloc[rows].isin(_ABSENT).to_numpy()
    present = pd.concat(
        [
            pd.DataFrame({"event": ids, "who": recipient[rows], "row": rows})[came],
            pd.DataFrame({"event": ids, "who": sender[rows], "row": rows}),
        ]
    )
    present = present[present["who"] >= 0].drop_duplicates(["event", "who"])
    present["n"] = present.groupby("event")["who"].transform("size")
    present = present[(present["n"] > 1) & (present["n"] <= MOST_ADDRESSED)]
    both = present.merge(present[["event", "who"]], on="event", suffixes=("", "_to"))
    both = both[both["who"] < both["who_to"]]
    audience = np.maximum(_audience(events)[both["row"].to_numpy(dtype=np.int64)], 1.0)
    # The weight was already divided by the audience stated in the row.
    share = audience / (both["n"].to_numpy() - 1.0)
    ends = {"x": both["who"], "y": both["who_to"], "row": both["row"]}
    crowd = both["n"] > MANY
    return pd.DataFrame({**ends, "share": share, "alone": both["n"] == 2, "many": crowd})


@dataclass(frozen=True, eq=False)
class Sessions:
    """Sessions: what happened between two people in one sitting, per direction.

    Attributes are arrays over sessions; `dyad` indexes `a` and `b`, the dyads' people. A session
    is `alone` if anything in it was meant for this one person, and to `many` if all of it was.
    """

    a: Ints
    b: Ints
    dyad: Ints
    forward: Ints
    day: Ints
    second: Ints
    weight: Floats
    alone: Bools
    many: Bools
    kind: Ints
    channel: Ints


def sessions(of: Interactions) -> Sessions:
    """Count sessions, not raw messages.

    In a conversation (a thread) a session is a day; elsewhere a half-hour. What went to many
    is a session apart. It weighs what
    its weightiest interaction weighs and is as young as its youngest.
    """
    a, b, dyad = of.dyads()
    block = np.where(of.thread >= 0, of.day, of.second // BLOCK)
    undated = of.day == UNDATED
    block = np.where(undated, np.arange(len(of)), block)
    key = mixed(
        *(
            np.asarray(c).astype(np.int64).view(np.uint64)
            for c in (dyad, of.forward, of.kind, of.thread, of.many, block)
        )
    )
    order = np.lexsort((of.second, key))
    starts = (
        np.flatnonzero(np.r_[True, key[order][1:] != key[order][:-1]])
        if len(of)
        else np.array([], dtype=np.int64)
    )
    last = np.append(starts[1:], len(of)) - 1 if len(of) else starts
    heads = order[last] if len(of) else starts
    return Sessions(
        a=a,
        b=b,
        dyad=dyad[heads],
        forward=of.forward[heads],
        day=of.day[heads],
        second=of.second[heads],
        weight=np.maximum.reduceat(of.weight[order], starts) if len(of) else of.weight,
        alone=np.logical_or.reduceat(of.alone[order], starts) if len(of) else of.alone,
        many=np.logical_and.reduceat(of.many[order], starts) if len(of) else of.many,
        kind=of.kind[heads],
        channel=of.channel[heads],
    )
