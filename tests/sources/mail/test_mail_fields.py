"""Header lines: whatever stands in them is read as text, and as the standard library reads it."""

from __future__ import annotations

import contextlib
import string
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netquality.sources.mail.fields import WANTED, decoded, read_fields
from netquality.sources.mail.letters import Slot, UnusableMail, letter_of
from netquality.sources.mail.mailboxes import canonical, mailboxes
from netquality.sources.mail.places import folder_of, labels_of
from netquality.sources.mail.split import Head
from netquality.sources.mail.stamps import UTC

Z, O = "zora@quill.example", "odo@fen.example"  # noqa: E741


@pytest.mark.parametrize(
    ("field", "found"),
    [
        (f"Zora Quill <{Z}>", [(Z, "Zora Quill")]),
        (f'"Quillfeather, Zora" <{Z}>, {O}', [(Z, "Quillfeather, Zora"), (O, "")]),
        (f"Quillfeather, Zora, PhD <{Z}>, Odo <{O}>", [(Z, "Quillfeather, Zora, PhD"), (O, "Odo")]),
        (f"Zora Quill {Z}", []),
        ("undisclosed-recipients:;", []),
        ("Undisclosed recipients: ;", []),
        (f"Ink circle: {Z}, Odo <{O}>;", [(Z, ""), (O, "Odo")]),
        (f"Ink circle: {Z};, {O}", [(Z, ""), (O, "")]),
        (f"{Z}; {O}", [(Z, ""), (O, "")]),
        (f"{Z} (Zora Quill)", [(Z, "Zora Quill")]),
        (f"Zora (the (older) one) <{Z}>", [(Z, "Zora")]),
        (f"=?utf-8?Q?Quill=2C_Zora?= <{Z}>", [(Z, "Quill, Zora")]),
        (f"=?utf-8?Q?Quill, Zora?= <{Z}>", [(Z, "Quill, Zora")]),
        (f'"=?utf-8?B?Wm9yw6s=?=" <{Z}>', [(Z, "Zorë")]),
        (f"=?iso-8859-1?Q?Zor=EB?= =?iso-8859-1?Q?_Quill?= <{Z}>", [(Z, "Zorë Quill")]),
        (f"=?x-no-such?Q?Zor=C3=AB?= <{Z}>", [(Z, "Zorë")]),
        (f"=?x-no-such?Q?Zor=EB?= <{Z}>", [(Z, "Zorë")]),
        (f"=?utf-8*en?Q?Zora?= <{Z}>", [(Z, "Zora")]),
        (f"=?koi8-r*ru?Q?=FA=CF=D2=C1?= <{Z}>", [(Z, "Зора")]),
        (f"=?hex?Q?Zora?= <{Z}>", [(Z, "Zora")]),
        (f"=?utf-8?B?w?= <{Z}>", [(Z, "=?utf-8?B?w?=")]),
        ("=?utf-8?B?Wm9yYSA8em9yYUBxdWlsbC5leGFtcGxlPg==?=", [(Z, "Zora")]),
        (f"'Zora Quill' <{Z}>", [(Z, "Zora Quill")]),
        (f"'{Z}' <{Z}>", [(Z, "")]),
        (f'"Zora \\"Ink\\" Quill" <{Z}>', [(Z, "Zora Ink Quill")]),
        (f'"Zora <{Z}>', [(Z, "Zora")]),
        (f"<mailto:{Z}>, mailto:{O}", [(Z, ""), (O, "")]),
        (f"Zora <SMTP:{Z}>", [(Z, "Zora")]),
        (f"Zora <{Z}> Odo <{O}>", [(Z, "Zora"), (O, "Odo")]),
        (f"Zora < {Z} >", [(Z, "Zora")]),
        (f"Zora @ Home, Ltd <{Z}>", [(Z, "Zora @ Home, Ltd")]),
        (f",, {Z},", [(Z, "")]),
        ("zora at quill.example (Zora Quill)", [(Z, "Zora Quill")]),
        ("zora(a)quill.example", [(Z, "")]),
        ("zora(at)quill.example, odo at fen.example", [(Z, ""), (O, "")]),
        ("zor...@quill.example (Zora Quill)", []),
        ("", []),
        ("@", []),
        ("Zora <>", []),
        ("root", []),
    ],
)
def test_lists_of_addresses(field: str, found: list[tuple[str, str]]) -> None:
    assert [(box.address, box.name) for box in mailboxes(field)] == found


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("Zora@Quill.EXAMPLE", Z),
        ("zora+ink+blue@quill.example", Z),
        ("zora.quill@fen.example", "zora.quill@fen.example"),
        ("Zora.Quill+ink@gmail.com", "zoraquill@gmail.com"),
        ("z.o.r.a@googlemail.com", "zora@googlemail.com"),
        ("+ink@quill.example", "+ink@quill.example"),
        ("zora", None),
        ("zora@localhost", None),
        ("a" * 400 + "@quill.example", None),
    ],
)
def test_the_address_that_stands_for_an_account(written: str, account: str | None) -> None:
    assert canonical(written) == account


