"""What the app writes itself, in the languages of phones: media, deleted, calls, notices."""

from __future__ import annotations

import pytest

from netquality.sources.whatsapp.bodies import body_of
from netquality.sources.whatsapp.calls import STARTS, call_of
from netquality.sources.whatsapp.entries import Names, entry_of
from netquality.sources.whatsapp.notices import is_statement, notice_of
from netquality.sources.whatsapp.stamps import header_of
from netquality.sources.whatsapp.words import ATTACHED, DELETED, DELETED_BY_OWNER, OMITTED, UNSEEN

ODO, LRM = "Odo Fenwick", "\u200e"


def android(body):
    return f"13/06/2018, 21:25 - {ODO}: {body}"


def iphone(body):
    return f"{LRM}[13/06/18, 21:25:15] {ODO}: {LRM}{body}"


MEDIA = (
    "Media omitted", "Medien ausgeschlossen", "Multimedia omitido", "Médias omis", "Media omessi",
    "Mídia oculta", "Arquivo de mídia oculto", "Media weggelaten", "Medya dahil edilmedi",
    "Без медиафайлов", "メディアは含まれていません",
)  # fmt: skip
OMISSIONS = (
    "image omitted", "video omitted", "audio omitted", "sticker omitted", "GIF omitted",
    "document omitted", "Contact card omitted", "Video note omitted", "Bild weggelassen",
    "Kontaktkarte ausgelassen", "imagen omitida", "Tarjeta de contacto omitida", "image absente",
    "GIF retiré", "immagine omessa", "sticker non incluso", "imagem ocultada", "áudio ocultado",
    "figurinha omitida", "afbeelding weggelaten", "video weggelaten",
)  # fmt: skip


def all_of(read, lines, words, **options):
    """Read one chat of many lines; pairs of the words and the event that they became."""
    events = read("\n".join(lines), count=len(lines), **options).events
    return list(zip(words, events, strict=True))


def test_media_left_out_on_android_are_messages_without_words(read):
    for words, event in all_of(read, [android(f"<{each}>") for each in MEDIA], MEDIA):
        assert (event.kind, event.channel, event.length) == ("message", "chat", None), words
        assert (event.who, event.to) == (ODO, "me")


@pytest.mark.parametrize(
    "line", [iphone, lambda words: iphone(words).removeprefix(LRM), android], ids=["i", "old", "a"]
)
def test_media_left_out_on_an_iphone_are_messages_without_words(read, line):
    for words, event in all_of(read, [line(each) for each in OMISSIONS], OMISSIONS):
        assert (event.kind, event.length) == ("message", None), words


@pytest.mark.parametrize(
    "word",
    ["attached", "Anhang", "angehängt", "adjunto", "pièce jointe ", "allegato", "anexado",
     "bijgevoegd", "liite", "添付ファイル", "прикреплено"],
)  # fmt: skip
def test_a_file_on_an_iphone(read, word):
    file = f"<{word}: 00000012-PHOTO-2018-06-13-21-25-15.jpg>"
    assert read(iphone(file), count=1).events[0].length is None
    # Words stand before the file.
    chat = read(f"[13/06/18, 21:25:15] {ODO}: a fern\nin ink {LRM}{file}", count=1)
    assert chat.events[0].length == len("a fern\nin ink")


def test_a_document_s_own_name_is_no_caption(read):
    body = f"Quill.pdf • {LRM}2 pages {LRM}<attached: 00000013-Quill.pdf>"
    assert read(iphone(body), count=1).events[0].length is None


@pytest.mark.parametrize("mark", ["", LRM])
def test_a_file_on_android(read, mark):
    names = [f"{mark}IMG-20180613-WA0001.jpg ({words})" for words in sorted(ATTACHED)]
    for name, event in all_of(read, [android(name) for name in names], names):
        assert event.length is None, name
    for name, event in all_of(read, [android(f"{name}\na fern") for name in names], names):
        assert event.length == len("a fern"), name


def test_words_below_media_left_out_are_their_caption(read):
    assert read(android("<Media omitted>\na fern"), count=1).events[0].length == len("a fern")
    assert read(android("<Mídia oculta>\na fern"), count=1).events[0].length == len("a fern")


