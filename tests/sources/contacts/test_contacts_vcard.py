"""vCard as programs write it: each version and habit in a small file."""

import base64

import pytest

from netquality.days import day_number

ZORA = ("mail", "zora@quill.example", "Zora Quillfeather")


def test_version_3(card, keys, told, counts, marker):
    tables = card(
        "N:Quillfeather;Zora;;;",
        "FN:Zora Quillfeather",
        "EMAIL;type=INTERNET;type=HOME;type=pref:Zora@Quill.example",
        "TEL;type=CELL;type=VOICE:+44 7700 900123",
        "ORG:Fernhollow Press;Ferns",
        "TITLE:Keeper of ferns",
        f"NOTE:{marker}",
        f"ADR;type=HOME:;;{marker} 7;Fernhollow;;;",
        f"BDAY:{marker}",
        f"X-ABRELATEDNAMES:{marker}",
    )
    assert keys(tables) == {ZORA, ("phone", "+447700900123", "Zora Quillfeather")}
    assert told(tables) == {("employer", "Fernhollow Press"), ("title", "Keeper of ferns")}
    assert counts(tables) == (1, 1, 0, 0)
    assert tables.relations[["kind", "row"]].iloc[0].tolist() == ["address book", 1]
    assert tables.sources["format"].tolist() == ["contacts/vcard"]


def test_version_4(card, keys):
    tables = card(
        "VERSION:4.0",
        "FN;PID=1.1:Zora Quillfeather",
        "EMAIL;PREF=1:mailto:zora@quill.example",
        'TEL;VALUE=uri;TYPE="cell,voice":tel:+44-7700-900123;ext=12',
        "URL:https://www.linkedin.com/in/Zora-Q%C3%BCill/",
    )
    assert keys(tables) == {
        ZORA,
        ("phone", "+447700900123", "Zora Quillfeather"),
        ("profile", "zora-qüill", "Zora Quillfeather"),
    }


def test_version_2_1_with_soft_breaks(card, keys, told, marker):
    tables = card(
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:F=C3=A4nwick;Od=",
        "o;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Odo F=C3=",
        "=A4nwick",
        "TEL;CELL:+44 7700 900124",
        "TEL;WORK;FAX:+44 7700 900125",
        "EMAIL;INTERNET:odo@fen.example",
        "ORG;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Gr=F6=DFe;Verlag",
        f"NOTE;ENCODING=QUOTED-PRINTABLE:{marker}=0D=0A=",
        "TEL: +44 7700 900126",
    )
    assert keys(tables) == {
        ("mail", "odo@fen.example", "Odo Fänwick"),
        ("phone", "+447700900124", "Odo Fänwick"),
    }
    assert told(tables) == {("employer", "Größe")}


def test_quoted_printable_in_small_letters_and_in_unknown_ones(card, keys):
    tables = card("VERSION:2.1", "FN;encoding=quoted-printable;charset=x-odd:Zo=EB=", " Fen")
    assert keys(tables) == {("name", "zoë fen", "Zoë Fen")}


@pytest.mark.parametrize("encoding", ["8BIT", "7BIT", "8bit"])
def test_an_encoding_that_encodes_nothing(card, keys, encoding):
    tables = card("VERSION:2.1", f"FN;ENCODING={encoding}:Zora", "TEL;HOME:+44 7700 900123")
    assert keys(tables) == {("phone", "+447700900123", "Zora")}


def test_letters_of_old_phones(vcards, keys):
    name = "FN;CHARSET=ISO-8859-1:Zo\u00eb".encode("latin-1")
    japanese = "FN;CHARSET=SHIFT_JIS:羽根ソ".encode("shift_jis")  # its second byte is a backslash
    bare = "FN:J\u00fcn".encode("cp1252")
    data = b"".join(
        b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + line + b"\r\nEND:VCARD\r\n"
        for line in (name, japanese, bare)
    )
    tables = vcards(data)
    assert {name for _, _, name in keys(tables)} == {"Zoë", "羽根ソ", "Jün"}
    assert "1 texts are not in UTF-8: taken as Windows-1252" in tables.sources["rules"].iloc[0]


def test_folds_in_the_middle_of_everything(vcards, keys):
    data = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Quillfeather\r\nEMAIL:zo@q.example\r\nEND:VCARD\r\n"
    )
    raw = data.encode()
    places = [
        place
        for place in range(raw.index(b"FN") + 1, raw.index(b"\r\nEND"))
        if raw[place - 1] not in b"\r\n" and raw[place] not in b"\r\n"
    ]
    assert len(places) > 30
    for place in places:
        tables = vcards(raw[:place] + b"\r\n " + raw[place:])
        assert keys(tables) == {("mail", "zo@q.example", "Zoë Quillfeather")}, place


def test_old_folds_keep_their_blank(card, keys):
    tables = card("VERSION:2.1", "FN:Zora", " Quillfeather", "EMAIL:zora@quill", " .example")
    assert keys(tables) == {ZORA}


