"""Whose a key is: families, desks, companies, the owner; numbers of no stated country."""

import pytest

from netquality.ids import UNKNOWN_OWNER, digest, saved_name

FAMILY = """BEGIN:VCARD
VERSION:3.0
FN:Zora Quill
EMAIL:{first}
TEL:+49 30 23125 001
ORG:Fernhollow Press
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Odo Quill
EMAIL:home@quill.example
TEL:+49 30 23125 001
END:VCARD
"""


def _accounts(tables, key, value):
    rows = tables.accounts
    return set(rows[(rows["key"] == key) & (rows["value"] == value)]["account"])


def test_what_a_family_shares_leads_nobody(vcards, counts):
    tables = vcards(FAMILY.format(first="home@quill.example"))
    mail = _accounts(tables, "mail", "home@quill.example")
    assert len(mail) == 2
    assert mail == _accounts(tables, "phone", "+493023125001") == set(tables.relations["b"])
    assert digest("mail", "home@quill.example") not in mail
    assert mail == {saved_name(UNKNOWN_OWNER, name) for name in ("zora quill", "odo quill")}
    assert (
        "2 addresses and numbers stand on cards of different names"
        in (tables.sources["rules"].iloc[0])
    )
    assert counts(tables) == (2, 2, 0, 0)


def test_a_key_of_ones_own_leads_before_a_shared_one(vcards):
    tables = vcards(FAMILY.format(first="home@quill.example\nEMAIL:zora@quill.example"))
    assert digest("mail", "zora@quill.example") in set(tables.relations["b"])
    assert len(_accounts(tables, "mail", "home@quill.example")) == 2


def test_the_order_of_cards_does_not_matter(vcards):
    text = FAMILY.format(first="home@quill.example")
    first, second, _ = text.split("END:VCARD\n")
    turned = f"{second}END:VCARD\n{first}END:VCARD\n"
    keys = ["account", "key", "value", "name", "kind"]
    assert sorted(map(tuple, vcards(text).accounts[keys].astype(str).to_numpy())) == sorted(
        map(tuple, vcards(turned).accounts[keys].astype(str).to_numpy())
    )


def test_two_cards_of_one_person_are_one_account(vcards, counts):
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Zora\nORG:Fen\nEMAIL:z@q.example\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Zora\nORG:Fen\nEMAIL:z@q.example\nTEL:+447700900123\n"
        "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nUID:9\nREV:20240101T000000Z\nFN:Zora\nORG:Fen\n"
        "EMAIL:z@q.example\nEND:VCARD\n"
    )
    tables = vcards(text)
    assert tables.relations["b"].tolist() == [digest("mail", "z@q.example")]
    assert len(tables.attributes) == 1
    assert counts(tables) == (3, 2, 1, 0)


def test_namesakes_with_two_profiles_stay_two(vcards):
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Zora Quill\nURL:linkedin.com/in/{slug}\nEND:VCARD\n"
        for slug in ("zora-a", "zora-b")
    )
    assert vcards(text).relations["b"].nunique() == 2


@pytest.mark.parametrize(
    ("lines", "lead"),
    [
        (("EMAIL:info@fen.example", "EMAIL:odo@fen.example"), ("mail", "odo@fen.example")),
        (("EMAIL:office@fen.example", "TEL:+447700900124"), ("phone", "+447700900124")),
        (("EMAIL:info@fen.example",), ("mail", "info@fen.example")),
        (("EMAIL:no-reply@fen.example", "TEL:+447700900124"), ("phone", "+447700900124")),
    ],
)
def test_a_desk_leads_only_where_nothing_is_better(card, lines, lead):
    tables = card("N:Fenwick;Odo;;;", "FN:Odo Fenwick", *lines)
    assert tables.relations["b"].tolist() == [digest(*lead)]
    assert set(tables.accounts[tables.accounts["value"] != "you"]["kind"]) == {"person"}


@pytest.mark.parametrize(
    "lines",
    [
        ("N:;;;;", "FN:Fen & Sons", "ORG:Fen & Sons"),
        ("FN:", "ORG:Fen & Sons;Counter"),
        ("N:Fenwick;Odo;;;", "FN:Fen & Sons", "ORG:Fen & Sons", "X-ABShowAs:COMPANY"),
        ("VERSION:4.0", "KIND:org", "FN:Fen & Sons"),
    ],
)
def test_companies(card, lines, told):
    tables = card(*lines, "EMAIL:info@fen.example", "TEL:+493023125002")
    rows = tables.accounts[tables.accounts["value"] != "you"]
    assert set(rows["kind"]) == {"organisation"}
    assert set(rows["account"]) == {digest("mail", "info@fen.example")}
    assert set(rows["name"]) == {"Fen & Sons"}
    assert not told(tables)


