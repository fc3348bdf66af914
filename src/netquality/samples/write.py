"""Write a fictional archive and log, and hand back the truth that was planted in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from netquality.errors import BadInput
from netquality.samples.archive import archive_name, files, refuse_foreign, write_archive
from netquality.samples.cast import OWNER, OWNER_MAIL, Owner
from netquality.samples.clock import DAY, END
from netquality.samples.cut import Cut, cut_of
from netquality.samples.log import HEADER, log_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from netquality.samples.world import World

__all__ = ["Sample", "sample"]

_LEAST_CONTACTS, _LEAST_A_CONTACT = 60, 4
_EARLIEST = dt.date(2013, 1, 1)


@dataclass(frozen=True, eq=False)
class Sample:
    """What was written, and what is true about it.

    Parameters
    ----------
    directory, archive, log, truth
        Where things are; `log` and `truth` are None when not asked for.
    owner, mail
        Slug and name of the person whose archive it is, and the mail address in the log.
    era, exported
        The layout, and the last day that the files show.
    people
        One row a contact, index `slug`: `name`, `first_name`, `last_name` (as typed), `mail`,
        `mail_shown`, `firm`, `title`, `connected`, `homonym`; `planted` (strong, medium,
        dormant, broadcaster, outreach, weak: as of the end of the world) and the finer `kind`;
        of the direct messages the number `received` and `sent`, their `days` and the `last`.
    pairs
        Contacts who know each other: `a`, `b` (slugs), `threads`, `same_firm`.
    asks
        Who asks for what, and the contact who offers it: `asker`, `helper` (slugs), `topic`.
    media
        Where the everyday files are, by name: mail, calendar, contacts, google, whatsapp (a
        folder), sms, calls, telegram, slack. Empty unless asked for; so are the two below.
        With them, `people` has `phone`, `closeness` (planted, as of `exported`; see
        `netquality.samples.media.bonds.closeness`), `bond` (what part they play) and the days
        on which both sides took part in something direct: `mail_days`, `meeting_days`, ...
    accounts
        To whom each key in them belongs: `person`, `key`, `value`, `kind`, `media`.
    others
        People who are no contacts, with the same figures as `people`.
    """

    directory: Path
    archive: Path
    log: Path | None
    truth: Path | None
    owner: Owner
    mail: str
    era: int
    exported: dt.date
    people: pd.DataFrame
    pairs: pd.DataFrame
    asks: pd.DataFrame
    media: Mapping[str, Path] = field(default_factory=dict)
    accounts: pd.DataFrame = field(default_factory=pd.DataFrame)
    others: pd.DataFrame = field(default_factory=pd.DataFrame)


def sample(
    directory: str | PathLike[str],
    *,
    era: int = 2026,
    contacts: int = 2000,
    messages: int = 20_000,
    seed: int = 7,
    habit: str | None = None,
    telling: int = 0,
    exported: dt.date | None = None,
    complete: bool = True,
    log: bool = True,
    truth: bool = False,
    zipped: bool = True,
    everyday: bool = False,
) -> Sample:
    """Write a fictional LinkedIn archive, and beside it a log, with a known truth.

    The world depends on `contacts`, `messages` and `seed` alone; `era` and `exported` only
    choose how much of it is shown, and in which layout. Two archives of one world are
    therefore two exports of one account. The same call always writes the same bytes.

    Parameters
    ----------
    directory
        Where to write; made if missing. Only files of an earlier sample are replaced.
    era
        The layout: 2018, 2020, 2021, 2023, 2024 or 2026.
    contacts
        Number of connections, at least 60.
    messages
        Number of message rows of all sorts, at least four a contact. With fewer than about
        nine a contact, everybody's history gets shorter.
    seed
        Which world; any integer from 0.
    habit
        How the owner speaks to others: ``handshake`` (to one at a time), ``megaphone`` (to
        many), ``mixed``; by default nothing is planted. Habits are lived by chance, so that
        the number of messages is only about right.
    telling
        Which run of the same habits, from 0: what other years could have shown.
    exported
        The last day that is seen; by default the last of the world, 20 November 2026.
    complete
        A complete archive, or a basic one without activity files.
    log
        Whether to write ``log.csv`` (timestamp, sender, recipient, channel, duration_s); never
        with `everyday`, which tells of the same people in other words.
    truth
        Whether to write ``truth.csv``, beside the archive and never inside it.
    zipped
        A ZIP, or a folder.
    everyday
        Whether to write the owner's everyday media too: mail, calendar, address books, chats
        and calls of the same people and of others, about as many events as messages.

    Raises
    ------
    BadInput
        When a number is out of range, or something else is in the way.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = sample(folder, contacts=60, messages=400)
    ...     made.archive.name, int((made.people["planted"] == "strong").sum())
    ('Complete_LinkedInDataExport_11-20-2026.zip', 6)
    """
    day = END if exported is None else exported
    _check(contacts, messages, seed, day)
    cut = cut_of(contacts, messages, seed, era, day, habit=habit, telling=telling)
    name = archive_name(day, complete=complete)
    made = Sample(
        directory=(folder := Path(directory)),
        archive=folder / (f"{name}.zip" if zipped else name),
        log=folder / "log.csv" if log and not everyday else None,
        truth=folder / "truth.csv" if truth else None,
        owner=OWNER,
        mail=OWNER_MAIL,
        era=era,
        exported=day,
        people=_people(cut),
        pairs=_slugged(cut.world, cut.world.pairs, "a", "b"),
        asks=_slugged(cut.world, cut.world.asks, "asker", "helper"),
    )
    if not everyday:
        _write(made, cut, complete=complete)
        return made
    return _with_media(made, cut, messages, complete=complete, habit=habit)


def _check(contacts: int, messages: int, seed: int, day: dt.date) -> None:
    if contacts < _LEAST_CONTACTS or messages < _LEAST_A_CONTACT * contacts:
        raise BadInput(
            f"A world of {contacts} contacts and {messages} messages is too small.",
            accepted=f"At least {_LEAST_CONTACTS} contacts and {_LEAST_A_CONTACT} messages each.",
        )
    if seed < 0 or not _EARLIEST <= day <= END:
        raise BadInput(
            f"Seed {seed} or export day {day} is out of range.",
            accepted=f"A seed from 0, a day from {_EARLIEST} to {END}.",
        )


def _write(made: Sample, cut: Cut, *, complete: bool) -> None:
    """Look first at all that would be replaced, then write."""
    refuse_foreign(made.archive)
    if made.log:
        refuse_foreign(made.log, OWNER_MAIL, ",".join(HEADER))
    if made.truth:
        refuse_foreign(made.truth, ",kind,planted,")
    made.directory.mkdir(parents=True, exist_ok=True)
    write_archive(made.archive, files(cut, complete=complete), made.exported)
    if made.log:
        made.log.write_bytes(b"".join(log_file(cut).blocks))
    if made.truth:
        made.truth.write_text(_truth(made.people), "utf-8", newline="")


def _with_media(made: Sample, cut: Cut, messages: int, **options: Any) -> Sample:
    """Write the archive and the everyday files, and add what is true of them."""
    from netquality.samples.media.everyday import refuse_others, write_media
    from netquality.samples.media.plan import make_plan
    from netquality.samples.media.truth import accounts, figures, seen_in

    plan = make_plan(cut.world, messages, made.exported, options.pop("habit"))
    told = figures(plan, cut.day)
    added = told.drop(columns=["name", "sort"]).reindex(made.people.index)
    made = replace(made, people=made.people.join(added), others=told.drop(index=made.people.index))
    refuse_others(made.directory, made.exported)
    _write(made, cut, **options)
    paths, chats = write_media(made.directory, plan)
    return replace(made, media=paths, accounts=accounts(plan, seen_in(paths, chats)))


def _truth(people: pd.DataFrame) -> str:
    return str(people.to_csv(lineterminator="\n"))


def _people(cut: Cut) -> pd.DataFrame:
    """Tell what is true of the contacts, and count what was written."""
    people = cut.people.sort_index()
    rows = cut.until(cut.world.messages)
    rows = rows[rows["what"] == "direct"]
    by = rows.assign(day=rows["at"] // DAY, theirs=rows["sender"] >= 0).groupby("contact")
    counts = pd.DataFrame({"received": by["theirs"].sum(), "all": by.size()})
    counts = counts.assign(days=by["day"].nunique()).reindex(people.index, fill_value=0)
    at = by["at"].max().reindex(people.index)
    people = people.rename(columns={"first": "first_name", "last": "last_name"})
    people = people.assign(
        name=[cut.names[i].strip() for i in people.index],
        connected=people["connected"].to_numpy().astype("datetime64[D]").astype("datetime64[s]"),
        received=counts["received"].astype("int64"),
        sent=(counts["all"] - counts["received"]).astype("int64"),
        days=counts["days"].astype("int64"),
        last=pd.to_datetime(at, unit="s").astype("datetime64[s]"),
    )
    return people.drop(columns="german").set_index("slug")


def _slugged(world: World, table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    slugs = world.people["slug"].to_numpy()
    return table.assign(**{name: slugs[table[name].to_numpy()] for name in columns})
