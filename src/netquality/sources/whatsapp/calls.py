"""Calls, which a chat mentions in a line: voice or video, answered or not, how long."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["STARTS", "Call", "call_of", "length_of_call"]

_VOICE = (
    r"(?:group )?voice call|(?:gruppen-?)?sprachanruf|gruppenanruf|llamada(?: grupal)?(?: de voz)?"
    r"(?: grupal)?|appel (?:vocal|audio)(?: de groupe)?|appel de groupe|"
    r"chiamata(?: vocale)?(?: di gruppo)?|(?:chamada|ligação)(?: de voz)?(?: em grupo| de grupo)?|"
    r"(?:groeps)?spraakoproep|(?:groeps)?spraakgesprek|аудиозвонок|голосовой звонок|sesli arama|"
    r"音声通話|语音通话|語音通話|음성 ?통화|مكالمة صوتية"
)
_VIDEO = (
    r"(?:group )?video call|(?:gruppen-?)?videoanruf|videollamada(?: grupal)?|"
    r"appel vidéo(?: de groupe)?|videochiamata(?: di gruppo)?|"
    r"(?:chamada|ligação) de vídeo(?: em grupo| de grupo)?|videochamada(?: em grupo| de grupo)?|"
    r"(?:groeps)?video-?oproep|(?:groeps)?videogesprek|видеозвонок|görüntülü arama|"
    r"ビデオ通話|视频通话|視像通話|視訊通話|영상 ?통화|مكالمة فيديو"
)
_MISSED_BEFORE = (
    r"missed|silenced|unanswered|verpasster|stummgeschalteter|gemiste?|пропущенный|cevapsız|未接|"
    r"부재중"
)
_MISSED_AFTER = (
    r"perdida|silenciada|manqué|ignoré|persa|silenziata|perdida|de voz perdida|不在着信|فائتة"
)
_CALL = re.compile(
    rf"(?P<before>(?:{_MISSED_BEFORE}) ?(?:gruppen-|group )?)?"
    rf"(?:(?P<video>{_VIDEO})|(?P<voice>{_VOICE}))(?P<after> ?(?:{_MISSED_AFTER}))?"
    rf"(?: (?:at|um|a las|à|alle|às|om) [\d:.]+.*)?(?:[.,:·•]? ?(?P<tail>[^\n]+))?",
    re.IGNORECASE,
)
_UNANSWERED = re.compile(
    r"no answer|not answered|declined|busy|call failed|keine antwort|nicht angenommen|abgelehnt|"
    r"sin respuesta|no contestada|rechazada|pas de réponse|sans réponse|aucune réponse|refusé|"
    r"nessuna risposta|senza risposta|rifiutata|sem resposta|não atendida|recusada|"
    r"geen antwoord|niet beantwoord|geweigerd|нет ответа|cevap yok|cevaplanmadı",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:tap|click) to call back|answered on (?:an)?other device|focus mode|"
    r"zum zurückrufen tippen|tippe?n? zum zurückrufen|auf anderem gerät angenommen|"
    r"(?:toca|pulsa|haz clic) para devolver.*|appuyez pour rappeler|touchez pour rappeler|"
    r"tocca per richiamare|clicca per richiamare|toque para (?:retornar|ligar).*|"
    r"tik om terug te bellen|\d+ (?:joined|invited|beigetreten)",
    re.IGNORECASE,
)
# The first three letters of all of them: most messages need not be looked at.
STARTS = frozenset(
    {
        "voi", "vid", "gro", "mis", "sil", "una", "spr", "gru", "ver", "stu", "lla", "app", "chi",
        "cha", "lig", "gem", "ауд", "гол", "вид", "про", "ses", "gör", "cev", "音声通", "语音通",
        "語音通", "음성 ", "음성통", "مكا", "ビデオ", "视频通", "視像通", "視訊通",
        "영상 ", "영상통", "未接语", "未接視", "未接語", "未接视", "부재중",
    }
)  # fmt: skip
_AMOUNT = re.compile(r"(\d+)\s*([^\W\d_]+)")
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d\d)")
_HOURS = frozenset(
    {
        "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "hora", "horas", "heure",
        "heures", "ora", "ore", "uur", "u", "saat", "sa", "ч", "час", "часа", "часов",
        "時間", "小时", "小時", "시간",
    }
)  # fmt: skip
_MINUTES = frozenset(
    {
        "m", "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos", "minuti", "minuut",
        "dk", "dakika", "мин", "минут", "минута", "минуты", "分", "分钟", "分鐘", "분",
    }
)  # fmt: skip
_SECONDS = frozenset(
    {
        "s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seg", "segundo",
        "segundos", "seconde", "secondes", "seconden", "secondo", "secondi", "sn", "saniye",
        "сек", "секунд", "секунды", "秒", "초",
    }
)  # fmt: skip


class Call(NamedTuple):
    """By voice or video, how many seconds where that is written, whether nobody took it."""

    channel: str
    seconds: int | None
    missed: bool


def call_of(plain: str, *, strict: bool = True) -> Call | None:
    """Read a line as a call; None when it is no call.

    Parameters
    ----------
    plain
        One line, folded.
    strict
        Whether somebody may have typed it: then it must say more than the mere word.

    Examples
    --------
    >>> call_of("Voice call, 5 min")
    Call(channel='call', seconds=300, missed=False)
    >>> call_of("Verpasster Videoanruf")
    Call(channel='video', seconds=None, missed=True)
    >>> call_of("Video call tomorrow in 5 min?"), call_of("video call")
    (None, None)
    """
    found = _CALL.fullmatch(plain)
    if found is None:
        return None
    tail = found["tail"] or ""
    seconds = length_of_call(tail)
    missed = bool(found["before"] or found["after"] or _UNANSWERED.search(tail))
    if strict and not (_is_state(tail, seconds) if tail else missed):
        return None
    return Call("video" if found["video"] else "call", None if missed else seconds, missed)


def length_of_call(text: str) -> int | None:
    """Return the seconds that a call lasted, None when no length is written.

    Examples
    --------
    >>> length_of_call("1 hr 3 min"), length_of_call("45 Sek."), length_of_call("No answer")
    (3780, 45, None)
    >>> length_of_call("12:05")
    725
    """
    clock = _CLOCK.search(text)
    if clock is not None:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    amounts = [(int(n), _unit(word.casefold())) for n, word in _AMOUNT.findall(text)]
    known = [number * unit for number, unit in amounts if unit]
    return sum(known) if known else None


def _unit(word: str) -> int:
    return 3600 if word in _HOURS else 60 if word in _MINUTES else int(word in _SECONDS)


def _is_state(tail: str, seconds: int | None) -> bool:
    """Say whether the end of a call's line is one of the app's: no sentence about a call."""
    if _UNANSWERED.fullmatch(tail) or _STATE.fullmatch(tail):
        return True
    words = re.findall(r"[^\W\d_]+", tail.casefold())
    return seconds is not None and all(_unit(word) for word in words)
