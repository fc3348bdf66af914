"""Endorsements, recommendations and the other files that are about people."""

import re

import pandas as pd
import pytest

from netquality.ids import digest

ZORA, ADA, OTTO = "Zora Quillfeather", "Ada Fenwick", "Otto Finch"
T1, T2, T3 = "2022/03/04 10:00:05 UTC", "2022/03/04 10:00:40 UTC", "2022/03/04 10:07:00 UTC"
ACTS = [
    (T1, "Ferns", "Ada", "Fenwick", "www.linkedin.com/in/zoë-fenwick", "ACCEPTED"),
    (T2, "Moss", "Ada", "Fenwick", "www.linkedin.com/in/zoë-fenwick", "ACCEPTED"),
    (T3, "Tides", "Ada", "Fenwick", "www.linkedin.com/in/zoë-fenwick", "ACCEPTED"),
    (T1, "Ferns", "Otto", "Finch", "www.linkedin.com/in/otto-finch", "ACCEPTED"),
]
PAIRS = [(ADA, "Ferns"), (ADA, "Moss"), (ADA, "Tides"), (OTTO, "Ferns")]
DATES = "Endorsement Date,Skill Name"


def _received(url=True, rows=ACTS):
    names = "Endorser First Name,Endorser Last Name" + (",Endorser Public Url" if url else "")
    lines = [f"{DATES},{names},Endorsement Status"]
    lines += [",".join(r if url else (*r[:4], r[5])) for r in rows]
    return ("\n".join(lines) + "\n").encode()


def _given(rows=ACTS):
    names = "Endorsee First Name,Endorsee Last Name,Endorsee Public Url"
    lines = [f"{DATES},{names},Endorsement Status", *(",".join(r) for r in rows)]
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture
def legacy(utf16):
    """Make the UTF-16 form with display status, one endorsement of it withdrawn."""

    def make(withdrawn=("Accepted", "Redacted")):
        head = [*DATES.split(","), "Endorser First Name", "Endorser Last Name"]
        body = [[*row[:4], "Accepted", "Accepted"] for row in ACTS]
        gone = [T1, "Withdrawn", "Ivo", "Marsh", *withdrawn]
        return utf16([[*head, "Endorsement Status", "Display Status"], *body, gone])

    return make


@pytest.fixture
def endorsed(names):
    """Return (giver, receiver, skill) of every endorsement, sorted."""

    def of(tables):
        rows, called = tables.events[tables.events["kind"] == "endorsement"], names(tables)
        cells = zip(rows["sender"], rows["recipient"], rows["object"], strict=True)
        return sorted((called[a], called[b], skill) for a, b, skill in cells)

    return of


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("Endorsement_Received_Info.csv", True),
        ("Endorsement_Received_Info.csv", False),
        ("Endorsement Received Info.csv", False),
    ],
)
def test_received_endorsements(url, name, load, profile, endorsed, owner, listing):
    tables = load({name: _received(url), "Profile.csv": profile})
    assert endorsed(tables) == [(who, ZORA, skill) for who, skill in PAIRS]
    assert set(tables.events["recipient"]) == {owner(tables)}
    assert listing(tables, name)["kept"] == 4
    assert tables.events["event"].nunique() == 3, "one act per endorser and minute"
    assert set(tables.events["audience"]) <= {1}


def test_given_endorsements(load, profile, endorsed, owner):
    tables = load({"Endorsement_Given_Info.csv": _given(), "Profile.csv": profile})
    assert endorsed(tables) == [(ZORA, who, skill) for who, skill in PAIRS]
    assert set(tables.events["sender"]) == {owner(tables)}
    assert tables.events["event"].nunique() == 3


@pytest.mark.parametrize("withdrawn", [("Accepted", "Redacted"), ("Redacted", "Redacted")])
def test_legacy_table_in_utf16(withdrawn, load, profile, endorsed, legacy, listing):
    name = "Endorsement Received Info.csv"
    tables = load({name: legacy(withdrawn), "Profile.csv": profile})
    assert endorsed(tables) == [(who, ZORA, skill) for who, skill in PAIRS]
    assert (listing(tables, name)["read"], listing(tables, name)["rejected"]) == (5, 1)


@pytest.mark.parametrize("both", ["legacy and new", "new twice"])
def test_both_received_files_are_the_same_acts(both, load, profile, legacy):
    """Rows of both may stand in the tables, but as the same events, so that one is merged."""
    new = _received(url=False)
    old = legacy() if both == "legacy and new" else new + b"\n"
    files = {"Endorsement Received Info.csv": old, "Endorsement_Received_Info.csv": new}
    rows = load({**files, "Profile.csv": profile}).events
    assert len(rows.drop_duplicates(["event", "sender", "recipient", "object"])) == 4


