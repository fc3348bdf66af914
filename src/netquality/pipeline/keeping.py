"""The workspace: what was read and said, kept in one file and put together on request."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from netquality.decisions import Moment, in_force, moment
from netquality.errors import BadInput
from netquality.identity.merge import HAND, merged
from netquality.identity.people import found_person, identify
from netquality.pipeline.forgetting import Forgotten, bears, holding, traces
from netquality.pipeline.imports import Imported, admitted, arrived
from netquality.pipeline.pooling import seen_by
from netquality.pipeline.reading import one_clock, options_of, with_aliases
from netquality.pipeline.review import Review, people_table, suggested
from netquality.pipeline.said import by_hand, refuse_unknown, spoken
from netquality.pipeline.word import from_csv, to_csv
from netquality.schema import Tables
from netquality.ties.strength import STRONG
from netquality.workspace.forgetting import fingerprint, scrubbed, without, without_known
from netquality.workspace.place import default_place
from netquality.workspace.store import Store

if TYPE_CHECKING:
    from datetime import date
    from types import TracebackType

    from netquality.network import Network
    from netquality.pipeline.reading import Source
    from netquality.sources.ledger import Options

__all__ = ["Workspace"]

_LIGHT = ("sources", "accounts", "relations", "attributes", "decisions")


class Workspace:
    r"""A file that keeps everything: exports, logs, and what you say.

    Parameters
    ----------
    path
        The DuckDB file; made if it is missing. Default: ``NETQUALITY_WORKSPACE``, else a file in
        the user's data directory. Only its owner may read it.

    Raises
    ------
    BadInput
        When the file is no workspace, or another process has it open.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> log = folder / "log.csv"
    >>> _ = log.write_text("sender,recipient,at\nzora,odo,2026-01-05\nodo,zora,2026-01-06\n")
    >>> with Workspace(folder / "w.duckdb") as workspace:
    ...     first = workspace.read(log).frame["state"].tolist()
    ...     again = workspace.read(log).frame["state"].tolist()
    ...     first, again, len(workspace.network().ties)
    (['new'], ['already there'], 1)
    """

    def __init__(self, path: Source | None = None) -> None:
        self.path = default_place() if path is None else Path(path)
        self._store = Store(self.path)

    def __enter__(self) -> Self:
        """Return the open workspace."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Say where it is and how much it holds."""
        files, events = self._store.count("sources"), self._store.count("events")
        return f"<Workspace {self.path}: {files:,} files, {events:,} rows of events>"

    def close(self) -> None:
        """Let the file go, so that others may open it."""
        self._store.close()

    def read(
        self,
        *sources: Source,
        own: bool = False,
        consent: str | None = None,
        again: bool = False,
        at: Moment | None = None,
        **options: Any,
    ) -> Imported:
        """Import exports and logs; a file that is there already adds nothing.

        Parameters
        ----------
        sources
            As for `netquality.read`.
        own
            The files are yours, though their owner goes by another name or address.
        consent
            The files belong to somebody else, who agreed: how and when ("by mail, 2026-11-20").
        again
            Read files anew that are there, with other options.
        at
            When; needed where something is said with it (`own`, `consent`), else kept if given.
        options
            As for `netquality.read`: ``ego``, ``timezone``, ``date_format``, ``columns``, ...

        Returns
        -------
        Imported
            One row a file: new, already there, or read anew.

        Raises
        ------
        BadInput
            When something cannot be read, or its owner is not yours and agreed to nothing. The
            workspace is as before then.
        """
        when = None if at is None else moment(at)
        how = options_of(**options)
        arrival = arrived(self._store, sources, how, again=again, forgotten=self._hashes())
        there = self._light()
        known = _knowing(there, arrival.tables, how)
        words = admitted(known, arrival.tables, own=own, consent=consent, at=when)
        words = pd.concat([known.decisions[len(there.decisions) :], words], ignore_index=True)
        with self._store.transaction():
            self._store.take_out(arrival.replaced)
            self._store.put(arrival.tables)
            self._store.refresh(arrival.touched)
            self._store.say(words)
            for source in arrival.tables.sources["source"]:
                self._store.keep("imports", source, when)
            self._refresh()
        return arrival.told()

    def network(
        self,
        *,
        ego: str | None = None,
        as_of: int | date | str | None = None,
        cut: float = STRONG,
    ) -> Network:
        """Put everything together as one network.

        Parameters
        ----------
        ego
            Whose network it is. In a pool of several owners it is what this owner may see: their
            own sources, and the ways through others that those released.
        as_of, cut
            As for `netquality.read`.
        """
        tables = self._store.tables()
        if tables.sources.empty:
            raise BadInput(
                f"The workspace {self.path} is empty.", todo="Import something into it first."
            )
        return seen_by(tables, ego=ego, as_of=as_of, cut=cut)

    @property
    def people(self) -> Review:
        """Who is who: suggestions, merges with their reasons, splits."""
        return Review(self._light(), self._said)

    @property
    def decisions(self) -> pd.DataFrame:
        """What was said and not taken back."""
        return in_force(self._store.table("decisions"))

    def record(
        self,
        what: str,
        *people: str,
        at: Moment,
        ego: str | None = None,
        **said: Any,
    ) -> str:
        """Record what happened, or what you say; see `netquality.decisions.WORDS`.

        Parameters
        ----------
        what
            ``meeting``, ``call`` or ``favour`` become events of the source ``hand``; everything
            else is a decision: ``rating``, ``knows``, ``promise``, ``kept``, ``introduction``,
            ``never``, ``release``, ``undo``, ...
        people
            Whom it is about, as `Network.person` finds them.
        at
            When it was said: a datetime with a zone, or an ISO date or time (UTC).
        ego
            The owner who records, where there are several.
        said
            For events: ``on`` (the day; default that of `at`), ``seconds``, ``theirs`` (they
            began, or did the favour), ``new`` (people nobody knows yet). For decisions:
            ``value``, ``favour``, ``about``, ``due``, ``undoes``, ``note``.

        Returns
        -------
        str
            The id of the event or decision, by which it can be taken back.
        """
        when = moment(at)
        known = self._light()
        tables, words = spoken(known, what, people, when, ego=ego, **said)
        if words is not None:
            consents = self.decisions.query("kind == 'consent'")["decision"]
            if words["undoes"].isin(consents).any():
                raise BadInput(
                    "A consent is taken back by taking the files out.",
                    todo="netquality import --remove NAME, for each of them.",
                )
            refuse_unknown(words, self._store.table("decisions"), self._by_hand())
            return self._said(words)
        if len(without_known(tables, *self._hashes()).accounts) < len(tables.accounts):
            raise BadInput(f"{' or '.join(people)} was forgotten here, and stays so.")
        with self._store.transaction():
            by_hand(self._store, tables)
            self._refresh()
        return str(tables.events["event"].iloc[0])

    def save(self, path: Source) -> Path:
        """Write everything that was said and recorded by hand to a CSV file."""
        return to_csv(self._store, Path(path))

    def load(self, path: Source) -> int:
        """Read such a file back; return how many words in it were new."""
        tables = without_known(from_csv(Path(path), self._light()), *self._hashes())
        before = self._store.count("decisions") + len(self._by_hand())
        with self._store.transaction():
            self._store.say(tables.decisions)
            by_hand(self._store, tables)
            self._refresh()
        return self._store.count("decisions") + len(self._by_hand()) - before

    def forget(self, person: str) -> Forgotten:
        """Leave no byte of a person, and keep later imports from bringing them back.

        A fresh file is written and swapped in. Of the person a keyed hash of each key is kept.

        Raises
        ------
        BadInput
            When nobody or several people are meant, or it is an owner.
        """
        tables = self._store.tables()
        light = self._light()
        identity = identify(light)
        who = found_person(identity, light.accounts, person)
        if who in set(light.sources["owner"].map(identity.person_of)):
            raise BadInput(
                f"{person!r} is the owner of files here.",
                todo="Take the files out, or delete the workspace.",
            )
        theirs = set(identity.person_of.index[identity.person_of == who])
        alike = suggested(light, identity, who)
        words, keys, shared = traces(tables.accounts, theirs)
        left = scrubbed(without(tables, theirs), words)
        marks = {fingerprint(self._key, kind, value) for kind, value in keys}
        reports = holding(self._store.column("reports", "folder"), words)
        self._drop_reports(words)
        self._store.rewrite(left, marks, people_table(identify(_light(left))))
        return Forgotten(len(theirs), len(tables.events) - len(left.events), shared, alike, reports)

    def _drop_reports(self, words: list[str]) -> None:
        """Forget the folders that bear one of some words in their own name."""
        folders = pd.Series(self._store.column("reports", "folder"), dtype="str")
        left = folders[[not bears(folder, words) for folder in folders]]
        with self._store.transaction():
            self._store.replace("reports", left.to_frame("folder"))

    def remove(self, *names: str, ego: str | None = None) -> int:
        """Take files out again, by the name of the file or of the archive; return how many.

        Parameters
        ----------
        ego
            Whose files, where archives of several owners bear one name.
        """
        sources = self._store.table("sources")
        hit = sources[sources["name"].isin(names) | sources["bundle"].isin(names)]
        light = self._light()
        identity = identify(light)
        owner = hit["owner"].map(identity.person_of).astype("str")
        if ego is not None:
            hit = hit[owner == found_person(identity, light.accounts, ego)]
        elif owner.nunique() > 1:
            raise BadInput(
                f"Files of several owners are called so: {', '.join(sorted(set(owner.dropna())))}.",
                todo="Say whose, with --ego.",
            )
        if hit.empty:
            raise BadInput(
                f"No file here is called {' or '.join(map(repr, names))}.",
                accepted="a name that `netquality status` lists.",
            )
        with self._store.transaction():
            self._store.take_out(hit["source"])
            self._refresh()
        return len(hit)

    def reported(self, folder: Source) -> None:
        """Remember that a report with names was written there."""
        with self._store.transaction():
            self._store.keep("reports", str(Path(folder).resolve()))

    @property
    def files(self) -> pd.DataFrame:
        """Every file that is kept, as in the table ``sources``, with the time of its import."""
        imports = pd.Series(dict(self._imports()), dtype=object)
        sources = self._store.table("sources")
        return sources.assign(imported=pd.to_datetime(sources["source"].map(imports), utc=True))

    def _imports(self) -> list[tuple[str, Any]]:
        times = self._store.column("imports", "at", order="source")
        return list(zip(self._store.column("imports", "source"), times, strict=True))

    @property
    def _key(self) -> str:
        return str(self._store.meta("key"))

    @property
    def forgotten(self) -> int:
        """How many keys and names of people who were forgotten are kept out."""
        return self._store.count("forgotten")

    def _hashes(self) -> tuple[str, frozenset[str]]:
        return self._key, frozenset(self._store.column("forgotten", "hash"))

    def _light(self) -> Tables:
        """Return what identity needs, without the events."""
        return merged([Tables(**{name: self._store.table(name) for name in _LIGHT})])

    def _by_hand(self) -> set[str]:
        sources = self._store.table("sources")
        hands = sources["source"][sources["format"] == HAND]
        return set(self._store.table("events", hands)["event"])

    def _said(self, words: pd.DataFrame) -> str:
        with self._store.transaction():
            self._store.say(words)
            self._refresh()
        return str(words["decision"].iloc[-1])

    def _refresh(self) -> None:
        """Bring the table ``people`` up to date: it is what `people` says, for readers of SQL."""
        light = self._light()
        one_clock(light.sources)
        self._store.replace("people", people_table(identify(light)))


def _light(tables: Tables) -> Tables:
    return merged([Tables(**{name: tables[name] for name in _LIGHT})])


def _knowing(there: Tables, new: Tables, options: Options) -> Tables:
    """Return what is there, with the word that all the owner goes by is one person."""
    both = Tables.concat([there, Tables(sources=new.sources, accounts=new.accounts)])
    return replace(there, decisions=with_aliases(both, options).decisions)
