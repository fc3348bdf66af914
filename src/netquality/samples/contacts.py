"""The files about people: connections, invitations, endorsements, recommendations, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from netquality.samples.cast import OWNER
from netquality.samples.cells import (
    File,
    Style,
    connected_on,
    padded_stamp,
    plain_stamps,
    profile,
    slash_stamps,
    stamp,
    table,
)
from netquality.samples.clock import DAY
from netquality.samples.eras import PREAMBLE

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from netquality.samples.cut import Cut

__all__ = ["people_files"]

_CUT_OFF = "https://www.linkedin.com/in"
_HALF_PAST_NINE = 34_200


def _connected(cut: Cut, day: int) -> str:
    return stamp(day * DAY + _HALF_PAST_NINE) if cut.era.old else connected_on(day)


def _connection(cut: Cut, person: dict[Hashable, Any]) -> dict[str, str]:
    shown = person["mail_shown"] or cut.era.old
    return {
        "First Name": person["first"],
        "Last Name": person["last"],
        "URL": profile(person["slug"], encoded=True),
        "Email Address": person["mail"] if shown else "",
        "Company": person["firm"],
        "Position": person["title"],
    }


def _connections(cut: Cut) -> File:
    """List connections, newest first, with the rows that bear nothing but a date."""
    columns = cut.era.connections
    rows = [(int(day), dict.fromkeys(columns, "")) for day in cut.world.ghosts if day <= cut.day]
    people = cut.people.to_dict("records")
    rows += [(person["connected"], _connection(cut, person)) for person in people]
    rows.sort(key=lambda each: -each[0])
    dated = (row | {"Connected On": _connected(cut, day)} for day, row in rows)
    cells = ([row[name] for name in columns] for row in dated)
    style = Style(closed=cut.era.old, preamble=PREAMBLE if cut.era.preamble else "")
    return File("Connections.csv", table(columns, cells, style))


def _invited(cut: Cut) -> Iterator[list[str]]:
    rows = cut.until(cut.world.acts["invitations"], cut.day - 364)
    owner, owner_at = OWNER.name, profile(OWNER.slug)
    for who, at, theirs, text in rows[["who", "at", "theirs", "text"]].itertuples(index=False):
        other, other_at = cut.names[who], cut.addresses[who]
        names = [other, owner] if theirs else [owner, other]
        places = [other_at, owner_at] if theirs else [owner_at, other_at]
        if cut.era.truncated:
            places = [_CUT_OFF, _CUT_OFF]
        row = [*names, stamp(at), text, "INCOMING" if theirs else "OUTGOING", *places]
        yield row[: len(cut.era.invitations)]


def _endorsed(cut: Cut, *, theirs: bool, columns: tuple[str, ...]) -> list[list[str]]:
    rows = cut.until(cut.world.acts["endorsements"])
    rows = rows[rows["theirs"] == theirs]
    people = cut.cast.iloc[rows["who"]]
    legacy = {"ACCEPTED": "Accepted", "HIDDEN": "Redacted", "PENDING": "Pending"}
    status = [legacy[each] if cut.era.old and theirs else each for each in rows["status"]]
    cells = {
        "Date": slash_stamps(rows["at"].to_numpy()),
        "Skill": rows["skill"].tolist(),
        "First": people["first"].tolist(),
        "Last": people["last"].tolist(),
        "Public": [f"www.linkedin.com/in/{slug}" for slug in people["slug"]],
        "Status": status,
    }
    # Column names differ only in who is meant: the word after "Endorser" or "Endorsee" decides.
    keys = [next(key for key in cells if key in name) for name in columns]
    return [list(row) for row in zip(*(cells[key] for key in keys), strict=True)]


_GIVEN = (
    "Endorsement Date",
    "Skill Name",
    "Endorsee First Name",
    "Endorsee Last Name",
    "Endorsee Public Url",
    "Endorsement Status",
)


def _endorsements(cut: Cut) -> Iterator[File]:
    legacy = Style(ends="\r\n", quoted=True, separator="\t", utf16=True)
    rows = _endorsed(cut, theirs=True, columns=cut.era.received)
    style = legacy if cut.era.old else Style()
    name = cut.era.named("Endorsement_Received_Info.csv")
    yield File(name, table(cut.era.received, rows, style))
    given = _endorsed(cut, theirs=False, columns=_GIVEN)
    yield File("Endorsement_Given_Info.csv", table(_GIVEN, given, Style()))


_RECOMMENDATION = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"


def _recommendations(cut: Cut) -> Iterator[File]:
    rows = cut.until(cut.world.acts["recommendations"])
    for theirs, name in (
        (False, "Recommendations_Given.csv"),
        (True, "Recommendations_Received.csv"),
    ):
        cells = []
        for who, at, text in rows.loc[rows["theirs"] == theirs, ["who", "at", "text"]].to_numpy():
            person = cut.cast.iloc[who]
            known = [str(person[key]) for key in ("first", "last", "firm", "title")]
            cells.append([*known, text, padded_stamp(at), "VISIBLE" if theirs else ""])
        yield File(cut.era.named(name), table(_RECOMMENDATION.split(","), cells, Style()))


def _follows(cut: Cut) -> File:
    rows = cut.until(cut.world.acts["follows"])
    names = [" ".join(cut.names[who].split()) for who in rows["who"]]
    cells = zip(plain_stamps(rows["at"].to_numpy()), rows["status"], names, strict=True)
    return File("Member_Follows.csv", table(["Date", "Status", "FullName"], cells, Style("\r\n")))


def _address_book(cut: Cut) -> File:
    cells = []
    for place, (who, at) in enumerate(cut.until(cut.world.acts["address book"]).to_numpy()):
        first, last, mail = (str(cut.cast.at[who, name]) for name in ("first", "last", "mail"))
        known = {
            "Source": "MOBILE_CONTACTS",
            "FirstName": first,
            "LastName": last,
            "FullName": f"{first} {last}",
            # Lists of one, with the blank that the joint leaves before each item.
            "Emails": f" {mail}",
            "EmailAddress": f" {mail}",
            "PhoneNumbers": f" +1 555 01{place % 100:02d}",
            "CreatedAt": stamp(at),
        }
        cells.append([known.get(name.replace(" ", ""), "") for name in cut.era.book])
    return File(cut.era.named("Contacts.csv"), table(cut.era.book, cells, Style()))


_NOTE = (
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On"
)


def _notes(cut: Cut) -> File:
    cells = []
    for who, at, text in cut.until(cut.world.acts["notes"]).itertuples(index=False):
        person = cut.cast.iloc[who]
        moment = plain_stamps(np.array([at]))[0]
        cells.append([person["first"], person["last"], cut.addresses[who], text, moment, moment])
    return File("Notes.csv", table(_NOTE.split(","), cells, Style()))


_TEAMMATE = (
    "Company Name,Teammate Name,Teammate Type,Teammate Request State,Past Status,Date Created,"
    "Date Modified"
)


def _teammates(cut: Cut) -> File:
    people = cut.people[(cut.people["firm"] != "") & (cut.people["kind"] == "friend")].head(5)
    cells = []
    for person in people.to_dict("records"):
        since = stamp(person["connected"] * DAY + _HALF_PAST_NINE)
        name = f"{person['first']} {person['last']}"
        cells.append([person["firm"], name, "PEER", "ACCEPTED", "false", since, since])
    return File("Teammates.csv", table(_TEAMMATE.split(","), cells, Style()))


def people_files(cut: Cut, *, complete: bool) -> Iterator[File]:
    """Write the files that name people; some are in complete archives only.

    Examples
    --------
    >>> from netquality.samples.cut import cut_of
    >>> cut = cut_of(60, 400, 7, 2026)
    >>> [file.name for file in people_files(cut, complete=True)][:2]
    ['Connections.csv', 'Invitations.csv']
    """
    yield _connections(cut)
    yield File("Invitations.csv", table(cut.era.invitations, _invited(cut), Style()))
    yield from _endorsements(cut)
    yield from _recommendations(cut)
    yield _address_book(cut)
    if complete:
        yield _follows(cut)
    if cut.era.year == 2026:
        yield _notes(cut)
    if cut.era.year == 2020:
        yield _teammates(cut)
