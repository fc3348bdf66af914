"""messages.csv of every era: who wrote to whom, when, and what is no message at all."""

import pandas as pd
import pytest

ERAS = ["2020", "2023", "2024-12", "2026-02", "2026-03", "2026-13", "shuffled"]
ADA, ZORA = "Ada Fenwick", "Zora Quillfeather"
ADA_URL = "https://www.linkedin.com/in/ada-fenwick"
ZORA_URL = "https://www.linkedin.com/in/zora-quillfeather"


@pytest.fixture
def dialogue(message):
    """Three messages of one conversation, newest first."""
    from_ada = {"sender_profile_url": ADA_URL, "recipient_profile_urls": ZORA_URL}
    to_ada = {"from": ZORA, "sender_profile_url": ZORA_URL, "to": ADA,
              "recipient_profile_urls": ADA_URL}  # fmt: skip
    return [
        message(date="2020-05-06 23:59:59 UTC", content="", **from_ada),
        message(date="2020-05-05 10:00:00 UTC", content="Grüße, 👋", **to_ada),
        message(date="2020-05-04 08:15:30 UTC", content="Hello there", **from_ada),
    ]


@pytest.mark.parametrize("era", ERAS)
def test_every_era_gives_the_same_dialogue(era, inbox, dialogue, listing, talk, owner, profiles):
    tables = inbox(era, dialogue)
    source = listing(tables, "messages.csv")
    assert source["format"] == "linkedin/messages"
    assert (source["read"], source["kept"], source["rejected"]) == (3, 3, 0)
    assert talk(tables) == [(ADA, ZORA), (ADA, ZORA), (ZORA, ADA)]
    rows = tables.events.sort_values("at")
    assert rows["at"].astype("str").tolist() == [
        "2020-05-04 08:15:30+00:00",
        "2020-05-05 10:00:00+00:00",
        "2020-05-06 23:59:59+00:00",
    ]
    assert rows["length"].tolist() == [11, 8, 0]
    assert set(rows["kind"]) == {"message"}
    assert set(rows["channel"]) == {"linkedin"}
    assert set(rows["precision"]) == {"second"}
    assert set(rows["audience"]) == {1}
    assert rows["thread"].notna().all()
    assert rows["thread"].nunique() == 1
    assert rows["event"].nunique() == 3
    assert rows["sender"].tolist()[1] == owner(tables)
    assert profiles(tables, rows["sender"]) == {"ada-fenwick", "zora-quillfeather"}
    if era != "2020":
        assert profiles(tables, rows["recipient"]) == {"ada-fenwick", "zora-quillfeather"}


def test_seven_columns_of_2018(load, messages, message, profile, talk, listing):
    rows = [
        message(date="2018-11-03 14:05:00 UTC", **{"from": ZORA, "to": ADA}, folder="SENT"),
        message(date="2018-11-02 00:07:00 UTC", content="It&rsquo;s"),
        message(date="2018-11-01 12:30:00 UTC", folder="ARCHIVED"),
    ]
    files = {"Profile.csv": profile, "Messages.csv": messages("2018", rows)}
    tables = load(files, name="Complete_LinkedInDataExport_11-20-2018.zip")
    assert listing(tables, "Messages.csv")["kept"] == 3
    assert talk(tables) == [(ADA, ZORA), (ADA, ZORA), (ZORA, ADA)]
    assert sorted(tables.events["at"].astype("str")) == [
        "2018-11-01 12:30:00+00:00",
        "2018-11-02 00:07:00+00:00",
        "2018-11-03 14:05:00+00:00",
    ]


def test_timezone_moves_only_stamps_without_a_zone(load, messages, message, profile):
    stamps = []
    for era, name in (("2018", "Messages.csv"), ("2020", "messages.csv")):
        files = {"Profile.csv": profile, name: messages(era, [message()])}
        stamps += load(files, timezone="America/New_York").events["at"].astype("str").tolist()
    assert stamps == ["2020-05-04 12:15:00+00:00", "2020-05-04 08:15:30+00:00"]


@pytest.mark.parametrize("folder", ["ARCHIVE", ""])
def test_folder_tells_no_direction(folder, inbox, message, talk):
    rows = [message(folder=folder, **{"from": ZORA}, to=ADA), message(folder=folder)]
    assert (ADA, ZORA) in talk(inbox("2020", rows))


