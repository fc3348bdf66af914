"""Which files of a bundle are a Slack export, and what conversation each folder is."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from netquality.errors import BadInput

if TYPE_CHECKING:
    from netquality.sources.files import Bundle, Member
    from netquality.sources.streams import Progress

__all__ = [
    "LISTS",
    "Conversation",
    "conversations_of",
    "day_files",
    "exported_on",
    "load",
    "loaded",
    "slack_members",
]

USERS = frozenset({"users.json", "org_users.json"})
LISTS = {
    "channels.json": "channel",
    "groups.json": "channel",
    "dms.json": "dm",
    "mpims.json": "mpim",
}
BESIDE = frozenset(
    {
        "integration_logs.json",
        "canvases.json",
        "content_flags.json",
        "lists.json",
        "file_conversations.json",
        "huddle_transcripts.json",
    }
)
_DAY_FILE = re.compile(r"\d{4}-\d\d-\d\d\.json")
_IDENT = re.compile(r"[CDG][A-Z0-9]{6,}")
_RANGE = re.compile(r"Slack export .* - ([A-Z][a-z]{2})[a-z]* (\d{1,2}),? (\d{4})")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Conversation:
    """One folder of day files.

    Parameters
    ----------
    ident
        Slack's id; that of the workspace and the folder's name where no list states one.
    kind
        ``channel`` (public or private), ``dm`` or ``mpim`` (a direct message to several).
    name
        As shown.
    members
        Ids of users; empty where no list states them.
    files
        In the order of their days.
    """

    folder: str
    ident: str
    kind: str
    name: str
    members: tuple[str, ...]
    files: tuple[Member, ...]


def slack_members(bundle: Bundle) -> tuple[Member, ...]:
    """Return the files of a bundle that belong to a Slack export; empty if it holds none.

    An export is told by a list of users (``users.json``, of a Grid organisation
    ``org_users.json``) and by folders of files named by days.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> names = ["users.json", "channels.json", "ink/2026-11-20.json", "ink/photo.jpg"]
    >>> held = tuple(Member(name, bytes) for name in names)
    >>> [member.name for member in slack_members(Bundle("export.zip", None, held))]
    ['users.json', 'channels.json', 'ink/2026-11-20.json']
    >>> slack_members(Bundle("export.zip", None, held[1:]))
    ()
    """
    roots = [_folder(member) for member in bundle.members if _file(member) in USERS]
    known = USERS | LISTS.keys() | BESIDE
    found = tuple(
        member
        for member in bundle.members
        if _within(member, roots) and (_file(member) in known or _is_day(member))
    )
    return found if any(map(_is_day, found)) else ()


def _file(member: Member) -> str:
    return PurePosixPath(member.name).name


def _folder(member: Member) -> PurePosixPath:
    return PurePosixPath(member.name).parent


def _within(member: Member, roots: list[PurePosixPath]) -> bool:
    place = PurePosixPath(member.name)
    return any(root == PurePosixPath() or root in place.parents for root in roots)


def _is_day(member: Member) -> bool:
    return bool(_DAY_FILE.fullmatch(_file(member))) and _folder(member) != PurePosixPath()


def exported_on(bundle: Bundle) -> int | None:
    """Return the last day that an export covers, which Slack puts into the archive's name.

    Examples
    --------
    >>> from netquality.sources.files import Bundle
    >>> exported_on(Bundle("Quill Slack export Jan 1 1970 - Jan 3 1970.zip", None, ()))
    2
    """
    found = _RANGE.search(bundle.name)
    if bundle.exported is not None or not found or found[1] not in _MONTHS:
        return bundle.exported
    try:
        day = date(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    except ValueError:
        return None
    return day.toordinal() - date(1970, 1, 1).toordinal()


def loaded(member: Member, progress: Progress | None = None) -> tuple[Any, bytes]:
    """Return what a JSON file holds, None if it cannot be read, and the hash of the file.

    Raises
    ------
    BadInput
        When the archive is damaged there.

    Examples
    --------
    >>> from netquality.sources.files import Member
    >>> loaded(Member("users.json", lambda: b"[]"))[0]
    []
    """
    with member.stream(progress) as stream:
        data = stream.read() or b""
        return load(data), stream.digest()


def load(data: bytes) -> Any:
    """Return what JSON says, None if it is damaged or nests deeper than can be followed.

    Examples
    --------
    >>> load(b'[{"id": "U1"}]'), load(b"[" * 100_000) is None
    ([{'id': 'U1'}], True)
    """
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def day_files(members: tuple[Member, ...]) -> dict[PurePosixPath, list[Member]]:
    """Return the day files of each folder, in the order of the days.

    Examples
    --------
    >>> from netquality.sources.files import Member
    >>> names = ["ink/2026-11-21.json", "ink/2026-11-20.json", "users.json"]
    >>> held = tuple(Member(name, bytes) for name in names)
    >>> [[day.name for day in days] for days in day_files(held).values()]
    [['ink/2026-11-20.json', 'ink/2026-11-21.json']]
    """
    folders: dict[PurePosixPath, list[Member]] = defaultdict(list)
    for member in sorted(members, key=lambda each: each.name):
        if _is_day(member):
            folders[_folder(member)].append(member)
    return folders


def conversations_of(members: tuple[Member, ...], team: str = "") -> list[Conversation]:
    """Return what each folder of day files is, as the lists beside or above it say.

    Parameters
    ----------
    team
        Stands before the name of a folder that has no id: every workspace has a "general".

    Examples
    --------
    >>> from netquality.sources.files import Member
    >>> listed = Member("dms.json", lambda: b'[{"id": "D0000012", "members": ["U1", "U2"]}]')
    >>> [place] = conversations_of((listed, Member("D0000012/2026-11-20.json", bytes)))
    >>> place.kind, place.members
    ('dm', ('U1', 'U2'))
    """
    listed = _listed(members)
    return [
        _conversation(folder, tuple(files), _entry(folder, listed), team)
        for folder, files in day_files(members).items()
    ]


_Entries = dict[tuple[PurePosixPath, str], tuple[str, dict[str, Any]]]


def _listed(members: tuple[Member, ...]) -> _Entries:
    """Return every listed conversation by where its list lies and what its folder may be called."""
    entries: _Entries = {}
    for member in members:
        kind = LISTS.get(_file(member))
        content = None if kind is None else loaded(member)[0]
        for entry in content if isinstance(content, list) else ():
            if kind is None or not isinstance(entry, dict):
                continue
            for key in (entry.get("id"), entry.get("name")):
                if isinstance(key, str) and key:
                    entries.setdefault((_folder(member), key), (kind, entry))
    return entries


def _entry(folder: PurePosixPath, listed: _Entries) -> tuple[str, dict[str, Any]] | None:
    for place in folder.parents:
        if (place, folder.name) in listed:
            return listed[place, folder.name]
    return None


def _conversation(
    folder: PurePosixPath,
    files: tuple[Member, ...],
    entry: tuple[str, dict[str, Any]] | None,
    team: str,
) -> Conversation:
    kind, fields = entry or (_guessed(folder.name), {})
    ident, name = fields.get("id"), fields.get("name")
    members = fields.get("members")
    people = members if isinstance(members, list) else []
    return Conversation(
        folder=folder.as_posix(),
        ident=ident if isinstance(ident, str) and ident else _own_id(folder.name, team),
        kind=kind,
        name=name if isinstance(name, str) else "",
        members=tuple(dict.fromkeys(each for each in people if isinstance(each, str))),
        files=files,
    )


def _own_id(name: str, team: str) -> str:
    return name if _IDENT.fullmatch(name) or not team else f"{team}:{name}"


def _guessed(name: str) -> str:
    if name.startswith("mpdm-"):
        return "mpim"
    return "dm" if _IDENT.fullmatch(name) and name.startswith("D") else "channel"


def refuse_none(members: tuple[Member, ...]) -> None:
    """Raise when there is nothing to read.

    Raises
    ------
    BadInput
        For no members at all.
    """
    if not members:
        raise BadInput(
            "This is no Slack export.",
            accepted="the ZIP that Slack made, or its folder, with users.json and day files.",
            todo="Pass the whole ZIP as downloaded.",
        )
