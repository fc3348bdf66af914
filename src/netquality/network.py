"""The network as known on one day: people, ties, the graph and the matrix."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from netquality.days import dates_of, day_number, shown
from netquality.errors import NotObserved
from netquality.identity.history import History, folded
from netquality.identity.people import Identity, found_person, identify
from netquality.identity.pseudonyms import pseudonymised, pseudonyms, renamed
from netquality.schema import KINDS, Tables
from netquality.ties.contact import Contact, contact
from netquality.ties.explaining import Explanation, explained
from netquality.ties.graph import graph_of, matrix_of
from netquality.ties.learning import learned
from netquality.ties.strength import SHIPPED, STRONG, Weights
from netquality.ties.table import TieTable, tie_table

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx
    from scipy.sparse import csr_array

__all__ = ["ROUTES", "Explanation", "Network", "build"]

# Who can be asked for whom, in a pool of several owners: see `Network.routes`.
ROUTES = ("owner", "owner_name", "name", "employer", "title")

# Accounts that are no people, and how many files are named in a note.
_THINGS, _FEW = ("list", "robot", "room", "group", "organisation"), 3
_STRENGTHS = ("strength", "strength_low", "strength_high")
_CONTACT = set(KINDS) - {"post", "reshare", "comment", "reaction"} | {"connected", "given"}


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """What several sources show of a network, as of one day.

    Attributes
    ----------
    tables
        The merged tables, rows after the day left out.
    identity
        Which account is whose.
    as_of
        The UTC day that every score is asked for.
    egos
        The owners; empty for a whole group's log.
    cut
        Strength from which a two-way tie counts as strong.
    routes
        In a pool of several owners: people whom others released, to be asked for. Nothing else
        of what is theirs is in the network of an ego.
    pseudonymous
        Whether people are shown under pseudonyms; see `pseudonymised`.

    Examples
    --------
    >>> empty = build(Tables())
    >>> len(empty.ties), len(empty.graph), empty.ego
    (0, 0, None)
    """

    tables: Tables
    identity: Identity
    as_of: int
    egos: tuple[str, ...] = ()
    cut: float = STRONG
    _whole: Tables = field(default_factory=Tables, repr=False)
    pseudonymous: bool = field(default=False, kw_only=True)
    routes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(ROUTES), dtype="str"), kw_only=True
    )
    _heard: int | None = field(default=None, repr=False, kw_only=True)
    _left: tuple[str, ...] = field(default=(), repr=False, kw_only=True)
    _weights: Weights | None = field(default=None, repr=False, kw_only=True)

    def __repr__(self) -> str:
        """Say what it is in a line."""
        whose = ", ".join(self.egos) or "a whole group"
        when = "without dates" if self.timeless else f"as of {shown(self.as_of, self.relative)}"
        return f"<Network of {whose}, {when}: {len(self.people):,} people, {len(self.ties):,} ties>"

    @property
    def ego(self) -> str | None:
        """The one owner, or None for several or a whole group's log."""
        return self.egos[0] if len(self.egos) == 1 else None

    @property
    def events(self) -> pd.DataFrame:
        """The events up to the day."""
        return self.tables.events

    @property
    def relations(self) -> pd.DataFrame:
        """Declared relations up to the day."""
        return self.tables.relations

    @property
    def attributes(self) -> pd.DataFrame:
        """What was stated about people up to the day."""
        return self.tables.attributes

    @property
    def sources(self) -> pd.DataFrame:
        """Coverage: every file with what it shows and how its rows were accounted for."""
        return self.tables.sources

    @property
    def rejects(self) -> pd.DataFrame:
        """Rejected rows, each with its reason and the shape of the cell, never the cell."""
        return self.tables.rejects

    @cached_property
    def history(self) -> History:
        """The user's word, folded once: what was said by the day and not taken back.

        Who is one person and who is two is no matter of days: that is always known.
        """
        return folded(self.tables.decisions, self.identity.person_of, self._heard)

    @property
    def relative(self) -> bool:
        """Whether days count from the start of a log instead of being dates."""
        return bool(self.sources["zone"].str.startswith("relative").any())

    @property
    def timeless(self) -> bool:
        """Whether nothing in the data has a time."""
        whole = self._whole
        columns = (whole.events["day"], whole.relations["start"], whole.given["last"])
        return all(bool(column.isna().all()) for column in columns)

    @property
    def shows_audiences(self) -> bool:
        """Whether the sources can show that something went to several people at once.

        Messages of an archive name all recipients; of a log it is known once a row names
        several, also where that is later than the day asked for.
        """
        several = (self._whole.events["audience"] > 1).any()
        return bool(several or self.sources["format"].str.startswith("linkedin/messages").any())

    @cached_property
    def contact(self) -> Contact:
        """Interactions and sessions between people, as integer codes; see `Contact`."""
        return contact(self.tables, self.identity.person_of, self.identity.people)

    @cached_property
    def _table(self) -> TieTable:
        return tie_table(
            self.tables,
            self.contact,
            as_of=self.as_of,
            egos=self.egos,
            cut=self.cut,
            weights=self.weights,
        )

    @cached_property
    def weights(self) -> Weights:
        """What the features of strength are worth; ratings and outcomes move it.

        A network of another day (`at`) has the same: one yardstick for all days.
        """
        if self._weights is not None or self.ego is None:
            return self._weights or SHIPPED
        return learned(self.contact, self.ego, self.history, self.as_of)

    def weighed(self, weights: Weights) -> Network:
        """Return the same network with other weights of strength.

        Examples
        --------
        >>> build(Tables()).weighed(SHIPPED).weights is SHIPPED
        True
        """
        return replace(self, _weights=weights)

    @property
    def ties(self) -> pd.DataFrame:
        """One row a dyad, strongest first; observed, declared and given ties only."""
        return self._table.ties

    @property
    def parts(self) -> pd.DataFrame:
        """Log-odds parts of each tie's strength, in the order of `ties`."""
        return self._table.parts

    @property
    def amounts(self) -> pd.DataFrame:
        """What each tie amounts to, people as codes of `contact`; what standing is made of."""
        return self._table.amounts

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row a person: name, kind, keys, employer and title as last seen."""
        people = self.identity.people.assign(ego=lambda p: p.index.isin(self.egos))
        person = self.attributes["account"].map(self.identity.person_of)
        latest = self.attributes.assign(person=person).sort_values(
            "seen", na_position="first", kind="stable"
        )
        for name in ("employer", "title"):
            rows = latest[(latest["name"] == name) & latest["end"].isna()]
            people[name] = rows.groupby("person")["value"].last()
            people[name] = people[name].astype("str")
        links = self.relations[self.relations["kind"] == "connected"]
        since = links["start"].groupby(links["b"].map(self.identity.person_of)).min()
        people["connected"] = dates_of(since.reindex(people.index).astype("Int64"))
        order = ["name", "kind", "ego", "profile", "mail", "phone", "employer", "title"]
        return people[[*order, "connected", "accounts", "ambiguous"]]

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What was assumed or left out, said aloud."""
        return tuple(_notes(self))

    @cached_property
    def graph(self) -> nx.Graph[str]:
        """A frozen `networkx.Graph`; ``weight`` is the strength, unknown attributes are absent."""
        return graph_of(
            self.ties,
            self.people,
            as_of=None if self.timeless else self.as_of,
            relative=self.relative,
        )

    @cached_property
    def matrix(self) -> csr_array:
        """Strengths as a symmetric SciPy CSR array, in the order of `people`."""
        return matrix_of(self.ties, self.people.index)

    def at(self, day: int | date | str) -> Network:
        """Return the network as known on that day: nothing later is seen.

        Parameters
        ----------
        day
            A date, an ISO string or a UTC day number.
        """
        seen = _seen_on(self._whole, self.identity, day_number(day), self.egos, self.cut)
        hidden, heard = self.pseudonymous, day_number(day)
        seen = replace(seen, routes=self.routes, _left=self._left)
        return replace(seen, pseudonymous=hidden, _heard=heard, _weights=self.weights)

    def pseudonymised(self) -> Network:
        """Return the same network with pseudonyms instead of people; owners are ``ego``.

        Strengths and figures stay as they are, but for what titles, groups and the like say of
        people: that is dropped, and employers of fewer than five people with it.

        Among fewer than five people pseudonyms hide nobody; whoever shows them has to say so.

        Examples
        --------
        >>> build(Tables()).pseudonymised().pseudonymous
        True
        """
        if self.pseudonymous:
            return self
        names = pseudonyms(self._whole, self.identity, self.egos)
        tables = pseudonymised(self._whole, self.identity, names)
        egos = tuple(sorted(names[list(self.egos)]))
        made = _seen_on(tables, renamed(self.identity, names), self.as_of, egos, self.cut)
        return replace(made, pseudonymous=True, _heard=self._heard, _weights=self.weights)

    def person(self, who: str) -> str:
        """Find a person by id, mail, profile slug or unique name.

        Raises
        ------
        BadInput
            When nobody or several people are meant.
        """
        return found_person(self.identity, self.tables.accounts, who)

    def explain(self, a: str, b: str) -> Explanation:
        """Return the parts of a tie's strength with the events they stand on.

        Raises
        ------
        NotObserved
            When there is no tie between the two.
        """
        left, right = self.person(a), self.person(b)
        pair = self.ties["a"].isin([left, right]) & self.ties["b"].isin([left, right])
        if not pair.any():
            raise NotObserved(f"No tie between {left} and {right} is observed or declared.")
        row = int(pair.to_numpy().argmax())
        if self.parts.iloc[row].isna().all():
            raise NotObserved(f"The tie of {left} and {right} is given by a file, without parts.")
        values = {
            str(name): float(value)
            for name, value in self.parts.iloc[row].items()
            if value == value
        }
        return explained(
            self.contact,
            self.events["event"],
            (left, right),
            {name: float(self.ties[name].iloc[row]) for name in _STRENGTHS},
            values,
            weights=self.weights,
            as_of=self.as_of,
        )


