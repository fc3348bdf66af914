"""Whose archive it is, and what the archive says about its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.ids import UNKNOWN_OWNER, digest
from netquality.sources.addresses import folded_name, mail_of, phone_of, squashed
from netquality.sources.linkedin.acts import owner_by_invitations, owner_named
from netquality.sources.linkedin.connections import full_names
from netquality.sources.linkedin.messages import owner_by_name, owner_by_presence
from netquality.sources.linkedin.people import Directory, slug_of

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.ledger import Ledger, Options
    from netquality.sources.linkedin.sheet import Context, Sheet

__all__ = ["directory_of", "read_own_events", "read_own_keys", "read_positions", "read_profile"]


def directory_of(sheets: list[Sheet], options: Options) -> Directory:
    """Find the owner and open the directory of the archive's people.

    The owner's link is nowhere in Profile.csv: it is the constant inviter of outgoing
    invitations, else the profile that sends under the owner's name, else the one profile
    that takes part in nearly every conversation.
    """
    by_kind: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_kind.setdefault(sheet.kind, []).append(sheet)
    shown = _names(by_kind)
    names = frozenset(folded_name(name) for name in shown)
    if options.ego and "@" not in options.ego and "/" not in options.ego and not names:
        names = frozenset({folded_name(options.ego)})
    slug = slug_of(options.ego or "") or _slug(by_kind, names)
    mails = [mail for sheet in by_kind.get("emails", []) for mail in _mails(sheet)]
    if slug:
        owner = digest("profile", slug)
    elif mails:
        owner = digest("mail", mails[0])
    else:
        owner = digest("owner", *sorted(names)) if names else UNKNOWN_OWNER
    first = shown[0] if shown else None
    return Directory(owner, owner, owner_slug=slug, owner_names=names, owner_name=first)


def _slug(by_kind: dict[str, list[Sheet]], names: frozenset[str]) -> str | None:
    invitations, messages = by_kind.get("invitations", []), by_kind.get("messages", [])
    found = [slug for sheet in invitations if (slug := owner_by_invitations(sheet))]
    if not found and names:
        found = [slug for sheet in messages if (slug := owner_by_name(sheet, names))]
    if not found:
        found = [slug for sheet in messages if (slug := owner_by_presence(sheet))]
    return found[0] if found else None


def _names(by_kind: dict[str, list[Sheet]]) -> list[str]:
    """Names of the owner as written: in Profile.csv, else behind outgoing invitations."""
    found = []
    for sheet in by_kind.get("profile", []):
        names = full_names(sheet.column("first name"), sheet.column("last name"))
        found += [str(name) for name in names if name]
    return found or [n for sheet in by_kind.get("invitations", []) if (n := owner_named(sheet))]


def _mails(sheet: Sheet) -> list[str]:
    primary = sheet.column("primary").str.strip().str.casefold() == "yes"
    cells = pd.concat(
        [sheet.column("email address")[primary], sheet.column("email address")[~primary]]
    )
    return [mail for cell in cells if (mail := mail_of(cell))]


def enter_owner(book: Ledger, context: Context) -> None:
    """Enter the owner's own account into a book."""
    slug = context.directory.owner_slug
    names = sorted(context.directory.owner_names)
    book.add(
        "accounts",
        {
            "account": [context.owner],
            "key": "profile" if slug else "name",
            "value": slug or (names[0] if names else "you"),
            "name": context.directory.owner_name,
            "kind": "person",
            "row": None,
        },
    )


def read_profile(sheet: Sheet, context: Context) -> Tables:
    """Read the owner's name, headline and place."""
    names = full_names(sheet.column("first name"), sheet.column("last name"))
    rows = pd.Series(names.index, index=names.index)
    slug = context.directory.owner_slug
    sheet.book.add(
        "accounts",
        {
            "account": context.owner,
            "key": "profile" if slug else "name",
            "value": slug or names.map(folded_name),
            "name": names,
            "kind": "person",
            "row": rows,
        },
    )
    for name, column in (("title", "headline"), ("place", "geo location")):
        _about(sheet, context, name, sheet.column(column))
    return sheet.close(context)


def read_own_keys(sheet: Sheet, context: Context) -> Tables:
    """Read the owner's mail addresses or phone numbers: other names for the same person."""
    if sheet.kind == "emails":
        key, values = "mail", sheet.column("email address").map(lambda cell: mail_of(cell) or "")
        sheet.drop(values == "", "email address", "no mail address")
    else:
        key = "phone"
        pairs = zip(sheet.column("number"), sheet.column("extension"), strict=True)
        values = pd.Series([phone_of(*pair) or "" for pair in pairs], sheet.frame.index, "str")
        sheet.drop(values == "", "number", "no number in an international form")
    values = values[sheet.frame.index]
    sheet.book.add(
        "accounts",
        {
            "account": context.owner,
            "key": key,
            "value": values,
            "kind": "person",
            "row": pd.Series(values.index),
        },
    )
    return sheet.close(context)


def read_positions(sheet: Sheet, context: Context) -> Tables:
    """Read the owner's employers and titles with their dates."""
    start, end = sheet.dates("started on", context), sheet.dates("finished on", context)
    for name, column in (("employer", "company name"), ("title", "title")):
        _about(sheet, context, name, sheet.column(column), start.day, end.day)
    return sheet.close(context, start)


def read_own_events(sheet: Sheet, context: Context) -> Tables:
    """Read events the owner answered to: topics, because no attendee is in the export."""
    start = sheet.column("event time").str.split(" - ").str[0].fillna("").astype("str")
    sheet.frame = sheet.frame.assign(begins=start)
    dates = sheet.dates("begins", context)
    _about(sheet, context, "topic", sheet.column("event name"), dates.day)
    return sheet.close(context, dates)


def _about(
    sheet: Sheet,
    context: Context,
    name: str,
    cells: pd.Series,
    start: pd.Series | None = None,
    end: pd.Series | None = None,
) -> None:
    values = cells.map(squashed).astype("str")
    filled = values[values != ""]
    sheet.book.add(
        "attributes",
        {
            "account": context.owner,
            "name": name,
            "value": filled,
            "start": None if start is None else start[filled.index],
            "end": None if end is None else end[filled.index],
            "seen": sheet.book.exported,
            "row": pd.Series(filled.index),
        },
    )
