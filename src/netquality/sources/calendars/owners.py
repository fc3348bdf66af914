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

    Notes
    -----
    An address that the user calls theirs is believed first, a name only where nothing else tells:
    two may bear it. Whose address is in none of the meetings was invited by other means, such as
    a list, or made the calendar: they are taken to have been at each of its meetings.

    Examples
    --------
    >>> from netquality.sources.calendars.blocks import Calendar
    >>> from netquality.sources.ledger import Options
    >>> from netquality.sources.parties import Parties
    >>> calendar = Calendar({"X-WR-CALNAME": "zora@quill.example"})
    >>> owner_of([], [calendar], Parties(), Options(), "a.ics").how
    "by the calendar's name, whose address is in none of these meetings: taken to have been at each"
    """
    said = [each for each in (options.ego, *options.aliases) if each]
    addresses = [address for each in said if (address := mail_of(each))]
    mine = _found(people, addresses)
    if mine:
        return Owner(mine[0], frozenset(mine), known=True, how="you, by --ego or an alias")
    for address, how in _written(calendars, name):
        other = _OTHERWISE if addresses and address not in addresses else ""
        return _absent(people.mail(address), entries, how + other)
    mine = _found(people, [each for each in said if mail_of(each) is None])
    if mine:
        return Owner(mine[0], frozenset(mine), known=True, how="you, by the name in --ego")
    if addresses:
        return _absent(people.owner(addresses[0]), entries, "you, by --ego")
    code = _everywhere(entries)
    if code != NOBODY:
        how = f"who is in at least {_SHARE:.0%} of the meetings"
        return Owner(code, frozenset({code}), known=True, how=how)
    code = people.owner(options.ego)
    return Owner(code, frozenset({code}), known=False, how=_ALL)


_ALL = (
    "you, taken to have been at every meeting of this calendar; "
    "--ego says who you are in it, by an address"
)
_NEVER = ", whose address is in none of these meetings: taken to have been at each"
_OTHERWISE = (
    ", under none of the addresses that you named: name that one with another --ego if it is yours"
)


def _found(people: Parties, said: Iterable[str]) -> list[int]:
    found = [code for who in said for code in people.find(who)]
    codes = list(dict.fromkeys(code for code in found if people.kind(code) == "person"))
    for code in codes[1:]:
        people.join(code, to=codes[0])
    return codes


def _absent(code: int, entries: Iterable[Entry], how: str) -> Owner:
    """Return an owner who is told by something else than the meetings, and may be in none."""
    known = any(code in _guests(entry) for entry in entries)
    return Owner(code, frozenset({code}), known, how if known else f"{how}{_NEVER}")


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


def _guests(entry: Entry) -> set[int]:
    guests = entry.guests if entry.organiser is None else [entry.organiser, *entry.guests]
    return {each.code for each in guests if each.person and each.code != NOBODY}


def _everywhere(entries: Iterable[Entry]) -> int:
    seen: Counter[int] = Counter()
    total = 0
    for entry in entries:
        codes = _guests(entry)
        total += bool(codes)
        seen.update(codes)
    (code, most), (_, next_most) = [*seen.most_common(2), (NOBODY, 0), (NOBODY, 0)][:2]
    enough = total >= _FEWEST and most >= _SHARE * total and most > next_most
    return code if enough else NOBODY
