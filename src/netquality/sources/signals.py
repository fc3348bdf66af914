"""What a text does, read while the row is in hand; the text itself is never kept.

Only a length and marks from a closed list leave this module. Rules exist for English and
German; a text in another language gets *unknown* marks (missing), not *none* (empty).
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from netquality.schema import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LANGUAGES", "RULES", "Marker", "marks", "templated"]

Ints = npt.NDArray[np.int64]
_TEMPLATED = MARKS.index("templated")

RULES = "text rules 1 (English, German)"
LANGUAGES = ("English", "German")
TEMPLATE_PEOPLE, TEMPLATE_LENGTH = 8, 40

# Words that are frequent in one of the two languages and rare in their neighbours.
_KNOWN = (
    r"\b(?:the|and|you|your|are|with|this|that|have|thanks|thank|would|hello|please|congrats|"
    r"congratulations|happy|great|let|see|sounds|sure|yes|good|morning|meet|work|"
    r"und|ich|nicht|für|ist|danke|wir|dir|auch|mit|bitte|dein|deine|ihnen|sehr|gern|gerne|können|"
    r"könnten|könntest|kannst|vielen|dank|alles|gute|glückwunsch)\b"
)
_RULES = {
    "prompted": (
        r"happy (?:belated )?birthday|happy work anniversary|"
        r"congrat(?:s|ulations) on (?:your|the|\d+) ?"
        r"(?:new|\d+|work|anniversary|year|role|position|job|promotion)|"
        r"alles gute zum geburtstag|"
        r"herzlichen glückwunsch zu[mr]? (?:geburtstag|neuen|jubiläum|beförderung)"
    ),
    "ask": (
        r"\b(?:could|can|would) you (?:please |possibly |kindly |maybe )?"
        r"(?:be (?:able|open|willing|interested)|introduce|help|send|share|review|recommend|"
        r"endorse|refer|look|take|tell|give|let me|connect|put|point|spare|join|forward|write|"
        r"mind|consider)|introduce me|do you know (?:anyone|anybody|someone)|"
        r"(?:quick|small|big) favou?r|may i ask|can i ask|any chance (?:you|we)|"
        r"i(?:'m| am) (?:currently )?looking for|i would (?:be grateful|appreciate it) if|"
        r"(?:könntest|kannst|würdest|hättest) du|(?:könnten|können|würden|hätten) sie|"
        r"ich suche|darf ich (?:dich|sie) (?:um|etwas)|stell(?:st|en)? (?:du )?mich"
    ),
    "thanks": (
        r"\bthank(?:s| you|ful)\b|\bthx\b|much appreciated|(?:really|so) appreciate|"
        r"\bgrateful\b|\bdanke\b|\bdank dir\b|vielen dank|herzlichen dank|dankbar"
    ),
    "offer": (
        r"(?:happy|glad|delighted) to (?:help|introduce|share|connect|review)|"
        r"let me know (?:if|how) (?:i|there)|"
        r"(?:i|we) can (?:introduce|help|offer|send|share|connect)|"
        r"i(?:'d| would) be (?:happy|glad) to|can i (?:help|be of help)|"
        r"feel free to (?:reach|ask|call)|"
        r"(?:helfe|unterstütze) (?:dir|ihnen)? ?gern|gerne? (?:helfe|unterstütze)|"
        r"ich kann (?:dir|ihnen|euch)|sag(?:en sie)? (?:mir )?bescheid, wenn|"
        r"mel(?:de|den sie) (?:dich|sich),? wenn"
    ),
    "introduces": (
        r"(?:let me|allow me to|i(?:'d| would) (?:like|love) to|i want to|wanted to) "
        r"(?:introduce|connect) (?:you|your|the two|both|two|my|our|a|an|her|him|them|"
        r"[a-z]+ (?:to|and)\b)|introducing (?:you|the two)|connecting (?:you|the two)|"
        r"please meet|you two should|"
        r"(?:dich|sie|euch|ihnen|dir) (?:\S+ ){0,4}(?:vorstellen|bekannt ?machen)"
    ),
    "automatic": (
        r"out of (?:the )?office|auto(?:matic|mated|-)? ?(?:reply|response|message)|"
        r"away message|automatische antwort|abwesenheits(?:notiz|assistent)|nicht im büro"
    ),
}
_ANY = "|".join(f"(?:{rule})" for rule in _RULES.values())
_GREETING = r"^\s*(?:hi|hello|hey|dear|hallo|liebe|lieber|guten tag|moin)\s+[^\s,!]+[\s,!]*"


def marks(texts: pd.Series, senders: pd.Series, recipients: pd.Series) -> pd.Series:
    """Return the marks of each text, joined by ``|``; missing where the language is unknown.

    Parameters
    ----------
    texts
        Bodies; they are read here and forgotten.
    senders, recipients
        Whose they are, to see the same body going to eight people and more.

    Examples
    --------
    >>> asked = "Could you introduce me to her? Thanks!"
    >>> texts = pd.Series([asked, "See you then.", "Kiitos paljon"])
    >>> marks(texts, pd.Series(list("aaa")), pd.Series(list("bcd"))).tolist()
    ['ask|thanks', '', nan]
    """
    body = pa.array(texts.fillna(""), type=pa.large_string())
    code, known = _read(body)
    copies = templated(texts, senders, recipients).to_numpy()
    return _joined(code | copies.astype(np.int64) << _TEMPLATED, ~known & ~copies, texts.index)


class Marker:
    """Marks of texts that come in blocks, so that no more than a block is ever held.

    Bodies are compared by hashes under a key that is forgotten with this object.

    Attributes
    ----------
    seen
        Whether any text was.

    Examples
    --------
    >>> marker = Marker()
    >>> marker.read(["Could you help me with the proofs?", "Kiitos paljon"])
    >>> marker.read(["Thank you!"])
    >>> marker.marks(np.array([0, 1, 0]), np.array([1, 0, 1])).tolist()
    ['ask', nan, 'thanks']
    """

    def __init__(self) -> None:
        self._key = secrets.token_hex(8)
        self.seen = False
        self._codes: list[Ints] = [np.array([], dtype=np.int64)]
        self._known: list[npt.NDArray[np.bool_]] = [np.array([], dtype=bool)]
        self._bodies: list[npt.NDArray[np.uint64]] = [np.array([], dtype=np.uint64)]

    def read(self, texts: Sequence[str | None]) -> None:
        """Read the next texts; None is a text that was not seen, which has no known marks."""
        missing = np.array([text is None for text in texts], dtype=bool)
        self.seen |= not missing.all()
        body = pa.array([text or "" for text in texts], type=pa.large_string())
        code, known = _read(body)
        self._codes.append(code)
        self._known.append(known & ~missing)
        self._bodies.append(self._hashed(body))

    def _hashed(self, body: pa.Array) -> npt.NDArray[np.uint64]:
        hashes = np.zeros(len(body), dtype=np.uint64)
        size = pc.utf8_length(body).to_numpy(zero_copy_only=False)
        long = np.flatnonzero(size >= TEMPLATE_LENGTH)
        if len(long):
            same = _squashed(body.take(pa.array(long))).to_pandas().to_numpy(dtype=object)
            hashes[long] = pd.util.hash_array(same, hash_key=self._key, categorize=False)
        return hashes

    def marks(self, senders: Ints, recipients: Ints) -> pd.Series:
        """Return the marks of all texts read, given who sent each to whom (-1 is nobody)."""
        code, known = np.concatenate(self._codes), np.concatenate(self._known)
        body = np.concatenate(self._bodies)
        frame = pd.DataFrame({"body": body, "s": senders, "r": recipients})
        copies = np.zeros(len(frame), dtype=bool)
        copies[_repeated(frame[body > 0])] = True
        index = pd.RangeIndex(len(frame))
        return _joined(code | copies.astype(np.int64) << _TEMPLATED, ~known & ~copies, index)


def _read(body: pa.Array) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Return the marks that each body has by itself, as bits, and whether its language is known."""
    code = np.zeros(len(body), dtype=np.int64)
    hits = _matching(body, _ANY)
    for name, rule in _RULES.items():
        code[hits] |= _matches(body.take(hits), rule).astype(np.int64) << MARKS.index(name)
    known = np.zeros(len(body), dtype=bool)
    known[hits] = True
    rest = np.flatnonzero(~known)
    quiet = body.take(rest)
    known[rest] = _matches(quiet, _KNOWN) | pc.equal(quiet, "").to_numpy(zero_copy_only=False)
    return code, known


