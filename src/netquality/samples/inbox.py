"""The file of messages, as each era writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from netquality.samples.cells import File, Style, stamp, table, utc_stamps
from netquality.samples.crowd import OWNER_ROW

if TYPE_CHECKING:
    import pandas as pd

    from netquality.samples.cut import Cut

__all__ = ["messages_file"]

_MEDIA = "https://www.linkedin.com/dms/prv/image/v2/sample-{number:07d}?m=AQJsample&t=fictional"


def _recipients(cut: Cut, rows: pd.DataFrame) -> list[tuple[int, ...]]:
    """Rows of the cast that each message went to: everybody in the thread but its sender."""
    members = cut.world.threads["members"].tolist()
    found = []
    for thread, sender, contact in zip(
        rows["thread"].tolist(), rows["sender"].tolist(), rows["contact"].tolist(), strict=True
    ):
        if sender == OWNER_ROW:
            found.append((contact,) if contact >= 0 else members[thread])
        elif contact >= 0 or not members[thread]:
            found.append((OWNER_ROW,))
        else:
            others = tuple(i for i in members[thread] if i != sender)
            found.append((OWNER_ROW, *others))
    return found


def _joined(texts: list[str], recipients: list[tuple[int, ...]]) -> list[str]:
    return [
        texts[each[0]] if len(each) == 1 else ",".join(texts[i] for i in each)
        for each in recipients
    ]


def _without(values: list[str], hidden: list[bool]) -> list[str]:
    return ["" if hide else value for value, hide in zip(values, hidden, strict=True)]


def _contents(cut: Cut, rows: pd.DataFrame) -> list[str]:
    """Bodies with or without their line breaks; before 2020 with entities."""
    bodies: list[str] = rows["body"].tolist()
    if cut.era.quoted:
        return bodies
    if cut.era.old:
        return [body.replace("\n", "").replace("'", "&rsquo;") for body in bodies]
    return [body.replace("\n", " ") for body in bodies]


def _untold(cut: Cut, rows: pd.DataFrame, titles: list[str]) -> list[bool]:
    """Tell rows without recipients: loose drafts, and most rows of named groups in 2021."""
    untold = rows["loose"].to_numpy(bool)
    if cut.era.untold:
        named = (rows["what"] == "group").to_numpy() & np.array([bool(title) for title in titles])
        untold = untold | (named & (rows["at"].to_numpy() % 4 != 0))
    return [bool(each) for each in untold]


def _modern(cut: Cut, rows: pd.DataFrame) -> dict[str, list[str]]:
    threads, thread = cut.world.threads, rows["thread"].to_numpy()
    ids, titles, folders = (
        threads[name].to_numpy()[thread].tolist() for name in ("id", "title", "folder")
    )
    recipients, sender = _recipients(cut, rows), rows["sender"].tolist()
    loose, untold = rows["loose"].tolist(), _untold(cut, rows, titles)
    return {
        "CONVERSATION ID": _without(ids, loose),
        "CONVERSATION TITLE": titles,
        "FROM": [cut.names[i] for i in sender],
        "SENDER PROFILE URL": [cut.addresses[i] for i in sender],
        "TO": _without(_joined(cut.names, recipients), untold),
        "RECIPIENT PROFILE URLS": _without(_joined(cut.addresses, recipients), untold),
        "DATE": utc_stamps(rows["at"].to_numpy()),
        "SUBJECT": rows["subject"].tolist(),
        "CONTENT": _contents(cut, rows),
        "FOLDER": _without(folders, loose),
        "ATTACHMENTS": _attachments(rows),
        "IS MESSAGE DRAFT": ["Yes" if unsent else "No" for unsent in rows["unsent"]],
        "IS CONVERSATION DRAFT": ["No"] * len(rows),
    }


def _attachments(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows.index, rows["attached"], strict=True)
    return [_MEDIA.format(number=number) if attached else "" for number, attached in pairs]


def _old(cut: Cut, rows: pd.DataFrame) -> dict[str, list[str]]:
    modern = _modern(cut, rows)
    sent = (rows["sender"] == OWNER_ROW).tolist()
    archived = {"ARCHIVE": "ARCHIVED", "": ""}
    folders = [
        "SENT" if own and folder else archived.get(folder, "INBOX")
        for own, folder in zip(sent, modern["FOLDER"], strict=True)
    ]
    return {
        "From": modern["FROM"],
        "To": modern["TO"],
        "Date": [stamp(at) for at in rows["at"]],
        "Subject": modern["SUBJECT"],
        "Content": modern["CONTENT"],
        "Direction": ["OUTGOING" if own else "INCOMING" for own in sent],
        "Folder": folders,
    }


def messages_file(cut: Cut) -> File:
    """Write all messages up to the day of the export.

    Examples
    --------
    >>> from netquality.samples.cut import cut_of
    >>> cut = cut_of(60, 400, 7, 2018)
    >>> next(iter(messages_file(cut).blocks)).decode().splitlines()[0]
    'From,To,Date,Subject,Content,Direction,Folder'
    """
    rows = cut.inbox()
    columns = _old(cut, rows) if cut.era.old else _modern(cut, rows)
    header = cut.era.messages
    cells = zip(*(columns[name] for name in header), strict=True)
    return File(cut.era.named("messages.csv"), table(header, cells, Style(quoted=cut.era.quoted)))
