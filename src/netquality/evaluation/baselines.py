"""The simplest rules that a tie strength has to beat, from direct messages alone.

Each rule takes the table of `direct_messages` and gives one number a contact; only the
order of the numbers means something. A contact without a direct message has none.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from netquality.errors import NotObserved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netquality.network import Network

__all__ = [
    "BASELINES",
    "HALF_LIFE",
    "decayed_count",
    "decayed_reciprocity",
    "direct_messages",
    "last_contact",
    "message_count",
    "reciprocity",
]

HALF_LIFE = 180.0


def direct_messages(network: Network) -> pd.DataFrame:
    """Return the messages between the ego and one other person, one row a message.

    Parameters
    ----------
    network
        A network with one ego.

    Returns
    -------
    DataFrame
        ``person`` (the contact), ``theirs`` (whether the contact wrote it) and ``age`` (days
        before the network's day; missing where the message has no date).

    Raises
    ------
    NotObserved
        When the network has no ego, or several.

    Examples
    --------
    >>> from netquality.network import build
    >>> from netquality.schema import Tables
    >>> direct_messages(build(Tables()))
    Traceback (most recent call last):
    netquality.errors.NotObserved: The plain rules are about the contacts of one ego.
    """
    if network.ego is None:
        raise NotObserved("The plain rules are about the contacts of one ego.")
    events, person_of = network.events, network.identity.person_of
    rows = events[(events["kind"] == "message") & (events["audience"] == 1).fillna(False)]
    sender, recipient = rows["sender"].map(person_of), rows["recipient"].map(person_of)
    theirs = recipient == network.ego
    mine = sender == network.ego
    age = network.as_of - rows["day"].astype("float64")
    frame = pd.DataFrame({"person": sender.where(theirs, recipient), "theirs": theirs, "age": age})
    return frame[theirs != mine].dropna(subset=["person"]).reset_index(drop=True)


def message_count(messages: pd.DataFrame) -> pd.Series:
    """Count the messages in both directions together.

    Examples
    --------
    >>> message_count(pd.DataFrame({"person": ["odo", "odo"]})).to_dict()
    {'odo': 2}
    """
    return messages.groupby("person").size()


def last_contact(messages: pd.DataFrame) -> pd.Series:
    """Return minus the age in days of the last message, whoever wrote it.

    Examples
    --------
    >>> last_contact(pd.DataFrame({"person": ["odo", "odo"], "age": [9.0, 3.0]})).to_dict()
    {'odo': -3.0}
    """
    return -messages.groupby("person")["age"].min()


def decayed_count(messages: pd.DataFrame, half_life: float = HALF_LIFE) -> pd.Series:
    """Count the messages, each halved in weight for every half-life of its age.

    Parameters
    ----------
    half_life
        In days.

    Examples
    --------
    >>> decayed_count(pd.DataFrame({"person": ["odo", "odo"], "age": [0.0, 180.0]})).to_dict()
    {'odo': 1.5}
    """
    return _faded(messages, half_life).groupby(messages["person"]).sum()


def reciprocity(messages: pd.DataFrame) -> pd.Series:
    """Return the lesser of the numbers of messages received and sent.

    Examples
    --------
    >>> some = pd.DataFrame({"person": ["odo"] * 3, "theirs": [True, True, False]})
    >>> reciprocity(some).to_dict()
    {'odo': 1.0}
    """
    return _lesser(messages, pd.Series(1.0, index=messages.index))


def decayed_reciprocity(messages: pd.DataFrame, half_life: float = HALF_LIFE) -> pd.Series:
    """Return the lesser of what was received and sent, each message fading with its age.

    This one line is the bar: it beats every hand-set score that was measured beside it.

    Parameters
    ----------
    half_life
        In days.

    Examples
    --------
    >>> some = pd.DataFrame({"person": ["odo"] * 2, "theirs": [True, False], "age": [0.0, 360.0]})
    >>> decayed_reciprocity(some).to_dict()
    {'odo': 0.25}
    """
    return _lesser(messages, _faded(messages, half_life))


def _faded(messages: pd.DataFrame, half_life: float) -> pd.Series:
    return pd.Series(np.exp2(-messages["age"].to_numpy() / half_life), index=messages.index)


def _lesser(messages: pd.DataFrame, weight: pd.Series) -> pd.Series:
    theirs, person = messages["theirs"], messages["person"]
    received = weight.where(theirs, 0.0).groupby(person).sum()
    sent = weight.mask(theirs, 0.0).groupby(person).sum()
    return received.where(received <= sent, sent)


BASELINES: Mapping[str, Callable[[pd.DataFrame], pd.Series]] = MappingProxyType(
    {
        "message count": message_count,
        "last contact": last_contact,
        "count, 180-day decay": decayed_count,
        "min(received, sent)": reciprocity,
        "min(received, sent), 180-day decay": decayed_reciprocity,
    }
)
