"""What a user records: events by hand, and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.days import day_number
from netquality.decisions import BY_HAND, WORDS, decided, in_force, moment, taken_back
from netquality.errors import BadInput
from netquality.identity.merge import HAND
from netquality.identity.people import Identity, found_person, identify, lead_account
from netquality.ids import digest
from netquality.schema import Tables, as_table

if TYPE_CHECKING:
    from datetime import datetime

    from netquality.workspace.store import Store

__all__ = ["by_hand", "columns_of", "entered", "refuse_unknown", "row_of_hand", "source_of"]
__all__ += ["spoken"]

_LISTED = "an id that `netquality record list` shows."
_LONGEST = 30 * 24 * 3600
_ASKED = ("promise", "introduction", "release")


def spoken(
    tables: Tables,
    what: str,
    people: tuple[str, ...],
    at: datetime,
    *,
    ego: str | None = None,
    new: bool = False,
    **said: Any,
) -> tuple[Tables, pd.DataFrame | None]:
    """Return what is recorded: tables with an event, or a decision.

    Raises
    ------
    BadInput
        For a kind that cannot be recorded, people whom nobody knows, or no owner.
    """
    identity = identify(tables)
    if what not in BY_HAND:
        if what not in WORDS:
            kinds = ", ".join((*BY_HAND, *WORDS))
            raise BadInput(f"{what!r} cannot be recorded.", accepted=f"{kinds}.")
        accounts = _accounts(tables, identity, people)
        if what in _ASKED and len(accounts) < WORDS[what].people:
            accounts.insert(0, _owner(tables, identity, ego))
        return Tables(), decided(what, *accounts, at=at, **said)
    owner = _owner(tables, identity, ego)
    met = [entered(who) for who in _unknown(tables, people)] if new else []
    accounts = [row["account"] for row in met]
    accounts = accounts or [_account(tables, identity, who) for who in people]
    return _event(tables, what, owner, accounts, met, at, **said), None


def _accounts(tables: Tables, identity: Identity, people: tuple[str, ...]) -> list[str]:
    """Return the accounts of people, none of whom may be named twice."""
    found = [found_person(identity, tables.accounts, who) for who in people]
    again = [who for who, person in zip(people, found, strict=True) if found.count(person) > 1]
    if again:
        raise BadInput(f"{' and '.join(map(repr, again))} are one person.")
    return [lead_account(tables.accounts, identity, person) for person in found]


def _unknown(tables: Tables, people: tuple[str, ...]) -> tuple[str, ...]:
    """Return people who are new here; whoever is known must not be entered a second time."""
    accounts = tables.accounts
    for who in people:
        text = " ".join(who.split()).casefold()
        if (accounts["value"].str.casefold() == text).any() or (
            accounts["name"].str.casefold() == text
        ).any():
            raise BadInput(f"{who!r} is known here already.", todo="Leave out --new (new=True).")
    return people


def _account(tables: Tables, identity: Identity, who: str) -> str:
    return lead_account(tables.accounts, identity, found_person(identity, tables.accounts, who))


def _owner(tables: Tables, identity: Identity, ego: str | None) -> str:
    """Return the account of whoever records."""
    if ego is not None:
        return _account(tables, identity, ego)
    owners = tables.sources["owner"].dropna()
    people = sorted(set(owners.map(identity.person_of).dropna()))
    if len(people) == 1:
        return lead_account(tables.accounts, identity, people[0])
    found = f"it has {len(people)} owners" if people else "it has no owner"
    raise BadInput(
        f"Whose record that is, the workspace does not tell: {found}.",
        todo="Name the person with --ego.",
    )


def entered(who: str) -> dict[str, str]:
    """Return the account of somebody whom no file knows, by a mail address or a name."""
    text = " ".join(who.split())
    if not text:
        raise BadInput("Nobody was named.")
    key, value = ("mail", text.casefold()) if "@" in text else ("name", text.casefold())
    account = digest("mail", value) if key == "mail" else digest("name", HAND, value)
    return {"account": account, "key": key, "value": value, "name": text, "kind": "person"}


def _event(
    tables: Tables,
    kind: str,
    owner: str,
    people: list[str],
    met: list[dict[str, str]],
    at: datetime,
    *,
    on: Any = None,
    seconds: float | None = None,
    theirs: bool = False,
    note: str | None = None,
    **unknown: Any,
) -> Tables:
    if unknown:
        raise BadInput(f"A {kind} has no {', '.join(sorted(unknown))}.")
    people = list(dict.fromkeys(people))
    if not people or owner in people or (kind != "meeting" and len(people) > 1):
        raise BadInput(
            f"A {kind} was with {'nobody' if not people else 'you, or several people at once'}.",
            accepted="one other person; a meeting may have several.",
        )
    if seconds is not None and not 0 <= seconds < _LONGEST:
        raise BadInput(f"A {kind} cannot take {seconds} seconds.", accepted="0 to 30 days.")
    # A bare number is a day of a log elsewhere; here it would be a slip.
    day = day_number(at.date() if on is None else moment(on).date() if isinstance(on, str) else on)
    if day > day_number(at.date()):
        raise BadInput("What has not happened yet cannot be recorded.", accepted="a day up to now.")
    source = source_of(tables, owner)
    sender, *recipients = (people[0], owner, *people[1:]) if theirs else (owner, *people)
    said = (at.isoformat(), str(day), str(seconds), note or "")
    event = digest(HAND, kind, *said, owner, sender, *recipients)
    events = as_table(
        "events",
        {
            "event": event,
            "day": day,
            "precision": "day",
            "sender": sender,
            "recipient": recipients,
            "role": "attendee" if kind == "meeting" else "to",
            "kind": kind,
            "channel": HAND,
            "audience": len(people),
            "seconds": seconds,
            "object": note,
            "source": source,
        },
    )
    accounts = as_table("accounts", columns_of(met) | {"source": source}, rows=len(met))
    return Tables(events=events, accounts=accounts, sources=row_of_hand(source, owner))


def columns_of(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    """Return the columns of ``accounts`` for people whom no file knows."""
    names = ("account", "key", "value", "name", "kind")
    return {name: [row[name] for row in rows] for name in names} if rows else {}


def source_of(tables: Tables, owner: str) -> str:
    """Return the source of what an owner records by hand: ``hand`` for the first one."""
    hands = tables.sources[tables.sources["format"] == HAND]
    mine = hands[hands["owner"] == owner]["source"]
    if len(mine):
        return str(mine.iloc[0])
    return HAND if HAND not in set(hands["source"]) else f"{HAND} {owner}"


def row_of_hand(source: str, owner: str) -> pd.DataFrame:
    """Return the row of ``sources`` for what an owner records by hand."""
    shown = {"shows": ",".join(sorted(BY_HAND)), "zone": "UTC (given)", "owner": owner}
    names = {"source": source, "name": "recorded by hand", "bundle": "recorded by hand"}
    return as_table("sources", {**names, "format": HAND, **shown}, rows=1)


def refuse_unknown(words: pd.DataFrame, said: pd.DataFrame, events: set[str]) -> None:
    """Raise when a decision is about something that was never said, or no longer holds."""
    holds = in_force(said)
    for name in words["undoes"].dropna():
        if name not in {*said["decision"], *events}:
            raise BadInput(f"Nothing that was said is called {name!r}.", accepted=_LISTED)
        if name in taken_back(said):
            raise BadInput(f"{name!r} is taken back already.", todo="Undo the taking back instead.")
    promises = set(holds["decision"][holds["kind"] == "promise"])
    for name in words["about"][words["kind"] == "kept"]:
        if name not in promises:
            raise BadInput(f"{name!r} is no promise.", accepted=_LISTED)


def by_hand(store: Store, tables: Tables) -> None:
    """Put events recorded by hand into the store, and bring their source's account up to date.

    Call it inside a transaction. Events that are there already are not recorded twice.
    """
    for source in tables.sources["source"]:
        there = store.tables([source])
        new = tables.events[tables.events["source"] == source]
        events = pd.concat([there.events, new]).drop_duplicates(["event", "recipient"])
        mine = tables.accounts[tables.accounts["source"] == source]
        accounts = pd.concat([there.accounts, mine]).drop_duplicates(["account", "name"])
        # Numbered by what they say, so that a file read back gives the same rows.
        events = events.sort_values(["day", "event", "recipient"], ignore_index=True)
        events["row"] = pd.Series(range(1, len(events) + 1), dtype="Int64")
        row = tables.sources[tables.sources["source"] == source]
        count = {"read": len(events), "kept": len(events)}
        row = row.assign(first=events["day"].min(), last=events["day"].max(), **count)
        row = row.astype({"first": "Int64", "last": "Int64"})
        store.take_out([source])
        store.put(Tables(sources=row, events=events, accounts=accounts.reset_index(drop=True)))