@pytest.mark.parametrize(
    ("lines", "employer"),
    [
        (("FN:Odo Fenwick", "ORG:Fen & Sons"), "Fen & Sons"),
        (("N:Fenwick;Odo;;;", "FN:Odo Fenwick", "ORG:Odo Fenwick"), "Odo Fenwick"),
    ],
)
def test_a_person_who_works_somewhere_is_no_company(card, told, lines, employer):
    tables = card(*lines, "EMAIL:odo@fen.example")
    assert set(tables.accounts[tables.accounts["value"] != "you"]["kind"]) == {"person"}
    assert told(tables) == {("employer", employer)}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("FN:zora@quill.example",), {("mail", "zora@quill.example", None)}),
        (("FN:+44 7700 900123",), {("phone", "+447700900123", None)}),
        (("FN:zora@q.example", "TEL:+447700900123"), {("phone", "+447700900123", None)}),
        (("FN:+44 7700 900123", "EMAIL:z@q.example"), {("mail", "z@q.example", None)}),
        (("FN:Zora (7)",), {("name", "zora (7)", "Zora (7)")}),
        (("FN:🦊",), {("name", "🦊", "🦊")}),
    ],
)
def test_an_address_in_the_place_of_the_name(card, keys, lines, found):
    assert keys(card(*lines)) == found


def test_robots_and_short_numbers(vcards, keys):
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Shop\nEMAIL:no-reply@shop.example\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nTEL:72345\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Odo\nTEL:4711\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nTEL:4711\nEND:VCARD\n"
    )
    tables = vcards(text)
    rows = tables.accounts
    kinds = dict(zip(rows["value"], rows["kind"].astype(str), strict=True))
    assert kinds["no-reply@shop.example"] == kinds["sms:72345"] == "robot"
    # An extension is no key: two colleagues may be called by the same one.
    assert {("name", "odo", "Odo"), ("name", "ada", "Ada")} <= keys(tables)
    assert not any(value.endswith("4711") for value in rows["value"])
    assert tables.relations["b"].nunique() == 4


def test_numbers_without_a_country(vcards):
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:{number}\nEND:VCARD\n"
        for name, number in [
            ("Zora", "030 23125-001"),
            ("Odo", "+49 30 23125 002"),
            ("Ada", "(030) 23125 003 x12"),
            ("Juniper", "+49 (0)30 23125 004"),
        ]
    )

    def numbers(tables):
        rows = tables.accounts[tables.accounts["key"] == "phone"]
        return dict(zip(rows["name"], rows["value"], strict=True))

    found = numbers(vcards(text))
    assert found == {
        name: f"+493023125{n:03d}" for n, name in enumerate(("Zora", "Odo", "Ada", "Juniper"), 1)
    }
    assert numbers(vcards(text.replace("+49 (0)", "0").replace("+49 ", "0")))["Zora"] == (
        "03023125001"
    )
    abroad = vcards(text, region="AT")
    assert numbers(abroad)["Zora"] == "+433023125001"
    assert "taken as of AT" in abroad.sources["rules"].iloc[0]


def test_a_local_and_a_full_number_of_two_names_are_one_shared_key(vcards):
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:{number}\nEND:VCARD\n"
        for name, number in [("Zora", "030 23125 001"), ("Odo", "+49 30 23125 001")]
    )
    assert vcards(text).relations["b"].nunique() == 2


@pytest.mark.parametrize(
    "options",
    [
        {"ego": "zora@quill.example"},
        {"ego": "other@quill.example", "aliases": ("Zora@Quill.example",)},
        {"ego": "+44 7700 900123"},
        {"ego": "Zora Quillfeather"},
        {"ego": "zora-q"},
        {"ego": "https://www.linkedin.com/in/Zora-Q/"},
        {"ego": "unknown@quill.example", "aliases": ("zora quillfeather",)},
    ],
)
def test_the_owners_own_card(vcards, options, counts):
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Zora Quillfeather\nEMAIL:zora@quill.example\n"
        "TEL:+447700900123\nURL:linkedin.com/in/zora-q\nORG:Fernhollow Press\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Odo\nEMAIL:odo@fen.example\nEND:VCARD\n"
    )
    tables = vcards(text, **options)
    owner = tables.sources["owner"].iloc[0]
    rows = tables.accounts[tables.accounts["account"] == owner]
    assert {"zora@quill.example", "+447700900123", "zora-q"} <= set(rows["value"])
    assert tables.relations["b"].tolist() == [digest("mail", "odo@fen.example")]
    assert tables.attributes["account"].tolist() == [owner]
    assert counts(tables) == (2, 2, 0, 0)
    assert "1 cards are the owner's own" in tables.sources["rules"].iloc[0]


def test_the_owners_address_on_two_cards(vcards):
    text = FAMILY.format(first="home@quill.example")
    unclear = vcards(text, ego="home@quill.example")
    assert len(unclear.relations) == 2
    assert digest("mail", "home@quill.example") not in set(unclear.relations["b"])
    assert "2 cards of different names bear a key of the owner" in unclear.sources["rules"].iloc[0]
    told = vcards(text, ego="home@quill.example", aliases=("Odo Quill",))
    assert told.relations["b"].nunique() == 1
    owner = told.accounts[told.accounts["account"] == told.sources["owner"].iloc[0]]
    assert "Zora Quill" not in set(owner["name"].dropna())
    assert "Odo Quill" in set(owner["name"].dropna())


def test_two_keys_of_the_owner_on_two_cards(vcards):
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Zora\nEMAIL:me@quill.example\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Odo\nTEL:+493023125001\nEND:VCARD\n"
    )
    tables = vcards(text, ego="me@quill.example", aliases=("+49 30 23125001",))
    assert tables.sources["owner"].iloc[0] == digest("mail", "me@quill.example")
    assert digest("mail", "me@quill.example") not in set(tables.relations["b"])
    assert digest("phone", "+493023125001") not in set(tables.relations["b"])
    assert len(tables.relations) == 2
