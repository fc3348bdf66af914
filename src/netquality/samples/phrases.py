"""What fictional people write, by intent and language.

Slots: {name} {topic} {firm} {other}; in details {colour} {thing} {place}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ANNOUNCEMENT",
    "ASK",
    "CAMPAIGNS",
    "CLOSED",
    "COMMENTS",
    "DETAILS",
    "GREETINGS",
    "GROUP",
    "GROUP_TITLES",
    "INTENTS",
    "INVITES",
    "LINES",
    "MARKER",
    "NOTES",
    "PRAISE",
    "SHARES",
    "SIGNATURES",
    "SUBJECTS",
]

# Stands in some private texts, so that a test can prove that no text leaves the reader.
MARKER = "MARKER-7f3a"

INTENTS = (
    "chat",
    "reply",
    "ask",
    "thanks",
    "offer",
    "introduce",
    "congratulate",
    "announce",
    "newsletter",
    "pitch",
)

GREETINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("Hi {name},\n\n", "Hello {name}, ", "Dear {name},\n\n", "{name}, ", ""),
    "de": ("Hallo {name},\n\n", "Liebe Grüße zuerst, {name}! ", "Guten Tag {name},\n\n", ""),
}
SIGNATURES: Mapping[str, tuple[str, ...]] = {
    "en": ("", "", "\n\nBest wishes", "\n\nSee you soon", "\nCheers"),
    "de": ("", "", "\n\nViele Grüße", "\n\nBis bald", "\nHerzlich"),
}

# A personal text is about something: the frame, then what its slots are filled with. Without
# these, a few lines would come back so often that everybody seemed to send templates.
DETAILS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        (
            "The {colour} {thing} from {place} arrived today.",
            "I still think of the {colour} {thing} that we saw in {place}.",
            "By the way, {place} has a {colour} {thing} now.",
            "Do you remember the {colour} {thing} in {place}?",
            "My neighbour brought a {colour} {thing} back from {place}.",
            "We photographed the {colour} {thing} near {place} on Sunday.",
        ),
        ("amber", "blue", "striped", "tiny", "crooked", "golden", "quiet", "dented", "velvet"),
        ("lamp", "ladder", "kettle", "press", "globe", "cart", "harp", "map", "clock", "kite"),
    ),
    "de": (
        (
            "Übrigens: {thing} ({colour}) aus {place} ist heute angekommen.",
            "Ich denke noch an {place}: {thing}, {colour}, mitten auf dem Platz.",
            "In {place} gibt es jetzt so etwas wie {thing}, nur {colour}.",
            "Am Sonntag waren wir bei {place}, {thing} ansehen, sehr {colour}.",
        ),
        ("bernsteinfarben", "blau", "gestreift", "winzig", "krumm", "golden", "leise", "samtig"),
        ("Lampe", "Leiter", "Kessel", "Presse", "Globus", "Karren", "Harfe", "Karte", "Uhr"),
    ),
}

# One text to many people: exactly the same letters each time.
ANNOUNCEMENT = (
    "Hello! A short note to everyone I know: this week I started a new role at Thistledown "
    "Atelier.\n\nIf you are ever near our workshop, the kettle is on."
)

ASK: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Could you tell me whether you know someone who works on {topic}? We are looking for help.",
        "Do you know anyone who understands {topic}? I would be grateful for a name.",
    ),
    "de": (
        "Könntest du mir jemanden nennen, der sich mit {topic} auskennt?",
        "Hättest du kurz Zeit für eine Frage zu {topic}?",
    ),
}

LINES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "chat": {
        "en": (
            "The draft on {topic} is nearly done; the last chapter still needs a picture.",
            "We tried the new press at {firm} yesterday. It squeaks, but it prints.",
            "Are you at the fair next week? I will be there on Thursday.",
            "I read your piece on {topic} on the train and missed my stop.",
            "The team at {firm} liked the second version much better.",
            "It's been a long week here; the kiln broke twice.",
            "Shall we move our talk to Tuesday, half past nine?",
            "Here is the list that I promised, in three parts:\n- paper\n- ink\n- patience",
        ),
        "de": (
            "Der Entwurf zu {topic} ist fast fertig, nur das Bild fehlt noch.",
            "Gestern lief bei {firm} die neue Presse. Sie quietscht, aber sie druckt.",
            "Bist du nächste Woche auf der Messe? Ich bin am Donnerstag dort.",
            "Können wir unser Gespräch auf Dienstag verschieben, halb zehn?",
            "Hier die versprochene Liste:\n- Papier\n- Tinte\n- Geduld",
        ),
    },
    "reply": {
        "en": ("Sounds good.", "Yes, Tuesday works.", "👍", "Ha, exactly!", "Not yet, sorry."),
        "de": ("Klingt gut.", "Ja, Dienstag passt.", "👍", "Genau so!", "Leider noch nicht."),
    },
    "ask": ASK,
    "thanks": {
        "en": (
            "Thank you so much for your help with {topic}, it saved us a month.",
            "Thanks a lot, that was exactly what we needed!",
        ),
        "de": (
            "Vielen Dank für deine Hilfe bei {topic}, das hat uns einen Monat erspart.",
            "Danke dir, genau das hat gefehlt!",
        ),
    },
    "offer": {
        "en": (
            "If it helps, I can send you our notes on {topic}. Happy to help.",
            "Let me know if I can support you with {topic}.",
        ),
        "de": (
            "Wenn es hilft: Ich kann dir unsere Notizen zu {topic} schicken.",
            "Sag Bescheid, wenn ich bei {topic} helfen kann.",
        ),
    },
    "introduce": {
        "en": (
            "Let me introduce you to {other}, who thinks about {topic} all day.",
            "I would like to introduce you to {other}; you two should meet.",
        ),
        "de": (
            "Darf ich dir {other} vorstellen? Ihr denkt beide über {topic} nach.",
            "Ich möchte dich mit {other} bekannt machen.",
        ),
    },
    "congratulate": {
        "en": (
            "Congrats on the new role!",
            "Congratulations on your new position!",
            "Happy birthday!",
            "Congrats on your work anniversary!",
        ),
        "de": (
            "Herzlichen Glückwunsch zur neuen Stelle!",
            "Alles Gute zum Geburtstag!",
            "Herzlichen Glückwunsch zum Jubiläum!",
        ),
    },
    "announce": {"en": (ANNOUNCEMENT,), "de": (ANNOUNCEMENT,)},
    "newsletter": {
        "en": (
            "This month at {firm}: five facts about {topic} that will surprise you. Read on!",
            "Our webinar on {topic} is open. Seats are limited, register today.",
        ),
        "de": (
            "Neu bei {firm}: fünf Fakten über {topic}, die überraschen. Jetzt lesen!",
            "Unser Webinar zu {topic} ist offen. Jetzt anmelden.",
        ),
    },
    "pitch": {
        "en": (
            "I would love to show you what we do for {topic}. Would you have twenty minutes?",
            "Just following up on my last note about {topic}.",
            "Did you see my proposal for {firm}?",
        ),
        "de": (
            "Gern zeige ich Ihnen, was wir für {topic} tun. Hätten Sie zwanzig Minuten?",
            "Ich wollte noch einmal an meine Nachricht zu {topic} erinnern.",
        ),
    },
}

GROUP = (
    "Shall the three of us meet before the fair?",
    "I put the notes on {topic} into the shared folder.",
    "Works for me.",
    "Can somebody bring the samples from {firm}?",
    "Thanks, both!",
    "Same place as last time, then.",
)
GROUP_TITLES = ("Fair planning", "Alumni, autumn dinner", "Print workshop", "Lesekreis Tinte")
CLOSED = (
    "Thanks for connecting, {name}.",
    "I am leaving this platform soon; write to me elsewhere.",
    "We spoke about {topic} last year, do you remember?",
)
CAMPAIGNS = (
    (
        '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%,</p>'
        '<p class="spinmail-quill-editor__spin-break"><strong>{topic}</strong> made easy.</p>'
    ),
    (
        "Hello {name},<br><br>your peers already use our course on {topic}.<ul><li>Fast</li>"
        "<li>Friendly &amp; fictional</li></ul>"
    ),
)
SUBJECTS = ("An idea for {firm}", "Quick question", "Re: {topic}", "Einladung", "Following up")
INVITES = (
    "Hi {name}, we met at the fair, let us stay in touch.",
    "Hallo {name}, schön war das Gespräch über {topic}.",
)
NOTES = ("Met at the ink fair.", "Prefers calls on Fridays.", "Has two cats and a letterpress.")
PRAISE = (
    'A joy to work with: precise, kind and never late. "The best colleague we had."',
    "Solved a problem with {topic} that had stood for years.\nI would hire again at once.",
)
COMMENTS = (
    "Well said!",
    'My favourite line: "paper remembers".',
    "First thought: yes.\nSecond thought: also yes.",
    "First, thank you.\nSecond, more please.",
    "I see it differently, and here is why: {topic} is more than a trend.",
    "Agreed\n\nand thank you for the pictures",
    'He called it "{topic}"',
)
SHARES = (
    "Three things I learned about {topic}:\n\n1. Begin small\n2. Ask early\n3. Write it down",
    "We are hiring at {firm}, come and print with us!",
    'Someone said "{topic} is dead".\nIt is not.',
)
