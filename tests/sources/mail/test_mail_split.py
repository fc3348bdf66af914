"""Where mails of an mbox begin, and where they only seem to."""

from __future__ import annotations

import io
import mailbox
from typing import TYPE_CHECKING, Any

import pytest

from netquality.sources.mail.mbox import looks_like_mbox
from netquality.sources.mail.split import LIMIT, head_of, heads
from netquality.sources.streams import BLOCK

if TYPE_CHECKING:
    from pathlib import Path

ENVELOPES = {
    "Gmail Takeout": "From 1790123456789012345@xxx Mon Mar 04 11:20:34 +0000 2024",
    "Thunderbird": "From - Mon Mar 04 11:20:34 2024",
    "Unix": "From zora@quill.example Mon Mar  4 11:20:34 2024",
    "the standard library": "From MAILER-DAEMON Mon Mar  4 11:20:34 2024",
    "pipermail": "From zora at quill.example  Mon Mar  4 11:20:34 2024",
    "Eudora": "From ???@??? Mon Mar 04 11:20:34 2024",
    "a zone at the end": "From zora@quill.example Mon Mar  4 11:20:34 2024 +0100",
    "a zone in words": "From zora@quill.example Mon Mar  4 11:20:34 MET 2024",
    "no seconds": "From zora@quill.example Mon Mar  4 11:20 2024",
    "UUCP": "From zora Mon Mar  4 11:20:34 2024 remote from fen",
    "a date as in headers": "From zora@quill.example Mon, 4 Mar 2024 11:20:34 +0000",
    "no sender": "From  Mon Mar  4 11:20:34 2024",
    "git": "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001",
}


def subjects(data: bytes) -> list[bytes]:
    return [head.block for head in heads(io.BytesIO(data))]


@pytest.mark.parametrize("line", ENVELOPES.values(), ids=ENVELOPES.keys())
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_every_known_envelope_begins_a_mail(line: str, newline: bytes) -> None:
    mail = newline.join([line.encode(), b"Subject: ink", b"", b"Black.", b"", b""])
    assert subjects(mail * 3) == [b"Subject: ink" + newline] * 3
    assert looks_like_mbox("whatever", mail)


TRAPS = {
    "a sentence": b"\nFrom Monday on we write in blue.\nSubject: no\n",
    "a sentence after no blank line": b"Ink.\nFrom Odo I hear that.\nSubject: no\n",
    "an envelope after no blank line": b"Ink.\nFrom - Mon Mar  4 11:20:34 2024\nSubject: no\n",
    "an envelope before no header": b"\nFrom - Mon Mar  4 11:20:34 2024\nis when he wrote.\n",
    "an envelope before a blank line": b"\nFrom - Mon Mar  4 11:20:34 2024\n\nSubject: no\n",
    "a quoted envelope": b"\n>From - Mon Mar  4 11:20:34 2024\nSubject: no\n",
    "an indented envelope": b"\n From - Mon Mar  4 11:20:34 2024\nSubject: no\n",
    "a date in the middle": b"\nFrom - Mon Mar  4 11:20:34 2024 it was ink\nSubject: no\n",
    "no day of the week": b"\nFrom zora 4 Mar 2024 11:20:34\nSubject: no\n",
    "at the very end": b"\nFrom - Mon Mar  4 11:20:34 2024",
}


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())
def test_a_line_of_a_body_begins_no_mail(trap: bytes) -> None:
    mail = b"From - Mon Mar  4 11:20:34 2024\nSubject: ink\n\nBlack.\n"
    assert subjects(mail + trap) == [b"Subject: ink\n"]
    assert len(subjects(mail + trap + b"\n\n" + mail)) == 2


def test_the_standard_library_falls_into_the_traps(tmp_path: Path) -> None:
    """The reason for a splitter of our own; if this fails, the library has been mended."""
    mail = b"From - Mon Mar  4 11:20:34 2024\nSubject: ink\n\nBlack.\nFrom Odo I hear that.\n\n"
    path = tmp_path / "box"
    path.write_bytes(mail * 2)
    box = mailbox.mbox(path)
    assert len(box) == 4
    box.close()
    assert len(subjects(mail * 2)) == 2


def test_what_stands_before_the_first_mail_is_told() -> None:
    mail = b"From - Mon Mar  4 11:20:34 2024\nSubject: ink\n\nBlack.\n\n"
    for blank in (b"", b"\n\n", b"\r\n", b"\xef\xbb\xbf"):
        assert [head.whole for head in heads(io.BytesIO(blank + mail))] == [True]
    cut = list(heads(io.BytesIO(b"end of a mail\n\n" + mail)))
    assert [(head.whole, head.line) for head in cut] == [
        (False, b""),
        (True, b"From - Mon Mar  4 11:20:34 2024\n"),
    ]
    assert [head.whole for head in heads(io.BytesIO(b"no mail at all"))] == [False]
    assert list(heads(io.BytesIO(b""))) == []


