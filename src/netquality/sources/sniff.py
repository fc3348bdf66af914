"""The one door: whatever the user names, read as what it is."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

from netquality.errors import BadInput
from netquality.schema import Tables
from netquality.sources.files import ACCEPTED, HINT, Bundle, Member, foreign, gather
from netquality.sources.graphs import looks_like_graph, read_graph
from netquality.sources.interactions.log import looks_like_log, read_log
from netquality.sources.ledger import Ledger, Options
from netquality.sources.linkedin.archive import is_linkedin, read_archive
from netquality.sources.tables import refuse_foreign

__all__ = ["read_source"]

# Anything else in a folder (pictures, films, archives of other programs) is named, not opened.
_TEXT = ("", ".csv", ".tsv", ".txt", ".dat", ".log", ".edges")
_READABLE = frozenset((*_TEXT, ".parquet", ".pq", ".graphml", ".gexf", ".xml", ".html", ".htm"))


def read_source(path: str | os.PathLike[str], options: Options | None = None) -> Tables:
    """Read a ZIP, a folder or a file of any known kind into checked tables.

    Raises
    ------
    BadInput
        When nothing in it can be used; the message says what was found instead.
    """
    options = options or Options()
    bundles = gather(path)
    parts = [_read_bundle(bundle, options) for bundle in bundles]
    tables = Tables.concat(parts)
    if tables.sources.empty or tables.sources["unused"].notna().all():
        raise BadInput(
            f"{os.fspath(path)} holds no export that can be used: {_listing(bundles)}.",
            accepted=ACCEPTED,
            todo=HINT,
        )
    return tables


def _listing(bundles: list[Bundle]) -> str:
    names = [member.name for bundle in bundles for member in bundle.members]
    if not names:
        return "it is empty"
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"found {', '.join(names[:5])}{more}"


def _read_bundle(bundle: Bundle, options: Options) -> Tables:
    linkedin: list[tuple[Member, bytes]] = []
    parts: list[Tables] = []
    for member in bundle.members:
        if not bundle.single and _suffix(member.name) not in _READABLE:
            parts.append(_unknown(member, bundle))
            continue
        data = member.read()
        if bundle.single:
            refuse_empty(member.name, data)
        if options.columns is None and is_linkedin(member.name, data):
            linkedin.append((member, data))
        elif looks_like_graph(member.name, data):
            parts.append(read_graph(member, data, bundle, options))
        elif bundle.single or looks_like_log(member.name, data):
            if bundle.single and not data.startswith(b"PAR1"):
                refuse_foreign(data, member.name, foreign)
            parts.append(read_log(member, data, bundle, options))
        else:
            parts.append(_unknown(member, bundle))
    if linkedin:
        parts.append(read_archive(bundle, linkedin, options))
    return Tables.concat(parts)


def refuse_empty(name: str, data: bytes) -> None:
    """Raise when a file that the user named holds nothing.

    Raises
    ------
    BadInput
        For a file without any content.
    """
    if not data.strip():
        raise BadInput(f"{name} is empty.", accepted=ACCEPTED, todo=HINT)


def _suffix(name: str) -> str:
    return PurePosixPath(name.casefold().removesuffix(".gz")).suffix


def _unknown(member: Member, bundle: Bundle) -> Tables:
    content = f"{bundle.name}/{member.name}".encode()
    book = Ledger(member.name, bundle.name, "unknown", content, bundle.exported)
    book.unused = "not a file that netquality reads"
    return book.close(kept_rows=[])
