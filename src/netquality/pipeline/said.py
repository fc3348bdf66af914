"""What a user records: events by hand, decisions, and both as a CSV file."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.days import day_number
from netquality.decisions import BY_HAND, WORDS, decided, moment
from netquality.disk import write
from netquality.errors import BadInput
from netquality.export.tables import csv_text
from netquality.identity.merge import HAND
from netquality.identity.people import Identity, found_person, identify, lead_account
from netquality.ids import digest
from netquality.schema import Tables, as_table
from netquality.text import unescape
from netquality.workspace.forgetting import MASK

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from netquality.workspace.store import Store

__all__ = ["by_hand", "from_csv", "refuse_unknown", "spoken", "to_csv"]

_LIST = ("decision", "at", "kind", "subject", "object", "third", "favour", "value")
_CSV = (*_LIST, "about", "due", "undoes", "note", "day", "audience", "owner", "new")
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
        accounts = [_account(tables, identity, who) for who in people]
        if what in _ASKED and len(accounts) < WORDS[what].people:
            accounts.insert(0, _owner(tables, identity, ego))
        return Tables(), decided(what, *accounts, at=at, **said)
    owner = _owner(tables, identity, ego)
    entered = [_entered(who) for who in people] if new else []
    accounts = [row["account"] for row in entered]
    accounts = accounts or [_account(tables, identity, who) for who in people]
    return _event(tables, what, owner, accounts, entered, at, **said), None


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


def _entered(who: str) -> dict[str, str]:
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
    entered: list[dict[str, str]],
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
    day = day_number(at.date() if on is None else on)
    if day > day_number(at.date()):
        raise BadInput("What has not happened yet cannot be recorded.", accepted="a day up to now.")
    source = _source(tables, owner)
    sender, *recipients = (people[0], owner, *people[1:]) if theirs else (owner, *people)
    event = digest(HAND, kind, at.isoformat(), str(day), owner, *people)
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
    accounts = as_table("accounts", _columns(entered) | {"source": source}, rows=len(entered))
    return Tables(events=events, accounts=accounts, sources=_row_of_hand(source, owner))


def _columns(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    names = ("account", "key", "value", "name", "kind")
    return {name: [row[name] for row in rows] for name in names} if rows else {}


def _source(tables: Tables, owner: str) -> str:
    """Return the source of what an owner records by hand: ``hand`` for the first one."""
    hands = tables.sources[tables.sources["format"] == HAND]
    mine = hands[hands["owner"] == owner]["source"]
    if len(mine):
        return str(mine.iloc[0])
    return HAND if HAND not in set(hands["source"]) else f"{HAND} {owner}"


def _row_of_hand(source: str, owner: str) -> pd.DataFrame:
    shown = {"shows": ",".join(sorted(BY_HAND)), "zone": "UTC (given)", "owner": owner}
    names = {"source": source, "name": "recorded by hand", "bundle": "recorded by hand"}
    return as_table("sources", {**names, "format": HAND, **shown}, rows=1)


def refuse_unknown(words: pd.DataFrame, known: set[str]) -> None:
    """Raise when a decision is about something that was never said."""
    for name in [*words["undoes"].dropna(), *words["about"][words["kind"] == "kept"]]:
        if name not in known:
            raise BadInput(
                f"Nothing that was said is called {name!r}.",
                accepted="an id that `netquality record list` shows.",
            )


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


def to_csv(store: Store, path: Path) -> Path:
    """Write decisions and events by hand to one CSV file, oldest first."""
    words = store.table("decisions").astype({"due": "Int64"})
    hands = store.table("sources")
    hands = hands[hands["format"] == HAND]
    events = store.table("events", hands["source"])
    shown = events.rename(
        columns={"event": "decision", "sender": "subject", "recipient": "object", "object": "note"}
    )
    shown["value"] = shown["seconds"].astype("str")
    shown["owner"] = shown["source"].map(hands.set_index("source")["owner"])
    entered = store.table("accounts", hands["source"]).drop_duplicates("account")
    names = entered.set_index("account")["name"]
    shown["new"] = shown["object"].map(names).fillna(shown["subject"].map(names))
    both = pd.concat([words, shown], ignore_index=True).reindex(columns=list(_CSV))
    both["kind"] = both["kind"].astype("str")
    both = both.sort_values(["at", "day", "decision"], kind="stable", ignore_index=True)
    return write(path, csv_text(both).encode("utf-8", "replace"))


def from_csv(path: Path, known: Tables) -> Tables:
    """Read what `to_csv` wrote.

    Parameters
    ----------
    path
        The file.
    known
        What the workspace holds: a word that is there already must say the same.

    Raises
    ------
    BadInput
        When the file is none of ours, or a row says nothing that can be said.
    """
    frame = _cells(path)
    there = known.decisions.set_index("decision")
    parts: list[Tables] = []
    for line, row in enumerate(frame.to_dict("records"), 2):
        try:
            said = {str(name): cell for name, cell in row.items() if isinstance(cell, str)}
            parts.append(_read(said, known, there, parts))
        except (BadInput, ValueError, TypeError, KeyError) as error:
            text = error.found if isinstance(error, BadInput) else f"{error}."
            raise BadInput(
                f"{path}, line {line}: {text}", accepted="what `netquality record save` writes."
            ) from None
    return _together(parts)


def _cells(path: Path) -> pd.DataFrame:
    try:
        text = io.BytesIO(path.read_bytes())
        frame = pd.read_csv(text, dtype="str", keep_default_na=False, na_values=[""])
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read: {error}.", accepted="a CSV of decisions.") from None
    missing = [column for column in _CSV if column not in frame]
    if missing:
        raise BadInput(
            f"{path} has no column {', '.join(missing)}.",
            accepted="what `netquality record save` writes.",
        )
    return frame.map(unescape, na_action="ignore")


def _read(row: dict[str, str], known: Tables, there: pd.DataFrame, before: list[Tables]) -> Tables:
    """Read one row as it would be said."""
    for name in ("decision", "kind"):
        if name not in row:
            raise BadInput(f"{name} is missing.")
    if row["kind"] in BY_HAND:
        return _read_event(row, known, before)
    sides = [row[side] for side in ("subject", "object", "third") if side in row]
    rest = ("favour", "value", "about", "due", "undoes", "note")
    said = {name: row[name] for name in rest if name in row}
    word = decided(row["kind"], *sides, at=moment(row.get("at", "")), **said)
    word = word.assign(decision=pd.Series([row["decision"]], dtype="str"))
    if row["decision"] in there.index:
        old = there.loc[[row["decision"]]].reset_index()[word.columns]
        if not old.equals(word) and not old.isin([MASK]).any(axis=None):
            raise BadInput("this word said something else: take it back, and say it anew.")
    return Tables(decisions=word)


def _read_event(row: dict[str, str], known: Tables, before: list[Tables]) -> Tables:
    for name in ("subject", "object", "owner", "day", "audience"):
        if name not in row:
            raise BadInput(f"{name} is missing.")
    sender, recipient, owner = row["subject"], row["object"], row["owner"]
    if owner not in (sender, recipient) and row["kind"] != "meeting":
        raise BadInput(f"the owner has no part in this {row['kind']}.")
    hands = pd.concat([known.sources, *(part.sources for part in before)])
    source = _source(replace(known, sources=hands), owner)
    event: dict[str, Any] = {"event": row["decision"], "sender": sender, "recipient": recipient}
    event |= {"kind": row["kind"], "object": row.get("note"), "source": source}
    numbers = {"day": int(row["day"]), "audience": int(row["audience"])}
    seconds = float(row["value"]) if "value" in row else None
    entered = [_entered(row["new"])] if "new" in row else []
    return Tables(
        events=_row_of_event(event | numbers | {"seconds": seconds}),
        accounts=as_table("accounts", _columns(entered) | {"source": source}, rows=len(entered)),
        sources=_row_of_hand(source, owner),
    )


def _row_of_event(said: dict[str, Any]) -> pd.DataFrame:
    role = "attendee" if said["kind"] == "meeting" else "to"
    fixed = {"precision": "day", "role": role, "channel": HAND}
    return as_table("events", said | fixed, rows=1)


def _together(parts: list[Tables]) -> Tables:
    whole = Tables.concat([Tables(), *parts])
    sources = whole.sources.drop_duplicates("source", ignore_index=True)
    return replace(whole, sources=sources)
