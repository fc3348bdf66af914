"""A Slack export: who works there, and every conversation that it holds."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from netquality.schema import Tables
from netquality.sources.ledger import Ledger
from netquality.sources.slack.conversation import read_conversation
from netquality.sources.slack.layout import (
    BESIDE,
    LISTS,
    USERS,
    conversations_of,
    exported_on,
    refuse_none,
    slack_members,
)
from netquality.sources.slack.people import read_users, team_of

if TYPE_CHECKING:
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options
    from netquality.sources.slack.people import User

__all__ = ["read_slack", "slack_members"]


def read_slack(members: tuple[Member, ...], bundle: Bundle, options: Options) -> Tables:
    """Read a Slack export: one source for each list of users and each conversation.

    Nobody owns it: it shows a whole workspace, as far as it was exported.

    Parameters
    ----------
    members
        As from `slack_members`.

    Returns
    -------
    Tables
        Sources of the formats ``slack/users`` and ``slack/conversation``; files that are known
        and not needed say why.

    Raises
    ------
    BadInput
        When there is nothing to read, or a file is damaged.

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> files = {
    ...     "users.json": '[{"id": "U1", "real_name": "Zora Quillfeather"}]',
    ...     "ink/2026-11-20.json": '[{"user": "U1", "ts": "1795132800.000100", "text": "Ink!"}]',
    ... }
    >>> held = tuple(Member(name, text.encode) for name, text in files.items())
    >>> tables = read_slack(held, Bundle("export.zip", None, held), Options())
    >>> tables.sources[["name", "format"]].values.tolist()
    [['users.json', 'slack/users'], ['ink', 'slack/conversation']]
    """
    refuse_none(members)
    parts: list[Tables] = []
    users: dict[str, User] = {}
    for member in members:
        name = PurePosixPath(member.name).name
        if name in USERS:
            tables, found = read_users(member, bundle, options)
            parts.append(tables)
            users = {**found, **users}
        elif name in LISTS:
            parts.append(_unused(member, bundle, "names and members of conversations, read there"))
        elif name in BESIDE:
            parts.append(_unused(member, bundle, "no contact between people"))
    exported = exported_on(bundle)
    parts += [
        read_conversation(place, users, bundle, options, exported)
        for place in conversations_of(members, team_of(users.values()))
    ]
    return Tables.concat(parts)


def _unused(member: Member, bundle: Bundle, why: str) -> Tables:
    content = f"{bundle.name}/{member.name}".encode()
    book = Ledger(member.name, bundle.name, "slack/beside", content, exported_on(bundle))
    book.unused = why
    return book.close(kept_rows=[])
