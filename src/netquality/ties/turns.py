"""Whose turn it was, who answered and how fast, and who began to talk."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from netquality.schema import CHANNELS, KINDS
from netquality.ties.dyads import DAY, UNDATED, Interactions

__all__ = ["BOTH", "REPLY_DAYS", "Openings", "Turns", "mailings", "openings", "turns"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

REPLY_DAYS = 14
BOTH = 2
HOUR = 3600
# Talk in these channels is over after an hour (bandicoot's conversation); a message of the
# other kinds may be answered days later and still belong to it.
_CHATTY = ("chat", "sms", "call", "video")
# What is written or said to somebody; a click (an endorsement, an invitation) is no talk.
_TALK = ("message", "call", "comment", "favour", "introduction", "recommendation")


class Turns(NamedTuple):
    """Turns of one side, arrays over turns, ordered by dyad and time.

    `forward` is 1 where a spoke to b, 0 where b spoke to a, and `BOTH` where both did in the
    same second, or on the same day of a log without times of day: an exchange of which nobody
    can tell who answered. `alone` says that something in the turn was meant for
    this one person, `many` that all of it went to many; `known` that it is decided whether it
    was answered; `answering` that it answers the turn before it; `second` is that of its last
    word; `wait` counts seconds until the answer, infinite where there was none.
    """

    dyad: Ints
    forward: Ints
    second: Ints
    alone: Bools
    many: Bools
    answered: Bools
    answering: Bools
    known: Bools
    wait: Floats


class Openings(NamedTuple):
    """Who began conversations; arrays over conversations."""

    dyad: Ints
    forward: Ints


def turns(of: Interactions, dyad: Ints, as_of: int, *, talk: bool = False) -> Turns:
    """Find the turns of each dyad and whether they were answered.

    A turn is a run of contact from one side without a pause of 14 days. It is answered if the
    other side makes contact within 14 days of its last word. An unanswered turn is known to be
    so only when its 14 days are over (right-censored until then), and it counts only if it was
    no answer itself: every exchange ends with one.

    Parameters
    ----------
    of
        Interactions; what weighs nothing, is mutual (meetings) or undated is left out. With
        `talk` what went to a crowd stays in.
    dyad
        The dyad of each interaction.
    as_of
        The UTC day asked for.
    talk
        Only what was written or said, no clicks.
    """
    order = _spoken(of, dyad, talk=talk)
    who, when = dyad[order], of.second[order]
    side = np.where(_crossing(who, when, of.forward[order]), BOTH, of.forward[order])
    same, pause = who[1:] == who[:-1], when[1:] - when[:-1] > REPLY_DAYS * DAY
    anew = (side[1:] != side[:-1]) | ((side[1:] == BOTH) & (when[1:] != when[:-1]))
    begins = np.r_[True, ~same | pause | anew] if len(who) else side > BOTH
    starts = np.flatnonzero(begins)
    alone, many = of.alone[order], of.many[order]
    if len(starts):
        alone, many = np.logical_or.reduceat(alone, starts), np.logical_and.reduceat(many, starts)
    # Whoever writes again before the answer asks again: the 14 days count from the last word.
    last = when[np.r_[starts[1:], [len(when)]] - 1] if len(starts) else when
    who, when, side = who[begins], when[begins], side[begins]
    wait = np.where(side == BOTH, 0.0, np.inf)
    later = np.r_[when[1:] - last[:-1], [0]] if len(when) else when
    near = np.r_[(who[1:] == who[:-1]), [False]] if len(who) else side > BOTH
    turned = near & np.r_[side[1:] != side[:-1], [False]] if len(who) else near
    wait = np.where(turned & (side != BOTH), later, wait)
    answered = wait <= REPLY_DAYS * DAY
    flowing = answered & near & (later <= REPLY_DAYS * DAY)
    answering = np.r_[False, flowing[:-1]] if len(who) else answered
    over = (as_of + 1) * DAY - last > REPLY_DAYS * DAY
    known = answered | (~answering & over)
    return Turns(who, side, last, alone, many, answered, answering, known, wait)


def mailings(of: Interactions, dyad: Ints, as_of: int) -> Turns:
    """Find what went to many, a row for each person and each time, and whether it was answered.

    The next word of the other side within 14 days is an answer to what was said last. What is
    not answered is known to be so once its 14 days are over. Unlike a turn, a second mailing
    is another try. What crosses a word of the other side in the same second is left out.

    Parameters
    ----------
    of, dyad, as_of
        As for `turns`.
    """
    order = _spoken(of, dyad, talk=True)
    order = order[~_crossing(dyad[order], of.second[order], of.forward[order])]
    who, when, side = dyad[order], of.second[order], of.forward[order]
    wait = np.full(len(order), np.inf)
    next_ = np.flatnonzero((who[1:] == who[:-1]) & (side[1:] != side[:-1]))
    wait[next_] = when[next_ + 1] - when[next_]
    answered = wait <= REPLY_DAYS * DAY
    known = answered | ((as_of + 1) * DAY - when > REPLY_DAYS * DAY)
    alone, many = of.alone[order], of.many[order]
    told = np.flatnonzero(many)
    who, side, when, alone = who[told], side[told], when[told], alone[told]
    many, answered, known, wait = many[told], answered[told], known[told], wait[told]
    return Turns(who, side, when, alone, many, answered, np.zeros_like(many), known, wait)


def _crossing(who: Ints, when: Ints, side: Ints) -> Bools:
    """Say which messages cross one from the other side, so that no one can tell who answered.

    They bear the same second, or the same day where only days are known.
    """
    moment = np.cumsum(np.r_[False, (who[1:] != who[:-1]) | (when[1:] != when[:-1])][: len(who)])
    count = np.bincount(moment) if len(who) else moment
    forward = np.bincount(moment, side) if len(who) else moment
    return np.asarray(((forward > 0) & (forward < count))[moment])


def openings(of: Interactions, dyad: Ints) -> Openings:
    """Find who began each conversation of two.

    Contact begins a conversation when it breaks the silence between the two: an hour in chats
    and calls (bandicoot), 14 days elsewhere; where a mail's thread is known, its first message
    begins one. What went to several people at once, or to many as a template, begins none, but
    an answer to it is no beginning either. Where both speak in the same second, nobody can tell
    who began.

    Parameters
    ----------
    of
        Interactions; what is mutual, undated, a mere click, or weighs nothing (but for what
        went to a crowd) is left out.
    dyad
        The dyad of each interaction.
    """
    order = _spoken(of, dyad, talk=True)
    channel = of.channel[order]
    mail = channel == CHANNELS.index("mail")
    thread = np.where(mail, of.thread[order], -1)
    by_thread = np.lexsort((of.second[order], thread, dyad[order]))
    order, channel, thread = order[by_thread], channel[by_thread], thread[by_thread]
    who, when = dyad[order], of.second[order]
    chatty = np.isin(channel, [CHANNELS.index(name) for name in _CHATTY])
    silence = np.where(chatty, HOUR, REPLY_DAYS * DAY)
    silence = np.where(thread >= 0, np.iinfo(np.int64).max, silence)
    begins = np.ones(len(who), dtype=bool)
    same = (who[1:] == who[:-1]) & (thread[1:] == thread[:-1])
    begins[1:] = ~same | (when[1:] - when[:-1] > silence[1:])
    begins &= of.alone[order] & ~_crossing(who, when, of.forward[order])
    return Openings(who[begins], of.forward[order][begins])


def _spoken(of: Interactions, dyad: Ints, *, talk: bool) -> Ints:
    """Return the order by dyad and time of what one side said to the other."""
    fit = of.weight > 0
    if talk:
        # What went to a crowd weighs nothing in a tie, but it was said and may be answered.
        fit = (fit | of.many) & np.isin(of.kind, [KINDS.index(name) for name in _TALK])
    fit &= (of.day != UNDATED) & (of.forward < 2)
    live = np.flatnonzero(fit)
    order: Ints = live[np.lexsort((of.second[live], dyad[live]))]
    return order
