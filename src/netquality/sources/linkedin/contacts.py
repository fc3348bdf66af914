"""Acts and relations that name a person: invitations, endorsements, recommendations,
notes, teammates, follows, the uploaded address book.
"""

from __future__ import annotations

import re

import pandas as pd

from netquality.schema import Tables, event_ids
from netquality.sources.dates import Dates
from netquality.sources.linkedin.connections import full_names
from netquality.sources.linkedin.people import (
    HIDDEN,
    folded_name,
    mail_of,
    phone_of,
    slug_of,
    squashed,
)
from netquality.sources.linkedin.sheet import Context, Sheet, epoch
from netquality.sources.signals import RULES, marks

__all__ = [
    "owner_by_invitations",
    "owner_named",
    "read_address_book",
    "read_endorsements",
    "read_follows",
    "read_invitations",
    "read_notes",
    "read_organisations",
    "read_recommendations",
    "read_teammates",
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
    hidden = theirs.str.strip().str.casefold().isin(HIDDEN)
    alters = context.directory.accounts(
        sheet.book,
        theirs,
        invitee.where(mine, inviter),
        within=sheet.column("sent at").where(hidden, ""),
    )
    sheet.drop(alters.isna(), "to", "no name and no link")
    dates, alters, mine = (
        _kept(dates, sheet),
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
    _relations(sheet, "invited", sender, recipient, dates.day)
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
    status = sheet.column("display status", "endorsement status").str.strip().str.casefold()
    sheet.drop(status == "redacted", "display status", "withdrawn (redacted)")
    dates = sheet.dated("endorsement date", context)
    names = full_names(sheet.column(f"{who} first name"), sheet.column(f"{who} last name"))
    urls = sheet.column(f"{who} public url")
    sheet.drop((names == "") & (urls.str.strip() == ""), "name", "no name and no link")
    dates, names = _kept(dates, sheet), names[sheet.frame.index]
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
    dates, names = _kept(dates, sheet), names[sheet.frame.index]
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


def read_notes(sheet: Sheet, context: Context) -> Tables:
    """Read that a private note exists on somebody; its text is not kept."""
    names = full_names(sheet.column("connection first name"), sheet.column("connection last name"))
    accounts = _someone(sheet, context, names, sheet.column("connection profile url"))
    dates = sheet.dates("created on", context)
    sheet.book.add(
        "attributes",
        {
            "account": accounts,
            "name": "tag",
            "value": "note",
            "start": dates.day,
            "row": accounts.index,
        },
    )
    return sheet.close(context, dates)


def read_teammates(sheet: Sheet, context: Context) -> Tables:
    """Read declared teammates, by name."""
    accounts = _someone(sheet, context, sheet.column("teammate name").map(squashed))
    dates = sheet.dates("date created", context)
    _relations(
        sheet, "teammate", pd.Series(context.owner, accounts.index, "str"), accounts, dates.day
    )
    return sheet.close(context, dates)


def read_follows(sheet: Sheet, context: Context) -> Tables:
    """Read which members the owner follows, by full name."""
    ended = sheet.column("status").str.strip().str.casefold().str.startswith("unfollow")
    accounts = _someone(sheet, context, sheet.column("fullname").map(squashed))
    dates = sheet.dates("date", context)
    over = dates.day.where(ended[accounts.index])
    _relations(
        sheet,
        "follows",
        pd.Series(context.owner, accounts.index, "str"),
        accounts,
        dates.day.mask(ended[accounts.index]),
        over,
    )
    return sheet.close(context, dates)


def read_organisations(sheet: Sheet, context: Context) -> Tables:
    """Read which organisations the owner follows; an organisation is no person."""
    names = sheet.column("organization").map(squashed)
    sheet.drop(names == "", "organization", "no organisation")
    accounts = context.directory.accounts(sheet.book, names[sheet.frame.index], kind="organisation")
    dates = sheet.dates("followed on", context)
    _relations(
        sheet, "follows", pd.Series(context.owner, accounts.index, "str"), accounts, dates.day
    )
    return sheet.close(context, dates)


def read_address_book(sheet: Sheet, context: Context) -> Tables:
    """Read the uploaded address book: identity, not ties."""
    full = sheet.column("fullname", "full name").map(squashed)
    parts = full_names(
        sheet.column("firstname", "first name"), sheet.column("lastname", "last name")
    )
    names = full.where(full != "", parts)
    mails = sheet.column("emails", "email address").map(_mails)
    phones = sheet.column("phonenumbers", "phone numbers").map(_phones)
    nobody = (names == "") & (mails.str.len() == 0) & (phones.str.len() == 0)
    sheet.drop(nobody, "name", "no name, mail or phone")
    rows = sheet.frame.index
    first = mails[rows].map(lambda found: found[0] if found else "").astype("str")
    accounts = context.directory.accounts(sheet.book, names[rows], mails=first)
    lost = accounts.isna()
    sheet.drop(lost, "name", "phone only, without a name")
    rows = sheet.frame.index
    accounts, dates = (
        accounts[rows],
        sheet.dates("createdat" if sheet.has("createdat") else "created at", context),
    )
    _more_keys(sheet, accounts, names, mails, phones, context)
    owner = pd.Series(context.owner, index=rows, dtype="str")
    _relations(sheet, "address book", owner, accounts, dates.day)
    return sheet.close(context, dates)


def _more_keys(
    sheet: Sheet,
    accounts: pd.Series,
    names: pd.Series,
    mails: pd.Series,
    phones: pd.Series,
    context: Context,
) -> None:
    entries = [
        (account, key, value, name, row)
        for row, account, name, mail, phone in zip(
            accounts.index,
            accounts,
            names[accounts.index],
            mails[accounts.index],
            phones[accounts.index],
            strict=True,
        )
        if account != context.owner
        for key, values in (("mail", mail[1:]), ("phone", phone))
        for value in values
    ]
    if entries:
        account, key, value, name, row = zip(*entries, strict=True)
        sheet.book.add(
            "accounts",
            {
                "account": account,
                "key": key,
                "value": value,
                "name": name,
                "kind": "person",
                "row": row,
            },
        )


def _mails(cell: str) -> list[str]:
    return [mail for part in re.split(r"[,;]", cell) if (mail := mail_of(part))]


def _phones(cell: str) -> list[str]:
    return [phone for part in re.split(r"[,;]", cell) if part.strip() and (phone := phone_of(part))]


def _someone(
    sheet: Sheet, context: Context, names: pd.Series, urls: pd.Series | None = None
) -> pd.Series:
    links = pd.Series("", index=names.index, dtype="str") if urls is None else urls
    sheet.drop((names == "") & (links.str.strip() == ""), "name", "no name and no link")
    rows = sheet.frame.index
    return context.directory.accounts(sheet.book, names[rows], links[rows])


def _kept(dates: Dates, sheet: Sheet) -> Dates:
    rows = sheet.frame.index
    return Dates(dates.at[rows], dates.day[rows], dates.precision[rows], dates.zoned)


def _relations(
    sheet: Sheet,
    kind: str,
    a: pd.Series,
    b: pd.Series,
    start: pd.Series,
    end: pd.Series | None = None,
) -> None:
    seen = sheet.book.exported
    sheet.book.add(
        "relations",
        {
            "a": a,
            "b": b,
            "kind": kind,
            "start": start,
            "end": end,
            "first_seen": seen,
            "last_seen": seen,
            "row": a.index,
        },
    )


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
