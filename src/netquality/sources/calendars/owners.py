"""Whose calendar a file is."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from netquality.sources.addresses import mail_kind, mail_of
from netquality.sources.parties import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netquality.sources.calendars.blocks import Calendar
    from netquality.sources.calendars.entries import Entry
    from netquality.sources.ledger import Options
    from netquality.sources.parties import Parties

__all__ = ["Owner", "owner_of"]

_SHARE, _FEWEST = 0.9, 3


class Owner(NamedTuple):
    """Whose calendar it is.

    Parameters
    ----------
    code
        Number of the account.
    codes
        All accounts of theirs in it.
    known
        Whether their address is: they were at those meetings that name it, and else at all.
    how
        How they were told, in a sentence.
    """

    code: int
    codes: frozenset[int]
    known: bool
    how: str


def owner_of(
    entries: Sequence[Entry],
    calendars: Iterable[Calendar],
    people: Parties,
    options: Options,
    name: str,
) -> Owner:
    """Return the owner: as the user says, the calendar, its file's name, or most of its meetings.

    Parameters
    ----------
    name
        Of the file: Google names it by the address of the owner.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Calendar
    >>> from netquality.sources.ledger import Options
    >>> from netquality.sources.parties import Parties
    >>> calendar = Calendar({"X-WR-CALNAME": "zora@quill.example"})
    >>> owner_of([], [calendar], Parties(), Options(), "a.ics").known
    True
    """
    mine = _said(people, options)
    if mine:
        return Owner(mine[0], frozenset(mine), known=True, how="you, by --ego or an alias")
    for address, how in _written(calendars, name):
        code = people.mail(address)
        return Owner(code, frozenset({code}), known=True, how=how)
    code = _everywhere(entries)
    if code != NOBODY:
        how = f"who is in at least {_SHARE:.0%} of the meetings"
        return Owner(code, frozenset({code}), known=True, how=how)
    code = people.owner(options.ego)
    known = mail_of(options.ego or "") is not None
    how = "you, by --ego" if known else _ALL
    return Owner(code, frozenset({code}), known, how)


_ALL = (
    "you, taken to have been at every meeting of this calendar; "
    "--ego says who you are in it, by an address"
)


def _said(people: Parties, options: Options) -> list[int]:
    said = [options.ego, *options.aliases]
    found = [code for who in said if who for code in people.find(who)]
    codes = list(dict.fromkeys(code for code in found if people.kind(code) == "person"))
    for code in codes[1:]:
        people.join(code, to=codes[0])
    return codes


def _written(calendars: Iterable[Calendar], name: str) -> list[tuple[str, str]]:
    said = [calendar.said for calendar in calendars]
    sources = (
        ({_address(each.get("X-OWNER", "")) for each in said}, "as the calendar says"),
        ({_address(each.get("X-WR-CALNAME", "")) for each in said}, "by the calendar's name"),
        ({_address(PurePosixPath(name).name.removesuffix(".ics"))}, "by the file's name"),
    )
    # Several calendars of several people in one file say of nobody that it is theirs.
    return [(next(iter(found - {""})), how) for found, how in sources if len(found - {""}) == 1]


def _address(text: str) -> str:
    at = text.casefold().rfind("mailto:")
    address = mail_of(text[at + 7 :] if at >= 0 else text)
    return address if address and mail_kind(address) == "person" else ""


def _everywhere(entries: Iterable[Entry]) -> int:
    seen: Counter[int] = Counter()
    total = 0
    for entry in entries:
        guests = entry.guests if entry.organiser is None else [entry.organiser, *entry.guests]
        codes = {each.code for each in guests if each.person and each.code != NOBODY}
        total += bool(codes)
        seen.update(codes)
    (code, most), (_, next_most) = [*seen.most_common(2), (NOBODY, 0), (NOBODY, 0)][:2]
    enough = total >= _FEWEST and most >= _SHARE * total and most > next_most
    return code if enough else NOBODY
