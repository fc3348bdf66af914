"""Files: which are chats, how they are coded, what is damaged, what a later export adds."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from netquality.errors import BadInput
from netquality.schema import Tables
from netquality.sources.files import Bundle, Member
from netquality.sources.ledger import Options
from netquality.sources.whatsapp.chat import looks_like_whatsapp, read_whatsapp

ZORA, ODO = "Zora Quillfeather", "Odo Fenwick"
MARKER = "xyzzyplugh"
TEXT = f"13/06/2018, 21:25 - {ODO}: ink é\n13/06/2018, 21:26 - {ZORA}: quill\n"
NAMED = "WhatsApp Chat with Odo Fenwick.txt"

CHATS = {
    "several messages": ("a.txt", TEXT * 2),
    "one message under its own name": (NAMED, TEXT[:40]),
    "an iphone's one message": ("_chat.txt", "[13/06/18, 21:25:15] Odo: ink"),
    "under a folder": ("x/_chat.txt", "[13/06/18, 21:25:15] Odo: ink"),
    "only the notice": (
        "a.txt",
        "13/06/2018, 21:25 - Messages and calls are end-to-end encrypted. No one, not WhatsApp",
    ),
    "german notice": (
        "b.txt",
        "[13.06.18, 21:25:15] Ink: Nachrichten sind Ende-zu-Ende-verschlüsselt, nicht mal WhatsApp",
    ),
}

OTHERS = {
    "an interaction log": ("log.csv", "time,from,to\n13/06/2018 21:25,Zora,Odo\n"),
    "a log of blanks": ("out.txt", "1 2 1234567\n2 3 1234568\n" * 9),
    "a program's log": ("app.txt", "2024-01-05 10:00:01 - INFO: started\n" * 9),
    "a web server's log": ("app.txt", "[2024-01-05 10:00:01] production.ERROR: broken\n" * 9),
    "another suffix": ("a.csv", TEXT * 3),
    "a page": ("a.html", TEXT * 3),
    "one message under another name": ("a.txt", TEXT[:40]),
    "a text of dates": ("a.txt", "13/06/2018 we met\n14/06/2018 we parted\n" * 9),
    "mail": ("a.mbox", "From odo@fen.example Thu Jun 13 21:25:15 2018\nSubject: ink\n"),
    "nothing": ("_chat.txt", ""),
    "copied from the app": ("a.txt", "[21:25, 13/06/2018] Odo: ink\n" * 9),
}


@pytest.mark.parametrize("case", CHATS)
def test_a_chat_is_known(case):
    name, text = CHATS[case]
    for coding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        assert looks_like_whatsapp(name, text.encode(coding))


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_chat_is_left_alone(case):
    name, text = OTHERS[case]
    assert not looks_like_whatsapp(name, text.encode())


def test_a_head_that_ends_within_a_character_is_known():
    assert looks_like_whatsapp("a.txt", (TEXT * 3).encode()[:30] + b"\xc3") is False
    assert looks_like_whatsapp(NAMED, TEXT.encode()[:38])


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_coding_reads_the_same(read, coding, ending):
    result = read(TEXT.replace("\n", ending).encode(coding), count=2)
    assert [(event.who, event.length) for event in result.events] == [(ODO, 5), ("me", 5)]


def test_bytes_that_are_no_text_are_replaced(read):
    result = read(TEXT.encode().replace("é".encode(), b"\xff"), count=2)
    assert [event.length for event in result.events] == [5, 5]


def test_lines_of_other_marks_and_null_characters_stay_in_the_message(read):
    body = "ink\x00\x85\u2028\x0b\x0c\x1bend"
    assert read(f"13/06/2018, 21:25 - {ODO}: {body}", count=1).events[0].length == len(body)


def test_no_word_of_a_message_is_kept(read):
    text = f"13/06/2018, 21:25 - {ODO}: {MARKER}\n{MARKER}\n13/06/2018, 21:26 - {MARKER} happened"
    assert read(text, count=2).rejects == {2: "system line, no message"}


@pytest.mark.parametrize("text", ["no message in here\n", "\n\n", ""])
def test_a_file_without_a_message_is_refused_clearly(read, text):
    with pytest.raises(BadInput, match="holds no message"):
        read(text)


def test_only_notices_are_all_refused(read):
    result = read(f"13/06/2018, 21:25 - {ODO} left\n13/06/2018, 21:26 - You left", count=2)
    assert result.events == []


def test_that_older_messages_may_be_cut_off_is_said(read):
    line = f"13/06/2018, 21:25 - {ODO}: "
    many = "\n".join([f"{line}ink"] * 40_000)
    assert "older ones may be cut off" in read(many, count=40_000).rules
    media = "\n".join([f"{line}IMG-1.jpg (file attached)"] * 10_000)
    assert "older ones may be cut off" in read(media, count=10_000).rules
    assert "older ones" not in read("\n".join([f"{line}ink"] * 10_000), count=10_000).rules


def test_progress_is_told_and_the_file_is_named_by_its_content():
    told = []
    sources = set()
    for text in (TEXT, TEXT, TEXT + TEXT):
        data = text.encode()
        member = Member(NAMED, lambda data=data: data)
        options = Options(progress=lambda *args: told.append(args))
        sources.add(read_whatsapp(member, Bundle("c", None, (member,)), options).sources.source[0])
    assert len(sources) == 2
    assert (NAMED, len(TEXT.encode()), None) in told


def test_a_later_export_of_the_chat_adds_only_what_is_new(read):
    lines = [
        f"13/06/2018, 21:{n // 7:02} - {(ODO, ZORA)[n % 2]}: {'i' * (n + 1)}" for n in range(40)
    ]
    lines[5] = f"13/06/2018, 21:00 - {ODO}: Missed voice call"
    early, late = read("\n".join(lines[:25])), read("\n".join(lines))
    ids = [event.id for event in early.events]
    assert len(set(ids)) == 25
    assert ids == [event.id for event in late.events][:25]
    both = Tables.concat([early.tables, late.tables]).events
    assert both.drop_duplicates(["event", "recipient"]).shape[0] == 40


def test_two_chats_of_one_minute_have_ids_of_their_own(read):
    other = read(TEXT.replace(ODO, "Juniper"), name="WhatsApp Chat with Juniper.txt")
    assert not {e.id for e in other.events} & {e.id for e in read(TEXT).events}


def test_the_export_with_and_without_media_is_the_same_conversation(read):
    line = f"13/06/2018, 21:25 - {ODO}: "
    one = read(f"{line}<Media omitted>\n{line}ink")
    two = read(f"{line}IMG-1.jpg (file attached)\n{line}ink")
    assert [event.id for event in one.events] == [event.id for event in two.events]


class _Endless(io.RawIOBase):
    """A message that never ends, made as it is read."""

    def __init__(self, size):
        self._left = size
        self._first = f"13/06/2018, 21:25 - {ODO}: ".encode()

    def readable(self):
        return True

    def readinto(self, buffer):
        size = min(len(buffer), self._left)
        self._left -= size
        data, self._first = self._first, b""
        buffer[:size] = (data + b"ink " * (size // 4 + 1))[:size]
        return size


def test_an_endless_line_is_read_in_bounded_memory():
    member = Member(NAMED, lambda: b"", lambda: _Endless(64 << 20), 64 << 20)
    tracemalloc.start()
    tables = read_whatsapp(member, Bundle("c", None, (member,)), Options(date_format="dmy"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(tables.events) == 1
    assert peak < 16 << 20
