"""What the name of a folder or a label says of the mails in it, in seven languages."""

from __future__ import annotations

import base64
import re
from pathlib import PurePosixPath

from netquality.sources.addresses import folded_name
from netquality.sources.mail.fields import decoded

__all__ = ["CHATS", "SENT", "SPAM", "UNSENT", "folder_of", "labels_of", "maildir_folder"]

# English, German, French, Spanish, Italian, Portuguese, Dutch, as Gmail, Thunderbird, Apple Mail
# and Outlook write them. Of the rubbish bin nothing follows: what lies in it was sent or received.
SENT = frozenset(
    {
        "sent",
        "sent mail",
        "sent messages",
        "sent items",
        "sent-mail",
        "gesendet",
        "gesendete elemente",
        "gesendete objekte",
        "gesendete nachrichten",
        "envoyés",
        "messages envoyés",
        "éléments envoyés",
        "courrier envoyé",
        "enviado",
        "enviados",
        "mensajes enviados",
        "correo enviado",
        "elementos enviados",
        "inviata",
        "inviati",
        "posta inviata",
        "messaggi inviati",
        "enviadas",
        "mensagens enviadas",
        "e-mails enviados",
        "itens enviados",
        "correio enviado",
        "verzonden",
        "verzonden items",
        "verzonden berichten",
    }
)
UNSENT = frozenset(
    {
        "draft",
        "drafts",
        "entwurf",
        "entwürfe",
        "brouillon",
        "brouillons",
        "borrador",
        "borradores",
        "bozza",
        "bozze",
        "rascunho",
        "rascunhos",
        "concept",
        "concepten",
        "unsent messages",
        "unsent",
        "outbox",
        "postausgang",
        "boîte d'envoi",
        "bandeja de salida",
        "posta in uscita",
        "caixa de saída",
        "postvak uit",
        "templates",
        "vorlagen",
        "modèles",
        "plantillas",
        "modelli",
        "modelos",
        "sjablonen",
    }
)
SPAM = frozenset(
    {
        "spam",
        "junk",
        "junk mail",
        "junk e-mail",
        "junk email",
        "bulk mail",
        "junk-e-mail",
        "spamverdacht",
        "unerwünscht",
        "unerwünschte werbung",
        "indésirable",
        "indésirables",
        "courrier indésirable",
        "pourriel",
        "correo no deseado",
        "no deseado",
        "posta indesiderata",
        "indesiderata",
        "lixo eletrônico",
        "lixo eletrónico",
        "correio não desejado",
        "ongewenst",
        "ongewenste e-mail",
    }
)
CHATS = frozenset({"chat", "chats"})

_COPY = re.compile(r"(?<![ _-])[ _-]*(?:\(\d+\)|-\d{3}|(?<!\d)\d+)$")
_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_ENDINGS = (".gz", ".mbox", ".mbx", ".mbs", ".sbd", ".eml")


def folder_of(path: str) -> str:
    """Return the folder that an mbox file stands for, folded for comparing.

    Examples
    --------
    >>> folder_of("Takeout/Mail/Sent-001.mbox"), folder_of("Apple/Junk.mbox/mbox")
    ('sent', 'junk')
    >>> folder_of("ImapMail/fen.example/Entw&APw-rfe")
    'entwürfe'
    """
    parts = [part for part in PurePosixPath(path).parts if part.casefold() != "mbox"]
    return _folder(_bare(parts[-1])) if parts else ""


def maildir_folder(path: str) -> str:
    """Return the folder that a Maildir stands for: the last part of a dotted name.

    Examples
    --------
    >>> maildir_folder("Mail/.INBOX.Sent Items"), maildir_folder("Mail")
    ('sent items', 'mail')
    """
    return _folder(PurePosixPath(path).name.rpartition(".")[2])


def _bare(name: str) -> str:
    for ending in _ENDINGS:
        if name.casefold().endswith(ending):
            name = name[: -len(ending)]
    return name


def _folder(name: str) -> str:
    text = folded_name(_SHIFTED.sub(_unshifted, name))
    short = _COPY.sub("", text)
    return short or text


def _unshifted(shift: re.Match[str]) -> str:
    """Read the modified UTF-7 in which IMAP servers and Maildirs write names."""
    code = shift.group(1).replace(",", "/")
    if not code:
        return "&"
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4)).decode("utf-16-be")
    except ValueError:
        return shift.group()


def labels_of(text: str) -> frozenset[str]:
    """Return the labels that Gmail gives a mail, folded for comparing.

    Examples
    --------
    >>> sorted(labels_of('=?UTF-8?Q?Messages_envoy=C3=A9s,Ouverts?=, "Ink, black"'))
    ['ink, black', 'messages envoyés', 'ouverts']
    """
    found = re.findall(r'"([^"]*)"|([^",]+)', decoded(text))
    labels = (folded_name(quoted or plain) for quoted, plain in found)
    return frozenset(label for label in labels if label)
