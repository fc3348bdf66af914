"""Each era is written to the byte as LinkedIn writes it: headers, dialects, names, dates."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING

import pytest

from netquality.errors import BadInput
from netquality.samples.eras import era_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Members = dict[int, dict[str, bytes]]
    Rows = Callable[[int, str], list[dict[str, str]]]

NOTES = (
    b'Notes:\n"When exporting your connection data, you may notice that some of the email '
    b"addresses are missing. You will only see email addresses for connections who have allowed "
    b"their connections to see or download their email address using this setting "
    b"https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    b'https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
NAMES = b"First Name,Last Name,"
REST = b"Email Address,Company,Position,Connected On"
START = b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,"
URLS = b"RECIPIENT PROFILE URLS,"
END = b"DATE,SUBJECT,CONTENT,FOLDER"
QUOTED = (
    b'"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL","TO",'
    b'"RECIPIENT PROFILE URLS","DATE","SUBJECT","CONTENT","FOLDER","ATTACHMENTS"'
)
INVITED = b"From,To,Sent At,Message,Direction"
INVITED_URLS = INVITED + b",inviterProfileUrl,inviteeProfileUrl"
ENDORSER = b"Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
POSTS = b"Date,ShareLink,ShareCommentary,"
MESSAGES = {
    2018: (b"Messages.csv", b"From,To,Date,Subject,Content,Direction,Folder"),
    2020: (b"messages.csv", START + END),
    2021: (b"messages.csv", START + END),
    2023: (b"messages.csv", START + URLS + END),
    2024: (b"messages.csv", START + URLS + END + b",IS MESSAGE DRAFT,IS CONVERSATION DRAFT"),
    2026: (b"messages.csv", QUOTED),
}
HEADERS = [
    *((era, name.decode(), header) for era, (name, header) in MESSAGES.items()),
    *((era, "Connections.csv", NOTES + NAMES + REST) for era in (2020, 2021)),
    *((era, "Connections.csv", NOTES + NAMES + b"URL," + REST) for era in (2023, 2024, 2026)),
    (2018, "Connections.csv", NAMES + REST),
    *((era, "Invitations.csv", INVITED) for era in (2018, 2020, 2021)),
    *((era, "Invitations.csv", INVITED_URLS) for era in (2023, 2024, 2026)),
    *(
        (era, "Endorsement_Received_Info.csv", ENDORSER + b"Endorsement Status")
        for era in (2020, 2021)
    ),
    *(
        (era, "Endorsement_Received_Info.csv", ENDORSER + b"Endorser Public Url,Endorsement Status")
        for era in (2023, 2024, 2026)
    ),
    (2020, "Shares.csv", POSTS + b"SharedURL,MediaURL,Visibility\r"),
    (2023, "Shares.csv", POSTS + b"SharedURL,MediaURL,Visibility\r"),
    (2024, "Shares.csv", POSTS + b"SharedUrl,MediaUrl,Visibility\r"),
    (2026, "Shares_404040404.csv", POSTS + b"SharedUrl,MediaUrl,Visibility\r"),
    *((era, "Comments.csv", b"Date,Link,Message\r") for era in (2020, 2021, 2023, 2024)),
    (2026, "Reactions_404040404.csv", b"Date,Type,Link\r"),
    (2026, "Votes_404040404.csv", b"Date,Link,OptionText\r"),
    (2026, "Member_Follows_404040404.csv", b"Date,Status,FullName\r"),
    (2020, "Recommendations Given.csv", NAMES + b"Company,Job Title,Text,Creation Date,Status"),
    (2026, "Recommendations_Received.csv", NAMES + b"Company,Job Title,Text,Creation Date,Status"),
    (2021, "Company Follows.csv", b"Organization,Followed On"),
    (2021, "Events.csv", b"Event Name,Event Time,Status,External Url"),
    (2021, "Positions.csv", b"Company Name,Title,Description,Location,Started On,Finished On"),
    (2021, "Email Addresses.csv", b"Email Address,Confirmed,Primary,Updated On"),
    (2018, "Phone Numbers.csv", b"Extension,Number,Type"),
    (2021, "PhoneNumbers.csv", b"Extension,Number,Type"),
    (
        2020,
        "Teammates.csv",
        (
            b"Company Name,Teammate Name,Teammate Type,Teammate Request State,Past Status,"
            b"Date Created,Date Modified"
        ),
    ),
    (
        2026,
        "Notes.csv",
        (
            b"Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,"
            b"Edited On"
        ),
    ),
    (
        2021,
        "Contacts.csv",
        (
            b"Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,"
            b"Sites,InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles"
        ),
    ),
    (
        2018,
        "Imported Contacts.csv",
        NAMES + b"Companies,Title,Email Address,Phone Numbers,Created At,"
        b"Instant Message Handles,Addresses,Sites,Full Name,Birthday,Location,"
        b"Bookmarked At,Profiles",
    ),
    (
        2026,
        "ImportedContacts.csv",
        (
            b"FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,NameSuffix,Title,Emails,"
            b"PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,ThirdPartyVerified,Location"
        ),
    ),
    (2021, "SavedJobAlerts.csv", b"Saved Search Date,Jobs Search Url"),
    (2026, "SavedJobAlerts.csv", b"ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID"),
]


@pytest.mark.parametrize(("era", "name", "header"), HEADERS)
def test_header_is_exact(members: Members, era: int, name: str, header: bytes) -> None:
    assert members[era][name].startswith(header + b"\n")


def test_old_activity_files_are_utf16_with_tabs(members: Members) -> None:
    raw = members[2018]["Endorsement Received Info.csv"]
    assert raw.startswith(b"\xff\xfe")
    header = raw.decode("utf-16").split("\r\n")[0]
    assert header == (
        '"Endorsement Date"\t"Skill Name"\t"Endorser First Name"\t"Endorser Last Name"\t'
        '"Endorsement Status"\t"Display Status"'
    )
    assert members[2018]["Shares.csv"].decode("utf-16").startswith('"Date"\t"Share Title"\t')


@pytest.mark.parametrize("era", [2020, 2021, 2023, 2024, 2026])
def test_only_connections_lack_the_last_line_end(members: Members, era: int) -> None:
    assert not members[era]["Connections.csv"].endswith(b"\n")
    assert all(
        raw.endswith(b"\n") for name, raw in members[era].items() if name != "Connections.csv"
    )


def test_messages_are_quoted_with_line_breaks_in_2026_only(members: Members, rows: Rows) -> None:
    for record in csv.reader(io.StringIO(members[2026]["messages.csv"].decode(), newline="")):
        assert len(record) == 11
    assert b",," not in members[2026]["messages.csv"].split(b"\n")[1]
    assert any("\n" in row["CONTENT"] for row in rows(2026, "messages.csv"))
    for era in (2020, 2021, 2023, 2024):
        assert not any("\n" in row["CONTENT"] for row in rows(era, "messages.csv"))


def test_messages_stand_in_threads_newest_first(rows: Rows) -> None:
    for era in (2020, 2026):
        found = [(row["CONVERSATION ID"], row["DATE"]) for row in rows(era, "messages.csv")]
        ids = [thread for thread, _ in found if thread]
        changes = sum(one != two for one, two in itertools.pairwise(ids))
        assert changes == len(set(ids)) - 1
        assert all(
            one[1] >= two[1]
            for one, two in itertools.pairwise(found)
            if one[0] and one[0] == two[0]
        )
        assert all(len(thread) == 58 and thread.startswith("2-") for thread in ids)


def test_dates_have_the_form_of_their_file(rows: Rows) -> None:
    american = re.compile(r"\d{1,2}/\d{1,2}/\d\d, \d{1,2}:\d\d [AP]M")
    forms = {
        (2018, "Messages.csv", "Date"): american,
        (2018, "Connections.csv", "Connected On"): american,
        (2026, "Invitations.csv", "Sent At"): american,
        (2026, "Connections.csv", "Connected On"): re.compile(r"\d\d [A-Z][a-z]{2} \d{4}"),
        (2026, "messages.csv", "DATE"): re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"),
        (2026, "Endorsement_Given_Info.csv", "Endorsement Date"): re.compile(
            r"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d UTC"
        ),
        (2026, "Recommendations_Given.csv", "Creation Date"): re.compile(
            r"\d\d/\d\d/\d\d, \d\d:\d\d [AP]M"
        ),
        (2026, "Company Follows.csv", "Followed On"): re.compile(
            r"[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}"
        ),
    }
    for (era, name, column), form in forms.items():
        found = [row[column] for row in rows(era, name)]
        assert found, name
        assert all(form.fullmatch(text) for text in found), name


def test_ghosts_have_a_date_and_nothing_else(rows: Rows) -> None:
    for era in (2018, 2020, 2026):
        found = rows(era, "Connections.csv")
        ghosts = [row for row in found if not row["First Name"]]
        assert len(found) == 306
        assert len(ghosts) == 6
        assert all([key for key in row if row[key]] == ["Connected On"] for row in ghosts)


def test_profile_addresses_are_encoded_differently_per_file(rows: Rows) -> None:
    urls = [row["URL"] for row in rows(2026, "Connections.csv") if row["URL"]]
    encoded = [url for url in urls if "%" in url]
    assert len(encoded) > 5
    assert all(url.isascii() and not re.search("%[0-9A-F]?[a-f]", url) for url in urls)
    raw = [row["SENDER PROFILE URL"] for row in rows(2026, "messages.csv")]
    assert any(not url.isascii() for url in raw)
    assert not any("%" in url for url in raw)
    given = rows(2026, "Endorsement_Given_Info.csv")
    assert all(row["Endorsee Public Url"].startswith("www.linkedin.com/in/") for row in given)


def test_invitations_lost_their_members_in_december_2023(rows: Rows) -> None:
    keys = ("inviterProfileUrl", "inviteeProfileUrl")
    assert {row[key] for row in rows(2023, "Invitations.csv") for key in keys} == {
        "https://www.linkedin.com/in"
    }
    outgoing = [row for row in rows(2026, "Invitations.csv") if row["Direction"] == "OUTGOING"]
    assert len({row["inviterProfileUrl"] for row in outgoing}) == 1
    assert len({row["inviteeProfileUrl"] for row in outgoing}) == len(outgoing)


def test_drafts_bear_a_flag_in_2024_and_nothing_elsewhere(rows: Rows) -> None:
    flagged = [row for row in rows(2024, "messages.csv") if row["IS MESSAGE DRAFT"] == "Yes"]
    assert len(flagged) == 15
    assert 0 < sum(not row["TO"] for row in flagged) < 15
    for era in (2020, 2026):
        bare = [row for row in rows(era, "messages.csv") if not row["TO"]]
        assert len(bare) == 15
        assert not any(row["CONVERSATION ID"] or row["FOLDER"] for row in bare)


def test_named_groups_lost_their_recipients_in_2021(rows: Rows) -> None:
    def untold(era: int) -> int:
        return sum(
            not row["TO"] and bool(row["CONVERSATION ID"]) for row in rows(era, "messages.csv")
        )

    assert untold(2021) > 20
    assert untold(2020) == untold(2023) == 0


def test_comments_of_2021_are_broken_as_in_real_exports(members: Members) -> None:
    lines = members[2021]["Comments.csv"].decode().splitlines()
    starts = [
        line for line in lines[1:] if re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,https?://", line)
    ]
    assert 15 < len(starts) < len(lines) - 1
    assert "" in lines


def test_comments_of_2026_escape_quotes_with_a_backslash(members: Members) -> None:
    text = members[2026]["Comments_404040404.csv"].decode()
    assert '\\""\r\n' in text
    assert re.search(r"^,https", text, re.M)


def test_shares_wrap_line_breaks_in_quotes(members: Members, rows: Rows) -> None:
    assert b'""\n""' in members[2023]["Shares.csv"]
    texts = [row["ShareCommentary"].replace('"\n"', "\n") for row in rows(2023, "Shares.csv")]
    assert any("Begin small\n2. Ask early" in text for text in texts)


def test_decoys_stand_beside_the_messages_of_2026(members: Members) -> None:
    assert members[2026]["learning_coach_messages.csv"] == b"No conversations found\n"
    assert "guide_messages.csv" in members[2026]
    assert "Receipts_v2.csv" in members[2026]
    assert not any("guide" in name for name in members[2024])


def test_mails_are_rare_since_2020(rows: Rows) -> None:
    def shown(era: int) -> int:
        return sum(bool(row["Email Address"]) for row in rows(era, "Connections.csv"))

    assert shown(2018) == 300
    assert 3 <= shown(2020) == shown(2026) <= 30


def test_unknown_era_is_refused() -> None:
    with pytest.raises(BadInput, match="no layout of 2019"):
        era_of(2019)