def test_apple_groups_labels_and_links(card, keys, told):
    tables = card(
        "N:Quillfeather;Zora;Brindle;Dr.;PhD",
        "FN:Zora Quillfeather",
        "NICKNAME:Zo,Inky",
        "X-MAIDENNAME:Fenwick",
        "item1.EMAIL;type=INTERNET:zora@quill.example",
        "item1.X-ABLabel:_$!<Other>!$_",
        r"item2.URL;type=pref:https\://www.linkedin.com/in/zora-q",
        "X-SOCIALPROFILE;type=twitter:https://twitter.com/zora",
        "CATEGORIES:Ink club,myContacts,* Starred",
        "REV:2024-05-13T09:15:00Z",
    )
    assert {(key, value) for key, value, _ in keys(tables)} == {
        ("mail", "zora@quill.example"),
        ("profile", "zora-q"),
        ("name", "zo"),
        ("name", "inky"),
        ("name", "zora brindle fenwick"),
    }
    assert told(tables) == {("group", "Ink club")}
    assert tables.attributes["seen"].tolist() == [day_number("2024-05-13")]


@pytest.mark.parametrize(
    "line",
    [
        "X-SOCIALPROFILE;type=linkedin;x-user=Zora-Q:x-apple:Zora-Q",
        "X-SOCIALPROFILE;type=linkedin:http://www.linkedin.com/in/zora-q",
        "SOCIALPROFILE;SERVICE-TYPE=LinkedIn;USERNAME=zora-q:",
        "item3.URL:linkedin.com/in/ZORA-Q/?trk=card,1",
        "URL;VALUE=uri:https://de.linkedin.com/in/zora-q",
    ],
)
def test_profiles(card, line):
    accounts = card("FN:Zora", "EMAIL:zora@quill.example", line).accounts
    assert accounts[accounts["key"] == "profile"]["value"].tolist() == ["zora-q"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("IMPP;X-SERVICE-TYPE=WhatsApp:x-apple:+44 7700 900127", True),
        ("IMPP:whatsapp:+447700900127", True),
        ("IMPP;X-SERVICE-TYPE=Telegram:+447700900127", True),
        ("IMPP:telegram:zora_q", False),
        ("IMPP;X-SERVICE-TYPE=Skype:skype:4477009001270", False),
        ("IMPP:xmpp:zora@chat.example", False),
    ],
)
def test_messengers(card, line, found):
    accounts = card("FN:Zora", "EMAIL:zora@quill.example", line).accounts
    numbers = accounts[accounts["key"] == "phone"]["value"].tolist()
    assert numbers == ["+447700900127"] * found
    assert "zora@chat.example" not in set(accounts["value"])


def test_android_nickname(card, keys):
    tables = card(
        "VERSION:2.1", "N:;Zora;;;", "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Inky;1;;;;"
    )
    assert keys(tables) == {("name", "zora", "Zora"), ("name", "inky", "Zora")}


def test_names_without_a_shown_one_and_with_bare_commas(vcards, keys):
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nN:Quill\\;feather;Zora,Brindle;;Dr.;\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:2.1\nFN:Vellichor, Juniper\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nN:羽根;太郎;;;\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Odo\\\nEND:VCARD\n"
    )
    assert {name for _, _, name in keys(vcards(text))} == {
        "Dr. Zora Brindle Quill;feather",
        "Vellichor, Juniper",
        "羽根太郎",
        "Odo\\",
    }


def test_pictures_are_passed_over(card, keys):
    picture = base64.b64encode(bytes(3_000_000)).decode()
    folded = [f" {picture[start : start + 74]}" for start in range(0, len(picture), 74)]
    tables = card(
        "FN:Zora Quillfeather",
        "PHOTO;ENCODING=b;TYPE=JPEG:",
        *folded,
        "LOGO;ENCODING=BASE64:" + picture,
        *[line.strip() for line in folded],  # as old phones write it, without a blank in front
        "EMAIL:zora@quill.example",
    )
    assert keys(tables) == {ZORA}


def test_the_assistant_is_somebody_else(vcards, keys, counts):
    text = """BEGIN:VCARD
VERSION:2.1
FN:Zora Quillfeather
AGENT:
BEGIN:VCARD
VERSION:2.1
FN:Odo Fenwick
TEL:+44 7700 900124
END:VCARD
EMAIL:zora@quill.example
END:VCARD
"""
    tables = vcards(text)
    assert keys(tables) == {ZORA}
    assert counts(tables) == (1, 1, 0, 0)


def test_lists_of_cards(vcards, told, counts):
    text = """BEGIN:VCARD
VERSION:3.0
FN:Zora
UID:aa-1
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Odo
EMAIL:odo@fen.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Ink club
X-ADDRESSBOOKSERVER-KIND:group
X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:AA-1
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Fen walkers
MEMBER:mailto:odo@fen.example
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:group
FN:Strangers
MEMBER:urn:uuid:gone
END:VCARD
"""
    tables = vcards(text)
    assert told(tables) == {("group", "Ink club"), ("group", "Fen walkers")}
    assert counts(tables) == (5, 4, 0, 1)
    assert len(tables.relations) == 2


def test_seen_is_the_revision_else_the_export(vcards):
    day = day_number("2026-11-20")
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTITLE:Baker\n{rev}\nEND:VCARD\n"
        for name, rev in [
            ("Zora", "REV:20240513T091500Z"),
            ("Odo", "REV:0"),
            ("Juniper", "REV:2031-01-01"),
            ("Ada", "X:1"),
        ]
    )
    tables = vcards(text, exported=day)
    assert tables.attributes["seen"].tolist() == [day_number("2024-05-13"), day, day, day]
    assert set(tables.relations["first_seen"]) == set(tables.relations["last_seen"]) == {day}
    unknown = vcards(text)
    assert unknown.relations["first_seen"].isna().all()
    assert unknown.attributes["seen"].isna().tolist() == [False, True, False, True]
