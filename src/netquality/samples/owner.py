"""The files about the owner, the files of no use to a network, and the decoys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netquality.samples.cast import OWNER, OWNER_MAIL
from netquality.samples.cells import MONTHS, File, Style, java_stamp, slash_stamps, stamp, table
from netquality.samples.clock import DAY, dice
from netquality.samples.words import SKILLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netquality.samples.cut import Cut

__all__ = ["BANNER", "MEMBER", "owner_files"]

BANNER = "A fictional person in a fictional archive, made by netquality."
MEMBER = "404040404"
_BORN = 15_400  # a day in March 2012, when the owner joined

# (firm, title, text, place, (year, month) of start, of end); the last change of jobs is what
# the congratulations of the world's last weeks are about.
_POSITIONS = (
    ("Thistledown Atelier", "Head of Letters", 'Runs the "ink room".', "Bremen", (2026, 11), None),
    ("Inkwell Press", "Managing Editor", "Paper, people, plans.", "Bremen", (2019, 4), (2026, 10)),
    ("Papyrus Works", "Editor", "", "Leipzig", (2012, 9), (2019, 3)),
)
_LEARNING = (
    "Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),"
    "Content Completed At (if completed),Content Saved,Notes taken on videos (if taken),"
)
_TARGETING = (
    "Member Age,Buyer Groups,Company Names,Company Names,Company Follower of,Company Names,"
    "Company Category,Company Size,Degrees,degreeClass,Recent Device OS,Member Schools,"
    "Company Growth Rate,Fields of Study,Company Connections,Function By Size,Job Functions,"
    "Member Gender,Graduation Year,Member Groups,Company Industries,Member Interests,"
    "Interface Locales,interfaceLocale,Member Traits,High Value Audience Segments,"
    "Profile Locations,Company Revenue,Job Seniorities,Member Skills,Standard Audience Segments,"
    "Job Titles,Job Titles,Job Titles,Years of Experience"
)
_DECOY = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
    "SUBJECT,CONTENT,FOLDER"
)


def _file(name: str, header: str, rows: Sequence[Sequence[str]], ends: str = "\n") -> File:
    return File(name, table(header.split(","), rows, Style(ends)))


def _month(at: tuple[int, int] | None) -> str:
    return f"{MONTHS[at[1] - 1]} {at[0]}" if at else ""


def _profile(cut: Cut) -> File:
    first, last = OWNER.name.split()
    known = {
        "First Name": first,
        "Last Name": last,
        "Birth Date": "Mar 3",
        "Headline": "Letters, ink and introductions",
        "Summary": BANNER,
        "Industry": "Publishing",
        "Geo Location": "Bremen, Germany",
    }
    row = [known.get(name, "") for name in cut.era.profile]
    return File("Profile.csv", table(cut.era.profile, [row], Style()))


def _career(cut: Cut) -> Iterator[File]:
    now = (cut.exported.year, cut.exported.month)
    rows = [
        [firm, title, text, place, _month(start), _month(end if end and end <= now else None)]
        for firm, title, text, place, start, end in _POSITIONS
        if start <= now
    ]
    header = "Company Name,Title,Description,Location,Started On,Finished On"
    yield _file("Positions.csv", header, rows)
    header = "School Name,Start Date,End Date,Notes,Degree Name,Activities"
    school = ["Academy of Paper Moons", "2006", "2011", "", "MA, Letters", "Choir, chess"]
    yield _file("Education.csv", header, [school])
    yield _file("Skills.csv", "Name", [[skill] for skill in SKILLS[:8]])


def _reached(cut: Cut) -> Iterator[File]:
    mails = [[OWNER_MAIL, "Yes", "Yes"], ["j.vellichor@example.org", "Yes", "No"]]
    rows = [[*mail, stamp(_BORN * DAY + 40_000)] for mail in mails]
    yield _file("Email Addresses.csv", "Email Address,Confirmed,Primary,Updated On", rows)
    phones = [["", "+49 30 23125 017", "Mobile"], ["", "", ""]]
    yield _file(cut.era.named("PhoneNumbers.csv"), "Extension,Number,Type", phones)
    if cut.era.year == 2026:
        header = "Number,Extension,Is_WhatsApp_Number"
        yield _file("Whatsapp Phone Numbers.csv", header, [["30 23125 017", "+49", "Yes"]])


def _interests(cut: Cut) -> Iterator[File]:
    rng = dice(cut.world.seed, "interests")
    firms = sorted({firm for firm in cut.world.people["firm"] if firm})[:12]
    days = _BORN + 300 + np.sort(rng.integers(0, 4500, len(firms)))
    rows = [
        [firm, java_stamp(int(day) * DAY + 45_296)]
        for firm, day in zip(firms, days, strict=True)
        if day <= cut.day
    ]
    yield _file("Company Follows.csv", "Organization,Followed On", rows)
    spans = (
        ("Fair of Imaginary Inks", "Oct 12, 2022 09:00 AM - Oct 13, 2022 05:00 PM", "APPROVED"),
        (
            "Night of the Open Presses",
            "May 03, 2024 06:00 PM - May 03, 2024 11:00 PM",
            "RELINQUISHED",
        ),
    )
    events = [
        [*span, "https://ink.example/fair"]
        for span in spans
        if int(span[1][8:12]) < cut.exported.year
    ]
    yield _file("Events.csv", "Event Name,Event Time,Status,External Url", events)


def _registration(cut: Cut) -> File:
    at = _BORN * DAY + 40_000
    if cut.era.old:
        header = (
            "Registration Date,Registration IP Address,Invited by (First Name),"
            "Invited by (Last Name),Subscription Types"
        )
        return _file("Registration.csv", header, [[stamp(at), "203.0.113.7", "", "", ""]])
    header = "Registered At,Registration Ip,Subscription Types"
    return _file("Registration.csv", header, [[stamp(at), "203.0.113.7", ""]])


def _unused(cut: Cut) -> Iterator[File]:
    """Files that hold nothing about ties; a reader should say so, not fail on them."""
    yield _registration(cut)
    lesson = ["Setting type by hand", "A course,\nin two parts", "COURSE", "2019-05-04 10:12 UTC"]
    yield _file("Learning.csv", _LEARNING, [[*lesson, "N/A", "false", "N/A", ""]], "\r\n")
    alert = ["12/1/19, 8:30 AM", "https://www.linkedin.com/jobs/search?keywords=ink"]
    alert += ["job-alert-1"] * (len(cut.era.alerts) - 2)
    yield File("SavedJobAlerts.csv", table(cut.era.alerts, [alert], Style()))


def _rest(cut: Cut, mark: str) -> Iterator[File]:
    """Files that only complete archives have."""
    width = _TARGETING.count(",") + 1
    yield _file(cut.era.named("Ad_Targeting.csv"), _TARGETING, [["sample"] * width])
    at = np.array([(cut.day - 30) * DAY + 36_000])
    style = Style("\r\n", quoted=True, separator="\t", utf16=True) if cut.era.old else Style()
    row = [slash_stamps(at)[0], "letterpress near me"]
    name = cut.era.named("SearchQueries.csv")
    yield File(name, table(["Time", "Search Query"], [row], style))
    tags = [["ink", "2021-03-04 05:06:07", "2021-03-04 05:06:07", "FOLLOWING"]]
    header = "HashTag,CreatedTime,LastModifiedTime,State"
    yield _file(f"Hashtag_Follows{mark}.csv", header, tags, "\r\n")


def _decoys() -> Iterator[File]:
    """Files of 2026 whose names end like that of the messages."""
    row = ["2-decoy", "", "Guide", "", OWNER.name, "", "2026-05-06 07:08:09 UTC", "", "Tip!", ""]
    yield _file("guide_messages.csv", _DECOY, [row])
    yield _file("learning_role_play_messages.csv", _DECOY, [])
    yield File("learning_coach_messages.csv", [b"No conversations found\n"])
    receipt = ["Juniper", "Vellichor", "Germany", "28195", "05/06/26 07:08 AM UTC"]
    header = "First Name,Last Name,Billing Country,Postal Code,Transaction Made At"
    yield _file("Receipts_v2.csv", header, [receipt])


def owner_files(cut: Cut, *, complete: bool, mark: str) -> Iterator[File]:
    """Write the files about the owner and all that is of no use to a network.

    Parameters
    ----------
    cut
        The world on the day of the export.
    complete
        Whether the archive is a complete one.
    mark
        What follows the names of activity files: the number of the member in 2026.

    Examples
    --------
    >>> from netquality.samples.cut import cut_of
    >>> cut = cut_of(60, 400, 7, 2026)
    >>> [file.name for file in owner_files(cut, complete=True, mark="")][0]
    'Profile.csv'
    """
    yield _profile(cut)
    yield from _career(cut)
    yield from _reached(cut)
    yield from _interests(cut)
    yield from _unused(cut)
    if complete:
        yield from _rest(cut, mark)
    if complete and cut.era.year == 2026:
        yield from _decoys()
