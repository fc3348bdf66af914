"""Acts between the owner and a named person: invitations, endorsements, recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from netquality.ids import event_ids
from netquality.sources.addresses import folded_name, squashed
from netquality.sources.linkedin.connections import full_names
from netquality.sources.linkedin.contacts import kept_dates, relate
from netquality.sources.linkedin.people import HIDDEN, slug_of
from netquality.sources.linkedin.sheet import Context, Sheet, epoch
from netquality.sources.signals import RULES, marks

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.dates import Dates

__all__ = [
    "owner_by_invitations",
    "owner_named",
    "read_endorsements",
    "read_invitations",
    "read_recommendations",
]


def owner_by_invitations(sheet: Sheet) -> str | None:
    """Return the one profile behind all outgoing invitations."""
    mine = sheet.column("direction").str.strip().str.upper() == "OUTGOING"
    urls = sheet.column("inviterprofileurl")[mine]
    slugs = {slug for url in urls.unique() if (slug := slug_of(url))}
    return slugs.pop() if len(slugs) == 1 else None


def owner_named(sheet: Sheet) -> str | None:
    """Return the one name that all outgoing invitations come from."""
    mine = sheet.column("direction").str.strip().str.upper() == "OUTGOING"
    names = set(sheet.column("from")[mine].map(squashed)) - {""}
    return names.pop() if len(names) == 1 else None


def read_invitations(sheet: Sheet, context: Context) -> Tables:
    """Read invitations of the last 5 to 12 months, accepted or open.

    A link without a slug (every link of December 2023) is treated as missing, so that the
    name decides and not everybody becomes one person.
    """
    outgoing = sheet.column("direction").str.strip().str.upper()
    sheet.book.era = _era(sheet)
    sheet.drop(
        ~outgoing.isin(["OUTGOING", "INCOMING"]),
        "direction",
        "neither INCOMING nor OUTGOING",
        shown=True,
    )
    dates = sheet.dated("sent at", context)
    mine = outgoing[sheet.frame.index] == "OUTGOING"
    theirs = sheet.column("to").where(mine, sheet.column("from"))
    invitee = sheet.column("inviteeprofileurl", "inviteeprofileurn")
    inviter = sheet.column("inviterprofileurl", "inviterprofileurn")
    # Two hidden members are two people: the moment keeps them apart.
    hidden = theirs.str.strip().str.lower().isin(HIDDEN)
    alters = context.directory.accounts(
        sheet.book,
        theirs,
        invitee.where(mine, inviter),
        within=sheet.column("sent at").where(hidden, ""),
    )
    sheet.drop(alters.isna(), "to", "no name and no link")
    dates, alters, mine = (
        kept_dates(dates, sheet),
        alters[sheet.frame.index],
        mine[sheet.frame.index],
    )
    owner = pd.Series(context.owner, index=alters.index, dtype="str")
    sender, recipient = owner.where(mine, alters), alters.where(mine, owner)
    names = [sheet.column(name).map(folded_name) for name in ("from", "to")]
    texts = sheet.column("message")
    _acts(
        sheet,
        dates,
        "invitation",
        event_ids("invitation", epoch(dates), *names),
        sender,
        recipient,
        length=texts.str.len(),
        marks=marks(texts, sender, recipient),
    )
    relate(sheet, "invited", sender, recipient, dates.day)
    return sheet.close(context, dates, shows=("invitation",), rules=RULES)


def _era(sheet: Sheet) -> str:
    """Name the layout; the names sort from the oldest to the newest."""
    if sheet.has("inviterprofileurl"):
        urls = sheet.column("inviterprofileurl")
        return (
            "with links" if len(urls) == 0 or any(map(slug_of, urls.unique())) else "links cut off"
        )
    return "by number" if sheet.has("inviterprofileurn") else "by name"


def read_endorsements(sheet: Sheet, context: Context) -> Tables:
    """Read endorsements: one row a skill, one event per endorser and minute."""
    received = sheet.kind.endswith("received")
    who = "endorser" if received else "endorsee"
    status = sheet.column("display status", "endorsement status").str.strip().str.lower()
    sheet.drop(status == "redacted", "display status", "withdrawn (redacted)")
    dates = sheet.dated("endorsement date", context)
    names = full_names(sheet.column(f"{who} first name"), sheet.column(f"{who} last name"))
    urls = sheet.column(f"{who} public url")
    sheet.drop((names == "") & (urls.str.strip() == ""), "name", "no name and no link")
    dates, names = kept_dates(dates, sheet), names[sheet.frame.index]
    alters = context.directory.accounts(sheet.book, names, urls[sheet.frame.index])
    owner = pd.Series(context.owner, index=alters.index, dtype="str")
    sender, recipient = (alters, owner) if received else (owner, alters)
    side = pd.Series("in" if received else "out", index=names.index)
    ids = event_ids("endorsement", epoch(dates) // 60, names.map(folded_name), side)
    skills = sheet.column("skill name").map(squashed)
    twice = pd.DataFrame({"event": ids, "skill": skills}).duplicated()
    _acts(sheet, dates, "endorsement", ids, sender, recipient, object=skills, keep=~twice)
    return sheet.close(context, dates, shows=("endorsement",))


def read_recommendations(sheet: Sheet, context: Context) -> Tables:
    """Read recommendations; they carry no link, so people are met by name only."""
    received = "received" in sheet.book.name.casefold()
    dates = sheet.dated("creation date", context)
    names = full_names(sheet.column("first name"), sheet.column("last name"))
    sheet.drop(names == "", "name", "no name")
    dates, names = kept_dates(dates, sheet), names[sheet.frame.index]
    alters = context.directory.accounts(sheet.book, names)
    owner = pd.Series(context.owner, index=alters.index, dtype="str")
    sender, recipient = (alters, owner) if received else (owner, alters)
    side = pd.Series("in" if received else "out", index=names.index)
    ids = event_ids("recommendation", epoch(dates) // 60, names.map(folded_name), side)
    _acts(
        sheet,
        dates,
        "recommendation",
        ids,
        sender,
        recipient,
        length=sheet.column("text").str.len(),
    )
    return sheet.close(context, dates, shows=("recommendation",))


def _acts(
    sheet: Sheet,
    dates: Dates,
    kind: str,
    ids: pd.Series,
    sender: pd.Series,
    recipient: pd.Series,
    *,
    keep: pd.Series | None = None,
    **more: pd.Series,
) -> None:
    columns = {
        "event": ids,
        "at": dates.at,
        "day": dates.day,
        "precision": dates.precision,
        "sender": sender,
        "recipient": recipient,
        "row": pd.Series(ids.index, index=ids.index),
        **more,
    }
    if keep is not None:
        columns = {name: column[keep] for name, column in columns.items()}
        sheet.frame = sheet.frame[keep]
    sheet.book.add(
        "events", {**columns, "role": "to", "kind": kind, "channel": "linkedin", "audience": 1}
    )
