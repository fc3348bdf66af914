"""The phone's own log: short messages and calls as SMS Backup & Restore writes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from netquality.samples.clock import DAY, END_DAY, dice
from netquality.samples.media.cards import handed_number
from netquality.samples.media.doings import HOME
from netquality.samples.media.letter import DOT
from netquality.samples.media.lines import chatter
from netquality.samples.media.numbers import OWNER_PHONE, landline

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from netquality.samples.media.plan import Plan

__all__ = ["ROBOTS", "call_file", "sms_file"]

ROBOTS = ("BANK", "PARCEL", "72345", "LANTERN")
_UNKNOWN = "(Unknown)"
_HEAD = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
    "<!--Fictional, made by netquality.-->\n"
)
_YEAR = 365
_BEYOND = re.compile("[\U00010000-\U0010ffff\n]")


class _Line(NamedTuple):
    at: int
    text: str


def _surrogates(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"&#{code};"
    code -= 0x10000
    return f"&#{0xD800 + (code >> 10)};&#{0xDC00 + (code & 0x3FF)};"


def _quoted(value: object) -> str:
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return _BEYOND.sub(_surrogates, text)


def _element(name: str, at: int, **attributes: object) -> str:
    when = f"{dt.datetime.fromtimestamp(at, HOME):%d %b %Y %H:%M:%S}"
    named = {**attributes, "readable_date": when}
    return f"<{name} " + " ".join(f'{key}="{_quoted(value)}"' for key, value in named.items())


def _sms(at: int, number: str, sort: int, text: str, name: str, more: int = 0) -> _Line:
    start = _element(
        "sms", at, protocol=0, address=number, date=1000 * at + more, type=sort, subject="null",
        body=text, toa="null", sc_toa="null", service_center="null", read=1, status=-1,
        locked=0, date_sent=0, sub_id=1, contact_name=name or _UNKNOWN,
    )  # fmt: skip
    return _Line(at, f"  {start} />\n")


def _texted(plan: Plan, rng: np.random.Generator) -> Iterator[_Line]:
    rows = plan.of("sms")
    texts = chatter(rng, len(rows))
    columns = zip(rows["who"], rows["at"], rows["theirs"], texts, strict=True)
    for place, (who, at, theirs, text) in enumerate(columns):
        person = plan.who[who]
        sort = 1 if theirs else 2
        yield _sms(int(at), person.phone, sort, text, person.card, place % 1000)
        if not theirs and place % 25 == 4:
            yield _sms(int(at) + 60, person.phone, 3 + place % 4, "not sent", person.card)


def _recent(rng: np.random.Generator, ago: int = 0) -> int:
    days = END_DAY - ago - int(rng.integers(0, _YEAR))
    return days * DAY + int(rng.integers(7 * 3600, 20 * 3600))


def _robots(plan: Plan, rng: np.random.Generator) -> Iterator[_Line]:
    for place in range(plan.count(0.015, 6)):
        sender = ROBOTS[int(rng.integers(0, len(ROBOTS)))]
        yield _sms(_recent(rng), sender, 1, f"Your code is {place:06d}", "")


def _handed(plan: Plan, rng: np.random.Generator) -> Iterator[_Line]:
    """Write from a number first its earlier bearer, years later the present one."""
    for place, (before, after) in enumerate(plan.crowds.shared.handed):
        for who, ago in ((before, 3 * _YEAR), (after, 0)):
            for turn in range(4):
                number, name = handed_number(place), plan.who[who].card
                yield _sms(_recent(rng, ago), number, 1 + turn % 2, "Kettle is on.", name)


def _mms(plan: Plan, rng: np.random.Generator) -> Iterator[_Line]:
    """Send pictures to three at once."""
    some = plan.of("sms")["who"].drop_duplicates().tolist()[:2]
    numbers = [plan.who[int(who)].phone for who in some]
    if len(numbers) < 2:
        return
    for turn in range(5):
        at, mine = _recent(rng), turn % 2 == 0
        author = OWNER_PHONE if mine else numbers[turn % 2]
        start = _element(
            "mms", at, date=1000 * at, rr="null", sub="null", ct_t="application/vnd.wap.multipart",
            read=1, msg_box=2 if mine else 1, address="~".join(numbers), sub_id=1,
            contact_name=_UNKNOWN,
        )  # fmt: skip
        parts = (
            f'<part seq="0" ct="image/png" name="dot.png" text="null" data="{DOT}" />'
            '<part seq="0" ct="text/plain" name="null" text="Look, a kite &#55357;&#56838;" />'
        )
        addrs = "".join(
            f'<addr address="{number}" type="{137 if number == author else 151}" charset="106" />'
            for number in (OWNER_PHONE, *numbers)
        )
        inside = f"<parts>{parts}</parts><addrs>{addrs}</addrs>"
        yield _Line(at, f"  {start}>{inside}</mms>\n")


def _file(plan: Plan, lines: list[_Line], name: str) -> list[bytes]:
    kept = sorted((line for line in lines if line.at < plan.moment), key=lambda line: line.at)
    start = (
        f'<{name} count="{len(kept)}" backup_set="9c0ffee0-0000-4000-8000-00000quill00" '
        f'backup_date="{1000 * plan.moment}" type="full">\n'
    )
    return [(_HEAD + start).encode(), *(line.text.encode() for line in kept), f"</{name}>".encode()]


def sms_file(plan: Plan) -> list[bytes]:
    """Write short messages, with emoji as the app writes them: pairs that are no legal XML.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> b'address="BANK"' in b"".join(sms_file(plan))
    True
    """
    rng = dice(plan.seed, "sms")
    lines = [*_texted(plan, rng), *_robots(plan, rng), *_handed(plan, rng), *_mms(plan, rng)]
    return _file(plan, lines, "smses")


def _call(at: int, number: str, seconds: int, sort: int, name: str, shown: int = 1) -> _Line:
    start = _element(
        "call", at, number=number, duration=seconds, date=1000 * at, type=sort,
        presentation=shown, subscription_id=1, post_dial_digits="", contact_name=name or _UNKNOWN,
    )  # fmt: skip
    return _Line(at, f"  {start} />\n")


def _called(plan: Plan) -> Iterator[_Line]:
    rows = plan.of("call")
    columns = zip(rows["who"], rows["at"], rows["theirs"], rows["seconds"], strict=True)
    for place, (who, at, theirs, seconds) in enumerate(columns):
        person, length = plan.who[who], int(seconds)
        missed = 5 if place % 5 == 0 else 3
        sort = (1 if length else missed) if theirs else 2
        yield _call(int(at), person.phone, length, sort, person.card)


def _withheld(plan: Plan, rng: np.random.Generator) -> Iterator[_Line]:
    for turn in range(plan.count(0.01, 5)):
        yield _call(_recent(rng), "-2" if turn % 2 else "", 45 * (turn % 3), 1, "", 2)


def _household(plan: Plan, rng: np.random.Generator) -> Iterator[_Line]:
    """Call landlines: which of the two was on the line, nobody can tell."""
    for place in range(len(plan.crowds.shared.household)):
        for turn in range(6):
            yield _call(_recent(rng), landline(place), 100 * turn, 1 + turn % 2, "")


def call_file(plan: Plan) -> list[bytes]:
    """Write calls: answered, missed, withheld, and those of a household's landline.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> b'presentation="2"' in b"".join(call_file(plan))
    True
    """
    rng = dice(plan.seed, "calls")
    lines = [*_called(plan), *_withheld(plan, rng), *_household(plan, rng)]
    return _file(plan, lines, "calls")