def _matches(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    """Match with RE2, whose time grows with the text and not with the pattern."""
    found = pc.match_substring_regex(texts, pattern, ignore_case=True)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _matching(texts: pa.Array, pattern: str) -> npt.NDArray[np.int64]:
    return np.flatnonzero(_matches(texts, pattern))


def _joined(code: Ints, unknown: npt.NDArray[np.bool_], index: pd.Index) -> pd.Series:
    names = np.array(
        [
            "|".join(m for bit, m in enumerate(MARKS) if value >> bit & 1)
            for value in range(1 << len(MARKS))
        ],
        dtype=object,
    )
    joined = pd.Series(names[code], index=index, dtype="str")
    return joined.mask(pd.Series(unknown, index=index))


def templated(texts: pd.Series, senders: pd.Series, recipients: pd.Series) -> pd.Series:
    """Say which texts one sender sent to eight people and more, greeting and blanks aside.

    Bodies are compared by codes that mean nothing outside of this call.

    Examples
    --------
    >>> text = "Hi {}, our new catalogue of artisanal paper clips is out, have a look!"
    >>> texts = pd.Series([text.format(name) for name in "ABCDEFGH"])
    >>> bool(templated(texts, pd.Series(["me"] * 8), pd.Series(list("ABCDEFGH"))).all())
    True
    """
    result = pd.Series(False, index=texts.index)
    long = texts[texts.str.len() >= TEMPLATE_LENGTH]
    if long.empty:
        return result
    body = _squashed(pa.array(long, type=pa.large_string()))
    codes = body.dictionary_encode().indices.to_numpy()
    frame = pd.DataFrame(
        {"body": codes, "s": senders[long.index], "r": recipients[long.index]}, index=long.index
    )
    result[_repeated(frame)] = True
    return result


def _squashed(body: pa.Array) -> pa.Array:
    body = pc.utf8_lower(body)
    body = pc.replace_substring_regex(body, _GREETING, "", max_replacements=1)
    return pc.replace_substring_regex(body, r"\s\s+|[\n\r\t]", " ")


def _repeated(frame: pd.DataFrame) -> pd.Index:
    """Return the rows whose body one sender sent to eight people and more."""
    repeated = frame[frame.duplicated(["body", "s"], keep=False)]
    people = repeated.groupby(["body", "s"], dropna=False, sort=False)["r"].transform("nunique")
    return people.index[people >= TEMPLATE_PEOPLE]