@pytest.mark.parametrize(
    "words",
    ["This message was deleted.", "This message was deleted", "Diese Nachricht wurde gelöscht.",
     "Se eliminó este mensaje.", "Ce message a été supprimé", "Questo messaggio è stato eliminato",
     "Esta mensagem foi apagada", "Essa mensagem foi apagada", "Dit bericht is verwijderd.",
     "You deleted this message.", "Du hast diese Nachricht gelöscht.", "Eliminaste este mensaje.",
     "Vous avez supprimé ce message", "Hai eliminato questo messaggio",
     "Você apagou esta mensagem", "Je hebt dit bericht verwijderd", "null", ""],
)  # fmt: skip
def test_a_deleted_or_hidden_message_is_still_a_message(read, words):
    name = "WhatsApp Chat with Juniper.txt"
    for line in (android(words), iphone(words)):
        (event,) = read(line, name=name, count=1).events
        assert (event.kind, event.length) == ("message", None)


@pytest.mark.parametrize(
    "words",
    ["This message was edited", "Diese Nachricht wurde bearbeitet.", "Se editó este mensaje.",
     "Ce message a été modifié", "Questo messaggio è stato modificato", "Mensagem editada",
     "Dit bericht is bewerkt"],
)  # fmt: skip
def test_that_a_message_was_edited_is_no_part_of_it(read, words):
    for mark in ("", LRM):
        assert read(android(f"black ink {mark}<{words}>"), count=1).events[0].length == 9


POLLS = (
    ("POLL", "OPTION", "votes"), ("UMFRAGE", "OPTION", "Stimmen"), ("ENCUESTA", "OPCIÓN", "votos"),
    ("SONDAGE", "OPTION", "votes"), ("SONDAGGIO", "OPZIONE", "voti"), ("ENQUETE", "OPÇÃO", "votos"),
    ("PEILING", "OPTIE", "stemmen"),
)  # fmt: skip


@pytest.mark.parametrize(("poll", "option", "votes"), POLLS)
def test_a_poll_is_a_message_whose_votes_count_as_no_words(read, poll, option, votes):
    for mark in ("", LRM):
        body = f"{mark}{poll}:\nWhere?\n{mark}{option}: here ({mark}2 {votes})"
        for line in (android(body), f"[13/06/18, 21:25:15] {ODO}: {body}"):
            (event,) = read(line, count=1).events
            assert (event.kind, event.length) == ("message", None)


@pytest.mark.parametrize(
    "body",
    ["Location: https://maps.google.com/?q=52.5,13.4", "https://maps.google.com/?q=52.5,-13.4",
     "Standort: https://maps.google.com/?q=52.5,13.4", "Live location shared"],
)  # fmt: skip
def test_a_place_is_a_message_without_words(read, body):
    for line in (android(body), iphone(body)):
        assert read(line, count=1).events[0].length is None


MISSED = {
    "Missed voice call": "call", "Missed video call": "video", "Missed group voice call": "call",
    "Silenced voice call": "call", "Missed voice call, Tap to call back": "call",
    "Missed voice call. \u200eTap to call back": "call", "Verpasster Sprachanruf": "call",
    "Verpasster Videoanruf": "video", "Verpasster Gruppen-Sprachanruf": "call",
    "Verpasster Sprachanruf. Zum Zurückrufen tippen": "call", "Llamada perdida": "call",
    "Llamada de voz perdida": "call", "Videollamada perdida": "video",
    "Appel vocal manqué": "call", "Appel vidéo manqué": "video", "Chiamata vocale persa": "call",
    "Chiamata vocale persa. \u200eTocca per richiamare": "call", "Videochiamata persa": "video",
    "Chamada de voz perdida": "call", "Chamada de vídeo perdida": "video",
    "Videochamada perdida": "video", "Gemiste spraakoproep": "call", "Gemist spraakgesprek": "call",
    "Gemiste video-oproep": "video", "Voice call, No answer": "call",
    "Video call. \u200eNo answer": "video", "Sprachanruf. Keine Antwort": "call",
    "Пропущенный аудиозвонок": "call", "Cevapsız görüntülü arama": "video",
}  # fmt: skip


@pytest.mark.parametrize("line", [android, iphone])
def test_a_missed_call(read, line):
    for words, event in all_of(read, [line(each) for each in MISSED], MISSED):
        assert (event.kind, event.channel, event.answer) == ("call", MISSED[words], "missed"), words
        assert (event.who, event.to, event.seconds, event.length) == (ODO, "me", None, None)


