"""Events of one file as they are read: gathered one by one, held in little memory."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from netquality.ids import digest, event_ids
from netquality.schema import ANSWERS, CHANNELS, KINDS, PRECISIONS, ROLES, Tables
from netquality.sources.parties import NOBODY, Parties
from netquality.sources.signals import RULES, Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netquality.sources.ledger import Ledger

__all__ = ["Diary", "To"]

Codes = npt.NDArray[np.int64]
_BLOCK = 1 << 13
_DAY = 86_400_000_000
_UNDATED, _UNKNOWN = -(2**62), -1
_FORMS = {"at": "q", "seconds": "d", "row": "q", "sender": "l", "thread": "l", "length": "q"}


class To(NamedTuple):
    """Somebody addressed or present: the number of an account, as what, with which answer."""

    code: int
    role: str = "to"
    answer: str | None = None


class Diary:
    """Events of one file.

    Text is read and forgotten, block by block; what stays of an event is a few numbers.

    Parameters
    ----------
    parties
        The accounts that the numbers mean.

    Examples
    --------
    >>> from netquality.sources.ledger import Ledger
    >>> people = Parties()
    >>> zora, odo = people.mail("zora@quill.example"), people.mail("odo@fen.example")
    >>> diary = Diary(people)
    >>> first = dict(kind="message", channel="mail", at=0, sender=zora, to=[To(odo)], event="<1@q>")
    >>> diary.write(1, **first), diary.write(2, **first)
    (True, False)
    >>> book = Ledger("a.mbox", "a.mbox", "mail", b"...")
    >>> book.read = 2
    >>> tables = diary.close(book)
    >>> tables.sources[["read", "kept", "merged"]].iloc[0].tolist()
    [2, 1, 1]
    >>> tables.events[["event", "role"]].iloc[0].tolist()
    ['<1@q>', 'to']
    """

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self._marker = Marker()
        self._texts: list[str | None] = []
        self._columns = {name: array(form) for name, form in _FORMS.items()}
        self._small = {n: array("b") for n in ("kind", "channel", "precision", "flags")}
        self._audience = array("q")
        self._ids: list[pa.Array] = []
        self._fresh_ids: list[str | None] = []
        self._seen: set[int] = set()
        self._threads: dict[str, int] = {}
        self._to = {name: array("l") for name in ("event", "code", "role", "answer")}

    def __len__(self) -> int:
        return len(self._columns["at"])

    def write(
        self,
        row: int,
        *,
        kind: str,
        channel: str,
        sender: int,
        to: Sequence[To],
        at: int | None = None,
        precision: str = "second",
        event: str | None = None,
        thread: str | None = None,
        audience: int | None = None,
        seconds: float | None = None,
        length: int | None = None,
        text: str | None = None,
        automatic: bool = False,
        templated: bool = False,
    ) -> bool:
        """Write an event down; False when one of that id is there already.

        Parameters
        ----------
        row
            Number of the record in the file, from 1.
        kind, channel, precision
            Words of the schema.
        sender
            Number of an account, or `NOBODY` where there is none or it is not known.
        to
            Those addressed or present; empty for what went to nobody in particular.
        at
            Microseconds since 1970 in UTC; for the precision ``day`` any of that day, and None
            where no time is known (precision ``none``).
        event
            The platform's own id; one is made of thread, second and place in that second otherwise.
        thread
            The conversation, by an id that another export of it gives as well.
        audience
            How many were addressed, where that is more than are named in `to`; unknown where
            nobody is named.
        seconds
            Duration.
        length
            Characters, where the text itself is not given.
        text
            Read here for its length and marks; leave it out (None) where it was not seen.
        automatic, templated
            What a header or a flag says of it.
        """
        if event is not None:
            name = int(digest(event), 16)
            if name in self._seen:
                return False
            self._seen.add(name)
        if at is None:
            precision = "none"
        long = _UNKNOWN if length is None else length
        values = {
            "at": _UNDATED if at is None else at,
            "seconds": np.nan if seconds is None else seconds,
            "row": row,
            "sender": sender,
            "thread": self._thread(thread),
            "length": len(text) if text is not None else long,
        }
        for field, value in values.items():
            self._columns[field].append(value)  # type: ignore[arg-type]
        self._small["kind"].append(KINDS.index(kind))
        self._small["channel"].append(CHANNELS.index(channel))
        self._small["precision"].append(PRECISIONS.index(precision))
        self._small["flags"].append(automatic + 2 * templated)
        self._audience.append((len(to) or _UNKNOWN) if audience is None else audience)
        self._address(to)
        self._read(event, text)
        return True

    def _thread(self, thread: str | None) -> int:
        return NOBODY if not thread else self._threads.setdefault(thread, len(self._threads))

    def _address(self, to: Sequence[To]) -> None:
        number = len(self._audience) - 1
        for each in to or [To(NOBODY, "")]:
            self._to["event"].append(number)
            self._to["code"].append(each.code)
            self._to["role"].append(ROLES.index(each.role) if each.role else _UNKNOWN)
            self._to["answer"].append(ANSWERS.index(each.answer) if each.answer else _UNKNOWN)

    def _read(self, event: str | None, text: str | None) -> None:
        self._fresh_ids.append(event)
        self._texts.append(text)
        if len(self._texts) >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        self._marker.read(self._texts)
        self._ids.append(pa.array(self._fresh_ids, type=pa.large_string()))
        self._texts, self._fresh_ids = [], []

    def close(
        self,
        book: Ledger,
        *,
        owner: int | None = None,
        zone: str = "UTC (given)",
        rules: Iterable[str] = (),
        kept: Iterable[int] = (),
        shows: Iterable[str] = (),
    ) -> Tables:
        """Put events and accounts into the book and close it.

        Parameters
        ----------
        book
            The account of the file, its source named (`Ledger.seal`), with what else was read.
        owner
            Number of the owner's account; None where a whole group's doings are seen.
        zone
            Whose clock the stamps show: ``UTC (given)``, ``Europe/Berlin (given)``,
            ``UTC (assumed)``.
        rules
            What was assumed, in short sentences.
        kept
            Rows that left something else than an event behind: a relation, a name.
        shows
            Kinds that the file would show beside those that are in it.
        """
        self._flush()
        ids = self.parties.ids()
        made, days = self._events(ids)
        rows = np.asarray(self._columns["row"], dtype=np.int64)
        said = [*rules, *self._said()]
        kinds = {KINDS[code] for code in set(self._small["kind"])} | set(shows)
        self.parties.enter(book)
        if len(self):
            book.add("events", made)
        return book.close(
            kept_rows=np.concatenate([rows, np.array(sorted(kept), dtype=np.int64)]),
            zone=zone,
            owner=None if owner is None else ids[owner],
            shows=tuple(kind for kind in KINDS if kind in kinds)
            + tuple(sorted(kinds - set(KINDS))),
            days=days,
            rules="; ".join(said) or None,
        )

    def _said(self) -> list[str]:
        said = []
        if self.parties.local:
            where = self.parties.region
            said.append(
                "phone numbers without a country: "
                + (f"taken as of {where}" if where else "left as they are, --region names one")
            )
        if self._marker.seen:
            said.append(RULES)
        return said

    def _events(self, ids: npt.NDArray[np.object_]) -> tuple[dict[str, Any], pd.Series]:
        column = {name: np.asarray(values) for name, values in self._columns.items()}
        small = {name: np.asarray(values) for name, values in self._small.items()}
        event, code = np.asarray(self._to["event"]), np.asarray(self._to["code"])
        first = np.flatnonzero(np.r_[True, event[1:] != event[:-1]][: len(event)])
        accounts = pd.array(ids, dtype="str")
        threads = pd.array([*self._threads, None], dtype="str")
        made: dict[str, Any] = {
            "event": self._named(column, small, code[first]),
            "at": _stamps(column["at"], small["precision"]),
            "day": _days(column["at"]),
            "precision": _closed(small["precision"], PRECISIONS),
            "sender": accounts.take(column["sender"]),
            "kind": _closed(small["kind"], KINDS),
            "channel": _closed(small["channel"], CHANNELS),
            "audience": _known(np.asarray(self._audience)),
            "seconds": pd.Series(column["seconds"]).astype("Float64"),
            "length": _known(column["length"]),
            "thread": threads.take(column["thread"]),
            "marks": self._marked(column["sender"], code[first], small["flags"]),
            "row": column["row"],
        }
        wide: dict[str, Any] = {
            name: pd.Series(values).take(event) for name, values in made.items()
        }
        wide |= {
            "recipient": accounts.take(code),
            "role": _closed(np.asarray(self._to["role"]), ROLES),
            "answer": _closed(np.asarray(self._to["answer"]), ANSWERS),
        }
        return wide, pd.Series(made["day"])

    def _named(
        self,
        column: dict[str, npt.NDArray[Any]],
        small: dict[str, npt.NDArray[Any]],
        first: Codes,
    ) -> pd.Series:
        """Return ids: the platform's own, else of kind, channel, thread, second and place in it.

        Where there is no thread, the two people stand for it.
        """
        own: pd.Series = pa.chunked_array(self._ids, type=pa.large_string()).to_pandas()
        own = own.astype("str")
        if not own.isna().any():
            return own
        marks = self.parties.marks()
        pair = pd.Series(marks[column["sender"]]) + ">" + pd.Series(marks[first])
        threads = pd.Series(np.array([*self._threads, None], dtype=object)[column["thread"]])
        frame = pd.DataFrame(
            {
                "kind": np.array(KINDS, dtype=object)[small["kind"]],
                "channel": np.array(CHANNELS, dtype=object)[small["channel"]],
                "thread": threads.where(threads.notna(), pair),
                "second": np.floor_divide(column["at"], 1_000_000),
            }
        )
        place = frame.groupby(list(frame), sort=False).cumcount()
        return own.fillna(event_ids("gathered", *(frame[name] for name in frame), place))

    def _marked(self, sender: Codes, first: Codes, flags: Codes) -> pd.Series:
        marks = self._marker.marks(sender, first)
        for bit, name in ((1, "automatic"), (2, "templated")):
            new = ((flags & bit) > 0) & ~marks.fillna("").str.contains(name).to_numpy(dtype=bool)
            both = marks.fillna("").str.cat([name] * len(marks), sep="|").str.lstrip("|")
            marks = marks.mask(pd.Series(new, index=marks.index), both)
        return marks


def _closed(codes: npt.NDArray[Any], words: tuple[str, ...]) -> Any:
    return pd.Categorical.from_codes(codes.astype(np.int8), categories=pd.Index(list(words)))


def _known(counts: npt.NDArray[Any]) -> pd.Series:
    found: pd.Series = pd.Series(counts).astype("Int64")
    return found.mask(counts < 0)


def _stamps(at: npt.NDArray[Any], precision: npt.NDArray[Any]) -> pd.Series:
    stamps: pd.Series = pd.Series(at.astype("datetime64[us]")).dt.tz_localize("UTC")
    return stamps.mask(pd.Series(precision > PRECISIONS.index("minute")))


def _days(at: npt.NDArray[Any]) -> pd.Series:
    days: pd.Series = pd.Series(np.floor_divide(at, _DAY)).astype("Int64")
    return days.mask(pd.Series(at == _UNDATED))
