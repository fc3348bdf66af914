"""The users of a Slack workspace, and their accounts in one conversation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from netquality.ids import digest
from netquality.sources.addresses import is_person_number, mail_of, phone_of
from netquality.sources.ledger import Ledger
from netquality.sources.parties import Parties
from netquality.sources.slack.layout import exported_on, loaded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.schema import Tables
    from netquality.sources.files import Bundle, Member
    from netquality.sources.ledger import Options

__all__ = ["Circle", "User", "read_users", "team_of"]

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class User:
    """What a list says of a user."""

    ident: str
    name: str = ""
    mail: str | None = None
    phone: str | None = None
    title: str = ""
    robot: bool = False
    team: str = ""


def team_of(users: Iterable[User]) -> str:
    """Return what tells a workspace from others: its id, else a hash of its users' ids.

    Guests from other workspaces bear other ids: the most frequent one counts.

    Examples
    --------
    >>> team_of([User("U1", team="T1"), User("U2", team="T1"), User("W1", team="T0")])
    'T1'
    >>> team_of([]), team_of([User("U1")]) == team_of([User("U2")])
    ('', False)
    """
    known = list(users)
    teams = Counter(user.team for user in known if user.team)
    if teams:
        return max(teams, key=lambda team: (teams[team], team))
    return digest("slack users", *sorted(user.ident for user in known)) if known else ""


class Circle:
    """The accounts of one conversation, each with all the keys that the workspace knows.

    Parameters
    ----------
    users
        By id.

    Examples
    --------
    >>> circle = Circle({"U1": User("U1", "Zora Quillfeather", "zora@quill.example")})
    >>> code = circle.user("U1")
    >>> circle.parties.name(code), circle.is_person("U1"), circle.is_person("USLACKBOT")
    ('Zora Quillfeather', True, False)
    """

    def __init__(self, users: dict[str, User], region: str | None = None) -> None:
        self.parties = Parties(region)
        self._users = users
        self._codes: dict[str, int] = {}

    def user(self, ident: str, name: str = "", row: int | None = None) -> int:
        """Return the number of a user; the name counts where no list has one."""
        if ident not in self._codes:
            self._codes[ident] = self._enter(self._users.get(ident, User(ident)), name, row)
        return self._codes[ident]

    def _enter(self, user: User, name: str, row: int | None) -> int:
        kind = "person" if self.is_person(user.ident) else "robot"
        code = self.parties.platform("slack", user.ident, user.name or name, row=row, kind=kind)
        if user.mail:
            self.parties.also(code, "mail", user.mail, row=row)
        if user.phone:
            self.parties.also(code, "phone", user.phone, row=row)
        return code

    def is_person(self, ident: str) -> bool:
        """Say whether a user is no program, as far as is known."""
        known = self._users.get(ident)
        return ident != SLACKBOT and not (known and known.robot)

    def group(self, ident: str, name: str) -> int:
        """Return the number of a conversation's own account."""
        return self.parties.platform("slack", ident, name, kind="group")


def read_users(member: Member, bundle: Bundle, options: Options) -> tuple[Tables, dict[str, User]]:
    """Read a list of users: who they are, with mail address and title.

    Users who left stay people. A program is told by ``is_bot``, by a bot's id in its profile or by
    being Slackbot. (``is_app_user`` says no such thing: it marks people who installed an app.)

    Examples
    --------
    >>> from netquality.sources.files import Bundle, Member
    >>> from netquality.sources.ledger import Options
    >>> member = Member("users.json", lambda: b'[{"id": "U1", "name": "zora"}, 7]')
    >>> tables, users = read_users(member, Bundle("a.zip", None, (member,)), Options())
    >>> list(users), tables.rejects["reason"].tolist()
    (['U1'], ['not a user'])
    """
    content, content_hash = loaded(member, options.progress)
    book = Ledger(member.name, bundle.name, "slack/users", exported=exported_on(bundle))
    book.seal(content_hash)
    users: dict[str, User] = {}
    rows: dict[str, int] = {}
    if not isinstance(content, list):
        content = [None]
    for row, fields in enumerate(content, 1):
        user = _user(book, fields, row, options)
        if user is not None and user.ident not in users:
            users[user.ident], rows[user.ident] = user, row
    book.read = len(content)
    return _entered(book, users, rows), users


def _user(book: Ledger, fields: Any, row: int, options: Options) -> User | None:
    if not isinstance(fields, dict):
        book.reject([row], "user", "not a user", [type(fields).__name__])
        return None
    ident = fields.get("id")
    if not isinstance(ident, str) or not ident.isalnum():
        book.reject([row], "id", "a user without an id")
        return None
    profile = fields.get("profile")
    profile = profile if isinstance(profile, dict) else {}
    robot = fields.get("is_bot") is True or fields.get("is_workflow_bot") is True
    mail, phone = _text(profile, "email"), _text(profile, "phone")
    return User(
        ident,
        named(fields, profile),
        mail_of(mail),
        phone_of(phone, region=options.region) if is_person_number(phone) else None,
        _text(profile, "title"),
        robot or bool(_text(profile, "bot_id")) or ident == SLACKBOT,
        _text(fields, "team_id"),
    )


def named(fields: dict[str, Any], profile: dict[str, Any]) -> str:
    """Return what a user is called: the real name, else the one chosen, else the handle.

    Examples
    --------
    >>> named({"name": "zora"}, {"real_name": "Zora Quillfeather"}), named({"name": "zora"}, {})
    ('Zora Quillfeather', 'zora')
    """
    said = (
        _text(profile, "real_name"),
        _text(fields, "real_name"),
        _text(profile, "display_name"),
        _text(fields, "name"),
    )
    return next((name for name in said if name), "")


def _text(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    return value.strip() if isinstance(value, str) else ""


def _entered(book: Ledger, users: dict[str, User], rows: dict[str, int]) -> Tables:
    circle = Circle(users)
    codes = {ident: circle.user(ident, row=row) for ident, row in rows.items()}
    ids = circle.parties.ids()
    titled = [ident for ident in codes if users[ident].title]
    if titled:
        attributes = {
            "account": [ids[codes[ident]] for ident in titled],
            "name": "title",
            "value": [users[ident].title for ident in titled],
            "seen": book.exported,
            "row": [rows[ident] for ident in titled],
        }
        book.add("attributes", attributes)
    circle.parties.enter(book)
    counts = circle.parties.counts()
    rules = f"{counts['robot']:,} users are programs" if "robot" in counts else None
    return book.close(kept_rows=list(rows.values()), rules=rules)
