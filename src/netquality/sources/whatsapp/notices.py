"""Lines that nobody sent: what happened to the chat, and whom they name as members of a group."""

from __future__ import annotations

import re
from typing import NamedTuple

from netquality.sources.whatsapp.stamps import MARKS
from netquality.sources.whatsapp.words import YOU, folded

__all__ = [
    "LONGEST_NOTICE",
    "Notice",
    "is_encryption",
    "is_opening",
    "is_statement",
    "notice_of",
]

# What is longer the app has not written, and to look for its words in it takes too long.
LONGEST_NOTICE = 400
_GROUP = r"(?:group|community|gruppe|community|grupo|comunidad|groupe|gruppo|groep)"
_TITLE = r'(?: "(?P<title>[^"]*)")?'
# In each: who did it, to whom. Seven languages, and the forms that speak to the owner.
_MEMBERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # English
        rf"(?P<who>.+?) created (?:the |this )?{_GROUP}{_TITLE}",
        r"(?P<whom>.+?) (?:was|were) (?:added|removed|invited)(?: by (?P<who>.+))?",
        r"(?P<who>.+?) (?:added|removed) (?P<whom>.+?)(?: (?:to|from) (?:the|a) .+)?",
        r"(?P<who>.+?) (?:left|joined)(?: (?:the )?group| using .+| from the community| via .+)?",
        # German
        rf"(?P<who>.+?) (?:hat|hast|haben) (?:die |diese )?{_GROUP}{_TITLE} (?:erstellt|gegründet)",
        r"(?P<whom>.+?) (?:wurde|wurdest|wurden)(?: von (?P<who>.+))? (?:hinzugefügt|entfernt)",
        r"(?P<who>.+?) (?:hat|hast|haben) (?:die gruppe )verlassen",
        r"(?P<who>.+?) (?:hat|hast|haben) (?P<whom>.+?) (?:hinzugefügt|entfernt)",
        r"(?P<who>.+?) (?:ist|bist) (?:.+ )?beigetreten",
        # Spanish
        rf"(?P<who>.+?) (?:creó|ha creado) (?:el |este )?{_GROUP}{_TITLE}",
        rf"(?:creaste|has creado) (?:el |este )?{_GROUP}{_TITLE}",
        r"(?P<who>.+?) te (?:añadió|agregó|eliminó|sacó)",
        r"(?P<who>.+?) (?:añadió|agregó|eliminó|sacó|ha añadido) a (?P<whom>.+)",
        r"(?:añadiste|agregaste|eliminaste|sacaste|has añadido) a (?P<whom>.+)",
        r"se (?:añadió|agregó|eliminó) a (?P<whom>.+)",
        r"(?P<who>.+?) (?:salió|ha salido|abandonó)(?: (?:d?el) grupo)?",
        r"(?P<who>.+?) se unió(?: .+)?",
        # French
        rf"(?P<who>.+?) (?:a|avez|as) créé (?:le |ce )?{_GROUP}{_TITLE}",
        r"(?P<who>.+?) (?:vous a|t'a) (?:ajoutée?|retirée?|supprimée?)",
        r"(?P<whom>.+?) (?:a|avez) été (?:ajouté|retiré|supprimé)(?:e|\(e\))?(?: par (?P<who>.+))?",
        r"(?P<who>.+?) (?:a|avez|as) (?:ajouté|retiré|supprimé) (?P<whom>.+)",
        r"(?P<who>.+?) (?:a|avez|as|est) (?:quitté|partie?)(?: le groupe)?",
        r"(?P<who>.+?) (?:a|avez|as) rejoint(?: .+)?",
        # Italian
        rf"(?P<who>.+?) ha creato (?:il |questo )?{_GROUP}{_TITLE}",
        rf"hai creato (?:il |questo )?{_GROUP}{_TITLE}",
        r"(?P<who>.+?) ti ha (?:aggiunto|aggiunta|rimosso|rimossa)",
        r"(?P<who>.+?) ha (?:aggiunto|rimosso) (?P<whom>.+)",
        r"hai (?:aggiunto|rimosso) (?P<whom>.+)",
        r"(?P<who>.+?) (?:è uscit[oa]|ha abbandonato|ha lasciato)(?: (?:dal|il) gruppo)?",
        r"(?P<who>.+?) (?:è entrat[oa]|si è unit[oa])(?: .+)?",
        # Portuguese
        rf"(?P<who>.+?) criou (?:o |este )?{_GROUP}{_TITLE}",
        r"(?P<who>.+?) (?:adicionou|removeu) (?P<whom>.+)",
        r"(?P<whom>.+?) foi (?:adicionad|removid)[oa](?:\(a\))?(?: por (?P<who>.+))?",
        r"(?P<who>.+?) saiu(?: do grupo)?",
        r"(?P<who>.+?) entrou(?: .+)?",
        # Dutch
        rf"(?P<who>.+?) (?:heeft|hebt) (?:de |deze )?{_GROUP}{_TITLE} (?:aan)?gemaakt",
        r"(?P<who>.+?) (?:heeft|hebt) de groep verlaten",
        r"(?P<who>.+?) (?:heeft|hebt) (?P<whom>.+?) (?:toegevoegd|verwijderd)",
        r"(?P<whom>.+?) (?:is|bent|zijn) (?:toegevoegd|verwijderd)(?: door (?P<who>.+))?",
        r"(?P<who>.+?) (?:is|bent) (?:.+ )?(?:lid geworden|toegetreden)(?: .+)?",
    )
)
_ENCRYPTION = re.compile(
    r"end-to-end encrypt|ende-zu-ende-verschlüsselt|ende-zu-ende-verschlüsselung|"
    r"cifrad[oa]s? de extremo a extremo|cifrado de extremo a extremo|chiffrée?s? de bout en bout|"
    r"chiffrement de bout en bout|crittografat[ei] end-to-end|crittografia end-to-end|"
    r"criptografia de ponta a ponta|encriptad[oa]s (?:de )?ponta a ponta|"
    r"encriptação (?:de )?ponta a ponta|end-to-end versleuteld|end-to-end-?\s?encryptie|"
    r"сквозным шифрованием|uçtan uca şifre|エンドツーエンド暗号化|端對端加密|端到端加密|"
    r"종단간 암호화|مشفرة تمام|szyfrowan|salataan|krypter|enkripsi",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:messages|your messages|die nachrichten|nachrichten|deine nachrichten|los mensajes|"
    r"tus mensajes|las llamadas|les messages|vos messages|i messaggi|i tuoi messaggi|as mensagens|"
    r"suas mensagens|berichten|je berichten|de berichten|сообщения|mesajlar|メッセージ|消息|訊息|"
    r"메시지|الرسائل|viestit|meddelanden|beskeder|meldinger|wiadomości|pesan)\b",
    re.IGNORECASE,
)
# Verbs that no name holds.
_VERBS = re.compile(
    r"\b(?:changed (?:the|this|their|to)|turned (?:on|off)|geändert|gewechselt|cambió|cambiaste|"
    r"(?:a|avez|as) (?:changé|modifié)|(?:ha|hai) (?:cambiato|modificato)|mudou|alterou|gewijzigd|"
    r"created group|erstellt|creó|creaste|criou|изменили?|изменила)\b",
    re.IGNORECASE,
)
# What happens to a group and names nobody as a member who is not also an author, or may not.
_OF_GROUP = re.compile(
    r"changed (?:the subject|the group|this group|the settings)|group description|group name|"
    r"group's (?:icon|invite link|settings)|admin\b|den betreff|gruppenname|gruppenbild|"
    r"gruppenbeschreibung|gruppen-?(?:icon|einstellungen|info)|einladungslink|"
    r"(?:asunto|nombre|ícono|icono|imagen|descripción|ajustes|configuración|enlace) .*grupo|"
    r"(?:sujet|nom|icône|image|description|paramètres|lien) .*groupe|"
    r"(?:oggetto|nome|icona|immagine|descrizione|impostazioni|link) .*gruppo|"
    r"(?:assunto|nome|ícone|imagem|descrição|configurações|link) .*grupo|"
    r"(?:onderwerp|naam|afbeelding|groepsafbeelding|pictogram|beschrijving|instellingen|uitnodigings"
    r"link) .*groep|groeps(?:afbeelding|naam|beschrijving|instellingen|pictogram)|beheerder|"
    r"amministrator|administrador|administrateur",
    re.IGNORECASE,
)
# What happens to any chat.
_OF_CHAT = re.compile(
    r"disappearing messages|message timer|verschwindende nachrichten|selbstlöschende nachrichten|"
    r"nachrichten-timer|mensajes temporales|messages éphémères|messaggi (?:effimeri|temporanei)|"
    r"mensagens temporárias|verdwijnende berichten|zelfverwijderende berichten|"
    r"security code|sicherheitsnummer|sicherheitscode|código de segur|code de sécurité|"
    r"codice di sicurezza|beveiligingscode|changed (?:their phone number|to )|new phone number|"
    r"(?:telefon)?nummer .*(?:gewechselt|geändert)|hat zu .* gewechselt|"
    r"cambió (?:su número|a \+)|a changé (?:de numéro|son numéro)|"
    r"ha cambiato (?:il suo )?numero|(?:mudou|alterou) (?:de|o seu|seu) número|"
    r"(?:telefoon)?nummer .*gewijzigd|you (?:un)?blocked this contact|blockiert|bloqueaste|"
    r"desbloqueaste|avez (?:dé)?bloqué|hai (?:s)?bloccato|(?:des)?bloqueou|(?:ge|de)blokkeerd|"
    r"pinned a message|angepinnt|fijó un mensaje|fijaste|épinglé|fissato un messaggio|"
    r"fixou uma mensagem|vastgemaakt|business account|unternehmensaccount|cuenta de empresa|"
    r"compte professionnel|account business|conta comercial|zakelijk account|"
    r"uses? a secure service|manage this chat|broadcast list|broadcast-?liste?|"
    r"lista de difusión|liste de diffusion|lista broadcast|lista de transmissão|verzendlijst",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"broadcast list|broadcast-?liste|lista de difusión|liste de diffusion|lista broadcast|"
    r"lista de transmissão|verzendlijst",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\b(\d{1,3})\b")
_BUSINESS = re.compile(r"uses? a secure service|to manage this chat", re.IGNORECASE)
_AND = re.compile(r", (?:and |und |y |et |e |en )?| (?:and|und|y|et|e|en) ")


class Notice(NamedTuple):
    """What a line of the app says: members it names, and what kind of chat it shows."""

    members: tuple[str, ...] = ()
    title: str | None = None
    group: bool = False
    broadcast: bool = False
    listed: int | None = None
    business: bool = False


def is_encryption(text: str) -> bool:
    """Say whether a line is the notice that stands at the head of most chats.

    Examples
    --------
    >>> is_encryption("Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand ...")
    True
    """
    return _ENCRYPTION.search(text) is not None


def is_opening(text: str) -> bool:
    """Say whether a line without any mark is that notice, and no sentence about it.

    Examples
    --------
    >>> is_opening("Messages and calls are end-to-end encrypted."), is_opening("It is encrypted")
    (True, False)
    """
    plain = folded(text) if _OPENING.match(text.lstrip(MARKS)) else ""
    return is_encryption(plain)


def is_statement(name: str, line: str) -> bool:
    """Say whether what stands before a colon is no name but the beginning of a notice.

    Examples
    --------
    >>> is_statement("Du hast die Einstellungen geändert", "")
    True
    >>> is_statement('Odo created group "Ink', 'Odo created group "Ink: and quill"')
    True
    >>> is_statement("Admin Odo", "Admin Odo: black ink")
    False
    """
    plain = folded(name)
    if _VERBS.search(plain) or is_opening(plain):
        return True
    if plain.count('"') % 2 and notice_of(line[:LONGEST_NOTICE]) is not None:
        return True
    return any(pattern.fullmatch(plain) for pattern in _MEMBERS if " " in plain)


def notice_of(text: str) -> Notice | None:
    """Read a line as something that the app says of the chat; None when it is no such line.

    Parameters
    ----------
    text
        One line, without stamp and author.

    Examples
    --------
    >>> notice_of("Zora Quillfeather added Odo Fenwick and +44 7700 900123").members
    ('Zora Quillfeather', 'Odo Fenwick', '+44 7700 900123')
    >>> print(notice_of("Du hast die Gruppe „Ink: and quill“ erstellt"))
    Notice(members=(), title='Ink: and quill', group=True, broadcast=False, listed=None,
           business=False)
    >>> notice_of("I left the ink at home") is None
    True
    """
    plain = folded(text)
    if is_encryption(plain):
        return Notice()
    for pattern in _MEMBERS:
        found = pattern.fullmatch(plain)
        if found is not None:
            return _named(found.groupdict())
    if _LIST.search(plain):
        size = _SIZE.search(plain)
        return Notice(broadcast=True, listed=int(size[1]) if size else None)
    if _OF_CHAT.search(plain):
        return Notice(business=bool(_BUSINESS.search(plain)))
    return Notice(group=True) if _OF_GROUP.search(plain) else None


def _named(parts: dict[str, str | None]) -> Notice:
    who = [parts.get("who") or ""]
    whom = _AND.split(parts.get("whom") or "")
    names = dict.fromkeys(name.strip() for name in (*who, *whom))
    members = tuple(name for name in names if name and name.casefold() not in YOU)
    return Notice(members, parts.get("title"), group=True)