def build(
    tables: Tables,
    *,
    ego: str | None = None,
    as_of: int | date | str | None = None,
    cut: float = STRONG,
) -> Network:
    """Make the network of merged tables.

    Parameters
    ----------
    ego
        Whose network it is, if the sources do not say it or show a whole group.
    as_of
        The day to ask for; by default the last day that a source with contacts covers.
    cut
        Strength from which a two-way tie counts as strong.

    Raises
    ------
    BadInput
        When the ego is not among the people.
    """
    identity = identify(tables)
    owners = tables.sources["owner"].dropna().map(identity.person_of).dropna()
    egos = tuple(sorted(set(owners)))
    if ego is not None:
        egos = (found_person(identity, tables.accounts, ego),)
    day = _last_day(tables.sources) if as_of is None else day_number(as_of)
    seen = _seen_on(tables, identity, day, egos, cut)
    return seen if as_of is None else replace(seen, _heard=day)


def _last_day(sources: pd.DataFrame) -> int:
    """Return the last day that a source with contacts covers; never the clock."""
    contact = sources["shows"].fillna("").map(lambda kinds: bool(_CONTACT & set(kinds.split(","))))
    days = sources["exported"].fillna(sources["last"])[contact].dropna()
    if days.empty:
        days = sources["exported"].fillna(sources["last"]).dropna()
    return int(days.max()) if len(days) else 0


