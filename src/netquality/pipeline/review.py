"""Who is who, to look at and to correct."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from netquality.decisions import Moment, decided, in_force, moment
from netquality.errors import BadInput
from netquality.identity.people import Identity, found_person, identify, lead_account
from netquality.identity.suggest import suggestions
from netquality.identity.why import why
from netquality.ids import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from netquality.schema import Tables

__all__ = ["Review", "people_table", "suggested"]


@dataclass(frozen=True, eq=False)
class Review:
    """People of a workspace as they are joined now.

    Attributes
    ----------
    tables
        Everything but the events.
    """

    tables: Tables
    _say: Callable[[pd.DataFrame], str]

    @cached_property
    def identity(self) -> Identity:
        """Which account is whose."""
        return identify(self.tables)

    @property
    def frame(self) -> pd.DataFrame:
        """One row a person: name, kind, keys, number of accounts."""
        return self.identity.people

    def suggestions(self, least: float = 0.5) -> pd.DataFrame:
        """Return pairs that may be one person, best first, with reasons; nothing is joined."""
        return suggestions(self.tables, self.identity, least=least)

    def why(self, person: str) -> pd.DataFrame:
        """Return the accounts of a person and why each belongs to them."""
        return why(self.tables, self.identity, self._found(person))

    def merge(self, a: str, b: str, *, at: Moment, own: bool = False) -> str:
        """Say that two people are one; return the decision, by which it can be undone.

        Parameters
        ----------
        own
            One of them is an owner of files here, and the other is that same person.

        Raises
        ------
        BadInput
            When they are one already, or an owner would become a contact by a slip.
        """
        one, other = self._found(a), self._found(b)
        if one == other:
            raise BadInput(f"{a!r} and {b!r} are one person already.")
        owners = set(self.tables.sources["owner"].map(self.identity.person_of).dropna())
        if not own and owners & {one, other}:
            raise BadInput(
                "One of the two is the owner of files here.",
                todo="If the other is that same person, say so with --own (own=True).",
            )
        when = moment(at)
        accounts = [lead_account(self.tables.accounts, self.identity, who) for who in (one, other)]
        pairs = [accounts, *self._told_apart(one, other)]
        act = digest("merge", when.isoformat(), *accounts) if len(pairs) > 1 else None
        words = [decided("same", *pair, at=when, about=act) for pair in pairs[::-1]]
        return self._say(pd.concat(words, ignore_index=True))

    def _told_apart(self, one: str, other: str) -> list[list[str]]:
        """Return the accounts of two people that were kept apart: a merge overrules that."""
        said = in_force(self.tables.decisions)
        said = said[said["kind"] == "different"]
        ends = [said[side].map(self.identity.person_of) for side in ("subject", "object")]
        pair = (ends[0] == one) & (ends[1] == other) | (ends[0] == other) & (ends[1] == one)
        return said.loc[pair, ["subject", "object"]].drop_duplicates().to_numpy().tolist()

    def apart(self, a: str, b: str, *, at: Moment) -> str:
        """Say that two people are two, so that they are not suggested again."""
        one, other = self._found(a), self._found(b)
        if one == other:
            raise BadInput(
                f"{a!r} and {b!r} are one person.", todo="Say which account is not theirs: split."
            )
        accounts = [lead_account(self.tables.accounts, self.identity, who) for who in (one, other)]
        return self._say(decided("different", *accounts, at=moment(at)))

    def split(self, person: str, account: str, *, at: Moment) -> str:
        """Say that an account is not this person's; return the last of the decisions.

        Parameters
        ----------
        account
            Its id, or the address, number, slug or name by which the files know it.

        Raises
        ------
        BadInput
            When it is not among the person's accounts, or the only one.
        """
        who = self._found(person)
        theirs = self.identity.person_of.index[self.identity.person_of == who]
        rows = self.tables.accounts[self.tables.accounts["account"].isin(theirs)]
        hit = (rows["account"] == account) | (rows["value"].str.casefold() == account.casefold())
        leaving, staying = (
            set(rows["account"][hit]),
            set(rows["account"]) - set(rows["account"][hit]),
        )
        if not leaving or not staying:
            held = ", ".join(sorted(set(rows["value"])))
            raise BadInput(
                f"{account!r} cannot be split off {person!r}.", accepted=f"one of {held}."
            )
        when = moment(at)
        pairs = [(a, b) for a in sorted(leaving) for b in sorted(staying)]
        act = digest("split", when.isoformat(), *sorted(leaving), "from", *sorted(staying))
        words = [decided("different", a, b, at=when, about=act) for a, b in pairs]
        return self._say(pd.concat(words, ignore_index=True))

    def undo(self, decision: str, *, at: Moment) -> str:
        """Take a merge or split back; everything is then as before it.

        A split that named several accounts is one act: all its decisions are taken back.
        """
        said = self.tables.decisions
        row = said[said["decision"] == decision]
        if row.empty:
            raise BadInput(
                f"Nothing that was said is called {decision!r}.",
                accepted="an id that `netquality record list` shows.",
            )
        alike = said["about"].notna() & said["kind"].isin(["same", "different", "undo"])
        for column in ("about", "kind"):
            alike &= said[column] == row[column].iloc[0]
        act = said[alike | (said["decision"] == decision)]
        when = moment(at)
        back = digest("undo", when.isoformat(), *sorted(act["decision"])) if len(act) > 1 else None
        words = [decided("undo", at=when, undoes=name, about=back) for name in act["decision"]]
        return self._say(pd.concat(words, ignore_index=True))

    def _found(self, person: str) -> str:
        return found_person(self.identity, self.tables.accounts, person)


def people_table(identity: Identity) -> pd.DataFrame:
    """Return which account is whose: ``account``, ``person``, ``name``, ``kind``."""
    frame = identity.person_of.rename("person").rename_axis("account").reset_index()
    frame = frame.join(identity.people[["name", "kind"]], on="person")
    return frame.sort_values("account", ignore_index=True)


def suggested(tables: Tables, identity: Identity, person: str) -> tuple[str, ...]:
    """Return the people who may be the same as one person."""
    pairs = suggestions(tables, identity)
    mine = pairs[(pairs["a"] == person) | (pairs["b"] == person)]
    return tuple(sorted({*mine["a"], *mine["b"]} - {person}))
