"""Mail that nobody in particular wrote, or wrote to nobody in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netquality.samples.cast import OWNER, OWNER_MAIL
from netquality.samples.clock import DAY, END_DAY, Ints, dice
from netquality.samples.media.letter import Address, Letter, mail_name
from netquality.samples.media.lines import letters as texts
from netquality.samples.media.lines import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from netquality.samples.media.plan import Plan

__all__ = ["LISTS", "ROBOTS", "bulk"]

LISTS = (
    Address("Ink makers", "ink-makers@lists.guild.example"),
    Address("Kite builders", "kites@lists.guild.example"),
)
ROBOTS = (
    Address("Quill Weekly", "newsletter@quillweekly.example"),
    Address("Parcel Hare", "no-reply@parcelhare.example"),
    Address("Ledger Bank", "noreply@ledgerbank.example"),
    Address("Lantern Cinema", "no-reply@lanterncinema.example"),
    Address("Guild notifications", "notifications@guild.example"),
    Address("Pillow Inn", "donotreply@pillowinn.example"),
)
_SPAM = tuple(f"offer{i}@prizes{i % 3}.example" for i in range(7))
_ME = Address(OWNER.name, OWNER_MAIL)
_YEAR = 365


def _moments(rng: np.random.Generator, size: int) -> Ints:
    return (END_DAY - rng.integers(0, _YEAR, size)) * DAY + rng.integers(3600, 22 * 3600, size)


def _listed(plan: Plan, rng: np.random.Generator) -> Iterator[Letter]:
    """Write to the lists; what the owner wrote there bears no mark of a list."""
    size = plan.count(0.05, 8)
    heads, bodies, moments = subjects(rng, size), texts(rng, size), _moments(rng, size)
    for place in range(size):
        to = LISTS[int(rng.random() < 0.4)]
        name = to.mail.replace("@", ".")
        marks = (("List-Id", f"{to.name} <{name}>"), ("List-Post", f"<mailto:{to.mail}>"),
                 ("Precedence", "list"))  # fmt: skip
        mine = rng.random() < 0.05
        person = plan.who[int(rng.choice(plan.crowds.posters))]
        them = Address(mail_name(person.first, person.last, person.style), person.mail)
        yield Letter(
            ident=0,
            at=int(moments[place]),
            sender=_ME if mine else them,
            to=(to,),
            subject=f"[{to.name}] {heads[place]}",
            body=bodies[place],
            thread=0,
            labels="Sent" if mine else "Category Forums",
            extra=() if mine else marks,
        )


def _robots(plan: Plan, rng: np.random.Generator) -> Iterator[Letter]:
    size = plan.count(0.08, 12)
    for place, at in enumerate(_moments(rng, size)):
        robot = ROBOTS[int(rng.integers(0, len(ROBOTS)))]
        host = robot.mail.rpartition("@")[2]
        marks = (
            ("Return-Path", "<>"),
            ("List-Unsubscribe", f"<https://{host}/leave>"),
            ("Feedback-ID", f"{place}:quill:{host}"),
            ("Auto-Submitted", "auto-generated"),
        )
        yield Letter(
            0, int(at), robot, (_ME,), f"News of {robot.name}", "Read on!", 0,
            labels="Category Promotions", extra=marks,
        )  # fmt: skip


def _spam(plan: Plan, rng: np.random.Generator) -> Iterator[Letter]:
    for at in _moments(rng, plan.count(0.015, 4)):
        sender = Address("Prize Office", _SPAM[int(rng.integers(0, len(_SPAM)))])
        yield Letter(0, int(at), sender, (_ME,), "You have won a lantern", "!", 0, labels="Spam")


def _unsent(plan: Plan, direct: list[Letter], rng: np.random.Generator) -> Iterator[Letter]:
    """Leave drafts to people who are written to anyway."""
    mine = [letter for letter in direct if letter.labels == "Sent"]
    for at in _moments(rng, min(len(mine), plan.count(0.004, 2))):
        to = mine[int(rng.integers(0, len(mine)))].to
        yield Letter(0, int(at), _ME, to, "Never sent", "I wonder", 0, labels="Drafts")


def _away(direct: list[Letter]) -> Iterator[Letter]:
    """Answer some mails of the owner's by a machine."""
    for letter in direct:
        if letter.labels == "Sent" and letter.replies < 0 and letter.ident % 12 == 5:
            marks = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))
            yield Letter(
                0, letter.at + 4, letter.to[0], (letter.sender,), "Automatic reply: away",
                "I am away until Monday.", letter.thread, replies=letter.ident, extra=marks,
            )  # fmt: skip


def bulk(plan: Plan, direct: list[Letter], rng: np.random.Generator) -> Iterator[Letter]:
    """Write lists, robots, spam, drafts and automatic replies.

    Parameters
    ----------
    plan
        What is true.
    direct
        The letters of two, numbered.
    rng
        The dice.
    """
    yield from _listed(plan, dice(plan.seed, "lists"))
    yield from _robots(plan, rng)
    yield from _spam(plan, rng)
    yield from _unsent(plan, direct, rng)
    yield from _away(direct)
