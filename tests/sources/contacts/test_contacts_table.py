"""Address books as CSV: Google's headers, old and new, and Outlook's in four languages."""

import pytest

from netquality.errors import BadInput
from netquality.sources.contacts.table import looks_like_contacts, read_contacts
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options

ZORA = ("mail", "zora@quill.example", "Zora Quillfeather")
PHONE = ("phone", "+447700900123", "Zora Quillfeather")
OUTLOOK = {
    "en": (
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,"
        "Business Street,Assistant's Phone,Business Fax,Business Phone,Company Main Phone,"
        "Mobile Phone,Categories,E-mail Address,E-mail Type,E-mail Display Name,"
        "E-mail 2 Address,Notes,Web Page"
    ),
    "new": (
        "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,"
        "E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Business Phone,Mobile Phone,"
        "IMAddress,Job Title,Department,Company,Assistant's Name,Personal Web Page,Notes,Categories"
    ),
    "de": (
        "Anrede;Vorname;Weitere Vornamen;Nachname;Suffix;Firma;Abteilung;Position;Telefon Assistent"
        ";Fax geschäftlich;Telefon geschäftlich;Telefon Firma;Telefon (privat);Mobiltelefon;"
        "E-Mail-Adresse;E-Mail-Typ;E-Mail: Angezeigter Name;E-Mail 2: Adresse;Kategorien;Notizen"
    ),
    "fr": (
        "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Téléphone (bureau),"
        "Télécopie (bureau),Tél. mobile,Adresse de messagerie,Adresse de messagerie 2,Catégories,"
        "Notes,Page Web"
    ),
    "es": (
        "Title,Nombre,Segundo nombre,Apellidos,Suffix,Organización,Puesto,Teléfono del trabajo,"
        "Mobile Phone,E-mail Address,Dirección de correo electrónico 2,Categorías,Notes"
    ),
}
CELLS = {
    "Zora": "First Name|Vorname|Prénom|Nombre",
    "Quillfeather": "Last Name|Nachname|Nom|Apellidos",
    "Fernhollow Press": "Company|Firma|Société|Organización",
    "Keeper of ferns": "Job Title|Position|Puesto",
    "zora@quill.example": "E-mail Address|E-Mail-Adresse|Adresse de messagerie",
    "zq@fern.example": "E-mail 2 Address|E-Mail 2: Adresse|Adresse de messagerie 2"
    "|Dirección de correo electrónico 2",
    "+44 7700 900123": "Mobile Phone|Mobiltelefon|Tél. mobile",
    "+44 7700 900128": "Assistant's Phone|Telefon Assistent",
    "+44 7700 900129": "Business Fax|Fax geschäftlich|Télécopie (bureau)",
    "+44 7700 900130": "Company Main Phone|Telefon Firma",
    "Ink club;Fen walkers": "Categories|Kategorien|Catégories|Categorías",
    "xyzzyplugh, all of it": "Notes|Notizen",
}


def test_google_since_2024(google, keys, told, counts, marker):
    row = {
        "First Name": "Zora",
        "Last Name": "Quillfeather",
        "Nickname": "Inky",
        "Organization Name": "Fernhollow Press",
        "Organization Title": "Keeper of ferns",
        "Notes": f"{marker}\nin lines,\n\nmany",
        "Labels": "Ink club ::: * myContacts ::: * Starred",
        "E-mail 1 - Label": "* Home",
        "E-mail 1 - Value": "Zora@Quill.example ::: zq@fern.example",
        "E-mail 2 - Label": "",
        "E-mail 2 - Value": "z@third.example",
        "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "+44 7700 900123 ::: +44 7700 900124",
        "Phone 2 - Label": "Work Fax",
        "Phone 2 - Value": "+44 7700 900129",
        "Website 1 - Label": "Profile",
        "Website 1 - Value": "https://www.linkedin.com/in/zora-q",
    }
    tables = google(row, {"First Name": "Odo", "Labels": "* Other Contacts"})
    name = "Zora Quillfeather"
    assert keys(tables) == {
        ("mail", "zora@quill.example", name),
        ("mail", "zq@fern.example", name),
        ("mail", "z@third.example", name),
        ("phone", "+447700900123", name),
        ("phone", "+447700900124", name),
        ("profile", "zora-q", name),
        ("name", "inky", name),
        ("name", "odo", "Odo"),
    }
    assert told(tables) == {
        ("employer", "Fernhollow Press"),
        ("title", "Keeper of ferns"),
        ("group", "Ink club"),
    }
    assert counts(tables) == (2, 2, 0, 0)
    assert tables.sources["format"].tolist() == ["contacts/google"]


def test_google_without_any_address(google, keys):
    assert keys(google({"First Name": "Zora"})) == {("name", "zora", "Zora")}


