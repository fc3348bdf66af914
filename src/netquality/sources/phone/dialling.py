"""What became of a call: who rang, whether anybody answered, how long they spoke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netquality.sources.diary import To

if TYPE_CHECKING:
    from netquality.sources.diary import Diary

__all__ = ["ANDROID", "Outcome", "write_call"]


@dataclass(frozen=True)
class Outcome:
    """Whether a call came in, and what is known of it before its length is.

    `missed` is a call that nobody took, `elsewhere` one taken on another device, whose length the
    phone does not know.
    """

    incoming: bool
    missed: bool = False
    elsewhere: bool = False


# Android's CallLog.Calls.TYPE: in, out, missed, voicemail, rejected, blocked, answered elsewhere.
ANDROID = {
    "1": Outcome(incoming=True),
    "2": Outcome(incoming=False),
    "3": Outcome(incoming=True, missed=True),
    "4": Outcome(incoming=True, missed=True),
    "5": Outcome(incoming=True, missed=True),
    "6": Outcome(incoming=True, missed=True),
    "7": Outcome(incoming=True, elsewhere=True),
}


def write_call(
    diary: Diary,
    row: int,
    outcome: Outcome,
    pair: tuple[int, int],
    *,
    at: int | None,
    seconds: float | None,
    precision: str = "second",
) -> bool:
    """Write a call into the diary.

    A call of no length is an attempt: somebody rang and nobody spoke. What has no length is not
    said to be of length 0.

    Parameters
    ----------
    pair
        Accounts of the owner and of the other.
    seconds
        Length as the file states it, None where it does not.
    """
    owner, other = pair
    sender, recipient = (other, owner) if outcome.incoming else (owner, other)
    missed = outcome.missed or (seconds == 0 and not outcome.elsewhere)
    return diary.write(
        row,
        kind="call",
        channel="call",
        sender=sender,
        to=[To(recipient, "to", "missed" if missed else None)],
        at=at,
        precision=precision,
        seconds=seconds if seconds and not missed else None,
    )