CALLS = {
    "Voice call, 5 min": ("call", 300), "Voice call. \u200e45 sec": ("call", 45),
    "Video call, 1 hr 3 min": ("video", 3780), "Group voice call. 12 min": ("call", 720),
    "Sprachanruf, 2 Min.": ("call", 120), "Videoanruf. 1 Std. 5 Min.": ("video", 3900),
    "Llamada de voz, 3 minutos": ("call", 180), "Videollamada. 12 minutos": ("video", 720),
    "Appel vocal, 4 min": ("call", 240), "Appel vidéo. 30 s": ("video", 30),
    "Chiamata vocale, 10 min": ("call", 600), "Videochiamata. 1 ora": ("video", 3600),
    "Chamada de voz, 7 min": ("call", 420), "Ligação de vídeo. 20 seg": ("video", 20),
    "Spraakoproep, 6 min.": ("call", 360), "Video-oproep. 9 min": ("video", 540),
    "Voice call, 12:05": ("call", 725),
}  # fmt: skip


@pytest.mark.parametrize("line", [android, iphone])
def test_a_call_that_was_answered(read, line):
    for words, event in all_of(read, [line(each) for each in CALLS], CALLS):
        assert (event.kind, event.channel, event.seconds) == ("call", *CALLS[words]), words
        assert event.answer is None


def test_a_call_answered_without_a_length(read):
    (event,) = read(iphone("Voice call. \u200eAnswered on other device"), count=1).events
    assert (event.kind, event.answer, event.seconds) == ("call", "accepted", None)


SENTENCES = (
    "video call tomorrow in 5 min?", "Voice call", "Video call?", "missed you", "media omitted it",
    "the image was omitted", "this message was deleted by me, sorry", "null and void",
    "see ink.pdf (the second page)", "<3 you", "I said: <b>no</b>", "Shopping: ink\nLater: quill",
    "https://maps.google.com/?q=1,2 is where", "chiamata con Juniper alle 5", "llamada",
    "end-to-end encryption is a fine thing, says WhatsApp", "Appel demain",
)  # fmt: skip


@pytest.mark.parametrize("head", ["13/06/2018, 21:25 - ", "[13/06/18, 21:25:15] "])
def test_what_somebody_wrote_themselves_keeps_its_length(read, head):
    lines = [f"{head}{ODO}: {words}" for words in SENTENCES]
    for words, event in all_of(read, lines, SENTENCES):
        assert (event.kind, event.length) == ("message", len(words)), words


@pytest.mark.parametrize("phrase", sorted((OMITTED | DELETED | UNSEEN) - {""}))
def test_every_listed_phrase_is_recognised_in_any_case(phrase):
    for text in (phrase, phrase.upper() if phrase.isascii() else phrase, f"{LRM}{phrase}."):
        assert body_of(text).kind in {"media", "deleted", "unseen"}


def test_what_the_owner_deleted_is_deleted_too():
    assert DELETED_BY_OWNER < DELETED


def test_every_call_begins_with_one_of_the_listed_letters():
    for words in (*MISSED, *CALLS):
        assert words[:3].casefold() in STARTS
        assert call_of(words.replace(LRM, "").removesuffix(".")) is not None


