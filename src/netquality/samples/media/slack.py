"""The workspace of the owner's firm: who is there, what is said in channels and in pairs."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from netquality.samples.cast import OWNER, OWNER_MAIL
from netquality.samples.cells import File
from netquality.samples.clock import DAY, END_DAY, dice
from netquality.samples.media.crowds import Group, group_rows
from netquality.samples.media.doings import HOME
from netquality.samples.media.lines import chatter
from netquality.samples.media.plan import OWN_SLACK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.samples.media.plan import Plan

__all__ = ["BOT", "channel_id", "slack_members"]

BOT, _TEAM = "U0INKROBOT", "T0INKHOUSE"
_SHARES = (0.02, 0.02, 0.01)
_OPENED = (END_DAY - 600) * DAY


def channel_id(place: int) -> str:
    """Return the id of a channel.

    Examples
    --------
    >>> channel_id(2)
    'C0INKROOM2'
    """
    return f"C0INKROOM{place}"


def _json(name: str, what: object) -> File:
    return File(name, [json.dumps(what, ensure_ascii=False, indent=1).encode()])


def _user(ident: str, handle: str, name: str, mail: str, *, bot: bool = False) -> dict[str, Any]:
    profile = {"real_name": name, "display_name": handle, "team": _TEAM}
    if mail:
        profile["email"] = mail
    return {
        "id": ident,
        "team_id": _TEAM,
        "name": handle,
        "deleted": False,
        "real_name": name,
        "is_bot": bot,
        "profile": profile,
    }


def _users(plan: Plan) -> list[dict[str, Any]]:
    found = [_user(OWN_SLACK, "juniper", OWNER.name, OWNER_MAIL)]
    found += [
        _user(person.slack, person.handle, person.full, person.mail)
        for person in plan.who
        if person.slack
    ]
    robot = _user(BOT, "presshand", "Press hand", "", bot=True)
    return [*found, robot, _user("USLACKBOT", "slackbot", "Slackbot", "")]


def _ts(at: int, place: int) -> str:
    return f"{at}.{place % 1_000_000:06d}"


def _message(ts: str, user: str, text: str, **more: object) -> dict[str, Any]:
    return {"type": "message", "user": user, "text": text, "ts": ts, "team": _TEAM, **more}


def _files(folder: str, messages: list[dict[str, Any]]) -> Iterator[File]:
    """Put the messages into one file a day, as it is at home."""
    days: dict[str, list[dict[str, Any]]] = {}
    for message in sorted(messages, key=lambda each: float(each["ts"])):
        day = f"{dt.datetime.fromtimestamp(float(message['ts']), HOME):%Y-%m-%d}"
        days.setdefault(day, []).append(message)
    for day, said in days.items():
        yield _json(f"{folder}/{day}.json", said)


def _talk(plan: Plan, group: Group, share: float) -> list[dict[str, Any]]:
    """Write a channel: posts to nobody in particular, some answers, mentions and faces."""
    rows = plan.until(group_rows(group, plan.count(share, len(group.members) + 1), plan.seed, "sl"))
    rng = dice(plan.seed, f"slack {group.title}")
    texts = chatter(rng, len(rows))
    users = {place: plan.who[place].slack for place in group.members} | {-1: OWN_SLACK}
    found: list[dict[str, Any]] = []
    for place, (at, who) in enumerate(zip(rows["at"], rows["who"], strict=True)):
        message = _message(_ts(int(at), place), users[who], texts[place])
        turn = place % 7
        if turn == 3:
            parent = found[-1]
            root = parent.get("thread_ts", parent["ts"])
            message |= {"thread_ts": root, "parent_user_id": _author(found, root)}
        elif turn == 4:
            message["text"] = f"<@{found[0]['user']}> {texts[place]}"
        elif turn == 5:
            message["reactions"] = [{"name": "kite", "users": [found[-1]["user"]], "count": 1}]
        found.append(message)
    return [*found, *_noise(found, users)]


def _author(said: list[dict[str, Any]], ts: str) -> str:
    return next(str(message["user"]) for message in said if message["ts"] == ts)


def _noise(said: list[dict[str, Any]], users: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Write who joined, and what the firm's robot posts."""
    if not said:
        return
    at = int(float(said[0]["ts"]))
    for place, user in enumerate(users.values()):
        joined = f"<@{user}> has joined the channel"
        yield _message(_ts(at - 600, place), user, joined, subtype="channel_join")
    for place, message in enumerate(said[:: max(4, len(said) // 5)]):
        posted = _ts(int(float(message["ts"])) + 5, 900_000 + place)
        yield _message(posted, BOT, "The press is warm.", subtype="bot_message", bot_id="B0INK")


def _direct(plan: Plan) -> tuple[list[dict[str, Any]], list[File]]:
    """Return the list of direct conversations, and their files."""
    told: list[dict[str, Any]] = []
    files: list[File] = []
    for who, rows in plan.of("slack").groupby("who"):
        person = plan.who[int(str(who))]
        ident = f"D{person.slack.removeprefix('U')}"
        told.append({"id": ident, "created": _OPENED, "members": [OWN_SLACK, person.slack]})
        texts = chatter(dice(plan.seed, f"slack {who}"), len(rows))
        users = (OWN_SLACK, person.slack)
        said = [
            _message(_ts(int(at), place), users[int(theirs)], texts[place])
            for place, (at, theirs) in enumerate(zip(rows["at"], rows["theirs"], strict=True))
        ]
        files += _files(ident, said)
    return told, files


def slack_members(plan: Plan) -> list[File]:
    """Return the members of ``slack.zip``: a full export, with direct conversations.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> [file.name for file in slack_members(plan)][:3]
    ['users.json', 'channels.json', 'groups.json']
    """
    channels: list[dict[str, Any]] = []
    files: list[File] = []
    pairs = zip(plan.crowds.slack, _SHARES, strict=True)
    for place, (group, share) in enumerate(pairs):
        members = [OWN_SLACK, *(plan.who[who].slack for who in group.members)]
        channels.append(
            {
                "id": channel_id(place),
                "name": group.title,
                "created": _OPENED,
                "creator": members[1],
                "is_archived": False,
                "is_general": place == 0,
                "members": members,
            }
        )
        files += _files(group.title, _talk(plan, group, share))
    told, direct = _direct(plan)
    heads = {"users": _users(plan), "channels": channels, "groups": [], "dms": told, "mpims": []}
    return [*(_json(f"{name}.json", what) for name, what in heads.items()), *files, *direct]
