"""The address book: a vCard file of several versions, and a Google table of a part of it."""

from __future__ import annotations

import csv
import io
import quopri
from typing import TYPE_CHECKING

from netquality.samples.cast import OWNER, OWNER_MAIL
from netquality.samples.cells import profile
from netquality.samples.clock import dice
from netquality.samples.media.invite import folded
from netquality.samples.media.mail import DESK
from netquality.samples.media.numbers import OWNER_PHONE, landline, spaced
from netquality.samples.media.plan import OWN_MAIL2, household_mail

if TYPE_CHECKING:
    from netquality.samples.media.keys import Person
    from netquality.samples.media.plan import Plan

__all__ = ["HANDED", "cards_file", "google_file", "handed_number", "shared_keys"]

# Numbers that had somebody else before.
HANDED = 9990
_SIGN = "Fictional\\, made by netquality."
_GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
    "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,"
    "Organization Title,Organization Department,Birthday,Notes,Photo,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,"
    "Website 1 - Label,Website 1 - Value"
)


def handed_number(place: int) -> str:
    """Return a number that was handed on from one person to another.

    Examples
    --------
    >>> handed_number(1)
    '+33639989991'
    """
    return f"+3363998{HANDED + place}"


def shared_keys(plan: Plan) -> dict[int, list[tuple[str, str]]]:
    """Return the keys that several people have, by person: (kind of key, value)."""
    found: dict[int, list[tuple[str, str]]] = {}
    shared = plan.crowds.shared
    for place, pair in enumerate(shared.household):
        for who in pair:
            keys = [("phone", landline(place)), ("mail", household_mail(place))]
            found.setdefault(who, []).extend(keys)
    for place, pair in enumerate(shared.handed):
        for who in pair:
            found.setdefault(who, []).append(("phone", handed_number(place)))
    return found


def _keys(person: Person, shared: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return the mail addresses and the numbers of a card."""
    mails = [person.mail] if person.on_card else []
    mails += [person.mail2] if person.mail2 else []
    phones = [person.phone] if person.phone else []
    mails += [value for key, value in shared if key == "mail"]
    return mails, phones + [value for key, value in shared if key == "phone"]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def _link(person: Person) -> str:
    return profile(person.person, encoded=True) if person.sort == "contact" else ""


def _card_21(person: Person, mails: list[str], phones: list[str]) -> list[str]:
    """Write a card as old telephones do: quoted-printable, types without a name."""

    def text(name: str, value: str) -> str:
        if value.isascii():
            return f"{name}:{value}"
        quoted = quopri.encodestring(value.encode(), quotetabs=True).decode()
        soft = quoted.replace("=\n", "=\r\n")
        return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{soft}"

    lines = ["BEGIN:VCARD", "VERSION:2.1", text("N", f"{person.last};{person.first};;;")]
    lines.append(text("FN", person.card))
    lines += [f"TEL;CELL:{spaced(phone, 3)}" for phone in phones]
    lines += [f"EMAIL;INTERNET:{mail}" for mail in mails]
    link = _link(person)
    return [*lines, *([f"URL:{link}"] if link else []), "END:VCARD"]


def _card_30(person: Person, mails: list[str], phones: list[str]) -> list[str]:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{_escaped(person.card)}"]
    lines.append(f"N:{_escaped(person.last)};{_escaped(person.first)};;;")
    for place, mail in enumerate(mails):
        lines.append(f"item{place + 1}.EMAIL;TYPE=INTERNET:{mail}")
        lines.append(f"item{place + 1}.X-ABLabel:Mail")
    lines += [f"TEL;TYPE=CELL:{spaced(phone, person.style)}" for phone in phones]
    if link := _link(person):
        lines += [f"URL:{link}", "CATEGORIES:myContacts"]
    return [*map(folded, lines), f"UID:ink-{person.handle}-{person.style}", "END:VCARD"]


def _card_40(person: Person, mails: list[str], phones: list[str]) -> list[str]:
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_escaped(person.card)}"]
    lines.append(f"N:{_escaped(person.last)};{_escaped(person.first)};;;")
    lines += [f"EMAIL;PREF=1:{mail}" for mail in mails]
    lines += [f"TEL;VALUE=uri;TYPE=cell:tel:{phone}" for phone in phones]
    if link := _link(person):
        lines.append(f"URL:{link}")
    return [*map(folded, lines), "END:VCARD"]


def _own() -> bytes:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{OWNER.name}", "N:Vellichor;Juniper;;;"]
    lines += [f"EMAIL;TYPE=INTERNET:{mail}" for mail in (OWNER_MAIL, OWN_MAIL2)]
    lines += [f"TEL;TYPE=CELL:{OWNER_PHONE}", f"NOTE:{_SIGN}", "END:VCARD"]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _company() -> bytes:
    """Write the card of a desk: a firm, and no person."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:Thistledown Atelier", "N:;;;;"]
    lines += ["ORG:Thistledown Atelier", f"EMAIL;TYPE=INTERNET:{DESK}"]
    lines += ["X-ABShowAs:COMPANY", "END:VCARD"]
    return "".join(f"{line}\r\n" for line in lines).encode()


def cards_file(plan: Plan) -> list[bytes]:
    """Write ``contacts.vcf``: the owner's card, a firm's, then everybody who is saved.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> len(cards_file(plan)) - 2 == sum(bool(person.card) for person in plan.who)
    True
    """
    shared, found = shared_keys(plan), [_own(), _company()]
    for place, person in enumerate(plan.who):
        if not person.card:
            continue
        mails, phones = _keys(person, shared.get(place, []))
        write = {3: _card_21, 7: _card_40}.get(place % 11, _card_30)
        lines = write(person, mails, phones)
        found.append("".join(f"{line}\r\n" for line in lines).encode())
    return found


def _row(person: Person, mails: list[str], phones: list[str], note: str) -> dict[str, str]:
    first, _, last = person.card.partition(" ")
    row = {"First Name": first, "Last Name": last, "Labels": "* myContacts", "Notes": note}
    # Google joins what does not fit into its columns.
    for place, mail in enumerate(mails[:2]):
        row[f"E-mail {place + 1} - Value"] = mail
    if len(mails) > 2:
        row["E-mail 2 - Value"] = " ::: ".join(mails[1:])
    if phones:
        row["Phone 1 - Label"] = "Mobile"
        row["Phone 1 - Value"] = " ::: ".join(spaced(phone, 0) for phone in phones)
    if link := _link(person):
        row |= {"Website 1 - Label": "Profile", "Website 1 - Value": link}
    return row


def google_file(plan: Plan) -> list[bytes]:
    """Write ``google_contacts.csv``: two of five of those who are saved."""
    rng, shared = dice(plan.seed, "google"), shared_keys(plan)
    buffer, header = io.StringIO(newline=""), _GOOGLE.split(",")
    writer = csv.DictWriter(buffer, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    own = {"First Name": "Juniper", "Last Name": "Vellichor", "Notes": "Made by netquality."}
    writer.writerow(own | {"E-mail 1 - Value": OWNER_MAIL, "Phone 1 - Value": OWNER_PHONE})
    for place, person in enumerate(plan.who):
        if person.card and rng.random() < 0.4:
            mails, phones = _keys(person, shared.get(place, []))
            note = "Met at the fair.\nHas a kite." if place % 5 == 0 else ""
            writer.writerow(_row(person, mails, phones, note))
    return [b"\xef\xbb\xbf" + buffer.getvalue().encode()]