NOTICES = {
    # English
    'Odo Fenwick created group "Ink and quill"': ["Odo Fenwick"],
    "You created group “Ink”": [],
    "You created this group": [],
    "Odo Fenwick added you": ["Odo Fenwick"],
    "You added Odo Fenwick": ["Odo Fenwick"],
    "Odo Fenwick added Zora Quill, Juniper and +44 7700 900123": [
        "Odo Fenwick", "Zora Quill", "Juniper", "+44 7700 900123",
    ],
    "Juniper was added": ["Juniper"],
    "Odo Fenwick removed Juniper": ["Odo Fenwick", "Juniper"],
    "Odo Fenwick left": ["Odo Fenwick"],
    "You left": [],
    "Odo Fenwick joined using this group's invite link": ["Odo Fenwick"],
    "+44 7700 900123 joined from the community": ["+44 7700 900123"],
    # German
    "Odo Fenwick hat die Gruppe „Ink“ erstellt": ["Odo Fenwick"],
    "Du hast die Gruppe „Ink“ erstellt": [],
    "Du hast diese Gruppe erstellt": [],
    "Odo Fenwick hat dich hinzugefügt": ["Odo Fenwick"],
    "Du hast Odo Fenwick hinzugefügt": ["Odo Fenwick"],
    "Du wurdest hinzugefügt": [],
    "Odo Fenwick hat Juniper und Zora entfernt": ["Odo Fenwick", "Juniper", "Zora"],
    "Odo Fenwick hat die Gruppe verlassen": ["Odo Fenwick"],
    "Odo Fenwick ist über den Gruppenlink beigetreten": ["Odo Fenwick"],
    # Spanish
    'Odo Fenwick creó el grupo "Ink"': ["Odo Fenwick"],
    'Has creado el grupo "Ink"': [],
    "Creaste este grupo": [],
    "Odo Fenwick te añadió": ["Odo Fenwick"],
    "Añadiste a Odo Fenwick": ["Odo Fenwick"],
    "Odo Fenwick añadió a Juniper y Zora": ["Odo Fenwick", "Juniper", "Zora"],
    "Odo Fenwick salió del grupo": ["Odo Fenwick"],
    "Odo Fenwick eliminó a Juniper": ["Odo Fenwick", "Juniper"],
    "Odo Fenwick se unió usando el enlace del grupo": ["Odo Fenwick"],
    # French
    "Odo Fenwick a créé le groupe « Ink »": ["Odo Fenwick"],
    "Vous avez créé le groupe « Ink »": [],
    "Odo Fenwick vous a ajouté": ["Odo Fenwick"],
    "Vous avez ajouté Odo Fenwick": ["Odo Fenwick"],
    "Odo Fenwick a retiré Juniper": ["Odo Fenwick", "Juniper"],
    "Odo Fenwick a quitté le groupe": ["Odo Fenwick"],
    "Vous avez quitté le groupe": [],
    "Juniper a été ajouté(e)": ["Juniper"],
    # Italian
    'Odo Fenwick ha creato il gruppo "Ink"': ["Odo Fenwick"],
    'Hai creato il gruppo "Ink"': [],
    "Odo Fenwick ti ha aggiunto": ["Odo Fenwick"],
    "Hai aggiunto Odo Fenwick": ["Odo Fenwick"],
    "Odo Fenwick ha rimosso Juniper": ["Odo Fenwick", "Juniper"],
    "Odo Fenwick ha abbandonato": ["Odo Fenwick"],
    # Portuguese
    'Odo Fenwick criou o grupo "Ink"': ["Odo Fenwick"],
    "Você criou este grupo": [],
    "Odo Fenwick adicionou você": ["Odo Fenwick"],
    "Você adicionou Odo Fenwick": ["Odo Fenwick"],
    "Odo Fenwick removeu Juniper": ["Odo Fenwick", "Juniper"],
    "Odo Fenwick saiu": ["Odo Fenwick"],
    # Dutch
    'Odo Fenwick heeft de groep "Ink" gemaakt': ["Odo Fenwick"],
    "Je hebt deze groep aangemaakt": [],
    "Odo Fenwick heeft je toegevoegd": ["Odo Fenwick"],
    "Je hebt Odo Fenwick toegevoegd": ["Odo Fenwick"],
    "Odo Fenwick heeft Juniper verwijderd": ["Odo Fenwick", "Juniper"],
    "Odo Fenwick heeft de groep verlaten": ["Odo Fenwick"],
}  # fmt: skip


@pytest.mark.parametrize("line", NOTICES)
def test_a_notice_names_members_and_shows_a_group(line):
    notice = notice_of(line)
    assert notice is not None
    assert notice.group
    assert list(notice.members) == NOTICES[line]
    assert "Ink" not in line or notice.title in {"Ink", "Ink and quill", None, " Ink "}


OTHER_NOTICES = (
    "Messages and calls are end-to-end encrypted. No one outside of this chat can read them.",
    "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats.",
    "Los mensajes y las llamadas están cifrados de extremo a extremo. Nadie fuera de este chat.",
    "Les messages et les appels sont chiffrés de bout en bout. Aucun tiers, pas même WhatsApp.",
    "I messaggi e le chiamate sono crittografati end-to-end. Nessuno al di fuori di questa chat.",
    "As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta.",
    "Berichten en gesprekken worden end-to-end versleuteld. Niemand buiten deze chat.",
    "Your security code with Odo changed. Tap to learn more.",
    "Deine Sicherheitsnummer für Odo hat sich geändert.",
    "Odo changed their phone number to a new number. Tap to message or add the new number.",
    "Odo changed the subject from “Ink: one” to “Ink: two”",
    "Odo changed this group's icon", "You changed the group description", "You're now an admin",
    "Odo hat das Gruppenbild geändert", "Du hast die Gruppenbeschreibung geändert",
    "Odo hat den Betreff von „Ink: a“ zu „Ink: b“ geändert",
    "Odo hat zu +44 7700 900123 gewechselt",
    "Odo cambió el ícono de este grupo", "Cambiaste el asunto del grupo",
    "Odo a modifié l'icône du groupe", "Vous avez changé le nom du groupe en « Ink »",
    "Odo ha cambiato l'icona del gruppo", "Hai cambiato il nome del gruppo in “Ink”",
    "Odo mudou a imagem do grupo", "Você alterou o nome do grupo para “Ink”",
    "Odo heeft de groepsafbeelding gewijzigd",
    "You turned on disappearing messages. New messages will disappear after 24 hours.",
    "Du hast verschwindende Nachrichten aktiviert.", "Activaste los mensajes temporales.",
    "Vous avez activé les messages éphémères.", "Hai attivato i messaggi temporanei.",
    "Você ativou as mensagens temporárias.", "Je hebt verdwijnende berichten ingeschakeld.",
    "You blocked this contact. Tap to unblock.", "Odo pinned a message",
)  # fmt: skip


