"""The layouts of LinkedIn's archive over the years: file names, headers, dialects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from netquality.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ERAS", "PREAMBLE", "Era", "era_of"]

PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses '
    "are missing. You will only see email addresses for connections who have allowed their "
    "connections to see or download their email address using this setting "
    "https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
_START = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO"
_NAMES = "Email Address,Company,Position,Connected On"
_ENDORSER = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name"


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


@dataclass(frozen=True, slots=True)
class Era:
    """One layout.

    Parameters
    ----------
    year
        Its name.
    messages, connections, invitations, received, shares, profile, alerts, book
        The columns of these files (`received` are endorsements, `book` is the address book).
    old
        Before 2020: local dates, no conversation ids, some files in UTF-16.
    quoted
        Whether messages are fully quoted, with real line breaks.
    preamble
        Whether three lines stand before the header of the connections.
    truncated
        Whether the addresses of invitations lack the member.
    untold
        Whether named groups lack their recipients.
    backslashed
        Whether comments escape quotes with a backslash.
    names
        File names that differ from those of 2020.
    """

    year: int
    messages: tuple[str, ...]
    connections: tuple[str, ...]
    invitations: tuple[str, ...]
    received: tuple[str, ...]
    shares: tuple[str, ...]
    profile: tuple[str, ...]
    alerts: tuple[str, ...]
    book: tuple[str, ...]
    old: bool = False
    quoted: bool = False
    preamble: bool = True
    truncated: bool = False
    untold: bool = False
    backslashed: bool = False
    names: Mapping[str, str] | None = None

    def named(self, name: str) -> str:
        """Return what a file is called in this year.

        Examples
        --------
        >>> era_of(2018).named("messages.csv"), era_of(2026).named("messages.csv")
        ('Messages.csv', 'messages.csv')
        """
        return (self.names or {}).get(name, name)


_PROFILE = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers"
)
_BOOK = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
    "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles"
)
_2020 = Era(
    year=2020,
    messages=_columns(f"{_START},DATE,SUBJECT,CONTENT,FOLDER"),
    connections=_columns(f"First Name,Last Name,{_NAMES}"),
    invitations=_columns("From,To,Sent At,Message,Direction"),
    received=_columns(f"{_ENDORSER},Endorsement Status"),
    shares=_columns("Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility"),
    profile=_columns(_PROFILE),
    alerts=_columns("Saved Search Date,Jobs Search Url"),
    book=_columns(_BOOK),
    names={
        "Recommendations_Given.csv": "Recommendations Given.csv",
        "Recommendations_Received.csv": "Recommendations Received.csv",
        "Ad_Targeting.csv": "Ad Targeting.csv",
        "SearchQueries.csv": "Search Queries.csv",
    },
)
_2018 = replace(
    _2020,
    year=2018,
    messages=_columns("From,To,Date,Subject,Content,Direction,Folder"),
    received=_columns(f"{_ENDORSER},Endorsement Status,Display Status"),
    shares=_columns(
        "Date,Share Title,Share Description,Share Link,Share Commentary,Shared URL,Media URL,Type,"
        "Visibility"
    ),
    profile=_columns(f"{_PROFILE},Contact Instructions,Country"),
    book=_columns(
        "First Name,Last Name,Companies,Title,Email Address,Phone Numbers,Created At,"
        "Instant Message Handles,Addresses,Sites,Full Name,Birthday,Location,Bookmarked At,Profiles"
    ),
    old=True,
    preamble=False,
    names={
        **(_2020.names or {}),
        "messages.csv": "Messages.csv",
        "Endorsement_Received_Info.csv": "Endorsement Received Info.csv",
        "PhoneNumbers.csv": "Phone Numbers.csv",
        "Contacts.csv": "Imported Contacts.csv",
    },
)
_2021 = replace(_2020, year=2021, untold=True, names=None)
_2023 = replace(
    _2021,
    year=2023,
    messages=_columns(f"{_START},RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"),
    connections=_columns(f"First Name,Last Name,URL,{_NAMES}"),
    invitations=(*_2020.invitations, "inviterProfileUrl", "inviteeProfileUrl"),
    received=_columns(f"{_ENDORSER},Endorser Public Url,Endorsement Status"),
    truncated=True,
    untold=False,
)
_2024 = replace(
    _2023,
    year=2024,
    messages=(*_2023.messages, "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
    shares=_columns("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"),
    truncated=False,
)
_2026 = replace(
    _2024,
    year=2026,
    messages=(*_2023.messages, "ATTACHMENTS"),
    alerts=_columns("ALERT_PARAMETERS,QUERY_CONTEXT,SAVED_SEARCH_ID"),
    book=_columns(
        "FirstName,MiddleName,LastName,MaidenName,NickName,NamePrefix,NameSuffix,Title,Emails,"
        "PhoneNumbers,CreatedAt,UpdatedAt,CountryCode,RegionCode,ThirdPartyVerified,Location"
    ),
    quoted=True,
    backslashed=True,
    names={"Contacts.csv": "ImportedContacts.csv"},
)
ERAS: Mapping[int, Era] = {era.year: era for era in (_2018, _2020, _2021, _2023, _2024, _2026)}


def era_of(year: int) -> Era:
    """Return the layout of a year.

    Raises
    ------
    BadInput
        When no layout of that year is known.

    Examples
    --------
    >>> len(era_of(2020).messages), len(era_of(2026).messages)
    (9, 11)
    """
    if year not in ERAS:
        raise BadInput(
            f"There is no layout of {year}.",
            accepted=", ".join(str(known) for known in ERAS),
            todo="Choose one of these years.",
        )
    return ERAS[year]
