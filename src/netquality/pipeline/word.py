"""The user's word as a CSV file, out and in."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.decisions import BY_HAND, decided, moment
from netquality.disk import write
from netquality.errors import BadInput
from netquality.export.tables import csv_text
from netquality.identity.merge import HAND
from netquality.pipeline.said import columns_of, entered, row_of_hand, source_of
from netquality.schema import Tables, as_table
from netquality.text import unescape
from netquality.workspace.forgetting import MASK

if TYPE_CHECKING:
    from pathlib import Path

    from netquality.workspace.store import Store

__all__ = ["from_csv", "to_csv"]

_LIST = ("decision", "at", "kind", "subject", "object", "third", "favour", "value")
_CSV = (*_LIST, "about", "due", "undoes", "note", "day", "audience", "owner", "new")


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
    source = source_of(replace(known, sources=hands), owner)
    event: dict[str, Any] = {"event": row["decision"], "sender": sender, "recipient": recipient}
    event |= {"kind": row["kind"], "object": row.get("note"), "source": source}
    numbers = {"day": int(row["day"]), "audience": int(row["audience"])}
    seconds = float(row["value"]) if "value" in row else None
    met = [entered(row["new"])] if "new" in row else []
    return Tables(
        events=_row_of_event(event | numbers | {"seconds": seconds}),
        accounts=as_table("accounts", columns_of(met) | {"source": source}, rows=len(met)),
        sources=row_of_hand(source, owner),
    )


def _row_of_event(said: dict[str, Any]) -> pd.DataFrame:
    role = "attendee" if said["kind"] == "meeting" else "to"
    fixed = {"precision": "day", "role": role, "channel": HAND}
    return as_table("events", said | fixed, rows=1)


def _together(parts: list[Tables]) -> Tables:
    whole = Tables.concat([Tables(), *parts])
    sources = whole.sources.drop_duplicates("source", ignore_index=True)
    return replace(whole, sources=sources)