def test_urls_without_a_scheme_join_the_connections(load, profile, connections, messages, message):
    person = ("Ada", "Fenwick", "zo%C3%AB-fenwick", "", "", "", "2019-03-02")
    note = message(sender_profile_url="https://www.linkedin.com/in/zoë-fenwick")
    files = {
        "Connections.csv": connections("2026-06", [person]),
        "messages.csv": messages("2026-03", [note]),
        "Endorsement_Received_Info.csv": _received(rows=ACTS[:3]),
        "Profile.csv": profile,
    }
    tables = load(files)
    ada = {digest("profile", "zoë-fenwick")}
    assert set(tables.relations["b"]) == ada
    assert set(tables.events["sender"]) == ada


def _recommendations(status="VISIBLE"):
    head = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
    text = "Ada tends ferns, with care.\nxyzzyplugh"
    return f'{head}Ada,Fenwick,Fern & Co,Botanist,"{text}","03/04/21, 09:05 PM",{status}\n'.encode()


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("Recommendations_Received.csv", (ADA, ZORA)),
        ("Recommendations_Given.csv", (ZORA, ADA)),
        ("Recommendations Given.csv", (ZORA, ADA)),
    ],
)
def test_recommendations_join_by_name(name, pair, load, profile, talk, listing):
    status = "" if "Given" in name else "VISIBLE"
    tables = load({name: _recommendations(status), "Profile.csv": profile})
    assert talk(tables, "recommendation") == [pair]
    assert tables.events["at"].astype("str").tolist() == ["2021-03-04 21:05:00+00:00"]
    assert (listing(tables, name)["read"], listing(tables, name)["kept"]) == (1, 1)


@pytest.mark.parametrize("name", ["Member_Follows.csv", "Member_Follows_577732310.csv"])
def test_followed_members(name, load, profile, ties, day, listing):
    data = (
        b"Date,Status,FullName\r\n2023-01-02 10:00:00,Active,Ada Fenwick\r\n"
        b"2023-01-03 10:00:00,Unfollow,Otto Finch\r\n"
    )
    tables = load({name: data, "Profile.csv": profile})
    rows = tables.relations[tables.relations["kind"] == "follows"]
    still = rows[rows["end"].isna()]
    assert (ZORA, ADA) in ties(tables, "follows")
    assert still["start"].tolist() == [day("2023-01-02")]
    assert listing(tables, name)["read"] == 2


def test_followed_companies_are_no_people(load, profile, day, listing):
    data = (
        b"Organization,Followed On\nFern & Co,Tue Mar 05 10:11:12 UTC 2024\n"
        b'"Tidewater, Ltd",Sat Jan 06 00:00:01 UTC 2024\n'
    )
    tables = load({"Company Follows.csv": data, "Profile.csv": profile})
    source = listing(tables, "Company Follows.csv")
    firms = tables.accounts[tables.accounts["name"].isin(["Fern & Co", "Tidewater, Ltd"])]
    assert set(firms["kind"]) <= {"organisation"}
    if pd.isna(source["unused"]):
        assert (source["read"], source["kept"]) == (2, 2)
        assert sorted(tables.relations["start"]) == [day("2024-01-06"), day("2024-03-05")]


POSITIONS = (
    b"Company Name,Title,Description,Location,Started On,Finished On\n"
    b'Fern & Co,Keeper,"xyzzyplugh, all day",Fernhollow,Mar 2021,\n'
    b"Tidewater,Diver,,,2015,Dec 2018\n"
)


def test_positions_are_the_owners_and_dated(load, profile, owner, day):
    tables = load({"Positions.csv": POSITIONS, "Profile.csv": profile})
    rows = tables.attributes[tables.attributes["account"] == owner(tables)]
    jobs = rows[rows["name"] == "employer"].set_index("value")
    assert set(jobs.index) == {"Fern & Co", "Tidewater"}
    assert jobs.loc["Fern & Co", "start"] == day("2021-03-01")
    assert jobs["end"].isna().to_dict() == {"Fern & Co": True, "Tidewater": False}
    assert {"Keeper", "Diver"} <= set(rows["value"])


