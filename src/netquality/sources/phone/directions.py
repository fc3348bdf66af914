"""Words that say what became of a call, in English, German, French and Spanish."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from netquality.sources.phone.dialling import ANDROID, Outcome

__all__ = ["NO_CALL", "outcome_of", "unaccented"]

# Beginnings of words, without accents: eingehend, eingehender, eingehende.
_BEGINNINGS = {
    "in": (
        "incoming|inbound|received|receipt|eingehend|eingang|ankommend|empfangen|"
        "entrant|recu|recib|terminating"
    ),
    "out": (
        "outgoing|outbound|dialed|dialled|placed|originat|ausgehend|ausgang|abgehend|"
        "gewahlt|getatigt|sortant|emis|passe|compose|saliente|realizad|efectuad|"
        "marcad|emitid"
    ),
    "missed": (
        "missed|unanswered|noanswer|verpasst|entgangen|unbeantwortet|manque|perdid|"
        "voicemail|mailbox|anrufbeantworter|messagerie|repondeur|buzon|reject|declin|"
        "refus|rechaz|abgelehnt|abgewiesen|rejet|block|blockier|gesperrt|bloqu|"
        "cancel|abgebrochen|annul|busy|besetzt|failed|fehlgeschlagen"
    ),
    "answered": (
        "answered|accepted|beantwortet|angenommen|entgegengenommen|repondu|decroche|"
        "contestad|respondid|aceptad"
    ),
    "elsewhere": "external|elsewhere|otherdevice|andere|ailleurs",
}
_BEGINS = {said: tuple(words.split("|")) for said, words in _BEGINNINGS.items()}
# Whole words, because too many others begin like them.
_WHOLE = {"in": frozenset({"in", "mt"}), "out": frozenset({"out", "mo", "made"})}
_OPPOSED = frozenset(
    {
        "nicht angenommen",
        "nicht beantwortet",
        "nicht entgegengenommen",
        "no answer",
        "no contestada",
        "no respondida",
        "non decroche",
        "non repondu",
        "not accepted",
        "not answered",
        "sans reponse",
        "sin respuesta",
    }
)
_SERVICES = frozenset(
    {
        "data",
        "daten",
        "datos",
        "donnees",
        "gprs",
        "internet",
        "lte",
        "mensaje",
        "message",
        "mms",
        "nachricht",
        "roaming data",
        "sms",
        "text",
        "texto",
    }
)

NO_CALL = "not a call"


@lru_cache(1 << 12)
def unaccented(text: str) -> str:
    """Return text in lower case, one kind of blank, without accents.

    Examples
    --------
    >>> unaccented("  Numéro  APPELÉ")
    'numero appele'
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


@lru_cache(1 << 12)
def outcome_of(text: str) -> Outcome | str | None:
    """Return what a type or direction says of a call.

    Parameters
    ----------
    text
        One or several cells, joined by blanks.

    Returns
    -------
    Outcome, str or None
        `NO_CALL` for a message or data on a bill, None for words that are not known.

    Examples
    --------
    >>> outcome_of("Eingehender Anruf"), outcome_of("2"), outcome_of("zigzag") is None
    (Outcome(incoming=True, missed=False, elsewhere=False),
     Outcome(incoming=False, missed=False, elsewhere=False), True)
    >>> outcome_of("Appel manqué").missed, outcome_of("Outgoing, no answer").missed
    (True, True)
    """
    plain = unaccented(text)
    if plain in ANDROID:
        return ANDROID[plain]
    for phrase in _OPPOSED:
        plain = re.sub(rf"\b{phrase}\b", "noanswer", plain)
    words = re.findall(r"[^\W\d_]+", plain)
    if _SERVICES.intersection(words):
        return NO_CALL
    return _told(words)


def _told(words: list[str]) -> Outcome | None:
    said = {said for said in _BEGINS if any(_says(word, said) for word in words)}
    if not said or {"in", "out"} <= said:
        return None
    missed = "missed" in said
    return Outcome("out" not in said, missed, "elsewhere" in said and not missed)


def _says(word: str, said: str) -> bool:
    return word.startswith(_BEGINS[said]) or word in _WHOLE.get(said, ())