def test_header_lines_do_not_run_into_the_next_mail() -> None:
    line = b"From - Mon Mar  4 11:20:34 2024\n"
    data = line + b"Subject: a\n" + line + b"Subject: b\n" + line + b"Subject: c\n\n"
    assert subjects(data) == [b"Subject: a\n", b"Subject: b\n", b"Subject: c\n"]


@pytest.mark.parametrize("tail", [b"", b"\n", b"\nBlack.", b"\nBlack.\n"])
def test_a_file_may_end_anywhere_after_the_header(tail: bytes) -> None:
    data = b"From - Mon Mar  4 11:20:34 2024\nSubject: ink\n" + tail
    assert [head.whole for head in heads(io.BytesIO(data))] == [True]


def test_a_file_that_ends_within_a_header_line_is_cut_off() -> None:
    data = b"From - Mon Mar  4 11:20:34 2024\nSubject: ink\nTo: zora@quill.exam"
    (head,) = heads(io.BytesIO(data))
    assert (head.block, head.whole) == (b"Subject: ink\n", False)
    assert head_of(io.BytesIO(data)).whole is False


@pytest.mark.parametrize("shift", [*range(-70, 4), -(1 << 12), -(1 << 12) - 1])
def test_mails_are_found_across_the_blocks_in_which_a_file_is_read(shift: int) -> None:
    line = b"From - Mon Mar  4 11:20:34 2024\r\n"
    first = line + b"Subject: a\r\n\r\n"
    filler = b"x" * (BLOCK + shift - len(first) - 4)
    data = first + filler + b"\r\n\r\n" + line + b"Subject: b\r\n\r\nFrom - to\r\n"
    assert subjects(data) == [b"Subject: a\r\n", b"Subject: b\r\n"]


class Endless(io.RawIOBase):
    """Some bytes, then one line without end, then others; knows the most that was asked for."""

    def __init__(self, head: bytes, length: int, tail: bytes) -> None:
        self.parts, self.length = [head, tail], length

    def read(self, size: int = -1) -> Any:
        if self.parts and len(self.parts) == 2:
            return self.parts.pop(0)
        if self.length > 0:
            self.length -= size
            return b"x" * size
        return self.parts.pop() if self.parts else b""


@pytest.mark.parametrize("within", ["body", "header"])
def test_a_line_without_end_is_not_held(within: str) -> None:
    import tracemalloc

    line = b"From - Mon Mar  4 11:20:34 2024\n"
    head = line + (b"Subject: a\n\n" if within == "body" else b"Subject: a\nX-Ink: ")
    file = Endless(head, 200 * BLOCK, b"\n\n" + line + b"Subject: b\n\n")
    tracemalloc.start()
    found = [head.block for head in heads(file)]  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [b"Subject: a\n", b"Subject: b\n"]
    assert peak < 12 * BLOCK


def test_header_lines_beyond_a_million_bytes_are_left_out() -> None:
    line = b"From - Mon Mar  4 11:20:34 2024\n"
    many = b"".join(b"X-Ink-%07d: black\n" % place for place in range(LIMIT // 20 + 5))
    found = subjects(
        line + b"Subject: a\n" + many + b"To: odo@fen.example\n\n" + b"\n" + line + b"A: b\n\n"
    )
    assert len(found) == 2
    assert LIMIT - 30 < len(found[0]) <= LIMIT
    assert found[0].endswith(b": black\n")


@pytest.mark.parametrize(
    ("name", "head", "is_one"),
    [
        ("a.mbox", b"", True),
        ("a.mbox", b"end of a mail\n\nFrom - Mon Mar  4 11:20:34 2024\nTo: a\n", True),
        ("a.txt", b"end of a mail\n\nFrom - Mon Mar  4 11:20:34 2024\nTo: a\n", False),
        ("a.mbox", b"From Monday on\n", False),
        ("Inbox.msf", b'// <!-- <mdb:mork:z v="1.4"/> -->\n', False),
        ("a.csv", b"From,To,Date\nzora,odo,2024-03-04\n", False),
        ("2024-March.txt.gz", b"From zora at q.example  Mon Mar  4 11:20:34 2024\nFrom: z\n", True),
        ("a.eml", b"From: zora@quill.example\nTo: odo@fen.example\n", False),
    ],
)
def test_an_mbox_is_told_by_its_first_bytes(name: str, head: bytes, is_one: bool) -> None:
    assert looks_like_mbox(name, head) is is_one