def test_addresses_and_phones_are_the_owners_aliases(load, profile, owner, listing):
    files = {
        "Email Addresses.csv": b"Email Address,Confirmed,Primary,Updated On\n"
        b'Zora@Fern.example,Yes,Yes,"1/15/24, 9:05 AM"\nzq@tide.example,Yes,No,Not Available\n',
        "PhoneNumbers.csv": b"Extension,Number,Type\n,,\n,+44 20 7946 0000,Mobile\n,,\n",
        "Whatsapp Phone Numbers.csv": b"Number,Extension,Is_WhatsApp_Number\n"
        b"+44 20 7946 0001,,true\n",
        "Profile.csv": profile,
    }
    tables = load(files)
    rows = tables.accounts[tables.accounts["account"] == owner(tables)]
    mails = set(rows.loc[rows["key"] == "mail", "value"])
    phones = {re.sub(r"\D", "", each) for each in rows.loc[rows["key"] == "phone", "value"]}
    assert mails == {"zora@fern.example", "zq@tide.example"}
    assert phones == {"442079460000", "442079460001"}
    source = listing(tables, "PhoneNumbers.csv")
    assert (source["read"], source["kept"]) == (3, 1)


CONTACTS = {
    "Imported Contacts.csv": "First Name,Last Name,Companies,Title,Email Address,Phone Numbers,"
    "Created At,Instant Message Handles,Addresses,Sites,Full Name,Birthday,Location,"
    "Bookmarked At,Profiles",
    "Contacts.csv": "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,"
    "Addresses,Sites,InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles",
    "ImportedContacts.csv": "FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,"
    "NameSuffix,Title,Emails,PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,"
    "ThirdPartyVerified,Location",
}


@pytest.mark.parametrize("name", CONTACTS)
def test_address_books_are_no_linkedin_ties(name, load, profile, owner, listing):
    cells = {"firstname": "Ada", "lastname": "Fenwick", "fullname": ADA,
             "emails": '" Ada@Fern.example, af@tide.example"', "phonenumbers": "+44 20 7946 0123",
             "createdat": '"1/15/24, 9:05 AM"', "source": "MOBILE_CONTACTS"}  # fmt: skip
    cells["emailaddress"] = cells["emails"]
    header = CONTACTS[name]
    row = ",".join(cells.get(each.replace(" ", "").lower(), "") for each in header.split(","))
    tables = load({name: f"{header}\n{row}\n".encode(), "Profile.csv": profile})
    assert listing(tables, name)["read"] == 1
    assert tables.relations["kind"].tolist() == ["address book"]
    assert tables.relations["a"].tolist() == [owner(tables)]
    rows = tables.accounts[tables.accounts["account"].isin(tables.relations["b"])]
    mails = set(rows.loc[rows["key"] == "mail", "value"])
    assert mails == {"ada@fern.example", "af@tide.example"}
    assert rows.loc[rows["key"] == "phone", "value"].str.endswith("0123").all()
    assert (rows["key"] == "phone").any()


def test_teammates(load, profile, ties):
    data = (
        b"Company Name,Teammate Name,Teammate Type,Teammate Request State,Past Status,"
        b"Date Created,Date Modified\nFern & Co,Ada Fenwick,PEER,ACCEPTED,CURRENT,,\n"
    )
    tables = load({"Teammates.csv": data, "Profile.csv": profile})
    assert [set(pair) for pair in ties(tables, "teammate")] == [{ZORA, ADA}]


def test_private_notes_leave_no_text(load, profile, listing):
    data = (
        b"Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,"
        b"Edited On\nAda,Fenwick,https://www.linkedin.com/in/ada-fenwick,"
        b'"xyzzyplugh, met at the pier",2026-01-02 10:00:00 UTC,\n'
    )
    tables = load({"Notes.csv": data, "Profile.csv": profile})
    source = listing(tables, "Notes.csv")
    assert pd.notna(source["unused"]) or "ada-fenwick" in set(tables.accounts["value"])


def test_events_have_no_attendees(load, profile):
    data = (
        b"Event Name,Event Time,Status,External Url\n"
        b'Fern fair,"Mar 04, 2024 06:00 PM - Mar 04, 2024 08:00 PM",APPROVED,\n'
        b'Moss meet,"Apr 04, 2024 06:00 PM - Apr 04, 2024 08:00 PM",RELINQUISHED,\n'
    )
    tables = load({"Events.csv": data, "Profile.csv": profile})
    assert tables.events["recipient"].isna().all()
    assert set(tables.accounts["name"].dropna()) <= {ZORA}
