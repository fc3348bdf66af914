"""Who met whom at a meeting, or why nobody did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.calendars.moments import Unusable
from netquality.sources.diary import To
from netquality.sources.parties import NOBODY

if TYPE_CHECKING:
    from netquality.sources.calendars.entries import Entry
    from netquality.sources.calendars.owners import Owner

__all__ = ["Meeting", "meeting_of"]


class Meeting(NamedTuple):
    """People of a meeting: the organiser (or nobody), the others, how many others there are."""

    sender: int
    to: list[To]
    audience: int


def meeting_of(entry: Entry, owner: Owner) -> Meeting:
    """Return who was to meet whom.

    Who declined keeps a row that says so; an organiser who declined was not there, and the meeting
    is nobody's. Rooms and lists are no people. People without an address count in the audience.

    Raises
    ------
    Unusable
        When nobody met anybody: it was cancelled, lasts all day, the owner or all others declined,
        or it names nobody else.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Calendar
    >>> from netquality.sources.calendars.entries import Entry
    >>> from netquality.sources.calendars.guests import Guest
    >>> from netquality.sources.calendars.owners import Owner
    >>> zora = Owner(0, frozenset({0}), known=True, how="")
    >>> entry = Entry(1, Calendar(), organiser=Guest(0), guests=[Guest(1, answer="accepted")])
    >>> meeting_of(entry, zora)
    Meeting(sender=0, to=[To(code=1, role='attendee', answer='accepted')], audience=1)
    """
    if entry.cancelled:
        raise Unusable("STATUS", "cancelled")
    if entry.all_day:
        raise Unusable("DTSTART", "all day: no meeting")
    answers = _answers(entry, owner)
    if answers.get(owner.code) == "declined":
        raise Unusable("ATTENDEE", "declined by the owner")
    sender, led = _organiser(entry, owner, answers)
    # A sole organiser is most likely the owner; to whoever else is invited the owner comes on top.
    if not owner.known and sender != owner.code and answers:
        answers.setdefault(owner.code, None)
    unnamed = _unnamed(entry)
    _refuse_alone(sender, answers, len(unnamed) + led)
    _refuse_empty(sender, answers, sum(each != "declined" for each in unnamed) + led)
    to = [To(code, "attendee", answer) for code, answer in answers.items()]
    return Meeting(sender, to, len(to) + len(unnamed))


def _answers(entry: Entry, owner: Owner) -> dict[int, str | None]:
    answers: dict[int, str | None] = {}
    coming = [each for each in entry.guests if each.person and not each.informed]
    for each in coming:
        if each.code != NOBODY:
            code = owner.code if each.code in owner.codes else each.code
            # Invited under two addresses, one comes if one of the answers says so.
            if answers.get(code) in (None, "none", "declined"):
                answers[code] = each.answer or answers.get(code)
    for code in (code for each in coming for code in each.delegates):
        answers.setdefault(owner.code if code in owner.codes else code, None)
    return answers


def _organiser(entry: Entry, owner: Owner, answers: dict[int, str | None]) -> tuple[int, int]:
    guest = entry.organiser
    if guest is None or not guest.person:
        return NOBODY, 0
    if guest.code == NOBODY:
        return NOBODY, 1
    code = owner.code if guest.code in owner.codes else guest.code
    if answers.get(code) == "declined":
        return NOBODY, 0
    answers.pop(code, None)
    return code, 0


def _unnamed(entry: Entry) -> list[str | None]:
    unnamed: list[str | None] = []
    for each in entry.guests:
        if each.person and not each.informed:
            unnamed += [each.answer] * (each.code == NOBODY)
            unnamed += [None] * (each.more if each.answer != "declined" else 0)
    return unnamed


def _refuse_alone(sender: int, answers: dict[int, str | None], unnamed: int) -> None:
    if len(answers) + (sender != NOBODY) < 2:
        raise Unusable("ATTENDEE", "nobody else by address" if unnamed else "nobody else")


def _refuse_empty(sender: int, answers: dict[int, str | None], unnamed: int) -> None:
    there = (sender != NOBODY) + sum(answer != "declined" for answer in answers.values())
    if there + unnamed < 2:
        raise Unusable("ATTENDEE", "nobody came")
