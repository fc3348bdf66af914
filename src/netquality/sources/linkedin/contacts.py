"""Relations of the owner: notes, teammates, follows, the uploaded address book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from netquality.sources.addresses import mail_of, phone_of, squashed
from netquality.sources.dates import Dates
from netquality.sources.linkedin.connections import full_names

if TYPE_CHECKING:
    from netquality.schema import Tables
    from netquality.sources.linkedin.sheet import Context, Sheet

__all__ = [
    "kept_dates",
    "read_address_book",
    "read_follows",
    "read_notes",
    "read_organisations",
    "read_teammates",
    "relate",
]


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
    relate(sheet, "teammate", pd.Series(context.owner, accounts.index, "str"), accounts, dates.day)
    return sheet.close(context, dates)


def read_follows(sheet: Sheet, context: Context) -> Tables:
    """Read which members the owner follows, by full name."""
    ended = sheet.column("status").str.strip().str.casefold().str.startswith("unfollow")
    accounts = _someone(sheet, context, sheet.column("fullname").map(squashed))
    dates = sheet.dates("date", context)
    over = dates.day.where(ended[accounts.index])
    relate(
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
    relate(sheet, "follows", pd.Series(context.owner, accounts.index, "str"), accounts, dates.day)
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
    relate(sheet, "address book", owner, accounts, dates.day)
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


def kept_dates(dates: Dates, sheet: Sheet) -> Dates:
    """Return the dates of the rows that are still in the sheet."""
    rows = sheet.frame.index
    return Dates(dates.at[rows], dates.day[rows], dates.precision[rows], dates.zoned)


def relate(
    sheet: Sheet,
    kind: str,
    a: pd.Series,
    b: pd.Series,
    start: pd.Series,
    end: pd.Series | None = None,
) -> None:
    """Enter relations of one kind; they were seen on the day of the export."""
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
