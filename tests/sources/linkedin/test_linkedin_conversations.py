"""Who is addressed in a conversation: groups, hidden members, sponsored rows, drafts, decoys."""

import pytest

ADA, ZORA, OTTO = "Ada Fenwick", "Zora Quillfeather", "Otto Finch"
HIDDEN = "LinkedIn Member"
ADA_URL = "https://www.linkedin.com/in/ada-fenwick"
ZORA_URL = "https://www.linkedin.com/in/zora-quillfeather"
OTTO_URL = "https://www.linkedin.com/in/otto-finch"


@pytest.mark.parametrize(
    ("to", "people"),
    [
        ("Jonna Thistlewood, PhD, MBA", ["Jonna Thistlewood"]),
        ("Ada Fenwick,Otto Finch", [ADA, OTTO]),
        ("Ada Fenwick,Otto Finch, Ph.D.,Ivo Marsh (Diver) Jr", [ADA, "Ivo Marsh", OTTO]),
        ("Finch; Otto", ["Finch; Otto"]),
    ],
)
@pytest.mark.parametrize("era", ["2020", "2026-03"])
def test_credential_commas_are_not_people(era, to, people, inbox, message, names):
    urls = ",".join(f"https://www.linkedin.com/in/p-{n}" for n in range(len(people)))
    row = message(**{"from": ZORA}, sender_profile_url=ZORA_URL, to=to, recipient_profile_urls=urls)
    tables = inbox(era, [row])
    called = names(tables)
    found = sorted(called[each] for each in tables.events["recipient"])
    assert len(found) == len(people)
    assert all(name.startswith(person) for name, person in zip(found, people, strict=True))
    assert set(tables.events["audience"]) == {len(people)}
    assert tables.events["event"].nunique() == 1


def test_a_comma_without_space_inside_a_name_yields_to_the_url_count(inbox, message, profiles):
    row = message(
        **{"from": ZORA},
        sender_profile_url=ZORA_URL,
        to="Xena Holt, MBA, EE(ABC),Name.",
        recipient_profile_urls="https://www.linkedin.com/in/xena-holt",
    )
    tables = inbox("2023", [row])
    assert tables.events["audience"].tolist() == [1]
    assert profiles(tables, tables.events["recipient"]) == {"xena-holt"}


def test_group_recipients_keep_the_order_of_the_urls(inbox, message):
    urls = ",".join(["https://www.linkedin.com/in/zoë-bramblewick", OTTO_URL, ZORA_URL])
    to = "Zoë Bramblewick, PhD,Otto Finch,Zora Quillfeather"
    row = message(sender_profile_url=ADA_URL, to=to, recipient_profile_urls=urls)
    tables = inbox("2026-03", [row])
    assert len(tables.events) == 3
    assert set(tables.events["audience"]) == {3}
    rows = tables.accounts[tables.accounts["key"] == "profile"]
    slugs = dict(zip(rows["value"], rows["name"], strict=True))
    assert slugs["otto-finch"] == OTTO
    assert slugs["zoë-bramblewick"].startswith("Zoë Bramblewick")


@pytest.mark.parametrize("to", ["LinkedIn Member,Otto Finch", "Otto Finch,LinkedIn Member"])
def test_hidden_members_have_no_url_and_shift_nobody(to, inbox, message, names):
    row = message(**{"from": ZORA}, sender_profile_url=ZORA_URL, to=to,
                  recipient_profile_urls=OTTO_URL)  # fmt: skip
    tables = inbox("2023", [row])
    rows = tables.accounts
    assert set(tables.events["audience"]) == {2}
    otto = set(rows.loc[rows["value"] == "otto-finch", "account"])
    hidden = set(rows.loc[rows["kind"] == "hidden", "account"])
    assert set(tables.events["recipient"]) == otto | hidden
    assert (len(otto), len(hidden)) == (1, 1)


