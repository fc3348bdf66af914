"""What others write is read as they meant it: vobject, the standard library's csv, quopri."""

import csv
import io
import quopri

import pytest
import vobject
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from netquality.sources.addresses import squashed
from netquality.sources.contacts.clean import fields_of
from netquality.sources.contacts.letters import Letters
from netquality.sources.contacts.lines import cards_in
from netquality.sources.contacts.vcard import _parts

# Everything that a person may type, commas, semicolons, backslashes, quotes and emoji above all.
LETTERS = st.one_of(
    st.sampled_from(",;:\\\"'=\n\t .(){}🦊👩‍🚀éßñ羽根عمر=20"),
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")),
)
TEXTS = st.text(LETTERS, min_size=1, max_size=90).filter(squashed)
FEW = settings(max_examples=150, deadline=None)


def _read(text):
    """Return the fields of every card in a text, through the same lines as a file takes."""
    cards = cards_in(text.split("\r\n"))
    return [fields_of(card.lines, Letters()) for card in cards if card.fault is None]


def _values(fields, name):
    return [field.value for field in fields if field.name == name]


@FEW
@example("Quillfeather, Zora; née \\ Fenwick\\", ["Odo", "Fen"], "Ink; Quill, & Co \\n", ["a,b"])
@given(TEXTS, st.lists(TEXTS, min_size=2, max_size=2), TEXTS, st.lists(TEXTS, max_size=3))
def test_cards_that_vobject_writes(shown, parts, employer, labels):
    card = vobject.vCard()
    card.add("fn").value = shown
    card.add("n").value = vobject.vcard.Name(family=parts[0], given=parts[1])
    card.add("org").value = [employer, "Counter"]
    card.add("email").value = "zora@quill.example"
    if labels:
        card.add("categories").value = labels
    (fields,) = _read(card.serialize())
    assert list(map(squashed, _values(fields, "FN"))) == [squashed(shown)]
    (name,) = _values(fields, "N")
    assert _parts(name) == ("", squashed(parts[1]), "", squashed(parts[0]), "")
    assert [list(map(squashed, org)) for org in _values(fields, "ORG")] == [
        [squashed(employer), "Counter"]
    ]
    assert _values(fields, "EMAIL") == ["zora@quill.example"]
    found = [squashed(label) for each in _values(fields, "CATEGORIES") for label in each]
    assert found == [squashed(label) for label in labels]


@FEW
@example("Zora=", "Quill\\;feather")
@given(TEXTS, TEXTS)
def test_quoted_printable(shown, employer):
    def line(name, text):
        packed = quopri.encodestring(text.replace("\n", "\r\n").encode(), quotetabs=True)
        soft = packed.replace(b"\r\n", b"\n").replace(b"=\n", b"=\r\n").decode()
        # A line end of the text itself is =0D=0A there: quopri leaves it bare.
        soft = soft.replace("=\r\n", "\0").replace("\n", "=0D=0A").replace("\0", "=\r\n")
        return f"{name};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{soft}"

    escaped = employer.replace("\\", "\\\\").replace(";", "\\;")
    text = "\r\n".join(
        ["BEGIN:VCARD", "VERSION:2.1", line("FN", shown.replace("\\", "\\\\")),
         line("ORG", escaped), "END:VCARD"]
    )  # fmt: skip
    (fields,) = _read(text)
    assert list(map(squashed, _values(fields, "FN"))) == [squashed(shown)]
    assert squashed(_values(fields, "ORG")[0][0]) == squashed(employer)


@pytest.mark.parametrize("value", ["Zora Quillfeather", "Zora\\, Ms", "Zora\\; Odo", "羽根 🦊"])
def test_vobject_reads_the_same(value):
    text = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.EMAIL;TYPE=HOME:zora@quill.example\r\n"
        f"FN:{value}\r\nN:{value};Zora;Brindle;Dr.;\r\nORG:Fernhollow;{value}\r\n"
        "CATEGORIES:Ink\\, club,Fens\r\nTEL;TYPE=CELL:+447700900123\r\nEND:VCARD\r\n"
    )
    theirs = vobject.readOne(text)
    (ours,) = _read(text)
    for name in ("fn", "n", "org", "email", "tel", "categories"):
        assert _values(ours, name.upper()) == [line.value for line in theirs.contents[name]]


@settings(FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("Zora, \"Q\" ; 'x'\n", " Quill", "x::y", ["a ::: b"])
@given(TEXTS, TEXTS, TEXTS, st.lists(TEXTS.filter(lambda text: ":::" not in text), max_size=2))
def test_rows_that_csv_writes(written, given_name, family, employer, labels):
    from netquality.sources.contacts.columns import layout_of
    from netquality.sources.contacts.table import _card

    header = [
        "First Name",
        "Last Name",
        "File As",
        "Labels",
        "Organization Name",
        "E-mail 1 - Value",
    ]
    cells = [given_name, family, "", " ::: ".join(labels), employer, "zora@quill.example"]
    text = written(header, [dict(zip(header, cells, strict=True))])
    read = list(csv.reader(io.StringIO(text, newline="")))
    card = _card(1, layout_of(read[0]), read[1], Letters())
    assert card.mails == ("zora@quill.example",)
    assert card.employer == squashed(employer)
    whole = squashed(f"{given_name} {family}")
    assert card.name in (whole, "", squashed(family + given_name))
    if any(map(str.isalpha, whole)) and whole.isascii() and "@" not in whole:
        assert card.name == whole