def test_fields_are_unfolded_and_read_in_whatever_bytes_they_are() -> None:
    block = (
        b"SUBJECT:\tink\r\n\tand\r\n quill\r\nFrom : Zor\xeb <zora@quill.example>\r\n"
        b"Cc: Zor\xc3\xab <zora@quill.example>\r\nX-To: nobody@fen.example\r\n"
        b"To: a@fen.example\r\nTo: b@fen.example\r\nnot a field\r\nDate: \x00\x1b[31mred\r\n"
        b"Received: top\r\nReceived: below\r\n"
    )
    assert read_fields(block).texts == {
        "subject": ["ink and quill"],
        "from": ["Zorë <zora@quill.example>"],
        "cc": ["Zorë <zora@quill.example>"],
        "to": ["a@fen.example", "b@fen.example"],
        "date": ["[31mred"],
        "received": ["top"],
    }


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40
)
VALUES = st.text(string.printable.replace("\x0b", "").replace("\x0c", ""), max_size=90)


@given(values=st.dictionaries(st.sampled_from(sorted(WANTED)), VALUES, max_size=6))
def test_fields_are_those_that_the_standard_library_finds(values: dict[str, str]) -> None:
    lines = {name: " ".join(text.split()) for name, text in values.items()}
    block = "".join(f"{name.title()}: {text}\n" for name, text in lines.items()).encode()
    theirs = BytesHeaderParser(policy=policy.compat32).parsebytes(block)
    ours = read_fields(block)
    assert {name: ours.first(name) for name in lines} == {
        name: str(theirs[name]).strip() for name in lines
    }


@given(name=NAMES, local=st.from_regex(r"[a-z0-9_-]{1,20}", fullmatch=True))
def test_what_the_standard_library_writes_is_read(name: str, local: str) -> None:
    from email.headerregistry import Address

    message = EmailMessage(policy=policy.SMTP)
    message["To"] = [
        Address(name, local, "quill.example"),
        Address("Fenwick, Odo", "odo", "fen.example"),
    ]
    first, second = mailboxes(read_fields(message.as_bytes()).first("to"))
    assert (first.address, second[:1]) == (f"{local}@quill.example", ("odo@fen.example",))
    assert second.name == "Fenwick, Odo"
    wanted = message["To"].addresses[0].display_name
    if not set('"\\=?') & set(name) and set(wanted) - set("', ;"):
        assert first.name.split() == _shown(wanted).split()


def _shown(name: str) -> str:
    import unicodedata

    text = unicodedata.normalize("NFC", name).strip().strip(" ,;").strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text


@given(st.binary(max_size=400))
def test_no_header_line_can_break_the_reading(noise: bytes) -> None:
    for name in (b"From", b"To", b"Date", b"References", b"Message-ID", b"List-Id", b"List-Post"):
        block = b"From: zora@quill.example\nDate: 4 Mar 2024 11:20:34 +0000\n"
        head = Head(b"", name + b": " + noise.replace(b"\n", b"") + b"\n" + block, True)
        with contextlib.suppress(UnusableMail):
            assert f"{letter_of(head, Slot(''), UTC)}".encode()


@given(st.text(max_size=80))
def test_encoded_words_can_hold_anything(text: str) -> None:
    for word in (f"=?utf-8?q?{text}?=", f"=?{text}?b?aW5r?=", f"\\ud800 =?utf-8?b?{text}?="):
        decoded(word).encode("utf-8")
        labels_of(word)
        mailboxes(f"{word} <zora@quill.example>")


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize(
    "hostile",
    [
        "(" * 100_000,
        "<" * 100_000,
        '"' * 100_001,
        '"\\' * 50_000,
        "a@" * 50_000,
        "a@b" + ".b" * 50_000 + " c",
        "(a)" * 40_000,
        "=?" * 50_000,
        "=?utf-8?q?" * 10_000,
        ":" * 100_000,
        "a at b." * 20_000,
        "(a" * 50_000 + ")" * 50_000,
    ],
    ids=lambda text: text[:6],
)
def test_a_hostile_field_takes_no_time(hostile: str) -> None:

    mailboxes(hostile)
    decoded(hostile)
    labels_of(hostile)


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize("piece", [" ", "\t", "-", "1", " 1", "=?", "<", "(", "\n "])
def test_long_runs_take_no_time(piece: str) -> None:
    """A hundred thousand characters in a field, and in the name of a folder."""
    text = "x" + piece * (100_000 // len(piece)) + "y"
    lines = "".join(f"{name}: {text}\n" for name in ("From", "To", "List-Id", "Date"))
    with contextlib.suppress(UnusableMail):
        letter_of(Head(b"", lines.encode(), whole=True), Slot("inbox"), UTC)
    folder_of(f"{text}.mbox")
