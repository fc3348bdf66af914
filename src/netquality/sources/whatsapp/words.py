"""What the app itself writes in place of words, in the languages in which phones write it.

Everything is folded: one kind of blank and quotation mark, no direction marks, no case, no stop at
the end. Lists are from public descriptions and fixtures of exports, not from WhatsApp's sources.
"""

from __future__ import annotations

import re

__all__ = [
    "ATTACHED",
    "DELETED",
    "DELETED_BY_OWNER",
    "EDITED",
    "OMITTED",
    "POLLS",
    "ROBOTS",
    "UNSEEN",
    "YOU",
    "folded",
    "unedited",
]

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u200e\u200f\ufeff\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069", None),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("’‘", "'"),
    }
)


def folded(text: str) -> str:
    r"""Return what the app wrote in the form of these lists, case kept.

    Examples
    --------
    >>> folded("\u200eBoris created group “Ink\u202fand quill”.")
    'Boris created group "Ink and quill"'
    """
    plain = text if text.isascii() else text.translate(_PLAIN)
    return " ".join(plain.split()).removesuffix(".").removesuffix("。")


# Media that were left out of the export; Android's stand in angle brackets.
OMITTED = frozenset(
    {
        "media omitted", "image omitted", "photo omitted", "video omitted", "audio omitted",
        "sticker omitted", "gif omitted", "document omitted", "contact card omitted",
        "video note omitted", "view once message omitted", "view once photo omitted",
        "view once video omitted", "view once voice message omitted", "live location shared",
        "medien ausgeschlossen", "medien weggelassen", "bild weggelassen", "video weggelassen",
        "audio weggelassen", "sticker weggelassen", "gif weggelassen", "dokument weggelassen",
        "kontaktkarte ausgelassen", "kontaktkarte weggelassen", "videonotiz ausgelassen",
        "videonachricht weggelassen", "videonotiz weggelassen", "live-standort wird geteilt",
        "multimedia omitido", "medios omitidos", "archivo omitido", "imagen omitida",
        "foto omitida", "video omitido", "audio omitido", "sticker omitido", "gif omitido",
        "documento omitido", "tarjeta de contacto omitida", "nota de video omitida",
        "ubicación en tiempo real compartida", "médias omis", "fichier omis", "image absente",
        "image omise", "photo absente", "vidéo absente", "vidéo omise", "audio omis",
        "sticker omis", "gif retiré", "gif omis", "document manquant", "document omis",
        "fiche contact manquante", "autocollant omis", "note vidéo omise",
        "localisation en direct partagée", "media omessi", "media omesso", "immagine omessa",
        "foto omessa", "video omesso", "audio omesso", "sticker non incluso", "sticker omesso",
        "adesivo omesso", "gif esclusa", "gif omessa", "documento omesso", "scheda contatto omessa",
        "posizione attuale condivisa", "mídia oculta", "mídia omitida", "arquivo de mídia oculto",
        "ficheiro não revelado", "imagem ocultada", "imagem oculta", "imagem omitida",
        "imagem não revelada", "vídeo omitido", "vídeo ocultado", "vídeo não revelado",
        "áudio ocultado", "áudio omitido", "figurinha omitida", "figurinha não incluída",
        "autocolante não incluído", "gif não revelada", "documento não revelado",
        "cartão do contato omitido", "contacto não revelado", "localização atual compartilhada",
        "media weggelaten", "bijlage weggelaten", "afbeelding weggelaten", "foto weggelaten",
        "video weggelaten", "audio weggelaten", "sticker weggelaten", "gif weggelaten",
        "document weggelaten", "visitekaartje weggelaten", "live locatie gedeeld",
        "medya dahil edilmedi", "medya atlanmış", "görüntü dahil edilmedi",
        "video dahil edilmedi", "ses dahil edilmedi", "файл пропущен", "без медиафайлов",
        "медиафайлы отсутствуют", "изображение отсутствует", "видео отсутствует",
        "аудиофайл отсутствует", "стикер не добавлен", "pliki pominięto", "obraz pominięty",
        "media jätetty pois", "kuva jätettiin pois", "ei kuvaa", "media har utelämnats",
        "mediefil udeladt", "uten vedlegg", "media tidak disertakan", "gambar tidak disertakan",
        "メディアは含まれていません", "画像は含まれていません", "省略多媒体文件", "忽略多媒體檔",
        "图像已省略", "圖片已略去", "미디어 파일을 생략한 대화내용", "이미지 생략됨",
        "تم استبعاد الوسائط", "لم يتم إدراج الصورة",
    }
)  # fmt: skip
# In round brackets after the name of a file, Android.
ATTACHED = frozenset(
    {
        "file attached", "datei angehängt", "archivo adjunto", "archivo adjuntado",
        "fichier joint", "file allegato", "arquivo anexado", "ficheiro anexado",
        "bestand bijgevoegd", "dosya ekli", "файл добавлен", "załączony plik", "liitetiedosto",
        "bifogad fil", "fil vedhæftet", "vedlagt fil", "file terlampir", "添付ファイル有り",
        "文件附件", "附件檔案", "파일 첨부됨", "الملف مرفق",
    }
)  # fmt: skip
DELETED_BY_OWNER = frozenset(
    {
        "you deleted this message", "du hast diese nachricht gelöscht",
        "sie haben diese nachricht gelöscht", "eliminaste este mensaje",
        "has eliminado este mensaje",
        "vous avez supprimé ce message", "tu as supprimé ce message",
        "hai eliminato questo messaggio", "você apagou esta mensagem", "apagou esta mensagem",
        "apagaste esta mensagem", "je hebt dit bericht verwijderd", "u hebt dit bericht verwijderd",
        "bu mesajı sildiniz", "вы удалили это сообщение", "вы удалили данное сообщение",
        "poistit tämän viestin", "du raderade det här meddelandet", "du slettede denne besked",
        "du slettet denne meldingen", "anda menghapus pesan ini", "このメッセージを削除しました",
        "您已删除这条消息", "您已刪除此訊息", "이 메시지를 삭제했습니다", "أنت حذفت هذه الرسالة",
    }
)  # fmt: skip
DELETED = DELETED_BY_OWNER | frozenset(
    {
        "this message was deleted", "this message was deleted by an admin",
        "you deleted this message as admin", "diese nachricht wurde gelöscht",
        "diese nachricht wurde von einem admin gelöscht", "se eliminó este mensaje",
        "este mensaje fue eliminado", "un admin. eliminó este mensaje", "ce message a été supprimé",
        "ce message a été supprimé par un admin", "questo messaggio è stato eliminato",
        "esta mensagem foi apagada", "essa mensagem foi apagada", "mensagem apagada",
        "esta mensagem foi eliminada", "dit bericht is verwijderd", "bu mesaj silindi",
        "данное сообщение удалено", "это сообщение было удалено", "ta wiadomość została usunięta",
        "tämä viesti poistettiin", "det här meddelandet raderades", "denne besked blev slettet",
        "denne meldingen ble slettet", "pesan ini telah dihapus", "pesan ini dihapus",
        "このメッセージは削除されました", "此消息已删除", "这条消息已被删除", "此訊息已刪除",
        "이 메시지는 삭제되었습니다", "삭제된 메시지입니다", "تم حذف هذه الرسالة",
    }
)  # fmt: skip
# Sent, but not to be seen in the export.
UNSEEN = frozenset(
    {
        "", "null", "waiting for this message. this may take a while", "waiting for this message",
        "diese nachricht wird erwartet. das kann eine weile dauern",
        "warten auf diese nachricht. dies kann etwas dauern",
        "esperando este mensaje. esto puede tomar tiempo",
        "en attente de ce message. cela peut prendre un moment",
        "in attesa del messaggio. potrebbe volerci un po' di tempo",
        "aguardando mensagem. essa ação pode levar alguns instantes",
        "wachten op dit bericht. dit kan even duren",
        "you received a view once message. for added privacy, you can only open it on your phone",
    }
)  # fmt: skip
EDITED = re.compile(
    r"<(?:this message was edited|diese nachricht wurde bearbeitet|"
    r"se editó este mensaje|mensaje editado|este mensaje fue editado|"
    r"ce message a été modifié|questo messaggio è stato modificato|"
    r"mensagem editada|esta mensagem foi editada|dit bericht is bewerkt|bu mesaj düzenlendi|"
    r"это сообщение было изменено|данное сообщение изменено|"
    r"このメッセージは編集されました|此消息已编辑)[.。]?>\s*",
    re.IGNORECASE,
)


def unedited(text: str) -> str:
    """Return a message without the words that say it was edited, which stand at its end.

    Examples
    --------
    >>> unedited("black <ink> <This message was edited>"), unedited("black <ink>")
    ('black <ink>', 'black <ink>')
    """
    at = text.rfind("<")
    if at < 0 or EDITED.fullmatch(text, at) is None:
        return text
    return text[:at].removesuffix("\u200e").rstrip()


# How a poll begins, in capitals, to the third letter.
POLLS = frozenset({"pol", "umf", "abs", "enc", "son", "enq", "pei", "ank", "опр"})
# How the owner is called where the app speaks to them: never somebody else's name.
YOU = frozenset(
    {
        "you", "du", "dich", "dir", "sie", "ihnen", "tú", "tu", "te", "ti", "usted", "vous", "toi",
        "lei", "voi", "você", "vocês", "o senhor", "je", "jij", "jou", "u", "вы", "вас", "sen",
        "siz", "sizi", "seni", "sinä", "sinut", "あなた", "您", "你", "당신", "أنت",
    }
)  # fmt: skip
ROBOTS = frozenset({"meta ai", "whatsapp", "whatsapp business", "whatsapp support", "chatgpt"})
