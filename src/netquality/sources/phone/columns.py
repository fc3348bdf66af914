"""Columns of a call log by their names, in English, German, French and Spanish."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netquality.sources.phone.directions import unaccented

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Columns", "columns_of"]

# All without accents. Words of the first group say that the number was called from here.
_CALLED = (
    "called number|number called|called|dialed number|dialled number|destination number|"
    "number dialed|number dialled|gewahlte nummer|gewahlte rufnummer|zielrufnummer|zielnummer|"
    "angerufene nummer|gerufene nummer|numero appele|numero compose|numero demande|n° appele|"
    "no appele|numero marcado|numero llamado|numero destino|numero de destino|telefono destino"
)
_NUMBER = (
    "number|phone number|phone|phonenumber|tel|telephone|telephone number|contact number|"
    "mobile|mobile number|other party|other number|contacted number|number contacted|"
    "call number|caller id|to/from|from/to|nummer|telefonnummer|rufnummer|telefon|handynummer|"
    "partnernummer|gesprachspartner|nummer gesprachspartner|numero|numero de telephone|"
    "numero telephone|correspondant|numero correspondant|numero du correspondant|n°|"
    "n° de telephone|numero de telefono|telefono|movil|numero de movil|numero contacto"
)
_OWN = (
    "own number|my number|your number|own phone number|line|line number|phone line|msisdn|"
    "subscriber number|wireless number|mobile line|billed number|eigene nummer|"
    "eigene rufnummer|ihre rufnummer|ihre nummer|meine nummer|anschluss|anschlussnummer|"
    "ligne|numero de ligne|votre numero|mon numero|ligne appelante|linea|numero de linea|"
    "mi numero|su numero|numero propio"
)
_NAME = (
    "name|contact|contact name|cached name|caller name|kontakt|kontaktname|nom|nom du contact|"
    "contacto|nombre|nombre del contacto|nombre de contacto"
)
_DATE = (
    "date|call date|date/time|date time|datetime|date & time|date and time|timestamp|started|"
    "start|day|start date|datum|anrufdatum|beginn|zeitpunkt|tag|datum/uhrzeit|datum/zeit|"
    "datum uhrzeit|datum und uhrzeit|datum & uhrzeit|date et heure|date/heure|date heure|jour|"
    "date de l'appel|date appel|date d'appel|fecha|fecha y hora|fecha/hora|fecha hora|dia|"
    "fecha de llamada|fecha de la llamada"
)
_TIME = (
    "time|call time|start time|time of call|uhrzeit|zeit|startzeit|anrufzeit|heure|"
    "heure de l'appel|heure appel|heure d'appel|hora|hora de inicio|hora de llamada|"
    "hora de la llamada"
)
_DURATION = (
    "duration|call duration|call length|length|talk time|seconds|minutes|min|mins|secs|sec|"
    "billed minutes|dauer|anrufdauer|gesprachsdauer|verbindungsdauer|sekunden|minuten|duree|"
    "duree de l'appel|duree appel|duree d'appel|secondes|duracion|duracion de la llamada|"
    "duracion de llamada|segundos|minutos"
)
_TYPE = (
    "type|call type|calltype|direction|call direction|status|call status|in/out|result|"
    "incoming/outgoing|typ|anruftyp|art|anrufart|gesprachsart|richtung|anrufrichtung|sens|"
    "type d'appel|type appel|type de l'appel|statut|etat|tipo|tipo de llamada|"
    "tipo llamada|direccion|sentido|estado"
)
# Two such columns make a log of who called whom, which is not a phone's own.
_SENDERS = (
    "sender|from|source|src|caller|who|user a|a|from id|sender id|source id|from user|"
    "calling number|calling party|from number|anrufer|appelant|numero appelant|origen"
)
_RECIPIENTS = (
    "recipient|recipients|to|target|dst|dest|destination|callee|receiver|user b|b|to id|"
    "recipient id|receiver id|target id|to user|called party|to number|angerufener|appele|"
    "destinataire|destinatario|destino|number called|called number|called"
)
_SIDES = tuple(frozenset(words.split("|")) for words in (_SENDERS, _RECIPIENTS))
_WORDS = {
    "called": _CALLED,
    "number": _NUMBER,
    "own": _OWN,
    "name": _NAME,
    "date": _DATE,
    "time": _TIME,
    "duration": _DURATION,
    "type": _TYPE,
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split("|")}
_LONGEST = 100
_ASIDE = re.compile(r"[(\[].*?[)\]]|[.:#*]+$")
_UNIT = re.compile(r"(?<=\w) (?:in|en|by) \w+$|(?<=\w) (?:seconds|secs?|minutes|mins?|s)$")


@dataclass(frozen=True)
class Columns:
    """Where a call log states what: names of columns as the parsed header has them.

    `called` is set where the number's own name says that it was called from this phone.
    """

    number: str
    date: str
    time: str | None = None
    duration: str | None = None
    name: str | None = None
    own: str | None = None
    types: tuple[str, ...] = ()
    called: bool = False


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return what the columns of a call log mean, or None when it is no phone's call log.

    It takes a number, a date, and a duration or a type, and no second column of people.

    Parameters
    ----------
    header
        Names of columns, squashed.

    Examples
    --------
    >>> columns_of(["name", "nummer", "datum", "uhrzeit", "dauer (sek.)", "typ"])
    Columns(number='nummer', date='datum', time='uhrzeit', duration='dauer (sek.)', name='name',
            own=None, types=('typ',), called=False)
    >>> columns_of(["caller", "callee", "number", "date", "duration"]) is None
    True
    """
    plain = [_plain(name) for name in header]
    if all(side.intersection(plain) for side in _SIDES):
        return None
    found: dict[str, list[str]] = {role: [] for role in _WORDS}
    for name, word in zip(header, plain, strict=True):
        role = _ROLES.get(word) or _ROLES.get(_UNIT.sub("", word))
        if role is not None:
            found[role].append(name)
    numbers, dates = found["called"] + found["number"], found["date"] + found["time"]
    if not numbers or not dates or not (found["duration"] or found["type"]):
        return None
    return Columns(
        number=numbers[0],
        date=dates[0],
        time=_first([name for name in found["time"] if name != dates[0]]),
        duration=_first(found["duration"]),
        name=_first(found["name"]),
        own=_first(found["own"]),
        types=tuple(found["type"]),
        called=bool(found["called"]),
    )


def _plain(name: str) -> str:
    return " ".join(_ASIDE.sub(" ", unaccented(name)[:_LONGEST]).replace("-", " ").split())


def _first(names: list[str]) -> str | None:
    return names[0] if names else None