@pytest.mark.parametrize("era", ["2020", "2026-03"])
def test_hidden_members_differ_per_conversation(era, inbox, message):
    to_hidden = {"from": ZORA, "sender_profile_url": ZORA_URL, "to": HIDDEN}
    rows = [
        message(conversation_id="2-aa==", **{"from": HIDDEN}, recipient_profile_urls=ZORA_URL),
        message(conversation_id="2-aa==", date="2020-05-04 08:00:00 UTC", **to_hidden),
        message(conversation_id="2-bb==", **{"from": HIDDEN}, recipient_profile_urls=ZORA_URL),
    ]
    tables = inbox(era, rows)
    accounts = tables.accounts[tables.accounts["kind"] == "hidden"]
    assert accounts["account"].nunique() == 2
    first = tables.events[tables.events["recipient"].isin(accounts["account"])]
    again = tables.events[tables.events["sender"].isin(accounts["account"])]
    assert (len(first), len(again)) == (1, 2)
    assert set(first["recipient"]) < set(again["sender"])


def test_hidden_members_without_a_conversation_never_merge(load, messages, message, profile):
    rows = [message(**{"from": HIDDEN}, date=f"2018-05-0{n} 08:00:00 UTC") for n in (2, 1)]
    tables = load({"Profile.csv": profile, "Messages.csv": messages("2018", rows)})
    assert tables.events["sender"].nunique() == 2


@pytest.mark.parametrize("era", ["2020", "2024-12", "2026-03"])
def test_sponsored_rows_are_rejected(era, inbox, message, listing, talk):
    advert = message(
        conversation_id="2-cc==",
        conversation_title="Sponsored Conversation",
        **{"from": HIDDEN},
        folder="ARCHIVE",
        content='<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%, xyzzyplugh</p>',
    )
    tables = inbox(era, [advert, message(), advert | {"DATE": "2020-05-03 08:15:30 UTC"}])
    source = listing(tables, "messages.csv")
    assert (source["read"], source["kept"], source["rejected"]) == (3, 1, 2)
    assert tables.rejects["reason"].str.contains("sponsored", case=False).all()
    assert talk(tables) == [(ADA, ZORA)]


@pytest.mark.parametrize("era", ["2024-12", "2026-02", "2026-13"])
def test_drafts_are_rejected_by_their_flag(era, inbox, message, listing):
    draft = message(**{"from": ZORA}, to=ADA, is_message_draft="Yes")
    blank = message(**{"from": ZORA}, to="", conversation_id="", folder="", is_message_draft="Yes")
    tables = inbox(era, [draft, message(), blank])
    assert listing(tables, "messages.csv")["rejected"] == 2
    assert tables.rejects["reason"].str.contains("draft", case=False).all()


@pytest.mark.parametrize("era", ["2020", "2026-03"])
def test_rows_without_addressee_thread_and_folder_are_drafts(era, inbox, message, listing):
    draft = message(**{"from": ZORA}, to="", conversation_id="", folder="")
    tables = inbox(era, [draft, message()])
    assert listing(tables, "messages.csv")["rejected"] == 1
    assert tables.rejects["reason"].str.contains("draft", case=False).all()


def test_members_of_a_named_group_are_its_senders(inbox, message, talk):
    group = {"conversation_title": "Fern fanciers", "to": ""}
    rows = [
        message(date=f"2021-03-0{n} 08:00:00 UTC", **{"from": who}, sender_profile_url=url, **group)
        for n, (who, url) in enumerate([(ADA, ADA_URL), (ZORA, ZORA_URL), (OTTO, OTTO_URL)], 1)
    ]
    tables = inbox("2020", rows[::-1])
    people = {ADA, ZORA, OTTO}
    assert talk(tables) == sorted((a, b) for a in people for b in people - {a})
    assert tables.events["event"].nunique() == 3
    assert set(tables.events["audience"]) == {2}


DECOYS = ("guide", "coach", "learning_coach", "learning_role_play")


@pytest.mark.parametrize("empty", [True, False])
def test_decoys_are_not_the_inbox(empty, load, messages, message, profile, talk, listing):
    robot = [message(**{"from": "Coach Robotham"}, conversation_id="2-rr==")]
    data = b"No conversations found" if empty else messages("2026-03", robot)
    decoys = dict.fromkeys([f"{each}_messages.csv" for each in DECOYS], data)
    decoys["LearningCoachMessages.csv"] = data
    files = {**decoys, "messages.csv": messages("2026-03", [message()]), "Profile.csv": profile}
    tables = load(files)
    assert talk(tables) == [(ADA, ZORA)]
    assert all(isinstance(listing(tables, each)["unused"], str) for each in decoys)
