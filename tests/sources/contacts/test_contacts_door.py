"""Through the one door: an address book is known for what it is, among other files too."""

import pytest

from netquality.sources.sniff import read_source

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Zora Quill\nEMAIL:zora@quill.example\nEND:VCARD\n"
GOOGLE = (
    "First Name,Last Name,File As,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\n"
    "Zora,Quill,,* myContacts,* ,zora@quill.example,447700900123\n"
    "Odo,Ibis,,* myContacts,* ,odo@fen.example,447700900124\n"
)
OLD_GOOGLE = (
    "Name,Given Name,Family Name,Subject,Notes,Group Membership,E-mail 1 - Value\n"
    "Zora Quill,Zora,Quill,,,* myContacts,zora@quill.example\n"
)
OUTLOOK = (
    "Title,First Name,Last Name,Company,Job Title,Mobile Phone,Categories,E-mail Address,"
    "E-mail 2 Address\n,Zora,Quill,,,447700900123,,zora@quill.example,\n"
)
GERMAN = (
    "Anrede;Vorname;Nachname;Firma;Position;Mobiltelefon;Kategorien;E-Mail-Adresse\n"
    ";Zora;Quill;;;447700900123;;zora@quill.example\n"
)
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Zora,Quill,https://www.linkedin.com/in/zora-q,,,,05 Mar 2024\n"
)
IMPORTED = (
    "First Name,Last Name,Email Address,Phone Numbers,Created At\n"
    'Zora,Quill,zora@quill.example,,"3/5/24, 9:15 AM"\n'
)
FILES = {
    "contacts.vcf": (CARD, "contacts/vcard"),
    "cards.txt": (CARD, "contacts/vcard"),
    "contacts.csv": (GOOGLE, "contacts/google"),
    "google.csv": (OLD_GOOGLE, "contacts/google"),
    "outlook.csv": (OUTLOOK, "contacts/outlook"),
    "Kontakte.csv": (GERMAN, "contacts/outlook"),
    "Connections.csv": (CONNECTIONS, "linkedin/connections"),
    "ImportedContacts.csv": (IMPORTED, "linkedin/contacts"),
    "log.csv": ("sender,recipient,timestamp\na,b,2024-03-05\n", "log"),
}


@pytest.mark.parametrize("name", FILES)
def test_alone(tmp_path, name):
    text, form = FILES[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    tables = read_source(tmp_path / name)
    assert tables.sources["format"].tolist() == [form]
    assert tables.sources["kept"].iloc[0] == 1 + ("odo@fen.example" in text)


def test_side_by_side(tmp_path):
    for name, (text, _) in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    tables = read_source(tmp_path)
    found = dict(zip(tables.sources["name"], tables.sources["format"], strict=True))
    assert found == {name: form for name, (_, form) in FILES.items()}
