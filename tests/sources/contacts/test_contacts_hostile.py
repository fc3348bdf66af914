"""Broken, hostile and enormous address books: one card is lost at most, and no time."""

import gzip
import io

import pytest

from netquality.errors import BadInput
from netquality.sources.contacts.vcard import looks_like_vcard, read_vcard
from netquality.sources.files import Bundle, Member, gather
from netquality.sources.ledger import Options

GOOD = "BEGIN:VCARD\nVERSION:3.0\nFN:Odo Fenwick\nEMAIL:odo@fen.example\nEND:VCARD\n"


@pytest.mark.usefixtures("ends_soon")
@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Zora\nEMAIL:z@q.example\n", "a card without an end"),
        ("FN:Zora\nEND:VCARD\n", "a card without a beginning"),
        ("BEGIN:VCARD\nEND:VCARD\n", "no name, mail, phone or profile"),
        ("BEGIN:VCARD\nVERSION:3.0\nNOTE:hm\nEND:VCARD\n", "no name, mail, phone or profile"),
        ("BEGIN:VCARD\nVERSION:3.0\nEMAIL:soon\nTEL:\nEND:VCARD\n", "no name, mail, phone or"),
        ("BEGIN:VCARD\nFN;X=" + "a=" * 4000 + "\nEND:VCARD\n", "no name, mail, phone or profile"),
        ('BEGIN:VCARD\nFN;X="' + '"' * 4000 + ":Zora\nEND:VCARD\n", "no name, mail, phone or"),
        ("BEGIN:VCARD\n" + "TEL:+447700900123\n" * 3000 + "END:VCARD\n", "more than 2,000 lines"),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_one_broken_card_is_one_reject(vcards, counts, broken, reason, place):
    tables = vcards(broken + GOOD if place == "before" else GOOD + broken)
    assert counts(tables) == (2, 1, 0, 1)
    assert tables.rejects["reason"].iloc[0].startswith(reason)
    assert "odo@fen.example" in set(tables.accounts["value"])


def test_lines_that_are_none_cost_nothing(card, keys, capfd):
    tables = card(
        "FN:Zora Quill",
        "FN",
        "EMAIL",
        "%%% what is this",
        "EMAIL;X=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a=a:z@q.example",
        'TEL;TYPE="work:+447700900125',
        "NICKNAME;ENCODING=b:SW5reQ==",
        "TEL;TYPE=;;;=,;=work:+447700900123",
    )
    assert ("mail", "z@q.example", "Zora Quill") in keys(tables)
    assert ("phone", "+447700900123", "Zora Quill") in keys(tables)
    assert not any(key == "name" for key, _, _ in keys(tables))
    shown = capfd.readouterr()
    assert shown.out == shown.err == ""


def test_a_card_that_the_library_refuses_says_nothing_private(monkeypatch, vcards, counts):
    def refuse(text):
        from vobject.base import ParseError

        raise ParseError(f"Failed to parse line: {text}")

    monkeypatch.setattr("vobject.base.readOne", refuse)
    tables = vcards(GOOD)
    assert counts(tables) == (1, 0, 0, 1)
    assert "odo" not in tables.rejects.to_csv().casefold()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_letters_and_line_ends(vcards, keys, encoding, end):
    text = GOOD.replace("Odo", "Ödö") + "\n\n" + GOOD.replace("odo@", "o@")
    text = text.replace("\n", end)
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    tables = vcards(mark + text.encode(encoding))
    assert keys(tables) == {
        ("mail", "odo@fen.example", "Ödö Fenwick"),
        ("mail", "o@fen.example", "Odo Fenwick"),
    }


def test_nulls_and_marks_in_the_middle(vcards, keys, counts):
    data = (GOOD + "\ufeff" + GOOD.replace("odo", "o\x00do2")).encode()
    tables = vcards(data)
    assert {value for _, value, _ in keys(tables)} == {"odo@fen.example", "odo2@fen.example"}
    assert counts(tables) == (2, 2, 0, 0)


def test_a_gigantic_line_is_not_held():
    class Lasting(io.RawIOBase):
        """A card whose picture is 200 MB without a line end, made while it is read."""

        def __init__(self):
            self.left, self.tail = 200_000_000, io.BytesIO(b"\n" + GOOD.encode().split(b"\n", 1)[1])
            self.head = io.BytesIO(b"BEGIN:VCARD\nPHOTO;ENCODING=b:")

        def readable(self):
            return True

        def readinto(self, buffer):
            data = self.head.read(len(buffer))
            if not data and self.left > 0:
                data = b"A" * min(len(buffer), self.left)
                self.left -= len(data)
            data = data or self.tail.read(len(buffer))
            buffer[: len(data)] = data
            return len(data)

    import tracemalloc

    tracemalloc.start()
    member = Member("a.vcf", lambda: b"", lambda: io.BufferedReader(Lasting()))
    tables = read_vcard(member, Bundle("a.vcf", None, (member,)), Options())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert tables.sources[["read", "kept"]].iloc[0].tolist() == [1, 1]
    assert peak < 40_000_000


def test_gzip_damage_and_progress(tmp_path):
    path = tmp_path / "contacts.vcf.gz"
    path.write_bytes(gzip.compress(GOOD.encode() * 3))
    (bundle,) = gather(path)
    (member,) = bundle.members
    assert looks_like_vcard(member.name, member.head())
    taken = []
    options = Options(progress=lambda name, size, _: taken.append((name, size)))
    tables = read_vcard(member, bundle, options)
    assert tables.sources[["read", "kept", "merged"]].iloc[0].tolist() == [3, 1, 2]
    assert taken[-1] == ("contacts.vcf.gz", len(GOOD) * 3)
    path.write_bytes(gzip.compress(GOOD.encode() * 3)[:-12])
    (bundle,) = gather(path)
    with pytest.raises(BadInput, match="damaged"):
        read_vcard(bundle.members[0], bundle, Options())


def test_the_same_bytes_are_the_same_source(vcards):
    sources = [vcards(data).sources["source"].iloc[0] for data in (GOOD, GOOD, GOOD + " ")]
    assert sources[0] == sources[1] != sources[2]


@pytest.mark.parametrize(
    ("name", "head", "found"),
    [
        ("a.vcf", b"begin:vcard\r\n", True),
        ("a.txt", b"\r\n  BEGIN : VCARD \r\n", True),
        ("a.vcf", b"# my contacts\nBEGIN:VCARD\n", True),
        ("a.txt", b"# my contacts\nBEGIN:VCARD\n", False),
        ("a.vcf", b"", False),
        ("a.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", False),
        ("a.csv", b"First Name,Last Name,E-mail Address\n", False),
        ("a.vcf", "BEGIN:VCARD\n".encode("utf-16"), True),
    ],
)
def test_what_looks_like_one(name, head, found):
    assert looks_like_vcard(name, head) is found