def test_google_before_2024(old_google, keys, told, marker):
    row = {
        "Name": "Dr. Zora Quillfeather",
        "Given Name": "Zora",
        "Family Name": "Quillfeather",
        "Maiden Name": "Fenwick",
        "Short Name": "ZQ",
        "Notes": marker,
        "Group Membership": "* friends ::: * myContacts ::: Imported on 5/13/24",
        "E-mail 1 - Type": "* ",
        "E-mail 1 - Value": "zora@quill.example",
        "Phone 1 - Value": "+44 7700 900123",
        "Organization 1 - Name": "Fernhollow Press",
        "Organization 1 - Title": "Keeper of ferns",
        "Website 1 - Value": "linkedin.com/in/zora-q",
    }
    tables = old_google(row)
    assert {(key, value) for key, value, _ in keys(tables)} == {
        ("mail", "zora@quill.example"),
        ("phone", "+447700900123"),
        ("profile", "zora-q"),
        ("name", "zora fenwick"),
        ("name", "zq"),
    }
    assert {name for _, _, name in keys(tables)} == {"Dr. Zora Quillfeather"}
    assert ("group", "friends") in told(tables)
    assert len(told(tables)) == 3


@pytest.mark.parametrize("language", OUTLOOK)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_outlook(contacts, written, keys, told, language, encoding):
    delimiter = ";" if language == "de" else ","
    header = OUTLOOK[language].split(delimiter)
    row = {column: cell for cell, names in CELLS.items() for column in names.split("|")}
    row = {column: cell for column, cell in row.items() if column in header}
    text = written(header, [row], delimiter)
    if language == "fr":  # the first "Titre" is the form of address, the second the position
        line = f"Mme,Zora,,Quillfeather,,Fernhollow Press,,Keeper of ferns{',' * 3}"
        mails = "zora@quill.example,zq@fern.example"
        text = text.split("\r\n")[0] + f"\r\n{line}+44 7700 900123,{mails},Ink club;Fen walkers,,"
    tables = contacts(text.encode(encoding))
    named = {(key, value) for key, value, _ in keys(tables)}
    assert named == {
        ("mail", "zora@quill.example"),
        ("mail", "zq@fern.example"),
        ("phone", "+447700900123"),
    }
    assert told(tables) == {
        ("employer", "Fernhollow Press"),
        ("title", "Keeper of ferns"),
        ("group", "Ink club"),
        ("group", "Fen walkers"),
    }
    assert tables.sources["format"].tolist() == ["contacts/outlook"]


def test_outlook_addresses_of_its_own_kind(contacts, keys):
    text = (
        "First Name,Last Name,Company,E-mail Address,E-mail Display Name,Mobile Phone\r\n"
        ",,,/o=ExchangeLabs/cn=zora,Zora Quillfeather (zora@quill.example),+44 7700 900123\r\n"
        ",,,odo@fen.example,odo@fen.example,\r\n"
        ",,Fernhollow Press,,,4.47E+11\r\n"
    )
    tables = contacts(text)
    assert keys(tables) == {
        PHONE,
        ("mail", "odo@fen.example", None),
        ("name", "fernhollow press", "Fernhollow Press"),
    }
    assert "2 addresses and numbers lead to nobody" in tables.sources["rules"].iloc[0]


def test_rows_that_are_none(contacts, counts):
    text = (
        "sep=,\r\nFirst Name,Last Name,E-mail Address,Mobile Phone\r\n"
        "Zora,Quill,zora@quill.example\r\n"  # a spreadsheet drops empty cells at the end
        ",,,\r\n"
        "Odo,,odo@fen.example,,,\r\n"
        "Ada,,ada@fern.example,,too,many\r\n"
        ",,no address,n/a\r\n"
        "\r\n"
        "Zora,Quill,zora@quill.example,\r\n"
    )
    tables = contacts(text)
    assert counts(tables) == (6, 2, 1, 3)
    assert dict(zip(tables.rejects["row"], tables.rejects["reason"], strict=True)) == {
        2: "blank row",
        4: "too many cells",
        5: "no name, mail, phone or profile",
    }


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt",
        "FirstName,LastName,Emails,PhoneNumbers,CreatedAt",
        "First Name,Last Name,Email Address,Phone Numbers,Created At",
        "First Name,Last Name,E-mail Address,Phone Numbers,Created At",
        "sender,recipient,timestamp",
        "from,to,date,content",
        "Name,Number,Date,Duration,Type",
        "Subject,Body,From: (Name),From: (Address),To: (Name)",
        "a,b,strength",
        "name,age",
        "",
    ],
)
def test_other_files_are_left_alone(header):
    assert not looks_like_contacts("Contacts.csv", header.encode())


def test_a_file_that_is_none_is_refused_in_words():
    member = Member("people.csv", lambda: b"name,age\nZora,7\n")
    with pytest.raises(BadInput, match="no header of an address book"):
        read_contacts(member, Bundle("people.csv", None, (member,)), Options())
