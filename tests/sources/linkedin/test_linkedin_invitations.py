"""Invitations.csv of every era, and who the owner of an archive is."""

import pytest

from netquality.ids import digest

ZORA, ADA, OTTO = "Zora Quillfeather", "Ada Fenwick", "Otto Finch"
ERAS = ["2018", "2023-07", "2023-12", "2024"]
ROWS = [
    (ZORA, ADA, "2024-01-15T09:05:00", "", "OUTGOING", "zora-quillfeather", "ada-fenwick"),
    (ZORA, OTTO, "2024-01-02T00:30:00", "xyzzyplugh, hello", "OUTGOING",
     "zora-quillfeather", "otto-finch"),
    ("Ivo Marsh", ZORA, "2024-02-03T12:00:00", "", "INCOMING", "ivo-marsh", "zora-quillfeather"),
]  # fmt: skip


@pytest.mark.parametrize("era", ERAS)
def test_every_era_gives_who_invited_whom(
    era, load, invitations, profile, talk, ties, listing, owner
):
    tables = load({"Invitations.csv": invitations(era, ROWS), "Profile.csv": profile})
    source = listing(tables, "Invitations.csv")
    assert (source["read"], source["kept"]) == (3, 3)
    expected = sorted([(ZORA, ADA), (ZORA, OTTO), ("Ivo Marsh", ZORA)])
    assert talk(tables, "invitation") == expected
    assert ties(tables, "invited") == expected
    rows = tables.events
    assert set(rows["precision"]) == {"minute"}
    assert set(rows["channel"]) == {"linkedin"}
    assert sorted(rows["at"].astype("str")) == [
        "2024-01-02 00:30:00+00:00",
        "2024-01-15 09:05:00+00:00",
        "2024-02-03 12:00:00+00:00",
    ]
    sent = rows[rows["sender"] == owner(tables)]
    got = rows[rows["recipient"] == owner(tables)]
    assert (len(sent), len(got)) == (2, 1)


def test_days_and_months_that_could_be_swapped_are_month_first(load, invitations, day):
    row = (ZORA, ADA, "2024-03-04T09:05:00", "", "OUTGOING", "zora-quillfeather", "ada-fenwick")
    tables = load({"Invitations.csv": invitations("2024", [row])})
    assert tables.events["day"].tolist() == [day("2024-03-04")]
    assert tables.relations["start"].tolist() == [day("2024-03-04")]


def test_stamps_without_zone_follow_the_option(load, invitations):
    data = invitations("2024", ROWS[:1])
    tables = load({"Invitations.csv": data}, timezone="America/New_York")
    assert tables.events["at"].astype("str").tolist() == ["2024-01-15 14:05:00+00:00"]


@pytest.mark.parametrize("era", ["2018", "2023-12"])
def test_people_without_a_url_are_told_apart_by_name(era, load, invitations, profile):
    tables = load({"Invitations.csv": invitations(era, ROWS), "Profile.csv": profile})
    rows = tables.accounts
    assert rows.loc[rows["name"].isin([ADA, OTTO, "Ivo Marsh"]), "account"].nunique() == 3
    assert not (rows["key"] == "profile").any()
    assert rows["value"].str.len().gt(0).all()


def test_member_numbers_are_platform_keys(load, invitations):
    tables = load({"Invitations.csv": invitations("2023-07", ROWS)})
    others = set(tables.events["sender"]) | set(tables.events["recipient"])
    rows = tables.accounts[tables.accounts["account"].isin(others - set(tables.sources["owner"]))]
    assert set(rows["key"]) == {"platform"}
    assert rows["account"].nunique() == 3


@pytest.mark.parametrize("era", ERAS)
def test_texts_leave_their_length_only(era, load, invitations, profile):
    tables = load({"Invitations.csv": invitations(era, ROWS), "Profile.csv": profile})
    assert sorted(tables.events["length"]) == [0, 0, 17]


def test_owner_is_the_constant_inviter(load, invitations, owner, connections):
    person = ("Ada", "Fenwick", "ada-fenwick", "", "", "", "2024-01-16")
    tables = load({
        "Invitations.csv": invitations("2024", ROWS),
        "Connections.csv": connections("2026-06", [person]),
    })  # fmt: skip
    assert owner(tables) == digest("profile", "zora-quillfeather")


