"""What comes into a workspace: which files are new, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from netquality.decisions import decided, in_force
from netquality.errors import BadInput
from netquality.identity.merge import merged
from netquality.identity.once import once, personal, readings
from netquality.identity.people import Identity, found_person, identify, lead_account
from netquality.ids import UNKNOWN_OWNER
from netquality.schema import Tables, empty
from netquality.sources.sniff import read_sources
from netquality.workspace.forgetting import without_known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netquality.pipeline.reading import Source
    from netquality.sources.ledger import Options
    from netquality.workspace.store import Store

__all__ = ["Arrival", "Imported", "admitted", "arrived"]

# When a word was said does not matter to whether it would be needed.
_SOME_DAY = datetime(1970, 1, 1, tzinfo=UTC)
_LIGHT = ("sources", "accounts", "relations")
_BROUGHT = (*_LIGHT, "events", "attributes", "rejects", "given")
_COLUMNS = ["name", "bundle", "format", "state", "read", "kept", "merged", "rejected", "unused"]


@dataclass(frozen=True, eq=False)
class Imported:
    """What an import did.

    Attributes
    ----------
    frame
        One row a file: ``state`` is ``new``, ``already there`` or ``read anew``; the counts are
        those of its rows.
    """

    frame: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Return the rows."""
        return self.frame

    def _repr_html_(self) -> str:
        return str(self.frame.to_html(escape=True, index=False, na_rep=""))


@dataclass(frozen=True, eq=False)
class Arrival:
    """Files that were read, and what is to be done with them.

    Attributes
    ----------
    tables
        Of the files that shall go in.
    replaced
        Sources that are there and give way to a reading that knows more.
    touched
        Accounts and relations of files that are there, with what this reading adds to them.
    states
        What becomes of each file that was read.
    """

    tables: Tables
    replaced: tuple[str, ...]
    touched: Tables
    states: pd.DataFrame

    def told(self) -> Imported:
        """Say what was done, file by file."""
        counts = self.tables.sources.set_index("source")
        frame = self.states.set_index("source")
        for column in ("kept", "merged", "rejected"):
            frame[column] = counts[column].reindex(frame.index).fillna(frame[column]).astype(int)
        return Imported(frame[_COLUMNS].reset_index(drop=True))


def arrived(
    store: Store,
    sources: Iterable[Source],
    options: Options,
    *,
    again: bool,
    forgotten: tuple[str, frozenset[str]],
) -> Arrival:
    """Read files and tell what is new in them; nothing is written yet.

    Raises
    ------
    BadInput
        When a file cannot be read.
    """
    named = list(sources)
    if not named:
        raise BadInput("No source was named.", todo="Pass a file, a folder or a ZIP.")
    read = personal(once(read_sources(named, options, [_known(store)])))
    read = _owned(read, options.ego)
    there = readings(store.table("sources"))
    new = readings(read.sources)
    states = {source: _state(known, there.get(source), again) for source, known in new.items()}
    frame = read.sources.assign(state=read.sources["source"].map(states))
    gone = tuple(s for s, state in states.items() if state == "read anew")
    again_seen = [s for s in new if s in there and not again]
    if again_seen:
        read = once([_light(store, again_seen), read])
    wanted = {source for source, state in states.items() if state != "already there"}
    touched = {name: _of(read, name, set(states) - wanted) for name in ("accounts", "relations")}
    chosen = Tables(**{name: _of(read, name, wanted) for name in _BROUGHT})
    there_already = without_known(Tables(**touched), *forgotten)
    return Arrival(without_known(chosen, *forgotten), gone, there_already, frame)


def _known(store: Store) -> Tables:
    return Tables(sources=store.table("sources"), accounts=store.table("accounts"))


def _of(tables: Tables, name: str, sources: set[str]) -> pd.DataFrame:
    return tables[name][tables[name]["source"].isin(sources)].reset_index(drop=True)


def _light(store: Store, sources: list[str]) -> Tables:
    """Return what another reading of files that are there can add to."""
    return Tables(**{name: store.table(name, sources) for name in _LIGHT})