@pytest.mark.parametrize("era", ["2020", "2023", "2026-02", "2026-13"])
def test_event_ids_do_not_depend_on_the_era_or_the_line_breaks(era, inbox, message):
    rows = [
        message(date=f"2020-05-0{n} 08:15:30 UTC", sender_profile_url=ADA_URL,
                recipient_profile_urls=ZORA_URL, content=f"One\n\ntwo {'x' * n}\n")
        for n in (3, 2, 1)
    ]  # fmt: skip
    ids, last = (inbox(each, rows).events["event"] for each in (era, "2026-03"))
    assert ids.tolist() == last.tolist()
    assert ids.nunique() == 3


@pytest.mark.parametrize("era", ["2020", "2026-03"])
def test_messages_of_one_second_stay_apart_when_newer_rows_come(era, inbox, message):
    twins = [message(content=text, sender_profile_url=ADA_URL) for text in ("bb", "a")]
    newer = message(date="2020-05-09 10:00:00 UTC", content="newer", sender_profile_url=ADA_URL)
    early = inbox("2020", twins).events
    late = inbox(era, [newer, *twins]).events
    assert early["event"].nunique() == 2
    known = dict(zip(late["event"], late["length"], strict=True))
    assert [known[event] for event in early["event"]] == early["length"].tolist()


def test_rows_keep_the_order_of_the_file(inbox, dialogue, message):
    other = message(conversation_id="2-bb==", date="2024-01-01 00:00:00 UTC")
    rows = inbox("2020", [*dialogue, other]).events.sort_values("row", kind="stable")
    times = rows.groupby("thread", sort=False)["at"].apply(list)
    assert times.tolist()[0] == sorted(times.tolist()[0], reverse=True)
    assert len(times) == 2


def test_real_newlines_and_line_separators_split_no_row(inbox, message, listing):
    text = 'one\ntwo\r\nthree\u2028four\u0085five, "six"'
    tables = inbox("2026-03", [message(content=text), message(content="next")])
    assert listing(tables, "messages.csv")["read"] == 2


def test_long_messages_are_read(inbox, message):
    tables = inbox("2026-03", [message(content="long " * 30_000)])
    assert tables.events["length"].iloc[0] == pytest.approx(150_000, abs=1)


def test_attachments_are_still_one_message(inbox, message, listing):
    links = ",".join(f"https://www.linkedin.com/dms/prv/{n}?m=a,b" for n in "xy")
    tables = inbox("2026-03", [message(content="", attachments=links)])
    assert listing(tables, "messages.csv")["kept"] == 1
    assert tables.events["length"].tolist() == [0]


def test_subjects_do_not_split_a_conversation(inbox, message):
    rows = [message(subject=s, date=f"2020-05-0{n} 08:00:00 UTC") for n, s in ((2, "A"), (1, "B"))]
    assert inbox("2020", rows).events["thread"].nunique() == 1


def test_senders_known_by_name_only_are_people_not_hidden(inbox, message):
    tables = inbox("2023", [message(recipient_profile_urls=ZORA_URL)])
    rows = tables.accounts[tables.accounts["name"] == ADA]
    assert set(rows["kind"]) == {"person"}


@pytest.mark.parametrize("stamp", ["", "yesterday", "2020-13-45 08:00:00 UTC"])
def test_bad_dates_are_counted(stamp, inbox, message, listing):
    tables = inbox("2023", [message(date=stamp), message()])
    assert listing(tables, "messages.csv")["read"] == 2
    assert tables.events["at"].notna().sum() == 1


@pytest.mark.parametrize("stamp", ["1833-01-02 10:00:00 UTC", "2031-01-02 10:00:00 UTC"])
def test_odd_dates_are_kept_and_counted(stamp, inbox, message, listing):
    tables = inbox("2023", [message(date=stamp), message()])
    source = listing(tables, "messages.csv")
    assert (source["kept"], source["odd"]) == (2, 1)
    assert pd.Timestamp(stamp.removesuffix(" UTC"), tz="UTC") in set(tables.events["at"])


def test_header_alone_is_no_error(inbox, listing):
    assert listing(inbox("2026-03", []), "messages.csv")["read"] == 0
