"""Which file of an archive is what: by its header, and by its folded name where headers agree.

File names drift (case, blanks, underscores, member-id suffixes), so a name is folded before
it is compared; decoys have the header of ``messages.csv`` and are known by name only.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KINDS", "UNUSED", "fold", "is_header", "kind_of_header", "unused_because"]

# A header is recognised by the columns that every era has; the first that fits wins.
KINDS: dict[str, tuple[frozenset[str], ...]] = {
    "messages": (
        frozenset({"conversation id", "from", "to", "date", "content"}),
        frozenset({"from", "to", "date", "subject", "content", "direction", "folder"}),
    ),
    "invitations": (frozenset({"from", "to", "sent at", "direction"}),),
    "endorsements received": (
        frozenset({"endorsement date", "skill name", "endorser first name"}),
    ),
    "endorsements given": (frozenset({"endorsement date", "skill name", "endorsee first name"}),),
    "recommendations": (frozenset({"first name", "last name", "text", "creation date", "status"}),),
    "connections": (frozenset({"first name", "last name", "connected on"}),),
    "notes": (frozenset({"connection first name", "connection last name", "note"}),),
    "teammates": (frozenset({"company name", "teammate name"}),),
    "contacts": (
        frozenset({"source", "firstname", "lastname", "emails"}),
        frozenset({"firstname", "lastname", "emails", "phonenumbers"}),
        frozenset({"first name", "last name", "email address", "phone numbers", "created at"}),
    ),
    "profile": (frozenset({"first name", "last name", "headline", "industry"}),),
    "positions": (frozenset({"company name", "title", "started on", "finished on"}),),
    "emails": (frozenset({"email address", "confirmed", "primary"}),),
    "phones": (
        frozenset({"extension", "number", "type"}),
        frozenset({"number", "extension", "is whatsapp number"}),
    ),
    "shares": (
        frozenset({"date", "sharelink", "sharecommentary"}),
        frozenset({"date", "share link", "share commentary"}),
    ),
    "comments": (frozenset({"date", "link", "message"}),),
    "reactions": (frozenset({"date", "type", "link"}),),
    "votes": (frozenset({"date", "link", "optiontext"}),),
    "member follows": (frozenset({"date", "status", "fullname"}),),
    "company follows": (frozenset({"organization", "followed on"}),),
    "events": (frozenset({"event name", "event time", "status"}),),
    "reposts": (frozenset({"date", "link"}),),
}

_NO_PEOPLE = "holds no contact between people"
_MACHINE = "talks with LinkedIn's assistant, not with people"
UNUSED = {
    "adtargeting": "advertising profile; " + _NO_PEOPLE,
    "adsclicked": "advertising; " + _NO_PEOPLE,
    "lanadsengagement": "advertising; " + _NO_PEOPLE,
    "certifications": _NO_PEOPLE,
    "coachmessages": _MACHINE,
    "courses": _NO_PEOPLE,
    "education": "your own schools; contacts' schools are not in the export",
    "guidemessages": _MACHINE,
    "hashtagfollows": _NO_PEOPLE,
    "honors": _NO_PEOPLE,
    "inferencesaboutyou": "LinkedIn's guesses about you; " + _NO_PEOPLE,
    "jobapplicantsavedanswers": "job search; " + _NO_PEOPLE,
    "jobapplicantsavedscreeningquestionresponses": "job search; " + _NO_PEOPLE,
    "jobapplications": "job search; " + _NO_PEOPLE,
    "jobseekerpreferences": "job search; " + _NO_PEOPLE,
    "languages": _NO_PEOPLE,
    "learning": "courses watched; " + _NO_PEOPLE,
    "learningcoachmessages": _MACHINE,
    "learningroleplaymessages": _MACHINE,
    "logins": "security log; " + _NO_PEOPLE,
    "organizations": _NO_PEOPLE,
    "privateidentityasset": "identity papers; not read",
    "profilesummary": "your own summary; " + _NO_PEOPLE,
    "projects": _NO_PEOPLE,
    "providers": "services marketplace; " + _NO_PEOPLE,
    "publications": _NO_PEOPLE,
    "receipts": "payments; not read",
    "receiptsv2": "payments; not read",
    "registration": "when and from where you registered; " + _NO_PEOPLE,
    "reviews": "reviews of services; " + _NO_PEOPLE,
    "richmedia": "uploads; " + _NO_PEOPLE,
    "savedarticles": _NO_PEOPLE,
    "saveditems": _NO_PEOPLE,
    "savedjobalerts": "job search; " + _NO_PEOPLE,
    "savedjobs": "job search; " + _NO_PEOPLE,
    "searchqueries": "what you searched for; " + _NO_PEOPLE,
    "securitychallenges": "security log; " + _NO_PEOPLE,
    "skills": _NO_PEOPLE,
    "verifications": "identity papers; not read",
    "volunteering": _NO_PEOPLE,
}
_MEMBER_ID = re.compile(r"_\d{4,}$")


def fold(name: str) -> str:
    """Fold a member's name to what does not drift between eras.

    Examples
    --------
    >>> fold("Jobs/Shares_577732310.csv"), fold("Phone Numbers.csv"), fold("Receipts_v2.csv")
    ('shares', 'phonenumbers', 'receiptsv2')
    """
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = re.sub(r"(?i)(\.csv|\.html?|\.gz)+$", "", stem)
    stem = re.sub(r" ?\(\d+\)$", "", stem)
    return re.sub(r"[\s_-]", "", _MEMBER_ID.sub("", stem)).casefold()


def unused_because(name: str) -> str | None:
    """Return why a known file is not needed, or None.

    Examples
    --------
    >>> unused_because("guide_messages.csv")
    "talks with LinkedIn's assistant, not with people"
    >>> unused_because("messages.csv") is None
    True
    """
    folded = fold(name)
    return UNUSED.get(folded) or UNUSED.get(re.sub(r"\d+$", "", folded))


def kind_of_header(cells: Sequence[str]) -> str | None:
    """Return the kind of file whose header these squashed cells are.

    Examples
    --------
    >>> kind_of_header(["first name", "last name", "url", "connected on"])
    'connections'
    """
    present = set(cells)
    for kind, signatures in KINDS.items():
        if any(signature <= present for signature in signatures):
            return kind
    return None


def is_header(cells: Sequence[str]) -> bool:
    """Say whether squashed cells are a header of any known kind."""
    return kind_of_header(cells) is not None