@pytest.mark.parametrize(
    ("era", "inbox"), [("2018", "2020"), ("2023-07", "2023"), ("2023-12", "2023"), ("2024", "2023")]
)
def test_the_constant_inviter_owns_the_inbox(era, inbox, load, invitations, messages, message):
    slugs = (each.lower().replace(" ", "-") for each in (ADA, OTTO, ZORA))
    ada, otto, zora = (f"https://www.linkedin.com/in/{slug}" for slug in slugs)
    to_zora = {"to": ZORA, "recipient_profile_urls": zora}
    to_otto = {"to": OTTO, "recipient_profile_urls": otto, "from": ZORA}
    rows = [
        message(conversation_id="2-bb==", sender_profile_url=ada, **to_zora),
        message(sender_profile_url=otto, **{"from": OTTO}, **to_zora),
        message(sender_profile_url=zora, **to_otto),
    ]
    files = {"Invitations.csv": invitations(era, ROWS), "messages.csv": messages(inbox, rows)}
    tables = load(files)
    sides = tables.events[tables.events["kind"] == "message"][["sender", "recipient"]]
    assert sides.isin(set(tables.sources["owner"])).sum(axis=1).tolist() == [1, 1, 1]


def test_the_constant_inviter_gives_the_owner_a_name(load, invitations, owner):
    tables = load({"Invitations.csv": invitations("2024", ROWS)})
    rows = tables.accounts[tables.accounts["account"] == owner(tables)]
    assert ZORA in set(rows["name"])


def test_hidden_inviters_never_merge(load, invitations, profile):
    rows = [
        ("LinkedIn Member", *ROWS[2][1:5], "", ""),
        ("LinkedIn Member", *ROWS[1][1:4], "INCOMING"),
    ]
    tables = load({"Invitations.csv": invitations("2018", rows), "Profile.csv": profile})
    assert tables.events["sender"].nunique() == 2
    assert tables.relations["a"].nunique() == 2


@pytest.mark.parametrize("era", ["2023", "2024-12", "2026-03"])
def test_owner_sends_under_the_name_of_the_profile(era, load, messages, message, profile, owner):
    to_ada = {"from": "Zora  Quillfeather ", "to": ADA}
    url = "https://www.linkedin.com/in/"
    rows = [
        message(sender_profile_url=url + "ada-fenwick",
                recipient_profile_urls=url + "zora-quillfeather"),
        message(date="2020-05-03 08:00:00 UTC", sender_profile_url=url + "zora-quillfeather",
                recipient_profile_urls=url + "ada-fenwick", **to_ada),
    ]  # fmt: skip
    tables = load({"messages.csv": messages(era, rows), "Profile.csv": profile})
    assert owner(tables) == digest("profile", "zora-quillfeather")
    assert set(tables.events["sender"]) == {owner(tables), digest("profile", "ada-fenwick")}


def test_a_constant_inviter_outranks_the_name(load, invitations, messages, message, profile, owner):
    url = "https://www.linkedin.com/in/zora-q-the-other"
    namesake = message(**{"from": ZORA, "to": ZORA}, sender_profile_url=url)
    tables = load({
        "Invitations.csv": invitations("2024", ROWS),
        "messages.csv": messages("2023", [namesake]),
        "Profile.csv": profile,
    })  # fmt: skip
    assert owner(tables) == digest("profile", "zora-quillfeather")


def test_without_any_sign_of_the_owner_all_is_read(load, messages, message, connections, listing):
    person = ("Ada", "Fenwick", "ada-fenwick", "", "", "", "2024-01-16")
    tables = load({
        "messages.csv": messages("2023", [message()]),
        "Connections.csv": connections("2026-06", [person]),
    })  # fmt: skip
    assert listing(tables, "messages.csv")["owner"]
    assert listing(tables, "messages.csv")["owner"] == listing(tables, "Connections.csv")["owner"]
    assert (len(tables.events), len(tables.relations)) == (1, 1)


def test_the_owner_is_not_a_contact(load, invitations, profile, owner):
    tables = load({"Invitations.csv": invitations("2024", ROWS), "Profile.csv": profile})
    both = tables.relations[["a", "b"]].eq(owner(tables))
    assert both.sum(axis=1).eq(1).all()