@pytest.mark.parametrize(
    "head",
    ["13/06/2018, 21:25 - ", f"[13/06/18, 21:25:15] Odo Fenwick: {LRM}", "[13/06/18, 21:25:15] "],
)  # fmt: skip
def test_a_notice_is_no_message(read, head):
    lines = [*NOTICES, *OTHER_NOTICES]
    last = f"{head}ink" if head.endswith(LRM) else f"{head}Odo Fenwick: ink"
    chat = read("\n".join(f"{head}{line}" for line in lines) + f"\n{last.replace(LRM, '')}")
    missing = [line for row, line in enumerate(lines, 1) if row not in chat.rejects]
    assert not missing
    assert set(chat.rejects.values()) == {"system line, no message"}
    assert [event.length for event in chat.events] == [3]


@pytest.mark.parametrize("line", OTHER_NOTICES[:7])
def test_the_notice_at_the_head_needs_no_mark(read, line):
    text = f"[13/06/18, 21:25:15] Odo Fenwick: {line}\n[13/06/18, 21:26:15] Odo Fenwick: ink"
    assert read(text, count=2).rejects == {1: "system line, no message"}


def test_a_marked_line_in_unknown_words_is_refused_and_said_so(read):
    text = f"[13/06/18, 21:25:15] {ODO}: {LRM}ⵉⵎⵢⴰ ⵜⵜⵜⵜ ⵣⵣⵣ\n[13/06/18, 21:26:15] {ODO}: ink"
    chat = read(text, count=2)
    assert chat.rejects == {1: "line of the app in words that are not known"}


def test_marked_media_in_unknown_words_are_told_by_the_mark_before_the_stamp(read):
    (event,) = read(iphone("ⵉⵎⵢⴰ ⵜⵜⵜⵜ"), count=1).events
    assert event.kind == "message"


SLOW = [
    "x" + " " * 100_000 + "y>",
    " " * 100_000 + "<This message was edited" + " " * 100_000 + "y>",
    "<" * 100_000 + ">",
    "<ab: " * 20_000 + "c.d>",
    "<ab: c.d>" + " " * 100_000 + "y>",
    "POLL: ink" + "\nOPTION: quill (1 vote)" * 4_000 + "z",
    "POLL:" + "\nOPTION: " * 11_000 + ")",
    "POLL:\nOPTION: (" + "1" * 100_000 + ")",
    "http" + " " * 100_000 + "y",
    "\u200e" * 100_000 + "x",
    "(" * 100_000 + ")",
    'Odo added "Ink' + " added" * 20_000 + ": x",
    "Odo changed the subject" + " nombre" * 15_000 + ": x",
]


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_long_lines_take_no_time(text):
    body_of(text)
    header_of(text)
    header_of(f"4/3/25{text}")
    is_statement('Odo added "Ink', text)
    for author in ("Odo: ", ""):
        entry_of(header_of(f"04/03/2025, 14:05 - {author}{text.partition(chr(10))[0]}"), Names())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("POLL:\nInk?\nOPTION: black (2 votes)\nOPTION: blue (\u200e0 votes)\n", "media"),
        ("UMFRAGE:\nInk?\nOPTION: black\nand more (1 Stimme)", "media"),
        ("POLL:\nInk?\nOPTION: black (2 votes)\nas you see", "text"),
        ("Poll:\nInk?\nOPTION: black (2 votes)", "text"),
        ("POLL: OPTION: black (2 votes)", "text"),
    ],
)
def test_polls(text, kind):
    assert body_of(text).kind == kind
