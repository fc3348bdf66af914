"""Address books made to take time or memory."""

from __future__ import annotations

import pytest


@pytest.mark.usefixtures("ends_soon")
def test_soft_line_breaks_without_end_take_no_time(vcards, keys):
    """Each of them copied all that were before it."""
    folded = "=C3=B6=\n" * 60_000
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nN:Quill;Zora\nNICKNAME;ENCODING=QUOTED-PRINTABLE:"
        f"{folded}\nTEL:+447700900123\nEND:VCARD\n"
    )
    tables = vcards(text)
    assert ("phone", "+447700900123") in {key[:2] for key in keys(tables)}


def test_cards_without_a_line(vcards, counts):
    tables = vcards("BEGIN:VCARD\nEND:VCARD\n" * 3)
    assert counts(tables) == (3, 0, 0, 3)
    assert set(tables.rejects["reason"]) == {"no name, mail, phone or profile"}


def test_more_contacts_than_any_book_has(vcards, contacts, counts, monkeypatch):
    for module in ("vcard", "table"):
        monkeypatch.setattr(f"netquality.sources.contacts.{module}.MOST", 2)
    card = "BEGIN:VCARD\nFN:Zora Quill\nEMAIL:zora{}@quill.example\nEND:VCARD\n"
    row = "Zora,Quill,zora{}@quill.example\n"
    cards = vcards("".join(map(card.format, range(5))))
    rows = contacts("First Name,Last Name,E-mail Address\n" + "".join(map(row.format, range(5))))
    for tables in (cards, rows):
        assert counts(tables) == (5, 2, 0, 3)
        assert set(tables.rejects["reason"]) == {"more than 150,000 contacts"}
