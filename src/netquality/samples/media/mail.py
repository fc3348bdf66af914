"""The mailbox: letters of two, crowds in copy, lists, robots, and what else arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netquality.samples.cast import OWNER, OWNER_MAIL
from netquality.samples.clock import DAY, END_DAY, Ints, dice, on_workdays, within_day
from netquality.samples.media.bulk import bulk
from netquality.samples.media.letter import Address, Letter, mail_name, mailbox
from netquality.samples.media.lines import letters as texts
from netquality.samples.media.lines import subjects
from netquality.samples.media.plan import OWN_MAIL2, household_mail
from netquality.samples.owner import BANNER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netquality.samples.media.keys import Person
    from netquality.samples.media.plan import Plan

__all__ = ["DESK", "OWN", "mail_file"]

OWN = frozenset({OWNER_MAIL, OWN_MAIL2})
DESK = "info@thistledown.example"
_HOSTILE_BODY = (
    "From here on it gets better.\nFrom Monday on, too.\n\nFrom the window I see the kiln."
)
_CROWD = (3, 40)
_YEAR = 365


def _me(rng: np.random.Generator) -> Address:
    return Address(OWNER.name, OWN_MAIL2 if rng.random() < 0.15 else OWNER_MAIL)


def _them(rng: np.random.Generator, person: Person) -> Address:
    home = person.mail2 and rng.random() < 0.25
    name = mail_name(person.first, person.last, person.style)
    return Address(name, person.mail2 if home else person.mail)


def _direct(plan: Plan, rng: np.random.Generator) -> Iterator[Letter]:
    """Write what the owner and one other wrote, a thread a session."""
    rows = plan.of("mail")
    heads, bodies = subjects(rng, len(rows)), texts(rng, len(rows))
    last: dict[int, int] = {}
    pairs: dict[int, tuple[Address, Address]] = {}
    columns = zip(rows["session"], rows["who"], rows["at"], rows["theirs"], strict=True)
    for number, (session, who, at, theirs) in enumerate(columns):
        person = plan.who[who]
        if session not in pairs:
            pairs[session] = (_me(rng), _them(rng, person))
        me, them = pairs[session]
        before = last.get(session, -1)
        first = before if before >= 0 else number
        letter = Letter(
            ident=number,
            at=int(at),
            sender=them if theirs else me,
            to=(me if theirs else them,),
            subject=heads[first] if before < 0 else f"Re: {heads[first]}",
            body=_HOSTILE_BODY if number % 40 == 7 else bodies[number],
            thread=int(session) + 1,
            replies=before,
            labels="Inbox,Opened,Category Personal" if theirs else "Sent",
            attached=number % 30 == 3,
        )
        last[session] = number
        told = theirs and person.role == "teller" and number % 3
        yield letter._replace(extra=_leave(them.mail)) if told else letter


def _leave(mail: str) -> tuple[tuple[str, str], ...]:
    return (("List-Unsubscribe", f"<mailto:{mail}?subject=leave>"),)


def _days(rng: np.random.Generator, size: int) -> Ints:
    days = on_workdays(rng, END_DAY - rng.integers(0, _YEAR, size))
    return days * DAY + within_day(rng, size)


def _crowds(plan: Plan, rng: np.random.Generator) -> Iterator[tuple[int, Letter]]:
    """Write mails to three and up to forty, most of them from the same few."""
    size = plan.count(0.06, 8)
    heads, bodies, moments = subjects(rng, size), texts(rng, size), _days(rng, size)
    audience, senders = plan.crowds.audience, plan.crowds.copied
    weight = np.where(senders < 0, 0.15, 1.0)
    for place in range(size):
        sender = int(rng.choice(senders, p=weight / weight.sum()))
        wide = rng.random() < 0.3
        count = int(rng.integers(_CROWD[0], (_CROWD[1] if wide else 9) + 1))
        some = rng.permutation(audience[audience != sender])[:count]
        everyone = [_them(rng, plan.who[int(who)]) for who in some]
        # The owner stands among the readers, who are never fewer than three.
        me = Address(OWNER.name, OWNER_MAIL)
        named = max(1, count // 6)
        writer = me if sender < 0 else _them(rng, plan.who[sender])
        copied = everyone[named:] if sender < 0 else [me, *everyone[named:]]
        yield (
            sender,
            Letter(
                ident=0,
                at=int(moments[place]),
                sender=writer,
                to=tuple(everyone[:named]),
                cc=tuple(copied),
                subject=f"[Press room] {heads[place]}",
                body=bodies[place],
                thread=0,
                labels="Sent" if sender < 0 else "Inbox,Opened,Category Updates",
            ),
        )


def _shared(plan: Plan, rng: np.random.Generator) -> Iterator[Letter]:
    """Write from the mailbox of a household and from a desk, each under two names."""
    me = Address(OWNER.name, OWNER_MAIL)
    pairs = [(pair, household_mail(i)) for i, pair in enumerate(plan.crowds.shared.household)]
    pairs.append((plan.crowds.shared.desk, DESK))
    for pair, mail in pairs:
        for turn, at in enumerate(np.sort(_days(rng, 6))):
            them = Address(plan.who[pair[turn % 2]].full, mail)
            sender, to = (me, them) if turn % 3 == 2 else (them, me)
            label = "Sent" if turn % 3 == 2 else "Inbox"
            yield Letter(0, int(at), sender, (to,), "Lanterns", "At eight?", 0, labels=label)


def _collected(plan: Plan) -> list[Letter]:
    rng = dice(plan.seed, "mail")
    found = list(_direct(plan, rng))
    threads = max([letter.thread for letter in found], default=0) + 1
    loose = [letter for _, letter in _crowds(plan, rng)]
    loose += [*_shared(plan, rng), *bulk(plan, found, rng)]
    for place, letter in enumerate(loose):
        number = len(found) + place
        found_thread = letter.thread or threads + place
        loose[place] = letter._replace(ident=number, thread=found_thread)
    kept = [letter for letter in [*found, *loose] if letter.at < plan.moment]
    # The same mail twice, as when two labels were exported.
    again = [letter._replace(labels="Ink fair,Important") for letter in kept[::90]]
    return sorted(kept, key=lambda letter: letter.at) + again


def mail_file(plan: Plan) -> list[bytes]:
    """Write ``mail.mbox``, oldest mail first; some stand there twice.

    Examples
    --------
    >>> import datetime as dt
    >>> from netquality.samples.media.plan import make_plan
    >>> from netquality.samples.world import make_world
    >>> plan = make_plan(make_world(60, 400, 7), 400, dt.date(2026, 11, 20))
    >>> mail_file(plan)[0].startswith(b"From 17900")
    True
    """
    letters = _collected(plan)
    if letters:
        letters[0] = letters[0]._replace(extra=(*letters[0].extra, ("Comments", BANNER)))
    return mailbox(letters, OWN)
