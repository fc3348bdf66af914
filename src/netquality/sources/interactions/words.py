"""What the words in the columns kind and channel mean; unknown ones are counted and said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from netquality.schema import CHANNELS, KINDS

__all__ = ["Media", "read_media"]

Codes = npt.NDArray[np.int8]

_CHANNELS = {
    "mail": "mail|email|e-mail|emails|gmail",
    "sms": "sms|mms|text|texts|text message",
    "chat": "chat|im|dm|direct message|whatsapp|slack|telegram|signal|messenger|teams",
    "call": "call|calls|phone|phone call|telephone|voice|voice call",
    "video": "video|video call|videocall|zoom",
    "meeting": "meeting|meetings|meet|met|f2f|face to face|face-to-face|in person|contact",
    "linkedin": "linkedin",
    "log": "log",
    "hand": "hand",
}
_CHANNEL = {word: name for name, words in _CHANNELS.items() for word in words.split("|")}
# What a channel says about the kind; from the others it cannot be told.
_KIND_OF = {"mail": "message", "sms": "message", "chat": "message", "call": "call"} | {
    "video": "call",
    "meeting": "meeting",
}
_KIND = (
    {word: _KIND_OF[name] for word, name in _CHANNEL.items() if name in _KIND_OF}
    | {"msg": "message", "messages": "message"}
    | {kind: kind for kind in KINDS}
)


@dataclass(frozen=True, eq=False)
class Media:
    """Kind and channel of every row, as positions in the schema's lists."""

    kind: Codes
    channel: Codes
    notes: tuple[str, ...]

    def kinds(self, rows: npt.NDArray[np.int64]) -> tuple[str, ...]:
        """Return the kinds that some rows show, in the schema's order."""
        return tuple(KINDS[code] for code in np.unique(self.kind[rows]))


def read_media(
    kind: pd.Series | None, channel: pd.Series | None, default: tuple[str, str], rows: int
) -> Media:
    """Read the columns that name kind and channel; each helps out for the other.

    Parameters
    ----------
    kind, channel
        Text, or None where there is no such column.
    default
        Kind and channel of a row whose words say nothing.
    rows
        Number of rows.

    Examples
    --------
    >>> media = read_media(pd.Series(["Email", "phone", "?"]), None, ("message", "log"), 3)
    >>> [KINDS[code] for code in media.kind], [CHANNELS[code] for code in media.channel]
    (['message', 'call', 'message'], ['mail', 'call', 'log'])
    >>> media.notes
    ("1 rows have no known word in 'kind': taken as message",)
    """
    named, through = _codes(kind, _KIND, KINDS), _codes(channel, _KIND, KINDS)
    own, other = _codes(channel, _CHANNEL, CHANNELS), _codes(kind, _CHANNEL, CHANNELS)
    notes = tuple(
        f"{count:,} rows have no known word in {field!r}: taken as {word}"
        for field, word, count in (
            ("kind", default[0], _unknown(kind, named)),
            ("channel", default[1], _unknown(channel, own)),
        )
        if count
    )
    return Media(
        _first(rows, named, through, KINDS.index(default[0])),
        _first(rows, own, other, CHANNELS.index(default[1])),
        notes,
    )


def _codes(cells: pd.Series | None, words: dict[str, str], names: tuple[str, ...]) -> Codes | None:
    if cells is None:
        return None
    codes, uniques = pd.factorize(cells, use_na_sentinel=False)
    known = [words.get(" ".join(str(cell).casefold().split())) for cell in uniques]
    table = np.array([-1 if word is None else names.index(word) for word in known], dtype=np.int8)
    return table[codes]


def _unknown(cells: pd.Series | None, codes: Codes | None) -> int:
    return 0 if cells is None or codes is None else int((codes < 0).sum())


def _first(rows: int, own: Codes | None, other: Codes | None, default: int) -> Codes:
    found = np.full(rows, -1, dtype=np.int8) if own is None else own
    if other is not None:
        found = np.where(found < 0, other, found)
    return np.where(found < 0, default, found).astype(np.int8)