def _state(new: tuple[object, ...], there: tuple[object, ...] | None, again: bool) -> str:
    if there is None:
        return "new"
    better = new < there
    return "read anew" if again or better else "already there"


def _owned(tables: Tables, ego: str | None) -> Tables:
    """Give logs without an owner to the person whom the user names.

    What is known to show a whole group (a Slack workspace, a list's archive) stays a group's.
    """
    logs = tables.sources["owner"].isna() & (tables.sources["format"] == "log")
    if ego is None or not logs.any():
        return tables
    identity = identify(tables)
    account = lead_account(tables.accounts, identity, found_person(identity, tables.accounts, ego))
    owner = tables.sources["owner"].mask(logs, account)
    return replace(tables, sources=tables.sources.assign(owner=owner))


def admitted(
    there: Tables, new: Tables, *, own: bool, consent: str | None, at: datetime | None
) -> pd.DataFrame:
    """Return the decisions that let files of an owner in, or refuse them.

    Raises
    ------
    BadInput
        When files belong to somebody else than the files that are there, and neither is it said
        that both are the same person nor that the other agreed.
    """
    if consent and own:
        raise BadInput("Files are your own, or somebody else's who agreed; they cannot be both.")
    if consent and UNKNOWN_OWNER in set(new.sources["owner"]):
        raise BadInput(
            "These files do not say whose they are.",
            todo="Say whose, with --ego and an address, a number or a name of theirs.",
        )
    known, coming = _owners(there), _owners(new)
    agreed = [decided("consent", each, at=_SOME_DAY) for each in sorted(coming - known) if consent]
    words = pd.concat([there.decisions, *agreed], ignore_index=True)
    both = merged(
        [replace(there, decisions=words), Tables(sources=new.sources, accounts=new.accounts)]
    )
    identity = identify(both)
    lead = _leads(there, new, both)
    people = {_person(identity, lead, account) for account in known}
    strangers = {a: _person(identity, lead, a) for a in coming - known}
    strangers = {a: who for a, who in strangers.items() if who not in people}
    if not strangers or (not known and len(set(strangers.values())) == 1):
        return empty("decisions")
    if at is None and (consent or own):
        raise BadInput("Consent was given at some time.", todo="Say when, with at=.")
    if at is not None and consent:
        rows = [decided("consent", each, at=at, value=consent) for each in sorted(strangers)]
        return pd.concat(rows, ignore_index=True)
    if at is not None and own:
        others = in_force(there.decisions)
        others = others[others["kind"] == "consent"]
        mine = sorted(known - set(others["subject"])) + sorted(strangers)
        rows = [decided("same", mine[0], each, at=at) for each in mine[1:]]
        return pd.concat(rows, ignore_index=True)
    raise _refusal(identity.people["name"], people, set(strangers.values()))


def _leads(there: Tables, new: Tables, both: Tables) -> dict[str, str]:
    """Return what account each owner goes by once the files are put together."""
    after = both.sources.set_index("source")["owner"]
    before = pd.concat([there.sources, new.sources])[["source", "owner"]].dropna()
    pairs = zip(before["owner"], before["source"].map(after).fillna(before["owner"]), strict=True)
    return {str(owner): str(lead) for owner, lead in pairs}


def _person(identity: Identity, lead: dict[str, str], owner: str) -> str:
    account = lead.get(owner, owner)
    return str(identity.person_of.get(account, account))


def _owners(tables: Tables) -> set[str]:
    return set(tables.sources["owner"].dropna()) - {UNKNOWN_OWNER}


def _refusal(names: pd.Series, there: set[str], coming: set[str]) -> BadInput:
    who = " and ".join(sorted(str(names.get(person, person)) for person in coming))
    if not there:
        return BadInput(
            f"These files belong to several owners: {who}.",
            accepted="your own files first, alone.",
            todo="Then each other owner's, with --consent and how they agreed.",
        )
    mine = " and ".join(sorted(str(names.get(person, person)) for person in there))
    return BadInput(
        f"These files belong to {who}, the workspace to {mine}.",
        accepted="--own if that is the same person under another name or address; "
        "--consent HOW if it is somebody else who agreed.",
    )