def _seen_on(
    whole: Tables, identity: Identity, day: int, egos: tuple[str, ...], cut: float
) -> Network:
    known = {
        "events": whole.events["day"],
        "relations": whole.relations["start"],
        "attributes": whole.attributes["seen"],
        "given": whole.given["first"],
    }
    later = {name: days > day for name, days in known.items()}
    cuts = {name: whole[name][~rows.fillna(False)] for name, rows in later.items() if rows.any()}
    tables = replace(whole, **{name: table.reset_index(drop=True) for name, table in cuts.items()})
    if (tables.given["last"] > day).any():
        # A file that states a later last day does not say which was the last one before.
        last = tables.given["last"].mask(tables.given["last"] > day)
        tables = replace(tables, given=tables.given.assign(last=last))
    return Network(tables, identity, day, egos, cut, whole)


def _notes(network: Network) -> list[str]:
    notes = _assumed(network.sources)
    if network._left:
        names = ", ".join(network._left[:_FEW]) + (" and more" if len(network._left) > _FEW else "")
        notes.append(
            f"Files of other owners are not shown: {names}. If they are yours, say with another "
            "--ego what you go by in them."
        )
    people = network.identity.people
    unclear, hidden = int(people["ambiguous"].sum()), int((people["kind"] == "hidden").sum())
    if unclear:
        some = ", ".join(people["name"][people["ambiguous"]].head(5))
        notes.append(
            f"{unclear} names are borne by several people and were credited to nobody: {some}"
            f"{' and more' if unclear > 5 else ''}."
        )
    if hidden:
        notes.append(
            f"{hidden} conversations with hidden or closed accounts are kept, but make no tie."
        )
    counts = people["kind"].value_counts()
    things = [
        f"{counts[kind]:,} {kind}{'s' if counts[kind] > 1 else ''}"
        for kind in _THINGS
        if kind in counts
    ]
    if things:
        notes.append(f"Recognised as no people, so that they make no tie: {', '.join(things)}.")
    files = network.sources[~network.sources["format"].isin(["log", "hand"])]
    zones = files["zone"][files["unused"].isna()].str.contains("assumed")
    if zones.any():
        notes.append(
            f"{int(zones.sum())} files state no time zone: UTC is assumed (--timezone changes it)."
        )
    return notes


def _assumed(sources: pd.DataFrame) -> list[str]:
    """Return what was assumed about files; what holds for several is said once."""
    said = sources[["name", "rules"]].dropna()
    each = said.assign(rules=said["rules"].str.split("; ")).explode("rules")
    each = each[each["rules"] != ""]
    notes = []
    for rule, names in each.groupby("rules", sort=False)["name"]:
        files = names.unique()
        whose = ", ".join(files) if len(files) <= _FEW else f"{len(files):,} files"
        notes.append(f"{whose}: {rule}")
    return notes
