"""What was read: the verdict, the files, the rows that were refused, what to add next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from netquality.page.tables import Column, Table, day, own, table
from netquality.page.words import UNKNOWN, count, plural
from netquality.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from netquality.network import Network

__all__ = ["files", "missing", "next_files", "refused", "unneeded", "verdict"]

_REFUSED, _EXAMPLES = 40, 5
_LINKEDIN = "linkedin/"
_ASK = (
    "On LinkedIn open Settings & Privacy, Data privacy, Get a copy of your data, Want something in "
    "particular?, and tick Connections, Messages and Invitations: the mail with the link comes "
    "within about ten minutes. Then read the ZIP as it came, with netquality report or import."
)
_ANY_LOG = (
    "Or add what shows whom you are really in contact with: mail (mbox), a calendar (.ics), "
    "WhatsApp or Telegram chats, a backup of calls and text messages; docs/exports.md says how to "
    "get each. "
    "Any other record of contact will do as a CSV with the columns sender, recipient and time."
)


def verdict(network: Network) -> str:
    """Return in one sentence what this data shows; never what a person is worth.

    Without contact it says so, instead of calling everybody a stranger.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"a": "me", "b": "bcd", "grade": ["strong", "weak", "silent"]})
    >>> verdict(SimpleNamespace(ties=ties, egos=("me",)))
    'This data shows contact in 1 strong tie and 1 weak one; with 1 more contact it shows none.'
    """
    ties = own(network)
    grades = ties["grade"].value_counts()
    strong, weak, silent = (int(grades.get(g, 0)) for g in ("strong", "weak", "silent"))
    undated = len(ties) - strong - weak - silent
    if ties.empty:
        return "This data shows no tie between any two people."
    if undated and not strong + weak:
        return (
            f"This data shows contact in {plural(undated, 'tie')}, but not when it was, so it "
            "cannot say which of them are strong today."
        )
    if not strong + weak:
        return (
            f"This data lists {plural(len(ties), 'contact')} and shows contact with none "
            "of them, so nothing can be said yet about how strong these ties are."
        )
    found = f"{plural(strong, 'strong tie')} and {plural(weak, 'weak one')}"
    if not network.egos:
        people = plural(len(network.people), "person", "people")
        return f"Among {people} this data shows {found}."
    quiet = f"; with {plural(silent, 'more contact')} it shows none" if silent else ""
    return f"This data shows contact in {found}{quiet}."


def files(network: Network) -> Table:
    """Return a row for every file that was used, with what became of its rows."""
    written, used = day(network), network.sources[network.sources["unused"].isna()]
    return table(
        "Files, and what became of their rows",
        [
            *_file(used),
            (Column("What it is"), lambda row: clean(row["format"]).removeprefix(_LINKEDIN)),
            *(
                (Column(label, "number"), lambda row, key=key: count(row[key]))
                for label, key in (
                    *(("Read", "read"), ("Kept", "kept"), ("Merged", "merged")),
                    *(("Refused", "rejected"), ("Odd dates", "odd")),
                )
            ),
            (Column("First day", "number"), lambda row: written(row["first"])),
            (Column("Last day", "number"), lambda row: written(row["last"])),
            (Column("Time zone", "word"), lambda row: clean(row["zone"]) or UNKNOWN),
        ],
        used.sort_values(["kept", "name"], ascending=[False, True]),
    )


def unneeded(network: Network) -> Table:
    """Return a row for every file that is known and not needed, and why."""
    known = network.sources[network.sources["unused"].notna()]
    return table(
        "Files that are not needed",
        [
            *_file(known),
            (Column("Rows", "number"), lambda row: count(row["read"])),
            (Column("Why", "prose"), lambda row: clean(row["unused"])),
        ],
        known.sort_values("name"),
    )


def refused(network: Network) -> Table:
    """Return the refused rows by reason: how many, which rows, and the shape of what was there."""
    keys = ["source", "reason", "field"]
    labelled = network.rejects.assign(
        field=network.rejects["field"].fillna(""), row=network.rejects["row"].astype("Int64")
    )
    grouped = labelled.groupby(keys, sort=True).agg(
        count=("reason", "size"), rows=("row", _first), shapes=("shape", _first)
    )
    frame = grouped.reset_index().merge(network.sources[["source", "name", "bundle"]], on="source")
    left = len(frame) - _REFUSED
    return table(
        "Refused rows, by reason",
        [
            *_file(network.sources),
            (Column("Reason", "prose"), lambda row: clean(row["reason"])),
            (Column("Field"), lambda row: clean(row["field"]) or "the whole row"),
            (Column("Rows", "number"), lambda row: count(row["count"])),
            (Column("Row numbers"), lambda row: row["rows"]),
            (Column("Shape of the value"), lambda row: row["shapes"]),
        ],
        frame.head(_REFUSED),
        more=f"{count(left)} more in reading.json." if left > 0 else "",
    )


def missing(network: Network) -> str:
    """Return which file would tell most, or nothing when both kinds are there.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> sources = pd.DataFrame({"format": ["linkedin/messages"], "kept": [12]})
    >>> missing(SimpleNamespace(sources=sources, timeless=False))[:27]
    'Connections.csv is missing.'
    """
    formats = set(network.sources[network.sources["kept"] > 0]["format"])
    if network.timeless or not any(f.startswith(_LINKEDIN) for f in formats):
        return ""
    if "linkedin/messages" not in formats:
        return (
            "messages.csv is missing. A list of connections shows whom you are connected with "
            "and since when; only messages show with whom you are in contact."
        )
    if "linkedin/connections" not in formats:
        return (
            "Connections.csv is missing. Messages show contact; the list of connections adds "
            "names, employers and the contacts you have never written to."
        )
    return ""


def next_files(network: Network) -> tuple[str, ...]:
    """Return what to add next and how, a step each; empty when nothing obvious is missing."""
    lacking = missing(network)
    if not lacking:
        return ()
    log = (_ANY_LOG,) if lacking.startswith("messages") else ()
    return (lacking, _ASK, *log)


def _file(sources: pd.DataFrame) -> list[tuple[Column, Callable[[Any], str]]]:
    """One column for the file; a second for its archive where two files bear one name."""
    name = Column("File"), lambda row: clean(row["name"])
    bundle = Column("Came in"), lambda row: clean(row["bundle"])
    return [name, bundle] if sources["name"].duplicated().any() else [name]


def _first(values: pd.Series) -> str:
    """Return the first few different values; the rest only as a mark that there are more."""
    different = values.dropna().drop_duplicates()
    some = ", ".join(clean(str(value)) for value in different.head(_EXAMPLES))
    return f"{some}, …" if len(different) > _EXAMPLES else some
