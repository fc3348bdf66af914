"""From file to person: an address book joins what mail, phone and LinkedIn show apart."""

import pytest

from netquality.identity.people import identify
from netquality.schema import Tables
from netquality.sources.diary import Diary, To
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Ledger, Options
from netquality.sources.linkedin.archive import read_archive
from netquality.sources.parties import ADDRESS_BOOK, Parties

ME = "me@quill.example"
PROFILE = "https://www.linkedin.com/in/zora-q"
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    f"Zora,Quillfeather,{PROFILE},,Fernhollow Press,Keeper of ferns,05 Mar 2024\n"
)


def _log(form, channel, *members):
    """Return what a mailbox or a phone shows: one message to each (sort, key, name)."""
    people = Parties("DE")
    me = people.owner(ME)
    diary = Diary(people)
    for row, (sort, key, name) in enumerate(members, 1):
        other = {
            "mail": lambda k=key, n=name: people.mail(k, n),
            "phone": lambda k=key, n=name: people.phone(k, n),
            "chat": lambda n=name: people.named(n, ADDRESS_BOOK),
        }[sort]()
        to = [To(other)]
        diary.write(row, kind="message", channel=channel, at=row * 10**6, sender=me, to=to)
    book = Ledger(form, form, form, f"{members}".encode())
    book.read = len(members)
    return diary.close(book, owner=me)


@pytest.fixture
def who():
    """Join tables, and return the set of keys of each person but the owner."""

    def found(*tables: Tables) -> list[set[str]]:
        every = Tables.concat(tables)
        identity = identify(every)
        person = every.accounts["account"].map(identity.person_of)
        people = every.accounts.groupby(person)["value"].agg(set)
        people = people[people != {"you"}]  # an owner whom a file does not name
        return sorted((values for values in people if ME not in values), key=sorted)

    return found


def test_a_card_joins_mail_phone_chat_and_linkedin(card, who):
    book = card(
        "FN:Zora Quillfeather",
        "EMAIL:zora@quill.example",
        "EMAIL:zq@fern.example",
        "TEL;TYPE=CELL:0151 23125001",
        f"URL:{PROFILE}/",
        ego=ME,
        region="DE",
    )
    mail = _log("mail", "mail", ("mail", "ZQ@fern.example", "Zora"))
    sms = _log("phone/sms", "sms", ("phone", "+49 151 23125001", "Zora Q"))
    chat = _log("whatsapp", "chat", ("chat", "", "Zora Quillfeather"))
    member = Member("Connections.csv", CONNECTIONS.encode)
    bundle = Bundle("Connections.csv", None, (member,), single=True)
    linkedin = read_archive(bundle, [(member, member.read())], Options())
    keys = {"zora@quill.example", "zq@fern.example", "+4915123125001", "zora-q"}
    joined = who(mail, sms, chat, linkedin, book)
    assert len(joined) == 1, joined
    assert keys <= joined[0]
    apart = who(mail, sms, linkedin)
    assert len(apart) == 3


def test_google_joins_as_well(google, who):
    row = {"First Name": "Zora", "Last Name": "Quillfeather", "Phone 1 - Label": "Mobile"}
    row |= {"E-mail 1 - Value": "zora@quill.example ::: zq@fern.example"}
    row |= {"Phone 1 - Value": "+49 151 23125001"}
    mail = _log("mail", "mail", ("mail", "zq@fern.example", ""))
    sms = _log("phone/sms", "sms", ("phone", "0151 23125001", "Zora Quillfeather"))
    assert len(who(mail, sms)) == 2
    assert len(who(mail, sms, google(row, ego=ME))) == 1


def test_two_books_of_one_owner_are_one(card, google, who):
    lines = ("FN:Zora Quillfeather", "EMAIL:zora@quill.example", "TEL:+49 151 23125001")
    row = {"First Name": "Zora", "Last Name": "Quillfeather"}
    row |= {"E-mail 1 - Value": "zora@quill.example"}
    assert len(who(card(*lines, ego=ME), google(row, ego=ME))) == 1
    alone = {"First Name": "Odo", "Last Name": "Fenwick"}
    assert len(who(card("FN:Odo Fenwick", ego=ME), google(alone, ego=ME))) == 1


def test_a_nickname_parts_nobody_from_himself(card, who):
    book = card(
        "FN:Odo Fenwick", "NICKNAME:Grandfather of all inks", "EMAIL:odo@fen.example",
        "TEL:+49 151 23125009", ego=ME,
    )  # fmt: skip
    mail = _log("mail", "mail", ("mail", "odo@fen.example", "Odo Fenwick"))
    sms = _log("phone/sms", "sms", ("phone", "+49 151 23125009", "Odo Fenwick"))
    assert len(who(book, mail, sms)) == 1


@pytest.mark.parametrize(
    ("shared", "message"),
    [
        ("EMAIL:home@quill.example", ("mail", "home@quill.example", "")),
        ("TEL:+49 30 23125 001", ("phone", "+49 30 23125001", "")),
        ("TEL:+49 151 23125001", ("phone", "+49 151 23125001", "")),
    ],
)
def test_a_familys_line_or_mailbox_joins_nobody(vcards, who, shared, message):
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{mail}\n{shared}\nEND:VCARD\n"
        for name, mail in [("Zora Quill", "zora@quill.example"), ("Odo Ibis", "odo@fen.example")]
    )
    joined = who(vcards(text, ego=ME), _log("any", "mail", message))
    mine = [person for person in joined if person & {"zora@quill.example", "odo@fen.example"}]
    assert len(mine) == 2
    assert len(joined) == 3  # whoever answers there stays a third


def test_a_familys_line_that_is_all_they_have(vcards, who):
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:+49 30 23125 001\nEND:VCARD\n"
        for name in ("Zora Quill", "Odo Ibis")
    )
    call = _log("phone/calls", "call", ("phone", "+49 30 23125001", ""))
    assert len(who(vcards(text, ego=ME), call)) == 3


def test_colleagues_at_one_desk(vcards, who):
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{mail}\nEMAIL:info@fen.example\nEND:VCARD\n"
        for name, mail in [("Zora Quill", "zora@fen.example"), ("Odo Ibis", "odo@fen.example")]
    )
    desk = _log("mail", "mail", ("mail", "info@fen.example", "Fen & Sons"))
    assert len(who(vcards(text, ego=ME), desk)) == 3


def test_the_owners_own_card_is_the_owner(card, who):
    book = card("FN:Juniper Vellichor", f"EMAIL:{ME}", "TEL:+49 151 23125007", ego=ME)
    sms = _log("phone/sms", "sms", ("phone", "+49 151 23125008", "Odo"))
    assert who(book, sms) == [{"+4915123125008"}]
